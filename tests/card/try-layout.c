/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes small layouts and loads them. */
#include "try-layout.h"

#include <glib/gstdio.h>

#define FONT(name, kind) \
  "{\"name\":\"" name "\",\"families\":\"Noto Sans, Noto Sans Arabic, Noto Sans Thai\"," \
  "\"weight\":\"" kind "\",\"package\":\"fonts-noto-core\",\"files\":["

static const char *const fonts =
  "\"fonts\":["
  FONT ("text", "normal") "\"NotoSans-Regular.ttf\",\"NotoSansArabic-Regular.ttf\","
  "\"NotoSansThai-Regular.ttf\"]},"
  FONT ("bold", "bold") "\"NotoSans-Bold.ttf\",\"NotoSansArabic-Bold.ttf\","
  "\"NotoSansThai-Bold.ttf\"]},"
  "{\"name\":\"ocr\",\"families\":\"OCR B\",\"weight\":\"normal\",\"package\":\"fonts-ocr-b\","
  "\"files\":[\"OCRB.otf\"]}],";

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static char *
read_pictograms (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data", "layouts",
                                            "shared", "pictograms.json", NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

PltLayout *
try_layout_new (const char *head, const char *front, const char *const *files, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("plt-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "layout.json", NULL);
  g_autofree char *pictograms = read_pictograms ();
  g_autofree char *text = NULL;
  PltLayout *layout;

  text = g_strdup_printf ("{\"format\":1,\"id\":\"try\",\"version\":1,\"title\":\"Try\",%s%s"
                          "\"pictograms\":\"pictograms.json\",\"front\":[%s],\"back\":[]}",
                          fonts, head, front);
  write_file (folder, "layout.json", text);
  write_file (folder, "pictograms.json", pictograms);
  for (gsize i = 0; files != NULL && files[i] != NULL; i += 2)
    write_file (folder, files[i], files[i + 1]);
  layout = plt_layout_new_from_file (path, error);
  remove_folder (folder);
  return layout;
}

PltLayout *
try_layout (const char *head, const char *front)
{
  g_autoptr (GError) error = NULL;
  PltLayout *layout = try_layout_new (head, front, NULL, &error);

  g_assert_no_error (error);
  return layout;
}

PltCardPart *
try_part (PltLayout *layout, PltCardInputs *inputs)
{
  g_autoptr (GPtrArray) parts = plt_card_list_parts (layout, inputs, 0);

  g_assert_cmpuint (parts->len, ==, 1);
  return g_ptr_array_steal_index (parts, 0);
}

PltCardInputs *
try_inputs (const char *name, ...)
{
  PltCardInputs *inputs = plt_card_inputs_new ();
  va_list args;

  va_start (args, name);
  for (; name != NULL; name = va_arg (args, const char *))
    plt_card_inputs_set_value (inputs, name, va_arg (args, const char *));
  va_end (args);
  return inputs;
}
