/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the pictures that people name: portraits and signatures. */
#include "plt-ctl.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* (nullable): why @path cannot be a picture */
static const char *
find_reason (const char *path)
{
  GStatBuf status;

  if (g_stat (path, &status) != 0)
    return g_strerror (errno);
  if (S_ISDIR (status.st_mode))
    return _("it is a folder");
  if (!S_ISREG (status.st_mode))
    return _("it is no plain file");
  return g_access (path, R_OK) != 0 ? g_strerror (errno) : NULL;
}

/**
 * plt_ctl_read_picture:
 * @path: as it was typed
 * @name: (out): what messages call it
 * @error: %PLT_OFFICE_ERROR_INVALID where there is no file to be read
 *
 * What it holds is not looked at.
 *
 * Returns: (transfer full) (nullable)
 */
GBytes *
plt_ctl_read_picture (const char  *path,
                      char       **name,
                      GError     **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  g_autoptr (GError) local = NULL;
  g_autoptr (GMappedFile) mapped = NULL;
  const char *reason = find_reason (path);

  if (reason == NULL)
    mapped = g_mapped_file_new (path, FALSE, &local);
  if (mapped == NULL)
    {
      g_set_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID,
                   /* Translators: a file’s name, then the system’s words for what is wrong. */
                   _("“%s” cannot be read: %s. Nothing was changed; name the file of a picture."), shown,
                   reason != NULL ? reason : local->message);
      return NULL;
    }
  *name = g_filename_display_basename (path);
  return g_mapped_file_get_bytes (mapped);
}
