/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A staffed office with its three registries, for the tests of office/: a database of its own with
 * anna and axel (clerk), boris (supervisor), bella (clerk and supervisor), chen (operator), dora (auditor) and emil
 * (administrator) in office UC, registry servers over TLS, the issuer's keys, and a configuration. */
#pragma once

#include "plt-case.h"
#include "plt-lookup.h"
#include "plt-office.h"
#include "plt-test-cluster.h"
#include "plt-test-registry.h"

G_BEGIN_DECLS

/* ID numbers with right check digits. */
#define OFFICE_CITIZEN office_citizen (1)

/* Starts cluster and keys, runs the tests, stops them. */
int              office_fixture_run          (void);
PltTestCluster  *office_cluster              (void);

/* A new database and a clean folder; all below belongs to it. */
void             office_fixture_new          (void);
/* @settings: (nullable): what configurations say of the issuer's keys from now on; NULL: as at first. */
void             office_use_keys             (const char     *settings);
void             office_use_layout           (const char     *id);
void             office_fixture_end          (void);
const char      *office_database             (void);
/* The configuration's text is written with @print_server, or without when NULL. */
PltOfficeConfig *office_config               (const char  *print_server);
PltTestRegistry *office_registry             (PltSource    source);
/* One more registry that answers with @body; @adapter is its file, in which @PORT@ and @CERTIFICATES@
 * are replaced. */
PltTestRegistry *office_attach               (const char  *adapter,
                                              const char  *body);
/* All three registries know the citizen: a driver with category B, whose licence expires soon, or
 * (not @driver) a person without a licence. Differences can be made by answering otherwise. */
void             office_answer               (const char  *id_number,
                                              gboolean     driver);
void             office_answer_identity      (const char  *id_number,
                                              const char  *family_name,
                                              const char  *birth_date);
const char      *office_citizen              (int          number);

/* A program of @login: connected and signed in with a fresh code. */
PltOffice       *office_sign_in              (const char  *login);
PltOffice       *office_sign_in_with         (const char  *login,
                                              const char  *print_server);
GError          *office_try_sign_in          (PltOffice   *office,
                                              const char  *user,
                                              const char  *password,
                                              const char  *totp);
PltOffice       *office_new_program          (const char  *login,
                                              const char  *print_server);
char            *office_fresh_totp           (const char  *login);

/* Runs the main loop until *@done, and fails the test after a minute. */
void             office_wait                 (gboolean    *done);
/* Collects the result of any call: pass &call as user data. */
typedef struct
{
  GAsyncResult *result;
  gboolean done;
} OfficeCall;
void             office_called_cb            (GObject      *source,
                                              GAsyncResult *result,
                                              gpointer      user_data);
GAsyncResult    *office_call_wait            (OfficeCall   *call);
void             office_call_clear           (OfficeCall   *call);

/* Each waits, and gives what the call gives. */
PltLookup       *office_look_up              (PltOffice          *office,
                                              const char         *id_number);
PltCase         *office_start                (PltOffice          *office,
                                              PltLookup          *lookup,
                                              PltApplicationType  type,
                                              GError            **error);
PltCase         *office_open                 (PltOffice          *office,
                                              const char         *number,
                                              GError            **error);
gboolean         office_step                 (PltCase            *self,
                                              PltCaseStep         step,
                                              const char         *reason,
                                              GError            **error);
gboolean         office_set_image            (PltCase            *self,
                                              PltCaseImage        image,
                                              GBytes             *data,
                                              GError            **error);
/* A draft of anna's with everything that it needs; its number. */
char            *office_draft                (PltOffice          *clerk,
                                              const char         *id_number,
                                              PltApplicationType  type);
/* The same carried on until boris has approved it. */
char            *office_approved             (const char         *id_number);
GBytes          *office_portrait             (void);
GBytes          *office_signature            (void);
PltApplicationState office_state             (PltCase            *self);

G_END_DECLS
