/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes what is not picture out of a JPEG file: where and when it was taken, with what, thumbnails. */
#include "plt-mdl-private.h"

#include <string.h>

#define START_OF_IMAGE 0xD8
#define START_OF_SCAN 0xDA
#define END_OF_IMAGE 0xD9
#define APPLICATION_0 0xE0  /* JFIF's density */
#define APPLICATION_14 0xEE /* Adobe's, which says how colours are to be read */
#define APPLICATION_15 0xEF
#define COMMENT 0xFE

static gboolean
is_wanted (guint8 marker)
{
  if (marker == APPLICATION_0 || marker == APPLICATION_14)
    return TRUE;

  return (marker < APPLICATION_0 || marker > APPLICATION_15) && marker != COMMENT;
}

/* Where the marker behind @at stands; within a scan, FF 00 is data and FF D0 to FF D7 restart it. */
static gsize
find_marker (const guint8 *data,
             gsize         length,
             gsize         at)
{
  for (; at + 1 < length; at++)
    if (data[at] == 0xFF && data[at + 1] >= 0xC0 && (data[at + 1] < 0xD0 || data[at + 1] > 0xD7))
      return at;

  return length;
}

/* Each segment is a marker with a length; what lies behind the end of the image is left out. */
static gboolean
copy_segments (const guint8 *data,
               gsize         length,
               GByteArray   *bytes)
{
  gsize at = 2;

  g_byte_array_append (bytes, data, 2);
  while (at + 4 <= length && data[at] == 0xFF)
    {
      guint8 marker = data[at + 1];
      gsize size = 2 + ((gsize) data[at + 2] << 8 | data[at + 3]);
      gsize end = at + size;

      if (marker < 0xC0 || size < 4 || size > length - at)
        return FALSE;
      if (marker == START_OF_SCAN)
        end = find_marker (data, length, end);
      if (is_wanted (marker))
        g_byte_array_append (bytes, data + at, (guint) (end - at));
      at = end;
      if (at + 2 <= length && data[at] == 0xFF && data[at + 1] == END_OF_IMAGE)
        {
          g_byte_array_append (bytes, data + at, 2);
          return marker == START_OF_SCAN;
        }
    }

  return FALSE;
}

/**
 * plt_mdl_picture_strip:
 * @picture: a JPEG file
 *
 * The picture itself stays as it is, to the bit.
 *
 * Returns: (transfer full) (nullable): the file without metadata; %NULL for what is no JPEG
 */
GBytes *
plt_mdl_picture_strip (GBytes *picture)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (picture, &length);
  g_autoptr (GByteArray) bytes = NULL;

  if (length < 4 || data[0] != 0xFF || data[1] != START_OF_IMAGE)
    return NULL;
  bytes = g_byte_array_sized_new ((guint) length);
  if (!copy_segments (data, length, bytes))
    return NULL;

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
