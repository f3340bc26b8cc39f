/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads one profile, and checks each entry against the schema below. */
#include "plt-print-profile-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "plt-profile-text.h"

/* Where the locale of an entry stands among the reader's languages; one without stands last but for
 * those that are not the reader's. */
static int
rank_language (const char *locale)
{
  const char *const *languages = g_get_language_names ();
  int i;

  for (i = 0; languages[i] != NULL; i++)
    if (g_strcmp0 (languages[i], locale) == 0)
      return i;
  return locale == NULL ? i : G_MAXINT;
}

static void
set_words (char                  **place,
           int                    *place_language,
           const PltProfileEntry  *entry)
{
  int language = rank_language (entry->locale);

  if (language >= *place_language)
    return;
  g_free (*place);
  *place = g_strdup (entry->value);
  *place_language = language;
}

/* ---- the schema ---- */

typedef void (*ReadEntry) (PltPrintProfile       *self,
                           const PltProfileEntry *entry,
                           GPtrArray             *faults);

static gboolean
check_one_of (const PltProfileEntry *entry,
              const char *const     *choices,
              GPtrArray             *faults)
{
  g_autofree char *list = NULL;

  if (g_strv_contains (choices, entry->value))
    return TRUE;
  list = g_strjoinv (", ", (char **) choices);
  plt_profile_faults_add (faults, entry->line, _("%s: must be one of %s"), entry->key, list);
  return FALSE;
}

/* Returns: 0 with a fault */
static int
read_count (const PltProfileEntry *entry,
            GPtrArray             *faults)
{
  gint64 count;

  if (g_ascii_string_to_signed (entry->value, 10, 1, 100000, &count, NULL))
    return (int) count;
  plt_profile_faults_add (faults, entry->line, _("%s: must be a number of cards from 1 to 100000"),
                          entry->key);
  return 0;
}

static void
read_format (PltPrintProfile       *self,
             const PltProfileEntry *entry,
             GPtrArray             *faults)
{
  if (!g_str_equal (entry->value, "1"))
    plt_profile_faults_add (faults, entry->line, _("format: this program reads 1"));
}

static void
read_title (PltPrintProfile       *self,
            const PltProfileEntry *entry,
            GPtrArray             *faults)
{
  set_words (&self->title, &self->title_language, entry);
}

static void
read_comment (PltPrintProfile       *self,
              const PltProfileEntry *entry,
              GPtrArray             *faults)
{
}

static char **
read_patterns (const PltProfileEntry *entry,
               GPtrArray             *faults)
{
  g_autofree char *small = g_ascii_strdown (entry->value, -1);
  g_auto (GStrv) parts = g_strsplit (small, ";", -1);
  g_autoptr (GStrvBuilder) patterns = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *part = g_strstrip (parts[i]);

      if (*part == '\0')
        continue;
      g_strv_builder_add (patterns, part);
      if (strspn (part, "*?") == strlen (part))
        plt_profile_faults_add (faults, entry->line, _("%s: “%s” would take every printer"),
                                entry->key, part);
    }
  return g_strv_builder_end (patterns);
}

static void
read_models (PltPrintProfile       *self,
             const PltProfileEntry *entry,
             GPtrArray             *faults)
{
  g_strfreev (self->models);
  self->models = read_patterns (entry, faults);
}

static void
read_uris (PltPrintProfile       *self,
           const PltProfileEntry *entry,
           GPtrArray             *faults)
{
  g_strfreev (self->uris);
  self->uris = read_patterns (entry, faults);
}

static void
read_sides (PltPrintProfile       *self,
            const PltProfileEntry *entry,
            GPtrArray             *faults)
{
  static const char *const choices[] = { "two-sided-short-edge", "two-sided-long-edge", NULL };

  if (check_one_of (entry, choices, faults))
    {
      g_free (self->sides);
      self->sides = g_strdup (entry->value);
    }
}

static void
read_supplies (PltPrintProfile       *self,
               const PltProfileEntry *entry,
               GPtrArray             *faults)
{
  static const char *const choices[] = { "yes", "no", "unknown", NULL };

  if (check_one_of (entry, choices, faults))
    {
      g_free (self->reports);
      self->reports = g_strdup (entry->value);
    }
}

static void
read_jam (PltPrintProfile       *self,
          const PltProfileEntry *entry,
          GPtrArray             *faults)
{
  set_words (&self->jam, &self->jam_language, entry);
}

static void
read_cleaning (PltPrintProfile       *self,
               const PltProfileEntry *entry,
               GPtrArray             *faults)
{
  self->cleaning = read_count (entry, faults);
}

static gboolean
is_option_name (const char *name)
{
  for (const char *at = name; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && strchr ("-_.", *at) == NULL)
      return FALSE;
  return *name != '\0';
}

static void
add_option (PltPrintProfile       *self,
            const PltProfileEntry *entry,
            gboolean               required,
            GPtrArray             *faults)
{
  /* What Platen decides itself, for every card. */
  static const char *const own[] = { "copies", "sides", "media", "media-col", "job-hold-until",
                                     "job-name", "number-up", "job-sheets", "print-scaling",
                                     "job-cancel-after", "OutputOrder", NULL };
  PltProfileOption *option;

  if (!is_option_name (entry->key) || !is_option_name (entry->value))
    {
      plt_profile_faults_add (faults, entry->line, _("%s: name and value may have letters, digits, "
                                                     "“-”, “_” and “.”"), entry->key);
      return;
    }
  if (g_strv_contains (own, entry->key))
    {
      plt_profile_faults_add (faults, entry->line, _("%s: is not for a profile to say; for the sides "
                                                     "there is “sides” in [printing]"), entry->key);
      return;
    }
  option = g_new0 (PltProfileOption, 1);
  option->name = g_strdup (entry->key);
  option->value = g_strdup (entry->value);
  option->required = required;
  g_ptr_array_add (self->options, option);
}

static void
read_option (PltPrintProfile       *self,
             const PltProfileEntry *entry,
             GPtrArray             *faults)
{
  add_option (self, entry, TRUE, faults);
}

static void
read_offered_option (PltPrintProfile       *self,
                     const PltProfileEntry *entry,
                     GPtrArray             *faults)
{
  add_option (self, entry, FALSE, faults);
}

static void
read_capacity (PltPrintProfile       *self,
               const PltProfileEntry *entry,
               GPtrArray             *faults)
{
  PltProfileCapacity *capacity;
  int cards = read_count (entry, faults);

  if (cards == 0)
    return;
  capacity = g_new0 (PltProfileCapacity, 1);
  capacity->name = g_utf8_casefold (entry->key, -1);
  capacity->cards = cards;
  g_ptr_array_add (self->capacities, capacity);
}

/* “error: words”, “warning: words”, “report: words” */
static void
read_word (GPtrArray             *words,
           const PltProfileEntry *entry,
           GPtrArray             *faults)
{
  static const struct
  {
    const char        *prefix;
    PltReasonSeverity  severity;
  } prefixes[] = { { "error:", PLT_REASON_ERROR }, { "warning:", PLT_REASON_WARNING },
                   { "report:", PLT_REASON_REPORT }, { "normal:", PLT_REASON_NORMAL } };

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (entry->value, prefixes[i].prefix))
      {
        const char *text = entry->value + strlen (prefixes[i].prefix);
        PltProfileWord *word;

        text += strspn (text, " ");
        if ((*text == '\0') != (prefixes[i].severity == PLT_REASON_NORMAL))
          break;
        word = g_new0 (PltProfileWord, 1);
        word->key = g_strdup (entry->key);
        word->text = *text != '\0' ? g_strdup (text) : NULL;
        word->language = rank_language (entry->locale);
        word->severity = prefixes[i].severity;
        g_ptr_array_add (words, word);
        return;
      }
  plt_profile_faults_add (faults, entry->line,
                          _("%s: must begin with “error:”, “warning:” or “report:” and have words "
                            "behind it, or be “normal:”"), entry->key);
}

static void
read_reason (PltPrintProfile       *self,
             const PltProfileEntry *entry,
             GPtrArray             *faults)
{
  read_word (self->reasons, entry, faults);
}

static void
read_message (PltPrintProfile       *self,
              const PltProfileEntry *entry,
              GPtrArray             *faults)
{
  read_word (self->messages, entry, faults);
}

static const struct
{
  const char *group;
  const char *key; /* NULL: any */
  gboolean    has_words;
  gboolean    required;
  ReadEntry   read;
} schema[] = {
  { "profile", "format", FALSE, TRUE, read_format },
  { "profile", "title", TRUE, TRUE, read_title },
  { "profile", "comment", FALSE, FALSE, read_comment },
  { "match", "make-and-model", FALSE, FALSE, read_models },
  { "match", "device-uri", FALSE, FALSE, read_uris },
  { "printing", "sides", FALSE, FALSE, read_sides },
  { "options", NULL, FALSE, FALSE, read_option },
  { "options-if-offered", NULL, FALSE, FALSE, read_offered_option },
  { "supplies", "reported", FALSE, FALSE, read_supplies },
  { "capacity", NULL, FALSE, FALSE, read_capacity },
  { "jam", "place", TRUE, FALSE, read_jam },
  { "cleaning", "cards", FALSE, FALSE, read_cleaning },
  { "reasons", NULL, TRUE, FALSE, read_reason },
  { "messages", NULL, TRUE, FALSE, read_message },
};

static void
say_unknown (const PltProfileEntry *entry,
             GPtrArray             *faults)
{
  for (guint i = 0; i < G_N_ELEMENTS (schema); i++)
    if (g_str_equal (schema[i].group, entry->group))
      {
        plt_profile_faults_add (faults, entry->line, _("“%s” is no key of [%s]"), entry->key,
                                entry->group);
        return;
      }
  if (entry->key == NULL)
    plt_profile_faults_add (faults, entry->line, _("[%s] is no group of a profile"), entry->group);
}

static void
read_entry (PltPrintProfile       *self,
            const PltProfileEntry *entry,
            GPtrArray             *faults)
{
  for (guint i = 0; i < G_N_ELEMENTS (schema); i++)
    {
      if (!g_str_equal (schema[i].group, entry->group))
        continue;
      if (entry->key == NULL)
        return;
      if (schema[i].key != NULL && !g_str_equal (schema[i].key, entry->key))
        continue;
      if (*entry->value == '\0')
        plt_profile_faults_add (faults, entry->line, _("%s: has no value"), entry->key);
      else if (entry->locale != NULL && !schema[i].has_words)
        plt_profile_faults_add (faults, entry->line, _("%s: is the same in every language"),
                                entry->key);
      else
        schema[i].read (self, entry, faults);
      return;
    }
  say_unknown (entry, faults);
}

static void
check_required (GPtrArray *entries,
                GPtrArray *faults)
{
  for (guint i = 0; i < G_N_ELEMENTS (schema); i++)
    {
      gboolean found = !schema[i].required;

      for (guint at = 0; at < entries->len && !found; at++)
        {
          const PltProfileEntry *entry = entries->pdata[at];

          found = entry->locale == NULL && g_str_equal (entry->group, schema[i].group)
                  && g_strcmp0 (entry->key, schema[i].key) == 0;
        }
      if (!found)
        plt_profile_faults_add (faults, 0, _("“%s” in [%s] is missing"), schema[i].key,
                                schema[i].group);
    }
}

/**
 * plt_print_profile_read:
 * @file: its name, of which what stands before “.ini” is the profile's
 * @faults: (element-type PltProfileFault): gets all that is wrong
 *
 * Returns: (transfer full): also when something is wrong; then it must not be used
 */
PltPrintProfile *
plt_print_profile_read (const char *file,
                        const char *text,
                        gsize       length,
                        GPtrArray  *faults)
{
  PltPrintProfile *self = plt_print_profile_new ();
  g_autoptr (GPtrArray) entries = plt_profile_text_read (text, length, faults);
  const char *dot = strrchr (file, '.');

  self->name = dot != NULL ? g_strndup (file, (gsize) (dot - file)) : g_strdup (file);
  for (guint i = 0; i < entries->len; i++)
    read_entry (self, entries->pdata[i], faults);
  check_required (entries, faults);
  if (self->models == NULL && self->uris == NULL)
    plt_profile_faults_add (faults, 0, _("[match] must have “make-and-model” or “device-uri”, or no "
                                         "printer gets this profile"));
  return self;
}
