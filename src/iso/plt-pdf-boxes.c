/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gives each page of a card file its trim and bleed boxes, and checks them (ISO 32000-1, 14.11.2;
 * ID-1 of ISO/IEC 7810). */
#include "plt-pdf.h"

#include <math.h>

#define ID1_WIDTH (85.60 / 25.4 * 72)
#define ID1_HEIGHT (53.98 / 25.4 * 72)
#define MAX_BLEED (10.0 / 25.4 * 72)
#define TOLERANCE 0.01
#define N_SIDES 2

gboolean
plt_pdf_get_box (PltPdf     *pdf,
                 qpdf_oh     page,
                 const char *key,
                 PltPdfBox  *box)
{
  qpdf_oh array = qpdf_oh_get_key_if_dict (pdf, page, key);
  double *sides[] = { &box->x0, &box->y0, &box->x1, &box->y1 };

  if (!qpdf_oh_is_array (pdf, array) || qpdf_oh_get_array_n_items (pdf, array) != 4)
    return FALSE;
  for (int i = 0; i < 4; i++)
    {
      if (!qpdf_oh_get_value_as_number (pdf, qpdf_oh_get_array_item (pdf, array, i), sides[i]))
        return FALSE;
    }

  return TRUE;
}

static void
set_box (PltPdf          *pdf,
         qpdf_oh          page,
         const char      *key,
         const PltPdfBox *box)
{
  const double sides[] = { box->x0, box->y0, box->x1, box->y1 };
  qpdf_oh array = qpdf_oh_new_array (pdf);

  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++)
    qpdf_oh_append_item (pdf, array, qpdf_oh_new_real_from_double (pdf, sides[i], 6));
  qpdf_oh_replace_key (pdf, page, key, array);
}

/* A side may stand upright, as the cards of the young do in North America. */
static void
get_card_size (const PltPdfBox *box,
               double          *width,
               double          *height)
{
  gboolean is_upright = box->y1 - box->y0 > box->x1 - box->x0;

  *width = is_upright ? ID1_HEIGHT : ID1_WIDTH;
  *height = is_upright ? ID1_WIDTH : ID1_HEIGHT;
}

static gboolean
set_boxes_of_page (PltPdf  *pdf,
                   qpdf_oh  page)
{
  PltPdfBox media;
  PltPdfBox trim;
  double width;
  double height;
  double bleed_x;
  double bleed_y;

  if (!plt_pdf_get_box (pdf, page, "/MediaBox", &media))
    return FALSE;
  get_card_size (&media, &width, &height);
  bleed_x = (media.x1 - media.x0 - width) / 2;
  bleed_y = (media.y1 - media.y0 - height) / 2;
  if (bleed_x < -TOLERANCE || bleed_y < -TOLERANCE || bleed_x > MAX_BLEED + TOLERANCE ||
      bleed_y > MAX_BLEED + TOLERANCE)
    return FALSE;

  trim = media;
  if (bleed_x > TOLERANCE || bleed_y > TOLERANCE)
    trim = (PltPdfBox) { media.x0 + bleed_x, media.y0 + bleed_y, media.x1 - bleed_x,
                         media.y1 - bleed_y };
  set_box (pdf, page, "/BleedBox", &media);
  set_box (pdf, page, "/TrimBox", &trim);

  return TRUE;
}

/**
 * plt_pdf_set_boxes:
 * @pdf: a PDF of two pages, each an ID-1 card with at most 10 mm of bleed around it
 * @error: %PLT_ISO_ERROR_INVALID
 *
 * Returns: whether it is such a PDF
 */
gboolean
plt_pdf_set_boxes (PltPdf  *pdf,
                   GError **error)
{
  if (qpdf_get_num_pages (pdf) != N_SIDES)
    {
      plt_pdf_set_invalid (error, "not two pages");
      return FALSE;
    }
  for (size_t i = 0; i < N_SIDES; i++)
    {
      if (!set_boxes_of_page (pdf, qpdf_get_page_n (pdf, i)))
        {
          plt_pdf_set_invalid (error, "a page is not of the size of a card");
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
is_inside (const PltPdfBox *inner,
           const PltPdfBox *outer)
{
  return inner->x0 >= outer->x0 - TOLERANCE && inner->y0 >= outer->y0 - TOLERANCE &&
         inner->x1 <= outer->x1 + TOLERANCE && inner->y1 <= outer->y1 + TOLERANCE;
}

static gboolean
has_right_boxes (PltPdf  *pdf,
                 qpdf_oh  page)
{
  PltPdfBox media;
  PltPdfBox bleed;
  PltPdfBox trim;
  double width;
  double height;

  if (!plt_pdf_get_box (pdf, page, "/MediaBox", &media) ||
      !plt_pdf_get_box (pdf, page, "/BleedBox", &bleed) ||
      !plt_pdf_get_box (pdf, page, "/TrimBox", &trim))
    return FALSE;
  get_card_size (&trim, &width, &height);
  return is_inside (&bleed, &media) && is_inside (&trim, &bleed) &&
         fabs (trim.x1 - trim.x0 - width) <= TOLERANCE &&
         fabs (trim.y1 - trim.y0 - height) <= TOLERANCE;
}

gboolean
plt_pdf_check_boxes (PltPdf  *pdf,
                     GError **error)
{
  gboolean right = qpdf_get_num_pages (pdf) == N_SIDES;

  for (size_t i = 0; right && i < N_SIDES; i++)
    right = has_right_boxes (pdf, qpdf_get_page_n (pdf, i));
  if (!right)
    plt_pdf_set_invalid (error, "not two pages whose trim is a card");

  return right;
}
