/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks what cards have in common, lists them, and proposes their recall. */
#include "plt-recall-form.h"

#include "plt-card-life.h"
#include "plt-panes.h"
#include "plt-reason-dialog.h"
#include "plt-recall-book.h"
#include "plt-text-row.h"
#include "plt-wrap-box.h"

#include <glib/gi18n-lib.h>

/* More rows nobody reads, and they would cost time: the count tells of the others. */
#define MOST_ROWS 200

struct _PltRecallForm
{
  AdwBin        parent_instance;

  PltOffice    *office;
  GCancellable *cancellable;
  GPtrArray    *queues; /* of the printers that can be chosen, behind “any” */

  AdwPreferencesGroup *fields;
  GtkDropDown  *printer;
  GtkEditable  *entries[PLT_N_RECALL_FIELDS];
  GtkLabel     *trouble;
  GtkWidget    *found;
  GtkLabel     *count;
  GtkListBox   *cards;
};

enum { DONE, LEFT, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PltRecallForm, plt_recall_form, ADW_TYPE_BIN)

/* @sentence: (nullable) */
static void
show_trouble (PltRecallForm *self,
              const char    *sentence)
{
  gtk_label_set_text (self->trouble, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), sentence != NULL);
}

static char *
dup_filter (PltRecallForm *self)
{
  const char *values[PLT_N_RECALL_FIELDS] = { NULL };
  guint chosen = gtk_drop_down_get_selected (self->printer);

  if (chosen > 0 && chosen <= self->queues->len)
    values[PLT_RECALL_FIELD_PRINTER] = self->queues->pdata[chosen - 1];
  for (int i = PLT_RECALL_FIELD_PRINTER + 1; i < PLT_N_RECALL_FIELDS; i++)
    values[i] = gtk_editable_get_text (self->entries[i]);
  return plt_recall_dup_filter (values);
}

static GtkWidget *
new_allow_button (const PltRecallCard *card)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Allow Another…"));
  g_autofree char *name = g_strdup_printf (_("Allow another card instead of %s"), card->card);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "recalls.allow");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", card->application);
  gtk_widget_set_tooltip_text (button, _("Print its holder another card (Ctrl+Shift+N)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

void
plt_recall_form_fill_list (GtkListBox *list,
                           GPtrArray  *cards,
                           gboolean    activatable,
                           gboolean    may_allow)
{
  plt_panes_empty_list (list);
  for (guint i = 0; i < MIN (cards->len, MOST_ROWS); i++)
    {
      const PltRecallCard *card = cards->pdata[i];
      GtkWidget *row = plt_text_row_new (card->title, card->subtitle);

      plt_text_row_add_prefix (PLT_TEXT_ROW (row),
                               plt_panes_new_icon (card->is_open ? "dialog-warning-symbolic" : "emblem-ok-symbolic"));
      if (may_allow && card->is_lost && card->application != NULL)
        plt_text_row_add_suffix (PLT_TEXT_ROW (row), new_allow_button (card));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), activatable && card->is_open);
      gtk_list_box_append (list, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (list), cards->len > 0);
}

/* ---- the list as it would be ---- */

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = plt_card_life_act_finish (result, &error);
  g_autoptr (GPtrArray) cards = error == NULL ? plt_recall_parse_preview (json, &error) : NULL;
  g_autofree char *count = NULL;
  PltRecallForm *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = user_data;
  show_trouble (self, error != NULL ? error->message : NULL);
  gtk_widget_set_visible (self->found, cards != NULL);
  if (cards == NULL)
    return;
  count = cards->len > 0 ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u card of this office has this in common",
                                                         "%u cards of this office have this in common", cards->len),
                                            cards->len)
                         : g_strdup (_("No card of this office is such a card."));
  gtk_label_set_text (self->count, count);
  plt_recall_form_fill_list (self->cards, cards, FALSE, FALSE);
}

static void
preview_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  PltRecallForm *self = PLT_RECALL_FORM (widget);
  g_autofree char *filter = dup_filter (self);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  plt_card_life_act_async (self->office, PLT_RECALL_PREVIEW, (const char * const[]) { filter }, self->cancellable,
                           listed_cb, self);
}

static void
entry_activated_cb (PltRecallForm *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "recall.preview", NULL);
}

/* ---- the proposal ---- */

static void
proposed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (PltRecallForm) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = plt_card_life_act_finish (result, &error);

  if (self->office == NULL)
    return;
  show_trouble (self, error != NULL ? error->message : NULL);
  if (error != NULL)
    return;
  plt_reason_dialog_forget (GTK_WIDGET (self));
  plt_panes_toast (GTK_WIDGET (self), "%s", _("The recall was proposed. It takes effect when a colleague confirms it."));
  g_signal_emit (self, signals[DONE], 0);
}

static void
reason_given_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autofree char *reason = plt_reason_dialog_ask_finish (result, NULL, NULL);
  PltRecallForm *self = PLT_RECALL_FORM (source);
  g_autofree char *filter = NULL;

  if (reason == NULL || self->office == NULL)
    return;
  filter = dup_filter (self);
  plt_card_life_act_async (self->office, PLT_RECALL_NEW, (const char * const[]) { filter, reason }, NULL,
                           proposed_cb, g_object_ref (self));
}

static void
propose_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  plt_reason_dialog_ask_async (widget, _("Propose the Recall?"),
                               _("All cards of the list are meant as they are now. Holders keep their licences; a "
                                 "colleague confirms the list before anything happens."), _("_Propose"), NULL, NULL,
                               reason_given_cb, NULL);
}

static void
leave_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  g_signal_emit (widget, signals[LEFT], 0);
}

/* ---- the class ---- */

static void
plt_recall_form_dispose (GObject *object)
{
  PltRecallForm *self = PLT_RECALL_FORM (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->office);
  g_clear_pointer (&self->queues, g_ptr_array_unref);
  /* AdwBin would let go of its child a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_RECALL_FORM);

  G_OBJECT_CLASS (plt_recall_form_parent_class)->dispose (object);
}

static void
plt_recall_form_class_init (PltRecallFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_recall_form_dispose;
  signals[DONE] = g_signal_new ("done", PLT_TYPE_RECALL_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  signals[LEFT] = g_signal_new ("left", PLT_TYPE_RECALL_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  g_type_ensure (PLT_TYPE_WRAP_BOX);
  gtk_widget_class_install_action (widget_class, "recall.preview", NULL, preview_action);
  gtk_widget_class_install_action (widget_class, "recall.propose", NULL, propose_action);
  gtk_widget_class_install_action (widget_class, "recall.leave", NULL, leave_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "recall.leave", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "recall.propose", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/platen/Platen/panes/room/plt-recall-form.ui");
  gtk_widget_class_bind_template_child (widget_class, PltRecallForm, fields);
  gtk_widget_class_bind_template_child (widget_class, PltRecallForm, trouble);
  gtk_widget_class_bind_template_child (widget_class, PltRecallForm, found);
  gtk_widget_class_bind_template_child (widget_class, PltRecallForm, count);
  gtk_widget_class_bind_template_child (widget_class, PltRecallForm, cards);
}

static void
add_row (PltRecallForm  *self,
         PltRecallField  field,
         GtkWidget      *input)
{
  GtkWidget *row = adw_action_row_new ();

  gtk_widget_set_valign (input, GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), plt_recall_field_get_caption (field));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), input);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), input);
  gtk_accessible_update_property (GTK_ACCESSIBLE (input), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  plt_recall_field_get_caption (field), -1);
  adw_preferences_group_add (self->fields, row);
}

static void
plt_recall_form_init (PltRecallForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  plt_panes_name_once (GTK_WIDGET (self));
  self->queues = g_ptr_array_new_with_free_func (g_free);
  self->printer = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  add_row (self, PLT_RECALL_FIELD_PRINTER, GTK_WIDGET (self->printer));
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->printer))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  plt_recall_field_get_caption (PLT_RECALL_FIELD_PRINTER), -1);
  for (int i = PLT_RECALL_FIELD_PRINTER + 1; i < PLT_N_RECALL_FIELDS; i++)
    {
      GtkWidget *entry = gtk_entry_new ();

      self->entries[i] = GTK_EDITABLE (entry);
      gtk_editable_set_width_chars (self->entries[i], 16);
      g_signal_connect_object (entry, "activate", G_CALLBACK (entry_activated_cb), self, G_CONNECT_SWAPPED);
      plt_panes_take_scans (entry);
      add_row (self, (PltRecallField) i, entry);
    }
  plt_recall_form_set_printers (self, NULL);
}

void
plt_recall_form_set_office (PltRecallForm *self,
                            PltOffice     *office)
{
  g_return_if_fail (PLT_IS_RECALL_FORM (self));

  g_set_object (&self->office, office);
}

/* What was chosen stays chosen while the list of printers is read again. */
void
plt_recall_form_set_printers (PltRecallForm *self,
                              GListModel    *printers)
{
  guint chosen = gtk_drop_down_get_selected (self->printer);
  guint n_printers = printers != NULL ? g_list_model_get_n_items (printers) : 0;
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  g_return_if_fail (PLT_IS_RECALL_FORM (self));

  if (n_printers == self->queues->len && gtk_drop_down_get_model (self->printer) != NULL)
    return;
  g_ptr_array_set_size (self->queues, 0);
  gtk_string_list_append (titles, _("Any printer"));
  for (guint i = 0; i < n_printers; i++)
    {
      g_autoptr (GObject) printer = g_list_model_get_item (printers, i);
      g_autofree char *title = NULL;
      char *destination = NULL;

      g_object_get (printer, "destination", &destination, "title", &title, NULL);
      gtk_string_list_append (titles, title != NULL && *title != '\0' ? title : destination);
      g_ptr_array_add (self->queues, destination);
    }
  gtk_drop_down_set_model (self->printer, G_LIST_MODEL (titles));
  if (chosen != GTK_INVALID_LIST_POSITION && chosen <= n_printers)
    gtk_drop_down_set_selected (self->printer, chosen);
}

void
plt_recall_form_begin (PltRecallForm *self)
{
  g_return_if_fail (PLT_IS_RECALL_FORM (self));

  gtk_drop_down_set_selected (self->printer, 0);
  for (int i = PLT_RECALL_FIELD_PRINTER + 1; i < PLT_N_RECALL_FIELDS; i++)
    gtk_editable_set_text (self->entries[i], "");
  show_trouble (self, NULL);
  gtk_widget_set_visible (self->found, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->printer));
}
