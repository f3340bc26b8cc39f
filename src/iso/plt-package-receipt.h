/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bureau's answer to a personalisation package (platen-package(5)): CMS signed data (RFC 5652) with JSON in
 * it, which says of each card what became of it. */
#pragma once

#include "plt-iso-error.h"

G_BEGIN_DECLS

#define PLT_PACKAGE_MAX_RECEIPT (16 * 1024 * 1024) /* bytes */

/* The arrays have a text for each card, in the order of the receipt; reasons may be "". */
typedef struct
{
  char   *batch;
  char   *bureau;
  char   *manifest_sha256;
  char  **cards, **serials, **sha256s, **outcomes, **reasons;
  GBytes *message; /* as it came */
} PltPackageReceipt;

PltPackageReceipt *plt_package_receipt_new        (GBytes             *message,
                                                   GError            **error);
gboolean           plt_package_receipt_verify     (PltPackageReceipt  *self,
                                                   GBytes             *certificate,
                                                   gint64              now,
                                                   GError            **error);
void               plt_package_receipt_free       (PltPackageReceipt  *self);
GBytes            *plt_package_certificate_to_der (GBytes             *file,
                                                   gint64              now,
                                                   GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltPackageReceipt, plt_package_receipt_free)

G_END_DECLS
