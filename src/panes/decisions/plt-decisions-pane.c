/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads rules, proposals and links whenever it is shown, and does what is said to them. */
#include "plt-decisions-pane.h"

#include "plt-decision-dialog.h"
#include "plt-decision-step.h"
#include "plt-decisions.h"
#include "plt-link-list.h"
#include "plt-notice.h"
#include "plt-pane-keys.h"
#include "plt-panes.h"
#include "plt-reason-dialog.h"
#include "plt-rule-dialog.h"
#include "plt-rule-row.h"
#include "plt-waiting-exceptions.h"

#include <glib/gi18n-lib.h>

struct _PltDecisionsPane
{
  AdwBin             parent_instance;

  PltOffice         *office;
  GCancellable      *cancellable;
  GPtrArray         *proposals; /* PltDifferenceRule; NULL until they have been read */
  GPtrArray         *rules;     /* PltDifferenceRule */
  PltDifferenceRule  asked;     /* what the open dialog is about: numbers only */

  PltNotice         *notice;
  GtkScrolledWindow *scroller;
  GtkListBox        *proposed;
  GtkListBox        *own;
  GtkListBox        *shipped;
  PltLinkList       *links;
  PltWaitingExceptions *exceptions;
  GtkWidget         *no_links;
};

G_DEFINE_FINAL_TYPE (PltDecisionsPane, plt_decisions_pane, ADW_TYPE_BIN)

static const PltPaneKey keys[] = {
  { "F5", "decisions.read-again", NULL },
};

static gboolean
is_supervisor (PltDecisionsPane *self)
{
  return plt_session_has_role (plt_office_get_session (self->office), PLT_ROLE_SUPERVISOR);
}

/* Rows are addressed by their position among the proposals, then the rules. */
static const PltDifferenceRule *
find_rule (PltDecisionsPane *self,
           int               position)
{
  int n_proposals = self->proposals != NULL ? (int) self->proposals->len : 0;
  int n_rules = self->rules != NULL ? (int) self->rules->len : 0;

  if (position < 0 || position >= n_proposals + n_rules)
    return NULL;

  return position < n_proposals ? g_ptr_array_index (self->proposals, position)
                                : g_ptr_array_index (self->rules, position - n_proposals);
}

/* The row that had the keyboard is gone, or there was none yet when the pane was shown. */
static void
keep_focus (PltDecisionsPane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (gtk_widget_get_mapped (GTK_WIDGET (self)) &&
      (focus == NULL || focus == GTK_WIDGET (self->scroller)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
show_rules (PltDecisionsPane *self)
{
  const PltDifferenceRule *rule;
  gboolean may = is_supervisor (self);

  plt_panes_empty_list (self->proposed);
  plt_panes_empty_list (self->own);
  plt_panes_empty_list (self->shipped);
  for (int i = 0; (rule = find_rule (self, i)) != NULL; i++)
    gtk_list_box_append (rule->id == 0 ? self->proposed
                         : rule->accepted_by != NULL ? self->own : self->shipped,
                         plt_rule_row_new (rule, i, may));
  keep_focus (self);
}

static void
show_error (PltDecisionsPane *self,
            const GError     *error)
{
  plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, _("_Read Again"),
                   "decisions.read-again");
}

static void
take_rules (PltDecisionsPane  *self,
            GPtrArray        **rules,
            GAsyncResult      *result)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = plt_decisions_run_finish (result, &error);
  GPtrArray *read = json != NULL ? plt_rules_parse (json, &error) : NULL;

  if (read == NULL)
    {
      show_error (self, error);
      return;
    }
  g_clear_pointer (rules, g_ptr_array_unref);
  *rules = read;
  show_rules (self);
}

static void
proposals_read_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  PltDecisionsPane *self = user_data;

  if (!g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    take_rules (self, &self->proposals, result);
}

static void
rules_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  PltDecisionsPane *self = user_data;

  if (!g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    take_rules (self, &self->rules, result);
}

static void
stop (PltDecisionsPane *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
read_all (PltDecisionsPane *self)
{
  stop (self);
  self->cancellable = g_cancellable_new ();
  plt_decisions_run_async (self->office, PLT_DECISIONS_PROPOSALS, NULL, self->cancellable,
                           proposals_read_cb, self);
  plt_decisions_run_async (self->office, PLT_DECISIONS_RULES, NULL, self->cancellable, rules_read_cb,
                           self);
}

static void
office_changed_cb (PltDecisionsPane *self,
                   const char       *subject)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) &&
      (g_str_equal (subject, "rule") || g_str_equal (subject, "everything")))
    read_all (self);
}

/* ---- what people do ---- */

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (PltDecisionsPane) self = user_data;
  g_autoptr (GError) error = NULL;

  /* A pane that is closed meanwhile has nobody to tell. */
  if (self->office == NULL)
    return;
  if (!plt_decision_step_finish (GTK_WIDGET (self), self->notice, result, &error))
    {
      show_error (self, error);
      return;
    }
  plt_panes_toast (GTK_WIDGET (self), "%s", self->asked.id == 0 ? _("The rule is in force.")
                                                              : _("The rule ends today."));
  /* The rules that look-ups go by are read anew. */
  plt_decisions_get_rules (self->office);
  read_all (self);
}

static void
accepted_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  PltDecisionsPane *self = PLT_DECISIONS_PANE (source);
  g_autofree char *last_day = NULL;
  g_autofree char *reason = plt_rule_dialog_ask_finish (result, &last_day, NULL);
  const PltDifferenceRule *asked = &self->asked;

  if (reason == NULL || self->office == NULL)
    return;
  plt_decisions_run_async (self->office, PLT_DECISIONS_ACCEPT_RULE,
                           (const char *[]) { plt_difference_to_nick (asked->difference),
                                              plt_field_to_nick ((PltField) asked->field),
                                              plt_source_to_nick ((PltSource) asked->source),
                                              last_day, reason },
                           NULL, done_cb, g_object_ref (self));
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  PltDecisionsPane *self = PLT_DECISIONS_PANE (source);
  g_autofree char *reason = plt_reason_dialog_ask_finish (result, NULL, NULL);
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, self->asked.id);

  if (reason != NULL && self->office != NULL)
    plt_decisions_run_async (self->office, PLT_DECISIONS_END_RULE, (const char *[]) { id, reason },
                             NULL, done_cb, g_object_ref (self));
}

static void
remember (PltDecisionsPane        *self,
          const PltDifferenceRule *rule)
{
  self->asked = (PltDifferenceRule) {
    .id = rule->id, .difference = rule->difference, .field = rule->field, .source = rule->source,
  };
}

static void
accept_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  PltDecisionsPane *self = PLT_DECISIONS_PANE (widget);
  const PltDifferenceRule *rule = find_rule (self, g_variant_get_int32 (parameter));

  if (rule == NULL)
    return;
  remember (self, rule);
  plt_rule_dialog_ask_async (widget, self->office, rule, NULL, accepted_cb, NULL);
}

static void
end_action (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  PltDecisionsPane *self = PLT_DECISIONS_PANE (widget);
  const PltDifferenceRule *rule = find_rule (self, g_variant_get_int32 (parameter));
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;

  if (rule == NULL)
    return;
  remember (self, rule);
  title = plt_rule_dup_title (rule);
  /* Translators: what a rule does */
  body = g_strdup_printf (_("%s. From tomorrow on people decide again. What the rule chose until "
                            "then stays, and stays explained."), title);
  plt_reason_dialog_ask_async (widget, _("End the Rule?"), body, _("_End Rule"), NULL, NULL, ended_cb,
                               NULL);
}

static void
cases_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  PltDecisionsPane *self = PLT_DECISIONS_PANE (widget);
  const PltDifferenceRule *rule = find_rule (self, g_variant_get_int32 (parameter));

  if (rule != NULL && rule->field != PLT_NO_FIELD)
    plt_decision_dialog_show_rule (widget, self->office, rule);
}

static void
read_again_action (GtkWidget  *widget,
                   const char *action,
                   GVariant   *parameter)
{
  PltDecisionsPane *self = PLT_DECISIONS_PANE (widget);

  plt_notice_clear (self->notice);
  read_all (self);
  plt_link_list_load (self->links, NULL);
  plt_waiting_exceptions_load (self->exceptions, self->office, is_supervisor (self));
}

/* ---- the class ---- */

static void
plt_decisions_pane_map (GtkWidget *widget)
{
  PltDecisionsPane *self = PLT_DECISIONS_PANE (widget);

  GTK_WIDGET_CLASS (plt_decisions_pane_parent_class)->map (widget);
  read_all (self);
  plt_link_list_load (self->links, NULL);
  plt_waiting_exceptions_load (self->exceptions, self->office, is_supervisor (self));
}

/* What waits for a supervisor comes first. */
static gboolean
plt_decisions_pane_grab_focus (GtkWidget *widget)
{
  PltDecisionsPane *self = PLT_DECISIONS_PANE (widget);

  return gtk_widget_child_focus (GTK_WIDGET (self->exceptions), GTK_DIR_TAB_FORWARD) ||
         gtk_widget_child_focus (GTK_WIDGET (self->proposed), GTK_DIR_TAB_FORWARD) ||
         gtk_widget_child_focus (GTK_WIDGET (self->scroller), GTK_DIR_TAB_FORWARD);
}

static void
plt_decisions_pane_dispose (GObject *object)
{
  PltDecisionsPane *self = PLT_DECISIONS_PANE (object);

  stop (self);
  g_clear_object (&self->office);
  g_clear_pointer (&self->proposals, g_ptr_array_unref);
  g_clear_pointer (&self->rules, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_DECISIONS_PANE);

  G_OBJECT_CLASS (plt_decisions_pane_parent_class)->dispose (object);
}

static void
plt_decisions_pane_class_init (PltDecisionsPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_decisions_pane_dispose;
  widget_class->map = plt_decisions_pane_map;
  plt_panes_class_set_grab_focus (widget_class, plt_decisions_pane_grab_focus);

  g_type_ensure (PLT_TYPE_LINK_LIST);
  g_type_ensure (PLT_TYPE_NOTICE);
  g_type_ensure (PLT_TYPE_WAITING_EXCEPTIONS);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/decisions/plt-decisions-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, PltDecisionsPane, notice);
  gtk_widget_class_bind_template_child (widget_class, PltDecisionsPane, scroller);
  gtk_widget_class_bind_template_child (widget_class, PltDecisionsPane, proposed);
  gtk_widget_class_bind_template_child (widget_class, PltDecisionsPane, own);
  gtk_widget_class_bind_template_child (widget_class, PltDecisionsPane, shipped);
  gtk_widget_class_bind_template_child (widget_class, PltDecisionsPane, links);
  gtk_widget_class_bind_template_child (widget_class, PltDecisionsPane, exceptions);
  gtk_widget_class_bind_template_child (widget_class, PltDecisionsPane, no_links);
  gtk_widget_class_install_action (widget_class, "decisions.accept", "i", accept_action);
  gtk_widget_class_install_action (widget_class, "decisions.end", "i", end_action);
  gtk_widget_class_install_action (widget_class, "decisions.cases", "i", cases_action);
  gtk_widget_class_install_action (widget_class, "decisions.read-again", NULL, read_again_action);
}

static GtkWidget *
build_placeholder (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "padded");

  return label;
}

static void
plt_decisions_pane_init (PltDecisionsPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  plt_panes_name_once (GTK_WIDGET (self));
  gtk_list_box_set_placeholder (self->proposed, build_placeholder (
    _("Nothing. When one kind of difference from one registry has been decided the same way several "
      "times, and never otherwise, it is proposed here.")));
  gtk_list_box_set_placeholder (self->own, build_placeholder (_("None yet.")));
  g_object_bind_property (self->links, "empty", self->no_links, "visible", G_BINDING_SYNC_CREATE);
  plt_pane_keys_install (GTK_WIDGET (self), keys, G_N_ELEMENTS (keys));
}

GtkWidget *
plt_decisions_pane_new (PltOffice *office)
{
  PltDecisionsPane *self = g_object_new (PLT_TYPE_DECISIONS_PANE, NULL);

  self->office = g_object_ref (office);
  plt_link_list_set_office (self->links, office);
  g_signal_connect_object (office, "changed", G_CALLBACK (office_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}
