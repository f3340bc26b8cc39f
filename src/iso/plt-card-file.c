/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finishes a drawn card into its card file, and checks card files: two pages, PDF/A-3b, attached
 * data, the issuer's signature. */
#include "plt-card-file.h"

#include "plt-pdf-attached.h"
#include "plt-pdf.h"

#include <gio/gio.h>

/* One pass of libqpdf, then what the drawing holds back is put in. */
static GBytes *
build (GBytes                    *source,
       const PltCardFileContent  *content,
       const char                *signer,
       gsize                      room,
       GError                   **error)
{
  g_autoptr (PltPdf) pdf = plt_pdf_open (source, error);
  g_autoptr (GBytes) bare = NULL;
  GBytes *whole;

  if (pdf == NULL || !plt_pdf_set_boxes (pdf, error))
    return NULL;
  plt_pdfa_mend_objects (pdf, source);
  plt_pdfa_add_identity (pdf, source, content);
  if (!plt_pdf_add_attachments (pdf, content->attachments, content->n_attachments,
                                content->created_at, error) ||
      (signer != NULL &&
       !plt_pdf_add_signature_field (pdf, signer, content->created_at, room, error)) ||
      !plt_pdf_check (pdf, error))
    return NULL;
  bare = plt_pdf_write (pdf, error);
  if (bare == NULL)
    return NULL;
  whole = content->join != NULL ? content->join (bare, content->join_data) : g_bytes_ref (bare);
  if (whole == NULL)
    {
      plt_pdf_set_invalid (error, "the drawing could not be put together");
      return NULL;
    }

  return plt_pdf_set_id (whole, bare);
}

static gboolean
check_text (const char  *text,
            const char  *problem,
            GError     **error)
{
  for (const char *at = text; g_utf8_validate (text, -1, NULL); at = g_utf8_next_char (at))
    {
      if (*at == '\0')
        return TRUE;
      if (g_unichar_iscntrl (g_utf8_get_char (at)))
        break;
    }

  plt_pdf_set_invalid (error, problem);
  return FALSE;
}

static gboolean
check_texts (const PltCardFileContent  *content,
             GError                   **error)
{
  const char *texts[] = { content->signer, content->card_number, content->application,
                          content->discriminator, content->layout, content->layout_digest };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if (texts[i] != NULL && !check_text (texts[i], "a text of its description", error))
        return FALSE;
    }

  return check_text (content->title, "the title", error);
}

/* A file with room for the signature. */
typedef struct
{
  GBytes     *file;   /* NULL once it is signed */
  GBytes     *around; /* what is to be signed */
  PltPdfHole  hole;
} Prepared;

static void
prepared_clear (Prepared *self)
{
  g_clear_pointer (&self->file, g_bytes_unref);
  g_clear_pointer (&self->around, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Prepared, prepared_clear)

static gboolean
prepare (GBytes                    *source,
         const PltCardFileContent  *content,
         PltIssuerKey              *key,
         Prepared                  *prepared,
         GError                   **error)
{
  const char *signer = content->signer != NULL ? content->signer
                     : key != NULL ? plt_issuer_key_get_key_id (key) : "";
  gsize room = content->signature_room != 0 ? content->signature_room : plt_pdf_find_room (key);
  GBytes *whole = build (source, content, signer, room, error);

  if (whole != NULL)
    prepared->file = plt_pdf_prepare (whole, &prepared->hole, &prepared->around, error);

  return prepared->file != NULL;
}

/* The bytes as they will be stored, opened again.
 * @unsigned_sha256: (out) (optional) (nullable): of what the signature covers, as the check of it found */
static gboolean
check_made (GBytes        *file,
            PltIssuerKey  *key,
            char         **unsigned_sha256,
            GError       **error)
{
  g_autoptr (PltPdf) pdf = plt_pdf_open (file, error);

  return pdf != NULL && plt_pdf_check_boxes (pdf, error) &&
         plt_pdfa_check_joined (pdf, file, error) && plt_pdf_check (pdf, error) &&
         (key == NULL || plt_pdf_check_signature (pdf, file, 1, key, unsigned_sha256, error));
}

/**
 * plt_card_file_make:
 * @pdf: the renderer's PDF: front and back, each ID-1 with at most 10 mm of bleed
 * @content: what is added
 * @key: (nullable): the key for card files, with its certificate; %NULL leaves it unsigned
 * @unsigned_sha256: (out) (optional) (transfer full): hash, in hex, of all bytes that the signature
 *   covers: whoever draws the card again, with the same @content, a signer's name and as much room for
 *   the signature, gets the same without the key
 * @error: %PLT_ISO_ERROR_INVALID, %PLT_ISO_ERROR_KEY, %PLT_ISO_ERROR_TOO_LONG
 *
 * Makes PDF/A-3b (ISO 19005-3) with trim and bleed boxes, sRGB output intent, XMP and associated
 * files, and signs it as PAdES B-B (ETSI EN 319 142-1). The result was opened again and checked.
 * Blocks for some milliseconds, with a token longer: call it in a worker thread.
 *
 * Returns: (transfer full) (nullable): the card file
 */
GBytes *
plt_card_file_make (GBytes                    *pdf,
                    const PltCardFileContent  *content,
                    PltIssuerKey              *key,
                    char                     **unsigned_sha256,
                    GError                   **error)
{
  g_autoptr (GBytes) file = NULL;
  g_autofree char *sha256 = NULL;
  g_auto (Prepared) prepared = { 0 };

  g_return_val_if_fail (pdf != NULL && content != NULL && content->title != NULL, NULL);
  g_return_val_if_fail (content->attachments != NULL || content->n_attachments == 0, NULL);

  if (!check_texts (content, error) ||
      ((key != NULL || unsigned_sha256 != NULL) &&
       !prepare (pdf, content, key, &prepared, error)))
    return NULL;
  if (key != NULL)
    {
      file = plt_pdf_sign (g_steal_pointer (&prepared.file), &prepared.hole, prepared.around, key,
                           error);
    }
  else
    {
      file = build (pdf, content, NULL, 0, error);
    }
  if (file == NULL || !check_made (file, key, &sha256, error))
    return NULL;
  if (unsigned_sha256 != NULL)
    *unsigned_sha256 = sha256 != NULL ? g_steal_pointer (&sha256) : plt_pdf_hash (prepared.around);

  return g_steal_pointer (&file);
}

/**
 * plt_card_file_finish:
 * @pdf: as plt_card_file_make()
 * @title: as in PltCardFileContent
 * @created_at: as there
 * @attachments: (array length=n_attachments) (nullable): files to attach, in any order
 * @n_attachments: how many
 * @key: (nullable): as plt_card_file_make()
 * @unsigned_sha256: (out) (optional) (transfer full): as there
 * @error: as there
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
  const PltCardFileContent content = {
    .title = title,
    .created_at = created_at,
    .signer = title,
    .attachments = attachments,
    .n_attachments = n_attachments,
  };

  return plt_card_file_make (pdf, &content, key, unsigned_sha256, error);
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
         (key == NULL || plt_pdf_check_signature (pdf, file, 1, key, NULL, error));
}

GPtrArray *
plt_card_file_read_attached (GBytes *file)
{
  return plt_pdf_read_attached (file);
}

/**
 * plt_card_file_hash_unsigned:
 * @file: a signed card file
 * @error: %PLT_ISO_ERROR_INVALID, %PLT_ISO_ERROR_SIGNATURE
 *
 * Looks at the first signature; it does not verify it.
 *
 * Returns: (transfer full) (nullable): the hash of what it covers
 */
char *
plt_card_file_hash_unsigned (GBytes  *file,
                             GError **error)
{
  g_autoptr (PltPdf) pdf = NULL;
  g_autoptr (GBytes) around = NULL;

  g_return_val_if_fail (file != NULL, NULL);

  pdf = plt_pdf_open (file, error);
  around = pdf != NULL ? plt_pdf_get_signed (pdf, file, 0, NULL, error) : NULL;

  return around != NULL ? plt_pdf_hash (around) : NULL;
}

char *
plt_card_file_hash (GBytes *bytes)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  return plt_pdf_hash (bytes);
}
