/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the rows of findings and of history. */
#include "plt-record-rows.h"

#include "plt-field-text.h"
#include "plt-finding.h"
#include "plt-panes.h"
#include "plt-text-row.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *icon;
  const char *css_class;
  const char *title;
} severities[] = {
  [PLT_SEVERITY_HARD] = { "dialog-error-symbolic", "error", N_("Stop") },
  [PLT_SEVERITY_SOFT] = { "dialog-warning-symbolic", "warning", N_("For the approver") },
  [PLT_SEVERITY_WARNING] = { "dialog-information-symbolic", "accent", N_("Note") },
};

static gboolean
is_set (const char *text)
{
  return text != NULL && *text != '\0';
}

GtkWidget *
plt_finding_row_new (gpointer item,
                     gpointer user_data)
{
  PltFinding *finding = item;
  PltSeverity severity = plt_finding_get_severity (finding);
  const char *cure = plt_finding_get_cure (finding);
  const char *law = plt_finding_get_legal_reference (finding);
  g_autofree char *subtitle = g_strjoin ("\n", is_set (cure) ? cure : "",
                                         is_set (law) ? law : NULL, NULL);
  GtkWidget *row = plt_text_row_new (plt_finding_get_text (finding), g_strstrip (subtitle));
  GtkWidget *icon = plt_panes_new_icon (severities[severity].icon);
  GtkWidget *word = gtk_label_new (_(severities[severity].title));

  gtk_widget_add_css_class (icon, severities[severity].css_class);
  gtk_widget_add_css_class (word, "caption-heading");
  gtk_widget_add_css_class (word, severities[severity].css_class);
  plt_text_row_add_prefix (PLT_TEXT_ROW (row), icon);
  plt_text_row_add_suffix (PLT_TEXT_ROW (row), word);

  return row;
}

GtkWidget *
plt_event_row_new (gpointer item,
                   gpointer user_data)
{
  PltEvent *event = item;
  g_autofree char *when = plt_time_to_display (plt_event_get_at (event));
  const char *who = plt_event_get_who (event);
  const char *why = plt_event_get_why (event);
  g_autofree char *subtitle = g_strjoin (" · ", when, is_set (who) ? who : "—",
                                         is_set (why) ? why : NULL, NULL);

  return plt_text_row_new (plt_event_get_text (event), subtitle);
}
