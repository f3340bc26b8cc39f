/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes a file without a name (O_TMPFILE) and gives it one when it is on the disk: what is killed before
 * that leaves nothing. On file systems that know no such files, and in the moment in which a file takes the
 * place of another, it has a hidden name beside its place, always the same: what a kill leaves there is
 * cleared by the next one that is written to that place. */
#include "plt-new-file.h"

#include "plt-crash-point.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_TRIES 20

struct _PltNewFile
{
  char *path;
  char *folder;
  char *part;       /* beside its place */
  int fd;
  gboolean is_part; /* it has the name of @part */
};

static const char *
find_cure (int code)
{
  switch (code)
    {
    case ENOSPC:
    case EDQUOT:
      return _("Make room there, or name another place.");
    case EFBIG:
      return _("Files may not be so large there. Name another place, or ask an administrator.");
    case ENOENT:
    case ENOTDIR:
      return _("Make its folder first, or name one that there is.");
    case EACCES:
    case EPERM:
    case EROFS:
      return _("Name a folder in which you may write.");
    case EISDIR:
      return _("Name a file in it.");
    case ENOTSUP:
      return _("That is no plain file. Name another place.");
    case EBUSY:
      return _("Another program is writing it. Wait until that is done.");
    case ENAMETOOLONG:
      return _("Choose a shorter name.");
    default:
      return _("Look after the disk, or name another place.");
    }
}

/**
 * plt_new_file_fail:
 * @code: of errno
 * @error: (out): %G_FILE_ERROR, with what to do
 *
 * Returns: %FALSE
 */
gboolean
plt_new_file_fail (const char  *path,
                   int          code,
                   GError     **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  /* Translators: a file's name, then the system's words for what is wrong, then what to do. */
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), _("“%s” was not written: %s. %s"), shown,
               g_strerror (code), find_cure (code));
  return FALSE;
}

/* A file of that name which nobody holds was left by somebody who was killed. Whoever waits for its lock may
 * get that of a file which has meanwhile been put in its place, or removed. */
static int
open_part (const char *part,
           guint       mode)
{
  for (guint tries = 0; tries < MOST_TRIES; tries++)
    {
      int fd = open (part, O_CREAT | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, mode);
      struct stat held, named;
      int code = 0;

      if (fd < 0)
        return -1;
      if (flock (fd, LOCK_EX | LOCK_NB) != 0)
        code = errno == EWOULDBLOCK ? EBUSY : errno;
      else if (fstat (fd, &held) != 0)
        code = errno;
      else if (stat (part, &named) == 0 && named.st_ino == held.st_ino && named.st_dev == held.st_dev)
        {
          if (ftruncate (fd, 0) == 0 && fchmod (fd, mode) == 0)
            return fd;
          code = errno;
        }
      close (fd);
      if (code != 0)
        {
          errno = code;
          return -1;
        }
    }
  errno = EBUSY;
  return -1;
}

/* A folder, a device or a pipe is no place for a file: nothing takes its place. */
static int
check_place (const char *path)
{
  GStatBuf status;

  if (g_lstat (path, &status) != 0 || S_ISREG (status.st_mode) || S_ISLNK (status.st_mode))
    return 0;
  return S_ISDIR (status.st_mode) ? EISDIR : ENOTSUP;
}

/* Those that know no files without a name say so in one of these words. */
static gboolean
lacks_unnamed (int code)
{
  return code == EOPNOTSUPP || code == EISDIR || code == EINVAL;
}

/**
 * plt_new_file_begin:
 * @path: where it will be
 * @mode: who may read it, as of open()
 * @error: %G_FILE_ERROR
 *
 * Returns: (transfer full) (nullable)
 */
PltNewFile *
plt_new_file_begin (const char  *path,
                    guint        mode,
                    GError     **error)
{
  g_autoptr (PltNewFile) self = g_new0 (PltNewFile, 1);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *hidden = g_strconcat (".", name, ".part", NULL);
  int code;

  self->path = g_strdup (path);
  self->folder = g_path_get_dirname (path);
  self->part = g_build_filename (self->folder, hidden, NULL);
  self->fd = -1;
  code = check_place (path);
  if (code != 0)
    {
      plt_new_file_fail (path, code, error);
      return NULL;
    }
  self->fd = open (self->folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, mode);
  if (self->fd < 0 && lacks_unnamed (errno))
    {
      self->fd = open_part (self->part, mode);
      self->is_part = self->fd >= 0;
    }
  if (self->fd < 0)
    {
      plt_new_file_fail (path, errno, error);
      return NULL;
    }
  plt_crash_point ("file-begun");
  return g_steal_pointer (&self);
}

/* For those who write by themselves. */
int
plt_new_file_get_fd (PltNewFile *self)
{
  return self->fd;
}

gboolean
plt_new_file_write (PltNewFile  *self,
                    const void  *data,
                    gsize        length,
                    GError     **error)
{
  const char *at = data;

  while (length > 0)
    {
      ssize_t n = write (self->fd, at, length);

      if (n < 0 && errno != EINTR)
        return plt_new_file_fail (self->path, errno, error);
      at += MAX (n, 0);
      length -= (gsize) MAX (n, 0);
    }
  return TRUE;
}

/* It is whole and on the disk, but not yet in its place. */
gboolean
plt_new_file_end (PltNewFile  *self,
                  GError     **error)
{
  if (fsync (self->fd) != 0)
    return plt_new_file_fail (self->path, errno, error);
  plt_crash_point ("file-written");
  return TRUE;
}

static int
link_to (PltNewFile *self,
         const char *path)
{
  g_autofree char *unnamed = g_strdup_printf ("/proc/self/fd/%d", self->fd);

  return linkat (AT_FDCWD, unnamed, AT_FDCWD, path, AT_SYMLINK_FOLLOW);
}

/* Nothing can be linked over what is there: for a moment it has a name beside it. Two who write to the same
 * place clear each other's, and try again. */
static gboolean
replace (PltNewFile *self)
{
  for (guint tries = 0; tries < MOST_TRIES; tries++)
    {
      if (!self->is_part)
        {
          g_unlink (self->part);
          if (link_to (self, self->part) != 0)
            {
              if (errno == EEXIST)
                continue;
              return FALSE;
            }
          self->is_part = TRUE;
        }
      plt_crash_point ("file-linked");
      if (g_rename (self->part, self->path) == 0)
        return TRUE;
      if (errno != ENOENT)
        return FALSE;
      self->is_part = FALSE;
    }
  errno = EBUSY;
  return FALSE;
}

/* So that its name is on the disk, too. Not every file system lets a folder be written out, and what is in
 * its place stays there. */
static void
sync_folder (PltNewFile *self)
{
  int fd = open (self->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

/* Puts it in its place, after the end, over what is there. */
gboolean
plt_new_file_keep (PltNewFile  *self,
                   GError     **error)
{
  if (self->is_part || link_to (self, self->path) != 0)
    {
      if (!self->is_part && errno != EEXIST)
        return plt_new_file_fail (self->path, errno, error);
      if (!replace (self))
        return plt_new_file_fail (self->path, errno, error);
    }
  else
    g_unlink (self->part); /* which somebody who was killed may have left */
  self->is_part = FALSE;
  sync_folder (self);
  return TRUE;
}

/* What was not kept is nothing. */
void
plt_new_file_free (PltNewFile *self)
{
  if (self->is_part)
    g_unlink (self->part);
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->path);
  g_free (self->folder);
  g_free (self->part);
  g_free (self);
}

/**
 * plt_new_file_put:
 * @mode: who may read it, as of open()
 * @error: %G_FILE_ERROR
 *
 * All at once: the file is there whole, or what was there before is.
 */
gboolean
plt_new_file_put (const char  *path,
                  guint        mode,
                  const void  *data,
                  gsize        length,
                  GError     **error)
{
  g_autoptr (PltNewFile) file = plt_new_file_begin (path, mode, error);

  return file != NULL && plt_new_file_write (file, data, length, error) &&
         plt_new_file_end (file, error) && plt_new_file_keep (file, error);
}
