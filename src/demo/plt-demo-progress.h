/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says on standard error how far a long work is: one line that rewrites itself on a terminal, a
 * line now and then elsewhere. Short works say nothing. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *title;  /* what is being done, translated */
  gboolean    is_terminal;
  gboolean    drawn;
  gint64      started;
  gint64      said;
} PltDemoProgress;

void plt_demo_progress_begin (PltDemoProgress *self,
                              const char      *title);
void plt_demo_progress_tell  (PltDemoProgress *self,
                              guint64          n_done,
                              guint64          n_all,
                              guint64          n_rows);
void plt_demo_progress_end   (PltDemoProgress *self);

G_END_DECLS
