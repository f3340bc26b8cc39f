/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signs a card file and checks its signature: one field, a placeholder that is patched in place
 * (ISO 32000-1, 12.8), and a byte range over the whole file but the signature itself. */
#include "plt-pdf.h"

#include "plt-byte-writer.h"
#include "plt-cms.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Room for a CMS message with several certificates; a string of PDF/A has at most 32767 bytes. */
#define CONTENTS_LENGTH 8192
#define RANGE_PLACEHOLDER "[ 0 1000000000 1000000000 1000000000 ]"

/**
 * plt_pdf_add_signature_field:
 * @pdf: a PDF without forms
 * @signer: who signs
 * @created_at: Unix seconds, the claimed time of signing
 * @error: %PLT_ISO_ERROR_INVALID
 *
 * Adds the field with an empty signature. An empty rectangle needs no appearance (6.3.3).
 */
gboolean
plt_pdf_add_signature_field (PltPdf      *pdf,
                             const char  *signer,
                             gint64       created_at,
                             GError     **error)
{
  g_autofree char *date = plt_pdf_format_date (created_at);
  g_autofree char *zeros = g_malloc0 (CONTENTS_LENGTH);
  qpdf_oh page = qpdf_get_page_n (pdf, 0);
  qpdf_oh signature = qpdf_oh_parse (pdf, "<< /Type /Sig /Filter /Adobe.PPKLite"
                                          " /SubFilter /ETSI.CAdES.detached"
                                          " /ByteRange " RANGE_PLACEHOLDER " >>");
  qpdf_oh widget = qpdf_oh_parse (pdf, "<< /Type /Annot /Subtype /Widget /FT /Sig"
                                       " /T (IssuerSignature) /F 132 /Rect [0 0 0 0] >>");
  qpdf_oh form = qpdf_oh_parse (pdf, "<< /SigFlags 3 >>");

  qpdf_oh_replace_key (pdf, signature, "/M", qpdf_oh_new_string (pdf, date));
  qpdf_oh_replace_key (pdf, signature, "/Name", qpdf_oh_new_unicode_string (pdf, signer));
  qpdf_oh_replace_key (pdf, signature, "/Contents",
                       qpdf_oh_new_binary_string (pdf, zeros, CONTENTS_LENGTH));
  qpdf_oh_replace_key (pdf, widget, "/V", qpdf_make_indirect_object (pdf, signature));
  qpdf_oh_replace_key (pdf, widget, "/P", page);
  widget = qpdf_make_indirect_object (pdf, widget);
  qpdf_oh_replace_key (pdf, page, "/Annots", qpdf_oh_wrap_in_array (pdf, widget));
  qpdf_oh_replace_key (pdf, form, "/Fields", qpdf_oh_wrap_in_array (pdf, widget));
  qpdf_oh_replace_key (pdf, qpdf_get_root (pdf), "/AcroForm", form);

  return plt_pdf_check (pdf, error);
}

/* Where the hexadecimal string "<00…00>" lies: from "<" to behind ">". */
typedef struct
{
  gsize start;
  gsize end;
  gsize range; /* of RANGE_PLACEHOLDER */
} Hole;

static gboolean
find_hole (const char *data,
           gsize       length,
           Hole       *hole)
{
  g_autofree char *zeros = g_strnfill (2 * CONTENTS_LENGTH, '0');
  g_autofree char *wanted = g_strconcat ("<", zeros, ">", NULL);
  const char *contents = memmem (data, length, wanted, strlen (wanted));
  const char *range = memmem (data, length, RANGE_PLACEHOLDER, strlen (RANGE_PLACEHOLDER));

  if (contents == NULL || range == NULL)
    return FALSE;
  hole->start = (gsize) (contents - data);
  hole->end = hole->start + strlen (wanted);
  hole->range = (gsize) (range - data);

  return TRUE;
}

static void
patch_range (char       *data,
             gsize       length,
             const Hole *hole)
{
  g_autofree char *range = g_strdup_printf ("[ 0 %zu %zu %zu", hole->start, hole->end,
                                            length - hole->end);
  char *place = data + hole->range;

  g_assert (strlen (range) < strlen (RANGE_PLACEHOLDER));
  memset (place, ' ', strlen (RANGE_PLACEHOLDER) - 1);
  memcpy (place, range, strlen (range));
}

static GBytes *
bytes_around (const char *data,
              gsize       length,
              const Hole *hole)
{
  GByteArray *around = g_byte_array_sized_new ((guint) length);

  g_byte_array_append (around, (const guint8 *) data, (guint) hole->start);
  g_byte_array_append (around, (const guint8 *) data + hole->end, (guint) (length - hole->end));

  return g_byte_array_free_to_bytes (around);
}

static void
patch_contents (char       *data,
                const Hole *hole,
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
 * plt_pdf_sign:
 * @file: a written PDF with a field of plt_pdf_add_signature_field()
 * @key: a key with its certificate
 * @error: %PLT_ISO_ERROR_KEY, %PLT_ISO_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): the signed file, of the same length
 */
GBytes *
plt_pdf_sign (GBytes        *file,
              PltIssuerKey  *key,
              GError       **error)
{
  gsize length = g_bytes_get_size (file);
  g_autofree char *data = g_memdup2 (g_bytes_get_data (file, NULL), length);
  g_autoptr (GBytes) around = NULL;
  g_autoptr (GBytes) cms = NULL;
  Hole hole;

  if (!find_hole (data, length, &hole))
    {
      plt_pdf_set_invalid (error, "no room for a signature");
      return NULL;
    }
  patch_range (data, length, &hole);
  around = bytes_around (data, length, &hole);
  cms = plt_cms_sign_detached (around, key, error);
  if (cms == NULL)
    return NULL;
  if (g_bytes_get_size (cms) > CONTENTS_LENGTH)
    {
      g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_TOO_LONG,
                   _("The card file was not signed because the certificates of the key “%s” do not "
                     "fit into it. Ask an administrator to leave the root out of the file."),
                   plt_issuer_key_get_key_id (key));
      return NULL;
    }
  patch_contents (data, &hole, cms);

  return g_bytes_new_take (g_steal_pointer (&data), length);
}

static qpdf_oh
find_signature (PltPdf *pdf)
{
  qpdf_oh form = qpdf_oh_get_key (pdf, qpdf_get_root (pdf), "/AcroForm");
  qpdf_oh fields = qpdf_oh_get_key_if_dict (pdf, form, "/Fields");

  if (!qpdf_oh_is_array (pdf, fields) || qpdf_oh_get_array_n_items (pdf, fields) != 1)
    return qpdf_oh_new_null (pdf);

  return qpdf_oh_get_key_if_dict (pdf, qpdf_oh_get_array_item (pdf, fields, 0), "/V");
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

/* The range leaves out one hexadecimal string and nothing else, and ends with the file. */
static gboolean
range_to_hole (const long long  range[4],
               const char      *data,
               gsize            length,
               Hole            *hole)
{
  if (range[0] != 0 || range[1] <= 0 || range[2] < range[1] + 2 ||
      range[2] > (long long) length || range[3] != (long long) length - range[2])
    return FALSE;
  hole->start = (gsize) range[1];
  hole->end = (gsize) range[2];
  if (data[hole->start] != '<' || data[hole->end - 1] != '>')
    return FALSE;
  for (gsize i = hole->start + 1; i < hole->end - 1; i++)
    {
      if (!g_ascii_isxdigit (data[i]))
        return FALSE;
    }

  return TRUE;
}

/* The message without the zeros behind it; its own length says where it ends. Anything else there
 * would be unsigned. */
static GBytes *
read_contents (const char *data,
               const Hole *hole)
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

/**
 * plt_pdf_check_signature:
 * @pdf: an opened card file
 * @file: its bytes
 * @key: the key that must have signed it
 * @error: %PLT_ISO_ERROR_SIGNATURE
 *
 * Returns: whether the key's signature covers every byte of the file beside itself
 */
gboolean
plt_pdf_check_signature (PltPdf        *pdf,
                         GBytes        *file,
                         PltIssuerKey  *key,
                         GError       **error)
{
  gsize length;
  const char *data = g_bytes_get_data (file, &length);
  qpdf_oh signature = find_signature (pdf);
  g_autoptr (GBytes) around = NULL;
  g_autoptr (GBytes) cms = NULL;
  long long range[4];
  Hole hole;

  if (plt_pdf_name_is (pdf, signature, "/SubFilter", "/ETSI.CAdES.detached") &&
      read_range (pdf, signature, range) && range_to_hole (range, data, length, &hole))
    cms = read_contents (data, &hole);
  if (cms == NULL)
    {
      g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_SIGNATURE,
                           _("The card file has no signature that covers all of it. Do not print "
                             "it; make the card file again."));
      return FALSE;
    }
  around = bytes_around (data, length, &hole);

  return plt_cms_verify_detached (cms, around, key, error);
}
