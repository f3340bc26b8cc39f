/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints the card of an application at most once, whenever and wherever this program dies.
 *
 * What is about to be done is stored before it is done: the reserved card with its print key, the
 * drawn file, the held job. The document leaves only after the job's id is stored, so:
 *
 *   reserved                  nothing was drawn: draw it
 *   rendered, no job stored   no document left: take up the empty held job of this name, or make one
 *   rendered, job held        the document may be there, but nothing has printed: the card is
 *                             cancelled first and its job after it, then a new one is begun. In this
 *                             order no job of a living card is ever cancelled, so a cancelled job
 *                             always means that somebody else did it.
 *   rendered, job released    it was sent: say so, and leave the rest to plt-production-follow.c
 *   rendered, job gone        nobody can say: doubtful, a person answers
 *
 * One connection at a time does this for one application (plt-print-lock.h). */
#include "plt-production-private.h"

#include <glib/gi18n-lib.h>

#include "plt-crash-point.h"
#include "plt-press-work.h"
#include "plt-print-lock.h"
#include "plt-store-applications.h"

/* What comes next. Each callback stores what it learned, names the next one, and calls advance(). */
typedef enum
{
  NEXT_LOOK_AT_PRINTER,
  NEXT_FIND_APPLICATION,
  NEXT_LOCK,
  NEXT_FIND_CARD,
  NEXT_FIND_JOB,
  NEXT_GIVE_UP_CARD,
  NEXT_CANCEL_JOB,
  NEXT_RESERVE,
  NEXT_READ_CARD,
  NEXT_READ_DATA,
  NEXT_KEEP_FILE,
  NEXT_LOAD_FILE,
  NEXT_CREATE_JOB,
  NEXT_STORE_JOB,
  NEXT_SEND,
  NEXT_FIND_JOB_AFTER_FAILURE,
  NEXT_SAY_RELEASED,
  NEXT_SAY_DOUBTFUL,
  NEXT_READ_RESULT,
} Next;

typedef struct
{
  Next next;
  char *number;
  char *destination;
  gint64 application;
  gboolean locked;
  char *card_number;
  PltCard *card;
  PltStoreCardFile *file;
  PltPrintJob *job;
  GError *failure; /* why printing ends after the card has been given up or doubted */
} PrintTask;

static void advance (GTask *task);

static void
print_task_free (PrintTask *self)
{
  g_free (self->number);
  g_free (self->destination);
  g_free (self->card_number);
  g_clear_object (&self->card);
  g_clear_pointer (&self->file, plt_store_card_file_free);
  g_clear_pointer (&self->job, plt_print_job_free);
  g_clear_error (&self->failure);
  g_free (self);
}

static void
unlock (GTask *task)
{
  PrintTask *data = g_task_get_task_data (task);

  if (data->locked)
    plt_print_unlock (g_task_get_source_object (task), data->application, data->number);
  data->locked = FALSE;
}

static void
fail (GTask  *task,
      GError *error)
{
  unlock (task);
  plt_office_fail (g_task_get_source_object (task), task, error);
}

static void
go_on (GTask *task,
       Next   next)
{
  PrintTask *data = g_task_get_task_data (task);

  data->next = next;
  advance (task);
}

static int
get_job_id (PltCard *card)
{
  int job_id;

  g_object_get (card, "job-id", &job_id, NULL);
  return job_id;
}

static gboolean
is_for (PltCard    *card,
        const char *destination)
{
  g_autofree char *printer = NULL;

  g_object_get (card, "printer", &printer, NULL);
  return g_strcmp0 (printer, destination) == 0;
}

static GError *
check_printer (GPtrArray  *printers,
               const char *destination)
{
  for (guint i = 0; i < printers->len; i++)
    {
      PltPrinter *printer = g_ptr_array_index (printers, i);
      g_autofree char *reason = NULL;

      if (g_strcmp0 (plt_printer_get_destination (printer), destination) != 0)
        continue;
      if (plt_printer_is_suitable (printer))
        return NULL;
      g_object_get (printer, "unsuitable-reason", &reason, NULL);
      /* Translators: the name of a printer, then why it cannot be used, as a sentence. */
      return plt_office_error_new (PLT_OFFICE_ERROR_PRINTER, "UNSUITABLE",
                                   _("Nothing was printed, because “%s” is not for cards: %s"), destination,
                                   reason != NULL ? reason : "");
    }
  return plt_office_error_new (PLT_OFFICE_ERROR_PRINTER, "NO_PRINTER",
                               _("Nothing was printed, because there is no printer “%s”. Choose one of the"
                                 " list."), destination);
}

static void
printers_listed_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PrintTask *data = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) printers
      = plt_print_server_list_finish (PLT_PRINT_SERVER (source), result, &error);

  if (printers != NULL)
    error = check_printer (printers, data->destination);
  if (error != NULL)
    fail (task, error);
  else
    go_on (g_steal_pointer (&task), NEXT_FIND_APPLICATION);
}

static void
application_found_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PrintTask *data = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (PltLicenceApplication) application
      = plt_store_get_application_finish (PLT_STORE (source), result, &error);

  if (application == NULL)
    {
      fail (task, error);
      return;
    }
  data->application = plt_licence_application_get_id (application);
  go_on (g_steal_pointer (&task), NEXT_LOCK);
}

static void
locked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PrintTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  data->locked = plt_print_lock_finish (PLT_OFFICE (source), result, &error);
  if (!data->locked)
    fail (task, error);
  else
    go_on (g_steal_pointer (&task), NEXT_FIND_CARD);
}

static PltCard *
find_living_card (GPtrArray *cards)
{
  for (guint i = 0; i < cards->len; i++)
    {
      PltCardState state = plt_card_get_state (g_ptr_array_index (cards, i));
      if (state != PLT_CARD_STATE_SPOILED && state != PLT_CARD_STATE_CANCELLED
          && state != PLT_CARD_STATE_RECALLED)
        return g_ptr_array_index (cards, i);
    }
  return NULL;
}

static GError *
new_in_flight_error (PrintTask *data)
{
  g_autofree char *state = g_strdup (plt_card_state_get_title (plt_card_get_state (data->card)));

  /* Translators: number of an application, number of its card, the card's state. */
  return plt_office_error_new (PLT_OFFICE_ERROR_RULE, "IN_FLIGHT",
                               _("Application %s was not printed again, because its card %s is under way"
                                 " (%s). Finish that card, or spoil it, first."), data->number,
                               plt_card_get_number (data->card), state);
}

static void
take_card (PrintTask *data,
           PltCard   *card)
{
  g_set_object (&data->card, card);
  g_free (data->card_number);
  data->card_number = g_strdup (plt_card_get_number (card));
}

static void
cards_found_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PrintTask *data = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) cards = plt_store_list_cards_finish (PLT_STORE (source), result, &error);

  if (cards == NULL)
    {
      fail (task, error);
      return;
    }
  PltCard *card = find_living_card (cards);
  if (card == NULL)
    {
      go_on (g_steal_pointer (&task), NEXT_RESERVE);
      return;
    }
  take_card (data, card);
  if (plt_card_get_state (card) == PLT_CARD_STATE_RESERVED)
    go_on (g_steal_pointer (&task),
           is_for (card, data->destination) ? NEXT_READ_DATA : NEXT_GIVE_UP_CARD);
  else if (plt_card_get_state (card) == PLT_CARD_STATE_RENDERED)
    go_on (g_steal_pointer (&task), NEXT_FIND_JOB);
  else
    fail (task, new_in_flight_error (data));
}

/* The first comment of this file is this decision. */
static Next
choose_after_crash (PrintTask *data)
{
  PltJobState state = data->job->state;

  if (get_job_id (data->card) == 0)
    {
      if (!is_for (data->card, data->destination))
        return NEXT_GIVE_UP_CARD;
      return NEXT_LOAD_FILE;
    }
  if (state == PLT_JOB_STATE_HELD)
    return NEXT_GIVE_UP_CARD;
  return plt_production_is_released (state) ? NEXT_SAY_RELEASED : NEXT_SAY_DOUBTFUL;
}

static void
job_found_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PrintTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  g_clear_pointer (&data->job, plt_print_job_free);
  data->job = plt_print_server_find_job_finish (PLT_PRINT_SERVER (source), result, &error);
  if (data->job == NULL)
    {
      /* Nothing can be known now. The card keeps what is stored; this is resolved later. */
      fail (task, error);
      return;
    }
  go_on (g_steal_pointer (&task), choose_after_crash (data));
}

static void
card_given_up_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PrintTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  if (!plt_store_card_step_finish (PLT_STORE (source), result, &error))
    fail (task, error);
  else if (data->job != NULL && !plt_production_is_over (data->job->state))
    go_on (g_steal_pointer (&task), NEXT_CANCEL_JOB);
  else if (data->failure != NULL)
    fail (task, g_steal_pointer (&data->failure));
  else
    go_on (g_steal_pointer (&task), NEXT_RESERVE);
}

static void
job_cancelled_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PrintTask *data = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  /* The card is cancelled already, and a held job prints nothing: it may stay behind. */
  if (!plt_print_server_cancel_job_finish (PLT_PRINT_SERVER (source), result, &error))
    g_message ("Held print job %d of a cancelled card was left behind: %s", data->job->id, error->message);
  g_clear_pointer (&data->job, plt_print_job_free);
  if (data->failure != NULL)
    fail (task, g_steal_pointer (&data->failure));
  else
    go_on (g_steal_pointer (&task), NEXT_RESERVE);
}

static void
reserved_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PrintTask *data = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *number = plt_store_reserve_card_finish (PLT_STORE (source), result, &error);

  if (number == NULL)
    {
      fail (task, error);
      return;
    }
  plt_crash_point ("reserved");
  g_free (data->card_number);
  data->card_number = g_steal_pointer (&number);
  go_on (g_steal_pointer (&task), NEXT_READ_CARD);
}

static void
card_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PrintTask *data = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (PltCard) card = plt_store_get_card_finish (PLT_STORE (source), result, &error);

  if (card == NULL)
    {
      fail (task, error);
      return;
    }
  take_card (data, card);
  go_on (g_steal_pointer (&task), NEXT_READ_DATA);
}

static void
drawn_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PrintTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  data->file = plt_press_make_file_finish (result, &error);
  if (data->file != NULL)
    {
      go_on (g_steal_pointer (&task), NEXT_KEEP_FILE);
      return;
    }
  /* It cannot be drawn as it is: the blank goes back, and the reason is told. */
  data->failure = plt_office_take_error (g_task_get_source_object (task), error);
  go_on (g_steal_pointer (&task), NEXT_GIVE_UP_CARD);
}

static void
data_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltOffice *office = g_task_get_source_object (task);
  GError *error = NULL;
  PltStoreCardData *card_data = plt_store_card_data_finish (PLT_STORE (source), result, &error);

  if (card_data == NULL)
    fail (task, error);
  else
    plt_press_make_file_async (plt_office_get_press (office), card_data, NULL, drawn_cb,
                               g_steal_pointer (&task));
}

static void
file_kept_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!plt_store_card_step_finish (PLT_STORE (source), result, &error))
    {
      fail (task, error);
      return;
    }
  plt_crash_point ("rendered");
  go_on (g_steal_pointer (&task), NEXT_CREATE_JOB);
}

static void
file_loaded_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PrintTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  data->file = plt_store_card_file_finish (PLT_STORE (source), result, &error);
  if (data->file == NULL)
    fail (task, error);
  else
    go_on (g_steal_pointer (&task),
           data->job->state == PLT_JOB_STATE_HELD ? NEXT_STORE_JOB : NEXT_CREATE_JOB);
}

static void
job_created_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PrintTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  g_clear_pointer (&data->job, plt_print_job_free);
  data->job = plt_print_server_create_job_finish (PLT_PRINT_SERVER (source), result, &error);
  if (data->job == NULL)
    {
      fail (task, error);
      return;
    }
  plt_crash_point ("created");
  go_on (g_steal_pointer (&task), NEXT_STORE_JOB);
}

static void
job_stored_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!plt_store_card_step_finish (PLT_STORE (source), result, &error))
    {
      fail (task, error);
      return;
    }
  plt_crash_point ("held");
  go_on (g_steal_pointer (&task), NEXT_SEND);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PrintTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  if (plt_print_server_send_finish (PLT_PRINT_SERVER (source), result, &error))
    {
      plt_crash_point ("sent");
      go_on (g_steal_pointer (&task), NEXT_SAY_RELEASED);
      return;
    }
  data->failure = plt_office_error_convert (error);
  go_on (g_steal_pointer (&task), NEXT_FIND_JOB_AFTER_FAILURE);
}

/* The same decision as after a crash, but for a job that this very task made. */
static void
job_found_after_failure_cb (GObject      *source,
                            GAsyncResult *result,
                            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PrintTask *data = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&data->job, plt_print_job_free);
  data->job = plt_print_server_find_job_finish (PLT_PRINT_SERVER (source), result, &error);
  if (data->job == NULL)
    fail (task, g_steal_pointer (&data->failure));
  else if (data->job->state == PLT_JOB_STATE_HELD)
    go_on (g_steal_pointer (&task), NEXT_GIVE_UP_CARD);
  else if (plt_production_is_released (data->job->state))
    go_on (g_steal_pointer (&task), NEXT_SAY_RELEASED);
  else
    go_on (g_steal_pointer (&task), NEXT_SAY_DOUBTFUL);
}

static void
released_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!plt_store_card_step_finish (PLT_STORE (source), result, &error))
    {
      fail (task, error);
      return;
    }
  plt_crash_point ("released");
  go_on (g_steal_pointer (&task), NEXT_READ_RESULT);
}

static void
doubted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PrintTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  if (!plt_store_card_step_finish (PLT_STORE (source), result, &error))
    {
      fail (task, error);
      return;
    }
  fail (task, plt_office_error_new (PLT_OFFICE_ERROR_RULE, "IN_FLIGHT",
                                    _("Nobody can say whether card %s came out, because its print job is gone."
                                      " Look for the card, and answer for it in the print room."),
                                    data->card_number));
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

/* Cancelling the whole is possible until a card is reserved; from then on each step is finished. */
static void
advance_in_database (GTask     *task,
                     PltStore  *store,
                     PrintTask *data)
{
  gint64 card = data->card != NULL ? plt_card_get_id (data->card) : 0;
  g_autofree char *key = NULL;

  switch (data->next)
    {
    case NEXT_FIND_APPLICATION:
      plt_store_get_application_async (store, data->number, g_task_get_cancellable (task),
                                       application_found_cb, task);
      break;
    case NEXT_FIND_CARD:
      plt_store_list_application_cards_async (store, data->number, g_task_get_cancellable (task),
                                              cards_found_cb, task);
      break;
    case NEXT_GIVE_UP_CARD:
      plt_store_card_step_async (store, card, PLT_STORE_CARD_CANCEL,
                                 data->failure != NULL ? data->failure->message
                                                       : _("Printing was interrupted before the card was sent."),
                                 NULL, card_given_up_cb, task);
      break;
    case NEXT_RESERVE:
      key = g_uuid_string_random ();
      plt_store_reserve_card_async (store, data->application, key, data->destination, NULL, reserved_cb,
                                    task);
      break;
    case NEXT_READ_CARD:
      plt_store_get_card_async (store, data->card_number, NULL, card_read_cb, task);
      break;
    case NEXT_READ_DATA:
      plt_store_card_data_async (store, data->number, NULL, data_read_cb, task);
      break;
    case NEXT_KEEP_FILE:
      plt_store_card_rendered_async (store, card, data->file, NULL, file_kept_cb, task);
      break;
    case NEXT_LOAD_FILE:
      plt_store_card_file_async (store, card, NULL, file_loaded_cb, task);
      break;
    case NEXT_STORE_JOB:
      plt_store_card_sent_async (store, card, data->job->id, data->job->uuid, NULL, job_stored_cb, task);
      break;
    case NEXT_SAY_RELEASED:
      plt_store_card_step_async (store, card, PLT_STORE_CARD_RELEASED, NULL, NULL, released_cb, task);
      break;
    case NEXT_SAY_DOUBTFUL:
      plt_store_card_step_async (store, card, PLT_STORE_CARD_DOUBTFUL,
                                 _("The print job is gone, and nobody can say whether the card was printed."),
                                 NULL, doubted_cb, task);
      break;
    case NEXT_READ_RESULT:
      plt_store_get_card_async (store, data->card_number, NULL, result_read_cb, task);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
advance (GTask *task)
{
  PrintTask *data = g_task_get_task_data (task);
  PltOffice *office = g_task_get_source_object (task);
  PltPrintServer *server = plt_office_get_print_server (office);
  g_autofree char *job_name = data->card != NULL ? plt_production_dup_job_name (data->card) : NULL;

  switch (data->next)
    {
    case NEXT_LOOK_AT_PRINTER:
      plt_print_server_list_async (server, g_task_get_cancellable (task), printers_listed_cb, task);
      break;
    case NEXT_LOCK:
      plt_print_lock_async (office, data->application, data->number, g_task_get_cancellable (task),
                            locked_cb, task);
      break;
    case NEXT_FIND_JOB:
      plt_print_server_find_job_async (server, get_job_id (data->card), job_name, NULL, job_found_cb, task);
      break;
    case NEXT_CANCEL_JOB:
      plt_print_server_cancel_job_async (server, data->job->id, NULL, job_cancelled_cb, task);
      break;
    case NEXT_CREATE_JOB:
      plt_print_server_create_job_async (server, data->destination, job_name, NULL, job_created_cb, task);
      break;
    case NEXT_SEND:
      plt_print_server_send_async (server, data->destination, data->job->id, data->file->file, NULL,
                                   sent_cb, task);
      break;
    case NEXT_FIND_JOB_AFTER_FAILURE:
      plt_print_server_find_job_async (server, data->job->id, job_name, NULL, job_found_after_failure_cb,
                                       task);
      break;
    default:
      advance_in_database (task, plt_office_get_store (office), data);
    }
}

void
plt_production_print_async (PltOffice           *office,
                            const char          *application_number,
                            const char          *destination,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office));
  g_return_if_fail (application_number != NULL && destination != NULL);

  GTask *task = g_task_new (office, cancellable, callback, user_data);
  PrintTask *data = g_new0 (PrintTask, 1);
  data->number = g_strdup (application_number);
  data->destination = g_strdup (destination);
  g_task_set_task_data (task, data, (GDestroyNotify) print_task_free);
  /* A card that is sent must be told as sent even if nobody waits for it any more. */
  g_task_set_check_cancellable (task, FALSE);
  advance (task);
}

PltCard *
plt_production_print_finish (GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
