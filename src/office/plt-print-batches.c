/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the print batches, and says for people how far they are. */
#include "plt-print-batches.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "plt-office-ask.h"

static void
batch_free (PltPrintBatch *self)
{
  g_free (self->number);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self);
}

static int
get_count (JsonObject *object,
           const char *name)
{
  return (int) json_object_get_int_member_with_default (object, name, 0);
}

static char *
dup_progress (JsonObject *object,
              const char *state)
{
  int samples = get_count (object, "samples");
  int others = get_count (object, "cards") - samples;

  if (g_str_equal (state, "sample"))
    /* Translators: how many cards of a batch’s sample were read back, of how many, and how many wait for them */
    return g_strdup_printf (_("%d of %d sample cards were read back; %d others wait for them"),
                            get_count (object, "samples_checked"), samples, others);
  if (g_str_equal (state, "checked"))
    return g_strdup_printf (_("Its %d sample cards are right; %d others wait to be released"), samples, others);
  /* Translators: four counts of cards */
  return g_strdup_printf (_("Released: %d wait, %d held, %d being made, %d ready"), get_count (object, "waiting"),
                          get_count (object, "held"), get_count (object, "in_production"),
                          get_count (object, "ready"));
}

static PltPrintBatch *
read_batch (JsonObject *object)
{
  const char *state = json_object_get_string_member_with_default (object, "batch_state", "");
  PltPrintBatch *self;

  if (g_str_equal (state, "done") || g_str_equal (state, "cancelled"))
    return NULL;
  self = g_new0 (PltPrintBatch, 1);
  self->number = g_strdup (json_object_get_string_member_with_default (object, "batch", ""));
  /* Translators: a batch’s number, its name */
  self->title = g_strdup_printf (_("Batch %s · %s"), self->number,
                                 json_object_get_string_member_with_default (object, "name", ""));
  self->subtitle = dup_progress (object, state);
  self->is_waiting = g_str_equal (state, "sample");
  self->is_checked = g_str_equal (state, "checked");
  return self;
}

void
plt_print_batches_read_async (PltOffice           *office,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  static const PltOfficeAsk ask = { "print-batch-list", 0 };

  g_return_if_fail (PLT_IS_OFFICE (office));

  plt_office_ask_async (office, &ask, NULL, cancellable, callback, user_data);
}

GPtrArray *
plt_print_batches_read_finish (GAsyncResult  *result,
                               GError       **error)
{
  g_autofree char *json = plt_office_ask_finish (result, error);
  g_autoptr (JsonNode) root = json != NULL ? json_from_string (json, NULL) : NULL;
  GPtrArray *batches;

  if (json == NULL)
    return NULL;
  batches = g_ptr_array_new_with_free_func ((GDestroyNotify) batch_free);
  for (guint i = 0; root != NULL && JSON_NODE_HOLDS_ARRAY (root) && i < json_array_get_length (json_node_get_array (root)); i++)
    {
      PltPrintBatch *batch = read_batch (json_array_get_object_element (json_node_get_array (root), i));

      if (batch != NULL)
        g_ptr_array_add (batches, batch);
    }
  return batches;
}

void
plt_print_batches_cancel_async (PltOffice           *office,
                                const char          *number,
                                const char          *reason,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  static const PltOfficeAsk ask = { "print-batch-cancel", 2 };

  g_return_if_fail (PLT_IS_OFFICE (office));

  plt_office_ask_async (office, &ask, (const char * const[]) { number, reason }, cancellable, callback, user_data);
}

gboolean
plt_print_batches_cancel_finish (GAsyncResult  *result,
                                 GError       **error)
{
  g_autofree char *json = plt_office_ask_finish (result, error);

  return json != NULL;
}
