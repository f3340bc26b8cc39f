/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Splits the text of a profile into its entries. */
#include "plt-profile-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A profile is some hundred lines; whatever is longer is none. */
#define MAX_LENGTH (1024 * 1024)

static void
entry_free (gpointer data)
{
  PltProfileEntry *entry = data;

  g_free (entry->group);
  g_free (entry->key);
  g_free (entry->locale);
  g_free (entry->value);
  g_free (entry);
}

static void
fault_free (gpointer data)
{
  g_free (((PltProfileFault *) data)->words);
  g_free (data);
}

GPtrArray *
plt_profile_faults_new (void)
{
  return g_ptr_array_new_with_free_func (fault_free);
}

void
plt_profile_faults_add (GPtrArray  *faults,
                        guint       line,
                        const char *format,
                        ...)
{
  PltProfileFault *fault = g_new0 (PltProfileFault, 1);
  va_list arguments;

  va_start (arguments, format);
  fault->line = line;
  fault->words = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (faults, fault);
}

/* Returns: (transfer full) (nullable): the group of “[group]” */
static char *
read_group (const char *line)
{
  gsize length = strlen (line);

  if (length < 3 || line[0] != '[' || line[length - 1] != ']'
      || strchr (line + 1, '[') != NULL || strchr (line, ']') != line + length - 1)
    return NULL;
  return g_strndup (line + 1, length - 2);
}

/* “key=value” or “key[locale]=value”, blanks around the sign of equality. A key may have brackets
 * nowhere else. */
static PltProfileEntry *
read_entry (const char *line,
            const char *group,
            guint       number)
{
  const char *equals = strchr (line, '=');
  g_autofree char *key = equals != NULL ? g_strchomp (g_strndup (line, (gsize) (equals - line))) : NULL;
  char *bracket = key != NULL ? strchr (key, '[') : NULL;
  g_autofree char *locale = NULL;
  PltProfileEntry *entry;

  if (key == NULL || *key == '\0' || bracket == key)
    return NULL;
  if (bracket != NULL)
    {
      gsize length = strlen (bracket);

      if (length < 3 || strchr (bracket, ']') != bracket + length - 1)
        return NULL;
      locale = g_strndup (bracket + 1, length - 2);
      *bracket = '\0';
    }
  entry = g_new0 (PltProfileEntry, 1);
  entry->group = g_strdup (group);
  entry->key = g_steal_pointer (&key);
  entry->locale = g_steal_pointer (&locale);
  entry->value = g_strstrip (g_strdup (equals + 1));
  entry->line = number;
  return entry;
}

static gboolean
is_same (gconstpointer a,
         gconstpointer b)
{
  const PltProfileEntry *one = a, *other = b;

  return g_str_equal (one->group, other->group) && g_strcmp0 (one->key, other->key) == 0
         && g_strcmp0 (one->locale, other->locale) == 0;
}

static void
add_entry (GPtrArray       *entries,
           PltProfileEntry *entry,
           GPtrArray       *faults)
{
  guint at;

  if (!g_ptr_array_find_with_equal_func (entries, entry, is_same, &at))
    {
      g_ptr_array_add (entries, entry);
      return;
    }
  plt_profile_faults_add (faults, entry->line, _("“%s” stands in line %u already: remove one"),
                          entry->key != NULL ? entry->key : entry->group,
                          ((PltProfileEntry *) entries->pdata[at])->line);
  entry_free (entry);
}

static void
read_line (const char  *line,
           guint        number,
           char       **group,
           GPtrArray   *entries,
           GPtrArray   *faults)
{
  PltProfileEntry *entry;

  if (*line == '\0' || *line == '#')
    return;
  if (*line == '[')
    {
      char *next = read_group (line);

      if (next == NULL)
        {
          plt_profile_faults_add (faults, number, _("must be a group as “[match]”"));
          return;
        }
      g_free (*group);
      *group = next;
      entry = g_new0 (PltProfileEntry, 1);
      entry->group = g_strdup (next);
      entry->line = number;
      add_entry (entries, entry, faults);
      return;
    }
  entry = *group != NULL ? read_entry (line, *group, number) : NULL;
  if (entry == NULL)
    plt_profile_faults_add (faults, number, *group != NULL
      ? _("must be “key = value”, a group in brackets, or a remark that begins with #")
      : _("must come behind a group as “[profile]”"));
  else
    add_entry (entries, entry, faults);
}

GPtrArray *
plt_profile_text_read (const char *text,
                       gsize       length,
                       GPtrArray  *faults)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (entry_free);
  g_autofree char *copy = NULL;
  g_autofree char *group = NULL;
  g_auto (GStrv) lines = NULL;
  const char *end;

  if (length > MAX_LENGTH)
    {
      plt_profile_faults_add (faults, 0, _("the file is longer than any profile"));
      return entries;
    }
  if (!g_utf8_validate_len (text, length, &end))
    {
      guint line = 1;

      for (const char *at = text; at < end; at++)
        line += *at == '\n';
      plt_profile_faults_add (faults, line, _("is no text in UTF-8"));
      return entries;
    }
  copy = g_strndup (text, length);
  lines = g_strsplit (copy, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    read_line (g_strstrip (lines[i]), i + 1, &group, entries, faults);
  return entries;
}
