/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads what the database says of the rules that choose layouts, and says it in words. */
#include "plt-layout-rules.h"

#include "plt-application.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

void
plt_layout_rule_free (PltLayoutRule *self)
{
  g_free (self->type);
  g_free (self->office);
  g_free (self->layout);
  g_free (self->valid_from);
  g_free (self->valid_to);
  g_free (self->proposed_by);
  g_free (self->approved_by);
  g_free (self->reason);
  g_free (self);
}

static char *
dup_text (JsonObject *object,
          const char *member)
{
  return g_strdup (json_object_get_string_member_with_default (object, member, NULL));
}

/* -1 where any is meant, which is null. */
static int
read_age (JsonObject *object,
          const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? (int) json_node_get_int (node) : -1;
}

/* NULL for a state that this version does not know. */
static PltLayoutRule *
read_rule (JsonObject *object)
{
  PltLayoutState state = 0;
  PltLayoutRule *self;

  if (!plt_layout_state_from_nick (json_object_get_string_member_with_default (object, "state",
                                                                               NULL),
                                   &state))
    return NULL;
  self = g_new0 (PltLayoutRule, 1);
  self->id = json_object_get_int_member_with_default (object, "id", 0);
  self->position = (int) json_object_get_int_member_with_default (object, "position", 0);
  self->type = dup_text (object, "type");
  self->office = dup_text (object, "office");
  self->min_age = read_age (object, "min_age");
  self->max_age = read_age (object, "max_age");
  self->layout = dup_text (object, "layout");
  self->valid_from = dup_text (object, "valid_from");
  self->valid_to = dup_text (object, "valid_to");
  self->state = state;
  self->proposed_by = dup_text (object, "proposed_by");
  self->approved_by = dup_text (object, "approved_by");
  self->reason = dup_text (object, "reason");

  return self;
}

GPtrArray *
plt_layout_rules_parse (const char  *json,
                        GError     **error)
{
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  GPtrArray *rules;
  JsonArray *array;

  if (root == NULL || !JSON_NODE_HOLDS_ARRAY (root))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           _("The office database gave an answer that this version cannot read. "
                             "Tell the administrator."));
      return NULL;
    }
  rules = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_layout_rule_free);
  array = json_node_get_array (root);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      PltLayoutRule *rule = JSON_NODE_HOLDS_OBJECT (node) ? read_rule (json_node_get_object (node))
                                                          : NULL;

      if (rule != NULL)
        g_ptr_array_add (rules, rule);
    }

  return rules;
}

/* Of which applications. */
static char *
dup_kind (const PltLayoutRule *self)
{
  PltApplicationType type;

  if (self->type == NULL)
    return g_strdup (_("Every application"));

  return g_strdup (plt_application_type_from_nick (self->type, &type)
                     ? plt_application_type_get_title (type) : self->type);
}

static char *
dup_age (const PltLayoutRule *self)
{
  if (self->min_age >= 0 && self->max_age >= 0)
    return g_strdup_printf (_("from %d to %d years"), self->min_age, self->max_age);
  if (self->min_age >= 0)
    return g_strdup_printf (_("from %d years on"), self->min_age);
  if (self->max_age >= 0)
    return g_strdup_printf (_("up to %d years"), self->max_age);

  return NULL;
}

char *
plt_layout_rule_dup_title (const PltLayoutRule *self)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *kind = dup_kind (self);
  g_autofree char *age = dup_age (self);
  /* Translators: the code of an office */
  g_autofree char *office = self->office != NULL ? g_strdup_printf (_("office %s"), self->office)
                                                 : NULL;

  g_string_append (words, kind);
  if (age != NULL)
    g_string_append_printf (words, ", %s", age);
  if (office != NULL)
    g_string_append_printf (words, ", %s", office);

  /* Translators: which applications, then the layout that they get */
  return g_strdup_printf (_("%s: %s"), words->str, self->layout);
}

gboolean
plt_layout_rule_read_number (const char  *text,
                             int          least,
                             int          most,
                             gboolean     may_be_empty,
                             char       **number,
                             GError     **error)
{
  g_autofree char *typed = g_strstrip (g_strdup (text));
  gint64 value;

  if (*typed == '\0' && may_be_empty)
    {
      *number = NULL;
      return TRUE;
    }
  if (!g_ascii_string_to_signed (typed, 10, least, most, &value, NULL))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _("“%s” is no whole number from %d to %d."), typed, least, most);
      return FALSE;
    }
  *number = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  return TRUE;
}
