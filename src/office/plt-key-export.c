/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Publishes the issuer's public keys: as a JSON Web Key Set (RFC 7517) for readers of QR codes, and
 * as a list of certificates for readers of everything else. */
#include "config.h"

#include "plt-key-work.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <errno.h>
#include <string.h>

#include "plt-key-revocations.h"
#include "plt-key-ring.h"
#include "plt-key-store.h"
#include "plt-key-use.h"
#include "plt-new-file.h"
#include "plt-office-error-private.h"
#include "plt-office-keys.h"
#include "plt-store-issuer-keys.h"

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  const PltKeyInfo *first = *(const PltKeyInfo * const *) a;
  const PltKeyInfo *second = *(const PltKeyInfo * const *) b;

  return strcmp (first->key_id, second->key_id);
}

/* (element-type PltKeyInfo): those that have a certificate, in the order of their names. */
static GPtrArray *
list_published (PltKeyRing *ring,
                GPtrArray  *run_out)
{
  GPtrArray *published = g_ptr_array_new ();

  for (guint i = 0; i < plt_key_ring_get_n_keys (ring); i++)
    {
      const PltKeyInfo *info = plt_key_ring_get_info (ring, i);

      if (info->certificate != NULL && !g_ptr_array_find (run_out, info, NULL))
        g_ptr_array_add (published, (gpointer) info);
    }
  g_ptr_array_sort (published, compare_ids);
  return published;
}

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

/* base64url without padding (RFC 7515, 2). */
static void
add_number (JsonBuilder  *builder,
            const char   *name,
            const guint8 *number)
{
  g_autofree char *text = g_base64_encode (number, 32);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  add_text (builder, name, text);
}

static gboolean
add_jwk (JsonBuilder       *builder,
         PltKeyRing        *ring,
         const PltKeyInfo  *info,
         GError           **error)
{
  g_autoptr (PltIssuerKey) key = plt_key_ring_find (ring, info->key_id, NULL, error);
  guint8 point[64];

  if (key == NULL || !plt_issuer_key_get_point (key, point, error))
    return FALSE;
  json_builder_begin_object (builder);
  add_text (builder, "kty", "EC");
  add_text (builder, "crv", "P-256");
  add_text (builder, "kid", info->key_id);
  add_text (builder, "use", "sig");
  add_text (builder, "alg", "ES256");
  add_text (builder, "platen_purpose", plt_key_purpose_to_nick (info->purpose));
  if (info->retired != 0)
    {
      json_builder_set_member_name (builder, "exp");
      json_builder_add_int_value (builder, info->retired);
    }
  add_number (builder, "x", point);
  add_number (builder, "y", point + 32);
  json_builder_end_object (builder);
  return TRUE;
}

/* A revoked key is not among those that verify; its certificate is in the list of the revoked. */
static char *
build_jwks (PltKeyRing  *ring,
            GPtrArray   *published,
            GError     **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "keys");
  json_builder_begin_array (builder);
  for (guint i = 0; i < published->len; i++)
    {
      const PltKeyInfo *info = g_ptr_array_index (published, i);

      if (info->purpose != PLT_KEY_PURPOSE_IACA && info->revoked == 0 &&
          !add_jwk (builder, ring, info, error))
        return NULL;
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  g_autoptr (JsonNode) node = json_builder_get_root (builder);
  g_autofree char *text = json_to_string (node, TRUE);
  return g_strconcat (text, "\n", NULL);
}

static gboolean
fail_write (GError  *cause,
            GError **error)
{
  g_propagate_error (error, plt_office_error_new (PLT_OFFICE_ERROR_SETUP, NULL,
                                                  _("The public keys were not exported. %s"),
                                                  cause->message));
  g_error_free (cause);
  return FALSE;
}

/* On the disk, but not in its place before all of @files are: what was published stays whole. */
static gboolean
write_public (GPtrArray   *files,
              const char  *folder,
              const char  *name,
              const char  *text,
              GError     **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  GError *cause = NULL;
  g_autoptr (PltNewFile) file = plt_new_file_begin (path, 0644, &cause);

  if (file == NULL || !plt_new_file_write (file, text, strlen (text), &cause) ||
      !plt_new_file_end (file, &cause))
    return fail_write (cause, error);
  g_ptr_array_add (files, g_steal_pointer (&file));
  return TRUE;
}

static gboolean
publish_all (GPtrArray  *files,
             GError    **error)
{
  GError *cause = NULL;

  for (guint i = 0; i < files->len; i++)
    if (!plt_new_file_keep (files->pdata[i], &cause))
      return fail_write (cause, error);
  return TRUE;
}

static gboolean
append_file (GString     *text,
             const char  *path,
             GError     **error)
{
  g_autofree char *contents = NULL;

  if (!g_file_get_contents (path, &contents, NULL, error))
    return FALSE;
  g_string_append (text, contents);
  return TRUE;
}

static char *
build_certificates (GPtrArray  *published,
                    GError    **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < published->len; i++)
    {
      const PltKeyInfo *info = g_ptr_array_index (published, i);

      g_string_append_printf (text, "# %s %s\n", info->key_id, plt_key_purpose_to_nick (info->purpose));
      if (!append_file (text, info->certificate, error))
        return NULL;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* @end: when the first of those that were copied ends, or 0 */
static gboolean
copy_list (GPtrArray   *files,
           const char  *folder,
           const char  *name,
           const char  *into,
           const char  *new_name,
           gboolean    *copied,
           gint64      *end,
           GError     **error)
{
  gint64 its_end;

  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;

  *copied = g_file_get_contents (path, &text, NULL, NULL);
  its_end = *copied ? plt_key_revocations_get_end (path) : 0;
  if (its_end != 0 && (*end == 0 || its_end < *end))
    *end = its_end;
  return !*copied || write_public (files, into, new_name, text, error);
}

/* Each root's list stands beside the keys, as the root signed it; where there is one root, the
 * list has the name that its certificates usually say as well. */
static gboolean
copy_lists (GPtrArray   *files,
            const char  *folder,
            GPtrArray   *published,
            const char  *into,
            guint       *n_lists,
            gint64      *end,
            GError     **error)
{
  g_autofree char *last = NULL;
  gboolean copied = FALSE;

  for (guint i = 0; i < published->len; i++)
    {
      const PltKeyInfo *info = g_ptr_array_index (published, i);
      g_autofree char *name = g_strconcat (info->key_id, PLT_KEY_REVOCATIONS_SUFFIX, NULL);

      if (info->purpose != PLT_KEY_PURPOSE_IACA)
        continue;
      if (!copy_list (files, folder, name, into, name, &copied, end, error))
        return FALSE;
      if (!copied)
        continue;
      (*n_lists)++;
      g_free (last);
      last = g_steal_pointer (&name);
    }
  if (*n_lists > 1)
    return TRUE;
  /* Before each root had its own, there was one of this name. */
  if (!copy_list (files, folder, last != NULL ? last : "crl.pem", into, "crl.pem", &copied, end, error))
    return FALSE;
  *n_lists = copied ? 1 : 0;
  return TRUE;
}

static void
add_number_of (JsonBuilder *builder,
               const char  *name,
               guint        n)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, n);
}

/* By when the lists are to be signed and published again; nothing where there is none. */
static void
add_end (JsonBuilder *builder,
         gint64       end)
{
  g_autoptr (GDateTime) moment = end != 0 ? g_date_time_new_from_unix_utc (end) : NULL;
  g_autofree char *text = moment != NULL ? g_date_time_format_iso8601 (moment) : NULL;

  if (text != NULL)
    add_text (builder, "lists_good_until", text);
}

static void
add_run_out (JsonBuilder *builder,
             PltKeyRing  *ring,
             GPtrArray   *uses,
             GPtrArray   *run_out)
{
  json_builder_set_member_name (builder, "run_out");
  json_builder_begin_array (builder);
  for (guint i = 0; i < run_out->len; i++)
    {
      const PltKeyInfo *info = g_ptr_array_index (run_out, i);
      const char *day = plt_key_use_get_last_day (ring, uses, info);

      json_builder_begin_object (builder);
      add_text (builder, "key", info->key_id);
      if (day != NULL)
        add_text (builder, "last_card_expired", day);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* Why keys stay of which somebody may think that they have run out; NULL: nothing is to be said. */
static char *
find_remark (GPtrArray  *uses,
             const char *unasked)
{
  for (guint i = 0; uses != NULL && i < uses->len; i++)
    {
      const PltStoreIssuerKey *use = g_ptr_array_index (uses, i);

      if (use->key == NULL && use->in_use)
        /* Translators: a date, YYYY-MM-DD. */
        return g_strdup_printf (_("Every key stays published, because cards are good until %s of which nobody noted the "
                                  "keys that signed them."), use->last_expiry);
    }
  if (uses != NULL)
    return NULL;
  return unasked != NULL ? g_strdup_printf (_("Every key stays published, because the database was not asked which keys "
                                              "signed cards that are still good: %s"), unasked)
                         : g_strdup (_("Every key stays published, because the database was not asked which keys signed "
                                       "cards that are still good. Sign in, and export them again."));
}

char *
plt_key_work_export (PltOfficeConfig    *config,
                     const PltKeyExport *export,
                     GError            **error)
{
  const char *own = export->folder != NULL ? export->folder
                                           : plt_office_config_get (config, "issuer", "keys");
  g_autoptr (PltKeyRing) ring = plt_key_ring_new ();
  guint n_lists = 0;
  gint64 end = 0;

  if (own == NULL)
    {
      g_propagate_error (error, plt_office_error_new (
        PLT_OFFICE_ERROR_SETUP, NULL,
        _("No folder of keys is named, neither here nor in the configuration (“keys” in the "
          "group “issuer”). Name one.")));
      return NULL;
    }
  if (!plt_key_ring_add_folder (ring, own, NULL, error))
    return NULL;

  g_autoptr (GPtrArray) run_out
    = plt_key_use_list_run_out (ring, export->uses, g_get_real_time () / G_USEC_PER_SEC);
  g_autoptr (GPtrArray) published = list_published (ring, run_out);
  g_autofree char *jwks = build_jwks (ring, published, error);
  g_autofree char *certificates = jwks != NULL ? build_certificates (published, error) : NULL;
  g_autoptr (GPtrArray) files
    = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_new_file_free);

  if (certificates == NULL)
    return NULL;
  if (g_mkdir_with_parents (export->into, 0755) != 0)
    {
      GError *cause = NULL;

      plt_new_file_fail (export->into, errno, &cause);
      fail_write (cause, error);
      return NULL;
    }
  if (!write_public (files, export->into, "jwks.json", jwks, error) ||
      !write_public (files, export->into, "certificates.pem", certificates, error) ||
      !copy_lists (files, own, published, export->into, &n_lists, &end, error) ||
      !publish_all (files, error))
    return NULL;

  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *remark = find_remark (export->uses, export->unasked);

  json_builder_begin_object (builder);
  add_text (builder, "folder", export->into);
  add_number_of (builder, "certificates", published->len);
  add_number_of (builder, "revocation_lists", n_lists);
  add_end (builder, end);
  add_run_out (builder, ring, export->uses, run_out);
  if (remark != NULL)
    add_text (builder, "remark", remark);
  json_builder_end_object (builder);

  g_autoptr (JsonNode) node = json_builder_get_root (builder);
  return json_to_string (node, FALSE);
}
