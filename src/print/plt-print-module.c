/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The alerts of finishing modules (PWG 5100.9 §7, RFC 3805): each module can say each of the same
 * things, so that their words are put together. */
#include "plt-print-reason.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct
{
  const char *prefix;
  const char *title;
} modules[] = {
  { "bander-", N_("Bander") },
  { "binder-", N_("Binder") },
  { "die-cutter-", N_("Die cutter") },
  { "folder-", N_("Folder") },
  { "imprinter-", N_("Imprinter") },
  { "inserter-", N_("Inserter") },
  { "make-envelope-", N_("Envelope maker") },
  { "perforater-", N_("Perforator") },
  { "puncher-", N_("Puncher") },
  { "separation-cutter-", N_("Separation cutter") },
  { "sheet-rotator-", N_("Card flipper") },
  { "slitter-", N_("Slitter") },
  { "stacker-", N_("Card stacker") },
  { "stapler-", N_("Stapler") },
  { "stitcher-", N_("Stitcher") },
  { "subunit-", N_("Module") },
  { "trimmer-", N_("Trimmer") },
  { "wrapper-", N_("Laminator") },
};

static const struct
{
  const char        *event;
  PltReasonSeverity  severity;
  const char        *text;
} events[] = {
  { "added", PLT_REASON_REPORT, NC_("module", "added") },
  { "almost-empty", PLT_REASON_WARNING, NC_("module", "nearly empty") },
  { "almost-full", PLT_REASON_WARNING, NC_("module", "nearly full") },
  { "at-limit", PLT_REASON_ERROR, NC_("module", "at its limit") },
  { "closed", PLT_REASON_REPORT, NC_("module", "closed") },
  { "configuration-change", PLT_REASON_REPORT, NC_("module", "settings changed") },
  { "cooling-down", PLT_REASON_WARNING, NC_("module", "is cooling down") },
  { "cover-closed", PLT_REASON_REPORT, NC_("module", "cover closed") },
  { "cover-open", PLT_REASON_ERROR, NC_("module", "cover open") },
  { "empty", PLT_REASON_ERROR, NC_("module", "empty") },
  { "full", PLT_REASON_ERROR, NC_("module", "full") },
  { "interlock-closed", PLT_REASON_REPORT, NC_("module", "cover locked") },
  { "interlock-open", PLT_REASON_ERROR, NC_("module", "cover not locked") },
  { "jam", PLT_REASON_ERROR, NC_("module", "card jam, look there") },
  { "life-almost-over", PLT_REASON_WARNING, NC_("module", "nearly worn out") },
  { "life-over", PLT_REASON_ERROR, NC_("module", "worn out") },
  { "memory-exhausted", PLT_REASON_ERROR, NC_("module", "memory full") },
  { "missing", PLT_REASON_ERROR, NC_("module", "missing") },
  { "motor-failure", PLT_REASON_ERROR, NC_("module", "motor broken") },
  { "near-limit", PLT_REASON_WARNING, NC_("module", "near its limit") },
  { "offline", PLT_REASON_ERROR, NC_("module", "cannot be reached") },
  { "opened", PLT_REASON_ERROR, NC_("module", "open") },
  { "over-temperature", PLT_REASON_ERROR, NC_("module", "too hot") },
  { "power-saver", PLT_REASON_REPORT, NC_("module", "saves power") },
  { "recoverable-failure", PLT_REASON_WARNING, NC_("module", "had a fault and goes on") },
  { "recoverable-storage", PLT_REASON_WARNING, NC_("module", "memory had a fault and goes on") },
  { "removed", PLT_REASON_WARNING, NC_("module", "removed") },
  { "resource-added", PLT_REASON_REPORT, NC_("module", "data added") },
  { "resource-removed", PLT_REASON_REPORT, NC_("module", "data removed") },
  { "thermistor-failure", PLT_REASON_ERROR, NC_("module", "temperature sensor broken") },
  { "timing-failure", PLT_REASON_ERROR, NC_("module", "out of step") },
  { "turned-off", PLT_REASON_WARNING, NC_("module", "switched off") },
  { "turned-on", PLT_REASON_REPORT, NC_("module", "switched on") },
  { "under-temperature", PLT_REASON_WARNING, NC_("module", "too cold") },
  { "unrecoverable-failure", PLT_REASON_ERROR, NC_("module", "broken") },
  { "unrecoverable-storage", PLT_REASON_ERROR, NC_("module", "memory broken") },
  { "unrecoverable-storage-error", PLT_REASON_ERROR, NC_("module", "memory broken") },
  { "warming-up", PLT_REASON_WARNING, NC_("module", "is heating up") },
};

static char *
describe_event (const char        *title,
                const char        *event,
                PltReasonSeverity *severity)
{
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    if (g_str_equal (events[i].event, event))
      {
        *severity = events[i].severity;
        /* Translators: a module of a printer, then what is the matter with it. */
        return g_strdup_printf (_("%s: %s"), title, g_dpgettext2 (GETTEXT_PACKAGE, "module", events[i].text));
      }
  return NULL;
}

char *
plt_print_module_reason_to_text (const char        *keyword,
                                 PltReasonSeverity *severity)
{
  for (guint i = 0; i < G_N_ELEMENTS (modules); i++)
    if (g_str_has_prefix (keyword, modules[i].prefix))
      return describe_event (_(modules[i].title), keyword + strlen (modules[i].prefix), severity);
  return NULL;
}
