/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows who signed in the panes, leads commands to them, and says when the office is offline. */
#include "config.h"

#include "plt-window-private.h"

#include "plt-command.h"

#include "editor/plt-editor-pane.h"
#include "preview/plt-preview-pane.h"
#include "room/plt-room-pane.h"
#include "search/plt-search-pane.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (PltWindow, plt_window, ADW_TYPE_APPLICATION_WINDOW)

static GtkWidget *
get_pane (PltWindow   *self,
          PltPaneKind  pane)
{
  if (self->panes[pane] == NULL)
    {
      self->panes[pane] = plt_pane_kind_new (pane, self->office);
      gtk_stack_add_named (self->stack, self->panes[pane], plt_pane_kind_get_name (pane));
    }
  return self->panes[pane];
}

static gboolean
may_show (PltWindow   *self,
          PltPaneKind  pane)
{
  return plt_pane_kind_is_for (pane, plt_office_get_session (self->office));
}

static void
offer_panes (PltWindow *self)
{
  for (int i = 0; i < PLT_N_PANES; i++)
    gtk_widget_set_visible (GTK_WIDGET (gtk_list_box_get_row_at_index (self->sidebar, i)),
                            may_show (self, (PltPaneKind) i));
  if (!may_show (self, self->pane))
    self->pane = PLT_PANE_REGISTRIES;
}

GtkWidget *
plt_window_show_pane (PltWindow   *self,
                      PltPaneKind  pane)
{
  GtkWidget *widget = get_pane (self, pane);

  self->pane = pane;
  gtk_stack_set_visible_child (self->stack, widget);
  gtk_list_box_select_row (self->sidebar,
                           gtk_list_box_get_row_at_index (self->sidebar, (int) pane));
  if (!gtk_widget_grab_focus (widget))
    gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
  return widget;
}

gboolean
plt_window_is_signed_in (PltWindow *self)
{
  return self->office != NULL && plt_session_is_signed_in (plt_office_get_session (self->office));
}

static void
show_command_message (PltWindow  *self,
                      const char *message)
{
  if (message != NULL)
    plt_notice_show (self->command_notice, PLT_NOTICE_ERROR, message, NULL, NULL);
  else
    plt_notice_clear (self->command_notice);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->command), GTK_ACCESSIBLE_STATE_INVALID,
                               message != NULL ? GTK_ACCESSIBLE_INVALID_TRUE
                                               : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* Says that @pane is not for who signed in, if so. */
gboolean
plt_window_refuse_persons (PltWindow   *self,
                           PltPaneKind  pane)
{
  if (may_show (self, pane))
    return FALSE;
  show_command_message (self, _("Persons, applications and cards are open to clerks, supervisors, "
                                "print operators and auditors only. Ask a colleague who has one "
                                "of these roles."));
  return TRUE;
}

static void
run_command (PltWindow        *self,
             const PltCommand *command)
{
  switch (command->kind)
    {
    case PLT_COMMAND_LOOK_UP:
    case PLT_COMMAND_FIND:
      plt_search_pane_look_up (PLT_SEARCH_PANE (plt_window_show_pane (self, PLT_PANE_SEARCH)),
                               command->key);
      break;
    case PLT_COMMAND_START:
      plt_search_pane_start (PLT_SEARCH_PANE (plt_window_show_pane (self, PLT_PANE_SEARCH)),
                             command->key, command->type);
      break;
    case PLT_COMMAND_APPLICATION:
      plt_editor_pane_expect (PLT_EDITOR_PANE (get_pane (self, PLT_PANE_EDITOR)), FALSE);
      plt_editor_pane_open (PLT_EDITOR_PANE (plt_window_show_pane (self, PLT_PANE_EDITOR)),
                            command->key);
      break;
    case PLT_COMMAND_PREPARED:
      plt_editor_pane_fetch (PLT_EDITOR_PANE (plt_window_show_pane (self, PLT_PANE_EDITOR)),
                             command->key);
      break;
    case PLT_COMMAND_CARD:
      plt_room_pane_select (PLT_ROOM_PANE (plt_window_show_pane (self, PLT_PANE_ROOM)), command->key);
      break;
    case PLT_COMMAND_VERIFY:
      if (*command->key == '\0')
        plt_window_show_pane (self, PLT_PANE_VERIFY);
      else
        plt_window_verify_code (self, command->key);
      break;
    case PLT_COMMAND_SCAN:
      plt_window_take_code (self, command->key);
      break;
    case PLT_COMMAND_NOTHING:
    default:
      break;
    }
}

/* Runs what stands in the command bar. */
void
plt_window_run_command (PltWindow *self)
{
  g_auto (PltCommand) command = { .kind = PLT_COMMAND_NOTHING };
  g_autoptr (GError) error = NULL;

  if (!plt_command_parse (gtk_editable_get_text (GTK_EDITABLE (self->command)), &command, &error))
    {
      show_command_message (self, error->message);
      gtk_editable_select_region (GTK_EDITABLE (self->command), 0, -1);
      return;
    }
  show_command_message (self, NULL);
  if (command.kind != PLT_COMMAND_NOTHING && plt_window_refuse_persons (self, PLT_PANE_SEARCH))
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->command), "");
  run_command (self, &command);
}

static void
command_changed_cb (PltWindow *self)
{
  show_command_message (self, NULL);
}

static void
sidebar_row_activated_cb (PltWindow     *self,
                          GtkListBoxRow *row)
{
  plt_window_show_pane (self, (PltPaneKind) gtk_list_box_row_get_index (row));
}

/* A list box moves its selection with the keyboard: the row of the pane that is shown stays lit. */
static void
sidebar_left_cb (PltWindow *self)
{
  gtk_list_box_select_row (self->sidebar,
                           gtk_list_box_get_row_at_index (self->sidebar, (int) self->pane));
}

/* Arrows move in the sidebar, as in every list of panes; Tab leads out of it at once. */
static gboolean
sidebar_key_cb (PltWindow *self,
                guint      keyval)
{
  gboolean back = keyval == GDK_KEY_ISO_Left_Tab;
  GtkWidget *row = back ? gtk_widget_get_first_child (GTK_WIDGET (self->sidebar))
                        : gtk_widget_get_last_child (GTK_WIDGET (self->sidebar));

  if (!back && keyval != GDK_KEY_Tab && keyval != GDK_KEY_KP_Tab)
    return GDK_EVENT_PROPAGATE;
  while (row != NULL && !gtk_widget_get_visible (row))
    row = back ? gtk_widget_get_next_sibling (row) : gtk_widget_get_prev_sibling (row);
  if (row != NULL)
    gtk_widget_grab_focus (row);

  return GDK_EVENT_PROPAGATE;
}

static void
watch_sidebar (PltWindow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_swapped (focus, "leave", G_CALLBACK (sidebar_left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->sidebar), focus);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (sidebar_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->sidebar), keys);
}

static void
session_changed_cb (PltWindow *self)
{
  PltSession *session = plt_office_get_session (self->office);
  const char *trouble = plt_session_get_trouble (session);

  gtk_label_set_label (self->session_name, plt_session_get_staff_name (session));
  gtk_label_set_label (self->session_office, plt_session_get_office_name (session));
  if (plt_session_is_signed_in (session) && !plt_session_is_online (session))
    plt_notice_show (self->offline, PLT_NOTICE_WARNING,
                     trouble != NULL ? trouble : _("The office database cannot be reached."),
                     NULL, NULL);
  else
    plt_notice_clear (self->offline);
}

static void
signed_in_cb (PltWindow *self)
{
  gtk_stack_set_visible_child_name (self->pages, "office");
  offer_panes (self);
  plt_stock_line_set_office (self->stock_line, self->office);
  plt_window_follow_cards (self);
  plt_window_show_pane (self, self->pane);
  gtk_widget_grab_focus (GTK_WIDGET (self->command));
  plt_window_return (self);
}

/* Whoever signs in next must find nothing of the one before. */
static void
drop_panes (PltWindow *self)
{
  for (int i = 0; i < PLT_N_PANES; i++)
    if (self->panes[i] != NULL)
      {
        gtk_stack_remove (self->stack, self->panes[i]);
        self->panes[i] = NULL;
      }
  self->pane = PLT_PANE_SEARCH;
}

static void
back_to_sign_in (PltWindow  *self,
                 const char *message)
{
  gtk_stack_set_visible_child_name (self->pages, "sign-in");
  plt_stock_line_set_office (self->stock_line, NULL);
  g_clear_object (&self->cards);
  plt_notice_clear (self->doubtful);
  drop_panes (self);
  plt_sign_in_page_reset (self->sign_in, message);
}

/* A session can end from outside: twelve hours, thirty idle minutes, an administrator. */
static void
signed_in_changed_cb (PltWindow *self)
{
  if (!plt_window_is_signed_in (self)
      && g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "office") == 0)
    back_to_sign_in (self, plt_session_get_trouble (plt_office_get_session (self->office)));
}

static void
sign_out_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean done = plt_office_sign_out_finish (PLT_OFFICE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  back_to_sign_in (PLT_WINDOW (user_data), done ? NULL : error->message);
}

static void
sign_out_action (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  PltWindow *self = PLT_WINDOW (widget);

  if (!plt_window_is_signed_in (self))
    return;
  plt_window_leave (self);
  plt_office_sign_out_async (self->office, self->cancellable, sign_out_cb, self);
}

static void
pane_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  PltWindow *self = PLT_WINDOW (widget);
  PltPaneKind pane;

  if (plt_window_is_signed_in (self) &&
      plt_pane_kind_find (g_variant_get_string (parameter, NULL), &pane) &&
      !plt_window_refuse_persons (self, pane))
    plt_window_show_pane (self, pane);
}

static void
command_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  PltWindow *self = PLT_WINDOW (widget);

  if (plt_window_is_signed_in (self))
    gtk_widget_grab_focus (GTK_WIDGET (self->command));
}

/* GTK would build an overlay that it finds by itself before the first frame. */
static void
show_keys_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  PltWindow *self = PLT_WINDOW (widget);

  if (self->keys == NULL)
    {
      g_autoptr (GtkBuilder) builder =
        gtk_builder_new_from_resource ("/org/platen/Platen/app/help-overlay.ui");

      self->keys = GTK_WINDOW (gtk_builder_get_object (builder, "help_overlay"));
      gtk_window_set_hide_on_close (self->keys, TRUE);
      gtk_window_set_transient_for (self->keys, GTK_WINDOW (self));
    }
  /* The keys of the pane that is shown; the overlay itself offers to show all. */
  g_object_set (self->keys, "view-name", plt_window_is_signed_in (self) ? plt_pane_kind_get_name (self->pane) : "sign-in",
                NULL);
  gtk_window_present (self->keys);
}

/* The actions by which panes lead to each other; see plt-panes.h. */
static void
lead_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  PltWindow *self = PLT_WINDOW (widget);
  const char *key = g_variant_get_string (parameter, NULL);

  if (!plt_window_is_signed_in (self))
    return;
  if (g_str_equal (action, "win.look-up"))
    plt_search_pane_look_up (PLT_SEARCH_PANE (plt_window_show_pane (self, PLT_PANE_SEARCH)), key);
  else if (g_str_equal (action, "win.open-application"))
    plt_editor_pane_open (PLT_EDITOR_PANE (plt_window_show_pane (self, PLT_PANE_EDITOR)), key);
  else if (g_str_equal (action, "win.preview-application"))
    plt_preview_pane_show_ (PLT_PREVIEW_PANE (plt_window_show_pane (self, PLT_PANE_PREVIEW)), key);
  else
    plt_room_pane_select (PLT_ROOM_PANE (plt_window_show_pane (self, PLT_PANE_ROOM)), key);
}

static void
expect_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  PltWindow *self = PLT_WINDOW (widget);

  if (plt_window_is_signed_in (self))
    plt_editor_pane_expect (PLT_EDITOR_PANE (get_pane (self, PLT_PANE_EDITOR)),
                            g_variant_get_boolean (parameter));
}

/* Follows what is typed where the card is shown already; opens nothing. */
static void
propose_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  PltWindow *self = PLT_WINDOW (widget);
  const char *application, *field, *value;

  g_variant_get (parameter, "(&s&s&s)", &application, &field, &value);
  if (plt_window_is_signed_in (self) && self->panes[PLT_PANE_PREVIEW] != NULL)
    plt_preview_pane_propose (PLT_PREVIEW_PANE (self->panes[PLT_PANE_PREVIEW]), application, field,
                              value);
}

/* tests/bench/bench-start.py waits for this line. */
static void
first_frame_cb (PltWindow     *self,
                GdkFrameClock *clock)
{
  g_clear_signal_handler (&self->first_frame_id, clock);
  g_debug ("first frame");
}

static void
plt_window_realize (GtkWidget *widget)
{
  PltWindow *self = PLT_WINDOW (widget);

  GTK_WIDGET_CLASS (plt_window_parent_class)->realize (widget);
  self->first_frame_id =
    g_signal_connect_object (gtk_widget_get_frame_clock (widget), "after-paint",
                             G_CALLBACK (first_frame_cb), self, G_CONNECT_SWAPPED);
}

static void
plt_window_dispose (GObject *object)
{
  PltWindow *self = PLT_WINDOW (object);

  g_clear_handle_id (&self->said_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->keys, gtk_window_destroy);
  g_clear_object (&self->resumer);
  g_clear_object (&self->sender);
  g_clear_pointer (&self->scanners, g_ptr_array_unref);
  g_clear_object (&self->cards);
  g_clear_object (&self->office);
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_WINDOW);
  G_OBJECT_CLASS (plt_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, PltWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, PltWindow, sign_in);
  gtk_widget_class_bind_template_child (widget_class, PltWindow, trouble_page);
  gtk_widget_class_bind_template_child (widget_class, PltWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, PltWindow, speaker);
  gtk_widget_class_bind_template_child (widget_class, PltWindow, offline);
  gtk_widget_class_bind_template_child (widget_class, PltWindow, command);
  gtk_widget_class_bind_template_child (widget_class, PltWindow, command_notice);
  gtk_widget_class_bind_template_child (widget_class, PltWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, PltWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, PltWindow, session_name);
  gtk_widget_class_bind_template_child (widget_class, PltWindow, session_office);
  gtk_widget_class_bind_template_child (widget_class, PltWindow, stock_line);
  gtk_widget_class_bind_template_child (widget_class, PltWindow, doubtful);
  gtk_widget_class_bind_template_callback (widget_class, plt_window_run_command);
  gtk_widget_class_bind_template_callback (widget_class, command_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, sidebar_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, signed_in_cb);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.command", NULL, command_action);
  gtk_widget_class_install_action (widget_class, "win.pane", "s", pane_action);
  gtk_widget_class_install_action (widget_class, "win.show-help-overlay", NULL, show_keys_action);
  gtk_widget_class_install_action (widget_class, "win.sign-out", NULL, sign_out_action);
  plt_window_install_say (widget_class);
  gtk_widget_class_install_action (widget_class, "win.look-up", "s", lead_action);
  gtk_widget_class_install_action (widget_class, "win.open-application", "s", lead_action);
  gtk_widget_class_install_action (widget_class, "win.expect-application", "b", expect_action);
  gtk_widget_class_install_action (widget_class, "win.preview-application", "s", lead_action);
  gtk_widget_class_install_action (widget_class, "win.propose-value", "(sss)", propose_action);
  gtk_widget_class_install_action (widget_class, "win.open-card", "s", lead_action);
}

static void
plt_window_class_init (PltWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_window_dispose;
  widget_class->realize = plt_window_realize;
  g_type_ensure (PLT_TYPE_NOTICE);
  plt_window_install_resolve (widget_class);
  plt_window_install_twin (widget_class);
  g_type_ensure (PLT_TYPE_STOCK_LINE);
  g_type_ensure (PLT_TYPE_SIGN_IN_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/platen/Platen/app/plt-window.ui");
  bind_children (widget_class);
  install_actions (widget_class);
}

/* Reading does not keep a session from idling out, being at work does: keys and clicks. */
static gboolean
used_cb (PltWindow *self,
         GdkEvent  *event)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if (self->office != NULL && (type == GDK_KEY_PRESS || type == GDK_BUTTON_PRESS))
    plt_office_note_activity (self->office);

  return GDK_EVENT_PROPAGATE;
}

static void
watch_use (PltWindow *self)
{
  GtkEventController *controller = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "event", G_CALLBACK (used_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
plt_window_init (PltWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  watch_sidebar (self);
  watch_use (self);
}

/* Settings are looked for, not demanded: a program run from its build folder has none installed. */
static void
bind_settings (PltWindow *self)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, PLT_APP_ID, TRUE);
  if (schema == NULL)
    return;
  self->settings = g_settings_new (PLT_APP_ID);
  g_settings_bind (self->settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-height", self, "default-height",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
}

static void
watch_session (PltWindow *self)
{
  PltSession *session = plt_office_get_session (self->office);

  g_signal_connect_object (session, "notify", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::signed-in", G_CALLBACK (signed_in_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

PltWindow *
plt_window_new (GtkApplication *application,
                PltOffice      *office,
                const char     *trouble)
{
  PltWindow *self = g_object_new (PLT_TYPE_WINDOW, "application", application, NULL);

  bind_settings (self);
  if (office == NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (trouble != NULL ? trouble : "", -1);

      adw_status_page_set_description (self->trouble_page, escaped);
      gtk_stack_set_visible_child_name (self->pages, "trouble");
      return self;
    }
  self->office = g_object_ref (office);
  plt_window_watch_scans (self);
  self->resumer = plt_resumer_new (office);
  self->sender = plt_outbox_sender_new (office);
  plt_sign_in_page_set_office (self->sign_in, office);
  watch_session (self);
  plt_sign_in_page_reset (self->sign_in, NULL);
  return self;
}

void
plt_window_set_first_pane (PltWindow  *self,
                           const char *pane)
{
  plt_pane_kind_find (pane, &self->pane);
}
