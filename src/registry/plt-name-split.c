/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Splits joined names. What does not follow the rule is refused and not guessed: a name cut at the
 * wrong place is another person's. */
#include "plt-name-split.h"

#include <string.h>

static char *
join (char * const *words,
      guint         from,
      guint         to)
{
  GString *text = g_string_new (NULL);

  for (guint i = from; i < to; i++)
    {
      if (text->len > 0)
        g_string_append_c (text, ' ');
      g_string_append (text, words[i]);
    }

  return g_string_free (text, FALSE);
}

/* Each run of white space ends a word. */
static char **
list_words (const char *name)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  const char *start = NULL;

  for (const char *at = name;; at = g_utf8_next_char (at))
    {
      gboolean is_gap = *at == '\0' || g_unichar_isspace (g_utf8_get_char (at));

      if (!is_gap && start == NULL)
        start = at;
      if (is_gap && start != NULL)
        {
          g_autofree char *word = g_strndup (start, (gsize) (at - start));

          g_strv_builder_add (words, word);
          start = NULL;
        }
      if (*at == '\0')
        break;
    }

  return g_strv_builder_end (words);
}

/* Two letters at least: “J” in “J SMITH” is an initial. A script without case has no capitals. */
static gboolean
is_upper_case (const char *word)
{
  int n_upper = 0;

  for (const char *at = word; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isalpha (c) && !g_unichar_isupper (c))
        return FALSE;
      n_upper += g_unichar_isupper (c) ? 1 : 0;
    }

  return n_upper >= 2;
}

static gboolean
is_particle (const char * const *particles,
             const char         *word)
{
  g_autofree char *folded = g_utf8_casefold (word, -1);

  for (int i = 0; particles != NULL && particles[i] != NULL; i++)
    {
      g_autofree char *particle = g_utf8_casefold (particles[i], -1);

      if (g_str_equal (particle, folded))
        return TRUE;
    }

  return FALSE;
}

static gboolean
split_comma (const char  *name,
             char       **family,
             char       **given)
{
  const char *comma = strchr (name, ',');

  if (comma == NULL || strchr (comma + 1, ',') != NULL)
    return FALSE;

  g_autofree char *before = g_strndup (name, (gsize) (comma - name));
  g_auto (GStrv) family_words = list_words (before);
  g_auto (GStrv) given_words = list_words (comma + 1);

  if (family_words[0] == NULL)
    return FALSE;
  *family = join (family_words, 0, g_strv_length (family_words));
  *given = join (given_words, 0, g_strv_length (given_words));

  return TRUE;
}

/* The capitals are one run at the start or at the end, with the particles before them. */
static gboolean
split_upper_case (char * const        *words,
                  const char * const  *particles,
                  char               **family,
                  char               **given)
{
  guint n_words = g_strv_length ((char **) words);
  guint from = 0;

  while (from < n_words && !is_upper_case (words[from]))
    from++;

  guint to = from;

  while (to < n_words && is_upper_case (words[to]))
    to++;
  for (guint i = to; i < n_words; i++)
    {
      if (is_upper_case (words[i]))
        return FALSE;
    }
  if (from == to || (from == 0 && to == n_words && n_words > 1))
    return FALSE;
  while (from > 0 && is_particle (particles, words[from - 1]))
    from--;
  if (from > 0 && to < n_words)
    return FALSE;
  *family = join (words, from, to);
  *given = from > 0 ? join (words, 0, from) : join (words, to, n_words);

  return TRUE;
}

static gboolean
split_word (PltNameRule          rule,
            char * const        *words,
            const char * const  *particles,
            char               **family,
            char               **given)
{
  guint n_words = g_strv_length ((char **) words);
  guint cut = rule == PLT_NAME_RULE_LAST_WORD ? n_words - 1 : 1;

  if (rule == PLT_NAME_RULE_LAST_WORD)
    {
      while (cut > 1 && is_particle (particles, words[cut - 1]))
        cut--;
      *family = join (words, cut, n_words);
      *given = join (words, 0, cut);
      return TRUE;
    }

  while (cut < n_words && is_particle (particles, words[cut - 1]))
    cut++;
  *family = join (words, 0, cut);
  *given = join (words, cut, n_words);

  return TRUE;
}

/**
 * plt_name_split:
 * @rule: how the registry joins names
 * @particles: (nullable): words that belong to the family name behind them, whatever their case
 * @name: valid UTF-8, not empty
 * @family: (out): the family name, its words one blank apart
 * @given: (out): the given names; "" for a person with one name
 *
 * Returns: %FALSE if the name does not follow the rule; nothing is set then
 */
gboolean
plt_name_split (PltNameRule          rule,
                const char * const  *particles,
                const char          *name,
                char               **family,
                char               **given)
{
  if (rule == PLT_NAME_RULE_COMMA)
    return split_comma (name, family, given);

  g_auto (GStrv) words = list_words (name);

  if (words[0] == NULL || strchr (name, ',') != NULL)
    return FALSE;
  if (rule == PLT_NAME_RULE_UPPER_CASE)
    return split_upper_case (words, particles, family, given);

  return split_word (rule, words, particles, family, given);
}
