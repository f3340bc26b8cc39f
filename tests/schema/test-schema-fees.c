/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves the money: quotes to the smallest unit at every boundary, nothing taken twice or by one person alone, books that balance whatever is
 * done, and a clerk with psql who can do no more. */
#include "schema-fees.h"

#include <stdlib.h>
#include <string.h>

#define ASK(login, ...) g_free (schema_office_ask (db, login, __VA_ARGS__))

/* ---- quotes ---- */

static void
test_quote (void)
{
  static const struct
  {
    const char *arguments;
    const char *lines;
  } cases[] = {
    { "'renewal', NULL, '{B}', '1990-01-01', current_date, NULL", "BASE 4505" },
    { "'renewal', NULL, '{B}', '1990-01-01', current_date + 1, NULL", "BASE 4505" },
    /* A quarter of 45.05 is 11.2625; a half counts up. */
    { "'renewal', NULL, '{B}', '1990-01-01', current_date - 1, NULL", "BASE 4505, LATE 1126" },
    { "'renewal', NULL, '{B}', '1990-01-01', NULL, NULL", "BASE 4505" },
    { "'renewal', NULL, '{B,C,D}', '1990-01-01', NULL, NULL", "BASE 4505, HEAVY 2000" },
    { "'new', NULL, '{C}', NULL, NULL, NULL", "BASE 4505, HEAVY 1000" },
    { "'replacement', 'lost', '{B}', '1990-01-01', NULL, NULL", "COPY 3000" },
    { "'replacement', 'stolen', '{B}', '1990-01-01', NULL, NULL", "" },
    { "'replacement', NULL, '{B}', '1990-01-01', NULL, NULL", "" },
    { "'correction', 'office', '{B}', '1990-01-01', NULL, NULL", "" },
    /* The day before the 65th birthday, the day, the day after. */
    { "'renewal', NULL, '{B}', (current_date + 1 - interval '65 years')::date, NULL, NULL", "BASE 4505" },
    { "'renewal', NULL, '{B}', (current_date - interval '65 years')::date, NULL, NULL", "BASE 4505, OLD -2253" },
    { "'renewal', NULL, '{B}', (current_date - 1 - interval '65 years')::date, NULL, NULL", "BASE 4505, OLD -2253" },
    /* Never below nothing; on the 18th birthday no longer. */
    { "'new', NULL, '{B}', (current_date + 1 - interval '18 years')::date, NULL, NULL", "BASE 4505, YOUNG -4505" },
    { "'new', NULL, '{B}', (current_date - interval '18 years')::date, NULL, NULL", "BASE 4505" },
    { "'renewal', NULL, '{B}', '1950-01-01', NULL, '{disability_card}'", "BASE 4505, DISABLED -4505, OLD 0" },
    { "'renewal', NULL, '{B}', NULL, NULL, '{other}'", "BASE 4505" },
  };
  g_autofree char *db = schema_fees_new_office ();

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *said = schema_office_ask (db, "anna",
        "SELECT coalesce (string_agg (rule || ' ' || amount, ', ' ORDER BY line) FILTER (WHERE counts), '') FROM api.fee_estimate (%s, NULL)", cases[i].arguments);

      g_test_message ("%s", cases[i].arguments);
      g_assert_cmpstr (said, ==, cases[i].lines);
    }
  /* Born on 29 February: 65 on the 28th of a common year. */
#define LEAP_DAY(day) "SELECT bool_or (rule = 'OLD') FROM api.fee_estimate ('renewal', NULL, '{B}', '2000-02-29', NULL, NULL, '" day "')"
  schema_office_said (db, "anna", "f", LEAP_DAY ("2065-02-27"));
  schema_office_said (db, "anna", "t", LEAP_DAY ("2065-02-28"));
  schema_office_said (db, "anna", "t", LEAP_DAY ("2065-03-01"));
  schema_office_said (db, "anna", "DISABLED disability_card f", "SELECT concat_ws (' ', rule, proof, counts) FROM api.fee_estimate"
                      " ('renewal', NULL, '{B}', NULL, NULL, NULL, NULL) WHERE proof IS NOT NULL");
  schema_office_said (db, "anna", "Mots|Loi sur les droits, art. 2", "SET platen.language = 'fr'; SELECT DISTINCT text || '|' || law FROM api.fee_estimate"
                      " ('renewal', NULL, '{B}', NULL, NULL, NULL, NULL)");
  /* Of an office without rules nothing is asked. */
  schema_office_said (db, "nina", "0", "SELECT count (*) FROM api.fee_estimate ('renewal', NULL, '{B}', NULL, NULL, NULL, NULL)");
  schema_office_refused (db, "anna", "P0001", "FIELD", "SELECT * FROM api.fee_estimate ('gift', NULL, '{B}', NULL, NULL, NULL, NULL)");
  schema_office_refused (db, "anna", "P0001", "FIELD", "SELECT * FROM api.fee_estimate ('new', NULL, '{Q}', NULL, NULL, NULL, NULL)");
  schema_office_refused (db, "anna", "P0001", "FIELD", "SELECT * FROM api.fee_estimate ('new', NULL, '{B}', '2999-01-01', NULL, NULL, NULL)");
}

static void
test_rules_by_two (void)
{
  static const char * const wrong[] = {
    "'[]'", "'{}'", "NULL",
    "'{\"code\": \"X1\", \"effect\": \"fee\", \"amount\": 5, \"law\": \"L\", \"from\": \"2020-01-01\", \"words\": {\"en\": \"a\", \"fr\": \"b\"}}'", /* backdated */
    "'{\"code\": \"X1\", \"effect\": \"fee\", \"amount\": -5, \"law\": \"L\", \"from\": \"2090-01-01\", \"words\": {\"en\": \"a\", \"fr\": \"b\"}}'",
    "'{\"code\": \"X1\", \"effect\": \"fee\", \"amount\": 1.5, \"law\": \"L\", \"from\": \"2090-01-01\", \"words\": {\"en\": \"a\", \"fr\": \"b\"}}'",
    "'{\"code\": \"X1\", \"effect\": \"fee\", \"amount\": \"5\", \"law\": \"L\", \"from\": \"2090-01-01\", \"words\": {\"en\": \"a\", \"fr\": \"b\"}}'",
    "'{\"code\": \"X1\", \"effect\": \"fee\", \"amount\": 99999999999, \"law\": \"L\", \"from\": \"2090-01-01\", \"words\": {\"en\": \"a\", \"fr\": \"b\"}}'",
    "'{\"code\": \"X1\", \"effect\": \"fee\", \"law\": \"L\", \"from\": \"2090-01-01\", \"words\": {\"en\": \"a\", \"fr\": \"b\"}}'",
    "'{\"code\": \"X1\", \"effect\": \"exemption\", \"amount\": 5, \"law\": \"L\", \"from\": \"2090-01-01\", \"words\": {\"en\": \"a\", \"fr\": \"b\"}}'",
    "'{\"code\": \"X1\", \"effect\": \"reduction\", \"permille\": 1001, \"law\": \"L\", \"from\": \"2090-01-01\", \"words\": {\"en\": \"a\", \"fr\": \"b\"}}'",
    "'{\"code\": \"X1\", \"effect\": \"fee\", \"amount\": 5, \"law\": \"L\", \"from\": \"2090-01-01\", \"words\": {\"en\": \"a\"}}'",
    "'{\"code\": \"X1\", \"effect\": \"fee\", \"amount\": 5, \"from\": \"2090-01-01\", \"words\": {\"en\": \"a\", \"fr\": \"b\"}}'",
    "'{\"code\": \"X1\", \"effect\": \"fee\", \"amount\": 5, \"law\": \"L\", \"from\": \"2090-02-30\", \"words\": {\"en\": \"a\", \"fr\": \"b\"}}'",
    "'{\"code\": \"X1\", \"effect\": \"fee\", \"amount\": 5, \"law\": \"L\", \"from\": \"2090-01-01\", \"to\": \"2089-01-01\", \"words\": {\"en\": \"a\", \"fr\": \"b\"}}'",
    "'{\"code\": \"X1\", \"effect\": \"fee\", \"amount\": 5, \"law\": \"L\", \"from\": \"2090-01-01\", \"kinds\": [\"gift\"], \"words\": {\"en\": \"a\", \"fr\": \"b\"}}'",
    "'{\"code\": \"X1\", \"effect\": \"fee\", \"amount\": 5, \"law\": \"L\", \"from\": \"2090-01-01\", \"kinds\": [], \"words\": {\"en\": \"a\", \"fr\": \"b\"}}'",
    "'{\"code\": \"X1\", \"effect\": \"fee\", \"amount\": 5, \"law\": \"L\", \"from\": \"2090-01-01\", \"min_age\": 9, \"max_age\": 8, \"words\": {\"en\": \"a\", \"fr\": \"b\"}}'",
    "'{\"code\": \"X1\", \"effect\": \"fee\", \"amount\": 5, \"law\": \"L\", \"from\": \"2090-01-01\", \"free\": true, \"words\": {\"en\": \"a\", \"fr\": \"b\"}}'",
  };
  g_autofree char *db = schema_fees_new_office ();

  for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++)
    schema_office_refused (db, "emil", "P0001", "FIELD", "SELECT api.propose_fee_rule (%s, 'why')", wrong[i]);
#define DEARER "'{\"code\": \"BASE\", \"effect\": \"fee\", \"kinds\": [\"renewal\"], \"amount\": 5000, \"law\": \"Fees Act, s. 2\"," \
  " \"words\": {\"en\": \"a\", \"fr\": \"b\"}}'::jsonb || jsonb_build_object ('from', current_date + 1)"
  schema_office_refused (db, "anna", "42501", "ROLE", "SELECT api.propose_fee_rule (" DEARER ", 'why')");
  schema_office_refused (db, "boris", "P0001", "REASON", "SELECT api.propose_fee_rule (" DEARER ", ' ')");

  int application = schema_office_draft (db, "renewal");
  g_autofree char *id = schema_office_ask (db, "boris", "SELECT api.propose_fee_rule (" DEARER ", 'dearer')");
  g_autofree char *effect = schema_office_ask (db, "bodil", "SELECT concat_ws (' ', application_id = %d, is_open, costs, would_cost) FROM"
                                               " api.preview_fee_rule (%s, 90)", application, id);

  g_assert_cmpstr (effect, ==, "t t 4505 5000");
  schema_office_refused (db, "boris", "P0001", "FOUR_EYES", "SELECT api.approve_fee_rule (%s)", id);
  schema_office_refused (db, "nora", "P0002", "NOT_FOUND", "SELECT api.approve_fee_rule (%s)", id);
  schema_office_refused (db, "anna", "42501", "ROLE", "SELECT api.approve_fee_rule (%s)", id);
  ASK ("bodil", "SELECT api.approve_fee_rule (%s)", id);
  schema_office_refused (db, "emil", "P0002", "NOT_FOUND", "SELECT api.approve_fee_rule (%s)", id);
  /* Today as before, tomorrow the new one; and an end is a version, too. */
  schema_office_said (db, "anna", "4505 5000", "SELECT (SELECT sum (amount) FROM api.fee_estimate ('renewal', NULL, '{B}', NULL, NULL, NULL, NULL)) || ' ' ||"
                      " (SELECT sum (amount) FROM api.fee_estimate ('renewal', NULL, '{B}', NULL, NULL, NULL, current_date + 1))");
  g_free (g_steal_pointer (&id));
  id = schema_office_ask (db, "emil", "SELECT api.propose_fee_rule ('{\"code\": \"BASE\", \"effect\": \"none\", \"law\": \"Fees Act, s. 2\"}'::jsonb ||"
                          " jsonb_build_object ('from', current_date + 3), 'repealed')");
  ASK ("boris", "SELECT api.approve_fee_rule (%s)", id);
  schema_office_said (db, "anna", "5000 0", "SELECT (SELECT sum (amount) FROM api.fee_estimate ('renewal', NULL, '{B}', NULL, NULL, NULL, current_date + 2)) || ' ' ||"
                      " (SELECT coalesce (sum (amount), 0) FROM api.fee_estimate ('renewal', NULL, '{B}', NULL, NULL, NULL, current_date + 3))");
  /* Nobody writes over what was approved, not even the owner. */
  schema_office_refused (db, "postgres", "42501", "APPEND_ONLY", "UPDATE platen.fee_rule SET amount = 1");
  schema_office_refused (db, "postgres", "42501", "APPEND_ONLY", "DELETE FROM platen.fee_rule");
  schema_office_refused (db, "emil", "P0001", "CURRENCY", "SELECT api.set_currency ('EUR', NULL)");
  schema_office_refused (db, "emil", "P0001", "FIELD", "SELECT api.set_currency ('QQQ', NULL)");
  schema_office_refused (db, "emil", "P0001", "FIELD", "SELECT api.set_currency ('XTS', '{5,5}')");
  schema_office_refused (db, "anna", "42501", "ROLE", "SELECT api.set_currency ('XTS', NULL)");
  ASK ("emil", "SELECT api.set_currency ('XTS', '{100,500}')");
}

static void
test_amounts (void)
{
  g_autofree char *db = schema_fees_new_office ();

  schema_office_said (db, "anna", "4500 4550 4505 0", "SELECT concat_ws (' ', api.read_money ('45'), api.read_money (' 45,5'), api.read_money ('45.05'), api.read_money ('0'))");
  for (const char * const *bad = (const char * const []) { "-1", "1.005", "1e3", "", "1,000,000", "12345678901", "4 5", "0x10", NULL }; *bad != NULL; bad++)
    schema_office_refused (db, "anna", "P0001", "AMOUNT", "SELECT api.read_money ('%s')", *bad);
  schema_office_said (db, "postgres", "45.05 XTS|45,05 XTS|-0.01 XTS|1000 JPY|1.000 BHD|0.00 XTS",
                      "SELECT concat_ws ('|', platen.money_text (4505, 'XTS'), platen.money_text (4505, 'XTS', 'fr'), platen.money_text (-1, 'XTS'),"
                      " platen.money_text (1000, 'JPY'), platen.money_text (1000, 'BHD'), platen.money_text (0, 'XTS'))");
}

/* ---- paying ---- */

static void
test_pay (void)
{
  g_autofree char *db = schema_fees_new_office ();
  int application = schema_office_draft (db, "renewal"); /* ends in 30 days; born 1980 */

  schema_office_refused (db, "anna", "P0001", "SHIFT", PAY ("cash", "NULL", "NULL", "NULL"), application);
  ASK ("anna", "SELECT api.open_shift (10000)");
  for (const char * const *bad = (const char * const []) { "0", "-1", "4506", "9223372036854775807", "-9223372036854775808", NULL }; *bad != NULL; bad++)
    schema_office_refused (db, "anna", "P0001", "AMOUNT", "SELECT api.pay_fee (%d, gen_random_uuid (), 'cash', %s, NULL, NULL, NULL)", application, *bad);
  schema_office_refused (db, "anna", "P0001", "AMOUNT", PAY ("cash", "NULL", "NULL", "4504"), application);
  schema_office_refused (db, "anna", "P0001", "AMOUNT", PAY ("card", "NULL", "'T1'", "5000"), application);
  schema_office_refused (db, "anna", "P0001", "FIELD", PAY ("barter", "NULL", "NULL", "NULL"), application);
  schema_office_refused (db, "anna", "P0001", "REFERENCE", PAY ("card", "NULL", "NULL", "NULL"), application);
  schema_office_refused (db, "anna", "P0001", "REFERENCE", PAY ("bank", "NULL", "'x'", "NULL"), application);
  schema_office_refused (db, "anna", "P0001", "KEY", "SELECT api.pay_fee (%d, NULL, 'cash', NULL, NULL, NULL, NULL)", application);
  schema_office_refused (db, "chen", "42501", "ROLE", PAY ("cash", "NULL", "NULL", "NULL"), application);
  schema_office_refused (db, "nina", "P0002", "NOT_FOUND", PAY ("bank", "NULL", "'ab'", "NULL"), application);

  /* A part by card, the rest in cash; the same key again is the same receipt. */
  g_autofree char *part = schema_office_ask (db, "anna", PAY ("card", "1505", "'T 4711'", "NULL"), application);
  g_autofree char *rest = schema_office_ask (db, "anna",
    "SELECT concat_ws (' ', receipt, amount, change, due) FROM api.pay_fee (%d, '11111111-1111-4111-8111-111111111111', 'cash', NULL, NULL, 5000, 'fr')", application);
  g_autofree char *again = schema_office_ask (db, "anna",
    "SELECT concat_ws (' ', receipt, amount, change, due) FROM api.pay_fee (%d, '11111111-1111-4111-8111-111111111111', 'cash', NULL, NULL, 5000, 'fr')", application);

  g_assert_true (g_str_has_suffix (part, "R000001 1505 3000"));
  g_assert_true (g_str_has_suffix (rest, "R000002 3000 2000 0"));
  g_assert_cmpstr (again, ==, rest);
  schema_office_refused (db, "anna", "P0001", "KEY", "SELECT api.pay_fee (%d, '11111111-1111-4111-8111-111111111111', 'card', NULL, 'T2', NULL, NULL)", application);
  schema_office_refused (db, "anna", "P0001", "PAID", PAY ("cash", "NULL", "NULL", "NULL"), application);
  schema_office_refused (db, "axel", "P0001", "PAID", PAY ("bank", "NULL", "'B 1'", "NULL"), application);
  schema_office_said (db, "anna", "t", "SELECT api.find_payment ('11111111-1111-4111-8111-111111111111') LIKE '%R000002'");
  schema_office_said (db, "anna", "", "SELECT api.find_payment (gen_random_uuid ())");

  /* One slip pays once. */
  int other = schema_office_draft (db, "renewal");

  schema_office_refused (db, "anna", "P0001", "REFERENCE", PAY ("card", "NULL", "'T 4711'", "NULL"), other);
  g_autofree char *due = schema_office_ask (db, "chen", "SELECT concat_ws (' ', total, paid, due, currency) FROM api.fee_due (%d)", other);

  g_assert_cmpstr (due, ==, "4505 0 4505 XTS");
  /* A proof changes what is due; another way of life later makes it due again. */
  schema_office_refused (db, "anna", "P0001", "FIELD", "SELECT api.note_fee_proof (%d, 'charm', true, 'seen')", other);
  schema_office_refused (db, "anna", "P0001", "FIELD", "SELECT api.note_fee_proof (%d, 'disability_card', true, ' ')", other);
  schema_office_refused (db, "chen", "42501", "ROLE", "SELECT api.note_fee_proof (%d, 'disability_card', true, 'card …12')", other);
  ASK ("anna", "SELECT 1 / (api.note_fee_proof (%d, 'disability_card', true, 'card …12') = 0)::int", other);
  schema_office_refused (db, "anna", "P0001", "PAID", PAY ("cash", "NULL", "NULL", "NULL"), other);
  ASK ("anna", "SELECT 1 / (api.note_fee_proof (%d, 'disability_card', false, 'it was another’s') = 4505)::int", other);
  ASK ("postgres", "UPDATE platen.application SET state = 'withdrawn' WHERE id = %d", other);
  schema_office_refused (db, "anna", "P0001", "STATE", PAY ("cash", "NULL", "NULL", "NULL"), other);

  /* The sheet is in the citizen's language, whoever prints it; the code proves it in any office. */
  schema_office_said (db, "anna", "Reçu|45,05 XTS|Monnaie rendue 20,00 XTS",
                      "SELECT concat_ws ('|', s ->> 'title', s -> 'lines' -> 0 ->> 'money', (SELECT (r ->> 'label') || ' ' || (r ->> 'text') FROM jsonb_array_elements (s -> 'sums') r"
                      " WHERE r ->> 'text' LIKE '20%')) FROM (SELECT api.fee_receipt_sheet ((SELECT number FROM api.fee_receipt WHERE number LIKE '%R000002'), NULL)) v (s)");
  g_autofree char *code = schema_office_ask (db, "anna", "SELECT api.fee_receipt_sheet ((SELECT number FROM api.fee_receipt WHERE number LIKE '%%R000002'), NULL) ->> 'qr'");
  g_autofree char *genuine = schema_office_ask (db, "nina", "SELECT concat_ws (' ', standing, amount, rest) FROM api.check_receipt (E'%s\\n')", code);
  g_autofree char *altered = schema_office_ask (db, "nina", "SELECT concat_ws (' ', standing, amount, rest) FROM api.check_receipt (replace ('%s', ' 3000 ', ' 300 '))", code);

  g_assert_cmpstr (genuine, ==, "genuine 3000 3000");
  g_assert_cmpstr (altered, ==, "altered");
  schema_office_said (db, "nina", "unknown", "SELECT standing FROM api.check_receipt ('PLATEN-RECEIPT 1 UC-99-R000001 2099-01-01 payment - XTS 1 x y')");
  schema_office_refused (db, "nina", "P0002", "NOT_FOUND", "SELECT api.fee_receipt_sheet ((SELECT 'UC-' || to_char (current_date, 'YY') || '-R000002'), NULL)");
  schema_office_said (db, "nina", "0", "SELECT count (*) FROM api.fee_receipt");
  schema_fees_assert_books (db);
}

/* ---- by two ---- */

static void
test_by_two (void)
{
  g_autofree char *db = schema_fees_new_office ();
  int application = schema_office_draft (db, "renewal");

  ASK ("anna", "SELECT api.open_shift (0)");
  ASK ("anna", PAY ("cash", "NULL", "NULL", "NULL"), application);

  g_autofree char *first = schema_fees_last_receipt (db);

  schema_office_refused (db, "anna", "P0001", "REASON", "SELECT api.void_fee ('%s', NULL)", first);
  schema_office_refused (db, "nina", "P0002", "NOT_FOUND", "SELECT api.void_fee ('%s', 'wrong')", first);
  g_autofree char *proposal = schema_office_ask (db, "anna", "SELECT api.void_fee ('%s', 'wrong person')", first);

  schema_office_refused (db, "anna", "P0001", "STATE", "SELECT api.void_fee ('%s', 'twice')", first);
  schema_office_refused (db, "anna", "42501", "ROLE", "SELECT api.approve_fee (%s)", proposal);
  schema_office_refused (db, "axel", "42501", "ROLE", "SELECT api.refuse_fee (%s)", proposal);
  schema_office_refused (db, "nora", "P0002", "NOT_FOUND", "SELECT api.approve_fee (%s)", proposal);
  g_autofree char *voided = schema_office_ask (db, "boris", "SELECT api.approve_fee (%s)", proposal);
  g_autofree char *again = schema_office_ask (db, "boris", "SELECT api.approve_fee (%s)", proposal);

  g_assert_cmpstr (again, ==, voided);
  schema_office_refused (db, "bodil", "P0001", "STATE", "SELECT api.approve_fee (%s)", proposal);
  schema_office_refused (db, "anna", "P0001", "STATE", "SELECT api.void_fee ('%s', 'again')", first);
  schema_office_refused (db, "anna", "P0001", "STATE", "SELECT api.refund_fee ('%s', NULL, NULL, NULL, 'again')", first);
  schema_office_refused (db, "anna", "P0001", "STATE", "SELECT api.void_fee ('%s', 'the void')", voided);
  schema_fees_assert_books (db);

  /* Both roles in one person are still one person. */
  ASK ("bella", "SELECT api.open_shift (0)");
  ASK ("bella", PAY ("cash", "NULL", "NULL", "NULL"), application);
  g_autofree char *hers = schema_fees_last_receipt (db);
  g_free (g_steal_pointer (&proposal));
  proposal = schema_office_ask (db, "bella", "SELECT api.void_fee ('%s', 'oops')", hers);
  schema_office_refused (db, "bella", "P0001", "FOUR_EYES", "SELECT api.approve_fee (%s)", proposal);
  ASK ("bella", "SELECT api.refuse_fee (%s)", proposal); /* her own, taken back */
  g_free (g_steal_pointer (&proposal));
  proposal = schema_office_ask (db, "anna", "SELECT api.void_fee ('%s', 'for bella')", hers);
  schema_office_refused (db, "bella", "P0001", "FOUR_EYES", "SELECT api.approve_fee (%s)", proposal); /* she wrote the receipt */
  ASK ("boris", "SELECT api.refuse_fee (%s)", proposal);

  /* When the shift is over it is a refund, out of the drawer of who proposes it, as long as that has it. */
  ASK ("bella", "SELECT api.count_shift ((SELECT max (id) FROM api.fee_shift WHERE login = 'bella'), '{\"2000\": 2, \"500\": 1, \"5\": 1}', NULL)");
  schema_office_refused (db, "bella", "P0001", "SHIFT", "SELECT api.void_fee ('%s', 'late')", hers);
  schema_office_refused (db, "anna", "P0001", "AMOUNT", "SELECT api.refund_fee ('%s', 4506, NULL, NULL, 'too much')", hers);
  schema_office_refused (db, "anna", "P0001", "AMOUNT", "SELECT api.refund_fee ('%s', 0, NULL, NULL, 'nothing')", hers);
  g_free (g_steal_pointer (&proposal));
  proposal = schema_office_ask (db, "anna", "SELECT api.refund_fee ('%s', 1000, NULL, NULL, 'a part')", hers);
  schema_office_refused (db, "boris", "P0001", "CASH", "SELECT api.approve_fee (%s)", proposal);
  ASK ("boris", "SELECT api.refuse_fee (%s)", proposal);
  g_free (g_steal_pointer (&proposal));
  proposal = schema_office_ask (db, "axel", "SELECT api.refund_fee ('%s', 1000, 'bank', 'BK 77', 'a part')", hers);
  ASK ("boris", "SELECT api.approve_fee (%s)", proposal);

  g_autofree char *due = schema_office_ask (db, "anna", "SELECT due FROM api.fee_due (%d)", application);

  g_assert_cmpstr (due, ==, "1000");
  /* A waiver pays what is left, and can be taken back. */
  schema_office_refused (db, "anna", "P0001", "AMOUNT", "SELECT api.waive_fee (%d, 1001, 'hardship')", application);
  g_free (g_steal_pointer (&proposal));
  proposal = schema_office_ask (db, "anna", "SELECT api.waive_fee (%d, NULL, 'hardship')", application);
  schema_office_refused (db, "chen", "42501", "ROLE", "SELECT api.approve_fee (%s)", proposal);
  ASK ("bodil", "SELECT api.approve_fee (%s)", proposal);
  schema_office_refused (db, "anna", "P0001", "AMOUNT", "SELECT api.waive_fee (%d, NULL, 'hardship')", application);
  g_autofree char *waiver = schema_fees_last_receipt (db);
  g_free (g_steal_pointer (&proposal));
  proposal = schema_office_ask (db, "anna", "SELECT api.void_fee ('%s', 'no hardship')", waiver);
  ASK ("boris", "SELECT api.approve_fee (%s)", proposal);
  g_free (g_steal_pointer (&due));
  due = schema_office_ask (db, "anna", "SELECT due FROM api.fee_due (%d)", application);
  g_assert_cmpstr (due, ==, "1000");
  /* A waiver of what was paid meanwhile is stale. */
  g_free (g_steal_pointer (&proposal));
  proposal = schema_office_ask (db, "anna", "SELECT api.waive_fee (%d, 1000, 'hardship')", application);
  ASK ("anna", PAY ("card", "1", "'Z9'", "NULL"), application);
  schema_office_refused (db, "boris", "PL409", "STALE", "SELECT api.approve_fee (%s)", proposal);
  /* Who has withdrawn gets money back and owes nothing again. */
  ASK ("postgres", "UPDATE platen.application SET state = 'withdrawn' WHERE id = %d", application);
  g_free (g_steal_pointer (&proposal));
  proposal = schema_office_ask (db, "axel", "SELECT api.refund_fee ('%s', NULL, 'bank', 'BK 78', 'withdrawn')", hers);
  ASK ("boris", "SELECT api.approve_fee (%s)", proposal);
  g_free (g_steal_pointer (&due));
  due = schema_office_ask (db, "anna", "SELECT due FROM api.fee_due (%d)", application);
  g_assert_cmpstr (due, ==, "0");
  g_autofree char *standing = schema_office_ask (db, "anna",
    "SELECT string_agg (v.standing, ' ' ORDER BY n) FROM (SELECT number AS n, (api.check_receipt (api.fee_receipt_sheet (number, NULL) ->> 'qr')).standing FROM api.fee_receipt) v");

  g_assert_cmpstr (standing, ==, "reversed genuine reversed genuine reversed genuine genuine genuine");
  schema_fees_assert_books (db);
}

/* ---- the drawer ---- */

static void
test_shift (void)
{
  g_autofree char *db = schema_fees_new_office ();
  int application = schema_office_draft (db, "renewal");

  schema_office_refused (db, "anna", "P0001", "AMOUNT", "SELECT api.open_shift (-1)");
  schema_office_refused (db, "anna", "P0001", "AMOUNT", "SELECT api.open_shift (NULL)");
  schema_office_refused (db, "chen", "42501", "ROLE", "SELECT api.open_shift (0)");
  ASK ("anna", "SELECT api.open_shift (10000)");
  schema_office_refused (db, "anna", "P0001", "SHIFT", "SELECT api.open_shift (0)");
  /* Nobody else at this desk, and she at no other. */
  ASK ("postgres", "UPDATE platen.session SET workstation = 'Desk of anna' WHERE workstation = 'Desk of axel'");
  schema_office_refused (db, "axel", "P0001", "SHIFT", "SELECT api.open_shift (0)");
  schema_office_refused (db, "axel", "P0001", "SHIFT", PAY ("cash", "NULL", "NULL", "NULL"), application);
  ASK ("postgres", "UPDATE platen.session SET workstation = 'Elsewhere' WHERE staff_id = (SELECT id FROM platen.staff WHERE login = 'anna')");
  schema_office_refused (db, "anna", "P0001", "SHIFT", PAY ("cash", "NULL", "NULL", "NULL"), application);
  schema_office_refused (db, "anna", "P0001", "SHIFT", "SELECT api.open_shift (0)");
  ASK ("postgres", "UPDATE platen.session SET workstation = 'Desk of anna' WHERE workstation = 'Elsewhere'");
  ASK ("anna", PAY ("cash", "NULL", "NULL", "NULL"), application);

  schema_office_said (db, "anna", "", "SELECT expected FROM api.fee_shift"); /* she counts blind */
  schema_office_said (db, "boris", "14505", "SELECT expected FROM api.fee_shift");
  for (const char * const *bad = (const char * const []) { "[]", "{\"3\": 1}", "{\"-100\": 1}", "{\"100\": -1}", "{\"100\": 1.5}", "{\"100\": \"1\"}", "{\"100\": 1000000}",
       "{\"99999999999\": 1}", NULL }; *bad != NULL; bad++)
    schema_office_refused (db, "anna", "P0001", "FIELD", "SELECT api.count_shift (1, '%s', NULL)", *bad);
  schema_office_refused (db, "axel", "P0001", "CUSTODY", "SELECT api.count_shift (1, '{}', 'x')");
  schema_office_refused (db, "nina", "P0002", "NOT_FOUND", "SELECT api.count_shift (1, '{}', 'x')");
  schema_office_refused (db, "anna", "P0001", "REASON", "SELECT api.count_shift (1, '{\"10000\": 1, \"2000\": 2, \"500\": 1}', NULL)");
  schema_office_said (db, "anna", "14500 14505 -5", "SELECT concat_ws (' ', counted, expected, variance) FROM api.count_shift (1, '{\"10000\": 1, \"2000\": 2, \"500\": 1}',"
                      " 'a coin fell')");
  schema_office_refused (db, "anna", "P0001", "SHIFT", PAY ("cash", "NULL", "NULL", "NULL"), schema_office_draft (db, "renewal"));
  schema_office_refused (db, "anna", "P0001", "FOUR_EYES", "SELECT api.close_shift (1)");
  schema_office_refused (db, "axel", "P0001", "REASON", "SELECT api.recount_shift (1, ' ')");
  ASK ("axel", "SELECT api.recount_shift (1, 'I count another sum')");
  /* A supervisor counts for her; then neither of the two is the second. */
  ASK ("boris", "SELECT api.count_shift (1, '{\"10000\": 1, \"2000\": 2, \"500\": 1, \"5\": 2}', 'one too many')");
  schema_office_refused (db, "boris", "P0001", "FOUR_EYES", "SELECT api.close_shift (1)");
  schema_office_refused (db, "anna", "P0001", "FOUR_EYES", "SELECT api.close_shift (1)");
  ASK ("axel", "SELECT api.close_shift (1)");
  schema_office_refused (db, "axel", "P0001", "SHIFT", "SELECT api.close_shift (1)");
  schema_office_refused (db, "boris", "P0001", "SHIFT", "SELECT api.recount_shift (1, 'again')");
  schema_office_said (db, "anna", "closed 14510 14505 5 Boris Axel", "SELECT concat_ws (' ', state, counted, expected, variance, counted_by, closed_by) FROM api.fee_shift");
  schema_office_said (db, "dora", "drawer 0, safe 4510, variance -5", "SELECT string_agg (account || ' ' || s, ', ' ORDER BY account) FROM (SELECT account, sum (amount) AS s FROM"
                      " api.fee_posting WHERE account IN ('drawer', 'safe', 'variance') GROUP BY 1) a");
  /* Yesterday's drawer takes nothing today. */
  ASK ("anna", "SELECT api.open_shift (0)");
  ASK ("postgres", "ALTER TABLE platen.fee_shift DISABLE TRIGGER USER; UPDATE platen.fee_shift SET day = day - 1 WHERE state = 'open'; ALTER TABLE platen.fee_shift ENABLE TRIGGER USER");
  schema_office_refused (db, "anna", "P0001", "SHIFT", PAY ("cash", "NULL", "NULL", "NULL"), schema_office_draft (db, "renewal"));
  ASK ("anna", "SELECT api.count_shift (2, '{}', NULL)");
  ASK ("axel", "SELECT api.close_shift (2)"); /* an empty one moves nothing */
  schema_fees_assert_books (db);
}

/* ---- tampering ---- */

#define MOVEMENT "INSERT INTO platen.fee_movement (office_code, what, currency, staff_id, workstation) VALUES ('UC', 'float', 'XTS', 1, 'x');"
#define POSTING(account, amount) \
  "INSERT INTO platen.fee_posting (movement_id, office_code, account, amount) SELECT max (id), 'UC', '" account "', " amount " FROM platen.fee_movement;"

/* Not even a mistake of a function, or its owner, leaves the books broken. */
static void
test_constraints (void)
{
  static const struct
  {
    const char *state;
    const char *hint;
    const char *sql;
  } attempts[] = {
    { "42501", "APPEND_ONLY", "UPDATE platen.fee_posting SET amount = amount + 1" },
    { "42501", "APPEND_ONLY", "DELETE FROM platen.fee_posting" },
    { "42501", "APPEND_ONLY", "TRUNCATE platen.fee_posting" },
    { "42501", "APPEND_ONLY", "UPDATE platen.fee_movement SET day = day - 1" },
    { "42501", "APPEND_ONLY", "UPDATE platen.fee_receipt SET amount = 1" },
    { "42501", "APPEND_ONLY", "DELETE FROM platen.fee_receipt" },
    { "42501", "APPEND_ONLY", "UPDATE platen.receipt_seal SET text = ''" },
    { "42501", "APPEND_ONLY", "DELETE FROM platen.fee_shift" },
    { "42501", "APPEND_ONLY", "UPDATE platen.fee_shift SET cash = cash + 1" },
    { "42501", "APPEND_ONLY", "DELETE FROM platen.fee_proposal" },
    /* One posting, none, two that do not balance, and some to a movement of before. */
    { "P0001", "BALANCE", MOVEMENT "" },
    { "P0001", "BALANCE", MOVEMENT POSTING ("safe", "5") },
    { "P0001", "BALANCE", MOVEMENT POSTING ("safe", "5") POSTING ("bank", "-4") },
    { "P0001", "BALANCE", "BEGIN;" MOVEMENT POSTING ("safe", "5") POSTING ("bank", "-5") "SET CONSTRAINTS ALL IMMEDIATE;" POSTING ("bank", "-1") "COMMIT" },
    { "42501", "APPEND_ONLY", "INSERT INTO platen.fee_posting (movement_id, office_code, account, amount) VALUES (1, 'UC', 'safe', 1), (1, 'UC', 'bank', -1)" },
    { "23514", NULL, MOVEMENT POSTING ("safe", "0") },
    { "23514", NULL, MOVEMENT POSTING ("safe", "9000000000000000000") },
    { "23514", NULL, MOVEMENT POSTING ("drawer", "5") },
    { "23503", NULL, MOVEMENT "INSERT INTO platen.fee_posting (movement_id, office_code, account, amount) SELECT max (id), 'UN', 'safe', 5 FROM platen.fee_movement;" },
    { "23514", NULL, "INSERT INTO platen.fee_movement (office_code, what, currency, staff_id, workstation, application_id) VALUES ('UC', 'refund', 'XTS', 1, 'x', 1)" },
    { "23514", NULL, "INSERT INTO platen.fee_movement (office_code, what, currency, staff_id, second_id, workstation) VALUES ('UC', 'close', 'XTS', 1, 1, 'x')" },
    { "23514", NULL, "UPDATE platen.fee_shift SET state = 'closed'" },
    { "23505", NULL, "INSERT INTO platen.fee_receipt OVERRIDING SYSTEM VALUE SELECT (r).* FROM (SELECT r FROM platen.fee_receipt r LIMIT 1) r" },
  };
  g_autofree char *db = schema_fees_new_office ();
  int application = schema_office_draft (db, "renewal");

  ASK ("anna", "SELECT api.open_shift (100)");
  ASK ("anna", PAY ("cash", "NULL", "NULL", "NULL"), application);
  for (size_t i = 0; i < G_N_ELEMENTS (attempts); i++)
    schema_office_refused (db, "postgres", attempts[i].state, attempts[i].hint, g_str_has_prefix (attempts[i].sql, "BEGIN") ? "%s" : "BEGIN; %s; COMMIT",
                           attempts[i].sql);
  /* Nobody's login reaches any of it; the functions behind those of api neither. */
  for (const char * const *login = (const char * const []) { "anna", "boris", "chen", "dora", "emil", NULL }; *login != NULL; login++)
    {
      schema_office_refused (db, *login, "42501", NULL, "INSERT INTO platen.fee_posting (amount) VALUES (1)");
      schema_office_refused (db, *login, "42501", NULL, "UPDATE platen.fee_shift SET cash = 0");
      schema_office_refused (db, *login, "42501", NULL, "SELECT platen.book (NULL, 'float', NULL, NULL, NULL, NULL, '[]')");
      schema_office_refused (db, *login, "42501", NULL, "SELECT platen.application_due (%d)", application);
    }
  schema_office_refused (db, "anna", "42501", "ROLE", "SELECT * FROM api.fee_posting");
  schema_office_refused (db, "anna", "42501", "ROLE", "SELECT * FROM api.fee_report (current_date, current_date, 'day')");
  schema_office_refused (db, "boris", "P0001", "FIELD", "SELECT * FROM api.fee_report (current_date, current_date, 'moon')");
  schema_office_said (db, "boris", "1 4505 4505", "SELECT concat_ws (' ', receipts, paid, net) FROM api.fee_report (current_date, current_date, 'day')");
  schema_office_said (db, "boris", "renewal 4505", "SELECT concat_ws (' ', part, cash) FROM api.fee_report (current_date, current_date, 'kind')");
  schema_office_said (db, "boris", "BASE 4505", "SELECT concat_ws (' ', part, net) FROM api.fee_report (current_date, current_date, 'rule')");
  schema_office_said (db, "boris", "cash 4505", "SELECT concat_ws (' ', part, net) FROM api.fee_report (current_date, current_date, 'method')");
  schema_office_said (db, "boris", "1 4505", "SELECT concat_ws (' ', part, net) FROM api.fee_report (current_date, current_date, 'shift')");
  schema_office_said (db, "boris", "0", "SELECT count (*) FROM api.fee_report (current_date - 9, current_date - 1, 'day')");
  schema_office_said (db, "nora", "0", "SELECT count (*) FROM api.fee_report (current_date, current_date, 'day')");
  schema_fees_assert_books (db);
}

typedef struct
{
  const char *db;
  const char *login;
  char       *sql;
  int         status;
} Desk;

static gpointer
pay_at_desk (gpointer data)
{
  Desk *desk = data;
  g_autofree char *err = NULL;

  desk->status = plt_test_cluster_run_as (schema_office_cluster (), desk->db, desk->login, desk->sql, NULL, &err);
  if (desk->status != 0)
    g_assert_nonnull (strstr (err, "HINT:  PAID"));
  return NULL;
}

/* Many at once for one application, and each for their own; one key from three places. */
static void
test_at_once (void)
{
  static const char * const logins[] = { "anna", "axel", "bella", "boris" };
  g_autofree char *db = schema_fees_new_office ();

  for (size_t i = 0; i < G_N_ELEMENTS (logins); i++)
    ASK (logins[i], "SELECT api.open_shift (0)");
  for (int round = 0; round < 5; round++)
    {
      int application = schema_office_draft (db, "renewal");
      Desk desks[G_N_ELEMENTS (logins)];
      GThread *threads[G_N_ELEMENTS (logins)];
      int taken = 0;

      for (size_t i = 0; i < G_N_ELEMENTS (logins); i++)
        {
          desks[i] = (Desk) { db, logins[i], g_strdup_printf (PAY ("cash", "NULL", "NULL", "NULL"), application), 0 };
          threads[i] = g_thread_new (logins[i], pay_at_desk, &desks[i]);
        }
      for (size_t i = 0; i < G_N_ELEMENTS (logins); i++)
        {
          g_thread_join (threads[i]);
          taken += desks[i].status == 0;
          g_free (desks[i].sql);
        }
      g_assert_cmpint (taken, ==, 1);
    }
  {
    Desk desks[3];
    GThread *threads[3];
    int application = schema_office_draft (db, "renewal");

    for (size_t i = 0; i < 3; i++)
      {
        desks[i] = (Desk) { db, "anna", g_strdup_printf ("SELECT api.pay_fee (%d, '22222222-2222-4222-8222-222222222222', 'cash', NULL, NULL, NULL, NULL)", application), 0 };
        threads[i] = g_thread_new ("anna", pay_at_desk, &desks[i]);
      }
    for (size_t i = 0; i < 3; i++)
      {
        g_thread_join (threads[i]);
        g_assert_cmpint (desks[i].status, ==, 0);
        g_free (desks[i].sql);
      }
  }
  schema_office_said (db, "anna", "6 27030", "SELECT count (*) || ' ' || sum (amount) FROM api.fee_receipt");
  schema_fees_assert_books (db);
}

/* A number that was taken and not kept leaves no gap. */
static void
test_no_gap (void)
{
  g_autofree char *db = schema_fees_new_office ();
  int application = schema_office_draft (db, "renewal");

  ASK ("anna", "BEGIN; " PAY ("bank", "NULL", "'AB 1'", "NULL") "; ROLLBACK", application);
  g_autofree char *paid = schema_office_ask (db, "anna", PAY ("bank", "NULL", "'AB 1'", "NULL"), application);

  g_assert_nonnull (strstr (paid, "R000001 4505"));
  schema_fees_assert_books (db);
}

/* ---- what is unpaid ---- */

static void
test_blocks (void)
{
  g_autofree char *db = schema_fees_new_office ();
  int application = schema_office_draft (db, "renewal");
  g_autofree char *open = schema_office_ask (db, "anna", "SELECT text FROM api.evaluate (%d) WHERE rule LIKE 'FEE%%'", application);

  g_assert_cmpstr (open, ==, "45.05 XTS of the fee are not paid yet.");
#define BLOCKS(steps) "SET session_replication_role = replica; UPDATE platen.rule SET parameters = '{\"blocks\": " steps "}' WHERE code = 'FEE_UNPAID'"
#define SUBMIT "SELECT api.submit_application (%d, (SELECT row_version FROM api.application WHERE id = %d), NULL)"
  ASK ("postgres", BLOCKS ("[\"submit\"]"));
  schema_office_refused (db, "anna", "P0001", "FINDINGS", SUBMIT, application, application);
  ASK ("postgres", BLOCKS ("[\"approve\"]"));
  schema_office_submit (db, application);
  schema_office_ask_again (db, "boris", application);
  schema_office_refused (db, "boris", "P0001", "FINDINGS", "SELECT api.approve_application (%d, (SELECT row_version FROM api.application WHERE id = %d), NULL)",
                         application, application);
  ASK ("postgres", BLOCKS ("[\"produce\", \"hand_over\"]"));
  schema_office_approve (db, application);
  schema_office_refused (db, "chen", "P0001", "FINDINGS", "SELECT api.reserve_card (%d, gen_random_uuid (), 'card')", application);
  ASK ("postgres", BLOCKS ("[\"hand_over\"]"));

  int card = schema_office_render (db, application);

  ASK ("chen", "SELECT api.card_sent (%d, 7, 'u'); SELECT api.card_released (%d); SELECT api.card_out (%d);"
       "SELECT 1 / matched::int FROM api.check_card (%d, 'CODE', (SELECT serial FROM api.card WHERE id = %d))", card, card, card, card, card);
  schema_office_refused (db, "chen", "P0001", "FEE_UNPAID", "SELECT api.issue_card (%d, 'CODE')", card);
  schema_office_refused (db, "anna", "P0001", "FEE_UNPAID", "SELECT api.hand_over_card (%d, 'CODE', 'passport', '123', NULL)", card);
  ASK ("anna", PAY ("bank", "NULL", "'AB 1'", "NULL"), application);
  schema_office_said (db, "anna", "0", "SELECT count (*) FROM api.application_finding WHERE rule LIKE 'FEE%'"); /* gone with the payment */
  ASK ("chen", "SELECT api.issue_card (%d, 'CODE')", card);
  schema_office_said (db, "anna", "issued", "SELECT state FROM api.application");
  schema_fees_assert_books (db);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/fees/quote", test_quote);
  g_test_add_func ("/schema/fees/rules-by-two", test_rules_by_two);
  g_test_add_func ("/schema/fees/amounts", test_amounts);
  g_test_add_func ("/schema/fees/pay", test_pay);
  g_test_add_func ("/schema/fees/by-two", test_by_two);
  g_test_add_func ("/schema/fees/shift", test_shift);
  g_test_add_func ("/schema/fees/constraints", test_constraints);
  g_test_add_func ("/schema/fees/at-once", test_at_once);
  g_test_add_func ("/schema/fees/no-gap", test_no_gap);
  g_test_add_func ("/schema/fees/blocks", test_blocks);

  return schema_office_run ();
}
