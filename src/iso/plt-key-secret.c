/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the secret of a key or token from a file or from the service manager. */
#include "plt-key-secret.h"

#include "plt-iso-error.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define CREDENTIAL "credential:"

static char *
find_path (const char *name)
{
  const char *folder = g_getenv ("CREDENTIALS_DIRECTORY");

  if (!g_str_has_prefix (name, CREDENTIAL))
    return g_strdup (name);

  return g_build_filename (folder != NULL ? folder : "/nonexistent", name + strlen (CREDENTIAL),
                           NULL);
}

char *
plt_key_secret_read (const char  *name,
                     GError     **error)
{
  g_autofree char *path = find_path (name);
  g_autoptr (GError) cause = NULL;
  char *contents = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &contents, &length, &cause))
    {
      g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY_SECRET,
                   _("The passphrase or PIN of an issuer’s key was not read: %s. Ask an "
                     "administrator to check the file that the configuration names."),
                   cause->message);
      return NULL;
    }
  /* What stands behind the first line is wiped as well. */
  for (gsize i = strcspn (contents, "\r\n"); i < length; i++)
    contents[i] = '\0';

  return contents;
}

void
plt_key_secret_free (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

char *
plt_key_secret_find_open (const char *name)
{
  g_autofree char *path = name != NULL && !g_str_has_prefix (name, "pkcs11:") ? find_path (name) : NULL;
  GStatBuf found;

  if (path == NULL || g_stat (path, &found) != 0 ||
      (found.st_mode & (found.st_uid == geteuid () ? 077 : 07)) == 0)
    return NULL;
  return g_steal_pointer (&path);
}
