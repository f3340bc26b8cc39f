/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a licence's machine-readable zone says, field by field, in any of the three manners. */
#pragma once

#include "plt-date.h"
#include "plt-iso-error.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_MRZ_MANNER_FR, /* one line: number, end of the card, family name */
  PLT_MRZ_MANNER_NL, /* one line: number, and what keys the chip */
  PLT_MRZ_MANNER_CH, /* three lines: of the blank, of the holder, names; no check digits */
} PltMrzManner;

/* Without fillers; "" for a field that is empty, NULL for one that the manner does not have. */
typedef struct
{
  PltMrzManner  manner;
  char         *document_code;       /* "D1", "D", "FA" */
  char         *configuration;       /* NL: "1", or "": how the chip is keyed */
  char         *issuing_state;       /* "UTO" */
  char         *version;             /* NL: of the layout; CH: of the licence, "097" */
  char         *number;              /* FR, NL: the licence's; CH: the holder's, nine digits */
  char         *number_check_digit;  /* FR */
  char         *expiry;              /* FR: YYMMDD */
  PltDate       expiry_date;         /* FR: in this century; not set where it says none */
  char         *random;              /* NL */
  char         *blank_number;        /* CH: of the card, "AAA001" */
  char         *language;            /* CH: D, F, I or R */
  char         *birth;               /* CH: YYMMDD, whose century is not said */
  char         *family_name;         /* FR: at most eight letters of it; CH */
  char         *given_names;         /* CH */
  char         *overall_check_digit; /* FR, NL */
} PltMrz;

PltMrz *plt_mrz_read (const char  *text,
                      GError     **error);
void    plt_mrz_free (PltMrz      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltMrz, plt_mrz_free)

G_END_DECLS
