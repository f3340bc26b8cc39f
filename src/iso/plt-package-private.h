/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files that write and read personalisation packages share. Private to this folder. */
#pragma once

#include "plt-package.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define PLT_PACKAGE_FORMAT "platen-personalisation-package"

const char *plt_package_kind_to_nick (PltPackageFileKind   kind);
char       *plt_package_dup_path     (const char          *card,
                                      PltPackageFileKind   kind,
                                      guint                number);

/* plt-package-json.c: what others wrote. Each NULL or FALSE where the member is missing or of another
 * type; texts are of ASCII without control characters, and at most PLT_PACKAGE_MAX_TEXT long. */
#define PLT_PACKAGE_MAX_TEXT 200

JsonNode   *plt_package_json_parse   (GBytes              *json,
                                      gsize                limit,
                                      GError             **error);
JsonObject *plt_package_json_object  (JsonNode            *node);
const char *plt_package_json_text    (JsonObject          *object,
                                      const char          *name);
gboolean    plt_package_json_number  (JsonObject          *object,
                                      const char          *name,
                                      gint64              *number);
JsonArray  *plt_package_json_array   (JsonObject          *object,
                                      const char          *name);
gboolean    plt_package_is_sha256    (const char          *text);

G_END_DECLS
