/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Long texts of a document are laid aside while json-glib reads the rest: its scanner takes each
 * character on its own, and a portrait has 70,000 of them. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Shorter ones cost less in the parser than they would here. */
#define PLT_JSON_ASIDE_MIN_BYTES 1024

typedef struct _PltJsonAside PltJsonAside;

PltJsonAside *plt_json_aside_new      (const char   *text,
                                       gsize         length);
void          plt_json_aside_free     (PltJsonAside *self);
void          plt_json_aside_add      (PltJsonAside *self,
                                       const char   *start,
                                       const char   *end);
const char   *plt_json_aside_get_rest (PltJsonAside *self,
                                       gsize        *length);
void          plt_json_aside_put_back (PltJsonAside *self,
                                       JsonNode     *root);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltJsonAside, plt_json_aside_free)

G_END_DECLS
