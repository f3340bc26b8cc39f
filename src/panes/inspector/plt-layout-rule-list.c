/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists the rules that choose layouts in the order in which they are asked, and does what is said to them. */
#include "plt-layout-rule-list.h"

#include "plt-date.h"
#include "plt-layout-decision.h"
#include "plt-layout-rule-dialog.h"
#include "plt-layout-rules.h"
#include "plt-notice.h"
#include "plt-panes.h"
#include "plt-reason-dialog.h"
#include "plt-text-row.h"
#include "plt-wrap-box.h"

#include <glib/gi18n-lib.h>

struct _PltLayoutRuleList
{
  AdwBin         parent_instance;

  PltOffice     *office;
  GCancellable  *cancellable;

  /* What the open dialog is about. */
  PltLayoutsAct  act;
  gint64         id;

  PltNotice     *notice;
  GtkWidget     *propose;
  GtkListBox    *list;
};

G_DEFINE_FINAL_TYPE (PltLayoutRuleList, plt_layout_rule_list, ADW_TYPE_BIN)

static void
show_error (PltLayoutRuleList *self,
            const GError      *error)
{
  plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
}

/* ---- rows ---- */

static char *
dup_day (const char *iso)
{
  PltDate day;

  return iso != NULL && plt_date_parse_iso (iso, &day) ? plt_date_to_display (day) : g_strdup ("—");
}

static char *
dup_days (const PltLayoutRule *rule)
{
  g_autofree char *from = dup_day (rule->valid_from);
  g_autofree char *to = dup_day (rule->valid_to);

  if (rule->valid_to == NULL)
    /* Translators: a date */
    return g_strdup_printf (_("Counts from %s on."), from);

  /* Translators: two dates */
  return g_strdup_printf (_("Counts from %s to %s."), from, to);
}

static char *
dup_people (const PltLayoutRule *rule)
{
  if (rule->proposed_by == NULL)
    return g_strdup (_("Comes with the program."));
  if (rule->approved_by == NULL)
    /* Translators: a person */
    return g_strdup_printf (_("Proposed by %s."), rule->proposed_by);

  /* Translators: two persons */
  return g_strdup_printf (_("Proposed by %s, approved by %s."), rule->proposed_by, rule->approved_by);
}

static char *
describe (const PltLayoutRule *rule)
{
  g_autofree char *days = dup_days (rule);
  g_autofree char *people = dup_people (rule);
  /* Translators: when the rule is asked among the others */
  g_autofree char *place = g_strdup_printf (_("Asked at %d."), rule->position);
  /* Translators: why somebody did something */
  g_autofree char *reason = rule->reason != NULL && rule->proposed_by != NULL
                              ? g_strdup_printf (_("Reason: %s"), rule->reason) : NULL;

  return reason != NULL ? g_strdup_printf ("%s %s\n%s\n%s", place, days, people, reason)
                        : g_strdup_printf ("%s %s\n%s", place, days, people);
}

static void
add_button (PltWrapBox          *box,
            const char          *text,
            const char          *action,
            const PltLayoutRule *rule,
            const char          *about)
{
  GtkWidget *button = gtk_button_new_with_label (text);
  /* Translators: what a button does, then what it is about */
  g_autofree char *label = g_strdup_printf (C_("button", "%s %s"), text, about);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", rule->id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  plt_panes_name_once (button);
  plt_wrap_box_append (box, button);
}

static GtkWidget *
new_row (const PltLayoutRule *rule,
         gboolean             may)
{
  g_autofree char *name = plt_layout_rule_dup_title (rule);
  /* Translators: a rule, then what became of it, such as “Approved” */
  g_autofree char *title = g_strdup_printf (_("%s (%s)"), name, plt_layout_state_get_title (rule->state));
  g_autofree char *subtitle = describe (rule);
  GtkWidget *row = plt_text_row_new (title, subtitle);
  PltWrapBox *box = g_object_new (PLT_TYPE_WRAP_BOX, "to-end", TRUE, "spacing", 6, NULL);

  if (may && rule->state == PLT_LAYOUT_STATE_PROPOSED)
    {
      add_button (box, _("Approve…"), "layout-rules.approve", rule, name);
      add_button (box, _("Refuse…"), "layout-rules.refuse", rule, name);
    }
  if (may && rule->state == PLT_LAYOUT_STATE_APPROVED && rule->proposed_by != NULL)
    add_button (box, _("End…"), "layout-rules.end", rule, name);
  plt_text_row_add_suffix (PLT_TEXT_ROW (row), GTK_WIDGET (box));

  return row;
}

/* In the order in which they are asked; what is over or was refused stands last. */
static void
show_rules (PltLayoutRuleList *self,
            GPtrArray         *rules)
{
  gboolean may = plt_layout_decision_is_allowed (self->office);
  int focused = plt_panes_find_focus (self->list);

  plt_panes_empty_list (self->list);
  for (int over = 0; over < 2; over++)
    for (guint i = 0; i < rules->len; i++)
      {
        const PltLayoutRule *rule = rules->pdata[i];
        gboolean is_over = rule->state == PLT_LAYOUT_STATE_REFUSED ||
                           rule->state == PLT_LAYOUT_STATE_RETIRED;

        if (is_over == (over == 1))
          gtk_list_box_append (self->list, new_row (rule, may));
      }
  plt_panes_put_focus (self->list, focused);
}

static void
rules_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = plt_layout_versions_run_finish (result, &error);
  g_autoptr (GPtrArray) rules = json != NULL ? plt_layout_rules_parse (json, &error) : NULL;
  PltLayoutRuleList *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = user_data;
  if (rules == NULL)
    show_error (self, error);
  else
    show_rules (self, rules);
}

static void
stop (PltLayoutRuleList *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

void
plt_layout_rule_list_load (PltLayoutRuleList *self)
{
  g_return_if_fail (PLT_IS_LAYOUT_RULE_LIST (self));

  stop (self);
  self->cancellable = g_cancellable_new ();
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "layout-rules.propose",
                                 plt_layout_decision_is_allowed (self->office));
  plt_layout_versions_run_async (self->office, PLT_LAYOUTS_RULES, NULL, self->cancellable,
                                 rules_read_cb, self);
}

/* ---- what people do ---- */

static const char *
get_done (PltLayoutsAct act)
{
  switch ((int) act)
    {
    case PLT_LAYOUTS_PROPOSE_RULE:
      return _("The rule is proposed. Another person approves it.");
    case PLT_LAYOUTS_APPROVE_RULE:
      return _("The rule is approved.");
    default:
      return _("The rule does not count any more.");
    }
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (PltLayoutRuleList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = plt_layout_versions_run_finish (result, &error);

  if (self->office == NULL)
    return;
  plt_layout_rule_list_load (self);
  if (json == NULL)
    {
      show_error (self, error);
      return;
    }
  plt_reason_dialog_forget (GTK_WIDGET (self));
  plt_notice_clear (self->notice);
  plt_panes_toast (GTK_WIDGET (self), "%s", get_done (self->act));
}

static void
reason_given_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  PltLayoutRuleList *self = PLT_LAYOUT_RULE_LIST (source);
  g_autofree char *reason = plt_reason_dialog_ask_finish (result, NULL, NULL);
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, self->id);

  if (reason != NULL && self->office != NULL)
    plt_layout_versions_run_async (self->office, self->act, (const char *[]){ id, reason }, NULL,
                                   done_cb, g_object_ref (self));
}

static void
decide_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  static const PltLayoutDecision decisions[] = {
    { "layout-rules.approve", N_("Approve the Rule?"),
      N_("From its first day on it chooses the layout of each application that it fits and that no rule before it "
         "takes. Say what you have looked at."),
      N_("_Approve"), PLT_LAYOUTS_APPROVE_RULE },
    { "layout-rules.refuse", N_("Refuse the Rule?"), N_("It is not used. Say why."), N_("_Refuse"),
      PLT_LAYOUTS_END_RULE },
    { "layout-rules.end", N_("End the Rule?"),
      N_("From now on the next rule that fits chooses the layout. Cards that were drawn stay as they are. Say why."),
      N_("_End"), PLT_LAYOUTS_END_RULE },
  };
  PltLayoutRuleList *self = PLT_LAYOUT_RULE_LIST (widget);

  if (plt_layout_decision_ask (widget, decisions, G_N_ELEMENTS (decisions), action, reason_given_cb,
                               &self->act))
    self->id = g_variant_get_int64 (parameter);
}

static void
proposed_cb (PltLayoutRuleList *self)
{
  self->act = PLT_LAYOUTS_PROPOSE_RULE;
  plt_layout_rule_list_load (self);
  plt_notice_clear (self->notice);
  plt_panes_toast (GTK_WIDGET (self), "%s", get_done (self->act));
}

static void
propose_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  PltLayoutRuleList *self = PLT_LAYOUT_RULE_LIST (widget);
  GtkWindow *dialog = plt_layout_rule_dialog_new (widget, self->office);

  g_signal_connect_object (dialog, "proposed", G_CALLBACK (proposed_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

/* ---- life ---- */

static gboolean
plt_layout_rule_list_grab_focus (GtkWidget *widget)
{
  PltLayoutRuleList *self = PLT_LAYOUT_RULE_LIST (widget);

  return gtk_widget_grab_focus (self->propose)
         || gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

static void
plt_layout_rule_list_dispose (GObject *object)
{
  PltLayoutRuleList *self = PLT_LAYOUT_RULE_LIST (object);

  stop (self);
  g_clear_object (&self->office);
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_LAYOUT_RULE_LIST);

  G_OBJECT_CLASS (plt_layout_rule_list_parent_class)->dispose (object);
}

static void
plt_layout_rule_list_class_init (PltLayoutRuleListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_layout_rule_list_dispose;
  plt_panes_class_set_grab_focus (widget_class, plt_layout_rule_list_grab_focus);
  g_type_ensure (PLT_TYPE_NOTICE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/inspector/plt-layout-rule-list.ui");
  gtk_widget_class_bind_template_child (widget_class, PltLayoutRuleList, notice);
  gtk_widget_class_bind_template_child (widget_class, PltLayoutRuleList, propose);
  gtk_widget_class_bind_template_child (widget_class, PltLayoutRuleList, list);
  gtk_widget_class_install_action (widget_class, "layout-rules.propose", NULL, propose_action);
  gtk_widget_class_install_action (widget_class, "layout-rules.approve", "x", decide_action);
  gtk_widget_class_install_action (widget_class, "layout-rules.refuse", "x", decide_action);
  gtk_widget_class_install_action (widget_class, "layout-rules.end", "x", decide_action);
}

static void
plt_layout_rule_list_init (PltLayoutRuleList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  plt_panes_name_once (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "layout-rules.propose", FALSE);
}

void
plt_layout_rule_list_set_office (PltLayoutRuleList *self,
                                 PltOffice         *office)
{
  g_return_if_fail (PLT_IS_LAYOUT_RULE_LIST (self) && self->office == NULL);

  self->office = g_object_ref (office);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "layout-rules.propose",
                                 plt_layout_decision_is_allowed (self->office));
}
