/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of a layout file: its JSON, and on which line every value of it stands. */
#pragma once

#include <json-glib/json-glib.h>

#include "plt-layout.h"

G_BEGIN_DECLS

typedef struct
{
  char       *file;
  GHashTable *lines; /* path, such as "front.elements[3].width" → line number */
  JsonParser *parser;
  char       *sha256; /* of the file's bytes */
  GPtrArray  *faults; /* (element-type GError) (nullable): where all of them are collected */
} PltLayoutText;

PltLayoutText *plt_layout_text_load     (const char           *file,
                                         GError              **error);
void           plt_layout_text_free     (PltLayoutText        *self);
JsonNode      *plt_layout_text_get_root (PltLayoutText        *self);
gboolean       plt_layout_text_fail     (const PltLayoutText  *self,
                                         const char           *path,
                                         GError              **error,
                                         const char           *format,
                                         ...) G_GNUC_PRINTF (4, 5);
int            plt_layout_text_get_line (const PltLayoutText  *self,
                                         const char           *path);
gboolean       plt_layout_text_go_on    (const PltLayoutText  *self,
                                         GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltLayoutText, plt_layout_text_free)

G_END_DECLS
