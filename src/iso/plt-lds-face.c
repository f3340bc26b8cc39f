/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes and reads the facial record of ISO/IEC 19794-5:2005 with one picture. */
#include "plt-lds-face.h"

#include "plt-byte-writer.h"

#include <string.h>

#define RECORD_HEAD 14
#define BLOCK_HEAD 20 /* facial information */
#define IMAGE_HEAD 12
#define FEATURE_POINT 8

static const guint8 head[] = { 'F', 'A', 'C', 0, '0', '1', '0', 0 };

void
plt_lds_face_free (PltLdsFace *self)
{
  g_clear_pointer (&self->image, g_bytes_unref);
  g_free (self);
}

static void
add_zeros (GByteArray *bytes,
           guint       n)
{
  for (guint i = 0; i < n; i++)
    plt_byte_writer_add_u8 (bytes, 0);
}

/**
 * plt_lds_face_build:
 * @self: a picture
 *
 * Everything that only a measurement could say is 0: gender, colours, expression, pose, feature
 * points, quality.
 *
 * Returns: (transfer full): the record
 */
GBytes *
plt_lds_face_build (const PltLdsFace *self)
{
  GByteArray *record = g_byte_array_new ();
  guint32 block = (guint32) (BLOCK_HEAD + IMAGE_HEAD + g_bytes_get_size (self->image));

  g_byte_array_append (record, head, sizeof head);
  plt_byte_writer_add_be32 (record, RECORD_HEAD + block);
  plt_byte_writer_add_be16 (record, 1);
  plt_byte_writer_add_be32 (record, block);
  add_zeros (record, BLOCK_HEAD - 4);
  plt_byte_writer_add_u8 (record, self->face_type);
  plt_byte_writer_add_u8 (record, self->data_type);
  plt_byte_writer_add_be16 (record, self->width);
  plt_byte_writer_add_be16 (record, self->height);
  plt_byte_writer_add_u8 (record, self->colour_space);
  plt_byte_writer_add_u8 (record, self->source_type);
  add_zeros (record, 4);
  g_byte_array_append (record, g_bytes_get_data (self->image, NULL),
                       (guint) g_bytes_get_size (self->image));

  return g_byte_array_free_to_bytes (record);
}

static gboolean
take_be32 (PltByteReader *reader,
           guint32       *value)
{
  guint16 high;
  guint16 low;

  if (!plt_byte_reader_take_be16 (reader, &high) || !plt_byte_reader_take_be16 (reader, &low))
    return FALSE;
  *value = (guint32) high << 16 | low;

  return TRUE;
}

/* From the record's length to the end of the feature points; every length must be what it says. */
static gboolean
take_heads (PltByteReader *reader,
            gsize          length)
{
  guint32 record_length;
  guint32 block_length;
  guint16 n_images;
  guint16 n_points;
  PltByteReader part;

  return take_be32 (reader, &record_length) && record_length == length &&
         plt_byte_reader_take_be16 (reader, &n_images) && n_images == 1 &&
         take_be32 (reader, &block_length) && block_length == length - RECORD_HEAD &&
         plt_byte_reader_take_be16 (reader, &n_points) &&
         plt_byte_reader_take (reader, BLOCK_HEAD - 6, &part) &&
         plt_byte_reader_take (reader, (gsize) n_points * FEATURE_POINT, &part);
}

static gboolean
take_picture (PltByteReader *reader,
              PltLdsFace    *face)
{
  PltByteReader rest;

  if (!plt_byte_reader_take_u8 (reader, &face->face_type) ||
      !plt_byte_reader_take_u8 (reader, &face->data_type) || face->data_type > 1 ||
      !plt_byte_reader_take_be16 (reader, &face->width) ||
      !plt_byte_reader_take_be16 (reader, &face->height) ||
      !plt_byte_reader_take_u8 (reader, &face->colour_space) ||
      !plt_byte_reader_take_u8 (reader, &face->source_type) ||
      !plt_byte_reader_take (reader, 4, &rest) ||
      !plt_byte_reader_take (reader, plt_byte_reader_left (reader), &rest) || rest.length == 0)
    return FALSE;
  face->image = g_bytes_new (rest.data, rest.length);

  return TRUE;
}

/**
 * plt_lds_face_read:
 * @record: what is within tag 5F2E
 *
 * Returns: (transfer full) (nullable): its picture; %NULL where it is no record with exactly one
 */
PltLdsFace *
plt_lds_face_read (GBytes *record)
{
  g_autoptr (PltLdsFace) face = g_new0 (PltLdsFace, 1);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (record, &length);
  PltByteReader reader = plt_byte_reader_init (bytes, length);
  PltByteReader start;

  if (!plt_byte_reader_take (&reader, sizeof head, &start) ||
      memcmp (start.data, head, sizeof head) != 0 || !take_heads (&reader, length) ||
      !take_picture (&reader, face))
    return NULL;

  return g_steal_pointer (&face);
}
