/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the hand-over form share. */
#pragma once

#include "plt-handover-form.h"

#include "plt-card-life.h"
#include "plt-facts.h"
#include "plt-handover.h"

G_BEGIN_DECLS

struct _PltHandoverForm
{
  AdwBin         parent_instance;

  PltOffice     *office;
  GCancellable  *cancellable;
  char          *number;   /* of the card, NULL: none */
  PltHandover   *handover; /* NULL until it was read */
  GBytes        *signed_by; /* the receipt */
  PltCardLifeAct act;      /* what is under way */
  gboolean       busy;
  gboolean       printing; /* the letter's sheet, as soon as it is known */
  GtkPrintSettings *paper; /* the printer of the last sheet; NULL: none yet */

  GtkPicture    *portrait;
  GtkWidget     *no_portrait;
  GtkWidget     *signature_row;
  GtkPicture    *signature;
  PltFacts      *facts;
  GtkDropDown   *document;
  GtkWidget     *number_end_row;
  GtkEditable   *number_end;
  AdwActionRow  *receipt_row;
  GtkPicture    *receipt;
  GtkWidget     *sign;
  GtkLabel      *trouble;
  GtkEditable   *shelf;
  GtkWidget     *colleague_row;
  GtkEditable   *colleague;
  GtkWidget     *take_row;
  GtkWidget     *post;
  AdwActionRow  *letter_row;
  GtkWidget     *make_letter;
  GtkWidget     *print_letter;
  GtkWidget     *letter_code_row;
  GtkEditable   *letter;
  GtkWidget     *reference_row;
  GtkEditable   *reference;
};

/* Where the card lies, in whose hands it is, and the letter in which it is posted. */
void plt_handover_form_load          (PltHandoverForm *self);
void plt_handover_form_show_place    (PltHandoverForm *self);
void plt_handover_form_forget_place  (PltHandoverForm *self);
void plt_handover_form_init_place    (PltHandoverForm *self);
void plt_handover_form_install_place (GtkWidgetClass  *widget_class);

G_END_DECLS
