/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finishes the renderer's PDF into the card file: PDF/A-3b (ISO 19005-3), trim and bleed boxes,
 * sRGB output intent, XMP, attached data, issuer's signature. */
#pragma once

#include "plt-issuer-key.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;         /* "licence.json" */
  const char *media_type;   /* "application/json" */
  const char *relationship; /* "Data", "Source", … (AFRelationship) */
  const char *description;
  GBytes     *bytes;
} PltCardFileAttachment;

/* @title: e.g. "Driving licence UC-26-000017"; @created_at: Unix seconds, part of the bytes.
 * @key NULL leaves it unsigned. @unsigned_sha256 (out)(transfer full): hex hash before the
 * signature, the same for the same inputs. The result was re-read and self-checked. */
GBytes   *plt_card_file_finish (GBytes                       *pdf,
                                const char                   *title,
                                gint64                        created_at,
                                const PltCardFileAttachment  *attachments,
                                gsize                         n_attachments,
                                PltIssuerKey                 *key,
                                char                        **unsigned_sha256,
                                GError                      **error);

/* Checks page count and boxes, PDF/A identification, attachments and the signature. */
gboolean  plt_card_file_verify (GBytes                       *file,
                                PltIssuerKey                 *key,
                                GError                      **error);

G_END_DECLS
