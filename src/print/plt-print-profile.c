/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps what one profile says, and answers from it. */
#include "plt-print-profile-private.h"

#include <string.h>

static void
option_free (gpointer data)
{
  PltProfileOption *option = data;

  g_free (option->name);
  g_free (option->value);
  g_free (option);
}

static void
word_free (gpointer data)
{
  PltProfileWord *word = data;

  g_free (word->key);
  g_free (word->text);
  g_free (word);
}

static void
capacity_free (gpointer data)
{
  g_free (((PltProfileCapacity *) data)->name);
  g_free (data);
}

PltPrintProfile *
plt_print_profile_new (void)
{
  PltPrintProfile *self = g_new0 (PltPrintProfile, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->title_language = self->jam_language = G_MAXINT;
  self->options = g_ptr_array_new_with_free_func (option_free);
  self->reasons = g_ptr_array_new_with_free_func (word_free);
  self->messages = g_ptr_array_new_with_free_func (word_free);
  self->capacities = g_ptr_array_new_with_free_func (capacity_free);
  return self;
}

PltPrintProfile *
plt_print_profile_ref (PltPrintProfile *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
plt_print_profile_unref (PltPrintProfile *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->name);
  g_free (self->title);
  g_strfreev (self->models);
  g_strfreev (self->uris);
  g_free (self->sides);
  g_free (self->jam);
  g_free (self->reports);
  g_ptr_array_unref (self->options);
  g_ptr_array_unref (self->reasons);
  g_ptr_array_unref (self->messages);
  g_ptr_array_unref (self->capacities);
  g_free (self);
}

/* ---- the answers ---- */

const char *
plt_print_profile_get_name (PltPrintProfile *self)
{
  return self->name;
}

const char *
plt_print_profile_get_title (PltPrintProfile *self)
{
  return self->title != NULL ? self->title : self->name;
}

const char *
plt_print_profile_get_sides (PltPrintProfile *self)
{
  return self->sides;
}

const char *
plt_print_profile_get_jam (PltPrintProfile *self)
{
  return self->jam;
}

const char *
plt_print_profile_get_reports (PltPrintProfile *self)
{
  return self->reports != NULL ? self->reports : "unknown";
}

int
plt_print_profile_get_cleaning (PltPrintProfile *self)
{
  return self->cleaning;
}

GPtrArray *
plt_print_profile_get_options (PltPrintProfile *self)
{
  return self->options;
}

/* The longest name that the supply's title has in it: “YMCKOK” goes before “YMCKO”. */
int
plt_print_profile_get_capacity (PltPrintProfile *self,
                                const char      *supply)
{
  g_autofree char *folded = g_utf8_casefold (supply, -1);
  gsize best_length = 0;
  int cards = 0;

  for (guint i = 0; i < self->capacities->len; i++)
    {
      const PltProfileCapacity *capacity = self->capacities->pdata[i];

      if (strlen (capacity->name) <= best_length || strstr (folded, capacity->name) == NULL)
        continue;
      best_length = strlen (capacity->name);
      cards = capacity->cards;
    }
  return cards;
}

static gboolean
matches_any (char       **patterns,
             const char  *text)
{
  g_autofree char *small = text != NULL ? g_ascii_strdown (text, -1) : NULL;

  for (guint i = 0; small != NULL && patterns != NULL && patterns[i] != NULL; i++)
    if (g_pattern_match_simple (patterns[i], small))
      return TRUE;
  return FALSE;
}

/* By its model, or by where it is reached. */
gboolean
plt_print_profile_matches (PltPrintProfile *self,
                           const char      *model,
                           const char      *uri)
{
  return matches_any (self->models, model) || matches_any (self->uris, uri);
}

static char *
take_word (const PltProfileWord *word,
           PltReasonSeverity    *severity)
{
  if (word == NULL)
    return NULL;
  *severity = word->severity;
  return g_strdup (word->text != NULL ? word->text : "");
}

/* Returns: (nullable): "" when the maker's keyword is normal */
char *
plt_print_profile_describe_reason (PltPrintProfile   *self,
                                   const char        *keyword,
                                   PltReasonSeverity *severity)
{
  const PltProfileWord *best = NULL;

  for (guint i = 0; i < self->reasons->len; i++)
    {
      const PltProfileWord *word = self->reasons->pdata[i];
      gsize length = strlen (word->key);

      if (strncmp (keyword, word->key, length) != 0
          || (keyword[length] != '\0' && !g_str_equal (keyword + length, "-report")
              && !g_str_equal (keyword + length, "-warning")
              && !g_str_equal (keyword + length, "-error")))
        continue;
      if (best == NULL || word->language < best->language)
        best = word;
    }
  return take_word (best, severity);
}

char *
plt_print_profile_describe_message (PltPrintProfile   *self,
                                    const char        *message,
                                    PltReasonSeverity *severity)
{
  const PltProfileWord *best = NULL;

  for (guint i = 0; message != NULL && i < self->messages->len; i++)
    {
      const PltProfileWord *word = self->messages->pdata[i];

      if (strstr (message, word->key) != NULL
          && (best == NULL || strlen (word->key) > strlen (best->key)
              || (g_str_equal (word->key, best->key) && word->language < best->language)))
        best = word;
    }
  return take_word (best, severity);
}
