/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What printers say of themselves, in words. */
#include "plt-printer-private.h"
#include "plt-printer-supply.h"

#include <string.h>

static void
test_words (void)
{
  const struct
  {
    const char *keyword;
    const char *text;
    int         severity;
  } cases[] = {
    { "media-empty", "Card feeder empty", 3 },
    { "media-empty-error", "Card feeder empty", 3 },
    { "media-empty-report", "Card feeder empty", 1 },
    { "media-low", "Few cards left in the feeder", 2 },
    { "marker-supply-empty-warning", "Ribbon empty", 2 },
    { "cover-open-report", "Cover open", 1 },
    { "paused", "Paused", 2 },
    { "cups-missing-filter-warning", "Printer driver missing", 3 }, /* the suffix is its name */
    { "input-media-tray-feed-error", "Card not taken from the feeder, or two at once", 3 },
    { "input-media-tray-feed-error-warning", "Card not taken from the feeder, or two at once", 2 },
    { "stacker-full-warning", "Card stacker: full", 2 },
    { "wrapper-jam", "Laminator: card jam, look there", 3 },
    { "separation-cutter-unrecoverable-storage-error", "Separation cutter: memory broken", 3 },
    { "none", NULL, 0 },
    { "cups-waiting-for-job-completed", NULL, 0 },
    { "cups-ipp-wrong-http-version", NULL, 0 },
    { "com.example.laser-tired-warning", "com.example.laser-tired", 2 },
    { "com.example.laser-tired", "com.example.laser-tired", 3 }, /* RFC 8011: then it is an error */
    { "stacker-tired", "stacker-tired", 3 },
    { "", "", 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = plt_printer_reason_to_text (cases[i].keyword);

      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_cmpint (plt_print_reason_severity (cases[i].keyword), ==, cases[i].severity);
    }
}

/* And what to do: of the worst, and where a printer says nothing of itself, too. */
static void
test_advice (void)
{
  static const struct
  {
    const char *reasons[3];
    int         severity;
    const char *part; /* NULL: nothing is to be done */
  } cases[] = {
    { { "none" }, 0, NULL },
    { { "media-low-warning" }, 1, NULL },
    { { "media-jam-error" }, 3, "Take the card out" },
    { { "media-empty-error", "media-path-jam-error" }, 3, "Take the card out" },
    { { "marker-supply-empty-error" }, 3, "new ribbon" },
    { { "input-media-tray-feed-error" }, 3, "two cards at once" },
    { { "media-empty-error" }, 3, "Load blanks" },
    { { "cover-open" }, 3, "Close the cover." },
    { { "output-area-full" }, 3, "read them back" },
    { { "offline" }, 3, "switched on" },
    { { "shutdown" }, 3, "Switch it on" },
    { { "cups-waiting-for-job-completed" }, 2, "switched on" },
    { { "com.example.laser-tired" }, 3, "display" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *text = plt_printer_advise (cases[i].reasons, cases[i].severity);

      g_assert_cmpint (text != NULL, ==, cases[i].part != NULL);
      if (text != NULL && strstr (text, cases[i].part) == NULL)
        g_error ("%s: %s", cases[i].reasons[0], text);
    }
}

/* Every keyword that is registered (IANA, as libcups 2.4 lists them) has words of its own. */
static void
test_all_registered (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "tests", "print",
                                            "printer-state-reasons.txt", NULL);
  g_autofree char *content = NULL;
  g_auto (GStrv) keywords = NULL;

  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  keywords = g_strsplit (g_strchomp (content), "\n", -1);
  g_assert_cmpuint (g_strv_length (keywords), ==, 794);
  for (guint i = 0; keywords[i] != NULL; i++)
    {
      g_autofree char *text = plt_printer_reason_to_text (keywords[i]);

      if (g_str_equal (keywords[i], "none"))
        g_assert_null (text);
      else if (text == NULL || g_str_equal (text, keywords[i]))
        g_error ("“%s” has no words", keywords[i]);
    }
}

typedef struct
{
  const char *reasons; /* with commas */
  const char *message;
  int         state;
  const char *text;
  int         severity;
} TroubleCase;

static void
test_together (void)
{
  const TroubleCase cases[] = {
    { "marker-supply-low-warning,media-jam-error,cover-open-error", NULL, 5,
      "Card jam: open the printer and look along the way of the card, from the feeder to the output; "
      "cover open; ribbon nearly used up", 3 },
    /* the same words once, as bad as the worst */
    { "toner-low-report,marker-supply-low-warning,marker-supply-low", NULL, 4,
      "Ribbon nearly used up", 2 },
    { "none", NULL, 3, "", 0 },
    { "none", "The printer may not exist or is unavailable at this time.", 4,
      "Printer cannot be reached", 2 },
    { "none", "The printer may not exist or is unavailable at this time.", 3,
      "Printer cannot be reached", 2 },
    { "none", "Sending data to printer.", 4, "", 0 },
    { "none", "Ribbon 4.20 not genuine", 4, "The printer says: “Ribbon 4.20 not genuine”", 1 },
    { "none", "Ribbon 4.20 not genuine", 5, "The printer says: “Ribbon 4.20 not genuine”", 3 },
    { "none", "Ribbon 4.20 not genuine", 3, "", 0 }, /* of the last job */
    { "none", "two\nlines", 5, "The printer says: “two lines”", 3 },
    /* reasons go before */
    { "media-empty-error", "Filter failed", 5, "Card feeder empty", 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) reasons = g_strsplit (cases[i].reasons, ",", -1);
      g_autoptr (PltPrintTrouble) trouble =
        plt_print_trouble_find (NULL, reasons, cases[i].message, cases[i].state);
      g_autofree char *text = plt_print_trouble_to_text (trouble);

      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_cmpint (plt_print_trouble_worst (trouble), ==, cases[i].severity);
    }
}

static void
test_supplies (void)
{
  const struct
  {
    PltSupplyFacts  facts;
    const char     *kind;
    const char     *text;
    gboolean        low;
  } cases[] = {
    { { "YMCKO ribbon", "ink-ribbon", 62, 10, -1, -1 }, "ribbon", "YMCKO ribbon: 62 % left", FALSE },
    { { NULL, "ribbon-wax", 10, 10, -1, -1 }, "ribbon", "Ribbon: 10 % left", TRUE },
    { { "Retransfer Film", "other", 0, -1, -1, -1 }, "film", "Retransfer Film: used up", TRUE },
    { { "", "transfer-unit", -3, 10, -1, -1 }, "film", "Film: some left", FALSE },
    { { "", "cleaner-unit", -2, -1, -1, -1 }, "cleaning", "Cleaning roller: level unknown", FALSE },
    { { "", "cleaner-unit", -1, -1, -1, -1 }, "cleaning", "Cleaning roller: level not reported",
      FALSE },
    { { "", "waste-ink", 96, -1, -1, -1 }, "waste", "Waste container: 96 % full", TRUE },
    { { "", "waste-ink", 50, -1, 50, -1 }, "waste", "Waste container: 50 % full", TRUE },
    { { "", "waste-ink", 0, -1, -1, -1 }, "waste", "Waste container: empty", FALSE },
    { { "", "waste-ink", -3, -1, -1, -1 }, "waste", "Waste container: some room left", FALSE },
    { { "", "unknown", 7, -1, -1, -1 }, "other", "Supply: 7 % left", FALSE },
    { { "", NULL, -77, -1, -1, -1 }, "other", "Supply: level unknown", FALSE },
    { { "K", "toner", 400, -1, -1, 12 }, "ribbon", "K: 100 % left, 12 cards", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PltPrinterSupply) supply = plt_printer_supply_new (&cases[i].facts);

      g_assert_cmpstr (plt_printer_supply_get_text (supply), ==, cases[i].text);
      g_assert_cmpstr (plt_printer_supply_get_kind (supply), ==, cases[i].kind);
      g_assert_cmpint (plt_printer_supply_is_low (supply), ==, cases[i].low);
    }
}

static void
test_supply_texts (void)
{
  const struct
  {
    const char *value;
    const char *description;
    const char *text;
  } cases[] = {
    { "index=1;class=supplyThatIsConsumed;type=ribbonWax;unit=percent;maxcapacity=100;level=62;"
      "colorantname=multi-color;", "YMCKO ribbon", "YMCKO ribbon: 62 % left" },
    { "type=inkRibbon;unit=impressions;maxcapacity=250;level=50;", NULL,
      "Ribbon: 20 % left, 50 cards" },
    /* the room that is left */
    { "class=receptacleThatIsFilled;type=wasteInk;unit=percent;maxcapacity=100;level=10", "",
      "Waste container: 90 % full" },
    { "class=receptacleThatIsFilled;type=other;maxcapacity=100;level=-3", "", 
      "Waste container: some room left" },
    { "type=inkRibbon;level=7", "", "Ribbon: some left" }, /* seven of what? */
    { "type=inkRibbon;level=-2", "", "Ribbon: level unknown" },
    { "type=inkRibbon", "", "Ribbon: level not reported" },
    { "level=99999999999999", "", "Supply: level not reported" },
    { ";;=;level", "", "Supply: level not reported" },
    { "", NULL, "Supply: level not reported" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PltPrinterSupply) supply =
        plt_printer_supply_new_from_text (cases[i].value, cases[i].description);

      g_assert_cmpstr (plt_printer_supply_get_text (supply), ==, cases[i].text);
    }
}

static void
test_capacity (void)
{
  PltSupplyFacts facts = { "YMCKO", "ink-ribbon", 62, -1, -1, -1 };
  g_autoptr (PltPrinterSupply) supply = plt_printer_supply_new (&facts);
  int cards;

  plt_printer_supply_set_capacity (supply, 250);
  g_object_get (supply, "cards-left", &cards, NULL);
  g_assert_cmpint (cards, ==, 155);
  g_assert_cmpstr (plt_printer_supply_get_text (supply), ==, "YMCKO: 62 % left, about 155 cards");
}

/* A printer that says nothing but its levels. */
static void
test_printer (void)
{
  PltSupplyFacts low = { "YMCKO", "ink-ribbon", 3, 5, -1, -1 };
  g_autoptr (GPtrArray) supplies = g_ptr_array_new_with_free_func (g_object_unref);
  char *silent[] = { (char *) "none", NULL };
  char *telling[] = { (char *) "marker-supply-low-warning", NULL };
  char *alerts[] = { (char *) "Clean the rollers", NULL };
  PltPrinterFacts facts = { .destination = "q", .state = PLT_PRINTER_STATE_IDLE, .accepting = TRUE,
                            .reasons = silent, .supplies = supplies };
  g_autoptr (PltPrinter) printer = NULL;
  g_autoptr (PltPrinter) twice = NULL;
  g_autoptr (PltPrinter) alerted = NULL;
  g_autofree char *line = NULL;

  g_ptr_array_add (supplies, plt_printer_supply_new (&low));
  printer = plt_printer_new (&facts);
  g_assert_cmpstr (plt_printer_get_state_text (printer), ==, "YMCKO: 3 % left");
  g_object_get (printer, "supply-text", &line, NULL);
  g_assert_cmpstr (line, ==, "YMCKO: 3 % left");

  facts.reasons = telling;
  twice = plt_printer_new (&facts);
  g_assert_cmpstr (plt_printer_get_state_text (twice), ==, "Ribbon nearly used up");

  facts.reasons = silent;
  facts.supplies = NULL;
  facts.alerts = alerts;
  alerted = plt_printer_new (&facts);
  g_assert_cmpstr (plt_printer_get_state_text (alerted), ==, "Clean the rollers");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/print/reasons/words", test_words);
  g_test_add_func ("/print/reasons/advice", test_advice);
  g_test_add_func ("/print/reasons/all-registered", test_all_registered);
  g_test_add_func ("/print/reasons/several-worst-first", test_together);
  g_test_add_func ("/print/supplies/in-words", test_supplies);
  g_test_add_func ("/print/supplies/printer-supply", test_supply_texts);
  g_test_add_func ("/print/supplies/capacity", test_capacity);
  g_test_add_func ("/print/printer/says-what-is-low", test_printer);
  return g_test_run ();
}
