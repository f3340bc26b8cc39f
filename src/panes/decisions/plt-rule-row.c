/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says what a rule does. */
#include "plt-rule-row.h"

#include "plt-panes.h"
#include "plt-text-row.h"

#include <glib/gi18n-lib.h>

char *
plt_rule_dup_title (const PltDifferenceRule *rule)
{
  const char *kind = plt_difference_get_title (rule->difference);

  if (rule->field == PLT_NO_FIELD || rule->source == PLT_NO_SOURCE)
    return g_strdup (kind);

  /* Translators: a kind of difference, name of a field, name of a registry */
  return g_strdup_printf (_("%s, %s: %s gives way"), kind, plt_field_get_title ((PltField) rule->field),
                          plt_source_get_title ((PltSource) rule->source));
}

char *
plt_rule_dup_effect (const PltDifferenceRule *rule)
{
  g_autofree char *times = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "Decided this way %d time of late, and never otherwise",
                 "Decided this way %d times of late, and never otherwise", (gulong) rule->times),
    rule->times);
  g_autofree char *people = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "by %d person", "by %d persons", (gulong) rule->people),
    rule->people);
  g_autofree char *open = rule->open == 0
    ? g_strdup (_("No open application has this difference now."))
    : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                    "%d open application has this difference now.",
                                    "%d open applications have this difference now.",
                                    (gulong) rule->open), rule->open);

  /* Translators: “Decided this way 5 times of late, and never otherwise”, “by 2 persons”, then how
   * many open applications have it */
  return g_strdup_printf (_("%s, %s. %s"), times, people, open);
}

/* "1 November 2026 – 1 May 2027" */
static char *
describe_time (const PltDifferenceRule *rule)
{
  g_autofree char *from = plt_date_to_display (rule->from);
  g_autofree char *to = plt_date_to_display (rule->to);

  if (plt_date_compare (rule->to, plt_date_today ()) < 0)
    /* Translators: two dates */
    return g_strdup_printf (_("Was in force from %s to %s"), from, to);

  /* Translators: two dates */
  return g_strdup_printf (_("In force from %s to %s"), from, to);
}

static char *
describe_rule (const PltDifferenceRule *rule)
{
  g_autofree char *time = NULL;
  g_autofree char *who = NULL;

  if (rule->id == 0)
    {
      g_autofree char *effect = plt_rule_dup_effect (rule);

      return g_strjoin ("\n", rule->text, effect, NULL);
    }
  if (rule->accepted_by == NULL)
    return g_strdup (rule->text);
  time = describe_time (rule);
  /* Translators: name of a supervisor, the reason */
  who = g_strdup_printf (_("Accepted by %s: %s"), rule->accepted_by,
                         rule->reason != NULL ? rule->reason : "—");

  return g_strjoin ("\n", rule->text, time, who, NULL);
}

static void
add_button (GtkWidget  *row,
            const char *text,
            const char *action,
            int         position,
            const char *about)
{
  GtkWidget *button = gtk_button_new_with_label (text);
  /* Translators: what a button does, then the rule that it is about */
  g_autofree char *label = g_strdup_printf (C_("button", "%s %s"), text, about);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", position);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  plt_panes_name_once (button);
  plt_text_row_add_suffix (PLT_TEXT_ROW (row), button);
}

static gboolean
can_end (const PltDifferenceRule *rule)
{
  PltDate today = plt_date_today ();

  return rule->accepted_by != NULL && plt_date_is_set (rule->to) &&
         plt_date_compare (rule->to, today) > 0;
}

GtkWidget *
plt_rule_row_new (const PltDifferenceRule *rule,
                  int                      position,
                  gboolean                 is_supervisor)
{
  g_autofree char *title = plt_rule_dup_title (rule);
  g_autofree char *subtitle = describe_rule (rule);
  GtkWidget *row = plt_text_row_new (title, subtitle);

  if (rule->field != PLT_NO_FIELD)
    add_button (row, _("Cases…"), "decisions.cases", position, title);
  if (rule->id == 0 && is_supervisor)
    add_button (row, _("Accept…"), "decisions.accept", position, title);
  if (rule->id != 0 && is_supervisor && can_end (rule))
    add_button (row, _("End…"), "decisions.end", position, title);

  return row;
}
