/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures that are pasted and dropped come out of the section; what is none is refused in words. */
#include "plt-image-section.h"
#include "plt-panes.h"
#include "plt-picture-source.h"

#include <adwaita.h>

#include <string.h>

#define PATIENCE_US (10 * G_USEC_PER_SEC)
#define SIDE_PX 8

typedef struct
{
  GtkWidget       *window;
  PltImageSection *section;
  GBytes          *chosen;
  int              origin;
} Fixture;

static void
chosen_cb (Fixture    *fixture,
           GBytes     *bytes,
           const char *name,
           int         origin)
{
  g_assert_cmpuint (strlen (name), >, 0);
  g_clear_pointer (&fixture->chosen, g_bytes_unref);
  fixture->chosen = g_bytes_ref (bytes);
  fixture->origin = origin;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->section = g_object_new (PLT_TYPE_IMAGE_SECTION, NULL);
  fixture->window = gtk_window_new ();
  plt_image_section_set_up (fixture->section, "Photo", NULL, NULL, NULL);
  plt_image_section_show (fixture->section, NULL, TRUE);
  g_signal_connect_swapped (fixture->section, "chosen", G_CALLBACK (chosen_cb), fixture);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->section));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_pointer (&fixture->chosen, g_bytes_unref);
}

static GdkTexture *
new_texture (void)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, SIDE_PX, SIDE_PX);

  gdk_pixbuf_fill (pixbuf, 0x3465a4ff);

  return gdk_texture_new_for_pixbuf (pixbuf);
}

static void
assert_chosen (Fixture        *fixture,
               PltPhotoOrigin  origin)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE_US;
  g_autoptr (GError) error = NULL;

  while (fixture->chosen == NULL && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, FALSE);
  g_assert_nonnull (fixture->chosen);
  g_assert_cmpint (fixture->origin, ==, origin);

  g_autoptr (GdkTexture) texture = gdk_texture_new_from_bytes (fixture->chosen, &error);

  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, SIDE_PX);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, SIDE_PX);
}

static GtkWidget *
find_named (GtkWidget  *widget,
            const char *id)
{
  if (g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), id) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_named (child, id);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
test_paste (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GdkTexture) texture = new_texture ();

  gdk_clipboard_set_texture (gtk_widget_get_clipboard (GTK_WIDGET (fixture->section)), texture);
  plt_image_section_paste (fixture->section);
  assert_chosen (fixture, PLT_PHOTO_FROM_CLIPBOARD);
}

static void
test_paste_words (Fixture       *fixture,
                  gconstpointer  data)
{
  GtkWidget *error = find_named (GTK_WIDGET (fixture->section), "error");
  gint64 deadline = g_get_monotonic_time () + PATIENCE_US;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (fixture->section)), "no picture");
  plt_image_section_paste (fixture->section);
  while (!gtk_widget_get_visible (error) && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, FALSE);
  g_assert_true (gtk_widget_get_visible (error));
  g_assert_null (fixture->chosen);
}

/* As GTK does when the pointer lets go of something over the section. */
static gboolean
drop (Fixture      *fixture,
      const GValue *value)
{
  g_autoptr (GListModel) controllers
    = gtk_widget_observe_controllers (GTK_WIDGET (fixture->section));
  gboolean taken = FALSE;
  guint n_targets = 0;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_DROP_TARGET (controller))
        continue;
      n_targets++;
      g_signal_emit_by_name (controller, "drop", value, 0.0, 0.0, &taken);
    }
  g_assert_cmpuint (n_targets, ==, 1);

  return taken;
}

static void
test_drop_texture (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GdkTexture) texture = new_texture ();
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, GDK_TYPE_TEXTURE);
  g_value_set_object (&value, texture);
  g_assert_true (drop (fixture, &value));
  assert_chosen (fixture, PLT_PHOTO_FROM_DROP);
}

static void
test_drop_file (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GdkTexture) texture = new_texture ();
  g_autoptr (GFileIOStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_tmp ("platen-XXXXXX.png", &stream, &error);
  g_auto (GValue) value = G_VALUE_INIT;

  g_assert_no_error (error);
  g_assert_true (gdk_texture_save_to_png (texture, g_file_peek_path (file)));
  g_value_init (&value, G_TYPE_FILE);
  g_value_set_object (&value, file);
  g_assert_true (drop (fixture, &value));
  assert_chosen (fixture, PLT_PHOTO_FROM_DROP);
  g_file_delete (file, NULL, NULL);
}

static void
test_drop_settled (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GdkTexture) texture = new_texture ();
  g_auto (GValue) value = G_VALUE_INIT;

  plt_image_section_show (fixture->section, NULL, FALSE);
  g_value_init (&value, GDK_TYPE_TEXTURE);
  g_value_set_object (&value, texture);
  g_assert_false (drop (fixture, &value));
}

static void
assert_said (Fixture    *fixture,
             const char *sentence)
{
  GtkWidget *empty = find_named (GTK_WIDGET (fixture->section), "empty");
  GtkLabel *none = GTK_LABEL (find_named (GTK_WIDGET (fixture->section), "none"));
  gint64 deadline = g_get_monotonic_time () + PATIENCE_US;

  while (!gtk_widget_get_visible (empty) && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, FALSE);
  g_assert_true (gtk_widget_get_visible (empty));
  g_assert_cmpstr (gtk_label_get_label (none), ==, sentence);
}

/* "None yet" is said of no picture alone: not while one is decoded, nor of one that cannot be. */
static void
test_says_what_is_there (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (GdkTexture) texture = new_texture ();
  g_autoptr (GBytes) whole = gdk_texture_save_to_png_bytes (texture);
  g_autoptr (GBytes) half = g_bytes_new_from_bytes (whole, 0, g_bytes_get_size (whole) / 2);
  GtkWidget *empty = find_named (GTK_WIDGET (fixture->section), "empty");
  GtkWidget *picture = find_named (GTK_WIDGET (fixture->section), "picture");
  gint64 deadline = g_get_monotonic_time () + PATIENCE_US;

  assert_said (fixture, "None yet");

  plt_image_section_show (fixture->section, whole, FALSE);
  g_assert_false (gtk_widget_get_visible (empty));
  while (!gtk_widget_get_visible (picture) && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, FALSE);
  g_assert_true (gtk_widget_get_visible (picture));

  plt_image_section_show (fixture->section, half, FALSE);
  g_assert_false (gtk_widget_get_visible (picture));
  assert_said (fixture, "The picture on record cannot be shown.");

  plt_image_section_show (fixture->section, NULL, FALSE);
  assert_said (fixture, "None yet");
}

static void
add_test (const char *path,
          void      (*test) (Fixture *fixture, gconstpointer data))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  plt_panes_init ();
  add_test ("/panes/image-section/paste/picture", test_paste);
  add_test ("/panes/image-section/paste/words", test_paste_words);
  add_test ("/panes/image-section/drop/picture", test_drop_texture);
  add_test ("/panes/image-section/drop/file", test_drop_file);
  add_test ("/panes/image-section/drop/settled", test_drop_settled);
  add_test ("/panes/image-section/says-what-is-there", test_says_what_is_there);

  return g_test_run ();
}
