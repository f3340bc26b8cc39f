/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The threads that draw districts and put their rows into the streams. */
#include "plt-demo-population.h"

#include "plt-demo-process.h"
#include "plt-demo-progress.h"

#include <glib/gi18n-lib.h>

#define TELL_PAUSE (G_TIME_SPAN_SECOND / 5)

typedef struct
{
  const PltDemoWorld  *world;
  const PltDemoCensus *census;
  PltDemoStreams      *streams;
  gint                 next; /* district */
  GMutex               lock;
  GCond                changed;
  int                  n_working;
  guint64              n_citizens; /* done */
  guint64              n_rows;
} Load;

/* What one thread needs, made once. */
typedef struct
{
  PltDemoDistrict district;
  PltDemoCitizen  citizen;
  PltDemoRows     tables[PLT_DEMO_N_TABLES];
  GString        *truths;
} Desk;

static void
write_district (Desk               *desk,
                const PltDemoWorld *world)
{
  for (int place = 0; place < desk->district.n_neighbours; place++)
    {
      plt_demo_citizen_draw (&desk->citizen, world, &desk->district, place);
      plt_demo_write_identity (desk->tables, &desk->citizen, world);
      plt_demo_write_driver (desk->tables, &desk->citizen, world);
      plt_demo_write_infringement (desk->tables, &desk->citizen, world);
      plt_demo_write_truths (desk->truths, &desk->citizen);
    }
}

static guint64
count_rows (const Desk *desk)
{
  guint64 n_rows = 0;

  for (int i = 0; i < PLT_DEMO_N_TABLES; i++)
    n_rows += desk->tables[i].n_rows;

  return n_rows;
}

static void
note_done (Load   *self,
           int     n_citizens,
           guint64 n_rows)
{
  g_mutex_lock (&self->lock);
  self->n_citizens += (guint64) n_citizens;
  self->n_rows += n_rows;
  g_mutex_unlock (&self->lock);
}

static void
draw_districts (Load *self,
                Desk *desk)
{
  int n_districts = plt_demo_world_count_districts (self->world);

  for (int number; (number = g_atomic_int_add (&self->next, 1)) < n_districts;)
    {
      GError *error = NULL;
      guint64 n_rows;

      if (plt_demo_process_is_interrupted (&error))
        {
          plt_demo_streams_fail (self->streams, error);
          return;
        }
      plt_demo_district_draw (&desk->district, self->world, self->census, number);
      write_district (desk, self->world);
      n_rows = count_rows (desk);
      if (!plt_demo_streams_put (self->streams, number, desk->tables, desk->truths))
        return;
      note_done (self, desk->district.n_neighbours, n_rows);
    }
}

static gpointer
load_in_thread (gpointer data)
{
  Load *self = data;
  Desk *desk = g_new0 (Desk, 1);

  desk->truths = g_string_new (NULL);
  draw_districts (self, desk);
  for (int i = 0; i < PLT_DEMO_N_TABLES; i++)
    plt_demo_rows_clear (&desk->tables[i]);
  g_string_free (desk->truths, TRUE);
  g_free (desk);
  g_mutex_lock (&self->lock);
  self->n_working--;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);

  return NULL;
}

/* Until the last thread has ended; an interruption is told to all, for some of them wait. */
static void
watch (Load *self)
{
  PltDemoProgress progress;

  plt_demo_progress_begin (&progress, _("Citizens"));
  g_mutex_lock (&self->lock);
  while (self->n_working > 0)
    {
      GError *error = NULL;

      g_cond_wait_until (&self->changed, &self->lock, g_get_monotonic_time () + TELL_PAUSE);
      plt_demo_progress_tell (&progress, self->n_citizens, (guint64) self->world->n_citizens,
                              self->n_rows);
      if (plt_demo_process_is_interrupted (&error))
        plt_demo_streams_fail (self->streams, error);
    }
  g_mutex_unlock (&self->lock);
  plt_demo_progress_end (&progress);
}

/**
 * plt_demo_population_load:
 * @streams: open, at the first turn; closed by the caller
 * @world: what is drawn from
 * @n_threads: how many draw at a time; the rows do not depend on it
 * @n_rows: (out): how many rows all tables got
 * @error: %PLT_DEMO_ERROR_USAGE when there cannot be so many drivers or cases
 *
 * What goes wrong on the way, an interruption too, plt_demo_streams_close() tells.
 */
gboolean
plt_demo_population_load (PltDemoStreams      *streams,
                          const PltDemoWorld  *world,
                          int                  n_threads,
                          guint64             *n_rows,
                          GError             **error)
{
  g_autoptr (PltDemoCensus) census = plt_demo_census_new (world, n_threads, error);
  g_autofree GThread **threads = g_new0 (GThread *, n_threads);
  Load load = { .world = world, .census = census, .streams = streams, .n_working = n_threads };

  if (census == NULL)
    return FALSE;
  g_mutex_init (&load.lock);
  g_cond_init (&load.changed);
  for (int i = 0; i < n_threads; i++)
    threads[i] = g_thread_new ("citizens", load_in_thread, &load);
  watch (&load);
  for (int i = 0; i < n_threads; i++)
    g_thread_join (threads[i]);
  g_cond_clear (&load.changed);
  g_mutex_clear (&load.lock);
  *n_rows = load.n_rows;

  return TRUE;
}
