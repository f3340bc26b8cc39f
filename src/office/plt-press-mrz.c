/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The machine-readable zone that a layout asks for, made of what the record says. */
#include "plt-press-private.h"

#include "plt-mrz.h"

#include <string.h>

/* No blank is taken yet: it stands on a proof, and on no card. */
#define NO_BLANK "XXX000"

char *
plt_press_make_zone (PltPress          *self,
                     PltStoreCardData  *data,
                     PltLayout         *layout,
                     GError           **error)
{
  /* The zone cuts names by its own rules: it gets them whole. */
  g_autoptr (PltLicenceData) record = plt_press_make_record (self, data, error);
  g_autofree char *random13 = NULL;

  if (record == NULL)
    return NULL;

  switch (plt_layout_get_mrz_manner (layout))
    {
    case PLT_CARD_MRZ_NL:
      random13 = plt_mrz_new_random ();
      return plt_mrz_build_nl (record, random13, error);
    case PLT_CARD_MRZ_CH:
      /* How many licences a holder had the record does not say: none is counted. */
      return plt_mrz_build_ch (record, data->card_serial != NULL ? data->card_serial : NO_BLANK,
                               plt_press_get_issuer (self)->mrz_language, 0, error);
    case PLT_CARD_MRZ_FR:
    case PLT_N_CARD_MRZ_MANNERS:
    default:
      return plt_mrz_build_fr (record, error);
    }
}

const char *
plt_press_get_chip_line (const char *zone)
{
  return strlen (zone) == PLT_MRZ_LENGTH ? zone : NULL;
}
