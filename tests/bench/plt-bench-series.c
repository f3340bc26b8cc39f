/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Collects durations and prints units per second, p50 and p95. */
#include "plt-bench-series.h"

struct _PltBenchSeries
{
  char   *title;
  char   *unit;
  GArray *durations_us; /* gint64 */
  gint64  started_us;
};

PltBenchSeries *
plt_bench_series_new (const char *title,
                      const char *unit)
{
  PltBenchSeries *self = g_new0 (PltBenchSeries, 1);

  self->title = g_strdup (title);
  self->unit = g_strdup (unit);
  self->durations_us = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

void
plt_bench_series_free (PltBenchSeries *self)
{
  g_free (self->title);
  g_free (self->unit);
  g_array_unref (self->durations_us);
  g_free (self);
}

void
plt_bench_series_start (PltBenchSeries *self)
{
  self->started_us = g_get_monotonic_time ();
}

void
plt_bench_series_stop (PltBenchSeries *self)
{
  plt_bench_series_add (self, g_get_monotonic_time () - self->started_us);
}

void
plt_bench_series_add (PltBenchSeries *self,
                      gint64          duration_us)
{
  g_array_append_val (self->durations_us, duration_us);
}

static int
compare_durations (gconstpointer a,
                   gconstpointer b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

double
plt_bench_series_get (PltBenchSeries *self,
                      guint           percent)
{
  g_array_sort (self->durations_us, compare_durations);

  guint index = (self->durations_us->len - 1) * percent / 100;

  return (double) g_array_index (self->durations_us, gint64, index) / 1000.0;
}

/* One line: title, units per second (one after another), p50 and p95 in milliseconds, count. */
void
plt_bench_series_print (PltBenchSeries *self)
{
  gint64 total_us = 0;

  g_assert (self->durations_us->len > 0);
  for (guint i = 0; i < self->durations_us->len; i++)
    total_us += g_array_index (self->durations_us, gint64, i);
  g_print ("%-44s %9.1f %s/s   p50 %8.2f ms   p95 %8.2f ms   n %u\n", self->title,
           (double) self->durations_us->len * 1e6 / (double) MAX (total_us, 1), self->unit,
           plt_bench_series_get (self, 50), plt_bench_series_get (self, 95), self->durations_us->len);
}
