/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PLT_TYPE_TEXT_ROW (plt_text_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (PltTextRow, plt_text_row, PLT, TEXT_ROW, GtkListBoxRow)

struct _PltTextRowClass
{
  GtkListBoxRowClass parent_class;
};

GtkWidget *plt_text_row_new        (const char *title,
                                    const char *subtitle);
void       plt_text_row_set_text   (PltTextRow *self,
                                    const char *title,
                                    const char *subtitle);
void       plt_text_row_add_line   (PltTextRow *self,
                                    GtkWidget  *widget);
void       plt_text_row_add_prefix (PltTextRow *self,
                                    GtkWidget  *widget);
void       plt_text_row_add_suffix (PltTextRow *self,
                                    GtkWidget  *widget);

G_END_DECLS
