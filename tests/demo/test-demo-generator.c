/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The made-up population: the same for the same seed, valid in its numbers, different in kind. */
#include "plt-demo-capitals.h"
#include "plt-demo-characters.h"
#include "plt-demo-portrait.h"
#include "plt-demo-signature.h"
#include "plt-demo-tables.h"
#include "plt-totp.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#define TODAY 20593 /* 20 May 2026 */

typedef struct
{
  PltDemoNames    *names;
  PltDemoWorld     world;
  PltDemoCensus   *census;
  PltDemoDistrict  district;
  PltDemoCitizen   citizen;
} Population;

static Population *
population_new (guint64             seed,
                int                 n_citizens,
                double              factor,
                const char * const *settings)
{
  Population *self = g_new0 (Population, 1);

  self->names = plt_demo_names_new (NULL);
  g_assert_nonnull (self->names);
  self->world = (PltDemoWorld) {
    .names = self->names,
    .seed = seed,
    .today = TODAY,
    .n_citizens = n_citizens,
    .n_drivers = n_citizens * 2 / 3,
    .n_infringements = n_citizens * 2 / 3,
  };
  g_assert_true (plt_demo_rates_init (&self->world.rates, factor, settings, NULL));
  self->census = plt_demo_census_new (&self->world, 2, NULL);
  g_assert_nonnull (self->census);

  return self;
}

static void
population_free (Population *self)
{
  plt_demo_census_free (self->census);
  plt_demo_names_free (self->names);
  g_free (self);
}

typedef void (* Visit) (const PltDemoCitizen *citizen,
                        const PltDemoWorld   *world,
                        gpointer              user_data);

static void
visit_all (Population *self,
           Visit       visit,
           gpointer    user_data)
{
  for (int number = 0; number < plt_demo_world_count_districts (&self->world); number++)
    {
      plt_demo_district_draw (&self->district, &self->world, self->census, number);
      for (int place = 0; place < self->district.n_neighbours; place++)
        {
          plt_demo_citizen_draw (&self->citizen, &self->world, &self->district, place);
          visit (&self->citizen, &self->world, user_data);
        }
    }
}

static void
add_rows (const PltDemoCitizen *citizen,
          const PltDemoWorld   *world,
          gpointer              user_data)
{
  PltDemoRows tables[PLT_DEMO_N_TABLES] = { 0 };
  g_autoptr (GString) truths = g_string_new (NULL);

  plt_demo_write_identity (tables, citizen, world);
  plt_demo_write_driver (tables, citizen, world);
  plt_demo_write_infringement (tables, citizen, world);
  plt_demo_write_truths (truths, citizen);
  for (int i = 0; i < PLT_DEMO_N_TABLES; i++)
    {
      if (tables[i].length > 0)
        g_checksum_update (user_data, (const guchar *) tables[i].data, (gssize) tables[i].length);
      plt_demo_rows_clear (&tables[i]);
    }
  g_checksum_update (user_data, (const guchar *) truths->str, (gssize) truths->len);
}

static char *
draw_population (guint64 seed,
                 double  factor)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  Population *population = population_new (seed, 10000, factor, NULL);

  visit_all (population, add_rows, sum);
  population_free (population);

  return g_strdup (g_checksum_get_string (sum));
}

static void
test_same_seed (void)
{
  g_autofree char *first = draw_population (7, 1);
  g_autofree char *second = draw_population (7, 1);
  g_autofree char *other = draw_population (8, 1);
  g_autofree char *rates = draw_population (7, 2);

  g_assert_cmpstr (first, ==, second);
  g_assert_cmpstr (first, !=, other);
  g_assert_cmpstr (first, !=, rates);
}

/* ISO/IEC 7064, clause 9: with the check digit put in, the sum comes out as 1. */
static void
test_id_numbers (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint64 index = 0; index < 50000; index++)
    {
      char id_number[12];
      int product = 10;

      plt_demo_citizen_write_id (index, id_number);
      g_assert_cmpuint (strlen (id_number), ==, 11);
      for (int i = 0; i < 10; i++)
        {
          int sum = (product + (id_number[i] - '0')) % 10;

          product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
      g_assert_cmpint ((product + (id_number[10] - '0')) % 10, ==, 1);
      g_assert_true (g_hash_table_add (seen, g_strdup (id_number)));
    }
}

typedef struct
{
  int n_children;
  int n_old;
  int n_drivers;
  int n_offences;
  int n_native;
  int n_anomalies;
} Counts;

static void
count (const PltDemoCitizen *citizen,
       const PltDemoWorld   *world,
       gpointer              user_data)
{
  Counts *counts = user_data;
  int age = plt_demo_day_years (citizen->records[PLT_DEMO_IDENTITY].birth, world->today);

  counts->n_children += age < 18;
  counts->n_old += age >= 65;
  counts->n_drivers += citizen->records[PLT_DEMO_DRIVER].known;
  counts->n_offences += citizen->records[PLT_DEMO_INFRINGEMENT].known ? citizen->n_offences : 0;
  counts->n_native += citizen->family_name_native != NULL;
  counts->n_anomalies += citizen->n_truths > 0;
  for (int i = 0; i < citizen->n_rights; i++)
    {
      g_assert_cmpint (citizen->rights[i].from, <, citizen->rights[i].to);
      g_assert_cmpint (citizen->rights[i].from, <=, world->today);
    }
  if (citizen->records[PLT_DEMO_DRIVER].known)
    g_assert_cmpint (plt_demo_day_years (citizen->records[PLT_DEMO_IDENTITY].birth,
                                         citizen->first_issued), >=, 18);
}

/* What the mass must look like to be worth anything in training. */
static void
test_shares (void)
{
  Population *population = population_new (1, 30000, 1, NULL);
  Counts counts = { 0 };

  visit_all (population, count, &counts);

  g_assert_cmpint (counts.n_drivers, ==, 20000);
  g_assert_cmpint (counts.n_offences, ==, 20000);
  g_assert_cmpint (counts.n_children, >=, 30000 * 14 / 100);
  g_assert_cmpint (counts.n_children, <=, 30000 * 26 / 100);
  g_assert_cmpint (counts.n_old, >=, 30000 * 13 / 100);
  g_assert_cmpint (counts.n_old, <=, 30000 * 27 / 100);
  g_assert_cmpint (counts.n_native, >=, 30000 * 8 / 100);
  g_assert_cmpint (counts.n_anomalies, >=, 30000 * 5 / 100);
  population_free (population);
}

static void
find_anomaly (const PltDemoCitizen *citizen,
              const PltDemoWorld   *world,
              gpointer              user_data)
{
  if (citizen->index >= (guint64) plt_demo_characters_count ())
    g_assert_cmpint (citizen->n_truths, ==, 0);
}

static void
test_no_anomalies (void)
{
  Population *population = population_new (1, 10000, 0, NULL);

  visit_all (population, find_anomaly, NULL);
  population_free (population);
}

static void
count_kind (const PltDemoCitizen *citizen,
            const PltDemoWorld   *world,
            gpointer              user_data)
{
  *(int *) user_data += citizen->n_truths > 0 &&
                        citizen->truths[0].kind == PLT_DEMO_ANOMALY_HYPHENATION;
}

static void
test_own_rate (void)
{
  static const char *const settings[] = { "hyphenation=0.5", NULL };
  Population *population = population_new (1, 10000, 0, settings);
  int n_hyphens = 0;

  visit_all (population, count_kind, &n_hyphens);

  g_assert_cmpint (n_hyphens, >=, 2900);
  g_assert_cmpint (n_hyphens, <=, 3400);
  population_free (population);
}

static void
test_wrong_rates (void)
{
  static const char *const wrong[] = { "hyphenation", "hyphenation=", "hyphenation=2", "hyphen=0.1",
                                       "hyphenation=0.1x", "hyphenation=-1", "=0.5",
                                       "hyphenation=nan" };
  PltDemoRates rates;

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      const char *const settings[] = { wrong[i], NULL };
      g_autoptr (GError) error = NULL;

      g_assert_false (plt_demo_rates_init (&rates, 1, settings, &error));
      g_assert_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_USAGE);
    }

  g_autoptr (GError) error = NULL;

  g_assert_false (plt_demo_rates_init (&rates, 50, NULL, &error));
  g_assert_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_USAGE);
}

static void
test_too_many_drivers (void)
{
  Population *population = population_new (1, 10000, 1, NULL);
  g_autoptr (GError) error = NULL;

  population->world.n_drivers = 9990;
  g_assert_null (plt_demo_census_new (&population->world, 2, &error));
  g_assert_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_USAGE);
  population_free (population);
}

/* Every day of four hundred years, against GLib's calendar. */
static void
test_days (void)
{
  g_autoptr (GDate) date = g_date_new_dmy (1, 1, 1800);
  int first = plt_demo_day_new (1800, 1, 1);

  for (int day = first; day < first + 146097; day++, g_date_add_days (date, 1))
    {
      PltDate found = plt_demo_day_to_date (day);

      g_assert_cmpint (found.year, ==, g_date_get_year (date));
      g_assert_cmpint (found.month, ==, g_date_get_month (date));
      g_assert_cmpint (found.day, ==, g_date_get_day (date));
      g_assert_cmpint (plt_demo_day_from_date (found), ==, day);
    }
  g_assert_cmpint (plt_demo_day_new (1970, 1, 1), ==, 0);
}

static void
test_capitals (void)
{
  static const char *const cases[][2] = {
    { "Jürgen Ångström", "JÜRGEN ÅNGSTRÖM" },
    { "Łukaszewicz-Groß", "ŁUKASZEWICZ-GROß" }, /* one letter stays one letter */
    { "ÿ", "Ÿ" },
    { "Иванова", "ИВАНОВА" },
    { "สมชาย", "สมชาย" },
    { "Ol’ga 5\n1010", "OL’GA 5\n1010" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *capitals = g_strdup (cases[i][0]);

      plt_demo_capitals_write (capitals, cases[i][0], strlen (cases[i][0]));
      g_assert_cmpstr (capitals, ==, cases[i][1]);
    }
}

static void
test_portraits (void)
{
  g_autoptr (GBytes) first = plt_demo_portrait_draw ("10027182816", 'F', 1988, NULL);
  g_autoptr (GBytes) again = plt_demo_portrait_draw ("10027182816", 'F', 1988, NULL);
  g_autoptr (GBytes) other = plt_demo_portrait_draw ("10100870687", 'F', 1988, NULL);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (first);
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new_from_stream (stream, NULL, NULL);

  g_assert_true (g_bytes_equal (first, again));
  g_assert_false (g_bytes_equal (first, other));
  g_assert_cmpmem (g_bytes_get_data (first, NULL), 3, "\xFF\xD8\xFF", 3);
  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, PLT_DEMO_PORTRAIT_WIDTH);
  g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), ==, PLT_DEMO_PORTRAIT_HEIGHT);
}

static void
test_signatures (void)
{
  g_autoptr (GBytes) first = plt_demo_signature_draw ("10027182816", NULL);
  g_autoptr (GBytes) again = plt_demo_signature_draw ("10027182816", NULL);
  g_autoptr (GBytes) other = plt_demo_signature_draw ("10100870687", NULL);

  g_assert_true (g_bytes_equal (first, again));
  g_assert_false (g_bytes_equal (first, other));
}

/* RFC 6238, appendix B, SHA-1: the last six of its eight digits. */
static void
test_totp (void)
{
  static const struct
  {
    gint64      seconds;
    const char *code;
  } cases[] = {
    { 59, "287082" },
    { 1111111109, "081804" },
    { 1111111111, "050471" },
    { 1234567890, "005924" },
    { 2000000000, "279037" },
    { G_GINT64_CONSTANT (20000000000), "353130" },
  };
  g_autoptr (GBytes) secret = plt_totp_read_uri (
    "otpauth://totp/Platen:x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Platen");

  g_assert_nonnull (secret);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *code = plt_totp_code (secret, cases[i].seconds / 30);

      g_assert_cmpstr (code, ==, cases[i].code);
    }
  g_assert_null (plt_totp_read_uri ("https://example.org/?secret=GEZDGNBV"));
  g_assert_null (plt_totp_read_uri ("otpauth://totp/Platen:x?secret=1"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/population/same-seed-gives-same-people", test_same_seed);
  g_test_add_func ("/demo/population/id-numbers-are-valid-and-unique", test_id_numbers);
  g_test_add_func ("/demo/population/shares-are-as-in-life", test_shares);
  g_test_add_func ("/demo/population/no-anomalies-when-none-are-wanted", test_no_anomalies);
  g_test_add_func ("/demo/population/a-kind-has-its-own-rate", test_own_rate);
  g_test_add_func ("/demo/population/wrong-rates-are-refused", test_wrong_rates);
  g_test_add_func ("/demo/population/too-many-drivers-are-refused", test_too_many_drivers);
  g_test_add_func ("/demo/day/is-the-calendar", test_days);
  g_test_add_func ("/demo/capitals/keep-their-length", test_capitals);
  g_test_add_func ("/demo/portrait/same-number-gives-same-jpeg", test_portraits);
  g_test_add_func ("/demo/signature/same-number-gives-same-picture", test_signatures);
  g_test_add_func ("/demo/totp/follows-rfc-6238", test_totp);

  return g_test_run ();
}
