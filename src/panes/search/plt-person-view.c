/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows who a person is, what each registry says of them and what this office has of them. */
#include "plt-person-view.h"

#include "plt-application-row.h"
#include "plt-comparison-cell.h"
#include "plt-duplicates.h"
#include "plt-facts.h"
#include "plt-field-table.h"
#include "plt-field-text.h"
#include "plt-id-number.h"
#include "plt-link-list.h"
#include "plt-panes.h"
#include "plt-person-alerts.h"
#include "plt-source-card.h"
#include "plt-texture.h"
#include "plt-wrap-box.h"

#include <glib/gi18n-lib.h>

/* As large as the template makes it. */
#define PORTRAIT_WIDTH_PX 105
#define PORTRAIT_HEIGHT_PX 135

/* What a registry knows of the licence, in the order in which it is shown. */
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

struct _PltPersonView
{
  AdwBin         parent_instance;

  PltLookup     *lookup; /* NULL until the first one */
  PltDuplicates *duplicates; /* of the person looked up */

  GtkBox        *alerts;
  GtkWidget     *portrait;
  GtkLabel      *name;
  GtkLabel      *native_name;
  GtkLabel      *person;
  PltSourceCard *cards[PLT_N_SOURCES];
  PltFieldTable *fields;
  PltFacts      *summary;
  GtkWidget     *applications_group;
  GtkListBox    *applications;
  GtkWidget     *renew;
  GtkWidget     *first;
  GtkWidget     *replace;
  GtkWidget     *link;
  PltLinkList   *links;
};

G_DEFINE_FINAL_TYPE (PltPersonView, plt_person_view, ADW_TYPE_BIN)

static const char *
get_value (PltPersonView *self,
           PltField       field)
{
  for (PltSource source = 0; source < plt_source_get_count (); source++)
    {
      PltSourceAnswer *answer = plt_lookup_get_answer (self->lookup, source);
      const char *value = answer != NULL ? plt_source_answer_get_field (answer, field) : NULL;

      if (value != NULL && *value != '\0')
        return value;
    }

  return NULL;
}

static char *
join_names (PltPersonView *self,
            PltField       given,
            PltField       family)
{
  const char *first = get_value (self, given);
  const char *last = get_value (self, family);

  return g_strstrip (g_strjoin (" ", first != NULL ? first : "", last != NULL ? last : "", NULL));
}

static void
show_portrait (PltPersonView *self)
{
  PltSourceAnswer *answer = plt_lookup_get_answer (self->lookup, PLT_SOURCE_IDENTITY);
  GBytes *bytes = plt_source_answer_get_portrait (answer);

  plt_texture_show (GTK_PICTURE (self->portrait), bytes, PORTRAIT_WIDTH_PX, PORTRAIT_HEIGHT_PX);
}

static void
portrait_changed_cb (PltPersonView *self)
{
  gtk_widget_set_visible (self->portrait,
                          gtk_picture_get_paintable (GTK_PICTURE (self->portrait)) != NULL);
}

static char *
describe_person (PltPersonView *self)
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

static gboolean
was_asked (PltPersonView *self)
{
  for (PltSource source = 0; source < plt_source_get_count (); source++)
    {
      PltSourceAnswer *answer = plt_lookup_get_answer (self->lookup, source);

      if (answer != NULL && plt_source_answer_get_state (answer) != PLT_SOURCE_STATE_CANCELLED)
        return TRUE;
    }

  return FALSE;
}

/* What stands in the place of a name. */
static const char *
describe_nobody (PltPersonView *self)
{
  if (plt_lookup_is_busy (self->lookup))
    return _("Asking the Registries…");

  return was_asked (self) ? _("No Registry Gave a Name") : _("The Registries Were Not Asked");
}

static void
show_person (PltPersonView *self)
{
  g_autofree char *name = join_names (self, PLT_FIELD_GIVEN_NAMES, PLT_FIELD_FAMILY_NAME);
  g_autofree char *native = join_names (self, PLT_FIELD_GIVEN_NAMES_NATIVE,
                                        PLT_FIELD_FAMILY_NAME_NATIVE);
  g_autofree char *person = describe_person (self);

  plt_panes_show_name (self->name, *name != '\0' ? name : describe_nobody (self));
  gtk_label_set_text (self->native_name, native);
  gtk_widget_set_visible (GTK_WIDGET (self->native_name), *native != '\0');
  gtk_label_set_text (self->person, person);

  for (gsize i = 0; i < G_N_ELEMENTS (summary_fields); i++)
    {
      PltSourceAnswer *answer = plt_lookup_get_answer (self->lookup, summary_fields[i].source);
      const char *value = plt_source_answer_get_field (answer, summary_fields[i].field);
      g_autofree char *text = plt_field_to_display (summary_fields[i].field, value);

      plt_facts_set (self->summary, (guint) i, text);
    }
}

static GtkWidget *
build_alert (const PltPersonAlert *alert)
{
  GtkWidget *box = g_object_new (GTK_TYPE_GRID,
                                 "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT,
                                 "column-spacing", 12,
                                 NULL);
  GtkWidget *icon = plt_panes_new_icon (alert->stops ? "dialog-error-symbolic"
                                                     : "dialog-warning-symbolic");
  GtkWidget *label = gtk_label_new (alert->text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (box, "person-alert");
  gtk_widget_add_css_class (box, alert->stops ? "error" : "warning");
  gtk_grid_attach (GTK_GRID (box), icon, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (box), label, 1, 0, 1, 1);
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

static gboolean
is_asking (PltPersonView *self,
           PltSource      source)
{
  PltSourceAnswer *answer = plt_lookup_get_answer (self->lookup, source);

  return plt_source_answer_get_state (answer) == PLT_SOURCE_STATE_ASKING;
}

/* Nothing is suggested for a person who cannot be given a licence as things are, nor before it is
 * known whether there is a licence. */
static void
suggest (PltPersonView *self,
         gboolean       stopped)
{
  gboolean holds = get_value (self, PLT_FIELD_LICENCE_NUMBER) != NULL;

  stopped = stopped || !plt_person_view_is_settled (self);
  set_suggested (self->renew, !stopped && holds);
  set_suggested (self->first, !stopped && !holds);
}

static void
show_alerts (PltPersonView *self)
{
  gboolean stopped = FALSE;
  PltSourceAnswer *answers[PLT_N_SOURCES] = { NULL };
  g_autoptr (GArray) differences = plt_lookup_list_differences (self->lookup);
  g_autoptr (GPtrArray) alerts = NULL;
  GtkWidget *child;

  for (int source = 0; source < PLT_N_SOURCES; source++)
    answers[source] = plt_lookup_get_answer (self->lookup, (PltSource) source);
  alerts = plt_person_alerts_list (answers, differences, plt_lookup_get_fields (self->lookup),
                                   plt_date_today ());
  plt_person_alerts_add (alerts, G_LIST_MODEL (self->duplicates));

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
show_source (PltPersonView *self,
             PltSource      source)
{
  plt_source_card_show (plt_source_card_get_one (self->cards, source), source,
                        plt_lookup_get_source_title (self->lookup, source),
                        plt_lookup_get_answer (self->lookup, source),
                        plt_lookup_get_budget_ms (self->lookup, source), TRUE);
}

static void
applications_changed_cb (PltPersonView *self)
{
  GListModel *model = plt_lookup_get_applications (self->lookup);

  gtk_widget_set_visible (self->applications_group, g_list_model_get_n_items (model) > 0);
}

static void
row_activated_cb (PltPersonView *self,
                  GtkListBoxRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-application", "s",
                              plt_application_row_get_number (PLT_APPLICATION_ROW (row)));
}

/* What the person most likely came for. */
static gboolean
plt_person_view_grab_focus (GtkWidget *widget)
{
  PltPersonView *self = PLT_PERSON_VIEW (widget);

  if (!gtk_widget_get_visible (self->renew))
    return gtk_widget_child_focus (gtk_widget_get_first_child (widget), GTK_DIR_TAB_FORWARD);

  return gtk_widget_grab_focus (gtk_widget_has_css_class (self->first, "suggested-action")
                                  ? self->first : self->renew);
}

static void
drop_duplicates (PltPersonView *self)
{
  if (self->duplicates == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->duplicates, self);
  plt_duplicates_cancel (self->duplicates);
  g_clear_object (&self->duplicates);
}

static void
plt_person_view_dispose (GObject *object)
{
  PltPersonView *self = PLT_PERSON_VIEW (object);

  drop_duplicates (self);
  g_clear_object (&self->lookup);
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_PERSON_VIEW);

  G_OBJECT_CLASS (plt_person_view_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  static const char * const card_ids[] = { "identity_card", "driver_card", "infringement_card" };

  gtk_widget_class_bind_template_child (widget_class, PltPersonView, alerts);
  gtk_widget_class_bind_template_child (widget_class, PltPersonView, portrait);
  gtk_widget_class_bind_template_child (widget_class, PltPersonView, name);
  gtk_widget_class_bind_template_child (widget_class, PltPersonView, native_name);
  gtk_widget_class_bind_template_child (widget_class, PltPersonView, person);
  gtk_widget_class_bind_template_child (widget_class, PltPersonView, fields);
  gtk_widget_class_bind_template_child (widget_class, PltPersonView, summary);
  gtk_widget_class_bind_template_child (widget_class, PltPersonView, applications_group);
  gtk_widget_class_bind_template_child (widget_class, PltPersonView, applications);
  gtk_widget_class_bind_template_child (widget_class, PltPersonView, renew);
  gtk_widget_class_bind_template_child (widget_class, PltPersonView, first);
  gtk_widget_class_bind_template_child (widget_class, PltPersonView, replace);
  gtk_widget_class_bind_template_child (widget_class, PltPersonView, link);
  gtk_widget_class_bind_template_child (widget_class, PltPersonView, links);
  for (gsize i = 0; i < G_N_ELEMENTS (card_ids); i++)
    gtk_widget_class_bind_template_child_full (
      widget_class, card_ids[i], FALSE,
      (gssize) (G_STRUCT_OFFSET (PltPersonView, cards) + i * sizeof (PltSourceCard *)));
}

static void
plt_person_view_class_init (PltPersonViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_person_view_dispose;
  plt_panes_class_set_grab_focus (widget_class, plt_person_view_grab_focus);

  g_type_ensure (PLT_TYPE_FACTS);
  g_type_ensure (PLT_TYPE_SOURCE_CARD);
  g_type_ensure (PLT_TYPE_FIELD_TABLE);
  g_type_ensure (PLT_TYPE_LINK_LIST);
  g_type_ensure (PLT_TYPE_WRAP_BOX);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/search/plt-person-view.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
plt_person_view_init (PltPersonView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  plt_panes_name_once (GTK_WIDGET (self));
  g_signal_connect_object (self->portrait, "notify::paintable", G_CALLBACK (portrait_changed_cb),
                           self, G_CONNECT_SWAPPED);
  for (gsize i = 0; i < G_N_ELEMENTS (summary_fields); i++)
    plt_facts_add (self->summary, plt_field_get_title (summary_fields[i].field));
}

void
plt_person_view_set_lookup (PltPersonView *self,
                            PltLookup     *lookup)
{
  GListModel *applications = plt_lookup_get_applications (lookup);

  if (self->lookup != NULL)
    g_signal_handlers_disconnect_by_data (plt_lookup_get_applications (self->lookup), self);
  g_set_object (&self->lookup, lookup);
  drop_duplicates (self);
  self->duplicates = plt_duplicates_new (lookup);
  g_signal_connect_object (self->duplicates, "done", G_CALLBACK (show_alerts), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (applications, "items-changed", G_CALLBACK (applications_changed_cb),
                           self, G_CONNECT_SWAPPED);

  plt_link_list_load (self->links, plt_lookup_get_id_number (lookup));
  plt_field_table_set_model (self->fields, plt_lookup_get_fields (lookup),
                             gtk_widget_get_visible (self->renew) ? PLT_COMPARISON_MAY_LEAD : 0);
  gtk_list_box_bind_model (self->applications, applications, plt_application_row_new, NULL, NULL);
  applications_changed_cb (self);
  plt_person_view_show (self);
}

void
plt_person_view_show (PltPersonView *self)
{
  if (self->lookup == NULL)
    return;

  for (PltSource source = 0; source < plt_source_get_count (); source++)
    {
      if (plt_lookup_get_answer (self->lookup, source) != NULL)
        show_source (self, source);
      plt_field_table_set_answer (self->fields, source, plt_lookup_get_answer (self->lookup, source));
    }
  show_person (self);
  show_portrait (self);
  show_alerts (self);
}

gboolean
plt_person_view_is_settled (PltPersonView *self)
{
  return self->lookup != NULL && !is_asking (self, PLT_SOURCE_IDENTITY) &&
         !is_asking (self, PLT_SOURCE_DRIVER);
}

void
plt_person_view_set_startable (PltPersonView *self,
                               gboolean       startable)
{
  gtk_widget_set_visible (self->renew, startable);
  gtk_widget_set_visible (self->first, startable);
  gtk_widget_set_visible (self->replace, startable);
}

void
plt_person_view_set_office (PltPersonView *self,
                            PltOffice     *office)
{
  plt_link_list_set_office (self->links, office);
}

void
plt_person_view_set_linkable (PltPersonView *self,
                              gboolean       linkable)
{
  gtk_widget_set_visible (self->link, linkable);
}

void
plt_person_view_ask_link (PltPersonView *self)
{
  if (self->lookup != NULL)
    plt_link_list_ask (self->links, self->lookup);
}
