/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a GStreamer pipeline that ends in frames for the window. GStreamer's threads never touch it: the
 * newest frame is fetched in the main loop, and older ones are dropped. */
#include "plt-camera.h"

#include "plt-camera-portal.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <gst/video/video.h>

#define AUTOMATIC "auto"
#define PORTAL "portal"
#define PORTAL_ELEMENT "pipewiresrc fd={fd}"
#define OWN_ELEMENT "v4l2src"
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

  GCancellable *cancellable; /* of what is asked of the desktop; NULL: nothing is */
  char         *words;       /* for what it gives */
  gboolean      may_fall_back; /* to the computer's own camera where the desktop has none to give */
  int           descriptor;    /* of the desktop's cameras; -1: none */
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
  self->descriptor = -1;
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

static gboolean
start_pipeline (PltCamera   *self,
                const char  *source,
                GError     **error)
{
  g_autoptr (GError) local_error = NULL;

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

static void
portal_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (PltCamera) self = user_data;
  g_autoptr (GError) error = NULL;
  int descriptor = plt_camera_portal_open_finish (result, &error);
  g_autofree char *number = g_strdup_printf ("%d", descriptor);
  g_autoptr (GString) words = NULL;
  gboolean done;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    {
      if (descriptor >= 0)
        g_close (descriptor, NULL);
      return;
    }
  words = g_string_new (descriptor >= 0 ? self->words : OWN_ELEMENT);
  g_clear_object (&self->cancellable);
  if (descriptor >= 0)
    {
      g_string_replace (words, "{fd}", number, 0);
      self->descriptor = descriptor;
    }
  else if (!self->may_fall_back || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
    {
      g_signal_emit (self, signals[FAILED], 0, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED)
                       ? _("The camera was not opened, because this desktop has no camera service. Load the "
                           "picture from a file, or have the administrator set the camera itself.")
                       : error->message);
      return;
    }
  g_clear_error (&error);
  done = start_pipeline (self, words->str, &error);
  if (!done)
    g_signal_emit (self, signals[FAILED], 0, error->message);
}

/* @words: with {fd} where the descriptor belongs */
static void
ask_desktop (PltCamera  *self,
             const char *words,
             gboolean    may_fall_back)
{
  g_free (self->words);
  self->words = g_strdup (words);
  self->may_fall_back = may_fall_back;
  self->cancellable = g_cancellable_new ();
  plt_camera_portal_open_async (self->cancellable, portal_cb, g_object_ref (self));
}

static gboolean
has_pipewire (void)
{
  g_autoptr (GstElementFactory) factory = gst_init_check (NULL, NULL, NULL)
                                            ? gst_element_factory_find ("pipewiresrc") : NULL;

  return factory != NULL;
}

gboolean
plt_camera_start (PltCamera   *self,
                  const char  *source,
                  GError     **error)
{
  g_return_val_if_fail (PLT_IS_CAMERA (self), FALSE);

  plt_camera_stop (self);
  if (g_str_equal (source, AUTOMATIC) && !has_pipewire ())
    source = OWN_ELEMENT;
  if (g_str_equal (source, AUTOMATIC) || g_str_equal (source, PORTAL))
    ask_desktop (self, PORTAL_ELEMENT, g_str_equal (source, AUTOMATIC));
  else if (g_str_has_prefix (source, PORTAL ":"))
    ask_desktop (self, source + strlen (PORTAL ":"), FALSE);
  else
    return start_pipeline (self, source, error);
  return TRUE;
}

void
plt_camera_stop (PltCamera *self)
{
  g_return_if_fail (PLT_IS_CAMERA (self));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->words, g_free);
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  if (self->pipeline != NULL)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  g_clear_pointer (&self->sink, gst_object_unref);
  g_clear_pointer (&self->pipeline, gst_object_unref);
  g_clear_object (&self->frame);
  if (self->descriptor >= 0)
    g_close (self->descriptor, NULL);
  self->descriptor = -1;
}

GdkTexture *
plt_camera_get_frame (PltCamera *self)
{
  g_return_val_if_fail (PLT_IS_CAMERA (self), NULL);

  return self->frame;
}
