/* SPDX-License-Identifier: GPL-3.0-or-later */
/* printer-state-reasons in words. */
#include "plt-printer.h"

static void
test_words (void)
{
  const struct
  {
    const char *keyword;
    const char *text;
  } cases[] = {
    { "media-empty", "Card feeder empty" },
    { "media-empty-error", "Card feeder empty" },
    { "marker-supply-empty-warning", "Ribbon empty" },
    { "cover-open-report", "Cover open" },
    { "cups-missing-filter-warning", "Printer driver missing" }, /* the suffix is its name */
    { "none", NULL },
    { "cups-waiting-for-job-completed", NULL },
    { "com.example.laser-tired-error", "com.example.laser-tired" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = plt_printer_reason_to_text (cases[i].keyword);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/print/reasons/words", test_words);
  return g_test_run ();
}
