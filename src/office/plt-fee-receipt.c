/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hands receipts to whoever prints them. */
#include "plt-fee-receipt.h"

#include "plt-office-error-private.h"
#include "plt-receipt-sheet.h"

GBytes *
plt_fee_receipt_draw (const char  *json,
                      GError     **error)
{
  GError *problem = NULL;
  GBytes *sheet = plt_receipt_sheet_render (json, &problem);

  if (sheet == NULL)
    g_propagate_error (error, plt_office_error_convert (problem));
  return sheet;
}

char *
plt_fee_receipt_text (const char  *json,
                      GError     **error)
{
  GError *problem = NULL;
  char *text = plt_receipt_sheet_text (json, &problem);

  if (text == NULL)
    g_propagate_error (error, plt_office_error_convert (problem));
  return text;
}
