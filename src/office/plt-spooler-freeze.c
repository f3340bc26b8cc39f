/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A stop came while a card was under way. What was not sent is given back; what waits in the print system is
 * taken back, the card first and its job after it; what the printer has is followed to its end and stays frozen.
 * What waits for a queue that has stopped is taken back in the same way. */
#include "plt-spooler-private.h"

#include <glib/gi18n-lib.h>

#include "plt-production-private.h"
#include "plt-store-cards.h"

typedef struct
{
  PltSpooler *spooler;
  PltSpoolJob *job;
  PltCard *card;
  int job_id;
  const char *why;
} TakeBack;

static void look_for_job (TakeBack *call, GAsyncReadyCallback callback);

static void
end_take_back (TakeBack *call)
{
  call->job->busy = FALSE;
  plt_spooler_pump (call->spooler);
  g_object_unref (call->spooler);
  g_clear_object (&call->card);
  g_free (call);
}

/* Asked about if this was not told: it is doubtful by then. */
static void
cancelled_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  TakeBack *call = user_data;
  g_autoptr (GError) error = NULL;

  if (!plt_store_card_step_finish (PLT_STORE (source), result, &error))
    g_message ("A card that was taken back is asked about: %s", error->message);
  else if (g_str_equal (call->why, PLT_CARD_WHY_STOPPED))
    plt_spooler_tell (call->spooler, "frozen", call->job->number, call->job->card, call->job->printer,
                      /* Translators: numbers of card and application */
                      _("Card %s of application %s was taken back before the printer had it, because of a stop."),
                      call->job->card, call->job->number);
  else
    plt_spooler_tell (call->spooler, "taken-back", call->job->number, call->job->card, call->job->printer,
                      /* Translators: numbers of card and application, name of a printer */
                      _("Card %s of application %s was taken back, because printer %s was stopped before it had it."),
                      call->job->card, call->job->number, call->job->printer);
  end_take_back (call);
}

/* Else the print server could remember it as waiting. */
static void
forgotten_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  TakeBack *call = user_data;
  g_autoptr (GError) error = NULL;

  if (!plt_print_server_forget_job_finish (PLT_PRINT_SERVER (source), result, &error) || call->spooler->office == NULL)
    end_take_back (call);
  else
    plt_store_card_step_async (plt_office_get_store (call->spooler->office), plt_card_get_id (call->card),
                               PLT_STORE_CARD_CANCEL, call->why, NULL, cancelled_cb, call);
}

/* A job that never went to the printer and is over now never will. */
static void
looked_again_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  TakeBack *call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PltPrintJob) found = plt_print_server_find_job_finish (PLT_PRINT_SERVER (source), result, &error);

  g_autofree char *name = plt_production_dup_job_name (call->card);

  if (found == NULL || found->state != PLT_JOB_STATE_CANCELED || found->begun_at != 0 || call->spooler->office == NULL)
    end_take_back (call);
  else
    plt_print_server_forget_job_async (PLT_PRINT_SERVER (source), found->id, name, forgotten_cb, call);
}

static void
job_cancelled_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!plt_print_server_cancel_job_finish (PLT_PRINT_SERVER (source), result, &error))
    g_message ("The print job of a frozen card was left behind: %s", error->message);
  look_for_job (user_data, looked_again_cb);
}

static void
doubted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  TakeBack *call = user_data;
  g_autoptr (GError) error = NULL;

  if (!plt_store_card_step_finish (PLT_STORE (source), result, &error) || call->spooler->office == NULL)
    end_take_back (call);
  else
    plt_print_server_cancel_job_async (plt_office_get_print_server (call->spooler->office), call->job_id, NULL,
                                       job_cancelled_cb, call);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  TakeBack *call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PltPrintJob) found = plt_print_server_find_job_finish (PLT_PRINT_SERVER (source), result, &error);
  gboolean waits = found != NULL && found->begun_at == 0
                   && (found->state == PLT_JOB_STATE_PENDING || found->state == PLT_JOB_STATE_HELD);

  if (!waits || call->spooler->office == NULL)
    end_take_back (call);
  else
    plt_store_card_step_async (plt_office_get_store (call->spooler->office), plt_card_get_id (call->card),
                               PLT_STORE_CARD_DOUBTFUL, call->why, NULL, doubted_cb, call);
}

static void
look_for_job (TakeBack            *call,
              GAsyncReadyCallback  callback)
{
  g_autofree char *name = plt_production_dup_job_name (call->card);

  plt_print_server_find_job_async (plt_office_get_print_server (call->spooler->office), call->job_id, name, NULL,
                                   callback, call);
}

static TakeBack *
new_take_back (PltSpooler  *self,
               PltSpoolJob *job,
               const char  *why)
{
  TakeBack *call = g_new0 (TakeBack, 1);

  call->spooler = g_object_ref (self);
  call->job = job;
  call->why = why;
  job->busy = TRUE;
  return call;
}

static void
take_back_sent (TakeBack *call,
                PltCard  *card)
{
  call->card = g_object_ref (card);
  g_object_get (card, "job-id", &call->job_id, NULL);
  look_for_job (call, looked_cb);
}

static void
card_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  TakeBack *call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PltCard) card = plt_store_get_card_finish (PLT_STORE (source), result, &error);

  if (card == NULL || plt_card_get_state (card) != PLT_CARD_STATE_SENT || call->spooler->office == NULL)
    end_take_back (call);
  else
    take_back_sent (call, card);
}

void
plt_spooler_take_back_now (PltSpooler  *self,
                           PltSpoolJob *job)
{
  const char *why = job->take_back;

  if (why == NULL || job->busy || job->stage != PLT_SPOOL_STAGE_SENT)
    return;
  job->take_back = NULL;
  plt_store_get_card_async (plt_office_get_store (self->office), job->card, NULL, card_read_cb,
                            new_take_back (self, job, why));
}

void
plt_spooler_take_back_waiting (PltSpooler *self,
                               const char *printer)
{
  for (guint i = 0; i < self->jobs->len; i++)
    {
      PltSpoolJob *job = g_ptr_array_index (self->jobs, i);

      if (job->stage != PLT_SPOOL_STAGE_SENT || !g_str_equal (job->printer, printer))
        continue;
      job->take_back = PLT_CARD_WHY_QUEUE_STOPPED;
      plt_spooler_take_back_now (self, job);
    }
}

void
plt_spooler_take_back (PltSpooler  *self,
                       PltSpoolJob *job,
                       PltCard     *card)
{
  g_autofree char *about = g_strconcat ("frozen ", plt_card_get_number (card), NULL);
  g_autofree char *text = g_strdup_printf (
    /* Translators: numbers of card and application */
    _("Card %s of application %s was frozen by a stop."), plt_card_get_number (card), job->number);

  plt_spooler_tell_once (self, about, "frozen", job->number, plt_card_get_number (card), job->printer, text);
  if (job->stage == PLT_SPOOL_STAGE_DRAWING)
    plt_print_gate_shut (job->gate, plt_office_error_new (PLT_OFFICE_ERROR_RULE, "FROZEN", "%s", text));
  else if (job->stage == PLT_SPOOL_STAGE_SENT && job->busy)
    job->take_back = PLT_CARD_WHY_STOPPED;
  else if (job->stage == PLT_SPOOL_STAGE_SENT)
    take_back_sent (new_take_back (self, job, PLT_CARD_WHY_STOPPED), card);
}
