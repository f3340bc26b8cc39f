/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Computes the tones and plays them apart from the main loop: the first sound of a program takes GStreamer a
 * while. */
#include "plt-tone.h"

#include <gst/gst.h>
#include <math.h>

#define RATE 22050
#define LOUDNESS 9000
/* A sound card that does not answer is left alone. */
#define PATIENCE (3 * GST_SECOND)

/* Notes in hertz and milliseconds; 0 Hz is silence. */
typedef struct
{
  int hertz;
  int ms;
} Note;

static const Note right[] = { { 880, 70 }, { 1319, 110 } };
static const Note wrong[] = { { 196, 160 }, { 0, 60 }, { 196, 160 }, { 0, 60 }, { 165, 260 } };

static GArray *
compute (const Note *notes,
         gsize       n_notes)
{
  GArray *samples = g_array_new (FALSE, FALSE, sizeof (gint16));

  for (gsize note = 0; note < n_notes; note++)
    {
      int n = RATE * notes[note].ms / 1000;

      for (int i = 0; i < n; i++)
        {
          /* Soft ends, or it clicks. */
          double ends = MIN (MIN (i, n - i) / (RATE * 0.005), 1.0);
          double wave = sin (2 * G_PI * notes[note].hertz * i / RATE);
          gint16 sample = (gint16) (LOUDNESS * ends * wave);

          g_array_append_val (samples, sample);
        }
    }
  return samples;
}

static void
push (GstElement *pipeline,
      GArray     *samples)
{
  g_autoptr (GstElement) source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  gsize size = samples->len * sizeof (gint16);
  GstBuffer *buffer = gst_buffer_new_memdup (samples->data, size);
  GstFlowReturn flow;

  GST_BUFFER_PTS (buffer) = 0;
  GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (samples->len, GST_SECOND, RATE);
  g_signal_emit_by_name (source, "push-buffer", buffer, &flow);
  gst_buffer_unref (buffer);
  g_signal_emit_by_name (source, "end-of-stream", &flow);
}

static gpointer
play_thread (gpointer user_data)
{
  PltTone tone = (PltTone) GPOINTER_TO_INT (user_data);
  const char *sink = g_getenv ("PLATEN_SOUND_SINK");
  g_autofree char *words = g_strdup_printf (
    "appsrc name=source format=time caps=audio/x-raw,format=S16LE,layout=interleaved,rate=%d,channels=1"
    " ! audioconvert ! audioresample ! %s", RATE, sink != NULL ? sink : "autoaudiosink");
  g_autoptr (GArray) samples = tone == PLT_TONE_RIGHT ? compute (right, G_N_ELEMENTS (right))
                                                      : compute (wrong, G_N_ELEMENTS (wrong));
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GstBus) bus = NULL;
  GstMessage *message;

  if (!gst_init_check (NULL, NULL, &error) || (pipeline = gst_parse_launch (words, &error)) == NULL)
    {
      g_debug ("no tone: %s", error->message);
      return NULL;
    }
  bus = gst_element_get_bus (pipeline);
  if (gst_element_set_state (pipeline, GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE)
    {
      push (pipeline, samples);
      message = gst_bus_timed_pop_filtered (bus, PATIENCE, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
      g_clear_pointer (&message, gst_message_unref);
    }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return NULL;
}

void
plt_tone_play (PltTone tone)
{
  g_autoptr (GThread) thread = g_thread_try_new ("tone", play_thread, GINT_TO_POINTER (tone), NULL);
}
