/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "production-token.h"

#include <string.h>

#include "office-token.h"
#include "plt-audit-seal.h"
#include "plt-iso-error.h"
#include "plt-production.h"
#include "plt-verification.h"
#include "production-room.h"

/* What may not change when nothing was signed. */
#define STATE_OF_ALL \
  "SELECT concat_ws (' ', (SELECT state FROM platen.application), (SELECT count(*) FROM platen.blank WHERE place = 'safe')," \
  " (SELECT count(*) FROM platen.card_file), (SELECT count(*) FROM platen.card_key)," \
  " (SELECT count(*) FROM platen.card WHERE state <> 'cancelled'))"

static void
assert_not_signed (PltOffice  *office,
                   const char *number,
                   const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (room_print (office, number, plt_demo_printer_get_queue (), &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, words));
  room_assert (STATE_OF_ALL, "approved 5 0 0 0");
}

static void
assert_genuine (PltOffice  *office,
                const char *number)
{
  OfficeCall call = { NULL };
  g_autoptr (GError) error = NULL;
  PltVerificationRequest request = { .offline = TRUE };

  plt_production_file_async (office, number, FALSE, NULL, office_called_cb, &call);
  request.bytes = plt_production_file_finish (office_call_wait (&call), &error);
  office_call_clear (&call);
  g_assert_no_error (error);
  plt_verification_run_async (office, &request, NULL, office_called_cb, &call);
  g_autoptr (PltVerification) result = plt_verification_run_finish (office_call_wait (&call), &error);
  office_call_clear (&call);
  g_bytes_unref (request.bytes);
  g_assert_no_error (error);
  g_assert_cmpint (plt_verification_get_verdict (result), ==, PLT_VERDICT_NOT_ASKED);
}

static char *
seal (PltOffice  *office,
      GError    **error)
{
  OfficeCall call = { NULL };

  plt_audit_seal_async (office, NULL, office_called_cb, &call);
  char *text = plt_audit_seal_finish (office_call_wait (&call), error);
  office_call_clear (&call);
  return text;
}

static gboolean
holds (PltOffice   *office,
       const char  *text,
       GError     **error)
{
  OfficeCall call = { NULL };
  gboolean all;

  plt_audit_check_async (office, text, NULL, office_called_cb, &call);
  g_autofree char *json = plt_audit_check_finish (office_call_wait (&call), &all, error);
  office_call_clear (&call);
  return json != NULL && all;
}

/* The same seal, as if another key had made it. */
static char *
name_other_key (const char *text,
                const char *id)
{
  g_autofree char *header = g_strdup_printf ("{\"alg\":\"ES256\",\"kid\":\"%s\"}", id);
  g_autofree char *first = g_base64_encode ((const guchar *) header, strlen (header));

  first[strcspn (first, "=")] = '\0';
  return g_strconcat (first, strchr (text, '.'), NULL);
}

/* The audit log is sealed with its own key, and no other; what is written later breaks no seal,
 * what is changed does. */
static void
assert_sealed (void)
{
  g_autoptr (PltOffice) emil = office_sign_in ("emil");
  g_autoptr (PltOffice) dora = office_sign_in ("dora");
  g_autoptr (GError) error = NULL;
  g_autofree char *text = seal (emil, &error);

  g_assert_no_error (error);
  g_free (seal (dora, &error));
  g_assert_no_error (error);
  g_assert_true (holds (dora, text, &error));
  g_assert_no_error (error);
  g_assert_false (holds (emil, text, &error));
  g_assert_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID);
  g_clear_error (&error);

  /* What is no seal at all. */
  static const char * const rubbish[] = { "", "..", "a.b.c", "eyJhbGciOiJFUzI1NiJ9.e30.AA", "[]" };
  for (gsize i = 0; i < G_N_ELEMENTS (rubbish); i++)
    {
      g_assert_false (holds (dora, rubbish[i], &error));
      g_assert_nonnull (error);
      g_clear_error (&error);
    }
  g_autofree char *of_qr = name_other_key (text, "UTO-QR-T");
  g_assert_false (holds (dora, of_qr, &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY_PURPOSE);
  g_clear_error (&error);
  g_autofree char *flipped = g_strdup (text);
  flipped[strlen (text) - 10] = flipped[strlen (text) - 10] == 'A' ? 'B' : 'A';
  g_assert_false (holds (dora, flipped, &error));
  g_assert_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID);
  g_clear_error (&error);

  g_free (room_query ("ALTER TABLE platen.audit DISABLE TRIGGER USER;"
                      " UPDATE platen.audit SET login = 'nobody' WHERE seq = 2; SELECT 1"));
  g_assert_false (holds (dora, text, &error));
  g_assert_no_error (error);
  g_assert_null (seal (emil, &error));
  g_assert_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID);
}

/* With the token gone, in whatever way, there is a sentence and the card stays where it was;
 * when it is back the same program goes on. */
void
production_token_test (gconstpointer module)
{
  g_autoptr (GError) error = NULL;

  office_token_start (module);
  g_autofree char *settings = g_strdup_printf ("keys=%s\ntoken-timeout-ms=600\n", office_token_keys ());
  office_use_keys (settings);
  office_fixture_new ();
  g_autofree char *number = office_approved (OFFICE_CITIZEN);
  g_autoptr (PltOffice) chen = room_sign_in ();

  /* A wrong PIN is offered once, until somebody writes the file anew. */
  office_token_set_pin ("9999");
  gsize n_logins = office_token_logins ();
  assert_not_signed (chen, number, "PIN");
  assert_not_signed (chen, number, "PIN");
  g_assert_cmpuint (office_token_logins (), ==, n_logins + 1);
  office_token_set_pin ("1234");
  office_token_behave (0, 0, 0, CKR_PIN_LOCKED, 0);
  assert_not_signed (chen, number, "locked");

  /* Taken out between two signatures; broken; too slow. */
  office_token_behave (0, CKR_DEVICE_REMOVED, 1, 0, 0);
  assert_not_signed (chen, number, "token");
  office_token_behave (0, CKR_DEVICE_MEMORY, 0, 0, 0);
  assert_not_signed (chen, number, "token");
  office_token_behave (2000, 0, 0, 0, 0);
  assert_not_signed (chen, number, "in time");

  office_token_behave (0, 0, 0, 0, 0);
  g_autoptr (PltCard) card = room_print (chen, number, plt_demo_printer_get_queue (), &error);
  g_assert_no_error (error);
  room_assert ("SELECT string_agg (c.part || ' ' || k.name, ', ' ORDER BY part) FROM platen.card_key c"
                " JOIN platen.issuer_key k ON k.id = c.issuer_key_id WHERE k.certificate_sha256 IS NOT NULL",
                "chip UTO-DS-T, file UTO-PDF-T, mdl UTO-DS-T, pdf417 UTO-DS-T, qr UTO-QR-T");
  assert_genuine (chen, number);
  assert_sealed ();
  office_fixture_end ();
  office_use_keys (NULL);
  office_token_stop ();
}
