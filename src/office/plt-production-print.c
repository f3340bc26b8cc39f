/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints the card of an application at most once, whenever and wherever this program dies.
 *
 * What is about to be done is stored before it is done: the reserved card with its print key, the
 * drawn file, the held job. The document leaves only after the job's id is stored, so:
 *
 *   reserved                  nothing was drawn: draw it
 *   rendered, file to approve the office demands a second person's approval of its file: it waits for that
 *   rendered, no job stored   no document left: take up the empty held job of this name, or make one; if
 *                             its layout may not be used any more, begin anew with that of today
 *   rendered, never leaving   that the document leaves is stored before it does: it never did, and the
 *                             held job is empty or lost. The card is cancelled first and its job after
 *                             it, then a new one is begun.
 *   rendered, job held        the document may be there. While its witness stands in the print server
 *                             (plt-print-witness.h) nothing has printed: the card is doubted, its job is
 *                             cancelled, and where that was never let go the card is cancelled, too, and
 *                             a new one is begun. Without the witness the print server may have printed
 *                             and forgotten: doubtful. In this order no job of a card in flight is ever
 *                             cancelled, so a cancelled job always means that somebody else did it
 *   rendered, job released    it was sent: say so, and leave the rest to plt-production-follow.c
 *   rendered, job gone        it was seen to have ended before it was taken away: it was sent; else nobody
 *                             can say: doubtful, a person answers
 *
 * One connection at a time does this for one application (plt-print-lock.h). When that connection
 * breaks another program may be at it, so that nothing more is begun here. */
#include "plt-print-task.h"

#include <glib/gi18n-lib.h>

#include "plt-print-life.h"
#include "plt-print-lock.h"
#include "plt-store-approvals.h"
#include "plt-store-applications.h"
#include "plt-store-calibrations.h"

void
plt_print_task_free (PltPrintTask *self)
{
  g_free (self->number);
  g_free (self->destination);
  g_free (self->card_number);
  g_clear_object (&self->card);
  g_clear_pointer (&self->gate, plt_print_gate_unref);
  g_clear_pointer (&self->file, plt_store_card_file_free);
  g_clear_pointer (&self->copy, g_bytes_unref);
  g_clear_pointer (&self->job, plt_print_job_free);
  g_clear_pointer (&self->printers, g_ptr_array_unref);
  g_clear_error (&self->failure);
  g_free (self);
}

void
plt_print_end (GTask *task)
{
  PltPrintTask *data = g_task_get_task_data (task);

  if (data->locked)
    plt_print_unlock (g_task_get_source_object (task), data->application, data->number);
  data->locked = FALSE;
}

void
plt_print_fail (GTask  *task,
                GError *error)
{
  plt_print_end (task);
  plt_office_fail (g_task_get_source_object (task), task, error);
}

int
plt_print_get_job_id (PltCard *card)
{
  int job_id;

  g_object_get (card, "job-id", &job_id, NULL);
  return job_id;
}

/* Cancelling the whole is possible until a card is reserved; from then on each step is finished. */
static void
advance_in_database (GTask        *task,
                     PltStore     *store,
                     PltPrintTask *data)
{
  gint64 card = data->card != NULL ? plt_card_get_id (data->card) : 0;
  g_autofree char *key = NULL;

  switch (data->next)
    {
    case PLT_PRINT_NEXT_FIND_APPLICATION:
      plt_store_get_application_async (store, data->number, g_task_get_cancellable (task),
                                       plt_print_application_found_cb, task);
      break;
    case PLT_PRINT_NEXT_FIND_CARD:
      plt_store_list_application_cards_async (store, data->number, g_task_get_cancellable (task),
                                              plt_print_cards_found_cb, task);
      break;
    case PLT_PRINT_NEXT_GIVE_UP_CARD:
      g_clear_pointer (&data->file, plt_store_card_file_free);
      plt_store_card_step_async (store, card, PLT_STORE_CARD_CANCEL,
                                 data->failure != NULL ? data->failure->message
                                                       : PLT_CARD_WHY_INTERRUPTED,
                                 NULL, plt_print_card_given_up_cb, task);
      break;
    case PLT_PRINT_NEXT_RESERVE:
      key = g_uuid_string_random ();
      plt_store_reserve_card_async (store, data->application, key, data->destination, NULL,
                                    plt_print_reserved_cb,
                                    task);
      break;
    case PLT_PRINT_NEXT_READ_CARD:
      plt_store_get_card_async (store, data->card_number, NULL, plt_print_card_read_cb, task);
      break;
    case PLT_PRINT_NEXT_READ_DATA:
      plt_store_card_data_async (store, data->number, NULL, plt_print_data_read_cb, task);
      break;
    case PLT_PRINT_NEXT_KEEP_FILE:
      plt_store_card_rendered_async (store, card, data->file, NULL, plt_print_file_kept_cb, task);
      break;
    case PLT_PRINT_NEXT_LOAD_FILE:
      plt_store_card_file_async (store, card, NULL, plt_print_file_loaded_cb, task);
      break;
    case PLT_PRINT_NEXT_ASK_APPROVAL:
      plt_store_card_may_be_sent_async (store, card, NULL, plt_print_may_be_sent_cb, task);
      break;
    case PLT_PRINT_NEXT_STORE_JOB:
      plt_store_card_sent_async (store, card, data->job->id, data->job->uuid,
                                 data->job->forgotten, NULL, plt_print_job_stored_cb, task);
      break;
    case PLT_PRINT_NEXT_READ_CALIBRATION:
      plt_store_card_calibration_async (store, card, NULL, plt_print_calibration_read_cb, task);
      break;
    case PLT_PRINT_NEXT_SAY_RELEASED:
      plt_store_card_step_async (store, card, PLT_STORE_CARD_RELEASED, NULL, NULL,
                                 plt_print_released_cb, task);
      break;
    case PLT_PRINT_NEXT_SAY_DOUBTFUL:
      plt_store_card_step_async (store, card, PLT_STORE_CARD_DOUBTFUL,
                                 data->doubt != NULL ? data->doubt : PLT_CARD_WHY_JOB_GONE, NULL,
                                 plt_print_doubted_cb, task);
      break;
    case PLT_PRINT_NEXT_DOUBT_FIRST:
      plt_store_card_step_async (store, card, PLT_STORE_CARD_DOUBTFUL, PLT_CARD_WHY_INTERRUPTED, NULL,
                                 plt_print_first_doubted_cb, task);
      break;
    case PLT_PRINT_NEXT_READ_RESULT:
      plt_store_get_card_async (store, data->card_number, NULL, plt_print_result_read_cb, task);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
advance (GTask *task)
{
  PltPrintTask *data = g_task_get_task_data (task);
  PltOffice *office = g_task_get_source_object (task);
  PltPrintServer *server = plt_office_get_print_server (office);
  g_autofree char *job_name = data->card != NULL ? plt_production_dup_job_name (data->card) : NULL;

  switch (data->next)
    {
    case PLT_PRINT_NEXT_LOOK_AT_PRINTER:
      plt_print_server_list_async (server, g_task_get_cancellable (task),
                                   plt_print_printers_listed_cb, task);
      break;
    case PLT_PRINT_NEXT_LOCK:
      plt_print_lock_async (office, data->application, data->number, plt_print_locked_cb, task);
      break;
    case PLT_PRINT_NEXT_FIND_JOB:
      plt_print_server_find_job_async (server, plt_print_get_job_id (data->card), job_name, NULL,
                                       plt_print_job_found_cb, task);
      break;
    case PLT_PRINT_NEXT_ASK_WITNESS:
      plt_print_life_ask_async (office, plt_card_get_id (data->card), NULL, plt_print_witness_asked_cb, task);
      break;
    case PLT_PRINT_NEXT_CALL_WITNESS:
      plt_print_life_begin_async (office, plt_card_get_id (data->card), data->job->printer != NULL ? data->job->printer : data->destination,
                                  plt_print_witness_called_cb, task);
      break;
    case PLT_PRINT_NEXT_CANCEL_HELD:
      plt_print_server_cancel_job_async (server, data->job->id, NULL, plt_print_held_cancelled_cb, task);
      break;
    case PLT_PRINT_NEXT_LOOK_AGAIN:
      plt_print_server_find_job_async (server, data->job->id, job_name, NULL, plt_print_job_looked_at_again_cb, task);
      break;
    case PLT_PRINT_NEXT_FORGET_JOB:
      plt_print_server_forget_job_async (server, data->job->id, job_name, plt_print_job_forgotten_cb, task);
      break;
    case PLT_PRINT_NEXT_WAIT_AT_GATE:
      plt_print_gate_wait_async (data->gate, plt_print_gate_passed_cb, task);
      break;
    case PLT_PRINT_NEXT_CREATE_JOB:
      plt_print_server_create_job_async (server, data->destination, job_name, NULL,
                                         plt_print_job_created_cb, task);
      break;
    case PLT_PRINT_NEXT_SEND:
      plt_print_server_send_async (server, data->destination, data->job->id,
                                   data->copy != NULL ? data->copy : data->file->file, NULL,
                                   plt_print_sent_cb, task);
      break;
    case PLT_PRINT_NEXT_FIND_JOB_AFTER_FAILURE:
      plt_print_server_find_job_async (server, data->job->id, job_name, NULL,
                                       plt_print_job_found_after_failure_cb,
                                       task);
      break;
    default:
      advance_in_database (task, plt_office_get_store (office), data);
    }
}

/* What is found out after the document has left is told in any case: it is true whoever holds the lock. */
static gboolean
has_lost_lock (GTask        *task,
               PltPrintTask *data)
{
  switch (data->next)
    {
    case PLT_PRINT_NEXT_FIND_JOB_AFTER_FAILURE:
    case PLT_PRINT_NEXT_SAY_RELEASED:
    case PLT_PRINT_NEXT_SAY_DOUBTFUL:
    case PLT_PRINT_NEXT_READ_RESULT:
      return FALSE;
    default:
      return data->locked && data->epoch != plt_office_get_epoch (g_task_get_source_object (task));
    }
}

/* Takes @task. */
static void
fail_without_lock (GTask        *task,
                   PltPrintTask *data)
{
  plt_print_fail (task, plt_office_error_new (PLT_OFFICE_ERROR_OFFLINE, NULL,
                                              _("Printing application %s was interrupted, because the connection to"
                                                " the database broke. Nothing more was sent; look at its card again."),
                                              data->number));
  g_object_unref (task);
}

void
plt_print_go_on (GTask        *task,
                 PltPrintNext  next)
{
  PltPrintTask *data = g_task_get_task_data (task);

  data->next = next;
  if (data->next == PLT_PRINT_NEXT_WAIT_AT_GATE && data->gate == NULL)
    data->next = PLT_PRINT_NEXT_CREATE_JOB;
  if (has_lost_lock (task, data))
    fail_without_lock (task, data);
  else
    advance (task);
}

void
plt_print_go_on_after_step (GObject      *store,
                            GAsyncResult *result,
                            GTask        *task,
                            PltPrintNext  next)
{
  g_autoptr (GTask) own = task;
  GError *error = NULL;

  if (plt_store_card_step_finish (PLT_STORE (store), result, &error))
    plt_print_go_on (g_steal_pointer (&own), next);
  else
    plt_print_fail (own, error);
}

void
plt_production_print_async (PltOffice           *office,
                            const char          *application_number,
                            const char          *destination,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  plt_production_print_through_async (office, application_number, destination, NULL, cancellable, callback,
                                      user_data);
}

void
plt_production_print_through_async (PltOffice           *office,
                                    const char          *application_number,
                                    const char          *destination,
                                    PltPrintGate        *gate,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office));
  g_return_if_fail (application_number != NULL && destination != NULL);

  GTask *task = g_task_new (office, cancellable, callback, user_data);
  PltPrintTask *data = g_new0 (PltPrintTask, 1);
  data->number = g_strdup (application_number);
  data->destination = g_strdup (destination);
  data->gate = gate != NULL ? plt_print_gate_ref (gate) : NULL;
  g_task_set_task_data (task, data, (GDestroyNotify) plt_print_task_free);
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
