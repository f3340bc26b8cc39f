/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-key-news.h"

#include <glib/gstdio.h>

#include "plt-office-keys.h"
#include "plt-office-private.h"
#include "plt-press.h"

#define SECONDS_PER_DAY 86400

typedef struct
{
  PltPress *press;
  gboolean stops;
} NewsTask;

static void
news_task_free (NewsTask *self)
{
  plt_press_unref (self->press);
  g_free (self);
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  NewsTask *data = task_data;
  GError *error = NULL;
  g_autoptr (PltKeyRing) ring = plt_press_dup_ring (data->press, &error);

  if (ring != NULL)
    g_task_return_pointer (task,
                           plt_office_keys_find_news (ring, g_get_real_time () / G_USEC_PER_SEC,
                                                      &data->stops), g_free);
  else
    g_task_return_error (task, error);
}

void
plt_key_news_read_async (PltOffice           *office,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office));

  g_autoptr (GTask) task = g_task_new (office, cancellable, callback, user_data);
  NewsTask *data = g_new0 (NewsTask, 1);

  data->press = plt_press_ref (plt_office_get_press (office));
  g_task_set_task_data (task, data, (GDestroyNotify) news_task_free);
  if (plt_session_has_role (plt_office_get_session (office),
                            PLT_ROLE_ADMIN | PLT_ROLE_SUPERVISOR | PLT_ROLE_OPERATOR))
    g_task_run_in_thread (task, read_thread);
  else
    g_task_return_pointer (task, NULL, NULL);
}

char *
plt_key_news_read_finish (GAsyncResult  *result,
                          gboolean      *stops,
                          GError       **error)
{
  char *text = g_task_propagate_pointer (G_TASK (result), error);

  *stops = ((NewsTask *) g_task_get_task_data (G_TASK (result)))->stops;
  return text;
}

/* Each command is a program of its own: what says that somebody was warned today is a file. */
static gboolean
is_first_of_day (gint64 day)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "platen", NULL);
  g_autofree char *path = g_build_filename (folder, "keys-warned", NULL);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT "\n", day);
  g_autofree char *before = NULL;

  if (g_file_get_contents (path, &before, NULL, NULL) && g_str_equal (before, text))
    return FALSE;
  /* Where it cannot be written, each program warns once. */
  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents (path, text, -1, NULL);
  return TRUE;
}

void
plt_key_news_tell (PltKeyRing *ring,
                   gint64      now,
                   gint64     *warned)
{
  gint64 day = now / SECONDS_PER_DAY;
  gboolean stops;
  g_autofree char *text = NULL;

  if (*warned == day)
    return;
  *warned = day;
  text = plt_office_keys_find_news (ring, now, &stops);
  if (text != NULL && is_first_of_day (day))
    g_message ("%s", text);
}
