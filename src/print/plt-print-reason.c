/* SPDX-License-Identifier: GPL-3.0-or-later */
/* printer-state-reasons (RFC 8011 §5.4.12, PWG 5100.9) in words for who stands at the printer. */
#include "plt-printer-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct
{
  const char *keyword;
  const char *text; /* NULL: normal, not to be shown */
} reasons_in_words[] = {
  { "none", NULL },
  { "cups-waiting-for-job-completed", NULL },
  { "cups-ipp-conformance-failure-report", NULL },
  { "cups-ipp-missing-job-history", NULL }, /* concerns jobs, see plt-print-job.c */
  { "media-empty", N_("Card feeder empty") },
  { "media-needed", N_("Cards needed") },
  { "media-low", N_("Few cards left in the feeder") },
  { "media-jam", N_("Card jam") },
  { "cover-open", N_("Cover open") },
  { "door-open", N_("Door open") },
  { "interlock-open", N_("Cover not locked") },
  { "marker-supply-empty", N_("Ribbon empty") },
  { "marker-supply-low", N_("Ribbon nearly used up") },
  { "toner-empty", N_("Ribbon empty") },
  { "toner-low", N_("Ribbon nearly used up") },
  { "marker-waste-full", N_("Waste container full") },
  { "marker-waste-almost-full", N_("Waste container nearly full") },
  { "input-tray-missing", N_("Card feeder missing") },
  { "output-area-full", N_("Output tray full") },
  { "output-area-almost-full", N_("Output tray nearly full") },
  { "paused", N_("Paused") },
  { "moving-to-paused", N_("Pausing after this card") },
  { "stopping", N_("Stopping") },
  { "stopped-partly", N_("Partly stopped") },
  { "offline", N_("Printer cannot be reached") },
  { "connecting-to-device", N_("Connecting to the printer") },
  { "timed-out", N_("Printer does not answer") },
  { "shutdown", N_("Printer switched off") },
  { "cups-missing-filter-warning", N_("Printer driver missing") },
  { "cups-insecure-filter-warning", N_("Printer driver not trusted") },
  { "spool-area-full", N_("Printer memory full") },
  { "other", N_("Other trouble, see the printer’s display") },
};

/* The suffix tells severity: 1 report, 2 warning, 3 error; 0 without one. */
static int
find_suffix (const char *keyword,
             gsize      *stem_length)
{
  static const char *const suffixes[] = { "-report", "-warning", "-error" };

  *stem_length = strlen (keyword);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (keyword, suffixes[i]))
      {
        *stem_length -= strlen (suffixes[i]);
        return (int) i + 1;
      }
  return 0;
}

static int
find_reason (const char *keyword)
{
  gsize stem_length;

  /* Some of CUPS's own keywords end in "-warning" themselves. */
  for (guint i = 0; i < G_N_ELEMENTS (reasons_in_words); i++)
    if (g_str_equal (reasons_in_words[i].keyword, keyword))
      return (int) i;
  find_suffix (keyword, &stem_length);
  for (guint i = 0; i < G_N_ELEMENTS (reasons_in_words); i++)
    if (strlen (reasons_in_words[i].keyword) == stem_length
        && strncmp (reasons_in_words[i].keyword, keyword, stem_length) == 0)
      return (int) i;
  return -1;
}

/**
 * plt_printer_reason_to_text:
 * @keyword: one of printer-state-reasons, with suffix or without
 *
 * Returns: (transfer full) (nullable): words; the keyword itself, without suffix, if we do not know
 *   it; NULL if it is normal
 */
char *
plt_printer_reason_to_text (const char *keyword)
{
  int found;
  gsize stem_length;

  g_return_val_if_fail (keyword != NULL, NULL);

  found = find_reason (keyword);
  if (found < 0)
    {
      find_suffix (keyword, &stem_length);
      return g_strndup (keyword, stem_length);
    }
  return reasons_in_words[found].text != NULL ? g_strdup (_(reasons_in_words[found].text)) : NULL;
}

/* 0 fine, 1 report, 2 warning, 3 error. A keyword without suffix may be anything (RFC 8011
 * §5.4.12): a warning. */
int
plt_print_reason_severity (const char *keyword)
{
  int found = find_reason (keyword);
  gsize stem_length;
  int severity;

  if (found >= 0 && reasons_in_words[found].text == NULL)
    return 0;
  severity = find_suffix (keyword, &stem_length);
  return severity > 0 ? severity : 2;
}

static void
append_words (GString    *text,
              const char *words)
{
  g_autofree char *first = NULL;

  if (text->len == 0)
    {
      g_string_append (text, words);
      return;
    }
  first = g_utf8_substring (words, 0, 1);
  g_autofree char *lower = g_utf8_strdown (first, -1);
  g_string_append_printf (text, "; %s%s", lower, words + strlen (first));
}

/* The back end's own sentence while it cannot reach an IPP printer; the reasons then say "none". */
static gboolean
says_unreachable (const char *message)
{
  return message != NULL && strstr (message, "may not exist or is unavailable") != NULL;
}

/**
 * plt_print_reasons_to_text:
 * @reasons: (nullable): all that hold at once
 * @message: (nullable): printer-state-message
 *
 * Returns: (transfer full): "" when there is nothing to show
 */
char *
plt_print_reasons_to_text (char       **reasons,
                           const char  *message)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; reasons != NULL && reasons[i] != NULL; i++)
    {
      g_autofree char *words = plt_printer_reason_to_text (reasons[i]);

      if (words != NULL)
        append_words (text, words);
    }
  if (text->len == 0 && says_unreachable (message))
    append_words (text, _("Printer cannot be reached"));
  return g_string_free (text, FALSE);
}
