/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "schema-fees.h"

/* What is wrong with the books: "" where nothing is. */
#define WRONG \
  "SELECT concat_ws (', '," \
  " (SELECT 'movement ' || min (id) FROM platen.fee_movement m WHERE (SELECT (count (*) < 2 OR sum (amount) <> 0) FROM platen.fee_posting p" \
  "     WHERE p.movement_id = m.id) HAVING count (*) > 0)," \
  " (SELECT 'all ' || sum (amount) FROM platen.fee_posting HAVING sum (amount) <> 0)," \
  " (SELECT 'drawer ' || min (id) FROM platen.fee_shift s WHERE s.cash <> (SELECT coalesce (sum (amount), 0) FROM platen.fee_posting p WHERE p.shift_id = s.id)" \
  "     HAVING count (*) > 0)," \
  " (SELECT 'gap ' || min (number) FROM (SELECT number, nth, row_number () OVER (PARTITION BY office_code, year ORDER BY nth) AS n FROM platen.fee_receipt) r" \
  "     WHERE n <> nth HAVING count (*) > 0)," \
  " (SELECT 'receipt ' || min (number) FROM platen.fee_receipt r WHERE r.amount <> (SELECT sum (amount) FILTER (WHERE amount > 0) FROM platen.fee_posting p" \
  "     WHERE p.movement_id = r.movement_id) HAVING count (*) > 0)," \
  " (SELECT 'over ' || min (number) FROM platen.fee_receipt r WHERE platen.receipt_rest (r) < 0 HAVING count (*) > 0))"

void
schema_fees_assert_books (const char *db)
{
  g_autofree char *holds = schema_office_ask (db, "dora", "SELECT bool_and (holds) FROM api.reconcile_fees (current_date - 9, current_date)");
  g_autofree char *wrong = schema_office_ask (db, "postgres", WRONG);

  g_assert_cmpstr (wrong, ==, "");
  g_assert_cmpstr (holds, ==, "t");
}

static void
add_rule (const char *db,
          const char *rule)
{
  g_autofree char *id = schema_office_ask (db, "emil", "SELECT api.propose_fee_rule ('{\"law\": \"Fees Act, s. 2\", %s}'::jsonb ||"
                                           " jsonb_build_object ('from', current_date, 'words', '{\"en\": \"Words\", \"fr\": \"Mots\"}'::jsonb), 'law')", rule);

  g_free (schema_office_ask (db, "boris", "SELECT api.approve_fee_rule (%s)", id));
}

char *
schema_fees_new_office (void)
{
  static const char * const rules[] = {
    "\"code\": \"BASE\", \"effect\": \"fee\", \"kinds\": [\"renewal\", \"new\"], \"amount\": 4505",
    "\"code\": \"COPY\", \"effect\": \"fee\", \"kinds\": [\"replacement\"], \"causes\": [\"lost\", \"damaged\"], \"amount\": 3000",
    "\"code\": \"HEAVY\", \"effect\": \"fee\", \"categories\": [\"C\", \"D\"], \"per_category\": true, \"amount\": 1000",
    "\"code\": \"LATE\", \"effect\": \"surcharge\", \"kinds\": [\"renewal\"], \"min_days_late\": 1, \"permille\": 250",
    "\"code\": \"OLD\", \"effect\": \"reduction\", \"min_age\": 65, \"permille\": 500",
    "\"code\": \"YOUNG\", \"effect\": \"reduction\", \"max_age\": 17, \"amount\": 99999",
    "\"code\": \"DISABLED\", \"effect\": \"exemption\", \"proof\": \"disability_card\"",
  };
  static const char * const logins[] = { "anna", "axel", "boris", "bodil", "bella", "chen", "dora", "emil", "nina", "nora" };
  char *db = schema_office_new ();

  for (size_t i = 0; i < G_N_ELEMENTS (rules); i++)
    add_rule (db, rules[i]);
  for (size_t i = 0; i < G_N_ELEMENTS (logins); i++)
    g_free (schema_office_ask (db, logins[i], "SELECT 1"));
  g_free (schema_office_ask (db, "postgres", "UPDATE platen.session s SET workstation = 'Desk of ' || t.login FROM platen.staff t WHERE t.id = s.staff_id"));
  return db;
}

char *
schema_fees_last_receipt (const char *db)
{
  return schema_office_ask (db, "anna", "SELECT number FROM api.fee_receipt ORDER BY id DESC LIMIT 1");
}
