/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl verify: what a card, a code or a file is worth. With --offline it needs no office. */
#include "plt-ctl.h"
#include "plt-verification.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define MOST_INPUT (20 * 1024 * 1024) /* what may be a picture of a card */

static char *scan_option = NULL;
static char *image_option = NULL;
static char *certificates_option = NULL;
static gboolean offline_option = FALSE;

static const GOptionEntry options[] = {
  { "scan", 0, 0, G_OPTION_ARG_STRING, &scan_option,
    N_("What a scanner typed: a code’s text, hexadecimal, base64, or the machine-readable line"), N_("TEXT") },
  { "image", 0, 0, G_OPTION_ARG_FILENAME, &image_option, N_("A picture of a card, with all codes on it"), N_("FILE") },
  { "certificates", 0, 0, G_OPTION_ARG_FILENAME, &certificates_option,
    N_("Trust the certificates and published keys of this folder instead of the office’s own"), N_("FOLDER") },
  { "offline", 0, 0, G_OPTION_ARG_NONE, &offline_option,
    N_("Ask nobody what the card is worth today; needs no session"), NULL },
  G_OPTION_ENTRY_NULL
};

static void
add_sentences (JsonBuilder *builder,
               const char  *name,
               GPtrArray   *sentences)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < sentences->len; i++)
    json_builder_add_string_value (builder, sentences->pdata[i]);
  json_builder_end_array (builder);
}

static void
add_fields (JsonBuilder *builder,
            const char  *name,
            const char  *beside,
            GListModel  *fields)
{
  static const char *const agreements[] = { "not-compared", "same", "different" };

  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (PltVerifiedField) field = g_list_model_get_item (fields, i);

      json_builder_begin_object (builder);
      plt_ctl_add_string (builder, "title", plt_verified_field_get_title (field));
      plt_ctl_add_string (builder, "found", plt_verified_field_get_found (field));
      plt_ctl_add_string (builder, beside, plt_verified_field_get_recorded (field));
      plt_ctl_add_string (builder, "agreement", agreements[plt_verified_field_get_agreement (field)]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_details (JsonBuilder *builder,
             GPtrArray   *details)
{
  json_builder_set_member_name (builder, "details");
  json_builder_begin_array (builder);
  for (guint i = 0; i < details->len; i++)
    {
      const PltVerifiedDetail *detail = details->pdata[i];

      json_builder_begin_object (builder);
      plt_ctl_add_string (builder, "of", detail->section);
      plt_ctl_add_string (builder, "title", detail->title);
      plt_ctl_add_string (builder, "text", detail->text);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print (PltCtl          *ctl,
       PltVerification *result)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;
  PltVerdict verdict = plt_verification_get_verdict (result);

  json_builder_begin_object (builder);
  plt_ctl_add_string (builder, "verdict", plt_verdict_to_nick (verdict));
  plt_ctl_add_string (builder, "says", plt_verdict_get_title (verdict));
  add_sentences (builder, "reasons", plt_verification_get_reasons (result));
  plt_ctl_add_string (builder, "what", plt_verification_get_what (result));
  plt_ctl_add_string (builder, "form", plt_verification_get_form (result));
  plt_ctl_add_string (builder, "signature", plt_verification_get_seal (result));
  plt_ctl_add_string (builder, "signer", plt_verification_get_signer (result));
  plt_ctl_add_string (builder, "card", plt_verification_get_card_number (result));
  plt_ctl_add_string (builder, "standing", plt_verification_get_standing (result));
  json_builder_set_member_name (builder, "specimen");
  json_builder_add_boolean_value (builder, plt_verification_is_specimen (result));
  add_fields (builder, "fields", "recorded", plt_verification_get_fields (result));
  add_fields (builder, "unsigned_fields", "signed", plt_verification_get_unsigned_fields (result));
  add_sentences (builder, "remarks", plt_verification_get_remarks (result));
  add_details (builder, plt_verification_get_details (result));
  json_builder_end_object (builder);
  node = plt_ctl_finish (builder);
  plt_ctl_print (ctl, node);
}

/* One byte more than is ever opened is enough to be refused. */
static GBytes *
read_standard_input (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 block[65536];
  size_t n;

  while (bytes->len <= MOST_INPUT && (n = fread (block, 1, sizeof block, stdin)) > 0)
    g_byte_array_append (bytes, block, (guint) n);
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static gboolean
make_request (PltVerificationRequest  *request,
              char                   **arguments,
              GError                 **error)
{
  int n = (arguments[0] != NULL) + (scan_option != NULL) + (image_option != NULL);

  if (n != 1 || (arguments[0] != NULL && *arguments[0] == '\0'))
    return plt_ctl_usage_error (error, _("Name one thing to verify: a FILE, --scan=TEXT or --image=FILE."));
  request->path = image_option != NULL ? image_option : arguments[0];
  if (scan_option != NULL)
    request->bytes = g_bytes_new (scan_option, strlen (scan_option));
  else if (g_str_equal (request->path, "-"))
    {
      request->path = NULL;
      request->bytes = read_standard_input ();
    }
  request->is_picture = image_option != NULL;
  request->certificates = certificates_option;
  request->offline = offline_option;
  return TRUE;
}

/* Whoever goes by the exit status goes by the verdict: only what is good is 0. */
static PltCtlStatus
run_verify (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  PltVerificationRequest request = { 0 };
  g_autoptr (PltVerification) result = NULL;
  g_autoptr (GAsyncResult) ready = NULL;
  PltVerdict verdict;

  if (!make_request (&request, arguments, error))
    return PLT_CTL_USAGE;
  if (!request.offline && !plt_ctl_sign_in (ctl, ctl->totp_fd, error))
    return PLT_CTL_REFUSED;
  plt_verification_run_async (ctl->office, &request, NULL, plt_ctl_ready_cb, &ready);
  g_clear_pointer (&request.bytes, g_bytes_unref);
  result = plt_verification_run_finish (plt_ctl_await (&ready), error);
  if (result == NULL)
    return PLT_CTL_REFUSED;
  print (ctl, result);
  verdict = plt_verification_get_verdict (result);
  if (verdict == PLT_VERDICT_VALID || (request.offline && verdict == PLT_VERDICT_NOT_ASKED))
    return PLT_CTL_DONE;
  g_set_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_RULE, "%s. %s",
               plt_verdict_get_title (verdict),
               (const char *) plt_verification_get_reasons (result)->pdata[0]);
  return PLT_CTL_REFUSED;
}

const PltCtlCommand plt_ctl_verify = {
  .name = "verify", .arguments = N_("[FILE]"),
  .summary = N_("Say what a card file, a scanned code or a picture of a card is worth"),
  .n_arguments = 0, .n_optional = 1, .signed_in = FALSE, .options = options,
  .run = run_verify,
};
