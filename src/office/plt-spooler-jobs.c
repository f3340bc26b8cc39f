/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Applications on their way through the spooler: taken under a lease, drawn, let through when their
 * printer is free, and given back when they cannot go on. */
#include "plt-spooler-private.h"

#include <glib/gi18n-lib.h>

#include "plt-production-private.h"
#include "plt-store-cards.h"

/* How soon it is asked again whether something waits that nobody announced, such as the end of a lease. */
#define NOTHING_FOR (3 * G_TIME_SPAN_SECOND)
/* A printer or print server that refused a job is left alone for so long. */
#define REST (10 * G_TIME_SPAN_SECOND)

/* A call about a job. The job stays in the spooler's list at least until it has ended. */
typedef struct
{
  PltSpooler *spooler;
  PltSpoolJob *job;
} JobCall;

static JobCall *
new_call (PltSpooler  *self,
          PltSpoolJob *job)
{
  JobCall *call = g_new0 (JobCall, 1);

  call->spooler = g_object_ref (self);
  call->job = job;
  job->busy = TRUE;
  return call;
}

/* Returns: (transfer full): the spooler */
static PltSpooler *
end_call (JobCall      *call,
          PltSpoolJob **job)
{
  PltSpooler *self = call->spooler;

  *job = call->job;
  call->job->busy = FALSE;
  g_free (call);
  return self;
}

void
plt_spool_job_free (PltSpoolJob *job)
{
  g_free (job->number);
  g_free (job->card);
  g_free (job->printer);
  g_free (job->trouble);
  g_clear_pointer (&job->gate, plt_print_gate_unref);
  g_free (job);
}

PltSpoolJob *
plt_spooler_find_job (PltSpooler *self,
                      const char *application_number)
{
  for (guint i = 0; i < self->jobs->len; i++)
    {
      PltSpoolJob *job = g_ptr_array_index (self->jobs, i);

      if (g_strcmp0 (job->number, application_number) == 0)
        return job;
    }
  return NULL;
}

guint
plt_spooler_count_unsent (PltSpooler *self)
{
  guint n = 0;

  for (guint i = 0; i < self->jobs->len; i++)
    n += ((PltSpoolJob *) g_ptr_array_index (self->jobs, i))->stage != PLT_SPOOL_STAGE_SENT;
  return n;
}

PltSpoolJob *
plt_spooler_add_job (PltSpooler    *self,
                     gint64         application,
                     const char    *number,
                     const char    *printer,
                     PltSpoolStage  stage)
{
  PltSpoolJob *job = g_new0 (PltSpoolJob, 1);

  job->application = application;
  job->number = g_strdup (number);
  job->printer = g_strdup (printer);
  job->stage = stage;
  g_ptr_array_add (self->jobs, job);
  return job;
}

/* ---- the end of a lease ---- */

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  PltSpoolJob *job;
  g_autoptr (PltSpooler) self = end_call (user_data, &job);
  g_autoptr (GError) error = NULL;

  /* Without an answer it is told again: ending twice does nothing. */
  if (plt_store_end_print_order_finish (PLT_STORE (source), result, NULL, &error))
    g_ptr_array_remove (self->jobs, job);
  else if (self->office != NULL)
    error = plt_office_take_error (self->office, g_steal_pointer (&error));
  if (error != NULL && !g_error_matches (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_OFFLINE)
      && !g_error_matches (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_UNKNOWN_FATE)
      && !g_error_matches (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_SESSION))
    g_ptr_array_remove (self->jobs, job);
  plt_spooler_pump (self);
}

static void
tell_end (PltSpooler  *self,
          PltSpoolJob *job)
{
  if (!job->leased)
    {
      g_ptr_array_remove (self->jobs, job);
      plt_spooler_pump (self);
    }
  else if (!job->busy && plt_spooler_can_work (self))
    plt_store_end_print_order_async (plt_office_get_store (self->office), self->id, job->application, job->trouble,
                                     NULL, ended_cb, new_call (self, job));
}

/* @trouble: (nullable): what is wrong with the application; NULL: its lease is given back. */
void
plt_spooler_end_job (PltSpooler  *self,
                     PltSpoolJob *job,
                     const char  *trouble)
{
  job->stage = PLT_SPOOL_STAGE_ENDED;
  g_free (job->trouble);
  job->trouble = g_strdup (trouble);
  tell_end (self, job);
}

void
plt_spooler_end_again (PltSpooler *self)
{
  for (guint i = self->jobs->len; i > 0; i--)
    {
      PltSpoolJob *job = g_ptr_array_index (self->jobs, i - 1);

      if (job->stage == PLT_SPOOL_STAGE_ENDED && !job->busy)
        tell_end (self, job);
    }
}

static void
returned_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (PltSpooler) self = user_data;
  g_autoptr (GError) error = NULL;

  self->n_returning--;
  if (!plt_store_end_print_order_finish (PLT_STORE (source), result, NULL, &error))
    g_info ("A lease was left to end by itself: %s", error->message);
  plt_spooler_update (self);
}

void
plt_spooler_return_leases (PltSpooler *self)
{
  for (guint i = 0; i < self->jobs->len; i++)
    {
      PltSpoolJob *job = g_ptr_array_index (self->jobs, i);

      if (job->stage != PLT_SPOOL_STAGE_SENT || !job->leased)
        continue;
      job->leased = FALSE;
      self->n_returning++;
      plt_store_end_print_order_async (plt_office_get_store (self->office), self->id, job->application, NULL, NULL,
                                       returned_cb, g_object_ref (self));
    }
}

/* ---- printing ---- */

static void
let_rest (PltSpooler   *self,
          PltSpoolJob  *job,
          const GError *error)
{
  PltSpoolerPrinter *printer = plt_spooler_find_printer (self, job->printer);

  if (printer == NULL)
    return;
  printer->rests_until = g_get_monotonic_time () + REST;
  g_free (printer->refusal);
  printer->refusal = g_strdup (error->message);
  printer->usable = FALSE;
  plt_spooler_look (self);
}

/* It is for no fault of the application's that it was not printed. */
static gboolean
is_nobodys_fault (PltSpooler   *self,
                  PltSpoolJob  *job,
                  const GError *error)
{
  const char *rule = plt_office_error_get_rule (error);
  static const char * const others[] = { "IN_FLIGHT", "LEASED", "HELD", "PAUSED", "FROZEN", NULL };

  if (g_error_matches (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_PRINTER) || g_strcmp0 (rule, "NO_STOCK") == 0)
    {
      let_rest (self, job, error);
      return TRUE;
    }
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
         || g_error_matches (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_OFFLINE)
         || g_error_matches (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_UNKNOWN_FATE)
         || g_error_matches (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_SESSION)
         || (rule != NULL && g_strv_contains (others, rule));
}

static void
note_failure (PltSpooler   *self,
              PltSpoolJob  *job,
              const GError *error)
{
  gboolean innocent = is_nobodys_fault (self, job, error);
  g_autofree char *text = NULL;

  if (innocent)
    /* Translators: number of an application, then why, in words of its own */
    text = g_strdup_printf (_("Application %s was given back: %s"), job->number, error->message);
  else
    /* Translators: number of an application, then why, in words of its own */
    text = g_strdup_printf (_("Application %s was not printed: %s"), job->number, error->message);
  /* What seemed left is at work elsewhere: nothing has happened. */
  if (job->leased || g_strcmp0 (plt_office_error_get_rule (error), "IN_FLIGHT") != 0)
    plt_spooler_tell_once (self, job->number, innocent ? "given-back" : "failed", job->number, NULL,
                           job->printer, text);
  if (!innocent)
    self->n_failed++;
  if (!job->leased)
    {
      gint64 *later = g_new (gint64, 1);

      *later = g_get_monotonic_time () + 3 * REST;
      g_hash_table_insert (self->retry_at, g_strdup (job->number), later);
    }
  plt_spooler_end_job (self, job, innocent ? NULL : error->message);
}

static void
note_sent (PltSpooler  *self,
           PltSpoolJob *job,
           PltCard     *card)
{
  PltSpoolerPrinter *printer;

  g_free (job->printer);
  g_object_get (card, "printer", &job->printer, NULL);
  job->card = g_strdup (plt_card_get_number (card));
  job->stage = PLT_SPOOL_STAGE_SENT;
  g_clear_pointer (&job->gate, plt_print_gate_unref);
  g_hash_table_remove (self->told, job->number);
  self->n_sent++;
  printer = plt_spooler_find_printer (self, job->printer);
  if (printer != NULL)
    printer->printed++;
  plt_spooler_tell (self, "sent", job->number, job->card, job->printer,
                    /* Translators: numbers of card and application, name of a printer */
                    _("Card %s of application %s was sent to printer %s."), job->card, job->number, job->printer);
}

static void
printed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  PltSpoolJob *job;
  g_autoptr (PltSpooler) self = end_call (user_data, &job);
  g_autoptr (GError) error = NULL;
  g_autoptr (PltCard) card = plt_production_print_finish (result, &error);

  if (self->office == NULL)
    return;
  if (card != NULL)
    note_sent (self, job, card);
  else
    note_failure (self, job, error);
  plt_spooler_pump (self);
}

/* Draws it, and sends it as soon as its printer is free. */
void
plt_spooler_print (PltSpooler  *self,
                   PltSpoolJob *job)
{
  job->stage = PLT_SPOOL_STAGE_DRAWING;
  job->gate = plt_print_gate_new ();
  plt_production_print_through_async (self->office, job->number, job->printer, job->gate, NULL, printed_cb,
                                      new_call (self, job));
}

/* What was taken first goes first, however long it takes to draw. */
static gboolean
is_next (PltSpooler  *self,
         PltSpoolJob *job)
{
  for (guint i = 0; i < self->jobs->len; i++)
    {
      PltSpoolJob *other = g_ptr_array_index (self->jobs, i);

      if (other->stage == PLT_SPOOL_STAGE_DRAWING && g_str_equal (other->printer, job->printer))
        return other == job;
    }
  return FALSE;
}

/* One card at a time goes to a printer, so that the next can still go elsewhere when it jams. */
void
plt_spooler_open_gates (PltSpooler *self)
{
  for (guint i = 0; i < self->jobs->len; i++)
    {
      PltSpoolJob *job = g_ptr_array_index (self->jobs, i);
      PltSpoolerPrinter *printer = plt_spooler_find_printer (self, job->printer);

      if (job->stage != PLT_SPOOL_STAGE_DRAWING || !plt_print_gate_is_reached (job->gate) || printer == NULL
          || !is_next (self, job) || !plt_spooler_printer_is_free (printer))
        continue;
      job->stage = PLT_SPOOL_STAGE_SENDING;
      plt_spooler_count_in_flight (self);
      plt_print_gate_open (job->gate);
    }
}

/**
 * plt_spooler_give_back:
 * @printer: (nullable): what was to go there; NULL: everything
 * @why: a sentence
 *
 * What has not been let through yet is given back.
 */
void
plt_spooler_give_back (PltSpooler *self,
                       const char *printer,
                       const char *why)
{
  for (guint i = 0; i < self->jobs->len; i++)
    {
      PltSpoolJob *job = g_ptr_array_index (self->jobs, i);

      if (job->stage == PLT_SPOOL_STAGE_DRAWING && (printer == NULL || g_str_equal (job->printer, printer)))
        plt_print_gate_shut (job->gate, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, why));
    }
}

/* ---- taking ---- */

typedef struct
{
  PltSpooler *spooler;
  PltSpoolerPrinter *printer;
  GPtrArray *empty; /* printers for which nothing waits */
} TakeCall;

static void take_for (PltSpooler *self, GPtrArray *empty);

static PltCard *
find_begun_card (GPtrArray *cards)
{
  for (guint i = 0; i < cards->len; i++)
    switch (plt_card_get_state (g_ptr_array_index (cards, i)))
      {
      case PLT_CARD_STATE_RESERVED:
      case PLT_CARD_STATE_RENDERED:
      case PLT_CARD_STATE_SENT:
      case PLT_CARD_STATE_ON_DEVICE:
        return g_ptr_array_index (cards, i);
      default:
        break;
      }
  return NULL;
}

/* What was sent is followed; else printing it anew looks for its job first. */
static void
begun_found_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  PltSpoolJob *job;
  g_autoptr (PltSpooler) self = end_call (user_data, &job);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) cards = plt_store_list_cards_finish (PLT_STORE (source), result, &error);
  PltCard *card = cards != NULL ? find_begun_card (cards) : NULL;

  if (self->office == NULL)
    return;
  if (card == NULL || !self->running)
    {
      plt_spooler_end_job (self, job, NULL);
      return;
    }
  if (plt_card_get_state (card) == PLT_CARD_STATE_SENT || plt_card_get_state (card) == PLT_CARD_STATE_ON_DEVICE)
    {
      job->card = g_strdup (plt_card_get_number (card));
      job->stage = PLT_SPOOL_STAGE_SENT;
    }
  else
    plt_spooler_print (self, job);
  plt_spooler_tell (self, "taken-over", job->number, plt_card_get_number (card), job->printer,
                    /* Translators: numbers of card and application */
                    _("Card %s of application %s was left by another spooler, and is gone on with."),
                    plt_card_get_number (card), job->number);
  plt_spooler_pump (self);
}

static void
begin (PltSpooler         *self,
       PltStorePrintOrder *order,
       PltSpoolerPrinter  *printer)
{
  PltSpoolJob *job = plt_spooler_add_job (self, order->application_id, order->application_number, printer->destination,
                                          PLT_SPOOL_STAGE_FINDING);

  job->leased = TRUE;
  if (!self->running)
    {
      plt_spooler_end_job (self, job, NULL);
      return;
    }
  if (order->card_id > 0)
    {
      plt_store_list_application_cards_async (plt_office_get_store (self->office), job->number, NULL, begun_found_cb,
                                              new_call (self, job));
      return;
    }
  self->n_taken++;
  plt_spooler_print (self, job);
}

static void
taken_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  TakeCall *call = user_data;
  g_autoptr (PltSpooler) self = call->spooler;
  g_autoptr (PltSpoolerPrinter) printer = call->printer;
  g_autoptr (GPtrArray) empty = call->empty;
  g_autoptr (GError) error = NULL;
  g_autoptr (PltStorePrintOrder) order = plt_store_take_print_order_finish (PLT_STORE (source), result, &error);

  g_free (call);
  self->taking = FALSE;
  if (self->office == NULL)
    return;
  if (error != NULL)
    {
      error = plt_office_take_error (self->office, g_steal_pointer (&error));
      plt_spooler_tell_once (self, "take", "error", NULL, NULL, NULL, error->message);
      plt_spooler_update (self);
      return;
    }
  g_hash_table_remove (self->told, "take");
  if (order == NULL)
    g_ptr_array_add (empty, g_object_ref (printer));
  /* Two orders of one application there are not; what is at work here already was leased anew. */
  else if (plt_spooler_find_job (self, order->application_number) == NULL)
    begin (self, order, printer);
  take_for (self, empty);
}

/* Asks for one printer after the other, until none can take more or nothing waits for any. */
static void
take_for (PltSpooler *self,
          GPtrArray  *empty)
{
  gboolean full = self->limit > 0 && self->n_taken >= self->limit;
  PltSpoolerPrinter *printer
      = self->running && !full && plt_spooler_can_work (self) ? plt_spooler_choose_printer (self, empty) : NULL;
  TakeCall *call;

  if (printer == NULL)
    {
      if (empty->len > 0)
        self->nothing_until = g_get_monotonic_time () + NOTHING_FOR;
      plt_spooler_update (self);
      return;
    }
  call = g_new0 (TakeCall, 1);
  call->spooler = g_object_ref (self);
  call->printer = g_object_ref (printer);
  call->empty = g_ptr_array_ref (empty);
  self->taking = TRUE;
  plt_store_take_print_order_async (plt_office_get_store (self->office), self->id,
                                    (const char * const *) printer->places, self->lease_s, NULL, taken_cb, call);
}

void
plt_spooler_take (PltSpooler *self)
{
  g_autoptr (GPtrArray) empty = g_ptr_array_new_with_free_func (g_object_unref);

  if (self->running && !self->taking && !self->server_lost && self->nothing_until <= g_get_monotonic_time ())
    take_for (self, empty);
}

/* ---- leases ---- */

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (PltSpooler) self = user_data;
  g_autoptr (GError) error = NULL;

  /* What is lost of it another spooler has, and the database refuses what both would do. */
  if (plt_store_keep_print_orders_finish (PLT_STORE (source), result, &error) < 0 && self->office != NULL)
    {
      error = plt_office_take_error (self->office, g_steal_pointer (&error));
      g_info ("Leases were not kept: %s", error->message);
    }
}

void
plt_spooler_keep (PltSpooler *self)
{
  if (self->jobs->len > 0 || self->taking)
    plt_store_keep_print_orders_async (plt_office_get_store (self->office), self->id, self->lease_s, NULL, kept_cb,
                                       g_object_ref (self));
}
