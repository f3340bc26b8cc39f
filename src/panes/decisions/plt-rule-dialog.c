/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message dialog with the past cases, a last day and a reason. */
#include "plt-rule-dialog.h"

#include "plt-decision-dialog.h"
#include "plt-decisions.h"
#include "plt-panes.h"
#include "plt-rule-row.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* A rule ends; half a year is what is offered, a year and a day what the database takes. */
#define OFFERED_DAYS 182
#define MOST_DAYS 366
#define CASES_WIDTH 480
#define CASES_HEIGHT 180

typedef struct
{
  AdwMessageDialog *dialog; /* owned by GTK; gone after "response" */
  GtkListBox       *cases;
  GtkLabel         *told;   /* how far the cases are, or what is wrong with the day */
  GtkEditable      *day;
  GtkEditable      *reason;
  GCancellable     *cancellable; /* of reading the cases */
  int               source;
  char             *last_day;
} Ask;

static void
ask_free (Ask *ask)
{
  g_cancellable_cancel (ask->cancellable);
  g_object_unref (ask->cancellable);
  g_free (ask->last_day);
  g_free (ask);
}

static gboolean
read_day (Ask     *ask,
          PltDate *day)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (ask->day)));
  PltDate today = plt_date_today ();

  return plt_date_parse_iso (text, day) && plt_date_compare (*day, today) >= 0 &&
         plt_date_compare (*day, plt_date_add_days (today, MOST_DAYS)) <= 0;
}

static void
answer_changed_cb (Ask *ask)
{
  g_autofree char *reason = g_strstrip (g_strdup (gtk_editable_get_text (ask->reason)));
  PltDate day;
  gboolean good_day = read_day (ask, &day);

  gtk_label_set_text (ask->told, good_day ? ""
                      : _("A rule ends on a day within a year. Type it as YYYY-MM-DD."));
  gtk_widget_set_visible (GTK_WIDGET (ask->told), !good_day);
  gtk_accessible_update_state (GTK_ACCESSIBLE (ask->day), GTK_ACCESSIBLE_STATE_INVALID,
                               good_day ? GTK_ACCESSIBLE_INVALID_FALSE
                                        : GTK_ACCESSIBLE_INVALID_TRUE, -1);
  adw_message_dialog_set_response_enabled (ask->dialog, "do", good_day && *reason != '\0');
}

static void
response_cb (GTask      *task,
             const char *response)
{
  Ask *ask = g_task_get_task_data (task);
  PltDate day;

  /* What is still being read has nothing to be shown in any more. */
  g_cancellable_cancel (ask->cancellable);
  if (g_strcmp0 (response, "do") == 0 && read_day (ask, &day))
    {
      ask->last_day = plt_date_to_iso (day);
      g_task_return_pointer (task, g_strstrip (g_strdup (gtk_editable_get_text (ask->reason))),
                             g_free);
    }
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  g_object_unref (task);
}

static void
cases_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = plt_decisions_run_finish (result, &error);
  g_autoptr (GPtrArray) cases = json != NULL ? plt_decisions_parse (json, &error) : NULL;
  Ask *ask;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  ask = user_data;
  for (guint i = 0; cases != NULL && i < cases->len; i++)
    gtk_list_box_append (ask->cases, plt_decision_case_row_new (g_ptr_array_index (cases, i),
                                                                ask->source));
  if (cases == NULL)
    {
      gtk_label_set_text (ask->told, error->message);
      gtk_widget_set_visible (GTK_WIDGET (ask->told), TRUE);
    }
}

static GtkWidget *
build_cases (Ask *ask)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_box_new ();

  ask->cases = GTK_LIST_BOX (list);
  gtk_list_box_set_selection_mode (ask->cases, GTK_SELECTION_NONE);
  gtk_list_box_set_placeholder (ask->cases, gtk_label_new (_("Reading the past cases…")));
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Past cases"), -1);
  gtk_widget_add_css_class (scroller, "card");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_size_request (scroller, CASES_WIDTH, -1);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), CASES_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);

  return scroller;
}

static GtkWidget *
build_content (Ask *ask)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *told = gtk_label_new (NULL);
  g_autofree char *offered = plt_date_to_iso (plt_date_add_days (plt_date_today (), OFFERED_DAYS));

  gtk_box_append (GTK_BOX (box), build_cases (ask));
  ask->day = plt_panes_append_entry (GTK_BOX (box), _("_Last day (YYYY-MM-DD)"), _("Last day"));
  ask->told = GTK_LABEL (told);
  gtk_label_set_xalign (ask->told, 0);
  gtk_label_set_wrap (ask->told, TRUE);
  gtk_widget_add_css_class (told, "error");
  gtk_box_append (GTK_BOX (box), told);
  ask->reason = plt_panes_append_entry (GTK_BOX (box), _("_Reason"), _("Reason"));
  gtk_editable_set_text (ask->day, offered);
  g_signal_connect_swapped (ask->day, "changed", G_CALLBACK (answer_changed_cb), ask);
  g_signal_connect_swapped (ask->reason, "changed", G_CALLBACK (answer_changed_cb), ask);

  return box;
}

void
plt_rule_dialog_ask_async (GtkWidget               *parent,
                           PltOffice               *office,
                           const PltDifferenceRule *proposal,
                           GCancellable            *cancellable,
                           GAsyncReadyCallback      callback,
                           gpointer                 user_data)
{
  GTask *task = g_task_new (parent, cancellable, callback, user_data);
  GtkRoot *root = gtk_widget_get_root (parent);
  Ask *ask = g_new0 (Ask, 1);
  g_autofree char *heading = plt_rule_dup_title (proposal);
  g_autofree char *effect = plt_rule_dup_effect (proposal);
  const char *arguments[] = { plt_difference_to_nick (proposal->difference),
                              plt_field_to_nick ((PltField) proposal->field) };
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                              heading, effect);

  g_task_set_task_data (task, ask, (GDestroyNotify) ask_free);
  ask->source = proposal->source;
  ask->cancellable = g_cancellable_new ();
  ask->dialog = ADW_MESSAGE_DIALOG (dialog);
  adw_message_dialog_set_extra_child (ask->dialog, plt_panes_scroll_dialog (build_content (ask), root));
  adw_message_dialog_add_responses (ask->dialog, "cancel", _("_Cancel"), "do", _("_Accept"), NULL);
  adw_message_dialog_set_close_response (ask->dialog, "cancel");
  adw_message_dialog_set_default_response (ask->dialog, "do");
  adw_message_dialog_set_response_appearance (ask->dialog, "do", ADW_RESPONSE_SUGGESTED);
  answer_changed_cb (ask);
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (response_cb), task);
  plt_panes_name_once (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (GTK_WIDGET (ask->day));
  plt_decisions_run_async (office, PLT_DECISIONS_RULE_CASES, arguments, ask->cancellable,
                           cases_read_cb, ask);
}

char *
plt_rule_dialog_ask_finish (GAsyncResult  *result,
                            char         **last_day,
                            GError       **error)
{
  Ask *ask = g_task_get_task_data (G_TASK (result));

  if (last_day != NULL)
    *last_day = g_strdup (ask->last_day);

  return g_task_propagate_pointer (G_TASK (result), error);
}
