/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads EF.COM and the data groups beside DG1. Nothing here trusts a length that a card says. */
#include "plt-lds-private.h"

#include "plt-lds-face.h"
#include "plt-mrz.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_GROUPS 32
#define TIME_LENGTH 7

static void
refuse (const char  *name,
        GError     **error)
{
  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
               /* Translators: the name of a file of a card's chip, e.g. "EF.DG4". */
               _("The data is not a licence’s %s of ISO/IEC 18013-2. Read the card again."), name);
}

gboolean
plt_lds_open_file (GBytes        *file,
                   guint          tag,
                   PltByteReader *content)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (file, &length);
  PltByteReader reader = plt_byte_reader_init (bytes, length);
  guint found;

  return plt_byte_reader_take_tlv (&reader, &found, content) && found == tag &&
         plt_byte_reader_left (&reader) == 0;
}

static GBytes *
copy (PltByteReader part)
{
  return g_bytes_new (part.data, part.length);
}

/* Takes the object of @tag, which must be the next one. */
static gboolean
take (PltByteReader *reader,
      guint          tag,
      PltByteReader *value)
{
  guint found;

  return plt_byte_reader_take_tlv (reader, &found, value) && found == tag;
}

/**
 * plt_lds_read_com:
 * @com: the whole EF.COM from its tag on
 * @error: %PLT_ISO_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): the tags of the data groups that it says are present, in its
 *   order; they may be such as are not known here, but none twice
 */
GBytes *
plt_lds_read_com (GBytes  *com,
                  GError **error)
{
  PltByteReader content;
  PltByteReader version;
  PltByteReader tags;
  gboolean seen[256] = { FALSE };

  g_return_val_if_fail (com != NULL, NULL);

  if (!plt_lds_open_file (com, PLT_LDS_TAG_COM, &content) ||
      !take (&content, PLT_LDS_TAG_COM_VERSION, &version) || version.length != 2 ||
      !take (&content, PLT_LDS_TAG_COM_LIST, &tags) || tags.length > MAX_GROUPS ||
      (plt_byte_reader_left (&content) > 0 &&
       (!take (&content, PLT_LDS_TAG_COM_SECURITY, &version) ||
        plt_byte_reader_left (&content) > 0)))
    {
      refuse ("EF.COM", error);
      return NULL;
    }
  for (gsize i = 0; i < tags.length; i++)
    {
      if (seen[tags.data[i]])
        {
          refuse ("EF.COM", error);
          return NULL;
        }
      seen[tags.data[i]] = TRUE;
    }

  return copy (tags);
}

static gboolean
read_time (PltByteReader  part,
           gint64        *seconds)
{
  g_autofree char *digits = plt_lds_decode_digits (part);
  g_autoptr (GDateTime) time = NULL;
  int parts[6];

  if (digits == NULL || part.length != TIME_LENGTH)
    return FALSE;
  for (int i = 0; i < 6; i++)
    {
      const char *at = digits + (i == 0 ? 0 : 2 + i * 2);
      char two[5] = { 0 };

      memcpy (two, at, i == 0 ? 4 : 2);
      parts[i] = (int) g_ascii_strtoll (two, NULL, 10);
    }
  time = g_date_time_new_utc (parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]);
  if (time == NULL)
    return FALSE;
  *seconds = g_date_time_to_unix (time);

  return TRUE;
}

/* `88 time` may be missing, `89 type` is JPEG (03) or JPEG 2000 (04), and a picture follows. */
static gboolean
read_picture (PltByteReader  reader,
              guint          tag,
              gint64        *taken_at,
              GBytes       **image)
{
  PltByteReader ahead = reader;
  PltByteReader value;

  if (take (&ahead, 0x88, &value))
    {
      if (!read_time (value, taken_at))
        return FALSE;
      reader = ahead;
    }
  if (!take (&reader, 0x89, &value) || value.length != 1 ||
      (value.data[0] != 0x03 && value.data[0] != 0x04) ||
      !take (&reader, tag, &value) || value.length == 0 || plt_byte_reader_left (&reader) > 0)
    return FALSE;
  *image = copy (value);

  return TRUE;
}

/* The number that is said is the number of images that follow, A1 or A2 the first; it is given. */
static gboolean
read_images (PltByteReader  reader,
             gint64        *taken_at,
             GBytes       **image)
{
  PltByteReader value;
  guint8 count;

  if (!take (&reader, PLT_LDS_TAG_COUNT, &value) || value.length != 1 || value.data[0] == 0)
    return FALSE;
  count = value.data[0];
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (GBytes) next = NULL;
      gint64 next_taken_at = 0;
      guint tag;

      if (!plt_byte_reader_take_tlv (&reader, &tag, &value) || tag < 0xA1 || tag > 0xAF ||
          !read_picture (value, 0x5F40, &next_taken_at, &next))
        return FALSE;
      if (*image == NULL)
        {
          *image = g_steal_pointer (&next);
          *taken_at = next_taken_at;
        }
    }

  return plt_byte_reader_left (&reader) == 0;
}

/**
 * plt_lds_read_dg4:
 * @dg4: the whole EF.DG4 from its tag on
 * @taken_at: (out) (optional): Unix seconds, 0 where it does not say
 * @error: %PLT_ISO_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): the first portrait, as it is stored: JPEG or JPEG 2000
 */
GBytes *
plt_lds_read_dg4 (GBytes  *dg4,
                  gint64  *taken_at,
                  GError **error)
{
  g_autoptr (GBytes) image = NULL;
  PltByteReader content;
  gint64 time = 0;

  g_return_val_if_fail (dg4 != NULL, NULL);

  if (!plt_lds_open_file (dg4, PLT_LDS_TAG_DG4, &content) || !read_images (content, &time, &image))
    {
      refuse ("EF.DG4", error);
      return NULL;
    }
  if (taken_at != NULL)
    *taken_at = time;

  return g_steal_pointer (&image);
}

/**
 * plt_lds_read_dg5:
 * @dg5: the whole EF.DG5 from its tag on
 * @error: %PLT_ISO_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): the signature or usual mark, as it is stored
 */
GBytes *
plt_lds_read_dg5 (GBytes  *dg5,
                  GError **error)
{
  GBytes *image = NULL;
  PltByteReader content;
  gint64 time;

  g_return_val_if_fail (dg5 != NULL, NULL);

  if (!plt_lds_open_file (dg5, PLT_LDS_TAG_DG5, &content) ||
      !read_picture (content, 0x5F43, &time, &image))
    refuse ("EF.DG5", error);

  return image;
}

static gboolean
open_template (PltByteReader  content,
               PltByteReader *record)
{
  PltByteReader group;
  PltByteReader count;
  PltByteReader head;

  return take (&content, 0x7F61, &group) && plt_byte_reader_left (&content) == 0 &&
         take (&group, PLT_LDS_TAG_COUNT, &count) && count.length == 1 && count.data[0] == 1 &&
         take (&group, 0x7F60, &content) && plt_byte_reader_left (&group) == 0 &&
         take (&content, 0xA1, &head) && take (&content, 0x5F2E, record) &&
         plt_byte_reader_left (&content) == 0;
}

/**
 * plt_lds_read_dg6:
 * @dg6: the whole EF.DG6 from its tag on
 * @width: (out) (optional): pixels, as the record says
 * @height: (out) (optional): likewise
 * @error: %PLT_ISO_ERROR_INVALID
 *
 * Takes one facial record of ISO/IEC 19794-5:2005 with one picture.
 *
 * Returns: (transfer full) (nullable): the picture, as it is stored: JPEG or JPEG 2000
 */
GBytes *
plt_lds_read_dg6 (GBytes  *dg6,
                  int     *width,
                  int     *height,
                  GError **error)
{
  g_autoptr (PltLdsFace) face = NULL;
  PltByteReader content;
  PltByteReader part;

  g_return_val_if_fail (dg6 != NULL, NULL);

  if (plt_lds_open_file (dg6, PLT_LDS_TAG_DG6, &content) && open_template (content, &part))
    {
      g_autoptr (GBytes) record = copy (part);

      face = plt_lds_face_read (record);
    }
  if (face == NULL)
    {
      refuse ("EF.DG6", error);
      return NULL;
    }
  if (width != NULL)
    *width = face->width;
  if (height != NULL)
    *height = face->height;

  return g_bytes_ref (face->image);
}

static gboolean
read_domestic (PltByteReader  reader,
               char         **number,
               gboolean      *specimen)
{
  guint tag;
  PltByteReader value;

  while (plt_byte_reader_left (&reader) > 0)
    {
      if (!plt_byte_reader_take_tlv (&reader, &tag, &value))
        return FALSE;
      if (tag == PLT_LDS_TAG_DISCRETIONARY)
        *specimen = value.length == strlen (PLT_LDS_SPECIMEN) &&
                    memcmp (value.data, PLT_LDS_SPECIMEN, value.length) == 0;
      else if (tag == 0x5F0D)
        {
          if (*number != NULL)
            return FALSE;
          *number = plt_lds_decode_text (value);
          if (*number == NULL)
            return FALSE;
        }
    }

  return TRUE;
}

/**
 * plt_lds_read_dg11:
 * @dg11: the whole EF.DG11 from its tag 6D, or 62 of older cards, on
 * @into: gets the administrative number and whether it is a specimen
 * @error: %PLT_ISO_ERROR_INVALID
 *
 * Reads what plt_lds_build_dg11() writes; other issuers' objects are passed over.
 *
 * Returns: whether it is a data group 11 in BER-TLV
 */
gboolean
plt_lds_read_dg11 (GBytes          *dg11,
                   PltLicenceData  *into,
                   GError         **error)
{
  g_autofree char *number = NULL;
  gboolean specimen = FALSE;
  PltByteReader content;

  g_return_val_if_fail (dg11 != NULL && into != NULL, FALSE);

  if ((!plt_lds_open_file (dg11, PLT_LDS_TAG_DG11, &content) &&
       !plt_lds_open_file (dg11, PLT_LDS_TAG_DG11_OLD, &content)) ||
      !read_domestic (content, &number, &specimen))
    {
      refuse ("EF.DG11", error);
      return FALSE;
    }
  if (number != NULL)
    {
      g_free (into->administrative_number);
      into->administrative_number = g_steal_pointer (&number);
    }
  into->specimen = into->specimen || specimen;

  return TRUE;
}

/* The line stands behind one zero byte, and its kind (41: a machine-readable zone) before or behind. */
static char *
read_line (PltByteReader reader)
{
  g_autofree char *line = NULL;
  gboolean is_mrz = FALSE;
  guint tag;
  PltByteReader value;

  while (plt_byte_reader_left (&reader) > 0)
    {
      if (!plt_byte_reader_take_tlv (&reader, &tag, &value))
        return NULL;
      if (tag == 0x81)
        is_mrz = value.length == 1 && value.data[0] == 0x41;
      else if (tag == 0x82 && line == NULL && value.length == 1 + PLT_MRZ_LENGTH &&
               value.data[0] == 0)
        line = g_strndup ((const char *) value.data + 1, PLT_MRZ_LENGTH);
      else
        return NULL;
    }

  return is_mrz && line != NULL && plt_mrz_verify (line, NULL) ? g_steal_pointer (&line) : NULL;
}

/**
 * plt_lds_read_dg12:
 * @dg12: the whole EF.DG12 from its tag on
 * @error: %PLT_ISO_ERROR_INVALID, also where the line is none of a licence
 *
 * Returns: (transfer full) (nullable): the card's machine-readable line
 */
char *
plt_lds_read_dg12 (GBytes  *dg12,
                   GError **error)
{
  char *line = NULL;
  PltByteReader content;

  g_return_val_if_fail (dg12 != NULL, NULL);

  if (plt_lds_open_file (dg12, PLT_LDS_TAG_DG12, &content))
    line = read_line (content);
  if (line == NULL)
    refuse ("EF.DG12", error);

  return line;
}
