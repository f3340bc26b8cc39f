/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes the line of progress: how much, how fast, and how long still. */
#include "plt-demo-progress.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <unistd.h>

#define TERMINAL_PAUSE (G_TIME_SPAN_SECOND / 2)
#define LINE_PAUSE (5 * G_TIME_SPAN_SECOND)

/* @title: (transfer none): a constant. */
void
plt_demo_progress_begin (PltDemoProgress *self,
                         const char      *title)
{
  gint64 now = g_get_monotonic_time ();

  *self = (PltDemoProgress) {
    .title = title,
    .is_terminal = isatty (STDERR_FILENO) == 1,
    .started = now,
    .said = now,
  };
}

static char *
write_line (PltDemoProgress *self,
            guint64          n_done,
            guint64          n_all,
            guint64          n_rows,
            double           seconds)
{
  double left = n_done > 0 ? seconds * (double) (n_all - n_done) / (double) n_done : 0;
  if (n_rows == 0)
    /* Translators: what is done, so many of so many, seconds until now. */
    return g_strdup_printf (_("%s: %ld of %ld, %.0f s"), self->title, (long) n_done, (long) n_all,
                            seconds);

  /* Translators: what is done, so many of so many, rows in a second, seconds left. */
  return g_strdup_printf (_("%s: %ld of %ld, %.0f rows/s, %.0f s left"), self->title,
                          (long) n_done, (long) n_all, (double) n_rows / seconds, left);
}

/* Says how far it is if it is time to; @n_rows: in all tables, 0 when rows are not counted. */
void
plt_demo_progress_tell (PltDemoProgress *self,
                        guint64          n_done,
                        guint64          n_all,
                        guint64          n_rows)
{
  gint64 now = g_get_monotonic_time ();

  if (now - self->said < (self->is_terminal ? TERMINAL_PAUSE : LINE_PAUSE))
    return;

  g_autofree char *line = write_line (self, n_done, n_all, n_rows,
                                      (double) (now - self->started) / G_TIME_SPAN_SECOND);

  fprintf (stderr, self->is_terminal ? "\r%s\033[K" : "%s\n", line);
  fflush (stderr);
  self->said = now;
  self->drawn = TRUE;
}

/* Takes the line away; what follows stands in its place. */
void
plt_demo_progress_end (PltDemoProgress *self)
{
  if (self->drawn && self->is_terminal)
    fputs ("\r\033[K", stderr);
  fflush (stderr);
}
