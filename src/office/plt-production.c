/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Card files, and the end that several ways of making a card have in common. */
#include "plt-production-private.h"

#include "plt-office-error-private.h"
#include "plt-press-work.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  char     *application;
  gboolean  is_bled;
} FileWish;

static void
file_wish_free (FileWish *self)
{
  g_free (self->application);
  g_free (self);
}

static void
file_made_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (PltStoreCardFile) file = plt_press_make_file_finish (result, &error);

  if (file == NULL)
    plt_office_fail (g_task_get_source_object (task), task, error);
  else
    g_task_return_pointer (task, g_bytes_ref (file->file), (GDestroyNotify) g_bytes_unref);
}

static void
file_data_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  PltOffice *office = g_task_get_source_object (task);
  GError *error = NULL;
  PltStoreCardData *data = plt_store_card_data_finish (PLT_STORE (source), result, &error);

  if (data == NULL)
    {
      plt_office_fail (office, task, error);
      return;
    }
  data->is_bled = ((FileWish *) g_task_get_task_data (task))->is_bled;
  plt_press_make_file_async (plt_office_get_press (office), data, cancellable, file_made_cb,
                             g_steal_pointer (&task));
}

static void
kept_file_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltOffice *office = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (PltStoreCardFile) kept = plt_store_card_file_finish (PLT_STORE (source), result, &error);

  if (kept == NULL)
    plt_office_fail (office, task, error);
  else
    g_task_return_pointer (task, g_bytes_ref (kept->file), (GDestroyNotify) g_bytes_unref);
}

static void
card_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  PltCard *card = plt_store_get_card_finish (PLT_STORE (source), result, &error);

  if (card != NULL)
    g_task_return_pointer (task, card, g_object_unref);
  else
    plt_office_fail (g_task_get_source_object (task), task, error);
}

void
plt_production_end_with_card (GTask      *task,
                              const char *card_number)
{
  plt_store_get_card_async (plt_office_get_store (g_task_get_source_object (task)), card_number, NULL,
                            card_read_cb, task);
}

/* The card whose file is kept already; the file of a printed card is never made a second time. */
PltCard *
plt_production_find_drawn_card (GPtrArray *cards)
{
  for (guint i = 0; i < cards->len; i++)
    switch (plt_card_get_state (g_ptr_array_index (cards, i)))
      {
      case PLT_CARD_STATE_RESERVED:
      case PLT_CARD_STATE_SPOILED:
      case PLT_CARD_STATE_CANCELLED:
      case PLT_CARD_STATE_RECALLED:
        break;
      default:
        return g_ptr_array_index (cards, i);
      }
  return NULL;
}

static void
file_cards_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltOffice *office = g_task_get_source_object (task);
  FileWish *wish = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) cards = plt_store_list_cards_finish (PLT_STORE (source), result, &error);

  if (cards == NULL)
    {
      plt_office_fail (office, task, error);
      return;
    }
  PltCard *drawn = plt_production_find_drawn_card (cards);
  GCancellable *cancellable = g_task_get_cancellable (task);
  if (drawn != NULL && wish->is_bled)
    g_task_return_error (task, plt_office_error_new (PLT_OFFICE_ERROR_RULE, NULL,
                                                     _("Card %s is drawn already, to be printed without bleed,"
                                                       " and its file is not made a second time. Write it as it"
                                                       " is, without “--bleed”."),
                                                     plt_card_get_number (drawn)));
  else if (drawn != NULL)
    plt_store_card_file_async (PLT_STORE (source), plt_card_get_id (drawn), cancellable, kept_file_cb,
                               g_steal_pointer (&task));
  else
    plt_store_card_data_async (PLT_STORE (source), wish->application, cancellable, file_data_cb,
                               g_steal_pointer (&task));
}

void
plt_production_file_async (PltOffice           *office,
                           const char          *application_number,
                           gboolean             bled,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office));

  GTask *task = g_task_new (office, cancellable, callback, user_data);
  FileWish *wish = g_new0 (FileWish, 1);

  wish->application = g_strdup (application_number);
  wish->is_bled = bled;
  g_task_set_task_data (task, wish, (GDestroyNotify) file_wish_free);
  plt_store_list_application_cards_async (plt_office_get_store (office), application_number,
                                          cancellable, file_cards_cb, task);
}

GBytes *
plt_production_file_finish (GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

char *
plt_production_dup_job_name (PltCard *card)
{
  g_autofree char *key = NULL;

  g_object_get (card, "print-key", &key, NULL);
  return g_strjoin (":", "platen", plt_card_get_number (card), key, NULL);
}

gboolean
plt_production_is_released (PltJobState state)
{
  return state == PLT_JOB_STATE_PENDING || state == PLT_JOB_STATE_PROCESSING
         || state == PLT_JOB_STATE_STOPPED || state == PLT_JOB_STATE_COMPLETED;
}

gboolean
plt_production_is_over (PltJobState state)
{
  return state == PLT_JOB_STATE_UNKNOWN || state >= PLT_JOB_STATE_CANCELED;
}
