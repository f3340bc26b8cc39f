/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the files of which a layout is made, bounded: plain files of its own folder or of the folder
 * “shared” beside it, and nothing that a link would lead to elsewhere. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GBytes   *plt_layout_read_file     (const char  *path,
                                    gsize        most,
                                    char       **problem);
gboolean  plt_layout_find_own_file (const char  *layout_file,
                                    const char  *name,
                                    char       **path,
                                    char       **problem);
GBytes   *plt_layout_read_own_file (const char  *layout_file,
                                    const char  *name,
                                    gsize        most,
                                    char       **path,
                                    char       **problem);

G_END_DECLS
