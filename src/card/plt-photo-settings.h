/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the two files of data/photo have in common: an object of format 1, and how a fault in it is
 * told. Private to this folder. */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  PLT_PHOTO_SETTINGS_CHECKS,
  PLT_PHOTO_SETTINGS_SIZES,
} PltPhotoSettings;

gboolean    plt_photo_settings_fail  (PltPhotoSettings   what,
                                      const char        *name,
                                      const char        *member,
                                      const char        *why,
                                      GError           **error);
JsonParser *plt_photo_settings_parse (PltPhotoSettings   what,
                                      const char        *json,
                                      gssize             length,
                                      const char        *name,
                                      GError           **error);
char       *plt_photo_settings_read  (PltPhotoSettings   what,
                                      const char        *path,
                                      gsize             *length,
                                      GError           **error);
JsonNode   *plt_photo_settings_get   (JsonParser        *settings,
                                      const char        *member,
                                      JsonNodeType       type);

G_END_DECLS
