/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads what the database says of the versions of layouts. */
#include "plt-layout-versions-private.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

static const struct
{
  const char *nick;
  const char *title;
} states[] = {
  [PLT_LAYOUT_STATE_PROPOSED] = { "proposed", NC_("version of a layout", "Proposed") },
  [PLT_LAYOUT_STATE_APPROVED] = { "approved", NC_("version of a layout", "Approved") },
  [PLT_LAYOUT_STATE_REFUSED] = { "refused", NC_("version of a layout", "Refused") },
  [PLT_LAYOUT_STATE_RETIRED] = { "retired", NC_("version of a layout", "Retired") },
};

const char *
plt_layout_state_get_title (PltLayoutState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (states), NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "version of a layout", states[state].title);
}

void
plt_layout_version_free (PltLayoutVersion *self)
{
  g_free (self->layout);
  g_free (self->digest);
  g_free (self->valid_from);
  g_free (self->valid_to);
  g_free (self->proposed_by);
  g_free (self->proposed_by_login);
  g_free (self->approved_by);
  g_clear_pointer (&self->changed_at, g_date_time_unref);
  g_free (self->reason);
  g_free (self);
}

static char *
dup_day (GDate *day)
{
  return day == NULL ? NULL : g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (day),
                                               g_date_get_month (day), g_date_get_day (day));
}

PltLayoutVersion *
plt_layout_version_new_of (PltLayout *layout)
{
  PltLayoutVersion *self = g_new0 (PltLayoutVersion, 1);

  self->layout = g_strdup (plt_layout_get_id (layout));
  self->version = plt_layout_get_version (layout);
  self->digest = g_strdup (plt_layout_get_digest (layout));
  self->valid_from = dup_day (plt_layout_get_valid_from (layout));
  self->valid_to = dup_day (plt_layout_get_valid_to (layout));

  return self;
}

static char *
dup_text (JsonObject *object,
          const char *member)
{
  return g_strdup (json_object_get_string_member_with_default (object, member, NULL));
}

gboolean
plt_layout_state_from_nick (const char     *nick,
                            PltLayoutState *state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (states[i].nick, nick) == 0)
      {
        *state = (PltLayoutState) i;
        return TRUE;
      }

  return FALSE;
}

/* NULL for a state that this version does not know. */
static PltLayoutVersion *
read_version (JsonObject *object)
{
  PltLayoutVersion *self;
  PltLayoutState state = 0;
  g_autofree char *at = dup_text (object, "changed_at");

  if (!plt_layout_state_from_nick (json_object_get_string_member_with_default (object, "state",
                                                                               NULL),
                                   &state))
    return NULL;
  self = g_new0 (PltLayoutVersion, 1);
  self->id = json_object_get_int_member_with_default (object, "id", 0);
  self->layout = dup_text (object, "layout");
  self->version = (int) json_object_get_int_member_with_default (object, "version", 0);
  self->digest = dup_text (object, "digest");
  self->valid_from = dup_text (object, "valid_from");
  self->valid_to = dup_text (object, "valid_to");
  self->state = state;
  self->usable = json_object_get_boolean_member_with_default (object, "usable", FALSE);
  self->ruled = json_object_get_boolean_member_with_default (object, "ruled", FALSE);
  self->proposed_by = dup_text (object, "proposed_by");
  self->proposed_by_login = dup_text (object, "proposed_by_login");
  self->approved_by = dup_text (object, "approved_by");
  self->changed_at = at != NULL ? g_date_time_new_from_iso8601 (at, NULL) : NULL;
  self->reason = dup_text (object, "reason");

  return self;
}

GPtrArray *
plt_layout_versions_parse (const char  *json,
                           GError     **error)
{
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  GPtrArray *versions;
  JsonArray *array;

  if (root == NULL || !JSON_NODE_HOLDS_ARRAY (root))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           _("The office database gave an answer that this version cannot read. "
                             "Tell the administrator."));
      return NULL;
    }
  versions = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_layout_version_free);
  array = json_node_get_array (root);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      PltLayoutVersion *version
          = JSON_NODE_HOLDS_OBJECT (node) ? read_version (json_node_get_object (node)) : NULL;

      if (version != NULL)
        g_ptr_array_add (versions, version);
    }

  return versions;
}
