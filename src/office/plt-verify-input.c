/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-verify-input.h"

#include "plt-card-scan.h"
#include "plt-office-error-private.h"
#include "plt-picture.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_FOLDER 40

static gboolean
is_picture (GBytes *bytes)
{
  static const struct { const char *mark; gsize length; } marks[] = {
    { "\xFF\xD8\xFF", 3 }, { "\x89PNG\r\n\x1A\n", 8 }, { "II*\0", 4 }, { "MM\0*", 4 }, { "RIFF", 4 },
  };
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (length > marks[i].length && memcmp (data, marks[i].mark, marks[i].length) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
refuse (GError     **error,
        const char  *sentence)
{
  g_propagate_error (error, plt_office_error_new (PLT_OFFICE_ERROR_INVALID, NULL, "%s", sentence));

  return FALSE;
}

/* ---- pictures ---- */

static void
add_code (GPtrArray     *findings,
          GBytes        *code,
          PltVerifyKeys *keys,
          GError       **first_error)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) read = plt_verify_read (code, keys, &error);

  if (read != NULL)
    g_ptr_array_extend_and_steal (findings, g_steal_pointer (&read));
  else if (*first_error == NULL)
    *first_error = g_steal_pointer (&error);
}

static GPtrArray *
read_picture (GBytes         *bytes,
              PltVerifyKeys  *keys,
              GCancellable   *cancellable,
              GError        **error)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_verify_finding_free);
  g_autoptr (GPtrArray) codes = plt_card_scan (bytes, cancellable, error);
  g_autoptr (GError) code_error = NULL;

  if (codes == NULL)
    return NULL;
  for (guint i = 0; i < codes->len; i++)
    add_code (findings, codes->pdata[i], keys, &code_error);
  if (findings->len > 0)
    return g_steal_pointer (&findings);
  if (code_error != NULL)
    g_propagate_error (error, g_steal_pointer (&code_error));
  else
    refuse (error, _("No code of a licence was found in the picture. Most cards have their codes on the other side: take that one, "
                     "straight from above and sharp, or scan the code; the machine-readable line can be typed."));
  return NULL;
}

/* ---- files ---- */

static GBytes *
load (const char  *path,
      GError     **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) reason = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &reason);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 block[65536];
  gssize n;

  if (stream == NULL)
    {
      g_autofree char *name = g_filename_display_name (path);

      g_propagate_error (error, plt_office_error_new (PLT_OFFICE_ERROR_INVALID, NULL,
                                                      /* Translators: first a file's name, then the system's reason. */
                                                      _("“%s” was not opened: %s. Choose another file, or scan the code."),
                                                      name, reason->message));
      return NULL;
    }
  while ((n = g_input_stream_read (G_INPUT_STREAM (stream), block, sizeof block, NULL, error)) > 0)
    {
      g_byte_array_append (bytes, block, (guint) n);
      if (bytes->len > PLT_PICTURE_MAX_BYTES)
        {
          refuse (error, _("The file is larger than any form of a driving licence. It was not opened."));
          return NULL;
        }
    }
  return n < 0 ? NULL : g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/* Of a data group or EF: “dg1.bin”, “EF.COM”, “ef_sod”. */
static gboolean
has_group_name (const char *name)
{
  return g_regex_match_simple ("^(dg ?_?[0-9]{1,2}|ef[._-]?(com|sod|dg[0-9]{1,2}))([._-]|$)", name,
                               G_REGEX_CASELESS, 0);
}

static gboolean
refuse_file (GError     **error,
             const char  *name)
{
  g_autofree char *shown = g_filename_display_name (name);

  g_propagate_error (error, plt_office_error_new (PLT_OFFICE_ERROR_INVALID, NULL,
                                                  /* Translators: %s is the name of a file. */
                                                  _("“%s” has the name of a file of a licence’s chip and is none: it is "
                                                    "damaged, or cannot be read. Copy it again."), shown));
  return FALSE;
}

/* The files of one chip; what is none of them, and is not called so, is passed over. */
static GPtrArray *
read_folder (const char     *path,
             PltVerifyKeys  *keys,
             GError        **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GDir) dir = g_dir_open (path, 0, error);
  const char *name;

  if (dir == NULL)
    return NULL;
  while ((name = g_dir_read_name (dir)) != NULL && files->len < MAX_FOLDER)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autoptr (GBytes) bytes = g_file_test (file, G_FILE_TEST_IS_REGULAR) ? load (file, NULL) : NULL;

      if (bytes != NULL && plt_verify_is_group (bytes))
        g_ptr_array_add (files, g_steal_pointer (&bytes));
      else if (has_group_name (name) && !refuse_file (error, name))
        return NULL;
    }
  if (files->len > 0)
    return plt_verify_read_groups (files, keys, error);
  refuse (error, _("The folder holds no files of a licence’s chip (EF.COM, data groups, EF.SOD)."));
  return NULL;
}

/* Of any size: it is read from the disk. */
static gboolean
is_archive (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  char head[4];

  return stream != NULL && g_file_test (path, G_FILE_TEST_IS_REGULAR) &&
         g_input_stream_read (G_INPUT_STREAM (stream), head, sizeof head, NULL, NULL) == sizeof head &&
         memcmp (head, "PK\x03\x04", sizeof head) == 0;
}

GPtrArray *
plt_verify_input_read_bytes (GBytes         *bytes,
                             gboolean        picture,
                             PltVerifyKeys  *keys,
                             GCancellable   *cancellable,
                             GError        **error)
{
  if (picture || is_picture (bytes))
    return read_picture (bytes, keys, cancellable, error);
  return plt_verify_read (bytes, keys, error);
}

GPtrArray *
plt_verify_input_read_file (const char     *path,
                            gboolean        picture,
                            PltVerifyKeys  *keys,
                            GCancellable   *cancellable,
                            GError        **error)
{
  g_autoptr (GBytes) bytes = NULL;

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return read_folder (path, keys, error);
  if (is_archive (path))
    return plt_verify_read_package_file (path, keys, error);
  bytes = load (path, error);
  return bytes != NULL ? plt_verify_input_read_bytes (bytes, picture, keys, cancellable, error) : NULL;
}
