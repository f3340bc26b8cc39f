/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl printer cleaning, cleaned: after how many cards printers are cleaned, and when they were. */
#include "plt-cleaning.h"
#include "plt-ctl.h"
#include "plt-production.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static char *every_option = NULL;

static const GOptionEntry cleaning_options[] = {
  { "every", 0, 0, G_OPTION_ARG_STRING, &every_option,
    N_("Clean it after so many cards; “profile” for what the profile of its make says"), N_("N") },
  G_OPTION_ENTRY_NULL
};

static char *
ask (PltCtl             *ctl,
     PltCleaningAct      what,
     const char *const  *words,
     GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plt_cleaning_act_async (ctl->office, what, words, NULL, plt_ctl_ready_cb, &result);
  return plt_cleaning_act_finish (plt_ctl_await (&result), error);
}

static void
add_printer (JsonBuilder *builder,
             const char  *list,
             GObject     *printer)
{
  g_autofree char *destination = NULL;
  int by_profile = 0;
  PltCleaning cleaning;

  g_object_get (printer, "destination", &destination, "cleaning-cards", &by_profile, NULL);
  cleaning = plt_cleaning_find (list, destination, by_profile);
  json_builder_begin_object (builder);
  plt_ctl_add_string (builder, "printer", destination);
  json_builder_set_member_name (builder, "cards_since");
  json_builder_add_int_value (builder, cleaning.since);
  json_builder_set_member_name (builder, "every");
  if (cleaning.every > 0)
    json_builder_add_int_value (builder, cleaning.every);
  else
    json_builder_add_null_value (builder);
  plt_ctl_add_members (builder, printer, "cleaning-due", "cleaning", NULL);
  json_builder_end_object (builder);
}

static PltCtlStatus
list_cleanings (PltCtl  *ctl,
                GError **error)
{
  g_autofree char *list = ask (ctl, PLT_CLEANING_LIST, NULL, error);
  g_autoptr (PltPrinterList) printers = plt_printer_list_new (ctl->office);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  if (list == NULL)
    return PLT_CTL_REFUSED;
  plt_printer_list_load_async (printers, NULL, plt_ctl_ready_cb, &result);
  if (!plt_printer_list_load_finish (printers, plt_ctl_await (&result), error))
    return PLT_CTL_REFUSED;
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (printers)); i++)
    {
      g_autoptr (GObject) printer = g_list_model_get_item (G_LIST_MODEL (printers), i);

      add_printer (builder, list, printer);
    }
  json_builder_end_array (builder);
  node = plt_ctl_finish (builder);
  plt_ctl_print (ctl, node);
  return PLT_CTL_DONE;
}

static PltCtlStatus
run_cleaning (PltCtl  *ctl,
              char   **arguments,
              GError **error)
{
  const char *words[] = { arguments[0], NULL };
  g_autofree char *json = NULL;

  if (every_option == NULL && arguments[0] == NULL)
    return list_cleanings (ctl, error);
  if (every_option == NULL || arguments[0] == NULL)
    {
      plt_ctl_usage_error (error, _("A printer and --every go together: after how many cards it is cleaned."));
      return PLT_CTL_USAGE;
    }
  if (!g_str_equal (every_option, "profile"))
    {
      if (*every_option == '\0' || strlen (every_option) > 6
          || strspn (every_option, "0123456789") != strlen (every_option))
        {
          plt_ctl_usage_error (error, _("--every is a number of cards, or “profile”."));
          return PLT_CTL_USAGE;
        }
      words[1] = every_option;
    }
  if (!plt_ctl_check_destination (ctl, arguments[0], error))
    return PLT_CTL_REFUSED;
  json = ask (ctl, PLT_CLEANING_EVERY, words, error);
  return plt_ctl_print_text (ctl, json, error);
}

static PltCtlStatus
run_cleaned (PltCtl  *ctl,
             char   **arguments,
             GError **error)
{
  const char *words[] = { arguments[0] };
  g_autofree char *json = NULL;

  if (!plt_ctl_check_destination (ctl, arguments[0], error))
    return PLT_CTL_REFUSED;
  json = ask (ctl, PLT_CLEANING_DONE, words, error);
  return plt_ctl_print_text (ctl, json, error);
}

const PltCtlCommand plt_ctl_printer_cleaning = {
  .name = "printer cleaning", .arguments = N_("[DEST]"),
  .summary = N_("Show how many cards printers had since they were cleaned, or set after how many it is due"),
  .n_optional = 1, .signed_in = TRUE, .options = cleaning_options, .run = run_cleaning,
};

const PltCtlCommand plt_ctl_printer_cleaned = {
  .name = "printer cleaned", .arguments = N_("DEST"),
  .summary = N_("Note that a printer was cleaned just now: it is counted anew"),
  .n_arguments = 1, .signed_in = TRUE, .run = run_cleaned,
};
