/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One application in sections, with its next step. Every change is written at once. */
#pragma once

#include <adwaita.h>

#include "plt-office.h"

G_BEGIN_DECLS

#define PLT_TYPE_EDITOR_PANE (plt_editor_pane_get_type ())
G_DECLARE_FINAL_TYPE (PltEditorPane, plt_editor_pane, PLT, EDITOR_PANE, AdwBin)

GtkWidget *plt_editor_pane_new    (PltOffice     *office);
void       plt_editor_pane_open   (PltEditorPane *self,
                                   const char    *number);
void       plt_editor_pane_fetch  (PltEditorPane *self,
                                   const char    *code);
void       plt_editor_pane_expect (PltEditorPane *self,
                                   gboolean       expecting);
/* The person goes on purpose: what is typed is saved, and nothing comes back by itself. */
void       plt_editor_pane_leave  (PltEditorPane *self);

G_END_DECLS
