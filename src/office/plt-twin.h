/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The digital twin of a card, for an auditor: what the record said when it was made, what its file and codes
 * carry, what was read back from the plastic, field by field beside each other; who did what with which printer
 * and blank; every hash as it is kept and as it is now. Nothing is changed; who reads is written down. */
#pragma once

#include "plt-office.h"

G_BEGIN_DECLS

/* One of the files that belong to a card. */
typedef struct
{
  char   *name;
  GBytes *bytes;
} PltTwinFile;

typedef struct
{
  char      *json;    /* an object: everything in words */
  gboolean   is_same; /* every field and every hash agrees */
  GPtrArray *files;   /* (element-type PltTwinFile): card file, what is attached to it, pictures of both sides */
} PltTwin;

void     plt_twin_free    (PltTwin              *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltTwin, plt_twin_free)

/* @layouts: (nullable): as plt_redraw_async(). Errors: those of the database; what can be read is told with what
 * cannot. */
void     plt_twin_async   (PltOffice            *office,
                           const char           *card_number,
                           const char           *layouts,
                           GCancellable         *cancellable,
                           GAsyncReadyCallback   callback,
                           gpointer              user_data);
PltTwin *plt_twin_finish  (GAsyncResult         *result,
                           GError              **error);

G_END_DECLS
