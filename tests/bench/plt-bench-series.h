/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A series of measured durations, and the line that is printed of it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _PltBenchSeries PltBenchSeries;

PltBenchSeries *plt_bench_series_new   (const char     *title,
                                        const char     *unit);
void            plt_bench_series_free  (PltBenchSeries *self);
void            plt_bench_series_start (PltBenchSeries *self);
void            plt_bench_series_stop  (PltBenchSeries *self);
/* A duration that was measured elsewhere. */
void            plt_bench_series_add   (PltBenchSeries *self,
                                        gint64          duration_us);
/* In milliseconds. */
double          plt_bench_series_get   (PltBenchSeries *self,
                                        guint           percent);
void            plt_bench_series_print (PltBenchSeries *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltBenchSeries, plt_bench_series_free)

G_END_DECLS
