/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks the database for what is done with the line, and reads the outcomes of ten thousand apart from the
 * main loop. */
#include "plt-print-acts.h"

#include <json-glib/json-glib.h>

#include "plt-office-private.h"
#include "plt-store-decisions.h"

/* More than so many reasons nobody reads. */
#define MOST_REFUSED 200

static const struct
{
  const char *statement;
  int filter; /* at which place the filter stands; -1: nowhere */
  guint n_words;
} acts[] = {
  [PLT_PRINT_ACT_HOLD] = { "print-queue-hold", 0, 2 },
  [PLT_PRINT_ACT_RELEASE] = { "print-queue-release", 0, 2 },
  [PLT_PRINT_ACT_MOVE] = { "print-queue-move", 0, 3 },
  [PLT_PRINT_ACT_PRIORITISE] = { "print-queue-prioritise", 0, 3 },
  [PLT_PRINT_ACT_PAUSE] = { "print-queue-pause", -1, 2 },
  [PLT_PRINT_ACT_RESUME] = { "print-queue-resume", -1, 1 },
  [PLT_PRINT_ACT_BATCH] = { "print-batch-new", 1, 3 },
  [PLT_PRINT_ACT_RELEASE_BATCH] = { "print-batch-release", -1, 2 },
};

#define MOST_WORDS 3

void
plt_print_outcome_free (PltPrintOutcome *self)
{
  g_ptr_array_unref (self->refused);
  g_free (self->batch);
  g_free (self);
}

static char *
dup_filter (GArray *ids)
{
  g_autoptr (GString) filter = g_string_new ("{\"ids\":[");

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    g_string_append_printf (filter, "%s\"%" G_GINT64_FORMAT "\"", i > 0 ? "," : "",
                            g_array_index (ids, gint64, i));
  g_string_append (filter, "]}");
  return g_string_free (g_steal_pointer (&filter), FALSE);
}

static void
read_outcome (PltPrintOutcome *outcome,
              JsonObject      *order)
{
  const char *number = json_object_get_string_member_with_default (order, "application_number", "—");
  const char *why = json_object_get_string_member_with_default (order, "why", "");

  if (json_object_get_boolean_member_with_default (order, "done", FALSE))
    outcome->n_done++;
  else if (outcome->refused->len < MOST_REFUSED)
    g_ptr_array_add (outcome->refused, g_strdup_printf ("%s: %s", number, why));
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  const char *json = task_data;
  g_autoptr (JsonNode) root = json_from_string (json != NULL ? json : "{}", NULL);
  PltPrintOutcome *outcome = g_new0 (PltPrintOutcome, 1);

  outcome->refused = g_ptr_array_new_with_free_func (g_free);
  if (root != NULL && JSON_NODE_HOLDS_ARRAY (root))
    {
      JsonArray *orders = json_node_get_array (root);

      for (guint i = 0; i < json_array_get_length (orders); i++)
        read_outcome (outcome, json_array_get_object_element (orders, i));
    }
  else if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    {
      JsonObject *answer = json_node_get_object (root);
      JsonNode *samples = json_object_get_member (answer, "samples");

      outcome->batch = g_strdup (json_object_get_string_member_with_default (answer, "batch", NULL));
      outcome->n_done = (guint) (json_object_get_int_member_with_default (answer, "cards", 0) +
                                 json_object_get_int_member_with_default (answer, "released", 0));
      if (samples != NULL && JSON_NODE_HOLDS_ARRAY (samples))
        outcome->n_samples = json_array_get_length (json_node_get_array (samples));
    }
  g_task_return_pointer (task, outcome, (GDestroyNotify) plt_print_outcome_free);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *json = plt_store_ask_json_finish (PLT_STORE (source), result, &error);

  if (error != NULL)
    {
      plt_office_fail (g_task_get_source_object (task), task, error);
      return;
    }
  g_task_set_task_data (task, json, g_free);
  g_task_run_in_thread (task, read_thread);
}

void
plt_print_act_async (PltOffice           *office,
                     PltPrintAct          act,
                     GArray              *ids,
                     const char *const   *words,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  const char *all[MOST_WORDS] = { NULL };
  g_autofree char *filter = NULL;

  g_return_if_fail (PLT_IS_OFFICE (office));
  g_return_if_fail (act < G_N_ELEMENTS (acts));

  filter = dup_filter (ids);
  for (guint i = 0, word = 0; i < acts[act].n_words; i++)
    all[i] = (int) i == acts[act].filter ? filter : words[word++];
  plt_store_ask_json_async (plt_office_get_store (office), acts[act].statement, all, (int) acts[act].n_words,
                            cancellable, done_cb, g_task_new (office, cancellable, callback, user_data));
}

PltPrintOutcome *
plt_print_act_finish (GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
