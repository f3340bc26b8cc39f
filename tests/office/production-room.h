/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The print room of a staffed office: chen prints in it, and its database is looked into. */
#pragma once

#include "office-fixture.h"
#include "print-office.h"

G_BEGIN_DECLS

extern PrintOffice *room;

char      *room_query   (const char  *sql);
void       room_assert  (const char  *sql,
                         const char  *expected);
PltOffice *room_sign_in (void);
PltCard   *room_print   (PltOffice   *office,
                         const char  *number,
                         const char  *destination,
                         GError     **error);

G_END_DECLS
