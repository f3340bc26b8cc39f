/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One field of the form: its title, where it is typed, and below that what it is for, or what is wrong.
 * Signals "changed": a person typed; "moved": the cursor or the keyboard went elsewhere. */
#pragma once

#include <adwaita.h>

#include "plt-form-field.h"

G_BEGIN_DECLS

#define PLT_TYPE_FORM_ROW (plt_form_row_get_type ())
G_DECLARE_FINAL_TYPE (PltFormRow, plt_form_row, PLT, FORM_ROW, AdwBin)

/* @field: outlives the row. */
GtkWidget  *plt_form_row_new          (const PltFormField *field);
/* (transfer none), until the next change */
const char *plt_form_row_get_text     (PltFormRow         *self);
/* Not as a person would: nothing is emitted. */
void        plt_form_row_set_text     (PltFormRow         *self,
                                       const char         *text);
void        plt_form_row_set_editable (PltFormRow         *self,
                                       gboolean            editable);
/* In letters; -1: the keyboard is not here. */
int         plt_form_row_get_cursor   (PltFormRow         *self);
/* @cursor: -1 for the end */
void        plt_form_row_focus        (PltFormRow         *self,
                                       int                 cursor);
gboolean    plt_form_row_is_valid     (PltFormRow         *self);

G_END_DECLS
