/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folder of one demonstration office: where it is, whose it is, and box.ini in it. */
#include "plt-demo-box.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* "/pg/.s.PGSQL.5432.lock" must still fit into a socket address of 107 bytes. */
#define LONGEST_FOLDER 80
#define SERVICE_USER "postgres"

struct _PltDemoBox
{
  char     *folder;
  char     *service_user;
  uid_t     service_uid;
  gid_t     service_gid;
  gboolean  drops_root;
  GKeyFile *state;
};

static char *
find_default_folder (void)
{
  const char *runtime = g_getenv ("XDG_RUNTIME_DIR");

  if (runtime != NULL && g_path_is_absolute (runtime) && g_access (runtime, W_OK) == 0)
    return g_build_filename (runtime, "platen-demo", NULL);

  return g_strdup_printf ("/tmp/platen-demo-%u", (guint) getuid ());
}

/* PostgreSQL refuses root; so does good sense for everything that listens. */
static gboolean
find_service_user (PltDemoBox  *self,
                   GError     **error)
{
  struct passwd *user = getuid () == 0 ? getpwnam (SERVICE_USER) : getpwuid (getuid ());

  if (user == NULL && getuid () == 0)
    g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_FAILED,
                 _("The office was not started because the user “%s” does not exist. "
                   "Install the package postgresql-15."), SERVICE_USER);
  else if (user == NULL)
    g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_FAILED,
                 _("The office was not started because this machine has no user with the "
                   "number %u. Start it as a user of this machine."), (guint) getuid ());
  if (user == NULL)
    return FALSE;

  self->drops_root = getuid () == 0;
  self->service_user = g_strdup (user->pw_name);
  self->service_uid = user->pw_uid;
  self->service_gid = user->pw_gid;

  return TRUE;
}

/**
 * plt_demo_box_new:
 * @folder: (nullable): the box's folder; %NULL for platen-demo in the user's runtime folder or,
 *   without one, /tmp/platen-demo-UID
 * @error: return location for an error
 *
 * Nothing is made yet; if the box exists, what it wrote down is read.
 *
 * Returns: (transfer full) (nullable): the box
 */
PltDemoBox *
plt_demo_box_new (const char  *folder,
                  GError     **error)
{
  g_autoptr (PltDemoBox) self = g_new0 (PltDemoBox, 1);

  self->state = g_key_file_new ();
  self->folder = folder != NULL ? g_canonicalize_filename (folder, NULL)
                                : find_default_folder ();
  if (strlen (self->folder) > LONGEST_FOLDER)
    {
      g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_USAGE,
                   _("The folder name “%s” is too long for a socket. Name one of at most %d "
                     "bytes with --folder."), self->folder, LONGEST_FOLDER);
      return NULL;
    }
  if (strpbrk (self->folder, "'\"\\$,\n") != NULL)
    {
      g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_USAGE,
                   _("The folder name “%s” has a quote, a comma, a backslash, a dollar sign or a "
                     "line break in it, which not every server of the office takes. Name another "
                     "with --folder."), self->folder);
      return NULL;
    }
  if (!find_service_user (self, error))
    return NULL;

  g_autofree char *path = plt_demo_box_path (self, "box.ini", NULL);

  g_key_file_load_from_file (self->state, path, G_KEY_FILE_NONE, NULL);

  return g_steal_pointer (&self);
}

void
plt_demo_box_free (PltDemoBox *self)
{
  g_key_file_unref (self->state);
  g_free (self->service_user);
  g_free (self->folder);
  g_free (self);
}

const char *
plt_demo_box_get_folder (PltDemoBox *self)
{
  return self->folder;
}

/* Returns: (transfer full): the path of something in the box. */
char *
plt_demo_box_path (PltDemoBox *self,
                   const char *first,
                   ...)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  va_list more;

  g_ptr_array_add (parts, self->folder);
  va_start (more, first);
  for (const char *part = first; part != NULL; part = va_arg (more, const char *))
    g_ptr_array_add (parts, (gpointer) part);
  va_end (more);
  g_ptr_array_add (parts, NULL);

  return g_build_filenamev ((char **) parts->pdata);
}

gboolean
plt_demo_box_exists (PltDemoBox *self)
{
  g_autofree char *mark = plt_demo_box_path (self, "box.ini", NULL);

  return g_file_test (mark, G_FILE_TEST_IS_REGULAR);
}

/* Sets %PLT_DEMO_ERROR_NO_BOX with the sentence that helps when there is no box. */
gboolean
plt_demo_box_require (PltDemoBox  *self,
                      GError     **error)
{
  if (plt_demo_box_exists (self))
    return TRUE;

  g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_NO_BOX,
               _("There is no office in “%s”. Start one with “platen-demo up”."), self->folder);

  return FALSE;
}

/* A folder in /tmp may have been put there by somebody else, or be a link to elsewhere. */
static gboolean
check_is_ours (PltDemoBox  *self,
               GError     **error)
{
  g_autoptr (GDir) entries = NULL;
  GStatBuf info;

  if (g_lstat (self->folder, &info) == 0 && S_ISDIR (info.st_mode) && info.st_uid == getuid () &&
      (plt_demo_box_exists (self) || ((entries = g_dir_open (self->folder, 0, NULL)) != NULL &&
                                      g_dir_read_name (entries) == NULL)))
    return TRUE;

  g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_FAILED,
               _("The office was not started because “%s” is not an empty folder of yours. "
                 "Remove it or name another one with --folder."), self->folder);

  return FALSE;
}

/* Makes the folder, or takes an empty or an existing one over. As root the service user and the
 * print filters must be able to pass through to their own parts, and nothing more. */
gboolean
plt_demo_box_create (PltDemoBox  *self,
                     GError     **error)
{
  mode_t mode = self->drops_root ? 0711 : 0700;

  if (g_mkdir (self->folder, 0700) != 0 && errno != EEXIST)
    {
      g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_FAILED,
                   _("The office was not started because the folder “%s” cannot be made: %s."),
                   self->folder, g_strerror (errno));
      return FALSE;
    }
  if (!check_is_ours (self, error))
    return FALSE;
  if (g_chmod (self->folder, mode) != 0)
    return plt_demo_error_from_errno (error, self->folder);

  if (plt_demo_box_exists (self))
    return TRUE;

  g_autofree char *id = g_uuid_string_random ();

  return plt_demo_box_set_value (self, "box", "id", id, error);
}

/* Makes a folder in the box unless it is there; @for_service gives it to the service user. */
gboolean
plt_demo_box_make_folder (PltDemoBox  *self,
                          const char  *name,
                          gboolean     for_service,
                          GError     **error)
{
  g_autofree char *path = plt_demo_box_path (self, name, NULL);

  if (g_mkdir (path, 0700) != 0 && errno != EEXIST)
    return plt_demo_error_from_errno (error, path);
  if (for_service && self->drops_root && chown (path, self->service_uid, self->service_gid) != 0)
    return plt_demo_error_from_errno (error, path);

  return TRUE;
}

/* Hands a file that we wrote to the service user. */
gboolean
plt_demo_box_give_to_service (PltDemoBox  *self,
                              const char  *path,
                              GError     **error)
{
  if (!self->drops_root || lchown (path, self->service_uid, self->service_gid) == 0)
    return TRUE;

  return plt_demo_error_from_errno (error, path);
}

/* Writes a file that only the owner of the box can read, whole or not at all. */
gboolean
plt_demo_box_write_secret (PltDemoBox  *self,
                           const char  *path,
                           const char  *text,
                           GError     **error)
{
  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

/* Not through links, and a folder that vanishes in between is as good as removed. */
static void
remove_tree (const char *path)
{
  GStatBuf info;

  if (g_lstat (path, &info) != 0)
    return;
  if (S_ISDIR (info.st_mode))
    {
      g_autoptr (GDir) entries = g_dir_open (path, 0, NULL);

      for (const char *name; entries != NULL && (name = g_dir_read_name (entries)) != NULL;)
        {
          g_autofree char *child = g_build_filename (path, name, NULL);

          remove_tree (child);
        }
    }
  g_remove (path);
}

/* Removes a folder of the box with what is in it, if it is there. */
gboolean
plt_demo_box_remove_folder (PltDemoBox  *self,
                            const char  *name,
                            GError     **error)
{
  g_autofree char *path = plt_demo_box_path (self, name, NULL);

  remove_tree (path);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_FAILED,
               _("“%s” could not be removed. Remove it and try again."), path);

  return FALSE;
}

/* Removes the box with everything in it, and nothing that is not a box. */
gboolean
plt_demo_box_remove (PltDemoBox  *self,
                     GError     **error)
{
  if (!plt_demo_box_require (self, error))
    return FALSE;

  remove_tree (self->folder);
  if (!g_file_test (self->folder, G_FILE_TEST_EXISTS))
    return TRUE;

  g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_FAILED,
               _("Not everything in “%s” could be removed. Remove what is left of it."),
               self->folder);

  return FALSE;
}

const char *
plt_demo_box_get_service_user (PltDemoBox *self)
{
  return self->service_user;
}

/* Whether the caller is root, so that every part has to become the service user. */
gboolean
plt_demo_box_drops_root (PltDemoBox *self)
{
  return self->drops_root;
}

/* For a process of the box that was started by root: after this it cannot go back. */
gboolean
plt_demo_box_become_service (PltDemoBox  *self,
                             GError     **error)
{
  if (!self->drops_root)
    return TRUE;
  if (initgroups (self->service_user, self->service_gid) == 0 &&
      setresgid (self->service_gid, self->service_gid, self->service_gid) == 0 &&
      setresuid (self->service_uid, self->service_uid, self->service_uid) == 0)
    return TRUE;

  return plt_demo_error_from_errno (error, self->service_user);
}

/* Returns: (transfer full) (nullable): what box.ini says. */
char *
plt_demo_box_dup_value (PltDemoBox *self,
                        const char *group,
                        const char *key)
{
  return g_key_file_get_string (self->state, group, key, NULL);
}

/* Returns: what box.ini says, or 0. */
gint64
plt_demo_box_get_number (PltDemoBox *self,
                         const char *group,
                         const char *key)
{
  return g_key_file_get_int64 (self->state, group, key, NULL);
}

/* Writes it down at once, so that a start that is killed can be taken up again. */
gboolean
plt_demo_box_set_value (PltDemoBox  *self,
                        const char  *group,
                        const char  *key,
                        const char  *value,
                        GError     **error)
{
  g_autofree char *path = plt_demo_box_path (self, "box.ini", NULL);
  g_autofree char *text = NULL;

  g_key_file_set_string (self->state, group, key, value);
  text = g_key_file_to_data (self->state, NULL, NULL);

  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0644, error);
}
