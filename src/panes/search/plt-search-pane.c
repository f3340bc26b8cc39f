/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks a citizen up and shows who was found. */
#include "plt-search-pane-private.h"

#include "plt-case.h"
#include "plt-id-number.h"
#include "plt-pane-keys.h"
#include "plt-panes.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (PltSearchPane, plt_search_pane, ADW_TYPE_BIN)

/* The population registry has given this person. */
gboolean
plt_search_pane_is_known (PltSearchPane *self)
{
  return self->lookup != NULL &&
         plt_source_answer_get_state (plt_lookup_get_answer (self->lookup, PLT_SOURCE_IDENTITY)) ==
         PLT_SOURCE_STATE_ANSWERED;
}

void
plt_search_pane_update_actions (PltSearchPane *self)
{
  PltSession *session = plt_office_get_session (self->office);
  gboolean known = plt_search_pane_is_known (self);
  gboolean can_start = known && !self->starting && !self->start_lost &&
                       self->pending_type == PLT_NO_TYPE &&
                       plt_session_has_role (session, PLT_ROLE_CLERK);

  gboolean can_link = plt_session_has_role (session, PLT_ROLE_CLERK | PLT_ROLE_SUPERVISOR);

  plt_person_view_set_startable (self->person, plt_session_has_role (session, PLT_ROLE_CLERK));
  plt_person_view_set_linkable (self->person, can_link);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "search.renew", can_start);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "search.new", can_start);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "search.replace", can_start);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "search.ask-all", self->lookup != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "search.link", self->lookup != NULL && can_link);
}

static void
show_lookup (PltSearchPane *self)
{
  plt_person_view_show (self->person);
  plt_search_pane_update_actions (self);
}

/* The eye goes on from the entry to what can be started; a person who is elsewhere stays there. */
static void
focus_next_step (PltSearchPane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (gtk_widget_get_mapped (GTK_WIDGET (self)) &&
      (focus == NULL || gtk_widget_is_ancestor (focus, GTK_WIDGET (self->entry))))
    gtk_widget_grab_focus (GTK_WIDGET (self->person));
}

static void
answered_cb (PltSearchPane *self,
             guint          source)
{
  show_lookup (self);
  if (plt_person_view_is_settled (self->person))
    focus_next_step (self);
}

static void
done_cb (PltSearchPane *self)
{
  show_lookup (self);
  if (self->pending_type != PLT_NO_TYPE)
    plt_search_pane_start_now (self);
}

static void
failed_cb (PltSearchPane *self,
           GError        *error)
{
  self->pending_type = PLT_NO_TYPE;
  plt_search_pane_expect (self, FALSE);
  show_lookup (self);
  plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, _("_Look Up Again"),
                   "search.ask-all");
}

static void
drop_lookup (PltSearchPane *self)
{
  if (self->lookup == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->lookup, self);
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
  self->start_lost = FALSE;
  self->lookup = lookup;
  if (self->pending_type != PLT_NO_TYPE)
    plt_search_pane_expect (self, FALSE);
  self->pending_type = PLT_NO_TYPE;
  g_signal_connect_swapped (lookup, "answered", G_CALLBACK (answered_cb), self);
  g_signal_connect_swapped (lookup, "done", G_CALLBACK (done_cb), self);
  g_signal_connect_swapped (lookup, "failed", G_CALLBACK (failed_cb), self);
  g_signal_connect_swapped (lookup, "applications-read",
                            G_CALLBACK (plt_search_pane_find_lost_start), self);
  plt_person_view_set_lookup (self->person, lookup);
  gtk_stack_set_visible_child_name (self->stack, "person");
  plt_search_pane_update_actions (self);

  return TRUE;
}

static void
show_hits (PltSearchPane *self)
{
  plt_notice_clear (self->notice);
  gtk_stack_set_visible_child_name (self->stack, "hits");
}

static void
stack_changed_cb (PltSearchPane *self)
{
  gboolean person = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "person") == 0;

  gtk_widget_set_visible (self->back, person);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "search.results", person);
}

/* What was typed or scanned elsewhere comes in whole and is not searched for a second time. */
static void
set_entry_text (PltSearchPane *self,
                const char    *text)
{
  g_free (self->shown);
  self->shown = g_strdup (text);
  self->filling = TRUE;
  gtk_editable_set_text (self->entry, text);
  self->filling = FALSE;
  gtk_editable_set_position (self->entry, -1);
}

static gboolean
has_match (PltPersonHit   *hit,
           PltMatchMember  member)
{
  guint n_matches;
  const PltSearchMatch *matches = plt_person_hit_get_matches (hit, &n_matches);

  for (guint i = 0; i < n_matches; i++)
    {
      if (matches[i].member == member && matches[i].how == PLT_MATCH_EXACT)
        return TRUE;
    }

  return FALSE;
}

/* Who searches for the number of an application wants the application. */
static void
hit_opened_cb (PltSearchPane *self,
               PltPersonHit  *hit)
{
  const char *application = plt_person_hit_get_application (hit);

  if (application != NULL && has_match (hit, PLT_MATCH_APPLICATION_NUMBER))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-application", "s", application);
  else if (begin_lookup (self, plt_person_hit_get_id_number (hit)))
    gtk_widget_grab_focus (GTK_WIDGET (self->person));
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

  if (self->lookup == NULL || source < 0 || source >= (int) plt_source_get_count ())
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
open_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  g_autoptr (PltLicenceApplication) open = plt_search_pane_find_open (PLT_SEARCH_PANE (widget));

  if (open != NULL)
    gtk_widget_activate_action (widget, "win.open-application", "s",
                                plt_licence_application_get_number (open));
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
    plt_search_pane_start_when_done (self, PLT_APPLICATION_TYPE_NEW);
  else if (g_str_equal (action, "search.replace"))
    plt_search_pane_start_when_done (self, PLT_APPLICATION_TYPE_REPLACEMENT);
  else
    plt_search_pane_start_when_done (self, PLT_APPLICATION_TYPE_RENEWAL);
}

/* Decisions are kept with an application. */
static void
settle_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  PltSearchPane *self = PLT_SEARCH_PANE (widget);
  g_autoptr (PltLicenceApplication) open = plt_search_pane_find_open (self);

  if (open != NULL)
    gtk_widget_activate_action (widget, "win.open-application", "s",
                                plt_licence_application_get_number (open));
  else
    plt_notice_show (self->notice, PLT_NOTICE_INFO,
                     _("Nothing was settled, because what people decide is kept with an application, "
                       "and this person has none that is open. Start one (Ctrl+R, Ctrl+N or Ctrl+E) "
                       "and settle it there."), NULL, NULL);
}

static void
link_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  plt_person_view_ask_link (PLT_SEARCH_PANE (widget)->person);
}

static void
results_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  PltSearchPane *self = PLT_SEARCH_PANE (widget);

  show_hits (self);
  plt_hit_list_find (self->hits, gtk_editable_get_text (self->entry));
  if (!plt_hit_list_focus_first (self->hits))
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
entry_activate_cb (PltSearchPane *self)
{
  plt_search_pane_look_up (self, gtk_editable_get_text (self->entry));
}

static void
entry_changed_cb (PltSearchPane *self)
{
  const char *text = gtk_editable_get_text (self->entry);
  g_autofree char *typed = g_strstrip (g_strdup (text));

  if (self->filling || g_strcmp0 (self->shown, text) == 0)
    return;

  g_clear_pointer (&self->shown, g_free);
  show_hits (self);
  plt_hit_list_find (self->hits, typed);
}

/* Escape goes back to the person who was open, or else empties the entry. */
static void
entry_stopped_cb (PltSearchPane *self)
{
  if (self->lookup != NULL && gtk_widget_is_visible (GTK_WIDGET (self->hits)))
    gtk_stack_set_visible_child_name (self->stack, "person");
  else
    gtk_editable_set_text (self->entry, "");
}

static gboolean
key_pressed_cb (PltSearchPane   *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  state)
{
  if (keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self->hits)) && plt_hit_list_focus_first (self->hits))
    return GDK_EVENT_STOP;

  return GDK_EVENT_PROPAGATE;
}

static void
plt_search_pane_map (GtkWidget *widget)
{
  PltSearchPane *self = PLT_SEARCH_PANE (widget);

  GTK_WIDGET_CLASS (plt_search_pane_parent_class)->map (widget);
  /* Whom this person looked up last may have become more. */
  if (*gtk_editable_get_text (self->entry) == '\0')
    plt_hit_list_find (self->hits, "");
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
  g_clear_pointer (&self->shown, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_SEARCH_PANE);

  G_OBJECT_CLASS (plt_search_pane_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, PltSearchPane, entry);
  gtk_widget_class_bind_template_child (widget_class, PltSearchPane, notice);
  gtk_widget_class_bind_template_child (widget_class, PltSearchPane, stack);
  gtk_widget_class_bind_template_child (widget_class, PltSearchPane, person);
  gtk_widget_class_bind_template_child (widget_class, PltSearchPane, hits);
  gtk_widget_class_bind_template_child (widget_class, PltSearchPane, back);
}

static void
plt_search_pane_class_init (PltSearchPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_search_pane_dispose;
  plt_panes_class_set_grab_focus (widget_class, plt_search_pane_grab_focus);
  widget_class->map = plt_search_pane_map;

  g_type_ensure (PLT_TYPE_HIT_LIST);
  g_type_ensure (PLT_TYPE_NOTICE);
  g_type_ensure (PLT_TYPE_PERSON_VIEW);

  gtk_widget_class_install_action (widget_class, "search.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "search.results", NULL, results_action);
  gtk_widget_class_install_action (widget_class, "search.ask-again", "i", ask_again_action);
  gtk_widget_class_install_action (widget_class, "search.ask-all", NULL, ask_all_action);
  gtk_widget_class_install_action (widget_class, "search.renew", NULL, start_action);
  gtk_widget_class_install_action (widget_class, "search.new", NULL, start_action);
  gtk_widget_class_install_action (widget_class, "search.replace", NULL, start_action);
  gtk_widget_class_install_action (widget_class, "search.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "search.link", NULL, link_action);
  gtk_widget_class_install_action (widget_class, "search.settle", "i", settle_action);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/search/plt-search-pane.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, entry_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, hit_opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stack_changed_cb);
}

static void
plt_search_pane_init (PltSearchPane *self)
{
  static const PltPaneKey keys[] = {
    { "<Control>f", "search.find", NULL },
    { "<Alt>Left", "search.results", NULL },
    { "F5", "search.ask-all", NULL },
    { "<Control>r", "search.renew", NULL },
    { "<Control>n", "search.new", NULL },
    { "<Control>e", "search.replace", NULL },
    { "<Control>l", "search.link", NULL },
  };

  self->pending_type = PLT_NO_TYPE;
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  plt_panes_name_once (GTK_WIDGET (self));
  plt_pane_keys_install (GTK_WIDGET (self), keys, G_N_ELEMENTS (keys));
}

GtkWidget *
plt_search_pane_new (PltOffice *office)
{
  PltSearchPane *self = g_object_new (PLT_TYPE_SEARCH_PANE, NULL);

  self->office = g_object_ref (office);
  plt_hit_list_set_office (self->hits, office);
  plt_person_view_set_office (self->person, office);
  plt_search_pane_update_actions (self);
  stack_changed_cb (self);

  return GTK_WIDGET (self);
}

void
plt_search_pane_look_up (PltSearchPane *self,
                         const char    *text)
{
  g_autofree char *typed = g_strstrip (g_strdup (text));
  g_autofree char *id_number = plt_id_number_normalise (typed, NULL);

  set_entry_text (self, typed);
  if (id_number != NULL)
    {
      begin_lookup (self, id_number);
      return;
    }
  show_hits (self);
  plt_hit_list_find (self->hits, typed);
  if (*typed != '\0')
    plt_hit_list_open_first (self->hits);
}

void
plt_search_pane_start (PltSearchPane      *self,
                       const char         *id_number,
                       PltApplicationType  type)
{
  set_entry_text (self, id_number);
  if (begin_lookup (self, id_number))
    plt_search_pane_start_when_done (self, type);
}
