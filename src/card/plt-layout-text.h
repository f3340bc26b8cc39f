/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of a layout file: its JSON, on which line every value of it stands, and what is wrong with
 * it. A reader that meets a fault notes it down and goes on, so that a file is mended in one go. */
#pragma once

#include <json-glib/json-glib.h>

#include "plt-layout.h"

G_BEGIN_DECLS

typedef struct _PltLayoutFaults PltLayoutFaults;

typedef struct
{
  char            *file;
  GHashTable      *lines; /* path, such as "front[3].width" → line number */
  JsonParser      *parser;
  char            *sha256; /* of the file's bytes */
  PltLayoutFaults *faults;
} PltLayoutText;

PltLayoutText *plt_layout_text_load        (const char           *file,
                                            GError              **error);
void           plt_layout_text_free        (PltLayoutText        *self);
JsonNode      *plt_layout_text_get_root    (PltLayoutText        *self);
int            plt_layout_text_get_line    (const PltLayoutText  *self,
                                            const char           *path);
gboolean       plt_layout_text_fail        (const PltLayoutText  *self,
                                            const char           *path,
                                            const char           *format,
                                            ...) G_GNUC_PRINTF (3, 4);
gboolean       plt_layout_text_lack        (const PltLayoutText  *self,
                                            const char           *path,
                                            const char           *format,
                                            ...) G_GNUC_PRINTF (3, 4);
void           plt_layout_text_take_faults (const PltLayoutText  *self,
                                            const char           *path,
                                            GPtrArray            *faults);
guint          plt_layout_text_count       (const PltLayoutText  *self);
gboolean       plt_layout_text_end         (const PltLayoutText  *self,
                                            GError              **error);
GPtrArray     *plt_layout_text_dup_faults  (const PltLayoutText  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltLayoutText, plt_layout_text_free)

G_END_DECLS
