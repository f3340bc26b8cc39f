/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A version of a layout in a list: what became of it, by whose word, on which days; and what the
 * person who looks may do with it. */
#pragma once

#include <gtk/gtk.h>

#include "plt-layout-versions.h"

G_BEGIN_DECLS

/* @here: (nullable): the digest of the files of this desk. The buttons' actions get its record
 * number: "inspector.sheet", and for who may decide "inspector.approve", "inspector.refuse",
 * "inspector.retire". */
GtkWidget *plt_version_row_new          (const PltLayoutVersion *version,
                                         const char             *here,
                                         gboolean                may_decide);
/* Files that nobody has proposed: "inspector.propose" gets @position. */
GtkWidget *plt_version_row_new_of_files (const char             *layout,
                                         int                     version,
                                         int                     position,
                                         gboolean                may_decide);
/* “utopia-iso, version 1” */
char      *plt_version_dup_title        (const char             *layout,
                                         int                     version);

G_END_DECLS
