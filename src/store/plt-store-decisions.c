/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people decide where the registries differ, the rules that came of it, and linked numbers. */
#include "plt-store-decisions.h"

#include "plt-date.h"
#include "plt-store-private.h"

void
plt_store_settle_field_async (PltStore            *self,
                              gint64               application,
                              int                  row_version,
                              const char          *how,
                              PltField             field,
                              const char          *value,
                              const char          *reason,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();
  g_autofree char *statement = g_strconcat ("field-", how, NULL);

  plt_pg_params_int (params, application);
  plt_pg_params_int (params, row_version);
  plt_pg_params_text (params, plt_field_to_nick (field));
  plt_pg_params_text (params, value);
  plt_pg_params_text (params, reason);
  plt_store_run_async (self, statement, params, cancellable, callback, user_data);
}

void
plt_store_ask_json_async (PltStore            *self,
                          const char          *statement,
                          const char * const  *arguments,
                          int                  n_arguments,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  for (int i = 0; i < n_arguments; i++)
    plt_pg_params_text (params, arguments[i]);
  plt_store_run_async (self, statement, params, cancellable, callback, user_data);
}

char *
plt_store_ask_json_finish (PltStore      *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);

  return rows != NULL && plt_pg_result_get_n_rows (rows) > 0
           ? g_strdup (plt_store_text (rows, 0, "json"))
           : NULL;
}

void
plt_store_read_rules_async (PltStore            *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  plt_store_run_async (self, "rule-read", NULL, cancellable, callback, user_data);
}

/* A kind, field or source that this program does not know is none of its rules: it would choose
 * less than the database allows, never more. */
static void
add_rule (PltReconcileRules *rules,
          PltPgResult       *rows,
          int                row)
{
  const char *field_nick = plt_store_text (rows, row, "field");
  const char *source_nick = plt_store_text (rows, row, "source");
  const char *to_text = plt_store_text (rows, row, "valid_to");
  PltDate from = { 0, 0, 0 };
  PltDate to = { 0, 0, 0 };
  PltDifference difference;
  PltField field = 0;
  PltSource source = 0;

  if (!plt_difference_from_nick (plt_store_text (rows, row, "kind"), &difference) ||
      (field_nick != NULL && !plt_field_from_nick (field_nick, &field)) ||
      (source_nick != NULL && !plt_source_from_nick (source_nick, &source)) ||
      !plt_date_parse_iso (plt_store_text (rows, row, "valid_from"), &from) ||
      (to_text != NULL && !plt_date_parse_iso (to_text, &to)))
    return;
  plt_reconcile_rules_add (rules, difference, field_nick != NULL ? (int) field : PLT_ANY_FIELD,
                           source_nick != NULL ? (int) source : PLT_ANY_SOURCE, from, to);
}

PltReconcileRules *
plt_store_read_rules_finish (PltStore      *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);
  PltReconcileRules *rules;

  if (rows == NULL)
    return NULL;
  rules = plt_reconcile_rules_new ();
  for (int row = 0; row < plt_pg_result_get_n_rows (rows); row++)
    add_rule (rules, rows, row);

  return rules;
}

void
plt_store_read_links_async (PltStore            *self,
                            const char          *id_number,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, id_number);
  plt_store_run_async (self, "link-read", params, cancellable, callback, user_data);
}

GHashTable *
plt_store_read_links_finish (PltStore      *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);
  GHashTable *links;

  if (rows == NULL)
    return NULL;
  links = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (int row = 0; row < plt_pg_result_get_n_rows (rows); row++)
    g_hash_table_insert (links, g_strdup (plt_store_text (rows, row, "other")),
                         g_strdup (plt_store_text (rows, row, "state")));

  return links;
}
