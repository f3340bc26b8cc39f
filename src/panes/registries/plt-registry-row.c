/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows one registry's state as it changes. */
#include "plt-registry-row.h"

#include <glib/gi18n-lib.h>

struct _PltRegistryRow
{
  GtkListBoxRow     parent_instance;

  PltRegistryState *state;

  GtkImage         *icon;
  GtkSpinner       *spinner;
  GtkLabel         *title;
  GtkLabel         *condition;
  GtkLabel         *host;
  GtkLabel         *speed;
  GtkLabel         *counts;
  GtkWidget        *trouble;
  GtkLabel         *hop;
  GtkLabel         *error;
  GtkWidget        *try;
};

G_DEFINE_FINAL_TYPE (PltRegistryRow, plt_registry_row, GTK_TYPE_LIST_BOX_ROW)

static const struct
{
  const char *icon;
  const char *css_class;
} looks[] = {
  [PLT_REGISTRY_CONDITION_UNKNOWN] = { "dialog-question-symbolic", "dim-label" },
  [PLT_REGISTRY_CONDITION_WORKING] = { "emblem-ok-symbolic", "success" },
  [PLT_REGISTRY_CONDITION_FAILING] = { "dialog-warning-symbolic", "warning" },
  [PLT_REGISTRY_CONDITION_DOWN] = { "network-offline-symbolic", "error" },
  [PLT_REGISTRY_CONDITION_TRYING] = { "content-loading-symbolic", "dim-label" },
};

static void
show_look (PltRegistryRow       *self,
           PltRegistryCondition  condition)
{
  gboolean trying = condition == PLT_REGISTRY_CONDITION_TRYING;

  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), looks[i].css_class);
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), looks[condition].css_class);
  gtk_image_set_from_icon_name (self->icon, looks[condition].icon);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), !trying);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), trying);
  gtk_spinner_set_spinning (self->spinner, trying);
  gtk_widget_set_sensitive (self->try, !trying);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, trying, -1);
}

static char *
describe_speed (PltRegistryState *state)
{
  int p50_ms;
  int p95_ms;
  int budget_ms;

  g_object_get (state, "p50-ms", &p50_ms, "p95-ms", &p95_ms, "budget-ms", &budget_ms, NULL);
  if (p50_ms < 0)
    /* Translators: %g is a number of seconds */
    return g_strdup_printf (_("No answer yet; it may take %g s"), budget_ms / 1000.0);

  /* Translators: half of the answers come within the first number of milliseconds, 95 % within the
   * second; %g is a number of seconds */
  return g_strdup_printf (_("Half within %d ms, 95 %% within %d ms; it may take %g s"), p50_ms, p95_ms,
                          budget_ms / 1000.0);
}

static char *
describe_counts (PltRegistryState *state)
{
  int answers;
  int failures;

  g_object_get (state, "answers", &answers, "failures", &failures, NULL);
  g_autofree char *good = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%d answer", "%d answers", (gulong) answers), answers);
  g_autofree char *bad = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%d failure", "%d failures", (gulong) failures), failures);

  /* Translators: “12 answers”, “1 failure” */
  return g_strdup_printf (_("%s, %s since this desk was started"), good, bad);
}

/* Two zeros say no more than that it was not asked. */
static gboolean
was_asked (PltRegistryState *state)
{
  int answers;
  int failures;

  g_object_get (state, "answers", &answers, "failures", &failures, NULL);

  return answers + failures > 0;
}

/* Where the last question failed, and when. */
static char *
describe_hop (PltRegistryState *state)
{
  g_autofree char *hop = NULL;
  g_autoptr (GDateTime) at = NULL;

  g_object_get (state, "hop-title", &hop, "failed-at", &at, NULL);
  if (at == NULL)
    return g_strdup ("");

  g_autoptr (GDateTime) local = g_date_time_to_local (at);
  /* Translators: time of day, for g_date_time_format() */
  g_autofree char *when = g_date_time_format (local, _("%H:%M:%S"));

  if (plt_registry_state_get_condition (state) == PLT_REGISTRY_CONDITION_WORKING)
    /* Translators: a step such as “Connection”, time of day; it has worked since */
    return g_strdup_printf (_("Last failure, over by now: %s · %s"), hop, when);
  /* Translators: a step such as “Connection”, time of day */
  return g_strdup_printf (_("Failed at: %s · %s"), hop, when);
}

static void
set_text (GtkLabel *label,
          char     *text)
{
  gtk_label_set_text (label, text);
  g_free (text);
}

static void
update (PltRegistryRow *self)
{
  g_autofree char *title = NULL;
  g_autofree char *condition = NULL;
  g_autofree char *host = NULL;
  g_autofree char *error = NULL;

  g_object_get (self->state, "title", &title, "condition-title", &condition, "host", &host,
                "error", &error, NULL);
  show_look (self, plt_registry_state_get_condition (self->state));
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->condition, condition);
  gtk_label_set_text (self->host, host);
  set_text (self->speed, describe_speed (self->state));
  set_text (self->counts, describe_counts (self->state));
  gtk_widget_set_visible (GTK_WIDGET (self->counts), was_asked (self->state));
  set_text (self->hop, describe_hop (self->state));
  gtk_label_set_text (self->error, error != NULL ? error : "");
  /* What to do now that it failed is of no use once it works again; when it failed still is. */
  gtk_widget_set_visible (GTK_WIDGET (self->error), plt_registry_state_get_condition (self->state)
                                                    != PLT_REGISTRY_CONDITION_WORKING);
  gtk_widget_set_visible (self->trouble, error != NULL);

  g_autofree char *label = g_strdup_printf ("%s: %s", title, condition);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->try), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  title, -1);
}

static void
plt_registry_row_dispose (GObject *object)
{
  PltRegistryRow *self = PLT_REGISTRY_ROW (object);

  g_clear_object (&self->state);
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_REGISTRY_ROW);

  G_OBJECT_CLASS (plt_registry_row_parent_class)->dispose (object);
}

static void
plt_registry_row_class_init (PltRegistryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_registry_row_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/registries/plt-registry-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PltRegistryRow, icon);
  gtk_widget_class_bind_template_child (widget_class, PltRegistryRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, PltRegistryRow, title);
  gtk_widget_class_bind_template_child (widget_class, PltRegistryRow, condition);
  gtk_widget_class_bind_template_child (widget_class, PltRegistryRow, host);
  gtk_widget_class_bind_template_child (widget_class, PltRegistryRow, speed);
  gtk_widget_class_bind_template_child (widget_class, PltRegistryRow, counts);
  gtk_widget_class_bind_template_child (widget_class, PltRegistryRow, trouble);
  gtk_widget_class_bind_template_child (widget_class, PltRegistryRow, hop);
  gtk_widget_class_bind_template_child (widget_class, PltRegistryRow, error);
  gtk_widget_class_bind_template_child (widget_class, PltRegistryRow, try);
}

static void
plt_registry_row_init (PltRegistryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
plt_registry_row_new (PltRegistryState *state)
{
  PltRegistryRow *self = g_object_new (PLT_TYPE_REGISTRY_ROW, NULL);
  g_autofree char *source = NULL;

  self->state = g_object_ref (state);
  g_object_get (state, "source", &source, NULL);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->try), "s", source);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->try), "registries.try");
  g_signal_connect_object (state, "notify::condition", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

PltRegistryState *
plt_registry_row_get_state (PltRegistryRow *self)
{
  g_return_val_if_fail (PLT_IS_REGISTRY_ROW (self), NULL);

  return self->state;
}
