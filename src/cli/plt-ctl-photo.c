/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl photo check, fit; exception list, ask, allow, refuse: photographs in files, tried without a
 * database, and what two people allow together. */
#include "plt-ctl-person.h"

#include "plt-case-photo-state.h"
#include "plt-decisions.h"
#include "plt-photo-file.h"

#include <glib/gi18n-lib.h>

static gboolean covered_option = FALSE;
static char *for_option = NULL;
static gint64 bytes_option = 0;
static int width_option = 0;
static char *output_option = NULL;
static char *reason_option = NULL;

static const GOptionEntry check_options[] = {
  { "head-covered", 0, 0, G_OPTION_ARG_NONE, &covered_option,
    N_("The head is covered, and it was allowed: judge it by what a covered head can show"), NULL },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry fit_options[] = {
  { "for", 0, 0, G_OPTION_ARG_STRING, &for_option,
    N_("What for: record, card, mobile, chip (else this) or barcode"), N_("USE") },
  { "bytes", 0, 0, G_OPTION_ARG_INT64, &bytes_option, N_("At most so many bytes, instead of what the use has"),
    N_("N") },
  { "width", 0, 0, G_OPTION_ARG_INT, &width_option, N_("At most so many pixels wide, likewise"), N_("N") },
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output_option, N_("Where to; - is standard output"),
    N_("FILE") },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry reason_options[] = {
  { "reason", 0, 0, G_OPTION_ARG_STRING, &reason_option, N_("Why"), N_("TEXT") },
  G_OPTION_ENTRY_NULL
};

static PltCtlStatus
run_check (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  g_autofree char *name = NULL;
  g_autoptr (GBytes) data = plt_ctl_read_picture (arguments[0], &name, error);
  g_autofree char *json = data != NULL ? plt_photo_file_check (data, name, covered_option, error)
                                       : NULL;

  return json != NULL ? plt_ctl_print_text (ctl, json, error) : PLT_CTL_REFUSED;
}

static PltCtlStatus
run_fit (PltCtl  *ctl,
         char   **arguments,
         GError **error)
{
  g_autofree char *name = NULL;
  g_autoptr (GBytes) data = NULL;
  g_autoptr (GBytes) jpeg = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;
  int quality = 0;

  if (output_option == NULL || bytes_option < 0 || width_option < 0)
    {
      g_set_error (error, PLT_CTL_ERROR, PLT_CTL_ERROR_USAGE,
                   _("--output says where the picture goes; --bytes and --width are numbers above 0."));
      return PLT_CTL_USAGE;
    }
  data = plt_ctl_read_picture (arguments[0], &name, error);
  if (data == NULL)
    return PLT_CTL_REFUSED;
  jpeg = plt_photo_file_fit (data, name, for_option != NULL ? for_option : "chip", bytes_option,
                             width_option, &quality, error);
  if (jpeg == NULL || !plt_ctl_write_file (output_option, jpeg, error))
    return PLT_CTL_REFUSED;
  if (g_str_equal (output_option, "-"))
    return PLT_CTL_DONE;
  json_builder_begin_object (builder);
  plt_ctl_add_string (builder, "file", output_option);
  json_builder_set_member_name (builder, "bytes");
  json_builder_add_int_value (builder, (gint64) g_bytes_get_size (jpeg));
  json_builder_set_member_name (builder, "quality");
  json_builder_add_int_value (builder, quality);
  json_builder_end_object (builder);
  node = plt_ctl_finish (builder);
  plt_ctl_print (ctl, node);
  return PLT_CTL_DONE;
}

/* ---- exceptions ---- */

static PltCtlStatus
ask (PltCtl              *ctl,
     PltDecisionsAct      act,
     const char * const  *arguments,
     GError             **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *json = NULL;

  plt_decisions_run_async (ctl->office, act, arguments, NULL, plt_ctl_ready_cb, &result);
  json = plt_decisions_run_finish (plt_ctl_await (&result), error);
  return plt_ctl_print_text (ctl, json, error);
}

static PltCtlStatus
run_list (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  return ask (ctl, PLT_DECISIONS_EXCEPTIONS, NULL, error);
}

static PltCtlStatus
run_allow (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  return ask (ctl, PLT_DECISIONS_EXCEPTION,
              (const char *[]){ arguments[0], "true", reason_option != NULL ? reason_option : "" },
              error);
}

static PltCtlStatus
run_refuse (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  return ask (ctl, PLT_DECISIONS_EXCEPTION,
              (const char *[]){ arguments[0], "false", reason_option != NULL ? reason_option : "" },
              error);
}

static PltCtlStatus
run_ask (PltCtl  *ctl,
         char   **arguments,
         GError **error)
{
  g_autoptr (PltCase) open_case = plt_ctl_open_case (ctl, arguments[0], error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *json = NULL;

  if (open_case == NULL)
    return PLT_CTL_REFUSED;
  plt_case_ask_exception_async (open_case, arguments[1], reason_option != NULL ? reason_option : "",
                                NULL, plt_ctl_ready_cb, &result);
  json = plt_case_answer_finish (open_case, plt_ctl_await (&result), error);
  return plt_ctl_print_text (ctl, json, error);
}

const PltCtlCommand plt_ctl_photo_check = {
  .name = "photo check", .arguments = N_("FILE"),
  .summary = N_("Say what the checks of portraits say of a picture, in the frame that its face suggests"),
  .n_arguments = 1, .options = check_options, .run = run_check,
};

const PltCtlCommand plt_ctl_photo_fit = {
  .name = "photo fit", .arguments = N_("FILE"),
  .summary = N_("Make the best JPEG of a portrait that a number of bytes has room for; needs --output"),
  .n_arguments = 1, .options = fit_options, .run = run_fit,
};

const PltCtlCommand plt_ctl_exception_list = {
  .name = "exception list", .arguments = "",
  .summary = N_("The exceptions that wait for a supervisor, oldest first"),
  .signed_in = TRUE, .run = run_list,
};

const PltCtlCommand plt_ctl_exception_ask = {
  .name = "exception ask", .arguments = N_("APP KIND"),
  .summary = N_("Ask for an exception (cannot_sign or head_cover); needs --reason"),
  .n_arguments = 2, .signed_in = TRUE, .options = reason_options, .run = run_ask,
};

const PltCtlCommand plt_ctl_exception_allow = {
  .name = "exception allow", .arguments = N_("EXCEPTION"),
  .summary = N_("Allow what another person asked for; needs --reason"),
  .n_arguments = 1, .signed_in = TRUE, .options = reason_options, .run = run_allow,
};

const PltCtlCommand plt_ctl_exception_refuse = {
  .name = "exception refuse", .arguments = N_("EXCEPTION"),
  .summary = N_("Refuse an exception; needs --reason"),
  .n_arguments = 1, .signed_in = TRUE, .options = reason_options, .run = run_refuse,
};
