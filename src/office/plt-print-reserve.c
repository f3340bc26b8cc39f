/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Printing a card, first half: is there such a printer, whose turn is it, does the application
 * have a card already, and how far did that one come. Ends with a reserved card. */
#include "plt-print-task.h"

#include <glib/gi18n-lib.h>

#include "plt-crash-point.h"
#include "plt-print-life.h"
#include "plt-print-lock.h"
#include "plt-store-applications.h"
#include "plt-store-stock.h"

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

static int
weigh_blanks (PltPrinter *printer,
              gpointer    user_data)
{
  return plt_store_blanks_of (user_data, plt_printer_get_destination (printer));
}

/* A class stands for the one of its members that has the least to do and the most blanks; the blank
 * is taken from that, and its name is what is kept. */
static void
blanks_counted_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltPrintTask *data = g_task_get_task_data (task);
  g_autoptr (GPtrArray) printers = g_steal_pointer (&data->printers);
  /* Without the count only what the printers are doing decides. */
  g_autoptr (GHashTable) blanks = plt_store_count_blanks_finish (PLT_STORE (source), result, NULL);
  const char *member = plt_printers_choose_member (printers, data->destination,
                                                   blanks != NULL ? weigh_blanks : NULL, blanks);
  char *chosen = g_strdup (member);

  if (chosen == NULL)
    {
      plt_print_fail (task, plt_office_error_new (PLT_OFFICE_ERROR_PRINTER, "UNSUITABLE",
                                                  _("Nothing was printed, because no printer of the "
                                                    "class “%s” is ready and has blanks. Look at its "
                                                    "printers."), data->destination));
      return;
    }
  g_free (data->destination);
  data->destination = chosen;
  plt_print_go_on (g_steal_pointer (&task), PLT_PRINT_NEXT_FIND_APPLICATION);
}

static gboolean
is_class (GPtrArray  *printers,
          const char *destination)
{
  PltPrinter *printer = plt_printers_find (printers, destination);

  return printer != NULL && plt_printer_get_members (printer) != NULL;
}

void
plt_print_printers_listed_cb (GObject      *source,
                              GAsyncResult *result,
                              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltPrintTask *data = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) printers
      = plt_print_server_list_finish (PLT_PRINT_SERVER (source), result, &error);

  if (printers != NULL)
    error = check_printer (printers, data->destination);
  if (error != NULL)
    plt_print_fail (task, error);
  else if (is_class (printers, data->destination))
    {
      data->printers = g_steal_pointer (&printers);
      plt_store_count_blanks_async (plt_office_get_store (g_task_get_source_object (task)),
                                    g_task_get_cancellable (task), blanks_counted_cb,
                                    g_object_ref (task));
    }
  else
    plt_print_go_on (g_steal_pointer (&task), PLT_PRINT_NEXT_FIND_APPLICATION);
}

void
plt_print_application_found_cb (GObject      *source,
                                GAsyncResult *result,
                                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltPrintTask *data = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (PltLicenceApplication) application
      = plt_store_get_application_finish (PLT_STORE (source), result, &error);

  if (application == NULL)
    {
      plt_print_fail (task, error);
      return;
    }
  data->application = plt_licence_application_get_id (application);
  plt_print_go_on (g_steal_pointer (&task), PLT_PRINT_NEXT_LOCK);
}

void
plt_print_locked_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltPrintTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  data->locked = plt_print_lock_finish (PLT_OFFICE (source), result, &error);
  data->epoch = plt_office_get_epoch (PLT_OFFICE (source));
  if (!data->locked)
    plt_print_fail (task, error);
  else
    plt_print_go_on (g_steal_pointer (&task), PLT_PRINT_NEXT_FIND_CARD);
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
new_in_flight_error (PltPrintTask *data)
{
  g_autofree char *state = g_strdup (plt_card_state_get_title (plt_card_get_state (data->card)));

  /* Translators: number of an application, number of its card, the card's state. */
  return plt_office_error_new (PLT_OFFICE_ERROR_RULE, "IN_FLIGHT",
                               _("Application %s was not printed again, because its card %s is under way"
                                 " (%s). Finish that card, or spoil it, first."), data->number,
                               plt_card_get_number (data->card), state);
}

static void
take_card (PltPrintTask *data,
           PltCard      *card)
{
  g_set_object (&data->card, card);
  g_free (data->card_number);
  data->card_number = g_strdup (plt_card_get_number (card));
}

void
plt_print_cards_found_cb (GObject      *source,
                          GAsyncResult *result,
                          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltPrintTask *data = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) cards = plt_store_list_cards_finish (PLT_STORE (source), result, &error);

  if (cards == NULL)
    {
      plt_print_fail (task, error);
      return;
    }
  PltCard *card = find_living_card (cards);
  if (card == NULL)
    {
      plt_print_go_on (g_steal_pointer (&task), PLT_PRINT_NEXT_RESERVE);
      return;
    }
  take_card (data, card);
  if (plt_card_get_state (card) == PLT_CARD_STATE_RESERVED)
    plt_print_go_on (g_steal_pointer (&task),
           is_for (card, data->destination) ? PLT_PRINT_NEXT_READ_DATA
             : PLT_PRINT_NEXT_GIVE_UP_CARD);
  else if (plt_card_get_state (card) == PLT_CARD_STATE_RENDERED)
    plt_print_go_on (g_steal_pointer (&task), PLT_PRINT_NEXT_FIND_JOB);
  else
    plt_print_fail (task, new_in_flight_error (data));
}

/* The first comment of plt-production-print.c is this decision. */
static PltPrintNext
choose_after_crash (PltPrintTask *data)
{
  if (plt_print_get_job_id (data->card) == 0)
    {
      if (!is_for (data->card, data->destination))
        return PLT_PRINT_NEXT_GIVE_UP_CARD;
      return PLT_PRINT_NEXT_LOAD_FILE;
    }
  return PLT_PRINT_NEXT_ASK_WITNESS;
}

static PltPrintNext
choose_by_witness (PltPrintTask        *data,
                   const PltPrintKnown *known)
{
  PltJobState state = data->job->state;

  /* Seen to have ended, and taken away: what became of the card is told by who follows it. */
  if (state == PLT_JOB_STATE_UNKNOWN && known->end != PLT_STORE_JOB_NOT_SEEN && known->life != PLT_PRINT_LIFE_ANOTHER)
    return PLT_PRINT_NEXT_SAY_RELEASED;
  if (!known->left && (state == PLT_JOB_STATE_HELD || state == PLT_JOB_STATE_UNKNOWN))
    return PLT_PRINT_NEXT_GIVE_UP_CARD;
  if (plt_production_is_released (state))
    return PLT_PRINT_NEXT_SAY_RELEASED;
  if (state != PLT_JOB_STATE_HELD)
    return PLT_PRINT_NEXT_SAY_DOUBTFUL;
  if (known->life == PLT_PRINT_LIFE_SAME)
    return PLT_PRINT_NEXT_DOUBT_FIRST;
  data->doubt = PLT_CARD_WHY_UNHELD;
  return PLT_PRINT_NEXT_SAY_DOUBTFUL;
}

void
plt_print_witness_asked_cb (GObject      *source,
                            GAsyncResult *result,
                            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltPrintKnown known;
  GError *error = NULL;

  if (plt_print_life_ask_finish (PLT_OFFICE (source), result, &known, &error))
    plt_print_go_on (g_steal_pointer (&task), choose_by_witness (g_task_get_task_data (task), &known));
  else
    plt_print_fail (task, error);
}

void
plt_print_first_doubted_cb (GObject      *source,
                            GAsyncResult *result,
                            gpointer      user_data)
{
  plt_print_go_on_after_step (source, result, user_data, PLT_PRINT_NEXT_CANCEL_HELD);
}

void
plt_print_held_cancelled_cb (GObject      *source,
                             GAsyncResult *result,
                             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  /* What has become of it is looked at in any case. */
  if (!plt_print_server_cancel_job_finish (PLT_PRINT_SERVER (source), result, &error))
    g_message ("A held print job was not cancelled: %s", error->message);
  plt_print_go_on (g_steal_pointer (&task), PLT_PRINT_NEXT_LOOK_AGAIN);
}

/* Whoever had it before may have let it go at the last moment. */
void
plt_print_job_looked_at_again_cb (GObject      *source,
                                  GAsyncResult *result,
                                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltPrintTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  g_clear_pointer (&data->job, plt_print_job_free);
  data->job = plt_print_server_find_job_finish (PLT_PRINT_SERVER (source), result, &error);
  if (data->job == NULL)
    plt_print_fail (task, error);
  else if (data->job->state == PLT_JOB_STATE_CANCELED && data->job->begun_at == 0)
    plt_print_go_on (g_steal_pointer (&task), PLT_PRINT_NEXT_GIVE_UP_CARD);
  else
    plt_print_fail_in_doubt (task);
}

void
plt_print_job_found_cb (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltPrintTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  g_clear_pointer (&data->job, plt_print_job_free);
  data->job = plt_print_server_find_job_finish (PLT_PRINT_SERVER (source), result, &error);
  if (data->job == NULL)
    {
      /* Nothing can be known now. The card keeps what is stored; this is resolved later. */
      plt_print_fail (task, error);
      return;
    }
  plt_print_go_on (g_steal_pointer (&task), choose_after_crash (data));
}

void
plt_print_card_given_up_cb (GObject      *source,
                            GAsyncResult *result,
                            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltPrintTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  if (!plt_store_card_step_finish (PLT_STORE (source), result, &error))
    plt_print_fail (task, error);
  else if (data->job != NULL && data->job->state != PLT_JOB_STATE_UNKNOWN)
    plt_print_go_on (g_steal_pointer (&task), PLT_PRINT_NEXT_FORGET_JOB);
  else if (data->failure != NULL)
    plt_print_fail (task, g_steal_pointer (&data->failure));
  else
    plt_print_go_on (g_steal_pointer (&task), PLT_PRINT_NEXT_RESERVE);
}

void
plt_print_job_forgotten_cb (GObject      *source,
                            GAsyncResult *result,
                            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltPrintTask *data = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  /* The card is cancelled already, and a held job prints nothing: it may stay behind. */
  if (!plt_print_server_forget_job_finish (PLT_PRINT_SERVER (source), result, &error))
    g_message ("Held print job %d of a cancelled card was left behind: %s", data->job->id,
               error->message);
  g_clear_pointer (&data->job, plt_print_job_free);
  if (data->failure != NULL)
    plt_print_fail (task, g_steal_pointer (&data->failure));
  else
    plt_print_go_on (g_steal_pointer (&task), PLT_PRINT_NEXT_RESERVE);
}

void
plt_print_reserved_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltPrintTask *data = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *number = plt_store_reserve_card_finish (PLT_STORE (source), result, &error);

  if (number == NULL)
    {
      plt_print_fail (task, error);
      return;
    }
  plt_crash_point ("reserved");
  g_free (data->card_number);
  data->card_number = g_steal_pointer (&number);
  plt_print_go_on (g_steal_pointer (&task), PLT_PRINT_NEXT_READ_CARD);
}

void
plt_print_card_read_cb (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltPrintTask *data = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (PltCard) card = plt_store_get_card_finish (PLT_STORE (source), result, &error);

  if (card == NULL)
    {
      plt_print_fail (task, error);
      return;
    }
  take_card (data, card);
  plt_print_go_on (g_steal_pointer (&task), PLT_PRINT_NEXT_READ_DATA);
}
