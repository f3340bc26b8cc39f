/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-verify-rows.h"

#include <adwaita.h>

#include "plt-panes.h"

#include <glib/gi18n-lib.h>

static GtkWidget *
new_text (const char *text,
          const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), FALSE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* Three columns of one width, so that the rows stand under each other. */
static GtkWidget *
new_columns (GtkWidget *first,
             GtkWidget *second,
             GtkWidget *third)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  gtk_widget_add_css_class (box, "padded");
  gtk_box_append (GTK_BOX (box), first);
  gtk_box_append (GTK_BOX (box), second);
  gtk_box_append (GTK_BOX (box), third);
  return box;
}

static GtkWidget *
new_row (GtkWidget  *child,
         const char *label)
{
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), child);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return row;
}

GtkWidget *
plt_verify_rows_new_heading (void)
{
  GtkWidget *row = new_row (new_columns (new_text (_("Field"), "heading"),
                                         new_text (_("It says"), "heading"),
                                         new_text (_("The record says"), "heading")),
                            _("Field, what it says, what the record says"));

  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

/* By a sign and a word, and by colour only beside them. */
static GtkWidget *
new_recorded (PltVerifiedField *field)
{
  static const struct { const char *icon; const char *word; const char *css_class; } marks[] = {
    [PLT_AGREEMENT_NONE] = { "content-loading-symbolic", N_("not compared"), "dim-label" },
    [PLT_AGREEMENT_SAME] = { "emblem-ok-symbolic", N_("the same"), "success" },
    [PLT_AGREEMENT_DIFFERENT] = { "dialog-warning-symbolic", N_("differs"), "error" },
  };
  PltAgreement agreement = plt_verified_field_get_agreement (field);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *mark = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = plt_panes_new_icon (marks[agreement].icon);

  if (agreement == PLT_AGREEMENT_DIFFERENT)
    gtk_box_append (GTK_BOX (column), new_text (plt_verified_field_get_recorded (field), NULL));
  gtk_widget_add_css_class (icon, "sign");
  gtk_widget_add_css_class (icon, marks[agreement].css_class);
  gtk_box_append (GTK_BOX (mark), icon);
  gtk_box_append (GTK_BOX (mark), new_text (_(marks[agreement].word), marks[agreement].css_class));
  gtk_box_append (GTK_BOX (column), mark);
  return column;
}

static char *
read_out (PltVerifiedField *field)
{
  const char *title = plt_verified_field_get_title (field);
  const char *found = plt_verified_field_get_found (field);

  switch (plt_verified_field_get_agreement (field))
    {
    case PLT_AGREEMENT_SAME:
      return g_strdup_printf (_("%s: %s, the same in the record"), title, found);
    case PLT_AGREEMENT_DIFFERENT:
      return g_strdup_printf (_("%s: %s, but the record says %s"), title, found, plt_verified_field_get_recorded (field));
    case PLT_AGREEMENT_NONE:
    default:
      return g_strdup_printf (_("%s: %s, not compared"), title, found);
    }
}

GtkWidget *
plt_verify_rows_new_field (PltVerifiedField *field)
{
  g_autofree char *label = read_out (field);

  return new_row (new_columns (new_text (plt_verified_field_get_title (field), "dim-label"),
                               new_text (plt_verified_field_get_found (field), NULL),
                               new_recorded (field)),
                  label);
}

/* Above the technical facts of one form. */
GtkWidget *
plt_verify_rows_new_section (const char *title)
{
  GtkWidget *label = new_text (title, "heading");
  GtkWidget *row = new_row (label, title);

  gtk_widget_add_css_class (label, "padded");
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

GtkWidget *
plt_verify_rows_new_detail (const PltVerifiedDetail *detail)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = g_markup_escape_text (detail->title, -1);
  g_autofree char *text = g_markup_escape_text (detail->text, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

GtkWidget *
plt_verify_rows_new_note (const char *icon_name,
                          const char *css_class,
                          const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = plt_panes_new_icon (icon_name);

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_add_css_class (icon, "sign");
  gtk_widget_add_css_class (icon, css_class);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), new_text (text, NULL));
  return box;
}
