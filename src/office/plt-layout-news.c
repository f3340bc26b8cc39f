/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compares the layout files of this computer with what was approved. */
#include "plt-layout-news.h"

#include "plt-layout-shelf.h"
#include "plt-office-error-private.h"
#include "plt-office-private.h"

#include <glib/gi18n-lib.h>

static void
news_free (PltLayoutNews *self)
{
  g_free (self->text);
  g_free (self);
}

PltLayoutHere *
plt_layout_here_new (const char *layout,
                     int         version,
                     const char *digest)
{
  PltLayoutHere *self = g_new0 (PltLayoutHere, 1);

  self->layout = g_strdup (layout);
  self->version = version;
  self->digest = g_strdup (digest);

  return self;
}

void
plt_layout_here_free (PltLayoutHere *self)
{
  g_free (self->layout);
  g_free (self->digest);
  g_free (self);
}

static void
take_news (GPtrArray *news,
           gboolean   stops,
           char      *text)
{
  PltLayoutNews *one = g_new0 (PltLayoutNews, 1);

  one->stops = stops;
  one->text = text;
  g_ptr_array_add (news, one);
}

/* The newest that may be used today, of a layout that a rule names. Of another version or layout: NULL. */
static gboolean
is_drawn (GPtrArray              *versions,
          const PltLayoutVersion *version)
{
  if (!version->usable || !version->ruled)
    return FALSE;
  for (guint i = 0; i < versions->len; i++)
    {
      const PltLayoutVersion *other = versions->pdata[i];

      if (other->usable && other->version > version->version &&
          g_str_equal (other->layout, version->layout))
        return FALSE;
    }

  return TRUE;
}

static const PltLayoutVersion *
find_record (GPtrArray           *versions,
             const PltLayoutHere *here,
             PltLayoutState       state)
{
  for (guint i = 0; i < versions->len; i++)
    {
      const PltLayoutVersion *version = versions->pdata[i];

      if (version->state == state && version->version == here->version &&
          g_str_equal (version->layout, here->layout) &&
          g_strcmp0 (version->digest, here->digest) == 0)
        return version;
    }

  return NULL;
}

/* The newest version of the layout on this computer; @version: that one. NULL: none. */
static const PltLayoutHere *
find_here (GPtrArray  *here,
           const char *layout,
           int         version)
{
  const PltLayoutHere *found = NULL;

  for (guint i = 0; i < here->len; i++)
    {
      const PltLayoutHere *one = here->pdata[i];

      if (g_str_equal (one->layout, layout) && (version == 0 || one->version == version)
          && (found == NULL || one->version > found->version))
        found = one;
    }

  return found;
}

/* Why no card is drawn with it on this computer, which has not the very files that were approved. */
static char *
dup_stop (const char *layout,
          int         version,
          GPtrArray  *here)
{
  const PltLayoutHere *other = find_here (here, layout, 0);

  if (find_here (here, layout, version) != NULL)
    /* Translators: the id of a layout, then the number of its version. Keep “platenctl layout keep”. */
    return g_strdup_printf (_("No card is drawn with layout “%s” on this computer: the files of its version %d are not those that were"
                              " approved, as after an upgrade of Platen or of its fonts. Have these files proposed and approved, or put"
                              " those back that “platenctl layout keep” kept."), layout, version);
  if (other != NULL)
    /* Translators: the id of a layout, the version that is here, the one that was approved. Keep “platenctl layout keep”. */
    return g_strdup_printf (_("No card is drawn with layout “%s” on this computer: it has version %d, and version %d was approved, as after"
                              " an upgrade of Platen. Have the version that is here proposed and approved, or put the other one back that"
                              " “platenctl layout keep” kept."), layout, other->version, version);

  /* Translators: the id of a layout, then the number of its version. Keep “platenctl layout keep”. */
  return g_strdup_printf (_("No card is drawn with layout “%s” on this computer: the files of version %d, which was approved, are not there."
                            " Install them, or put those back that “platenctl layout keep” kept."), layout, version);
}

/* A version that came, and waits for people; NULL where there is none. */
static char *
dup_waiting (GPtrArray              *versions,
             const PltLayoutVersion *drawn,
             const PltLayoutHere    *newest)
{
  if (newest == NULL || newest->version <= drawn->version
      || find_record (versions, newest, PLT_LAYOUT_STATE_APPROVED) != NULL
      || find_record (versions, newest, PLT_LAYOUT_STATE_REFUSED) != NULL
      || find_record (versions, newest, PLT_LAYOUT_STATE_RETIRED) != NULL)
    return NULL;
  if (find_record (versions, newest, PLT_LAYOUT_STATE_PROPOSED) != NULL)
    /* Translators: the number of a version, the id of a layout, the number of another version */
    return g_strdup_printf (_("Cards go on with version %d of layout “%s”: version %d is proposed and waits for another person, who looks at"
                              " its proof sheet and approves it."), drawn->version, drawn->layout, newest->version);

  /* Translators: the number of a version, the id of a layout, the number of another version */
  return g_strdup_printf (_("Cards go on with version %d of layout “%s”: version %d is new on this computer, and is not used before one person"
                            " proposes it and another approves it."), drawn->version, drawn->layout, newest->version);
}

/**
 * plt_layout_news_find:
 * @versions: (element-type PltLayoutVersion): what people decided
 * @here: (element-type PltLayoutHere): what this computer has
 *
 * Returns: (transfer full) (element-type PltLayoutNews): of each layout that cards get by a rule, what is to be told;
 *   empty where everything is as it was approved
 */
GPtrArray *
plt_layout_news_find (GPtrArray *versions,
                      GPtrArray *here)
{
  GPtrArray *news = g_ptr_array_new_with_free_func ((GDestroyNotify) news_free);

  for (guint i = 0; i < versions->len; i++)
    {
      const PltLayoutVersion *drawn = versions->pdata[i];
      const PltLayoutHere *same, *newest;
      char *waiting;

      if (!is_drawn (versions, drawn))
        continue;
      same = find_here (here, drawn->layout, drawn->version);
      newest = find_here (here, drawn->layout, 0);
      if (same == NULL || g_strcmp0 (same->digest, drawn->digest) != 0)
        take_news (news, TRUE, dup_stop (drawn->layout, drawn->version, here));
      else if ((waiting = dup_waiting (versions, drawn, newest)) != NULL)
        take_news (news, FALSE, waiting);
    }

  return news;
}

static GPtrArray *
list_here (PltLayoutShelf *shelf)
{
  GPtrArray *here = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_layout_here_free);

  for (guint i = 0; i < plt_layout_shelf_get_n_items (shelf); i++)
    {
      const PltLayoutShelfItem *item = plt_layout_shelf_get_item (shelf, i);

      if (item->layout != NULL)
        g_ptr_array_add (here, plt_layout_here_new (item->id, item->version,
                                                    plt_layout_get_digest (item->layout)));
    }

  return here;
}

/**
 * plt_layout_news_new_error:
 * @shelf: that has not the very files that were approved
 * @layout: the id of the layout
 * @version: that was approved
 * @fault: (nullable): why the version was not found
 *
 * Returns: (transfer full): why no card is drawn with it on this computer, and what people do about it. A file that has
 *   faults, or fonts that are not installed, is told as it is.
 */
GError *
plt_layout_news_new_error (PltLayoutShelf *shelf,
                           const char     *layout,
                           int             version,
                           const GError   *fault)
{
  g_autoptr (GPtrArray) here = list_here (shelf);
  g_autofree char *text = dup_stop (layout, version, here);

  if (fault != NULL && !g_error_matches (fault, PLT_CARD_ERROR, PLT_CARD_ERROR_NOT_VALID))
    return g_error_copy (fault);

  return plt_office_error_new (PLT_OFFICE_ERROR_SETUP, "LAYOUT", "%s", text);
}

/* What a thread reads. */
typedef struct
{
  char     **folders;
  GPtrArray *versions;
} Reading;

static void
reading_free (Reading *self)
{
  g_strfreev (self->folders);
  g_clear_pointer (&self->versions, g_ptr_array_unref);
  g_free (self);
}

static void
compare_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Reading *reading = task_data;
  g_autoptr (PltLayoutShelf) shelf = plt_layout_shelf_new ((const char * const *) reading->folders);
  g_autoptr (GPtrArray) here = list_here (shelf);

  g_task_return_pointer (task, plt_layout_news_find (reading->versions, here),
                         (GDestroyNotify) g_ptr_array_unref);
}

static void
versions_read_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *json = plt_layout_versions_run_finish (result, &error);

  reading->versions = json != NULL ? plt_layout_versions_parse (json, &error) : NULL;
  if (reading->versions == NULL)
    g_task_return_error (task, error);
  else
    g_task_run_in_thread (task, compare_thread);
}

/**
 * plt_layout_news_read_async:
 * @office: an office in which somebody is signed in
 * @cancellable: (nullable): forgets the answer
 * @callback: when it is known
 * @user_data: for @callback
 *
 * Reads what was approved, and compares it with the files of this computer in a thread.
 */
void
plt_layout_news_read_async (PltOffice           *office,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office));

  GTask *task = g_task_new (office, cancellable, callback, user_data);
  Reading *reading = g_new0 (Reading, 1);

  reading->folders = plt_office_config_dup_layout_folders (plt_office_get_config (office));
  g_task_set_task_data (task, reading, (GDestroyNotify) reading_free);
  plt_layout_versions_run_async (office, PLT_LAYOUTS_VERSIONS, NULL, cancellable, versions_read_cb,
                                 task);
}

/* Returns: (transfer full) (nullable) (element-type PltLayoutNews): as plt_layout_news_find() */
GPtrArray *
plt_layout_news_read_finish (GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
