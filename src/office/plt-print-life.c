/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The database keeps which witness stood in the print server when a card's document left. */
#include "plt-print-life.h"

typedef struct
{
  gint64        card;
  PltPrintKnown known;
} LifeTask;

static GTask *
new_task (PltOffice           *office,
          gint64               card,
          GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             user_data)
{
  GTask *task = g_task_new (office, cancellable, callback, user_data);
  LifeTask *data = g_new0 (LifeTask, 1);

  data->card = card;
  g_task_set_task_data (task, data, g_free);
  return task;
}

/* ---- before it leaves ---- */

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (plt_store_card_step_finish (PLT_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
called_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  LifeTask *data = g_task_get_task_data (task);
  PltOffice *office = g_task_get_source_object (task);
  GError *error = NULL;
  g_autofree char *witness = plt_print_server_call_witness_finish (PLT_PRINT_SERVER (source), result, &error);

  if (witness == NULL)
    g_task_return_error (task, error);
  else
    plt_store_card_sending_async (plt_office_get_store (office), data->card, witness, NULL, kept_cb,
                                  g_steal_pointer (&task));
}

void
plt_print_life_begin_async (PltOffice           *office,
                            gint64               card,
                            const char          *destination,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  plt_print_server_call_witness_async (plt_office_get_print_server (office), destination, NULL, called_cb,
                                       new_task (office, card, NULL, callback, user_data));
}

gboolean
plt_print_life_begin_finish (PltOffice     *office,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, office), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- afterwards ---- */

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  LifeTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  if (plt_print_server_ask_witness_finish (PLT_PRINT_SERVER (source), result, &data->known.life, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  LifeTask *data = g_task_get_task_data (task);
  PltOffice *office = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autofree char *witness = NULL;
  GError *error = NULL;

  if (!plt_store_card_witness_finish (PLT_STORE (source), result, &witness, &data->known.end, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  data->known.left = witness != NULL;
  data->known.life = PLT_PRINT_LIFE_UNKNOWN;
  if (witness == NULL || *witness == '\0')
    g_task_return_boolean (task, TRUE);
  else
    plt_print_server_ask_witness_async (plt_office_get_print_server (office), witness, cancellable, asked_cb,
                                        g_steal_pointer (&task));
}

void
plt_print_life_ask_async (PltOffice           *office,
                          gint64               card,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  plt_store_card_witness_async (plt_office_get_store (office), card, cancellable, read_cb,
                                new_task (office, card, cancellable, callback, user_data));
}

gboolean
plt_print_life_ask_finish (PltOffice     *office,
                           GAsyncResult  *result,
                           PltPrintKnown *known,
                           GError       **error)
{
  LifeTask *data;

  g_return_val_if_fail (g_task_is_valid (result, office), FALSE);
  data = g_task_get_task_data (G_TASK (result));
  *known = data->known;
  return g_task_propagate_boolean (G_TASK (result), error);
}
