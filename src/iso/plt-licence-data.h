/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The data elements of ISO/IEC 18013-1 that the encoders of this folder write. Owned by one caller
 * at a time; strings are UTF-8, never NULL once set. */
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
  char      *address;                /* 8, may be empty */
  char      *issuing_country;        /* alpha-3, "UTO" */
  GPtrArray *categories;             /* PltCategoryEntry */
  gboolean   specimen;
} PltLicenceData;

PltLicenceData *plt_licence_data_new  (void);
void            plt_licence_data_free (PltLicenceData *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltLicenceData, plt_licence_data_free)

G_END_DECLS
