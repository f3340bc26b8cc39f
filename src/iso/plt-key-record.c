/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads and writes the list of the keys in a folder: a key file with one group for each key, named
 * by its id. */
#include "plt-key-record.h"

#include "plt-date.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define SECONDS_PER_DAY 86400

void
plt_key_record_free (PltKeyRecord *self)
{
  g_free (self->id);
  g_free (self->key);
  g_free (self->certificate);
  g_free (self->secret);
  g_free (self->reason);
  g_free (self);
}

gboolean
plt_key_time_parse (const char *text,
                    gint64     *time)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) moment = NULL;
  PltDate day;

  if (plt_date_parse_iso (text, &day))
    {
      *time = plt_date_to_unix (day);
      return TRUE;
    }
  moment = g_date_time_new_from_iso8601 (text, utc);
  if (moment != NULL)
    *time = g_date_time_to_unix (moment);

  return moment != NULL;
}

char *
plt_key_time_format (gint64 time)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_utc (time);

  if (moment == NULL)
    return g_strdup ("");

  return g_date_time_format (moment, time % SECONDS_PER_DAY == 0 ? "%Y-%m-%d" : "%Y-%m-%dT%H:%M:%SZ");
}

char *
plt_key_record_path (const char *folder,
                     const char *name)
{
  g_autofree char *absolute = NULL;

  if (name == NULL || strchr (name, ':') != NULL)
    return g_strdup (name);
  absolute = g_canonicalize_filename (folder, NULL);

  return g_canonicalize_filename (name, absolute);
}

static void
set_fault (GError     **error,
           const char  *path,
           const char  *group,
           const char  *member)
{
  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY,
               /* Translators: a file's name, a key's name, the name of a setting. */
               _("The list of keys “%s” cannot be used: of the key “%s”, the setting “%s” is missing or "
                 "wrong. Ask an administrator to correct it."), path, group, member);
}

static gboolean
read_time (GKeyFile    *file,
           const char  *path,
           const char  *group,
           const char  *member,
           gint64      *time,
           GError     **error)
{
  g_autofree char *text = g_key_file_get_string (file, group, member, NULL);

  if (text == NULL || *text == '\0' || plt_key_time_parse (text, time))
    return TRUE;

  set_fault (error, path, group, member);
  return FALSE;
}

static PltKeyRecord *
read_record (GKeyFile    *file,
             const char  *path,
             const char  *group,
             GError     **error)
{
  g_autoptr (PltKeyRecord) self = g_new0 (PltKeyRecord, 1);
  g_autofree char *purpose = g_key_file_get_string (file, group, "purpose", NULL);

  if (!plt_key_purpose_from_nick (purpose, &self->purpose))
    {
      set_fault (error, path, group, "purpose");
      return NULL;
    }
  self->id = g_strdup (group);
  self->key = g_key_file_get_string (file, group, "key", NULL);
  self->certificate = g_key_file_get_string (file, group, "certificate", NULL);
  self->secret = g_key_file_get_string (file, group, "secret", NULL);
  self->reason = g_key_file_get_string (file, group, "reason", NULL);
  if (self->key == NULL && self->certificate == NULL)
    {
      set_fault (error, path, group, "key");
      return NULL;
    }
  if (!read_time (file, path, group, "from", &self->from, error) ||
      !read_time (file, path, group, "retired", &self->retired, error) ||
      !read_time (file, path, group, "revoked", &self->revoked, error))
    return NULL;

  return g_steal_pointer (&self);
}

GPtrArray *
plt_key_records_read (const char  *folder,
                      GError     **error)
{
  g_autoptr (GPtrArray) records
    = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_key_record_free);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = g_build_filename (folder, PLT_KEY_LIST, NULL);
  g_autoptr (GError) cause = NULL;
  g_auto (GStrv) groups = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &cause))
    {
      if (g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return g_steal_pointer (&records);
      g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY,
                   _("The list of keys “%s” cannot be used: %s. Ask an administrator to correct it."),
                   path, cause->message);
      return NULL;
    }
  groups = g_key_file_get_groups (file, NULL);
  for (int i = 0; groups[i] != NULL; i++)
    {
      PltKeyRecord *record = read_record (file, path, groups[i], error);

      if (record == NULL)
        return NULL;
      g_ptr_array_add (records, record);
    }

  return g_steal_pointer (&records);
}

static void
set_text (GKeyFile   *file,
          const char *group,
          const char *member,
          const char *text)
{
  if (text != NULL)
    g_key_file_set_string (file, group, member, text);
}

static void
set_time (GKeyFile   *file,
          const char *group,
          const char *member,
          gint64      time)
{
  g_autofree char *text = time != 0 ? plt_key_time_format (time) : NULL;

  set_text (file, group, member, text);
}

static void
write_record (GKeyFile           *file,
              const PltKeyRecord *record)
{
  set_text (file, record->id, "purpose", plt_key_purpose_to_nick (record->purpose));
  set_text (file, record->id, "key", record->key);
  set_text (file, record->id, "certificate", record->certificate);
  set_text (file, record->id, "secret", record->secret);
  set_time (file, record->id, "from", record->from);
  set_time (file, record->id, "retired", record->retired);
  set_time (file, record->id, "revoked", record->revoked);
  set_text (file, record->id, "reason", record->reason);
}

gboolean
plt_key_records_write (const char  *folder,
                       GPtrArray   *records,
                       GError     **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = g_build_filename (folder, PLT_KEY_LIST, NULL);
  g_autoptr (GError) cause = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < records->len; i++)
    write_record (file, g_ptr_array_index (records, i));
  text = g_key_file_to_data (file, NULL, NULL);
  if (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT |
                                                G_FILE_SET_CONTENTS_DURABLE, 0644, &cause))
    return TRUE;

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY,
               _("The list of keys was not written: %s. Nothing was changed."), cause->message);
  return FALSE;
}
