/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints test cards and keeps what is measured on them. */
#include "plt-calibration.h"

#include "plt-office-private.h"
#include "plt-store-calibrations.h"
#include "plt-test-card.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  char   *destination;
  GBytes *pdf;
  int     job_id;
} TestCardTask;

static void
test_card_task_free (TestCardTask *self)
{
  g_free (self->destination);
  g_bytes_unref (self->pdf);
  g_free (self);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TestCardTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  if (plt_print_server_send_finish (PLT_PRINT_SERVER (source), result, &error))
    g_task_return_int (task, data->job_id);
  else
    plt_office_fail (g_task_get_source_object (task), task, error);
}

static void
job_created_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TestCardTask *data = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (PltPrintJob) job =
    plt_print_server_create_job_finish (PLT_PRINT_SERVER (source), result, &error);

  if (job == NULL)
    {
      plt_office_fail (g_task_get_source_object (task), task, error);
      return;
    }
  data->job_id = job->id;
  plt_print_server_send_async (PLT_PRINT_SERVER (source), data->destination, job->id, data->pdf,
                               NULL, sent_cb, g_steal_pointer (&task));
}

GBytes *
plt_calibration_draw_test_card (const char  *destination,
                                GError     **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d %H:%M");
  g_autofree char *words = g_strdup_printf ("%s · %s", destination, day);

  return plt_test_card_render_pdf (words, error);
}

void
plt_calibration_print_test_card_async (PltOffice           *office,
                                       const char          *destination,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office) && destination != NULL);

  g_autoptr (GTask) task = g_task_new (office, cancellable, callback, user_data);
  TestCardTask *data;
  GError *error = NULL;
  GBytes *pdf = plt_calibration_draw_test_card (destination, &error);

  if (pdf == NULL)
    {
      plt_office_fail (office, task, error);
      return;
    }
  data = g_new0 (TestCardTask, 1);
  data->destination = g_strdup (destination);
  data->pdf = pdf;
  g_task_set_task_data (task, data, (GDestroyNotify) test_card_task_free);
  plt_print_server_create_job_async (plt_office_get_print_server (office), destination,
                                     _("Test card"), cancellable, job_created_cb,
                                     g_steal_pointer (&task));
}

int
plt_calibration_print_test_card_finish (GAsyncResult  *result,
                                        GError       **error)
{
  gssize job = g_task_propagate_int (G_TASK (result), error);

  return job > 0 ? (int) job : 0;
}

void
plt_calibration_add_async (PltOffice              *office,
                           const char             *destination,
                           const char             *lot,
                           const PltPrintMeasure  *measure,
                           GCancellable           *cancellable,
                           GAsyncReadyCallback     callback,
                           gpointer                user_data)
{
  plt_store_add_calibration_async (plt_office_get_store (office), destination, lot, measure,
                                   cancellable, callback, user_data);
}

static void
take_error (PltOffice  *office,
            GError     *found,
            GError    **error)
{
  if (found != NULL)
    g_propagate_error (error, plt_office_take_error (office, found));
}

gboolean
plt_calibration_add_finish (PltOffice     *office,
                            GAsyncResult  *result,
                            GError       **error)
{
  GError *found = NULL;
  gboolean ok = plt_store_add_calibration_finish (plt_office_get_store (office), result, &found);

  take_error (office, found, error);
  return ok;
}

void
plt_calibration_list_async (PltOffice           *office,
                            const char          *destination,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  plt_store_list_calibrations_async (plt_office_get_store (office), destination, cancellable,
                                     callback, user_data);
}

GPtrArray *
plt_calibration_list_finish (PltOffice     *office,
                             GAsyncResult  *result,
                             GError       **error)
{
  GError *found = NULL;
  GPtrArray *calibrations = plt_store_list_calibrations_finish (plt_office_get_store (office),
                                                                result, &found);

  take_error (office, found, error);
  return calibrations;
}

void
plt_calibration_name_lot_async (PltOffice           *office,
                                const char          *first_serial,
                                const char          *last_serial,
                                const char          *lot,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  plt_store_name_lot_async (plt_office_get_store (office), first_serial, last_serial, lot,
                            cancellable, callback, user_data);
}

int
plt_calibration_name_lot_finish (PltOffice     *office,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  GError *found = NULL;
  int count = plt_store_name_lot_finish (plt_office_get_store (office), result, &found);

  take_error (office, found, error);
  return count;
}
