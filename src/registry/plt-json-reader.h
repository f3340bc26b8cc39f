/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads JSON (RFC 8259) strictly into json-glib's nodes. json-glib's own reader takes each character on
 * its own, and a portrait has 70,000 of them; it recurses without end, knows comments and octal numbers,
 * lets the last of two equal members win and trusts its escapes. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define PLT_JSON_MAX_DEPTH 64

typedef enum
{
  PLT_JSON_FAULT_NONE,
  PLT_JSON_FAULT_EMPTY,
  PLT_JSON_FAULT_ENCODING, /* bytes that are no UTF-8 */
  PLT_JSON_FAULT_TEXT,     /* a text without an end, or a control character in it */
  PLT_JSON_FAULT_DEPTH,
  PLT_JSON_FAULT_TWICE,    /* an object has a member twice */
  PLT_JSON_FAULT_FORM,     /* any other, and what no node can hold: half a surrogate pair, NUL, a number
                            * too large for 64 bits */
} PltJsonFault;

JsonNode *plt_json_reader_read      (const char   *text,
                                     gsize         length,
                                     PltJsonFault *fault);
int       plt_json_reader_find_line (const char   *text,
                                     gsize         length,
                                     PltJsonFault  fault);

G_END_DECLS
