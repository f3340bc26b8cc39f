/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last cell of a row of the comparison, and the keys of the row. */
#include "plt-comparison-cell.h"

#include "plt-field-text.h"
#include "plt-panes.h"
#include "plt-row-label.h"

#include <glib/gi18n-lib.h>

#define KEEP_STEP 64

int
plt_comparison_pack (PltField  field,
                     PltSource source)
{
  return (int) field * KEEP_STEP + (int) source;
}

void
plt_comparison_unpack (int        packed,
                       PltField  *field,
                       PltSource *source)
{
  *field = (PltField) (packed / KEEP_STEP);
  *source = (PltSource) (packed % KEEP_STEP);
}

/* What waits for a person comes first, then what differed and was settled, then the rest. */
int
plt_comparison_rank (PltReconciledField *field)
{
  switch (plt_reconciled_field_get_choice (field))
    {
    case PLT_CHOICE_OPEN:
      return plt_reconciled_field_get_outcome (field) == PLT_OUTCOME_STOPPED ? 0 : 1;
    case PLT_CHOICE_PERSON:
      return 2;
    case PLT_CHOICE_RULE:
      return 3;
    default:
      return 4;
    }
}

static gboolean
may_settle (guint may)
{
  return (may & (PLT_COMPARISON_MAY_CHOOSE | PLT_COMPARISON_MAY_DECIDE)) != 0;
}

/* The kind of difference as a badge: words and an icon, never colour alone. */
static GtkWidget *
build_badge (PltReconciledField *field)
{
  PltDifference difference = plt_reconciled_field_get_difference (field);
  gboolean open = plt_reconciled_field_get_choice (field) == PLT_CHOICE_OPEN;
  gboolean stopped = open && plt_reconciled_field_get_outcome (field) == PLT_OUTCOME_STOPPED;
  GtkWidget *box = gtk_grid_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (stopped ? "changes-prevent-symbolic"
                                                  : open ? "dialog-warning-symbolic"
                                                         : "emblem-ok-symbolic");

  gtk_grid_set_column_spacing (GTK_GRID (box), 6);
  gtk_image_set_pixel_size (GTK_IMAGE (icon), 12);
  gtk_widget_add_css_class (icon, stopped ? "error" : open ? "warning" : "dim-label");
  gtk_grid_attach (GTK_GRID (box), icon, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (box), plt_row_label_new (plt_difference_get_title (difference),
                                                      open ? "caption-heading" : "caption"),
                   1, 0, 1, 1);

  return box;
}

static GtkWidget *
build_button (PltReconciledField *field,
              const char         *text,
              const char         *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (text);
  const char *title = plt_field_get_title (plt_reconciled_field_get_field (field));
  g_auto (GStrv) parts = g_strsplit (text, "_", -1);
  g_autofree char *plain = g_strjoinv ("", parts);
  /* Translators: what a button does, then the name of the field */
  g_autofree char *label = g_strdup_printf (C_("button", "%s %s"), plain, title);
  GtkWidget *words = gtk_button_get_child (GTK_BUTTON (button));

  /* No word of it makes all columns wider than the window. */
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (words), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i",
                                    (int) plt_reconciled_field_get_field (field));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  plt_panes_name_once (button);

  return button;
}

/* Side by side where they are short; a column is narrow. */
static void
add_buttons (GtkBox             *box,
             PltReconciledField *field,
             guint               may,
             gboolean            parked,
             gboolean            decided)
{
  PltChoice choice = plt_reconciled_field_get_choice (field);
  gboolean stopped = plt_reconciled_field_get_outcome (field) == PLT_OUTCOME_STOPPED;

  if (plt_reconciled_field_get_difference (field) == PLT_DIFFERENCE_NONE)
    return;

  if (choice == PLT_CHOICE_OPEN && (may & PLT_COMPARISON_MAY_CHOOSE) != 0 && !stopped)
    gtk_box_append (box, build_button (field, _("Choose…"), "editor.choose"));
  if (choice == PLT_CHOICE_OPEN && (may & PLT_COMPARISON_MAY_CHOOSE) != 0 && stopped)
    gtk_box_append (box, build_button (field, _("Park…"), "editor.park"));
  if (choice == PLT_CHOICE_OPEN && (may & PLT_COMPARISON_MAY_DECIDE) != 0)
    gtk_box_append (box, build_button (field, _("Decide…"), "editor.choose"));
  if (choice == PLT_CHOICE_RULE && (may & PLT_COMPARISON_MAY_CHOOSE) != 0)
    gtk_box_append (box, build_button (field, _("Overrule…"), "editor.choose"));
  if ((choice == PLT_CHOICE_PERSON || parked) && may_settle (may))
    gtk_box_append (box, build_button (field, _("Undo"), "editor.undo"));
  if (decided)
    gtk_box_append (box, build_button (field, _("History…"), "editor.decisions"));
  if (choice == PLT_CHOICE_OPEN && (may & PLT_COMPARISON_MAY_LEAD) != 0)
    gtk_box_append (box, build_button (field, _("Settle…"), "search.settle"));
}

/* Who set it aside, why, and what they think right. */
static char *
describe_parked (PltReconciledField *field,
                 const PltDecision  *parked)
{
  const char *who = parked->who != NULL ? parked->who : "—";
  const char *reason = parked->reason != NULL ? parked->reason : "—";
  g_autofree char *value = plt_field_to_display (plt_reconciled_field_get_field (field),
                                                 parked->value);

  if (parked->value == NULL)
    /* Translators: name of a clerk, what the clerk says */
    return g_strdup_printf (_("Parked by %s: %s"), who, reason);

  /* Translators: name of a clerk, the value that the clerk thinks right, what the clerk says */
  return g_strdup_printf (_("Parked by %s with “%s”: %s"), who, value, reason);
}

/**
 * plt_comparison_cell_new:
 * @field: a field
 * @may: #PltComparisonMay
 * @parked: (nullable): how a clerk has set it aside
 * @decided: whether people have decided anything on it, so that there is a history
 *
 * Returns: (transfer floating): the value that is used, the kind of difference, a sentence of why
 *   and the buttons that settle it
 */
GtkWidget *
plt_comparison_cell_new (PltReconciledField *field,
                         guint               may,
                         const PltDecision  *parked,
                         gboolean            decided)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  g_autofree char *why = plt_reconciled_field_dup_why (field);

  if (plt_reconciled_field_get_choice (field) != PLT_CHOICE_OPEN)
    {
      g_autofree char *text = plt_field_to_display (plt_reconciled_field_get_field (field),
                                                    plt_reconciled_field_get_value (field));

      gtk_box_append (GTK_BOX (box), plt_row_label_new (text, "used"));
    }
  if (plt_reconciled_field_get_difference (field) != PLT_DIFFERENCE_NONE)
    gtk_box_append (GTK_BOX (box), build_badge (field));
  gtk_box_append (GTK_BOX (box), plt_row_label_new (why, "caption"));
  if (parked != NULL)
    {
      g_autofree char *note = describe_parked (field, parked);

      gtk_box_append (GTK_BOX (box), plt_row_label_new (note, "caption-heading"));
    }
  add_buttons (GTK_BOX (box), field, may, parked != NULL, decided);

  return box;
}

static void
add_key (GtkEventController *controller,
         guint               key,
         const char         *action,
         int                 target)
{
  GtkShortcut *shortcut = gtk_shortcut_new_with_arguments (
    gtk_keyval_trigger_new (key, 0), gtk_named_action_new (action), "i", target);

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
}

/* The leftmost or the rightmost source that says something; -1 if none does. */
static int
find_end (PltReconciledField *field,
          gboolean            right)
{
  int found = -1;

  for (int source = 0; source < (int) plt_source_get_count (); source++)
    if (plt_reconciled_field_get_source_value (field, (PltSource) source) != NULL)
      {
        if (!right)
          return source;
        found = source;
      }

  return found;
}

/**
 * plt_comparison_dup_keys:
 * @field: a field
 * @may: #PltComparisonMay
 *
 * Returns: (transfer full) (nullable): the keys of its row in a sentence, for a screen reader
 */
char *
plt_comparison_dup_keys (PltReconciledField *field,
                         guint               may)
{
  g_autoptr (GString) text = NULL;

  if (!may_settle (may) || plt_reconciled_field_get_difference (field) == PLT_DIFFERENCE_NONE)
    return NULL;

  text = g_string_new (NULL);
  for (int source = 0; source < MIN ((int) plt_source_get_count (), 9); source++)
    if (plt_reconciled_field_get_source_value (field, (PltSource) source) != NULL)
      {
        /* Translators: a key, the registry whose value it keeps */
        g_string_append_printf (text, _("%d keeps %s, "), 1 + source,
                                plt_source_get_title ((PltSource) source));
      }
  /* Translators: ends the list “1 keeps Population, 3 keeps Infringements, ” */
  g_string_append (text, _("L the left one, R the right one, T types another, P parks, U undoes, H "
                           "shows the history."));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * plt_comparison_install_keys:
 * @row: the row of @field, which can have the focus
 * @field: a field on which the sources differ
 * @may: #PltComparisonMay
 *
 * 1, 2, 3 … keep that source's value, L the leftmost and R the rightmost one, T types another, P parks,
 * U undoes, H shows the history. What changes something asks for a reason.
 */
void
plt_comparison_install_keys (GtkWidget          *row,
                             PltReconciledField *field,
                             guint               may)
{
  PltField number = plt_reconciled_field_get_field (field);
  GtkEventController *controller;

  int left = find_end (field, FALSE);
  int right = find_end (field, TRUE);

  if (!may_settle (may) || plt_reconciled_field_get_difference (field) == PLT_DIFFERENCE_NONE)
    return;
  controller = gtk_shortcut_controller_new ();
  for (int source = 0; source < MIN ((int) plt_source_get_count (), 9); source++)
    if (plt_reconciled_field_get_source_value (field, (PltSource) source) != NULL)
      add_key (controller, (guint) (GDK_KEY_1 + source), "editor.keep",
               plt_comparison_pack (number, (PltSource) source));
  if (left >= 0)
    {
      add_key (controller, GDK_KEY_l, "editor.keep", plt_comparison_pack (number, (PltSource) left));
      add_key (controller, GDK_KEY_r, "editor.keep",
               plt_comparison_pack (number, (PltSource) right));
    }
  add_key (controller, GDK_KEY_t, "editor.type", (int) number);
  add_key (controller, GDK_KEY_p, "editor.park", (int) number);
  add_key (controller, GDK_KEY_u, "editor.undo", (int) number);
  add_key (controller, GDK_KEY_h, "editor.decisions", (int) number);
  gtk_widget_add_controller (row, controller);
}
