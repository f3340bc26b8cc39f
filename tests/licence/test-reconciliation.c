/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a rule may choose, and what it must leave to a person. */
#include "plt-reconciliation.h"

typedef struct
{
  PltField    field;
  const char *values[PLT_N_SOURCES];
  PltChoice   choice;
  const char *value;
  const char *rule;
} Row;

static const Row rows[] = {
  /* nobody says anything */
  { PLT_FIELD_FAMILY_NAME, { NULL, NULL, NULL }, PLT_CHOICE_NONE, NULL, NULL },
  /* one alone, whoever it is */
  { PLT_FIELD_FAMILY_NAME, { NULL, "Berg", NULL }, PLT_CHOICE_ONLY, "Berg", NULL },
  { PLT_FIELD_DEATH_DATE, { "2020-01-01", NULL, NULL }, PLT_CHOICE_ONLY, "2020-01-01", NULL },
  /* all the same; composed and decomposed are the same */
  { PLT_FIELD_FAMILY_NAME, { "Berg", "Berg", "Berg" }, PLT_CHOICE_AGREED, "Berg", NULL },
  { PLT_FIELD_FAMILY_NAME, { "Åse", "A\xcc\x8ase", NULL }, PLT_CHOICE_AGREED, "Åse", NULL },
  /* case */
  { PLT_FIELD_FAMILY_NAME, { "Berg", "BERG", NULL }, PLT_CHOICE_RULE, "Berg", "case" },
  /* the identity registry is preferred, then the driver register */
  { PLT_FIELD_FAMILY_NAME, { "BERG", "Berg", "Berg" }, PLT_CHOICE_RULE, "BERG", "case" },
  { PLT_FIELD_FAMILY_NAME, { NULL, "BERG", "Berg" }, PLT_CHOICE_RULE, "BERG", "case" },
  /* diacritics, letters that do not decompose among them */
  { PLT_FIELD_FAMILY_NAME, { "Müller", "Muller", NULL }, PLT_CHOICE_RULE, "Müller", "diacritics" },
  { PLT_FIELD_FAMILY_NAME, { "Łuć", "LUC", NULL }, PLT_CHOICE_RULE, "Łuć", "diacritics" },
  { PLT_FIELD_FAMILY_NAME, { "Weiß", "WEISS", NULL }, PLT_CHOICE_RULE, "Weiß", "diacritics" },
  /* white space, hyphen, apostrophe */
  { PLT_FIELD_GIVEN_NAMES, { "Anne-Marie", "Anne Marie", NULL }, PLT_CHOICE_RULE, "Anne-Marie",
    "hyphenation" },
  { PLT_FIELD_FAMILY_NAME, { "O’Brien", "O'Brien", "OBRIEN" }, PLT_CHOICE_RULE, "O’Brien",
    "hyphenation" },
  /* transliteration as in travel documents */
  { PLT_FIELD_FAMILY_NAME, { "Müller", "MUELLER", NULL }, PLT_CHOICE_RULE, "Müller",
    "transliteration" },
  { PLT_FIELD_FAMILY_NAME, { "Østergård", "Oestergaard", NULL }, PLT_CHOICE_RULE, "Østergård",
    "transliteration" },
  /* forgiving is not transitive: OE and O are not shown to be the same */
  { PLT_FIELD_FAMILY_NAME, { "Møller", "Moller", "Moeller" }, PLT_CHOICE_OPEN, NULL, NULL },
  /* but each letter may be written in its own way */
  { PLT_FIELD_FAMILY_NAME, { "Müller-Ødegård", "MUELLER ODEGAARD", NULL }, PLT_CHOICE_RULE,
    "Müller-Ødegård", "transliteration" },
  { PLT_FIELD_FAMILY_NAME, { "van der Berg", "BERG", NULL }, PLT_CHOICE_RULE, "van der Berg",
    "particle" },
  { PLT_FIELD_GIVEN_NAMES, { "Ben Adam", "Adam", NULL }, PLT_CHOICE_OPEN, NULL, NULL },
  /* other names are other names, and so is a name less or in another place */
  { PLT_FIELD_FAMILY_NAME, { "Berg", "Borg", NULL }, PLT_CHOICE_OPEN, NULL, NULL },
  { PLT_FIELD_GIVEN_NAMES, { "Anna Maria", "Anna", NULL }, PLT_CHOICE_OPEN, NULL, NULL },
  { PLT_FIELD_GIVEN_NAMES, { "Anna Maria", "Maria Anna", NULL }, PLT_CHOICE_OPEN, NULL, NULL },
  /* nothing left after folding proves nothing */
  { PLT_FIELD_FAMILY_NAME, { "-", "’", NULL }, PLT_CHOICE_OPEN, NULL, NULL },
  /* marks are letters in other scripts */
  { PLT_FIELD_FAMILY_NAME_NATIVE, { "Чайка", "Чаика", NULL }, PLT_CHOICE_OPEN, NULL, NULL },
  { PLT_FIELD_FAMILY_NAME_NATIVE, { "ดี", "ดา", NULL }, PLT_CHOICE_OPEN, NULL, NULL },
  /* one of three differs, whichever it is */
  { PLT_FIELD_FAMILY_NAME, { "Berg", "BERG", "Borg" }, PLT_CHOICE_OPEN, NULL, NULL },
  /* never by rule */
  { PLT_FIELD_BIRTH_DATE, { "1980-02-03", "1980-03-02", NULL }, PLT_CHOICE_OPEN, NULL, NULL },
  { PLT_FIELD_SEX, { "M", "F", NULL }, PLT_CHOICE_OPEN, NULL, NULL },
  { PLT_FIELD_DEATH_DATE, { "2020-01-01", "2020-01-02", NULL }, PLT_CHOICE_OPEN, NULL, NULL },
  { PLT_FIELD_NATIONALITY, { "UTO", "DEU", NULL }, PLT_CHOICE_OPEN, NULL, NULL },
  /* places are spelt, like names */
  { PLT_FIELD_BIRTH_PLACE, { "Århus", "AARHUS", NULL }, PLT_CHOICE_RULE, "Århus",
    "transliteration" },
  { PLT_FIELD_BIRTH_PLACE, { "Aarhus", "Odense", NULL }, PLT_CHOICE_OPEN, NULL, NULL },
  /* an address that differs is an old one; without the identity registry nobody can say whose */
  { PLT_FIELD_ADDRESS, { "Elm 1, Town", "Oak 2, Town", NULL }, PLT_CHOICE_RULE, "Elm 1, Town",
    "stale_address" },
  { PLT_FIELD_ADDRESS, { "Elm 1, Town", "ELM 1, TOWN", NULL }, PLT_CHOICE_RULE, "Elm 1, Town",
    "case" },
  { PLT_FIELD_ADDRESS, { NULL, "Elm 1, Town", "Oak 2, Town" }, PLT_CHOICE_OPEN, NULL, NULL },
};

static GPtrArray *
reconcile (PltField            field,
           const char * const *values)
{
  PltSourceAnswer *answers[PLT_N_SOURCES] = { NULL };

  for (int i = 0; i < PLT_N_KNOWN_SOURCES; i++)
    {
      answers[i] = plt_source_answer_new ((PltSource) i, PLT_SOURCE_STATE_ANSWERED, NULL);
      plt_source_answer_set_field (answers[i], field, values[i]);
    }

  GPtrArray *fields = plt_reconcile (answers);

  for (int i = 0; i < PLT_N_KNOWN_SOURCES; i++)
    plt_source_answer_unref (answers[i]);

  return fields;
}

static PltReconciledField *
find_field (GPtrArray *fields,
            PltField   field)
{
  for (guint i = 0; i < fields->len; i++)
    {
      if (plt_reconciled_field_get_field (fields->pdata[i]) == field)
        return fields->pdata[i];
    }
  g_assert_not_reached ();
}

static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) fields = reconcile (rows[i].field, rows[i].values);
      PltReconciledField *field = find_field (fields, rows[i].field);

      g_test_message ("row %d", (int) i);
      g_assert_cmpstr (plt_choice_to_nick (plt_reconciled_field_get_choice (field)), ==,
                       plt_choice_to_nick (rows[i].choice));
      g_assert_cmpstr (plt_reconciled_field_get_value (field), ==, rows[i].value);
      g_assert_cmpstr (plt_reconciled_field_get_rule (field), ==, rows[i].rule);
      for (int j = 0; j < PLT_N_KNOWN_SOURCES; j++)
        g_assert_cmpstr (plt_reconciled_field_get_source_value (field, (PltSource) j), ==,
                         rows[i].values[j]);
    }
}

/* Whichever registry says which: whether it is open, and by which rule not, stays the same. An
 * address is the exception, because there it matters who says it. */
static void
test_order (void)
{
  static const int orders[][PLT_N_SOURCES] = { { 0, 2, 1 }, { 1, 0, 2 }, { 1, 2, 0 }, { 2, 0, 1 },
                                               { 2, 1, 0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      for (gsize j = 0; j < G_N_ELEMENTS (orders) && rows[i].field != PLT_FIELD_ADDRESS; j++)
        {
          const char *values[PLT_N_SOURCES];

          for (int k = 0; k < PLT_N_KNOWN_SOURCES; k++)
            values[k] = rows[i].values[orders[j][k]];

          g_autoptr (GPtrArray) fields = reconcile (rows[i].field, values);
          PltReconciledField *field = find_field (fields, rows[i].field);

          g_assert_cmpint (plt_reconciled_field_get_choice (field), ==, rows[i].choice);
          g_assert_cmpstr (plt_reconciled_field_get_rule (field), ==, rows[i].rule);
        }
    }
}

/* A registry that did not answer has said nothing, even if fields were set. */
static void
test_only_answered_counts (void)
{
  g_autoptr (PltSourceAnswer) nonsense =
    plt_source_answer_new (PLT_SOURCE_IDENTITY, PLT_SOURCE_STATE_NONSENSE, NULL);
  g_autoptr (PltSourceAnswer) answered =
    plt_source_answer_new (PLT_SOURCE_DRIVER, PLT_SOURCE_STATE_ANSWERED, NULL);
  PltSourceAnswer *answers[PLT_N_SOURCES] = { nonsense, answered, NULL };

  plt_source_answer_set_field (nonsense, PLT_FIELD_SEX, "M");
  plt_source_answer_set_field (answered, PLT_FIELD_SEX, "F");
  g_autoptr (GPtrArray) fields = plt_reconcile (answers);
  PltReconciledField *field = find_field (fields, PLT_FIELD_SEX);

  g_assert_cmpint (fields->len, ==, 10);
  g_assert_cmpint (plt_reconciled_field_get_choice (field), ==, PLT_CHOICE_ONLY);
  g_assert_cmpstr (plt_reconciled_field_get_value (field), ==, "F");
}

static PltSourceAnswer *
new_answer (PltSource   source,
            PltField    field,
            const char *value)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  PltSourceAnswer *answer = plt_source_answer_new (source, PLT_SOURCE_STATE_ANSWERED, now);

  plt_source_answer_set_field (answer, field, value);

  return answer;
}

/* What was typed at home gives way even to a registry that came to be known after it, and alone it
 * is nothing. */
static void
test_applicant (void)
{
  PltSourceAnswer *answers[PLT_N_SOURCES] = { NULL };
  PltSource stated;
  PltSource later;

  g_assert_true (plt_source_intern (PLT_SOURCE_APPLICANT_NICK, NULL, &stated));
  g_assert_true (plt_source_intern ("later_registry", NULL, &later));
  g_assert_true (plt_source_is_applicant (stated));
  g_assert_false (plt_source_is_applicant (PLT_SOURCE_IDENTITY));
  answers[stated] = new_answer (stated, PLT_FIELD_FAMILY_NAME, "Berg");

  g_autoptr (GPtrArray) alone = plt_reconcile (answers);
  g_assert_cmpint (plt_reconciled_field_get_choice (alone->pdata[PLT_FIELD_FAMILY_NAME]), ==,
                   PLT_CHOICE_NONE);
  g_assert_null (plt_reconciled_field_get_value (alone->pdata[PLT_FIELD_FAMILY_NAME]));

  answers[later] = new_answer (later, PLT_FIELD_FAMILY_NAME, "BERG");

  g_autoptr (GPtrArray) both = plt_reconcile (answers);
  g_assert_cmpint (plt_reconciled_field_get_choice (both->pdata[PLT_FIELD_FAMILY_NAME]), ==,
                   PLT_CHOICE_RULE);
  g_assert_cmpstr (plt_reconciled_field_get_value (both->pdata[PLT_FIELD_FAMILY_NAME]), ==, "BERG");
  plt_source_answer_unref (answers[stated]);
  plt_source_answer_unref (answers[later]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/licence/reconciliation/table", test_table);
  g_test_add_func ("/licence/reconciliation/order-does-not-matter", test_order);
  g_test_add_func ("/licence/reconciliation/only-answered-counts", test_only_answered_counts);
  g_test_add_func ("/licence/reconciliation/applicant", test_applicant);

  return g_test_run ();
}
