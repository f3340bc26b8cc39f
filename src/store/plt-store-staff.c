/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists and makes staff and offices. */
#include "plt-store-staff.h"

#include "plt-store-private.h"

void
plt_store_staff_free (PltStoreStaff *self)
{
  g_free (self->login);
  g_free (self->name);
  g_free (self->office_code);
  g_strfreev (self->roles);
  g_free (self);
}

void
plt_store_list_staff_async (PltStore            *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  plt_store_run_async (self, "staff-list", NULL, cancellable, callback, user_data);
}

GPtrArray *
plt_store_list_staff_finish (PltStore      *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);
  if (rows == NULL)
    return NULL;

  GPtrArray *staff = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_store_staff_free);
  for (int row = 0; row < plt_pg_result_get_n_rows (rows); row++)
    {
      PltStoreStaff *member = g_new0 (PltStoreStaff, 1);
      member->login = g_strdup (plt_store_text (rows, row, "login"));
      member->name = g_strdup (plt_store_text (rows, row, "name"));
      member->office_code = g_strdup (plt_store_text (rows, row, "office_code"));
      member->roles = plt_pg_result_dup_array (rows, row, plt_pg_result_column (rows, "roles"));
      member->active = plt_pg_result_get_bool (rows, row, plt_pg_result_column (rows, "active"));
      g_ptr_array_add (staff, member);
    }
  return staff;
}

void
plt_store_add_staff_async (PltStore            *self,
                           const char          *login,
                           const char          *name,
                           const char          *office_code,
                           const char * const  *roles,
                           const char          *verifier,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, login);
  plt_pg_params_text (params, name);
  plt_pg_params_text (params, office_code);
  plt_pg_params_text_array (params, roles);
  plt_pg_params_secret (params, verifier);
  plt_store_run_async (self, "staff-add", params, cancellable, callback, user_data);
}

char *
plt_store_add_staff_finish (PltStore      *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);
  return rows != NULL ? g_strdup (plt_store_text (rows, 0, "uri")) : NULL;
}

void
plt_store_set_ask_after_async (PltStore            *self,
                               int                  minutes,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_int (params, minutes);
  plt_store_run_async (self, "office-set-ask-after", params, cancellable, callback, user_data);
}

gboolean
plt_store_set_ask_after_finish (PltStore      *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return plt_store_run_finish_done (self, result, error);
}
