/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-field-words.h"

#include "plt-category.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
is_country (const char *value)
{
  return strlen (value) == 3 && g_ascii_isupper (value[0]) && g_ascii_isupper (value[1]) &&
         g_ascii_isupper (value[2]);
}

/**
 * plt_field_words_has:
 * @kind: what a field holds
 * @value: a word; of categories one code
 *
 * Returns: whether it is one of ours; any word is where @kind is free
 */
gboolean
plt_field_words_has (PltFieldKind  kind,
                     const char   *value)
{
  static const char * const sexes[] = { "M", "F", "X", NULL };
  static const char * const statuses[] = { "valid", "expired", "suspended", "withdrawn", NULL };
  PltCategory category;

  switch (kind)
    {
    case PLT_FIELD_KIND_SEX:
      return g_strv_contains (sexes, value);
    case PLT_FIELD_KIND_STATUS:
      return g_strv_contains (statuses, value);
    case PLT_FIELD_KIND_NATIONALITY:
      return is_country (value);
    case PLT_FIELD_KIND_CODES:
      if (g_str_equal (value, PLT_FIELD_WORD_ALL))
        return TRUE;
      G_GNUC_FALLTHROUGH;
    case PLT_FIELD_KIND_CATEGORIES:
      return plt_category_from_code (value, &category);
    default:
      return TRUE;
    }
}

static const char *
get_rule (PltFieldKind kind)
{
  switch (kind)
    {
    case PLT_FIELD_KIND_SEX:
      return _("must be M, F or X");
    case PLT_FIELD_KIND_STATUS:
      return _("must be valid, expired, suspended or withdrawn");
    case PLT_FIELD_KIND_NATIONALITY:
      return _("must be a country in three capital letters, such as UTO");
    case PLT_FIELD_KIND_CODES:
      return _("must be a category such as BE, or ALL");
    default:
      return _("must be a category such as BE, or empty");
    }
}

/* A table of “codes” stands elsewhere in the file, and other fields may have it, too. */
static void
fail_shared (PltFieldKind      kind,
             PltAdapterObject *object,
             const char       *code)
{
  g_autofree char *rule = g_strdup_printf ("“%s”: %s", code, get_rule (kind));

  plt_adapter_object_fail (object, "map", "%s", rule);
}

/**
 * plt_field_words_check_table:
 * @kind: what a field holds
 * @object: the field's object, whose “map” is @table itself or the name of it
 * @table: from the registry's words to ours; "" is none
 *
 * Tells each word of ours that the field cannot have.
 */
void
plt_field_words_check_table (PltFieldKind      kind,
                             PltAdapterObject *object,
                             GHashTable       *table)
{
  JsonNode *node = json_object_get_member (object->object, "map");
  g_autoptr (GList) codes = g_list_sort (g_hash_table_get_keys (table), (GCompareFunc) strcmp);

  for (GList *at = codes; at != NULL; at = at->next)
    {
      const char *value = g_hash_table_lookup (table, at->data);

      if (value == NULL || *value == '\0' || plt_field_words_has (kind, value))
        continue;
      if (JSON_NODE_HOLDS_OBJECT (node))
        {
          g_auto (PltAdapterObject) map = plt_adapter_object_open (object, "map");

          plt_adapter_object_fail (&map, at->data, "%s", get_rule (kind));
        }
      else
        fail_shared (kind, object, at->data);
    }
}
