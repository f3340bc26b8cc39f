/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes the hinting programs out of a TrueType font. Cards are drawn without hinting, but cairo copies
 * the programs into the font of every file, where they were more than half of what is compressed. The
 * outlines, their numbers and measures stay as they are. */
#include "plt-font-plain.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define HEAD_BYTES 12 /* of the font, and 16 for each of its tables */
#define TABLE_BYTES 16
#define MOST_TABLES 64
#define GLYPH_HEAD_BYTES 10

/* Composite glyphs (OpenType, “glyf”). */
#define ARGS_ARE_WORDS 0x0001
#define HAS_SCALE 0x0008
#define MORE_COMPONENTS 0x0020
#define HAS_X_AND_Y_SCALE 0x0040
#define HAS_TWO_BY_TWO 0x0080
#define HAS_INSTRUCTIONS 0x0100

typedef struct
{
  const guint8 *data;
  gsize         length;
} Part;

static guint
read_u16 (const guint8 *p)
{
  return (guint) p[0] << 8 | p[1];
}

static guint32
read_u32 (const guint8 *p)
{
  return (guint32) read_u16 (p) << 16 | read_u16 (p + 2);
}

static void
write_u16 (guint8 *p,
           guint   value)
{
  p[0] = (guint8) (value >> 8);
  p[1] = (guint8) value;
}

static void
write_u32 (guint8  *p,
           guint32  value)
{
  write_u16 (p, value >> 16);
  write_u16 (p + 2, value & 0xffff);
}

static Part
find_table (Part        font,
            const char *tag)
{
  guint n_tables = read_u16 (font.data + 4);

  for (guint i = 0; i < n_tables; i++)
    {
      const guint8 *entry = font.data + HEAD_BYTES + i * TABLE_BYTES;
      guint32 offset = read_u32 (entry + 8), length = read_u32 (entry + 12);

      if (memcmp (entry, tag, 4) == 0 && offset <= font.length && length <= font.length - offset)
        return (Part) { font.data + offset, length };
    }
  return (Part) { 0 };
}

/* Where the instructions of a composite glyph begin; 0: it is not as it should be. */
static gsize
skip_components (Part      glyph,
                 gboolean *has_instructions)
{
  gsize at = GLYPH_HEAD_BYTES;
  guint flags = MORE_COMPONENTS;

  *has_instructions = FALSE;
  while ((flags & MORE_COMPONENTS) != 0)
    {
      if (at + 4 > glyph.length)
        return 0;
      flags = read_u16 (glyph.data + at);
      at += 4 + ((flags & ARGS_ARE_WORDS) != 0 ? 4 : 2);
      at += (flags & HAS_SCALE) != 0 ? 2
            : (flags & HAS_X_AND_Y_SCALE) != 0 ? 4 : (flags & HAS_TWO_BY_TWO) != 0 ? 8 : 0;
      *has_instructions |= (flags & HAS_INSTRUCTIONS) != 0;
    }
  return at <= glyph.length ? at : 0;
}

static gboolean
add_composite (GByteArray *glyf,
               Part        glyph)
{
  gboolean has_instructions;
  gsize end = skip_components (glyph, &has_instructions);
  guint first = glyf->len;

  if (end == 0)
    return FALSE;
  g_byte_array_append (glyf, glyph.data, (guint) end);
  for (gsize at = GLYPH_HEAD_BYTES; has_instructions && at + 4 <= end;)
    {
      guint flags = read_u16 (glyph.data + at);

      write_u16 (glyf->data + first + at, flags & ~(guint) HAS_INSTRUCTIONS);
      at += 4 + ((flags & ARGS_ARE_WORDS) != 0 ? 4 : 2);
      at += (flags & HAS_SCALE) != 0 ? 2
            : (flags & HAS_X_AND_Y_SCALE) != 0 ? 4 : (flags & HAS_TWO_BY_TWO) != 0 ? 8 : 0;
    }
  return TRUE;
}

static gboolean
add_simple (GByteArray *glyf,
            Part        glyph,
            guint       n_contours)
{
  static const guint8 none[2] = { 0, 0 };
  gsize at = GLYPH_HEAD_BYTES + (gsize) n_contours * 2;
  gsize behind;

  if (at + 2 > glyph.length)
    return FALSE;
  behind = at + 2 + read_u16 (glyph.data + at);
  if (behind > glyph.length)
    return FALSE;
  g_byte_array_append (glyf, glyph.data, (guint) at);
  g_byte_array_append (glyf, none, sizeof none);
  g_byte_array_append (glyf, glyph.data + behind, (guint) (glyph.length - behind));
  return TRUE;
}

static gboolean
add_glyph (GByteArray *glyf,
           Part        glyph)
{
  static const guint8 zeros[4] = { 0 };
  guint n_contours;

  if (glyph.length == 0)
    return TRUE;
  if (glyph.length < GLYPH_HEAD_BYTES)
    return FALSE;
  n_contours = read_u16 (glyph.data);
  if (n_contours < 0x8000 ? !add_simple (glyf, glyph, n_contours) : !add_composite (glyf, glyph))
    return FALSE;
  g_byte_array_append (glyf, zeros, (4 - glyf->len % 4) % 4);
  return TRUE;
}

/* @loca: becomes one of four bytes an entry. */
static gboolean
strip_glyphs (Part        font,
              GByteArray *glyf,
              GByteArray *loca)
{
  Part head = find_table (font, "head"), from = find_table (font, "glyf");
  Part index = find_table (font, "loca");
  gboolean is_long = head.length >= 54 && read_u16 (head.data + 50) != 0;
  gsize n = index.length / (is_long ? 4 : 2);

  if (head.length < 54 || from.data == NULL || n < 2)
    return FALSE;
  g_byte_array_set_size (loca, (guint) n * 4);
  for (gsize i = 0; i + 1 < n; i++)
    {
      gsize start = is_long ? read_u32 (index.data + 4 * i) : 2 * read_u16 (index.data + 2 * i);
      gsize end = is_long ? read_u32 (index.data + 4 * i + 4) : 2 * read_u16 (index.data + 2 * i + 2);

      write_u32 (loca->data + 4 * i, glyf->len);
      if (start > end || end > from.length
          || !add_glyph (glyf, (Part) { from.data + start, end - start }))
        return FALSE;
    }
  write_u32 (loca->data + 4 * (n - 1), glyf->len);
  return TRUE;
}

/* What only hinting reads, and a signature that no longer holds. */
static gboolean
is_dropped (const guint8 *tag)
{
  static const char *const dropped[] = { "cvt ", "fpgm", "prep", "hdmx", "VDMX", "LTSH", "gasp", "DSIG" };

  for (guint i = 0; i < G_N_ELEMENTS (dropped); i++)
    if (memcmp (tag, dropped[i], 4) == 0)
      return TRUE;
  return FALSE;
}

static guint32
sum_table (const guint8 *data,
           gsize         length)
{
  guint32 sum = 0;

  for (gsize i = 0; i + 4 <= length; i += 4)
    sum += read_u32 (data + i);
  return sum;
}

static void
add_table (GByteArray   *out,
           guint8       *entry,
           const guint8 *tag,
           Part          table)
{
  static const guint8 zeros[4] = { 0 };
  guint offset = out->len;

  g_byte_array_append (out, table.data, (guint) table.length);
  g_byte_array_append (out, zeros, (4 - out->len % 4) % 4);
  memcpy (entry, tag, 4);
  write_u32 (entry + 4, sum_table (out->data + offset, out->len - offset));
  write_u32 (entry + 8, offset);
  write_u32 (entry + 12, (guint32) table.length);
}

/* In the order of the tables before. */
static GBytes *
write_font (Part        font,
            GByteArray *glyf,
            GByteArray *loca)
{
  guint n_before = read_u16 (font.data + 4), n = 0;
  guint8 directory[HEAD_BYTES + MOST_TABLES * TABLE_BYTES] = { 0 };
  GByteArray *out = g_byte_array_sized_new ((guint) font.length);

  for (guint i = 0; i < n_before; i++)
    n += !is_dropped (font.data + HEAD_BYTES + i * TABLE_BYTES);
  memcpy (directory, font.data, HEAD_BYTES);
  write_u16 (directory + 4, n);
  g_byte_array_set_size (out, HEAD_BYTES + n * TABLE_BYTES);
  n = 0;
  for (guint i = 0; i < n_before; i++)
    {
      const guint8 *tag = font.data + HEAD_BYTES + i * TABLE_BYTES;
      guint8 *entry = directory + HEAD_BYTES + n * TABLE_BYTES;
      guint offset = out->len;
      Part table = memcmp (tag, "glyf", 4) == 0   ? (Part) { glyf->data, glyf->len }
                   : memcmp (tag, "loca", 4) == 0 ? (Part) { loca->data, loca->len }
                                                  : find_table (font, (const char *) tag);

      if (is_dropped (tag))
        continue;
      add_table (out, entry, tag, table);
      if (memcmp (tag, "head", 4) == 0)
        write_u16 (out->data + offset + 50, 1);
      n++;
    }
  memcpy (out->data, directory, HEAD_BYTES + n * TABLE_BYTES);
  return g_byte_array_free_to_bytes (out);
}

/* Returns: (transfer full) (nullable): NULL for a font of another kind, or one that cannot be read */
GBytes *
plt_font_make_plain (GBytes *font)
{
  g_autoptr (GByteArray) glyf = g_byte_array_new ();
  g_autoptr (GByteArray) loca = g_byte_array_new ();
  Part whole;

  whole.data = g_bytes_get_data (font, &whole.length);
  if (whole.length < HEAD_BYTES || read_u32 (whole.data) != 0x00010000
      || read_u16 (whole.data + 4) > MOST_TABLES
      || whole.length < HEAD_BYTES + (gsize) read_u16 (whole.data + 4) * TABLE_BYTES
      || !strip_glyphs (whole, glyf, loca))
    return NULL;
  return write_font (whole, glyf, loca);
}

/* A file without a name, which nobody can change: fontconfig wants a path. */
static char *
write_sealed (GBytes *font)
{
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (font, &length);
  int fd = memfd_create ("font", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  gssize written = 1;

  for (gsize at = 0; fd >= 0 && at < length && written > 0; at += (gsize) written)
    written = write (fd, data + at, length - at);
  if (fd >= 0 && written > 0
      && fcntl (fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0)
    return g_strdup_printf ("/proc/self/fd/%d", fd);
  if (fd >= 0)
    close (fd);
  return NULL;
}

/* @hash: of the file at @path, for which the plain one is kept as long as the program runs.
 *
 * Returns: (transfer full): where the font lies without hinting; @path itself where there is none */
char *
plt_font_dup_plain_path (const char *path,
                         const char *hash)
{
  static GMutex mutex;
  static GHashTable *paths;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) plain = NULL;
  char *plain_path = NULL;

  if (paths == NULL)
    paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (g_hash_table_contains (paths, hash))
    return g_strdup (g_hash_table_lookup (paths, hash));
  file = g_mapped_file_new (path, FALSE, NULL);
  bytes = file != NULL ? g_mapped_file_get_bytes (file) : NULL;
  plain = bytes != NULL ? plt_font_make_plain (bytes) : NULL;
  plain_path = plain != NULL ? write_sealed (plain) : NULL;
  if (plain_path == NULL)
    plain_path = g_strdup (path);
  g_hash_table_insert (paths, g_strdup (hash), plain_path);
  return g_strdup (plain_path);
}
