/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moves the pages of a card file so that a printer that misses its places hits them. */
#include "plt-print-copy.h"

#include "plt-pdf.h"

#include <string.h>

#define POINTS_PER_MM (72 / 25.4)

/* A point of the page, in its own units, after the correction. */
static void
map_point (const PltPrintMeasure *measure,
           const PltPdfBox       *trim,
           double                *x,
           double                *y)
{
  double right = (*x - trim->x0) / POINTS_PER_MM, down = (trim->y1 - *y) / POINTS_PER_MM;

  plt_print_measure_correct (measure, &right, &down);
  *x = trim->x0 + right * POINTS_PER_MM;
  *y = trim->y1 - down * POINTS_PER_MM;
}

/* The correction is affine, so three points tell it. */
static char *
make_operators (const PltPrintMeasure *measure,
                const PltPdfBox       *trim)
{
  double points[3][2] = { { 0, 0 }, { 1, 0 }, { 0, 1 } };
  char n[6][G_ASCII_DTOSTR_BUF_SIZE];

  for (gsize i = 0; i < G_N_ELEMENTS (points); i++)
    map_point (measure, trim, &points[i][0], &points[i][1]);
  for (int i = 0; i < 2; i++)
    {
      g_ascii_formatd (n[i], sizeof n[i], "%.8f", points[1][i] - points[0][i]);
      g_ascii_formatd (n[2 + i], sizeof n[2 + i], "%.8f", points[2][i] - points[0][i]);
      g_ascii_formatd (n[4 + i], sizeof n[4 + i], "%.6f", points[0][i]);
    }
  return g_strdup_printf ("q %s %s %s %s %s %s cm\n", n[0], n[1], n[2], n[3], n[4], n[5]);
}

static qpdf_oh
new_content (PltPdf     *pdf,
             const char *operators)
{
  g_autoptr (GBytes) bytes = g_bytes_new (operators, strlen (operators));

  return plt_pdf_new_stream (pdf, bytes, "<< >>");
}

static gboolean
move_page (PltPdf                 *pdf,
           qpdf_oh                 page,
           const PltPrintMeasure  *measure)
{
  qpdf_oh contents = qpdf_oh_get_key (pdf, page, "/Contents");
  qpdf_oh moved = qpdf_oh_new_array (pdf);
  g_autofree char *operators = NULL;
  PltPdfBox trim;

  if (!plt_pdf_get_box (pdf, page, "/TrimBox", &trim)
      && !plt_pdf_get_box (pdf, page, "/MediaBox", &trim))
    return FALSE;
  operators = make_operators (measure, &trim);
  qpdf_oh_append_item (pdf, moved, new_content (pdf, operators));
  if (qpdf_oh_is_array (pdf, contents))
    for (int i = 0; i < qpdf_oh_get_array_n_items (pdf, contents); i++)
      qpdf_oh_append_item (pdf, moved, qpdf_oh_get_array_item (pdf, contents, i));
  else
    qpdf_oh_append_item (pdf, moved, contents);
  qpdf_oh_append_item (pdf, moved, new_content (pdf, "\nQ\n"));
  qpdf_oh_replace_key (pdf, page, "/Contents", moved);
  qpdf_oh_remove_key (pdf, page, "/Annots");
  return TRUE;
}

/**
 * plt_print_copy_new:
 * @file: a card file
 * @measure: what was measured on the printer's test card
 * @error: %PLT_ISO_ERROR_INVALID
 *
 * Both sides are moved by the same numbers: a printer turns the card over and takes it by the same
 * edges. The copy has the drawing alone, without signature and attached data: it would not be what
 * was signed, and a print system keeps what it is sent.
 *
 * Returns: (transfer full) (nullable): the PDF to send
 */
GBytes *
plt_print_copy_new (GBytes                 *file,
                    const PltPrintMeasure  *measure,
                    GError                **error)
{
  static const char * const left_out[] = { "/AcroForm", "/Names", "/AF", "/Metadata" };
  g_autoptr (PltPdf) pdf = NULL;
  GBytes *copy;
  qpdf_oh root;

  g_return_val_if_fail (file != NULL && plt_print_measure_is_likely (measure), NULL);

  pdf = plt_pdf_open (file, error);
  if (pdf == NULL)
    return NULL;
  for (int i = 0; i < qpdf_get_num_pages (pdf); i++)
    if (!move_page (pdf, qpdf_get_page_n (pdf, (size_t) i), measure))
      {
        plt_pdf_set_invalid (error, "a page without its size");
        return NULL;
      }
  root = qpdf_get_root (pdf);
  for (gsize i = 0; i < G_N_ELEMENTS (left_out); i++)
    qpdf_oh_remove_key (pdf, root, left_out[i]);
  if (!plt_pdf_check (pdf, error))
    return NULL;
  copy = plt_pdf_write (pdf, error);
  return copy != NULL ? plt_pdf_set_id (copy, file) : NULL;
}
