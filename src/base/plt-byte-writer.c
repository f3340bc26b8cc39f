/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes and reads the bytes of wire formats: big-endian integers and BER-TLV. */
#include "plt-byte-writer.h"

void
plt_byte_writer_add_u8 (GByteArray *bytes,
                        guint8      value)
{
  g_byte_array_append (bytes, &value, 1);
}

void
plt_byte_writer_add_be16 (GByteArray *bytes,
                          guint16     value)
{
  plt_byte_writer_add_u8 (bytes, (guint8) (value >> 8));
  plt_byte_writer_add_u8 (bytes, (guint8) value);
}

void
plt_byte_writer_add_be32 (GByteArray *bytes,
                          guint32     value)
{
  plt_byte_writer_add_be16 (bytes, (guint16) (value >> 16));
  plt_byte_writer_add_be16 (bytes, (guint16) value);
}

/**
 * plt_byte_writer_add_bcd:
 * @bytes: where to write
 * @digits: an even number of ASCII digits
 *
 * Writes packed decimal, two digits a byte: "19940812" becomes 19 94 08 12.
 */
void
plt_byte_writer_add_bcd (GByteArray *bytes,
                         const char *digits)
{
  for (const char *at = digits; *at != '\0'; at += 2)
    {
      g_return_if_fail (g_ascii_isdigit (at[0]) && g_ascii_isdigit (at[1]));
      plt_byte_writer_add_u8 (bytes, (guint8) ((at[0] - '0') << 4 | (at[1] - '0')));
    }
}

/**
 * plt_byte_writer_add_tlv:
 * @bytes: where to write
 * @tag: one byte (0x61) or two bytes (0x5F1F)
 * @value: the value; may be %NULL when @length is 0
 * @length: at most 65 535
 *
 * Writes a BER-TLV object with the shortest definite length.
 */
void
plt_byte_writer_add_tlv (GByteArray   *bytes,
                         guint         tag,
                         const guint8 *value,
                         gsize         length)
{
  g_return_if_fail (tag <= 0xFFFF && length <= 0xFFFF);

  if (tag > 0xFF)
    plt_byte_writer_add_be16 (bytes, (guint16) tag);
  else
    plt_byte_writer_add_u8 (bytes, (guint8) tag);

  if (length > 0xFF)
    {
      plt_byte_writer_add_u8 (bytes, 0x82);
      plt_byte_writer_add_be16 (bytes, (guint16) length);
    }
  else
    {
      if (length > 0x7F)
        plt_byte_writer_add_u8 (bytes, 0x81);
      plt_byte_writer_add_u8 (bytes, (guint8) length);
    }

  if (length > 0)
    g_byte_array_append (bytes, value, (guint) length);
}

char *
plt_byte_writer_to_hex (const guint8 *bytes,
                        gsize         length)
{
  GString *hex = g_string_sized_new (2 * length);

  for (gsize i = 0; i < length; i++)
    g_string_append_printf (hex, "%02x", bytes[i]);

  return g_string_free (hex, FALSE);
}

PltByteReader
plt_byte_reader_init (const guint8 *data,
                      gsize         length)
{
  return (PltByteReader) { data, length, 0 };
}

gsize
plt_byte_reader_left (PltByteReader *self)
{
  return self->length - self->position;
}

gboolean
plt_byte_reader_take_u8 (PltByteReader *self,
                         guint8        *value)
{
  if (plt_byte_reader_left (self) < 1)
    return FALSE;

  *value = self->data[self->position++];

  return TRUE;
}

gboolean
plt_byte_reader_take_be16 (PltByteReader *self,
                           guint16       *value)
{
  guint8 high;
  guint8 low;

  if (plt_byte_reader_left (self) < 2 ||
      !plt_byte_reader_take_u8 (self, &high) || !plt_byte_reader_take_u8 (self, &low))
    return FALSE;

  *value = (guint16) (high << 8 | low);

  return TRUE;
}

/**
 * plt_byte_reader_take:
 * @self: a reader
 * @length: how many bytes
 * @part: (out): a reader of exactly these bytes, which stay @self's owner's
 *
 * Returns: %FALSE, with nothing taken, when fewer are left
 */
gboolean
plt_byte_reader_take (PltByteReader *self,
                      gsize          length,
                      PltByteReader *part)
{
  if (plt_byte_reader_left (self) < length)
    return FALSE;

  *part = plt_byte_reader_init (self->data + self->position, length);
  self->position += length;

  return TRUE;
}

static gboolean
take_tag (PltByteReader *self,
          guint         *tag)
{
  guint8 first;
  guint8 second;

  if (!plt_byte_reader_take_u8 (self, &first))
    return FALSE;
  *tag = first;
  if ((first & 0x1F) != 0x1F)
    return TRUE;

  if (!plt_byte_reader_take_u8 (self, &second) || (second & 0x80) != 0)
    return FALSE;
  *tag = (guint) first << 8 | second;

  return TRUE;
}

static gboolean
take_length (PltByteReader *self,
             gsize         *length)
{
  guint8 first;
  guint8 one;
  guint16 two;

  if (!plt_byte_reader_take_u8 (self, &first))
    return FALSE;
  if (first < 0x80)
    *length = first;
  else if (first == 0x81 && plt_byte_reader_take_u8 (self, &one))
    *length = one;
  else if (first == 0x82 && plt_byte_reader_take_be16 (self, &two))
    *length = two;
  else
    return FALSE;

  return TRUE;
}

/**
 * plt_byte_reader_take_tlv:
 * @self: a reader
 * @tag: (out): the tag, one byte or two
 * @value: (out): a reader of the value
 *
 * Takes one BER-TLV object. Indefinite lengths, lengths over 65 535, tags of three bytes and
 * objects that reach over the end are refused.
 *
 * Returns: %FALSE, with nothing taken, when no whole object follows
 */
gboolean
plt_byte_reader_take_tlv (PltByteReader *self,
                          guint         *tag,
                          PltByteReader *value)
{
  PltByteReader ahead = *self;
  gsize length;

  if (!take_tag (&ahead, tag) || !take_length (&ahead, &length) ||
      !plt_byte_reader_take (&ahead, length, value))
    return FALSE;

  *self = ahead;

  return TRUE;
}
