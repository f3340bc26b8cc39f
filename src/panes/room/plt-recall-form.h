/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A recall that is proposed: what the cards have in common, the list as it would be, and why. */
#pragma once

#include <adwaita.h>

#include "plt-office.h"

G_BEGIN_DECLS

#define PLT_TYPE_RECALL_FORM (plt_recall_form_get_type ())
G_DECLARE_FINAL_TYPE (PltRecallForm, plt_recall_form, PLT, RECALL_FORM, AdwBin)

/* Signals: "done": it was proposed. "left". */
void plt_recall_form_set_office   (PltRecallForm *self,
                                   PltOffice     *office);
/* @printers: (nullable) */
void plt_recall_form_set_printers (PltRecallForm *self,
                                   GListModel    *printers);
/* Empty, with the keyboard in it. */
void plt_recall_form_begin        (PltRecallForm *self);

/* Rows for @cards, of which at most a few hundred are shown. @activatable: those with something to do.
 * @may_allow: those whose holder may need another card have a button for “recalls.allow”. */
void plt_recall_form_fill_list    (GtkListBox    *list,
                                   GPtrArray     *cards,
                                   gboolean       activatable,
                                   gboolean       may_allow);

G_END_DECLS
