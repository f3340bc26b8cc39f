/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a GStreamer pipeline that ends in frames for the window. GStreamer's threads never touch it: the
 * newest frame is fetched in the main loop, and older ones are dropped. */
#include "plt-camera.h"

#include <glib/gi18n-lib.h>
#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <gst/video/video.h>

#define INTERVAL_MS 40
#define PATIENCE_US (10 * G_USEC_PER_SEC) /* without a first frame */

struct _PltCamera
{
  GObject     parent_instance;

  GstElement *pipeline; /* NULL: off */
  GstElement *sink;
  guint       timeout_id;
  gint64      deadline;
  GdkTexture *frame;
};

G_DEFINE_FINAL_TYPE (PltCamera, plt_camera, G_TYPE_OBJECT)

enum { FRAME, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
fail (PltCamera  *self,
      const char *why)
{
  g_autofree char *sentence = NULL;

  /* Translators: %s is what the camera's driver or GStreamer says */
  sentence = g_strdup_printf (_("The camera gives no picture (%s). Look whether it is plugged in and not "
                                "used by another program, or load the picture from a file."), why);
  self->timeout_id = 0; /* it ends by returning from fetch_cb() */
  plt_camera_stop (self);
  g_signal_emit (self, signals[FAILED], 0, sentence);
}

/* A copy: the camera's few buffers are wanted back. */
static GdkTexture *
make_texture (GstSample *sample)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  GstCaps *caps = gst_sample_get_caps (sample);
  GstVideoInfo info;
  GstVideoFrame frame;
  g_autoptr (GBytes) bytes = NULL;
  GdkTexture *texture;

  if (buffer == NULL || caps == NULL || !gst_video_info_from_caps (&info, caps)
      || !gst_video_frame_map (&frame, &info, buffer, GST_MAP_READ))
    return NULL;
  bytes = g_bytes_new (GST_VIDEO_FRAME_PLANE_DATA (&frame, 0),
                       (gsize) GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0)
                         * (gsize) GST_VIDEO_FRAME_HEIGHT (&frame));
  texture = gdk_memory_texture_new (GST_VIDEO_FRAME_WIDTH (&frame), GST_VIDEO_FRAME_HEIGHT (&frame),
                                    GDK_MEMORY_R8G8B8, bytes,
                                    (gsize) GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0));
  gst_video_frame_unmap (&frame);
  return texture;
}

static gboolean
has_failed (PltCamera *self)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  g_autoptr (GstMessage) message
    = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR | GST_MESSAGE_EOS);
  g_autoptr (GError) error = NULL;

  if (message == NULL)
    return FALSE;
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    gst_message_parse_error (message, &error, NULL);
  fail (self, error != NULL ? error->message : _("it ended"));
  return TRUE;
}

static gboolean
fetch_cb (gpointer user_data)
{
  PltCamera *self = user_data;
  GstSample *sample = gst_app_sink_try_pull_sample (GST_APP_SINK (self->sink), 0);
  GdkTexture *texture = sample != NULL ? make_texture (sample) : NULL;

  g_clear_pointer (&sample, gst_sample_unref);
  if (texture != NULL)
    {
      g_clear_object (&self->frame);
      self->frame = texture;
      g_signal_emit (self, signals[FRAME], 0, texture);
      return G_SOURCE_CONTINUE;
    }
  if (has_failed (self))
    return G_SOURCE_REMOVE;
  if (self->frame == NULL && g_get_monotonic_time () > self->deadline)
    {
      fail (self, _("nothing came for ten seconds"));
      return G_SOURCE_REMOVE;
    }
  return G_SOURCE_CONTINUE;
}

static void
plt_camera_dispose (GObject *object)
{
  plt_camera_stop (PLT_CAMERA (object));

  G_OBJECT_CLASS (plt_camera_parent_class)->dispose (object);
}

static void
plt_camera_class_init (PltCameraClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plt_camera_dispose;
  signals[FRAME] = g_signal_new ("frame", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, GDK_TYPE_TEXTURE);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
plt_camera_init (PltCamera *self)
{
}

PltCamera *
plt_camera_new (void)
{
  return g_object_new (PLT_TYPE_CAMERA, NULL);
}

static GstElement *
build (const char  *source,
       GError     **error)
{
  g_autofree char *words = g_strconcat (source, " ! videoconvert ! video/x-raw,format=RGB ! appsink"
                                        " name=sink max-buffers=1 drop=true sync=false", NULL);
  g_autoptr (GError) local_error = NULL;
  GstElement *pipeline;

  if (!gst_init_check (NULL, NULL, &local_error))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  pipeline = gst_parse_launch_full (words, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &local_error);
  if (pipeline == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return pipeline;
}

gboolean
plt_camera_start (PltCamera   *self,
                  const char  *source,
                  GError     **error)
{
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (PLT_IS_CAMERA (self), FALSE);

  plt_camera_stop (self);
  self->pipeline = build (source, &local_error);
  if (self->pipeline != NULL)
    self->sink = gst_bin_get_by_name (GST_BIN (self->pipeline), "sink");
  if (self->sink == NULL || gst_element_set_state (self->pipeline, GST_STATE_PLAYING)
                              == GST_STATE_CHANGE_FAILURE)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                   _("The camera was not started (%s). Look whether it is plugged in; the administrator "
                     "sets which one it is."),
                   local_error != NULL ? local_error->message : source);
      plt_camera_stop (self);
      return FALSE;
    }
  self->deadline = g_get_monotonic_time () + PATIENCE_US;
  self->timeout_id = g_timeout_add (INTERVAL_MS, fetch_cb, self);
  return TRUE;
}

void
plt_camera_stop (PltCamera *self)
{
  g_return_if_fail (PLT_IS_CAMERA (self));

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  if (self->pipeline != NULL)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  g_clear_pointer (&self->sink, gst_object_unref);
  g_clear_pointer (&self->pipeline, gst_object_unref);
  g_clear_object (&self->frame);
}

GdkTexture *
plt_camera_get_frame (PltCamera *self)
{
  g_return_val_if_fail (PLT_IS_CAMERA (self), NULL);

  return self->frame;
}
