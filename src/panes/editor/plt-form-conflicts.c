/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks, in three columns, which value of a field stays: what was there before, what was typed here, or what
 * the other desk typed. */
#include "plt-form-conflicts.h"

#include "plt-form-edit.h"
#include "plt-panes.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define COLUMN_CHARS 18

enum { BASE, MINE, THEIRS, N_COLUMNS };

typedef struct
{
  char           *field;
  char           *values[N_COLUMNS];
  GtkCheckButton *checks[N_COLUMNS];
} Choice;

typedef struct
{
  AdwMessageDialog *dialog; /* owned by GTK; gone after "response" */
  GPtrArray        *choices;
} Ask;

static void
choice_free (Choice *choice)
{
  g_free (choice->field);
  for (int i = 0; i < N_COLUMNS; i++)
    g_free (choice->values[i]);
  g_free (choice);
}

static void
ask_free (Ask *ask)
{
  g_ptr_array_unref (ask->choices);
  g_free (ask);
}

static int
find_chosen (const Choice *choice)
{
  for (int i = 0; i < N_COLUMNS; i++)
    if (gtk_check_button_get_active (choice->checks[i]))
      return i;
  return -1;
}

static void
chosen_cb (Ask *ask)
{
  gboolean all = TRUE;

  for (guint i = 0; i < ask->choices->len; i++)
    all = all && find_chosen (ask->choices->pdata[i]) >= 0;
  adw_message_dialog_set_response_enabled (ask->dialog, "use", all);
}

static void
response_cb (GTask      *task,
             const char *response)
{
  Ask *ask = g_task_get_task_data (task);
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  if (g_strcmp0 (response, "use") == 0)
    {
      for (guint i = 0; i < ask->choices->len; i++)
        {
          Choice *choice = ask->choices->pdata[i];

          g_hash_table_insert (values, g_strdup (choice->field),
                               g_strdup (choice->values[find_chosen (choice)]));
        }
      g_task_return_pointer (task, g_steal_pointer (&values), (GDestroyNotify) g_hash_table_unref);
    }
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  g_object_unref (task);
}

static GtkWidget *
new_label (const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  /* A hyphen that nobody typed would look like one that somebody did. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), COLUMN_CHARS);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

/* (nullable): who typed all that is there; NULL: it was more than one person, or nobody knows */
static const char *
find_other (GPtrArray *conflicts)
{
  const PltFormConflict *first = conflicts->pdata[0];

  for (guint i = 1; i < conflicts->len; i++)
    if (g_strcmp0 (((const PltFormConflict *) conflicts->pdata[i])->who, first->who) != 0)
      return NULL;
  return first->who;
}

static void
append_choice (Ask                   *ask,
               GtkGrid               *grid,
               int                    row,
               const PltFormConflict *conflict,
               gboolean               name_other,
               const char * const    *columns)
{
  const char *values[] = { conflict->base, conflict->mine, conflict->theirs };
  g_autofree char *title = name_other && conflict->who != NULL
                             ? g_strdup_printf ("%s · %s", conflict->title, conflict->who)
                             : g_strdup (conflict->title);
  Choice *choice = g_new0 (Choice, 1);

  choice->field = g_strdup (conflict->field);
  gtk_grid_attach (grid, new_label (title, "heading"), 0, row, N_COLUMNS, 1);
  for (int i = 0; i < N_COLUMNS; i++)
    {
      GtkWidget *check = gtk_check_button_new ();
      GtkWidget *text = new_label (*values[i] != '\0' ? values[i] : _("(empty)"), "body");
      g_autofree char *name = g_strdup_printf ("%s, %s: %s", title, columns[i],
                                               gtk_label_get_text (GTK_LABEL (text)));

      choice->values[i] = g_strdup (values[i]);
      choice->checks[i] = GTK_CHECK_BUTTON (check);
      gtk_check_button_set_child (GTK_CHECK_BUTTON (check), text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      if (i > 0)
        gtk_check_button_set_group (choice->checks[i], choice->checks[0]);
      g_signal_connect_swapped (check, "toggled", G_CALLBACK (chosen_cb), ask);
      gtk_grid_attach (grid, check, i, row + 1, 1, 1);
    }
  g_ptr_array_add (ask->choices, choice);
}

static GtkWidget *
build_grid (Ask       *ask,
            GPtrArray *conflicts)
{
  const char *other = find_other (conflicts);
  /* Translators: what a field held before two desks changed it, and the columns beside that */
  const char *columns[] = { _("Before"), _("Typed here"), other != NULL ? other : _("Another desk") };
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  for (int i = 0; i < N_COLUMNS; i++)
    gtk_grid_attach (GTK_GRID (grid), new_label (columns[i], "dim-label"), i, 0, 1, 1);
  for (guint i = 0; i < conflicts->len; i++)
    append_choice (ask, GTK_GRID (grid), 1 + 2 * (int) i, conflicts->pdata[i], other == NULL, columns);
  return grid;
}

void
plt_form_conflicts_ask_async (GtkWidget           *parent,
                              GPtrArray           *conflicts,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task = g_task_new (parent, cancellable, callback, user_data);
  GtkRoot *root = gtk_widget_get_root (parent);
  Ask *ask = g_new0 (Ask, 1);

  ask->choices = g_ptr_array_new_with_free_func ((GDestroyNotify) choice_free);
  ask->dialog = ADW_MESSAGE_DIALOG (
    adw_message_dialog_new (GTK_WINDOW (root), _("Two Desks Changed the Same"),
                            _("Nothing was overwritten. Choose for each field what stays.")));
  g_task_set_task_data (task, ask, (GDestroyNotify) ask_free);
  adw_message_dialog_add_responses (ask->dialog, "cancel", _("_Later"), "use", _("_Use"), NULL);
  adw_message_dialog_set_response_appearance (ask->dialog, "use", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ask->dialog, "use");
  adw_message_dialog_set_close_response (ask->dialog, "cancel");
  adw_message_dialog_set_response_enabled (ask->dialog, "use", FALSE);
  adw_message_dialog_set_extra_child (ask->dialog,
                                      plt_panes_scroll_dialog (build_grid (ask, conflicts), root));
  g_signal_connect_swapped (ask->dialog, "response", G_CALLBACK (response_cb), task);
  gtk_window_present (GTK_WINDOW (ask->dialog));
}

GHashTable *
plt_form_conflicts_ask_finish (GAsyncResult  *result,
                               GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
