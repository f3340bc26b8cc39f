/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that a card is drawn with a layout that two people let in, after its proof sheet was opened, on its days and
 * from its very files; and that rules, which need two people as well, say which layout an application gets. */
#include "schema-office.h"

#include <stdlib.h>
#include <string.h>

#define OTHER_DIGEST "2222222222222222222222222222222222222222222222222222222222222222"

/* Statements with these in them are run as each of the logins. */
#define PROPOSE "SELECT api.propose_layout ('utopia-eu', 1, '" OTHER_DIGEST "', NULL, NULL, '%PDF-" OTHER_DIGEST "', 'new')"
#define RULE "SELECT api.propose_layout_rule (100, NULL, NULL, NULL, NULL, 'utopia-iso', NULL, NULL, 'new')"

static int
ask_int (const char *db,
         const char *login,
         const char *sql)
{
  g_autofree char *answer = schema_office_ask (db, login, "%s", sql);

  return atoi (answer);
}

/* Whose role is not for it is told so; who reads may read. */
static void
test_roles (void)
{
  static const char * const statements[] = {
    PROPOSE, RULE, "SELECT api.approve_layout (1, '" SCHEMA_OFFICE_DIGEST "', NULL)", "SELECT api.refuse_layout (1, 'x')",
    "SELECT api.retire_layout (1, 'x')", "SELECT api.approve_layout_rule (1, 'x')", "SELECT api.end_layout_rule (1, 'x')",
  };
  static const char * const others[] = { "anna", "chen", "dora", "nina", "nils" };
  static const char * const forbidden[] = {
    "UPDATE platen.layout SET state = 'approved'", "INSERT INTO platen.layout_rule (layout) VALUES ('x')",
    "SELECT platen.end_layout (1, 'approved', 'retired', 'x')", "SELECT platen.usable_layout ('utopia-iso', '2026-01-01')",
    "SELECT platen.choose_layout (NULL, NULL)", "SELECT file FROM platen.layout_proof", "INSERT INTO platen.layout_proof_reading VALUES (1, 1)",
  };
  g_autofree char *db = schema_office_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (statements); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (others); j++)
      schema_office_refused (db, others[j], "42501", "ROLE", "%s", statements[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (forbidden); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (others); j++)
      schema_office_refused (db, j == 0 ? "emil" : others[j], "42501", NULL, "%s", forbidden[i]);
  for (gsize j = 0; j < G_N_ELEMENTS (others); j++)
    {
      g_autofree char *read = schema_office_ask (db, others[j],
        "SELECT layout, version, state, proposed_by, approved_by, usable, (SELECT count (*) FROM api.layout_step),"
        " (SELECT count (*) FROM api.layout_rule) FROM api.layout");

      g_assert_cmpstr (read, ==, "utopia-iso|1|approved|Emil|Boris|t|2|1");
    }
}

static void
test_two_people_and_a_proof (void)
{
  g_autofree char *db = schema_office_new ();
  int id = schema_office_propose_layout (db, "utopia-eu", 1, OTHER_DIGEST);

  schema_office_refused (db, "emil", "P0001", "FOUR_EYES", "SELECT count (*) FROM api.layout_proof (%d);"
                         " SELECT api.approve_layout (%d, '" OTHER_DIGEST "', NULL)", id, id);
  schema_office_refused (db, "boris", "P0001", "PROOF", "SELECT api.approve_layout (%d, '" OTHER_DIGEST "', NULL)", id);
  /* What one person opened another has not. */
  g_free (schema_office_ask (db, "bodil", "SELECT count (*) FROM api.layout_proof (%d)", id));
  schema_office_refused (db, "boris", "P0001", "PROOF", "SELECT api.approve_layout (%d, '" OTHER_DIGEST "', NULL)", id);
  schema_office_refused (db, "bodil", "P0001", "DIGEST", "SELECT api.approve_layout (%d, '" SCHEMA_OFFICE_DIGEST "', NULL)", id);
  schema_office_refused (db, "bodil", "P0001", "DIGEST", "SELECT api.approve_layout (%d, NULL, NULL)", id);
  schema_office_refused (db, "bodil", "P0002", "NOT_FOUND", "SELECT api.approve_layout (%d, '" OTHER_DIGEST "', NULL)", id + 1);
  g_free (schema_office_ask (db, "bodil", "SELECT api.approve_layout (%d, '" OTHER_DIGEST "', 'seen')", id));
  schema_office_refused (db, "bodil", "P0001", "STATE", "SELECT api.approve_layout (%d, '" OTHER_DIGEST "', NULL)", id);

  g_autofree char *steps = schema_office_ask (db, "dora",
    "SELECT string_agg (who || ' ' || what || ' ' || reason, ', ' ORDER BY id) FROM api.layout_step WHERE layout_id = %d", id);
  g_autofree char *audit = schema_office_ask (db, "dora",
    "SELECT string_agg (login || ' ' || action, ', ' ORDER BY seq) FROM api.audit_log WHERE subject = 'layout' AND subject_id = '%d'", id);
  g_autofree char *proof = schema_office_ask (db, "dora",
    "SELECT p.sha256 = l.proof_sha256 AND p.sha256 = encode (sha256 (p.file), 'hex') FROM api.layout l, api.layout_proof (l.id) p"
    " WHERE l.id = %d", id);

  g_assert_cmpstr (steps, ==, "Emil proposed new, Bodil approved seen");
  g_assert_cmpstr (audit, ==, "emil layout_proposed, bodil layout_approved");
  g_assert_cmpstr (proof, ==, "t");
}

static void
test_proposals_that_are_none (void)
{
  static const struct
  {
    const char *rule, *arguments;
  } cases[] = {
    { "FIELD", "'Utopia', 2, repeat ('3', 64), NULL, NULL, ('%PDF-' || repeat ('3', 64))::bytea, 'x'" },
    { "FIELD", "'../etc', 2, repeat ('3', 64), NULL, NULL, ('%PDF-' || repeat ('3', 64))::bytea, 'x'" },
    { "FIELD", "NULL, 2, repeat ('3', 64), NULL, NULL, ('%PDF-' || repeat ('3', 64))::bytea, 'x'" },
    { "FIELD", "'utopia-iso', 0, repeat ('3', 64), NULL, NULL, ('%PDF-' || repeat ('3', 64))::bytea, 'x'" },
    { "FIELD", "'utopia-iso', NULL, repeat ('3', 64), NULL, NULL, ('%PDF-' || repeat ('3', 64))::bytea, 'x'" },
    { "FIELD", "'utopia-iso', 2, repeat ('3', 63), NULL, NULL, ('%PDF-' || repeat ('3', 63))::bytea, 'x'" },
    { "FIELD", "'utopia-iso', 2, repeat ('G', 64), NULL, NULL, ('%PDF-' || repeat ('G', 64))::bytea, 'x'" },
    { "FIELD", "'utopia-iso', 2, NULL, NULL, NULL, '%PDF-', 'x'" },
    { "REASON", "'utopia-iso', 2, repeat ('3', 64), NULL, NULL, ('%PDF-' || repeat ('3', 64))::bytea, ' '" },
    { "REASON", "'utopia-iso', 2, repeat ('3', 64), NULL, NULL, ('%PDF-' || repeat ('3', 64))::bytea, repeat ('x', 2001)" },
    { "NOT_VALID", "'utopia-iso', 2, repeat ('3', 64), current_date + 9, current_date + 8, ('%PDF-' || repeat ('3', 64))::bytea, 'x'" },
    { "NOT_VALID", "'utopia-iso', 2, repeat ('3', 64), '2020-01-01', '2020-12-31', ('%PDF-' || repeat ('3', 64))::bytea, 'x'" },
    { "PROOF", "'utopia-iso', 2, repeat ('3', 64), NULL, NULL, NULL, 'x'" },
    { "PROOF", "'utopia-iso', 2, repeat ('3', 64), NULL, NULL, '', 'x'" },
    { "PROOF", "'utopia-iso', 2, repeat ('3', 64), NULL, NULL, ('PNG' || repeat ('3', 64))::bytea, 'x'" },
    { "PROOF", "'utopia-iso', 2, repeat ('3', 64), NULL, NULL, ('%PDF-' || repeat ('4', 64))::bytea, 'x'" },
    { "STATE", "'utopia-iso', 1, '" SCHEMA_OFFICE_DIGEST "', NULL, NULL, '%PDF-" SCHEMA_OFFICE_DIGEST "', 'x'" },
  };
  g_autofree char *db = schema_office_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    schema_office_refused (db, "emil", "P0001", cases[i].rule, "SELECT api.propose_layout (%s)", cases[i].arguments);
  g_assert_cmpint (ask_int (db, "emil", "SELECT count (*) FROM api.layout"), ==, 1);

  schema_office_propose_layout (db, "utopia-eu", 1, OTHER_DIGEST);
  schema_office_refused (db, "boris", "P0001", "STATE", "%s", PROPOSE);
}

static void
test_refused_and_retired (void)
{
  g_autofree char *db = schema_office_new ();
  int id = schema_office_propose_layout (db, "utopia-eu", 1, OTHER_DIGEST);

  schema_office_refused (db, "emil", "P0001", "REASON", "SELECT api.refuse_layout (%d, '')", id);
  schema_office_refused (db, "emil", "P0001", "STATE", "SELECT api.retire_layout (%d, 'x')", id);
  g_free (schema_office_ask (db, "emil", "SELECT api.refuse_layout (%d, 'taken back')", id));
  schema_office_refused (db, "emil", "P0001", "STATE", "SELECT api.refuse_layout (%d, 'x')", id);

  id = schema_office_propose_layout (db, "utopia-eu", 1, OTHER_DIGEST);
  schema_office_approve_layout (db, id);
  schema_office_refused (db, "boris", "P0001", "STATE", "SELECT api.refuse_layout (%d, 'x')", id);
  g_free (schema_office_ask (db, "boris", "SELECT api.retire_layout (%d, 'withdrawn from use')", id));
  schema_office_refused (db, "boris", "P0001", "STATE", "SELECT api.approve_layout (%d, '" OTHER_DIGEST "', NULL)", id);

  g_autofree char *states = schema_office_ask (db, "anna",
    "SELECT string_agg (state || coalesce (' ' || approved_by, ''), ', ' ORDER BY id) FROM api.layout WHERE layout = 'utopia-eu'");

  g_assert_cmpstr (states, ==, "refused, retired Boris");
}

/* Rows are for good, for the owner's own functions too. */
static void
test_kept (void)
{
  g_autofree char *db = schema_office_new ();
  static const char * const statements[] = {
    "DELETE FROM platen.layout", "DELETE FROM platen.layout_rule", "UPDATE platen.layout_proof SET sha256 = ''",
    "DELETE FROM platen.layout_step", "DELETE FROM platen.layout_proof_reading", "TRUNCATE platen.layout_step",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (statements); i++)
    schema_office_refused (db, "postgres", "42501", "APPEND_ONLY", "%s", statements[i]);
  schema_office_refused (db, "postgres", "23514", NULL, "UPDATE platen.layout SET approved_by = proposed_by");
  schema_office_refused (db, "postgres", "23514", NULL, "UPDATE platen.layout SET approved_by = NULL");
}

static void
draw_refused (const char *db,
              int         card,
              const char *columns)
{
  schema_office_refused (db, "chen", "P0001", "LAYOUT",
                         "SELECT api.card_rendered (%d, %s, repeat ('a', 64), repeat ('b', 64), encode (sha256 ('file'), 'hex'),"
                         " 'file', 'CODE', 'payload', 'MRZ', inputs) FROM api.card_file WHERE card_id = %d", card, columns, card);
}

static void
test_card_from_the_approved_files (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_approved (db, "renewal");
  int card = schema_office_render (db, application);

  draw_refused (db, card, "'utopia-eu', 1, '" SCHEMA_OFFICE_DIGEST "'");
  draw_refused (db, card, "'utopia-iso', 2, '" SCHEMA_OFFICE_DIGEST "'");
  draw_refused (db, card, "'utopia-iso', 1, '" OTHER_DIGEST "'");
  draw_refused (db, card, "'utopia-iso', 1, NULL");
  schema_office_refused (db, "chen", "P0001", "LAYOUT",
                         "SELECT api.card_rendered (%d, 'utopia-iso', 1, '" SCHEMA_OFFICE_DIGEST "', repeat ('a', 64), repeat ('b', 64),"
                         " encode (sha256 ('file'), 'hex'), 'file', 'CODE', 'payload', 'MRZ', inputs - 'layout_digest')"
                         "  FROM api.card_file WHERE card_id = %d", card, card);

  g_autofree char *kept = schema_office_ask (db, "chen", "SELECT layout, layout_version, layout_digest = '" SCHEMA_OFFICE_DIGEST
                                             "' FROM api.card WHERE id = %d", card);

  g_assert_cmpstr (kept, ==, "utopia-iso|1|t");

  /* What is on its way stays what it is; a card that is drawn anew gets what is approved then. */
  schema_office_approve_layout (db, schema_office_propose_layout (db, "utopia-iso", 1, OTHER_DIGEST));
  draw_refused (db, card, "'utopia-iso', 1, '" SCHEMA_OFFICE_DIGEST "'");

  g_autofree char *drawn_anew = schema_office_ask (db, "chen", "SELECT layout_digest = '" OTHER_DIGEST "' FROM api.card_data (%d)", application);
  schema_office_refused (db, "chen", "P0001", "LAYOUT", "SELECT api.card_sent (%d, 7, 'u', false)", card);
  g_free (schema_office_ask (db, "postgres", "UPDATE platen.card SET job_id = 7, job_uuid = 'u', layout_digest = NULL;"
                             "UPDATE platen.card SET layout_digest = '" SCHEMA_OFFICE_DIGEST "'"));
  g_autofree char *sent = schema_office_ask (db, "dora", "SELECT layout_digest = '" SCHEMA_OFFICE_DIGEST "' FROM api.card_data (%d)",
                                             application);
  g_autofree char *states = schema_office_ask (db, "dora", "SELECT string_agg (state, ' ' ORDER BY id) FROM api.layout");

  g_assert_cmpstr (drawn_anew, ==, "t");
  g_assert_cmpstr (sent, ==, "t");
  g_assert_cmpstr (states, ==, "retired approved");
}

/* Not yet, no longer, and never. */
static void
test_days (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_approved (db, "renewal");

  g_free (schema_office_ask (db, "boris", "SELECT api.retire_layout (1, 'x')"));
  schema_office_refused (db, "chen", "P0001", "NO_LAYOUT", "SELECT api.reserve_card (%d, gen_random_uuid (), 'p')", application);
  schema_office_refused (db, "anna", "P0001", "NO_LAYOUT", "SELECT api.card_data (%d)", application);

  g_autofree char *coming = schema_office_ask (db, "emil",
    "SELECT api.propose_layout ('utopia-iso', 2, '" OTHER_DIGEST "', current_date + 2, current_date + 3, '%%PDF-" OTHER_DIGEST "', 'x')");

  schema_office_approve_layout (db, atoi (coming));
  schema_office_refused (db, "anna", "P0001", "NO_LAYOUT", "SELECT api.card_data (%d)", application);

  static const struct
  {
    const char *from, *to, *drawn;
  } days[] = {
    { "0", "0", "2" }, { "-1", "0", "2" }, { "0", "9", "2" }, { "-2", "-1", NULL }, { "1", "9", NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_free (schema_office_ask (db, "postgres", "UPDATE platen.layout SET valid_from = platen.today () + %s, valid_to = platen.today () + %s"
                                 " WHERE version = 2", days[i].from, days[i].to));
      if (days[i].drawn == NULL)
        {
          schema_office_refused (db, "anna", "P0001", "NO_LAYOUT", "SELECT api.card_data (%d)", application);
          continue;
        }
      g_autofree char *version = schema_office_ask (db, "anna", "SELECT layout_version FROM api.card_data (%d)", application);
      g_assert_cmpstr (version, ==, days[i].drawn);
    }

  /* The newest of those that may be used. */
  g_free (schema_office_ask (db, "postgres", "UPDATE platen.layout SET valid_from = platen.today (), valid_to = NULL"));
  schema_office_approve_layout (db, schema_office_propose_layout (db, "utopia-iso", 1, SCHEMA_OFFICE_DIGEST));
  g_autofree char *newest = schema_office_ask (db, "anna", "SELECT layout_version FROM api.card_data (%d)", application);
  g_assert_cmpstr (newest, ==, "2");
}

static int
approved_rule (const char *db,
               const char *arguments)
{
  g_autofree char *id = schema_office_ask (db, "emil", "SELECT api.propose_layout_rule (%s)", arguments);

  g_free (schema_office_ask (db, "boris", "SELECT api.approve_layout_rule (%s, NULL)", id));

  return atoi (id);
}

static void
assert_layout (const char *db,
               int         application,
               const char *layout)
{
  g_autofree char *got = schema_office_ask (db, "anna", "SELECT layout FROM api.card_data (%d)", application);

  g_assert_cmpstr (got, ==, layout);
}

/* Their holder is born on 1980-05-06. */
static void
test_rules (void)
{
  g_autofree char *db = schema_office_new ();
  int renewal = schema_office_draft (db, "renewal");
  int first = schema_office_draft (db, "new");

  schema_office_approve_layout (db, schema_office_propose_layout (db, "utopia-eu", 1, OTHER_DIGEST));
  schema_office_approve_layout (db, schema_office_propose_layout (db, "utopia-young", 3, OTHER_DIGEST));
  assert_layout (db, renewal, "utopia-iso");

  int other_office = approved_rule (db, "10, NULL, 'UN', NULL, NULL, 'utopia-eu', NULL, NULL, 'x'");
  approved_rule (db, "10, NULL, NULL, NULL, 20, 'utopia-young', NULL, NULL, 'x'");
  approved_rule (db, "20, 'new', NULL, NULL, NULL, 'utopia-eu', NULL, NULL, 'x'");
  assert_layout (db, renewal, "utopia-iso");
  assert_layout (db, first, "utopia-eu");

  int old = approved_rule (db, "5, NULL, 'UC', 40, 150, 'utopia-young', NULL, NULL, 'x'");
  assert_layout (db, first, "utopia-young");
  g_free (schema_office_ask (db, "bodil", "SELECT api.end_layout_rule (%d, 'over')", old));
  schema_office_refused (db, "bodil", "P0001", "STATE", "SELECT api.end_layout_rule (%d, 'over')", old);
  assert_layout (db, first, "utopia-eu");

  /* A rule whose layout cannot be used stops; it is not passed over. */
  g_free (schema_office_ask (db, "bodil", "SELECT api.retire_layout (id, 'x') FROM api.layout WHERE layout = 'utopia-eu'"));
  schema_office_refused (db, "anna", "P0001", "NO_LAYOUT", "SELECT api.card_data (%d)", first);
  assert_layout (db, renewal, "utopia-iso");

  g_autofree char *audit = schema_office_ask (db, "dora",
    "SELECT string_agg (login || ' ' || action, ', ' ORDER BY seq) FROM api.audit_log WHERE subject = 'layout_rule' AND subject_id = '%d'", old);
  g_assert_cmpstr (audit, ==, "emil layout_rule_proposed, boris layout_rule_approved, bodil layout_rule_retired");
  g_assert_cmpint (other_office, >, 1);
}

/* The day before and the day of a birthday, counted on the day of issue. */
static void
test_ages (void)
{
  static const struct
  {
    const char *birth, *issue;
    const char *layout;
  } cases[] = {
    { "2005-11-22", "2026-11-21", "utopia-young" }, { "2005-11-21", "2026-11-21", "utopia-iso" },
    { "2004-02-29", "2025-02-28", "utopia-young" }, { "2004-02-29", "2025-03-01", "utopia-iso" },
    { "2026-01-01", "2026-11-21", "utopia-young" }, { NULL, "2026-11-21", "utopia-iso" },
  };
  g_autofree char *db = schema_office_new ();

  schema_office_approve_layout (db, schema_office_propose_layout (db, "utopia-young", 1, OTHER_DIGEST));
  approved_rule (db, "10, NULL, NULL, NULL, 20, 'utopia-young', NULL, NULL, 'x'");
  schema_office_draft (db, "new");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *birth = cases[i].birth != NULL ? g_strdup_printf ("'%s'", cases[i].birth) : g_strdup ("NULL");
      g_autofree char *layout = schema_office_ask (db, "postgres",
        "UPDATE platen.application SET issue_date = '%s';"
        "SELECT platen.ruled_layout (a, %s, platen.today ()) FROM platen.application a", cases[i].issue, birth);

      g_assert_cmpstr (layout, ==, cases[i].layout);
    }
}

static void
test_rules_that_are_none (void)
{
  static const struct
  {
    const char *rule, *arguments;
  } cases[] = {
    { "FIELD", "10, NULL, NULL, NULL, NULL, 'never-seen', NULL, NULL, 'x'" },
    { "FIELD", "10, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'x'" },
    { "FIELD", "0, NULL, NULL, NULL, NULL, 'utopia-iso', NULL, NULL, 'x'" },
    { "FIELD", "NULL, NULL, NULL, NULL, NULL, 'utopia-iso', NULL, NULL, 'x'" },
    { "FIELD", "10, 'gift', NULL, NULL, NULL, 'utopia-iso', NULL, NULL, 'x'" },
    { "FIELD", "10, NULL, 'XX', NULL, NULL, 'utopia-iso', NULL, NULL, 'x'" },
    { "FIELD", "10, NULL, NULL, 30, 20, 'utopia-iso', NULL, NULL, 'x'" },
    { "FIELD", "10, NULL, NULL, -1, NULL, 'utopia-iso', NULL, NULL, 'x'" },
    { "REASON", "10, NULL, NULL, NULL, NULL, 'utopia-iso', NULL, NULL, NULL" },
    { "NOT_VALID", "10, NULL, NULL, NULL, NULL, 'utopia-iso', NULL, '2020-01-01', 'x'" },
  };
  g_autofree char *db = schema_office_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    schema_office_refused (db, "emil", "P0001", cases[i].rule, "SELECT api.propose_layout_rule (%s)", cases[i].arguments);

  g_autofree char *id = schema_office_ask (db, "boris", "%s", RULE);

  schema_office_refused (db, "boris", "P0001", "FOUR_EYES", "SELECT api.approve_layout_rule (%s, NULL)", id);
  schema_office_refused (db, "emil", "P0001", "REASON", "SELECT api.end_layout_rule (%s, ' ')", id);
  schema_office_refused (db, "emil", "P0001", "STATE", "SELECT api.end_layout_rule (1, 'x')");
  schema_office_refused (db, "emil", "P0002", "NOT_FOUND", "SELECT api.end_layout_rule (99, 'x')");
  g_free (schema_office_ask (db, "emil", "SELECT api.end_layout_rule (%s, 'no')", id));
  schema_office_refused (db, "emil", "P0001", "STATE", "SELECT api.approve_layout_rule (%s, NULL)", id);

  schema_office_propose_layout (db, "utopia-eu", 1, OTHER_DIGEST);
  g_autofree char *early = schema_office_ask (db, "emil",
    "SELECT api.propose_layout_rule (10, NULL, NULL, NULL, NULL, 'utopia-eu', NULL, NULL, 'x')");
  schema_office_refused (db, "boris", "P0001", "NO_LAYOUT", "SELECT api.approve_layout_rule (%s, NULL)", early);
}

/* Each way in which a rule or a version is not the one, said to who opens the case. */
static void
test_why (void)
{
  static const char * const told[] = {
    /* Rules, in the order of their positions. */
    "rule|t|1||Rule 1, asked at position 9999, says layout utopia-iso. It is for: any type of application; any office; any age.|Comes with the program.",
    "version|t|1|2|Version 2 is drawn, the newest that is approved and valid today: Emil proposed it, Boris approved it.|",
    "rule|f|2||Rule 2 (position 10, layout utopia-iso) does not decide: it is for the type first licence, and this application is of the type"
    " renewal.|x",
    "rule|f|3||Rule 3 (position 11, layout utopia-iso) does not decide: it is for office UN, and this application is of office UC.|x",
    "rule|f|4||Rule 4 (position 12, layout utopia-iso) does not decide: it is for holders from 16 to 20 years, and this one is YEARS years old on the"
    " day of issue.|x",
    "rule|f|5||Rule 5 (position 13, layout utopia-iso) does not decide: it is not valid before TOMORROW.|x",
    "rule|f|6||Rule 6 (position 14, layout utopia-iso) does not decide: its last day was YESTERDAY.|x",
    "rule|f|7||Rule 7 (position 15, layout utopia-iso) does not decide: Emil proposed it, and nobody has approved it yet.|x",
    "rule|f|8||Rule 8 (position 9999, layout utopia-iso) does not decide: rule 1 fits as well and is asked before it.|x",
    /* Versions, the newest first. */
    "version|f||7|Version 7 of layout utopia-iso is not drawn: it was refused on TODAY.|ugly",
    "version|f||6|Version 6 of layout utopia-iso is not drawn: it was retired on TODAY.|wrong colour",
    "version|f||5|Version 5 of layout utopia-iso is not drawn: Emil proposed it, and nobody has approved it yet.|new",
    "version|f||4|Version 4 of layout utopia-iso is not drawn: it is not valid before TOMORROW.|",
    "version|f||3|Version 3 of layout utopia-iso is not drawn: its last day was YESTERDAY.|",
    "version|f||2|Version 2 of layout utopia-iso is not drawn: other files of the same version took its place on TODAY.|",
    "version|f||1|Version 1 of layout utopia-iso is not drawn: version 2 is newer.|",
    NULL,
  };
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");

  for (int version = 2; version <= 7; version++)
    {
      int id = schema_office_propose_layout (db, "utopia-iso", version, OTHER_DIGEST);

      if (version == 7)
        g_free (schema_office_ask (db, "bodil", "SELECT api.refuse_layout (%d, 'ugly')", id));
      else if (version != 5)
        schema_office_approve_layout (db, id);
      if (version == 6)
        g_free (schema_office_ask (db, "bodil", "SELECT api.retire_layout (%d, 'wrong colour')", id));
    }
  schema_office_approve_layout (db, schema_office_propose_layout (db, "utopia-iso", 2, SCHEMA_OFFICE_DIGEST));
  for (int rule = 2; rule <= 8; rule++)
    {
      static const char * const arguments[] = {
        "10, 'new', NULL, NULL, NULL", "11, NULL, 'UN', NULL, NULL", "12, NULL, NULL, 16, 20", "13, NULL, NULL, NULL, NULL",
        "14, NULL, NULL, NULL, NULL", "15, NULL, NULL, NULL, NULL", "9999, NULL, NULL, NULL, NULL",
      };
      g_autofree char *whole = g_strconcat (arguments[rule - 2], ", 'utopia-iso', NULL, NULL, 'x'", NULL);

      if (rule == 7)
        g_free (schema_office_ask (db, "emil", "SELECT api.propose_layout_rule (%s)", whole));
      else
        g_assert_cmpint (approved_rule (db, whole), ==, rule);
    }
  g_free (schema_office_ask (db, "postgres",
    "UPDATE platen.layout SET valid_from = platen.today () + 1 WHERE version = 4;"
    "UPDATE platen.layout SET valid_from = platen.today () - 9, valid_to = platen.today () - 1 WHERE version = 3;"
    "UPDATE platen.layout_rule SET valid_from = platen.today () + 1 WHERE id = 5;"
    "UPDATE platen.layout_rule SET valid_from = platen.today () - 9, valid_to = platen.today () - 1 WHERE id = 6;"));

  /* Days and ages are those on which the test runs. */
  g_autofree char *said = schema_office_ask (db, "anna",
    "SELECT what, chosen, rule, version, replace (replace (replace (replace (text, current_date::text, 'TODAY'), (current_date + 1)::text, 'TOMORROW'),"
    " (current_date - 1)::text, 'YESTERDAY'), format ('one is %%s years', extract (year FROM age (current_date, '1980-05-06'))), 'one is YEARS years'),"
    " reason FROM api.layout_choice (%d)", application);
  g_autofree char *expected = g_strjoinv ("\n", (char **) told);
  g_assert_cmpstr (said, ==, expected);

  /* In French no word of it is left in English, and what people wrote stays. */
  g_autofree char *french = schema_office_ask (db, "anna", "SET platen.language = 'fr'; SELECT text FROM api.layout_choice (%d)", application);
  g_assert_null (strstr (french, "layout"));
  g_assert_null (strstr (french, " it "));
  g_assert_null (strstr (french, " is "));
  g_assert_nonnull (strstr (french, "elle vaut pour le type «\u202Fpremier permis\u202F», et cette demande est du type «\u202Frenouvellement\u202F»."));
  g_assert_nonnull (strstr (french, "elle vaut pour les titulaires de 16 à 20 ans, et celui-ci a "));
}

/* Who may not see the application is told nothing of it, and who reads is noted. */
static void
test_why_is_read_by (void)
{
  static const char * const readers[] = { "anna", "boris", "chen", "dora", "emil" };
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "new");

  for (gsize i = 0; i < G_N_ELEMENTS (readers); i++)
    g_free (schema_office_ask (db, readers[i], "SELECT text FROM api.layout_choice (%d)", application));
  g_autofree char *noted = schema_office_ask (db, "dora",
    "SELECT string_agg (login, ' ' ORDER BY login) FROM api.read_log WHERE what = 'layout_choice'");
  g_assert_cmpstr (noted, ==, "anna boris chen dora emil");
  schema_office_refused (db, "nina", "P0002", "NOT_FOUND", "SELECT * FROM api.layout_choice (%d)", application);
  schema_office_refused (db, "anna", "P0002", "NOT_FOUND", "SELECT * FROM api.layout_choice (NULL)");
  schema_office_refused (db, "anna", "P0001", "READ_LOG", "BEGIN READ ONLY; SELECT * FROM api.layout_choice (%d)", application);

  /* What stops is told as well. */
  g_free (schema_office_ask (db, "boris", "SELECT api.retire_layout (1, 'x')"));
  g_autofree char *stopped = schema_office_ask (db, "anna", "SELECT chosen, text FROM api.layout_choice (%d) WHERE what = 'version'", application);
  g_assert_true (g_str_has_prefix (stopped, "f|No approved version of layout utopia-iso is valid today, so no card can be drawn. Have one approved.\n"));
  g_free (schema_office_ask (db, "postgres", "UPDATE platen.layout_rule SET valid_from = '2999-01-01'"));
  g_autofree char *none = schema_office_ask (db, "anna", "SELECT text FROM api.layout_choice (%d) WHERE NOT chosen LIMIT 1", application);
  g_assert_cmpstr (none, ==, "No rule says which layout this application gets, so no card can be drawn. Have a rule approved.");
}

/* A card keeps the rule that chose its layout, whatever is approved afterwards. */
static void
test_card_keeps_its_rule (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_approved (db, "renewal");
  int first = approved_rule (db, "20, NULL, NULL, NULL, NULL, 'utopia-iso', NULL, NULL, 'x'");
  int card = schema_office_render (db, application);
  g_autofree char *expected = g_strdup_printf ("%%, with which it was drawn, because rule %d said so. What follows is of a card that would be drawn today.", first);

  g_free (schema_office_ask (db, "chen", "SELECT api.card_sent (%d, 7, 'u', false)", card));
  schema_office_approve_layout (db, schema_office_propose_layout (db, "utopia-eu", 4, OTHER_DIGEST));
  int later = approved_rule (db, "10, NULL, NULL, NULL, NULL, 'utopia-eu', NULL, NULL, 'x'");
  g_autofree char *said = schema_office_ask (db, "dora", "SELECT what, rule, layout, version, text LIKE '%s' FROM api.layout_choice (%d) LIMIT 2",
                                             expected, application);
  g_autofree char *wanted = g_strdup_printf ("card|%d|utopia-iso|1|t\nrule|%d|utopia-eu||f", first, later);
  g_assert_cmpstr (said, ==, wanted);
}

/* What was drawn on a layout's last day, or before it was retired or replaced, does not go to a printer any more. */
static void
test_not_sent_with_what_is_over (void)
{
  static const char * const ends[] = {
    "UPDATE platen.layout SET valid_from = platen.today () - 9, valid_to = platen.today () - 1",
    "UPDATE platen.layout SET valid_from = platen.today () + 1, valid_to = NULL",
    "UPDATE platen.layout SET valid_from = platen.today (), valid_to = NULL, state = 'retired'",
    "UPDATE platen.layout SET state = 'approved', digest = '" OTHER_DIGEST "'",
  };
  g_autofree char *db = schema_office_new ();
  int card = schema_office_render (db, schema_office_approved (db, "renewal"));

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_free (schema_office_ask (db, "postgres", "%s", ends[i]));
      schema_office_refused (db, "chen", "P0001", "LAYOUT", "SELECT api.card_sent (%d, 7, 'u', false)", card);
    }
  g_free (schema_office_ask (db, "postgres", "UPDATE platen.layout SET digest = '" SCHEMA_OFFICE_DIGEST "'"));
  g_free (schema_office_ask (db, "chen", "SELECT api.card_sent (%d, 7, 'u', false)", card));
  /* Said again it is once; and what the print system has goes its way. */
  g_free (schema_office_ask (db, "boris", "SELECT api.retire_layout (1, 'x')"));
  g_free (schema_office_ask (db, "chen", "SELECT api.card_sent (%d, 7, 'u', false), api.card_released (%d), api.card_out (%d)", card, card, card));
}

/* Whatever a login can set in its own connection, a day stays a day and two people two. */
static void
test_tricks (void)
{
  static const char * const settings[] = {
    "SET TimeZone = 'Pacific/Kiritimati'", "SET TimeZone = 'Etc/GMT-14'", "SET DateStyle = 'SQL, DMY'", "SET search_path = pg_temp, api",
    "CREATE FUNCTION pg_temp.today () RETURNS date LANGUAGE sql AS 'SELECT current_date + 2'",
    "CREATE TEMP TABLE layout (id bigint, layout text, version int, digest text, valid_from date, valid_to date, state text)",
    "SET platen.today = '2999-01-01'", "SET transform_null_equals = on",
  };
  static const char * const logins[] = { "anna", "boris", "chen", "emil", "bella" };
  g_autofree char *db = schema_office_new ();
  int application = schema_office_approved (db, "renewal");

  g_free (schema_office_ask (db, "postgres", "UPDATE platen.layout SET valid_from = platen.today () + 2"));
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      schema_office_refused (db, "chen", "P0001", "NO_LAYOUT", "%s; SELECT api.reserve_card (%d, gen_random_uuid (), 'p')", settings[i], application);
      schema_office_refused (db, "anna", "P0001", "NO_LAYOUT", "%s; SELECT * FROM api.card_data (%d)", settings[i], application);
    }

  int id = schema_office_propose_layout (db, "utopia-eu", 1, OTHER_DIGEST);
  static const char * const inside[] = {
    "UPDATE api.layout SET approved_by = 'Boris'", "INSERT INTO api.layout_step (layout_id) VALUES (1)", "UPDATE api.layout_rule SET position = 1",
    "DELETE FROM api.layout_rule", "SELECT platen.note_layout (NULL, NULL, 'approved', 'x')", "UPDATE platen.card SET layout_rule = 1",
    "SELECT platen.ruling_layout_rule (NULL, NULL, NULL)", "SELECT platen.why_not_rule (NULL, 1, NULL, 1, NULL)",
    "ALTER TABLE platen.card DISABLE TRIGGER layout_may_be_sent", "SET session_replication_role = replica", "SELECT platen.layout_misfit (NULL, NULL, 1, NULL)",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (inside); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (logins); j++)
      {
        g_autofree char *err = NULL;
        int status = plt_test_cluster_run_as (schema_office_cluster (), db, logins[j], inside[i], NULL, &err);

        g_test_message ("%s: %s", logins[j], inside[i]);
        g_assert_cmpint (status, ==, 3);
        /* 55000: a view that joins cannot be written to at all. */
        g_assert_true (strstr (err, "42501") != NULL || strstr (err, "55000") != NULL);
      }
  /* The proposer opens the sheet, and says it is somebody else. */
  schema_office_refused (db, "emil", "P0001", "FOUR_EYES", "SELECT count (*) FROM api.layout_proof (%d); SET platen.actor = 'boris';"
                         " SELECT api.approve_layout (%d, '" OTHER_DIGEST "', NULL)", id, id);
  /* Reading the sheet is taken back with its transaction: then it was not opened. */
  schema_office_refused (db, "boris", "P0001", "PROOF", "BEGIN; SELECT count (*) FROM api.layout_proof (%d); ROLLBACK;"
                         " SELECT api.approve_layout (%d, '" OTHER_DIGEST "', NULL)", id, id);
  /* A rule for a layout that comes only later. */
  g_free (schema_office_ask (db, "postgres", "UPDATE platen.layout SET state = 'approved', approved_by = (SELECT id FROM platen.staff"
                             " WHERE login = 'boris'), valid_from = platen.today () + 5 WHERE id = %d", id));
  g_autofree char *rule = schema_office_ask (db, "emil", "SELECT api.propose_layout_rule (10, NULL, NULL, NULL, NULL, 'utopia-eu', NULL, NULL, 'x')");
  schema_office_refused (db, "boris", "P0001", "NO_LAYOUT", "SELECT api.approve_layout_rule (%s, NULL)", rule);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/layouts/roles", test_roles);
  g_test_add_func ("/schema/layouts/two-people-and-a-proof", test_two_people_and_a_proof);
  g_test_add_func ("/schema/layouts/proposals-that-are-none", test_proposals_that_are_none);
  g_test_add_func ("/schema/layouts/refused-and-retired", test_refused_and_retired);
  g_test_add_func ("/schema/layouts/kept", test_kept);
  g_test_add_func ("/schema/layouts/card-from-the-approved-files", test_card_from_the_approved_files);
  g_test_add_func ("/schema/layouts/days", test_days);
  g_test_add_func ("/schema/layouts/rules", test_rules);
  g_test_add_func ("/schema/layouts/ages", test_ages);
  g_test_add_func ("/schema/layouts/rules-that-are-none", test_rules_that_are_none);

  g_test_add_func ("/schema/layouts/why", test_why);
  g_test_add_func ("/schema/layouts/why-is-read-by", test_why_is_read_by);
  g_test_add_func ("/schema/layouts/card-keeps-its-rule", test_card_keeps_its_rule);
  g_test_add_func ("/schema/layouts/not-sent-with-what-is-over", test_not_sent_with_what_is_over);
  g_test_add_func ("/schema/layouts/tricks", test_tricks);

  return schema_office_run ();
}
