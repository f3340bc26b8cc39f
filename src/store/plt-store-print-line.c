/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the line of the print queue: all of its records in one short text, and the words of some. */
#include "plt-store-print-line.h"

#include "plt-store-private.h"

void
plt_store_print_line_free (PltStorePrintLine *self)
{
  g_ptr_array_unref (self->orders);
  g_free (self);
}

void
plt_store_read_print_line_async (PltStore            *self,
                                 const char          *text,
                                 const char          *state,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, text);
  plt_pg_params_text (params, state);
  plt_store_run_async (self, "print-line-index", params, cancellable, callback, user_data);
}

static GPtrArray *
read_ids (const char *text)
{
  GPtrArray *orders = g_ptr_array_new_with_free_func (g_object_unref);

  while (text != NULL && *text != '\0')
    {
      char *end;
      gint64 id = g_ascii_strtoll (text, &end, 10);

      g_ptr_array_add (orders, plt_print_order_new (id));
      text = *end == ' ' ? end + 1 : NULL;
    }
  return orders;
}

PltStorePrintLine *
plt_store_read_print_line_finish (PltStore      *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);
  PltStorePrintLine *line;

  if (rows == NULL)
    return NULL;
  line = g_new0 (PltStorePrintLine, 1);
  line->orders = read_ids (plt_store_text (rows, 0, "ids"));
  line->n_orders = (int) plt_store_int (rows, 0, "orders");
  for (int i = 0; i < PLT_N_PRINT_ORDER_STATES; i++)
    line->counts[i] = (int) plt_store_int (rows, 0, plt_print_order_state_to_nick ((PltPrintOrderState) i));
  return line;
}

void
plt_store_read_print_orders_async (PltStore            *self,
                                   const char          *ids,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, ids);
  plt_store_run_async (self, "print-line-rows", params, cancellable, callback, user_data);
}

static PltPrintOrder *
read_order (PltPgResult  *rows,
            int           row,
            GError      **error)
{
  g_autoptr (PltPrintOrderFacts) facts = g_new0 (PltPrintOrderFacts, 1);
  const char *place = plt_store_text (rows, row, "place");
  PltPrintOrder *order;

  if (!plt_print_order_state_from_nick (plt_store_text (rows, row, "state"), &facts->state))
    {
      plt_store_set_word_error (error, "state", plt_store_text (rows, row, "state"));
      return NULL;
    }
  facts->place = place != NULL ? (int) g_ascii_strtoll (place, NULL, 10) : 0;
  facts->priority = (int) plt_store_int (rows, row, "priority");
  facts->overdue = g_strcmp0 (plt_store_text (rows, row, "overdue"), "t") == 0;
  facts->number = g_strdup (plt_store_text (rows, row, "application_number"));
  facts->holder_name = g_strdup (plt_store_text (rows, row, "holder_name"));
  facts->reason = g_strdup (plt_store_text (rows, row, "reason"));
  facts->printer = g_strdup (plt_store_text (rows, row, "printer"));
  facts->batch = g_strdup (plt_store_text (rows, row, "batch"));
  facts->leased_by = g_strdup (plt_store_text (rows, row, "leased_by"));
  facts->held_by = g_strdup (plt_store_text (rows, row, "held_by"));
  order = plt_print_order_new (plt_store_int (rows, row, "application_id"));
  plt_print_order_take_facts (order, g_steal_pointer (&facts));
  return order;
}

GPtrArray *
plt_store_read_print_orders_finish (PltStore      *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);
  g_autoptr (GPtrArray) orders = NULL;

  if (rows == NULL)
    return NULL;
  orders = g_ptr_array_new_with_free_func (g_object_unref);
  for (int row = 0; row < plt_pg_result_get_n_rows (rows); row++)
    {
      PltPrintOrder *order = read_order (rows, row, error);

      if (order == NULL)
        return NULL;
      g_ptr_array_add (orders, order);
    }
  return g_steal_pointer (&orders);
}

static void
pause_free (PltPrintPause *self)
{
  g_free (self->printer);
  g_free (self->reason);
  g_free (self->who);
  g_free (self);
}

void
plt_store_list_print_pauses_async (PltStore            *self,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  plt_store_run_async (self, "print-line-pauses", NULL, cancellable, callback, user_data);
}

GPtrArray *
plt_store_list_print_pauses_finish (PltStore      *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);
  GPtrArray *pauses;

  if (rows == NULL)
    return NULL;
  pauses = g_ptr_array_new_with_free_func ((GDestroyNotify) pause_free);
  for (int row = 0; row < plt_pg_result_get_n_rows (rows); row++)
    {
      PltPrintPause *pause = g_new0 (PltPrintPause, 1);

      pause->printer = g_strdup (plt_store_text (rows, row, "printer"));
      pause->reason = g_strdup (plt_store_text (rows, row, "reason"));
      pause->who = g_strdup (plt_store_text (rows, row, "who"));
      g_ptr_array_add (pauses, pause);
    }
  return pauses;
}
