/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An office that takes fees, and its books. */
#pragma once

#include "schema-office.h"

G_BEGIN_DECLS

/* SQL, formatted with an application's id: who runs it takes money. */
#define PAY(method, amount, reference, tendered) \
  "SELECT concat_ws (' ', receipt, amount, change, due) FROM api.pay_fee (%d, gen_random_uuid (), '" method "', " amount ", " reference ", " tendered ", NULL)"

/* Everybody at a desk of their own, and the fees of the tests. */
char *schema_fees_new_office   (void);
/* Nothing is wrong with them, as the database says itself and as they are counted here. */
void  schema_fees_assert_books (const char *db);
/* Its number. */
char *schema_fees_last_receipt (const char *db);

G_END_DECLS
