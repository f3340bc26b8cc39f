/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads what the database says of decisions, rules and links. */
#include "plt-decision-records.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

static const char * const acts[] = {
  [PLT_DECISION_CHOSEN] = "chosen",
  [PLT_DECISION_DECIDED] = "decided",
  [PLT_DECISION_PARKED] = "parked",
  [PLT_DECISION_UNDONE] = "undone",
};

static const char * const link_states[] = {
  [PLT_ID_LINK_PROPOSED] = "proposed",
  [PLT_ID_LINK_LINKED] = "linked",
  [PLT_ID_LINK_UNLINKING] = "unlinking",
  [PLT_ID_LINK_UNLINKED] = "unlinked",
  [PLT_ID_LINK_REFUSED] = "refused",
};

/* A record, or NULL for one that this version does not know. */
typedef gpointer (*ReadRecord) (JsonObject *object);

static const char *
get_text (JsonObject *object,
          const char *member)
{
  return json_object_get_string_member_with_default (object, member, NULL);
}

static gint64
get_int (JsonObject *object,
         const char *member)
{
  return json_object_get_int_member_with_default (object, member, 0);
}

static GDateTime *
get_time (JsonObject *object,
          const char *member)
{
  const char *text = get_text (object, member);

  return text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;
}

static gboolean
find_word (const char * const *words,
           gsize               n_words,
           const char         *word,
           int                *number)
{
  for (gsize i = 0; i < n_words; i++)
    if (g_strcmp0 (words[i], word) == 0)
      {
        *number = (int) i;
        return TRUE;
      }

  return FALSE;
}

static int
get_source (JsonObject *object,
            const char *member)
{
  PltSource source;

  return plt_source_from_nick (get_text (object, member), &source) ? (int) source : PLT_NO_SOURCE;
}

static GPtrArray *
read_array (JsonArray      *array,
            ReadRecord      read,
            GDestroyNotify  destroy)
{
  GPtrArray *records = g_ptr_array_new_with_free_func (destroy);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      gpointer record = JSON_NODE_HOLDS_OBJECT (node) ? read (json_node_get_object (node)) : NULL;

      if (record != NULL)
        g_ptr_array_add (records, record);
    }

  return records;
}

static GPtrArray *
parse (const char      *json,
       ReadRecord       read,
       GDestroyNotify   destroy,
       GError         **error)
{
  g_autoptr (JsonNode) root = json_from_string (json, NULL);

  if (root == NULL || !JSON_NODE_HOLDS_ARRAY (root))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           _("The office database gave an answer that this version cannot read. "
                             "Tell the administrator."));
      return NULL;
    }

  return read_array (json_node_get_array (root), read, destroy);
}

/* ---- decisions ---- */

static void
decision_free (PltDecision *self)
{
  g_clear_pointer (&self->at, g_date_time_unref);
  g_free (self->who);
  g_free (self->application);
  g_free (self->value);
  g_free (self->reason);
  for (int i = 0; i < PLT_N_SOURCES; i++)
    g_free (self->said[i]);
  g_free (self);
}

static void
read_said (JsonObject *object,
           const char *member,
           JsonNode   *node,
           gpointer    user_data)
{
  PltDecision *self = user_data;
  PltSource source;

  if (plt_source_from_nick (member, &source) && json_node_get_value_type (node) == G_TYPE_STRING)
    self->said[source] = g_strdup (json_node_get_string (node));
}

static gpointer
read_decision (JsonObject *object)
{
  PltDecision *self;
  PltField field;
  int act;
  PltDifference difference = PLT_DIFFERENCE_NONE;

  if (!plt_field_from_nick (get_text (object, "field"), &field) ||
      !find_word (acts, G_N_ELEMENTS (acts), get_text (object, "act"), &act))
    return NULL;

  /* A kind that only the database tells apart is shown without its name. */
  plt_difference_from_nick (get_text (object, "kind"), &difference);
  self = g_new0 (PltDecision, 1);
  self->at = get_time (object, "at");
  self->who = g_strdup (get_text (object, "who"));
  self->application = g_strdup (get_text (object, "application"));
  self->act = (PltDecisionAct) act;
  self->field = field;
  self->difference = difference;
  self->value = g_strdup (get_text (object, "value"));
  self->reason = g_strdup (get_text (object, "reason"));
  self->gave_way = get_source (object, "gave_way");
  self->overruled = get_text (object, "overruled") != NULL;
  self->undone = json_object_get_boolean_member_with_default (object, "undone", FALSE);
  if (json_object_has_member (object, "answers") &&
      JSON_NODE_HOLDS_OBJECT (json_object_get_member (object, "answers")))
    json_object_foreach_member (json_object_get_object_member (object, "answers"), read_said, self);

  return self;
}

GPtrArray *
plt_decisions_parse (const char  *json,
                     GError     **error)
{
  g_return_val_if_fail (json != NULL, NULL);

  return parse (json, read_decision, (GDestroyNotify) decision_free, error);
}

/* ---- rules ---- */

static void
rule_free (PltDifferenceRule *self)
{
  g_free (self->text);
  g_free (self->accepted_by);
  g_free (self->reason);
  g_free (self);
}

static gpointer
read_rule (JsonObject *object)
{
  PltDifferenceRule *self;
  PltDifference difference;
  PltField field = 0;
  const char *field_nick = get_text (object, "field");
  const char *from = get_text (object, "valid_from");
  const char *to = get_text (object, "valid_to");

  if (!plt_difference_from_nick (get_text (object, "kind"), &difference) ||
      (field_nick != NULL && !plt_field_from_nick (field_nick, &field)))
    return NULL;

  self = g_new0 (PltDifferenceRule, 1);
  self->id = get_int (object, "id");
  self->difference = difference;
  self->field = field_nick != NULL ? (int) field : PLT_NO_FIELD;
  self->source = get_source (object, "source");
  self->text = g_strdup (get_text (object, "text"));
  if (from != NULL)
    plt_date_parse_iso (from, &self->from);
  if (to != NULL)
    plt_date_parse_iso (to, &self->to);
  self->accepted_by = g_strdup (get_text (object, "accepted_by"));
  self->reason = g_strdup (get_text (object, "reason"));
  self->times = (int) get_int (object, "times");
  self->people = (int) get_int (object, "people");
  self->open = (int) get_int (object, "open");

  return self;
}

GPtrArray *
plt_rules_parse (const char  *json,
                 GError     **error)
{
  g_return_val_if_fail (json != NULL, NULL);

  return parse (json, read_rule, (GDestroyNotify) rule_free, error);
}

/* ---- links ---- */

static void
step_free (PltIdLinkStep *self)
{
  g_clear_pointer (&self->at, g_date_time_unref);
  g_free (self->who);
  g_free (self->reason);
  g_free (self);
}

static void
link_free (PltIdLink *self)
{
  g_free (self->id_number);
  g_free (self->other);
  g_free (self->asked_by_login);
  g_ptr_array_unref (self->steps);
  g_free (self);
}

static gpointer
read_step (JsonObject *object)
{
  PltIdLinkStep *self;
  int state;

  if (!find_word (link_states, G_N_ELEMENTS (link_states), get_text (object, "state"), &state))
    return NULL;

  self = g_new0 (PltIdLinkStep, 1);
  self->at = get_time (object, "at");
  self->who = g_strdup (get_text (object, "who"));
  self->state = (PltIdLinkState) state;
  self->reason = g_strdup (get_text (object, "reason"));

  return self;
}

static gpointer
read_link (JsonObject *object)
{
  PltIdLink *self;
  g_autoptr (GPtrArray) steps = NULL;
  int state;

  if (!find_word (link_states, G_N_ELEMENTS (link_states), get_text (object, "state"), &state) ||
      !json_object_has_member (object, "history") ||
      !JSON_NODE_HOLDS_ARRAY (json_object_get_member (object, "history")))
    return NULL;
  steps = read_array (json_object_get_array_member (object, "history"), read_step,
                      (GDestroyNotify) step_free);
  if (steps->len == 0)
    return NULL;

  self = g_new0 (PltIdLink, 1);
  self->id = get_int (object, "id");
  self->id_number = g_strdup (get_text (object, "id_number"));
  self->other = g_strdup (get_text (object, "other"));
  self->state = (PltIdLinkState) state;
  self->asked_by_login = g_strdup (get_text (object, "asked_by_login"));
  self->steps = g_steal_pointer (&steps);

  return self;
}

GPtrArray *
plt_id_links_parse (const char  *json,
                    GError     **error)
{
  g_return_val_if_fail (json != NULL, NULL);

  return parse (json, read_link, (GDestroyNotify) link_free, error);
}

/* Whether a second person has to agree or refuse. */
gboolean
plt_id_link_waits (const PltIdLink *self)
{
  return self->state == PLT_ID_LINK_PROPOSED || self->state == PLT_ID_LINK_UNLINKING;
}
