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

static void
read_pair (PltRuleTable         *table,
           const PltLayoutText  *text,
           JsonObject           *object,
           const char           *path,
           const char           *word)
{
  g_autofree char *member_path = plt_layout_member_path (path, word);
  const char *shorter = plt_layout_get_string (text, object, path, word);
  PltRulePair *pair;

  if (shorter == NULL)
    return;
  if (strlen (shorter) >= strlen (word) || (word[0] == '-') != (shorter[0] == '-')
      || g_str_equal (word, "-") || strchr (word, ' ') != NULL)
    {
      plt_layout_text_fail (text, member_path,
                            _("must be a shorter form of one word; both begin with a hyphen where "
                              "it is the end of a word"));
      return;
    }
  pair = g_new0 (PltRulePair, 1);
  pair->word = g_strdup (word);
  pair->shorter = g_strdup (shorter);
  g_ptr_array_add (table->pairs, pair);
}

static void
read_pairs (PltRuleTable         *table,
            const PltLayoutText  *text,
            JsonNode             *node,
            const char           *path)
{
  JsonObject *object = plt_layout_get_object (text, node, path);
  g_autoptr (GList) words = NULL;

  if (object == NULL)
    return;
  if (json_object_get_size (object) > MOST_PAIRS)
    plt_layout_text_fail (text, path, _("there may be no more than %d"), MOST_PAIRS);
  words = json_object_get_members (object);
  for (GList *l = words; l != NULL; l = l->next)
    read_pair (table, text, object, path, l->data);
  g_ptr_array_sort (table->pairs, compare_pairs);
}

/* A table with faults is there all the same, so that who names it is not told of another. */
static void
read_table (PltLayout            *self,
            const PltLayoutText  *text,
            JsonObject           *all,
            const char           *name)
{
  g_autofree char *path = g_strconcat ("abbreviations.", name, NULL);
  PltRuleTable *table = g_new0 (PltRuleTable, 1);

  if (g_str_equal (name, PLT_RULE_INITIALS) || g_str_equal (name, PLT_RULE_DROP))
    plt_layout_text_fail (text, path, _("is the name of a rule of the program"));
  table->name = g_strdup (name);
  table->pairs = g_ptr_array_new_with_free_func ((GDestroyNotify) pair_free);
  g_ptr_array_add (self->rules, table);
  read_pairs (table, text, json_object_get_member (all, name), path);
}

static void
read_tables (PltLayout            *self,
             const PltLayoutText  *text,
             JsonObject           *root)
{
  JsonObject *all;
  g_autoptr (GList) names = NULL;

  if (!json_object_has_member (root, "abbreviations"))
    return;
  all = plt_layout_get_object (text, json_object_get_member (root, "abbreviations"),
                               "abbreviations");
  if (all == NULL)
    return;
  if (json_object_get_size (all) > MOST_TABLES)
    plt_layout_text_fail (text, "abbreviations", _("there may be no more than %d"), MOST_TABLES);
  names = json_object_get_members (all);
  for (GList *l = names; l != NULL; l = l->next)
    read_table (self, text, all, l->data);
}

static PltHyphenator *
load_patterns (PltLayout            *self,
               const PltLayoutText  *text,
               const char           *member_path,
               const char           *file,
               const char           *package)
{
  g_autofree char *path = plt_layout_find_data_file (text->file, "hyphen", file);
  g_autofree char *hash = plt_layout_hash_file (path);
  PltHyphenator *hyphenator = hash != NULL ? plt_hyphenator_new_from_file (path) : NULL;

  if (hyphenator != NULL)
    plt_layout_add_file (self, "hyphenation", file, path, hash);
  else
    /* Translators: a file of hyphenation patterns and the Debian package that brings it. */
    plt_layout_text_lack (text, member_path,
                          _("the hyphenation patterns “%s” are not installed. Ask the administrator "
                            "to install the package %s"), file, package);
  return hyphenator;
}

static void
read_language (PltLayout            *self,
               const PltLayoutText  *text,
               JsonNode             *node,
               const char           *path)
{
  static const char *const known[] = { "language", "file", "package", NULL };
  JsonObject *object = plt_layout_get_object (text, node, path);
  g_autofree char *file_path = g_strconcat (path, ".file", NULL);
  const char *language, *file, *package;
  PltHyphenation *hyphenation;

  if (object == NULL)
    return;
  plt_layout_check_members (text, object, path, known);
  language = plt_layout_get_string (text, object, path, "language");
  file = plt_layout_get_string (text, object, path, "file");
  package = plt_layout_get_string (text, object, path, "package");
  if (language == NULL)
    return;
  hyphenation = g_new0 (PltHyphenation, 1);
  hyphenation->language = g_strdup (language);
  if (file != NULL && (strchr (file, '/') != NULL || file[0] == '.'))
    plt_layout_text_fail (text, file_path,
                          _("must be the name of a file, such as “hyph_de_DE.dic”"));
  else if (file != NULL && package != NULL)
    hyphenation->hyphenator = load_patterns (self, text, file_path, file, package);
  if (plt_layout_find_hyphenation (self, language) != NULL)
    plt_layout_text_fail (text, path, _("“%s” stands twice"), language);
  g_ptr_array_add (self->hyphenations, hyphenation);
}

/* "abbreviations" and "hyphenation" of the layout. */
void
plt_layout_read_rules (PltLayout            *self,
                       const PltLayoutText  *text,
                       JsonObject           *root)
{
  JsonArray *array;

  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) table_free);
  self->hyphenations = g_ptr_array_new_with_free_func ((GDestroyNotify) hyphenation_free);
  read_tables (self, text, root);
  if (!json_object_has_member (root, "hyphenation"))
    return;
  array = plt_layout_get_array (text, root, "", "hyphenation");
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      g_autofree char *path = g_strdup_printf ("hyphenation[%u]", i);

      read_language (self, text, json_array_get_element (array, i), path);
    }
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
