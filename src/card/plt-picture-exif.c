/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds the one tag of EXIF that a picture needs: how it is to be turned. Everything else that a
 * camera writes (place, time, owner) is left alone and dropped. */
#include "plt-picture-decode.h"

#include <string.h>

#define TAG_ORIENTATION 0x0112
#define TYPE_SHORT 3
#define ENTRY 12 /* bytes of one entry of a directory */

typedef struct
{
  const guint8 *data;
  gsize         size;
  gboolean      is_little;
} Exif;

static guint
read_u16 (const Exif *exif,
          gsize       at)
{
  const guint8 *p = exif->data + at;

  return exif->is_little ? (guint) p[1] << 8 | p[0] : (guint) p[0] << 8 | p[1];
}

static gsize
read_u32 (const Exif *exif,
          gsize       at)
{
  gsize first = read_u16 (exif, at), second = read_u16 (exif, at + 2);

  return exif->is_little ? second << 16 | first : first << 16 | second;
}

static int
find_orientation (const Exif *exif)
{
  gsize directory = read_u32 (exif, 4);
  guint n_entries;

  if (directory < 8 || directory > exif->size || exif->size - directory < 2)
    return 1;
  n_entries = read_u16 (exif, directory);
  for (gsize i = 0, at = directory + 2; i < n_entries && exif->size - at >= ENTRY; i++, at += ENTRY)
    if (read_u16 (exif, at) == TAG_ORIENTATION && read_u16 (exif, at + 2) == TYPE_SHORT)
      {
        guint value = read_u16 (exif, at + 8);

        return value >= 1 && value <= 8 ? (int) value : 1;
      }
  return 1;
}

int
plt_picture_exif_orientation (const guint8 *data,
                              gsize         size)
{
  Exif exif = { data, size, FALSE };

  if (size >= 6 && memcmp (data, "Exif\0\0", 6) == 0)
    exif = (Exif) { data + 6, size - 6, FALSE };
  if (exif.size < 10)
    return 1;
  if (memcmp (exif.data, "II*\0", 4) == 0)
    exif.is_little = TRUE;
  else if (memcmp (exif.data, "MM\0*", 4) != 0)
    return 1;
  return find_orientation (&exif);
}
