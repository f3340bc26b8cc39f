/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of a layout by which values may be shortened or words divided: tables of abbreviations,
 * and the hyphenation patterns of languages. */
#include "plt-layout-private.h"

#include "plt-layout-members.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_TABLES 20
#define MOST_PAIRS 500

static void
pair_free (PltRulePair *pair)
{
  g_free (pair->word);
  g_free (pair->shorter);
  g_free (pair);
}

static void
table_free (PltRuleTable *table)
{
  g_free (table->name);
  g_clear_pointer (&table->pairs, g_ptr_array_unref);
  g_free (table);
}

static void
hyphenation_free (PltHyphenation *hyphenation)
{
  g_free (hyphenation->language);
  g_clear_pointer (&hyphenation->hyphenator, plt_hyphenator_free);
  g_free (hyphenation);
}

static int
compare_pairs (gconstpointer a,
               gconstpointer b)
{
  const PltRulePair *x = *(PltRulePair *const *) a;
  const PltRulePair *y = *(PltRulePair *const *) b;
  gsize m = strlen (x->word), n = strlen (y->word);

  return m != n ? (m < n) - (m > n) : strcmp (x->word, y->word);
}

static gboolean
read_pair (PltRuleTable         *table,
           const PltLayoutText  *text,
           JsonObject           *object,
           const char           *path,
           const char           *word,
           GError              **error)
{
  g_autofree char *member_path = plt_layout_member_path (path, word);
  const char *shorter = plt_layout_get_string (text, object, path, word, error);
  PltRulePair *pair;

  if (shorter == NULL)
    return FALSE;
  if (strlen (shorter) >= strlen (word) || (word[0] == '-') != (shorter[0] == '-')
      || g_str_equal (word, "-") || strchr (word, ' ') != NULL)
    return plt_layout_text_fail (text, member_path, error,
                                 _("must be a shorter form of one word; both begin with a hyphen "
                                   "where it is the end of a word"));
  pair = g_new0 (PltRulePair, 1);
  pair->word = g_strdup (word);
  pair->shorter = g_strdup (shorter);
  g_ptr_array_add (table->pairs, pair);
  return TRUE;
}

static gboolean
read_table (PltLayout            *self,
            const PltLayoutText  *text,
            JsonObject           *all,
            const char           *name,
            GError              **error)
{
  g_autofree char *path = g_strconcat ("abbreviations.", name, NULL);
  JsonObject *object = plt_layout_get_object (text, json_object_get_member (all, name), path, error);
  g_autoptr (GList) words = object != NULL ? json_object_get_members (object) : NULL;
  PltRuleTable *table;

  if (object == NULL)
    return FALSE;
  if (g_str_equal (name, PLT_RULE_INITIALS) || g_str_equal (name, PLT_RULE_DROP))
    return plt_layout_text_fail (text, path, error, _("is the name of a rule of the program"));
  if (json_object_get_size (object) > MOST_PAIRS)
    return plt_layout_text_fail (text, path, error, _("there may be no more than %d"), MOST_PAIRS);
  table = g_new0 (PltRuleTable, 1);
  table->name = g_strdup (name);
  table->pairs = g_ptr_array_new_with_free_func ((GDestroyNotify) pair_free);
  g_ptr_array_add (self->rules, table);
  for (GList *l = words; l != NULL; l = l->next)
    if (!read_pair (table, text, object, path, l->data, error))
      return FALSE;
  g_ptr_array_sort (table->pairs, compare_pairs);
  return TRUE;
}

static gboolean
read_tables (PltLayout            *self,
             const PltLayoutText  *text,
             JsonObject           *root,
             GError              **error)
{
  JsonObject *all;
  g_autoptr (GList) names = NULL;

  if (!json_object_has_member (root, "abbreviations"))
    return TRUE;
  all = plt_layout_get_object (text, json_object_get_member (root, "abbreviations"),
                               "abbreviations", error);
  if (all == NULL)
    return FALSE;
  if (json_object_get_size (all) > MOST_TABLES)
    return plt_layout_text_fail (text, "abbreviations", error, _("there may be no more than %d"),
                                 MOST_TABLES);
  names = json_object_get_members (all);
  for (GList *l = names; l != NULL; l = l->next)
    if (!read_table (self, text, all, l->data, error))
      return FALSE;
  return TRUE;
}

static PltHyphenator *
load_patterns (PltLayout   *self,
               const char  *file,
               const char  *package,
               GError     **error)
{
  g_autofree char *path = plt_layout_find_data_file ("hyphen", file);
  g_autofree char *hash = plt_layout_hash_file (path);
  PltHyphenator *hyphenator = hash != NULL ? plt_hyphenator_new_from_file (path) : NULL;

  if (hyphenator != NULL)
    {
      plt_layout_add_file (self, "hyphenation", file, hash);
      return hyphenator;
    }
  /* Translators: a file of hyphenation patterns and the Debian package that brings it. */
  g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_FONT,
               _("The layout “%s” was not loaded because the hyphenation patterns “%s” are not "
                 "installed. Ask the administrator to install the package %s."),
               self->id, file, package);
  return NULL;
}

static gboolean
read_language (PltLayout            *self,
               const PltLayoutText  *text,
               JsonNode             *node,
               const char           *path,
               GError              **error)
{
  static const char *const known[] = { "language", "file", "package", NULL };
  JsonObject *object = plt_layout_get_object (text, node, path, error);
  g_autofree char *file_path = g_strconcat (path, ".file", NULL);
  const char *language, *file, *package;
  PltHyphenation *hyphenation;
  PltHyphenator *hyphenator;

  if (object == NULL || !plt_layout_check_members (text, object, path, known, error)
      || (language = plt_layout_get_string (text, object, path, "language", error)) == NULL
      || (file = plt_layout_get_string (text, object, path, "file", error)) == NULL
      || (package = plt_layout_get_string (text, object, path, "package", error)) == NULL)
    return FALSE;
  if (strchr (file, '/') != NULL || file[0] == '.')
    return plt_layout_text_fail (text, file_path, error,
                                 _("must be the name of a file, such as “hyph_de_DE.dic”"));
  hyphenator = load_patterns (self, file, package, error);
  if (hyphenator == NULL)
    return FALSE;
  hyphenation = g_new0 (PltHyphenation, 1);
  hyphenation->language = g_strdup (language);
  hyphenation->hyphenator = hyphenator;
  g_ptr_array_add (self->hyphenations, hyphenation);
  return TRUE;
}

/* "abbreviations" and "hyphenation" of the layout. Errors: FONT, naming the package, where patterns
 * are not installed. */
gboolean
plt_layout_read_rules (PltLayout            *self,
                       const PltLayoutText  *text,
                       JsonObject           *root,
                       GError              **error)
{
  JsonArray *array;

  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) table_free);
  self->hyphenations = g_ptr_array_new_with_free_func ((GDestroyNotify) hyphenation_free);
  if (!read_tables (self, text, root, error))
    return FALSE;
  if (!json_object_has_member (root, "hyphenation"))
    return TRUE;
  array = plt_layout_get_array (text, root, "", "hyphenation", error);
  if (array == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *path = g_strdup_printf ("hyphenation[%u]", i);

      if (!read_language (self, text, json_array_get_element (array, i), path, error))
        return FALSE;
    }
  return TRUE;
}

const PltRuleTable *
plt_layout_find_rules (PltLayout  *self,
                       const char *name)
{
  for (guint i = 0; i < self->rules->len; i++)
    {
      PltRuleTable *table = g_ptr_array_index (self->rules, i);

      if (g_str_equal (table->name, name))
        return table;
    }
  return NULL;
}

const PltHyphenation *
plt_layout_find_hyphenation (PltLayout  *self,
                             const char *language)
{
  for (guint i = 0; language != NULL && i < self->hyphenations->len; i++)
    {
      PltHyphenation *hyphenation = g_ptr_array_index (self->hyphenations, i);

      if (g_str_equal (hyphenation->language, language))
        return hyphenation;
    }
  return NULL;
}
