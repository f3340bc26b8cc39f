/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a hand-over takes: the holder to compare with who is here, which document was shown, a signature; where
 * the card lies until then; and the letter in which it is posted instead. */
#pragma once

#include <adwaita.h>

#include "plt-card.h"
#include "plt-office.h"

G_BEGIN_DECLS

#define PLT_TYPE_HANDOVER_FORM (plt_handover_form_get_type ())
G_DECLARE_FINAL_TYPE (PltHandoverForm, plt_handover_form, PLT, HANDOVER_FORM, AdwBin)

/* Signals: "ready": all that is demanded was said, by keys. "posted": the letter was closed and scanned.
 * "failed" (const char *): what was refused, as a sentence; "": nothing any more. "loaded". */
void        plt_handover_form_set_office   (PltHandoverForm  *self,
                                            PltOffice        *office);
/* @card: (nullable): one that is ready; what was said of another one is forgotten */
void        plt_handover_form_set_card     (PltHandoverForm  *self,
                                            const char       *number);
/* Where the next thing is to be said. FALSE: nothing is demanded. */
gboolean    plt_handover_form_take_focus   (PltHandoverForm  *self);
/* FALSE while it is read, and where that failed. */
gboolean    plt_handover_form_is_loaded    (PltHandoverForm  *self);
/* Makes its letter, or prints the sheet of the one that it has, where this office posts cards. */
void        plt_handover_form_advance_letter
                                           (PltHandoverForm  *self);
/* Where its place is typed. */
void        plt_handover_form_name_shelf   (PltHandoverForm  *self);
/* Whether all that this office demands was said; what is missing is told, and has the keyboard. */
gboolean    plt_handover_form_check        (PltHandoverForm  *self);
/* (nullable): none was shown */
const char *plt_handover_form_get_document (PltHandoverForm  *self);
/* (transfer full) (nullable) */
char       *plt_handover_form_dup_number   (PltHandoverForm  *self);
GBytes     *plt_handover_form_get_receipt  (PltHandoverForm  *self);
const char *plt_handover_form_get_letter   (PltHandoverForm  *self);
const char *plt_handover_form_get_reference
                                           (PltHandoverForm  *self);

G_END_DECLS
