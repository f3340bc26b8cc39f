/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one renderer: walks the elements of a side; screen, PNG and PDF differ only in the surface. */
#include "plt-card-renderer.h"

#include "plt-cairo-file.h"
#include "plt-card-fixed.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MM_PER_INCH 25.4
#define MM_PER_POINT (25.4 / 72)

/* A card file tells no time of its drawing: the same inputs must give the same bytes. */
#define CREATION_DATE "2026-01-01T00:00:00Z"

struct _PltCardDrawn
{
  PltLayout  *layout; /* owns the forms that @pdf puts in */
  PltCardPdf *pdf;    /* NULL: nothing is held back */
  GBytes     *bytes;
};

/* How far above the last line of a zone the line @line is, of @n. */
static double
get_rise (const PltElement *element,
          guint             line,
          guint             n)
{
  return (double) (n - 1 - line) * element->leading;
}

/* The characters @line of a machine-readable zone from its first cell on. */
static gboolean
draw_mrz_cells (PltCardDrawing    *self,
                const PltElement  *element,
                const char        *line,
                double             rise,
                GError           **error)
{
  PltCardText text = {
    .text = line,
    .font = element->font,
    .words = _("machine-readable zone"),
    .x = element->x,
    .y = element->y + element->height - rise,
    .width = element->width,
    .size = element->size,
    .min_size = element->size,
    .colour = { 0, 0, 0, 1 },
  };

  return plt_card_draw_cells (self, &text, element->pitch, error);
}

/* In a file each character is a form of its own: the outlines of a whole line would have to be
 * written and compressed for every card. */
static gboolean
draw_mrz_forms (PltCardDrawing  *self,
                guint            index,
                const char      *line,
                GError         **error)
{
  const PltElement *element = plt_layout_get_element (self->layout, self->page, index);
  gboolean ok = TRUE;

  for (gsize i = 0; ok && line[i] != '\0'; i++)
    {
      const char *character = strchr (PLT_CARD_MRZ_CHARACTERS, line[i]);

      cairo_save (self->cr);
      cairo_translate (self->cr, (double) i * element->pitch, 0);
      ok = plt_card_fixed_draw (self, index, 1, (int) (character - PLT_CARD_MRZ_CHARACTERS), error);
      cairo_restore (self->cr);
    }
  return ok;
}

static gboolean
fail_manner (const PltElement  *element,
             GError           **error)
{
  guint n = plt_card_mrz_count_lines (element->manner);

  g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_MISSING,
               g_dngettext (GETTEXT_PACKAGE,
                            "The card was not drawn because its machine-readable zone is not that of its layout, which "
                            "has %u line of 30 characters. Tell the administrator.",
                            "The card was not drawn because its machine-readable zone is not that of its layout, which "
                            "has %u lines of 9, 30 and 30 characters. Tell the administrator.", n), n);
  return FALSE;
}

static gboolean
draw_mrz_lines (PltCardDrawing  *self,
                guint            index,
                const char      *zone,
                GError         **error)
{
  const PltElement *element = plt_layout_get_element (self->layout, self->page, index);
  guint n = plt_card_mrz_count_lines (element->manner);
  g_auto (GStrv) lines = g_strsplit (zone, "\n", -1);
  /* Forms are only ever moved to the right. */
  gboolean as_forms = n == 1 && self->pdf != NULL &&
                      strspn (zone, PLT_CARD_MRZ_CHARACTERS) == strlen (zone);
  gboolean ok = TRUE;

  if (!plt_card_mrz_fits (element->manner, zone))
    return fail_manner (element, error);
  if (!as_forms)
    plt_card_fixed_end (self);
  for (guint i = 0; ok && i < n; i++)
    ok = as_forms ? draw_mrz_forms (self, index, lines[i], error)
                  : draw_mrz_cells (self, element, lines[i], get_rise (element, i, n), error);
  return ok;
}

static gboolean
draw_mrz (PltCardDrawing  *self,
          guint            index,
          GError         **error)
{
  const PltElement *element = plt_layout_get_element (self->layout, self->page, index);
  const char *zone = plt_card_inputs_get_mrz_in (self->inputs, element->manner);

  if (zone != NULL && *zone != '\0')
    return draw_mrz_lines (self, index, zone, error);
  plt_card_fixed_end (self);
  if (!element->required)
    return plt_card_draw_nothing (self);
  g_set_error_literal (error, PLT_CARD_ERROR, PLT_CARD_ERROR_MISSING,
                       _("The card was not drawn because its machine-readable zone is missing. "
                         "Check the names and the licence number."));
  return FALSE;
}

/* Drawn about the centre of the box, turned, where the inputs say that the card is no licence. */
static gboolean
draw_specimen (PltCardDrawing    *self,
               const PltElement  *element,
               GError           **error)
{
  PltCardText text = {
    .text = element->text,
    .font = element->font,
    .words = element->text,
    .size = element->size,
    .min_size = element->size,
    .spacing = element->spacing,
    .colour = element->colour,
    .is_turned = TRUE,
  };
  gboolean ok;

  if (!plt_card_inputs_get_specimen (self->inputs))
    return plt_card_draw_nothing (self);
  text.x = -plt_card_measure_text (self, &text) / 2;
  text.y = element->size * MM_PER_POINT * 0.36;
  cairo_save (self->cr);
  cairo_rectangle (self->cr, element->x, element->y, element->width, element->height);
  cairo_clip (self->cr);
  cairo_translate (self->cr, element->x + element->width / 2, element->y + element->height / 2);
  cairo_rotate (self->cr, element->angle * G_PI / 180);
  ok = plt_card_draw_text (self, &text, error);
  cairo_restore (self->cr);
  return ok;
}

/* Whether the part of @element that belongs on @layer is wanted: of one that the layout puts on a
 * single layer all parts are. */
gboolean
plt_card_wants (PltCardDrawing   *self,
                const PltElement *element,
                PltCardLayers     layer)
{
  return (element->layers & layer) != 0 && element->layers != layer
         ? (self->layers & layer) != 0 : TRUE;
}

/* @index: of the element on the page. One that is on none of the wanted layers is passed over. */
gboolean
plt_card_draw_element (PltCardDrawing  *self,
                       guint            index,
                       GError         **error)
{
  const PltElement *element = plt_layout_get_element (self->layout, self->page, index);

  if ((element->layers & self->layers) == 0)
    return TRUE;
  if (element->type != PLT_ELEMENT_CATEGORIES && element->type != PLT_ELEMENT_MRZ)
    plt_card_fixed_end (self);
  if (element->when != NULL && !plt_expression_get_truth (element->when, self->inputs))
    return plt_card_draw_nothing (self);
  switch (element->type)
    {
    case PLT_ELEMENT_RECT: plt_card_draw_rect (self, element); return TRUE;
    case PLT_ELEMENT_PATH: plt_card_draw_path (self, element); return TRUE;
    case PLT_ELEMENT_WAVES: plt_card_draw_waves (self, element); return TRUE;
    case PLT_ELEMENT_ROSETTE: plt_card_draw_rosette (self, element); return TRUE;
    case PLT_ELEMENT_MICROTEXT: return plt_card_draw_microtext (self, element, error);
    case PLT_ELEMENT_TEXT: return plt_card_draw_value (self, element, error);
    case PLT_ELEMENT_PARAGRAPH: return plt_card_draw_paragraph (self, element, error);
    case PLT_ELEMENT_PORTRAIT: return plt_card_draw_portrait (self, element, error);
    case PLT_ELEMENT_SIGNATURE: return plt_card_draw_signature (self, element, error);
    case PLT_ELEMENT_CATEGORIES: return plt_card_draw_categories (self, index, error);
    case PLT_ELEMENT_MRZ: return draw_mrz (self, index, error);
    case PLT_ELEMENT_PDF417: return plt_card_draw_pdf417 (self, element, error);
    case PLT_ELEMENT_QR: return plt_card_draw_qr (self, element, error);
    case PLT_ELEMENT_SPECIMEN: return draw_specimen (self, element, error);
    case PLT_ELEMENT_PICTOGRAM: return plt_card_draw_pictogram (self, element, error);
    case PLT_ELEMENT_CODE128: return plt_card_draw_code128 (self, element, error);
    case PLT_ELEMENT_DATAMATRIX: return plt_card_draw_datamatrix (self, element, error);
    case PLT_ELEMENT_MAGNETIC: return plt_card_draw_magnetic (self, element, error);
    case PLT_ELEMENT_CHIP: return plt_card_draw_chip (self, element, error);
    case PLT_ELEMENT_ARTWORK: return plt_card_draw_artwork (self, element, error);
    case PLT_N_ELEMENT_TYPES:
    default: g_assert_not_reached ();
    }
}

static gboolean
draw_variant (PltCardDrawing    *self,
              const PltElement  *element,
              int                variant,
              GError           **error)
{
  char character[] = { PLT_CARD_MRZ_CHARACTERS[0], '\0' };

  if (element->type != PLT_ELEMENT_MRZ)
    return plt_card_draw_category_part (self, element, variant, error);
  character[0] = PLT_CARD_MRZ_CHARACTERS[variant];
  return draw_mrz_cells (self, element, character, 0, error);
}

/* The number of the element that is drawn in this place of its page. */
guint
plt_card_get_index (const PltCardDrawing *self,
                    guint                 place)
{
  return self->order != NULL ? self->order[place] : place;
}

/* What plt_card_fixed_draw() keeps: elements, from the place @first on, a part of the category table, or a
 * character, of the element @first. */
gboolean
plt_card_draw_piece (PltCardDrawing  *self,
                     guint            first,
                     guint            n,
                     int              variant,
                     GError         **error)
{
  if (variant != PLT_CARD_WHOLE)
    return draw_variant (self, plt_layout_get_element (self->layout, self->page, first), variant,
                         error);
  for (guint i = first; i < first + n; i++)
    if (!plt_card_draw_element (self, plt_card_get_index (self, i), error))
      return FALSE;
  return TRUE;
}

/* Draws the page from its first place to its last. */
static gboolean
draw_page (PltCardDrawing  *self,
           GError         **error)
{
  guint n_elements = plt_layout_get_page (self->layout, self->page)->elements->len;
  guint n;

  for (guint i = 0; i < n_elements; i += MAX (n, 1))
    {
      n = plt_card_fixed_count (self, i);
      if (n > 0 ? !plt_card_fixed_draw (self, i, n, PLT_CARD_WHOLE, error)
                : !plt_card_draw_element (self, plt_card_get_index (self, i), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
fail_cairo (cairo_status_t   status,
            GError         **error)
{
  g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_IMAGE,
               _("The card was not drawn: %s. Close other programs and try again."),
               cairo_status_to_string (status));
  return FALSE;
}

/* @cr must have the millimetre as its unit; its state is left as it was. Errors: DOES_NOT_FIT,
 * GLYPH, MISSING, IMAGE. */
gboolean
plt_card_render_layers (PltLayout      *layout,
                        PltCardInputs  *inputs,
                        guint           page,
                        PltCardLayers   layers,
                        cairo_t        *cr,
                        double          device_dpi,
                        GError        **error)
{
  PltCardDrawing drawing = {
    .layout = layout, .inputs = inputs, .page = page, .layers = layers, .cr = cr, .dpi = device_dpi,
  };

  g_return_val_if_fail (PLT_IS_LAYOUT (layout) && inputs != NULL && cr != NULL, FALSE);
  g_return_val_if_fail (page < plt_layout_get_n_pages (layout), FALSE);

  drawing.text = plt_card_text_get_layout (layout);
  if (!draw_page (&drawing, error))
    return FALSE;
  return cairo_status (cr) == CAIRO_STATUS_SUCCESS || fail_cairo (cairo_status (cr), error);
}

gboolean
plt_card_render (PltLayout      *layout,
                 PltCardInputs  *inputs,
                 PltCardSide     side,
                 cairo_t        *cr,
                 double          device_dpi,
                 GError        **error)
{
  return plt_card_render_layers (layout, inputs, (guint) side, PLT_CARD_LAYER_PRINTED, cr,
                                 device_dpi, error);
}

GBytes *
plt_card_render_png (PltLayout      *layout,
                     PltCardInputs  *inputs,
                     PltCardSide     side,
                     int             dpi,
                     GError        **error)
{
  GBytes *png;
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cr;
  double width, height;
  gboolean ok;

  g_return_val_if_fail (dpi >= 72 && dpi <= 1200, NULL);
  g_return_val_if_fail ((guint) side < plt_layout_get_n_pages (layout), NULL);

  plt_layout_get_page_size (layout, (guint) side, &width, &height);
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
                                        (int) lround (width * dpi / MM_PER_INCH),
                                        (int) lround (height * dpi / MM_PER_INCH));
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, dpi / MM_PER_INCH, dpi / MM_PER_INCH);
  ok = plt_card_render (layout, inputs, side, cr, dpi, error);
  cairo_destroy (cr);
  png = ok ? plt_cairo_to_png (surface, &status) : NULL;
  cairo_surface_destroy (surface);
  if (ok && png == NULL)
    fail_cairo (status, error);
  return png;
}

/* @pdf: (nullable): the file that @surface is of */
static gboolean
draw_pages (PltLayout        *layout,
            PltCardInputs    *inputs,
            PltCardPdf       *pdf,
            cairo_surface_t  *surface,
            GError          **error)
{
  PltCardDrawing drawing = {
    .layout = layout,
    .inputs = inputs,
    .layers = PLT_CARD_LAYER_PRINTED,
    .text = plt_card_text_get_layout (layout),
    .pdf = pdf,
    .cr = cairo_create (surface),
  };
  gboolean ok = TRUE;

  for (; ok && drawing.page < plt_layout_get_n_pages (layout); drawing.page++)
    {
      cairo_save (drawing.cr);
      plt_card_begin_page (&drawing, surface);
      drawing.order = pdf != NULL ? plt_card_fixed_get_order (&drawing) : NULL;
      ok = draw_page (&drawing, error);
      plt_card_fixed_end (&drawing);
      cairo_restore (drawing.cr);
      if (ok)
        cairo_show_page (drawing.cr);
    }
  cairo_destroy (drawing.cr);
  return ok;
}

static GBytes *
write_pdf (PltLayout      *layout,
           PltCardInputs  *inputs,
           PltCardPdf     *pdf,
           GError        **error)
{
  cairo_surface_t *surface = plt_pdf_surface_new (layout->width, layout->height);
  g_autoptr (GBytes) bytes = NULL;
  cairo_status_t status;
  gboolean ok;

  /* From 1.5 on newer cairo writes object streams, which cannot be taken apart so plainly. */
  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, CREATION_DATE);
  ok = draw_pages (layout, inputs, pdf, surface, error);
  bytes = plt_pdf_surface_end (surface, &status);
  if (!ok || (bytes == NULL && !fail_cairo (status, error)))
    return NULL;
  return g_steal_pointer (&bytes);
}

/**
 * plt_card_drawn_new:
 * @layout: the layout; its files of forms are made when the first card is drawn
 * @inputs: what is drawn
 * @error: as plt_card_render()
 *
 * Returns: (transfer full) (nullable): the drawing of all pages
 */
PltCardDrawn *
plt_card_drawn_new (PltLayout      *layout,
                    PltCardInputs  *inputs,
                    GError        **error)
{
  g_autoptr (PltCardDrawn) self = g_new0 (PltCardDrawn, 1);
  g_autoptr (GBytes) drawn = NULL;

  self->layout = g_object_ref (layout);
  self->pdf = plt_card_pdf_new (plt_card_fixed_get_forms (layout, inputs));
  drawn = write_pdf (layout, inputs, self->pdf, error);
  if (drawn == NULL)
    return NULL;
  self->bytes = plt_card_pdf_tidy (self->pdf, drawn);
  if (self->bytes != NULL)
    return g_steal_pointer (&self);

  g_warning ("The file that cairo wrote was not understood; the card is drawn without forms.");
  g_clear_pointer (&self->pdf, plt_card_pdf_free);
  self->bytes = write_pdf (layout, inputs, NULL, error);
  return self->bytes != NULL ? g_steal_pointer (&self) : NULL;
}

void
plt_card_drawn_free (PltCardDrawn *self)
{
  g_clear_pointer (&self->pdf, plt_card_pdf_free);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_object (&self->layout);
  g_free (self);
}

GBytes *
plt_card_drawn_get_pdf (PltCardDrawn *self)
{
  return self->bytes;
}

GBytes *
plt_card_drawn_join (PltCardDrawn *self,
                     GBytes       *pdf)
{
  return self->pdf != NULL ? plt_card_pdf_finish (self->pdf, pdf) : g_bytes_ref (pdf);
}

GBytes *
plt_card_render_pdf (PltLayout      *layout,
                     PltCardInputs  *inputs,
                     GError        **error)
{
  g_autoptr (PltCardDrawn) drawn = plt_card_drawn_new (layout, inputs, error);

  return drawn != NULL ? plt_card_drawn_join (drawn, drawn->bytes) : NULL;
}
