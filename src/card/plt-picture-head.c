/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the head and walks the structure of picture files: kind by magic, size before anything is
 * decoded, and whether the file is whole. Decoders show a cut file with a grey bottom and say nothing,
 * so it must be seen to reach its end mark. (The decoders of TIFF and WebP look themselves.) */
#include "plt-picture-head.h"

#include "plt-picture.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const guchar *data;
  gsize         size;
} Bytes;

static guint
read_u16 (Bytes bytes,
          gsize at)
{
  return (guint) bytes.data[at] << 8 | bytes.data[at + 1];
}

static guint
read_u32 (Bytes bytes,
          gsize at)
{
  return read_u16 (bytes, at) << 16 | read_u16 (bytes, at + 2);
}

static gboolean
starts_with (Bytes       bytes,
             gsize       at,
             const char *magic,
             gsize       length)
{
  return bytes.size >= at + length && memcmp (bytes.data + at, magic, length) == 0;
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static gboolean
refuse (GError     **error,
        const char  *format,
        const char  *name)
{
  g_autofree char *message = g_strdup_printf (format, name);

  g_set_error_literal (error, PLT_CARD_ERROR, PLT_CARD_ERROR_IMAGE, message);
  return FALSE;
}
#pragma GCC diagnostic pop

static gboolean
refuse_truncated (const char  *name,
                  GError     **error)
{
  return refuse (error, _("The picture “%s” was not taken over because its file ends too early. "
                          "Copy or scan it again."), name);
}

static gboolean
is_size_marker (guint marker)
{
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

/* From just after a scan's head to the next marker that is not part of the scan. */
static gsize
skip_scan (Bytes bytes,
           gsize at)
{
  while (at + 1 < bytes.size)
    {
      const guchar *next = memchr (bytes.data + at, 0xff, bytes.size - at - 1);
      guint marker;

      if (next == NULL)
        break;
      at = next - bytes.data;
      marker = bytes.data[at + 1];
      if (marker != 0 && marker != 0xff && !(marker >= 0xd0 && marker <= 0xd7))
        return at;
      at += marker == 0xff ? 1 : 2;
    }
  return bytes.size;
}

static gboolean
read_frame (Bytes           bytes,
            gsize           at,
            const char     *name,
            PltPictureHead *head,
            GError        **error)
{
  if (at + 10 > bytes.size)
    return refuse_truncated (name, error);
  head->height = (int) read_u16 (bytes, at + 5);
  head->width = (int) read_u16 (bytes, at + 7);
  if (bytes.data[at + 4] != 8)
    return refuse (error, _("The picture “%s” was not taken over because it is stored in an unusual "
                            "way. Save it again as an ordinary JPEG or PNG file."), name);
  return TRUE;
}

static gboolean
read_jpeg (Bytes           bytes,
           const char     *name,
           PltPictureHead *head,
           GError        **error)
{
  gsize at = 2;

  head->format = PLT_PICTURE_FORMAT_JPEG;
  while (at + 4 <= bytes.size && bytes.data[at] == 0xff)
    {
      guint marker = bytes.data[at + 1];

      if (marker == 0xff)
        {
          at++;
          continue;
        }
      if (marker == 0xd9)
        break;
      if (is_size_marker (marker) && !read_frame (bytes, at, name, head, error))
        return FALSE;
      at += 2 + read_u16 (bytes, at + 2);
      if (marker == 0xda)
        at = skip_scan (bytes, at);
    }
  if (head->width == 0 || at + 2 > bytes.size || bytes.data[at] != 0xff || bytes.data[at + 1] != 0xd9)
    return refuse_truncated (name, error);
  return TRUE;
}

static gboolean
read_png (Bytes           bytes,
          const char     *name,
          PltPictureHead *head,
          GError        **error)
{
  head->format = PLT_PICTURE_FORMAT_PNG;
  if (bytes.size < 33 || !starts_with (bytes, 12, "IHDR", 4))
    return refuse_truncated (name, error);
  if (read_u32 (bytes, 16) > G_MAXINT32 || read_u32 (bytes, 20) > G_MAXINT32)
    return refuse_truncated (name, error);
  head->width = (int) read_u32 (bytes, 16);
  head->height = (int) read_u32 (bytes, 20);
  return TRUE;
}

/* Only after the size was found bearable: the chunks must reach IEND. */
static gboolean
walk_png (Bytes        bytes,
          const char  *name,
          GError     **error)
{
  for (gsize at = 8; at + 12 <= bytes.size;)
    {
      gsize length = read_u32 (bytes, at);

      if (starts_with (bytes, at + 4, "acTL", 4))
        return refuse (error, _("The picture “%s” was not taken over because it is animated. Save a "
                                "single picture."), name);
      if (starts_with (bytes, at + 4, "IEND", 4))
        return TRUE;
      if (length > bytes.size - at - 12)
        break;
      at += 12 + length;
    }
  return refuse_truncated (name, error);
}

/* The format in words, of files that people do bring but that are not taken. */
static const char *
name_other_format (Bytes bytes)
{
  if (starts_with (bytes, 0, "GIF8", 4))
    return "GIF";
  if (starts_with (bytes, 0, "BM", 2))
    return "BMP";
  if (starts_with (bytes, 0, "%PDF", 4))
    return "PDF";
  if (starts_with (bytes, 4, "ftyphei", 7) || starts_with (bytes, 4, "ftypmif1", 8))
    return "HEIC";
  if (starts_with (bytes, 4, "ftypavi", 7))
    return "AVIF";
  if (starts_with (bytes, 0, "\0\0\0\x0cjP  ", 8) || starts_with (bytes, 0, "\xff\x4f\xff\x51", 4))
    return "JPEG 2000";
  if (g_strstr_len ((const char *) bytes.data, (gssize) MIN (bytes.size, 1024), "<svg") != NULL)
    return "SVG";
  return NULL;
}

static gboolean
refuse_format (Bytes        bytes,
               const char  *name,
               GError     **error)
{
  const char *format = name_other_format (bytes);

  if (format == NULL)
    return refuse (error, _("The file “%s” was not taken over because it is not a picture. Choose a "
                            "JPEG, PNG, TIFF or WebP file."), name);
  g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_IMAGE,
               /* Translators: the second %s is a format such as HEIC. */
               _("The picture “%s” was not taken over because its format is %s. Save it as JPEG, PNG, "
                 "TIFF or WebP."), name, format);
  return FALSE;
}

static gboolean
check_size (const PltPictureHead  *head,
            const char            *name,
            GError               **error)
{
  gint64 pixels = (gint64) head->width * head->height;

  if (pixels > 0 && pixels <= PLT_PICTURE_MAX_PIXELS)
    return TRUE;
  g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_IMAGE,
               _("The picture “%s” was not taken over because it has %d × %d pixels; at most 40 "
                 "million pixels are allowed. Scan it at a lower resolution."),
               name, head->width, head->height);
  return FALSE;
}

/* Classic or big, in either order of bytes. */
static gboolean
is_tiff (Bytes bytes)
{
  return starts_with (bytes, 0, "II*\0", 4) || starts_with (bytes, 0, "MM\0*", 4)
         || starts_with (bytes, 0, "II+\0", 4) || starts_with (bytes, 0, "MM\0+", 4);
}

gboolean
plt_picture_head_read (GBytes          *data,
                       const char      *name,
                       PltPictureHead  *head,
                       GError         **error)
{
  Bytes bytes = { 0 };

  bytes.data = g_bytes_get_data (data, &bytes.size);
  memset (head, 0, sizeof *head);
  if (bytes.size == 0)
    return refuse (error, _("The picture “%s” was not taken over because its file is empty. Choose "
                            "another file."), name);
  if (bytes.size > PLT_PICTURE_MAX_BYTES)
    return refuse (error, _("The picture “%s” was not taken over because its file is larger than 20 "
                            "MB. Save it smaller."), name);
  if (starts_with (bytes, 0, "\xff\xd8\xff", 3))
    return read_jpeg (bytes, name, head, error) && check_size (head, name, error);
  if (starts_with (bytes, 0, "\x89PNG\r\n\x1a\n", 8))
    return read_png (bytes, name, head, error) && check_size (head, name, error)
           && walk_png (bytes, name, error);
  if (is_tiff (bytes))
    head->format = PLT_PICTURE_FORMAT_TIFF;
  else if (starts_with (bytes, 0, "RIFF", 4) && starts_with (bytes, 8, "WEBP", 4))
    head->format = PLT_PICTURE_FORMAT_WEBP;
  else
    return refuse_format (bytes, name, error);
  return TRUE;
}
