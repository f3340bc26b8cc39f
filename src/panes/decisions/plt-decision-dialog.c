/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows decisions in a window that closes with Escape. */
#include "plt-decision-dialog.h"

#include "plt-decisions.h"
#include "plt-field-text.h"
#include "plt-text-row.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define WIDTH 680
#define HEIGHT 520

/* What the window was opened for; it belongs to the window. */
typedef struct
{
  GtkStack      *stack;
  GtkListBox    *list;
  AdwStatusPage *failed;
  GCancellable  *cancellable;
  int            field;    /* only decisions on it, or PLT_NO_FIELD */
  gboolean       for_rule; /* past cases of a rule that lets @source give way */
  int            source;
} Shown;

static void
shown_free (Shown *shown)
{
  g_cancellable_cancel (shown->cancellable);
  g_object_unref (shown->cancellable);
  g_free (shown);
}

static const char *
describe_act (const PltDecision *decision)
{
  switch (decision->act)
    {
    case PLT_DECISION_DECIDED:
      return C_("decision", "decided by a supervisor");
    case PLT_DECISION_PARKED:
      return C_("decision", "parked for a supervisor");
    case PLT_DECISION_UNDONE:
      return C_("decision", "put back by undoing");
    case PLT_DECISION_CHOSEN:
    default:
      return decision->overruled ? C_("decision", "chosen against the rule")
                                 : C_("decision", "chosen by a clerk");
    }
}

/* "Population: Horvat · Infringements: Horwat" */
static char *
describe_said (const PltDecision *decision)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  for (int i = 0; i < (int) plt_source_get_count (); i++)
    if (decision->said[i] != NULL)
      {
        g_autofree char *value = plt_field_to_display (decision->field, decision->said[i]);

        /* Translators: a registry, then what it says */
        g_ptr_array_add (parts, g_strdup_printf (C_("source", "%s: %s"),
                                                 plt_source_get_title ((PltSource) i), value));
      }
  g_ptr_array_add (parts, NULL);

  return g_strjoinv (" · ", (char **) parts->pdata);
}

static char *
describe_decision (const PltDecision *decision,
                   gboolean           is_of_many)
{
  g_autofree char *when = plt_time_to_display (decision->at);
  g_autofree char *said = describe_said (decision);
  g_autofree char *who = g_strjoin (" · ", decision->who != NULL ? decision->who : "—", when,
                                    is_of_many ? decision->application : NULL, NULL);
  g_autofree char *why = NULL;

  /* Nobody is asked why something is undone. */
  if (decision->act == PLT_DECISION_UNDONE)
    return g_strjoin ("\n", who, *said != '\0' ? said : NULL, NULL);
  /* Translators: why somebody decided something */
  why = g_strdup_printf (_("Reason: %s"), decision->reason != NULL ? decision->reason : "—");

  return g_strjoin ("\n", who, why, *said != '\0' ? said : NULL, NULL);
}

/* "Family name: Horvat · chosen by a clerk" */
static char *
describe_title (const PltDecision *decision)
{
  const char *title = plt_field_get_title (decision->field);
  g_autofree char *value = plt_field_to_display (decision->field, decision->value);

  if (decision->act == PLT_DECISION_UNDONE && decision->value == NULL)
    /* Translators: name of a field */
    return g_strdup_printf (_("%s: the decision was undone"), title);
  if (decision->value == NULL)
    /* Translators: name of a field, what was done with it */
    return g_strdup_printf (C_("decision", "%s: %s"), title, describe_act (decision));

  /* Translators: name of a field, its value, what was done with it */
  return g_strdup_printf (C_("decision", "%s: %s · %s"), title, value, describe_act (decision));
}

static void
add_badge (GtkWidget  *row,
           const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "badge");
  plt_text_row_add_suffix (PLT_TEXT_ROW (row), label);
}

static GtkWidget *
build_row (const PltDecision *decision,
           gboolean           is_of_many)
{
  g_autofree char *title = describe_title (decision);
  g_autofree char *subtitle = describe_decision (decision, is_of_many);
  GtkWidget *row = plt_text_row_new (title, subtitle);

  if (decision->undone)
    add_badge (row, C_("decision", "Undone"));

  return row;
}

GtkWidget *
plt_decision_case_row_new (const PltDecision *decision,
                           int                source)
{
  GtkWidget *row = build_row (decision, TRUE);

  /* Translators: whether a rule would have done the same as a person did */
  add_badge (row, decision->gave_way == source ? C_("rule", "The same") : C_("rule", "Otherwise"));

  return row;
}

static GtkWidget *
build_shown_row (Shown             *shown,
                 const PltDecision *decision)
{
  return shown->for_rule ? plt_decision_case_row_new (decision, shown->source)
                         : build_row (decision, FALSE);
}

static void
show_decisions (Shown     *shown,
                GPtrArray *decisions)
{
  guint n_shown = 0;

  for (guint i = 0; i < decisions->len; i++)
    {
      const PltDecision *decision = g_ptr_array_index (decisions, i);

      if (shown->field != PLT_NO_FIELD && (int) decision->field != shown->field)
        continue;
      gtk_list_box_append (shown->list, build_shown_row (shown, decision));
      n_shown++;
    }
  gtk_stack_set_visible_child_name (shown->stack, n_shown > 0 ? "list" : "empty");
  if (n_shown > 0)
    gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (shown->list, 0)));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = plt_decisions_run_finish (result, &error);
  g_autoptr (GPtrArray) decisions = NULL;
  Shown *shown;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  shown = user_data;
  decisions = json != NULL ? plt_decisions_parse (json, &error) : NULL;
  if (decisions != NULL)
    {
      show_decisions (shown, decisions);
      return;
    }
  g_autofree char *escaped = g_markup_escape_text (error->message, -1);
  adw_status_page_set_description (shown->failed, escaped);
  gtk_stack_set_visible_child_name (shown->stack, "failed");
}

static GtkWidget *
build_list (Shown *shown)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_box_new ();

  shown->list = GTK_LIST_BOX (list);
  gtk_list_box_set_selection_mode (shown->list, GTK_SELECTION_NONE);
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  gtk_widget_set_margin_top (list, 12);
  gtk_widget_set_margin_bottom (list, 12);
  gtk_widget_set_margin_start (list, 12);
  gtk_widget_set_margin_end (list, 12);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Decisions"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);

  return scroller;
}

static GtkWidget *
build_page (const char *icon,
            const char *title,
            const char *description)
{
  return g_object_new (ADW_TYPE_STATUS_PAGE,
                       "icon-name", icon,
                       "title", title,
                       "description", description,
                       NULL);
}

static GtkWidget *
build_content (Shown      *shown,
               const char *empty)
{
  GtkWidget *stack = gtk_stack_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  shown->stack = GTK_STACK (stack);
  shown->failed = ADW_STATUS_PAGE (build_page ("dialog-error-symbolic",
                                               _("The Decisions Were Not Read"), NULL));
  gtk_widget_set_vexpand (stack, TRUE);
  gtk_stack_add_named (shown->stack, gtk_label_new (_("Reading the decisions…")), "reading");
  gtk_stack_add_named (shown->stack, build_list (shown), "list");
  gtk_stack_add_named (shown->stack, build_page ("view-list-symbolic", _("No Decision"), empty),
                       "empty");
  gtk_stack_add_named (shown->stack, GTK_WIDGET (shown->failed), "failed");
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), stack);

  return box;
}

static gboolean
close_cb (GtkWidget *window,
          GVariant  *parameter,
          gpointer   user_data)
{
  gtk_window_close (GTK_WINDOW (window));

  return GDK_EVENT_STOP;
}

static Shown *
show_window (GtkWidget  *parent,
             const char *title,
             const char *empty)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  GtkEventController *controller = gtk_shortcut_controller_new ();
  Shown *shown = g_new0 (Shown, 1);
  GtkWidget *window = g_object_new (ADW_TYPE_WINDOW,
                                    "title", title,
                                    "modal", TRUE,
                                    "transient-for", GTK_IS_WINDOW (root) ? root : NULL,
                                    "default-width", WIDTH,
                                    "default-height", HEIGHT,
                                    NULL);

  shown->field = PLT_NO_FIELD;
  shown->cancellable = g_cancellable_new ();
  adw_window_set_content (ADW_WINDOW (window), build_content (shown, empty));
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (controller),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                      gtk_callback_action_new (close_cb, NULL, NULL)));
  gtk_widget_add_controller (window, controller);
  g_object_set_data_full (G_OBJECT (window), "plt-decisions-shown", shown,
                          (GDestroyNotify) shown_free);
  gtk_window_present (GTK_WINDOW (window));

  return shown;
}

void
plt_decision_dialog_show_application (GtkWidget  *parent,
                                      PltOffice  *office,
                                      const char *number,
                                      int         field)
{
  g_autofree char *title = NULL;
  Shown *shown;

  if (field == PLT_NO_FIELD)
    title = g_strdup_printf (_("Decisions on %s"), number);
  else
    /* Translators: name of a field, number of an application */
    title = g_strdup_printf (_("Decisions: %s of %s"), plt_field_get_title ((PltField) field),
                             number);
  shown = show_window (parent, title, _("Nobody has decided anything here: what differed was settled "
                                        "by rules, or still waits for a person."));
  shown->field = field;
  plt_decisions_run_async (office, PLT_DECISIONS_OF_APPLICATION, (const char *[]) { number },
                           shown->cancellable, read_cb, shown);
}

void
plt_decision_dialog_show_rule (GtkWidget               *parent,
                               PltOffice               *office,
                               const PltDifferenceRule *rule)
{
  const char *arguments[] = { plt_difference_to_nick (rule->difference),
                              plt_field_to_nick ((PltField) rule->field) };
  /* Translators: a kind of difference, name of a field */
  g_autofree char *title = g_strdup_printf (_("Past Cases: %s, %s"),
                                            plt_difference_get_title (rule->difference),
                                            plt_field_get_title ((PltField) rule->field));
  Shown *shown = show_window (parent, title, _("No decision of a person that stands is of this "
                                               "kind."));

  shown->for_rule = TRUE;
  shown->source = rule->source;
  plt_decisions_run_async (office, PLT_DECISIONS_RULE_CASES, arguments, shown->cancellable, read_cb,
                           shown);
}
