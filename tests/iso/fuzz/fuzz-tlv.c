/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds a fuzzer's bytes to the reader of BER-TLV; what it takes lies within the bytes, and comes out
 * the same when it is written and read again. */
#include "fuzz-key.h"
#include "plt-byte-writer.h"

#include <string.h>

#define MAX_DEPTH 16

static void
check_again (guint                tag,
             const PltByteReader *value)
{
  g_autoptr (GByteArray) written = g_byte_array_new ();
  PltByteReader reader;
  PltByteReader again;
  guint tag_again;

  if (value->length > G_MAXUINT16)
    return;
  plt_byte_writer_add_tlv (written, tag, value->data, value->length);
  reader = plt_byte_reader_init (written->data, written->len);
  g_assert_true (plt_byte_reader_take_tlv (&reader, &tag_again, &again));
  g_assert_cmpuint (tag_again, ==, tag);
  g_assert_cmpmem (again.data, again.length, value->data, value->length);
  g_assert_cmpuint (plt_byte_reader_left (&reader), ==, 0);
}

static void
read_objects (PltByteReader reader,
              int           depth)
{
  guint tag;
  PltByteReader value;

  while (plt_byte_reader_take_tlv (&reader, &tag, &value))
    {
      g_assert_true (value.data >= reader.data &&
                     value.data + value.length <= reader.data + reader.length);
      check_again (tag, &value);
      if (depth < MAX_DEPTH)
        read_objects (value, depth + 1);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         length)
{
  read_objects (plt_byte_reader_init (data, length), 0);

  return 0;
}
