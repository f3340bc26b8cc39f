/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Notes a look-up in the log, then asks all registries at once. */
#include "plt-inquiry.h"

#include "plt-store-answers.h"
#include "plt-store-sessions.h"

struct _PltInquiry
{
  GObject parent_instance;
  PltOffice *office;
  char *id_number;
  char *purpose;
  GCancellable *cancellable;
  PltSourceAnswer *answers[PLT_N_SOURCES];
  guint asking; /* bit mask of 1 << PltSource */
  gboolean noting;
  gboolean reading_last;
  guint again; /* bit mask: what is asked once the log has been written */
};

enum
{
  ANSWERED,
  DONE,
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

typedef struct
{
  PltInquiry *inquiry;
  PltSource source;
} AskData;

G_DEFINE_FINAL_TYPE (PltInquiry, plt_inquiry, G_TYPE_OBJECT)

static void
take_answer (PltInquiry      *self,
             PltSource        source,
             PltSourceAnswer *answer)
{
  g_clear_pointer (&self->answers[source], plt_source_answer_unref);
  self->answers[source] = answer;
}

static PltSourceAnswer *
new_answer (PltSource       source,
            PltSourceState  state,
            const char     *message)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  PltSourceAnswer *answer = plt_source_answer_new (source, state, now);

  plt_source_answer_set_message (answer, message);
  return answer;
}

/* Kept for the time when this registry is down; nobody waits for it. */
static void
keep_answer (PltInquiry        *self,
             PltRegistryClient *client,
             PltSourceAnswer   *answer)
{
  PltSourceState state = plt_source_answer_get_state (answer);
  int keep_s = plt_registry_client_get_cache_s (client);

  if (self->office != NULL && keep_s > 0
      && (state == PLT_SOURCE_STATE_ANSWERED || state == PLT_SOURCE_STATE_NOT_FOUND))
    plt_store_note_answer (plt_office_get_store (self->office), self->id_number, answer, keep_s);
}

/* A registry that could not be asked; that it refused us, or said nonsense, is no reason to show what
 * it said before. */
static gboolean
is_down (PltSourceAnswer *answer)
{
  PltSourceState state = answer != NULL ? plt_source_answer_get_state (answer)
                                        : PLT_SOURCE_STATE_CANCELLED;

  return state == PLT_SOURCE_STATE_TIMED_OUT || state == PLT_SOURCE_STATE_UNREACHABLE;
}

static void
last_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (PltInquiry) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) last = plt_store_last_answers_finish (PLT_STORE (source), result, &error);

  self->reading_last = FALSE;
  if (last == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_info ("The last known answers were not read: %s", error->message);
      return;
    }
  for (guint i = 0; i < last->len; i++)
    {
      PltSourceAnswer *known = g_ptr_array_index (last, i);
      PltSource at = plt_source_answer_get_source (known);

      if (!is_down (self->answers[at]) || plt_source_answer_get_last_known (self->answers[at]) != NULL)
        continue;
      take_answer (self, at, plt_source_answer_new_with_last (self->answers[at], known));
      g_signal_emit (self, signals[ANSWERED], 0, (guint) at);
    }
}

static void
read_last (PltInquiry *self)
{
  if (self->reading_last || self->office == NULL)
    return;
  self->reading_last = TRUE;
  plt_store_last_answers_async (plt_office_get_store (self->office), self->id_number,
                                self->cancellable, last_read_cb, g_object_ref (self));
}

static void
came_late_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autofree AskData *data = user_data;
  g_autoptr (PltInquiry) self = data->inquiry;
  PltRegistryClient *client = PLT_REGISTRY_CLIENT (source);
  PltSourceAnswer *answer = plt_registry_client_follow_finish (client, result, NULL);

  /* It may have been asked again meanwhile, or nothing came. */
  if (answer == NULL)
    return;
  if (!is_down (self->answers[data->source]))
    {
      plt_source_answer_unref (answer);
      return;
    }
  keep_answer (self, client, answer);
  take_answer (self, data->source, answer);
  g_signal_emit (self, signals[ANSWERED], 0, (guint) data->source);
  if (is_down (answer))
    read_last (self);
}

static void
end_asking (PltInquiry *self,
            PltSource   source)
{
  self->asking &= ~(1u << source);
  if (is_down (self->answers[source]))
    read_last (self);
  g_signal_emit (self, signals[ANSWERED], 0, (guint) source);
  if (self->asking == 0)
    g_signal_emit (self, signals[DONE], 0);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autofree AskData *data = user_data;
  g_autoptr (PltInquiry) self = data->inquiry;
  g_autoptr (GError) error = NULL;
  PltRegistryClient *client = PLT_REGISTRY_CLIENT (source);
  PltSourceAnswer *answer = plt_registry_client_ask_finish (client, result, &error);

  if (answer == NULL)
    answer = new_answer (data->source, PLT_SOURCE_STATE_CANCELLED, NULL);
  g_autoptr (PltSourceAnswer) kept = plt_source_answer_ref (answer);
  take_answer (self, data->source, answer);
  if (plt_source_answer_get_state (kept) == PLT_SOURCE_STATE_TIMED_OUT)
    plt_registry_client_follow_async (client, result, self->cancellable, came_late_cb,
                                      g_memdup2 (&(AskData) { g_object_ref (self), data->source },
                                                 sizeof (AskData)));
  end_asking (self, data->source);
  keep_answer (self, client, kept);
}

/* A registry that cannot even be asked answers so, in the next round of the main loop. */
static gboolean
cannot_ask_cb (gpointer user_data)
{
  AskData *data = user_data;

  end_asking (data->inquiry, data->source);
  return G_SOURCE_REMOVE;
}

static void
ask_data_free (gpointer user_data)
{
  AskData *data = user_data;

  g_object_unref (data->inquiry);
  g_free (data);
}

static void
ask (PltInquiry *self,
     PltSource   source)
{
  g_autoptr (GError) error = NULL;
  PltRegistryClient *client = plt_office_get_registry (self->office, source, &error);
  AskData *data = g_new0 (AskData, 1);

  data->inquiry = g_object_ref (self);
  data->source = source;
  self->asking |= 1u << source;
  if (client != NULL)
    {
      take_answer (self, source, new_answer (source, PLT_SOURCE_STATE_ASKING, NULL));
      plt_registry_client_ask_async (client, self->id_number, self->cancellable, answered_cb, data);
      return;
    }
  take_answer (self, source, new_answer (source, PLT_SOURCE_STATE_UNREACHABLE, error->message));
  g_idle_add_full (G_PRIORITY_DEFAULT, cannot_ask_cb, data, ask_data_free);
}

/* Nobody was asked, so nobody is being waited for. */
static void
take_back (PltInquiry *self,
           guint       wanted)
{
  for (PltSource i = 0; i < PLT_N_SOURCES; i++)
    if (wanted & (1u << i))
      take_answer (self, i, new_answer (i, PLT_SOURCE_STATE_CANCELLED, NULL));
}

static void
noted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (PltInquiry) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean noted = plt_store_note_lookup_finish (PLT_STORE (source), result, &error);
  guint wanted = self->again;

  self->noting = FALSE;
  self->again = 0;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (!noted)
    {
      error = plt_office_take_error (self->office, g_steal_pointer (&error));
      take_back (self, wanted);
      g_signal_emit (self, signals[FAILED], 0, error);
      return;
    }
  for (PltSource i = 0; i < PLT_N_SOURCES; i++)
    if (wanted & (1u << i))
      ask (self, i);
}

static void
note (PltInquiry *self)
{
  self->noting = TRUE;
  plt_store_note_lookup_async (plt_office_get_store (self->office), self->id_number, self->purpose,
                               self->cancellable, noted_cb, g_object_ref (self));
}

static void
plt_inquiry_dispose (GObject *object)
{
  PltInquiry *self = PLT_INQUIRY (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->office);
  for (int i = 0; i < PLT_N_SOURCES; i++)
    g_clear_pointer (&self->answers[i], plt_source_answer_unref);
  G_OBJECT_CLASS (plt_inquiry_parent_class)->dispose (object);
}

static void
plt_inquiry_finalize (GObject *object)
{
  PltInquiry *self = PLT_INQUIRY (object);

  g_object_unref (self->cancellable);
  g_free (self->id_number);
  g_free (self->purpose);
  G_OBJECT_CLASS (plt_inquiry_parent_class)->finalize (object);
}

static void
plt_inquiry_class_init (PltInquiryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plt_inquiry_dispose;
  object_class->finalize = plt_inquiry_finalize;
  signals[ANSWERED] = g_signal_new ("answered", PLT_TYPE_INQUIRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[DONE] = g_signal_new ("done", PLT_TYPE_INQUIRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", PLT_TYPE_INQUIRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
plt_inquiry_init (PltInquiry *self)
{
  self->cancellable = g_cancellable_new ();
}

static void
want (PltInquiry *self,
      PltSource   source)
{
  take_answer (self, source, new_answer (source, PLT_SOURCE_STATE_ASKING, NULL));
  self->again |= 1u << source;
}

PltInquiry *
plt_inquiry_new (PltOffice  *office,
                 const char *id_number,
                 const char *purpose)
{
  PltInquiry *self = g_object_new (PLT_TYPE_INQUIRY, NULL);

  self->office = g_object_ref (office);
  self->id_number = g_strdup (id_number);
  self->purpose = g_strdup (purpose);
  for (PltSource i = 0; i < PLT_N_KNOWN_SOURCES; i++)
    want (self, i);
  GPtrArray *registries = plt_office_list_registries (office, NULL);
  for (guint i = 0; registries != NULL && i < registries->len; i++)
    want (self, plt_registry_client_get_source (g_ptr_array_index (registries, i)));
  note (self);
  return self;
}

void
plt_inquiry_cancel (PltInquiry *self)
{
  g_cancellable_cancel (self->cancellable);
}

void
plt_inquiry_ask_again (PltInquiry *self,
                       PltSource   source)
{
  if (self->answers[source] == NULL || self->asking & (1u << source))
    return;
  if (g_cancellable_is_cancelled (self->cancellable))
    {
      g_object_unref (self->cancellable);
      self->cancellable = g_cancellable_new ();
    }
  want (self, source);
  if (!self->noting)
    note (self);
}

gboolean
plt_inquiry_is_busy (PltInquiry *self)
{
  return self->noting || self->asking != 0;
}

PltSourceAnswer *
plt_inquiry_get_answer (PltInquiry *self,
                        PltSource   source)
{
  return self->answers[source];
}
