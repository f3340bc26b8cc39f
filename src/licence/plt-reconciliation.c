/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compares what the sources said, field by field, and resolves what is safe to resolve. */
#include "plt-reconciliation.h"

#include "plt-fold.h"

/* From the smallest difference to the largest: of several pairs the largest names the rule. */
typedef enum
{
  RULE_NONE,
  RULE_CASE,
  RULE_DIACRITICS,
  RULE_SPACING,
  RULE_TRANSLITERATION,
  RULE_STALE_ADDRESS,
  RULE_OPEN,
} Rule;

/* Stable: they stand in the database. */
static const char * const rule_nicks[] = {
  [RULE_NONE] = NULL,
  [RULE_CASE] = "case",
  [RULE_DIACRITICS] = "diacritics",
  [RULE_SPACING] = "spacing",
  [RULE_TRANSLITERATION] = "transliteration",
  [RULE_STALE_ADDRESS] = "stale_address",
};

/* Letters that ICAO Doc 9303-3, section 6 A, writes with more than the letter under the mark.
 * Lower case, because the text is case-folded before. */
static const struct
{
  gunichar    letter;
  const char *expansion;
} expansions[] = {
  { 0x00E4, "ae" }, { 0x00E5, "aa" }, { 0x00E6, "ae" }, /* ä å æ */
  { 0x00F6, "oe" }, { 0x00F8, "oe" }, { 0x0153, "oe" }, /* ö ø œ */
  { 0x00FC, "ue" },                                     /* ü */
  { 0x00DF, "ss" },                                     /* ß */
  { 0x00FE, "th" },                                     /* þ */
  { 0x0133, "ij" },                                     /* ĳ */
};

static gboolean
is_joint (gunichar c)
{
  return g_unichar_isspace (c) || c == '\'' || c == '`' || c == 0x00B4 || c == 0x02B9 ||
         c == 0x02BB || c == 0x02BC || c == 0x2018 || c == 0x2019 || c == 0x2032 ||
         g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION;
}

static char *
drop_joints (const char *text)
{
  GString *joined = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (!is_joint (c))
        g_string_append_unichar (joined, c);
    }

  return g_string_free (joined, FALSE);
}

static char *
expand (const char *folded)
{
  GString *expanded = g_string_new (NULL);

  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      const char *letters = NULL;

      for (size_t i = 0; i < G_N_ELEMENTS (expansions); i++)
        {
          if (expansions[i].letter == c)
            letters = expansions[i].expansion;
        }
      if (letters != NULL)
        g_string_append (expanded, letters);
      else
        g_string_append_unichar (expanded, c);
    }

  return g_string_free (expanded, FALSE);
}

/* Each rule also forgives what the ones before it forgive. */
static char *
fold_for (Rule        rule,
          const char *text)
{
  if (rule == RULE_NONE)
    return g_utf8_normalize (text, -1, G_NORMALIZE_NFC);

  g_autofree char *folded = plt_fold_case (text);

  if (rule == RULE_CASE)
    return g_steal_pointer (&folded);

  g_autofree char *expanded =
    rule == RULE_TRANSLITERATION ? expand (folded) : g_strdup (folded);
  g_autofree char *plain = plt_fold_diacritics (expanded);

  return rule == RULE_DIACRITICS ? g_steal_pointer (&plain) : drop_joints (plain);
}

/* Two texts that fold to nothing ("-" and "’") have not been shown to be the same. */
static gboolean
equal_under (Rule        rule,
             const char *a,
             const char *b)
{
  g_autofree char *first = fold_for (rule, a);
  g_autofree char *second = fold_for (rule, b);

  return first != NULL && second != NULL && *first != '\0' && g_str_equal (first, second);
}

/* Only spelling may be forgiven, and only where text is a name of something. */
static gboolean
is_spelt (PltField field)
{
  switch (field)
    {
    case PLT_FIELD_FAMILY_NAME:
    case PLT_FIELD_GIVEN_NAMES:
    case PLT_FIELD_FAMILY_NAME_NATIVE:
    case PLT_FIELD_GIVEN_NAMES_NATIVE:
    case PLT_FIELD_BIRTH_PLACE:
    case PLT_FIELD_ADDRESS:
      return TRUE;
    default:
      return FALSE;
    }
}

static Rule
compare_spellings (PltField    field,
                   const char *a,
                   const char *b)
{
  if (equal_under (RULE_NONE, a, b))
    return RULE_NONE;
  if (!is_spelt (field))
    return RULE_OPEN;

  for (Rule rule = RULE_CASE; rule <= RULE_TRANSLITERATION; rule++)
    {
      if (equal_under (rule, a, b))
        return rule;
    }

  return RULE_OPEN;
}

/* The largest difference of all pairs: forgiving is not transitive (Ø is O, and Ø is OE). */
static Rule
compare_all (PltField    field,
             const char *values[PLT_N_SOURCES])
{
  Rule largest = RULE_NONE;

  for (int i = 0; i < PLT_N_SOURCES; i++)
    {
      for (int j = i + 1; j < PLT_N_SOURCES; j++)
        {
          if (values[i] != NULL && values[j] != NULL)
            largest = MAX (largest, compare_spellings (field, values[i], values[j]));
        }
    }
  if (largest == RULE_OPEN && field == PLT_FIELD_ADDRESS && values[PLT_SOURCE_IDENTITY] != NULL)
    return RULE_STALE_ADDRESS;

  return largest;
}

static PltReconciledField *
reconcile_field (PltField    field,
                 const char *values[PLT_N_SOURCES])
{
  const char *preferred = NULL;
  int n_values = 0;

  /* The identity registry is the first source, and the preferred one for persons. */
  for (int i = 0; i < PLT_N_SOURCES; i++)
    {
      if (values[i] == NULL)
        continue;
      if (preferred == NULL)
        preferred = values[i];
      n_values++;
    }
  if (n_values == 0)
    return plt_reconciled_field_new (field, values, NULL, PLT_CHOICE_NONE, NULL, NULL);
  if (n_values == 1)
    return plt_reconciled_field_new (field, values, preferred, PLT_CHOICE_ONLY, NULL, NULL);

  Rule rule = compare_all (field, values);

  if (rule == RULE_NONE)
    return plt_reconciled_field_new (field, values, preferred, PLT_CHOICE_AGREED, NULL, NULL);
  if (rule == RULE_OPEN)
    return plt_reconciled_field_new (field, values, NULL, PLT_CHOICE_OPEN, NULL, NULL);

  return plt_reconciled_field_new (field, values, preferred, PLT_CHOICE_RULE, rule_nicks[rule],
                                   NULL);
}

/**
 * plt_reconcile:
 * @answers: by source; %NULL where a registry was not asked, and only answers in state
 *   %PLT_SOURCE_STATE_ANSWERED count
 *
 * Chooses the identity registry's value, or else the driver register's, where all values are
 * the same but for case, diacritics, spacing or transliteration; of differing addresses the
 * identity registry's, because people report a move there. Anything else that differs stays
 * %PLT_CHOICE_OPEN, without a value. It looks at no clock and keeps no state.
 *
 * Returns: (transfer full) (element-type PltReconciledField): one row per person field, in enum
 *   order
 */
GPtrArray *
plt_reconcile (PltSourceAnswer *answers[PLT_N_SOURCES])
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (answers != NULL, rows);

  for (PltField field = 0; field < PLT_N_FIELDS; field++)
    {
      const char *values[PLT_N_SOURCES] = { NULL };

      if (!plt_field_is_person (field))
        continue;
      for (int i = 0; i < PLT_N_SOURCES; i++)
        {
          if (answers[i] != NULL &&
              plt_source_answer_get_state (answers[i]) == PLT_SOURCE_STATE_ANSWERED)
            values[i] = plt_source_answer_get_field (answers[i], field);
        }
      g_ptr_array_add (rows, reconcile_field (field, values));
    }

  return rows;
}

/**
 * plt_reconcile_same:
 * @field: a person field
 * @a: one canonical value
 * @b: another
 * @rule: (out) (optional): nick of the rule that forgives the difference ("case", "diacritics",
 *   "spacing", "transliteration"), or %NULL if there is none to forgive; untouched on %FALSE
 *
 * A stale address is no matter of two values alone: see plt_reconcile().
 *
 * Returns: whether both say the same, so that a rule may choose between them
 */
gboolean
plt_reconcile_same (PltField     field,
                    const char  *a,
                    const char  *b,
                    const char **rule)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  Rule found = compare_spellings (field, a, b);

  if (found == RULE_OPEN)
    return FALSE;
  if (rule != NULL)
    *rule = rule_nicks[found];

  return TRUE;
}
