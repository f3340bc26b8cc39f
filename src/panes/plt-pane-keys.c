/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gives a pane keys that work in the whole window while the pane is shown, and keeps those that
 * are pressed too early. */
#include "plt-pane-keys.h"

/* A key that was pressed and not yet done. */
typedef struct
{
  GtkShortcutAction *action;
  GVariant          *target;
} Kept;

typedef struct
{
  GtkWidget             *pane; /* owns us */
  GtkShortcutController *controller;
  GQueue                 kept;
  GtkEventController    *watcher;  /* on the window while the pane is expected */
  gboolean               expected; /* the pane is about to be shown */
  gboolean               held;     /* the pane opens or saves something */
  guint                  release_id;
} PaneKeys;

static GQuark
get_keys_quark (void)
{
  return g_quark_from_static_string ("plt-pane-keys");
}

static PaneKeys *
get_keys (GtkWidget *pane)
{
  return g_object_get_qdata (G_OBJECT (pane), get_keys_quark ());
}

static void
kept_free (Kept *kept)
{
  g_object_unref (kept->action);
  g_clear_pointer (&kept->target, g_variant_unref);
  g_free (kept);
}

static void
update_scope (PaneKeys *self)
{
  gtk_shortcut_controller_set_scope (self->controller, gtk_widget_get_mapped (self->pane)
                                                         ? GTK_SHORTCUT_SCOPE_GLOBAL
                                                         : GTK_SHORTCUT_SCOPE_LOCAL);
}

static gboolean
key_cb (PaneKeys *self,
        GdkEvent *event)
{
  GListModel *shortcuts = G_LIST_MODEL (self->controller);

  if (gdk_event_get_event_type (event) != GDK_KEY_PRESS || gtk_widget_get_mapped (self->pane))
    return GDK_EVENT_PROPAGATE;
  for (guint i = 0; i < g_list_model_get_n_items (shortcuts); i++)
    {
      g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (shortcuts, i);

      if (gtk_shortcut_trigger_trigger (gtk_shortcut_get_trigger (shortcut), event, FALSE) ==
          GDK_KEY_MATCH_EXACT)
        return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, self->pane,
                                             gtk_shortcut_get_arguments (shortcut));
    }

  return GDK_EVENT_PROPAGATE;
}

/* GTK brings no keys to a widget that is not shown, and what is shown until then may want them: a
 * search entry takes Ctrl+G for itself. */
static void
watch (PaneKeys *self)
{
  GtkRoot *root = gtk_widget_get_root (self->pane);

  if (root == NULL || self->watcher != NULL)
    return;
  self->watcher = g_object_ref (gtk_event_controller_legacy_new ());
  gtk_event_controller_set_propagation_phase (self->watcher, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (self->watcher, "event", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (root), self->watcher);
}

static void
set_expected (PaneKeys *self,
              gboolean  expected)
{
  GtkWidget *watched;

  self->expected = expected;
  if (expected)
    {
      watch (self);
      return;
    }
  if (self->watcher == NULL)
    return;
  watched = gtk_event_controller_get_widget (self->watcher);
  if (watched != NULL)
    gtk_widget_remove_controller (watched, self->watcher);
  g_clear_object (&self->watcher);
}

static void
pane_keys_free (PaneKeys *self)
{
  set_expected (self, FALSE);
  g_clear_handle_id (&self->release_id, g_source_remove);
  g_queue_clear_full (&self->kept, (GDestroyNotify) kept_free);
  g_free (self);
}

static gboolean
keep (PaneKeys          *self,
      GtkShortcutAction *action,
      GVariant          *target)
{
  Kept *kept = g_new0 (Kept, 1);

  kept->action = g_object_ref (action);
  kept->target = target != NULL ? g_variant_ref (target) : NULL;
  g_queue_push_tail (&self->kept, kept);

  return TRUE;
}

/* What the pane shows until then is not what the key is for, so nothing is done with that. */
static gboolean
pressed_cb (GtkWidget *pane,
            GVariant  *target,
            gpointer   user_data)
{
  PaneKeys *self = get_keys (pane);

  if (!gtk_widget_get_mapped (pane))
    return self->expected && keep (self, user_data, target);

  return gtk_shortcut_action_activate (user_data, 0, pane, target) ||
         (self->held && keep (self, user_data, target));
}

static void
add_key (PaneKeys         *self,
         const PltPaneKey *key)
{
  GtkShortcutAction *action = gtk_named_action_new (key->action);
  GtkShortcut *shortcut =
    gtk_shortcut_new (gtk_shortcut_trigger_parse_string (key->accelerator),
                      gtk_callback_action_new (pressed_cb, action, g_object_unref));

  if (key->target != NULL)
    gtk_shortcut_set_arguments (shortcut, g_variant_new_string (key->target));
  gtk_shortcut_controller_add_shortcut (self->controller, shortcut);
}

/**
 * plt_pane_keys_install:
 * @pane: the widget whose class installed the actions
 * @keys: (array length=n_keys): the table; it may live on the stack
 *
 * A controller of global scope listens in the whole window even when its widget is not shown; the
 * scope is therefore narrowed whenever the pane is unmapped, so that two panes may use one key.
 * Where the keyboard is in the pane, a second controller asks it before what stands around it: Escape
 * is the pane's, if it has something to close, and only then the toast's.
 */
void
plt_pane_keys_install (GtkWidget        *pane,
                       const PltPaneKey *keys,
                       gsize             n_keys)
{
  PaneKeys *self = g_new0 (PaneKeys, 1);

  self->pane = pane;
  self->controller = GTK_SHORTCUT_CONTROLLER (gtk_shortcut_controller_new ());
  g_queue_init (&self->kept);
  for (gsize i = 0; i < n_keys; i++)
    add_key (self, &keys[i]);

  g_object_set_qdata_full (G_OBJECT (pane), get_keys_quark (), self,
                           (GDestroyNotify) pane_keys_free);
  gtk_widget_add_controller (pane, GTK_EVENT_CONTROLLER (self->controller));
  gtk_widget_add_controller (pane, gtk_shortcut_controller_new_for_model (G_LIST_MODEL (self->controller)));
  g_signal_connect_swapped (pane, "map", G_CALLBACK (update_scope), self);
  g_signal_connect_swapped (pane, "unmap", G_CALLBACK (update_scope), self);
}

/* @pane is about to be shown with something new: its keys are kept from now on, though another
 * pane is still shown. */
void
plt_pane_keys_expect (GtkWidget *pane)
{
  PaneKeys *self = get_keys (pane);

  plt_pane_keys_forget (pane);
  set_expected (self, TRUE);
}

/* @pane opens or saves something: keys that it cannot serve meanwhile are kept. */
void
plt_pane_keys_hold (GtkWidget *pane)
{
  PaneKeys *self = get_keys (pane);

  g_clear_handle_id (&self->release_id, g_source_remove);
  self->held = TRUE;
  set_expected (self, FALSE);
}

static gboolean
release_cb (gpointer user_data)
{
  PaneKeys *self = user_data;
  Kept *kept = g_queue_pop_head (&self->kept);

  if (kept == NULL)
    {
      self->release_id = 0;
      return G_SOURCE_REMOVE;
    }
  /* What a key starts may hold the others back again. */
  gtk_shortcut_action_activate (kept->action, 0, self->pane, kept->target);
  kept_free (kept);

  return self->release_id != 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* @pane is at rest: what was kept is done, one after the other, as soon as the errors of what was
 * under way have been told. */
void
plt_pane_keys_release (GtkWidget *pane)
{
  PaneKeys *self = get_keys (pane);

  self->held = FALSE;
  set_expected (self, FALSE);
  if (self->release_id == 0 && !g_queue_is_empty (&self->kept))
    self->release_id = g_idle_add_full (G_PRIORITY_DEFAULT, release_cb, self, NULL);
}

/* What was pressed was meant for something that does not come. */
void
plt_pane_keys_forget (GtkWidget *pane)
{
  PaneKeys *self = get_keys (pane);

  self->held = FALSE;
  set_expected (self, FALSE);
  g_clear_handle_id (&self->release_id, g_source_remove);
  g_queue_clear_full (&self->kept, (GDestroyNotify) kept_free);
}
