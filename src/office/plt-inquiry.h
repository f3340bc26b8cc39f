/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks all registries about one citizen at once, after the look-up has been written to the log of
 * who read whom. Each answer arrives by itself. Used by a look-up and again before an approval. */
#pragma once

#include "plt-office-private.h"
#include "plt-source-answer.h"

G_BEGIN_DECLS

#define PLT_TYPE_INQUIRY (plt_inquiry_get_type ())
G_DECLARE_FINAL_TYPE (PltInquiry, plt_inquiry, PLT, INQUIRY, GObject)

/* Signals: "answered" (uint PltSource), again when more is known of one that was not there in time:
 * what it said before, and what it says late; "done" once when all have ended, "failed" (GError*)
 * instead of both when the log refused; then nothing was asked. @purpose: a nick for the log. */
PltInquiry      *plt_inquiry_new        (PltOffice   *office,
                                         const char  *id_number,
                                         const char  *purpose);
void             plt_inquiry_cancel     (PltInquiry  *self);
void             plt_inquiry_ask_again  (PltInquiry  *self,
                                         PltSource    source);
gboolean         plt_inquiry_is_busy    (PltInquiry  *self);
/* (nullable): NULL for a source that has no adapter file and is not known to the rules. */
PltSourceAnswer *plt_inquiry_get_answer (PltInquiry  *self,
                                         PltSource    source);

G_END_DECLS
