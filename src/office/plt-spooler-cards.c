/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards on their way: follows this spooler's own, those that others sent, and takes up what was left. */
#include "plt-spooler-private.h"

#include <glib/gi18n-lib.h>

#include "plt-production.h"

/* ---- this spooler's own ---- */

typedef struct
{
  PltSpooler *spooler;
  PltSpoolJob *job;
} FollowCall;

static void
say_doubtful (PltSpooler *self,
              PltCard    *card,
              const char *application)
{
  g_autofree char *question = plt_card_dup_question (card);
  g_autofree char *printer = NULL;

  g_object_get (card, "printer", &printer, NULL);
  self->n_doubtful++;
  plt_spooler_tell (self, "doubtful", application, plt_card_get_number (card), printer,
                    /* Translators: numbers of card and application, then a question as a sentence */
                    _("Nobody can say whether card %s of application %s was printed. %s"), plt_card_get_number (card),
                    application, question != NULL ? question : "");
}

/* Whether it needs no more following. */
static gboolean
note_state (PltSpooler  *self,
            PltSpoolJob *job,
            PltCard     *card)
{
  switch (plt_card_get_state (card))
    {
    case PLT_CARD_STATE_RESERVED:
    case PLT_CARD_STATE_RENDERED:
    case PLT_CARD_STATE_SENT:
    case PLT_CARD_STATE_ON_DEVICE:
      return FALSE;
    case PLT_CARD_STATE_DOUBTFUL:
      say_doubtful (self, card, job->number);
      return TRUE;
    case PLT_CARD_STATE_OUT:
    case PLT_CARD_STATE_CHECKED:
    case PLT_CARD_STATE_ISSUED:
      self->n_out++;
      plt_spooler_tell (self, "out", job->number, job->card, job->printer,
                        /* Translators: numbers of card and application, name of a printer */
                        _("Card %s of application %s is out of printer %s. Read it back."), job->card, job->number,
                        job->printer);
      return TRUE;
    default:
      plt_spooler_tell (self, "ended", job->number, job->card, job->printer,
                        /* Translators: numbers of card and application, state of a card */
                        _("Card %s of application %s: %s"), job->card, job->number,
                        plt_card_state_get_title (plt_card_get_state (card)));
      return TRUE;
    }
}

static void
followed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  FollowCall *call = user_data;
  g_autoptr (PltSpooler) self = call->spooler;
  PltSpoolJob *job = call->job;
  g_autoptr (GError) error = NULL;
  /* What cannot be known now is asked for again. */
  g_autoptr (PltCard) card = plt_production_follow_finish (result, &error);

  g_free (call);
  job->busy = FALSE;
  if (self->office == NULL || card == NULL || job->stage != PLT_SPOOL_STAGE_SENT)
    return;
  if (note_state (self, job, card))
    plt_spooler_end_job (self, job, NULL);
  else
    plt_spooler_take_back_now (self, job);
  plt_spooler_pump (self);
}

void
plt_spooler_follow (PltSpooler *self)
{
  for (guint i = 0; i < self->jobs->len; i++)
    {
      PltSpoolJob *job = g_ptr_array_index (self->jobs, i);
      FollowCall *call;

      if (job->stage != PLT_SPOOL_STAGE_SENT || job->busy)
        continue;
      call = g_new0 (FollowCall, 1);
      call->spooler = g_object_ref (self);
      call->job = job;
      job->busy = TRUE;
      plt_production_follow_async (self->office, job->card, self->cancellable, followed_cb, call);
    }
}

/* ---- what others sent ---- */

typedef struct
{
  PltSpooler *spooler;
  char *number;
} WatchCall;

static void
watched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  WatchCall *call = user_data;
  g_autoptr (PltSpooler) self = call->spooler;
  g_autofree char *number = call->number;
  g_autoptr (GError) error = NULL;
  g_autoptr (PltCard) card = plt_production_follow_finish (result, &error);

  g_free (call);
  g_hash_table_remove (self->watching, number);
  if (card == NULL)
    g_debug ("Card %s: %s", number, error->message);
}

/* Nobody else may be left to do it. */
static void
watch (PltSpooler *self,
       PltCard    *card)
{
  WatchCall *call;

  if (!g_hash_table_add (self->watching, g_strdup (plt_card_get_number (card))))
    return;
  call = g_new0 (WatchCall, 1);
  call->spooler = g_object_ref (self);
  call->number = g_strdup (plt_card_get_number (card));
  plt_production_follow_async (self->office, call->number, self->cancellable, watched_cb, call);
}

/* ---- what was left ---- */

static char *
dup_text (PltCard    *card,
          const char *property)
{
  char *text;

  g_object_get (card, property, &text, NULL);
  return text;
}

/* Its own printer if that can print; else one that can, where it is begun anew. */
static void
take_up (PltSpooler *self,
         PltCard    *card,
         const char *application)
{
  gint64 *later = g_hash_table_lookup (self->retry_at, application);
  g_autofree char *queue = dup_text (card, "printer");
  PltSpoolerPrinter *printer = plt_spooler_find_printer (self, queue);
  PltSpoolJob *job;

  if (!self->running || (later != NULL && *later > g_get_monotonic_time ()))
    return;
  if (printer == NULL || !plt_spooler_printer_is_free (printer))
    printer = plt_spooler_choose_printer (self, NULL);
  if (printer == NULL)
    return;
  job = plt_spooler_add_job (self, plt_card_get_application_id (card), application, printer->destination,
                             PLT_SPOOL_STAGE_FINDING);
  plt_spooler_print (self, job);
}

/* What is under way as this spooler begins. What was sent it follows to its end and tells of. */
static void
say_found (PltSpooler *self,
           PltCard    *card,
           const char *application)
{
  g_autofree char *printer = dup_text (card, "printer");
  g_autofree char *question = plt_card_dup_question (card);
  const char *number = plt_card_get_number (card);
  PltCardState state = plt_card_get_state (card);
  PltSpoolJob *job;

  if (state == PLT_CARD_STATE_DOUBTFUL)
    {
      plt_spooler_tell (self, "asked", application, number, printer,
                        /* Translators: numbers of card and application, then a question as a sentence */
                        _("Card %s of application %s waits for an answer. %s"), number, application,
                        question != NULL ? question : "");
      return;
    }
  plt_spooler_tell (self, "found", application, number, printer,
                    /* Translators: numbers of card and application, state of the card, name of a printer */
                    _("Card %s of application %s is under way (%s, printer %s)."), number, application,
                    plt_card_state_get_title (state), printer);
  if (state != PLT_CARD_STATE_SENT && state != PLT_CARD_STATE_ON_DEVICE)
    return;
  job = plt_spooler_add_job (self, plt_card_get_application_id (card), application, printer, PLT_SPOOL_STAGE_SENT);
  job->card = g_strdup (number);
}

static void
note_card (PltSpooler        *self,
           PltStoreSpoolCard *read)
{
  PltCardState state = plt_card_get_state (read->card);
  g_autofree char *application = dup_text (read->card, "application-number");
  g_autofree char *queue = dup_text (read->card, "printer");
  PltSpoolerPrinter *printer = plt_spooler_find_printer (self, queue);
  int job_id;

  if (!self->started)
    say_found (self, read->card, application);
  if (plt_card_is_frozen (read->card) && plt_spooler_find_job (self, application) != NULL)
    plt_spooler_take_back (self, plt_spooler_find_job (self, application), read->card);
  if (plt_spooler_find_job (self, application) != NULL || state == PLT_CARD_STATE_DOUBTFUL)
    return;
  g_object_get (read->card, "job-id", &job_id, NULL);
  if (job_id > 0 && printer != NULL && state != PLT_CARD_STATE_RENDERED)
    printer->strangers++;
  if ((state == PLT_CARD_STATE_RESERVED || state == PLT_CARD_STATE_RENDERED)
      && !g_hash_table_contains (self->retry_at, application))
    self->n_begun++;
  if (read->left)
    take_up (self, read->card, application);
  else if (job_id > 0)
    watch (self, read->card);
}

static void
cards_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (PltSpooler) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) cards = plt_store_spool_cards_finish (PLT_STORE (source), result, &error);
  GListModel *printers = G_LIST_MODEL (self->printers);

  self->reading = FALSE;
  if (self->office == NULL)
    return;
  if (cards == NULL)
    {
      error = plt_office_take_error (self->office, g_steal_pointer (&error));
      return;
    }
  for (guint i = 0; i < g_list_model_get_n_items (printers); i++)
    {
      g_autoptr (PltSpoolerPrinter) printer = g_list_model_get_item (printers, i);
      printer->strangers = 0;
    }
  self->n_begun = 0;
  for (guint i = 0; i < cards->len; i++)
    note_card (self, g_ptr_array_index (cards, i));
  self->started = TRUE;
  plt_spooler_pump (self);
  if (self->read_again)
    plt_spooler_read_cards (self);
}

void
plt_spooler_read_cards (PltSpooler *self)
{
  self->read_again = self->reading;
  if (self->reading || !plt_spooler_can_work (self))
    return;
  self->reading = TRUE;
  plt_store_spool_cards_async (plt_office_get_store (self->office), self->lease_s, self->cancellable, cards_read_cb,
                               g_object_ref (self));
}
