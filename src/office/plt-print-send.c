/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Printing a card, second half: draw it, keep the file, make the held job, send the document, and
 * say what became of it. */
#include "plt-print-task.h"

#include <glib/gi18n-lib.h>

#include "plt-crash-point.h"
#include "plt-pg-error.h"
#include "plt-press-work.h"
#include "plt-print-copy.h"
#include "plt-print-life.h"
#include "plt-store-calibrations.h"

static void
drawn_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltPrintTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  data->file = plt_press_make_file_finish (result, &error);
  if (data->file != NULL)
    {
      plt_print_go_on (g_steal_pointer (&task), PLT_PRINT_NEXT_KEEP_FILE);
      return;
    }
  /* It cannot be drawn as it is: the blank goes back, and the reason is told. */
  data->failure = plt_office_take_error (g_task_get_source_object (task), error);
  plt_print_go_on (g_steal_pointer (&task), PLT_PRINT_NEXT_GIVE_UP_CARD);
}

void
plt_print_data_read_cb (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltOffice *office = g_task_get_source_object (task);
  GError *error = NULL;
  PltStoreCardData *card_data = plt_store_card_data_finish (PLT_STORE (source), result, &error);

  if (card_data == NULL)
    plt_print_fail (task, error);
  else
    plt_press_make_file_async (plt_office_get_press (office), card_data, NULL, drawn_cb,
                               g_steal_pointer (&task));
}

void
plt_print_file_kept_cb (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!plt_store_card_step_finish (PLT_STORE (source), result, &error))
    {
      plt_print_fail (task, error);
      return;
    }
  plt_crash_point ("rendered");
  plt_print_go_on (g_steal_pointer (&task), PLT_PRINT_NEXT_ASK_APPROVAL);
}

/* Before there is a job: what waits for a person keeps no place in the print system. */
void
plt_print_may_be_sent_cb (GObject      *source,
                          GAsyncResult *result,
                          gpointer      user_data)
{
  plt_print_go_on_after_step (source, result, user_data, PLT_PRINT_NEXT_WAIT_AT_GATE);
}

/* Nothing has left: a card that is not let through is given back. */
void
plt_print_gate_passed_cb (GObject      *source,
                          GAsyncResult *result,
                          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltPrintTask *data = g_task_get_task_data (task);

  if (plt_print_gate_wait_finish (result, &data->failure))
    plt_print_go_on (g_steal_pointer (&task), PLT_PRINT_NEXT_CREATE_JOB);
  else
    plt_print_go_on (g_steal_pointer (&task), PLT_PRINT_NEXT_GIVE_UP_CARD);
}

void
plt_print_file_loaded_cb (GObject      *source,
                          GAsyncResult *result,
                          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltPrintTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  data->file = plt_store_card_file_finish (PLT_STORE (source), result, &error);
  if (data->file == NULL)
    plt_print_fail (task, error);
  else
    plt_print_go_on (g_steal_pointer (&task),
           data->job->state == PLT_JOB_STATE_HELD ? PLT_PRINT_NEXT_STORE_JOB
             : PLT_PRINT_NEXT_ASK_APPROVAL);
}

void
plt_print_job_created_cb (GObject      *source,
                          GAsyncResult *result,
                          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltPrintTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  g_clear_pointer (&data->job, plt_print_job_free);
  data->job = plt_print_server_create_job_finish (PLT_PRINT_SERVER (source), result, &error);
  if (data->job == NULL)
    {
      plt_print_fail (task, error);
      return;
    }
  plt_crash_point ("created");
  plt_print_go_on (g_steal_pointer (&task), PLT_PRINT_NEXT_STORE_JOB);
}

void
plt_print_job_stored_cb (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!plt_store_card_step_finish (PLT_STORE (source), result, &error))
    {
      /* Nothing has printed. A stop froze it: it is given up, and its holder gets no other. */
      if (g_strcmp0 (plt_pg_error_get_rule (error), "FROZEN") == 0)
        {
          PltPrintTask *data = g_task_get_task_data (task);

          data->failure = plt_office_error_convert (error);
          plt_print_go_on (g_steal_pointer (&task), PLT_PRINT_NEXT_GIVE_UP_CARD);
          return;
        }
      /* Its layout is over since it was drawn: another card is drawn with that of today. */
      if (g_strcmp0 (plt_pg_error_get_rule (error), "LAYOUT") == 0)
        {
          g_error_free (error);
          plt_print_go_on (g_steal_pointer (&task), PLT_PRINT_NEXT_GIVE_UP_CARD);
        }
      else
        plt_print_fail (task, error);
      return;
    }
  plt_crash_point ("held");
  plt_print_go_on (g_steal_pointer (&task), PLT_PRINT_NEXT_READ_CALIBRATION);
}

/* Only what is sent is moved: the card file, its hash and its signature stay. */
void
plt_print_calibration_read_cb (GObject      *source,
                               GAsyncResult *result,
                               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltPrintTask *data = g_task_get_task_data (task);
  PltPrintMeasure measure;
  gboolean found = FALSE;
  GError *error = NULL;

  if (!plt_store_card_calibration_finish (PLT_STORE (source), result, &found, &measure, &error))
    {
      plt_print_fail (task, error);
      return;
    }
  if (found)
    data->copy = plt_print_copy_new (data->file->file, &measure, &error);
  if (found && data->copy == NULL)
    plt_print_fail (task, error);
  else
    plt_print_go_on (g_steal_pointer (&task), PLT_PRINT_NEXT_CALL_WITNESS);
}

/* From here on a card may come of it. */
void
plt_print_witness_called_cb (GObject      *source,
                             GAsyncResult *result,
                             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!plt_print_life_begin_finish (PLT_OFFICE (source), result, &error))
    {
      plt_print_fail (task, error);
      return;
    }
  plt_crash_point ("sending");
  plt_print_go_on (g_steal_pointer (&task), PLT_PRINT_NEXT_SEND);
}

void
plt_print_sent_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltPrintTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  if (plt_print_server_send_finish (PLT_PRINT_SERVER (source), result, &error))
    {
      plt_crash_point ("sent");
      plt_print_go_on (g_steal_pointer (&task), PLT_PRINT_NEXT_SAY_RELEASED);
      return;
    }
  data->failure = plt_office_error_convert (error);
  plt_print_go_on (g_steal_pointer (&task), PLT_PRINT_NEXT_FIND_JOB_AFTER_FAILURE);
}

/* The same decision as after a crash, but for a job that this very task made. */
void
plt_print_job_found_after_failure_cb (GObject      *source,
                                      GAsyncResult *result,
                                      gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltPrintTask *data = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&data->job, plt_print_job_free);
  data->job = plt_print_server_find_job_finish (PLT_PRINT_SERVER (source), result, &error);
  if (data->job == NULL)
    plt_print_fail (task, g_steal_pointer (&data->failure));
  else if (data->job->state == PLT_JOB_STATE_HELD || data->job->state == PLT_JOB_STATE_UNKNOWN)
    plt_print_go_on (g_steal_pointer (&task), PLT_PRINT_NEXT_ASK_WITNESS);
  else if (plt_production_is_released (data->job->state))
    plt_print_go_on (g_steal_pointer (&task), PLT_PRINT_NEXT_SAY_RELEASED);
  else
    plt_print_go_on (g_steal_pointer (&task), PLT_PRINT_NEXT_SAY_DOUBTFUL);
}

void
plt_print_released_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!plt_store_card_step_finish (PLT_STORE (source), result, &error))
    {
      plt_print_fail (task, error);
      return;
    }
  plt_crash_point ("released");
  plt_print_go_on (g_steal_pointer (&task), PLT_PRINT_NEXT_READ_RESULT);
}

void
plt_print_fail_in_doubt (GTask *task)
{
  PltPrintTask *data = g_task_get_task_data (task);

  plt_print_fail (task, plt_office_error_new (PLT_OFFICE_ERROR_RULE, "IN_FLIGHT",
                                    _("Nobody can say whether card %s came out, because its print job is gone."
                                      " Look for the card, and answer for it in the print room."),
                                    data->card_number));
}

void
plt_print_doubted_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!plt_store_card_step_finish (PLT_STORE (source), result, &error))
    {
      plt_print_fail (task, error);
      return;
    }
  plt_print_fail_in_doubt (task);
}

void
plt_print_result_read_cb (GObject      *source,
                          GAsyncResult *result,
                          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  PltCard *card = plt_store_get_card_finish (PLT_STORE (source), result, &error);

  if (card == NULL)
    {
      plt_print_fail (task, error);
      return;
    }
  plt_print_end (task);
  g_task_return_pointer (task, card, g_object_unref);
}
