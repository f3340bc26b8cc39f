/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A second person puts a signature of their own behind the issuer's in a card's file. Who may is the database's
 * to say, and it is asked before the key is. */
#pragma once

#include "plt-office.h"

G_BEGIN_DECLS

typedef struct
{
  char   *card;
  char   *approver;           /* as it stands in the file */
  char   *key_id;
  char   *certificate_sha256; /* hex */
  char   *base_sha256;        /* of the issuer's file, which is the beginning of @file */
  char   *approved_sha256;    /* of @file */
  GBytes *file;
} PltFileApproval;

void             plt_file_approval_free      (PltFileApproval      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltFileApproval, plt_file_approval_free)

/* Errors: the database's refusals, of which “FOUR_EYES” is the point; PLT_ISO_ERROR of the keys. */
void             plt_file_approval_async     (PltOffice            *office,
                                              const char           *card_number,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
PltFileApproval *plt_file_approval_finish    (GAsyncResult         *result,
                                              GError              **error);

/* Whether the office prints no card before that; @layout: (nullable): of that layout's cards alone. */
void             plt_file_approval_demand_async
                                             (PltOffice            *office,
                                              const char           *layout,
                                              gboolean              demanded,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean         plt_file_approval_demand_finish
                                             (GAsyncResult         *result,
                                              GError              **error);

G_END_DECLS
