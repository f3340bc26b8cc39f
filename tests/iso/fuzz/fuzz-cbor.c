/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds a fuzzer's bytes to the reader of CBOR: every item lies within the bytes, none is taken twice,
 * and to skip one is to go over it. */
#include "fuzz-key.h"
#include "plt-cbor.h"

static void
check_text (PltCborReader reader)
{
  g_autofree char *text = plt_cbor_take_text (&reader);

  if (text != NULL)
    g_assert_true (g_utf8_validate (text, -1, NULL));
}

static void
check_skip (PltCborReader reader)
{
  const gsize before = reader.position;

  if (plt_cbor_skip (&reader))
    g_assert_cmpuint (reader.position, >, before);
  g_assert_cmpuint (reader.position, <=, reader.length);
}

static void
check_within (const PltCborReader *reader,
              const PltCborItem   *item)
{
  if (item->kind == PLT_CBOR_TEXT || item->kind == PLT_CBOR_BYTES)
    g_assert_true (item->data >= reader->data &&
                   item->data + item->length <= reader->data + reader->position);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         length)
{
  PltCborReader reader = { data, length, 0 };
  PltCborReader before = reader;
  PltCborItem item;

  check_skip (reader);
  check_text (reader);
  while (plt_cbor_take (&reader, &item))
    {
      g_assert_cmpint (item.kind, !=, PLT_CBOR_NONE);
      g_assert_cmpuint (reader.position, >, before.position);
      g_assert_cmpuint (reader.position, <=, length);
      check_within (&reader, &item);
      if (item.kind == PLT_CBOR_TEXT)
        check_text (before);
      before = reader;
    }

  return 0;
}
