/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signs a card file and checks its signature: one field, a placeholder that is patched in place
 * (ISO 32000-1, 12.8), and a byte range over the whole file but the signature itself. */
#include "plt-pdf.h"

#include "plt-byte-writer.h"
#include "plt-cms.h"
#include "plt-issuer-key-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What a CMS message has beside certificates: attributes, algorithms, and the lengths of all; then the
 * signature, and the name of the signer, which is no longer than its certificate. */
#define REST_OF_MESSAGE 384
#define LEAST_SIGNATURE 160 /* of an elliptic curve: two numbers of 521 bits */

static gsize
find_signature_room (gnutls_x509_crt_t certificate)
{
  guint bits = 0;
  int algorithm = gnutls_x509_crt_get_pk_algorithm (certificate, &bits);

  return algorithm == GNUTLS_PK_RSA || algorithm == GNUTLS_PK_RSA_PSS ? bits / 8 + 64
                                                                      : LEAST_SIGNATURE;
}

static gsize
find_name_room (gnutls_x509_crt_t certificate)
{
  gnutls_datum_t name = { 0 };
  gsize length = 0;

  if (gnutls_x509_crt_get_raw_issuer_dn (certificate, &name) >= 0)
    length = name.size;
  gnutls_free (name.data);
  return length;
}

gsize
plt_pdf_find_room (PltIssuerKey *key)
{
  gnutls_x509_crt_t *chain = NULL;
  guint n_chain = key != NULL ? plt_issuer_key_get_chain (key, &chain) : 0;
  gsize room = REST_OF_MESSAGE;

  if (n_chain > 0)
    room += find_signature_room (chain[0]) + find_name_room (chain[0]);
  for (guint i = 0; i < n_chain; i++)
    {
      size_t length = 0;

      gnutls_x509_crt_export (chain[i], GNUTLS_X509_FMT_DER, NULL, &length);
      room += length;
    }
  room = (room + PLT_PDF_ROOM_STEP - 1) / PLT_PDF_ROOM_STEP * PLT_PDF_ROOM_STEP;

  return CLAMP (room, PLT_PDF_ROOM_LEAST, PLT_PDF_ROOM_MOST);
}

/**
 * plt_pdf_add_signature_field:
 * @pdf: a PDF without forms
 * @signer: who signs
 * @created_at: Unix seconds, the claimed time of signing
 * @room: bytes for the signature
 * @error: %PLT_ISO_ERROR_INVALID
 *
 * Adds the field with an empty signature. An empty rectangle needs no appearance (6.3.3).
 */
gboolean
plt_pdf_add_signature_field (PltPdf      *pdf,
                             const char  *signer,
                             gint64       created_at,
                             gsize        room,
                             GError     **error)
{
  g_autofree char *date = plt_pdf_format_date (created_at);
  g_autofree char *zeros = g_malloc0 (room);
  qpdf_oh page = qpdf_get_page_n (pdf, 0);
  qpdf_oh signature = qpdf_oh_parse (pdf, "<< /Type /Sig /Filter /Adobe.PPKLite"
                                          " /SubFilter /ETSI.CAdES.detached"
                                          " /ByteRange " PLT_PDF_RANGE_PLACEHOLDER " >>");
  qpdf_oh widget = qpdf_oh_parse (pdf, "<< /Type /Annot /Subtype /Widget /FT /Sig"
                                       " /T (IssuerSignature) /F 132 /Rect [0 0 0 0] >>");
  qpdf_oh form = qpdf_oh_parse (pdf, "<< /SigFlags 3 >>");

  qpdf_oh_replace_key (pdf, signature, "/M", qpdf_oh_new_string (pdf, date));
  qpdf_oh_replace_key (pdf, signature, "/Name", qpdf_oh_new_unicode_string (pdf, signer));
  qpdf_oh_replace_key (pdf, signature, "/Contents",
                       qpdf_oh_new_binary_string (pdf, zeros, room));
  qpdf_oh_replace_key (pdf, widget, "/V", qpdf_make_indirect_object (pdf, signature));
  qpdf_oh_replace_key (pdf, widget, "/P", page);
  widget = qpdf_make_indirect_object (pdf, widget);
  qpdf_oh_replace_key (pdf, page, "/Annots", qpdf_oh_wrap_in_array (pdf, widget));
  qpdf_oh_replace_key (pdf, form, "/Fields", qpdf_oh_wrap_in_array (pdf, widget));
  qpdf_oh_replace_key (pdf, qpdf_get_root (pdf), "/AcroForm", form);

  return plt_pdf_check (pdf, error);
}

/* Finds the one dictionary that libqpdf wrote with the placeholder: its keys are in the order of their
 * names, /Contents follows at once. @range: where the placeholder stands. */
static gboolean
find_hole (const char *data,
           gsize       length,
           PltPdfHole *hole,
           gsize      *range)
{
  static const char before[] = PLT_PDF_RANGE_PLACEHOLDER " /Contents <";
  const char *found = memmem (data, length, before, strlen (before));
  const char *contents = found != NULL ? found + strlen (before) - 1 : NULL;
  const char *end = contents != NULL ? memchr (contents, '>', (gsize) (data + length - contents))
                                     : NULL;

  if (end == NULL || strspn (contents + 1, "0") != (gsize) (end - contents) - 1)
    return FALSE;
  *range = (gsize) (found - data);
  hole->start = (gsize) (contents - data);
  hole->end = (gsize) (end + 1 - data);

  return TRUE;
}

static void
patch_range (char             *data,
             gsize             length,
             const PltPdfHole *hole,
             gsize             at)
{
  g_autofree char *range = g_strdup_printf ("[ 0 %zu %zu %zu", hole->start, hole->end,
                                            length - hole->end);

  g_assert (strlen (range) < strlen (PLT_PDF_RANGE_PLACEHOLDER));
  memset (data + at, ' ', strlen (PLT_PDF_RANGE_PLACEHOLDER) - 1);
  memcpy (data + at, range, strlen (range));
}

static GBytes *
bytes_around (const char       *data,
              gsize             length,
              const PltPdfHole *hole)
{
  GByteArray *around = g_byte_array_sized_new ((guint) length);

  g_byte_array_append (around, (const guint8 *) data, (guint) hole->start);
  g_byte_array_append (around, (const guint8 *) data + hole->end, (guint) (length - hole->end));

  return g_byte_array_free_to_bytes (around);
}

static void
patch_contents (char       *data,
                const PltPdfHole *hole,
                GBytes     *cms)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (cms, &length);
  static const char digits[] = "0123456789abcdef";

  for (gsize i = 0; i < length; i++)
    {
      data[hole->start + 1 + 2 * i] = digits[bytes[i] >> 4];
      data[hole->start + 2 + 2 * i] = digits[bytes[i] & 0x0F];
    }
}

/**
 * plt_pdf_prepare:
 * @file: (transfer full): a written PDF whose last placeholder is to be filled
 * @hole: (out): where the signature belongs
 * @around: (out) (transfer full): what is to be signed: everything else
 * @error: %PLT_ISO_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): the file with its byte range, for plt_pdf_sign()
 */
GBytes *
plt_pdf_prepare (GBytes      *file,
                 PltPdfHole  *hole,
                 GBytes     **around,
                 GError     **error)
{
  gsize length = 0;
  g_autofree char *data = g_bytes_unref_to_data (file, &length);
  gsize range;

  if (!find_hole (data, length, hole, &range))
    {
      plt_pdf_set_invalid (error, "no room for a signature");
      return NULL;
    }
  patch_range (data, length, hole, range);
  *around = bytes_around (data, length, hole);

  return g_bytes_new_take (g_steal_pointer (&data), length);
}

/**
 * plt_pdf_sign:
 * @file: (transfer full): what plt_pdf_prepare() made
 * @hole: as it told
 * @around: as it told
 * @key: a key with its certificate
 * @error: %PLT_ISO_ERROR_KEY, %PLT_ISO_ERROR_TOO_LONG
 *
 * Returns: (transfer full) (nullable): the signed file, of the same length
 */
GBytes *
plt_pdf_sign (GBytes            *file,
              const PltPdfHole  *hole,
              GBytes            *around,
              PltIssuerKey      *key,
              GError           **error)
{
  gsize length = 0;
  g_autofree char *data = g_bytes_unref_to_data (file, &length);
  g_autoptr (GBytes) cms = plt_cms_sign_detached (around, key, error);

  if (cms == NULL)
    return NULL;
  if (2 * g_bytes_get_size (cms) > hole->end - hole->start - 2)
    {
      g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_TOO_LONG,
                   _("The card file was not signed because the certificates of the key “%s” do not "
                     "fit into it. Ask an administrator to leave the root out of the file."),
                   plt_issuer_key_get_key_id (key));
      return NULL;
    }
  patch_contents (data, hole, cms);

  return g_bytes_new_take (g_steal_pointer (&data), length);
}

static qpdf_oh
get_fields (PltPdf *pdf)
{
  qpdf_oh form = qpdf_oh_get_key (pdf, qpdf_get_root (pdf), "/AcroForm");

  return qpdf_oh_get_key_if_dict (pdf, form, "/Fields");
}

int
plt_pdf_count_signatures (PltPdf *pdf)
{
  qpdf_oh fields = get_fields (pdf);

  return qpdf_oh_is_array (pdf, fields) ? qpdf_oh_get_array_n_items (pdf, fields) : 0;
}

/* The dictionary of one signature; null when there is none. */
qpdf_oh
plt_pdf_get_signature (PltPdf *pdf,
                       int     number)
{
  if (number >= plt_pdf_count_signatures (pdf))
    return qpdf_oh_new_null (pdf);

  return qpdf_oh_get_key_if_dict (pdf, qpdf_oh_get_array_item (pdf, get_fields (pdf), number), "/V");
}

static gboolean
read_range (PltPdf  *pdf,
            qpdf_oh  signature,
            long long range[4])
{
  qpdf_oh array = qpdf_oh_get_key_if_dict (pdf, signature, "/ByteRange");

  if (!qpdf_oh_is_array (pdf, array) || qpdf_oh_get_array_n_items (pdf, array) != 4)
    return FALSE;
  for (int i = 0; i < 4; i++)
    {
      if (!qpdf_oh_get_value_as_longlong (pdf, qpdf_oh_get_array_item (pdf, array, i), &range[i]))
        return FALSE;
    }

  return TRUE;
}

/* Written by one program: in capitals or in small letters, and not in both. */
static gboolean
is_hex (const char *text,
        gsize       length)
{
  gboolean capitals = FALSE, small = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isxdigit (text[i]))
        return FALSE;
      capitals |= g_ascii_isupper (text[i]);
      small |= g_ascii_islower (text[i]);
    }

  return !(capitals && small);
}

/* The range leaves out one hexadecimal string and nothing else of the first @covered bytes. */
static gboolean
range_to_hole (const long long  range[4],
               const char      *data,
               gsize            length,
               PltPdfHole      *hole,
               gsize           *covered)
{
  if (range[0] != 0 || range[1] <= 0 || range[2] < range[1] + 2 || range[3] < 0 ||
      range[2] > (long long) length || range[3] > (long long) length - range[2])
    return FALSE;
  hole->start = (gsize) range[1];
  hole->end = (gsize) range[2];
  *covered = (gsize) (range[2] + range[3]);

  return data[hole->start] == '<' && data[hole->end - 1] == '>' &&
         is_hex (data + hole->start + 1, hole->end - hole->start - 2);
}

/* The message without the zeros behind it; its own length says where it ends. Anything else there
 * would be unsigned. */
static GBytes *
read_contents (const char *data,
               const PltPdfHole *hole)
{
  gsize length = (hole->end - hole->start - 2) / 2;
  g_autofree guint8 *bytes = g_malloc (length + 1);
  PltByteReader reader;
  PltByteReader value;
  guint tag;

  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8) (g_ascii_xdigit_value (data[hole->start + 1 + 2 * i]) << 4 |
                         g_ascii_xdigit_value (data[hole->start + 2 + 2 * i]));
  reader = plt_byte_reader_init (bytes, length);
  if (!plt_byte_reader_take_tlv (&reader, &tag, &value) || tag != 0x30)
    return NULL;
  for (gsize i = reader.position; i < length; i++)
    {
      if (bytes[i] != 0)
        return NULL;
    }

  return g_bytes_new (bytes, reader.position);
}

static gboolean
find_covered (PltPdf     *pdf,
              GBytes     *file,
              int         number,
              PltPdfHole *hole,
              gsize      *covered)
{
  qpdf_oh signature = plt_pdf_get_signature (pdf, number);
  gsize length;
  const char *data = g_bytes_get_data (file, &length);
  long long range[4];

  return plt_pdf_name_is (pdf, signature, "/SubFilter", "/ETSI.CAdES.detached") &&
         read_range (pdf, signature, range) && range_to_hole (range, data, length, hole, covered);
}

/**
 * plt_pdf_get_message:
 * @pdf: an opened card file
 * @file: its bytes
 * @number: of the signature, from 0 on
 *
 * Returns: (transfer full) (nullable): its CMS message in DER; %NULL when it does not say what it covers,
 *   or is no message
 */
GBytes *
plt_pdf_get_message (PltPdf *pdf,
                     GBytes *file,
                     int     number)
{
  PltPdfHole hole;
  gsize covered;

  if (!find_covered (pdf, file, number, &hole, &covered))
    return NULL;

  return read_contents (g_bytes_get_data (file, NULL), &hole);
}

gsize
plt_pdf_get_room (PltPdf *pdf,
                  GBytes *file,
                  int     number)
{
  PltPdfHole hole;
  gsize covered;

  return find_covered (pdf, file, number, &hole, &covered) ? (hole.end - hole.start - 2) / 2 : 0;
}

static void
set_not_covered (GError **error)
{
  g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_SIGNATURE,
                       _("The card file has no signature that covers all of it. Do not print "
                         "it; make the card file again."));
}

/**
 * plt_pdf_get_signed:
 * @pdf: an opened card file
 * @file: its bytes
 * @number: of the signature, from 0 on
 * @covered: (out) (optional): how much of @file was there when it was signed
 * @error: %PLT_ISO_ERROR_SIGNATURE
 *
 * Returns: (transfer full) (nullable): what it covers: all of that but itself
 */
GBytes *
plt_pdf_get_signed (PltPdf  *pdf,
                    GBytes  *file,
                    int      number,
                    gsize   *covered,
                    GError **error)
{
  PltPdfHole hole;
  gsize length;

  if (!find_covered (pdf, file, number, &hole, &length))
    {
      set_not_covered (error);
      return NULL;
    }
  if (covered != NULL)
    *covered = length;

  return bytes_around (g_bytes_get_data (file, NULL), length, &hole);
}

/**
 * plt_pdf_check_signature:
 * @pdf: an opened card file
 * @file: its bytes
 * @n_signatures: how many it must have; the last one is looked at
 * @key: the key that must have signed it
 * @sha256: (out) (optional) (nullable) (transfer full): as plt_cms_verify_detached()
 * @error: %PLT_ISO_ERROR_SIGNATURE
 *
 * Returns: whether the key's signature covers every byte of the file beside itself
 */
gboolean
plt_pdf_check_signature (PltPdf        *pdf,
                         GBytes        *file,
                         int            n_signatures,
                         PltIssuerKey  *key,
                         char         **sha256,
                         GError       **error)
{
  gsize length;
  const char *data = g_bytes_get_data (file, &length);
  g_autoptr (GBytes) around = NULL;
  g_autoptr (GBytes) cms = NULL;
  PltPdfHole hole;
  gsize covered;

  if (plt_pdf_count_signatures (pdf) == n_signatures &&
      find_covered (pdf, file, n_signatures - 1, &hole, &covered) && covered == length)
    cms = read_contents (data, &hole);
  if (cms == NULL)
    {
      set_not_covered (error);
      return FALSE;
    }
  around = bytes_around (data, length, &hole);

  return plt_cms_verify_detached (cms, around, key, sha256, error);
}
