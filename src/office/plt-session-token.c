/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps session tokens in files that only their owner can read. */
#include "plt-session-token.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

static char *
find_folder (void)
{
  return g_build_filename (g_get_user_runtime_dir (), "platen", NULL);
}

/* The name tells nobody who signed in where. */
static char *
find_path (const char *database,
           const char *user)
{
  g_autofree char *folder = find_folder ();
  g_autofree char *key = g_strconcat (user, "\n", database, NULL);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);
  g_autofree char *name = g_strdup_printf ("session-%.24s", hash);

  return g_build_filename (folder, name, NULL);
}

/* A file that belongs to somebody else, or that others may read, is not believed. */
static gboolean
is_private (const char *path)
{
  struct stat info;

  return lstat (path, &info) == 0 && S_ISREG (info.st_mode) && info.st_uid == geteuid ()
         && (info.st_mode & 077) == 0;
}

char *
plt_session_token_read (const char *database,
                        const char *user)
{
  g_autofree char *path = find_path (database, user);
  g_autofree char *token = NULL;

  if (!is_private (path) || !g_file_get_contents (path, &token, NULL, NULL))
    return NULL;
  return g_strdup (g_strstrip (token));
}

gboolean
plt_session_token_write (const char  *database,
                         const char  *user,
                         const char  *token,
                         GError     **error)
{
  g_autofree char *folder = find_folder ();
  g_autofree char *path = find_path (database, user);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", folder,
                   g_strerror (errno));
      return FALSE;
    }
  return g_file_set_contents_full (path, token, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

void
plt_session_token_delete (const char *database,
                          const char *user)
{
  g_autofree char *path = find_path (database, user);
  g_unlink (path);
}
