/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks at the print system for a card in flight and moves the card on. What the spooler says is
 * only ever "it left the printer"; that the card is there is proved by reading it back. */
#include "plt-production-private.h"

#include "plt-crash-point.h"
#include "plt-print-life.h"
#include "plt-store-cards.h"

typedef struct
{
  char *card_number;
  PltCard *card;
  GArray *steps; /* PltStoreCardStep, still to be made */
  const char *doubt; /* why it is doubtful, if it is */
  PltPrintJob *job;
  gboolean ended; /* the job, and it is kept that it has, and taken away */
  gboolean forget_job; /* of a card that is doubtful by then */
} FollowTask;

static void make_next_step (GTask *task);

static void
follow_task_free (FollowTask *self)
{
  g_free (self->card_number);
  g_clear_object (&self->card);
  g_array_unref (self->steps);
  g_clear_pointer (&self->job, plt_print_job_free);
  g_free (self);
}

static void
add_step (FollowTask       *data,
          PltStoreCardStep  step)
{
  g_array_append_val (data->steps, step);
}

/* Longer than any clock is wrong with which people can sign in. */
#define CLOCKS_DIFFER_S 60

/* A scheduler that ends while it prints prints the same job once more when it begins again (CUPS 2.4, measured). This
 * is how that shows where there is no witness. */
static gboolean
looks_repeated (PltOffice   *office,
                PltCard     *card,
                PltPrintJob *found)
{
  g_autoptr (GDateTime) changed_at = NULL;

  if (plt_print_server_may_have_repeated (plt_office_get_print_server (office), found))
    return TRUE;
  if (plt_card_get_state (card) != PLT_CARD_STATE_ON_DEVICE)
    return FALSE;
  g_object_get (card, "changed-at", &changed_at, NULL);
  return changed_at != NULL && found->begun_at > g_date_time_to_unix (changed_at) + CLOCKS_DIFFER_S;
}

/* It was let go, or it would not be sent: a scheduler that holds it has forgotten so. */
static gboolean
is_held_again (PltCard     *card,
               PltPrintJob *job)
{
  return job->state == PLT_JOB_STATE_HELD
         && (plt_card_get_state (card) == PLT_CARD_STATE_SENT
             || plt_card_get_state (card) == PLT_CARD_STATE_ON_DEVICE);
}

/* Another life is none of the card's, whatever the scheduler says of it now: it may have printed it before, too. What
 * waits there to be printed once more is taken away. */
static gboolean
is_doubtful (FollowTask   *data,
             PltOffice    *office,
             PltPrintLife  life)
{
  PltPrintJob *job = data->job;
  gboolean held_again = is_held_again (data->card, job);

  data->forget_job = held_again || job->state == PLT_JOB_STATE_PENDING || job->state >= PLT_JOB_STATE_CANCELED;
  data->doubt = held_again ? PLT_CARD_WHY_UNHELD : PLT_CARD_WHY_REPEATED;
  if (job->repeated)
    return TRUE;
  if (life == PLT_PRINT_LIFE_UNKNOWN)
    return held_again || looks_repeated (office, data->card, job);
  return life == PLT_PRINT_LIFE_ANOTHER;
}

/* From the card's state and the job's to what has happened since. A job that was cancelled or
 * aborted may have printed all the same: "canceled" does not un-print (measured), and an aborted
 * job may have stopped between the sides. A completed one of which the printer knows nothing was
 * lost with its power. */
static void
choose_steps (FollowTask *data)
{
  PltPrintJob *found = data->job;
  PltJobState job = found->state;
  PltCardState card = plt_card_get_state (data->card);

  if (job == PLT_JOB_STATE_HELD)
    return;
  if (!plt_production_is_released (job))
    {
      add_step (data, PLT_STORE_CARD_DOUBTFUL);
      return;
    }
  /* Frozen on its way: what the printer has is not said to have been sent. */
  if (card == PLT_CARD_STATE_RENDERED && plt_card_is_frozen (data->card))
    {
      add_step (data, PLT_STORE_CARD_DOUBTFUL);
      return;
    }
  if (card == PLT_CARD_STATE_RENDERED)
    add_step (data, PLT_STORE_CARD_RELEASED);
  if (job == PLT_JOB_STATE_COMPLETED)
    add_step (data, found->forgotten ? PLT_STORE_CARD_FORGOTTEN : PLT_STORE_CARD_OUT);
  else if (job != PLT_JOB_STATE_PENDING && card != PLT_CARD_STATE_ON_DEVICE)
    add_step (data, PLT_STORE_CARD_ON_DEVICE);
}

static void
step_made_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  /* Another desk that follows the same card may have been faster: then the rule about states says
   * no, and what the card is now is read in any case. */
  if (!plt_store_card_step_finish (PLT_STORE (source), result, &error)
      && g_strcmp0 (plt_pg_error_get_rule (error), "STATE") != 0)
    {
      plt_office_fail (g_task_get_source_object (task), task, g_steal_pointer (&error));
      return;
    }
  make_next_step (g_steal_pointer (&task));
}

static void
job_forgotten_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!plt_print_server_forget_job_finish (PLT_PRINT_SERVER (source), result, &error))
    g_message ("The print job of a doubtful card was left behind: %s", error->message);
  make_next_step (user_data);
}

static void
forget_job (GTask               *task,
            GAsyncReadyCallback  callback)
{
  FollowTask *data = g_task_get_task_data (task);
  g_autofree char *name = plt_production_dup_job_name (data->card);

  plt_print_server_forget_job_async (plt_office_get_print_server (g_task_get_source_object (task)), data->job->id,
                                     name, callback, task);
}

/* A print server that refuses may print it once more after a crash: that is told while one card is there. */
static void
ended_job_forgotten_cb (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  FollowTask *data = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  data->ended = TRUE;
  plt_crash_point ("taken-away");
  if (!plt_print_server_forget_job_finish (PLT_PRINT_SERVER (source), result, &error))
    {
      if (!g_error_matches (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_REJECTED)
          && !g_error_matches (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_DENIED))
        {
          plt_office_fail (g_task_get_source_object (task), task, g_steal_pointer (&error));
          return;
        }
      data->doubt = PLT_CARD_WHY_KEPT;
      g_array_set_size (data->steps, 0);
      add_step (data, PLT_STORE_CARD_DOUBTFUL);
    }
  make_next_step (g_steal_pointer (&task));
}

static void
end_kept_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  /* STATE: another desk was faster, as in step_made_cb(). */
  if (!plt_store_card_step_finish (PLT_STORE (source), result, &error)
      && g_strcmp0 (plt_pg_error_get_rule (error), "STATE") != 0)
    {
      plt_office_fail (g_task_get_source_object (task), task, error);
      return;
    }
  g_clear_error (&error);
  plt_crash_point ("ended");
  forget_job (g_steal_pointer (&task), ended_job_forgotten_cb);
}

static void
make_next_step (GTask *task)
{
  FollowTask *data = g_task_get_task_data (task);
  PltOffice *office = g_task_get_source_object (task);
  PltStore *store = plt_office_get_store (office);

  if (data->steps->len == 0 && data->forget_job)
    {
      data->forget_job = FALSE;
      forget_job (task, job_forgotten_cb);
      return;
    }
  if (data->steps->len == 0)
    {
      plt_production_end_with_card (task, data->card_number);
      return;
    }
  PltStoreCardStep step = g_array_index (data->steps, PltStoreCardStep, 0);
  if ((step == PLT_STORE_CARD_OUT || step == PLT_STORE_CARD_FORGOTTEN) && !data->ended)
    {
      plt_store_card_job_ended_async (store, plt_card_get_id (data->card), step == PLT_STORE_CARD_FORGOTTEN,
                                      end_kept_cb, task);
      return;
    }
  g_array_remove_index (data->steps, 0);
  plt_store_card_step_async (store, plt_card_get_id (data->card), step,
                             step == PLT_STORE_CARD_DOUBTFUL ? data->doubt : NULL, NULL,
                             step_made_cb, task);
}

/* Its job is gone. Where it was seen to have ended, that is why. */
static void
choose_by_end (FollowTask          *data,
               const PltPrintKnown *known)
{
  gboolean rendered = plt_card_get_state (data->card) == PLT_CARD_STATE_RENDERED;

  data->doubt = known->life == PLT_PRINT_LIFE_ANOTHER ? PLT_CARD_WHY_UNHELD : PLT_CARD_WHY_JOB_GONE;
  if (known->end == PLT_STORE_JOB_NOT_SEEN || known->life == PLT_PRINT_LIFE_ANOTHER
      || (rendered && plt_card_is_frozen (data->card)))
    return;
  data->ended = TRUE;
  g_array_set_size (data->steps, 0);
  if (rendered)
    add_step (data, PLT_STORE_CARD_RELEASED);
  add_step (data, known->end == PLT_STORE_JOB_OUT ? PLT_STORE_CARD_OUT : PLT_STORE_CARD_FORGOTTEN);
}

static void
life_known_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  FollowTask *data = g_task_get_task_data (task);
  PltPrintKnown known;
  GError *error = NULL;

  if (!plt_print_life_ask_finish (PLT_OFFICE (source), result, &known, &error))
    {
      plt_office_fail (PLT_OFFICE (source), task, error);
      return;
    }
  if (data->job->state == PLT_JOB_STATE_UNKNOWN)
    choose_by_end (data, &known);
  else if (is_doubtful (data, PLT_OFFICE (source), known.life))
    {
      g_array_set_size (data->steps, 0);
      add_step (data, PLT_STORE_CARD_DOUBTFUL);
    }
  else
    {
      data->forget_job = FALSE;
      data->doubt = PLT_CARD_WHY_NOT_KNOWN;
    }
  if (data->steps->len > 0)
    make_next_step (g_steal_pointer (&task));
  else
    g_task_return_pointer (task, g_object_ref (data->card), g_object_unref);
}

static void
job_found_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  FollowTask *data = g_task_get_task_data (task);
  GError *error = NULL;
  PltOffice *office = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  data->job = plt_print_server_find_job_finish (PLT_PRINT_SERVER (source), result, &error);
  if (data->job == NULL)
    {
      plt_office_fail (office, task, error);
      return;
    }
  choose_steps (data);
  /* Cancelled or aborted, it may be remembered as waiting. */
  data->forget_job = data->job->state == PLT_JOB_STATE_CANCELED || data->job->state == PLT_JOB_STATE_ABORTED;
  if (plt_production_is_released (data->job->state) || data->job->state == PLT_JOB_STATE_UNKNOWN
      || is_held_again (data->card, data->job))
    plt_print_life_ask_async (office, plt_card_get_id (data->card), cancellable, life_known_cb, g_steal_pointer (&task));
  else if (data->steps->len > 0)
    make_next_step (g_steal_pointer (&task));
  else
    g_task_return_pointer (task, g_object_ref (data->card), g_object_unref);
}

static gboolean
is_in_flight (PltCard *card,
              int      job_id)
{
  switch (plt_card_get_state (card))
    {
    case PLT_CARD_STATE_RENDERED:
      /* Without a stored job no document has left: printing again takes it up. */
    case PLT_CARD_STATE_SENT:
      /* Without one it is a bureau that makes the card. */
    case PLT_CARD_STATE_ON_DEVICE:
      return job_id > 0;
    default:
      return FALSE;
    }
}

static void
card_found_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  PltOffice *office = g_task_get_source_object (task);
  FollowTask *data = g_task_get_task_data (task);
  GError *error = NULL;
  int job_id;

  data->card = plt_store_get_card_finish (PLT_STORE (source), result, &error);
  if (data->card == NULL)
    {
      plt_office_fail (office, task, error);
      return;
    }
  g_object_get (data->card, "job-id", &job_id, NULL);
  if (!is_in_flight (data->card, job_id))
    {
      g_task_return_pointer (task, g_object_ref (data->card), g_object_unref);
      return;
    }
  g_autofree char *job_name = plt_production_dup_job_name (data->card);
  plt_print_server_find_job_async (plt_office_get_print_server (office), job_id, job_name,
                                   cancellable, job_found_cb,
                                   g_steal_pointer (&task));
}

void
plt_production_follow_async (PltOffice           *office,
                             const char          *card_number,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office));
  g_return_if_fail (card_number != NULL);

  GTask *task = g_task_new (office, cancellable, callback, user_data);
  FollowTask *data = g_new0 (FollowTask, 1);
  data->card_number = g_strdup (card_number);
  data->doubt = PLT_CARD_WHY_NOT_KNOWN;
  data->steps = g_array_new (FALSE, FALSE, sizeof (PltStoreCardStep));
  g_task_set_task_data (task, data, (GDestroyNotify) follow_task_free);
  plt_store_get_card_async (plt_office_get_store (office), card_number, cancellable, card_found_cb,
                            task);
}

PltCard *
plt_production_follow_finish (GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
