/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One section of an application in the editor: person and sources, categories, photo, findings … The
 * pane finds its sections in its template, so a new one is a widget that implements this, named in
 * plt-editor-pane.ui; the pane itself knows no section by more.
 *
 * Signal "edited" (const char *field, const char *before, const char *after, int cursor): a person changed
 * something that plt_editor_section_put() can put back. @field is a word of the section's own. */
#pragma once

#include <gtk/gtk.h>

#include "plt-case.h"

G_BEGIN_DECLS

#define PLT_TYPE_EDITOR_SECTION (plt_editor_section_get_type ())
G_DECLARE_INTERFACE (PltEditorSection, plt_editor_section, PLT, EDITOR_SECTION, GtkWidget)

struct _PltEditorSectionInterface
{
  GTypeInterface parent_iface;

  /* The word for it in the journal: one of a kind in the pane. NULL: nothing is edited here. */
  const char *(*get_name)      (PltEditorSection *self);
  /* What stands in the way of submitting is asked for in the order of these; 0 unless said. */
  int           rank;
  /* @kase: (nullable): read anew each time this is called; NULL: nothing is open any more */
  void        (*show)          (PltEditorSection *self,
                                PltOffice        *office,
                                PltCase          *kase,
                                PltCaseCan        can);
  /* Gives the keyboard to what is missing or wrong here; FALSE when nothing is. */
  gboolean    (*focus_missing) (PltEditorSection *self,
                                PltCase          *kase);
  /* Puts a value back, as if a person had; @cursor: where the keyboard stood in it, -1: nowhere.
   * FALSE when there is no such field. Saves it like any other change, and emits nothing. */
  gboolean    (*put)           (PltEditorSection *self,
                                const char       *field,
                                const char       *value,
                                int               cursor);
};

const char *plt_editor_section_get_name      (PltEditorSection *self);
void        plt_editor_section_show          (PltEditorSection *self,
                                              PltOffice        *office,
                                              PltCase          *kase,
                                              PltCaseCan        can);
gboolean    plt_editor_section_focus_missing (PltEditorSection *self,
                                              PltCase          *kase);
gboolean    plt_editor_section_put           (PltEditorSection *self,
                                              const char       *field,
                                              const char       *value,
                                              int               cursor);
/* For sections: emits "edited". */
void        plt_editor_section_edited        (PltEditorSection *self,
                                              const char       *field,
                                              const char       *before,
                                              const char       *after,
                                              int               cursor);
/* (transfer container): all below @root, as they stand in it, those of a lower rank first */
GPtrArray  *plt_editor_section_list          (GtkWidget        *root);

G_END_DECLS
