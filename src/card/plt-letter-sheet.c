/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-letter-sheet.h"

#include "plt-cairo-file.h"
#include "plt-card-renderer.h"
#include "plt-sheet-text.h"

#include <cairo-pdf.h>
#include <libintl.h>
#include <zint.h>

/* Not GLib’s, which decides once whether a program translates: the letter is in its holder’s language. */
#define _(words) dgettext (GETTEXT_PACKAGE, words)

/* A4 and the window of DIN 5008, form B, which the windows of DL and C4 envelopes show. */
#define WIDTH_MM 210.0
#define HEIGHT_MM 297.0
#define LEFT_MM 25.0
#define RIGHT_MM 190.0
#define SENDER_MM 52.0
#define ADDRESS_MM 57.7
#define ADDRESS_WIDTH_MM 78.0
#define ADDRESS_HEIGHT_MM 27.3
#define FOLDS_MM 105.0

#define CODE_X_MM 118.0
#define CODE_Y_MM 52.0
#define CODE_HEIGHT_MM 14.0
#define MODULE_MM 0.35 /* for scanners that are held by hand */

#define CARD_Y_MM 190.0

typedef struct zint_symbol ZintSymbol;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZintSymbol, ZBarcode_Delete)

/* Returns: where it ends, downwards */
static double
draw_text (cairo_t    *cr,
           const char *words,
           double      x,
           double      y,
           double      points)
{
  g_autoptr (PangoLayout) text = plt_sheet_text_new (cr, words, RIGHT_MM - x, points);

  return plt_sheet_text_show (text, cr, x, y);
}

/* Smaller, if that makes all of it visible; what does not fit then is not cut off but refused. */
static gboolean
draw_address (cairo_t               *cr,
              const PltLetterWords  *words,
              GError               **error)
{
  g_auto (GStrv) parts = g_strsplit (words->address, ",", -1);
  g_autoptr (GString) lines = g_string_new (words->recipient);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_string_append_printf (lines, "\n%s", parts[i]);
  for (double points = 11; points >= 7; points -= 0.5)
    {
      g_autoptr (PangoLayout) text = plt_sheet_text_new (cr, lines->str, ADDRESS_WIDTH_MM, points);

      if (plt_sheet_text_get_height (text) <= ADDRESS_HEIGHT_MM)
        {
          plt_sheet_text_show (text, cr, LEFT_MM, ADDRESS_MM);
          return TRUE;
        }
    }
  g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_DOES_NOT_FIT,
               _("The sheet of letter %s was not drawn, because the address is too long for the window of"
                 " an envelope. Shorten it in the application, or write the envelope by hand."),
               words->number);
  return FALSE;
}

static gboolean
draw_code (cairo_t     *cr,
           const char  *number,
           GError     **error)
{
  g_autoptr (ZintSymbol) zint = ZBarcode_Create ();

  zint->symbology = BARCODE_CODE128;
  zint->input_mode = DATA_MODE;
  if (ZBarcode_Encode (zint, (const guchar *) number, 0) >= ZINT_ERROR)
    {
      g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_DOES_NOT_FIT,
                   _("The sheet of letter %s was not drawn, because its number cannot be a bar code. Make"
                     " the letter again."), number);
      return FALSE;
    }
  for (int x = 0; x < zint->width; x++)
    if ((zint->encoded_data[0][x / 8] >> (x % 8) & 1) != 0)
      cairo_rectangle (cr, CODE_X_MM + x * MODULE_MM, CODE_Y_MM, MODULE_MM, CODE_HEIGHT_MM);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_fill (cr);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_DEFAULT);
  draw_text (cr, number, CODE_X_MM, CODE_Y_MM + CODE_HEIGHT_MM + 1, 10);
  return TRUE;
}

static void
draw_card_place (cairo_t *cr)
{
  static const double dashes[] = { 2, 1.5 };
  double x = (WIDTH_MM - PLT_CARD_WIDTH_MM) / 2;
  g_autoptr (PangoLayout) text = NULL;

  cairo_save (cr);
  cairo_set_source_rgb (cr, 0.45, 0.45, 0.45);
  cairo_set_line_width (cr, 0.2);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_rectangle (cr, x, CARD_Y_MM, PLT_CARD_WIDTH_MM, PLT_CARD_HEIGHT_MM);
  cairo_stroke (cr);
  text = plt_sheet_text_new (cr, _("Your card is fixed here."), PLT_CARD_WIDTH_MM - 10, 9);
  pango_layout_set_alignment (text, PANGO_ALIGN_CENTER);
  plt_sheet_text_show (text, cr, x + 5, CARD_Y_MM + PLT_CARD_HEIGHT_MM / 2 - 2);
  cairo_restore (cr);
}

static void
draw_folds (cairo_t *cr)
{
  cairo_set_line_width (cr, 0.2);
  for (int i = 1; i <= 2; i++)
    {
      cairo_move_to (cr, 4, i * FOLDS_MM);
      cairo_line_to (cr, 8, i * FOLDS_MM);
    }
  cairo_stroke (cr);
}

static gboolean
draw_sheet (cairo_t               *cr,
            const PltLetterWords  *words,
            GError               **error)
{
  /* Translators: the name of whom the letter is for */
  g_autofree char *greeting = g_strdup_printf (_("Dear %s,"), words->recipient);
  double y = 128;

  if (!draw_address (cr, words, error) || !draw_code (cr, words->number, error))
    return FALSE;
  draw_text (cr, words->office, LEFT_MM, 25, 14);
  draw_text (cr, words->office, LEFT_MM, SENDER_MM, 7);
  draw_text (cr, words->day, CODE_X_MM, 85, 10);
  y = draw_text (cr, _("Your driving licence"), LEFT_MM, 110, 13) + 6;
  y = draw_text (cr, greeting, LEFT_MM, y, 11) + 4;
  y = draw_text (cr, _("your driving licence is fixed to this sheet. Please look at it now. If anything on it"
                       " is wrong, bring it back to the office with this letter."), LEFT_MM, y, 11) + 4;
  draw_text (cr, _("If there is no card in this letter, tell the office at once, with the number at the top"
                   " right."), LEFT_MM, y, 11);
  draw_card_place (cr);
  draw_folds (cr);
  return TRUE;
}

gboolean
plt_letter_sheet_draw (cairo_t               *cr,
                       const PltLetterWords  *words,
                       GError               **error)
{
  gboolean drawn;

  cairo_save (cr);
  cairo_scale (cr, PLT_POINTS_PER_MM, PLT_POINTS_PER_MM);
  drawn = draw_sheet (cr, words, error);
  cairo_restore (cr);
  return drawn;
}

GBytes *
plt_letter_sheet_render (const PltLetterWords  *words,
                         GError               **error)
{
  cairo_surface_t *surface = plt_pdf_surface_new (WIDTH_MM, HEIGHT_MM);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GBytes) pdf = NULL;
  gboolean drawn;
  cairo_status_t status;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, words->number);
  drawn = plt_letter_sheet_draw (cr, words, error);
  cairo_show_page (cr);
  cairo_destroy (cr);
  pdf = plt_pdf_surface_end (surface, &status);
  if (drawn && pdf != NULL)
    return g_steal_pointer (&pdf);
  if (drawn)
    g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_IMAGE,
                 _("The sheet of letter %s was not drawn: %s. Close other programs and try again."),
                 words->number, cairo_status_to_string (status));
  return NULL;
}
