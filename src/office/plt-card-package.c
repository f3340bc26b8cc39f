/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads what is kept of one card, makes its package of it in a worker thread, and writes that. */
#include "plt-card-package.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "plt-office-private.h"
#include "plt-press-package.h"

typedef struct
{
  PltPress *press;
  char *office_code;
  char *path;
  PltStorePackageCard *card;
  PltStoreCardData *data;
} Work;

static void
work_free (Work *self)
{
  plt_press_unref (self->press);
  g_free (self->office_code);
  g_free (self->path);
  g_clear_pointer (&self->card, plt_store_package_card_free);
  g_clear_pointer (&self->data, plt_store_card_data_free);
  g_free (self);
}

void
plt_card_package_free (PltCardPackage *self)
{
  g_free (self->card);
  g_free (self->serial);
  g_free (self->sha256);
  g_strfreev (self->files);
  g_free (self);
}

/* A second chip for a card that somebody has, or one for a card that will never be, is nobody's wish. */
static GError *
check_state (const PltStorePackageCard *card)
{
  switch (card->state)
    {
    case PLT_CARD_STATE_RENDERED:
    case PLT_CARD_STATE_SENT:
    case PLT_CARD_STATE_ON_DEVICE:
    case PLT_CARD_STATE_OUT:
    case PLT_CARD_STATE_DOUBTFUL:
      return NULL;
    default:
      return plt_office_error_new (PLT_OFFICE_ERROR_RULE, "STATE",
                                   _("No package was made of card %s, because it is not being made (%s)."), card->drawn->number,
                                   plt_card_state_get_title (card->state));
    }
}

static char **
list_paths (const PltPackageJob *job)
{
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();

  for (guint i = 0; i < job->files->len; i++)
    g_strv_builder_add (paths, ((const PltPackageFile *) job->files->pdata[i])->path);
  return g_strv_builder_end (paths);
}

static PltCardPackage *
make (Work    *work,
      GError **error)
{
  g_autoptr (PltCardPackage) made = g_new0 (PltCardPackage, 1);
  g_autoptr (PltPackage) package = plt_package_new (work->office_code, NULL, NULL);
  g_autoptr (PltPackageWriter) writer = NULL;
  g_autoptr (GBytes) signature = NULL;
  g_autofree char *manifest = NULL;
  PltPackageJob *job = plt_press_make_package_job (work->press, work->card, work->data, error);

  if (job == NULL)
    return NULL;
  g_ptr_array_add (package->jobs, job);
  package->specimen = plt_press_package_is_specimen (work->card);
  manifest = plt_package_to_json (package);
  signature = plt_press_sign_package (work->press, manifest, error);
  if (signature == NULL)
    return NULL;
  writer = plt_package_writer_new (work->path, manifest, signature, error);
  if (writer == NULL || !plt_package_writer_add (writer, job, error) ||
      !plt_package_writer_end (writer, &made->sha256, error) ||
      !plt_package_writer_keep (writer, error))
    return NULL;
  made->card = g_strdup (job->card);
  made->serial = g_strdup (job->serial);
  made->files = list_paths (job);
  memcpy (made->blanks, job->blanks, sizeof made->blanks);
  return g_steal_pointer (&made);
}

static void
make_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  PltCardPackage *made = make (task_data, &error);

  if (made != NULL)
    g_task_return_pointer (task, made, (GDestroyNotify) plt_card_package_free);
  else
    g_task_return_error (task, plt_office_error_convert (error));
}

static void
data_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;

  work->data = plt_store_card_data_finish (PLT_STORE (source), result, &error);
  if (work->data == NULL)
    plt_office_fail (g_task_get_source_object (task), task, error);
  else
    g_task_run_in_thread (task, make_thread);
}

static void
card_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  work->card = plt_store_package_card_finish (PLT_STORE (source), result, &error);
  if (work->card != NULL)
    error = check_state (work->card);
  if (error != NULL)
    plt_office_fail (g_task_get_source_object (task), task, error);
  else if (plt_press_package_wants_data (work->card))
    plt_store_card_data_async (PLT_STORE (source), work->card->application_number, cancellable, data_cb,
                               g_steal_pointer (&task));
  else
    g_task_run_in_thread (task, make_thread);
}

void
plt_card_package_async (PltOffice           *office,
                        const char          *card_number,
                        const char          *path,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office));
  g_return_if_fail (card_number != NULL && path != NULL);

  GTask *task = g_task_new (office, cancellable, callback, user_data);
  Work *work = g_new0 (Work, 1);

  work->press = plt_press_ref (plt_office_get_press (office));
  work->office_code = g_strdup (plt_session_get_office_code (plt_office_get_session (office)));
  work->path = g_strdup (path);
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  plt_store_package_card_async (plt_office_get_store (office), card_number, cancellable, card_cb, task);
}

PltCardPackage *
plt_card_package_finish (GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
