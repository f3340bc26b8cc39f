/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frame follows keys and stays within the picture; the camera gives frames, says what is wrong with
 * one that is none, and stops; the picture is drawn with its marks. */
#include "mock-portal.h"
#include "plt-panes.h"
#include "plt-photo-desk-private.h"
#include "plt-signature-desk.h"
#include "plt-signature-pad.h"

#include <adwaita.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define PATIENCE_US (20 * G_USEC_PER_SEC)

static PltPhoto *
new_photo (void)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 1000, 1300);
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GError) error = NULL;
  PltPhoto *photo;
  char *data = NULL;
  gsize size = 0;

  gdk_pixbuf_fill (pixbuf, 0xd0d8e0ff);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, "png", &error, NULL));
  file = g_bytes_new_take (data, size);
  photo = plt_photo_load (file, "wall", NULL, &error);
  g_assert_no_error (error);
  return photo;
}

static gboolean
press (GtkWidget *widget, guint key, GdkModifierType modifiers)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_SHORTCUT_CONTROLLER (controller))
        continue;
      for (guint k = 0; k < g_list_model_get_n_items (G_LIST_MODEL (controller)); k++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), k);
          GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

          if (GTK_IS_KEYVAL_TRIGGER (trigger)
              && gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key
              && gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) == modifiers)
            return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                                 gtk_shortcut_get_arguments (shortcut));
        }
    }
  return FALSE;
}

static void
count_cb (int *n)
{
  (*n)++;
}

static void
test_keys (void)
{
  g_autoptr (PltPhoto) photo = new_photo ();
  PltPhotoView *view = g_object_ref_sink (g_object_new (PLT_TYPE_PHOTO_VIEW, NULL));
  PltPhotoCrop first = { 500, 650, 700, 0 };
  int n_moved = 0;

  g_signal_connect_swapped (view, "moved", G_CALLBACK (count_cb), &n_moved);
  plt_photo_view_show (view, photo, &first);
  g_assert_true (press (GTK_WIDGET (view), GDK_KEY_Right, 0));
  g_assert_cmpfloat (plt_photo_view_get_crop (view)->x, >, 500);
  g_assert_true (press (GTK_WIDGET (view), GDK_KEY_Up, GDK_SHIFT_MASK));
  g_assert_cmpfloat (plt_photo_view_get_crop (view)->y, <, 590);
  g_assert_true (press (GTK_WIDGET (view), GDK_KEY_plus, 0));
  g_assert_cmpfloat (plt_photo_view_get_crop (view)->height, <, 700);
  g_assert_true (press (GTK_WIDGET (view), GDK_KEY_bracketright, 0));
  g_assert_cmpfloat (plt_photo_view_get_crop (view)->degrees, ==, 0.5);
  g_assert_cmpint (n_moved, ==, 4);
  for (int i = 0; i < 200; i++)
    {
      press (GTK_WIDGET (view), GDK_KEY_Left, GDK_SHIFT_MASK);
      press (GTK_WIDGET (view), GDK_KEY_bracketleft, 0);
      press (GTK_WIDGET (view), GDK_KEY_minus, 0);
    }
  g_assert_cmpfloat (plt_photo_view_get_crop (view)->degrees, ==, -PLT_PHOTO_MAX_TILT);
  g_assert_cmpfloat (plt_photo_view_get_crop (view)->height, <=, 1300);
  g_assert_cmpfloat (plt_photo_view_get_crop (view)->x, >, 0);
  g_assert_true (press (GTK_WIDGET (view), GDK_KEY_0, 0));
  g_assert_cmpfloat (plt_photo_view_get_crop (view)->degrees, ==, 0);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_ROLE_IMG);
  g_object_unref (view);
}

static GdkRGBA
look_at (GtkWidget *window, int x, int y)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  guint8 pixel[4] = { 0 };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 1, 1);
  cairo_t *cr = cairo_create (surface);

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window),
                          gtk_widget_get_height (window));
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);
  cairo_translate (cr, -x, -y);
  gsk_render_node_draw (node, cr);
  cairo_surface_flush (surface);
  memcpy (pixel, cairo_image_surface_get_data (surface), 4);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return (GdkRGBA) { pixel[2] / 255.0f, pixel[1] / 255.0f, pixel[0] / 255.0f, 1 };
}

/* Inside the frame the picture is as it is, outside it is shaded. */
static void
test_drawn (void)
{
  g_autoptr (PltPhoto) photo = new_photo ();
  GtkWidget *window = gtk_window_new ();
  PltPhotoView *view = g_object_new (PLT_TYPE_PHOTO_VIEW, NULL);
  PltPhotoCrop crop = { 500, 650, 650, 0 };
  GdkRGBA inside, outside;

  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (view));
  gtk_window_set_default_size (GTK_WINDOW (window), 500, 650);
  plt_photo_view_show (view, photo, &crop);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  inside = look_at (GTK_WIDGET (view), 200, 400);
  outside = look_at (GTK_WIDGET (view), 20, 20);
  g_assert_cmpfloat (fabsf (inside.red - 0xd0 / 255.0f), <, 0.02);
  g_assert_cmpfloat (outside.red, <, 0.5);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* ---- the camera ---- */

typedef struct
{
  int   n_frames;
  char *sentence;
} Seen;

static void
frame_cb (Seen *seen, GdkTexture *texture)
{
  g_assert_cmpint (gdk_texture_get_width (texture), ==, 640);
  seen->n_frames++;
}

static void
failed_cb (Seen *seen, const char *sentence)
{
  g_free (seen->sentence);
  seen->sentence = g_strdup (sentence);
}

static void
watch (PltCamera *camera, Seen *seen, int n_frames)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE_US;

  while (seen->n_frames < n_frames && seen->sentence == NULL && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_camera (void)
{
  g_autoptr (PltCamera) camera = plt_camera_new ();
  g_autoptr (GError) error = NULL;
  Seen seen = { 0, NULL };

  g_signal_connect_swapped (camera, "frame", G_CALLBACK (frame_cb), &seen);
  g_signal_connect_swapped (camera, "failed", G_CALLBACK (failed_cb), &seen);
  g_assert_true (plt_camera_start (camera, "videotestsrc is-live=true ! video/x-raw,width=640,height=480",
                                   &error));
  g_assert_no_error (error);
  watch (camera, &seen, 3);
  g_assert_cmpint (seen.n_frames, >=, 3);
  g_assert_nonnull (plt_camera_get_frame (camera));
  plt_camera_stop (camera);
  g_assert_null (plt_camera_get_frame (camera));
}

/* One that ends, and words that name no element. */
static void
test_no_camera (void)
{
  g_autoptr (PltCamera) camera = plt_camera_new ();
  g_autoptr (GError) error = NULL;
  Seen seen = { 0, NULL };

  g_signal_connect_swapped (camera, "failed", G_CALLBACK (failed_cb), &seen);
  g_assert_false (plt_camera_start (camera, "nosuchsrc", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_true (plt_camera_start (camera, "videotestsrc num-buffers=2 ! video/x-raw,width=640", NULL));
  watch (camera, &seen, G_MAXINT);
  g_assert_nonnull (seen.sentence);
  g_test_message ("%s", seen.sentence);
  g_free (seen.sentence);
}

/* ---- the camera that the desktop gives ---- */

static char *
save_picture (guint32 colour)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 640, 480);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileIOStream) stream = NULL;
  g_autoptr (GFile) file = g_file_new_tmp ("platen-XXXXXX.png", &stream, &error);

  g_assert_no_error (error);
  gdk_pixbuf_fill (pixbuf, colour);
  g_assert_true (gdk_pixbuf_save (pixbuf, g_file_peek_path (file), "png", &error, NULL));
  return g_file_get_path (file);
}

/* What the service gives out is what is seen: here a picture, read through its descriptor. */
static void
test_portal (void)
{
  g_autofree char *path = save_picture (0x2040c0ff);
  MockPortal portal = { .is_present = TRUE, .descriptor = g_open (path, O_RDONLY, 0) };
  g_autoptr (PltCamera) camera = plt_camera_new ();
  g_autoptr (GError) error = NULL;
  Seen seen = { 0, NULL };
  guint8 pixels[640 * 480 * 4];

  mock_portal_start (&portal);
  g_signal_connect_swapped (camera, "frame", G_CALLBACK (frame_cb), &seen);
  g_signal_connect_swapped (camera, "failed", G_CALLBACK (failed_cb), &seen);
  g_assert_true (plt_camera_start (camera, "portal:fdsrc fd={fd} ! pngdec ! videoconvert ! imagefreeze is-live=true", &error));
  watch (camera, &seen, 2);
  g_assert_cmpstr (seen.sentence, ==, NULL);
  g_assert_cmpint (seen.n_frames, >=, 2);
  g_assert_cmpint (portal.n_asked, ==, 1);
  g_assert_cmpint (portal.n_opened, ==, 1);
  gdk_texture_download (plt_camera_get_frame (camera), pixels, 640 * 4);
  g_assert_cmpint (ABS (pixels[0] - 0xc0), <, 8); /* blue first */
  g_assert_cmpint (ABS (pixels[2] - 0x20), <, 8);
  plt_camera_stop (camera);
  mock_portal_stop (&portal);
  close (portal.descriptor);
  g_unlink (path);
}

static void
assert_no_portal (const MockPortal *wanted, const char *source, const char *words)
{
  MockPortal portal = *wanted;
  g_autoptr (PltCamera) camera = plt_camera_new ();
  Seen seen = { 0, NULL };

  if (wanted->descriptor != -2)
    mock_portal_start (&portal);
  g_signal_connect_swapped (camera, "failed", G_CALLBACK (failed_cb), &seen);
  g_assert_true (plt_camera_start (camera, source, NULL));
  watch (camera, &seen, G_MAXINT);
  g_assert_nonnull (seen.sentence);
  g_test_message ("%s", seen.sentence);
  g_assert_nonnull (strstr (seen.sentence, words));
  g_assert_cmpint (portal.n_opened, ==, 0);
  if (wanted->descriptor != -2)
    mock_portal_stop (&portal);
  g_free (seen.sentence);
}

static void
test_portal_refuses (void)
{
  assert_no_portal (&(MockPortal) { .is_present = TRUE, .answer = 1, .descriptor = -1 }, "portal:videotestsrc", "refused");
  assert_no_portal (&(MockPortal) { .is_present = FALSE, .descriptor = -1 }, "portal:videotestsrc", "there is none");
  assert_no_portal (&(MockPortal) { .is_present = TRUE, .error = "No PipeWire", .descriptor = -1 }, "portal",
                    "camera service failed (No PipeWire)");
  assert_no_portal (&(MockPortal) { .descriptor = -2 }, "portal", "no camera service");
}

/* Stopped while the desktop asks: what it answers then does not switch the camera on. */
static void
test_portal_late (void)
{
  MockPortal portal = { .is_present = TRUE, .descriptor = g_open ("/dev/null", O_RDONLY, 0) };
  g_autoptr (PltCamera) camera = plt_camera_new ();
  Seen seen = { 0, NULL };
  gint64 deadline = g_get_monotonic_time () + PATIENCE_US;

  mock_portal_start (&portal);
  g_signal_connect_swapped (camera, "frame", G_CALLBACK (frame_cb), &seen);
  g_signal_connect_swapped (camera, "failed", G_CALLBACK (failed_cb), &seen);
  g_assert_true (plt_camera_start (camera, "portal:videotestsrc is-live=true ! video/x-raw,width=640,height=480", NULL));
  while (portal.n_asked == 0 && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (portal.n_asked, ==, 1);
  plt_camera_stop (camera);
  /* The next start is answered; until then nothing was seen of the first. */
  g_assert_true (plt_camera_start (camera, "portal:videotestsrc is-live=true ! video/x-raw,width=640,height=480", NULL));
  watch (camera, &seen, 1);
  g_assert_cmpint (seen.n_frames, >=, 1);
  g_assert_cmpstr (seen.sentence, ==, NULL);
  plt_camera_stop (camera);
  mock_portal_stop (&portal);
  close (portal.descriptor);
}

/* ---- the window ---- */

static PltPhotoDesk *
open_desk (void)
{
  PltPhotoDesk *desk = g_object_new (PLT_TYPE_PHOTO_DESK, NULL);

  gtk_window_present (GTK_WINDOW (desk));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (desk));
  return desk;
}

static void
wait_for_shots (PltPhotoDesk *desk, guint n)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE_US;

  while (desk->shots->len < n && !gtk_widget_get_visible (GTK_WIDGET (desk->message)) && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, FALSE);
}

static void
assert_shot (PltPhotoDesk *desk, guint n, PltPhotoOrigin origin)
{
  wait_for_shots (desk, n);
  g_assert_cmpuint (desk->shots->len, ==, n);
  g_assert_cmpint (((Shot *) desk->shots->pdata[n - 1])->origin, ==, origin);
}

static void
drop_file (PltPhotoDesk *desk, GFile *file)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (desk));
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  g_value_init (&value, G_TYPE_FILE);
  g_value_set_object (&value, file);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        g_signal_emit_by_name (controller, "drop", &value, 0.0, 0.0, &taken);
    }
  g_assert_true (taken);
}

/* By the chooser’s way, dropped, and pasted: each is a shot, and where it came from is known. */
static void
test_sources (void)
{
  g_autofree char *path = save_picture (0x90a0b0ff);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  PltPhotoDesk *desk = open_desk ();
  g_autoptr (GdkTexture) texture = NULL;

  plt_picture_source_read_file (desk->pictures, file, PLT_PHOTO_FROM_FILE);
  assert_shot (desk, 1, PLT_PHOTO_FROM_FILE);
  drop_file (desk, file);
  assert_shot (desk, 2, PLT_PHOTO_FROM_DROP);
  texture = gdk_texture_new_from_file (file, NULL);
  gdk_clipboard_set_texture (gtk_widget_get_clipboard (GTK_WIDGET (desk)), texture);
  gtk_widget_activate_action (GTK_WIDGET (desk), "photo.paste", NULL);
  assert_shot (desk, 3, PLT_PHOTO_FROM_CLIPBOARD);
  gtk_window_destroy (GTK_WINDOW (desk));
  g_unlink (path);
}

static void
assert_message (PltPhotoDesk *desk, const char *words)
{
  wait_for_shots (desk, 1);
  g_assert_cmpuint (desk->shots->len, ==, 0);
  g_test_message ("%s", gtk_label_get_text (desk->message));
  g_assert_nonnull (strstr (gtk_label_get_text (desk->message), words));
}

/* A hundred megapixels of nothing, in some kilobytes: the first row says what they would cost. */
static GBytes *
make_bomb (void)
{
  static const guint8 head[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x27\x10\0\0\x27\x10\x08\x02\0\0\0\xf3\xf1\xdb\x31\0\0\x10\0IDAT";
  GByteArray *file = g_byte_array_new ();
  guint8 nothing[4096] = { 0x78, 0x9c };

  g_byte_array_append (file, head, sizeof head - 1);
  g_byte_array_append (file, nothing, sizeof nothing);
  return g_byte_array_free_to_bytes (file);
}

static void
test_bad_files (void)
{
  static const struct { const char *name, *data, *words; } files[] = {
    { "letter.jpg", "Dear Sir or Madam", "letter.jpg" },
    { "empty.jpg", "", "empty.jpg" },
    { "page.pdf", "%PDF-1.7", "PDF" },
  };
  g_autoptr (GBytes) bomb = make_bomb ();
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/nowhere/at-all.jpg");
  PltPhotoDesk *desk;
  struct rusage before, after;
  gint64 begin;

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (files[i].data, strlen (files[i].data));

      desk = open_desk ();
      plt_photo_desk_add (desk, bytes, files[i].name, PLT_PHOTO_FROM_FILE);
      assert_message (desk, files[i].words);
      gtk_window_destroy (GTK_WINDOW (desk));
    }
  desk = open_desk ();
  plt_picture_source_read_file (desk->pictures, nowhere, PLT_PHOTO_FROM_FILE);
  assert_message (desk, "at-all.jpg");
  gtk_window_destroy (GTK_WINDOW (desk));

  desk = open_desk ();
  getrusage (RUSAGE_SELF, &before);
  begin = g_get_monotonic_time ();
  plt_photo_desk_add (desk, bomb, "bomb.png", PLT_PHOTO_FROM_FILE);
  assert_message (desk, "10000 × 10000");
  getrusage (RUSAGE_SELF, &after);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 5 * G_USEC_PER_SEC);
  g_assert_cmpint (after.ru_maxrss - before.ru_maxrss, <, 50 * 1024);
  gtk_window_destroy (GTK_WINDOW (desk));
}

/* ---- signing ---- */

static GtkGesture *
find_gesture (GtkWidget *widget, GType type)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkGesture) gesture = g_list_model_get_item (controllers, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (gesture, type))
        return gesture;
    }
  return NULL;
}

static void
draw_stroke (GtkWidget *pad, double y)
{
  GtkGesture *pen = find_gesture (pad, GTK_TYPE_GESTURE_STYLUS);

  g_signal_emit_by_name (pen, "down", 40.0, y);
  for (int x = 50; x < 300; x += 10)
    g_signal_emit_by_name (pen, "motion", (double) x, y + 20 * sin (x / 30.0));
  g_signal_emit_by_name (pen, "up", 300.0, y);
}

static void
test_pad (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *pad = g_object_new (PLT_TYPE_SIGNATURE_PAD, NULL);
  GtkGesture *drag = find_gesture (pad, GTK_TYPE_GESTURE_DRAG);
  const PltStrokes *strokes = plt_signature_pad_get_strokes (PLT_SIGNATURE_PAD (pad));
  int n_changed = 0;
  guint n_points = 0;
  GdkRGBA paper, ink;

  g_assert_nonnull (drag);
  gtk_window_set_child (GTK_WINDOW (window), pad);
  gtk_window_set_default_size (GTK_WINDOW (window), 400, 200);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  g_signal_connect_swapped (pad, "changed", G_CALLBACK (count_cb), &n_changed);
  draw_stroke (pad, 60);
  draw_stroke (pad, 100);
  g_assert_cmpuint (plt_strokes_get_n (strokes), ==, 2);
  g_assert_cmpint (n_changed, ==, 4);
  plt_strokes_get_points (strokes, 1, &n_points);
  g_assert_cmpuint (n_points, >, 20);
  /* A pen that only hovers writes nothing. */
  g_signal_emit_by_name (find_gesture (pad, GTK_TYPE_GESTURE_STYLUS), "motion", 200.0, 150.0);
  plt_strokes_get_points (strokes, 1, &n_points);
  g_assert_cmpuint (plt_strokes_get_n (strokes), ==, 2);
  gtk_test_widget_wait_for_draw (window);
  paper = look_at (pad, 200, 10);
  ink = look_at (pad, 40, 60);
  g_assert_cmpfloat (paper.red, >, 0.95);
  g_assert_cmpfloat (ink.red, <, 0.3);
  plt_signature_pad_undo (PLT_SIGNATURE_PAD (pad));
  g_assert_cmpuint (plt_strokes_get_n (strokes), ==, 1);
  plt_signature_pad_clear (PLT_SIGNATURE_PAD (pad));
  g_assert_cmpuint (plt_strokes_get_n (strokes), ==, 0);
  plt_signature_pad_undo (PLT_SIGNATURE_PAD (pad));
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (pad), GTK_ACCESSIBLE_ROLE_IMG);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
scan_cb (int *origin, GBytes *bytes, const char *name, int from)
{
  g_assert_cmpuint (g_bytes_get_size (bytes), >, 0);
  *origin = from;
}

/* Those without a pen paste a scan; the window then goes away. */
static void
test_signature_desk (void)
{
  g_autofree char *path = save_picture (0xffffffff);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GdkTexture) texture = gdk_texture_new_from_file (file, NULL);
  GtkWidget *desk = g_object_new (PLT_TYPE_SIGNATURE_DESK, NULL);
  gint64 deadline = g_get_monotonic_time () + PATIENCE_US;
  int origin = -1;

  gtk_window_present (GTK_WINDOW (desk));
  gtk_test_widget_wait_for_draw (desk);
  g_signal_connect_swapped (desk, "scan", G_CALLBACK (scan_cb), &origin);
  gdk_clipboard_set_texture (gtk_widget_get_clipboard (desk), texture);
  g_assert_true (press (desk, GDK_KEY_v, GDK_CONTROL_MASK));
  while (origin < 0 && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpint (origin, ==, PLT_PHOTO_FROM_CLIPBOARD);
  g_unlink (path);
}

/* The window is built, and goes away again. */
static void
test_window (void)
{
  GtkWidget *desk = g_object_new (PLT_TYPE_PHOTO_DESK, NULL);

  gtk_window_present (GTK_WINDOW (desk));
  gtk_test_widget_wait_for_draw (desk);
  gtk_window_destroy (GTK_WINDOW (desk));
}

int
main (int argc, char **argv)
{
  g_autofree char *display = g_strdup (g_getenv ("DISPLAY"));
  /* Kept: letting go of it would wait for GTK to let go of its connection. */
  static GTestDBus *bus;
  int status;

  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus); /* which takes the display away */
  g_setenv ("DISPLAY", display, TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  plt_panes_init ();
  g_test_add_func ("/panes/photo/keys", test_keys);
  g_test_add_func ("/panes/photo/drawn", test_drawn);
  g_test_add_func ("/panes/photo/window", test_window);
  g_test_add_func ("/panes/photo/sources", test_sources);
  g_test_add_func ("/panes/photo/bad-files", test_bad_files);
  g_test_add_func ("/panes/photo/camera", test_camera);
  g_test_add_func ("/panes/photo/no-camera", test_no_camera);
  g_test_add_func ("/panes/photo/portal", test_portal);
  g_test_add_func ("/panes/photo/portal-refuses", test_portal_refuses);
  g_test_add_func ("/panes/photo/portal-late", test_portal_late);
  g_test_add_func ("/panes/photo/signature-pad", test_pad);
  g_test_add_func ("/panes/photo/signature-desk", test_signature_desk);
  status = g_test_run ();
  g_test_dbus_stop (bus);
  return status;
}
