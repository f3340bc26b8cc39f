/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl printer list, show and check-profiles: what is known of the printers. */
#include "plt-ctl.h"
#include "plt-printer-advice.h"
#include "plt-printer-profiles.h"
#include "plt-production.h"

#include <glib/gi18n-lib.h>

/* Members of one printer in a list; the same and more of one that is shown. */
#define LISTED "destination", "title", "location", "state-text", "severity", "suitable", \
               "unsuitable-reason", "supply-text", "blanks", "calibration"

static void
add_listed (JsonBuilder *builder,
            gpointer     printer)
{
  plt_ctl_add_object (builder, printer, LISTED, NULL);
}

static PltPrinterList *
load_printers (PltCtl  *ctl,
               GError **error)
{
  g_autoptr (PltPrinterList) printers = plt_printer_list_new (ctl->office);
  g_autoptr (GAsyncResult) result = NULL;

  plt_printer_list_load_async (printers, NULL, plt_ctl_ready_cb, &result);
  if (!plt_printer_list_load_finish (printers, plt_ctl_await (&result), error))
    return NULL;
  return g_steal_pointer (&printers);
}

static PltCtlStatus
run_list (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  g_autoptr (PltPrinterList) printers = load_printers (ctl, error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  if (printers == NULL)
    return PLT_CTL_REFUSED;
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (printers)); i++)
    {
      g_autoptr (GObject) printer = g_list_model_get_item (G_LIST_MODEL (printers), i);

      add_listed (builder, printer);
    }
  json_builder_end_array (builder);
  node = plt_ctl_finish (builder);
  plt_ctl_print (ctl, node);
  return PLT_CTL_DONE;
}

static void
add_strings (JsonBuilder *builder,
             GObject     *printer,
             const char  *property)
{
  g_auto (GStrv) strings = NULL;

  g_object_get (printer, property, &strings, NULL);
  json_builder_set_member_name (builder, property);
  json_builder_begin_array (builder);
  for (guint i = 0; strings != NULL && strings[i] != NULL; i++)
    json_builder_add_string_value (builder, strings[i]);
  json_builder_end_array (builder);
}

static void
add_supplies (JsonBuilder *builder,
              GObject     *printer)
{
  g_autoptr (GListModel) supplies = NULL;

  g_object_get (printer, "supplies", &supplies, NULL);
  json_builder_set_member_name (builder, "supplies");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (supplies); i++)
    {
      g_autoptr (GObject) supply = g_list_model_get_item (supplies, i);

      plt_ctl_add_object (builder, supply, "text", "kind", "title", "level", "low-level", "low",
                          "cards-left", NULL);
    }
  json_builder_end_array (builder);
}

/* What somebody has to know who looks after this printer. */
static const char *
describe_counting (GObject *printer)
{
  g_autofree char *counted = NULL;

  g_object_get (printer, "counted", &counted, NULL);
  return g_strcmp0 (counted, "printer") == 0
           ? _("The printer tells what is left.")
           : _("The printer does not tell what is left of its ribbon: what the books of stock say "
               "counts, see “stock left”.");
}

static void
print_printer (PltCtl  *ctl,
               GObject *printer)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  plt_ctl_add_members (builder, printer, LISTED, "warning", "model", "uri", "jobs", "profile",
                       "cleaning-cards", "cleaning", "cleaning-due", NULL);
  plt_ctl_add_string (builder, "advice", plt_printer_advice_find (printer));
  plt_ctl_add_string (builder, "counting", describe_counting (printer));
  add_strings (builder, printer, "reasons");
  add_supplies (builder, printer);
  add_strings (builder, printer, "classes");
  add_strings (builder, printer, "members");
  json_builder_end_object (builder);
  node = plt_ctl_finish (builder);
  plt_ctl_print (ctl, node);
}

static PltCtlStatus
run_show (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  g_autoptr (PltPrinterList) printers = load_printers (ctl, error);

  if (printers == NULL)
    return PLT_CTL_REFUSED;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (printers)); i++)
    {
      g_autoptr (GObject) printer = g_list_model_get_item (G_LIST_MODEL (printers), i);
      g_autofree char *destination = NULL;

      g_object_get (printer, "destination", &destination, NULL);
      if (g_strcmp0 (destination, arguments[0]) != 0)
        continue;
      print_printer (ctl, printer);
      return PLT_CTL_DONE;
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
               _("There is no printer “%s”; “platenctl printer list” names them."), arguments[0]);
  return PLT_CTL_REFUSED;
}

/* As compilers write it, so that editors find the place. */
static void
tell_fault (const PltPrinterProfileFault *fault)
{
  if (fault->line > 0)
    g_printerr ("%s:%u: %s\n", fault->file, fault->line, fault->words);
  else
    g_printerr ("%s: %s\n", fault->file, fault->words);
}

static void
print_check (PltCtl    *ctl,
             guint      n_files,
             GPtrArray *faults)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "profiles");
  json_builder_add_int_value (builder, n_files);
  json_builder_set_member_name (builder, "faults");
  json_builder_begin_array (builder);
  for (guint i = 0; i < faults->len; i++)
    {
      const PltPrinterProfileFault *fault = faults->pdata[i];

      json_builder_begin_object (builder);
      plt_ctl_add_string (builder, "file", fault->file);
      json_builder_set_member_name (builder, "line");
      json_builder_add_int_value (builder, fault->line);
      plt_ctl_add_string (builder, "fault", fault->words);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  node = plt_ctl_finish (builder);
  plt_ctl_print (ctl, node);
}

static PltCtlStatus
run_check (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  guint n_files = 0;
  g_autoptr (GPtrArray) faults =
    plt_printer_profiles_check (ctl->office, (const char *const *) arguments, &n_files, error);

  if (faults == NULL)
    return PLT_CTL_REFUSED;
  if (ctl->json || faults->len == 0)
    print_check (ctl, n_files, faults);
  else
    for (guint i = 0; i < faults->len; i++)
      tell_fault (faults->pdata[i]);
  return faults->len > 0 ? PLT_CTL_REFUSED : PLT_CTL_DONE;
}

const PltCtlCommand plt_ctl_printer_list = {
  .name = "printer list", .arguments = "",
  .summary = N_("List card printers and their state in words"),
  .signed_in = TRUE, .run = run_list,
};

const PltCtlCommand plt_ctl_printer_show = {
  .name = "printer show", .arguments = N_("DEST"),
  .summary = N_("Show all that is known of one printer"),
  .n_arguments = 1, .signed_in = TRUE, .run = run_show,
};

const PltCtlCommand plt_ctl_printer_check_profiles = {
  .name = "printer check-profiles", .arguments = N_("[FILE…]"),
  .summary = N_("Check the files that describe makes of printers"),
  .n_optional = 99, .run = run_check,
};
