/* Looks a citizen up and shows what each registry says. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-search-pane.h"

#include "plt-application-row.h"
#include "plt-case.h"
#include "plt-field-table.h"
#include "plt-field-text.h"
#include "plt-id-number.h"
#include "plt-lookup.h"
#include "plt-name-search.h"
#include "plt-notice.h"
#include "plt-pane-keys.h"
#include "plt-panes.h"
#include "plt-person-alerts.h"
#include "plt-source-card.h"

#include <glib/gi18n-lib.h>

#define NO_TYPE (-1)

/* What a registry knows of the licence, in the order of the labels of the template. */
static const struct
{
  PltField  field;
  PltSource source;
} summary_fields[] = {
  { PLT_FIELD_LICENCE_NUMBER, PLT_SOURCE_DRIVER },
  { PLT_FIELD_LICENCE_STATUS, PLT_SOURCE_DRIVER },
  { PLT_FIELD_LICENCE_EXPIRY, PLT_SOURCE_DRIVER },
  { PLT_FIELD_CATEGORIES, PLT_SOURCE_DRIVER },
  { PLT_FIELD_MEDICAL_UNTIL, PLT_SOURCE_DRIVER },
  { PLT_FIELD_SUSPENDED_UNTIL, PLT_SOURCE_INFRINGEMENT },
  { PLT_FIELD_POINTS, PLT_SOURCE_INFRINGEMENT },
  { PLT_FIELD_UNPAID, PLT_SOURCE_INFRINGEMENT },
};

struct _PltSearchPane
{
  AdwBin         parent_instance;

  PltOffice     *office;
  PltLookup     *lookup;       /* NULL until the first one */
  GCancellable  *cancellable;
  int            pending_type; /* what to start once the look-up has ended */
  gboolean       starting;

  GtkEditable   *entry;
  PltNotice     *notice;
  GtkStack      *stack;
  GtkBox        *alerts;
  GtkWidget     *portrait;
  GtkLabel      *name;
  GtkLabel      *native_name;
  GtkLabel      *person;
  PltSourceCard *cards[PLT_N_SOURCES];
  PltFieldTable *fields;
  GtkFlowBox    *summary;
  GtkLabel      *values[G_N_ELEMENTS (summary_fields)];
  GtkWidget     *applications_group;
  GtkListBox    *applications;
  PltNameSearch *names;
  GtkWidget     *steps;
  GtkWidget     *renew;
  GtkWidget     *first;
};

G_DEFINE_FINAL_TYPE (PltSearchPane, plt_search_pane, ADW_TYPE_BIN)

static PltSourceState
get_state (PltSearchPane *self,
           PltSource      source)
{
  return plt_source_answer_get_state (plt_lookup_get_answer (self->lookup, source));
}

static void
update_actions (PltSearchPane *self)
{
  PltSession *session = plt_office_get_session (self->office);
  gboolean known = self->lookup != NULL &&
                   get_state (self, PLT_SOURCE_IDENTITY) == PLT_SOURCE_STATE_ANSWERED;
  gboolean can_start = known && !self->starting && self->pending_type == NO_TYPE &&
                       plt_session_has_role (session, PLT_ROLE_CLERK);

  gtk_widget_set_visible (self->steps, plt_session_has_role (session, PLT_ROLE_CLERK));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "search.renew", can_start);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "search.new", can_start);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "search.replace", can_start);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "search.ask-all", self->lookup != NULL);
}

static const char *
get_value (PltSearchPane *self,
           PltField       field)
{
  for (int source = 0; source < PLT_N_SOURCES; source++)
    {
      const char *value =
        plt_source_answer_get_field (plt_lookup_get_answer (self->lookup, (PltSource) source),
                                     field);

      if (value != NULL && *value != '\0')
        return value;
    }

  return NULL;
}

static char *
join_names (PltSearchPane *self,
            PltField       given,
            PltField       family)
{
  const char *first = get_value (self, given);
  const char *last = get_value (self, family);

  return g_strstrip (g_strjoin (" ", first != NULL ? first : "", last != NULL ? last : "", NULL));
}

static void
show_portrait (PltSearchPane *self)
{
  PltSourceAnswer *answer = plt_lookup_get_answer (self->lookup, PLT_SOURCE_IDENTITY);
  GBytes *bytes = plt_source_answer_get_portrait (answer);
  g_autoptr(GdkTexture) texture = bytes != NULL ? gdk_texture_new_from_bytes (bytes, NULL) : NULL;

  gtk_picture_set_paintable (GTK_PICTURE (self->portrait), GDK_PAINTABLE (texture));
  gtk_widget_set_visible (self->portrait, texture != NULL);
}

static char *
describe_person (PltSearchPane *self)
{
  const char *born = get_value (self, PLT_FIELD_BIRTH_DATE);
  const char *died = get_value (self, PLT_FIELD_DEATH_DATE);
  g_autofree char *id = plt_id_number_to_display (plt_lookup_get_id_number (self->lookup));
  g_autofree char *born_text = plt_field_to_display (PLT_FIELD_BIRTH_DATE, born);
  g_autofree char *died_text = plt_field_to_display (PLT_FIELD_DEATH_DATE, died);
  PltDate date;

  if (born == NULL || !plt_date_parse_iso (born, &date))
    return g_strdup_printf (_("ID number %s"), id);
  if (died != NULL)
    return g_strdup_printf (_("ID number %s · born %s · died %s"), id, born_text, died_text);

  /* Translators: ID number, date of birth, age in years */
  return g_strdup_printf (_("ID number %s · born %s · %d years old"), id, born_text,
                          plt_date_years_between (date, plt_date_today ()));
}

static void
show_person (PltSearchPane *self)
{
  g_autofree char *name = join_names (self, PLT_FIELD_GIVEN_NAMES, PLT_FIELD_FAMILY_NAME);
  g_autofree char *native = join_names (self, PLT_FIELD_GIVEN_NAMES_NATIVE,
                                        PLT_FIELD_FAMILY_NAME_NATIVE);
  g_autofree char *person = describe_person (self);

  gtk_label_set_text (self->name, *name != '\0' ? name
                                  : plt_lookup_is_busy (self->lookup)
                                    ? _("Asking the Registries…")
                                    : _("No Registry Gave a Name"));
  gtk_label_set_text (self->native_name, native);
  gtk_widget_set_visible (GTK_WIDGET (self->native_name), *native != '\0');
  gtk_label_set_text (self->person, person);

  for (gsize i = 0; i < G_N_ELEMENTS (summary_fields); i++)
    {
      PltSourceAnswer *answer = plt_lookup_get_answer (self->lookup, summary_fields[i].source);
      const char *value = plt_source_answer_get_field (answer, summary_fields[i].field);
      g_autofree char *text = plt_field_to_display (summary_fields[i].field, value);

      gtk_label_set_text (self->values[i], text);
    }
}

static GtkWidget *
build_alert (const PltPersonAlert *alert)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX,
                                 "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT,
                                 "spacing", 12,
                                 NULL);
  GtkWidget *icon = gtk_image_new_from_icon_name (alert->stops ? "dialog-error-symbolic"
                                                               : "dialog-warning-symbolic");
  GtkWidget *label = gtk_label_new (alert->text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (box, "person-alert");
  gtk_widget_add_css_class (box, alert->stops ? "error" : "warning");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, alert->text,
                                  -1);

  return box;
}

static void
set_suggested (GtkWidget *button,
               gboolean   suggested)
{
  if (suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  else
    gtk_widget_remove_css_class (button, "suggested-action");
}

/* Nothing is suggested for a person who cannot be given a licence as things are. */
static void
suggest (PltSearchPane *self,
         gboolean       stopped)
{
  gboolean holds = get_value (self, PLT_FIELD_LICENCE_NUMBER) != NULL;

  set_suggested (self->renew, !stopped && holds);
  set_suggested (self->first, !stopped && !holds);
}

static void
show_alerts (PltSearchPane *self)
{
  gboolean stopped = FALSE;
  PltSourceAnswer *answers[PLT_N_SOURCES];
  g_autoptr (GPtrArray) alerts = NULL;
  GtkWidget *child;

  for (int source = 0; source < PLT_N_SOURCES; source++)
    answers[source] = plt_lookup_get_answer (self->lookup, (PltSource) source);
  alerts = plt_person_alerts_list (answers, plt_lookup_get_fields (self->lookup),
                                   plt_date_today ());

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->alerts))) != NULL)
    gtk_box_remove (self->alerts, child);
  for (guint i = 0; i < alerts->len; i++)
    {
      const PltPersonAlert *alert = g_ptr_array_index (alerts, i);

      stopped = stopped || alert->stops;
      gtk_box_append (self->alerts, build_alert (alert));
    }
  suggest (self, stopped);
  gtk_widget_set_visible (GTK_WIDGET (self->alerts), alerts->len > 0);
}

static void
show_source (PltSearchPane *self,
             PltSource      source)
{
  plt_source_card_show (self->cards[source], source,
                        plt_lookup_get_source_title (self->lookup, source),
                        plt_lookup_get_answer (self->lookup, source),
                        plt_lookup_get_budget_ms (self->lookup, source), TRUE);
}

static void
show_lookup (PltSearchPane *self)
{
  for (int source = 0; source < PLT_N_SOURCES; source++)
    show_source (self, (PltSource) source);
  show_person (self);
  show_portrait (self);
  show_alerts (self);
  update_actions (self);
}

static void
case_started_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(PltCase) kase = plt_case_start_finish (result, &error);
  PltSearchPane *self;
  const char *number;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = user_data;
  self->starting = FALSE;
  update_actions (self);
  if (kase == NULL)
    {
      plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
      return;
    }

  plt_notice_clear (self->notice);
  number = plt_licence_application_get_number (plt_case_get_application (kase));
  plt_panes_toast (GTK_WIDGET (self), _("Application %s was started."), number);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-application", "s", number);
}

static void
start_now (PltSearchPane *self)
{
  PltApplicationType type = (PltApplicationType) self->pending_type;

  self->pending_type = NO_TYPE;
  if (get_state (self, PLT_SOURCE_IDENTITY) != PLT_SOURCE_STATE_ANSWERED)
    {
      plt_notice_show (self->notice, PLT_NOTICE_WARNING,
                       _("No application was started because the population registry did not "
                         "give this person. Ask it again, or check the ID number."), NULL, NULL);
      update_actions (self);
      return;
    }

  self->starting = TRUE;
  update_actions (self);
  plt_case_start_async (self->office, self->lookup, type, NULL, self->cancellable, case_started_cb,
                        self);
}

static void
start_when_done (PltSearchPane      *self,
                 PltApplicationType  type)
{
  self->pending_type = (int) type;
  if (plt_lookup_is_busy (self->lookup))
    plt_notice_show (self->notice, PLT_NOTICE_INFO,
                     _("The application will be started as soon as the registries have answered "
                       "or their time is up."), NULL, NULL);
  else
    start_now (self);
  update_actions (self);
}

static void
focus_next_step (PltSearchPane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (gtk_widget_get_mapped (GTK_WIDGET (self)) &&
      (focus == NULL || gtk_widget_is_ancestor (focus, GTK_WIDGET (self->entry))))
    gtk_widget_grab_focus (gtk_widget_has_css_class (self->first, "suggested-action") ? self->first
                                                                                      : self->renew);
}

static void
answered_cb (PltSearchPane *self,
             guint          source)
{
  show_lookup (self);
  if (source == PLT_SOURCE_IDENTITY)
    focus_next_step (self);
}

static void
done_cb (PltSearchPane *self)
{
  show_lookup (self);
  if (self->pending_type != NO_TYPE)
    start_now (self);
}

static void
failed_cb (PltSearchPane *self,
           GError        *error)
{
  self->pending_type = NO_TYPE;
  show_lookup (self);
  plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, _("_Look Up Again"),
                   "search.ask-all");
}

static void
applications_changed_cb (PltSearchPane *self)
{
  GListModel *model = plt_lookup_get_applications (self->lookup);

  gtk_widget_set_visible (self->applications_group, g_list_model_get_n_items (model) > 0);
}

static void
drop_lookup (PltSearchPane *self)
{
  if (self->lookup == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->lookup, self);
  g_signal_handlers_disconnect_by_data (plt_lookup_get_applications (self->lookup), self);
  plt_lookup_cancel (self->lookup);
  g_clear_object (&self->lookup);
}

static gboolean
begin_lookup (PltSearchPane *self,
              const char    *id_number)
{
  g_autoptr(GError) error = NULL;
  PltLookup *lookup = plt_lookup_new (self->office, id_number, &error);

  if (lookup == NULL)
    {
      plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
      return FALSE;
    }

  drop_lookup (self);
  plt_notice_clear (self->notice);
  self->lookup = lookup;
  self->pending_type = NO_TYPE;
  g_signal_connect_swapped (lookup, "answered", G_CALLBACK (answered_cb), self);
  g_signal_connect_swapped (lookup, "done", G_CALLBACK (done_cb), self);
  g_signal_connect_swapped (lookup, "failed", G_CALLBACK (failed_cb), self);
  g_signal_connect_swapped (plt_lookup_get_applications (lookup), "items-changed",
                            G_CALLBACK (applications_changed_cb), self);

  plt_field_table_set_model (self->fields, plt_lookup_get_fields (lookup), FALSE);
  gtk_list_box_bind_model (self->applications, plt_lookup_get_applications (lookup),
                           plt_application_row_new, NULL, NULL);
  applications_changed_cb (self);
  gtk_stack_set_visible_child_name (self->stack, "person");
  show_lookup (self);

  return TRUE;
}

static void
search_names (PltSearchPane *self,
              const char    *text)
{
  plt_notice_clear (self->notice);
  gtk_stack_set_visible_child_name (self->stack, "names");
  plt_name_search_find (self->names, self->office, text);
}

/* ---- actions ---- */

static void
find_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (PLT_SEARCH_PANE (widget)->entry));
}

static void
ask_again_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  PltSearchPane *self = PLT_SEARCH_PANE (widget);
  int source = g_variant_get_int32 (parameter);

  if (self->lookup == NULL || source < 0 || source >= PLT_N_SOURCES)
    return;

  plt_lookup_ask_again (self->lookup, (PltSource) source);
  show_lookup (self);
}

static void
ask_all_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  PltSearchPane *self = PLT_SEARCH_PANE (widget);
  g_autofree char *id_number = NULL;

  if (self->lookup == NULL)
    return;

  id_number = g_strdup (plt_lookup_get_id_number (self->lookup));
  begin_lookup (self, id_number);
}

static void
start_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  PltSearchPane *self = PLT_SEARCH_PANE (widget);

  if (self->lookup == NULL)
    return;
  if (g_str_equal (action, "search.new"))
    start_when_done (self, PLT_APPLICATION_TYPE_NEW);
  else if (g_str_equal (action, "search.replace"))
    start_when_done (self, PLT_APPLICATION_TYPE_REPLACEMENT);
  else
    start_when_done (self, PLT_APPLICATION_TYPE_RENEWAL);
}

static void
entry_activate_cb (PltSearchPane *self)
{
  plt_search_pane_look_up (self, gtk_editable_get_text (self->entry));
}

static void
row_activated_cb (PltSearchPane *self,
                  GtkListBoxRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-application", "s",
                              plt_application_row_get_number (PLT_APPLICATION_ROW (row)));
}

static gboolean
plt_search_pane_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (PLT_SEARCH_PANE (widget)->entry));
}

static void
plt_search_pane_dispose (GObject *object)
{
  PltSearchPane *self = PLT_SEARCH_PANE (object);

  g_cancellable_cancel (self->cancellable);
  drop_lookup (self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->office);
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_SEARCH_PANE);

  G_OBJECT_CLASS (plt_search_pane_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  static const char * const card_ids[] = { "identity_card", "driver_card", "infringement_card" };

  gtk_widget_class_bind_template_child (widget_class, PltSearchPane, entry);
  gtk_widget_class_bind_template_child (widget_class, PltSearchPane, notice);
  gtk_widget_class_bind_template_child (widget_class, PltSearchPane, stack);
  gtk_widget_class_bind_template_child (widget_class, PltSearchPane, alerts);
  gtk_widget_class_bind_template_child (widget_class, PltSearchPane, portrait);
  gtk_widget_class_bind_template_child (widget_class, PltSearchPane, name);
  gtk_widget_class_bind_template_child (widget_class, PltSearchPane, native_name);
  gtk_widget_class_bind_template_child (widget_class, PltSearchPane, person);
  gtk_widget_class_bind_template_child (widget_class, PltSearchPane, fields);
  gtk_widget_class_bind_template_child (widget_class, PltSearchPane, summary);
  gtk_widget_class_bind_template_child (widget_class, PltSearchPane, applications_group);
  gtk_widget_class_bind_template_child (widget_class, PltSearchPane, applications);
  gtk_widget_class_bind_template_child (widget_class, PltSearchPane, names);
  gtk_widget_class_bind_template_child (widget_class, PltSearchPane, renew);
  gtk_widget_class_bind_template_child (widget_class, PltSearchPane, steps);
  gtk_widget_class_bind_template_child (widget_class, PltSearchPane, first);
  for (gsize i = 0; i < G_N_ELEMENTS (card_ids); i++)
    gtk_widget_class_bind_template_child_full (
      widget_class, card_ids[i], FALSE,
      (gssize) (G_STRUCT_OFFSET (PltSearchPane, cards) + i * sizeof (PltSourceCard *)));
}

static void
plt_search_pane_class_init (PltSearchPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_search_pane_dispose;
  widget_class->grab_focus = plt_search_pane_grab_focus;

  g_type_ensure (PLT_TYPE_SOURCE_CARD);
  g_type_ensure (PLT_TYPE_FIELD_TABLE);
  g_type_ensure (PLT_TYPE_NAME_SEARCH);
  g_type_ensure (PLT_TYPE_NOTICE);

  gtk_widget_class_install_action (widget_class, "search.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "search.ask-again", "i", ask_again_action);
  gtk_widget_class_install_action (widget_class, "search.ask-all", NULL, ask_all_action);
  gtk_widget_class_install_action (widget_class, "search.renew", NULL, start_action);
  gtk_widget_class_install_action (widget_class, "search.new", NULL, start_action);
  gtk_widget_class_install_action (widget_class, "search.replace", NULL, start_action);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/search/plt-search-pane.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, entry_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

/* One caption and value for each of summary_fields, wrapped as the width allows. */
static void
build_summary (PltSearchPane *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (summary_fields); i++)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
      GtkWidget *caption = gtk_label_new (plt_field_get_title (summary_fields[i].field));
      GtkWidget *value = gtk_label_new ("—");

      gtk_label_set_xalign (GTK_LABEL (caption), 0);
      gtk_label_set_xalign (GTK_LABEL (value), 0);
      gtk_label_set_wrap (GTK_LABEL (value), TRUE);
      gtk_label_set_selectable (GTK_LABEL (value), FALSE);
      gtk_widget_add_css_class (caption, "caption");
      gtk_widget_add_css_class (caption, "dim-label");
      gtk_box_append (GTK_BOX (box), caption);
      gtk_box_append (GTK_BOX (box), value);
      gtk_flow_box_append (self->summary, box);
      gtk_widget_set_focusable (gtk_widget_get_parent (box), FALSE);
      self->values[i] = GTK_LABEL (value);
    }
}

static void
plt_search_pane_init (PltSearchPane *self)
{
  static const PltPaneKey keys[] = {
    { "<Control>f", "search.find", NULL },
    { "F5", "search.ask-all", NULL },
    { "<Control>r", "search.renew", NULL },
    { "<Control>n", "search.new", NULL },
    { "<Control>e", "search.replace", NULL },
  };

  self->pending_type = NO_TYPE;
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  build_summary (self);
  plt_pane_keys_install (GTK_WIDGET (self), keys, G_N_ELEMENTS (keys));
}

GtkWidget *
plt_search_pane_new (PltOffice *office)
{
  PltSearchPane *self = g_object_new (PLT_TYPE_SEARCH_PANE, NULL);

  self->office = g_object_ref (office);
  update_actions (self);

  return GTK_WIDGET (self);
}

void
plt_search_pane_look_up (PltSearchPane *self,
                         const char    *text)
{
  g_autofree char *typed = g_strstrip (g_strdup (text));
  g_autofree char *id_number = plt_id_number_normalise (typed, NULL);

  gtk_editable_set_text (self->entry, typed);
  gtk_editable_set_position (self->entry, -1);
  if (*typed == '\0')
    return;

  /* Something that looks like an ID number gets the ID number's own complaint. */
  if (id_number != NULL || g_ascii_isdigit (typed[0]))
    begin_lookup (self, id_number != NULL ? id_number : typed);
  else
    search_names (self, typed);
}

void
plt_search_pane_start (PltSearchPane      *self,
                       const char         *id_number,
                       PltApplicationType  type)
{
  gtk_editable_set_text (self->entry, id_number);
  if (begin_lookup (self, id_number))
    start_when_done (self, type);
}
