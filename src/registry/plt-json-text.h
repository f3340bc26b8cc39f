/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turns text from outside into JSON nodes. */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonNode *plt_json_text_parse (const char  *text,
                               gsize        length,
                               GError     **error);
JsonNode *plt_json_text_find  (JsonNode    *root,
                               const char  *pointer);
gboolean  plt_json_pointer_is_valid (const char *pointer);

G_END_DECLS
