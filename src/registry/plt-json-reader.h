/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A strict reader of JSON (RFC 8259) that makes json-glib's nodes. json-glib's own takes each character
 * on its own, and a portrait has 70,000 of them; it recurses without end, knows comments and octal
 * numbers, lets the last of two equal members win and trusts its escapes. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define PLT_JSON_MAX_DEPTH 64

typedef struct
{
  int line;  /* where reading ended, from 1 */
  int twice; /* where an object ends that has a member twice; 0 if there is none */
} PltJsonPlace;

JsonNode *plt_json_reader_read (const char   *text,
                                gsize         length,
                                PltJsonPlace *place);

G_END_DECLS
