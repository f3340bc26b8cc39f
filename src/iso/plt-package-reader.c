/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the manifest of a personalisation package, which anybody may have written. What a manifest may
 * say of a file's place follows from the card and the kind of file: no path of its own is taken. */
#include "plt-package-private.h"

#include "plt-lds-files.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const kinds[] = { "card-file", "chip", "track" };

const char *
plt_package_kind_to_nick (PltPackageFileKind kind)
{
  return kinds[kind];
}

static gboolean
read_kind (JsonObject         *object,
           PltPackageFileKind *kind)
{
  const char *nick = plt_package_json_text (object, "kind");

  for (gsize i = 0; nick != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (nick, kinds[i]))
      {
        *kind = (PltPackageFileKind) i;
        return TRUE;
      }
  return FALSE;
}

/* Of a chip's file by its identifier, with which name, short identifier and tag must agree. */
static gboolean
read_number (JsonObject         *object,
             PltPackageFileKind  kind,
             guint              *number)
{
  const char *identifier = plt_package_json_text (object, "identifier");
  gint64 track;

  *number = 0;
  if (kind == PLT_PACKAGE_CARD_FILE)
    return TRUE;
  if (kind == PLT_PACKAGE_TRACK)
    {
      if (!plt_package_json_number (object, "track", &track) || track < 1 || track > 3)
        return FALSE;
      *number = (guint) track;
      return TRUE;
    }
  for (guint i = 0; identifier != NULL && i <= PLT_LDS_SOD; i++)
    {
      const PltLdsFileKind *file = plt_lds_file_kind (i);
      g_autofree char *hex = file != NULL ? g_strdup_printf ("%04X", file->identifier) : NULL;
      g_autofree char *tag = file != NULL ? g_strdup_printf ("%02X", file->tag) : NULL;

      *number = i;
      if (file != NULL && g_str_equal (hex, identifier))
        return g_strcmp0 (plt_package_json_text (object, "tag"), tag) == 0;
    }
  return FALSE;
}

static gboolean
has_path (const PltPackageJob *job,
          const char          *path)
{
  for (guint i = 0; i < job->files->len; i++)
    if (g_str_equal (((const PltPackageFile *) job->files->pdata[i])->path, path))
      return TRUE;
  return FALSE;
}

static gboolean
read_file (JsonObject    *object,
           PltPackageJob *job)
{
  const char *path = plt_package_json_text (object, "path");
  const char *sha256 = plt_package_json_text (object, "sha256");
  g_autoptr (GBytes) none = g_bytes_new (NULL, 0);
  g_autofree char *right = NULL;
  PltPackageFileKind kind;
  PltPackageFile *file;
  guint number;
  gint64 size;

  if (path == NULL || !plt_package_is_sha256 (sha256) || !read_kind (object, &kind) ||
      !read_number (object, kind, &number) || !plt_package_json_number (object, "size", &size) ||
      size < 0)
    return FALSE;
  right = plt_package_dup_path (job->card, kind, number);
  if (g_strcmp0 (right, path) != 0 || has_path (job, path))
    return FALSE;
  plt_package_job_add (job, kind, number, none);
  file = job->files->pdata[job->files->len - 1];
  file->size = (gsize) size;
  g_free (file->sha256);
  file->sha256 = g_strdup (sha256);
  g_clear_pointer (&file->bytes, g_bytes_unref);
  return TRUE;
}

/* A number names a folder of the archive. */
static gboolean
is_number (const char *text)
{
  return text != NULL && strlen (text) <= 40 && g_ascii_isalnum (text[0]) &&
         strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-") == strlen (text);
}

static PltPackageJob *
read_job (JsonObject *object)
{
  const char *card = plt_package_json_text (object, "card");
  const char *serial = plt_package_json_text (object, "serial");
  JsonObject *layout = object != NULL
                         ? plt_package_json_object (json_object_get_member (object, "layout"))
                         : NULL;
  JsonArray *files = object != NULL ? plt_package_json_array (object, "files") : NULL;
  g_autoptr (PltPackageJob) job = NULL;
  gint64 version;

  if (!is_number (card) || !is_number (serial) || plt_package_json_text (layout, "id") == NULL ||
      !plt_package_json_number (layout, "version", &version) || files == NULL ||
      json_array_get_length (files) > PLT_PACKAGE_MAX_FILES)
    return NULL;
  job = plt_package_job_new (card, serial, plt_package_json_text (layout, "id"),
                             (int) CLAMP (version, 0, G_MAXINT),
                             plt_package_json_text (layout, "digest"));
  for (guint i = 0; i < json_array_get_length (files); i++)
    if (!read_file (plt_package_json_object (json_array_get_element (files, i)), job))
      return NULL;
  return job->files->len > 0 ? g_steal_pointer (&job) : NULL;
}

static gboolean
read_jobs (PltPackage  *self,
           JsonArray   *jobs,
           GError     **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < json_array_get_length (jobs); i++)
    {
      PltPackageJob *job = read_job (plt_package_json_object (json_array_get_element (jobs, i)));

      if (job != NULL)
        g_ptr_array_add (self->jobs, job);
      if (job != NULL && g_hash_table_add (seen, job->card))
        continue;
      g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
                   job != NULL ? _("Its card number %u is there twice.")
                               : _("Its card number %u is not described as it should be."), i + 1);
      return FALSE;
    }
  return TRUE;
}

/* Whatever else it says, or nothing, is no “no”. */
static gboolean
says_no (JsonObject *object,
         const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
         json_node_get_value_type (node) == G_TYPE_BOOLEAN && !json_node_get_boolean (node);
}

/**
 * plt_package_new_from_json:
 * @json: a manifest
 * @error: %PLT_ISO_ERROR_INVALID with a sentence
 *
 * Returns: (transfer full) (nullable)
 */
PltPackage *
plt_package_new_from_json (GBytes  *json,
                           GError **error)
{
  g_autoptr (JsonNode) root = plt_package_json_parse (json, PLT_PACKAGE_MAX_MANIFEST, error);
  JsonObject *object = plt_package_json_object (root);
  JsonArray *jobs = object != NULL ? plt_package_json_array (object, "jobs") : NULL;
  g_autoptr (PltPackage) self = NULL;
  gint64 version = 0;

  if (object == NULL)
    return NULL;
  if (g_strcmp0 (plt_package_json_text (object, "format"), PLT_PACKAGE_FORMAT) != 0 ||
      !plt_package_json_number (object, "version", &version) || version != 1 || jobs == NULL ||
      json_array_get_length (jobs) == 0 || json_array_get_length (jobs) > PLT_PACKAGE_MAX_JOBS ||
      (plt_package_json_text (object, "batch") == NULL) != (plt_package_json_text (object, "bureau") == NULL))
    {
      g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
                           _("It is not the list of a personalisation package of version 1."));
      return NULL;
    }
  self = plt_package_new (plt_package_json_text (object, "office"),
                          plt_package_json_text (object, "batch"),
                          plt_package_json_text (object, "bureau"));
  self->specimen = !says_no (object, "specimen");
  return read_jobs (self, jobs, error) ? g_steal_pointer (&self) : NULL;
}
