/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures are decoded off the main loop, to the size of the screen; bad ones are refused. */
#include "plt-texture.h"

#include <string.h>

typedef struct
{
  GdkTexture *texture;
  GError     *error;
  gboolean    done;
} Loaded;

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Loaded *loaded = user_data;

  loaded->texture = plt_texture_load_finish (result, &loaded->error);
  loaded->done = TRUE;
}

static void
load (GBytes       *image,
      int           longest_px,
      GCancellable *cancellable,
      Loaded       *loaded)
{
  plt_texture_load_async (image, longest_px, longest_px, cancellable, loaded_cb, loaded);
  while (!loaded->done)
    g_main_context_iteration (NULL, TRUE);
}

/* One colour, as a file of @type. */
static GBytes *
new_image (int         width,
           int         height,
           guint32     rgba,
           const char *type)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr (GError) error = NULL;
  char *buffer = NULL;
  gsize length = 0;

  gdk_pixbuf_fill (pixbuf, rgba);
  gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &length, type, &error, NULL);
  g_assert_no_error (error);

  return g_bytes_new_take (buffer, length);
}

static void
test_sizes (void)
{
  g_autoptr (GBytes) photo = new_image (1200, 1600, 0x336699ff, "jpeg");
  g_autoptr (GBytes) side = new_image (300, 200, 0x336699ff, "png");
  Loaded small = { NULL, NULL, FALSE }, whole = { NULL, NULL, FALSE };

  load (photo, 400, NULL, &small);
  g_assert_no_error (small.error);
  g_assert_cmpint (gdk_texture_get_width (small.texture), ==, 300);
  g_assert_cmpint (gdk_texture_get_height (small.texture), ==, 400);
  load (side, 0, NULL, &whole);
  g_assert_no_error (whole.error);
  g_assert_cmpint (gdk_texture_get_width (whole.texture), ==, 300);
  g_assert_cmpint (gdk_texture_get_height (whole.texture), ==, 200);

  g_object_unref (small.texture);
  g_object_unref (whole.texture);
}

static void
test_damaged (void)
{
  g_autoptr (GBytes) whole = new_image (300, 200, 0x336699ff, "png");
  g_autoptr (GBytes) head = g_bytes_new_from_bytes (whole, 0, 20);
  g_autoptr (GBytes) text = g_bytes_new_static ("no picture at all", 17);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  GBytes *images[] = { head, text, nothing };

  for (gsize i = 0; i < G_N_ELEMENTS (images); i++)
    {
      Loaded loaded = { NULL, NULL, FALSE };

      load (images[i], 0, NULL, &loaded);
      g_assert_null (loaded.texture);
      g_assert_nonnull (loaded.error);
      g_error_free (loaded.error);
    }
}

/* A head that promises more pixels than there is memory for. */
static void
test_enormous (void)
{
  g_autoptr (GBytes) image = new_image (8, 8, 0x336699ff, "bmp");
  gsize length;
  g_autofree guchar *data = g_memdup2 (g_bytes_get_data (image, &length), g_bytes_get_size (image));
  gint32 side = GINT32_TO_LE (100000);
  g_autoptr (GBytes) enormous = NULL;
  Loaded loaded = { NULL, NULL, FALSE };

  memcpy (data + 18, &side, sizeof side);
  memcpy (data + 22, &side, sizeof side);
  enormous = g_bytes_new (data, length);
  load (enormous, 100, NULL, &loaded);
  g_assert_null (loaded.texture);
  g_assert_nonnull (loaded.error);
  g_error_free (loaded.error);
}

static void
test_cancelled (void)
{
  g_autoptr (GBytes) image = new_image (300, 200, 0x336699ff, "png");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Loaded loaded = { NULL, NULL, FALSE };

  g_cancellable_cancel (cancellable);
  load (image, 0, cancellable, &loaded);
  g_assert_error (loaded.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_error_free (loaded.error);
}

static void
wait_for_paintable (GtkPicture *picture)
{
  while (gtk_picture_get_paintable (picture) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* One person's picture is gone before the next one's is there, and the last one asked for stays. */
static void
test_shown (void)
{
  GtkWidget *widget = g_object_ref_sink (gtk_picture_new ());
  GtkPicture *picture = GTK_PICTURE (widget);
  g_autoptr (GBytes) first = new_image (30, 40, 0x336699ff, "png");
  g_autoptr (GBytes) again = new_image (30, 40, 0x336699ff, "png");
  g_autoptr (GBytes) second = new_image (50, 40, 0x996633ff, "png");
  GdkPaintable *shown;

  plt_texture_show (picture, first, 0, 0);
  wait_for_paintable (picture);
  shown = gtk_picture_get_paintable (picture);
  plt_texture_show (picture, again, 0, 0);
  g_assert_true (gtk_picture_get_paintable (picture) == shown);

  plt_texture_show (picture, second, 0, 0);
  g_assert_null (gtk_picture_get_paintable (picture));
  plt_texture_show (picture, first, 0, 0);
  plt_texture_show (picture, second, 0, 0);
  wait_for_paintable (picture);
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (gtk_picture_get_paintable (picture)), ==, 50);

  plt_texture_show (picture, NULL, 0, 0);
  g_assert_null (gtk_picture_get_paintable (picture));
  plt_texture_show (picture, first, 0, 0);
  g_object_unref (widget);
  for (int i = 0; i < 100; i++)
    g_main_context_iteration (NULL, FALSE);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/panes/texture/sizes", test_sizes);
  g_test_add_func ("/panes/texture/damaged", test_damaged);
  g_test_add_func ("/panes/texture/enormous", test_enormous);
  g_test_add_func ("/panes/texture/cancelled", test_cancelled);
  g_test_add_func ("/panes/texture/shown", test_shown);

  return g_test_run ();
}
