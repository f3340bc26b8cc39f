/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CBOR (RFC 8949) as ISO/IEC 18013-5, 8.1, and tokens want it: definite lengths and shortest heads,
 * written and insisted upon, no key twice. Read item by item without allocating what a hostile
 * length claims. Private to this folder. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void     plt_cbor_add_int   (GByteArray    *bytes,
                             gint64         value);
void     plt_cbor_add_text  (GByteArray    *bytes,
                             const char    *text);
void     plt_cbor_add_bytes (GByteArray    *bytes,
                             gconstpointer  data,
                             gsize          length);
void     plt_cbor_add_array (GByteArray    *bytes,
                             gsize          n_items);
void     plt_cbor_add_map   (GByteArray    *bytes,
                             gsize          n_pairs);
void     plt_cbor_add_tag   (GByteArray    *bytes,
                             guint64        tag);
void     plt_cbor_add_bool  (GByteArray    *bytes,
                             gboolean       value);

typedef enum
{
  PLT_CBOR_NONE,   /* end of the bytes, or no well-formed item */
  PLT_CBOR_INT,
  PLT_CBOR_TEXT,
  PLT_CBOR_BYTES,
  PLT_CBOR_ARRAY,
  PLT_CBOR_MAP,
  PLT_CBOR_TAG,
  PLT_CBOR_BOOL,
  PLT_CBOR_OTHER,  /* floats, null, undefined */
} PltCborKind;

typedef struct
{
  PltCborKind   kind;
  gint64        value;  /* of an integer, boolean or tag; items of an array, pairs of a map */
  const guint8 *data;   /* of text and bytes; the reader's owner's */
  gsize         length;
} PltCborItem;

typedef struct
{
  const guint8 *data;
  gsize         length;
  gsize         position;
} PltCborReader;

/* Takes the value of @key, all of it; FALSE refuses the map. */
typedef gboolean (*PltCborTakeValue) (gpointer           user_data,
                                      const PltCborItem *key,
                                      PltCborReader     *reader);

gboolean plt_cbor_take       (PltCborReader     *self,
                              PltCborItem       *item);
gboolean plt_cbor_take_kind  (PltCborReader     *self,
                              PltCborKind        kind,
                              PltCborItem       *item);
gboolean plt_cbor_take_tag   (PltCborReader     *self,
                              gint64             tag);
char    *plt_cbor_take_text  (PltCborReader     *self);
gboolean plt_cbor_take_map   (PltCborReader     *self,
                              PltCborTakeValue   take_value,
                              gpointer           user_data);
gboolean plt_cbor_take_part  (PltCborReader     *self,
                              PltCborReader     *part);
gboolean plt_cbor_take_inner (PltCborReader     *self,
                              PltCborReader     *inner);
gboolean plt_cbor_is_text    (const PltCborItem *item,
                              const char        *text);
gboolean plt_cbor_skip       (PltCborReader     *self);
gboolean plt_cbor_at_end     (PltCborReader     *self);

G_END_DECLS
