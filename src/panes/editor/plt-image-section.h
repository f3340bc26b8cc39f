/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The portrait or the signature of an application: shown, and taken from a file, the clipboard or
 * by drag and drop. Signal "chosen" (GBytes *data, const char *name, int origin): the file as it is, and
 * from where (PltPhotoOrigin). What
 * cannot be read is said in the section itself. */
#pragma once

#include <adwaita.h>

#include "plt-case.h"

G_BEGIN_DECLS

#define PLT_TYPE_IMAGE_SECTION (plt_image_section_get_type ())
G_DECLARE_FINAL_TYPE (PltImageSection, plt_image_section, PLT, IMAGE_SECTION, AdwBin)

/* @title: "Photo"; the actions of its buttons, in the pane's group. */
void plt_image_section_set_up     (PltImageSection *self,
                                   const char      *title,
                                   const char      *file_action,
                                   const char      *paste_action,
                                   const char      *registry_action);
/* Which picture of the case it is, as a section of the editor. */
void plt_image_section_set_image  (PltImageSection *self,
                                   PltCaseImage     image);
/* One more button, for where the picture is made: "editor.photo-desk". @label: with a mnemonic; @what: for
 * screen readers. */
void plt_image_section_set_desk   (PltImageSection *self,
                                   const char      *label,
                                   const char      *what,
                                   const char      *action);
void plt_image_section_show       (PltImageSection *self,
                                   GBytes          *image,
                                   gboolean         editable);
void plt_image_section_show_error (PltImageSection *self,
                                   const char      *sentence);
void plt_image_section_open_file  (PltImageSection *self);
void plt_image_section_paste      (PltImageSection *self);
void plt_image_section_stop       (PltImageSection *self);

G_END_DECLS
