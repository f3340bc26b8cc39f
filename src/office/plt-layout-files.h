/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The layout files that this desk has, for who writes and tries them: no database is asked. A
 * layout is named by its id, of which the newest version counts that may be used today, or by the
 * path of its layout.json or the folder of that. */
#pragma once

#include <gio/gio.h>

#include "plt-office-config.h"

G_BEGIN_DECLS

/* See card/. */
typedef struct _PltCardInputs PltCardInputs;

/* One file. Dates as YYYY-MM-DD; NULL: not bounded. */
typedef struct
{
  char  *id;
  int    version;
  char  *title; /* NULL where the file was not loaded, as all below but @file and @problem */
  guint  n_pages;
  char  *valid_from, *valid_to;
  char  *digest;
  char  *file;
  char  *problem; /* why it was not loaded */
} PltLayoutFile;

/* What a proof found on one page for one record: a sentence. */
typedef struct
{
  char  *record;
  guint  page; /* from 1 */
  char  *element;
  char  *what;
  gboolean refused; /* the page cannot be drawn */
} PltLayoutRemark;

GPtrArray     *plt_layout_files_list         (PltOfficeConfig  *config);
GPtrArray     *plt_layout_files_check        (PltOfficeConfig  *config,
                                              const char       *layout,
                                              GPtrArray       **remarks,
                                              GError          **error);
PltCardInputs *plt_layout_files_dup_sample   (PltOfficeConfig  *config,
                                              const char       *sample,
                                              GError          **error);
void           plt_layout_files_free_sample  (PltCardInputs    *sample);
GBytes        *plt_layout_files_draw_page    (PltOfficeConfig  *config,
                                              const char       *layout,
                                              int               version,
                                              PltCardInputs    *inputs,
                                              guint             page,
                                              int               dpi,
                                              GError          **error);
GBytes        *plt_layout_files_draw_pdf     (PltOfficeConfig  *config,
                                              const char       *layout,
                                              int               version,
                                              PltCardInputs    *inputs,
                                              GError          **error);
/* Returns: (transfer full) (nullable): the folder of the copy. */
char          *plt_layout_files_keep         (PltOfficeConfig  *config,
                                              const char       *layout,
                                              int               version,
                                              const char       *folder,
                                              GError          **error);
GBytes        *plt_layout_files_prove        (PltOfficeConfig  *config,
                                              const char       *layout,
                                              int               version,
                                              GPtrArray       **remarks,
                                              GError          **error);

G_END_DECLS
