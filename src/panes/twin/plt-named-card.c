/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks for the number of a card in what is written at the keyboard, and from there outwards. */
#include "plt-named-card.h"

#define SAID "plt-named-card"

static const char *const patterns[] = {
  "\\b[A-Z]{2,8}-[0-9]{2}-C[0-9]{6}\\b", /* a card */
  "\\b[A-Z]{2,8}-[0-9]{2}-[0-9]{6}\\b",  /* an application */
};

void
plt_named_card_say (GtkWidget  *row,
                    const char *number)
{
  g_object_set_data_full (G_OBJECT (row), SAID, g_strdup (number), g_free);
}

static void
add_numbers (const char *text,
             GRegex     *regex,
             GHashTable *numbers)
{
  g_autoptr (GMatchInfo) match = NULL;

  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    g_hash_table_add (numbers, g_match_info_fetch (match, 0));
}

static void
look_through (GtkWidget  *widget,
              GRegex     *regex,
              GHashTable *numbers)
{
  const char *said = g_object_get_data (G_OBJECT (widget), SAID);

  if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_visible (widget))
    return;
  if (said != NULL)
    add_numbers (said, regex, numbers);
  if (GTK_IS_LABEL (widget))
    add_numbers (gtk_label_get_text (GTK_LABEL (widget)), regex, numbers);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    look_through (child, regex, numbers);
}

/* The nearest that name any decide: what stands further away is of something else. */
static char *
find_by (GtkWidget  *focus,
         const char *pattern)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (GtkWidget *place = focus; place != NULL; place = gtk_widget_get_parent (place))
    {
      GHashTableIter iter;
      gpointer number;

      look_through (place, regex, numbers);
      g_hash_table_iter_init (&iter, numbers);
      if (g_hash_table_size (numbers) == 1 && g_hash_table_iter_next (&iter, &number, NULL))
        return g_strdup (number);
      if (g_hash_table_size (numbers) > 0)
        return NULL;
    }
  return NULL;
}

/* The row where the keyboard is names its application beside others' cards: it is the nearer one. */
static GtkWidget *
find_row (GtkWidget *focus)
{
  for (GtkWidget *place = focus; place != NULL; place = gtk_widget_get_parent (place))
    if (GTK_IS_LIST_BOX_ROW (place) || GTK_IS_LIST_VIEW (gtk_widget_get_parent (place)))
      return place;
  return NULL;
}

static char *
find_in_row (GtkWidget *row)
{
  for (gsize i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      g_autoptr (GRegex) regex = g_regex_new (patterns[i], 0, 0, NULL);
      g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      GHashTableIter iter;
      gpointer number;

      look_through (row, regex, numbers);
      g_hash_table_iter_init (&iter, numbers);
      if (g_hash_table_size (numbers) == 1 && g_hash_table_iter_next (&iter, &number, NULL))
        return g_strdup (number);
    }
  return NULL;
}

char *
plt_named_card_find (GtkWidget *focus)
{
  GtkWidget *row = find_row (focus);
  char *number = row != NULL ? find_in_row (row) : NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (patterns) && number == NULL; i++)
    number = find_by (focus, patterns[i]);
  return number;
}
