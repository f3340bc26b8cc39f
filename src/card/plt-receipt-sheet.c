/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-receipt-sheet.h"

#include "plt-cairo-file.h"
#include "plt-card-renderer.h"
#include "plt-qr-mask.h"
#include "plt-sheet-text.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#define WIDTH_MM 210.0
#define HEIGHT_MM 297.0
#define LEFT_MM 20.0
#define RIGHT_MM 190.0
#define LABEL_MM 45.0
#define CODE_MM 34.0
#define CODE_Y_MM 18.0
#define BOTTOM_MM 285.0
#define TEXT_POINTS 10.0
#define COLUMNS 42

typedef struct
{
  JsonNode *root;
  JsonObject *sheet;
} Receipt;

static void
receipt_clear (Receipt *receipt)
{
  g_clear_pointer (&receipt->root, json_node_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Receipt, receipt_clear)

static gboolean
receipt_read (Receipt     *receipt,
              const char  *json,
              GError     **error)
{
  receipt->root = json_from_string (json, NULL);
  receipt->sheet = receipt->root != NULL && JSON_NODE_HOLDS_OBJECT (receipt->root)
                     ? json_node_get_object (receipt->root) : NULL;
  if (receipt->sheet != NULL && json_object_has_member (receipt->sheet, "qr"))
    return TRUE;
  g_set_error_literal (error, PLT_CARD_ERROR, PLT_CARD_ERROR_DOES_NOT_FIT,
                       _("The receipt was not drawn, because the office database gave an answer that this version "
                         "cannot read. Tell the administrator."));
  return FALSE;
}

static const char *
get_text (JsonObject *object,
          const char *member)
{
  return json_object_get_string_member_with_default (object, member, "");
}

/* ---- on paper ---- */

/* In a column from @x; @align_right: at its right edge. Returns: where it ends, downwards */
static double
draw_text (cairo_t    *cr,
           const char *words,
           double      x,
           double      y,
           double      width,
           double      points,
           gboolean    align_right)
{
  g_autoptr (PangoLayout) text = plt_sheet_text_new (cr, words, width, points);

  pango_layout_set_alignment (text, align_right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  return plt_sheet_text_show (text, cr, x, y);
}

static void
draw_rule (cairo_t *cr,
           double   y)
{
  cairo_set_line_width (cr, 0.2);
  cairo_move_to (cr, LEFT_MM, y);
  cairo_line_to (cr, RIGHT_MM, y);
  cairo_stroke (cr);
}

static gboolean
draw_code (cairo_t     *cr,
           const char  *text,
           GError     **error)
{
  PltQrRow rows[PLT_QR_MOST_MODULES];
  int size = plt_card_encode_qr (text, FALSE, rows);
  double module;

  if (size <= 0)
    {
      g_set_error_literal (error, PLT_CARD_ERROR, PLT_CARD_ERROR_DOES_NOT_FIT,
                           _("The receipt was not drawn, because its code does not fit. Tell the administrator."));
      return FALSE;
    }
  module = CODE_MM / (size + 8); /* with its quiet zone */
  for (int y = 0; y < size; y++)
    for (int x = 0; x < size; x++)
      if ((rows[y].words[x / 64] >> (x % 64) & 1) != 0)
        cairo_rectangle (cr, RIGHT_MM - CODE_MM + (x + 4) * module, CODE_Y_MM + (y + 4) * module, module, module);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_fill (cr);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_DEFAULT);
  return TRUE;
}

static double
draw_rows (cairo_t    *cr,
           JsonArray  *rows,
           double      y,
           double      width)
{
  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      double label = draw_text (cr, get_text (row, "label"), LEFT_MM, y, LABEL_MM - 2, TEXT_POINTS, FALSE);
      double text = draw_text (cr, get_text (row, "text"), LEFT_MM + LABEL_MM, y, width - LABEL_MM, TEXT_POINTS, FALSE);

      y = MAX (label, text) + 1;
    }
  return y;
}

static double
draw_lines (cairo_t   *cr,
            JsonArray *lines,
            double     y)
{
  for (guint i = 0; lines != NULL && i < json_array_get_length (lines); i++)
    {
      JsonObject *line = json_array_get_object_element (lines, i);
      double bottom;

      draw_text (cr, get_text (line, "money"), RIGHT_MM - 45, y, 45, TEXT_POINTS, TRUE);
      bottom = draw_text (cr, get_text (line, "text"), LEFT_MM, y, RIGHT_MM - LEFT_MM - 48, TEXT_POINTS, FALSE);
      y = draw_text (cr, get_text (line, "law"), LEFT_MM, bottom, RIGHT_MM - LEFT_MM - 48, 7.5, FALSE) + 1.5;
    }
  return y;
}

static double
draw_sums (cairo_t   *cr,
           JsonArray *sums,
           double     y)
{
  for (guint i = 0; sums != NULL && i < json_array_get_length (sums); i++)
    {
      JsonObject *sum = json_array_get_object_element (sums, i);
      double label = draw_text (cr, get_text (sum, "label"), LEFT_MM, y, 90, 11, FALSE);
      double text = draw_text (cr, get_text (sum, "text"), RIGHT_MM - 75, y, 75, 11, TRUE);

      y = MAX (label, text) + 1;
    }
  return y;
}

static JsonArray *
get_array (const Receipt *receipt,
           const char    *member)
{
  JsonNode *node = json_object_get_member (receipt->sheet, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static gboolean
draw_sheet (cairo_t        *cr,
            const Receipt  *receipt,
            GError        **error)
{
  double above_code = RIGHT_MM - CODE_MM - LEFT_MM - 4;
  double y;

  if (!draw_code (cr, get_text (receipt->sheet, "qr"), error))
    return FALSE;
  y = draw_text (cr, get_text (receipt->sheet, "office"), LEFT_MM, CODE_Y_MM, above_code, 11, FALSE) + 1;
  y = draw_text (cr, get_text (receipt->sheet, "title"), LEFT_MM, y, above_code, 18, FALSE) + 3;
  y = draw_rows (cr, get_array (receipt, "rows"), y, above_code);
  y = MAX (y, CODE_Y_MM + CODE_MM) + 3;
  draw_rule (cr, y);
  y = draw_lines (cr, get_array (receipt, "lines"), y + 3);
  draw_rule (cr, y + 1);
  y = draw_sums (cr, get_array (receipt, "sums"), y + 4);
  draw_rule (cr, y + 1);
  y = draw_text (cr, get_text (receipt->sheet, "foot"), LEFT_MM, y + 4, RIGHT_MM - LEFT_MM, 8, FALSE);
  y = draw_text (cr, get_text (receipt->sheet, "qr"), LEFT_MM, y + 1, RIGHT_MM - LEFT_MM, 7, FALSE);
  if (y <= BOTTOM_MM)
    return TRUE;
  g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_DOES_NOT_FIT,
               _("Receipt %s was not drawn, because it has more lines than a sheet of paper. Print its text instead."),
               get_text (receipt->sheet, "number"));
  return FALSE;
}

GBytes *
plt_receipt_sheet_render (const char  *json,
                          GError     **error)
{
  g_auto (Receipt) receipt = { NULL };
  g_autoptr (GBytes) pdf = NULL;
  cairo_surface_t *surface;
  cairo_t *cr;
  cairo_status_t status;
  gboolean drawn;

  if (!receipt_read (&receipt, json, error))
    return NULL;
  surface = plt_pdf_surface_new (WIDTH_MM, HEIGHT_MM);
  cr = cairo_create (surface);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, get_text (receipt.sheet, "number"));
  cairo_scale (cr, PLT_POINTS_PER_MM, PLT_POINTS_PER_MM);
  drawn = draw_sheet (cr, &receipt, error);
  cairo_show_page (cr);
  cairo_destroy (cr);
  pdf = plt_pdf_surface_end (surface, &status);
  if (drawn && pdf != NULL)
    return g_steal_pointer (&pdf);
  if (drawn)
    g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_IMAGE,
                 _("Receipt %s was not drawn: %s. Close other programs and try again."),
                 get_text (receipt.sheet, "number"), cairo_status_to_string (status));
  return NULL;
}

gboolean
plt_receipt_sheet_draw (cairo_t     *cr,
                        const char  *json,
                        GError     **error)
{
  g_auto (Receipt) receipt = { NULL };
  gboolean drawn;

  if (!receipt_read (&receipt, json, error))
    return FALSE;
  cairo_save (cr);
  cairo_scale (cr, PLT_POINTS_PER_MM, PLT_POINTS_PER_MM);
  drawn = draw_sheet (cr, &receipt, error);
  cairo_restore (cr);
  return drawn;
}

/* ---- in columns ---- */

/* The right one ends at the last column; where both do not fit, it stands on a line of its own. */
static void
append_pair (GString    *text,
             const char *left,
             const char *right)
{
  glong room = COLUMNS - g_utf8_strlen (left, -1) - g_utf8_strlen (right, -1);

  if (room >= 1)
    g_string_append_printf (text, "%s%*s%s\n", left, (int) room, "", right);
  else
    g_string_append_printf (text, "%s\n%*s%s\n", left, (int) MAX (0, COLUMNS - g_utf8_strlen (right, -1)), "", right);
}

static void
append_pairs (GString    *text,
              JsonArray  *array,
              const char *left,
              const char *right)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);

      append_pair (text, get_text (object, left), get_text (object, right));
    }
}

static void
append_rule (GString *text)
{
  for (int i = 0; i < COLUMNS; i++)
    g_string_append_c (text, '-');
  g_string_append_c (text, '\n');
}

char *
plt_receipt_sheet_text (const char  *json,
                        GError     **error)
{
  g_auto (Receipt) receipt = { NULL };
  g_autoptr (GString) text = NULL;

  if (!receipt_read (&receipt, json, error))
    return NULL;
  text = g_string_new (NULL);
  g_string_append_printf (text, "%s\n%s\n", get_text (receipt.sheet, "office"), get_text (receipt.sheet, "title"));
  append_rule (text);
  append_pairs (text, get_array (&receipt, "rows"), "label", "text");
  append_rule (text);
  append_pairs (text, get_array (&receipt, "lines"), "text", "money");
  append_rule (text);
  append_pairs (text, get_array (&receipt, "sums"), "label", "text");
  append_rule (text);
  g_string_append_printf (text, "%s\n%s\n", get_text (receipt.sheet, "foot"), get_text (receipt.sheet, "qr"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}
