/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A card whose code says one thing that its record does not is told by the name of that thing, and of no other: for
 * each field that a code carries, of either code and of each kind of card. */
#include "plt-press-work.h"
#include "plt-readback.h"
#include "plt-test-press.h"

#include <string.h>

typedef struct
{
  const char *title;  /* what is told */
  gsize       member; /* where the value is that is changed */
  const char *value;
  const char *codes;  /* that carry it: q QR code, p PDF417 of ISO/IEC 18013-2, a that of AAMVA */
} Change;

#define MEMBER(name) (G_STRUCT_OFFSET (PltStoreCardData, name))
#define PERSON(field) (MEMBER (person) + (field) * sizeof (char *))

static const Change changes[] = {
  { "Family name", PERSON (PLT_FIELD_FAMILY_NAME), "Lindqvisd", "qpa" },
  { "Given names", PERSON (PLT_FIELD_GIVEN_NAMES), "Klara", "qpa" },
  { "Date of birth", PERSON (PLT_FIELD_BIRTH_DATE), "1987-06-06", "qpa" },
  { "Sex", PERSON (PLT_FIELD_SEX), "X", "qa" },
  { "Nationality", PERSON (PLT_FIELD_NATIONALITY), "NOR", "q" },
  { "Address", PERSON (PLT_FIELD_ADDRESS), "Linden Avenue 4, 1010 Utopia City", "a" },
  { "Document number", MEMBER (card_number), "UC-26-C099999", "qa" },
  { "Issuing authority", MEMBER (authority), "Another Office", "p" },
  { "Licence number", MEMBER (licence_number), "U99999999", "qpa" },
  { "Date of issue", MEMBER (issue_date), "2026-01-02", "qpa" },
  { "Date of expiry", MEMBER (expiry_date), "2031-01-02", "qpa" },
  { "Categories", MEMBER (categories), "A;2010-01-01;2031-01-01;", "qpa" },
};

static PltStoreCardFile *
make (PltPress         *press,
      PltStoreCardData *data)
{
  g_autoptr (GError) error = NULL;
  PltStoreCardFile *file = plt_press_make_file (press, data, &error);

  g_assert_no_error (error);
  return file;
}

/* As a scanner gives it. */
static char *
dup_scan (PltStoreCardFile *file,
          char              code)
{
  GString *digits = g_string_new (NULL);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (file->pdf417, &length);

  if (code == 'q')
    return g_string_free (g_string_append (digits, file->qr_text), FALSE);
  if (code == 'a')
    {
      g_string_free (digits, TRUE);
      return g_convert ((const char *) bytes, (gssize) length, "UTF-8", "ISO-8859-1", NULL, NULL, NULL);
    }
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (digits, "%02X", bytes[i]);
  return g_string_free (digits, FALSE);
}

static void
compared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

/* The titles of what differs, one behind the other. */
static char *
dup_differences (PltPress         *press,
                 PltStoreCardFile *recorded,
                 PltStoreCardFile *plastic,
                 char              code)
{
  g_autofree char *scan = dup_scan (plastic, code);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) fields = NULL;
  g_autoptr (GString) titles = g_string_new (NULL);

  plt_press_compare_async (press, recorded->qr_text, recorded->pdf417, scan, NULL, compared_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  fields = plt_press_compare_finish (result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < fields->len; i++)
    {
      g_autofree char *title = NULL, *expected = NULL, *found = NULL;

      g_object_get (g_ptr_array_index (fields, i), "title", &title, "expected", &expected, "found", &found, NULL);
      if (g_strcmp0 (expected, found) != 0)
        g_string_append_printf (titles, "%s%s", titles->len > 0 ? ", " : "", title);
    }
  g_assert_cmpint (plt_readback_matches (fields), ==, titles->len == 0);
  return g_string_free (g_steal_pointer (&titles), FALSE);
}

static void
check_layout (PltTestPress *test,
              const char   *layout,
              const char   *codes)
{
  g_autoptr (PltPress) press = plt_test_press_make (test, "keys=keys");
  g_autoptr (GPtrArray) holders = plt_test_press_make_holders (press, layout);
  PltStoreCardData *data = g_ptr_array_index (holders, 0);
  g_autoptr (PltStoreCardFile) recorded = make (press, data);

  for (const char *code = codes; *code != '\0'; code++)
    {
      g_autofree char *same = dup_differences (press, recorded, recorded, *code);

      g_assert_cmpstr (same, ==, "");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      char **member = G_STRUCT_MEMBER_P (data, changes[i].member);
      char *kept = *member;
      g_autofree char *value = g_strdup (changes[i].value);
      g_autoptr (PltStoreCardFile) plastic = NULL;

      g_assert_cmpstr (kept, !=, value);
      *member = value;
      plastic = make (press, data);
      *member = kept;
      for (const char *code = codes; *code != '\0'; code++)
        {
          g_autofree char *told = dup_differences (press, recorded, plastic, *code);

          g_test_message ("%s, %c: %s is told as %s", layout, *code, changes[i].title, told);
          if (strchr (changes[i].codes, *code) == NULL)
            g_assert_cmpstr (told, ==, "");
          else if (*code == 'a') /* given names and categories are two elements there */
            g_assert_true (g_str_has_prefix (told, changes[i].title));
          else
            g_assert_cmpstr (told, ==, changes[i].title);
        }
    }
}

static void
test_each_field (gconstpointer codes)
{
  g_autoptr (PltTestPress) test = plt_test_press_new ();

  check_layout (test, g_str_has_suffix (codes, "a") ? "utopia-aamva" : "utopia-iso", codes);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/office/read-back/each-field-by-name", "qp", test_each_field);
  g_test_add_data_func ("/office/read-back/each-field-of-a-north-american-card", "qa", test_each_field);
  return g_test_run ();
}
