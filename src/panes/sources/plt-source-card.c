/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows one registry's answer: state, age, message, and a way to ask again. */
#include "plt-source-card.h"

#include "plt-field-text.h"

#include <glib/gi18n-lib.h>

struct _PltSourceCard
{
  GtkWidget   parent_instance;

  GtkImage   *icon;
  GtkSpinner *spinner;
  GtkLabel   *title;
  GtkLabel   *state;
  GtkLabel   *message;
  GtkLabel   *last;
  GtkLabel   *last_values;
  GtkButton  *retry;
};

G_DEFINE_FINAL_TYPE (PltSourceCard, plt_source_card, GTK_TYPE_WIDGET)

static const struct
{
  const char *icon;
  const char *css_class;
} looks[] = {
  [PLT_SOURCE_STATE_ASKING] = { "content-loading-symbolic", "dim-label" },
  [PLT_SOURCE_STATE_ANSWERED] = { "emblem-ok-symbolic", "success" },
  [PLT_SOURCE_STATE_NOT_FOUND] = { "dialog-question-symbolic", "warning" },
  [PLT_SOURCE_STATE_TIMED_OUT] = { "alarm-symbolic", "warning" },
  [PLT_SOURCE_STATE_UNREACHABLE] = { "network-offline-symbolic", "error" },
  [PLT_SOURCE_STATE_REFUSED] = { "changes-prevent-symbolic", "error" },
  [PLT_SOURCE_STATE_NONSENSE] = { "dialog-error-symbolic", "error" },
  [PLT_SOURCE_STATE_CANCELLED] = { "process-stop-symbolic", "dim-label" },
};

static void
plt_source_card_dispose (GObject *object)
{
  GtkWidget *child;

  gtk_widget_dispose_template (GTK_WIDGET (object), PLT_TYPE_SOURCE_CARD);
  /* The template's outermost box has no name by which it would be let go. */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (plt_source_card_parent_class)->dispose (object);
}

static void
plt_source_card_class_init (PltSourceCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_source_card_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/sources/plt-source-card.ui");
  gtk_widget_class_bind_template_child (widget_class, PltSourceCard, icon);
  gtk_widget_class_bind_template_child (widget_class, PltSourceCard, spinner);
  gtk_widget_class_bind_template_child (widget_class, PltSourceCard, title);
  gtk_widget_class_bind_template_child (widget_class, PltSourceCard, state);
  gtk_widget_class_bind_template_child (widget_class, PltSourceCard, message);
  gtk_widget_class_bind_template_child (widget_class, PltSourceCard, last);
  gtk_widget_class_bind_template_child (widget_class, PltSourceCard, last_values);
  gtk_widget_class_bind_template_child (widget_class, PltSourceCard, retry);
}

static void
plt_source_card_init (PltSourceCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static gboolean
is_today (GDateTime *local)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_get_year (local) == g_date_time_get_year (now) &&
         g_date_time_get_day_of_year (local) == g_date_time_get_day_of_year (now);
}

static char *
describe_state (PltSourceAnswer *answer,
                int              budget_ms)
{
  PltSourceState state = plt_source_answer_get_state (answer);
  const char *title = plt_source_state_get_title (state);
  GDateTime *at = plt_source_answer_get_answered_at (answer);
  int elapsed_ms = plt_source_answer_get_elapsed_ms (answer);
  g_autoptr (GDateTime) local = at != NULL ? g_date_time_to_local (at) : NULL;
  g_autofree char *when = NULL;

  /* Translators: the registry is being asked; %g is a number of seconds */
  if (state == PLT_SOURCE_STATE_ASKING && budget_ms > 0)
    return g_strdup_printf (_("Asking, at most %g s…"), budget_ms / 1000.0);
  if (local == NULL || state == PLT_SOURCE_STATE_CANCELLED)
    return g_strdup (title);

  when = g_date_time_format (local, is_today (local)
                                      /* Translators: time of a registry's answer of today */
                                      ? _("%H:%M:%S")
                                      /* Translators: date and time of a registry's answer */
                                      : _("%-d %B %Y, %H:%M:%S"));
  if (elapsed_ms <= 0)
    return g_strdup_printf ("%s · %s", title, when);

  /* Translators: state · date and time · how long it took */
  return g_strdup_printf (_("%s · %s · %d ms"), title, when, elapsed_ms);
}

static void
show_look (PltSourceCard  *self,
           PltSourceState  state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), looks[i].css_class);
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), looks[state].css_class);
  gtk_image_set_from_icon_name (self->icon, looks[state].icon);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), state != PLT_SOURCE_STATE_ASKING);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), state == PLT_SOURCE_STATE_ASKING);
  gtk_spinner_set_spinning (self->spinner, state == PLT_SOURCE_STATE_ASKING);
}

/* How old, in the largest unit that is not 0. */
static char *
describe_age (GDateTime *at)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  gint64 minutes = MAX (g_date_time_difference (now, at) / G_TIME_SPAN_MINUTE, 0);
  gint64 hours = minutes / 60;
  gint64 days = hours / 24;

  if (days > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d day old", "%d days old",
                                         (gulong) days), (int) days);
  if (hours > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d hour old", "%d hours old",
                                         (gulong) hours), (int) hours);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d minute old", "%d minutes old",
                                       (gulong) minutes), (int) minutes);
}

static char *
describe_values (PltSourceAnswer *answer)
{
  GString *text = g_string_new (NULL);

  for (PltField field = 0; field < PLT_N_FIELDS; field++)
    {
      const char *value = plt_source_answer_get_field (answer, field);
      g_autofree char *shown = value != NULL ? plt_field_to_display (field, value) : NULL;

      if (shown != NULL)
        g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "",
                                plt_field_get_title (field), shown);
    }
  if (text->len == 0)
    g_string_append (text, plt_source_state_get_title (plt_source_answer_get_state (answer)));

  return g_string_free (text, FALSE);
}

/* What a registry that is down said before, and how old that is. */
static void
show_last (PltSourceCard   *self,
           PltSourceAnswer *answer)
{
  PltSourceAnswer *last = answer != NULL ? plt_source_answer_get_last_known (answer) : NULL;
  GDateTime *at = last != NULL ? plt_source_answer_get_answered_at (last) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->last), at != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->last_values), at != NULL);
  if (at == NULL)
    return;

  g_autoptr (GDateTime) local = g_date_time_to_local (at);
  /* Translators: date and time of an older answer, for g_date_time_format() */
  g_autofree char *when = g_date_time_format (local, _("%-d %B %Y, %H:%M"));
  g_autofree char *age = describe_age (at);
  /* Translators: “3 days old”, then date and time */
  g_autofree char *title = g_strdup_printf (_("Last known answer: %s (%s)"), age, when);
  g_autofree char *values = describe_values (last);

  gtk_label_set_text (self->last, title);
  gtk_label_set_text (self->last_values, values);
}

PltSourceCard *
plt_source_card_get_one (PltSourceCard *cards[PLT_N_SOURCES],
                         PltSource      source)
{
  if (cards[source] == NULL)
    {
      GtkWidget *box = gtk_widget_get_parent (GTK_WIDGET (cards[PLT_SOURCE_IDENTITY]));

      cards[source] = g_object_new (PLT_TYPE_SOURCE_CARD, NULL);
      gtk_widget_insert_before (GTK_WIDGET (cards[source]), box, NULL);
    }

  return cards[source];
}

void
plt_source_card_show (PltSourceCard   *self,
                      PltSource        source,
                      const char      *title,
                      PltSourceAnswer *answer,
                      int              budget_ms,
                      gboolean         retry)
{
  PltSourceState state = answer != NULL ? plt_source_answer_get_state (answer)
                                        : PLT_SOURCE_STATE_CANCELLED;
  const char *message = answer != NULL ? plt_source_answer_get_message (answer) : NULL;
  g_autofree char *state_text = answer != NULL ? describe_state (answer, budget_ms)
                                               : g_strdup (_("Not asked"));
  g_autofree char *label = NULL;
  g_autofree char *again = g_strdup_printf (_("Ask again: %s"), title);

  show_look (self, state);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->state, state_text);
  gtk_label_set_text (self->message, message != NULL ? message : "");
  /* Not to be known is no trouble of the registry's: its state says all. */
  gtk_widget_set_visible (GTK_WIDGET (self->message), message != NULL && *message != '\0' &&
                                                      state != PLT_SOURCE_STATE_NOT_FOUND);

  show_last (self, answer);
  gtk_widget_set_visible (GTK_WIDGET (self->retry),
                          retry && plt_source_state_is_final (state));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->retry), "i", (int) source);
  if (retry)
    gtk_actionable_set_action_name (GTK_ACTIONABLE (self->retry), "search.ask-again");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->retry), again);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->retry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, again, -1);

  label = g_strdup_printf ("%s: %s", title, state_text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}
