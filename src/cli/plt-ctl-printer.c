/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl printer test-card, calibrate, calibrations and lot: how far a printer prints beside the
 * place, and what is done about it. */
#include "plt-calibration-words.h"
#include "plt-calibration.h"
#include "plt-ctl.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static char *output_option = NULL;
static char *lot_option = NULL;
static double left_option = 0;
static double top_option = 0;
static double length_option = 0;
static double right_top_option = 0;

static const GOptionEntry test_card_options[] = {
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output_option,
    N_("Write the test card there, and print nothing"), N_("FILE") },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry calibrate_options[] = {
  { "left", 0, 0, G_OPTION_ARG_DOUBLE, &left_option,
    N_("From the left edge to the middle of cross A; should be 5.00"), N_("MM") },
  { "top", 0, 0, G_OPTION_ARG_DOUBLE, &top_option,
    N_("From the top edge to the middle of cross A; should be 5.00"), N_("MM") },
  { "length", 0, 0, G_OPTION_ARG_DOUBLE, &length_option,
    N_("From cross A to cross B; should be 75.00"), N_("MM") },
  { "right-top", 0, 0, G_OPTION_ARG_DOUBLE, &right_top_option,
    N_("From the top edge to the middle of cross B; should be 5.00"), N_("MM") },
  { "lot", 0, 0, G_OPTION_ARG_STRING, &lot_option, N_("Only for blanks of this lot"), N_("LOT") },
  G_OPTION_ENTRY_NULL
};

static PltCtlStatus
run_test_card (PltCtl  *ctl,
               char   **arguments,
               GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) pdf = NULL;
  int job;

  if (output_option != NULL)
    {
      pdf = plt_calibration_draw_test_card (arguments[0], error);
      return pdf != NULL && plt_ctl_write_file (output_option, pdf, error) ? PLT_CTL_DONE
                                                                          : PLT_CTL_REFUSED;
    }
  plt_calibration_print_test_card_async (ctl->office, arguments[0], NULL, plt_ctl_ready_cb, &result);
  job = plt_calibration_print_test_card_finish (plt_ctl_await (&result), error);
  if (job == 0)
    return PLT_CTL_REFUSED;
  plt_ctl_print_number (ctl, "job", job);
  return PLT_CTL_DONE;
}

static void
add_mm (JsonBuilder *builder,
        const char  *name,
        double       mm)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, round (mm * 1000) / 1000);
}

static void
add_calibration (JsonBuilder               *builder,
                 const PltPrintCalibration *calibration)
{
  PltPrintOffset off = plt_print_measure_get_offset (&calibration->measure);
  g_autofree char *at = g_date_time_format_iso8601 (calibration->at);

  json_builder_begin_object (builder);
  plt_ctl_add_string (builder, "at", at);
  plt_ctl_add_string (builder, "who", calibration->who);
  plt_ctl_add_string (builder, "printer", calibration->printer);
  plt_ctl_add_string (builder, "lot", calibration->lot);
  add_mm (builder, "left_mm", calibration->measure.left_mm);
  add_mm (builder, "top_mm", calibration->measure.top_mm);
  add_mm (builder, "length_mm", calibration->measure.length_mm);
  add_mm (builder, "right_top_mm", calibration->measure.right_top_mm);
  add_mm (builder, "off_right_mm", off.right_mm);
  add_mm (builder, "off_down_mm", off.down_mm);
  add_mm (builder, "length_percent", off.length_percent);
  add_mm (builder, "turn_degrees", off.turn_degrees);
  json_builder_end_object (builder);
}

static PltCtlStatus
run_calibrations (PltCtl  *ctl,
                  char   **arguments,
                  GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) calibrations = NULL;
  g_autoptr (JsonNode) node = NULL;

  plt_calibration_list_async (ctl->office, arguments[0], NULL, plt_ctl_ready_cb, &result);
  calibrations = plt_calibration_list_finish (ctl->office, plt_ctl_await (&result), error);
  if (calibrations == NULL)
    return PLT_CTL_REFUSED;
  json_builder_begin_array (builder);
  for (guint i = 0; i < calibrations->len; i++)
    add_calibration (builder, g_ptr_array_index (calibrations, i));
  json_builder_end_array (builder);
  node = plt_ctl_finish (builder);
  plt_ctl_print (ctl, node);
  return PLT_CTL_DONE;
}

static PltCtlStatus
run_calibrate (PltCtl  *ctl,
               char   **arguments,
               GError **error)
{
  PltPrintMeasure measure = { left_option, top_option, length_option, right_top_option };
  g_autofree char *fault = NULL;
  PltMeasureNumber number;
  g_autoptr (GAsyncResult) result = NULL;

  if (left_option == 0 || top_option == 0 || length_option == 0 || right_top_option == 0)
    {
      plt_ctl_usage_error (error, _("--left, --top, --length and --right-top say what was measured on "
                                    "the test card, in millimetres: three are near 5, the length is "
                                    "near 75."));
      return PLT_CTL_USAGE;
    }
  fault = plt_calibration_find_fault (&measure, &number);
  if (fault != NULL)
    {
      plt_ctl_usage_error (error, fault);
      return PLT_CTL_USAGE;
    }
  if (!plt_ctl_check_destination (ctl, arguments[0], error))
    return PLT_CTL_REFUSED;
  plt_calibration_add_async (ctl->office, arguments[0], lot_option != NULL ? lot_option : "",
                             &measure, NULL, plt_ctl_ready_cb, &result);
  if (!plt_calibration_add_finish (ctl->office, plt_ctl_await (&result), error))
    return PLT_CTL_REFUSED;
  return run_calibrations (ctl, arguments, error);
}

static PltCtlStatus
run_lot (PltCtl  *ctl,
         char   **arguments,
         GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  int count;

  plt_calibration_name_lot_async (ctl->office, arguments[0], arguments[1], arguments[2], NULL,
                                  plt_ctl_ready_cb, &result);
  count = plt_calibration_name_lot_finish (ctl->office, plt_ctl_await (&result), error);
  if (count < 0)
    return PLT_CTL_REFUSED;
  plt_ctl_print_number (ctl, "blanks", count);
  return PLT_CTL_DONE;
}

const PltCtlCommand plt_ctl_printer_test_card = {
  .name = "printer test-card", .arguments = N_("DEST"),
  .summary = N_("Print the card on which a printer’s errors are measured"),
  .n_arguments = 1, .signed_in = TRUE, .options = test_card_options, .run = run_test_card,
};

const PltCtlCommand plt_ctl_printer_calibrate = {
  .name = "printer calibrate", .arguments = N_("DEST"),
  .summary = N_("Keep what was measured on a printer’s test card"),
  .n_arguments = 1, .signed_in = TRUE, .options = calibrate_options, .run = run_calibrate,
};

const PltCtlCommand plt_ctl_printer_calibrations = {
  .name = "printer calibrations", .arguments = N_("DEST"),
  .summary = N_("List what was measured on a printer, newest first"),
  .n_arguments = 1, .signed_in = TRUE, .run = run_calibrations,
};

const PltCtlCommand plt_ctl_printer_lot = {
  .name = "printer lot", .arguments = N_("FIRST LAST LOT"),
  .summary = N_("Say which lot the blanks from one serial to another are of"),
  .n_arguments = 3, .signed_in = TRUE, .run = run_lot,
};
