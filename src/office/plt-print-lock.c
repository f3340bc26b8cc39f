/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One application is printed by one task of one program at a time. */
#include "plt-print-lock.h"

#include <glib/gi18n-lib.h>

#include "plt-store-cards.h"

static GError *
new_busy_error (const char *application_number)
{
  return plt_office_error_new (PLT_OFFICE_ERROR_RULE, "IN_FLIGHT",
                               _("Nothing was done, because the card of application %s is being printed or"
                                 " changed right now, here or at another desk. Look at it again in a"
                                 " moment."), application_number);
}

static void
locked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltOffice *office = g_task_get_source_object (task);
  const char *number = g_task_get_task_data (task);
  gboolean taken = FALSE;
  GError *error = NULL;

  if (plt_store_lock_printing_finish (PLT_STORE (source), result, &taken, &error) && taken)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  plt_office_end_printing (office, number);
  plt_office_fail (office, task, error != NULL ? error : new_busy_error (number));
}

void
plt_print_lock_async (PltOffice           *office,
                      gint64               application,
                      const char          *application_number,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (office, NULL, callback, user_data);

  g_task_set_task_data (task, g_strdup (application_number), g_free);
  if (!plt_office_begin_printing (office, application_number))
    {
      g_task_return_error (task, new_busy_error (application_number));
      return;
    }
  plt_store_lock_printing_async (plt_office_get_store (office), application, NULL, locked_cb,
                                 g_steal_pointer (&task));
}

gboolean
plt_print_lock_finish (PltOffice     *office,
                       GAsyncResult  *result,
                       GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
plt_print_unlock (PltOffice  *office,
                  gint64      application,
                  const char *application_number)
{
  plt_office_end_printing (office, application_number);
  plt_store_unlock_printing (plt_office_get_store (office), application);
}
