/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One application with everything that belongs to it, read in one round trip. */
#pragma once

#include "plt-application.h"
#include "plt-prepared-application.h"
#include "plt-store.h"

G_BEGIN_DECLS

typedef struct
{
  PltLicenceApplication *application;
  GPtrArray             *answers;   /* PltSourceAnswer: the last of each source */
  GPtrArray             *fields;    /* PltReconciledField */
  GPtrArray             *findings;  /* PltFinding */
  GPtrArray             *events;    /* PltEvent, newest first */
  GPtrArray             *cards;     /* PltCard, newest first */
  guint                  waits;     /* bit mask by PltSource: whose answers it waits for */
  GDateTime             *waits_since; /* NULL while it waits for none */
  gboolean               waits_as_draft; /* not submitted yet */
  GPtrArray             *form;      /* PltFormField, in the order of the form */
  PltPreparedRecord     *prepared;  /* nullable: it was prepared at home */
  GBytes                *portrait;  /* nullable */
  GBytes                *signature; /* nullable */
} PltStoreCase;

void          plt_store_case_free         (PltStoreCase         *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltStoreCase, plt_store_case_free)

/* @evaluate: the id of the application if the rules are to run over it first, which takes a
 * clerk or a supervisor; 0 to read what they found last. */
void          plt_store_read_case_async   (PltStore             *self,
                                           const char           *number,
                                           gint64                evaluate,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
/* PLT_STORE_ERROR_NOT_FOUND when this office has no such application. */
PltStoreCase *plt_store_read_case_finish  (PltStore             *self,
                                           GAsyncResult         *result,
                                           GError              **error);

G_END_DECLS
