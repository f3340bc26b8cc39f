/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The thread that reads a scheduler's events, and the signals that come of them. */
#include "plt-print-watch.h"

#include "plt-print-connection.h"
#include "plt-print-events.h"

/* How soon a change is seen. The question is a small one, for all printers and jobs at once. */
#define READ_MS 400
/* How soon a scheduler that is gone is looked for again, and one that takes no subscriptions. */
#define RETRY_MS 1000
#define REFUSED_MS 30000

/* What the thread and the object share. The thread never sees the object but through the weak
 * reference, in the main context. */
typedef struct
{
  gatomicrefcount  ref_count;
  char            *address;
  GMainContext    *context;
  GWeakRef         watch;
  GMutex           mutex;
  GCond            wake;
  gboolean         stopped; /* under the mutex */
} Reader;

struct _PltPrintWatch
{
  GObject   parent_instance;
  Reader   *reader;
  gboolean  by_events;
};

G_DEFINE_FINAL_TYPE (PltPrintWatch, plt_print_watch, G_TYPE_OBJECT)

enum
{
  PRINTER_CHANGED,
  JOB_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];
static GParamSpec *by_events_property;

static Reader *
reader_new (const char *address)
{
  Reader *self = g_new0 (Reader, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->address = g_strdup (address);
  self->context = g_main_context_ref_thread_default ();
  g_weak_ref_init (&self->watch, NULL);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->wake);
  return self;
}

static void
reader_unref (Reader *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->address);
  g_main_context_unref (self->context);
  g_weak_ref_clear (&self->watch);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->wake);
  g_free (self);
}

/* What the thread hands to the main context. */
typedef struct
{
  Reader          *reader;
  gboolean         by_events;
  PltPrintChanges *changes;
} News;

static void
news_free (gpointer data)
{
  News *news = data;

  reader_unref (news->reader);
  g_clear_pointer (&news->changes, plt_print_changes_free);
  g_free (news);
}

static void
emit_changes (PltPrintWatch   *self,
              PltPrintChanges *changes)
{
  GHashTableIter iter;
  gpointer key;

  if (changes->everything)
    {
      g_signal_emit (self, signals[PRINTER_CHANGED], 0, "");
      g_signal_emit (self, signals[JOB_CHANGED], 0, 0);
      return;
    }
  g_hash_table_iter_init (&iter, changes->printers);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_signal_emit (self, signals[PRINTER_CHANGED], 0, key);
  g_hash_table_iter_init (&iter, changes->jobs);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_signal_emit (self, signals[JOB_CHANGED], 0, GPOINTER_TO_INT (key));
}

static gboolean
news_cb (gpointer user_data)
{
  News *news = user_data;
  g_autoptr (PltPrintWatch) self = g_weak_ref_get (&news->reader->watch);

  if (self == NULL)
    return G_SOURCE_REMOVE;
  if (self->by_events != news->by_events)
    {
      self->by_events = news->by_events;
      g_object_notify_by_pspec (G_OBJECT (self), by_events_property);
    }
  emit_changes (self, news->changes);
  return G_SOURCE_REMOVE;
}

static void
tell (Reader          *self,
      gboolean         by_events,
      PltPrintChanges *changes)
{
  News *news = g_new0 (News, 1);
  g_autoptr (GSource) source = g_idle_source_new ();

  news->reader = self;
  g_atomic_ref_count_inc (&self->ref_count);
  news->by_events = by_events;
  news->changes = changes;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, news_cb, news, news_free);
  g_source_attach (source, self->context);
}

static void
tell_everything (Reader   *self,
                 gboolean  by_events)
{
  PltPrintChanges *changes = plt_print_changes_new ();

  changes->everything = TRUE;
  tell (self, by_events, changes);
}

/* Returns: FALSE when it shall end */
static gboolean
sleep_awake (Reader *self,
             int     ms)
{
  gint64 until = g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  while (!self->stopped && g_cond_wait_until (&self->wake, &self->mutex, until))
    ;
  return !self->stopped;
}

/* Reads until the subscription is gone or nobody listens any more. */
static void
read_events (Reader         *self,
             PltPrintEvents *events)
{
  gboolean goes_on = TRUE;

  while (goes_on && sleep_awake (self, READ_MS))
    {
      g_autoptr (PltPrintChanges) changes = plt_print_changes_new ();

      goes_on = plt_print_events_read (events, changes, NULL);
      if (goes_on && (changes->everything || g_hash_table_size (changes->printers) > 0
                      || g_hash_table_size (changes->jobs) > 0))
        tell (self, TRUE, g_steal_pointer (&changes));
    }
  if (goes_on)
    plt_print_events_cancel (events);
}

static gpointer
run_reader (gpointer data)
{
  Reader *self = data;
  int pause_ms = 0;

  while (sleep_awake (self, pause_ms))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PltPrintEvents) events = plt_print_events_open (self->address, &error);

      if (events == NULL)
        {
          pause_ms = g_error_matches (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_OFFLINE)
                       ? RETRY_MS : REFUSED_MS;
          continue;
        }
      /* Whatever was until now is asked for, by those who listen. */
      tell_everything (self, TRUE);
      read_events (self, events);
      tell_everything (self, FALSE);
      pause_ms = RETRY_MS;
    }
  reader_unref (self);
  return NULL;
}

static void
plt_print_watch_finalize (GObject *object)
{
  PltPrintWatch *self = PLT_PRINT_WATCH (object);

  g_mutex_lock (&self->reader->mutex);
  self->reader->stopped = TRUE;
  g_cond_signal (&self->reader->wake);
  g_mutex_unlock (&self->reader->mutex);
  reader_unref (self->reader);

  G_OBJECT_CLASS (plt_print_watch_parent_class)->finalize (object);
}

static void
plt_print_watch_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  g_value_set_boolean (value, PLT_PRINT_WATCH (object)->by_events);
}

static void
plt_print_watch_class_init (PltPrintWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = plt_print_watch_finalize;
  object_class->get_property = plt_print_watch_get_property;
  by_events_property = g_param_spec_boolean ("by-events", NULL, NULL, FALSE,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS
                                             | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_property (object_class, 1, by_events_property);
  signals[PRINTER_CHANGED] = g_signal_new ("printer-changed", PLT_TYPE_PRINT_WATCH,
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                           G_TYPE_STRING);
  signals[JOB_CHANGED] = g_signal_new ("job-changed", PLT_TYPE_PRINT_WATCH, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
plt_print_watch_init (PltPrintWatch *self)
{
}

/**
 * plt_print_watch_new:
 * @address: (nullable): as plt_print_server_new()
 *
 * The thread ends by itself soon after the object does; nobody waits for it.
 */
PltPrintWatch *
plt_print_watch_new (const char *address)
{
  PltPrintWatch *self = g_object_new (PLT_TYPE_PRINT_WATCH, NULL);

  self->reader = reader_new (address);
  g_weak_ref_set (&self->reader->watch, self);
  g_atomic_ref_count_inc (&self->reader->ref_count);
  g_thread_unref (g_thread_new ("print-watch", run_reader, self->reader));
  return self;
}

gboolean
plt_print_watch_by_events (PltPrintWatch *self)
{
  g_return_val_if_fail (PLT_IS_PRINT_WATCH (self), FALSE);

  return self->by_events;
}
