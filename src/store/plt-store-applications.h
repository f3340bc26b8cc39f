/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Applications: lists of them, and every change of one. Opening one is in plt-store-case.h. */
#pragma once

#include "plt-application.h"
#include "plt-reconciliation.h"
#include "plt-source-answer.h"
#include "plt-store.h"

G_BEGIN_DECLS

/* Which applications a list shows. @states: nicks, NULL for all. @text: beginning of a number, an
 * ID number or a part of the name, NULL for all. */
typedef struct
{
  const char * const *states;
  const char         *text;
} PltStoreFilter;

/* All lists: (element-type PltLicenceApplication) (transfer full). @after_changed_at NULL: the
 * first page. */
void       plt_store_list_applications_async  (PltStore              *self,
                                               const PltStoreFilter  *filter,
                                               GDateTime             *after_changed_at,
                                               gint64                 after_id,
                                               int                    limit,
                                               GCancellable          *cancellable,
                                               GAsyncReadyCallback    callback,
                                               gpointer               user_data);
/* Those of @ids (decimal, NULL-terminated) that @filter lets through. */
void       plt_store_list_changed_async       (PltStore              *self,
                                               const PltStoreFilter  *filter,
                                               const char * const    *ids,
                                               GCancellable          *cancellable,
                                               GAsyncReadyCallback    callback,
                                               gpointer               user_data);
void       plt_store_list_citizen_async       (PltStore              *self,
                                               const char            *id_number,
                                               GCancellable          *cancellable,
                                               GAsyncReadyCallback    callback,
                                               gpointer               user_data);
GPtrArray *plt_store_list_applications_finish (PltStore              *self,
                                               GAsyncResult          *result,
                                               GError               **error);

/* One application by its number; PLT_STORE_ERROR_NOT_FOUND when this office has none. */
void       plt_store_get_application_async    (PltStore              *self,
                                               const char            *number,
                                               GCancellable          *cancellable,
                                               GAsyncReadyCallback    callback,
                                               gpointer               user_data);
PltLicenceApplication *
           plt_store_get_application_finish   (PltStore              *self,
                                               GAsyncResult          *result,
                                               GError               **error);

/* Starts an application with what the sources said and what reconciliation made of it, as one
 * transaction; the same @key again changes nothing and gives the same number. @categories: codes or
 * NULL. @origin: what it starts from, as a JSON object, or NULL. @answers: those not asked are NULL.
 * @fields: (element-type PltReconciledField). */
void       plt_store_start_application_async  (PltStore              *self,
                                               const char            *key,
                                               const char            *id_number,
                                               PltApplicationType     type,
                                               const char * const    *categories,
                                               const char            *origin,
                                               PltSourceAnswer       *answers[PLT_N_SOURCES],
                                               GPtrArray             *fields,
                                               GCancellable          *cancellable,
                                               GAsyncReadyCallback    callback,
                                               gpointer               user_data);
/* Returns: (transfer full): the application's number */
char      *plt_store_start_application_finish (PltStore              *self,
                                               GAsyncResult          *result,
                                               GError               **error);

/* Records what the sources said to this person, as one transaction. */
void       plt_store_record_sources_async     (PltStore              *self,
                                               gint64                 application,
                                               PltSourceAnswer       *answers[PLT_N_SOURCES],
                                               GCancellable          *cancellable,
                                               GAsyncReadyCallback    callback,
                                               gpointer               user_data);
gboolean   plt_store_record_sources_finish    (PltStore              *self,
                                               GAsyncResult          *result,
                                               GError               **error);

/* Each change below is made under the row version that was read, and returns the new one. */
void       plt_store_set_field_async          (PltStore              *self,
                                               gint64                 application,
                                               int                    row_version,
                                               PltField               field,
                                               const char            *value,
                                               const char            *reason,
                                               GCancellable          *cancellable,
                                               GAsyncReadyCallback    callback,
                                               gpointer               user_data);
void       plt_store_set_categories_async     (PltStore              *self,
                                               gint64                 application,
                                               int                    row_version,
                                               const char * const    *categories,
                                               GCancellable          *cancellable,
                                               GAsyncReadyCallback    callback,
                                               gpointer               user_data);
/* @kind: "portrait" or "signature". @chip: (nullable): a portrait made small for the chip */
void       plt_store_set_image_async          (PltStore              *self,
                                               gint64                 application,
                                               int                    row_version,
                                               const char            *kind,
                                               GBytes                *image,
                                               const char            *media_type,
                                               GBytes                *chip,
                                               GCancellable          *cancellable,
                                               GAsyncReadyCallback    callback,
                                               gpointer               user_data);
/* @step: "submit", "approve", "return", "reject" or "withdraw". */
void       plt_store_step_application_async   (PltStore              *self,
                                               gint64                 application,
                                               int                    row_version,
                                               const char            *step,
                                               const char            *reason,
                                               GCancellable          *cancellable,
                                               GAsyncReadyCallback    callback,
                                               gpointer               user_data);
/* Returns: the new row version, -1 on failure */
int        plt_store_change_finish            (PltStore              *self,
                                               GAsyncResult          *result,
                                               GError               **error);

/* One application that waits for a registry, lent to this desk for a minute to ask again. */
typedef struct
{
  gint64  application;
  char   *number;
  char   *id_number;
  char   *source; /* its nick */
  char   *lease;  /* UUID, said again with the answer */
} PltStoreWaiting;
void          plt_store_waiting_free      (PltStoreWaiting      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltStoreWaiting, plt_store_waiting_free)

/* @source: (nullable): the nick of a registry that has just answered; what waits for it is due at
 * once. */
void          plt_store_take_waiting_async (PltStore            *self,
                                           const char           *source,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
/* @taken: (out) (nullable): NULL when nothing is due for this desk */
gboolean      plt_store_take_waiting_finish (PltStore           *self,
                                           GAsyncResult         *result,
                                           PltStoreWaiting     **taken,
                                           GError              **error);
void          plt_store_answer_waiting_async (PltStore          *self,
                                           const PltStoreWaiting *taken,
                                           PltSourceAnswer      *answer,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
/* @state: (out): the application's state after it */
gboolean      plt_store_answer_waiting_finish (PltStore         *self,
                                           GAsyncResult         *result,
                                           PltApplicationState  *state,
                                           GError              **error);

G_END_DECLS
