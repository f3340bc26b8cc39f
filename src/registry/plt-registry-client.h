/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks one government registry over HTTPS, as its adapter file says; or a pre-enrolment service, which
 * is asked in the same way by the code of an application in place of an ID number. */
#pragma once

#include <gio/gio.h>

#include "plt-registry-breaker.h"
#include "plt-registry-health.h"
#include "plt-source-answer.h"

G_BEGIN_DECLS

/**
 * PltRegistryError: trouble with the adapter file or our own setup.
 * @PLT_REGISTRY_ERROR_ADAPTER: the file is wrong; the message names file and field path
 * @PLT_REGISTRY_ERROR_CREDENTIALS: certificate, key or token cannot be read
 * @PLT_REGISTRY_ERROR_SEARCH: a registry could not be searched; the message says why
 */
typedef enum
{
  PLT_REGISTRY_ERROR_ADAPTER,
  PLT_REGISTRY_ERROR_CREDENTIALS,
  PLT_REGISTRY_ERROR_SEARCH,
} PltRegistryError;

#define PLT_REGISTRY_ERROR (plt_registry_error_quark ())
GQuark plt_registry_error_quark (void);

#define PLT_TYPE_REGISTRY_CLIENT (plt_registry_client_get_type ())
G_DECLARE_FINAL_TYPE (PltRegistryClient, plt_registry_client, PLT, REGISTRY_CLIENT, GObject)

PltRegistryClient *plt_registry_client_new_from_file (const char           *path,
                                                      GError              **error);
PltSource          plt_registry_client_get_source    (PltRegistryClient    *self);
const char        *plt_registry_client_get_title     (PltRegistryClient    *self);
const char        *plt_registry_client_get_file      (PltRegistryClient    *self);
char              *plt_registry_client_dup_host      (PltRegistryClient    *self);
gboolean           plt_registry_client_is_preenrolment (PltRegistryClient  *self);
int                plt_registry_client_get_budget_ms (PltRegistryClient    *self);
int                plt_registry_client_get_cache_s   (PltRegistryClient    *self);
void               plt_registry_client_set_staff     (PltRegistryClient    *self,
                                                      const char           *login);

/* Always ends within the adapter's time budget, and always with an answer: what went wrong is the
 * answer's state and message, never a GError but G_IO_ERROR_CANCELLED. */
void               plt_registry_client_ask_async     (PltRegistryClient    *self,
                                                      const char           *id_number,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
PltSourceAnswer   *plt_registry_client_ask_finish    (PltRegistryClient    *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);

/* An answer that comes after the budget is not lost: in the callback of a question that ended with
 * TIMED_OUT, go on waiting for the same one. Without it nobody waits any longer. Ends with an answer,
 * or with G_IO_ERROR_TIMED_OUT when the adapter's “late_ms” are over or nothing is under way. */
void               plt_registry_client_follow_async  (PltRegistryClient    *self,
                                                      GAsyncResult         *question,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
PltSourceAnswer   *plt_registry_client_follow_finish (PltRegistryClient    *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);

/* Asks for nobody, to see whether the registry answers, whatever the breaker says; who asks while a
 * probe is under way waits for that one. ANSWERED and NOT_FOUND are what is hoped for. */
void               plt_registry_client_probe_async   (PltRegistryClient    *self,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
PltSourceAnswer   *plt_registry_client_probe_finish  (PltRegistryClient    *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);

/* (transfer none) How it has been doing, kept true from then on. Signals: "changed" when any of it
 * has changed; "came-back" when it answers after its breaker was open. */
const PltRegistryHealth  *plt_registry_client_get_health  (PltRegistryClient *self);
const PltRegistryBreaker *plt_registry_client_get_breaker (PltRegistryClient *self);

/* (element-type PltRegistryClient) (transfer full): every *.json of @folders, by file name.
 * @preenrolment: (out) (transfer full) (nullable): that of kind “pre-enrolment”, which is none of them */
GPtrArray         *plt_registry_clients_load         (const char * const   *folders,
                                                      PltRegistryClient   **preenrolment,
                                                      GError              **error);

G_END_DECLS
