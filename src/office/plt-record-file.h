/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A register's records as a file of comma-separated values (RFC 4180, UTF-8). Its first line names
 * the columns: the nicks of our fields (plt-source.h) and of what a record has several of
 * (plt-person-record.h), those with “|” between them, and “name” for “Berg, Anna” in one; other columns
 * are passed over. The records stay in the file and are read when they are wanted. */
#pragma once

#include <gio/gio.h>

#include "plt-person-record.h"

G_BEGIN_DECLS

typedef struct _PltRecordFile PltRecordFile;

/* @path: a file, a pipe, or "-" for standard input; what is no file, which is kept in memory, up to half of it.
 * Blocks; for commands. Errors are PLT_OFFICE_ERROR_INVALID and name the line. */
PltRecordFile   *plt_record_file_open  (const char     *path,
                                        GError        **error);
void             plt_record_file_free  (PltRecordFile  *self);
guint            plt_record_file_get_n (PltRecordFile  *self);
/* (transfer full) (nullable): the record at @position, from 0. */
PltPersonRecord *plt_record_file_read  (PltRecordFile  *self,
                                        guint           position,
                                        GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltRecordFile, plt_record_file_free)

G_END_DECLS
