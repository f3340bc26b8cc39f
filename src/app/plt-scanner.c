/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds keys back while they may be a scanner's: a scan goes to the window as a whole, and what a
 * person typed goes where it was meant, a few hundredths of a second later. */
#include "plt-scanner.h"

typedef struct
{
  GtkWindow          *window;  /* owns us */
  GtkEventController *controller;
  PltBurst           *burst;
  GQueue              held;    /* GdkEvent */
  GHashTable         *down;    /* the codes of keys that are down: the same again is held down */
  guint               timer_id;
  gboolean            releasing;
  PltScannableFunc    may_scan;
  PltScannedFunc      scanned;
  GWeakRef            owner;
} Watch;

static void
drop_held (Watch *self)
{
  g_queue_clear_full (&self->held, (GDestroyNotify) gdk_event_unref);
}

static void
watch_free (Watch *self)
{
  g_clear_handle_id (&self->timer_id, g_source_remove);
  drop_held (self);
  g_hash_table_unref (self->down);
  plt_burst_free (self->burst);
  g_weak_ref_clear (&self->owner);
  g_free (self);
}

/* As GDK delivers them, before any other event: to wherever the keyboard is by then. */
static void
release_held (Watch *self)
{
  GdkEvent *event;

  self->releasing = TRUE;
  while ((event = g_queue_pop_head (&self->held)) != NULL)
    {
      GdkSurface *surface = gdk_event_get_surface (event);
      gboolean handled;

      if (!gdk_surface_is_destroyed (surface))
        g_signal_emit_by_name (surface, "event", event, &handled);
      gdk_event_unref (event);
    }
  self->releasing = FALSE;
}

/* What is held is either, now. */
static void
decide (Watch *self)
{
  g_auto (PltBurstText) scan = { NULL, NULL };
  g_autoptr (GtkWindow) window = g_object_ref (self->window);
  g_autoptr (GObject) owner = g_weak_ref_get (&self->owner);

  g_clear_handle_id (&self->timer_id, g_source_remove);
  if (plt_burst_finish (self->burst, &scan))
    {
      drop_held (self);
      if (owner != NULL)
        self->scanned (window, &scan, owner);
    }
  else
    release_held (self);
}

static gboolean
timed_out_cb (gpointer user_data)
{
  Watch *self = user_data;

  self->timer_id = 0;
  decide (self);

  return G_SOURCE_REMOVE;
}

/* Keys that have come already go before. */
static void
wait_for_more (Watch *self)
{
  g_clear_handle_id (&self->timer_id, g_source_remove);
  self->timer_id = g_timeout_add_full (G_PRIORITY_HIGH_IDLE, plt_burst_get_patience_ms (self->burst),
                                       timed_out_cb, self, NULL);
}

static void
hold (Watch    *self,
      GdkEvent *event)
{
  if (plt_burst_is_certain (self->burst))
    drop_held (self);
  else
    g_queue_push_tail (&self->held, gdk_event_ref (event));
}

/* Scanners send line feeds and separators as Ctrl with a letter or a sign: Ctrl+J, Ctrl+^. */
static gunichar
get_control_character (gunichar character)
{
  gunichar upper = character < 0x80 ? (gunichar) g_ascii_toupper ((char) character) : 0;

  if (upper == '6' || upper == '-')
    return upper == '6' ? 0x1E : 0x1F;

  return upper >= '@' && upper <= '_' && upper != '@' ? upper - '@' : 0;
}

static gunichar
get_character (guint keyval)
{
  switch (keyval)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      return '\r';
    case GDK_KEY_Linefeed:
      return '\n';
    case GDK_KEY_Tab:
      return '\t';
    default:
      break;
    }
  gunichar character = gdk_keyval_to_unicode (keyval);

  return character >= 0x20 && character != 0x7F ? character : 0;
}

/* Enter, Tab and the keypad are the same in every layout. */
static gboolean
is_everywhere (guint keyval)
{
  gunichar character = get_character (keyval);

  return (character != 0 && character < 0x20) || (keyval >= GDK_KEY_KP_Space && keyval <= GDK_KEY_KP_9);
}

static PltBurstKey
read_key (Watch    *self,
          GdkEvent *event)
{
  GdkModifierType state = gdk_event_get_modifier_state (event);
  guint keycode = gdk_key_event_get_keycode (event);
  guint keyval = gdk_key_event_get_keyval (event);
  gunichar character = get_character (keyval);
  gunichar us = is_everywhere (keyval)
                  ? character : plt_burst_get_us_character (keycode, (state & GDK_SHIFT_MASK) != 0);
  PltBurstKey key = { gdk_event_get_time (event), character, us,
                      g_hash_table_contains (self->down, GUINT_TO_POINTER (keycode)) };

  if ((state & (GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK)) != 0)
    key.character = key.us_character = 0;
  else if ((state & GDK_CONTROL_MASK) != 0 && character >= 0x20)
    {
      key.character = get_control_character (character);
      key.us_character = get_control_character (us);
    }

  return key;
}

static gboolean
press (Watch    *self,
       GdkEvent *event)
{
  PltBurstKey key = read_key (self, event);
  PltBurstAnswer answer = plt_burst_press (self->burst, &key);

  if (answer == PLT_BURST_OVER)
    {
      decide (self);
      answer = plt_burst_press (self->burst, &key);
    }
  g_hash_table_add (self->down, GUINT_TO_POINTER (gdk_key_event_get_keycode (event)));
  if (answer != PLT_BURST_HELD)
    return GDK_EVENT_PROPAGATE;
  hold (self, event);
  wait_for_more (self);

  return GDK_EVENT_STOP;
}

/* A key that comes up, or a modifier, follows what is held. */
static gboolean
follow (Watch    *self,
        GdkEvent *event)
{
  if (plt_burst_is_empty (self->burst))
    return GDK_EVENT_PROPAGATE;
  hold (self, event);

  return GDK_EVENT_STOP;
}

static gboolean
may_begin (Watch *self)
{
  g_autoptr (GObject) owner = g_weak_ref_get (&self->owner);

  return owner != NULL && self->may_scan (owner);
}

static gboolean
event_cb (Watch    *self,
          GdkEvent *event)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if (self->releasing)
    return GDK_EVENT_PROPAGATE;
  if (type == GDK_KEY_PRESS && plt_burst_is_empty (self->burst) && !may_begin (self))
    return GDK_EVENT_PROPAGATE;
  if (type == GDK_KEY_PRESS && gdk_key_event_is_modifier (event))
    return follow (self, event);
  if (type == GDK_KEY_PRESS)
    return press (self, event);
  if (type == GDK_KEY_RELEASE)
    {
      g_hash_table_remove (self->down, GUINT_TO_POINTER (gdk_key_event_get_keycode (event)));
      return follow (self, event);
    }
  if (type == GDK_BUTTON_PRESS && !plt_burst_is_empty (self->burst))
    decide (self);

  return GDK_EVENT_PROPAGATE;
}

/* Where the keyboard is elsewhere, keys come up unseen. */
static void
active_changed_cb (Watch *self)
{
  g_hash_table_remove_all (self->down);
}

/* GTK asks the controller that was added last first, and a window is given its own until it is shown. */
static void
listen (Watch *self)
{
  if (self->controller != NULL)
    gtk_widget_remove_controller (GTK_WIDGET (self->window), self->controller);
  self->controller = gtk_event_controller_legacy_new ();
  gtk_event_controller_set_propagation_phase (self->controller, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (self->controller, "event", G_CALLBACK (event_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->window), self->controller);
}

static GQuark
get_watch_quark (void)
{
  return g_quark_from_static_string ("plt-scanner");
}

/**
 * plt_scanner_watch:
 * @window: the window whose keys are watched for as long as it lives
 * @may_scan: whether a scan may begin now; where not, every key goes its way at once
 * @scanned: called with each scan; nothing of it has gone to a widget
 * @owner: what both are called with, for as long as it lives; not kept alive
 */
void
plt_scanner_watch (GtkWindow        *window,
                   PltScannableFunc  may_scan,
                   PltScannedFunc    scanned,
                   gpointer          owner)
{
  Watch *self;

  if (g_object_get_qdata (G_OBJECT (window), get_watch_quark ()) != NULL)
    return;
  self = g_new0 (Watch, 1);
  self->window = window;
  self->burst = plt_burst_new ();
  self->down = g_hash_table_new (NULL, NULL);
  self->may_scan = may_scan;
  self->scanned = scanned;
  g_weak_ref_init (&self->owner, owner);
  g_queue_init (&self->held);
  g_object_set_qdata_full (G_OBJECT (window), get_watch_quark (), self, (GDestroyNotify) watch_free);
  g_signal_connect_swapped (window, "notify::is-active", G_CALLBACK (active_changed_cb), self);
  g_signal_connect_swapped (window, "map", G_CALLBACK (listen), self);
  listen (self);
}
