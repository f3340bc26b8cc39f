/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts the values of a card into the texts of its layout, and shortens them by declared rules. */
#include "plt-card-runs.h"

#include "plt-card-capitals.h"
#include "plt-card-fields.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  char               *text;
  const char         *field;
  PltExpression      *expression;
  const PltTextStyle *style;
  gboolean            is_capitals;
} Piece;

static void
piece_free (Piece *piece)
{
  g_free (piece->text);
  g_free (piece);
}

void
plt_card_runs_free (PltCardRuns *self)
{
  g_free (self->text);
  g_free (self->words);
  g_clear_pointer (&self->spans, g_array_unref);
  g_clear_pointer (&self->pieces, g_ptr_array_unref);
  g_free (self);
}

static gboolean
fail_missing (const char  *field,
              GError     **error)
{
  /* Translators: %s is a field, such as “family name (1)”. */
  g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_MISSING,
               _("The card was not drawn because the %s is missing. Enter it in the application."),
               plt_card_field_get_words (field));
  return FALSE;
}

static gboolean
fail_not_text (const char  *field,
               GError     **error)
{
  g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_GLYPH,
               _("The card was not drawn because the %s is not valid text. Enter it again."),
               plt_card_field_get_words (field));
  return FALSE;
}

static gboolean
add_piece (PltCardRuns             *self,
           const PltElement        *element,
           const PltTemplatePiece  *source,
           PltCardInputs           *inputs,
           gboolean                *has_value,
           GError                 **error)
{
  g_autofree char *text = source->expression != NULL
                          ? plt_expression_get_text (source->expression, inputs)
                          : g_strdup (source->words);
  const char *field = source->expression != NULL ? plt_expression_get_field (source->expression)
                                                 : NULL;
  Piece *piece;

  if (field != NULL && !g_utf8_validate (text, -1, NULL))
    return fail_not_text (field, error);
  if (self->field == NULL)
    self->field = field;
  if (source->expression != NULL && *text != '\0')
    *has_value = TRUE;
  else if (field != NULL && element->required)
    return fail_missing (field, error);
  piece = g_new0 (Piece, 1);
  piece->text = element->capitals ? plt_card_to_capitals (text) : g_steal_pointer (&text);
  piece->field = field;
  piece->expression = source->expression;
  piece->style = &source->style;
  piece->is_capitals = element->capitals;
  g_ptr_array_add (self->pieces, piece);
  return TRUE;
}

/* No space at either end of the whole. */
static void
trim (PltCardRuns *self)
{
  for (guint i = 0; i < self->pieces->len; i++)
    {
      Piece *piece = g_ptr_array_index (self->pieces, i);

      if (*g_strchug (piece->text) != '\0')
        break;
    }
  for (guint i = self->pieces->len; i > 0; i--)
    {
      Piece *piece = g_ptr_array_index (self->pieces, i - 1);

      if (*g_strchomp (piece->text) != '\0')
        break;
    }
}

static void
join_pieces (PltCardRuns *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_array_set_size (self->spans, 0);
  for (guint i = 0; i < self->pieces->len; i++)
    {
      const Piece *piece = g_ptr_array_index (self->pieces, i);
      PltCardSpan span = {
        text->len, text->len + strlen (piece->text), piece->field, piece->expression, piece->style
      };

      g_string_append (text, piece->text);
      g_array_append_val (self->spans, span);
    }
  g_free (self->text);
  self->text = g_string_free (g_steal_pointer (&text), FALSE);
}

typedef struct
{
  PltCardInputs *inputs;
  gunichar       letter;
  const char    *field;
  glong          length;
} Search;

/* The value that has the letter; capitals of it where the element prints capitals. */
static gboolean
has_letter (const char *field,
            gpointer    user_data)
{
  Search *search = user_data;
  g_autofree char *value = plt_card_field_dup_value (field, search->inputs);
  g_autofree char *capitals = value != NULL && g_utf8_validate (value, -1, NULL)
                              ? plt_card_to_capitals (value) : NULL;

  return capitals != NULL && (g_utf8_strchr (value, -1, search->letter) != NULL
                              || g_utf8_strchr (capitals, -1, search->letter) != NULL);
}

/* Asks all values and keeps the longest, which is the one that is in the way. */
static gboolean
keep_longest (const char *field,
              gpointer    user_data)
{
  Search *search = user_data;
  g_autofree char *value = plt_card_field_dup_value (field, search->inputs);
  glong length = value != NULL ? g_utf8_strlen (value, -1) : 0;

  if (search->field == NULL || length > search->length)
    {
      search->field = field;
      search->length = length;
    }
  return FALSE;
}

static char *
dup_words (PltCardRuns      *self,
           const PltElement *element)
{
  Search search = { .inputs = self->inputs };

  for (guint i = 0; i < self->pieces->len; i++)
    {
      const Piece *piece = g_ptr_array_index (self->pieces, i);

      if (piece->expression != NULL)
        plt_expression_find_field (piece->expression, keep_longest, &search);
    }
  return g_strdup (search.field != NULL ? plt_card_field_get_words (search.field)
                   : element->name != NULL ? element->name : self->text);
}

/* Expands @source, a text of @element. *@runs is NULL when it has values and all of them are
 * missing: then nothing is drawn, not even a label. Errors: MISSING for a value that is required. */
gboolean
plt_card_runs_expand (const PltElement  *element,
                      PltTemplate       *source,
                      PltCardInputs     *inputs,
                      PltCardRuns      **runs,
                      GError           **error)
{
  g_autoptr (PltCardRuns) self = g_new0 (PltCardRuns, 1);
  gboolean has_value = plt_template_is_fixed (source);

  self->inputs = inputs;
  self->pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) piece_free);
  self->spans = g_array_new (FALSE, FALSE, sizeof (PltCardSpan));
  self->is_styled = plt_template_has_style (source);
  for (guint i = 0; i < source->pieces->len; i++)
    if (!add_piece (self, element, g_ptr_array_index (source->pieces, i), inputs, &has_value,
                    error))
      return FALSE;
  *runs = NULL;
  if (!has_value)
    return TRUE;
  trim (self);
  join_pieces (self);
  self->words = dup_words (self, element);
  *runs = g_steal_pointer (&self);
  return TRUE;
}

/* What a message calls the value that stands at byte @at. */
const char *
plt_card_runs_get_words (const PltCardRuns *self,
                         gsize              at)
{
  for (guint i = 0; i < self->spans->len; i++)
    {
      const PltCardSpan *span = &g_array_index (self->spans, PltCardSpan, i);

      if (at >= span->start && at < span->end && span->field != NULL)
        {
          Search search = { .inputs = self->inputs, .letter = g_utf8_get_char (self->text + at) };
          const char *field = plt_expression_find_field (span->expression, has_letter, &search);

          return plt_card_field_get_words (field != NULL ? field : span->field);
        }
    }
  return self->words;
}

static gboolean
is_in_word (const char *at)
{
  gunichar letter = g_utf8_get_char (at);

  return g_unichar_isalnum (letter) || g_unichar_ismark (letter) || letter == '\'' || letter == 0x2019;
}

/* Whether @word stands at @at as a whole word; where it begins with a hyphen, as the end of one. */
static gboolean
stands_at (const char *text,
           const char *at,
           const char *word,
           gboolean    is_ending)
{
  gsize length = strlen (word);
  const char *before = at > text ? g_utf8_prev_char (at) : NULL;

  if (strncmp (at, word, length) != 0)
    return FALSE;
  if (is_ending != (before != NULL && is_in_word (before)))
    return FALSE;
  return at[length] == '\0' || !is_in_word (at + length);
}

static char *
replace_at (const char *text,
            const char *at,
            gsize       length,
            const char *with)
{
  return g_strdup_printf ("%.*s%s%s", (int) (at - text), text, with, at + length);
}

/* The last of the words in @table that stands in @piece. */
static gboolean
replace_word (Piece            *piece,
              const PltRuleTable *table)
{
  for (const char *at = piece->text + strlen (piece->text); at > piece->text;)
    {
      at = g_utf8_prev_char (at);
      for (guint i = 0; i < table->pairs->len; i++)
        {
          const PltRulePair *pair = g_ptr_array_index (table->pairs, i);
          gboolean is_ending = pair->word[0] == '-';
          g_autofree char *word = piece->is_capitals ? plt_card_to_capitals (pair->word + is_ending)
                                                     : g_strdup (pair->word + is_ending);
          g_autofree char *with = piece->is_capitals
                                  ? plt_card_to_capitals (pair->shorter + is_ending)
                                  : g_strdup (pair->shorter + is_ending);
          char *text;

          if (!stands_at (piece->text, at, word, is_ending))
            continue;
          text = replace_at (piece->text, at, strlen (word), with);
          g_free (piece->text);
          piece->text = text;
          return TRUE;
        }
    }
  return FALSE;
}

/* The last word that is not yet an initial becomes one; the first stays. */
static gboolean
make_initial (Piece *piece)
{
  g_auto (GStrv) words = g_strsplit (piece->text, " ", -1);
  guint n = g_strv_length (words);

  for (guint i = n; i > 1; i--)
    {
      g_autofree char *initial = plt_card_to_initials (words[i - 1], 0);

      if (*words[i - 1] == '\0' || g_str_equal (initial, words[i - 1]))
        continue;
      g_free (words[i - 1]);
      words[i - 1] = g_steal_pointer (&initial);
      g_free (piece->text);
      piece->text = g_strjoinv (" ", words);
      return TRUE;
    }
  return FALSE;
}

/* The last word is left out; the first stays. */
static gboolean
drop_word (Piece *piece)
{
  char *space = strrchr (piece->text, ' ');

  if (space == NULL)
    return FALSE;
  *space = '\0';
  g_strchomp (piece->text);
  return TRUE;
}

static gboolean
apply_rule (Piece      *piece,
            PltLayout  *layout,
            const char *rule)
{
  const PltRuleTable *table;

  if (g_str_equal (rule, PLT_RULE_INITIALS))
    return make_initial (piece);
  if (g_str_equal (rule, PLT_RULE_DROP))
    return drop_word (piece);
  table = plt_layout_find_rules (layout, rule);
  return table != NULL && replace_word (piece, table);
}

/* Shortens one word of one value by the first of @rules that finds one, from the end. Returns:
 * FALSE when there is nothing more to shorten. */
gboolean
plt_card_runs_abbreviate (PltCardRuns       *self,
                          PltLayout         *layout,
                          const char *const *rules)
{
  for (gsize k = 0; rules[k] != NULL; k++)
    for (guint i = self->pieces->len; i > 0; i--)
      {
        Piece *piece = g_ptr_array_index (self->pieces, i - 1);

        if (piece->field != NULL && apply_rule (piece, layout, rules[k]))
          {
            join_pieces (self);
            return TRUE;
          }
      }
  return FALSE;
}
