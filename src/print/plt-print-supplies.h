/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The attributes of a printer that tell of its supplies. */
#pragma once

#include <cups/cups.h>
#include <glib.h>

G_BEGIN_DECLS

/* They belong to the answer. */
typedef struct
{
  ipp_attribute_t *names;
  ipp_attribute_t *types;
  ipp_attribute_t *levels;
  ipp_attribute_t *low_levels;
  ipp_attribute_t *high_levels;
  ipp_attribute_t *supplies;
  ipp_attribute_t *descriptions;
} PltSupplyAnswer;

/* (transfer full) (element-type PltPrinterSupply) */
GPtrArray *plt_supply_answer_read (PltSupplyAnswer *self);

G_END_DECLS
