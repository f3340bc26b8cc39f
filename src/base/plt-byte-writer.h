/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes for wire formats: big-endian integers and BER-TLV (ISO/IEC 8825-1, definite lengths, tags
 * of one or two bytes), written to a GByteArray and read within fixed bounds. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void      plt_byte_writer_add_u8    (GByteArray    *bytes,
                                     guint8         value);
void      plt_byte_writer_add_be16  (GByteArray    *bytes,
                                     guint16        value);
void      plt_byte_writer_add_be32  (GByteArray    *bytes,
                                     guint32        value);
void      plt_byte_writer_add_bcd   (GByteArray    *bytes,
                                     const char    *digits);
void      plt_byte_writer_add_tlv   (GByteArray    *bytes,
                                     guint          tag,
                                     const guint8  *value,
                                     gsize          length);

/* (transfer full): two lower-case digits a byte */
char     *plt_byte_writer_to_hex    (const guint8  *bytes,
                                     gsize          length);

/* Reads what it does not own; a plain value, copied to look ahead. */
typedef struct
{
  const guint8 *data;
  gsize         length;
  gsize         position;
} PltByteReader;

PltByteReader plt_byte_reader_init      (const guint8   *data,
                                         gsize           length);
gsize         plt_byte_reader_left      (PltByteReader  *self);
gboolean      plt_byte_reader_take_u8   (PltByteReader  *self,
                                         guint8         *value);
gboolean      plt_byte_reader_take_be16 (PltByteReader  *self,
                                         guint16        *value);
gboolean      plt_byte_reader_take      (PltByteReader  *self,
                                         gsize           length,
                                         PltByteReader  *part);
gboolean      plt_byte_reader_take_tlv  (PltByteReader  *self,
                                         guint          *tag,
                                         PltByteReader  *value);

G_END_DECLS
