/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adds a second person's approval to a card file, and checks one: what stands behind the issuer's file
 * must be, byte for byte, the update that is written here. */
#include "plt-card-file.h"

#include "plt-issuer-key-private.h"
#include "plt-pdf.h"

static gboolean
check_different (PltIssuerKey  *issuer,
                 PltIssuerKey  *key,
                 GError       **error)
{
  gnutls_x509_crt_t certificate = plt_issuer_key_get_certificate (key);

  if (certificate == NULL || !plt_issuer_key_owns (issuer, certificate))
    return TRUE;

  plt_pdf_set_invalid (error, "the approval is by the issuer's own key");
  return FALSE;
}

/**
 * plt_card_file_approve:
 * @file: a card file with the issuer's signature and no other
 * @issuer: the key that made that
 * @approver: who approves, UTF-8
 * @approved_at: when, Unix seconds
 * @key: another key, with its certificate
 * @error: as plt_card_file_verify(); %PLT_ISO_ERROR_KEY
 *
 * Blocks as plt_card_file_make() does.
 *
 * Returns: (transfer full) (nullable): the file with both signatures, verified
 */
GBytes *
plt_card_file_approve (GBytes        *file,
                       PltIssuerKey  *issuer,
                       const char    *approver,
                       gint64         approved_at,
                       PltIssuerKey  *key,
                       GError       **error)
{
  g_autofree char *date = plt_pdf_format_date (approved_at);
  g_autoptr (GBytes) around = NULL;
  g_autoptr (GBytes) approved = NULL;
  GBytes *longer;
  PltPdfHole hole;

  g_return_val_if_fail (file != NULL && approver != NULL, NULL);
  g_return_val_if_fail (PLT_IS_ISSUER_KEY (issuer) && PLT_IS_ISSUER_KEY (key), NULL);

  if (!check_different (issuer, key, error) || !plt_card_file_verify (file, issuer, error))
    return NULL;
  longer = plt_pdf_append_approval (file, approver, date, plt_pdf_find_room (key), error);
  longer = longer != NULL ? plt_pdf_prepare (longer, &hole, &around, error) : NULL;
  approved = longer != NULL ? plt_pdf_sign (longer, &hole, around, key, error) : NULL;
  if (approved == NULL || !plt_card_file_verify_approved (approved, issuer, key, error))
    return NULL;

  return g_steal_pointer (&approved);
}

static char *
dup_text (PltPdf     *pdf,
          const char *key)
{
  qpdf_oh text = qpdf_oh_get_key_if_dict (pdf, plt_pdf_get_signature (pdf, 1), key);

  return qpdf_oh_is_string (pdf, text) ? g_strdup (qpdf_oh_get_utf8_value (pdf, text)) : NULL;
}

/* All of the second signature's bytes but itself, as they must be behind @base. */
static GBytes *
make_expected (PltPdf  *pdf,
               GBytes  *file,
               GBytes  *base,
               GError **error)
{
  g_autofree char *approver = dup_text (pdf, "/Name");
  g_autofree char *date = dup_text (pdf, "/M");
  g_autoptr (GBytes) prepared = NULL;
  GBytes *around = NULL;
  GBytes *longer;
  PltPdfHole hole;

  if (approver == NULL || date == NULL)
    {
      plt_pdf_set_invalid (error, "an approval without name and date");
      return NULL;
    }
  longer = plt_pdf_append_approval (base, approver, date, plt_pdf_get_room (pdf, file, 1), error);
  prepared = longer != NULL ? plt_pdf_prepare (longer, &hole, &around, error) : NULL;

  return prepared != NULL ? around : NULL;
}

/* (nullable): the issuer's file, where nothing but an approval stands behind it. */
static GBytes *
take_base (PltPdf  *pdf,
           GBytes  *file,
           GError **error)
{
  gsize length = 0;
  g_autoptr (GBytes) first = plt_pdf_get_signed (pdf, file, 0, &length, error);
  g_autoptr (GBytes) second = first != NULL ? plt_pdf_get_signed (pdf, file, 1, NULL, error) : NULL;
  g_autoptr (GBytes) base = second != NULL ? g_bytes_new_from_bytes (file, 0, length) : NULL;
  g_autoptr (GBytes) expected = base != NULL ? make_expected (pdf, file, base, error) : NULL;

  if (expected == NULL)
    return NULL;
  if (g_bytes_equal (expected, second))
    return g_steal_pointer (&base);

  plt_pdf_set_invalid (error, "more than an approval was added");
  return NULL;
}

/**
 * plt_card_file_is_approval:
 * @file: a PDF with two signatures
 *
 * Looks at no signature: whoever signed, whatever they added must be an approval and nothing else, or
 * the pages could show another licence.
 */
gboolean
plt_card_file_is_approval (GBytes *file)
{
  g_autoptr (PltPdf) pdf = plt_pdf_open (file, NULL);
  g_autoptr (GBytes) base = pdf != NULL ? take_base (pdf, file, NULL) : NULL;

  return base != NULL;
}

/**
 * plt_card_file_verify_approved:
 * @file: a card file with an approval
 * @issuer: the key that must have made the first signature
 * @approver: the key that must have made the second
 * @error: as plt_card_file_verify()
 *
 * Returns: whether the issuer's file is whole and valid, and nothing but the approval stands behind it
 */
gboolean
plt_card_file_verify_approved (GBytes        *file,
                               PltIssuerKey  *issuer,
                               PltIssuerKey  *approver,
                               GError       **error)
{
  g_autoptr (PltPdf) pdf = NULL;
  g_autoptr (GBytes) base = NULL;

  g_return_val_if_fail (file != NULL, FALSE);

  pdf = plt_pdf_open (file, error);
  if (pdf == NULL || !check_different (issuer, approver, error) ||
      !plt_pdf_check_signature (pdf, file, 2, approver, NULL, error))
    return FALSE;
  base = take_base (pdf, file, error);

  return base != NULL && plt_card_file_verify (base, issuer, error);
}
