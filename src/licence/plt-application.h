/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A citizen's request for a licence card, as it stands in the database. */
#pragma once

#include <glib-object.h>

#include "plt-category.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_APPLICATION_TYPE_NEW,         /* "new" */
  PLT_APPLICATION_TYPE_RENEWAL,     /* "renewal" */
  PLT_APPLICATION_TYPE_REPLACEMENT, /* "replacement" */
  PLT_APPLICATION_TYPE_CORRECTION,  /* "correction" */
  PLT_APPLICATION_TYPE_UPGRADE,     /* "upgrade" */
  PLT_APPLICATION_TYPE_EXCHANGE,    /* "exchange": of a foreign licence */
  PLT_APPLICATION_TYPE_RETURN,      /* "return": after a ban that ended */
  PLT_APPLICATION_TYPE_INTERNATIONAL, /* "international": a permit on paper */
  PLT_APPLICATION_TYPE_TEMPORARY,   /* "temporary": a permit on paper */
  PLT_N_APPLICATION_TYPES,
} PltApplicationType;

/* The life of design.md §5; the database alone moves an application along it. */
typedef enum
{
  PLT_APPLICATION_STATE_DRAFT,         /* "draft" */
  PLT_APPLICATION_STATE_SUBMITTED,     /* "submitted" */
  PLT_APPLICATION_STATE_APPROVED,      /* "approved" */
  PLT_APPLICATION_STATE_IN_PRODUCTION, /* "in_production" */
  PLT_APPLICATION_STATE_READY,         /* "ready": its card was read back */
  PLT_APPLICATION_STATE_ISSUED,        /* "issued": its card was handed over */
  PLT_APPLICATION_STATE_RETURNED,      /* "returned": back to the clerk with reasons */
  PLT_APPLICATION_STATE_REJECTED,      /* "rejected" */
  PLT_APPLICATION_STATE_WITHDRAWN,     /* "withdrawn" */
  PLT_APPLICATION_STATE_WAITING,       /* "waiting": for a registry, a test, a payment */
  PLT_N_APPLICATION_STATES,
} PltApplicationState;

#define PLT_TYPE_LICENCE_APPLICATION (plt_licence_application_get_type ())
G_DECLARE_FINAL_TYPE (PltLicenceApplication, plt_licence_application,
                      PLT, LICENCE_APPLICATION, GObject)

/* Read-only after construction but for plt_licence_application_update(), which copies a newer
 * row over this one and notifies. Properties: "id" (int64), "number", "type", "state",
 * "id-number", "holder-name", "categories" (text form of plt-category.h), "licence-number",
 * "issue-date", "expiry-date" (ISO text or NULL), "office", "entered-by", "approved-by"
 * (display names), "entered-by-login", "created-at", "changed-at" (GDateTime), "row-version"
 * (int), "has-portrait", "has-signature", "stops" (int: open hard stops), "reason" (why it was
 * returned, rejected or waits). Derived: "type-title", "state-title", "age-text". */
void                   plt_licence_application_update  (PltLicenceApplication *self,
                                                        PltLicenceApplication *newer);

gint64               plt_licence_application_get_id            (PltLicenceApplication *self);
const char          *plt_licence_application_get_number        (PltLicenceApplication *self);
PltApplicationType   plt_licence_application_get_type_         (PltLicenceApplication *self);
PltApplicationState  plt_licence_application_get_state         (PltLicenceApplication *self);
const char          *plt_licence_application_get_id_number     (PltLicenceApplication *self);
const char          *plt_licence_application_get_holder_name   (PltLicenceApplication *self);
const char          *plt_licence_application_get_categories    (PltLicenceApplication *self);
const char          *plt_licence_application_get_licence_number(PltLicenceApplication *self);
int                  plt_licence_application_get_row_version   (PltLicenceApplication *self);

const char          *plt_application_type_to_nick    (PltApplicationType   type);
gboolean             plt_application_type_from_nick  (const char          *nick,
                                                      PltApplicationType  *type);
const char          *plt_application_type_get_title  (PltApplicationType   type);
const char          *plt_application_state_to_nick   (PltApplicationState  state);
gboolean             plt_application_state_from_nick (const char          *nick,
                                                      PltApplicationState *state);
const char          *plt_application_state_get_title (PltApplicationState  state);

G_END_DECLS
