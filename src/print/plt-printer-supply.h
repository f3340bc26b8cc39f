/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a printer uses up or fills: a ribbon, a film, a cleaning roller, a waste container. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Properties, read-only: "title" (the printer's name for it, else what it is), "kind" ("ribbon",
 * "film", "cleaning", "waste", "cards" or "other"), "level" (percent that is left, of a waste
 * container what is full; −1 not reported, −2 unknown, −3 some is left), "low-level" (percent at
 * which the printer calls it low; −1 unknown), "cards-left" (−1 unknown), "low" (bool), "text" (all
 * of it in words). */
#define PLT_TYPE_PRINTER_SUPPLY (plt_printer_supply_get_type ())
G_DECLARE_FINAL_TYPE (PltPrinterSupply, plt_printer_supply, PLT, PRINTER_SUPPLY, GObject)

/* The attributes of one supply; −1 for what is not told. */
typedef struct
{
  const char *name;
  const char *type;       /* marker-types or prtMarkerSuppliesType */
  int         level;
  int         low_level;
  int         high_level; /* of what fills */
  int         cards_left;
} PltSupplyFacts;

PltPrinterSupply *plt_printer_supply_new           (const PltSupplyFacts *facts);
const char       *plt_printer_supply_get_kind      (PltPrinterSupply     *self);
const char       *plt_printer_supply_get_title     (PltPrinterSupply     *self);
const char       *plt_printer_supply_get_text      (PltPrinterSupply     *self);
int               plt_printer_supply_get_level     (PltPrinterSupply     *self);
gboolean          plt_printer_supply_is_low        (PltPrinterSupply     *self);
/* Of the profile: how many cards a whole one makes; what the printer counts itself goes before. */
void              plt_printer_supply_set_capacity  (PltPrinterSupply     *self,
                                                    int                   cards);

/* One value of printer-supply (PWG 5100.13), such as "type=inkRibbon;level=62;". */
PltPrinterSupply *plt_printer_supply_new_from_text (const char           *value,
                                                    const char           *description);

G_END_DECLS
