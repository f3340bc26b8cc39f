/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compares two cards, or a card with what the driver registry holds, field by field. */
#include "plt-card-changes.h"

#include "plt-card-fields.h"
#include "plt-card-inputs.h"
#include "plt-reconciliation.h"

#include <glib/gi18n-lib.h>

/* What a holder can tell right from wrong, in the order of ISO/IEC 18013-1. */
static const char * const names[] = {
  "family_name", "given_names", "family_name_native", "given_names_native", "birth_date", "birth_place",
  "issue_date", "expiry_date", "authority", "administrative_number", "licence_number", "address", "sex",
  "nationality", NULL,
};

static void
change_free (PltCardChange *self)
{
  g_free (self->field);
  g_free (self->title);
  g_free (self->text);
  g_free (self);
}

static char *
dup_capitalised (const char *words)
{
  g_autofree char *first = g_utf8_strup (words, (gssize) (g_utf8_next_char (words) - words));

  return g_strconcat (first, g_utf8_next_char (words), NULL);
}

static void
add (GPtrArray  *changes,
     const char *field,
     const char *title,
     char       *text)
{
  PltCardChange *change = g_new0 (PltCardChange, 1);

  change->field = g_strdup (field);
  change->title = dup_capitalised (title);
  change->text = text;
  g_ptr_array_add (changes, change);
}

static gboolean
is_empty (const char *text)
{
  return text == NULL || *text == '\0';
}

/* As people write it: dates by the day first. */
static char *
dup_shown (const char *field,
           const char *value)
{
  PltDate date;

  if (plt_card_field_is_date (field) && plt_date_parse_iso (value, &date))
    return plt_date_to_card (date);

  return g_strdup (value);
}

static void
compare_texts (GPtrArray  *changes,
               const char *field,
               const char *title,
               const char *before,
               const char *after)
{
  g_autofree char *old = NULL;
  g_autofree char *new = NULL;

  if ((is_empty (before) && is_empty (after)) || g_strcmp0 (before, after) == 0)
    return;
  old = is_empty (before) ? NULL : dup_shown (field, before);
  new = is_empty (after) ? NULL : dup_shown (field, after);
  if (old == NULL)
    /* Translators: %s is what stands on the new card alone */
    add (changes, field, title, g_strdup_printf (_("New: “%s”."), new));
  else if (new == NULL)
    /* Translators: %s is what stood on the old card */
    add (changes, field, title, g_strdup_printf (_("No longer on the card: “%s”."), old));
  else
    /* Translators: what stands on the old card, then on the new one */
    add (changes, field, title, g_strdup_printf (_("“%s” becomes “%s”."), old, new));
}

static void
compare_images (GPtrArray  *changes,
                const char *field,
                const char *title,
                GBytes     *before,
                GBytes     *after)
{
  if (before == after || (before != NULL && after != NULL && g_bytes_equal (before, after)))
    return;
  add (changes, field, title,
       g_strdup (after == NULL ? _("No longer on the card.") : _("Another one than before.")));
}

static const PltCategoryEntry *
find_category (GPtrArray   *entries,
               PltCategory  category)
{
  for (guint i = 0; i < entries->len; i++)
    if (((PltCategoryEntry *) g_ptr_array_index (entries, i))->category == category)
      return g_ptr_array_index (entries, i);

  return NULL;
}

/* One that is gained, lost, or other in its days or restrictions is named by itself. */
static void
compare_category (GPtrArray   *changes,
                  PltCategory  category,
                  GPtrArray   *before,
                  GPtrArray   *after)
{
  const PltCategoryEntry *old = find_category (before, category);
  const PltCategoryEntry *new = find_category (after, category);
  g_autofree char *old_words = old != NULL ? plt_card_changes_dup_category (old) : NULL;
  g_autofree char *new_words = new != NULL ? plt_card_changes_dup_category (new) : NULL;
  g_autofree char *title = NULL;

  /* Translators: %s is a category of vehicles, such as “B” */
  title = g_strdup_printf (_("category %s"), plt_category_to_code (category));
  compare_texts (changes, "categories", title, old_words, new_words);
}

static void
compare_categories (GPtrArray *changes,
                    GPtrArray *before,
                    GPtrArray *after)
{
  for (guint i = 0; i < after->len; i++)
    compare_category (changes, ((PltCategoryEntry *) g_ptr_array_index (after, i))->category, before,
                      after);
  for (guint i = 0; i < before->len; i++)
    {
      const PltCategoryEntry *old = g_ptr_array_index (before, i);

      if (find_category (after, old->category) == NULL)
        compare_category (changes, old->category, before, after);
    }
}

static GPtrArray *
new_changes (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) change_free);
}

/**
 * plt_card_changes_between:
 * @before: the card that the holder has
 * @after: the one that is to be printed
 *
 * Returns: (transfer full) (element-type PltCardChange)
 */
GPtrArray *
plt_card_changes_between (PltPreview *before,
                          PltPreview *after)
{
  GPtrArray *changes = new_changes ();
  PltCardInputs *old = plt_preview_get_inputs (before);
  PltCardInputs *new = plt_preview_get_inputs (after);

  for (guint i = 0; names[i] != NULL; i++)
    compare_texts (changes, names[i], plt_card_field_get_words (names[i]),
                   plt_card_inputs_get_value (old, names[i]),
                   plt_card_inputs_get_value (new, names[i]));
  compare_categories (changes, plt_card_inputs_get_categories (old),
                      plt_card_inputs_get_categories (new));
  compare_images (changes, "portrait", _("photo (6)"), plt_card_inputs_get_portrait (old),
                  plt_card_inputs_get_portrait (new));
  compare_images (changes, "signature", _("signature (7)"), plt_card_inputs_get_signature (old),
                  plt_card_inputs_get_signature (new));
  return changes;
}

/* Registries write capitals where cards do not. */
static gboolean
is_same_folded (const char *before,
                const char *after)
{
  g_autofree char *old = g_utf8_casefold (before, -1);
  g_autofree char *new = after != NULL ? g_utf8_casefold (after, -1) : NULL;

  return g_strcmp0 (old, new) == 0;
}

/**
 * plt_card_changes_since:
 * @fields: (element-type PltReconciledField): with what the driver registry says
 *
 * What the registry does not hold is not compared: it says nothing of the holder's card.
 *
 * Returns: (transfer full) (element-type PltCardChange)
 */
GPtrArray *
plt_card_changes_since (GListModel *fields,
                        PltPreview *after)
{
  GPtrArray *changes = new_changes ();
  PltCardInputs *new = plt_preview_get_inputs (after);

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (PltReconciledField) field = g_list_model_get_item (fields, i);
      PltField number = plt_reconciled_field_get_field (field);
      const char *before = plt_reconciled_field_get_source_value (field, PLT_SOURCE_DRIVER);
      const char *nick = plt_field_to_nick (number);

      if (!is_empty (before) && g_strv_contains (names, nick) &&
          !is_same_folded (before, plt_card_inputs_get_value (new, nick)))
        compare_texts (changes, nick, plt_field_get_title (number), before,
                       plt_card_inputs_get_value (new, nick));
    }
  return changes;
}

/* Returns: (transfer full): the days of one category, and its restrictions */
char *
plt_card_changes_dup_category (const PltCategoryEntry *entry)
{
  g_autofree char *from = plt_date_is_set (entry->from) ? plt_date_to_card (entry->from)
                                                        : g_strdup ("…");
  g_autofree char *to = plt_date_is_set (entry->to) ? plt_date_to_card (entry->to) : g_strdup ("…");

  if (*entry->restrictions == '\0')
    return g_strdup_printf ("%s – %s", from, to);

  return g_strdup_printf ("%s – %s, %s", from, to, entry->restrictions);
}

gboolean
plt_card_changes_contain (GPtrArray  *changes,
                          const char *field)
{
  for (guint i = 0; i < changes->len; i++)
    if (g_str_equal (((PltCardChange *) g_ptr_array_index (changes, i))->field, field))
      return TRUE;

  return FALSE;
}
