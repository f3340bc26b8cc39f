/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The magnetic stripe of the AAMVA DL/ID Card Design Standard (2020, Annex F), in the characters of
 * ISO/IEC 7811-2 and -6: the texts that an encoder writes, and what such a text says. */
#pragma once

#include "plt-licence-data.h"
#include "plt-iso-error.h"

G_BEGIN_DECLS

#define PLT_STRIPE_N_TRACKS 3

/* What the first two tracks say of a licence. NULL: the tracks read do not say it. */
typedef struct
{
  char    *jurisdiction, *town, *family_name, *given_names, *address;
  char    *issuer;         /* six digits */
  char    *licence_number; /* its digits */
  PltDate  expiry_month;   /* the first day of it; not set: never, or told by the birthday */
  PltDate  birth_date;
} PltAamvaStripe;

char           *plt_aamva_stripe_build (PltLicenceData  *data,
                                        int              track,
                                        GError         **error);
gboolean        plt_aamva_is_stripe    (const char      *text);
PltAamvaStripe *plt_aamva_stripe_read  (const char      *text,
                                        GError         **error);
void            plt_aamva_stripe_free  (PltAamvaStripe  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltAamvaStripe, plt_aamva_stripe_free)

G_END_DECLS
