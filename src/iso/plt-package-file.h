/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes personalisation packages (platen-package(5)). Blocks: belongs into a worker thread. */
#pragma once

#include "plt-issuer-key.h"
#include "plt-package.h"

G_BEGIN_DECLS

/* Signs a manifest: CMS (RFC 5652), DER, the content beside it. @key: for manifests, with its certificate. */
GBytes   *plt_package_sign      (const char        *manifest,
                                 PltIssuerKey      *key,
                                 GError           **error);

/* The files come one card at a time, in the order of the manifest. */
typedef struct _PltPackageWriter PltPackageWriter;

PltPackageWriter *plt_package_writer_new  (const char           *path,
                                           const char           *manifest,
                                           GBytes               *signature,
                                           GError              **error);
gboolean          plt_package_writer_add  (PltPackageWriter     *self,
                                           const PltPackageJob  *job,
                                           GError              **error);
gboolean          plt_package_writer_end  (PltPackageWriter     *self,
                                           char                **sha256,
                                           GError              **error);
gboolean          plt_package_writer_keep (PltPackageWriter     *self,
                                           GError              **error);
void              plt_package_writer_free (PltPackageWriter     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltPackageWriter, plt_package_writer_free)

G_END_DECLS
