/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gets rid of an answer's stream without waiting for it: the last unref of one that is still open
 * would close it synchronously. HTTP can use a connection again only when the whole answer has been
 * read: who knows nobody says so in a status, and a new handshake with the same registry costs more
 * than reading the few bytes below it. */
#include "plt-answer-stream.h"

/* What is longer or slower costs more than a new connection. */
#define MAX_BYTES 16384
#define MAX_MS 1000

typedef struct
{
  GInputStream *stream;
  GCancellable *cancellable;
  GSource      *deadline;
  gsize         n_read;
  guint8        chunk[4096];
} Drain;

static void read_more (Drain *self);

static void
stream_closed_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GInputStream) stream = user_data;

  /* Nothing more is wanted from this answer, so it does not matter how it ends. */
  g_input_stream_close_finish (stream, result, NULL);
}

/**
 * plt_answer_stream_close:
 * @stream: (transfer full): open, and without a read under way
 */
void
plt_answer_stream_close (GInputStream *stream)
{
  g_input_stream_close_async (stream, G_PRIORITY_HIGH, NULL, stream_closed_cb, stream);
}

static void
end_drain (Drain *self)
{
  g_source_destroy (self->deadline);
  g_source_unref (self->deadline);
  plt_answer_stream_close (self->stream);
  g_object_unref (self->cancellable);
  g_free (self);
}

static void
chunk_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Drain *self = user_data;
  gssize length = g_input_stream_read_finish (self->stream, result, NULL);

  self->n_read += (gsize) MAX (length, 0);
  if (length > 0 && self->n_read < MAX_BYTES)
    read_more (self);
  else
    end_drain (self);
}

static void
read_more (Drain *self)
{
  /* Before the next question is sent, which would else open another connection. */
  g_input_stream_read_async (self->stream, self->chunk, sizeof self->chunk, G_PRIORITY_HIGH,
                             self->cancellable, chunk_read_cb, self);
}

static gboolean
deadline_reached_cb (gpointer user_data)
{
  Drain *self = user_data;

  g_cancellable_cancel (self->cancellable);

  return G_SOURCE_REMOVE;
}

/**
 * plt_answer_stream_drain:
 * @stream: (transfer full): open, and without a read under way
 */
void
plt_answer_stream_drain (GInputStream *stream)
{
  Drain *self = g_new0 (Drain, 1);
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  self->stream = stream;
  self->cancellable = g_cancellable_new ();
  self->deadline = g_timeout_source_new (MAX_MS);
  g_source_set_callback (self->deadline, deadline_reached_cb, self, NULL);
  g_source_attach (self->deadline, context);
  read_more (self);
}
