/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that is there whole, or not at all: it has no name until it is written and on the disk. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _PltNewFile PltNewFile;

PltNewFile *plt_new_file_begin  (const char  *path,
                                 guint        mode,
                                 GError     **error);
int         plt_new_file_get_fd (PltNewFile  *self);
gboolean    plt_new_file_write  (PltNewFile  *self,
                                 const void  *data,
                                 gsize        length,
                                 GError     **error);
gboolean    plt_new_file_end    (PltNewFile  *self,
                                 GError     **error);
gboolean    plt_new_file_keep   (PltNewFile  *self,
                                 GError     **error);
void        plt_new_file_free   (PltNewFile  *self);

gboolean    plt_new_file_put    (const char  *path,
                                 guint        mode,
                                 const void  *data,
                                 gsize        length,
                                 GError     **error);
gboolean    plt_new_file_fail   (const char  *path,
                                 int          code,
                                 GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltNewFile, plt_new_file_free)

G_END_DECLS
