/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the file of sizes that portraits may have. */
#include "plt-picture-budgets.h"

#include "plt-photo-settings.h"

#include <glib/gi18n-lib.h>

static const char * const nicks[] = {
  [PLT_PORTRAIT_RECORD] = "record",
  [PLT_PORTRAIT_CARD] = "card",
  [PLT_PORTRAIT_MOBILE] = "mobile",
  [PLT_PORTRAIT_CHIP] = "chip",
  [PLT_PORTRAIT_BARCODE] = "barcode",
};

static const PltPortraitBudget shipped[] = {
  [PLT_PORTRAIT_RECORD] = { 16000, 480, 92, FALSE },
  [PLT_PORTRAIT_CARD] = { 16000, 480, 92, FALSE },
  [PLT_PORTRAIT_MOBILE] = { 100000, 480, 95, FALSE },
  [PLT_PORTRAIT_CHIP] = { 6500, 270, 95, FALSE },
  [PLT_PORTRAIT_BARCODE] = { 700, 60, 95, TRUE },
};

gboolean
plt_portrait_use_from_nick (const char     *nick,
                            PltPortraitUse *use)
{
  for (int i = 0; i < PLT_N_PORTRAIT_USES; i++)
    if (g_strcmp0 (nicks[i], nick) == 0)
      {
        *use = (PltPortraitUse) i;
        return TRUE;
      }
  return FALSE;
}

void
plt_portrait_budget_init (PltPortraitBudget *budget,
                          PltPortraitUse     use)
{
  g_return_if_fail ((guint) use < PLT_N_PORTRAIT_USES);

  *budget = shipped[use];
}

void
plt_portrait_budgets_free (PltPortraitBudgets *self)
{
  g_free (self);
}

static gboolean
fail (GError     **error,
      const char  *name,
      const char  *member,
      const char  *why)
{
  return plt_photo_settings_fail (PLT_PHOTO_SETTINGS_SIZES, name, member, why, error);
}

static gboolean
read_number (JsonNode    *node,
             gint64       least,
             gint64       most,
             const char  *name,
             const char  *path,
             gint64      *number,
             GError     **error)
{
  g_autofree char *why = NULL;

  *number = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64
              ? json_node_get_int (node) : G_MININT64;
  if (*number >= least && *number <= most)
    return TRUE;
  why = g_strdup_printf (_("must be a whole number from %d to %d"), (int) least, (int) most);
  return fail (error, name, path, why);
}

static gboolean
read_member (JsonNode          *node,
             const char        *member,
             const char        *name,
             const char        *path,
             PltPortraitUse     use,
             PltPortraitBudget *budget,
             GError           **error)
{
  gint64 number = 0;

  if (g_str_equal (member, "max_bytes"))
    {
      if (!read_number (node, use == PLT_PORTRAIT_CARD ? PLT_PORTRAIT_LEAST_OF_CARD : 200, 2097152, name, path, &number, error))
        return FALSE;
      budget->max_bytes = (gsize) number;
    }
  else if (g_str_equal (member, "max_width"))
    {
      if (!read_number (node, 24, 900, name, path, &number, error))
        return FALSE;
      budget->max_width = (int) number;
    }
  else if (g_str_equal (member, "best_quality"))
    {
      if (!read_number (node, 25, 100, name, path, &number, error))
        return FALSE;
      budget->best_quality = (int) number;
    }
  else if (g_str_equal (member, "grey"))
    {
      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
        return fail (error, name, path, _("must be true or false"));
      budget->is_grey = json_node_get_boolean (node);
    }
  else
    return fail (error, name, path, _("is none of max_bytes, max_width, best_quality and grey"));
  return TRUE;
}

static gboolean
read_uses (JsonObject          *uses,
           const char          *name,
           PltPortraitBudgets  *self,
           GError             **error)
{
  g_autoptr (GList) found = json_object_get_members (uses);

  for (GList *l = found; l != NULL; l = l->next)
    {
      JsonNode *node = json_object_get_member (uses, l->data);
      g_autofree char *path = g_strdup_printf ("uses.%s", (const char *) l->data);
      g_autoptr (GList) members = NULL;
      PltPortraitUse use;

      if (!plt_portrait_use_from_nick (l->data, &use))
        return fail (error, name, path, _("is none of record, card, mobile, chip and barcode"));
      if (!JSON_NODE_HOLDS_OBJECT (node))
        return fail (error, name, path, _("must be an object in braces"));
      members = json_object_get_members (json_node_get_object (node));
      for (GList *m = members; m != NULL; m = m->next)
        {
          g_autofree char *place = g_strdup_printf ("%s.%s", path, (const char *) m->data);

          if (!read_member (json_object_get_member (json_node_get_object (node), m->data), m->data,
                            name, place, use, &self->uses[use], error))
            return FALSE;
        }
    }
  return TRUE;
}

PltPortraitBudgets *
plt_portrait_budgets_parse (const char  *json,
                            gssize       length,
                            const char  *name,
                            GError     **error)
{
  g_autoptr (PltPortraitBudgets) self = g_new0 (PltPortraitBudgets, 1);
  g_autoptr (JsonParser) settings =
    plt_photo_settings_parse (PLT_PHOTO_SETTINGS_SIZES, json, length, name, error);
  JsonNode *uses;

  if (settings == NULL)
    return NULL;
  for (int i = 0; i < PLT_N_PORTRAIT_USES; i++)
    self->uses[i] = shipped[i];
  uses = plt_photo_settings_get (settings, "uses", JSON_NODE_OBJECT);
  if (uses == NULL)
    fail (error, name, "uses", _("must be an object in braces"));
  else if (read_uses (json_node_get_object (uses), name, self, error))
    return g_steal_pointer (&self);
  return NULL;
}

PltPortraitBudgets *
plt_portrait_budgets_load (const char  *path,
                           GError     **error)
{
  gsize length = 0;
  g_autofree char *json =
    plt_photo_settings_read (PLT_PHOTO_SETTINGS_SIZES, path, &length, error);

  return json != NULL ? plt_portrait_budgets_parse (json, (gssize) length, path, error) : NULL;
}
