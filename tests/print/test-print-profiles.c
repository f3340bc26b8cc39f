/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Profiles of printers: what ships is right, what is wrong is told with its line. */
#include "plt-print-offer.h"
#include "plt-printer-private.h"

#include <glib/gstdio.h>
#include <string.h>

#define HEAD "[profile]\nformat = 1\ntitle = Utopia\n[match]\nmake-and-model = *utopia*\n"

static PltPrintProfile *
read_text (const char *text,
           GPtrArray  *faults)
{
  return plt_print_profile_read ("utopia.ini", text, strlen (text), faults);
}

static void
test_faults (void)
{
  const struct
  {
    const char *text;
    guint       line;
    const char *words;
  } cases[] = {
    { HEAD "[printing]\nsides = one-sided\n", 7, "sides: must be one of two-sided-short-edge, " },
    { HEAD "[printing]\nduplex = yes\n", 7, "“duplex” is no key of [printing]" },
    { HEAD "[prnting]\n", 6, "[prnting] is no group" },
    { HEAD "[cleaning]\ncards = often\n", 7, "cards: must be a number of cards" },
    { HEAD "[capacity]\nYMCKO = 0\n", 7, "YMCKO: must be a number of cards" },
    { HEAD "[options]\ncopies = 2\n", 7, "copies: is not for a profile" },
    { HEAD "[options]\nA = b c\n", 7, "A: name and value may have" },
    { HEAD "[reasons]\nx = broken\n", 7, "x: must begin with “error:”" },
    { HEAD "[reasons]\nx = error:\n", 7, "x: must begin with “error:”" },
    { HEAD "[supplies]\nreported = perhaps\n", 7, "reported: must be one of yes, no, unknown" },
    { HEAD "[supplies]\nreported[fr] = yes\n", 7, "is the same in every language" },
    { HEAD "[jam]\nplace =\n", 7, "place: has no value" },
    { HEAD "[jam]\nplace = A\nplace = B\n", 8, "“place” stands in line 7 already" },
    { HEAD "[match]\n", 6, "“match” stands in line 4 already" },
    { HEAD "no equals here\n", 6, "must be “key = value”" },
    { HEAD "[\n", 6, "must be a group" },
    { HEAD "[a]b]\n", 6, "must be a group" },
    { "x = 1\n" HEAD, 1, "must come behind a group" },
    { "[profile]\nformat = 2\ntitle = T\n[match]\ndevice-uri = usb://x\n", 2, "this program reads 1" },
    { "[profile]\nformat = 1\n[match]\ndevice-uri = usb://x\n", 0, "“title” in [profile] is missing" },
    { "[profile]\nformat = 1\ntitle = T\n", 0, "[match] must have" },
    { "[profile]\nformat = 1\ntitle = T\n[match]\nmake-and-model = *\n", 5, "every printer" },
    { "", 0, "is missing" },
    { HEAD "# \xff\n", 6, "no text in UTF-8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) faults = plt_profile_faults_new ();
      g_autoptr (PltPrintProfile) profile = read_text (cases[i].text, faults);
      PltProfileFault *fault;

      g_assert_nonnull (profile);
      if (faults->len == 0)
        g_error ("no fault in “%s”", cases[i].text);
      fault = faults->pdata[0];
      if (fault->line != cases[i].line || strstr (fault->words, cases[i].words) == NULL)
        g_error ("%u: %s; expected %u: %s", fault->line, fault->words, cases[i].line,
                 cases[i].words);
    }
}

static void
test_answers (void)
{
  g_autoptr (GPtrArray) faults = plt_profile_faults_new ();
  g_autoptr (PltPrintProfile) profile = read_text (
    HEAD "# a remark\n\n[printing]\nsides=two-sided-long-edge\n[capacity]\nYMCKO = 250\n"
    "YMCKOK = 200\n[jam]\nplace = under the ribbon\n[cleaning]\ncards = 1000\n[reasons]\n"
    "com.utopia.dirt = warning: Cleaning due soon\ncom.utopia.busy = normal:\n[messages]\n"
    "E42 = error: Flipper stuck\n[options]\nA = b\n[options-if-offered]\nC = d\n", faults);
  PltReasonSeverity severity;
  g_autofree char *dirt = NULL, *busy = NULL, *other = NULL, *message = NULL;
  PltProfileOption *option;

  g_assert_cmpuint (faults->len, ==, 0);
  g_assert_cmpstr (plt_print_profile_get_name (profile), ==, "utopia");
  g_assert_cmpstr (plt_print_profile_get_sides (profile), ==, "two-sided-long-edge");
  g_assert_cmpint (plt_print_profile_get_cleaning (profile), ==, 1000);
  g_assert_cmpint (plt_print_profile_get_capacity (profile, "Ribbon ymcko"), ==, 250);
  g_assert_cmpint (plt_print_profile_get_capacity (profile, "YMCKOK"), ==, 200);
  g_assert_cmpint (plt_print_profile_get_capacity (profile, "K"), ==, 0);
  g_assert_true (plt_print_profile_matches (profile, "The UTOPIA Card Printer", NULL));
  g_assert_false (plt_print_profile_matches (profile, "Other", "ipp://x"));
  g_assert_false (plt_print_profile_matches (profile, NULL, NULL));
  dirt = plt_print_profile_describe_reason (profile, "com.utopia.dirt-error", &severity);
  g_assert_cmpstr (dirt, ==, "Cleaning due soon");
  g_assert_cmpint (severity, ==, PLT_REASON_WARNING);
  busy = plt_print_profile_describe_reason (profile, "com.utopia.busy", &severity);
  g_assert_cmpstr (busy, ==, "");
  other = plt_print_profile_describe_reason (profile, "com.utopia.dirtier", &severity);
  g_assert_null (other);
  message = plt_print_profile_describe_message (profile, "Job 7: E42.", &severity);
  g_assert_cmpstr (message, ==, "Flipper stuck");
  option = plt_print_profile_get_options (profile)->pdata[0];
  g_assert_true (option->required && g_str_equal (option->name, "A"));
  option = plt_print_profile_get_options (profile)->pdata[1];
  g_assert_false (option->required);
}

static void
test_trouble (void)
{
  g_autoptr (GPtrArray) faults = plt_profile_faults_new ();
  g_autoptr (PltPrintProfile) profile = read_text (
    HEAD "[jam]\nplace = look under the ribbon\n[reasons]\ncom.utopia.dirt = warning: Cleaning due\n"
    "[messages]\nE42 = error: Flipper stuck\n", faults);
  char *reasons[] = { (char *) "com.utopia.dirt-warning", (char *) "media-jam-error", NULL };
  char *none[] = { (char *) "none", NULL };
  g_autoptr (PltPrintTrouble) trouble = plt_print_trouble_find (profile, reasons, NULL, 5);
  g_autoptr (PltPrintTrouble) said = plt_print_trouble_find (profile, none, "E42", 5);
  g_autofree char *text = plt_print_trouble_to_text (trouble);
  g_autofree char *message = plt_print_trouble_to_text (said);

  g_assert_cmpstr (text, ==, "Card jam: look under the ribbon; cleaning due");
  g_assert_cmpstr (message, ==, "Flipper stuck");
}

/* Every file that ships, and its French. */
static void
test_shipped (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data", "printers",
                                              NULL);
  const char *folders[] = { folder, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) profiles = plt_print_profiles_load (folders, &error);
  static const struct
  {
    const char *model;
    const char *name;
    const char *device_id;
  } models[] = {
    { "Evolis Primacy 2 - IPP Everywhere", "evolis", NULL }, { "HID FARGO HDP6600, driverless, cups-filters 1.28.17", "fargo", NULL },
    { "Magicard 600 - IPP Everywhere (color, 2-sided)", "magicard", NULL }, { "Datacard CR805 driverless", "entrust", NULL },
    { "Local Raw Printer", "zebra", "MANUFACTURER:Zebra Technologies;MODEL:ZXP Series 7;CLS:PRINTER;" },
    { "Unknown - IPP Everywhere", "matica", "mfg: Matica; mdl: MC310;" },
    { "Generic PostScript Printer", "evolis", "MFG:Evolis;CMD:PDF;MDL:Evolis Zenius;" },
    { "Unknown - IPP Everywhere", NULL, "MFG:Utopia;MDL:ID-1 Card Printer;" }, { NULL, NULL, ";;MDL:;:;MFG" },
    { "Evolis Primacy", "evolis", NULL }, { "HID FARGO DTC4500e", "fargo", NULL },
    { "Zebra ZXP Series 3 USB Card Printer", "zebra", NULL }, { "Zebra ZC350", "zebra", NULL },
    { "Datacard SD260", "entrust", NULL }, { "Magicard Tango 2E", "magicard", NULL },
    { "Matica XID8300", "matica", NULL }, { "Zebra ZPL Label Printer", NULL, NULL },
    { "Utopia ID-1 Card Printer", NULL, NULL }, { "Generic PostScript Printer", NULL, NULL },
  };

  g_assert_no_error (error);
  g_assert_cmpuint (profiles->len, ==, 6);
  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    {
      PltPrintProfile *found = plt_print_profiles_find (profiles, models[i].model, models[i].device_id, NULL);

      g_test_message ("%s, %s", models[i].model, models[i].device_id);
      g_assert_cmpstr (found != NULL ? plt_print_profile_get_name (found) : NULL, ==,
                       models[i].name);
    }
}

static void
test_overlay (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *one = g_dir_make_tmp ("pltprf-XXXXXX", &error);
  g_autofree char *two = g_dir_make_tmp ("pltprf-XXXXXX", &error);
  g_autofree char *first = g_build_filename (one, "utopia.ini", NULL);
  g_autofree char *second = g_build_filename (two, "utopia.ini", NULL);
  const char *folders[] = { one, two, NULL };
  const char *nowhere[] = { "/nonexistent", NULL };
  g_autoptr (GPtrArray) profiles = NULL;

  g_assert_true (g_file_set_contents (first, HEAD "[cleaning]\ncards = 10\n", -1, NULL));
  g_assert_true (g_file_set_contents (second, HEAD "[cleaning]\ncards = 20\n", -1, NULL));
  profiles = plt_print_profiles_load (folders, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (profiles->len, ==, 1);
  g_assert_cmpint (plt_print_profile_get_cleaning (profiles->pdata[0]), ==, 20);

  g_assert_true (g_file_set_contents (second, HEAD "[cleaning]\ncards = x\n", -1, NULL));
  g_assert_null (plt_print_profiles_load (folders, &error));
  g_assert_error (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_PROFILE);
  g_assert_nonnull (strstr (error->message, second));
  g_assert_nonnull (strstr (error->message, "line 7"));
  g_clear_error (&error);
  g_assert_null (plt_print_profiles_load (nowhere, &error));
  g_assert_error (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_PROFILE);
  g_unlink (first);
  g_unlink (second);
  g_rmdir (one);
  g_rmdir (two);
}

static void
test_offer (void)
{
  const char *ppd = "*OpenUI *GDuplexType/Duplex: PickOne\n*GDuplexType DUPLEX_CC/Colour: \"\"\n"
                    "*GDuplexType DUPLEX_CM: \"\"\n*% *GDuplexType DUPLEX_MM: \"\"\n*End A";

  g_assert_true (plt_print_offer_is_in (ppd, "GDuplexType", "DUPLEX_CC"));
  g_assert_true (plt_print_offer_is_in (ppd, "GDuplexType", "DUPLEX_CM"));
  g_assert_false (plt_print_offer_is_in (ppd, "GDuplexType", "DUPLEX_C"));
  g_assert_false (plt_print_offer_is_in (ppd, "GDuplexType", "DUPLEX_MM"));
  g_assert_false (plt_print_offer_is_in (ppd, "End", "A"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/print/profiles/faults", test_faults);
  g_test_add_func ("/print/profiles/answers", test_answers);
  g_test_add_func ("/print/profiles/trouble", test_trouble);
  g_test_add_func ("/print/profiles/shipped", test_shipped);
  g_test_add_func ("/print/profiles/overlay", test_overlay);
  g_test_add_func ("/print/profiles/offer", test_offer);
  return g_test_run ();
}
