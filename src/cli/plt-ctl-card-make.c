/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl card render, file, payload and print: from an approved application to a card in flight. */
#include "plt-ctl-person.h"
#include "plt-payload.h"
#include "plt-production.h"

#include <glib/gi18n-lib.h>

#define PRINT_POLL_MS 500
#define FILES_AT_ONCE 128
#define MOST_FILES 100000

static char *side_option = NULL;
static int dpi_option = 300;
static char *output_option = NULL;
static char *kind_option = NULL;
static char *device_key_option = NULL;
static char *printer_option = NULL;
static gboolean no_wait_option = FALSE;
static gboolean bleed_option = FALSE;

static const GOptionEntry render_options[] = {
  { "side", 0, 0, G_OPTION_ARG_STRING, &side_option, N_("front or back"), N_("SIDE") },
  { "dpi", 0, 0, G_OPTION_ARG_INT, &dpi_option, N_("Dots per inch, 72 to 1200"), N_("N") },
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output_option, N_("Where to; - is standard output"),
    N_("FILE") },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry file_options[] = {
  { "bleed", 0, 0, G_OPTION_ARG_NONE, &bleed_option,
    N_("With the layout’s bleed around the card, for printers over the edge"), NULL },
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output_option,
    N_("Where to; - is standard output; of several, their folder"), N_("FILE") },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry payload_options[] = {
  { "kind", 0, 0, G_OPTION_ARG_STRING, &kind_option, N_("mrz, qr, pdf417, aamva, a data group (dg1, dg4 …), com, sod or mdl"),
    N_("KIND") },
  { "device-key", 0, 0, G_OPTION_ARG_FILENAME, &device_key_option,
    N_("For mdl: the wallet's public key, as COSE_Key, PEM or JWK"), N_("FILE") },
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output_option, N_("Where to; - is standard output"),
    N_("FILE") },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry print_options[] = {
  { "printer", 0, 0, G_OPTION_ARG_STRING, &printer_option,
    N_("Where to: a name of “printer list”"), N_("DEST") },
  { "no-wait", 0, 0, G_OPTION_ARG_NONE, &no_wait_option,
    N_("Do not wait until the card is out of the printer"), NULL },
  G_OPTION_ENTRY_NULL
};

static gboolean
check_render_options (GError **error)
{
  if (g_strcmp0 (side_option, "front") != 0 && g_strcmp0 (side_option, "back") != 0)
    return plt_ctl_usage_error (error, _("--side must be front or back."));
  if (dpi_option < 72 || dpi_option > 1200)
    return plt_ctl_usage_error (error, _("--dpi must be from 72 to 1200."));
  if (output_option == NULL)
    return plt_ctl_usage_error (error, _("--output says where the picture goes."));
  return TRUE;
}

static void
add_written (JsonBuilder *builder,
             const char  *path,
             GBytes      *bytes)
{
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

  plt_ctl_add_string (builder, "file", shown);
  json_builder_set_member_name (builder, "bytes");
  json_builder_add_int_value (builder, (gint64) g_bytes_get_size (bytes));
  plt_ctl_add_string (builder, "sha256", hash);
}

static void
print_written (PltCtl     *ctl,
               const char *path,
               GBytes     *bytes)
{
  g_autoptr (JsonBuilder) builder = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (g_strcmp0 (path, "-") == 0)
    return;
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  add_written (builder, path, bytes);
  json_builder_end_object (builder);
  node = plt_ctl_finish (builder);
  plt_ctl_print (ctl, node);
}

static PltCtlStatus
run_render (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PltPreview) preview = NULL;
  GBytes *png;

  if (!check_render_options (error))
    return PLT_CTL_USAGE;
  plt_production_preview_async (ctl->office, arguments[0], dpi_option, NULL, plt_ctl_ready_cb,
                                &result);
  preview = plt_production_preview_finish (plt_ctl_await (&result), error);
  if (preview == NULL)
    return PLT_CTL_REFUSED;
  png = plt_preview_get_png (preview, g_str_equal (side_option, "back"));
  if (!plt_ctl_write_file (output_option, png, error))
    return PLT_CTL_REFUSED;
  print_written (ctl, output_option, png);
  return PLT_CTL_DONE;
}

/* @result: of the file of @number. Written to the folder that was named. */
static gboolean
write_file_of (PltCtl        *ctl,
               const char    *number,
               GAsyncResult  *result,
               GError       **error)
{
  g_autofree char *name = g_strconcat (number, ".pdf", NULL);
  g_autofree char *path = g_build_filename (output_option, name, NULL);
  g_autoptr (GBytes) file = plt_production_file_finish (result, error);

  if (file == NULL || !plt_ctl_write_file (path, file, error))
    return FALSE;
  print_written (ctl, path, file);
  return TRUE;
}

/* Many are asked for before the first is there, so that some are signed while others are drawn; and not all,
 * which the memory would have to hold. After the first failure none is begun. */
static PltCtlStatus
write_files (PltCtl  *ctl,
             char   **numbers,
             GError **error)
{
  guint n = g_strv_length (numbers), n_begun = 0;
  g_autofree GAsyncResult **results = g_new0 (GAsyncResult *, n);
  gboolean ok = TRUE;

  for (guint i = 0; i < n && (ok || i < n_begun); i++)
    {
      for (; ok && n_begun < MIN (n, i + FILES_AT_ONCE); n_begun++)
        plt_production_file_async (ctl->office, numbers[n_begun], bleed_option, NULL, plt_ctl_ready_cb,
                                   &results[n_begun]);
      plt_ctl_await (&results[i]);
      ok = ok && write_file_of (ctl, numbers[i], results[i], error);
      g_clear_object (&results[i]);
    }
  return ok ? PLT_CTL_DONE : PLT_CTL_REFUSED;
}

static PltCtlStatus
run_file (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) file = NULL;

  if (output_option == NULL)
    {
      plt_ctl_usage_error (error, _("--output says where the card file goes."));
      return PLT_CTL_USAGE;
    }
  if (g_strv_length (arguments) > 1)
    return write_files (ctl, arguments, error);
  plt_production_file_async (ctl->office, arguments[0], bleed_option, NULL, plt_ctl_ready_cb, &result);
  file = plt_production_file_finish (plt_ctl_await (&result), error);
  if (file == NULL || !plt_ctl_write_file (output_option, file, error))
    return PLT_CTL_REFUSED;
  print_written (ctl, output_option, file);
  return PLT_CTL_DONE;
}

/* NULL without the option. */
static gboolean
read_device_key (PltPayload   payload,
                 GBytes     **file,
                 GError     **error)
{
  g_autofree char *contents = NULL;
  gsize length;

  *file = NULL;
  if (device_key_option == NULL)
    return TRUE;
  if (payload != PLT_PAYLOAD_MDL)
    return plt_ctl_usage_error (error, _("--device-key belongs to “--kind mdl” alone."));
  if (!g_file_get_contents (device_key_option, &contents, &length, error))
    return FALSE;
  *file = g_bytes_new_take (g_steal_pointer (&contents), length);
  return TRUE;
}

/* @signer: (nullable): who signed it just now */
static void
print_payload (PltCtl     *ctl,
               GBytes     *bytes,
               const char *signer,
               gboolean    is_kept)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  if (g_str_equal (output_option, "-"))
    return;
  json_builder_begin_object (builder);
  add_written (builder, output_option, bytes);
  plt_ctl_add_string (builder, "taken_from", is_kept ? "card" : "record");
  plt_ctl_add_string (builder, "signed_now_by", signer);
  json_builder_end_object (builder);
  node = plt_ctl_finish (builder);
  plt_ctl_print (ctl, node);
}

static PltCtlStatus
run_payload (PltCtl  *ctl,
             char   **arguments,
             GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) device_key = NULL;
  g_autofree char *signer = NULL;
  PltPayload payload;
  gboolean is_kept;

  if (kind_option == NULL || output_option == NULL)
    {
      plt_ctl_usage_error (error, _("--kind says which code or file, and --output where it goes."));
      return PLT_CTL_USAGE;
    }
  if (!plt_payload_from_nick (kind_option, &payload, error))
    return PLT_CTL_REFUSED;
  if (!read_device_key (payload, &device_key, error))
    return PLT_CTL_USAGE;
  plt_production_payload_async (ctl->office, arguments[0], payload, device_key, NULL, plt_ctl_ready_cb,
                                &result);
  bytes = plt_production_payload_finish (plt_ctl_await (&result), &signer, &is_kept, error);
  if (bytes == NULL || !plt_ctl_write_file (output_option, bytes, error))
    return PLT_CTL_REFUSED;
  print_payload (ctl, bytes, signer, is_kept);
  return PLT_CTL_DONE;
}

static gboolean
poll_due_cb (gpointer user_data)
{
  gboolean *due = user_data;

  *due = TRUE;
  return G_SOURCE_REMOVE;
}

static void
pause_for_poll (void)
{
  gboolean due = FALSE;

  g_timeout_add (PRINT_POLL_MS, poll_due_cb, &due);
  while (!due)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
is_in_printer (PltCard *card)
{
  switch (plt_card_get_state (card))
    {
    case PLT_CARD_STATE_RENDERED:
    case PLT_CARD_STATE_SENT:
    case PLT_CARD_STATE_ON_DEVICE:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Follows the card until it is out of the printer or doubtful. */
static PltCard *
follow_out (PltCtl   *ctl,
            PltCard  *card,
            GError  **error)
{
  g_autoptr (PltCard) now = g_object_ref (card);

  while (is_in_printer (now))
    {
      g_autoptr (GAsyncResult) result = NULL;
      PltCard *next;

      pause_for_poll ();
      plt_production_follow_async (ctl->office, plt_card_get_number (now), NULL, plt_ctl_ready_cb,
                                   &result);
      next = plt_production_follow_finish (plt_ctl_await (&result), error);
      if (next == NULL)
        return NULL;
      g_object_unref (now);
      now = next;
    }
  return g_steal_pointer (&now);
}

static PltCtlStatus
run_print (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PltCard) sent = NULL;
  g_autoptr (PltCard) card = NULL;

  if (printer_option == NULL)
    {
      plt_ctl_usage_error (error, _("--printer says which printer; “platenctl printer list” names them."));
      return PLT_CTL_USAGE;
    }
  plt_production_print_async (ctl->office, arguments[0], printer_option, NULL, plt_ctl_ready_cb,
                              &result);
  sent = plt_production_print_finish (plt_ctl_await (&result), error);
  if (sent == NULL)
    return PLT_CTL_REFUSED;
  card = no_wait_option ? g_object_ref (sent) : follow_out (ctl, sent, error);
  if (card == NULL)
    return PLT_CTL_REFUSED;
  plt_ctl_print_card (ctl, card);
  return PLT_CTL_DONE;
}

const PltCtlCommand plt_ctl_card_render = {
  .name = "card render", .arguments = N_("APP"),
  .summary = N_("Draw one side of the card as PNG"),
  .n_arguments = 1, .signed_in = TRUE, .options = render_options, .run = run_render,
};

const PltCtlCommand plt_ctl_card_file = {
  .name = "card file", .arguments = N_("APP …"),
  .summary = N_("Write the signed card file (PDF/A-3b)"),
  .n_arguments = 1, .n_optional = MOST_FILES, .signed_in = TRUE, .options = file_options, .run = run_file,
};

const PltCtlCommand plt_ctl_card_payload = {
  .name = "card payload", .arguments = N_("APP"),
  .summary = N_("Write one machine-readable form of the licence by itself"),
  .n_arguments = 1, .signed_in = TRUE, .options = payload_options, .run = run_payload,
};

const PltCtlCommand plt_ctl_card_print = {
  .name = "card print", .arguments = N_("APP"),
  .summary = N_("Print the card of an approved application, once"),
  .n_arguments = 1, .signed_in = TRUE, .options = print_options, .run = run_print,
};
