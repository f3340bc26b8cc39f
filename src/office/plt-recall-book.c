/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads what the database says of recalls, and says it for people. */
#include "plt-recall-book.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "plt-card.h"
#include "plt-office-error.h"

static const struct
{
  const char *name;    /* as the database calls it */
  const char *caption;
} fields[PLT_N_RECALL_FIELDS] = {
  [PLT_RECALL_FIELD_PRINTER] = { "printer", N_("Printer") },
  [PLT_RECALL_FIELD_FROM] = { "from", N_("Printed from (2026-03-01 or 2026-03-01 08:00)") },
  [PLT_RECALL_FIELD_TO] = { "to", N_("Printed until") },
  [PLT_RECALL_FIELD_LAYOUT] = { "layout", N_("Layout") },
  [PLT_RECALL_FIELD_VERSION] = { "layout_version", N_("Version of the layout") },
  [PLT_RECALL_FIELD_LOT] = { "lot", N_("Lot of ribbon, film or blanks") },
  [PLT_RECALL_FIELD_ROLL] = { "roll", N_("Serial of one ribbon or film") },
  [PLT_RECALL_FIELD_FIRST] = { "first", N_("Blanks from serial") },
  [PLT_RECALL_FIELD_LAST] = { "last", N_("Blanks up to serial") },
  [PLT_RECALL_FIELD_OPERATOR] = { "operator", N_("Who printed (sign-in name)") },
};

static const char * const states[] = {
  [PLT_RECALL_PROPOSED] = "proposed",
  [PLT_RECALL_CONFIRMED] = "confirmed",
  [PLT_RECALL_REFUSED] = "refused",
};

/* What is still to be done with a card, as the database calls it, before and after the recall was confirmed. */
static const struct
{
  const char *name;
  const char *proposed;
  const char *confirmed;
} todos[] = {
  { "write", N_("its holder has it: it would be recalled"), N_("write to its holder, and note here when it comes back") },
  { "spoil", N_("it lies here: it would be frozen"), N_("it lies here, frozen: spoil it") },
  { "freeze", N_("it is being made: it would be frozen"), N_("it is frozen: spoil it as soon as it is out") },
  { "destroy", N_("it lies with what is spoiled: it would be destroyed"),
    N_("it lies with what is spoiled: have it destroyed by two persons in Stock") },
};

static const struct
{
  const char *name;
  const char *words;
} outcomes[] = {
  { "returned", N_("brought back") },
  { "destroyed", N_("destroyed") },
  { "not_found", N_("not found") },
};

const char *
plt_recall_field_get_caption (PltRecallField field)
{
  g_return_val_if_fail (field < PLT_N_RECALL_FIELDS, NULL);

  return _(fields[field].caption);
}

char *
plt_recall_dup_filter (const char * const *values)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  for (int i = 0; i < PLT_N_RECALL_FIELDS; i++)
    {
      g_autofree char *value = g_strstrip (g_strdup (values[i] != NULL ? values[i] : ""));

      if (*value == '\0')
        continue;
      json_builder_set_member_name (builder, fields[i].name);
      json_builder_add_string_value (builder, value);
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

/* ---- cards ---- */

static void
card_free (PltRecallCard *self)
{
  g_free (self->card);
  g_free (self->application);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self);
}

static const char *
get_text (JsonObject *object,
          const char *name)
{
  return json_object_get_string_member_with_default (object, name, "");
}

static const char *
get_todo (const char     *todo,
          PltRecallState  state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (todos); i++)
    if (g_str_equal (todos[i].name, todo))
      return state == PLT_RECALL_CONFIRMED ? _(todos[i].confirmed) : _(todos[i].proposed);
  return _("nothing is left to do");
}

static const char *
get_outcome (const char *outcome)
{
  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    if (g_str_equal (outcomes[i].name, outcome))
      return _(outcomes[i].words);
  return NULL;
}

static char *
dup_card_words (JsonObject     *object,
                PltRecallState  recall,
                gboolean       *is_open)
{
  const char *outcome = get_outcome (get_text (object, "outcome"));
  const char *note = get_text (object, "note");
  const char *todo = get_text (object, "todo");
  PltCardState state = PLT_CARD_STATE_RESERVED;
  g_autoptr (GString) words = g_string_new (NULL);

  plt_card_state_from_nick (get_text (object, "state"), &state);
  g_string_append (words, plt_card_state_get_title (state));
  if (outcome != NULL)
    g_string_append_printf (words, " · %s", outcome);
  if (*note != '\0')
    g_string_append_printf (words, " · %s", note);
  *is_open = recall == PLT_RECALL_CONFIRMED && !g_str_equal (todo, "nothing") &&
             !g_str_equal (get_text (object, "outcome"), "not_found");
  if (outcome == NULL || *is_open)
    g_string_append_printf (words, " · %s", get_todo (todo, recall));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static PltRecallCard *
read_card (JsonObject     *object,
           PltRecallState  recall)
{
  PltRecallCard *self = g_new0 (PltRecallCard, 1);
  const char *holder = get_text (object, "holder_name");

  self->card = g_strdup (get_text (object, "card"));
  self->title = *holder != '\0' ? g_strdup_printf ("%s · %s", self->card, holder) : g_strdup (self->card);
  self->subtitle = dup_card_words (object, recall, &self->is_open);
  self->application = g_strdup (json_object_get_string_member_with_default (object, "application_number", NULL));
  self->is_lost = g_str_equal (get_text (object, "state"), plt_card_state_to_nick (PLT_CARD_STATE_RECALLED)) ||
                  g_str_equal (get_text (object, "state"), plt_card_state_to_nick (PLT_CARD_STATE_SPOILED));
  return self;
}

static GPtrArray *
read_cards (JsonObject     *object,
            PltRecallState  recall)
{
  GPtrArray *cards = g_ptr_array_new_with_free_func ((GDestroyNotify) card_free);
  JsonNode *list = json_object_get_member (object, "list");

  if (list != NULL && JSON_NODE_HOLDS_ARRAY (list))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (list)); i++)
      g_ptr_array_add (cards, read_card (json_array_get_object_element (json_node_get_array (list), i), recall));
  return cards;
}

/* ---- recalls ---- */

void
plt_recall_free (PltRecall *self)
{
  g_free (self->number);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->reason);
  g_clear_pointer (&self->cards, g_ptr_array_unref);
  g_free (self);
}

/* "Printer: x · Lot …: y" */
static char *
dup_common (JsonObject *filter)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (int i = 0; filter != NULL && i < PLT_N_RECALL_FIELDS; i++)
    {
      JsonNode *node = json_object_get_member (filter, fields[i].name);
      g_autofree char *value = node == NULL || !JSON_NODE_HOLDS_VALUE (node) ? NULL
                               : json_node_get_value_type (node) == G_TYPE_STRING
                                 ? g_strdup (json_node_get_string (node))
                                 : g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
      g_autofree char *caption = g_strdup (_(fields[i].caption));
      char *example = strstr (caption, " (");

      if (value == NULL)
        continue;
      if (example != NULL)
        *example = '\0';
      if (words->len > 0)
        g_string_append (words, " · ");
      /* Translators: what cards have in common, and its value */
      g_string_append_printf (words, _("%s: %s"), caption, value);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static char *
dup_progress (JsonObject     *object,
              PltRecallState  state)
{
  int n_cards = (int) json_object_get_int_member_with_default (object, "cards", 0);
  int n_holders = (int) json_object_get_int_member_with_default (object, "with_holders", 0);
  g_autofree char *cards = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d card", "%d cards", (gulong) n_cards),
                                            n_cards);

  if (state == PLT_RECALL_PROPOSED)
    /* Translators: a name, how many cards */
    return g_strdup_printf (_("%s proposed it · %s · waits for a colleague"), get_text (object, "proposed_by"), cards);
  if (state == PLT_RECALL_REFUSED)
    return g_strdup_printf (_("%s refused it · %s"), get_text (object, "decided_by"), cards);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s confirmed it · %s · %d with its holder",
                                       "%s confirmed it · %s · %d with their holders", (gulong) n_holders),
                          get_text (object, "decided_by"), cards, n_holders);
}

static PltRecall *
read_recall (JsonObject *object,
             gboolean    with_cards)
{
  PltRecall *self = g_new0 (PltRecall, 1);
  JsonNode *filter = json_object_get_member (object, "filter");
  g_autofree char *common = dup_common (filter != NULL && JSON_NODE_HOLDS_OBJECT (filter)
                                          ? json_node_get_object (filter) : NULL);

  self->number = g_strdup_printf ("%" G_GINT64_FORMAT,
                                  json_object_get_int_member_with_default (object, "recall", 0));
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_str_equal (states[i], get_text (object, "state")))
      self->state = (PltRecallState) i;
  /* Translators: a recall’s number, and what its cards have in common */
  self->title = g_strdup_printf (_("Recall %s · %s"), self->number, common);
  self->reason = g_strdup (get_text (object, "reason"));
  if (with_cards)
    self->cards = read_cards (object, self->state);
  else
    self->subtitle = dup_progress (object, self->state);
  return self;
}

static JsonNode *
parse (const char  *json,
       JsonNodeType type,
       GError     **error)
{
  g_autoptr (JsonNode) root = json_from_string (json != NULL ? json : "", NULL);

  if (root != NULL && JSON_NODE_TYPE (root) == type)
    return g_steal_pointer (&root);
  g_set_error_literal (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID,
                       _("The recalls could not be read. Open the page again."));
  return NULL;
}

GPtrArray *
plt_recall_parse_list (const char  *json,
                       GError     **error)
{
  g_autoptr (JsonNode) root = parse (json, JSON_NODE_ARRAY, error);
  GPtrArray *recalls;

  if (root == NULL)
    return NULL;
  recalls = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_recall_free);
  for (guint i = 0; i < json_array_get_length (json_node_get_array (root)); i++)
    g_ptr_array_add (recalls, read_recall (json_array_get_object_element (json_node_get_array (root), i), FALSE));
  return recalls;
}

PltRecall *
plt_recall_parse (const char  *json,
                  GError     **error)
{
  g_autoptr (JsonNode) root = parse (json, JSON_NODE_OBJECT, error);

  return root != NULL ? read_recall (json_node_get_object (root), TRUE) : NULL;
}

GPtrArray *
plt_recall_parse_preview (const char  *json,
                          GError     **error)
{
  g_autoptr (JsonNode) root = parse (json, JSON_NODE_OBJECT, error);

  return root != NULL ? read_cards (json_node_get_object (root), PLT_RECALL_PROPOSED) : NULL;
}

char *
plt_recall_dup_confirmed (const char *json)
{
  g_autoptr (JsonNode) root = parse (json, JSON_NODE_OBJECT, NULL);
  JsonObject *object = root != NULL ? json_node_get_object (root) : NULL;

  if (object == NULL)
    return NULL;
  /* Translators: three counts of cards */
  return g_strdup_printf (_("The recall is in force: recalled %d, frozen %d, others %d."),
                          (int) json_object_get_int_member_with_default (object, "recalled", 0),
                          (int) json_object_get_int_member_with_default (object, "frozen", 0),
                          (int) json_object_get_int_member_with_default (object, "others", 0));
}
