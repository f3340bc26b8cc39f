/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads one application with everything that belongs to it, in one pipeline. */
#include "plt-store-case.h"

#include <glib/gi18n-lib.h>

#include "plt-store-form.h"
#include "plt-store-private.h"
#include "plt-source.h"
#include "plt-store-readers.h"

enum
{
  ROW,
  SOURCES,
  FIELDS,
  FINDINGS,
  EVENTS,
  CARDS,
  IMAGES,
  WAITS,
  PREPARED,
  FORM,
  N_PARTS,
};

static const char * const part_statements[N_PARTS] = {
  [ROW] = "application-get",
  [SOURCES] = "application-sources",
  [FIELDS] = "application-fields",
  [FINDINGS] = "application-findings",
  [EVENTS] = "application-events",
  [CARDS] = "application-cards",
  [IMAGES] = "application-images",
  [WAITS] = "application-waits",
  [PREPARED] = "prepared-get",
  [FORM] = "form-read",
};

void
plt_store_case_free (PltStoreCase *self)
{
  g_clear_object (&self->application);
  g_clear_pointer (&self->answers, g_ptr_array_unref);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_clear_pointer (&self->cards, g_ptr_array_unref);
  g_clear_pointer (&self->waits_since, g_date_time_unref);
  g_clear_pointer (&self->form, g_ptr_array_unref);
  g_clear_pointer (&self->prepared, plt_prepared_record_unref);
  g_clear_pointer (&self->portrait, g_bytes_unref);
  g_clear_pointer (&self->signature, g_bytes_unref);
  g_free (self);
}

void
plt_store_read_case_async (PltStore            *self,
                           const char          *number,
                           gint64               evaluate,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_pg_statement_free);

  if (evaluate != 0)
    {
      PltPgParams *params = plt_pg_params_new ();
      plt_pg_params_int (params, evaluate);
      g_ptr_array_add (batch, plt_store_statement_new ("application-evaluate", params));
    }
  for (int part = 0; part < N_PARTS; part++)
    {
      PltPgParams *params = plt_pg_params_new ();
      plt_pg_params_text (params, number);
      g_ptr_array_add (batch, plt_store_statement_new (part_statements[part], params));
    }
  /* One transaction, so that the parts belong together while other desks write. */
  plt_store_batch_async (self, g_steal_pointer (&batch), TRUE, cancellable, callback, user_data);
}

static void
read_images (PltPgResult  *rows,
             PltStoreCase *read)
{
  int column = plt_pg_result_column (rows, "image");

  for (int row = 0; row < plt_pg_result_get_n_rows (rows); row++)
    {
      GBytes *bytes = plt_pg_result_dup_bytes (rows, row, column);
      if (g_strcmp0 (plt_store_text (rows, row, "kind"), "portrait") == 0)
        read->portrait = bytes;
      else
        read->signature = bytes;
    }
}

static void
read_waits (PltPgResult  *rows,
            PltStoreCase *read)
{
  for (int row = 0; row < plt_pg_result_get_n_rows (rows); row++)
    {
      PltSource source;

      if (plt_source_from_nick (plt_store_text (rows, row, "source"), &source))
        read->waits |= 1u << source;
      read->waits_as_draft = g_strcmp0 (plt_store_text (rows, row, "resumes_as"), "submitted") != 0;
      if (read->waits_since == NULL)
        read->waits_since = plt_store_dup_time (rows, row, "since");
    }
}

static gboolean
read_prepared (PltPgResult   *rows,
               PltStoreCase  *read,
               GError       **error)
{
  const char *status;

  if (plt_pg_result_get_n_rows (rows) == 0)
    return TRUE;
  status = plt_store_text (rows, 0, "reported");
  read->prepared = plt_prepared_record_new ();
  if (!plt_prepared_status_from_nick (status, &read->prepared->reported))
    {
      plt_store_set_word_error (error, "reported", status);
      return FALSE;
    }
  read->prepared->code = g_strdup (plt_store_text (rows, 0, "code"));
  read->prepared->language = g_strdup (plt_store_text (rows, 0, "language"));
  read->prepared->email = g_strdup (plt_store_text (rows, 0, "email"));
  read->prepared->phone = g_strdup (plt_store_text (rows, 0, "phone"));
  read->prepared->prepared_at = plt_store_dup_time (rows, 0, "prepared_at");
  read->prepared->n_unsent = (int) plt_store_int (rows, 0, "unsent");
  read->prepared->n_set_aside = (int) plt_store_int (rows, 0, "set_aside");
  return TRUE;
}

static gboolean
read_parts (PltStoreCase  *read,
            PltPgResult  **parts,
            GError       **error)
{
  read->answers = plt_store_read_answers (parts[SOURCES], error);
  if (read->answers == NULL)
    return FALSE;
  read->fields = plt_store_read_fields (parts[FIELDS], read->answers, error);
  if (read->fields == NULL)
    return FALSE;
  read->findings = plt_store_read_findings (parts[FINDINGS], error);
  if (read->findings == NULL)
    return FALSE;
  read->events = plt_store_read_events (parts[EVENTS], error);
  if (read->events == NULL)
    return FALSE;
  read->cards = plt_store_read_cards (parts[CARDS], error);
  if (read->cards == NULL)
    return FALSE;
  read->form = plt_store_read_form_rows (parts[FORM], error);
  if (read->form == NULL)
    return FALSE;
  read_images (parts[IMAGES], read);
  read_waits (parts[WAITS], read);
  return read_prepared (parts[PREPARED], read, error);
}

PltStoreCase *
plt_store_read_case_finish (PltStore      *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_autoptr (GPtrArray) results = plt_store_batch_finish (self, result, error);
  if (results == NULL)
    return NULL;

  /* An evaluation comes before the parts. */
  PltPgResult **parts = (PltPgResult **) results->pdata + (results->len - N_PARTS);
  g_autoptr (GPtrArray) applications = plt_store_read_applications (parts[ROW], error);
  if (applications == NULL)
    return NULL;
  if (applications->len == 0)
    {
      g_set_error_literal (error, PLT_STORE_ERROR, PLT_STORE_ERROR_NOT_FOUND,
                           _("This office has no application of this number. Look at the number"
                             " again, or search by the ID number."));
      return NULL;
    }

  g_autoptr (PltStoreCase) read = g_new0 (PltStoreCase, 1);
  read->application = g_object_ref (g_ptr_array_index (applications, 0));
  return read_parts (read, parts, error) ? g_steal_pointer (&read) : NULL;
}
