/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all sections of the editor have in common. */
#include "plt-editor-section.h"

G_DEFINE_INTERFACE (PltEditorSection, plt_editor_section, GTK_TYPE_WIDGET)

static guint edited_signal;

static const char *
has_no_name (PltEditorSection *self)
{
  return NULL;
}

static void
shows_nothing (PltEditorSection *self,
               PltOffice        *office,
               PltCase          *kase,
               PltCaseCan        can)
{
}

static gboolean
misses_nothing (PltEditorSection *self,
                PltCase          *kase)
{
  return FALSE;
}

static gboolean
puts_nothing (PltEditorSection *self,
              const char       *field,
              const char       *value,
              int               cursor)
{
  return FALSE;
}

static void
plt_editor_section_default_init (PltEditorSectionInterface *iface)
{
  iface->get_name = has_no_name;
  iface->show = shows_nothing;
  iface->focus_missing = misses_nothing;
  iface->put = puts_nothing;
  edited_signal = g_signal_new ("edited", PLT_TYPE_EDITOR_SECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 4, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_INT);
}

const char *
plt_editor_section_get_name (PltEditorSection *self)
{
  g_return_val_if_fail (PLT_IS_EDITOR_SECTION (self), NULL);
  return PLT_EDITOR_SECTION_GET_IFACE (self)->get_name (self);
}

void
plt_editor_section_show (PltEditorSection *self,
                         PltOffice        *office,
                         PltCase          *kase,
                         PltCaseCan        can)
{
  g_return_if_fail (PLT_IS_EDITOR_SECTION (self));
  PLT_EDITOR_SECTION_GET_IFACE (self)->show (self, office, kase, can);
}

gboolean
plt_editor_section_focus_missing (PltEditorSection *self,
                                  PltCase          *kase)
{
  g_return_val_if_fail (PLT_IS_EDITOR_SECTION (self), FALSE);
  return PLT_EDITOR_SECTION_GET_IFACE (self)->focus_missing (self, kase);
}

gboolean
plt_editor_section_put (PltEditorSection *self,
                        const char       *field,
                        const char       *value,
                        int               cursor)
{
  g_return_val_if_fail (PLT_IS_EDITOR_SECTION (self), FALSE);
  return PLT_EDITOR_SECTION_GET_IFACE (self)->put (self, field, value, cursor);
}

void
plt_editor_section_edited (PltEditorSection *self,
                           const char       *field,
                           const char       *before,
                           const char       *after,
                           int               cursor)
{
  g_return_if_fail (PLT_IS_EDITOR_SECTION (self));
  g_signal_emit (self, edited_signal, 0, field, before, after, cursor);
}

static void
collect (GtkWidget *widget,
         GPtrArray *sections)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (PLT_IS_EDITOR_SECTION (child))
        g_ptr_array_add (sections, child);
      else
        collect (child, sections);
    }
}

GPtrArray *
plt_editor_section_list (GtkWidget *root)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  GPtrArray *sections = g_ptr_array_new ();

  collect (root, found);
  /* Few and short: the next rank is looked for until there is none. */
  while (found->len > 0)
    {
      guint first = 0;

      for (guint i = 1; i < found->len; i++)
        if (PLT_EDITOR_SECTION_GET_IFACE (found->pdata[i])->rank
            < PLT_EDITOR_SECTION_GET_IFACE (found->pdata[first])->rank)
          first = i;
      g_ptr_array_add (sections, g_ptr_array_steal_index (found, first));
    }
  return sections;
}
