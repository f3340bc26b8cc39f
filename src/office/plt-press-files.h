/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files that go into a card file: what was drawn, and the machine-readable forms of the licence. */
#pragma once

#include "plt-card-file.h"
#include "plt-lds-files.h"
#include "plt-store-cards.h"

G_BEGIN_DECLS

typedef struct _PltPressFiles PltPressFiles;

PltPressFiles *plt_press_files_new        (void);
void           plt_press_files_free       (PltPressFiles     *self);
void           plt_press_files_add        (PltPressFiles     *self,
                                           const char        *name,
                                           const char        *media_type,
                                           const char        *relationship,
                                           const char        *description,
                                           GBytes            *bytes);
void           plt_press_files_add_inputs (PltPressFiles     *self,
                                           const char        *inputs,
                                           PltStoreCardData  *data);
void           plt_press_files_add_chip   (PltPressFiles     *self,
                                           GPtrArray         *files);
/* (transfer none) (array length=n_files) */
const PltCardFileAttachment *
               plt_press_files_get        (PltPressFiles     *self,
                                           gsize             *n_files);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltPressFiles, plt_press_files_free)

G_END_DECLS
