/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads members of the objects of a layout file and says what is wrong with them. */
#include "plt-layout-members.h"

#include "plt-date.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LONGEST_WORD 40

/* Returns: (transfer full): "front[2].width"; at the top of the file just the name. */
char *
plt_layout_member_path (const char *path,
                        const char *name)
{
  return *path != '\0' ? g_strdup_printf ("%s.%s", path, name) : g_strdup (name);
}

/* Returns: (transfer none) (nullable) */
JsonNode *
plt_layout_get_member (const PltLayoutText  *text,
                       JsonObject           *object,
                       const char           *path,
                       const char           *name)
{
  g_autofree char *member_path = plt_layout_member_path (path, name);
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL)
    plt_layout_text_fail (text, member_path, _("is missing"));
  return node;
}

/* Returns: (transfer none) (nullable): never empty. */
const char *
plt_layout_get_string (const PltLayoutText  *text,
                       JsonObject           *object,
                       const char           *path,
                       const char           *name)
{
  g_autofree char *member_path = plt_layout_member_path (path, name);
  JsonNode *node = plt_layout_get_member (text, object, path, name);

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
      && *json_node_get_string (node) != '\0')
    return json_node_get_string (node);
  plt_layout_text_fail (text, member_path, _("must be a text in quotes"));
  return NULL;
}

/* A member that is absent leaves *@number as it is. */
gboolean
plt_layout_get_number (const PltLayoutText  *text,
                       JsonObject           *object,
                       const char           *path,
                       const char           *name,
                       double                least,
                       double                most,
                       double               *number)
{
  g_autofree char *member_path = plt_layout_member_path (path, name);
  JsonNode *node = json_object_get_member (object, name);
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : 0;
  double value;

  if (node == NULL)
    return TRUE;
  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return plt_layout_text_fail (text, member_path, _("must be a number"));
  value = json_node_get_double (node);
  if (!(value >= least && value <= most))
    return plt_layout_text_fail (text, member_path, _("must be from %g to %g, not %g"),
                                 least, most, value);
  *number = value;
  return TRUE;
}

gboolean
plt_layout_get_whole (const PltLayoutText  *text,
                      JsonObject           *object,
                      const char           *path,
                      const char           *name,
                      int                  *number)
{
  g_autofree char *member_path = plt_layout_member_path (path, name);
  JsonNode *node = plt_layout_get_member (text, object, path, name);

  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64
      || json_node_get_int (node) < 1 || json_node_get_int (node) > 1000000)
    return plt_layout_text_fail (text, member_path, _("must be a whole number from 1"));
  *number = (int) json_node_get_int (node);
  return TRUE;
}

/* A member that is absent leaves *@date NULL. */
gboolean
plt_layout_get_date (const PltLayoutText  *text,
                     JsonObject           *object,
                     const char           *path,
                     const char           *name,
                     GDate               **date)
{
  g_autofree char *member_path = plt_layout_member_path (path, name);
  const char *string;
  PltDate day;

  if (!json_object_has_member (object, name))
    return TRUE;
  string = plt_layout_get_string (text, object, path, name);
  if (string == NULL)
    return FALSE;
  if (!plt_date_parse_iso (string, &day))
    return plt_layout_text_fail (text, member_path,
                                 _("must be a day such as “2026-03-31”, not “%s”"), string);
  *date = g_date_new_dmy ((GDateDay) day.day, day.month, (GDateYear) day.year);
  return TRUE;
}

/* Returns: (transfer none) (nullable) */
JsonArray *
plt_layout_get_array (const PltLayoutText  *text,
                      JsonObject           *object,
                      const char           *path,
                      const char           *name)
{
  g_autofree char *member_path = plt_layout_member_path (path, name);
  JsonNode *node = plt_layout_get_member (text, object, path, name);

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);
  plt_layout_text_fail (text, member_path, _("must be a list in brackets"));
  return NULL;
}

/* @node may be NULL. Returns: (transfer none) (nullable) */
JsonObject *
plt_layout_get_object (const PltLayoutText  *text,
                       JsonNode             *node,
                       const char           *path)
{
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  plt_layout_text_fail (text, path, _("must be an object in braces"));
  return NULL;
}

/* How many letters must be added, left out or changed to make one word the other. */
static guint
count_changes (const char *a,
               const char *b)
{
  guint row[LONGEST_WORD + 1];
  gsize width = strlen (b);

  for (gsize j = 0; j <= width; j++)
    row[j] = (guint) j;
  for (gsize i = 1; a[i - 1] != '\0'; i++)
    {
      guint corner = row[0];

      row[0] = (guint) i;
      for (gsize j = 1; j <= width; j++)
        {
          guint above = row[j];

          row[j] = MIN (MIN (above, row[j - 1]) + 1, corner + (a[i - 1] != b[j - 1]));
          corner = above;
        }
    }
  return row[width];
}

const char *
plt_layout_find_nearest (const char        *word,
                         const char *const *known)
{
  gsize length = strlen (word);
  guint best = 0;
  const char *nearest = NULL;

  if (length > LONGEST_WORD)
    return NULL;
  for (gsize i = 0; known[i] != NULL; i++)
    {
      guint changes = strlen (known[i]) <= LONGEST_WORD ? count_changes (word, known[i]) : G_MAXUINT;

      if (changes <= (length < 4 ? 1 : MAX (length / 3, 2)) && (nearest == NULL || changes < best))
        {
          best = changes;
          nearest = known[i];
        }
    }
  return nearest;
}

gboolean
plt_layout_check_members (const PltLayoutText  *text,
                          JsonObject           *object,
                          const char           *path,
                          const char *const    *known)
{
  g_autoptr (GList) names = json_object_get_members (object);
  guint n_faults = plt_layout_text_count (text);

  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *member_path = plt_layout_member_path (path, l->data);
      g_autofree char *all = NULL;
      const char *nearest;

      if (g_strv_contains (known, l->data))
        continue;
      nearest = plt_layout_find_nearest (l->data, known);
      all = g_strjoinv (", ", (char **) known);
      if (nearest != NULL)
        plt_layout_text_fail (text, member_path,
                              _("there is no such member here; “%s” may be meant"), nearest);
      else
        plt_layout_text_fail (text, member_path,
                              _("there is no such member here; there may be %s"), all);
    }
  return plt_layout_text_count (text) == n_faults;
}
