/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-office-ask.h"

#include "plt-office-private.h"
#include "plt-store-decisions.h"

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *json = plt_store_ask_json_finish (PLT_STORE (source), result, &error);

  if (error == NULL)
    g_task_return_pointer (task, json, g_free);
  else
    plt_office_fail (g_task_get_source_object (task), task, error);
}

/**
 * plt_office_ask_async:
 * @self: an office
 * @ask: what
 * @arguments: as many texts as it has
 * @cancellable: (nullable): cancels the statement in the server
 * @callback: when it has been answered
 * @user_data: for @callback
 */
void
plt_office_ask_async (PltOffice            *self,
                      const PltOfficeAsk   *ask,
                      const char * const   *arguments,
                      GCancellable         *cancellable,
                      GAsyncReadyCallback   callback,
                      gpointer              user_data)
{
  plt_store_ask_json_async (plt_office_get_store (self), ask->statement, arguments, ask->n_arguments,
                            cancellable, answered_cb,
                            g_task_new (self, cancellable, callback, user_data));
}

/**
 * plt_office_ask_finish:
 * @result: what the callback got
 * @error: %PLT_OFFICE_ERROR
 *
 * Returns: (transfer full) (nullable): the JSON text; %NULL without @error where the statement found nothing
 */
char *
plt_office_ask_finish (GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
