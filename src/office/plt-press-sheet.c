/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes the keys and the layout of a card, and makes its codes of the licence's data. */
#include "config.h"

#include "plt-press-sheet.h"

#include "plt-aamva.h"
#include "plt-lds.h"
#include "plt-press-portrait.h"
#include "plt-press-private.h"
#include "plt-qr-claim.h"

void
plt_press_sheet_free (PltPressSheet *self)
{
  g_clear_object (&self->data_key);
  g_clear_object (&self->qr_key);
  g_clear_object (&self->file_key);
  g_clear_object (&self->layout);
  g_clear_pointer (&self->licence, plt_licence_data_free);
  g_clear_pointer (&self->record, plt_licence_data_free);
  g_clear_pointer (&self->inputs, plt_card_inputs_unref);
  g_clear_pointer (&self->pdf417, g_bytes_unref);
  g_free (self->mrz);
  g_free (self->qr_text);
  g_free (self);
}

/* All keys that a card needs, before anything is made of it. */
static gboolean
take_signers (PltPress       *press,
              PltPressSheet  *sheet,
              GError        **error)
{
  sheet->data_key = plt_press_take_signer (press, PLT_KEY_PURPOSE_DOCUMENT, error);
  if (sheet->data_key == NULL)
    return FALSE;
  sheet->qr_key = plt_press_take_signer (press, PLT_KEY_PURPOSE_QR, error);
  if (sheet->qr_key == NULL)
    return FALSE;
  sheet->file_key = plt_press_take_signer (press, PLT_KEY_PURPOSE_PDF, error);
  if (sheet->file_key == NULL)
    return FALSE;
  plt_press_tell_news (press);
  return TRUE;
}

/* As the layout says. */
static GBytes *
make_pdf417 (PltPress          *press,
             PltStoreCardData  *data,
             PltPressSheet     *sheet,
             GError           **error)
{
  if (plt_layout_get_payload (sheet->layout) == PLT_CARD_PAYLOAD_ISO)
    return plt_lds_build_u1 (sheet->licence, sheet->data_key, error);
  sheet->record = plt_press_make_record (press, data, error);
  return sheet->record != NULL ? plt_aamva_build (sheet->record, error) : NULL;
}

PltPressSheet *
plt_press_sheet_new (PltPress          *press,
                     PltStoreCardData  *data,
                     GError           **error)
{
  g_autoptr (PltPressSheet) sheet = g_new0 (PltPressSheet, 1);

  if (!take_signers (press, sheet, error) || !plt_press_portrait_fit (data, error))
    return NULL;
  sheet->layout = plt_press_take_layout (press, data, error);
  if (sheet->layout == NULL)
    return NULL;
  sheet->licence = plt_press_make_licence (press, data, error);
  if (sheet->licence == NULL)
    return NULL;
  sheet->mrz = plt_press_make_zone (press, data, sheet->layout, error);
  if (sheet->mrz == NULL)
    return NULL;
  sheet->pdf417 = make_pdf417 (press, data, sheet, error);
  if (sheet->pdf417 == NULL)
    return NULL;
  /* Signed as of the day of issue, not of the hour of drawing: same inputs, same content. */
  sheet->qr_text = plt_qr_claim_build (sheet->licence, sheet->qr_key,
                                       plt_date_to_unix (sheet->licence->issue_date), error);
  if (sheet->qr_text == NULL)
    return NULL;
  sheet->inputs = plt_press_data_make_inputs (plt_press_get_issuer (press), data, sheet->licence);
  plt_card_inputs_set_mrz (sheet->inputs, sheet->mrz);
  plt_card_inputs_set_qr_text (sheet->inputs, sheet->qr_text);
  if (sheet->record != NULL)
    plt_card_inputs_set_aamva (sheet->inputs, sheet->pdf417);
  else
    plt_card_inputs_set_pdf417 (sheet->inputs, sheet->pdf417);
  return g_steal_pointer (&sheet);
}
