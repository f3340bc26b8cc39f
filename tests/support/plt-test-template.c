/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps a folder from one test program for the next, below the build folder. */
#include "plt-test-template.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

struct _PltTestTemplate
{
  char *kept;   /* the folder of all templates, and the name of the lock; NULL: none is kept */
  char *path;
  int   lock;
};

static void
run (const char * const *argv)
{
  g_autofree char *err = NULL;
  g_autoptr (GError) error = NULL;
  int status = 0;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, &err, &status,
                     &error) ||
      !g_spawn_check_wait_status (status, &error))
    g_error ("%s: %s\n%s", argv[0], error->message, err);
}

static void
copy_folder (const char *from,
             const char *to)
{
  run ((const char *[]) { "cp", "-a", "--reflink=auto", from, to, NULL });
}

PltTestTemplate *
plt_test_template_hold (const char *key)
{
  PltTestTemplate *self = g_new0 (PltTestTemplate, 1);
  const char *build = g_getenv ("PLATEN_BUILD_ROOT");

  self->lock = -1;
  if (build == NULL)
    return self;

  g_autofree char *kept = g_build_filename (build, "test-templates", NULL);
  g_autofree char *lock = g_build_filename (kept, "lock", NULL);

  if (g_mkdir_with_parents (kept, 0755) != 0 ||
      (self->lock = g_open (lock, O_RDWR | O_CREAT | O_CLOEXEC, 0644)) < 0)
    {
      g_test_message ("Nothing can be kept in %s.", kept);
      return self;
    }
  while (flock (self->lock, LOCK_EX) != 0)
    ;
  self->path = g_build_filename (kept, key, NULL);
  self->kept = g_steal_pointer (&kept);

  return self;
}

void
plt_test_template_free (PltTestTemplate *self)
{
  /* Closing it gives the lock back. */
  if (self->lock >= 0)
    close (self->lock);
  g_free (self->kept);
  g_free (self->path);
  g_free (self);
}

gboolean
plt_test_template_copy (PltTestTemplate *self,
                        const char      *folder)
{
  if (self->path == NULL || !g_file_test (self->path, G_FILE_TEST_IS_DIR))
    return FALSE;

  copy_folder (self->path, folder);

  return TRUE;
}

/* Those of a former schema, and what somebody began and could not end. */
static void
remove_others (PltTestTemplate *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->kept, 0, NULL);

  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (self->kept, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        g_spawn_sync (NULL, (char *[]) { "rm", "-rf", path, NULL }, NULL, G_SPAWN_SEARCH_PATH, NULL,
                      NULL, NULL, NULL, NULL, NULL);
    }
}

void
plt_test_template_keep (PltTestTemplate *self,
                        const char      *folder)
{
  if (self->path == NULL)
    return;

  /* Of our own: what copied for one that was killed may go on for a moment. */
  g_autofree char *begun = g_strdup_printf ("%s.%d", self->path, getpid ());

  remove_others (self);
  copy_folder (folder, begun);
  /* Complete on the disk before it has the name under which it is looked for. */
  if (syncfs (self->lock) != 0 || g_rename (begun, self->path) != 0)
    g_error ("%s could not be kept.", self->path);
}
