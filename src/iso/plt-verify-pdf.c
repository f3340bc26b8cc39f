/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verifies a card file: every signature in it, that the last covers the whole of the file, and what is attached.
 * A PDF can be made to expand without end; what could is refused before libqpdf sees it. */
#include "plt-verify-private.h"

#include "plt-card-file.h"
#include "plt-pdf-attached.h"
#include "plt-pdf.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define MAX_SIGNATURES 4

/* A name with its escapes resolved (ISO 32000-1, 7.3.5), so that none hides behind one. */
static gboolean
has_name (const char *data,
          gsize       length,
          const char *name)
{
  for (gsize i = 0; i < length; i++)
    {
      gsize at = i + 1, n = 0;

      if (data[i] != '/')
        continue;
      while (name[n] != '\0' && at < length)
        {
          int character = data[at++];

          if (character == '#' && at + 1 < length && g_ascii_isxdigit (data[at]) &&
              g_ascii_isxdigit (data[at + 1]))
            {
              character = g_ascii_xdigit_value (data[at]) << 4 | g_ascii_xdigit_value (data[at + 1]);
              at += 2;
            }
          if (character != name[n])
            break;
          n++;
        }
      if (name[n] == '\0')
        return TRUE;
    }
  return FALSE;
}

/* Compressed objects and encryption are what libqpdf would unpack by itself; a card file has neither. */
static gboolean
is_plain (const char *data,
          gsize       length)
{
  static const char *const refused[] = { "ObjStm", "XRef", "Encrypt" };

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    if (has_name (data, length, refused[i]))
      return FALSE;
  return TRUE;
}

/* ---- attachments ---- */

static GBytes *
find_attachment (GPtrArray  *attachments,
                 const char *name)
{
  for (guint i = 0; i < attachments->len; i++)
    {
      const PltPdfAttached *attachment = attachments->pdata[i];

      if (g_str_equal (attachment->name, name))
        return attachment->bytes;
    }
  return NULL;
}

static gboolean
is_chip_file (const PltPdfAttached *attachment)
{
  return attachment->bytes != NULL && (g_str_has_prefix (attachment->name, "dg") ||
                                       g_str_has_prefix (attachment->name, "ef.")) &&
         plt_verify_is_group (attachment->bytes);
}

static void
tell_attachments (PltVerifyFinding *finding,
                  GPtrArray        *attachments)
{
  for (guint i = 0; i < attachments->len; i++)
    {
      const PltPdfAttached *attachment = attachments->pdata[i];

      if (attachment->bytes != NULL)
        plt_verify_detail (finding, _("Attached file"), _("%s, %u bytes"), attachment->name,
                           (guint) g_bytes_get_size (attachment->bytes));
      else
        plt_verify_problem (finding, _("The attached file “%s” cannot be unpacked, or is larger than anything that belongs "
                                       "to a licence."), attachment->name);
    }
}

/* The licence is said by data group 1; the picture is there as it was taken. */
static void
read_licence (PltVerifyFinding *finding,
              GPtrArray        *attachments)
{
  static const char *const portraits[] = { "portrait.jpg", "portrait.jpeg", "portrait.png" };
  GBytes *dg1 = find_attachment (attachments, "dg1.bin");
  gsize length;
  const guint8 *data = dg1 != NULL ? g_bytes_get_data (dg1, &length) : NULL;

  if (data == NULL || !plt_verify_read_dg1 (finding, data, length))
    plt_verify_problem (finding, _("The file does not hold a licence’s data group 1 (“dg1.bin”), so it is no whole card "
                                   "file."));
  for (gsize i = 0; i < G_N_ELEMENTS (portraits); i++)
    {
      GBytes *portrait = find_attachment (attachments, portraits[i]);

      if (portrait != NULL)
        plt_verify_claim_portrait (finding, g_bytes_get_data (portrait, NULL),
                                   g_bytes_get_size (portrait));
    }
  plt_verify_set_claimed_days (finding);
}

/* Data groups with an EF.SOD, and a mobile document, are verified each by itself. */
static void
verify_attached (GPtrArray      *attachments,
                 PltVerifyKeys  *keys,
                 GPtrArray      *findings)
{
  GBytes *mdoc = find_attachment (attachments, "mdl.cbor");
  g_autoptr (GPtrArray) chip = g_ptr_array_new ();
  g_autoptr (GPtrArray) read = NULL;

  for (guint i = 0; i < attachments->len; i++)
    if (is_chip_file (attachments->pdata[i]))
      g_ptr_array_add (chip, ((const PltPdfAttached *) attachments->pdata[i])->bytes);
  if (find_attachment (attachments, "ef.sod") != NULL)
    read = plt_verify_read_groups (chip, keys, NULL);
  if (read != NULL)
    g_ptr_array_extend_and_steal (findings, g_steal_pointer (&read));
  if (mdoc != NULL)
    plt_verify_read_mdoc (mdoc, keys, findings, NULL);
}

/* ---- signatures ---- */

static gboolean
verify_message (PltVerifyFinding *finding,
                PltVerifyKeys    *keys,
                GBytes           *cms,
                GBytes           *covered,
                PltVerifyPurpose  purpose)
{
  gnutls_pkcs7_t p7 = NULL;
  gsize length;
  gnutls_datum_t der = { 0 };
  gboolean read = FALSE;

  if (gnutls_pkcs7_init (&p7) >= 0)
    {
      der.data = (unsigned char *) g_bytes_get_data (cms, &length);
      der.size = (unsigned int) length;
      read = gnutls_pkcs7_import (p7, &der, GNUTLS_X509_FMT_DER) >= 0;
    }
  if (read)
    plt_verify_judge_cms (finding, keys, p7, cms, covered, purpose,
                          finding->valid_from);
  g_clear_pointer (&p7, gnutls_pkcs7_deinit);

  return read;
}

static void
set_broken (PltVerifyFinding *finding,
            const char       *sentence)
{
  finding->seal = PLT_VERIFY_SEAL_BROKEN;
  plt_verify_problem (finding, "%s", sentence);
}

/* As it stands in the file, "D:20261122015415Z" (ISO 32000-1, 7.9.4). */
static char *
dup_signing_time (PltPdf  *pdf,
                  qpdf_oh  signature)
{
  qpdf_oh text = qpdf_oh_get_key_if_dict (pdf, signature, "/M");
  const char *date = qpdf_oh_is_string (pdf, text) ? qpdf_oh_get_utf8_value (pdf, text) : "";
  g_autoptr (GDateTime) time = NULL;
  int n[6];

  if (sscanf (date, "D:%4d%2d%2d%2d%2d%2d", &n[0], &n[1], &n[2], &n[3], &n[4], &n[5]) == 6)
    time = g_date_time_new_utc (n[0], n[1], n[2], n[3], n[4], n[5]);
  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M:%S UTC") : g_strdup ("—");
}

/* Who says that they signed, and when; and whose key it was. */
static void
tell_signature (PltVerifyFinding *finding,
                PltPdf           *pdf,
                qpdf_oh           signature,
                gboolean          is_approval)
{
  const char *signer = finding->signer != NULL ? finding->signer : "—";
  qpdf_oh text = qpdf_oh_get_key_if_dict (pdf, signature, "/Name");
  g_autofree char *name =
    g_utf8_make_valid (qpdf_oh_is_string (pdf, text) ? qpdf_oh_get_utf8_value (pdf, text) : "—",
                       -1);
  g_autofree char *time = dup_signing_time (pdf, signature);

  plt_verify_detail (finding, is_approval ? _("Approved by") : _("Signed by"), "%s, %s, %s", name,
                     time, signer);
}

/* Sets the seal to that of this signature: HOLDS is the highest.
 * Returns how far it reaches from the beginning of the file; 0 when it does not say. */
static gsize
verify_signature (PltVerifyFinding *finding,
                  PltVerifyKeys    *keys,
                  PltPdf           *pdf,
                  GBytes           *file,
                  int               number,
                  PltVerifyPurpose  purpose)
{
  g_autoptr (GBytes) cms = NULL;
  g_autoptr (GBytes) covered = NULL;
  gsize reach = 0;

  if (!plt_pdf_name_is (pdf, plt_pdf_get_signature (pdf, number), "/SubFilter",
                        "/ETSI.CAdES.detached"))
    {
      set_broken (finding, _("The file is signed in a manner other than PAdES, which card files are not."));
      return 0;
    }
  cms = plt_pdf_get_message (pdf, file, number);
  covered = cms != NULL ? plt_pdf_get_signed (pdf, file, number, &reach, NULL) : NULL;
  if (covered == NULL || !verify_message (finding, keys, cms, covered, purpose))
    {
      set_broken (finding, _("The signature of the file is damaged: it does not say what it covers, or is no message."));
      return 0;
    }

  return reach;
}

/* The seal of the file is that of its weakest signature. Where one is a stranger's, no other's name stands beside it. */
static void
add_signer (PltVerifyFinding *finding,
            PltVerifySeal     weakest,
            GString          *signers)
{
  gboolean stranger = finding->seal == PLT_VERIFY_SEAL_STRANGER;
  gboolean hides = stranger != (weakest == PLT_VERIFY_SEAL_STRANGER);

  if (stranger && hides)
    g_string_truncate (signers, 0);
  if (stranger || !hides)
    g_string_append_printf (signers, "%s%s", signers->len > 0 ? "; " : "",
                            finding->signer != NULL ? finding->signer : "—");
  g_clear_pointer (&finding->signer, g_free);
  finding->seal = MIN (weakest, finding->seal);
}

static void
verify_signatures (PltVerifyFinding *finding,
                   PltVerifyKeys    *keys,
                   PltPdf           *pdf,
                   GBytes           *file)
{
  int n = plt_pdf_count_signatures (pdf);
  gsize covered = 0, reach;
  int n_signatures = 0;
  PltVerifySeal weakest;
  g_autoptr (GString) signers = g_string_new (NULL);

  finding->seal = PLT_VERIFY_SEAL_HOLDS;
  for (int i = 0; i < n && n_signatures < MAX_SIGNATURES; i++)
    {
      if (!qpdf_oh_is_dictionary (pdf, plt_pdf_get_signature (pdf, i)))
        continue;
      weakest = finding->seal;
      reach = verify_signature (finding, keys, pdf, file, i,
                                n_signatures == 0 ? PLT_VERIFY_PURPOSE_FILE
                                                  : PLT_VERIFY_PURPOSE_APPROVAL);
      tell_signature (finding, pdf, plt_pdf_get_signature (pdf, i), n_signatures > 0);
      add_signer (finding, weakest, signers);
      covered = MAX (covered, reach);
      n_signatures++;
    }
  if (n_signatures == 0)
    {
      finding->seal = PLT_VERIFY_SEAL_MISSING;
      plt_verify_remark (finding, _("The card file is not signed, so nobody can say whether it is genuine."));
    }
  else if (covered > 0 && covered < g_bytes_get_size (file))
    set_broken (finding, _("Something was added to the file after it was signed, and nobody signed that. Keep the file and "
                           "show it to a supervisor."));
  else if (n_signatures > 2 || (n_signatures == 2 && !plt_card_file_is_approval (file)))
    set_broken (finding, _("Behind the issuer’s signature stands something other than one approval, so the pages may show "
                           "what the issuer did not sign. Keep the file and show it to a supervisor."));
  if (n_signatures > 0)
    finding->signer = g_string_free (g_steal_pointer (&signers), FALSE);
  plt_verify_detail (finding, _("Signatures"), "%d", n_signatures);
}

static PltPdf *
open_file (GBytes  *bytes,
           GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autoptr (PltPdf) pdf = NULL;

  if (!is_plain (data, length))
    {
      plt_verify_refuse (error, _("The PDF is encrypted or packs its objects, which no card file does. It was not "
                                  "opened."));
      return NULL;
    }
  pdf = plt_pdf_open (bytes, NULL);
  if (pdf == NULL)
    plt_verify_refuse (error, _("The file is a damaged PDF: it was cut or changed. Take the card file from the record "
                                "again."));
  return g_steal_pointer (&pdf);
}

gboolean
plt_verify_read_card_file (GBytes         *bytes,
                           PltVerifyKeys  *keys,
                           GPtrArray      *findings,
                           GError        **error)
{
  g_autoptr (PltVerifyFinding) finding = plt_verify_finding_new (PLT_VERIFY_FORM_CARD_FILE,
                                                                 _("Card file (PDF)"));
  g_autoptr (GPtrArray) attachments = NULL;
  g_autoptr (PltPdf) pdf = open_file (bytes, error);

  if (pdf == NULL)
    return FALSE;
  attachments = plt_pdf_list_attached (pdf);
  read_licence (finding, attachments);
  finding->file_sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  plt_verify_detail (finding, "SHA-256", "%s", finding->file_sha256);
  tell_attachments (finding, attachments);
  verify_signatures (finding, keys, pdf, bytes);
  g_ptr_array_add (findings, g_steal_pointer (&finding));
  verify_attached (attachments, keys, findings);
  return TRUE;
}
