/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says in JSON which orders of the print queue a command means, and runs it. */
#include "plt-ctl-print-filter.h"

#include <glib/gi18n-lib.h>

PltCtlPrintFilter plt_ctl_print_filter;

static void
add_words (JsonBuilder *builder,
           const char  *name,
           char       **words)
{
  if (words == NULL || words[0] == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; words[i] != NULL; i++)
    json_builder_add_string_value (builder, words[i]);
  json_builder_end_array (builder);
}

static void
add_word (JsonBuilder *builder,
          const char  *name,
          const char  *word,
          gboolean     none)
{
  if (word == NULL && !none)
    return;
  json_builder_set_member_name (builder, name);
  if (none)
    json_builder_add_null_value (builder);
  else
    json_builder_add_string_value (builder, word);
}

/* Serials and numbers are typed in any case. */
static char **
raise_words (char **words)
{
  g_autoptr (GStrvBuilder) raised = g_strv_builder_new ();

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    {
      g_autofree char *word = g_ascii_strup (words[i], -1);

      g_strv_builder_add (raised, word);
    }
  return g_strv_builder_end (raised);
}

static JsonNode *
build_filter (char **numbers)
{
  const PltCtlPrintFilter *filter = &plt_ctl_print_filter;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_auto (GStrv) raised = raise_words (numbers);
  g_auto (GStrv) categories = raise_words (filter->categories);

  json_builder_begin_object (builder);
  add_words (builder, "numbers", raised);
  add_words (builder, "kind", filter->kinds);
  add_words (builder, "category", categories);
  add_words (builder, "state", filter->states);
  add_word (builder, "batch", filter->batch, filter->no_batch);
  add_word (builder, "printer", filter->printer, filter->no_printer);
  add_word (builder, "approved_before", filter->before, FALSE);
  add_word (builder, "approved_after", filter->after, FALSE);
  add_word (builder, "priority_from", filter->priority_from, FALSE);
  add_word (builder, "priority_to", filter->priority_to, FALSE);
  add_word (builder, "holder", filter->holder, FALSE);
  add_word (builder, "limit", filter->limit, FALSE);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static char *
dup_filter (char   **numbers,
            gboolean all)
{
  g_autoptr (JsonNode) node = build_filter (numbers);

  if (all)
    json_object_set_boolean_member (json_node_get_object (node), "all", TRUE);
  return json_to_string (node, FALSE);
}

static gboolean
is_number (const char *text,
           gint64      least,
           gint64      most)
{
  return text == NULL || g_ascii_string_to_signed (text, 10, least, most, NULL, NULL);
}

/* What contradicts itself would otherwise mean more than either of its options. */
static gboolean
check_filter (GError **error)
{
  const PltCtlPrintFilter *filter = &plt_ctl_print_filter;

  if ((filter->batch != NULL && filter->no_batch) || (filter->printer != NULL && filter->no_printer))
    return plt_ctl_usage_error (error, _("Say either --batch or --no-batch, and either --printer or "
                                         "--no-printer."));
  if (!is_number (filter->limit, 1, 1000000))
    return plt_ctl_usage_error (error, _("Say --limit with a whole number from 1 to 1000000."));
  if (!is_number (filter->priority_from, -100, 100) || !is_number (filter->priority_to, -100, 100))
    return plt_ctl_usage_error (error, _("Say --priority-from and --priority-to with a whole number from "
                                         "-100 to 100."));
  return TRUE;
}

char *
plt_ctl_print_filter_dup (char   **numbers,
                          GError **error)
{
  g_autoptr (JsonNode) node = build_filter (numbers);
  guint n_members = json_object_get_size (json_node_get_object (node));

  if (!check_filter (error))
    return NULL;
  /* A forgotten argument must not mean all; and "all" beside what narrows it is a mistake. */
  if (n_members == (plt_ctl_print_filter.limit != NULL) && !plt_ctl_print_filter.all)
    {
      plt_ctl_usage_error (error, _("Name the applications or say which are meant by options; "
                                    "all of the queue is --all."));
      return NULL;
    }
  return dup_filter (numbers, plt_ctl_print_filter.all);
}

char *
plt_ctl_print_filter_dup_or_all (char   **numbers,
                                 GError **error)
{
  return check_filter (error) ? dup_filter (numbers, TRUE) : NULL;
}

static char *
run_act (PltCtl             *ctl,
         PltPrintQueueAct    act,
         const char *const  *words,
         GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plt_print_queue_act_async (ctl->office, act, words, NULL, plt_ctl_ready_cb, &result);
  return plt_print_queue_act_finish (plt_ctl_await (&result), error);
}

PltCtlStatus
plt_ctl_print_queue_act (PltCtl             *ctl,
                         PltPrintQueueAct    act,
                         const char *const  *words,
                         GError            **error)
{
  g_autofree char *json = run_act (ctl, act, words, error);

  return plt_ctl_print_text (ctl, json, error);
}

static gboolean
any_done (JsonArray *orders)
{
  for (guint i = 0; i < json_array_get_length (orders); i++)
    if (json_object_get_boolean_member_with_default (json_array_get_object_element (orders, i),
                                                     "done", FALSE))
      return TRUE;
  return FALSE;
}

PltCtlStatus
plt_ctl_print_queue_change (PltCtl             *ctl,
                            PltPrintQueueAct    act,
                            const char *const  *words,
                            GError            **error)
{
  g_autofree char *json = run_act (ctl, act, words, error);
  g_autoptr (JsonNode) node = json != NULL ? json_from_string (json, error) : NULL;

  if (node == NULL)
    return PLT_CTL_REFUSED;
  plt_ctl_print (ctl, node);
  if (any_done (json_node_get_array (node)))
    return PLT_CTL_DONE;
  g_set_error_literal (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_NOT_FOUND,
                       json_array_get_length (json_node_get_array (node)) == 0
                         ? _("Nothing was changed, because nothing in the print queue fits. "
                             "“platenctl print-queue list” shows it.")
                         : _("Nothing was changed; the list says why for each."));
  return PLT_CTL_REFUSED;
}
