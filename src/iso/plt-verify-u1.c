/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verifies the bytes of the card's PDF417 in the profile U1: EF.COM, DG1, what else there may be, the key's
 * name (42), and last the raw signature (5F37) over every byte before it. */
#include "plt-verify-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define TAG_COM 0x60
#define TAG_DG1 0x61
#define TAG_KEY_ID 0x42
#define TAG_DISCRETIONARY 0x53
#define TAG_COM_LIST 0x5C
#define TAG_SIGNATURE 0x5F37
#define MAX_BYTES 2710 /* more no PDF417 holds */

typedef struct
{
  PltByteReader com, dg1, key_id, signature;
  gsize         signed_length;
  gboolean      specimen;
} Parts;

static gboolean
take_part (Parts         *parts,
           guint          tag,
           PltByteReader  whole,
           PltByteReader  value)
{
  static const char specimen[] = "SPECIMEN";
  PltByteReader *place = tag == TAG_COM      ? &parts->com
                         : tag == TAG_DG1    ? &parts->dg1
                         : tag == TAG_KEY_ID ? &parts->key_id
                                             : NULL;

  if (place != NULL && place->length != 0)
    return FALSE;
  if (place != NULL)
    *place = tag == TAG_DG1 ? whole : value;
  if (tag == TAG_DISCRETIONARY && value.length == strlen (specimen) &&
      memcmp (value.data, specimen, value.length) == 0)
    parts->specimen = TRUE;
  return TRUE;
}

/* Nothing stands behind the signature, where nobody would have signed it. */
static gboolean
split (PltByteReader  reader,
       Parts         *parts)
{
  while (plt_byte_reader_left (&reader) > 0)
    {
      gsize start = reader.position;
      PltByteReader value;
      guint tag;

      if (parts->signed_length != 0 || !plt_byte_reader_take_tlv (&reader, &tag, &value))
        return FALSE;
      if (tag == TAG_SIGNATURE)
        {
          parts->signature = value;
          parts->signed_length = start;
        }
      else if (!take_part (parts, tag,
                           plt_byte_reader_init (reader.data + start, reader.position - start),
                           value))
        return FALSE;
    }
  return parts->signed_length != 0 && parts->dg1.length > 0 && parts->key_id.length > 0;
}

static gboolean
lists_dg1_alone (PltByteReader com)
{
  PltByteReader value;
  guint tag;

  while (plt_byte_reader_take_tlv (&com, &tag, &value))
    if (tag == TAG_COM_LIST)
      return value.length == 1 && value.data[0] == TAG_DG1;
  return FALSE;
}

gboolean
plt_verify_read_u1 (GBytes         *bytes,
                    PltVerifyKeys  *keys,
                    GPtrArray      *findings,
                    GError        **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_autoptr (PltVerifyFinding) finding = plt_verify_finding_new (PLT_VERIFY_FORM_PDF417,
                                                                 _("PDF417 of a licence, signed"));
  g_autoptr (GBytes) signed_bytes = NULL;
  Parts parts = { 0 };

  if (length > MAX_BYTES || !split (plt_byte_reader_init (data, length), &parts) ||
      !lists_dg1_alone (parts.com) ||
      !plt_verify_read_dg1 (finding, parts.dg1.data, parts.dg1.length))
    return plt_verify_refuse (error, _("The PDF417 does not hold the signed data of a licence to its end: it is damaged, or "
                                       "cut. Scan it again."));
  finding->specimen = parts.specimen;
  plt_verify_set_claimed_days (finding);
  /* Translators: U1 is a name. */
  plt_verify_detail (finding, _("Form"), _("profile U1 of this issuer, with DG1 of ISO/IEC 18013-2"));
  signed_bytes = g_bytes_new_from_bytes (bytes, 0, parts.signed_length);
  plt_verify_judge_key (finding, keys, parts.key_id.data, parts.key_id.length,
                        PLT_VERIFY_PURPOSE_CODE, signed_bytes, parts.signature.data,
                        parts.signature.length);
  plt_verify_remark (finding, _("A copy of this code verifies, too: compare with the printed photograph."));
  g_ptr_array_add (findings, g_steal_pointer (&finding));
  return TRUE;
}
