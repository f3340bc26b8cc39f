/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The layouts that an office has: those of the program and those of the administrator, each as
 * <folder>/<id>/layout.json or, where several versions are kept, <folder>/<id>/<version>/layout.json. */
#pragma once

#include "plt-layout.h"

G_BEGIN_DECLS

/* One layout file. Lent by the shelf; never changes. */
typedef struct
{
  char      *path;    /* of layout.json */
  char      *id;      /* of a file that was not loaded: the name of its folder */
  int        version; /* 0 where the file was not loaded and its folder does not tell */
  PltLayout *layout;  /* NULL where it was not loaded */
  GError    *error;   /* why not; NULL else */
} PltLayoutShelfItem;

#define PLT_TYPE_LAYOUT_SHELF (plt_layout_shelf_get_type ())
G_DECLARE_FINAL_TYPE (PltLayoutShelf, plt_layout_shelf, PLT, LAYOUT_SHELF, GObject)

PltLayoutShelf           *plt_layout_shelf_new         (const char *const  *folders);
PltLayoutShelf           *plt_layout_shelf_new_for     (const char *const  *folders,
                                                        const char         *id);
guint                     plt_layout_shelf_get_n_items (PltLayoutShelf     *self);
const PltLayoutShelfItem *plt_layout_shelf_get_item    (PltLayoutShelf     *self,
                                                        guint               index);
PltLayout                *plt_layout_shelf_find        (PltLayoutShelf     *self,
                                                        const char         *id,
                                                        int                 version,
                                                        const GDate        *date,
                                                        GError            **error);

G_END_DECLS
