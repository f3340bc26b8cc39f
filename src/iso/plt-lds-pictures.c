/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes the groups that are pictures: DG4 (portrait), DG5 (signature), DG6 (face for machines). */
#include "plt-lds-private.h"

#include "plt-lds-face.h"

#include <glib/gi18n-lib.h>

#define TAG_COUNT 0x02
#define TAG_IMAGE 0xA2 /* the first one's, as it is seen on cards; readers take A1 too */
#define TAG_TIME 0x88
#define TAG_TYPE 0x89
#define TAG_PORTRAIT 0x5F40
#define TAG_SIGNATURE 0x5F43
#define TAG_GROUP_TEMPLATE 0x7F61
#define TAG_TEMPLATE 0x7F60
#define TAG_TEMPLATE_HEAD 0xA1
#define TAG_DATA_BLOCK 0x5F2E

#define TYPE_JPEG 0x03

/* 80: version of the header, 81: face, 87 and 88: owner and format, ISO/IEC 19794-5. */
static const guint8 template_head[] = { 0x80, 0x02, 0x01, 0x01, 0x81, 0x01, 0x02, 0x87, 0x02,
                                        0x01, 0x01, 0x88, 0x02, 0x00, 0x08 };

static gboolean
is_jpeg (GBytes *image)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (image, &length);

  return length > 3 && bytes[0] == 0xFF && bytes[1] == 0xD8 && bytes[2] == 0xFF;
}

static gboolean
check_picture (GBytes      *image,
               const char  *field,
               GError     **error)
{
  if (image == NULL)
    g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
                 /* Translators: the name of a picture: portrait or signature. */
                 _("The licence has no %s, so that there is no data group for one. Leave that file out, or return the "
                   "application and take it."), field);
  else if (!is_jpeg (image))
    g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
                 _("The %s is no JPEG picture, which is the only kind that the card’s data can hold. "
                   "Take it again."), field);
  else if (g_bytes_get_size (image) > PLT_LDS_MAX_PICTURE)
    g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_TOO_LONG,
                 _("The %s has %d bytes, but the card’s data holds %d. Make it smaller."), field,
                 (int) g_bytes_get_size (image), PLT_LDS_MAX_PICTURE);
  else
    return TRUE;

  return FALSE;
}

/* Marker by marker up to the frame's head, which says the size (ITU-T T.81, B.2.2). */
static gboolean
measure (GBytes  *jpeg,
         guint16 *width,
         guint16 *height)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (jpeg, &length);
  PltByteReader reader = plt_byte_reader_init (bytes, length);
  PltByteReader segment;
  guint16 start;
  guint8 depth;

  if (!plt_byte_reader_take_be16 (&reader, &start))
    return FALSE;
  for (;;)
    {
      guint16 marker;
      guint16 size;

      if (!plt_byte_reader_take_be16 (&reader, &marker) || marker < 0xFFC0 || marker == 0xFFD9 ||
          !plt_byte_reader_take_be16 (&reader, &size) || size < 2 ||
          !plt_byte_reader_take (&reader, size - 2u, &segment))
        return FALSE;
      if (marker <= 0xFFC2)
        return plt_byte_reader_take_u8 (&segment, &depth) &&
               plt_byte_reader_take_be16 (&segment, height) &&
               plt_byte_reader_take_be16 (&segment, width) && *width > 0 && *height > 0;
    }
}

static void
add_bytes (GByteArray *into,
           guint       tag,
           GBytes     *bytes)
{
  plt_byte_writer_add_tlv (into, tag, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static GBytes *
wrap (guint       tag,
      GByteArray *content)
{
  GByteArray *file = g_byte_array_new ();

  plt_byte_writer_add_tlv (file, tag, content->data, content->len);

  return g_byte_array_free_to_bytes (file);
}

/* YYYYMMDDhhmmss of UTC as packed decimal. */
static void
add_time (GByteArray *bytes,
          gint64      seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);
  g_autoptr (GByteArray) value = g_byte_array_new ();
  g_autofree char *digits = NULL;

  if (time == NULL)
    return;
  digits = g_strdup_printf ("%04d%02d%02d%02d%02d%02d", g_date_time_get_year (time),
                            g_date_time_get_month (time), g_date_time_get_day_of_month (time),
                            g_date_time_get_hour (time), g_date_time_get_minute (time),
                            g_date_time_get_second (time));
  plt_byte_writer_add_bcd (value, digits);
  plt_byte_writer_add_tlv (bytes, TAG_TIME, value->data, value->len);
}

/**
 * plt_lds_build_dg4:
 * @data: the licence, with its portrait
 * @error: %PLT_ISO_ERROR_INVALID, %PLT_ISO_ERROR_TOO_LONG
 *
 * ISO/IEC 18013-2, Annex C: `65 { 02 01, A2 { 88 time, 89 03, 5F40 JPEG } }`. The time is left out
 * where it is not known.
 *
 * Returns: (transfer full) (nullable): the whole EF.DG4 from its tag on
 */
GBytes *
plt_lds_build_dg4 (PltLicenceData  *data,
                   GError         **error)
{
  static const guint8 one = 1;
  static const guint8 type = TYPE_JPEG;
  g_autoptr (GByteArray) image = g_byte_array_new ();
  g_autoptr (GByteArray) content = g_byte_array_new ();

  g_return_val_if_fail (data != NULL, NULL);

  if (!check_picture (data->portrait, _("portrait"), error))
    return NULL;
  if (data->portrait_taken_at != 0)
    add_time (image, data->portrait_taken_at);
  plt_byte_writer_add_tlv (image, TAG_TYPE, &type, 1);
  add_bytes (image, TAG_PORTRAIT, data->portrait);
  plt_byte_writer_add_tlv (content, TAG_COUNT, &one, 1);
  plt_byte_writer_add_tlv (content, TAG_IMAGE, image->data, image->len);

  return wrap (PLT_LDS_TAG_DG4, content);
}

/**
 * plt_lds_build_dg5:
 * @data: the licence, with its signature or usual mark
 * @error: %PLT_ISO_ERROR_INVALID, %PLT_ISO_ERROR_TOO_LONG
 *
 * ISO/IEC 18013-2, Annex C: `67 { 89 03, 5F43 JPEG }`.
 *
 * Returns: (transfer full) (nullable): the whole EF.DG5 from its tag on
 */
GBytes *
plt_lds_build_dg5 (PltLicenceData  *data,
                   GError         **error)
{
  static const guint8 type = TYPE_JPEG;
  g_autoptr (GByteArray) content = g_byte_array_new ();

  g_return_val_if_fail (data != NULL, NULL);

  if (!check_picture (data->signature, _("signature"), error))
    return NULL;
  plt_byte_writer_add_tlv (content, TAG_TYPE, &type, 1);
  add_bytes (content, TAG_SIGNATURE, data->signature);

  return wrap (PLT_LDS_TAG_DG5, content);
}

/**
 * plt_lds_build_dg6:
 * @data: the licence, with its portrait
 * @error: %PLT_ISO_ERROR_INVALID, %PLT_ISO_ERROR_TOO_LONG
 *
 * `75 { 7F61 { 02 01, 7F60 { A1 header, 5F2E record } } }`: a facial record of ISO/IEC 19794-5:2005
 * in the templates of ISO/IEC 7816-11, as European cards have it.
 *
 * Returns: (transfer full) (nullable): the whole EF.DG6 from its tag on
 */
GBytes *
plt_lds_build_dg6 (PltLicenceData  *data,
                   GError         **error)
{
  static const guint8 one = 1;
  PltLdsFace face = { .colour_space = 1, .image = data->portrait };
  g_autoptr (GBytes) record = NULL;
  g_autoptr (GByteArray) template = g_byte_array_new ();
  g_autoptr (GByteArray) group = g_byte_array_new ();
  g_autoptr (GByteArray) content = g_byte_array_new ();

  if (!check_picture (data->portrait, _("portrait"), error))
    return NULL;
  if (!measure (data->portrait, &face.width, &face.height))
    {
      g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
                           _("The portrait is damaged: it does not say how large it is. Take it "
                             "again."));
      return NULL;
    }
  record = plt_lds_face_build (&face);
  plt_byte_writer_add_tlv (template, TAG_TEMPLATE_HEAD, template_head, sizeof template_head);
  add_bytes (template, TAG_DATA_BLOCK, record);
  plt_byte_writer_add_tlv (group, TAG_COUNT, &one, 1);
  plt_byte_writer_add_tlv (group, TAG_TEMPLATE, template->data, template->len);
  plt_byte_writer_add_tlv (content, TAG_GROUP_TEMPLATE, group->data, group->len);

  return wrap (PLT_LDS_TAG_DG6, content);
}
