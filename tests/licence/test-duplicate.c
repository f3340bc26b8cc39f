/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One person under two numbers: which pairs are told, why, whether they meet, and what hostile records do. */
#include "plt-duplicate-index.h"

#include <string.h>

typedef struct
{
  const char        *what;
  PltDuplicateLevel  level;
  const char        *a;
  const char        *b;
} Case;

#include "duplicate-cases.inc"

static void
set_value (PltPersonRecord *record,
           const char      *name,
           const char      *value)
{
  g_auto (GStrv) values = g_strsplit (value, "|", -1);
  PltRecordList list;
  PltField field;

  if (plt_field_from_nick (name, &field))
    {
      plt_person_record_set_field (record, field, value);
      return;
    }
  g_assert_true (plt_record_list_from_nick (name, &list));
  plt_person_record_add (record, list, NULL);
  for (int i = 0; values[i] != NULL; i++)
    plt_person_record_add (record, list, values[i]);
}

static PltPersonRecord *
read_record (const char *id_number,
             const char *text)
{
  PltPersonRecord *record = plt_person_record_new (id_number);
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);

  for (int i = 0; parts[i] != NULL && *parts[i] != '\0'; i++)
    {
      char *equals = strchr (parts[i], '=');

      g_assert_nonnull (equals);
      *equals = '\0';
      set_value (record, parts[i], equals + 1);
    }

  return record;
}

static void
test_levels (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PltPersonRecord) a = read_record ("11111111111", cases[i].a);
      g_autoptr (PltPersonRecord) b = read_record ("22222222222", cases[i].b);
      g_autofree char *reason = NULL;
      PltDuplicate there, back;

      plt_duplicate_compare (a, b, NULL, &there);
      plt_duplicate_compare (b, a, NULL, &back);
      reason = plt_duplicate_to_reason (&there);
      if (there.level != cases[i].level)
        g_error ("%s: %s (%.1f bits), because: %s", cases[i].what,
                 plt_duplicate_level_to_nick (there.level), there.weight, reason);
      g_assert_cmpint (there.level, ==, back.level);
      g_assert_cmpfloat_with_epsilon (there.weight, back.weight, 1e-9);
      g_assert_true (g_str_has_suffix (reason, "."));
      g_assert_true ((plt_duplicate_get_score (&there) >= 50) ==
                     (there.level == PLT_DUPLICATE_PROBABLE));
    }
}

static void
test_reason (void)
{
  g_autoptr (PltPersonRecord) a = read_record ("11111111111", ANNA ";former_addresses=");
  g_autoptr (PltPersonRecord) b = read_record (
    "22222222222", "family_name=LINDQVIST;given_names=Anna;birth_date=1985-12-03;sex=M;"
                   "birth_place=Amaurot;address=Iron Street 9, 2100 Amaurot;"
                   "former_addresses=Mill Road 12, 4010 Northgate");
  g_autofree char *reason = NULL;
  PltDuplicate found;

  plt_duplicate_compare (a, b, NULL, &found);
  reason = plt_duplicate_to_reason (&found);
  g_assert_cmpstr (reason, ==,
                   "Both have the same family name, the same first given name, the same birth date "
                   "with day and month swapped, an address where one of them lived before, but not "
                   "the same place of birth, the same sex.");
}

/* A register that has counted its names knows that Maira is none, and that Marie is one. */
static void
test_census (void)
{
  g_autoptr (PltNameCensus) census = plt_name_census_new ();
  const char *rest = "family_name=Berg;birth_date=1985-03-12;sex=F;birth_place=Lindenau;"
                     "address=Mill Road 12, 4010 Northgate;given_names=";
  g_autofree char *maria = g_strconcat (rest, "Maria", NULL);
  g_autofree char *marie = g_strconcat (rest, "Marie", NULL);
  g_autofree char *maira = g_strconcat (rest, "Maira", NULL);
  g_autoptr (PltPersonRecord) a = read_record ("11111111111", maria);
  g_autoptr (PltPersonRecord) b = read_record ("22222222222", marie);
  g_autoptr (PltPersonRecord) c = read_record ("33333333333", maira);
  PltDuplicate found;

  for (int i = 0; i < 100; i++)
    {
      plt_name_census_count (census, a);
      plt_name_census_count (census, b);
    }
  plt_name_census_count (census, c);
  plt_duplicate_compare (a, b, census, &found);
  g_assert_cmpint (found.level, ==, PLT_DUPLICATE_POSSIBLE);
  plt_duplicate_compare (a, c, census, &found);
  g_assert_cmpint (found.relations[PLT_TRAIT_GIVEN_NAMES], ==, PLT_RELATION_SLIP);
  g_assert_cmpint (found.level, ==, PLT_DUPLICATE_PROBABLE);
}

static PltPersonRecord *
fetch_cb (guint    position,
          gpointer user_data)
{
  GPtrArray *records = user_data;

  return plt_person_record_ref (records->pdata[position]);
}

/* Whoever is told when looked at is met among others, whatever the two differ by. */
static void
test_index (void)
{
  g_autoptr (GPtrArray) records
    = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_person_record_unref);
  g_autoptr (PltDuplicateIndex) index = plt_duplicate_index_new ();
  g_autoptr (GArray) pairs = NULL;
  gboolean met[G_N_ELEMENTS (cases)] = { FALSE };
  PltDuplicateEffort effort;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *first = g_strdup_printf ("%011d", (int) i * 2);
      g_autofree char *second = g_strdup_printf ("%011d", (int) i * 2 + 1);

      g_ptr_array_add (records, read_record (first, cases[i].a));
      g_ptr_array_add (records, read_record (second, cases[i].b));
    }
  for (guint i = 0; i < records->len; i++)
    plt_duplicate_index_add (index, records->pdata[i]);
  pairs = plt_duplicate_index_find (index, fetch_cb, records, &effort);
  g_assert_nonnull (pairs);
  for (guint i = 0; i < pairs->len; i++)
    {
      const PltDuplicatePair *pair = &g_array_index (pairs, PltDuplicatePair, i);

      g_assert_cmpuint (pair->a, <, pair->b);
      if (pair->a / 2 == pair->b / 2)
        met[pair->a / 2] = TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    if (cases[i].level == PLT_DUPLICATE_PROBABLE && !met[i])
      g_error ("They did not meet: %s", cases[i].what);
}

/* One number twice is one record of two registers, and no pair. */
static void
test_same_number (void)
{
  g_autoptr (GPtrArray) records
    = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_person_record_unref);
  g_autoptr (PltDuplicateIndex) index = plt_duplicate_index_new ();
  g_autoptr (GArray) pairs = NULL;
  PltDuplicateEffort effort;

  for (int i = 0; i < 2; i++)
    {
      g_ptr_array_add (records, read_record ("11111111111", ANNA));
      plt_duplicate_index_add (index, records->pdata[i]);
    }
  pairs = plt_duplicate_index_find (index, fetch_cb, records, &effort);
  g_assert_cmpuint (pairs->len, ==, 0);
}

static PltPersonRecord *
fetch_nothing_cb (guint    position,
                  gpointer user_data)
{
  return NULL;
}

static void
test_unreadable (void)
{
  g_autoptr (PltDuplicateIndex) index = plt_duplicate_index_new ();
  g_autoptr (PltPersonRecord) a = read_record ("11111111111", ANNA);
  g_autoptr (PltPersonRecord) b = read_record ("22222222222", ANNA);
  PltDuplicateEffort effort;

  plt_duplicate_index_add (index, a);
  plt_duplicate_index_add (index, b);
  g_assert_null (plt_duplicate_index_find (index, fetch_nothing_cb, NULL, &effort));
  g_assert_false (effort.too_many);
}

/* Bytes, lengths and letters that no register should have. */
static char *
draw_text (void)
{
  static const char * const odd[] = {
    "", " ", "\xC3\x28", "\xFF\xFE", "´`'’-‐.", "ÄÖÜßẞĳœ", "й", "الحسن", "ไทย", "A\xCC\x81\xCC\x81\xCC\x81",
    "0000-00-00", "1985-03-12", "1985-13-45", "9999-12-31", "-1", "|;,\"\n", "van der", "\xE2\x80\x8B",
    "\xF0\x9F\x98\x80", "Anna", "X", "M",
  };
  GString *text = g_string_new (NULL);
  int n = g_test_rand_int_range (0, 6);

  if (g_test_rand_int_range (0, 20) == 0)
    for (int i = 0; i < 10000; i++)
      g_string_append_c (text, (char) g_test_rand_int_range (1, 256));
  for (int i = 0; i < n; i++)
    g_string_append (text, odd[g_test_rand_int_range (0, G_N_ELEMENTS (odd))]);

  return g_string_free (text, FALSE);
}

static PltPersonRecord *
draw_record (void)
{
  g_autofree char *id_number = draw_text ();
  PltPersonRecord *record = plt_person_record_new (id_number);

  for (int i = 0; i < PLT_N_FIELDS; i++)
    {
      g_autofree char *value = g_test_rand_bit () ? draw_text () : NULL;

      plt_person_record_set_field (record, (PltField) i, value);
    }
  for (int i = 0; i < 100; i++)
    {
      g_autofree char *value = draw_text ();

      plt_person_record_add (record, (PltRecordList) (i % PLT_N_RECORD_LISTS), value);
    }

  return record;
}

static void
test_hostile (void)
{
  g_autoptr (GPtrArray) records
    = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_person_record_unref);
  g_autoptr (PltDuplicateIndex) index = plt_duplicate_index_new ();
  g_autoptr (GArray) pairs = NULL;
  PltDuplicateEffort effort;

  for (guint i = 0; i < 12; i++)
    {
      g_ptr_array_add (records, draw_record ());
      plt_duplicate_index_add (index, records->pdata[i]);
    }
  for (guint i = 0; i < records->len; i += 3)
    for (guint j = 1; j < records->len; j += 3)
      {
        g_autofree char *reason = NULL;
        PltDuplicate there, back;

        plt_duplicate_compare (records->pdata[i], records->pdata[j], NULL, &there);
        plt_duplicate_compare (records->pdata[j], records->pdata[i], NULL, &back);
        reason = plt_duplicate_to_reason (&there);
        g_assert_cmpint (there.level, ==, back.level);
        g_assert_true (g_utf8_validate (reason, -1, NULL));
      }
  pairs = plt_duplicate_index_find (index, fetch_cb, records, &effort);
  g_assert_nonnull (pairs);
}

/* A default that thousands have is no key: the time does not grow with its square. */
static void
test_crowd (void)
{
  g_autoptr (GPtrArray) records
    = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_person_record_unref);
  g_autoptr (PltDuplicateIndex) index = plt_duplicate_index_new ();
  g_autoptr (GArray) pairs = NULL;
  PltDuplicateEffort effort;

  for (int i = 0; i < 3000; i++)
    {
      g_autofree char *id_number = g_strdup_printf ("%011d", i);

      g_ptr_array_add (records, read_record (id_number, "family_name=Unknown;given_names=Unknown;"
                                                        "birth_date=1900-01-01;portrait=NONE"));
      plt_duplicate_index_add (index, records->pdata[i]);
    }
  pairs = plt_duplicate_index_find (index, fetch_cb, records, &effort);
  g_assert_nonnull (pairs);
  g_assert_cmpuint (pairs->len, ==, 0);
  g_assert_cmpuint (effort.n_crowds, >, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/licence/duplicate/levels", test_levels);
  g_test_add_func ("/licence/duplicate/reason", test_reason);
  g_test_add_func ("/licence/duplicate/census", test_census);
  g_test_add_func ("/licence/duplicate/index", test_index);
  g_test_add_func ("/licence/duplicate/same-number", test_same_number);
  g_test_add_func ("/licence/duplicate/unreadable", test_unreadable);
  g_test_add_func ("/licence/duplicate/hostile", test_hostile);
  g_test_add_func ("/licence/duplicate/crowd", test_crowd);

  return g_test_run ();
}
