/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The spooler's heart: what it is told, what it tells, and when it looks at what. */
#include "plt-spooler-private.h"

#include <glib/gi18n-lib.h>

#define TICK_MS 500
#define TICKS_PER_S (1000 / TICK_MS)
#define LOOK_TICKS (2 * TICKS_PER_S)
#define READ_TICKS (4 * TICKS_PER_S)
#define COALESCE_MS 40

G_DEFINE_FINAL_TYPE (PltSpooler, plt_spooler, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_RUNNING,
  PROP_SETTLED,
  PROP_IDLE,
  PROP_NOW,
  PROP_ERROR,
  PROP_TAKEN,
  PROP_SENT,
  PROP_OUT,
  PROP_DOUBTFUL,
  PROP_FAILED,
  PROP_PRINTERS,
  N_PROPS,
};

enum
{
  EVENT,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* One line without what people said, with their names, of a holder: it stands in the journal of a machine
 * where nobody is asked who reads it. */
static char *
dup_first_line (const char *text)
{
  const char *end = strchrnul (text, '\n');
  g_autofree char *line = g_strndup (text, (gsize) (end - text));
  const char *const cut[] = { ":", "\u202f" };

  if (*end == '\0')
    return g_steal_pointer (&line);
  for (guint i = 0; i < G_N_ELEMENTS (cut); i++)
    if (g_str_has_suffix (line, cut[i]))
      line[strlen (line) - strlen (cut[i])] = '\0';
  return g_strconcat (line, ".", NULL);
}

static void
tell (PltSpooler *self,
      const char *kind,
      const char *application,
      const char *card,
      const char *printer,
      const char *text)
{
  g_autofree char *line = dup_first_line (text);

  g_signal_emit (self, signals[EVENT], 0, kind, line, application, card, printer);
}

void
plt_spooler_tell (PltSpooler *self,
                  const char *kind,
                  const char *application,
                  const char *card,
                  const char *printer,
                  const char *format,
                  ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  tell (self, kind, application, card, printer, text);
}

void
plt_spooler_tell_once (PltSpooler *self,
                       const char *about,
                       const char *kind,
                       const char *application,
                       const char *card,
                       const char *printer,
                       const char *text)
{
  if (g_strcmp0 (g_hash_table_lookup (self->told, about), text) == 0)
    return;
  g_hash_table_insert (self->told, g_strdup (about), g_strdup (text));
  tell (self, kind, application, card, printer, text);
}

/* Signed in, with a connection. */
gboolean
plt_spooler_can_work (PltSpooler *self)
{
  PltSession *session = self->office != NULL ? plt_office_get_session (self->office) : NULL;

  return session != NULL && plt_session_is_signed_in (session) && plt_session_is_online (session);
}

static gboolean
nothing_waits (PltSpooler *self)
{
  return self->nothing_until > g_get_monotonic_time ()
         || (self->limit > 0 && self->n_taken >= self->limit);
}

static char *
find_error (PltSpooler *self)
{
  PltSession *session = plt_office_get_session (self->office);
  guint n_usable = 0, n_allowed = 0;

  if (!plt_session_is_signed_in (session))
    return g_strdup (_("Nothing is printed, because nobody is signed in."));
  if (self->offline)
    return g_strdup (plt_session_get_trouble (session) != NULL
                       ? plt_session_get_trouble (session)
                       : _("Nothing is printed until the database can be reached again."));
  if (self->server_lost)
    return g_strdup (_("Nothing is printed until the print server can be reached again."));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->printers)); i++)
    {
      g_autoptr (PltSpoolerPrinter) printer = g_list_model_get_item (G_LIST_MODEL (self->printers), i);

      n_allowed += printer->allowed;
      n_usable += printer->usable;
    }
  if (!self->started || !self->looked || n_usable > 0)
    return NULL;
  return g_strdup (n_allowed == 0 ? _("Nothing is printed, because there is no such printer for cards.")
                                  : _("Nothing is printed until one of the printers can print again."));
}

static char *
describe_now (PltSpooler *self)
{
  guint unsent = plt_spooler_count_unsent (self);
  guint sent = self->jobs->len - unsent;

  if (self->jobs->len > 0)
    /* Translators: two numbers of cards */
    return g_strdup_printf (_("%u being made ready, %u in printers"), unsent, sent);
  if (!self->running)
    return g_strdup (_("Stopped"));
  return g_strdup (nothing_waits (self) ? _("Nothing waits") : _("Waiting for a printer"));
}

static void
set_text (PltSpooler *self,
          char      **text,
          char       *value,
          int         property)
{
  g_autofree char *old = *text;

  *text = value;
  if (g_strcmp0 (old, value) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* Says what has changed; cheap, after every step. */
void
plt_spooler_update (PltSpooler *self)
{
  gboolean idle;

  if (self->office == NULL)
    return;
  plt_spooler_count_in_flight (self);
  set_text (self, &self->error, find_error (self), PROP_ERROR);
  set_text (self, &self->now, describe_now (self), PROP_NOW);
  for (int i = PROP_TAKEN; i <= PROP_FAILED; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SETTLED]);
  idle = self->started && self->jobs->len == 0 && !self->taking && self->n_begun == 0 && nothing_waits (self);
  if (idle != self->idle)
    {
      self->idle = idle;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IDLE]);
    }
}

static gboolean
pump_cb (gpointer user_data)
{
  PltSpooler *self = user_data;

  self->pump_id = 0;
  if (plt_spooler_can_work (self) && self->started)
    {
      plt_spooler_count_in_flight (self);
      plt_spooler_open_gates (self);
      plt_spooler_take (self);
    }
  plt_spooler_update (self);
  return G_SOURCE_REMOVE;
}

/* Looks soon for what can be done next. */
void
plt_spooler_pump (PltSpooler *self)
{
  if (self->pump_id == 0 && self->office != NULL)
    self->pump_id = g_idle_add (pump_cb, self);
}

static void
note_connection (PltSpooler *self)
{
  gboolean offline = !plt_session_is_online (plt_office_get_session (self->office));

  if (offline == self->offline)
    return;
  self->offline = offline;
  if (offline)
    {
      plt_spooler_tell (self, "database-lost", NULL, NULL, NULL,
                        _("The database cannot be reached. Nothing more is taken; cards in printers are looked"
                          " at again when it is back."));
      plt_spooler_give_back (self, NULL, _("The database could not be reached."));
    }
  else
    {
      plt_spooler_tell (self, "database-back", NULL, NULL, NULL, _("The database is back."));
      plt_spooler_read_cards (self);
    }
}

static gboolean
tick_cb (gpointer user_data)
{
  PltSpooler *self = user_data;
  guint keep_ticks = (guint) MAX (1, self->lease_s * TICKS_PER_S / 3);

  note_connection (self);
  if (plt_spooler_can_work (self))
    {
      if (self->ticks % LOOK_TICKS == 0)
        plt_spooler_look (self);
      if (self->ticks % READ_TICKS == 0)
        plt_spooler_read_cards (self);
      if (self->ticks % keep_ticks == 0)
        plt_spooler_keep (self);
      plt_spooler_end_again (self);
      plt_spooler_follow (self);
      plt_spooler_pump (self);
    }
  self->ticks++;
  plt_spooler_update (self);
  return G_SOURCE_CONTINUE;
}

static void
job_changed_cb (PltSpooler *self)
{
  if (plt_spooler_can_work (self))
    plt_spooler_follow (self);
}

static void
printer_changed_cb (PltSpooler *self)
{
  plt_spooler_look (self);
}

static gboolean
read_cb (gpointer user_data)
{
  PltSpooler *self = user_data;

  self->read_id = 0;
  if (plt_spooler_can_work (self))
    plt_spooler_read_cards (self);
  return G_SOURCE_REMOVE;
}

static void
office_changed_cb (PltSpooler *self,
                   const char *subject,
                   gint64      id)
{
  if (g_str_equal (subject, "card") || g_str_equal (subject, "everything")
      || g_str_equal (subject, "session"))
    {
      if (self->read_id == 0)
        self->read_id = g_timeout_add (COALESCE_MS, read_cb, self);
    }
  if (g_str_equal (subject, "stock") || g_str_equal (subject, "everything"))
    plt_spooler_look (self);
  if (g_str_equal (subject, "print_queue") || g_str_equal (subject, "application")
      || g_str_equal (subject, "everything") || g_str_equal (subject, "session"))
    {
      self->nothing_until = 0;
      plt_spooler_pump (self);
    }
}

static void
plt_spooler_get_property (GObject    *object,
                          guint       property_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  PltSpooler *self = PLT_SPOOLER (object);
  const guint counts[] = { self->n_taken, self->n_sent, self->n_out, self->n_doubtful, self->n_failed };

  switch (property_id)
    {
    case PROP_RUNNING:
      g_value_set_boolean (value, self->running);
      break;
    case PROP_SETTLED:
      g_value_set_boolean (value, !self->taking && self->n_returning == 0 && plt_spooler_count_unsent (self) == 0);
      break;
    case PROP_IDLE:
      g_value_set_boolean (value, self->idle);
      break;
    case PROP_NOW:
      g_value_set_string (value, self->now);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    case PROP_PRINTERS:
      g_value_set_object (value, self->printers);
      break;
    default:
      g_value_set_uint (value, counts[property_id - PROP_TAKEN]);
    }
}

static void
plt_spooler_dispose (GObject *object)
{
  PltSpooler *self = PLT_SPOOLER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_handle_id (&self->pump_id, g_source_remove);
  g_clear_handle_id (&self->read_id, g_source_remove);
  g_clear_object (&self->watch);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (plt_spooler_parent_class)->dispose (object);
}

static void
plt_spooler_finalize (GObject *object)
{
  PltSpooler *self = PLT_SPOOLER (object);

  g_ptr_array_unref (self->jobs);
  g_object_unref (self->printers);
  g_hash_table_unref (self->told);
  g_hash_table_unref (self->retry_at);
  g_hash_table_unref (self->watching);
  g_object_unref (self->cancellable);
  g_strfreev (self->printers_wanted);
  g_strfreev (self->classes_wanted);
  g_free (self->id);
  g_free (self->now);
  g_free (self->error);
  G_OBJECT_CLASS (plt_spooler_parent_class)->finalize (object);
}

static void
plt_spooler_class_init (PltSpoolerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  static const char * const counts[] = { "taken", "sent", "out", "doubtful", "failed" };

  object_class->get_property = plt_spooler_get_property;
  object_class->dispose = plt_spooler_dispose;
  object_class->finalize = plt_spooler_finalize;
  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  properties[PROP_SETTLED] = g_param_spec_boolean ("settled", NULL, NULL, TRUE, flags);
  properties[PROP_IDLE] = g_param_spec_boolean ("idle", NULL, NULL, FALSE, flags);
  properties[PROP_NOW] = g_param_spec_string ("now", NULL, NULL, NULL, flags);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    properties[PROP_TAKEN + i] = g_param_spec_uint (counts[i], NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_PRINTERS] = g_param_spec_object ("printers", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[EVENT] = g_signal_new ("event", PLT_TYPE_SPOOLER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 5,
                                 G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
}

static void
plt_spooler_init (PltSpooler *self)
{
  self->cancellable = g_cancellable_new ();
  self->id = g_uuid_string_random ();
  self->lease_s = PLT_SPOOLER_LEASE_SECONDS;
  self->jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_spool_job_free);
  self->printers = g_list_store_new (PLT_TYPE_SPOOLER_PRINTER);
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->retry_at = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->watching = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

PltSpooler *
plt_spooler_new (PltOffice *office)
{
  g_return_val_if_fail (PLT_IS_OFFICE (office), NULL);
  PltSpooler *self = g_object_new (PLT_TYPE_SPOOLER, NULL);

  self->office = g_object_ref (office);
  g_signal_connect_object (office, "changed", G_CALLBACK (office_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

void
plt_spooler_set_printers (PltSpooler        *self,
                          const char *const *printers,
                          const char *const *classes)
{
  g_return_if_fail (PLT_IS_SPOOLER (self));

  g_strfreev (self->printers_wanted);
  g_strfreev (self->classes_wanted);
  self->printers_wanted = g_strdupv ((char **) printers);
  self->classes_wanted = g_strdupv ((char **) classes);
}

void
plt_spooler_set_lease (PltSpooler *self,
                       int         seconds)
{
  g_return_if_fail (PLT_IS_SPOOLER (self));

  self->lease_s = MAX (3, seconds);
}

void
plt_spooler_set_limit (PltSpooler *self,
                       guint       n)
{
  g_return_if_fail (PLT_IS_SPOOLER (self));

  self->limit = n;
}

void
plt_spooler_start (PltSpooler *self)
{
  g_return_if_fail (PLT_IS_SPOOLER (self));

  if (self->running)
    return;
  self->running = TRUE;
  self->nothing_until = 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
  if (self->watch == NULL)
    {
      plt_print_server_take_pulse (plt_office_get_print_server (self->office));
      self->watch = plt_print_server_watch (plt_office_get_print_server (self->office));
      g_signal_connect_object (self->watch, "job-changed", G_CALLBACK (job_changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->watch, "printer-changed", G_CALLBACK (printer_changed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  if (self->tick_id == 0)
    self->tick_id = g_timeout_add (TICK_MS, tick_cb, self);
  tick_cb (self);
}

void
plt_spooler_stop (PltSpooler *self)
{
  g_return_if_fail (PLT_IS_SPOOLER (self));

  if (!self->running)
    return;
  self->running = FALSE;
  plt_spooler_give_back (self, NULL, _("Printing what waits was stopped before the card was sent."));
  plt_spooler_return_leases (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
  plt_spooler_update (self);
}
