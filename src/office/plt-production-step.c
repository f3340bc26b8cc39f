/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps that a person answers for: a doubtful card came out, a card is spoiled, given up or
 * handed over. Before a card is given up or spoiled the print system is asked what it has done, so
 * that no card is written off while it is being printed, and its job is taken away afterwards. */
#include "plt-production-private.h"

#include "plt-print-lock.h"
#include "plt-store-cards.h"

typedef struct
{
  char *card_number;
  PltCardStep step;
  char *text;
  PltCard *card;
  char *application_number;
  gboolean locked;
} StepTask;

static const PltStoreCardStep store_steps[] = {
  [PLT_CARD_STEP_CAME_OUT] = PLT_STORE_CARD_CAME_OUT,
  [PLT_CARD_STEP_SPOIL] = PLT_STORE_CARD_SPOIL,
  [PLT_CARD_STEP_CANCEL] = PLT_STORE_CARD_CANCEL,
  [PLT_CARD_STEP_ISSUE] = PLT_STORE_CARD_ISSUE,
};

static void
step_task_free (StepTask *self)
{
  g_free (self->card_number);
  g_free (self->text);
  g_free (self->application_number);
  g_clear_object (&self->card);
  g_free (self);
}

static void
unlock (GTask *task)
{
  StepTask *data = g_task_get_task_data (task);

  if (data->locked)
    plt_print_unlock (g_task_get_source_object (task), plt_card_get_application_id (data->card),
                      data->application_number);
  data->locked = FALSE;
}

static void
fail (GTask  *task,
      GError *error)
{
  unlock (task);
  plt_office_fail (g_task_get_source_object (task), task, error);
}

static gboolean
ends_the_card (PltCardStep step)
{
  return step == PLT_CARD_STEP_SPOIL || step == PLT_CARD_STEP_CANCEL;
}

/* Nobody wants another of a card that was found, either. */
static gboolean
ends_the_job (PltCardStep step)
{
  return ends_the_card (step) || step == PLT_CARD_STEP_CAME_OUT;
}

static void
result_read_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  PltCard *card = plt_store_get_card_finish (PLT_STORE (source), result, &error);

  if (card == NULL)
    {
      fail (task, error);
      return;
    }
  unlock (task);
  g_task_return_pointer (task, card, g_object_unref);
}

static void
read_result (GTask *task)
{
  StepTask *data = g_task_get_task_data (task);

  plt_store_get_card_async (plt_office_get_store (g_task_get_source_object (task)), data->card_number,
                            NULL, result_read_cb, task);
}

static void
job_forgotten_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!plt_print_server_forget_job_finish (PLT_PRINT_SERVER (source), result, &error))
    g_message ("The print job of a card that was answered for was left behind: %s", error->message);
  read_result (user_data);
}

static void
job_found_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  StepTask *data = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (PltPrintJob) job
      = plt_print_server_find_job_finish (PLT_PRINT_SERVER (source), result, &error);
  g_autofree char *name = plt_production_dup_job_name (data->card);

  if (job != NULL && job->state != PLT_JOB_STATE_UNKNOWN)
    plt_print_server_forget_job_async (PLT_PRINT_SERVER (source), job->id, name, job_forgotten_cb,
                                       g_steal_pointer (&task));
  else
    read_result (g_steal_pointer (&task));
}

static void
step_made_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  StepTask *data = g_task_get_task_data (task);
  PltOffice *office = g_task_get_source_object (task);
  GError *error = NULL;
  int job_id;

  if (!plt_store_card_step_finish (PLT_STORE (source), result, &error))
    {
      fail (task, error);
      return;
    }
  g_object_get (data->card, "job-id", &job_id, NULL);
  if (!ends_the_job (data->step) || job_id == 0)
    {
      read_result (g_steal_pointer (&task));
      return;
    }
  g_autofree char *job_name = plt_production_dup_job_name (data->card);
  plt_print_server_find_job_async (plt_office_get_print_server (office), job_id, job_name, NULL,
                                   job_found_cb, g_steal_pointer (&task));
}

static void
make_step (GTask *task)
{
  StepTask *data = g_task_get_task_data (task);
  PltStore *store = plt_office_get_store (g_task_get_source_object (task));
  const char *text = data->text;

  if (data->step == PLT_CARD_STEP_CAME_OUT && text == NULL)
    text = PLT_CARD_WHY_FOUND;
  plt_store_card_step_async (store, plt_card_get_id (data->card), store_steps[data->step], text, NULL,
                             step_made_cb, task);
}

static void
followed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  StepTask *data = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  PltCard *card = plt_production_follow_finish (result, &error);

  if (card != NULL)
    {
      g_object_unref (data->card);
      data->card = card;
    }
  else if (data->step == PLT_CARD_STEP_CANCEL)
    {
      /* Its blank would go back into the safe while the printer may be using it. */
      fail (task, g_steal_pointer (&error));
      return;
    }
  make_step (g_steal_pointer (&task));
}

static void
locked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  StepTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  data->locked = plt_print_lock_finish (PLT_OFFICE (source), result, &error);
  if (!data->locked)
    fail (task, error);
  else
    plt_production_follow_async (PLT_OFFICE (source), data->card_number, NULL, followed_cb,
                                 g_steal_pointer (&task));
}

static void
card_found_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltOffice *office = g_task_get_source_object (task);
  StepTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  data->card = plt_store_get_card_finish (PLT_STORE (source), result, &error);
  if (data->card == NULL)
    {
      fail (task, error);
      return;
    }
  g_object_get (data->card, "application-number", &data->application_number, NULL);
  if (ends_the_card (data->step))
    plt_print_lock_async (office, plt_card_get_application_id (data->card),
                          data->application_number, locked_cb, g_steal_pointer (&task));
  else
    make_step (g_steal_pointer (&task));
}

void
plt_production_step_async (PltOffice           *office,
                           const char          *card_number,
                           PltCardStep          step,
                           const char          *text,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office));
  g_return_if_fail (card_number != NULL);

  GTask *task = g_task_new (office, cancellable, callback, user_data);
  StepTask *data = g_new0 (StepTask, 1);
  data->card_number = g_strdup (card_number);
  data->step = step;
  data->text = g_strdup (text);
  g_task_set_task_data (task, data, (GDestroyNotify) step_task_free);
  plt_store_get_card_async (plt_office_get_store (office), card_number, cancellable, card_found_cb,
                            task);
}

PltCard *
plt_production_step_finish (GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
