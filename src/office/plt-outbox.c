/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists the messages to the pre-enrolment service, and decides on those that were set aside. */
#include "plt-outbox.h"

#include "plt-office-private.h"
#include "plt-store-outbox.h"

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) messages = plt_store_list_outbox_finish (PLT_STORE (source), result, &error);
  g_autoptr (GListStore) model = NULL;

  if (messages == NULL)
    {
      plt_office_fail (g_task_get_source_object (task), task, error);
      return;
    }
  model = g_list_store_new (PLT_TYPE_OUTBOX_MESSAGE);
  g_list_store_splice (model, 0, 0, messages->pdata, messages->len);
  g_task_return_pointer (task, g_steal_pointer (&model), g_object_unref);
}

void
plt_outbox_list_async (PltOffice           *office,
                       gboolean             all,
                       const char          *number,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office));

  plt_store_list_outbox_async (plt_office_get_store (office), all, number, cancellable, listed_cb,
                               g_task_new (office, cancellable, callback, user_data));
}

GListModel *
plt_outbox_list_finish (GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
decided_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!plt_store_message_finish (PLT_STORE (source), result, &error))
    plt_office_fail (g_task_get_source_object (task), task, error);
  else
    g_task_return_boolean (task, TRUE);
}

void
plt_outbox_decide_async (PltOffice           *office,
                         gint64               message,
                         PltOutboxDecision    decision,
                         const char          *reason,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office));

  plt_store_decide_message_async (plt_office_get_store (office), message,
                                  decision == PLT_OUTBOX_RETRY ? "retry" : "discard", reason,
                                  cancellable, decided_cb,
                                  g_task_new (office, cancellable, callback, user_data));
}

gboolean
plt_outbox_decide_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
