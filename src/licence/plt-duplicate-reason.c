/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why two records are, or are not, taken for one person, in a sentence. */
#include "plt-duplicate.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *nick;
  const char *title;
} levels[] = {
  [PLT_DUPLICATE_UNLIKELY] = { "unlikely", N_("Two persons") },
  [PLT_DUPLICATE_POSSIBLE] = { "possible", N_("Perhaps one person") },
  [PLT_DUPLICATE_PROBABLE] = { "probable", N_("Probably one person") },
};

/* The order in which they are said. Each fits after “Both have”; where nothing stands the relation
 * is not worth a word. */
static const struct
{
  PltTrait    trait;
  const char *words[PLT_N_RELATIONS];
} phrases[] = {
  { PLT_TRAIT_FORMER_ID, {
    [PLT_RELATION_SAME] = N_("one number in the other’s history"),
    [PLT_RELATION_SLIP] = N_("one ID number, mistyped in one place so that its check digit is wrong") } },
  { PLT_TRAIT_FAMILY_NAME, {
    [PLT_RELATION_SAME] = N_("the same family name"),
    [PLT_RELATION_SPELLING] = N_("the same family name, spelt otherwise"),
    [PLT_RELATION_SCRIPT] = N_("the same family name in two scripts"),
    [PLT_RELATION_PART] = N_("a part of the family name"),
    [PLT_RELATION_SWAPPED] = N_("each other’s family and given name"),
    [PLT_RELATION_FORMER] = N_("a family name that one of them had before"),
    [PLT_RELATION_SLIP] = N_("the same family name, misspelt"),
    [PLT_RELATION_ALIKE] = N_("family names that are alike") } },
  { PLT_TRAIT_GIVEN_NAMES, {
    [PLT_RELATION_SAME] = N_("the same given names"),
    [PLT_RELATION_SPELLING] = N_("the same given names, spelt otherwise"),
    [PLT_RELATION_SCRIPT] = N_("the same given names in two scripts"),
    [PLT_RELATION_PART] = N_("the same first given name"),
    [PLT_RELATION_INITIAL] = N_("the same given names but for an initial"),
    [PLT_RELATION_SLIP] = N_("the same given names, misspelt"),
    [PLT_RELATION_ALIKE] = N_("given names that are alike") } },
  { PLT_TRAIT_BIRTH_DATE, {
    [PLT_RELATION_SAME] = N_("the same birth date"),
    [PLT_RELATION_PART] = N_("the same year of birth, perhaps without the day"),
    [PLT_RELATION_SWAPPED] = N_("the same birth date with day and month swapped"),
    [PLT_RELATION_SLIP] = N_("birth dates that differ like a slip of the hand") } },
  { PLT_TRAIT_BIRTH_PLACE, {
    [PLT_RELATION_SAME] = N_("the same place of birth"),
    [PLT_RELATION_SPELLING] = N_("the same place of birth"),
    [PLT_RELATION_SCRIPT] = N_("the same place of birth"),
    [PLT_RELATION_ALIKE] = N_("places of birth that are alike") } },
  { PLT_TRAIT_SEX, { [PLT_RELATION_SAME] = "" } },
  { PLT_TRAIT_NATIONALITY, { [PLT_RELATION_SAME] = "" } },
  { PLT_TRAIT_ADDRESS, {
    [PLT_RELATION_SAME] = N_("the same address"),
    [PLT_RELATION_PART] = N_("the same address"),
    [PLT_RELATION_FORMER] = N_("an address where one of them lived before") } },
  { PLT_TRAIT_PORTRAIT, { [PLT_RELATION_SAME] = N_("the same picture") } },
  { PLT_TRAIT_DOCUMENT, { [PLT_RELATION_SAME] = N_("the same document") } },
  { PLT_TRAIT_LICENCE, { [PLT_RELATION_SAME] = N_("the same licence number") } },
};

/* After “but not”. */
static const char * const missing[PLT_N_TRAITS] = {
  [PLT_TRAIT_FAMILY_NAME] = N_("the same family name"),
  [PLT_TRAIT_GIVEN_NAMES] = N_("the same given names"),
  [PLT_TRAIT_BIRTH_DATE] = N_("the same birth date"),
  [PLT_TRAIT_SEX] = N_("the same sex"),
  [PLT_TRAIT_BIRTH_PLACE] = N_("the same place of birth"),
  [PLT_TRAIT_NATIONALITY] = N_("the same nationality"),
  [PLT_TRAIT_ADDRESS] = N_("the same address"),
  [PLT_TRAIT_PORTRAIT] = N_("the same picture"),
  [PLT_TRAIT_LICENCE] = N_("the same licence number"),
};

static void
append (GString    *list,
        const char *words)
{
  if (words == NULL || *words == '\0')
    return;
  if (list->len > 0)
    /* Translators: between the things that two records have in common. */
    g_string_append (list, _(", "));
  g_string_append (list, _(words));
}

/* Of another home nothing is said where people may have moved. */
static const char *
get_missing (const PltDuplicate *self,
             PltTrait            trait)
{
  return self->relations[trait] == PLT_RELATION_DIFFERENT ? missing[trait] : NULL;
}

/**
 * plt_duplicate_to_reason:
 * @self: what was found
 *
 * Returns: (transfer full): a sentence; it names no values, so it can be kept and logged
 */
char *
plt_duplicate_to_reason (const PltDuplicate *self)
{
  g_autoptr (GString) common = g_string_new (NULL);
  g_autoptr (GString) apart = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (phrases); i++)
    {
      PltTrait trait = phrases[i].trait;

      append (common, phrases[i].words[self->relations[trait]]);
      append (apart, get_missing (self, trait));
    }
  if (common->len == 0)
    return g_strdup (_("The two have nothing in common that says who somebody is."));
  if (apart->len == 0)
    /* Translators: %s is a list such as “the same family name, the same birth date”. */
    return g_strdup_printf (_("Both have %s."), common->str);

  /* Translators: both are lists such as “the same family name, the same birth date”. */
  return g_strdup_printf (_("Both have %s, but not %s."), common->str, apart->str);
}

const char *
plt_duplicate_level_to_nick (PltDuplicateLevel level)
{
  g_return_val_if_fail ((gsize) level < G_N_ELEMENTS (levels), NULL);

  return levels[level].nick;
}

/* A few words, for a badge or a column. */
const char *
plt_duplicate_level_get_title (PltDuplicateLevel level)
{
  g_return_val_if_fail ((gsize) level < G_N_ELEMENTS (levels), NULL);

  return _(levels[level].title);
}
