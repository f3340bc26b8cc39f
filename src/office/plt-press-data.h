/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is on a card, in the words of its codes and of its drawing, made of what the database says. */
#pragma once

#include "plt-card-inputs.h"
#include "plt-lds-files.h"
#include "plt-licence-data.h"
#include "plt-mdl.h"
#include "plt-store-cards.h"

G_BEGIN_DECLS

/* Owned by the press. */
typedef struct
{
  char *country;
  char *sign;
  char *state_name, *state_name_native;
  char *authority; /* where the office has none of its own */
  PltLdsForm form; /* of a chip's data */
  char *type_approval; /* of the chip, where its form is that of the European Union */
  char mrz_language; /* D, F, I or R: of machine-readable zones in the Swiss manner */
  char *country_alpha_2; /* of mobile licences; NULL: that of @country */
  PltMdlLeapBirthday leap_birthday;
} PltPressIssuer;

PltLicenceData *plt_press_data_make_record       (const PltPressIssuer  *issuer,
                                                  PltStoreCardData      *data,
                                                  GError               **error);
PltLicenceData *plt_press_data_make_licence      (const PltPressIssuer  *issuer,
                                                  PltStoreCardData      *data,
                                                  GError               **error);
PltCardInk     *plt_press_data_read_ink          (PltStoreCardData      *data);
gboolean        plt_press_data_add_pictures      (PltStoreCardData      *data,
                                                  PltLicenceData        *licence,
                                                  PltCardInk            *ink,
                                                  GError               **error);
/* All files of a chip: (element-type PltLdsFile) (transfer full). */
GPtrArray      *plt_press_data_make_files        (const PltPressIssuer  *issuer,
                                                  PltStoreCardData      *data,
                                                  const char            *mrz,
                                                  PltIssuerKey          *key,
                                                  GError               **error);
PltCardInputs  *plt_press_data_make_inputs       (const PltPressIssuer  *issuer,
                                                  PltStoreCardData      *data,
                                                  PltLicenceData        *licence);
const char     *plt_press_data_get_discriminator (PltStoreCardData      *data);

G_END_DECLS
