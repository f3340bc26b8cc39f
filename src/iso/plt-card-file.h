/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finishes the renderer's PDF into the card file: PDF/A-3b (ISO 19005-3), trim and bleed boxes,
 * sRGB output intent, XMP, attached data, issuer's signature; a second person's approval behind it. */
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

/* @pdf: what libqpdf wrote. (transfer full) (nullable): the same with what was held back while it was
 * drawn; NULL when it is not understood. */
typedef GBytes *(*PltCardFileJoin) (GBytes   *pdf,
                                    gpointer  user_data);

/* What a card file is made of beside the drawing. Texts are UTF-8 without control characters; those
 * that may be NULL are then left out of the XMP. */
typedef struct
{
  const char *title;          /* "Driving licence UC-26-C000017" */
  gint64      created_at;     /* Unix seconds (UTC) of the file's dates; part of the bytes */
  const char *signer;         /* (nullable): who signs; NULL: the key's name */
  gsize       signature_room; /* bytes left for the signature; 0: what the key's certificates need */
  const char *card_number;    /* (nullable) */
  const char *application;    /* (nullable) */
  const char *discriminator;  /* (nullable) */
  const char *layout;         /* (nullable) */
  int         layout_version; /* of @layout */
  const char *layout_digest;  /* (nullable) */
  gboolean    is_specimen;
  const PltCardFileAttachment *attachments; /* in any order */
  gsize           n_attachments;
  PltCardFileJoin join;       /* (nullable): puts in what the drawing holds back */
  gpointer        join_data;
} PltCardFileContent;

GBytes   *plt_card_file_make          (GBytes                       *pdf,
                                       const PltCardFileContent     *content,
                                       PltIssuerKey                 *key,
                                       char                        **unsigned_sha256,
                                       GError                      **error);

/* The same of a whole drawing, its title, dates and attachments alone. */
GBytes   *plt_card_file_finish        (GBytes                       *pdf,
                                       const char                   *title,
                                       gint64                        created_at,
                                       const PltCardFileAttachment  *attachments,
                                       gsize                         n_attachments,
                                       PltIssuerKey                 *key,
                                       char                        **unsigned_sha256,
                                       GError                      **error);

/* Checks page count and boxes, PDF/A identification, attachments and the signature. */
gboolean  plt_card_file_verify        (GBytes                       *file,
                                       PltIssuerKey                 *key,
                                       GError                      **error);

/* A second person's signature behind the issuer's (ISO 32000-1, 7.5.6): both stay valid, and nothing
 * but that may stand there. */
GBytes   *plt_card_file_approve       (GBytes                       *file,
                                       PltIssuerKey                 *issuer,
                                       const char                   *approver,
                                       gint64                        approved_at,
                                       PltIssuerKey                 *key,
                                       GError                      **error);
gboolean  plt_card_file_verify_approved (GBytes                     *file,
                                         PltIssuerKey               *issuer,
                                         PltIssuerKey               *approver,
                                         GError                    **error);

/* One of the files that are attached to one. */
typedef struct
{
  char   *name;
  GBytes *bytes; /* NULL: cannot be read, or is too large */
} PltCardFileAttached;

/* (transfer full) (nullable) (element-type PltCardFileAttached): NULL where it is no PDF. */
GPtrArray *plt_card_file_read_attached (GBytes                      *file);

/* Whether what stands behind the issuer's file is an approval and nothing else, whoever signed. */
gboolean  plt_card_file_is_approval (GBytes                         *file);

/* (transfer full) (nullable): hash, in hex, of what the issuer's signature covers: that which
 * plt_card_file_make() tells of the unsigned file. */
char     *plt_card_file_hash_unsigned (GBytes                       *file,
                                       GError                      **error);

/* (transfer full): SHA-256 in hex, by the processor's own instructions where it has them. */
char     *plt_card_file_hash          (GBytes                       *bytes);

G_END_DECLS
