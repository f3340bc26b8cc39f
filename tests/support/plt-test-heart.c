/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Beats in the main loop and tells its longest standstill. */
#include "plt-test-heart.h"

#define BEAT_MS 5

struct _PltTestHeart
{
  guint  source;
  gint64 last_us;
  gint64 last_waited_us;
  gint64 longest_us;
};

/* How long this thread has wanted a processor and not got one: the second number of schedstat. On a
 * machine that does other work too that is no standstill of the program's making. Returns: 0 where
 * the kernel does not count it */
static gint64
get_waited_us (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) numbers = NULL;

  if (!g_file_get_contents ("/proc/thread-self/schedstat", &text, NULL, NULL))
    return 0;
  numbers = g_strsplit (text, " ", 3);

  return g_strv_length (numbers) == 3 ? g_ascii_strtoll (numbers[1], NULL, 10) / 1000 : 0;
}

static gboolean
beat_cb (gpointer user_data)
{
  PltTestHeart *self = user_data;
  gint64 now_us = g_get_monotonic_time ();
  gint64 waited_us = get_waited_us ();
  gint64 gap_us = (now_us - self->last_us) - (waited_us - self->last_waited_us);

  self->longest_us = MAX (self->longest_us, gap_us);
  self->last_us = now_us;
  self->last_waited_us = waited_us;

  return G_SOURCE_CONTINUE;
}

/**
 * plt_test_heart_start:
 *
 * Begins to watch the default main context, in the thread that runs it.
 */
PltTestHeart *
plt_test_heart_start (void)
{
  PltTestHeart *self = g_new0 (PltTestHeart, 1);

  self->last_us = g_get_monotonic_time ();
  self->last_waited_us = get_waited_us ();
  self->source = g_timeout_add (BEAT_MS, beat_cb, self);

  return self;
}

/**
 * plt_test_heart_stop:
 *
 * Frees @self.
 *
 * Returns: the longest time in microseconds from one beat to the next, less what the thread spent
 *   waiting for a processor
 */
gint64
plt_test_heart_stop (PltTestHeart *self)
{
  beat_cb (self);

  gint64 longest_us = self->longest_us;

  g_source_remove (self->source);
  g_free (self);
  g_test_message ("longest standstill of the main loop: %d us", (int) longest_us);

  return longest_us;
}
