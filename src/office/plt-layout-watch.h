/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The layout files of this desk and the records on which they are tried, read in the background and
 * again as soon as one of them is saved. */
#pragma once

#include "plt-office.h"

G_BEGIN_DECLS

/* See card/. */
typedef struct _PltLayout PltLayout;

/* One layout file. */
typedef struct
{
  char      *path;
  char      *id;
  int        version;
  char      *digest; /* NULL where it cannot be used */
  PltLayout *layout; /* NULL where it cannot be used */
  char      *faults; /* all of them, a line each; NULL where there is none */
} PltLayoutFile;

#define PLT_TYPE_LAYOUT_WATCH (plt_layout_watch_get_type ())
G_DECLARE_FINAL_TYPE (PltLayoutWatch, plt_layout_watch, PLT, LAYOUT_WATCH, GObject)

/* Signal "changed": the files were read, or read again. */
PltLayoutWatch *plt_layout_watch_new         (PltOffice      *office);
void            plt_layout_watch_reload      (PltLayoutWatch *self);
/* (transfer none) (element-type PltLayoutFile), by id and version; NULL until they have been read. */
GPtrArray      *plt_layout_watch_get_files   (PltLayoutWatch *self);
/* (transfer none) (element-type PltCardSample); may be empty. */
GPtrArray      *plt_layout_watch_get_samples (PltLayoutWatch *self);

G_END_DECLS
