/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A photograph in a file, without an application: what the checks say of it, and the best that a budget of
 * bytes has room for. Both take long. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* JSON: {file, verdict (good|doubtful|bad), covered, checks: [{check, verdict, measured, text, cure}], bytes: of
 * what would be stored, or NULL with cure}. @is_covered: the head is, and it was allowed. (transfer full) */
char   *plt_photo_file_check (GBytes       *data,
                              const char   *name,
                              gboolean      is_covered,
                              GError      **error);
/* A JPEG. @use: "record", "card", "mobile", "chip" or "barcode" of photo/budgets.json; @max_bytes, @max_width: 0: of
 * that use. A picture that is no portrait of 35:45 yet is cut about the face first. @quality: (out). Errors:
 * PLT_OFFICE_ERROR_INVALID where it is no picture or no face fits in so few bytes. (transfer full) */
GBytes *plt_photo_file_fit   (GBytes       *data,
                              const char   *name,
                              const char   *use,
                              gint64        max_bytes,
                              int           max_width,
                              int          *quality,
                              GError      **error);

G_END_DECLS
