/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ZIP archives, one file after the other: neither writing nor reading needs more memory than one of
 * them. Private to this folder. Blocks. */
#pragma once

#include "plt-iso-error.h"

G_BEGIN_DECLS

typedef struct _PltArchiveWriter PltArchiveWriter;

/* Everything is stored as it is and without a time, so that the same files give the same bytes. The file
 * appears under its name when it is whole, and until then not at all. */
PltArchiveWriter *plt_archive_writer_new    (const char         *path,
                                             GError            **error);
gboolean          plt_archive_writer_add    (PltArchiveWriter   *self,
                                             const char         *name,
                                             GBytes             *bytes,
                                             GError            **error);
gboolean          plt_archive_writer_end    (PltArchiveWriter   *self,
                                             char              **sha256,
                                             GError            **error);
gboolean          plt_archive_writer_keep   (PltArchiveWriter   *self,
                                             GError            **error);
void              plt_archive_writer_free   (PltArchiveWriter   *self);

typedef struct _PltArchiveReader PltArchiveReader;

gboolean          plt_archive_is_zip        (GBytes             *bytes);
PltArchiveReader *plt_archive_reader_new    (GBytes             *bytes,
                                             GError            **error);
PltArchiveReader *plt_archive_reader_open   (const char         *path,
                                             GError            **error);
gboolean          plt_archive_reader_next   (PltArchiveReader   *self,
                                             GError            **error);
const char       *plt_archive_reader_get    (PltArchiveReader   *self);
GBytes           *plt_archive_reader_read   (PltArchiveReader   *self,
                                             gsize               limit,
                                             GError            **error);
void              plt_archive_reader_free   (PltArchiveReader   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltArchiveWriter, plt_archive_writer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltArchiveReader, plt_archive_reader_free)

G_END_DECLS
