/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finishes a drawn card into its card file, and checks card files: two pages, PDF/A-3b, attached
 * data, the issuer's signature. */
#include "plt-card-file.h"

#include "plt-pdf.h"

#include <gio/gio.h>

static GBytes *
build_unsigned (GBytes                       *source,
                const char                   *title,
                gint64                        created_at,
                const PltCardFileAttachment  *attachments,
                gsize                         n_attachments,
                GError                      **error)
{
  g_autoptr (PltPdf) pdf = plt_pdf_open (source, error);

  if (pdf == NULL || !plt_pdf_set_boxes (pdf, error))
    return NULL;
  plt_pdfa_mend_objects (pdf);
  plt_pdfa_add_identity (pdf, source, title, created_at);
  if (!plt_pdf_add_attachments (pdf, attachments, n_attachments, created_at, error) ||
      !plt_pdf_check (pdf, error))
    return NULL;

  return plt_pdf_write (pdf, error);
}

/* libqpdf rewrites the whole file, so nothing may touch it after this. */
static GBytes *
build_signed (GBytes        *unsigned_file,
              gint64         created_at,
              PltIssuerKey  *key,
              GError       **error)
{
  g_autoptr (PltPdf) pdf = plt_pdf_open (unsigned_file, error);
  g_autoptr (GBytes) prepared = NULL;

  if (pdf == NULL ||
      !plt_pdf_add_signature_field (pdf, plt_issuer_key_get_key_id (key), created_at, error))
    return NULL;
  prepared = plt_pdf_write (pdf, error);
  if (prepared == NULL)
    return NULL;

  return plt_pdf_sign (prepared, key, error);
}

static gboolean
check_title (const char  *title,
             GError     **error)
{
  for (const char *at = title; g_utf8_validate (title, -1, NULL); at = g_utf8_next_char (at))
    {
      if (*at == '\0')
        return TRUE;
      if (g_unichar_iscntrl (g_utf8_get_char (at)))
        break;
    }

  plt_pdf_set_invalid (error, "the title");
  return FALSE;
}

/**
 * plt_card_file_finish:
 * @pdf: the renderer's PDF: front and back, each ID-1 with at most 5 mm of bleed
 * @title: e.g. "Driving licence UC-26-C000017", UTF-8
 * @created_at: Unix seconds (UTC) of the file's dates; part of the bytes
 * @attachments: (array length=n_attachments) (nullable): files to attach, in any order
 * @n_attachments: how many
 * @key: (nullable): the key for card files, with its certificate; %NULL leaves it unsigned
 * @unsigned_sha256: (out) (optional) (transfer full): hash, in hex, of the file as it is without
 *   a signature: whoever draws the card again without the key gets the same
 * @error: %PLT_ISO_ERROR_INVALID, %PLT_ISO_ERROR_KEY, %PLT_ISO_ERROR_TOO_LONG
 *
 * Makes PDF/A-3b (ISO 19005-3) with trim and bleed boxes, sRGB output intent, XMP and associated
 * files, and signs it as PAdES B-B (ETSI EN 319 142-1). The result was opened again and checked as
 * plt_card_file_verify() does. Blocks for some milliseconds, with a token longer: call it in a
 * worker thread.
 *
 * Returns: (transfer full) (nullable): the card file
 */
GBytes *
plt_card_file_finish (GBytes                       *pdf,
                      const char                   *title,
                      gint64                        created_at,
                      const PltCardFileAttachment  *attachments,
                      gsize                         n_attachments,
                      PltIssuerKey                 *key,
                      char                        **unsigned_sha256,
                      GError                      **error)
{
  g_autoptr (GBytes) unsigned_file = NULL;
  g_autoptr (GBytes) file = NULL;

  g_return_val_if_fail (pdf != NULL, NULL);
  g_return_val_if_fail (title != NULL, NULL);
  g_return_val_if_fail (attachments != NULL || n_attachments == 0, NULL);

  if (!check_title (title, error))
    return NULL;
  unsigned_file = build_unsigned (pdf, title, created_at, attachments, n_attachments, error);
  if (unsigned_file == NULL)
    return NULL;
  file = key != NULL ? build_signed (unsigned_file, created_at, key, error)
                     : g_bytes_ref (unsigned_file);
  if (file == NULL || !plt_card_file_verify (file, key, error))
    return NULL;
  if (unsigned_sha256 != NULL)
    *unsigned_sha256 = plt_pdf_hash (unsigned_file);

  return g_steal_pointer (&file);
}

/**
 * plt_card_file_verify:
 * @file: a card file
 * @key: (nullable): the key that must have signed it; %NULL does not look at signatures
 * @error: %PLT_ISO_ERROR_INVALID for what is not a whole card file, %PLT_ISO_ERROR_SIGNATURE
 *
 * Opens the file without mending it and checks two pages with the boxes of a card, what PDF/A-3b
 * asks for, the attachments with their checksums, and that the signature covers the whole file.
 *
 * Returns: whether the file may be printed
 */
gboolean
plt_card_file_verify (GBytes        *file,
                      PltIssuerKey  *key,
                      GError       **error)
{
  g_autoptr (PltPdf) pdf = NULL;

  g_return_val_if_fail (file != NULL, FALSE);

  pdf = plt_pdf_open (file, error);

  return pdf != NULL && plt_pdf_check_boxes (pdf, error) && plt_pdfa_check (pdf, file, error) &&
         plt_pdf_check_attachments (pdf, error) && plt_pdf_check (pdf, error) &&
         (key == NULL || plt_pdf_check_signature (pdf, file, key, error));
}
