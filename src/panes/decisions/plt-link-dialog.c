/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message dialog with two records side by side. */
#include "plt-link-dialog.h"

#include "plt-duplicates.h"
#include "plt-field-text.h"
#include "plt-fold.h"
#include "plt-id-number.h"
#include "plt-panes.h"
#include "plt-row-label.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* What tells two persons apart at a glance. */
static const PltField compared[] = {
  PLT_FIELD_FAMILY_NAME, PLT_FIELD_GIVEN_NAMES, PLT_FIELD_BIRTH_DATE, PLT_FIELD_BIRTH_PLACE,
  PLT_FIELD_SEX, PLT_FIELD_ADDRESS, PLT_FIELD_LICENCE_NUMBER,
};

#define N_COMPARED G_N_ELEMENTS (compared)
#define VALUE_CHARS 24
#define NUMBER_KEY "plt-link-dialog-number"

typedef enum
{
  SIDE_THIS,
  SIDE_OTHER,
  N_SIDES,
} Side;

typedef struct
{
  PltOffice        *office;
  AdwMessageDialog *dialog; /* owned by GTK; gone after "response" */
  char             *id_number;
  char             *other;  /* NULL while what is typed is no ID number */
  PltLookup        *lookups[N_SIDES];
  PltDuplicates    *duplicates; /* who may be the same person */
  GtkBox           *candidates;
  GtkLabel         *values[N_SIDES][N_COMPARED];
  GtkLabel         *heads[N_SIDES];
  GtkEditable      *entry;
  GtkLabel         *told;
  GtkCheckButton   *keep_this;
  GtkEditable      *reason;
  gboolean          keeps_this;
} Ask;

static void
drop_lookup (Ask  *ask,
             Side  side)
{
  if (ask->lookups[side] == NULL)
    return;
  g_signal_handlers_disconnect_by_data (ask->lookups[side], ask);
  /* The first one is somebody else's. */
  if (side == SIDE_OTHER)
    plt_lookup_cancel (ask->lookups[side]);
  g_clear_object (&ask->lookups[side]);
}

static void
drop_duplicates (Ask *ask)
{
  if (ask->duplicates == NULL)
    return;
  g_signal_handlers_disconnect_by_data (ask->duplicates, ask);
  plt_duplicates_cancel (ask->duplicates);
  g_clear_object (&ask->duplicates);
}

static void
ask_free (Ask *ask)
{
  drop_duplicates (ask);
  drop_lookup (ask, SIDE_THIS);
  drop_lookup (ask, SIDE_OTHER);
  g_clear_object (&ask->office);
  g_free (ask->id_number);
  g_free (ask->other);
  g_free (ask);
}

/* ---- the records ---- */

static const char *
get_value (PltLookup *lookup,
           PltField   field)
{
  for (int source = 0; lookup != NULL && source < (int) plt_source_get_count (); source++)
    {
      PltSourceAnswer *answer = plt_lookup_get_answer (lookup, (PltSource) source);
      const char *value = answer != NULL ? plt_source_answer_get_field (answer, field) : NULL;

      if (value != NULL && *value != '\0')
        return value;
    }

  return NULL;
}

/* Whether the two say something else, and not only in other letters. */
static gboolean
differs (Ask      *ask,
         PltField  field)
{
  const char *this = get_value (ask->lookups[SIDE_THIS], field);
  const char *other = get_value (ask->lookups[SIDE_OTHER], field);
  g_autofree char *folded_this = NULL;
  g_autofree char *folded_other = NULL;

  if (this == NULL || other == NULL)
    return FALSE;
  folded_this = plt_fold_name (this);
  folded_other = plt_fold_name (other);

  return !g_str_equal (folded_this, folded_other);
}

static void
show_record (Ask  *ask,
             Side  side)
{
  for (gsize i = 0; i < N_COMPARED; i++)
    {
      g_autofree char *value = plt_field_to_display (compared[i],
                                                     get_value (ask->lookups[side], compared[i]));
      g_autofree char *text = side == SIDE_OTHER && differs (ask, compared[i])
                                ? g_strdup_printf ("≠ %s", value) : g_strdup (value);

      gtk_label_set_text (ask->values[side][i], text);
      gtk_widget_set_tooltip_text (GTK_WIDGET (ask->values[side][i]), value);
    }
}

static void
answered_cb (Ask *ask)
{
  show_record (ask, SIDE_THIS);
  show_record (ask, SIDE_OTHER);
}

/* What is wrong with what was typed; @text: (nullable) */
static void
tell (Ask        *ask,
      const char *text)
{
  gtk_label_set_text (ask->told, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (ask->told), text != NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (ask->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               text != NULL ? GTK_ACCESSIBLE_INVALID_TRUE
                                            : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
failed_cb (Ask          *ask,
           const GError *error)
{
  tell (ask, error->message);
}

static void
watch (Ask       *ask,
       Side       side,
       PltLookup *lookup)
{
  g_autofree char *shown = plt_id_number_to_display (plt_lookup_get_id_number (lookup));

  ask->lookups[side] = lookup;
  gtk_label_set_text (ask->heads[side], shown);
  g_signal_connect_swapped (lookup, "answered", G_CALLBACK (answered_cb), ask);
  g_signal_connect_swapped (lookup, "failed", G_CALLBACK (failed_cb), ask);
  show_record (ask, side);
}

static void
look_other_up (Ask *ask)
{
  g_autoptr (GError) error = NULL;
  PltLookup *lookup = plt_lookup_new (ask->office, ask->other, &error);

  if (lookup != NULL)
    watch (ask, SIDE_OTHER, lookup);
  else
    failed_cb (ask, error);
}

/* ---- what is typed ---- */

static void
update_answer (Ask *ask)
{
  g_autofree char *reason = g_strstrip (g_strdup (gtk_editable_get_text (ask->reason)));

  adw_message_dialog_set_response_enabled (ask->dialog, "do", ask->other != NULL && *reason != '\0');
}

static void
number_changed_cb (Ask *ask)
{
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (ask->entry)));
  g_autoptr (GError) error = NULL;
  g_autofree char *number = plt_id_number_normalise (typed, &error);
  gboolean same = g_strcmp0 (number, ask->id_number) == 0;

  tell (ask, same ? _("Both numbers are the same.")
             : error != NULL && strlen (typed) >= PLT_ID_NUMBER_DIGITS ? error->message : NULL);
  if (same)
    g_clear_pointer (&number, g_free);
  if (g_strcmp0 (number, ask->other) == 0)
    return;
  drop_lookup (ask, SIDE_OTHER);
  g_free (ask->other);
  ask->other = g_steal_pointer (&number);
  gtk_label_set_text (ask->heads[SIDE_OTHER], "—");
  show_record (ask, SIDE_OTHER);
  if (ask->other != NULL)
    look_other_up (ask);
  update_answer (ask);
}

static void
response_cb (GTask      *task,
             const char *response)
{
  Ask *ask = g_task_get_task_data (task);

  drop_duplicates (ask);
  drop_lookup (ask, SIDE_THIS);
  drop_lookup (ask, SIDE_OTHER);
  if (g_strcmp0 (response, "do") == 0)
    {
      ask->keeps_this = gtk_check_button_get_active (ask->keep_this);
      g_task_return_pointer (task, g_strstrip (g_strdup (gtk_editable_get_text (ask->reason))),
                             g_free);
    }
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  g_object_unref (task);
}

/* ---- who may be meant ---- */

static void
candidate_clicked_cb (Ask       *ask,
                      GtkButton *button)
{
  gtk_editable_set_text (ask->entry, g_object_get_data (G_OBJECT (button), NUMBER_KEY));
  gtk_widget_grab_focus (GTK_WIDGET (ask->reason));
}

static GtkWidget *
build_candidate (Ask              *ask,
                 PltDuplicateFind *find)
{
  const char *number = plt_duplicate_find_get_id_number (find);
  g_autofree char *shown = plt_id_number_to_display (number);
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label;

  g_object_get (find, "name", &name, NULL);
  text = g_strjoin (" · ", shown, name != NULL ? name : "—",
                    plt_duplicate_level_get_title (plt_duplicate_find_get_level (find)), NULL);
  label = plt_row_label_new (text, NULL);
  gtk_button_set_child (GTK_BUTTON (button), label);
  g_object_set_data_full (G_OBJECT (button), NUMBER_KEY, g_strdup (number), g_free);
  gtk_widget_set_tooltip_text (button, plt_duplicate_find_get_reason (find));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  plt_duplicate_find_get_reason (find), -1);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (candidate_clicked_cb), ask);

  return button;
}

static void
tell_candidates (Ask        *ask,
                 const char *text)
{
  GtkWidget *label = plt_row_label_new (text, "dim-label");

  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (ask->candidates, label);
}

static void
found_cb (Ask *ask)
{
  GPtrArray *troubles = plt_duplicates_get_troubles (ask->duplicates);
  guint n_shown = 0;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (ask->candidates))) != NULL)
    gtk_box_remove (ask->candidates, child);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (ask->duplicates)); i++)
    {
      g_autoptr (PltDuplicateFind) find = g_list_model_get_item (G_LIST_MODEL (ask->duplicates), i);

      if (!plt_duplicate_find_can_link (find))
        continue;
      gtk_box_append (ask->candidates, build_candidate (ask, find));
      n_shown++;
    }
  if (n_shown == 0)
    tell_candidates (ask, _("No other record is like this one. Type the number if you know it."));
  for (guint i = 0; i < troubles->len; i++)
    tell_candidates (ask, g_ptr_array_index (troubles, i));
}

static void
look_for_candidates (Ask *ask)
{
  tell_candidates (ask, _("Looking for records that are like this one…"));
  ask->duplicates = plt_duplicates_new (ask->lookups[SIDE_THIS]);
  g_signal_connect_swapped (ask->duplicates, "done", G_CALLBACK (found_cb), ask);
}

/* ---- how it is built ---- */

static GtkLabel *
attach_label (GtkGrid    *grid,
              const char *text,
              int         column,
              int         row,
              const char *css_class)
{
  GtkWidget *label = plt_row_label_new (text, css_class);

  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), VALUE_CHARS);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_grid_attach (grid, label, column, row, 1, 1);

  return GTK_LABEL (label);
}

static GtkWidget *
build_records (Ask *ask)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 3);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  for (int side = 0; side < N_SIDES; side++)
    ask->heads[side] = attach_label (GTK_GRID (grid), "—", 1 + side, 0, "caption-heading");
  for (gsize i = 0; i < N_COMPARED; i++)
    {
      attach_label (GTK_GRID (grid), plt_field_get_title (compared[i]), 0, 1 + (int) i, "dim-label");
      for (int side = 0; side < N_SIDES; side++)
        ask->values[side][i] = attach_label (GTK_GRID (grid), "—", 1 + side, 1 + (int) i, NULL);
    }

  return grid;
}

static void
add_keep (Ask       *ask,
          GtkWidget *box)
{
  g_autofree char *shown = plt_id_number_to_display (ask->id_number);
  /* Translators: an ID number */
  g_autofree char *text = g_strdup_printf (_("_Keep %s"), shown);
  GtkWidget *this = gtk_check_button_new_with_mnemonic (text);
  GtkWidget *that = gtk_check_button_new_with_mnemonic (_("Keep the _other number"));

  ask->keep_this = GTK_CHECK_BUTTON (this);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (that), ask->keep_this);
  gtk_check_button_set_active (ask->keep_this, TRUE);
  gtk_box_append (GTK_BOX (box), this);
  gtk_box_append (GTK_BOX (box), that);
}

static GtkWidget *
build_content (Ask *ask)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *told = gtk_label_new (NULL);

  ask->entry = plt_panes_append_entry (GTK_BOX (box), _("Other _ID number"), _("Other ID number"));
  ask->told = GTK_LABEL (told);
  gtk_label_set_xalign (ask->told, 0);
  gtk_label_set_wrap (ask->told, TRUE);
  gtk_widget_set_visible (told, FALSE);
  gtk_widget_add_css_class (told, "error");
  gtk_box_append (GTK_BOX (box), told);
  ask->candidates = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 3));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (ask->candidates));
  gtk_box_append (GTK_BOX (box), build_records (ask));
  add_keep (ask, box);
  ask->reason = plt_panes_append_entry (GTK_BOX (box), _("_Reason"), _("Reason"));
  g_signal_connect_swapped (ask->entry, "changed", G_CALLBACK (number_changed_cb), ask);
  g_signal_connect_swapped (ask->reason, "changed", G_CALLBACK (update_answer), ask);

  return box;
}

void
plt_link_dialog_ask_async (GtkWidget           *parent,
                           PltOffice           *office,
                           PltLookup           *lookup,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task = g_task_new (parent, NULL, callback, user_data);
  GtkRoot *root = gtk_widget_get_root (parent);
  Ask *ask = g_new0 (Ask, 1);
  GtkWidget *dialog = adw_message_dialog_new (
    GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _("One Person under Two Numbers?"),
    _("A supervisor other than you agrees or refuses. Nothing of either record is changed, and it can "
      "be taken apart again."));

  g_task_set_task_data (task, ask, (GDestroyNotify) ask_free);
  ask->office = g_object_ref (office);
  ask->id_number = g_strdup (plt_lookup_get_id_number (lookup));
  ask->dialog = ADW_MESSAGE_DIALOG (dialog);
  adw_message_dialog_set_extra_child (ask->dialog, plt_panes_scroll_dialog (build_content (ask), root));
  adw_message_dialog_add_responses (ask->dialog, "cancel", _("_Cancel"), "do", _("_Ask for It"),
                                    NULL);
  adw_message_dialog_set_close_response (ask->dialog, "cancel");
  adw_message_dialog_set_default_response (ask->dialog, "do");
  adw_message_dialog_set_response_appearance (ask->dialog, "do", ADW_RESPONSE_SUGGESTED);
  update_answer (ask);
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (response_cb), task);
  plt_panes_name_once (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (GTK_WIDGET (ask->entry));
  watch (ask, SIDE_THIS, g_object_ref (lookup));
  look_for_candidates (ask);
}

char *
plt_link_dialog_ask_finish (GAsyncResult  *result,
                            char         **kept,
                            char         **other,
                            GError       **error)
{
  Ask *ask = g_task_get_task_data (G_TASK (result));

  *kept = g_strdup (ask->keeps_this ? ask->id_number : ask->other);
  *other = g_strdup (ask->keeps_this ? ask->other : ask->id_number);

  return g_task_propagate_pointer (G_TASK (result), error);
}
