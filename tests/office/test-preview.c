/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the preview knows beyond the picture: its codes read back by an independent reader, and a card of
 * what is still being typed. */
#include "office-fixture.h"

#include "plt-card-inputs.h"
#include "plt-code-reading.h"
#include "plt-holder-answer.h"
#include "plt-preview.h"

static PltPreview *
read_preview (PltOffice  *office,
              const char *number)
{
  g_autoptr (GError) error = NULL;
  OfficeCall call = { NULL };
  PltPreview *preview;

  plt_production_preview_async (office, number, 0, NULL, office_called_cb, &call);
  preview = plt_production_preview_finish (office_call_wait (&call), &error);
  office_call_clear (&call);
  g_assert_no_error (error);
  return preview;
}

static PltPreview *
propose (PltPreview  *preview,
         const char  *field,
         const char  *value,
         GError     **error)
{
  OfficeCall call = { NULL };
  PltPreview *proposed;

  plt_preview_propose_async (preview, field, value, NULL, office_called_cb, &call);
  proposed = plt_preview_propose_finish (office_call_wait (&call), error);
  office_call_clear (&call);
  return proposed;
}

static GPtrArray *
read_codes (PltPreview *preview)
{
  g_autoptr (GError) error = NULL;
  OfficeCall call = { NULL };
  GPtrArray *readings;

  plt_preview_read_codes_async (preview, NULL, office_called_cb, &call);
  readings = plt_preview_read_codes_finish (office_call_wait (&call), &error);
  office_call_clear (&call);
  g_assert_no_error (error);
  return readings;
}

/* What a code says about @title. */
static char *
find_field (PltCodeReading *reading,
            const char     *title)
{
  GPtrArray *fields = plt_code_reading_get_fields (reading);

  for (guint i = 0; i < fields->len; i++)
    {
      g_autofree char *name = NULL;
      char *found = NULL;

      g_object_get (g_ptr_array_index (fields, i), "title", &name, "found", &found, NULL);
      if (g_str_equal (name, title))
        return found;
      g_free (found);
    }

  return NULL;
}

static const char *
get_family_name (PltPreview *preview)
{
  return plt_card_inputs_get_value (plt_preview_get_inputs (preview), "family_name");
}

static void
test_codes (void)
{
  office_fixture_new ();
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  g_autofree char *number = office_draft (anna, OFFICE_CITIZEN, PLT_APPLICATION_TYPE_RENEWAL);
  g_autoptr (PltPreview) preview = read_preview (anna, number);

  g_autoptr (GPtrArray) readings = read_codes (preview);

  g_assert_null (plt_preview_get_png (preview, FALSE));
  g_assert_cmpuint (readings->len, ==, 3);
  for (guint i = 1; i < readings->len; i++)
    {
      PltCodeReading *reading = g_ptr_array_index (readings, i);
      g_autofree char *name = find_field (reading, "Family name");

      g_assert_true (plt_code_reading_agrees (reading));
      g_assert_cmpuint (plt_code_reading_get_page (reading), ==, 1);
      g_assert_cmpstr (name, ==, get_family_name (preview));
      g_assert_cmpuint (plt_code_reading_get_fields (reading)->len, >=, 8);
    }
  office_fixture_end ();
}

/* The PDF417 of a North American card has no signature; it says what its own rules make of the record. */
static void
test_aamva (void)
{
  office_fixture_new ();
  office_use_layout ("utopia-aamva");
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  g_autofree char *number = office_draft (anna, OFFICE_CITIZEN, PLT_APPLICATION_TYPE_RENEWAL);
  g_autoptr (PltPreview) preview = read_preview (anna, number);
  g_autoptr (GPtrArray) readings = read_codes (preview);
  g_autofree char *name = g_ascii_strup (get_family_name (preview), -1);

  g_assert_cmpstr (plt_preview_get_layout_id (preview), ==, "utopia-aamva");
  g_assert_cmpuint (readings->len, ==, 2);
  for (guint i = 0; i < readings->len; i++)
    g_assert_true (plt_code_reading_agrees (g_ptr_array_index (readings, i)));
  g_autofree char *in_code = find_field (g_ptr_array_index (readings, 1), "Family name");
  g_assert_cmpstr (in_code, ==, name);
  g_assert_cmpuint (plt_code_reading_get_fields (g_ptr_array_index (readings, 1))->len, ==, 13);
  office_fixture_end ();
}

/* Field by field, as the record has them, with the check digits of what was read. */
static void
test_mrz (void)
{
  office_fixture_new ();
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  g_autofree char *number = office_draft (anna, OFFICE_CITIZEN, PLT_APPLICATION_TYPE_RENEWAL);
  g_autoptr (PltPreview) preview = read_preview (anna, number);
  g_autoptr (GPtrArray) readings = read_codes (preview);
  PltCodeReading *mrz = g_ptr_array_index (readings, 0);
  g_autofree char *licence = find_field (mrz, "Licence number");
  g_autofree char *state = find_field (mrz, "Document and state");
  g_autofree char *digit = find_field (mrz, "Check digit");

  g_assert_cmpstr (plt_code_reading_get_title (mrz), ==, "Machine-readable zone");
  g_assert_cmpuint (plt_code_reading_get_page (mrz), ==, 0);
  g_assert_true (plt_code_reading_agrees (mrz));
  g_assert_cmpstr (licence, ==, plt_card_inputs_get_value (plt_preview_get_inputs (preview), "licence_number"));
  g_assert_cmpstr (state, ==, "D1UTO");
  g_assert_cmpint (*digit, ==, plt_preview_get_mrz (preview)[29]);
  office_fixture_end ();
}

/* What is typed stands on the card and in its codes at once, and nowhere else. */
static void
test_proposal (void)
{
  g_autoptr (GError) error = NULL;

  office_fixture_new ();
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  g_autofree char *number = office_draft (anna, OFFICE_CITIZEN, PLT_APPLICATION_TYPE_RENEWAL);
  g_autoptr (PltPreview) preview = read_preview (anna, number);
  g_autofree char *before = g_strdup (get_family_name (preview));

  g_autoptr (PltPreview) typed = propose (preview, "family_name", "Zwölfboth", &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) readings = read_codes (typed);
  g_autoptr (PltPreview) again = read_preview (anna, number);

  g_assert_cmpstr (get_family_name (typed), ==, "Zwölfboth");
  g_assert_cmpstr (get_family_name (preview), ==, before);
  g_assert_cmpstr (get_family_name (again), ==, before);
  g_assert_true (plt_code_reading_agrees (g_ptr_array_index (readings, 0)));
  g_assert_true (plt_code_reading_agrees (g_ptr_array_index (readings, 1)));
  g_autofree char *in_code = find_field (g_ptr_array_index (readings, 1), "Family name");
  g_assert_cmpstr (in_code, ==, "Zwölfboth");
  office_fixture_end ();
}

/* A value that cannot stand on a card is refused in words while it is typed. */
static void
test_refused_proposal (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) no_date = NULL;

  office_fixture_new ();
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  g_autofree char *number = office_draft (anna, OFFICE_CITIZEN, PLT_APPLICATION_TYPE_RENEWAL);
  g_autoptr (PltPreview) preview = read_preview (anna, number);

  g_assert_null (propose (preview, "family_name", "Зоря", &error));
  g_assert_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, number));
  g_assert_null (propose (preview, "birth_date", "1990-0", &no_date));
  g_assert_error (no_date, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID);
  office_fixture_end ();
}

static void
answer (PltPreview       *shown,
        PltHolderVerdict  verdict,
        GError          **error)
{
  static const char * const changes[] = { "Address", "New: “Mill Road 3”.", NULL };
  OfficeCall call = { NULL };
  gboolean noted;

  plt_holder_answer_note_async (shown, verdict, PLT_HOLDER_AT_SCREEN, changes, NULL, NULL, office_called_cb,
                                &call);
  noted = plt_holder_answer_note_finish (shown, office_call_wait (&call), error);
  g_assert_true (noted == (*error == NULL));
  office_call_clear (&call);
}

static PltHolderAnswer *
read_answer (PltOffice  *office,
             const char *number)
{
  g_autoptr (GError) error = NULL;
  OfficeCall call = { NULL };
  PltHolderAnswer *answer;

  plt_holder_answer_read_async (office, number, NULL, office_called_cb, &call);
  answer = plt_holder_answer_read_finish (office, office_call_wait (&call), &error);
  office_call_clear (&call);
  g_assert_no_error (error);
  return answer;
}

/* The database writes what a card says as the program does, before the approval and after it, or it would
 * take no answer. */
static void
test_answer (void)
{
  g_autoptr (GError) error = NULL;

  office_fixture_new ();
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  g_autofree char *number = office_draft (anna, OFFICE_CITIZEN, PLT_APPLICATION_TYPE_RENEWAL);
  g_autoptr (PltPreview) preview = read_preview (anna, number);
  g_autoptr (PltHolderAnswer) none = read_answer (anna, number);

  g_assert_false (none->is_given);
  g_assert_false (none->required);
  answer (preview, PLT_HOLDER_OBJECTED, &error);
  g_assert_no_error (error);
  answer (preview, PLT_HOLDER_CONFIRMED, &error);
  g_assert_no_error (error);
  g_autoptr (PltHolderAnswer) given = read_answer (anna, number);
  g_autofree char *text = plt_holder_answer_dup_text (given);

  g_assert_true (given->is_given && given->holds);
  g_assert_cmpint (given->verdict, ==, PLT_HOLDER_CONFIRMED);
  g_assert_cmpint (given->place, ==, PLT_HOLDER_AT_SCREEN);
  g_assert_cmpstr (given->who, ==, "Anna");
  g_assert_nonnull (strstr (text, "Confirmed by the holder"));

  /* Another card than the one that was shown. */
  g_free (plt_test_cluster_query (office_cluster (), office_database (),
                                  "UPDATE platen.application_image SET sha256 = repeat ('a', 64)"));
  g_autoptr (PltHolderAnswer) over = read_answer (anna, number);
  g_autofree char *warning = plt_holder_answer_dup_text (over);

  g_assert_false (over->holds);
  g_assert_nonnull (strstr (warning, "has changed since"));
  answer (preview, PLT_HOLDER_OBJECTED, &error);
  g_assert_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_CONFLICT);
  office_fixture_end ();
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/preview/codes-are-read-back", test_codes);
  g_test_add_func ("/office/preview/aamva-code-is-read-back", test_aamva);
  g_test_add_func ("/office/preview/the-machine-readable-zone-is-read-back", test_mrz);
  g_test_add_func ("/office/preview/typed-and-not-saved", test_proposal);
  g_test_add_func ("/office/preview/refuses-while-typing", test_refused_proposal);
  g_test_add_func ("/office/preview/an-answer-holds-for-what-was-shown", test_answer);
  return office_fixture_run ();
}
