/* SPDX-License-Identifier: GPL-3.0-or-later */
/* QR code and PDF417. */
#include "plt-card-symbol.h"
#include "plt-qr-mask.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>
#include <zint.h>

#define MM_PER_INCH 25.4
#define QR_QUIET_MODULES 4     /* ISO/IEC 18004 */
#define PDF417_QUIET_MODULES 2 /* ISO/IEC 15438 */
#define PDF417_ROW_MODULES 3      /* at least: ISO/IEC 15438 and AAMVA */
#define PDF417_MOST_ROW_MODULES 6 /* higher ones are read no better */
/* Less is not for a card that lives in a pocket (the AAMVA minimum). */
#define PDF417_LEAST_ERROR_LEVEL 3
#define PDF417_MOST_ERROR_LEVEL 8 /* ISO/IEC 15438 */
#define PDF417_FRAME_MODULES 69 /* start, stop and both row indicators */
#define PDF417_COLUMN_MODULES 17
#define PDF417_MOST_COLUMNS 30
#define PDF417_LEAST_ROWS 3 /* fewer are filled up */
#define PDF417_MOST_ROWS 90
#define PDF417_MOST_CODEWORDS 928
#define QR_LEAST_DOTS 3
#define QR_LEVEL_M 2             /* zint's numbers */
#define QR_FIRST_MASK (1 << 8)   /* the right one is chosen later */

typedef struct zint_symbol ZintSymbol;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZintSymbol, ZBarcode_Delete)

static gboolean
refuse (GError     **error,
        int          code,
        const char  *message)
{
  g_set_error_literal (error, PLT_CARD_ERROR, code, message);
  return FALSE;
}

/* Level M in the smallest version that holds @text; alphanumeric for Base45, else bytes. Returns: how
 * many modules it is wide, 0 when nothing holds it.
 * @is_near_pdf417: see plt_qr_mask_choose() */
int
plt_card_encode_qr (const char *text,
                    gboolean    is_near_pdf417,
                    PltQrRow    rows[PLT_QR_MOST_MODULES])
{
  g_autoptr (ZintSymbol) zint = ZBarcode_Create ();

  zint->symbology = BARCODE_QRCODE;
  zint->input_mode = DATA_MODE;
  zint->option_1 = QR_LEVEL_M;
  zint->option_3 = QR_FIRST_MASK;
  if (ZBarcode_Encode (zint, (const guchar *) text, (int) strlen (text)) >= ZINT_ERROR)
    return 0;
  memset (rows, 0, sizeof *rows * PLT_QR_MOST_MODULES);
  for (int y = 0; y < zint->rows; y++)
    for (int x = 0; x < zint->width; x++)
      rows[y].words[x / 64] |= (guint64) (zint->encoded_data[y][x / 8] >> (x % 8) & 1) << (x % 64);
  plt_qr_mask_choose (rows, zint->width, is_near_pdf417);
  return zint->width;
}

static gboolean
has_pdf417 (PltLayout *layout,
            guint      page)
{
  const GPtrArray *elements = plt_layout_get_page (layout, page)->elements;

  for (guint i = 0; i < elements->len; i++)
    if (((const PltElement *) elements->pdata[i])->type == PLT_ELEMENT_PDF417)
      return TRUE;
  return FALSE;
}

gboolean
plt_card_draw_qr (PltCardDrawing    *self,
                  const PltElement  *element,
                  GError           **error)
{
  const char *text = plt_card_inputs_get_qr_text (self->inputs);
  PltQrRow rows[PLT_QR_MOST_MODULES];
  g_auto (PltCardSymbol) symbol = {
    .quiet_x = QR_QUIET_MODULES, .quiet_y = QR_QUIET_MODULES, .row_modules = 1,
  };
  double dots, least_dots, room;
  int width;

  if (text == NULL || *text == '\0')
    return !element->required
           ? plt_card_draw_nothing (self)
           : refuse (error, PLT_CARD_ERROR_MISSING,
                      _("The card was not drawn because the text of its QR code is missing. Check "
                        "the issuing key and try again."));
  width = plt_card_encode_qr (text, has_pdf417 (self->layout, self->page), rows);
  room = MIN (element->width, element->height);
  dots = width == 0 ? 0
         : floor (MIN (element->module, room / (width + 2 * QR_QUIET_MODULES))
                  * PLT_CARD_GRID_DPI / MM_PER_INCH + 1e-6);
  least_dots = element->finest_module > 0
               ? round (element->finest_module * PLT_CARD_GRID_DPI / MM_PER_INCH) : QR_LEAST_DOTS;
  if (dots < least_dots)
    return refuse (error, PLT_CARD_ERROR_DOES_NOT_FIT,
                   _("The card was not drawn because its data does not fit into the QR code. "
                     "Shorten the names to the form that the rules allow."));
  symbol.width = symbol.height = width;
  symbol.dark = g_malloc ((gsize) width * (gsize) width);
  for (int y = 0; y < width; y++)
    for (int x = 0; x < width; x++)
      symbol.dark[y * width + x] = rows[y].words[x / 64] >> (x % 64) & 1;
  plt_card_draw_symbol (self, element, &symbol, dots * MM_PER_INCH / PLT_CARD_GRID_DPI);
  return TRUE;
}

static ZintSymbol *
encode_pdf417 (GBytes *payload,
               int     columns,
               int     error_level)
{
  g_autoptr (ZintSymbol) zint = ZBarcode_Create ();
  gsize size = 0;
  const guchar *data = g_bytes_get_data (payload, &size);

  zint->symbology = BARCODE_PDF417;
  zint->input_mode = DATA_MODE;
  zint->option_1 = error_level;
  zint->option_2 = columns;
  if (size == 0 || size > 1108 || ZBarcode_Encode (zint, data, (int) size) >= ZINT_ERROR)
    return NULL;
  return g_steal_pointer (&zint);
}

static gboolean
rows_fit (const PltElement *element,
          int               rows,
          double            module)
{
  return (rows * PDF417_ROW_MODULES + 2 * PDF417_QUIET_MODULES) * module <= element->height + 0.01;
}

static gboolean
pdf417_fits (const PltElement  *element,
             const ZintSymbol  *zint,
             double             module)
{
  return rows_fit (element, zint->rows, module)
         && (zint->width + 2 * PDF417_QUIET_MODULES) * module <= element->width + 0.01;
}

/* Rows as high as the box allows: the higher they are, the further a card may be turned before a line of
 * the reader crosses into the next row within one codeword. */
static int
count_row_modules (const PltElement *element,
                   int               rows,
                   double            module)
{
  double room = (element->height + 0.01) / module - 2 * PDF417_QUIET_MODULES;

  return CLAMP ((int) floor (room / rows), PDF417_ROW_MODULES, PDF417_MOST_ROW_MODULES);
}

static ZintSymbol *
encode_pdf417_that_fits (const PltElement *element,
                         GBytes           *payload,
                         int               columns,
                         int               level,
                         double            module)
{
  g_autoptr (ZintSymbol) zint = encode_pdf417 (payload, columns, level);

  return zint != NULL && pdf417_fits (element, zint, module) ? g_steal_pointer (&zint) : NULL;
}

/* Whether so many rows fit, none lower than those of @zint. */
static gboolean
rows_stay_high (const PltElement *element,
                const ZintSymbol *zint,
                int               rows,
                double            module)
{
  return rows_fit (element, rows, module)
         && count_row_modules (element, rows, module) >= count_row_modules (element, zint->rows, module);
}

/* What room is left is given to more correction, as long as no row gets lower: a symbol that is out of
 * focus, or has lain in a pocket, is read again with it. Each level has twice the codewords of the one
 * before (ISO/IEC 15438), which tells but for one row how many rows it takes: what surely fits is passed
 * over for the next, and what surely does not is not tried. */
static ZintSymbol *
add_correction (const PltElement *element,
                GBytes           *payload,
                int               columns,
                double            module,
                ZintSymbol       *first)
{
  g_autoptr (ZintSymbol) zint = first;
  int level = element->error_level, n_rows = zint->rows;
  int width = (zint->width - PDF417_FRAME_MODULES) / PDF417_COLUMN_MODULES; /* @columns, or what zint needs */

  for (int next = level + 1; next <= PDF417_MOST_ERROR_LEVEL; next++)
    {
      g_autoptr (ZintSymbol) more = NULL;
      int n_codewords = (2 << next) - (2 << level), most_rows;

      if (n_rows > PDF417_LEAST_ROWS && !rows_stay_high (element, zint, n_rows + n_codewords / width, module))
        break;
      most_rows = n_rows + (n_codewords + (2 << next) + width - 1) / width;
      if (next < PDF417_MOST_ERROR_LEVEL && most_rows <= PDF417_MOST_ROWS
          && most_rows * width <= PDF417_MOST_CODEWORDS && rows_stay_high (element, zint, most_rows, module))
        continue;
      more = encode_pdf417_that_fits (element, payload, columns, next, module);
      if (more == NULL || !rows_stay_high (element, zint, more->rows, module))
        break;
      ZBarcode_Delete (zint);
      zint = g_steal_pointer (&more);
    }
  return g_steal_pointer (&zint);
}

/* With the layout's error correction where it fits, else with the most that does: how many codewords
 * a signature takes depends on its bytes, so near the limit one card fits and the next does not. */
static ZintSymbol *
encode_pdf417_in_columns (const PltElement *element,
                          GBytes           *payload,
                          int               columns,
                          double            module)
{
  g_autoptr (ZintSymbol) zint = NULL;
  int level = element->error_level + 1;

  while (zint == NULL && level > PDF417_LEAST_ERROR_LEVEL)
    zint = encode_pdf417_that_fits (element, payload, columns, --level, module);
  if (zint == NULL || level < element->error_level)
    return g_steal_pointer (&zint);
  return add_correction (element, payload, columns, module, g_steal_pointer (&zint));
}

static int
count_finest_columns (const PltElement *element)
{
  double modules = element->width / element->finest_module - 2 * PDF417_QUIET_MODULES;
  int columns = (int) ((modules - PDF417_FRAME_MODULES) / PDF417_COLUMN_MODULES);

  return CLAMP (columns, 1, PDF417_MOST_COLUMNS);
}

/* The holder of many categories gets finer modules rather than no card. */
static ZintSymbol *
encode_pdf417_to_fit (const PltElement *element,
                      GBytes           *payload,
                      double           *module)
{
  ZintSymbol *zint = encode_pdf417_in_columns (element, payload, element->symbol_columns,
                                               element->module);

  *module = element->module;
  if (zint != NULL || element->finest_module <= 0)
    return zint;

  *module = element->finest_module;
  return encode_pdf417_in_columns (element, payload, count_finest_columns (element), *module);
}

gboolean
plt_card_draw_pdf417 (PltCardDrawing    *self,
                      const PltElement  *element,
                      GError           **error)
{
  GBytes *payload = element->payload == PLT_CARD_PAYLOAD_AAMVA
                    ? plt_card_inputs_get_aamva (self->inputs)
                    : plt_card_inputs_get_pdf417 (self->inputs);
  g_autoptr (ZintSymbol) zint = NULL;
  g_auto (PltCardSymbol) symbol = {
    .quiet_x = PDF417_QUIET_MODULES, .quiet_y = PDF417_QUIET_MODULES,
  };
  double module = 0;

  if (payload == NULL)
    return !element->required
           ? plt_card_draw_nothing (self)
           : refuse (error, PLT_CARD_ERROR_MISSING,
                      _("The card was not drawn because the contents of its PDF417 are missing. "
                        "Check the issuing key and try again."));
  zint = encode_pdf417_to_fit (element, payload, &module);
  if (zint == NULL)
    return refuse (error, PLT_CARD_ERROR_DOES_NOT_FIT,
                   _("The card was not drawn because its data does not fit into the PDF417. "
                     "Shorten the names to the form that the rules allow."));
  symbol.width = zint->width;
  symbol.height = zint->rows;
  symbol.row_modules = count_row_modules (element, zint->rows, module);
  symbol.dark = g_malloc ((gsize) zint->width * zint->rows);
  for (int y = 0; y < zint->rows; y++)
    for (int x = 0; x < zint->width; x++)
      symbol.dark[y * zint->width + x] = zint->encoded_data[y][x / 8] >> (x % 8) & 1;
  plt_card_draw_symbol (self, element, &symbol, module);
  return TRUE;
}
