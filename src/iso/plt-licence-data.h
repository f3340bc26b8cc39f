/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The data elements of ISO/IEC 18013-1 that the encoders of this folder write and the readers give.
 * Owned by one caller at a time. Strings are UTF-8; an encoder takes NULL for an empty one and
 * leaves out what is optional and empty, 0 or not set: nothing is ever made up. */
#pragma once

#include "plt-category.h"

G_BEGIN_DECLS

typedef struct
{
  char      *family_name;            /* 1 */
  char      *given_names;            /* 2 */
  PltDate    birth_date;             /* 3 */
  char      *birth_place;            /* 3 */
  PltDate    issue_date;             /* 4a */
  PltDate    expiry_date;            /* 4b */
  char      *authority;              /* 4c */
  char      *administrative_number;  /* 4d, may be empty */
  char      *licence_number;         /* 5 */
  char      *document_discriminator; /* the card's number */
  char      *sex;                    /* M, F, X */
  char      *nationality;            /* alpha-3 */
  char      *address;                /* 8, may be empty: its lines, separated by ", " */
  char      *issuing_country;        /* alpha-3, "UTO" */
  char      *distinguishing_sign;    /* of ISO/IEC 18013-1, Annex F: one to three capitals */

  /* As the holder writes them, before any transliteration or shortening. */
  char      *family_name_national;
  char      *given_names_national;

  /* The parts of field 8 where the source of the record has them apart; never cut out of @address. */
  char      *address_city;
  char      *address_state;
  char      *address_postal_code;
  char      *address_country;        /* alpha-3 */
  char      *jurisdiction;           /* ISO 3166-2 */

  /* Registries of this office's kind do not say these: cards read from others may have them. */
  int        height_cm;              /* 0: not known */
  int        weight_kg;              /* 0: not known */
  char      *eye_colour;             /* in the words of ISO/IEC 18013-5, 7.2.1: "blue" */
  char      *hair_colour;

  GBytes    *portrait;               /* 6, a JPEG file; NULL: none */
  gint64     portrait_taken_at;      /* Unix seconds, 0: not known */
  GBytes    *signature;              /* 7, a JPEG file; NULL: the holder cannot sign */
  GPtrArray *categories;             /* PltCategoryEntry */
  char      *type_approval;          /* of the European Union's chips, "e99-DL00 00000" */
  gboolean   specimen;
} PltLicenceData;

PltLicenceData *plt_licence_data_new  (void);
void            plt_licence_data_free (PltLicenceData *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltLicenceData, plt_licence_data_free)

G_END_DECLS
