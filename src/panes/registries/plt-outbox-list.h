/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The messages to the pre-enrolment service that are not sent yet, and what people decide about those
 * that were set aside. */
#pragma once

#include <adwaita.h>

#include "plt-office.h"

G_BEGIN_DECLS

#define PLT_TYPE_OUTBOX_LIST (plt_outbox_list_get_type ())
G_DECLARE_FINAL_TYPE (PltOutboxList, plt_outbox_list, PLT, OUTBOX_LIST, AdwBin)

/* Once. It is hidden while there is nothing to see. */
void plt_outbox_list_set_office (PltOutboxList *self,
                                 PltOffice     *office);
/* Reads the messages now. */
void plt_outbox_list_load       (PltOutboxList *self);

G_END_DECLS
