/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes of values that the layout chooses: Code 128 (ISO/IEC 15417) and Data Matrix ECC 200
 * (ISO/IEC 16022). */
#include "plt-card-symbol.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>
#include <zint.h>

#define MM_PER_INCH 25.4
#define CODE128_QUIET_MODULES 10
#define CODE128_MOST_LETTERS 60
#define DATAMATRIX_QUIET_MODULES 1
#define LEAST_DOTS 3
#define CODE128_LEAST_DOTS 2

typedef struct zint_symbol ZintSymbol;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZintSymbol, ZBarcode_Delete)

static ZintSymbol *
encode (int         symbology,
        const char *contents)
{
  g_autoptr (ZintSymbol) zint = ZBarcode_Create ();

  zint->symbology = symbology;
  zint->input_mode = symbology == BARCODE_CODE128 ? DATA_MODE : UNICODE_MODE;
  if (symbology == BARCODE_DATAMATRIX)
    zint->option_3 = DM_SQUARE;
  if (ZBarcode_Encode (zint, (const guchar *) contents, 0) >= ZINT_ERROR)
    return NULL;
  return g_steal_pointer (&zint);
}

static gboolean
refuse (const char  *words,
        GError     **error)
{
  g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_DOES_NOT_FIT,
               /* Translators: %s is a field, such as “licence number (5)”. */
               _("The card was not drawn because the %s does not fit into its bar code. Ask the "
                 "administrator for a layout with more room."), words);
  return FALSE;
}

/* Code 128 has ASCII only: all readers show the same. */
static gboolean
check_letters (const char  *contents,
               const char  *words,
               GError     **error)
{
  for (const char *p = contents; *p != '\0'; p = g_utf8_next_char (p))
    if ((guchar) *p < 0x20 || (guchar) *p > 0x7e)
      {
        char letter[8] = { 0 };

        g_unichar_to_utf8 (g_utf8_get_char (p), letter);
        g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_GLYPH,
                     /* Translators: a letter and a field. */
                     _("The card was not drawn because a Code 128 cannot hold the letter “%s” of "
                       "the %s. Enter it in the form for codes."), letter, words);
        return FALSE;
      }
  return strlen (contents) <= CODE128_MOST_LETTERS || refuse (words, error);
}

/* The largest module of whole dots that lets @modules with their quiet zones into @room; 0: none. */
static double
find_module (const PltElement *element,
             double            room,
             int               modules,
             int               least_dots)
{
  double dots = floor (MIN (element->module, room / modules) * PLT_CARD_GRID_DPI / MM_PER_INCH + 1e-6);

  if (element->finest_module > 0)
    least_dots = (int) lround (element->finest_module * PLT_CARD_GRID_DPI / MM_PER_INCH);
  return dots >= MAX (least_dots, 1) ? dots * MM_PER_INCH / PLT_CARD_GRID_DPI : 0;
}

static void
take_modules (PltCardSymbol    *symbol,
              const ZintSymbol *zint)
{
  symbol->width = zint->width;
  symbol->height = zint->rows;
  symbol->dark = g_malloc ((gsize) zint->width * zint->rows);
  for (int y = 0; y < zint->rows; y++)
    for (int x = 0; x < zint->width; x++)
      symbol->dark[y * zint->width + x] = zint->encoded_data[y][x / 8] >> (x % 8) & 1;
}

/* Expands the text of @element. *@runs is NULL when there is nothing to draw. */
static gboolean
expand (PltCardDrawing    *self,
        const PltElement  *element,
        PltCardRuns      **runs,
        GError           **error)
{
  if (!plt_card_runs_expand (element, element->template, self->inputs, runs, error))
    return FALSE;
  if (*runs != NULL && *(*runs)->text == '\0')
    g_clear_pointer (runs, plt_card_runs_free);
  if (*runs == NULL)
    return plt_card_draw_nothing (self);
  if (self->part != NULL)
    plt_card_part_add_text (self->part, (*runs)->text);
  return TRUE;
}

/* As high as its box. */
gboolean
plt_card_draw_code128 (PltCardDrawing    *self,
                       const PltElement  *element,
                       GError           **error)
{
  g_autoptr (PltCardRuns) runs = NULL;
  g_autoptr (ZintSymbol) zint = NULL;
  g_auto (PltCardSymbol) symbol = { .quiet_x = CODE128_QUIET_MODULES };
  double module;

  if (!expand (self, element, &runs, error))
    return FALSE;
  if (runs == NULL)
    return TRUE;
  if (!check_letters (runs->text, runs->words, error))
    return FALSE;
  zint = encode (BARCODE_CODE128, runs->text);
  module = zint == NULL ? 0 : find_module (element, element->width,
                                           zint->width + 2 * CODE128_QUIET_MODULES,
                                           CODE128_LEAST_DOTS);
  if (module <= 0)
    return refuse (runs->words, error);
  symbol.row_modules = MAX (1, (int) floor (element->height / module + 1e-6));
  take_modules (&symbol, zint);
  plt_card_draw_symbol (self, element, &symbol, module);
  return TRUE;
}

gboolean
plt_card_draw_datamatrix (PltCardDrawing    *self,
                          const PltElement  *element,
                          GError           **error)
{
  g_autoptr (PltCardRuns) runs = NULL;
  g_autoptr (ZintSymbol) zint = NULL;
  g_auto (PltCardSymbol) symbol = {
    .quiet_x = DATAMATRIX_QUIET_MODULES, .quiet_y = DATAMATRIX_QUIET_MODULES, .row_modules = 1,
  };
  double module;

  if (!expand (self, element, &runs, error))
    return FALSE;
  if (runs == NULL)
    return TRUE;
  zint = encode (BARCODE_DATAMATRIX, runs->text);
  module = zint == NULL ? 0 : find_module (element, MIN (element->width, element->height),
                                           zint->width + 2 * DATAMATRIX_QUIET_MODULES, LEAST_DOTS);
  if (module <= 0)
    return refuse (runs->words, error);
  take_modules (&symbol, zint);
  plt_card_draw_symbol (self, element, &symbol, module);
  return TRUE;
}
