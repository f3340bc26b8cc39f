/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A drawing of one application's card, the same as will be printed (before a card is reserved the
 * document discriminator shows as the application's number). Immutable: an edit makes another one. */
#pragma once

#include "plt-office.h"

G_BEGIN_DECLS

/* See card/. */
typedef struct _PltLayout PltLayout;
typedef struct _PltCardInputs PltCardInputs;

#define PLT_TYPE_PREVIEW (plt_preview_get_type ())
G_DECLARE_FINAL_TYPE (PltPreview, plt_preview, PLT, PREVIEW, GObject)

GBytes        *plt_preview_get_png            (PltPreview           *self,
                                               gboolean              back);
const char    *plt_preview_get_mrz            (PltPreview           *self);
const char    *plt_preview_get_layout_id      (PltPreview           *self);
PltLayout     *plt_preview_get_layout         (PltPreview           *self);
PltCardInputs *plt_preview_get_inputs         (PltPreview           *self);

void           plt_production_preview_async   (PltOffice            *office,
                                               const char           *application_number,
                                               int                   dpi,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
PltPreview    *plt_production_preview_finish  (GAsyncResult         *result,
                                               GError              **error);

void           plt_preview_propose_async      (PltPreview           *self,
                                               const char           *field,
                                               const char           *value,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
PltPreview    *plt_preview_propose_finish     (GAsyncResult         *result,
                                               GError              **error);

const char    *plt_preview_get_application    (PltPreview           *self);
gint64         plt_preview_get_application_id (PltPreview           *self);
PltOffice     *plt_preview_get_office         (PltPreview           *self);
char          *plt_preview_dup_content        (PltPreview           *self);
void           plt_preview_previous_async     (PltPreview           *self,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
PltPreview    *plt_preview_previous_finish    (GAsyncResult         *result,
                                               GError              **error);

void           plt_preview_read_codes_async   (PltPreview           *self,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
GPtrArray     *plt_preview_read_codes_finish  (GAsyncResult         *result,
                                               GError              **error);

G_END_DECLS
