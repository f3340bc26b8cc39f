/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the database's rules said of an application, and what has happened to it. Both are
 * made from rows and never changed. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  PLT_SEVERITY_HARD,    /* "hard": it stops the application */
  PLT_SEVERITY_SOFT,    /* "soft": it needs the approver's eye */
  PLT_SEVERITY_WARNING, /* "warning" */
} PltSeverity;

#define PLT_TYPE_FINDING (plt_finding_get_type ())
G_DECLARE_FINAL_TYPE (PltFinding, plt_finding, PLT, FINDING, GObject)

/* Properties: "rule", "severity", "text", "cure", "legal-reference", "field" (nick or NULL). */
PltFinding  *plt_finding_new           (const char  *rule,
                                        PltSeverity  severity,
                                        const char  *text,
                                        const char  *cure,
                                        const char  *legal_reference,
                                        const char  *field);
const char  *plt_finding_get_rule      (PltFinding  *self);
PltSeverity  plt_finding_get_severity  (PltFinding  *self);
const char  *plt_finding_get_text      (PltFinding  *self);
const char  *plt_finding_get_cure      (PltFinding  *self);
const char  *plt_finding_get_legal_reference (PltFinding *self);
const char  *plt_severity_to_nick      (PltSeverity  severity);
gboolean     plt_severity_from_nick    (const char  *nick,
                                        PltSeverity *severity);

#define PLT_TYPE_EVENT (plt_event_get_type ())
G_DECLARE_FINAL_TYPE (PltEvent, plt_event, PLT, EVENT, GObject)

/* Properties: "at" (GDateTime), "who" (display name), "workstation", "subject" ("application"
 * or "card"), "what" (the state entered or act, nick), "text" (a sentence), "why". */
PltEvent    *plt_event_new             (GDateTime   *at,
                                        const char  *who,
                                        const char  *workstation,
                                        const char  *subject,
                                        const char  *what,
                                        const char  *text,
                                        const char  *why);
GDateTime   *plt_event_get_at          (PltEvent    *self);
const char  *plt_event_get_who         (PltEvent    *self);
const char  *plt_event_get_what        (PltEvent    *self);
const char  *plt_event_get_text        (PltEvent    *self);
const char  *plt_event_get_why         (PltEvent    *self);

G_END_DECLS
