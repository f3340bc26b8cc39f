/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A PDF cut into its objects, so that what was written once for a layout can be put into the file of
 * each card. It reads what cairo and libqpdf write here and nothing else: a plain table of
 * cross-references, one object after the other. It judges nothing; that is libqpdf's work. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *text;   /* from "<<" or whatever the object is to before "endobj" */
  gsize       length;
} PltPdfObject;

typedef struct _PltPdfObjects PltPdfObjects;

PltPdfObjects      *plt_pdf_objects_read         (GBytes              *pdf);
void                plt_pdf_objects_free         (PltPdfObjects       *self);
guint               plt_pdf_objects_get_size     (PltPdfObjects       *self);
const PltPdfObject *plt_pdf_objects_get          (PltPdfObjects       *self,
                                                  guint                id);
void                plt_pdf_objects_take         (PltPdfObjects       *self,
                                                  guint                id,
                                                  GBytes              *bytes);
const guint        *plt_pdf_objects_get_order    (PltPdfObjects       *self,
                                                  guint               *n_objects);
guint               plt_pdf_objects_get_root     (PltPdfObjects       *self);
guint               plt_pdf_objects_get_info     (PltPdfObjects       *self);
const char         *plt_pdf_objects_get_id       (PltPdfObjects       *self,
                                                  gsize               *length);
GArray             *plt_pdf_objects_list_pages   (PltPdfObjects       *self);

guint               plt_pdf_object_get_reference (const PltPdfObject  *object,
                                                  const char          *key);
gsize               plt_pdf_object_get_head      (const PltPdfObject  *object);
gboolean            plt_pdf_objects_get_stream   (PltPdfObjects       *self,
                                                  guint                id,
                                                  const char         **data,
                                                  gsize               *length);
guint               plt_pdf_next_reference       (const char         **at,
                                                  const char          *end,
                                                  const char         **start);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltPdfObjects, plt_pdf_objects_free)

G_END_DECLS
