/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The made-up population: the same for the same seed, valid in its numbers, different in kind. */
#include "plt-demo-characters.h"
#include "plt-demo-citizen.h"
#include "plt-demo-portrait.h"
#include "plt-demo-signature.h"
#include "plt-demo-totp.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

static const PltDate today = { 2026, 5, 20 };

static void
add_citizen (GChecksum           *sum,
             const PltDemoWorld  *world,
             guint64              index)
{
  PltDemoCitizen citizen = { 0 };

  plt_demo_citizen_draw (&citizen, world, index);
  for (int i = 0; i < PLT_DEMO_N_REGISTRIES; i++)
    {
      const PltDemoRecord *record = &citizen.records[i];
      g_autofree char *text = g_strdup_printf ("%s %d %s %s %s %s %04d%02d%02d %d %d",
                                               citizen.id_number, record->known,
                                               record->family_name, record->given_names,
                                               record->street, record->town, record->birth.year,
                                               record->birth.month, record->birth.day,
                                               citizen.n_rights, citizen.n_offences);

      g_checksum_update (sum, (const guchar *) text, -1);
    }
  plt_demo_citizen_clear (&citizen);
}

static char *
draw_population (guint64 seed,
                 int     n_citizens)
{
  g_autoptr (PltDemoNames) names = plt_demo_names_new (NULL);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  PltDemoWorld world = { names, seed, { today.year, 1, 1 }, today };

  g_assert_nonnull (names);
  for (int i = 0; i < n_citizens; i++)
    add_citizen (sum, &world, (guint64) i);

  return g_strdup (g_checksum_get_string (sum));
}

static void
test_same_seed (void)
{
  g_autofree char *first = draw_population (7, 2000);
  g_autofree char *second = draw_population (7, 2000);
  g_autofree char *other = draw_population (8, 2000);

  g_assert_cmpstr (first, ==, second);
  g_assert_cmpstr (first, !=, other);
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

/* What the mass must look like to be worth anything in training. */
static void
test_shares (void)
{
  g_autoptr (PltDemoNames) names = plt_demo_names_new (NULL);
  PltDemoWorld world = { names, 1, { today.year, 1, 1 }, today };
  int adults = 0, drivers = 0, native = 0, anomalies = 0, n_citizens = 10000;

  for (int i = plt_demo_characters_count (); i < n_citizens; i++)
    {
      PltDemoCitizen citizen = { 0 };

      plt_demo_citizen_draw (&citizen, &world, (guint64) i);
      adults += plt_date_years_between (citizen.records[PLT_DEMO_IDENTITY].birth, today) >= 18;
      drivers += citizen.records[PLT_DEMO_DRIVER].known;
      native += citizen.family_name_native != NULL;
      anomalies += citizen.anomaly != NULL;
      for (int right = 0; right < citizen.n_rights; right++)
        g_assert_cmpint (plt_date_compare (citizen.rights[right].from,
                                           citizen.rights[right].to), <, 0);
      plt_demo_citizen_clear (&citizen);
    }

  g_assert_cmpint (drivers * 100 / adults, >=, 60);
  g_assert_cmpint (drivers * 100 / adults, <=, 75);
  g_assert_cmpint (native * 100 / n_citizens, >=, 6);
  g_assert_cmpint (anomalies * 100 / n_citizens, >=, 5);
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
  g_autoptr (GBytes) secret = plt_demo_totp_read_uri (
    "otpauth://totp/Platen:x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Platen");

  g_assert_nonnull (secret);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *code = plt_demo_totp_code (secret, cases[i].seconds / 30);

      g_assert_cmpstr (code, ==, cases[i].code);
    }
  g_assert_null (plt_demo_totp_read_uri ("https://example.org/?secret=GEZDGNBV"));
  g_assert_null (plt_demo_totp_read_uri ("otpauth://totp/Platen:x?secret=1"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/population/same-seed-gives-same-people", test_same_seed);
  g_test_add_func ("/demo/population/id-numbers-are-valid-and-unique", test_id_numbers);
  g_test_add_func ("/demo/population/shares-are-as-in-life", test_shares);
  g_test_add_func ("/demo/portrait/same-number-gives-same-jpeg", test_portraits);
  g_test_add_func ("/demo/signature/same-number-gives-same-picture", test_signatures);
  g_test_add_func ("/demo/totp/follows-rfc-6238", test_totp);

  return g_test_run ();
}
