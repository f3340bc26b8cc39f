/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws the proof sheet of a layout: a record after the other, its pages side by side, and under
 * them what there is to know before the layout is let in. */
#include "plt-card-proof.h"

#include "plt-cairo-file.h"
#include "plt-card-parts.h"
#include "plt-card-sample.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <pango/pangocairo.h>

#define SHEET_WIDTH 210.0
#define SHEET_HEIGHT 297.0
#define MARGIN 15.0
#define GAP 6.0
#define TITLE_SIZE 13.0 /* points */
#define TEXT_SIZE 8.0
#define FAULT_RED 0.65
#define CREATION_DATE "2026-01-01T00:00:00Z"

typedef struct
{
  cairo_t *cr;        /* in millimetres */
  PltLayout *layout;
  double y;           /* where the next line begins */
  guint page;
} Sheet;

/* Draws words in the width of the sheet, or only measures them; returns their height in mm. */
static double
set_words (Sheet      *sheet,
           const char *words,
           double      size,
           gboolean    draw)
{
  g_autoptr (PangoLayout) lines = NULL;
  PangoFontDescription *font = pango_font_description_from_string ("Sans");
  int height;

  cairo_save (sheet->cr);
  cairo_scale (sheet->cr, 1 / PLT_POINTS_PER_MM, 1 / PLT_POINTS_PER_MM);
  lines = pango_cairo_create_layout (sheet->cr);
  pango_cairo_context_set_resolution (pango_layout_get_context (lines), 72);
  pango_font_description_set_size (font, (int) (size * PANGO_SCALE));
  pango_layout_set_font_description (lines, font);
  pango_layout_set_width (lines, (int) ((SHEET_WIDTH - 2 * MARGIN) * PLT_POINTS_PER_MM * PANGO_SCALE));
  pango_layout_set_wrap (lines, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (lines, words, -1);
  pango_layout_get_size (lines, NULL, &height);
  if (draw)
    {
      cairo_move_to (sheet->cr, MARGIN * PLT_POINTS_PER_MM, sheet->y * PLT_POINTS_PER_MM);
      pango_cairo_show_layout (sheet->cr, lines);
    }
  cairo_restore (sheet->cr);
  pango_font_description_free (font);

  return (double) height / PANGO_SCALE / PLT_POINTS_PER_MM;
}

static void
begin_page (Sheet *sheet)
{
  g_autofree char *foot = NULL;

  if (sheet->page > 0)
    cairo_show_page (sheet->cr);
  sheet->page++;
  /* Translators: at the foot of each page of a layout's proof sheet: the layout's id, the number of
   * its version, the digest of its files, and the number of the page. */
  foot = g_strdup_printf (_("%s, version %d · %.16s… · page %u"), plt_layout_get_id (sheet->layout),
                          plt_layout_get_version (sheet->layout),
                          plt_layout_get_digest (sheet->layout), sheet->page);
  cairo_set_source_rgb (sheet->cr, 0.4, 0.4, 0.4);
  sheet->y = SHEET_HEIGHT - MARGIN;
  set_words (sheet, foot, TEXT_SIZE, TRUE);
  cairo_set_source_rgb (sheet->cr, 0, 0, 0);
  sheet->y = MARGIN;
}

static void
make_room (Sheet  *sheet,
           double  height)
{
  if (sheet->y > MARGIN && sheet->y + height > SHEET_HEIGHT - MARGIN - GAP)
    begin_page (sheet);
}

static void
add_words (Sheet      *sheet,
           const char *words,
           double      size)
{
  make_room (sheet, set_words (sheet, words, size, FALSE));
  sheet->y += set_words (sheet, words, size, TRUE) + 1;
}

static void
add_title (Sheet *sheet,
           guint  n_samples)
{
  g_autofree char *title = NULL;
  g_autofree char *digest = NULL;

  /* Translators: the head of a proof sheet: a layout's title, its id and the number of its version. */
  title = g_strdup_printf (_("Proof sheet of “%s” (%s, version %d)"),
                           plt_layout_get_title (sheet->layout), plt_layout_get_id (sheet->layout),
                           plt_layout_get_version (sheet->layout));
  add_words (sheet, title, TITLE_SIZE);
  /* Translators: the digest of a layout's files, then how many records are drawn. */
  digest = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "Files and fonts: %s. %u record, in real size where the sheet is wide enough.",
                                         "Files and fonts: %s. %u records, in real size where the sheet is wide enough.",
                                         n_samples),
                            plt_layout_get_digest (sheet->layout), n_samples);
  add_words (sheet, digest, TEXT_SIZE);
  sheet->y += GAP / 2;
}

static double
find_scale (PltLayout *layout,
            guint      page)
{
  double width;
  double height;

  plt_layout_get_page_size (layout, page, &width, &height);

  return MIN (1, MIN ((SHEET_WIDTH - 2 * MARGIN) / width,
                      (SHEET_HEIGHT - 2 * MARGIN - 5 * GAP) / height));
}

/* In a group, so that half a page is not left when one of its elements cannot be drawn. */
static void
draw_page (Sheet         *sheet,
           PltCardInputs *inputs,
           guint          page,
           double         x,
           double         scale,
           double         width,
           double         height)
{
  g_autoptr (GError) error = NULL;

  cairo_save (sheet->cr);
  cairo_translate (sheet->cr, x, sheet->y);
  cairo_scale (sheet->cr, scale, scale);
  cairo_rectangle (sheet->cr, 0, 0, width, height);
  cairo_clip (sheet->cr);
  cairo_push_group (sheet->cr);
  if (plt_card_render (sheet->layout, inputs, (PltCardSide) page, sheet->cr, 0, &error))
    {
      cairo_pop_group_to_source (sheet->cr);
      cairo_paint (sheet->cr);
    }
  else
    {
      cairo_pattern_destroy (cairo_pop_group (sheet->cr));
      cairo_set_source_rgb (sheet->cr, FAULT_RED, 0, 0);
      cairo_move_to (sheet->cr, 0, 0);
      cairo_line_to (sheet->cr, width, height);
      cairo_move_to (sheet->cr, width, 0);
      cairo_line_to (sheet->cr, 0, height);
      cairo_set_line_width (sheet->cr, 0.5);
      cairo_stroke (sheet->cr);
    }
  cairo_reset_clip (sheet->cr);
  cairo_rectangle (sheet->cr, 0, 0, width, height);
  cairo_set_source_rgb (sheet->cr, 0.6, 0.6, 0.6);
  cairo_set_line_width (sheet->cr, 0.1);
  cairo_stroke (sheet->cr);
  cairo_restore (sheet->cr);
}

/* As many pages side by side as fit. */
static void
draw_pages (Sheet         *sheet,
            PltCardInputs *inputs)
{
  double x = MARGIN;
  double row = 0;

  for (guint page = 0; page < plt_layout_get_n_pages (sheet->layout); page++)
    {
      double scale = find_scale (sheet->layout, page);
      double width;
      double height;

      plt_layout_get_page_size (sheet->layout, page, &width, &height);
      if (x > MARGIN && x + width * scale > SHEET_WIDTH - MARGIN + 0.1)
        {
          sheet->y += row + GAP / 2;
          x = MARGIN;
          row = 0;
        }
      if (x == MARGIN)
        make_room (sheet, height * scale);
      draw_page (sheet, inputs, page, x, scale, width, height);
      x += width * scale + GAP / 2;
      row = MAX (row, height * scale);
    }
  sheet->y += row + 1;
}

static void
add_sample (Sheet         *sheet,
            PltCardSample *sample)
{
  PltCardInputs *inputs = plt_card_sample_get_inputs (sample);
  double width;
  double height;

  plt_layout_get_page_size (sheet->layout, 0, &width, &height);
  make_room (sheet, height * find_scale (sheet->layout, 0) + 2 * GAP);
  cairo_set_source_rgb (sheet->cr, 0, 0, 0);
  add_words (sheet, plt_card_sample_get_title (sample), TEXT_SIZE + 1);
  draw_pages (sheet, inputs);
  for (guint page = 0; page < plt_layout_get_n_pages (sheet->layout); page++)
    {
      g_autoptr (GPtrArray) parts = plt_card_list_parts (sheet->layout, inputs, page);

      for (guint i = 0; i < parts->len; i++)
        {
          PltCardPart *part = parts->pdata[i];
          g_autofree char *what = plt_card_part_describe (part);
          g_autofree char *words = NULL;

          if (what == NULL)
            continue;
          words = g_strdup_printf ("%s: %s", part->name, what);
          cairo_set_source_rgb (sheet->cr, part->error != NULL ? FAULT_RED : 0.2, 0, 0);
          add_words (sheet, words, TEXT_SIZE);
        }
    }
  sheet->y += GAP;
}

static void
draw_sheet (PltLayout       *layout,
            GPtrArray       *samples,
            cairo_surface_t *surface)
{
  Sheet sheet = { .cr = cairo_create (surface), .layout = layout };

  cairo_scale (sheet.cr, PLT_POINTS_PER_MM, PLT_POINTS_PER_MM);
  begin_page (&sheet);
  add_title (&sheet, samples->len);
  for (guint i = 0; i < samples->len; i++)
    add_sample (&sheet, samples->pdata[i]);
  cairo_show_page (sheet.cr);
  cairo_destroy (sheet.cr);
}

GBytes *
plt_card_proof_sheet (PltLayout  *layout,
                      GPtrArray  *samples,
                      GError    **error)
{
  cairo_surface_t *surface;
  GBytes *pdf;
  cairo_status_t status;

  g_return_val_if_fail (PLT_IS_LAYOUT (layout) && samples != NULL, NULL);

  surface = plt_pdf_surface_new (SHEET_WIDTH, SHEET_HEIGHT);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, plt_layout_get_title (layout));
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, plt_layout_get_digest (layout));
  /* It tells no time: files that have not changed give the same sheet, to the byte. */
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, CREATION_DATE);
  draw_sheet (layout, samples, surface);
  pdf = plt_pdf_surface_end (surface, &status);
  if (pdf == NULL)
    g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_LAYOUT,
                 _("The proof sheet was not made: %s."), cairo_status_to_string (status));
  return pdf;
}
