/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one code on a drawn card says, read back from the finished raster and compared with the record. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define PLT_TYPE_CODE_READING (plt_code_reading_get_type ())
G_DECLARE_FINAL_TYPE (PltCodeReading, plt_code_reading, PLT, CODE_READING, GObject)

PltCodeReading *plt_code_reading_new         (const char     *title,
                                              guint           page,
                                              GPtrArray      *fields,
                                              const char     *why_not);
const char     *plt_code_reading_get_title   (PltCodeReading *self);
guint           plt_code_reading_get_page    (PltCodeReading *self);
GPtrArray      *plt_code_reading_get_fields  (PltCodeReading *self);
gboolean        plt_code_reading_agrees      (PltCodeReading *self);
char           *plt_code_reading_dup_summary (PltCodeReading *self);

G_END_DECLS
