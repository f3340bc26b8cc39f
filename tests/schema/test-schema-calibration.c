/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves what is kept of printers' test cards: by whom, for which blanks, never changed. */
#include "schema-office.h"

#define CALIBRATE "SELECT api.calibrate_printer ('press-1', "

static int
make_card (const char *db)
{
  int application = schema_office_draft (db, "renewal");

  schema_office_submit (db, application);
  schema_office_approve (db, application);
  return schema_office_render (db, application);
}

static void
test_newest_of_the_lot (void)
{
  g_autofree char *db = schema_office_new ();

  g_free (schema_office_ask (db, "chen", "SELECT api.add_stock ('B00001000', 10)"));

  int card = make_card (db);
  g_autofree char *printer = schema_office_ask (db, "chen", "SELECT printer FROM api.card WHERE id = %d", card);
  g_autofree char *none = schema_office_ask (db, "chen", "SELECT count (*) FROM api.calibration_for_card (%d)", card);

  g_free (schema_office_ask (db, "chen", "SELECT api.calibrate_printer ('%s', '', 5.1, 5, 75, 5);"
                             "SELECT api.calibrate_printer ('%s', '', 5.2, 5, 75, 5);"
                             "SELECT api.calibrate_printer ('another', '', 5.9, 5, 75, 5)", printer, printer));
  g_autofree char *common = schema_office_ask (db, "chen", "SELECT left_mm FROM api.calibration_for_card (%d)", card);

  g_free (schema_office_ask (db, "chen", "SELECT api.name_stock_lot (serial, serial, 'N1') FROM api.card WHERE id = %d;"
                             "SELECT api.calibrate_printer ('%s', 'N1', 5.3, 5, 75, 5);"
                             "SELECT api.calibrate_printer ('%s', '', 5.4, 5, 75, 5)", card, printer, printer));
  g_autofree char *own = schema_office_ask (db, "chen", "SELECT left_mm FROM api.calibration_for_card (%d)", card);
  g_autofree char *there = schema_office_ask (db, "nils", "SELECT count (*) FROM api.print_calibration");
  g_autofree char *who = schema_office_ask (db, "anna", "SELECT DISTINCT who FROM api.print_calibration");
  g_autofree char *noted = schema_office_ask (db, "dora", "SELECT count (*) FROM api.audit_log WHERE action = 'printer_calibrated'");

  g_assert_cmpstr (none, ==, "0");
  g_assert_cmpstr (common, ==, "5.20");
  g_assert_cmpstr (own, ==, "5.30");
  g_assert_cmpstr (there, ==, "0");
  g_assert_cmpstr (who, ==, "Chen");
  g_assert_cmpstr (noted, ==, "5");
}

static void
test_refused (void)
{
  g_autofree char *db = schema_office_new ();

  schema_office_refused (db, "anna", "42501", "ROLE", CALIBRATE "'', 5, 5, 75, 5)");
  schema_office_refused (db, "dora", "42501", "ROLE", CALIBRATE "'', 5, 5, 75, 5)");
  schema_office_refused (db, "chen", "P0001", "FIELD", CALIBRATE "'', 5, 5, 7.5, 5)");
  schema_office_refused (db, "chen", "P0001", "FIELD", CALIBRATE "'', 5, 5, 75, NULL)");
  schema_office_refused (db, "chen", "P0001", "FIELD", CALIBRATE "'', 'NaN', 5, 75, 5)");
  schema_office_refused (db, "chen", "P0001", "FIELD", "SELECT api.calibrate_printer (' ', '', 5, 5, 75, 5)");
  schema_office_refused (db, "chen", "P0002", "NOT_FOUND", CALIBRATE "'N9', 5, 5, 75, 5)");
  schema_office_refused (db, "chen", "P0002", "NOT_FOUND", "SELECT api.name_stock_lot ('B90000000', 'B90000001', 'N9')");
  schema_office_refused (db, "anna", "42501", "ROLE", "SELECT api.name_stock_lot ('B00000000', 'B90000001', 'N9')");
}

static void
test_never_changed (void)
{
  g_autofree char *db = schema_office_new ();

  g_free (schema_office_ask (db, "boris", CALIBRATE "'', 5, 5, 75, 5)"));
  schema_office_refused (db, "postgres", "42501", "APPEND_ONLY", "UPDATE platen.print_calibration SET left_mm = 6");
  schema_office_refused (db, "postgres", "42501", "APPEND_ONLY", "DELETE FROM platen.print_calibration");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/calibration/newest-of-the-lot", test_newest_of_the_lot);
  g_test_add_func ("/schema/calibration/refused", test_refused);
  g_test_add_func ("/schema/calibration/never-changed", test_never_changed);

  return schema_office_run ();
}
