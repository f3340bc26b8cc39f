/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all panes need once: their templates, and a way to say what was done. */
#include "plt-panes.h"

#include "plt-panes-resources.h"

/* Characters that fit into two lines of the narrowest window. */
#define LONG_NAME 45
#define LEAST_DIALOG_HEIGHT 240

void
plt_panes_init (void)
{
  plt_panes_resources_register_resource ();
}

void
plt_panes_toast (GtkWidget  *pane,
                 const char *format,
                 ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  gtk_widget_activate_action (pane, "win.toast", "s", text);
}

void
plt_panes_say (GtkWidget  *pane,
               const char *text)
{
  gtk_widget_activate_action (pane, "win.say", "s", text);
}

void
plt_panes_show_name (GtkLabel   *label,
                     const char *name)
{
  gboolean is_long = g_utf8_strlen (name, -1) > LONG_NAME;

  gtk_widget_remove_css_class (GTK_WIDGET (label), is_long ? "title-1" : "title-3");
  gtk_widget_add_css_class (GTK_WIDGET (label), is_long ? "title-3" : "title-1");
  gtk_label_set_text (label, name);
}

GtkWidget *
plt_panes_new_icon (const char *icon_name)
{
  return g_object_new (GTK_TYPE_IMAGE,
                       "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                       "icon-name", icon_name,
                       NULL);
}

GtkEditable *
plt_panes_append_entry (GtkBox     *box,
                        const char *caption,
                        const char *label)
{
  GtkWidget *name = gtk_label_new_with_mnemonic (caption);
  GtkWidget *entry = gtk_entry_new ();

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (name), entry);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_box_append (box, name);
  gtk_box_append (box, entry);

  return GTK_EDITABLE (entry);
}

GtkWidget *
plt_panes_scroll_dialog (GtkWidget *content,
                         GtkRoot   *root)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  int height = root != NULL ? gtk_widget_get_height (GTK_WIDGET (root)) : 0;

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller),
                                              MAX (height * 55 / 100, LEAST_DIALOG_HEIGHT));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), content);

  return scroller;
}

static GQuark
get_scans_quark (void)
{
  return g_quark_from_static_string ("plt-takes-scans");
}

typedef struct
{
  PltScanTaken taken;
} ScanTaker;

static void
put_into_field (GtkWidget  *field,
                const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (field), text);
  gtk_editable_set_position (GTK_EDITABLE (field), -1);
}

void
plt_panes_take_scans (GtkWidget *field)
{
  plt_panes_take_scans_by (field, put_into_field);
}

void
plt_panes_take_scans_by (GtkWidget    *field,
                         PltScanTaken  taken)
{
  g_return_if_fail (GTK_IS_EDITABLE (field));

  ScanTaker *taker = g_new0 (ScanTaker, 1);

  taker->taken = taken;
  g_object_set_qdata_full (G_OBJECT (field), get_scans_quark (), taker, g_free);
}

gboolean
plt_panes_put_scan (GtkWidget  *focus,
                    const char *text)
{
  ScanTaker *taker = NULL;

  while (focus != NULL && (taker = g_object_get_qdata (G_OBJECT (focus), get_scans_quark ())) == NULL)
    focus = gtk_widget_get_parent (focus);
  if (focus == NULL)
    return FALSE;
  taker->taken (focus, text);

  return TRUE;
}

void
plt_panes_empty_list (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

int
plt_panes_find_focus (GtkListBox *list)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (list));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;

  return row != NULL && gtk_widget_is_ancestor (row, GTK_WIDGET (list))
           ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) : -1;
}

void
plt_panes_put_focus (GtkListBox *list,
                     int         index)
{
  GtkListBoxRow *row = NULL;

  while (index >= 0 && (row = gtk_list_box_get_row_at_index (list, index)) == NULL)
    index--;
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static gboolean
focus_child (GtkWidget        *widget,
             GtkDirectionType  direction)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  return child != NULL && gtk_widget_child_focus (child, direction);
}

void
plt_panes_class_set_grab_focus (GtkWidgetClass  *widget_class,
                                gboolean       (*grab_focus) (GtkWidget *widget))
{
  widget_class->grab_focus = grab_focus;
  widget_class->focus = focus_child;
}

void
plt_panes_name_once (GtkWidget *root)
{
  if (GTK_IS_BUTTON (root) && gtk_button_get_label (GTK_BUTTON (root)) != NULL)
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_RELATION_LABELLED_BY);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    plt_panes_name_once (child);
}
