/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads and writes the calibrations of printers. */
#include "plt-store-calibrations.h"

#include "plt-store-private.h"

static double
read_mm (PltPgResult *rows,
         int          row,
         const char  *column)
{
  return g_ascii_strtod (plt_store_text (rows, row, column), NULL);
}

static PltPrintMeasure
read_measure (PltPgResult *rows,
              int          row)
{
  return (PltPrintMeasure) {
    .left_mm = read_mm (rows, row, "left_mm"),
    .top_mm = read_mm (rows, row, "top_mm"),
    .length_mm = read_mm (rows, row, "length_mm"),
    .right_top_mm = read_mm (rows, row, "right_top_mm"),
  };
}

void
plt_store_list_calibrations_async (PltStore            *self,
                                   const char          *printer,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, printer);
  plt_store_run_async (self, "calibration-list", params, cancellable, callback, user_data);
}

GPtrArray *
plt_store_list_calibrations_finish (PltStore      *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);
  GPtrArray *calibrations;

  if (rows == NULL)
    return NULL;
  calibrations = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_print_calibration_free);
  for (int row = 0; row < plt_pg_result_get_n_rows (rows); row++)
    {
      PltPrintCalibration *calibration = g_new0 (PltPrintCalibration, 1);

      calibration->printer = g_strdup (plt_store_text (rows, row, "printer"));
      calibration->lot = g_strdup (plt_store_text (rows, row, "lot"));
      calibration->who = g_strdup (plt_store_text (rows, row, "who"));
      calibration->at = plt_store_dup_time (rows, row, "at");
      calibration->measure = read_measure (rows, row);
      g_ptr_array_add (calibrations, calibration);
    }
  return calibrations;
}

/* The database keeps hundredths; a text knows no locale. */
static void
add_mm (PltPgParams *params,
        double       mm)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  plt_pg_params_text (params, g_ascii_formatd (text, sizeof text, "%.2f", mm));
}

void
plt_store_add_calibration_async (PltStore               *self,
                                 const char             *printer,
                                 const char             *lot,
                                 const PltPrintMeasure  *measure,
                                 GCancellable           *cancellable,
                                 GAsyncReadyCallback     callback,
                                 gpointer                user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, printer);
  plt_pg_params_text (params, lot);
  add_mm (params, measure->left_mm);
  add_mm (params, measure->top_mm);
  add_mm (params, measure->length_mm);
  add_mm (params, measure->right_top_mm);
  plt_store_run_async (self, "calibration-add", params, cancellable, callback, user_data);
}

gboolean
plt_store_add_calibration_finish (PltStore      *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return plt_store_run_finish_done (self, result, error);
}

void
plt_store_card_calibration_async (PltStore            *self,
                                  gint64               card,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_int (params, card);
  plt_store_run_async (self, "calibration-for-card", params, cancellable, callback, user_data);
}

gboolean
plt_store_card_calibration_finish (PltStore         *self,
                                   GAsyncResult     *result,
                                   gboolean         *found,
                                   PltPrintMeasure  *measure,
                                   GError          **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);

  if (rows == NULL)
    return FALSE;
  *found = plt_pg_result_get_n_rows (rows) > 0;
  if (*found)
    *measure = read_measure (rows, 0);
  return TRUE;
}

void
plt_store_name_lot_async (PltStore            *self,
                          const char          *first,
                          const char          *last,
                          const char          *lot,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, first);
  plt_pg_params_text (params, last);
  plt_pg_params_text (params, lot);
  plt_store_run_async (self, "stock-name-lot", params, cancellable, callback, user_data);
}

int
plt_store_name_lot_finish (PltStore      *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  return (int) plt_store_run_finish_int (self, result, "blanks", error);
}
