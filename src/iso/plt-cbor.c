/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes and reads CBOR items (RFC 8949) through libcbor's low-level encoder and decoder. */
#include "plt-cbor.h"

#include <cbor.h>
#include <string.h>

#define HEAD_LENGTH 9
#define MAX_DEPTH 8

void
plt_cbor_add_int (GByteArray *bytes,
                  gint64      value)
{
  guint8 head[HEAD_LENGTH];
  gsize length = value >= 0 ? cbor_encode_uint ((guint64) value, head, sizeof head)
                            : cbor_encode_negint ((guint64) (-1 - value), head, sizeof head);

  g_byte_array_append (bytes, head, (guint) length);
}

void
plt_cbor_add_text (GByteArray *bytes,
                   const char *text)
{
  guint8 head[HEAD_LENGTH];
  gsize length = strlen (text);

  g_byte_array_append (bytes, head, (guint) cbor_encode_string_start (length, head, sizeof head));
  g_byte_array_append (bytes, (const guint8 *) text, (guint) length);
}

void
plt_cbor_add_bytes (GByteArray    *bytes,
                    gconstpointer  data,
                    gsize          length)
{
  guint8 head[HEAD_LENGTH];

  g_byte_array_append (bytes, head,
                       (guint) cbor_encode_bytestring_start (length, head, sizeof head));
  if (length > 0)
    g_byte_array_append (bytes, data, (guint) length);
}

void
plt_cbor_add_array (GByteArray *bytes,
                    gsize       n_items)
{
  guint8 head[HEAD_LENGTH];

  g_byte_array_append (bytes, head, (guint) cbor_encode_array_start (n_items, head, sizeof head));
}

void
plt_cbor_add_map (GByteArray *bytes,
                  gsize       n_pairs)
{
  guint8 head[HEAD_LENGTH];

  g_byte_array_append (bytes, head, (guint) cbor_encode_map_start (n_pairs, head, sizeof head));
}

void
plt_cbor_add_bool (GByteArray *bytes,
                   gboolean    value)
{
  guint8 head[HEAD_LENGTH];

  g_byte_array_append (bytes, head, (guint) cbor_encode_bool (value != FALSE, head, sizeof head));
}

void
plt_cbor_add_tag (GByteArray *bytes,
                  guint64     tag)
{
  guint8 head[HEAD_LENGTH];

  g_byte_array_append (bytes, head, (guint) cbor_encode_tag (tag, head, sizeof head));
}

static void
set_number (PltCborItem *item,
            PltCborKind  kind,
            guint64      value,
            gboolean     negative)
{
  if (value > G_MAXINT64)
    return;
  item->kind = kind;
  item->value = negative ? -1 - (gint64) value : (gint64) value;
}

static void
uint8_cb (void    *context,
          uint8_t  value)
{
  set_number (context, PLT_CBOR_INT, value, FALSE);
}

static void
uint16_cb (void     *context,
           uint16_t  value)
{
  set_number (context, PLT_CBOR_INT, value, FALSE);
}

static void
uint32_cb (void     *context,
           uint32_t  value)
{
  set_number (context, PLT_CBOR_INT, value, FALSE);
}

static void
uint64_cb (void     *context,
           uint64_t  value)
{
  set_number (context, PLT_CBOR_INT, value, FALSE);
}

static void
negint8_cb (void    *context,
            uint8_t  value)
{
  set_number (context, PLT_CBOR_INT, value, TRUE);
}

static void
negint16_cb (void     *context,
             uint16_t  value)
{
  set_number (context, PLT_CBOR_INT, value, TRUE);
}

static void
negint32_cb (void     *context,
             uint32_t  value)
{
  set_number (context, PLT_CBOR_INT, value, TRUE);
}

static void
negint64_cb (void     *context,
             uint64_t  value)
{
  set_number (context, PLT_CBOR_INT, value, TRUE);
}

static void
string_cb (void      *context,
           cbor_data  data,
           size_t     length)
{
  PltCborItem *item = context;

  item->kind = PLT_CBOR_TEXT;
  item->data = data;
  item->length = length;
}

static void
bytes_cb (void      *context,
          cbor_data  data,
          size_t     length)
{
  string_cb (context, data, length);
  ((PltCborItem *) context)->kind = PLT_CBOR_BYTES;
}

static void
array_cb (void   *context,
          size_t  n_items)
{
  set_number (context, PLT_CBOR_ARRAY, n_items, FALSE);
}

static void
map_cb (void   *context,
        size_t  n_pairs)
{
  set_number (context, PLT_CBOR_MAP, n_pairs, FALSE);
}

static void
tag_cb (void     *context,
        uint64_t  tag)
{
  set_number (context, PLT_CBOR_TAG, tag, FALSE);
}

static void
float_cb (void  *context,
          float  value)
{
  ((PltCborItem *) context)->kind = PLT_CBOR_OTHER;
}

static void
double_cb (void   *context,
           double  value)
{
  ((PltCborItem *) context)->kind = PLT_CBOR_OTHER;
}

static void
boolean_cb (void *context,
            bool  value)
{
  set_number (context, PLT_CBOR_BOOL, value, FALSE);
}

static void
null_cb (void *context)
{
  ((PltCborItem *) context)->kind = PLT_CBOR_OTHER;
}

/* Indefinite lengths have no callback here: they leave the item without a kind, which refuses
 * them. A writer of tokens knows its lengths. */
static struct cbor_callbacks
make_callbacks (void)
{
  struct cbor_callbacks callbacks = cbor_empty_callbacks;

  callbacks.uint8 = uint8_cb;
  callbacks.uint16 = uint16_cb;
  callbacks.uint32 = uint32_cb;
  callbacks.uint64 = uint64_cb;
  callbacks.negint8 = negint8_cb;
  callbacks.negint16 = negint16_cb;
  callbacks.negint32 = negint32_cb;
  callbacks.negint64 = negint64_cb;
  callbacks.string = string_cb;
  callbacks.byte_string = bytes_cb;
  callbacks.array_start = array_cb;
  callbacks.map_start = map_cb;
  callbacks.tag = tag_cb;
  callbacks.float2 = float_cb;
  callbacks.float4 = float_cb;
  callbacks.float8 = double_cb;
  callbacks.boolean = boolean_cb;
  callbacks.null = null_cb;
  callbacks.undefined = null_cb;

  return callbacks;
}

/* Up to version 0.8, libcbor's decoder refuses the tags 6 to 20, which had no meaning when it was
 * written; COSE_Sign1 is 18. */
static gboolean
take_small_tag (PltCborReader *self,
                PltCborItem   *item)
{
  guint8 head = self->data[self->position];

  if (head < 0xC0 || head > 0xD7)
    return FALSE;
  set_number (item, PLT_CBOR_TAG, head & 0x1F, FALSE);
  self->position++;

  return TRUE;
}

/* A length or number has one shortest form (RFC 8949, 4.1); two readers could otherwise disagree on
 * what was signed. The values of floats have several by nature and are nowhere used. */
static gboolean
has_shortest_head (const PltCborItem *item,
                   gsize              read)
{
  guint64 number = (guint64) item->value;
  guint8 head[HEAD_LENGTH];

  if (item->kind == PLT_CBOR_BOOL || item->kind == PLT_CBOR_OTHER)
    return TRUE;
  if (item->kind == PLT_CBOR_TEXT || item->kind == PLT_CBOR_BYTES)
    number = item->length;
  else if (item->value < 0)
    number = (guint64) (-1 - item->value);

  return cbor_encode_uint (number, head, sizeof head) == read - item->length;
}

/**
 * plt_cbor_take:
 * @self: a reader
 * @item: (out): the next item; of an array, map or tag its head alone
 *
 * Returns: %FALSE when no well-formed item of definite length and shortest head follows
 */
gboolean
plt_cbor_take (PltCborReader *self,
               PltCborItem   *item)
{
  struct cbor_callbacks callbacks = make_callbacks ();
  struct cbor_decoder_result result;

  *item = (PltCborItem) { 0 };
  if (plt_cbor_at_end (self))
    return FALSE;
  if (take_small_tag (self, item))
    return TRUE;
  result = cbor_stream_decode (self->data + self->position, self->length - self->position,
                               &callbacks, item);
  if (result.status != CBOR_DECODER_FINISHED || item->kind == PLT_CBOR_NONE ||
      !has_shortest_head (item, result.read))
    return FALSE;
  self->position += result.read;

  return TRUE;
}

gboolean
plt_cbor_take_kind (PltCborReader *self,
                    PltCborKind    kind,
                    PltCborItem   *item)
{
  return plt_cbor_take (self, item) && item->kind == kind;
}

/**
 * plt_cbor_take_text:
 * @self: a reader
 *
 * Returns: (transfer full) (nullable): the next item, which must be text of valid UTF-8 without
 *   a NUL character
 */
char *
plt_cbor_take_text (PltCborReader *self)
{
  PltCborItem item;

  if (!plt_cbor_take_kind (self, PLT_CBOR_TEXT, &item) ||
      !g_utf8_validate_len ((const char *) item.data, item.length, NULL))
    return NULL;

  return g_strndup ((const char *) item.data, item.length);
}

static gboolean skip_at_depth (PltCborReader *self,
                               int            depth);

static GHashTable *
new_keys (void)
{
  return g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
}

/* What stands in @self from @start to where it is now; with shortest heads, equal keys have equal
 * bytes. */
static gboolean
is_new_key (GHashTable    *keys,
            PltCborReader *self,
            gsize          start)
{
  return g_hash_table_add (keys, g_bytes_new_static (self->data + start, self->position - start));
}

static gboolean
skip_items (PltCborReader *self,
            gint64         n_items,
            int            depth)
{
  for (gint64 i = 0; i < n_items; i++)
    if (!skip_at_depth (self, depth))
      return FALSE;

  return TRUE;
}

static gboolean
skip_pairs (PltCborReader *self,
            gint64         n_pairs,
            int            depth)
{
  g_autoptr (GHashTable) keys = new_keys ();

  for (gint64 i = 0; i < n_pairs; i++)
    {
      gsize start = self->position;

      if (!skip_at_depth (self, depth) || !is_new_key (keys, self, start) ||
          !skip_at_depth (self, depth))
        return FALSE;
    }

  return TRUE;
}

static gboolean
skip_at_depth (PltCborReader *self,
               int            depth)
{
  PltCborItem item;

  if (depth > MAX_DEPTH || !plt_cbor_take (self, &item))
    return FALSE;
  switch (item.kind)
    {
    case PLT_CBOR_TAG:
      return skip_at_depth (self, depth + 1);
    case PLT_CBOR_ARRAY:
      return skip_items (self, item.value, depth + 1);
    case PLT_CBOR_MAP:
      return skip_pairs (self, item.value, depth + 1);
    case PLT_CBOR_TEXT:
      return g_utf8_validate_len ((const char *) item.data, item.length, NULL);
    case PLT_CBOR_NONE:
    case PLT_CBOR_INT:
    case PLT_CBOR_BYTES:
    case PLT_CBOR_BOOL:
    case PLT_CBOR_OTHER:
    default:
      return TRUE;
    }
}

/**
 * plt_cbor_skip:
 * @self: a reader
 *
 * Returns: whether a whole item, nested at most eight deep and without a doubled key, was passed over
 */
gboolean
plt_cbor_skip (PltCborReader *self)
{
  return skip_at_depth (self, 0);
}

/**
 * plt_cbor_take_part:
 * @self: a reader
 * @part: (out): a reader of the next item alone
 *
 * Returns: as plt_cbor_skip()
 */
gboolean
plt_cbor_take_part (PltCborReader *self,
                    PltCborReader *part)
{
  gsize start = self->position;

  if (!plt_cbor_skip (self))
    return FALSE;
  *part = (PltCborReader) { self->data + start, self->position - start, 0 };

  return TRUE;
}

/**
 * plt_cbor_take_inner:
 * @self: a reader
 * @inner: (out): a reader of what the next item, a byte string, holds
 *
 * Returns: whether there was one
 */
gboolean
plt_cbor_take_inner (PltCborReader *self,
                     PltCborReader *inner)
{
  PltCborItem item;

  if (!plt_cbor_take_kind (self, PLT_CBOR_BYTES, &item))
    return FALSE;
  *inner = (PltCborReader) { item.data, item.length, 0 };

  return TRUE;
}

/**
 * plt_cbor_take_tag:
 * @self: a reader
 * @tag: its number
 *
 * Returns: whether this very tag stood next
 */
gboolean
plt_cbor_take_tag (PltCborReader *self,
                   gint64         tag)
{
  PltCborItem item;

  return plt_cbor_take_kind (self, PLT_CBOR_TAG, &item) && item.value == tag;
}

/**
 * plt_cbor_is_text:
 * @item: an item
 * @text: a word
 *
 * Returns: whether @item is this text
 */
gboolean
plt_cbor_is_text (const PltCborItem *item,
                  const char        *text)
{
  return item->kind == PLT_CBOR_TEXT && item->length == strlen (text) &&
         (item->length == 0 || memcmp (item->data, text, item->length) == 0);
}

/**
 * plt_cbor_take_map:
 * @self: a reader
 * @take_value: (scope call): takes the value of one key from the reader
 * @user_data: for it
 *
 * Keys are integers or texts. A doubled key is refused: two readers could each take another one of
 * the values.
 *
 * Returns: whether a whole map was read and @take_value took every value
 */
gboolean
plt_cbor_take_map (PltCborReader    *self,
                   PltCborTakeValue  take_value,
                   gpointer          user_data)
{
  g_autoptr (GHashTable) keys = new_keys ();
  PltCborItem map;
  PltCborItem key;

  if (!plt_cbor_take_kind (self, PLT_CBOR_MAP, &map))
    return FALSE;
  for (gint64 i = 0; i < map.value; i++)
    {
      gsize start = self->position;

      if (!plt_cbor_take (self, &key) || !is_new_key (keys, self, start) ||
          (key.kind != PLT_CBOR_INT && key.kind != PLT_CBOR_TEXT) ||
          !take_value (user_data, &key, self))
        return FALSE;
    }

  return TRUE;
}

gboolean
plt_cbor_at_end (PltCborReader *self)
{
  return self->position >= self->length;
}
