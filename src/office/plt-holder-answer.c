/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads, keeps and words what the holder answered to the card that was shown. */
#include "plt-holder-answer.h"

#include "plt-office-private.h"
#include "plt-store-decisions.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

static const char * const verdicts[] = {
  [PLT_HOLDER_CONFIRMED] = "confirmed",
  [PLT_HOLDER_OBJECTED] = "objected",
};

static const char * const places[] = {
  [PLT_HOLDER_AT_SCREEN] = "screen",
  [PLT_HOLDER_AT_COUNTER] = "counter",
};

void
plt_holder_answer_free (PltHolderAnswer *self)
{
  g_clear_pointer (&self->at, g_date_time_unref);
  g_free (self->who);
  g_free (self->reason);
  g_free (self);
}

static char *
dup_words (const PltHolderAnswer *self,
           const char            *at)
{
  if (self->verdict == PLT_HOLDER_OBJECTED && self->holds)
    /* Translators: when it was, then who noted it */
    return g_strdup_printf (_("On %s the holder said that something is wrong (%s)."), at, self->who);
  if (self->verdict == PLT_HOLDER_OBJECTED)
    /* Translators: %s is when it was */
    return g_strdup_printf (_("The card has changed since the holder said on %s that something is wrong. "
                              "Show it again."), at);
  if (self->holds)
    /* Translators: when it was, then who noted it */
    return g_strdup_printf (_("Confirmed by the holder on %s (%s)."), at, self->who);

  /* Translators: %s is when it was */
  return g_strdup_printf (_("The card has changed since the holder confirmed it on %s. Show it again."), at);
}

/* Returns: (transfer full): what is known, in sentences */
char *
plt_holder_answer_dup_text (const PltHolderAnswer *self)
{
  g_autoptr (GDateTime) local = NULL;
  g_autofree char *at = NULL;
  g_autofree char *words = NULL;

  if (!self->is_given)
    return g_strdup (self->required
                     ? _("The holder has not confirmed the card. Without that it is not approved here.")
                     : _("The holder has not been asked."));
  local = g_date_time_to_local (self->at);
  at = g_date_time_format (local, _("%-d %B %Y, %H:%M"));
  words = dup_words (self, at);
  if (self->reason == NULL)
    return g_steal_pointer (&words);

  /* Translators: a sentence, then what somebody said */
  return g_strdup_printf (_("%s “%s”"), words, self->reason);
}

static char *
dup_member (JsonObject *object,
            const char *name)
{
  return g_strdup (json_object_get_string_member_with_default (object, name, NULL));
}

/* What a database says that was not made for this program is no answer. */
static PltHolderAnswer *
parse (const char *json)
{
  g_autoptr (PltHolderAnswer) self = g_new0 (PltHolderAnswer, 1);
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root)
                                                                     : NULL;
  JsonNode *node = object != NULL ? json_object_get_member (object, "answer") : NULL;

  if (object == NULL)
    return g_steal_pointer (&self);
  self->required = json_object_get_boolean_member_with_default (object, "required", FALSE);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return g_steal_pointer (&self);
  object = json_node_get_object (node);
  self->is_given = TRUE;
  self->holds = json_object_get_boolean_member_with_default (object, "holds", FALSE);
  self->verdict = g_strcmp0 (json_object_get_string_member_with_default (object, "verdict", ""),
                             verdicts[PLT_HOLDER_CONFIRMED]) == 0 ? PLT_HOLDER_CONFIRMED
                                                                  : PLT_HOLDER_OBJECTED;
  self->place = g_strcmp0 (json_object_get_string_member_with_default (object, "given", ""),
                           places[PLT_HOLDER_AT_SCREEN]) == 0 ? PLT_HOLDER_AT_SCREEN
                                                              : PLT_HOLDER_AT_COUNTER;
  self->at = g_date_time_new_from_unix_utc (json_object_get_int_member_with_default (object, "at", 0));
  self->who = dup_member (object, "who");
  self->reason = dup_member (object, "reason");
  return g_steal_pointer (&self);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autofree char *json = plt_store_ask_json_finish (PLT_STORE (source), result, &error);

  if (json != NULL)
    g_task_return_pointer (task, parse (json), (GDestroyNotify) plt_holder_answer_free);
  else
    plt_office_fail (g_task_get_source_object (task), task, error);
}

/* What was answered last, and whether it still counts. */
void
plt_holder_answer_read_async (PltOffice           *office,
                              const char          *application_number,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  const char *arguments[] = { application_number };

  g_return_if_fail (PLT_IS_OFFICE (office));

  plt_store_ask_json_async (plt_office_get_store (office), "holder-answer-read", arguments,
                            G_N_ELEMENTS (arguments), cancellable, read_cb,
                            g_task_new (office, cancellable, callback, user_data));
}

/* Returns: (transfer full) */
PltHolderAnswer *
plt_holder_answer_read_finish (PltOffice     *office,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, office), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static char *
dup_changes (const char * const *changes)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; changes[i] != NULL; i += 2)
    {
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "title");
      json_builder_add_string_value (builder, changes[i]);
      json_builder_set_member_name (builder, "text");
      json_builder_add_string_value (builder, changes[i + 1]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autofree char *json = plt_store_ask_json_finish (PLT_STORE (source), result, &error);

  if (json != NULL)
    g_task_return_boolean (task, TRUE);
  else
    plt_office_fail (g_task_get_task_data (task), task, error);
}

/**
 * plt_holder_answer_note_async:
 * @shown: what the holder saw: as stored, not a proposal
 * @changes: the sentences that were shown, %NULL-terminated: a title, then its text, and so on
 * @reason: (nullable): what the holder said
 *
 * Keeps the answer with the digest of what the card says. Saying the same again is once. Fails with
 * %PLT_OFFICE_ERROR_CONFLICT when the card has changed since it was read.
 */
void
plt_holder_answer_note_async (PltPreview          *shown,
                              PltHolderVerdict     verdict,
                              PltHolderPlace       place,
                              const char * const  *changes,
                              const char          *reason,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autofree char *id = NULL;
  g_autofree char *content = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *sentences = NULL;
  GTask *task;

  g_return_if_fail (PLT_IS_PREVIEW (shown));

  id = g_strdup_printf ("%" G_GINT64_FORMAT, plt_preview_get_application_id (shown));
  content = plt_preview_dup_content (shown);
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, content, -1);
  sentences = dup_changes (changes);
  task = g_task_new (shown, cancellable, callback, user_data);
  g_task_set_task_data (task, g_object_ref (plt_preview_get_office (shown)), g_object_unref);

  const char *arguments[] = { id, verdicts[verdict], places[place], digest, sentences, reason };

  plt_store_ask_json_async (plt_office_get_store (plt_preview_get_office (shown)), "holder-answer-note",
                            arguments, G_N_ELEMENTS (arguments), cancellable, done_cb, task);
}

gboolean
plt_holder_answer_note_finish (PltPreview    *shown,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, shown), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* @confirms: whether nothing is submitted and approved here before the holder confirmed the card */
void
plt_office_set_holder_confirms_async (PltOffice           *office,
                                      gboolean             confirms,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  const char *arguments[] = { confirms ? "true" : "false" };
  GTask *task;

  g_return_if_fail (PLT_IS_OFFICE (office));

  task = g_task_new (office, cancellable, callback, user_data);
  g_task_set_task_data (task, g_object_ref (office), g_object_unref);
  plt_store_ask_json_async (plt_office_get_store (office), "office-set-holder-confirms", arguments,
                            G_N_ELEMENTS (arguments), cancellable, done_cb, task);
}

gboolean
plt_office_set_holder_confirms_finish (PltOffice     *office,
                                       GAsyncResult  *result,
                                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, office), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
