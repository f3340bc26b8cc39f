/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From an approved application to the card in the hand, through a real scheduler and a virtual card
 * printer; and what happens when any of them dies on the way. */
#include <signal.h>
#include <string.h>

#include "office-fixture.h"
#include "plt-production.h"
#include "plt-worklist.h"
#include "production-room.h"
#include "production-token.h"

static PltCard *
follow (PltOffice   *office,
        const char  *card_number,
        GError     **error)
{
  OfficeCall call = { NULL };

  plt_production_follow_async (office, card_number, NULL, office_called_cb, &call);
  PltCard *card = plt_production_follow_finish (office_call_wait (&call), error);
  office_call_clear (&call);
  return card;
}

/* As the print room does it: looks again and again until the card is there. */
static void
follow_until (PltOffice    *office,
              const char   *card_number,
              PltCardState  state)
{
  gint64 deadline = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND;

  for (;;)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PltCard) card = follow (office, card_number, &error);
      g_assert_no_error (error);
      if (plt_card_get_state (card) == state)
        return;
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    }
}

static PltCard *
read_back (PltOffice   *office,
           const char  *card_number,
           const char  *scan,
           const char  *serial,
           GPtrArray  **fields,
           GError     **error)
{
  OfficeCall call = { NULL };

  plt_production_read_async (office, card_number, scan, serial, NULL, office_called_cb, &call);
  PltCard *card = plt_production_read_finish (office_call_wait (&call), fields, error);
  office_call_clear (&call);
  return card;
}

static PltCard *
step (PltOffice    *office,
      const char   *card_number,
      PltCardStep   what,
      const char   *text,
      GError      **error)
{
  OfficeCall call = { NULL };

  plt_production_step_async (office, card_number, what, text, NULL, office_called_cb, &call);
  PltCard *card = plt_production_step_finish (office_call_wait (&call), error);
  office_call_clear (&call);
  return card;
}

static PltPreview *
preview (PltOffice   *office,
         const char  *number,
         GError     **error)
{
  OfficeCall call = { NULL };

  plt_production_preview_async (office, number, 300, NULL, office_called_cb, &call);
  PltPreview *drawn = plt_production_preview_finish (office_call_wait (&call), error);
  office_call_clear (&call);
  return drawn;
}

/* Big-endian width and height stand at byte 16 of a PNG (ISO/IEC 15948, 11.2.2). */
static void
assert_png_size (GBytes  *png,
                 guint32  width,
                 guint32  height)
{
  const guint8 *bytes = g_bytes_get_data (png, NULL);
  guint32 size[2];

  g_assert_cmpuint (g_bytes_get_size (png), >, 1000);
  memcpy (size, bytes + 16, sizeof size);
  g_assert_cmpuint (GUINT32_FROM_BE (size[0]), ==, width);
  g_assert_cmpuint (GUINT32_FROM_BE (size[1]), ==, height);
}

/* The next card of the same person is compared with the one that was handed over; that one with none. */
static void
assert_before (const char *number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  g_autofree char *next = office_draft (anna, OFFICE_CITIZEN, PLT_APPLICATION_TYPE_REPLACEMENT);
  g_autoptr (PltPreview) new = preview (anna, next, &error);
  g_autoptr (PltPreview) first = preview (anna, number, &error);
  g_autoptr (PltPreview) before = NULL;
  OfficeCall call = { NULL };

  g_assert_no_error (error);
  plt_preview_previous_async (new, NULL, office_called_cb, &call);
  before = plt_preview_previous_finish (office_call_wait (&call), &error);
  office_call_clear (&call);
  g_assert_no_error (error);
  g_assert_cmpstr (plt_preview_get_application (before), ==, number);

  plt_preview_previous_async (first, NULL, office_called_cb, &call);
  g_assert_null (plt_preview_previous_finish (office_call_wait (&call), &error));
  office_call_clear (&call);
  g_assert_no_error (error);
}

static void
test_main_job (void)
{
  g_autoptr (GError) error = NULL;
  OfficeCall call = { NULL };
  guint n_before = print_count_cards (room);

  office_fixture_new ();
  g_autofree char *number = office_approved (OFFICE_CITIZEN);
  g_autoptr (PltOffice) chen = room_sign_in ();

  g_autoptr (PltPreview) drawn = preview (chen, number, &error);
  g_assert_no_error (error);
  assert_png_size (plt_preview_get_png (drawn, FALSE), 1011, 638);
  assert_png_size (plt_preview_get_png (drawn, TRUE), 1011, 638);
  g_assert_cmpuint (strlen (plt_preview_get_mrz (drawn)), ==, 30);

  g_autoptr (PltCard) card = room_print (chen, number, plt_demo_printer_get_queue (), &error);
  g_assert_no_error (error);
  g_assert_cmpint (plt_card_get_state (card), ==, PLT_CARD_STATE_SENT);
  const char *card_number = plt_card_get_number (card);
  follow_until (chen, card_number, PLT_CARD_STATE_OUT);
  g_assert_cmpuint (print_count_cards (room), ==, n_before + 1);

  /* A second print of a card that is there is refused. */
  g_autoptr (GError) twice = NULL;
  g_assert_null (room_print (chen, number, plt_demo_printer_get_queue (), &twice));
  g_assert_error (twice, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_RULE);
  g_assert_cmpstr (plt_office_error_get_rule (twice), ==, "IN_FLIGHT");

  /* The file that is kept is the one that is given. */
  plt_production_file_async (chen, number, FALSE, NULL, office_called_cb, &call);
  g_autoptr (GBytes) file = plt_production_file_finish (office_call_wait (&call), &error);
  office_call_clear (&call);
  g_assert_no_error (error);
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file);
  room_assert ("SELECT file_sha256 FROM platen.card", hash);
  /* These keys have no certificate for data: no chip, no mobile licence. */
  room_assert ("SELECT string_agg (c.part || ' ' || k.name, ', ' ORDER BY part) FROM platen.card_key c"
                " JOIN platen.issuer_key k ON k.id = c.issuer_key_id", "file file-key, pdf417 UTO0001, qr UTO-QR-1");

  /* Another code, another serial, then the right ones. */
  g_autofree char *code = room_query ("SELECT qr_text FROM platen.card_file");
  g_autoptr (GPtrArray) fields = NULL;
  g_autoptr (GError) wrong_code = NULL;
  g_assert_null (read_back (chen, card_number, "HELLO", NULL, &fields, &wrong_code));
  g_assert_cmpstr (plt_office_error_get_rule (wrong_code), ==, "READBACK_DIFFERS");
  g_assert_cmpuint (fields->len, >=, 1);
  g_clear_pointer (&fields, g_ptr_array_unref);
  g_autoptr (GError) wrong_serial = NULL;
  g_assert_null (read_back (chen, card_number, code, "B99999999", &fields, &wrong_serial));
  g_assert_cmpstr (plt_office_error_get_rule (wrong_serial), ==, "READBACK_DIFFERS");
  g_clear_pointer (&fields, g_ptr_array_unref);
  room_assert ("SELECT count(*) FROM platen.event WHERE what = 'readback_differs'", "2");
  /* The right code on a blank of which nobody knows which it is. */
  g_autoptr (GError) no_serial = NULL;
  g_assert_null (read_back (chen, card_number, code, NULL, &fields, &no_serial));
  g_assert_cmpstr (plt_office_error_get_rule (no_serial), ==, "SERIAL");
  g_assert_cmpuint (fields->len, >=, 10);
  g_clear_pointer (&fields, g_ptr_array_unref);
  room_assert ("SELECT state FROM platen.card", "out");

  g_autofree char *typed = g_strconcat (code, "\r\n", NULL);
  g_autoptr (PltCard) checked = read_back (chen, card_number, typed, plt_card_get_serial (card), &fields, &error);
  g_assert_no_error (error);
  g_assert_cmpint (plt_card_get_state (checked), ==, PLT_CARD_STATE_CHECKED);
  g_assert_cmpuint (fields->len, >=, 10);
  for (guint i = 0; i < fields->len; i++)
    {
      gboolean matches;
      g_object_get (g_ptr_array_index (fields, i), "matches", &matches, NULL);
      g_assert_true (matches);
    }
  room_assert ("SELECT state FROM platen.application", "ready");

  g_autoptr (PltCard) issued = step (chen, card_number, PLT_CARD_STEP_ISSUE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (plt_card_get_state (issued), ==, PLT_CARD_STATE_ISSUED);
  room_assert ("SELECT state FROM platen.application", "issued");
  room_assert ("SELECT count(*) FROM platen.licence", "1");
  assert_before (number);
  office_fixture_end ();
}

/* Drafts can be looked at, too; without a picture the missing thing is named. */
static void
test_preview_of_draft (void)
{
  g_autoptr (GError) error = NULL;

  office_fixture_new ();
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  g_autofree char *number = office_draft (anna, OFFICE_CITIZEN, PLT_APPLICATION_TYPE_RENEWAL);
  g_autoptr (PltPreview) drawn = preview (anna, number, &error);
  g_assert_no_error (error);
  assert_png_size (plt_preview_get_png (drawn, FALSE), 1011, 638);

  office_answer (office_citizen (2), TRUE);
  g_autoptr (PltLookup) lookup = office_look_up (anna, office_citizen (2));
  g_autoptr (PltCase) bare = office_start (anna, lookup, PLT_APPLICATION_TYPE_RENEWAL, &error);
  g_assert_no_error (error);
  g_autoptr (PltPreview) none
      = preview (anna, plt_licence_application_get_number (plt_case_get_application (bare)), &error);
  g_assert_null (none);
  g_assert_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID);
  office_fixture_end ();
}

static void
test_no_such_printer (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) nobody = NULL;

  office_fixture_new ();
  g_autofree char *number = office_approved (OFFICE_CITIZEN);
  g_autoptr (PltOffice) chen = room_sign_in ();
  g_assert_null (room_print (chen, number, "nowhere", &error));
  g_assert_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_PRINTER);
  g_assert_nonnull (strstr (error->message, "nowhere"));

  g_autoptr (PltOffice) alone = office_sign_in_with ("chen", "localhost:1");
  g_assert_null (room_print (alone, number, plt_demo_printer_get_queue (), &nobody));
  g_assert_error (nobody, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_PRINTER);
  room_assert ("SELECT count(*) FROM platen.card", "0");
  office_fixture_end ();
}

/* The printer waits with the card; its job is cancelled behind our back: nobody can say. */
static void
test_doubtful (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refused = NULL;

  office_fixture_new ();
  g_autofree char *number = office_approved (OFFICE_CITIZEN);
  g_autoptr (PltOffice) chen = room_sign_in ();
  g_assert_true (plt_demo_printer_set_fault (room->folder, "media-empty", &error));
  g_autoptr (PltCard) card = room_print (chen, number, plt_demo_printer_get_queue (), &error);
  g_assert_no_error (error);
  const char *card_number = plt_card_get_number (card);
  g_assert_null (room_print (chen, number, plt_demo_printer_get_queue (), &refused));
  g_assert_cmpstr (plt_office_error_get_rule (refused), ==, "IN_FLIGHT");
  follow_until (chen, card_number, PLT_CARD_STATE_ON_DEVICE);

  int job_id;
  g_object_get (card, "job-id", &job_id, NULL);
  g_assert_true (print_cancel (room, job_id, &error));
  follow_until (chen, card_number, PLT_CARD_STATE_DOUBTFUL);
  g_clear_error (&refused);
  g_assert_null (room_print (chen, number, plt_demo_printer_get_queue (), &refused));
  g_assert_cmpstr (plt_office_error_get_rule (refused), ==, "IN_FLIGHT");
  g_assert_true (plt_demo_printer_set_fault (room->folder, NULL, &error));

  g_autoptr (PltCard) spoiled = step (chen, card_number, PLT_CARD_STEP_SPOIL, "Jammed in the printer", &error);
  g_assert_no_error (error);
  g_assert_cmpint (plt_card_get_state (spoiled), ==, PLT_CARD_STATE_SPOILED);
  room_assert ("SELECT state FROM platen.application", "approved");
  g_autoptr (PltCard) second = room_print (chen, number, plt_demo_printer_get_queue (), &error);
  g_assert_no_error (error);
  follow_until (chen, plt_card_get_number (second), PLT_CARD_STATE_OUT);
  office_fixture_end ();
}

/* A name without a Latin spelling is named by its field, and the letter. */
static void
test_needs_latin (void)
{
  g_autoptr (GError) error = NULL;

  office_fixture_new ();
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  g_autofree char *number = office_draft (anna, OFFICE_CITIZEN, PLT_APPLICATION_TYPE_RENEWAL);
  g_free (room_query ("UPDATE platen.application_source SET field_values[1] = 'สมชาย' WHERE fields[1] = 'family_name';"
                 "UPDATE platen.application_field SET value = 'สมชาย' WHERE field = 'family_name'"));
  g_assert_null (preview (anna, number, &error));
  g_assert_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID);
  g_assert_cmpstr (plt_office_error_get_rule (error), ==, "NEEDS_LATIN");
  g_assert_nonnull (strstr (error->message, plt_field_get_title (PLT_FIELD_FAMILY_NAME)));
  g_assert_nonnull (strstr (error->message, "“ส” (U+0E2A)"));
  office_fixture_end ();
}

/* A card that cannot be drawn gives its blank back, and leaves the application as it was. */
static void
test_cannot_be_drawn (void)
{
  g_autoptr (GError) error = NULL;

  office_fixture_new ();
  g_autofree char *number = office_approved (OFFICE_CITIZEN);
  g_autoptr (PltOffice) chen = room_sign_in ();
  g_free (room_query ("DELETE FROM platen.application_image WHERE kind = 'portrait'"));
  g_assert_null (room_print (chen, number, plt_demo_printer_get_queue (), &error));
  g_assert_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID);
  room_assert ("SELECT state FROM platen.card", "cancelled");
  room_assert ("SELECT count(*) FROM platen.blank WHERE place = 'safe'", "5");
  room_assert ("SELECT state FROM platen.application", "approved");
  office_fixture_end ();
}

/* Another program of chen's begins to print, and is killed as by kill -9 at one point of it. */
static void
kill_at (PltOffice  *chen,
         const char *number,
         const char *point)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *conninfo = plt_test_cluster_dup_conninfo (office_cluster (), office_database (), "chen");
  g_autofree char *program = g_build_filename (g_getenv ("G_TEST_BUILDDIR"), "office", "print-card", NULL);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);

  g_subprocess_launcher_setenv (launcher, "PLATEN_CONFIG",
                                plt_office_config_get_path (plt_office_get_config (chen)), TRUE);
  g_subprocess_launcher_setenv (launcher, "PLATEN_TEST_CRASH_AT", point, TRUE);
  g_autoptr (GSubprocess) killed = g_subprocess_launcher_spawn (
      launcher, &error, program, conninfo, number, plt_demo_printer_get_queue (), NULL);
  g_assert_no_error (error);
  g_subprocess_wait (killed, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_signaled (killed));
  g_assert_cmpint (g_subprocess_get_term_sig (killed), ==, SIGKILL);
}

/* Printing was killed at one point; then somebody prints again. However it was, one
 * card comes out, one is on record as out, and all other blanks are in the safe. */
static void
test_killed (gconstpointer user_data)
{
  const char *point = user_data;
  g_autoptr (GError) error = NULL;
  guint n_before = print_count_cards (room);

  office_fixture_new ();
  g_autofree char *number = office_approved (OFFICE_CITIZEN);
  g_autoptr (PltOffice) chen = room_sign_in ();
  kill_at (chen, number, point);

  g_autoptr (PltCard) card = room_print (chen, number, plt_demo_printer_get_queue (), &error);
  if (g_str_equal (point, "released"))
    {
      g_assert_cmpstr (plt_office_error_get_rule (error), ==, "IN_FLIGHT");
      g_clear_error (&error);
    }
  g_assert_no_error (error);
  g_autofree char *card_number = room_query ("SELECT number FROM platen.card WHERE state NOT IN ('cancelled', 'spoiled')");
  follow_until (chen, card_number, PLT_CARD_STATE_OUT);
  g_assert_cmpuint (print_count_cards (room), ==, n_before + 1);
  room_assert ("SELECT count(*) FROM platen.blank WHERE place = 'safe'", "4");
  room_assert ("SELECT count(*) FROM platen.card WHERE state = 'out'", "1");
  office_fixture_end ();
}

/* Drawn, and before it left its layout was retired: the blank goes back, and the card is drawn with what is in use now. */
static void
test_layout_is_over (void)
{
  g_autoptr (GError) error = NULL;
  guint n_before = print_count_cards (room);

  office_fixture_new ();
  g_autofree char *number = office_approved (OFFICE_CITIZEN);
  g_autoptr (PltOffice) chen = room_sign_in ();
  kill_at (chen, number, "rendered");
  office_use_layout ("utopia-eu");
  g_assert_cmpint (plt_test_cluster_run_as (office_cluster (), office_database (), "boris",
    "SELECT api.retire_layout (id, 'A wrong colour') FROM api.layout WHERE layout = 'utopia-iso'", NULL, NULL), ==, 0);

  g_autoptr (PltCard) card = room_print (chen, number, plt_demo_printer_get_queue (), &error);
  g_assert_no_error (error);
  follow_until (chen, plt_card_get_number (card), PLT_CARD_STATE_OUT);
  g_assert_cmpuint (print_count_cards (room), ==, n_before + 1);
  room_assert ("SELECT string_agg (layout || ' ' || state, ', ' ORDER BY id) FROM platen.card", "utopia-iso cancelled, utopia-eu out");
  room_assert ("SELECT count(*) FROM platen.blank WHERE place = 'safe'", "4");
  office_fixture_end ();
}

/* Two programs print the same application at the same time: one card. */
static void
test_two_at_once (void)
{
  g_autoptr (GError) first_error = NULL;
  g_autoptr (GError) second_error = NULL;
  OfficeCall first = { NULL };
  OfficeCall second = { NULL };
  guint n_before = print_count_cards (room);

  office_fixture_new ();
  g_autofree char *number = office_approved (OFFICE_CITIZEN);
  g_autoptr (PltOffice) chen = room_sign_in ();
  g_autoptr (PltOffice) other = room_sign_in ();
  plt_production_print_async (chen, number, plt_demo_printer_get_queue (), NULL, office_called_cb, &first);
  plt_production_print_async (other, number, plt_demo_printer_get_queue (), NULL, office_called_cb, &second);
  g_autoptr (PltCard) a = plt_production_print_finish (office_call_wait (&first), &first_error);
  g_autoptr (PltCard) b = plt_production_print_finish (office_call_wait (&second), &second_error);
  office_call_clear (&first);
  office_call_clear (&second);
  g_assert_true ((a != NULL) != (b != NULL));
  g_assert_cmpstr (plt_office_error_get_rule (a == NULL ? first_error : second_error), ==, "IN_FLIGHT");
  follow_until (chen, plt_card_get_number (a != NULL ? a : b), PLT_CARD_STATE_OUT);
  g_assert_cmpuint (print_count_cards (room), ==, n_before + 1);
  office_fixture_end ();
}

/* Wherever printing is broken off, nothing is left that would refuse the next try. A draft is used,
 * so that even a try that is not broken off ends with the rule that forbids it. */
static void
test_broken_off (void)
{
  gboolean whole = FALSE;

  office_fixture_new ();
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  g_autofree char *number = office_draft (anna, OFFICE_CITIZEN, PLT_APPLICATION_TYPE_RENEWAL);
  g_autoptr (PltOffice) chen = room_sign_in ();

  for (guint steps = 0; !whole; steps++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) next_error = NULL;
      OfficeCall call = { NULL };

      plt_production_print_async (chen, number, plt_demo_printer_get_queue (), cancellable,
                                  office_called_cb, &call);
      for (guint step = 0; step < steps && !call.done; step++)
        g_main_context_iteration (NULL, TRUE);
      whole = call.done;
      g_cancellable_cancel (cancellable);
      g_assert_null (plt_production_print_finish (office_call_wait (&call), &error));
      office_call_clear (&call);
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_assert_cmpstr (plt_office_error_get_rule (error), ==, "STATE");

      g_assert_null (room_print (chen, number, plt_demo_printer_get_queue (), &next_error));
      g_assert_cmpstr (plt_office_error_get_rule (next_error), ==, "STATE");
    }
  office_fixture_end ();
}

/* The room shows the card by itself and follows it by itself; the printers stand in words. */
static void
test_room (void)
{
  g_autoptr (GError) error = NULL;
  OfficeCall call = { NULL };

  office_fixture_new ();
  g_autofree char *number = office_approved (OFFICE_CITIZEN);
  g_autoptr (PltOffice) chen = room_sign_in ();
  g_autoptr (PltCardRoom) cards = plt_card_room_new (chen);
  g_autoptr (PltPrinterList) printers = plt_printer_list_new (chen);
  plt_printer_list_load_async (printers, NULL, office_called_cb, &call);
  g_assert_true (plt_printer_list_load_finish (printers, office_call_wait (&call), &error));
  office_call_clear (&call);
  g_autoptr (GObject) printer = g_list_model_get_item (G_LIST_MODEL (printers), 0);
  g_autofree char *destination = NULL;
  gboolean suitable;
  int blanks;
  g_object_get (printer, "destination", &destination, "suitable", &suitable, "blanks", &blanks, NULL);
  g_assert_cmpstr (destination, ==, plt_demo_printer_get_queue ());
  g_assert_true (suitable);
  g_assert_cmpint (blanks, ==, 5);

  g_autoptr (PltCard) card = room_print (chen, number, destination, &error);
  g_assert_no_error (error);
  while (g_list_model_get_n_items (G_LIST_MODEL (cards)) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_autoptr (PltCard) row = g_list_model_get_item (G_LIST_MODEL (cards), 0);
  while (plt_card_get_state (row) != PLT_CARD_STATE_OUT)
    g_main_context_iteration (NULL, TRUE);
  g_autoptr (PltCard) same = g_list_model_get_item (G_LIST_MODEL (cards), 0);
  g_assert_true (row == same);
  office_fixture_end ();
}

int
main (int   argc,
      char *argv[])
{
  static const char * const points[] = { "reserved", "rendered", "created", "held", "sent", "released" };

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  room = print_office_new ();
  g_test_add_func ("/office/production/main-job", test_main_job);
  g_test_add_func ("/office/production/preview-of-draft", test_preview_of_draft);
  g_test_add_func ("/office/production/no-such-printer", test_no_such_printer);
  g_test_add_func ("/office/production/doubtful", test_doubtful);
  g_test_add_func ("/office/production/needs-latin", test_needs_latin);
  g_test_add_func ("/office/production/cannot-be-drawn", test_cannot_be_drawn);
  g_test_add_data_func ("/office/production/token", argv[1], production_token_test);
  g_test_add_func ("/office/production/layout-is-over", test_layout_is_over);
  g_test_add_func ("/office/production/two-at-once", test_two_at_once);
  g_test_add_func ("/office/production/broken-off", test_broken_off);
  g_test_add_func ("/office/production/room", test_room);
  for (gsize i = 0; i < G_N_ELEMENTS (points); i++)
    {
      g_autofree char *path = g_strconcat ("/office/production/killed/", points[i], NULL);
      g_test_add_data_func (path, points[i], test_killed);
    }
  int result = office_fixture_run ();
  print_office_free (room);
  return result;
}
