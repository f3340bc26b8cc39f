/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The token inside of the QR text, for the two files that write and read it and for their tests.
 *
 * CWT claims (RFC 8392): 1 iss, 4 exp, 5 nbf, 6 iat, 169 identity data. Members of claim 169:
 * 1 ID (the licence number), 2 version "1.0", 3 language "eng", 4 full name, 5 given names,
 * 7 family name, 8 birth date, 9 gender, 13 nationality, 23 issuing country; and by agreement
 * inside of this system 75 licence number, 76 date of issue, 77 date of expiry, 78 categories
 * [[code, from, to, [restrictions]], …], 79 "SPECIMEN", 80 document discriminator (the card's
 * number, by which a card that was read is found again), 81 filler. Dates are YYYYMMDD. */
#pragma once

#include "plt-cbor.h"
#include "plt-qr-claim.h"

G_BEGIN_DECLS

#define PLT_CWT_ISS 1
#define PLT_CWT_EXP 4
#define PLT_CWT_NBF 5
#define PLT_CWT_IAT 6
#define PLT_CWT_IDENTITY 169

enum
{
  PLT_CLAIM_ID = 1,
  PLT_CLAIM_VERSION = 2,
  PLT_CLAIM_LANGUAGE = 3,
  PLT_CLAIM_FULL_NAME = 4,
  PLT_CLAIM_GIVEN_NAMES = 5,
  PLT_CLAIM_FAMILY_NAME = 7,
  PLT_CLAIM_BIRTH_DATE = 8,
  PLT_CLAIM_GENDER = 9,
  PLT_CLAIM_NATIONALITY = 13,
  PLT_CLAIM_COUNTRY = 23,
  PLT_CLAIM_LICENCE_NUMBER = 75,
  PLT_CLAIM_ISSUE_DATE = 76,
  PLT_CLAIM_EXPIRY_DATE = 77,
  PLT_CLAIM_CATEGORIES = 78,
  PLT_CLAIM_SPECIMEN = 79,
  PLT_CLAIM_DISCRIMINATOR = 80,
  PLT_CLAIM_FILLER = 81,
};

typedef struct
{
  const char *issuer;       /* iss, or NULL */
  gint64      expires_at;   /* exp: the first second that is too late */
  gint64      not_before;   /* nbf */
  gint64      issued_at;    /* iat */
  gboolean    no_full_name; /* given and family name repeat it */
  gboolean    no_header;    /* neither version nor language */
  guint       n_filler;     /* characters of filler */
} PltQrClaimFrame;

GBytes         *plt_qr_claim_build_cose (PltLicenceData         *data,
                                         const PltQrClaimFrame  *frame,
                                         PltIssuerKey           *key,
                                         GError                **error);
PltLicenceData *plt_qr_claim_open_cose  (GBytes                 *cose,
                                         PltIssuerKey           *key,
                                         gint64                  now,
                                         GError                **error);

/* plt-qr-claim-members.c */
gboolean        plt_qr_claim_take_date       (PltCborReader  *reader,
                                              PltDate        *date);
gboolean        plt_qr_claim_take_categories (PltCborReader  *reader,
                                              GPtrArray      *categories,
                                              gint64          max_restrictions);

G_END_DECLS
