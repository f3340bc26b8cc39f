/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether this computer has the layouts that the office has let in. An upgrade of the program or of fonts brings other
 * files: then it is told which cards go on with what was approved, which stop, and what people do about it. */
#pragma once

#include "plt-layout-versions.h"

G_BEGIN_DECLS

/* See card/. */
typedef struct _PltLayoutShelf PltLayoutShelf;

/* A layout as this computer has it. */
typedef struct
{
  char *layout;
  int   version;
  char *digest; /* of its files and fonts */
} PltLayoutHere;

typedef struct
{
  gboolean  stops; /* no card is drawn with it here */
  char     *text;  /* what happened and what to do, as a person reads it */
} PltLayoutNews;

PltLayoutHere *plt_layout_here_new         (const char           *layout,
                                            int                   version,
                                            const char           *digest);
void           plt_layout_here_free        (PltLayoutHere        *self);
GError        *plt_layout_news_new_error   (PltLayoutShelf       *shelf,
                                            const char           *layout,
                                            int                   version,
                                            const GError         *fault);
GPtrArray     *plt_layout_news_find        (GPtrArray            *versions,
                                            GPtrArray            *here);

void           plt_layout_news_read_async  (PltOffice            *office,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
GPtrArray     *plt_layout_news_read_finish (GAsyncResult         *result,
                                            GError              **error);

G_END_DECLS
