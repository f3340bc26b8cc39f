/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows in PostgreSQL's binary COPY format: what COPY reads fastest, and the cheapest to write. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char    *data;
  gsize    length;
  gsize    size;
  guint64  n_rows;
} PltDemoRows;

void plt_demo_rows_clear        (PltDemoRows *self);
void plt_demo_rows_begin_file   (PltDemoRows *self);
void plt_demo_rows_end_file     (PltDemoRows *self);

/* @n_fields follow, each with one of the functions below. */
void plt_demo_rows_begin_row    (PltDemoRows *self,
                                 int          n_fields);
void plt_demo_rows_add_null     (PltDemoRows *self);
void plt_demo_rows_add_text     (PltDemoRows *self,
                                 const char  *text);
void plt_demo_rows_add_joined   (PltDemoRows *self,
                                 const char  *first,
                                 const char  *between,
                                 const char  *second);
void plt_demo_rows_add_capitals (PltDemoRows *self,
                                 const char  *text);
void plt_demo_rows_add_words    (PltDemoRows *self,
                                 const char  *text);
void plt_demo_rows_add_day      (PltDemoRows *self,
                                 int          day);
void plt_demo_rows_add_small    (PltDemoRows *self,
                                 int          number);
void plt_demo_rows_add_truth    (PltDemoRows *self,
                                 gboolean     truth);
void plt_demo_rows_add_money    (PltDemoRows *self,
                                 int          cents);

G_END_DECLS
