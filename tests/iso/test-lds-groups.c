/* SPDX-License-Identifier: GPL-3.0-or-later */
/* EF.COM and the data groups beside DG1 against their vectors, DG1 of the European Union's form, and
 * the set of all files. */
#include "plt-lds-face.h"
#include "plt-lds-files.h"

#include "iso-vectors.h"
#include "plt-mrz.h"
#include "plt-test-keys.h"

#include <string.h>

#define VECTORS "iso18013-standard.json"

static void
assert_vector (GBytes     *built,
               const char *id)
{
  g_autoptr (JsonObject) vectors = iso_vectors_load (VECTORS);
  g_autofree char *hex = plt_test_bytes_to_hex (built);

  g_assert_cmpstr (hex, ==, json_object_get_string_member (iso_vectors_find (vectors, id), "hex"));
}

/* The smallest thing that begins as a JPEG; the vectors' stand-in. */
static GBytes *
tiny_jpeg (void)
{
  static const guint8 bytes[] = { 0xFF, 0xD8, 0xFF, 0xD9 };

  return g_bytes_new_static (bytes, sizeof bytes);
}

/* With a frame head of 413 by 531 behind a comment. */
static GBytes *
sized_jpeg (void)
{
  static const guint8 bytes[] = {
    0xFF, 0xD8, 0xFF, 0xFE, 0x00, 0x04, 'o', 'k', 0xFF, 0xC0, 0x00, 0x0B, 0x08, 0x02, 0x13, 0x01,
    0x9D, 0x01, 0x01, 0x11, 0x00, 0xFF, 0xD9,
  };

  return g_bytes_new_static (bytes, sizeof bytes);
}

static PltLicenceData *
eu_licence (JsonObject *expect)
{
  PltLicenceData *data = plt_licence_data_new ();
  JsonArray *categories = json_object_get_array_member (expect, "categories");
  const struct
  {
    const char *member;
    char      **place;
  } strings[] = {
    { "type_approval", &data->type_approval }, { "issuing_state", &data->issuing_country },
    { "surname", &data->family_name }, { "other_names", &data->given_names },
    { "birth_place", &data->birth_place }, { "nationality", &data->nationality },
    { "gender", &data->sex }, { "issuing_authority", &data->authority },
    { "document_number", &data->licence_number },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    *strings[i].place =
      g_strdup (json_object_get_string_member_with_default (expect, strings[i].member, ""));
  data->birth_date = iso_date (json_object_get_string_member (expect, "birth_date"));
  data->issue_date = iso_date (json_object_get_string_member (expect, "issue_date"));
  data->expiry_date = iso_date (json_object_get_string_member (expect, "expiry_date"));
  for (guint i = 0; i < json_array_get_length (categories); i++)
    {
      JsonObject *object = json_array_get_object_element (categories, i);
      PltCategory category;

      g_assert_true (plt_category_from_code (json_object_get_string_member (object, "code"),
                                             &category));
      g_ptr_array_add (data->categories, plt_category_entry_new (
        category, iso_date (json_object_get_string_member (object, "issue")),
        iso_date (json_object_get_string_member (object, "expiry")),
        json_object_get_string_member_with_default (object, "restriction", "")));
    }

  return data;
}

static void
test_dg1_eu_vector (gconstpointer id)
{
  g_autoptr (JsonObject) vectors = iso_vectors_load (VECTORS);
  JsonObject *expect = json_object_get_object_member (iso_vectors_find (vectors, id), "expect");
  g_autoptr (PltLicenceData) data = eu_licence (expect);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) built = plt_lds_build_dg1_eu (data, &error);
  g_autoptr (PltLicenceData) read = NULL;
  g_autofree char *of_data = plt_categories_to_text (data->categories);
  g_autofree char *of_read = NULL;

  g_assert_no_error (error);
  assert_vector (built, id);
  read = plt_lds_read_dg1 (built, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (read->type_approval, ==, data->type_approval);
  g_assert_cmpstr (read->family_name, ==, data->family_name);
  g_assert_cmpstr (read->birth_place, ==, data->birth_place);
  g_assert_cmpstr (read->nationality, ==, data->nationality);
  g_assert_cmpstr (read->sex, ==, data->sex);
  g_assert_cmpstr (read->licence_number, ==, data->licence_number);
  g_assert_cmpint (plt_date_compare (read->birth_date, data->birth_date), ==, 0);
  g_assert_cmpint (plt_date_compare (read->expiry_date, data->expiry_date), ==, 0);
  of_read = plt_categories_to_text (read->categories);
  g_assert_cmpstr (of_read, ==, of_data);
}

/* Published beside the vector: letters of ISO 8859-1 in the same places. */
static void
test_dg1_eu_diacritics (void)
{
  g_autoptr (GBytes) dg1 = plt_test_bytes_from_hex (
    "61818f5f010d65342d444c3030203030303031" "5f02555f03034e4c445f040642e2737369e95f050644616e69eb6c"
    "5f0604171219965f07064de97070656c5f0a04120720175f0b04120720275f0c0f47656d65656e7465204d657070e8"
    "6c5f0e0a313233343536373839307f6324020102870f414d3b140720173b140720273b3b3b870e423b140720173b14"
    "0720273b3b3b");
  g_autoptr (GError) error = NULL;
  g_autoptr (PltLicenceData) read = plt_lds_read_dg1 (dg1, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (read->family_name, ==, "Bâssié");
  g_assert_cmpstr (read->given_names, ==, "Daniël");
  g_assert_cmpstr (read->birth_place, ==, "Méppel");
  g_assert_cmpstr (read->authority, ==, "Gemeente Meppèl");
}

static void
test_dg1_eu_refusals (void)
{
  const struct
  {
    gsize       offset;
    const char *value;
    const char *field;
  } cases[] = {
    { G_STRUCT_OFFSET (PltLicenceData, type_approval), "", "type-approval number" },
    { G_STRUCT_OFFSET (PltLicenceData, birth_place), "", "place of birth" },
    { G_STRUCT_OFFSET (PltLicenceData, authority), "", "issuing authority" },
    { G_STRUCT_OFFSET (PltLicenceData, licence_number), "U-1", "U-1" },
    { G_STRUCT_OFFSET (PltLicenceData, nationality), "de", "de" },
    { G_STRUCT_OFFSET (PltLicenceData, family_name), "สม", "family name" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PltLicenceData) data = iso_example_licence ();
      char **field = G_STRUCT_MEMBER_P (data, cases[i].offset);
      g_autoptr (GError) error = NULL;

      data->type_approval = g_strdup ("e99-DL00 00000");
      g_free (*field);
      *field = g_strdup (cases[i].value);
      g_assert_null (plt_lds_build_dg1_eu (data, &error));
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, cases[i].field));
    }
}

static void
test_com (void)
{
  static const guint8 published[] = { 0x61, 0x6B, 0x6C, 0x65, 0x67 };
  g_autoptr (GBytes) vector = iso_vector_bytes ("com-published", "hex");
  g_autoptr (GBytes) guarded = plt_test_bytes_from_hex ("60105f010201005c026167860531038101" "aa");
  g_autoptr (GBytes) twice = plt_test_bytes_from_hex ("60095f010201005c026161");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) tags = plt_lds_read_com (vector, &error);
  g_autoptr (GBytes) behind = NULL;

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (tags, NULL), g_bytes_get_size (tags), published,
                   sizeof published);
  behind = plt_lds_read_com (guarded, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (behind), ==, 2);
  g_assert_null (plt_lds_read_com (twice, &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID);
}

static void
test_dg4_vector (void)
{
  g_autoptr (PltLicenceData) data = iso_example_licence ();
  g_autoptr (GDateTime) time = g_date_time_new_utc (2024, 3, 15, 12, 0, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) dg4 = NULL;
  g_autoptr (GBytes) image = NULL;
  gint64 taken_at;

  data->portrait = tiny_jpeg ();
  data->portrait_taken_at = g_date_time_to_unix (time);
  dg4 = plt_lds_build_dg4 (data, &error);
  g_assert_no_error (error);
  assert_vector (dg4, "uto-dg4-container");
  image = plt_lds_read_dg4 (dg4, &taken_at, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (image, data->portrait));
  g_assert_cmpint (taken_at, ==, data->portrait_taken_at);
}

/* A year of three digits or less keeps its four places. */
static void
test_dg4_early (void)
{
  g_autoptr (GBytes) early = plt_test_bytes_from_hex ("6518020101a213880700120324150020"
                                                      "8901035f4004ffd8ffd9");
  g_autoptr (PltLicenceData) data = iso_example_licence ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) again = NULL;

  data->portrait = plt_lds_read_dg4 (early, &data->portrait_taken_at, &error);
  g_assert_no_error (error);
  again = plt_lds_build_dg4 (data, &error);
  g_assert_true (g_bytes_equal (again, early));
}

/* A time that is not known is not made up; A1 for the first image is read as well. */
static void
test_dg4_without_time (void)
{
  g_autoptr (PltLicenceData) data = iso_example_licence ();
  g_autoptr (GBytes) two = plt_test_bytes_from_hex ("651b020102a10a8901035f4004ffd8ffd9a20a8901045f"
                                                    "4004ffd8ffd9");
  g_autoptr (GBytes) less = plt_test_bytes_from_hex ("650f020102a10a8901035f4004ffd8ffd9");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) dg4 = NULL;
  g_autoptr (GBytes) image = NULL;
  g_autoptr (GBytes) first = NULL;
  g_autofree char *hex = NULL;
  gint64 taken_at = -1;

  data->portrait = tiny_jpeg ();
  dg4 = plt_lds_build_dg4 (data, &error);
  g_assert_no_error (error);
  hex = plt_test_bytes_to_hex (dg4);
  g_assert_cmpstr (hex, ==, "650f020101a20a8901035f4004ffd8ffd9");
  image = plt_lds_read_dg4 (dg4, &taken_at, &error);
  g_assert_no_error (error);
  g_assert_cmpint (taken_at, ==, 0);
  first = plt_lds_read_dg4 (two, &taken_at, &error);
  g_assert_no_error (error);
  g_assert_null (plt_lds_read_dg4 (less, &taken_at, &error));
}

static void
test_dg5_vector (void)
{
  g_autoptr (PltLicenceData) data = iso_example_licence ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) dg5 = NULL;
  g_autoptr (GBytes) image = NULL;

  data->signature = tiny_jpeg ();
  dg5 = plt_lds_build_dg5 (data, &error);
  g_assert_no_error (error);
  assert_vector (dg5, "uto-dg5-container");
  image = plt_lds_read_dg5 (dg5, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (image, data->signature));
}

static void
test_face_vector (void)
{
  g_autoptr (JsonObject) vectors = iso_vectors_load ("photo.json");
  JsonObject *vector = json_object_get_object_member (vectors, "fac_record");
  const char *expected = json_object_get_string_member (vector, "hex");
  g_autoptr (GBytes) record = plt_test_bytes_from_hex (expected);
  g_autoptr (GBytes) image = tiny_jpeg ();
  const PltLdsFace face = { .face_type = 1, .width = 413, .height = 531, .colour_space = 1,
                            .source_type = 2, .image = image };
  g_autoptr (GBytes) built = plt_lds_face_build (&face);
  g_autofree char *hex = plt_test_bytes_to_hex (built);
  g_autoptr (PltLdsFace) read = plt_lds_face_read (record);
  g_autoptr (GBytes) shorter = g_bytes_new_from_bytes (record, 0, g_bytes_get_size (record) - 1);

  g_assert_cmpstr (hex, ==, expected);
  g_assert_nonnull (read);
  g_assert_cmpuint (read->width, ==, 413);
  g_assert_cmpuint (read->height, ==, 531);
  g_assert_cmpuint (read->face_type, ==, 1);
  g_assert_true (g_bytes_equal (read->image, image));
  g_assert_null (plt_lds_face_read (shorter));
}

/* The templates around the record are those of the published European sample. */
static void
test_dg6 (void)
{
  g_autoptr (PltLicenceData) data = iso_example_licence ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) dg6 = NULL;
  g_autoptr (GBytes) image = NULL;
  g_autofree char *hex = NULL;
  int width;
  int height;

  data->portrait = sized_jpeg ();
  dg6 = plt_lds_build_dg6 (data, &error);
  g_assert_no_error (error);
  hex = plt_test_bytes_to_hex (dg6);
  g_assert_true (g_str_has_prefix (hex, "75627f615f0201017f6059a10f800201018101028702010188020008"
                                        "5f2e4546414300303130000000004500010000003700000000000000"));
  image = plt_lds_read_dg6 (dg6, &width, &height, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (image, data->portrait));
  g_assert_cmpint (width, ==, 413);
  g_assert_cmpint (height, ==, 531);

  g_bytes_unref (data->portrait);
  data->portrait = tiny_jpeg ();
  g_assert_null (plt_lds_build_dg6 (data, &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID);
}

static void
test_dg11 (void)
{
  g_autoptr (PltLicenceData) data = iso_example_licence ();
  g_autoptr (PltLicenceData) into = plt_licence_data_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) dg11 = NULL;
  g_autoptr (GBytes) old = NULL;
  g_autofree char *hex = NULL;
  guint8 *bytes;

  g_free (data->administrative_number);
  data->administrative_number = g_strdup ("Ä-77");
  dg11 = plt_lds_build_dg11 (data, &error);
  g_assert_no_error (error);
  hex = plt_test_bytes_to_hex (dg11);
  g_assert_cmpstr (hex, ==, "6d115308535045434" "94d454e5f0d04c42d3737");
  g_assert_true (plt_lds_read_dg11 (dg11, into, &error));
  g_assert_cmpstr (into->administrative_number, ==, "Ä-77");
  g_assert_true (into->specimen);

  bytes = g_memdup2 (g_bytes_get_data (dg11, NULL), g_bytes_get_size (dg11));
  bytes[0] = 0x62;
  old = g_bytes_new_take (bytes, g_bytes_get_size (dg11));
  g_assert_true (plt_lds_read_dg11 (old, into, &error));

  data->specimen = FALSE;
  *data->administrative_number = '\0';
  g_assert_false (plt_lds_has_dg11 (data));
  g_assert_null (plt_lds_build_dg11 (data, &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID);
}

static void
test_dg12 (void)
{
  static const char line[] = "D1NLD11234567890AG5R98GT5IN2L4";
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) dg12 = plt_lds_build_dg12 (line, &error);
  g_autoptr (GBytes) turned =
    plt_test_bytes_from_hex ("7124810141821f0044314e4c4431313233343536373839304147355239384754354"
                             "94e324c34");
  g_autofree char *hex = plt_test_bytes_to_hex (dg12);
  g_autofree char *read = plt_lds_read_dg12 (dg12, &error);
  g_autofree char *other_order = plt_lds_read_dg12 (turned, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (hex, ==, "7124821f0044314e4c443131323334353637383930414735523938475435494e324c"
                            "34810141");
  g_assert_cmpstr (read, ==, line);
  g_assert_cmpstr (other_order, ==, line);
  g_assert_null (plt_lds_build_dg12 ("D1NLD11234567890AG5R98GT5IN2L5", &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID);
}

static void
test_pictures_refused (void)
{
  g_autoptr (PltLicenceData) data = iso_example_licence ();
  g_autofree guint8 *much = g_malloc0 (70000);
  g_autoptr (GError) none = NULL;
  g_autoptr (GError) png = NULL;
  g_autoptr (GError) large = NULL;

  g_assert_null (plt_lds_build_dg4 (data, &none));
  g_assert_error (none, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID);
  g_assert_nonnull (strstr (none->message, "portrait"));

  data->signature = g_bytes_new_static ("\x89PNG\r\n", 6);
  g_assert_null (plt_lds_build_dg5 (data, &png));
  g_assert_error (png, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID);

  memcpy (much, "\xFF\xD8\xFF", 3);
  data->portrait = g_bytes_new (much, 70000);
  g_assert_null (plt_lds_build_dg4 (data, &large));
  g_assert_error (large, PLT_ISO_ERROR, PLT_ISO_ERROR_TOO_LONG);
}

static void
test_unconfirmed (void)
{
  static const guint numbers[] = { 2, 3, 7, 8, 9, 10, 13, 14, 15 };
  g_autoptr (PltLicenceData) data = iso_example_licence ();
  const PltLdsProfile profile = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *name = g_strdup_printf ("Data group %u ", numbers[i]);

      g_assert_null (plt_lds_build_group (numbers[i], data, &profile, &error));
      g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_UNCONFIRMED);
      g_assert_true (g_str_has_prefix (error->message, name));
    }
}

/* Annex C of ISO/IEC 18013-2, not the table of passports. */
static void
test_kinds (void)
{
  static const struct { guint number; guint8 tag; } table[] = {
    { 1, 0x61 }, { 2, 0x6B }, { 3, 0x6C }, { 4, 0x65 }, { 5, 0x67 }, { 6, 0x75 }, { 7, 0x63 },
    { 8, 0x76 }, { 9, 0x70 }, { 11, 0x6D }, { 12, 0x71 }, { 13, 0x6F }, { 14, 0x6E },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const PltLdsFileKind *kind = plt_lds_file_kind (table[i].number);

      g_assert_cmphex (kind->tag, ==, table[i].tag);
      g_assert_cmpuint (kind->identifier, ==, table[i].number);
      g_assert_cmpuint (kind->short_identifier, ==, table[i].number);
      g_assert_true (plt_lds_file_kind_of_tag (table[i].tag) == kind);
    }
  g_assert_cmphex (plt_lds_file_kind (PLT_LDS_COM)->identifier, ==, 0x1E);
  g_assert_cmphex (plt_lds_file_kind (PLT_LDS_SOD)->identifier, ==, 0x1D);
  g_assert_cmpuint (plt_lds_file_kind_of_tag (0x62)->number, ==, 11);
  g_assert_null (plt_lds_file_kind (10));
}

static void
test_files (void)
{
  g_autoptr (PltLicenceData) data = iso_example_licence ();
  g_autofree char *folder = plt_test_keys_new ();
  g_autoptr (PltIssuerKey) key = plt_test_keys_load (folder, "UTO0001");
  g_autoptr (GError) error = NULL;
  g_autofree char *mrz = plt_mrz_build_fr (data, &error);
  const PltLdsProfile profile = { .mrz = mrz };
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GPtrArray) again = NULL;
  PltLdsGroup groups[16];
  guint n_groups = 0;

  data->portrait = sized_jpeg ();
  data->signature = tiny_jpeg ();
  files = plt_lds_build_files (data, &profile, key, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, 8);
  g_autofree char *com = plt_test_bytes_to_hex (plt_lds_find_file (files, PLT_LDS_COM));
  g_assert_cmpstr (com, ==, "600d5f010201005c066165" "67756d71");
  for (guint i = 0; i < files->len; i++)
    {
      PltLdsFile *file = files->pdata[i];

      if (file->kind->number != PLT_LDS_COM && file->kind->number != PLT_LDS_SOD)
        groups[n_groups++] = (PltLdsGroup) { (guint8) file->kind->number, file->bytes };
    }
  g_assert_true (plt_lds_verify_sod (plt_lds_find_file (files, PLT_LDS_SOD), groups, n_groups, key,
                                     &error));
  g_assert_false (plt_lds_verify_sod (plt_lds_find_file (files, PLT_LDS_SOD), groups, n_groups - 1,
                                      key, NULL));
  again = plt_lds_build_files (data, &profile, key, &error);
  g_assert_true (g_bytes_equal (plt_lds_find_file (files, PLT_LDS_SOD),
                                plt_lds_find_file (again, PLT_LDS_SOD)));
  g_clear_object (&key);
  plt_test_keys_remove (g_steal_pointer (&folder));
}

/* All that is there of a licence is DG1 and its own name in EF.COM. */
static void
test_files_of_little (void)
{
  g_autoptr (PltLicenceData) data = iso_example_licence ();
  const PltLdsProfile profile = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = NULL;

  data->specimen = FALSE;
  files = plt_lds_build_files (data, &profile, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, 2);
  g_assert_nonnull (plt_lds_find_file (files, 1));
  g_assert_null (plt_lds_find_file (files, PLT_LDS_SOD));
}

static gboolean
read_any (GBytes *bytes)
{
  g_autoptr (PltLicenceData) into = plt_licence_data_new ();
  g_autoptr (PltLicenceData) licence = plt_lds_read_dg1 (bytes, NULL);
  g_autoptr (GBytes) com = plt_lds_read_com (bytes, NULL);
  g_autoptr (GBytes) dg4 = plt_lds_read_dg4 (bytes, NULL, NULL);
  g_autoptr (GBytes) dg5 = plt_lds_read_dg5 (bytes, NULL);
  g_autoptr (GBytes) dg6 = plt_lds_read_dg6 (bytes, NULL, NULL, NULL);
  g_autofree char *line = plt_lds_read_dg12 (bytes, NULL);

  return licence != NULL || com != NULL || dg4 != NULL || dg5 != NULL || dg6 != NULL ||
         line != NULL || plt_lds_read_dg11 (bytes, into, NULL);
}

/* Every cut of every group is refused; every single byte that is changed to anything is read within
 * its bounds. */
static void
test_hostile (void)
{
  g_autoptr (PltLicenceData) data = iso_example_licence ();
  const PltLdsProfile profile = { .form = PLT_LDS_FORM_EU, .mrz = "D1UTOU1234567<3340314SPECIMEN9" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = NULL;

  data->type_approval = g_strdup ("e99-DL00 00000");
  data->portrait = sized_jpeg ();
  data->signature = tiny_jpeg ();
  files = plt_lds_build_files (data, &profile, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < files->len; i++)
    {
      GBytes *whole = ((PltLdsFile *) files->pdata[i])->bytes;
      gsize length;
      const guint8 *bytes = g_bytes_get_data (whole, &length);

      g_assert_true (read_any (whole));
      for (gsize cut = 0; cut < length; cut++)
        {
          g_autoptr (GBytes) part = g_bytes_new (bytes, cut);

          g_assert_false (read_any (part));
        }
      for (gsize at = 0; at < length * 256; at++)
        {
          guint8 *changed = g_memdup2 (bytes, length);
          g_autoptr (GBytes) message = g_bytes_new_take (changed, length);

          changed[at / 256] = (guint8) at;
          read_any (message);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/iso/lds/dg1-eu/published", "eu-dg1-published", test_dg1_eu_vector);
  g_test_add_data_func ("/iso/lds/dg1-eu/utopia", "uto-dg1-eu", test_dg1_eu_vector);
  g_test_add_func ("/iso/lds/dg1-eu/letters-with-marks", test_dg1_eu_diacritics);
  g_test_add_func ("/iso/lds/dg1-eu/refusals", test_dg1_eu_refusals);
  g_test_add_func ("/iso/lds/com", test_com);
  g_test_add_func ("/iso/lds/dg4/vector", test_dg4_vector);
  g_test_add_func ("/iso/lds/dg4/early", test_dg4_early);
  g_test_add_func ("/iso/lds/dg4/without-time", test_dg4_without_time);
  g_test_add_func ("/iso/lds/dg5/vector", test_dg5_vector);
  g_test_add_func ("/iso/lds/dg6/face-vector", test_face_vector);
  g_test_add_func ("/iso/lds/dg6/templates", test_dg6);
  g_test_add_func ("/iso/lds/dg11", test_dg11);
  g_test_add_func ("/iso/lds/dg12", test_dg12);
  g_test_add_func ("/iso/lds/pictures-refused", test_pictures_refused);
  g_test_add_func ("/iso/lds/unconfirmed-refused-by-name", test_unconfirmed);
  g_test_add_func ("/iso/lds/kinds", test_kinds);
  g_test_add_func ("/iso/lds/files", test_files);
  g_test_add_func ("/iso/lds/files-of-little", test_files_of_little);
  g_test_add_func ("/iso/lds/hostile", test_hostile);

  return g_test_run ();
}
