/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws a card as a printer would, lets an independent reader look at each code, and compares what that
 * says with the record: not with what was put in. */
#include "plt-code-check.h"

#include "plt-aamva.h"
#include "plt-card-parts.h"
#include "plt-code-reader.h"
#include "plt-code-reading.h"
#include "plt-mrz-check.h"
#include "plt-mrz-reader.h"
#include "plt-readback.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define DPI 300
#define MM_PER_INCH 25.4
/* A scanner sees a little more than the code. */
#define MARGIN_MM 1.0

static const struct
{
  const char  *type; /* of the layout's element */
  PltCodeKind  kind;
  const char  *title;
} codes[] = {
  { "qr", PLT_CODE_QR, N_("QR code") },
  { "pdf417", PLT_CODE_PDF417, N_("PDF417 bar code") },
  { "code128", PLT_CODE_CODE128, N_("Code 128 bar code") },
  { "datamatrix", PLT_CODE_DATA_MATRIX, N_("Data Matrix code") },
};

/* One page as the printer makes it. */
typedef struct
{
  guint            number;
  cairo_surface_t *surface;
} Raster;

static void
raster_clear (Raster *self)
{
  g_clear_pointer (&self->surface, cairo_surface_destroy);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Raster, raster_clear)

static gboolean
draw_raster (Raster    *self,
             PltProof  *proof,
             GError   **error)
{
  double width, height;
  cairo_t *cr;
  gboolean ok;

  plt_layout_get_page_size (proof->layout, self->number, &width, &height);
  self->surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) lround (width * DPI / MM_PER_INCH),
                                              (int) lround (height * DPI / MM_PER_INCH));
  cr = cairo_create (self->surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, DPI / MM_PER_INCH, DPI / MM_PER_INCH);
  ok = plt_card_render_layers (proof->layout, proof->inputs, self->number, PLT_CARD_LAYER_PRINTED, cr,
                               DPI, error);
  cairo_destroy (cr);
  cairo_surface_flush (self->surface);
  return ok;
}

/* What a scanner that is held over @part reads. */
static GBytes *
scan (const Raster      *raster,
      const PltCardPart *part,
      PltCodeKind        kind)
{
  const guint8 *data = cairo_image_surface_get_data (raster->surface);
  int stride = cairo_image_surface_get_stride (raster->surface);
  int left = MAX (0, (int) floor ((part->x - MARGIN_MM) * DPI / MM_PER_INCH));
  int top = MAX (0, (int) floor ((part->y - MARGIN_MM) * DPI / MM_PER_INCH));
  int right = MIN (cairo_image_surface_get_width (raster->surface),
                   (int) ceil ((part->x + part->width + MARGIN_MM) * DPI / MM_PER_INCH));
  int bottom = MIN (cairo_image_surface_get_height (raster->surface),
                    (int) ceil ((part->y + part->height + MARGIN_MM) * DPI / MM_PER_INCH));
  int width = right - left, height = bottom - top;
  g_autofree guint8 *grey = NULL;

  if (width <= 0 || height <= 0)
    return NULL;
  grey = g_malloc ((gsize) width * (gsize) height);
  for (int y = 0; y < height; y++)
    {
      const guint32 *row = (const guint32 *) (const void *) (data + (gsize) (top + y) * (gsize) stride);

      for (int x = 0; x < width; x++)
        {
          guint32 pixel = row[left + x];

          grey[(gsize) y * (gsize) width + (gsize) x] =
            (guint8) (((pixel >> 16 & 0xff) * 77 + (pixel >> 8 & 0xff) * 150 + (pixel & 0xff) * 29) >> 8);
        }
    }

  return plt_code_reader_read (kind, grey, width, height, width);
}

/* A code that holds the text that stands on its element, and no record. */
static GPtrArray *
compare_text (const PltCardPart *part,
              GBytes            *found)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_object_unref);
  gsize length;
  const char *bytes = g_bytes_get_data (found, &length);
  g_autofree char *text = g_utf8_make_valid (bytes, (gssize) length);

  g_ptr_array_add (fields, plt_readback_field_new (part->name, part->text, text));
  return g_steal_pointer (&fields);
}

/* That of an AAMVA layout has no signature: it must say what its own rules make of the record. */
static GPtrArray *
compare_pdf417 (PltPress  *press,
                PltProof  *proof,
                GBytes    *found,
                GError   **error)
{
  if (proof->record == NULL)
    {
      g_autoptr (PltLicenceData) licence = plt_press_read_pdf417 (press, found, error);

      return licence != NULL ? plt_readback_compare_dg1 (proof->licence, licence) : NULL;
    }
  g_autoptr (PltAamvaLicence) expected = plt_aamva_licence_new (proof->record, error);
  g_autoptr (PltAamvaLicence) read = expected != NULL ? plt_aamva_read (found, error) : NULL;

  return read != NULL ? plt_readback_compare_aamva (expected, read) : NULL;
}

static GPtrArray *
compare (PltPress           *press,
         PltProof           *proof,
         const PltCardPart  *part,
         PltCodeKind         kind,
         GBytes             *found,
         GError            **error)
{
  g_autoptr (PltLicenceData) licence = NULL;
  gsize length;
  const char *bytes = g_bytes_get_data (found, &length);

  if (kind == PLT_CODE_QR)
    {
      g_autofree char *text = g_utf8_make_valid (bytes, (gssize) length);

      licence = plt_press_read_code (press, text, error);
      return licence != NULL ? plt_readback_compare (proof->licence, licence, NULL) : NULL;
    }
  if (kind == PLT_CODE_PDF417)
    return compare_pdf417 (press, proof, found, error);
  return compare_text (part, found);
}

static PltCodeReading *
read_code (PltPress          *press,
           PltProof          *proof,
           const Raster      *raster,
           const PltCardPart *part,
           guint              code)
{
  g_autoptr (GBytes) found = scan (raster, part, codes[code].kind);
  g_autoptr (GError) error = NULL;
  GPtrArray *fields = NULL;

  if (found == NULL)
    return plt_code_reading_new (_(codes[code].title), raster->number, NULL,
                                 _("Cannot be read at 300 dots per inch. Do not print this card; tell "
                                   "the administrator."));
  fields = compare (press, proof, part, codes[code].kind, found, &error);
  return plt_code_reading_new (_(codes[code].title), raster->number, fields,
                               error != NULL ? error->message : NULL);
}

static PltCodeReading *
read_mrz (PltProof     *proof,
          const Raster *raster,
          guint         index)
{
  g_autofree char *found = plt_mrz_reader_read (proof->layout, raster->number, index, raster->surface, DPI);

  if (found == NULL)
    return plt_code_reading_new (_("Machine-readable zone"), raster->number, NULL,
                                 _("Cannot be read at 300 dots per inch. Do not print this card; tell "
                                   "the administrator."));
  return plt_code_reading_new (_("Machine-readable zone"), raster->number,
                               plt_mrz_check_compare (proof->licence,
                                                      plt_layout_get_mrz_manner (proof->layout), proof->mrz, found),
                               NULL);
}

/* A code or the machine-readable zone; %NULL if @part is neither. */
static PltCodeReading *
read_part (PltPress     *press,
           PltProof     *proof,
           Raster       *raster,
           GPtrArray    *parts,
           guint         index)
{
  const PltCardPart *part = g_ptr_array_index (parts, index);
  gboolean is_mrz = g_str_equal (part->type, "mrz");
  guint code = 0;

  while (code < G_N_ELEMENTS (codes) && !g_str_equal (part->type, codes[code].type))
    code++;
  if (!part->is_shown || (code == G_N_ELEMENTS (codes) && !is_mrz))
    return NULL;
  /* What cannot be drawn at all is told where it is shown. */
  if (raster->surface == NULL && !draw_raster (raster, proof, NULL))
    return NULL;
  return is_mrz ? read_mrz (proof, raster, index) : read_code (press, proof, raster, part, code);
}

static void
check_page (PltPress  *press,
            PltProof  *proof,
            guint      page,
            GPtrArray *readings)
{
  g_autoptr (GPtrArray) parts = plt_card_list_parts (proof->layout, proof->inputs, page);
  g_auto (Raster) raster = { .number = page };

  for (guint i = 0; i < parts->len; i++)
    {
      PltCodeReading *reading = read_part (press, proof, &raster, parts, i);

      if (reading != NULL)
        g_ptr_array_add (readings, reading);
    }
}

/**
 * plt_code_check:
 * @proof: from @press, drawn or not
 *
 * Blocks: belongs into a worker thread.
 *
 * Returns: (transfer full) (element-type PltCodeReading): one for each code on the card
 */
GPtrArray *
plt_code_check (PltPress     *press,
                PltProof     *proof,
                GCancellable *cancellable)
{
  GPtrArray *readings = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint page = 0; page < plt_layout_get_n_pages (proof->layout); page++)
    if (!g_cancellable_is_cancelled (cancellable))
      check_page (press, proof, page, readings);

  return readings;
}
