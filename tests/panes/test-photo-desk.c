/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frame follows keys and stays within the picture; the camera gives frames, says what is wrong with
 * one that is none, and stops; the picture is drawn with its marks. */
#include "plt-camera.h"
#include "plt-panes.h"
#include "plt-photo-desk.h"
#include "plt-photo-view.h"

#include <adwaita.h>
#include <math.h>

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
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  plt_panes_init ();
  g_test_add_func ("/panes/photo/keys", test_keys);
  g_test_add_func ("/panes/photo/drawn", test_drawn);
  g_test_add_func ("/panes/photo/window", test_window);
  g_test_add_func ("/panes/photo/camera", test_camera);
  g_test_add_func ("/panes/photo/no-camera", test_no_camera);

  return g_test_run ();
}
