/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mobile driving licence of ISO/IEC 18013-5 as its issuer makes it: one IssuerSigned, which a
 * wallet is handed or a card file carries. */
#pragma once

#include "plt-issuer-key.h"
#include "plt-licence-data.h"

G_BEGIN_DECLS

#define PLT_MDL_DOC_TYPE "org.iso.18013.5.1.mDL"
#define PLT_MDL_NAME_SPACE "org.iso.18013.5.1"

/* What of a licence ISO/IEC 18013-5 has no element for: "document_discriminator", and "specimen",
 * which is true or not there. */
#define PLT_MDL_OWN_NAME_SPACE "org.platen.licence.1"

/* The wallet's public key, a point of P-256. */
typedef struct
{
  guint8 x[32];
  guint8 y[32];
} PltMdlDeviceKey;

/* When somebody born on 29 February is a year older in a common year. */
typedef enum
{
  PLT_MDL_LEAP_BIRTHDAY_28_FEBRUARY, /* as plt_date_years_between() counts, and the rules of ages */
  PLT_MDL_LEAP_BIRTHDAY_1_MARCH,
} PltMdlLeapBirthday;

/* All zero is good for the specimen state: what is 0 or NULL is found out. */
typedef struct
{
  const char            *country;       /* ISO 3166-1 alpha-2; NULL: that of the data's alpha-3 */
  gint64                 signed_at;     /* Unix seconds; 0: the first second of the day of issue, or of
                                         * the signer's certificate where that begins later */
  gint64                 valid_until;   /* 0: a year, or as long as certificate and licence last */
  const PltMdlDeviceKey *device_key;    /* NULL: a one-off key, and the data say so */
  PltMdlLeapBirthday     leap_birthday;
} PltMdlTerms;

/* One data element as it was signed. */
typedef struct
{
  char   *name_space;
  char   *identifier;
  GBytes *value; /* CBOR */
  char   *text;  /* how it reads: text, number, "true", date, or the size of a picture */
} PltMdlElement;

/* What an mdoc says, its digests and its signature verified. */
typedef struct
{
  PltLicenceData  *data;        /* strings it has no element for are empty */
  GPtrArray       *elements;    /* PltMdlElement, as they stood */
  char           **missing;     /* elements that every mDL has and this one does not show */
  gint64           signed_at;   /* Unix seconds, all four */
  gint64           valid_from;
  gint64           valid_until;
  gint64           expected_update; /* 0: none */
  GBytes          *certificate; /* the document signer's, DER */
  char            *signer;      /* its common name */
  PltMdlDeviceKey  device_key;
  gboolean         one_off;     /* no wallet has the private half */
} PltMdl;

GBytes   *plt_mdl_build             (PltLicenceData     *data,
                                     PltIssuerKey       *signer,
                                     const PltMdlTerms  *terms,
                                     GError            **error);

PltMdl   *plt_mdl_read              (GBytes             *bytes,
                                     GError            **error);
gboolean  plt_mdl_check_times       (PltMdl             *self,
                                     gint64              now,
                                     GError            **error);
gboolean  plt_mdl_check_chain       (PltMdl             *self,
                                     GPtrArray          *roots,
                                     GPtrArray          *revocation_lists,
                                     gint64              now,
                                     GError            **error);
void      plt_mdl_free              (PltMdl             *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltMdl, plt_mdl_free)

gboolean  plt_mdl_device_key_parse  (GBytes             *file,
                                     PltMdlDeviceKey    *key,
                                     GError            **error);

G_END_DECLS
