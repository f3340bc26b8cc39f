/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The AAMVA barcode against its vectors, and by each fault alone. */
#include "plt-aamva.h"

#include "iso-vectors.h"

#include <string.h>

static GBytes *
from_hex (const char *hex)
{
  GByteArray *bytes = g_byte_array_new ();

  for (const char *at = hex; *at != '\0'; at += 2)
    {
      guint8 byte = (guint8) (g_ascii_xdigit_value (at[0]) << 4 | g_ascii_xdigit_value (at[1]));

      g_byte_array_append (bytes, &byte, 1);
    }

  return g_byte_array_free_to_bytes (bytes);
}

static GBytes *
get_payload (JsonObject *vector)
{
  return from_hex (json_object_get_string_member (vector, "payload_hex"));
}

static JsonObject *
get_vector (JsonObject *vectors,
            guint       index)
{
  return json_array_get_object_element (json_object_get_array_member (vectors, "accept"), index);
}

static void
assert_header (PltAamvaFile *file,
               JsonObject   *expect)
{
  JsonArray *directory = json_object_get_array_member (expect, "directory");

  g_assert_cmpstr (file->issuer, ==, json_object_get_string_member (expect, "iin"));
  g_assert_cmpint (file->version, ==, json_object_get_int_member (expect, "aamva_version"));
  g_assert_cmpint (file->jurisdiction_version, ==,
                   json_object_get_int_member (expect, "jurisdiction_version"));
  g_assert_cmpint (file->subfiles->len, ==, json_object_get_int_member (expect, "entries"));
  for (guint i = 0; i < file->subfiles->len; i++)
    {
      PltAamvaSubfile *subfile = g_ptr_array_index (file->subfiles, i);
      JsonObject *entry = json_array_get_object_element (directory, i);

      g_assert_cmpstr (subfile->type, ==, json_object_get_string_member (entry, "type"));
    }
}

/* The same elements in the same order, byte for byte: what is read is written as it was. */
static void
test_vectors_both_ways (void)
{
  g_autoptr (JsonObject) vectors = iso_vectors_load ("aamva.json");

  for (guint i = 0; i < 2; i++)
    {
      JsonObject *vector = get_vector (vectors, i);
      g_autoptr (GBytes) payload = get_payload (vector);
      g_autoptr (GError) error = NULL;
      g_autoptr (PltAamvaFile) file = plt_aamva_file_read (payload, &error);
      g_autoptr (GBytes) again = NULL;

      g_assert_no_error (error);
      assert_header (file, json_object_get_object_member (vector, "expect"));
      g_assert_true (plt_aamva_file_check (file, &error));
      g_assert_no_error (error);
      again = plt_aamva_file_write (file, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (g_bytes_get_data (again, NULL), g_bytes_get_size (again),
                       g_bytes_get_data (payload, NULL), g_bytes_get_size (payload));
    }
}

/* Made of the vector's values alone, in the order of its spans. */
static void
test_vector_from_elements (void)
{
  g_autoptr (JsonObject) vectors = iso_vectors_load ("aamva.json");
  JsonObject *vector = get_vector (vectors, 0);
  JsonArray *spans
    = json_object_get_array_member (vector, "element_spans_[subfile,id,offset,bytes_with_id,value]");
  g_autoptr (PltAamvaFile) file = plt_aamva_file_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) payload = NULL;
  g_autofree char *hash = NULL;
  const char *bytes;

  file->jurisdiction_version = 1;
  for (guint i = 0; i < json_array_get_length (spans); i++)
    {
      JsonArray *span = json_array_get_array_element (spans, i);

      plt_aamva_file_add (file, json_array_get_string_element (span, 0),
                          json_array_get_string_element (span, 1),
                          json_array_get_string_element (span, 4));
    }
  payload = plt_aamva_file_write (file, &error);
  g_assert_no_error (error);
  hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, payload);
  g_assert_cmpstr (hash, ==, json_object_get_string_member (vector, "sha256"));
  bytes = g_bytes_get_data (payload, NULL);
  for (guint i = 0; i < json_array_get_length (spans); i++)
    {
      JsonArray *span = json_array_get_array_element (spans, i);
      const char *id = json_array_get_string_element (span, 1);

      g_assert_cmpint (memcmp (bytes + json_array_get_int_element (span, 2), id, 3), ==, 0);
    }
}

static void
test_vector_licence (void)
{
  g_autoptr (JsonObject) vectors = iso_vectors_load ("aamva.json");
  g_autoptr (GBytes) payload = get_payload (get_vector (vectors, 0));
  g_autoptr (GBytes) foreign = get_payload (get_vector (vectors, 1));
  g_autoptr (GError) error = NULL;
  g_autoptr (PltAamvaLicence) licence = plt_aamva_read (payload, &error);
  g_autoptr (PltAamvaLicence) other = plt_aamva_read (foreign, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (licence->family_name, ==, "SPECIMEN");
  g_assert_cmpstr (licence->first_name, ==, "ANNA");
  g_assert_cmpstr (licence->middle_names, ==, "MARIA,EVA");
  g_assert_cmpint (plt_date_compare (licence->birth_date, iso_date ("1974-08-12")), ==, 0);
  g_assert_cmpint (plt_date_compare (licence->expiry_date, iso_date ("2034-03-14")), ==, 0);
  g_assert_cmpstr (licence->sex, ==, "F");
  g_assert_cmpstr (licence->categories, ==, "B");
  g_assert_cmpstr (licence->restrictions, ==, "01,95");
  g_assert_true (licence->specimen);
  g_assert_cmpstr (other->family_name, ==, "SAMPLE");
  g_assert_cmpint (plt_date_compare (other->issue_date, iso_date ("2019-06-06")), ==, 0);
  g_assert_false (other->specimen);
}

static void
test_every_fault_is_refused (void)
{
  g_autoptr (JsonObject) vectors = iso_vectors_load ("aamva.json");
  JsonArray *faults = json_object_get_array_member (vectors, "strict_reject");

  g_assert_cmpint (json_array_get_length (faults), ==, 10);
  for (guint i = 0; i < json_array_get_length (faults); i++)
    {
      JsonObject *vector = json_array_get_object_element (faults, i);
      g_autoptr (GBytes) payload = get_payload (vector);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", json_object_get_string_member (vector, "fault"));
      g_assert_null (plt_aamva_file_read (payload, &error));
      g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID);
      g_test_message ("%s", error->message);
    }
}

/* No byte of header, directory, type or terminator can change without being noticed, and no length. */
static void
test_frame_is_exact (void)
{
  g_autoptr (JsonObject) vectors = iso_vectors_load ("aamva.json");
  g_autoptr (GBytes) payload = get_payload (get_vector (vectors, 0));
  gsize size = g_bytes_get_size (payload);

  for (gsize length = 0; length <= size + 1; length++)
    {
      g_autofree guint8 *cut = g_malloc0 (size + 1);
      g_autoptr (GBytes) bytes = NULL;

      memcpy (cut, g_bytes_get_data (payload, NULL), size);
      bytes = g_bytes_new (cut, length);
      if (length != size)
        g_assert_null (plt_aamva_file_read (bytes, NULL));
    }
  for (gsize i = 0; i < 43; i++)
    {
      g_autofree guint8 *bent = g_memdup2 (g_bytes_get_data (payload, NULL), size);
      g_autoptr (GBytes) bytes = NULL;
      gboolean is_free = (i >= 9 && i < 15) || i == 17 || i == 18; /* issuer and its revision */

      bent[i] ^= 0x40;
      bytes = g_bytes_new (bent, size);
      g_assert_null (plt_aamva_file_read (bytes, NULL));
      bent[i] ^= 0x41; /* another digit */
      g_clear_pointer (&bytes, g_bytes_unref);
      bytes = g_bytes_new (bent, size);
      if (!is_free)
        g_assert_null (plt_aamva_file_read (bytes, NULL));
    }
}

/* What scanners in keyboard mode and issuers are known to do to a file, one at a time. */
static void
test_typed (void)
{
  static const struct { const char *from, *to; } damages[] = {
    { "\n", "\r" },       /* a line feed is typed as Enter */
    { "\n", "\r\n" },     /* or as both */
    { "\r", "\n" }, { "\r", "\n\r" }, /* a line feed before the end */
    { "\x1e", "" },       /* nothing is typed for RS */
    { "\x1e", "\t" }, { "ANSI ", "ANSI" }, { "@\n", "@" },
    { "0041", "0000" }, { "0251", "XXXX" }, { "0034", "0035" }, { "GRN", "grn" },
    { "168 cm", "168 CM" },
  };
  g_autoptr (JsonObject) vectors = iso_vectors_load ("aamva.json");
  g_autoptr (GBytes) payload = get_payload (get_vector (vectors, 0));
  g_autofree char *text = g_strndup (g_bytes_get_data (payload, NULL), g_bytes_get_size (payload));
  g_autoptr (GError) error = NULL;
  g_autoptr (PltAamvaFile) whole = plt_aamva_file_read (payload, &error);

  g_assert_no_error (error);
  g_assert_true (plt_aamva_is_typed (text));
  for (gsize i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_auto (GStrv) parts = g_strsplit (text, damages[i].from, -1);
      g_autofree char *typed = g_strjoinv (damages[i].to, parts);
      g_autoptr (PltAamvaFile) file = plt_aamva_file_read_typed (typed, &error);

      g_assert_no_error (error);
      for (guint k = 0; k < whole->subfiles->len; k++)
        {
          PltAamvaSubfile *subfile = g_ptr_array_index (whole->subfiles, k);

          for (guint m = 0; m < subfile->elements->len; m++)
            {
              PltAamvaElement *element = g_ptr_array_index (subfile->elements, m);
              const char *value = plt_aamva_file_get (file, subfile->type, element->id);

              g_assert_nonnull (value);
              g_assert_cmpint (g_ascii_strcasecmp (value, element->value), ==, 0);
            }
        }
    }
}

static void
test_typed_refusals (void)
{
  static const char *const texts[] = {
    "", "@", "ANSI 9999991001", "@\n\x1e\rANSI 99999910010", "U12345678", "NCFOXNUTSMAHN",
    "@\n\x1e\rANSI 999999100201DL00310020DLDAQ1\nDAQ2\r", /* which is it? */
    "@\n\x1e\rANSI 999999100202DL00410020ZU00610010DLDAQ1\r", /* a part is missing */
    "@\n\x1e\rANSI 999999100202DL00410020DL00610010DLDAQ1\nDLDCSX\r",
    "@\n\x1e\rANSI 999999100201ZU00310020ZUZUA1\r",
    "@\n\x1e\rANSI 999999100299DL00310020DLDAQ1\r",
    "@\n\x1e\rANSI 999999100200DL00310020DLDAQ1\r",
    "@\n\x1e\rANSI 999999100201DL00310020DAQ1\r",
    "@\n\x1e\rANSI 999999100201DL00310020DLDAQ1\nXY\r",
    "@\n\x1e\rAAMVA6360000102DL00390188ZV02270031DLDAQ1\r",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (plt_aamva_file_read_typed (texts[i], &error));
      g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID);
    }
}

/* Editions whose text was not to be had are named and refused, not read by another's table. */
static void
test_versions (void)
{
  g_autoptr (JsonObject) vectors = iso_vectors_load ("aamva.json");
  g_autoptr (GBytes) payload = get_payload (get_vector (vectors, 0));
  gsize size = g_bytes_get_size (payload);

  for (int version = 0; version < 100; version++)
    {
      g_autofree char *bytes = g_memdup2 (g_bytes_get_data (payload, NULL), size);
      g_autoptr (GBytes) other = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (PltAamvaFile) file = NULL;

      bytes[15] = (char) ('0' + version / 10);
      bytes[16] = (char) ('0' + version % 10);
      other = g_bytes_new (bytes, size);
      file = plt_aamva_file_read (other, &error);
      if (version >= 2 && version <= 10)
        {
          g_assert_no_error (error);
          g_assert_true (plt_aamva_file_check (file, &error) == (version == 10));
          continue;
        }
      g_assert_null (file);
      g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_UNCONFIRMED);
      g_assert_nonnull (strstr (error->message, "version"));
    }
}

/* Each mandatory element in turn is left out, and each of a list of values put in wrongly. */
static void
test_elements (void)
{
  static const struct { const char *id, *value; } wrong[] = {
    { "DDE", "Y" }, { "DBD", "13012024" }, { "DBB", "19740812" }, { "DBA", "0314203" }, { "DBC", "3" },
    { "DBC", "F" }, { "DAY", "XXX" }, { "DAU", "168cm" }, { "DAU", "68 in" }, { "DAJ", "X1" },
    { "DAK", "10001" }, { "DCG", "UT" }, { "DCA", "ABCDEFG" }, { "DCB", "0123456789012" },
    { "DAQ", "12345678901234567890123456" }, { "DDK", "0" }, { "DDB", "00000001" },
    { "DCS", "AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDDDDDDDDDE" },
  };
  static const char *const optional[] = { "DDA", "DDB", "DDK", NULL };
  g_autoptr (JsonObject) vectors = iso_vectors_load ("aamva.json");
  g_autoptr (GBytes) payload = get_payload (get_vector (vectors, 0));
  g_autoptr (PltAamvaFile) file = plt_aamva_file_read (payload, NULL);
  PltAamvaSubfile *licence = g_ptr_array_index (file->subfiles, 0);

  for (guint i = 0; i < licence->elements->len; i++)
    {
      PltAamvaElement *element = g_ptr_array_index (licence->elements, i);
      g_autofree char *id = g_strdup (element->id);
      g_autoptr (GError) error = NULL;

      strcpy (element->id, "DZZ"); /* one that no table has */
      g_assert_true (plt_aamva_file_check (file, &error) == g_strv_contains (optional, id));
      g_assert_true (error == NULL || strstr (error->message, id) != NULL);
      strcpy (element->id, id);
      for (gsize k = 0; k < G_N_ELEMENTS (wrong); k++)
        {
          g_autoptr (GError) problem = NULL;
          char *right = element->value;

          if (!g_str_equal (wrong[k].id, id))
            continue;
          element->value = (char *) wrong[k].value;
          g_assert_false (plt_aamva_file_check (file, &problem));
          g_assert_nonnull (strstr (problem->message, id));
          element->value = right;
        }
    }
}

static void
test_example (void)
{
  g_autoptr (PltLicenceData) data = iso_example_licence ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) payload = NULL;
  g_autofree char *text = NULL;

  data->address = g_strdup ("1 Example Square,\n10001 Capital City");
  payload = plt_aamva_build (data, &error);
  g_assert_no_error (error);
  text = g_strndup (g_bytes_get_data (payload, NULL), g_bytes_get_size (payload));
  g_assert_cmpstr (text, ==,
                   "@\n\x1e\rANSI 999999100202DL00410237ZU02780014"
                   "DLDAQU12345675\nDCSMUELLER\nDDEN\nDACANA\nDDFN\nDADSOFIA\nDDGN\nDCAA1 B\n"
                   "DCB01,78\nDCDNONE\nDBD03012026\nDBB11051994\nDBA02282036\nDBC2\nDAUunavl \n"
                   "DAYUNK\nDAG1 EXAMPLE SQUARE,\nDAH10001 CAPITAL CITY\nDAIunavl\nDAJXU\n"
                   "DAKunavl      \nDCFUC-26-C000017\nDCGUTO\rZUZUASPECIMEN\r");
}

static void
test_country_decides_dates (void)
{
  g_autoptr (PltLicenceData) data = iso_example_licence ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (PltAamvaFile) file = NULL;
  g_autoptr (PltAamvaLicence) licence = NULL;

  g_free (data->issuing_country);
  data->issuing_country = g_strdup ("CAN");
  payload = plt_aamva_build (data, &error);
  g_assert_no_error (error);
  file = plt_aamva_file_read (payload, &error);
  g_assert_cmpstr (plt_aamva_file_get (file, "DL", "DBB"), ==, "19941105");
  licence = plt_aamva_read (payload, &error);
  g_assert_no_error (error);
  g_assert_cmpint (plt_date_compare (licence->birth_date, data->birth_date), ==, 0);

  g_free (data->issuing_country);
  data->issuing_country = g_strdup ("MEX");
  g_assert_null (plt_aamva_build (data, &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_UNCONFIRMED);
  g_assert_nonnull (strstr (error->message, "MEX"));
}

/* Truncated from the right with the flag; one name only; the young; lists that are too long. */
static void
test_fitting (void)
{
  g_autoptr (PltLicenceData) data = iso_example_licence ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (PltAamvaFile) file = NULL;
  g_autoptr (PltAamvaLicence) licence = NULL;

  g_free (data->family_name);
  g_free (data->given_names);
  data->family_name = g_strdup ("Wolfeschlegelsteinhausenbergerdorff-Raghunathan");
  data->given_names = g_strdup ("Aurelia Maximiliana Ferdinanda Christophora X Theodora");
  data->birth_date = iso_date ("2007-03-01");
  g_ptr_array_set_size (data->categories, 0);
  for (int i = 0; i < PLT_N_CATEGORIES; i++)
    g_ptr_array_add (data->categories,
                     plt_category_entry_new ((PltCategory) i, iso_date ("2025-06-20"),
                                             iso_date ("2036-02-28"),
                                             i % 2 ? "01.06,95(01.01.2030)" : "10.02,42,44.08,01.06"));
  payload = plt_aamva_build (data, &error);
  g_assert_no_error (error);
  file = plt_aamva_file_read (payload, &error);
  g_assert_cmpstr (plt_aamva_file_get (file, "DL", "DCS"), ==,
                   "WOLFESCHLEGELSTEINHAUSENBERGERDORFF-RAGH");
  g_assert_cmpstr (plt_aamva_file_get (file, "DL", "DDE"), ==, "T");
  g_assert_cmpstr (plt_aamva_file_get (file, "DL", "DDF"), ==, "N");
  g_assert_cmpstr (plt_aamva_file_get (file, "DL", "DAD"), ==,
                   "MAXIMILIANA,FERDINANDA,CHRISTOPHORA,X,TH");
  g_assert_cmpstr (plt_aamva_file_get (file, "DL", "DDG"), ==, "T");
  g_assert_cmpstr (plt_aamva_file_get (file, "DL", "DCA"), ==, "G7FFF");
  g_assert_cmpstr (plt_aamva_file_get (file, "DL", "DCP"), ==,
                   "AM A1 A2 A B1 B BE C1 C1E C CE D1 D1E D DE");
  g_assert_cmpstr (plt_aamva_file_get (file, "DL", "DCB"), ==, "ZUB");
  g_assert_cmpstr (plt_aamva_file_get (file, "ZU", "ZUB"), ==,
                   "10.02,42,44.08,01.06,95(01.01.2030)");
  g_assert_null (plt_aamva_file_get (file, "DL", "DDH"));
  g_assert_cmpstr (plt_aamva_file_get (file, "DL", "DDI"), ==, NULL);
  g_assert_cmpstr (plt_aamva_file_get (file, "DL", "DDJ"), ==, "03012028");
  licence = plt_aamva_licence_new_from_file (file, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (licence->restrictions, ==, "10.02,42,44.08,01.06,95(01.01.2030)");
}

/* What cannot be said is refused with the field, and nothing is cut but names. */
static void
test_refusals (void)
{
  enum { FAMILY, GIVEN, NUMBER, CARD, ADDRESS, SEX };
  static const struct { int field; const char *value, *words; int code; } cases[] = {
    { FAMILY, "Иванов", "family name", PLT_ISO_ERROR_NEEDS_LATIN },
    { FAMILY, "", "family name", PLT_ISO_ERROR_INVALID },
    { FAMILY, "None", "family name", PLT_ISO_ERROR_INVALID },
    { GIVEN, "山田", "given names", PLT_ISO_ERROR_NEEDS_LATIN },
    { GIVEN, "Unavl", "given names", PLT_ISO_ERROR_INVALID },
    { NUMBER, "12345678901234567890123456", "licence number", PLT_ISO_ERROR_TOO_LONG },
    { NUMBER, "", "licence number", PLT_ISO_ERROR_TOO_LONG },
    { CARD, "12345678901234567890123456", "document discriminator", PLT_ISO_ERROR_TOO_LONG },
    { ADDRESS, "7 شارع", "address", PLT_ISO_ERROR_NEEDS_LATIN },
    { ADDRESS, "An address of many words that goes on and on until no two lines can hold it",
      "address", PLT_ISO_ERROR_TOO_LONG },
    { SEX, "Q", "sex", PLT_ISO_ERROR_INVALID },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PltLicenceData) data = iso_example_licence ();
      char **places[] = { &data->family_name, &data->given_names, &data->licence_number,
                          &data->document_discriminator, &data->address, &data->sex };
      g_autoptr (GError) error = NULL;

      g_free (*places[cases[i].field]);
      *places[cases[i].field] = g_strdup (cases[i].value);
      g_assert_null (plt_aamva_build (data, &error));
      g_test_message ("%s", error->message);
      g_assert_error (error, PLT_ISO_ERROR, cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].words));
    }
}

/* The issuer is fictitious: nothing is made that is not a specimen. */
static void
test_only_specimens (void)
{
  g_autoptr (PltLicenceData) data = iso_example_licence ();
  g_autoptr (GError) error = NULL;

  data->specimen = FALSE;
  g_assert_null (plt_aamva_build (data, &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_UNCONFIRMED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/iso/aamva/vectors/both-ways", test_vectors_both_ways);
  g_test_add_func ("/iso/aamva/vectors/from-elements", test_vector_from_elements);
  g_test_add_func ("/iso/aamva/vectors/licence", test_vector_licence);
  g_test_add_func ("/iso/aamva/vectors/every-fault-is-refused", test_every_fault_is_refused);
  g_test_add_func ("/iso/aamva/frame-is-exact", test_frame_is_exact);
  g_test_add_func ("/iso/aamva/typed/repairs", test_typed);
  g_test_add_func ("/iso/aamva/typed/refusals", test_typed_refusals);
  g_test_add_func ("/iso/aamva/versions", test_versions);
  g_test_add_func ("/iso/aamva/elements", test_elements);
  g_test_add_func ("/iso/aamva/example", test_example);
  g_test_add_func ("/iso/aamva/country-decides-dates", test_country_decides_dates);
  g_test_add_func ("/iso/aamva/fitting", test_fitting);
  g_test_add_func ("/iso/aamva/refusals", test_refusals);
  g_test_add_func ("/iso/aamva/only-specimens", test_only_specimens);

  return g_test_run ();
}
