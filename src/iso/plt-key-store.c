/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps a folder of keys: the list is written last, so that a key is there with everything it needs
 * or not at all. */
#include "plt-key-store.h"

#include "plt-issuer-key-private.h"
#include "plt-key-certificate.h"
#include "plt-key-issue.h"
#include "plt-key-make.h"
#include "plt-key-record.h"
#include "plt-key-revocations.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define LONGEST_ID 16

static const char * const short_names[PLT_N_KEY_PURPOSES] = { "DS", "QR", "PDF", "APPROVAL",
                                                              "AUDIT", "IACA" };

static gboolean
refuse (GError     **error,
        const char  *format,
        const char  *word)
{
  g_autoptr (GString) words = g_string_new (format);

  g_string_replace (words, "%s", word, 1);
  g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY, words->str);

  return FALSE;
}

static PltKeyRecord *
find_record (GPtrArray  *records,
             const char *id)
{
  for (guint i = 0; i < records->len; i++)
    {
      PltKeyRecord *record = g_ptr_array_index (records, i);

      if (g_str_equal (record->id, id))
        return record;
    }

  return NULL;
}

static char *
find_new_id (GPtrArray        *records,
             const PltKeyWish *wish)
{
  if (wish->id != NULL)
    return g_strdup (wish->id);
  for (guint n = 1;; n++)
    {
      g_autofree char *id = g_strdup_printf ("%s-%s-%u",
                                             wish->country != NULL ? wish->country : "KEY",
                                             short_names[wish->purpose], n);

      if (find_record (records, id) == NULL)
        return g_steal_pointer (&id);
    }
}

/* A name of files, too. */
static gboolean
check_new_id (GPtrArray   *records,
              const char  *id,
              GError     **error)
{
  gsize length = strlen (id);

  if (length == 0 || length > LONGEST_ID || id[0] == '.' ||
      strspn (id, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.") != length)
    return refuse (error, _("“%s” cannot name a key: a name has one to sixteen letters, digits, "
                            "hyphens and points."), id);
  if (find_record (records, id) != NULL)
    return refuse (error, _("There is a key called “%s” already. Choose another name."), id);
  return TRUE;
}

static gboolean
make_folder (const char  *folder,
             GError     **error)
{
  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  return refuse (error, _("The folder of the keys was not made: %s."), g_strerror (errno));
}

static char *
build_path (const char *folder,
            const char *id,
            const char *suffix)
{
  g_autofree char *name = g_strconcat (id, suffix, NULL);

  return g_build_filename (folder, name, NULL);
}

static gboolean
write_text (const char  *path,
            const char  *text,
            GError     **error)
{
  g_autoptr (GError) cause = NULL;

  if (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644, &cause))
    return TRUE;
  return refuse (error, _("The file was not written: %s. Nothing was changed."), cause->message);
}

static PltKeyRecord *
record_new (const PltKeyWish *wish,
            const char       *id)
{
  PltKeyRecord *self = g_new0 (PltKeyRecord, 1);

  self->id = g_strdup (id);
  self->purpose = wish->purpose;
  self->from = wish->from;
  self->secret = wish->keep_secret ? g_strdup (wish->secret_file) : NULL;

  return self;
}

/* The private key of a new record, not yet in the list. @name: as the list will call it. */
static char *
make_private (const char        *folder,
              const PltKeyWish  *wish,
              const char        *id,
              char             **name,
              GError           **error)
{
  g_autofree char *path = NULL;

  if (wish->token != NULL)
    {
      *name = plt_key_make_token (wish->token, id, wish->secret_file, error);
      return g_strdup (*name);
    }
  path = build_path (folder, id, ".key");
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      refuse (error, _("There is a file “%s” already. Nothing was changed."), path);
      return NULL;
    }
  if (!plt_key_make_file (path, wish->secret_file, wish->plain, error))
    return NULL;
  *name = g_strconcat (id, ".key", NULL);

  return g_steal_pointer (&path);
}

/* The first key of @folder that is a root which can certify; with @of, the root that certified this
 * certificate. */
static PltIssuerKey *
open_root (const char  *folder,
           const char  *secret_file,
           const char  *of,
           char       **certificate,
           char       **id,
           GError     **error)
{
  g_autoptr (GPtrArray) records = plt_key_records_read (folder, error);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      PltKeyRecord *record = g_ptr_array_index (records, i);
      g_autofree char *key = plt_key_record_path (folder, record->key);
      g_autofree char *path = plt_key_record_path (folder, record->certificate);
      g_autofree char *secret = plt_key_record_path (folder, record->secret);
      PltIssuerKey *root;

      if (record->purpose != PLT_KEY_PURPOSE_IACA || key == NULL || path == NULL ||
          (of == NULL && (record->revoked != 0 || record->retired != 0)))
        continue;
      if (of != NULL && !plt_key_revocations_concern (path, of))
        continue;
      root = plt_issuer_key_load (key, path, record->id,
                                  secret_file != NULL ? secret_file : secret, error);
      if (root != NULL)
        {
          *certificate = g_steal_pointer (&path);
          *id = g_strdup (record->id);
        }
      return root;
    }
  if (records != NULL && of == NULL)
    refuse (error, _("There is no root in the folder “%s”."), folder);
  else if (records != NULL)
    refuse (error, _("The key is revoked, but no revocation list was made: the root that certified it is not in the "
                     "folder “%s”. Revoke it again where its root is."), folder);

  return NULL;
}

static gboolean
copy_file (const char  *from,
           const char  *to,
           GError     **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) cause = NULL;

  if (!g_file_get_contents (from, &text, NULL, &cause))
    return refuse (error, _("The certificate was not read: %s."), cause->message);
  return write_text (to, text, error);
}

/* The office knows the root by its certificate. */
static gboolean
adopt_root (const char  *folder,
            GPtrArray   *records,
            const char  *certificate,
            const char  *id,
            GError     **error)
{
  g_autofree char *path = build_path (folder, id, ".pem");
  PltKeyRecord *record = find_record (records, id);

  if (record != NULL)
    return TRUE;
  if (!copy_file (certificate, path, error))
    return FALSE;
  record = record_new (&(PltKeyWish) { .purpose = PLT_KEY_PURPOSE_IACA }, id);
  record->certificate = g_strconcat (id, ".pem", NULL);
  g_ptr_array_insert (records, 0, record);

  return TRUE;
}

/* Each root has its own list, which is renewed whenever the root is at hand. */
static gboolean
write_revocations (const char    *folder,
                   GPtrArray     *records,
                   PltIssuerKey  *root,
                   const char    *root_id,
                   gint64         now,
                   GError       **error)
{
  g_autofree char *path = build_path (folder, root_id, PLT_KEY_REVOCATIONS_SUFFIX);
  g_autofree char *pem = plt_key_revocations_make (folder, records, root, now, error);

  return pem != NULL && write_text (path, pem, error);
}

static gboolean
certify_here (const char        *folder,
              GPtrArray         *records,
              const PltKeyWish  *wish,
              gint64             now,
              PltKeyRecord      *record,
              const char        *request,
              GError           **error)
{
  g_autofree char *certificate = NULL;
  g_autofree char *id = NULL;
  g_autofree char *pem = NULL;
  g_autofree char *path = build_path (folder, record->id, ".pem");
  g_autoptr (PltIssuerKey) root
    = open_root (wish->root, wish->root_secret_file, NULL, &certificate, &id, error);

  if (root == NULL)
    return FALSE;
  pem = plt_key_issue_certificate (root, request, wish->purpose, wish->from, wish->days, error);
  if (pem == NULL || !adopt_root (folder, records, certificate, id, error) ||
      !write_text (path, pem, error))
    return FALSE;
  record->certificate = g_strconcat (record->id, ".pem", NULL);

  return write_revocations (folder, records, root, id, now, error);
}

/* What makes the new key known: its own word, its root's, or a request to it. */
static gboolean
certify (const char        *folder,
         GPtrArray         *records,
         const PltKeyWish  *wish,
         gint64             now,
         PltKeyRecord      *record,
         PltIssuerKey      *key,
         char             **request,
         GError           **error)
{
  gboolean is_root = wish->purpose == PLT_KEY_PURPOSE_IACA;
  g_autofree char *pem = is_root ? plt_key_issue_root (key, wish, error)
                                 : plt_key_issue_request (key, wish, error);
  g_autofree char *path = build_path (folder, record->id, is_root ? ".pem" : ".csr");

  if (pem == NULL)
    return FALSE;
  if (!is_root && wish->root != NULL)
    return certify_here (folder, records, wish, now, record, pem, error);
  if (!write_text (path, pem, error))
    return FALSE;
  if (is_root)
    record->certificate = g_strconcat (record->id, ".pem", NULL);
  else
    *request = g_steal_pointer (&path);

  return TRUE;
}

static gboolean
create (const char        *folder,
        GPtrArray         *records,
        const PltKeyWish  *wish,
        gint64             now,
        char             **id,
        char             **request,
        GError           **error)
{
  g_autofree char *new_id = find_new_id (records, wish);
  PltKeyWish named = *wish;
  g_autofree char *private = NULL;
  g_autoptr (PltIssuerKey) key = NULL;
  PltKeyRecord *record;

  if (named.name == NULL && named.purpose != PLT_KEY_PURPOSE_IACA)
    named.name = new_id;
  if (!check_new_id (records, new_id, error) || !plt_key_issue_check (&named, error) || !make_folder (folder, error))
    return FALSE;
  record = record_new (wish, new_id);
  g_ptr_array_add (records, record);
  private = make_private (folder, wish, new_id, &record->key, error);
  if (private == NULL)
    return FALSE;
  key = plt_issuer_key_load (private, NULL, new_id, wish->secret_file, error);
  if (key == NULL || !certify (folder, records, &named, now, record, key, request, error) ||
      !plt_key_records_write (folder, records, error))
    {
      g_clear_object (&key);
      plt_key_make_undo (private, wish->secret_file);
      return FALSE;
    }
  *id = g_steal_pointer (&new_id);

  return TRUE;
}

/* @from: the day that is wanted, else the day of @now. */
static PltKeyWish
fill_wish (const PltKeyWish *wish,
           gint64            now)
{
  PltKeyWish filled = *wish;

  if (filled.from == 0)
    filled.from = now - now % 86400;
  return filled;
}

gboolean
plt_key_store_create (const char        *folder,
                      const PltKeyWish  *wish,
                      gint64             now,
                      char             **id,
                      char             **request,
                      GError           **error)
{
  g_autoptr (GPtrArray) records = plt_key_records_read (folder, error);
  const PltKeyWish filled = fill_wish (wish, now);

  return records != NULL && create (folder, records, &filled, now, id, request, error);
}

/* Those that sign for the purpose when the new one begins, at @from or, where that is past, today: what
 * they signed until now stays good. A key that is to begin later stays. */
static void
retire (GPtrArray     *records,
        PltKeyPurpose  purpose,
        gint64         from,
        gint64         now)
{
  const gint64 moment = MAX (from, now - now % 86400);

  for (guint i = 0; i < records->len; i++)
    {
      PltKeyRecord *record = g_ptr_array_index (records, i);

      if (record->purpose == purpose && record->revoked == 0 &&
          record->from <= moment && (record->retired == 0 || record->retired > moment))
        record->retired = moment;
    }
}

gboolean
plt_key_store_rotate (const char        *folder,
                      const PltKeyWish  *wish,
                      gint64             now,
                      char             **id,
                      char             **request,
                      GError           **error)
{
  g_autoptr (GPtrArray) records = plt_key_records_read (folder, error);
  const PltKeyWish filled = fill_wish (wish, now);

  if (records == NULL)
    return FALSE;
  if (filled.from < now - now % 86400)
    return refuse (error, _("No next key was made: its first day is past, and the key before it has signed until "
                            "now. Let it begin today or later."), "");
  /* Without the root the old one signs on until the new one has its certificate. */
  if (filled.root != NULL)
    retire (records, filled.purpose, filled.from, now);

  return create (folder, records, &filled, now, id, request, error);
}

gboolean
plt_key_store_certify (const char     *root,
                       const char     *root_secret_file,
                       const char     *request,
                       PltKeyPurpose   purpose,
                       gint64          from,
                       int             days,
                       const char     *certificate,
                       GError        **error)
{
  g_autofree char *text = NULL;
  g_autofree char *of_root = NULL;
  g_autofree char *id = NULL;
  g_autofree char *pem = NULL;
  g_autoptr (GError) cause = NULL;
  g_autoptr (PltIssuerKey) key = NULL;

  if (!g_file_get_contents (request, &text, NULL, &cause))
    return refuse (error, _("The request was not read: %s."), cause->message);
  key = open_root (root, root_secret_file, NULL, &of_root, &id, error);
  if (key == NULL)
    return FALSE;
  pem = plt_key_issue_certificate (key, text, purpose, from, days, error);

  return pem != NULL && write_text (certificate, pem, error);
}

/* The record that waits for this certificate, or a new one. */
static PltKeyRecord *
take_record (GPtrArray         *records,
             const PltKeyWish  *wish,
             const char        *key,
             GError           **error)
{
  PltKeyRecord *record = wish->id != NULL ? find_record (records, wish->id) : NULL;
  g_autofree char *id = NULL;

  if (record != NULL && key == NULL && record->key != NULL && record->certificate == NULL)
    return record;
  if (record == NULL && key == NULL && wish->purpose != PLT_KEY_PURPOSE_IACA)
    {
      if (wish->id != NULL)
        refuse (error, _("No key called “%s” waits for a certificate. Name its key as well."), wish->id);
      else
        refuse (error, _("A certificate alone is for a key that waits for it. Say which one, or name the "
                         "certificate’s key as well."), "");
      return NULL;
    }
  id = find_new_id (records, wish);
  if (!check_new_id (records, id, error))
    return NULL;
  record = record_new (wish, id);
  g_ptr_array_add (records, record);

  return record;
}

/* @private: (out) (transfer full): what there is of the key now; NULL where nothing was made. */
static gboolean
import_private (const char        *folder,
                const PltKeyWish  *wish,
                PltKeyRecord      *record,
                const char        *key,
                const char        *key_secret_file,
                char             **private,
                GError           **error)
{
  g_autofree char *path = build_path (folder, record->id, ".key");

  if (key == NULL)
    return TRUE;
  if (g_str_has_prefix (key, "pkcs11:"))
    {
      record->key = g_strdup (key);
      return TRUE;
    }
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return refuse (error, _("There is a file “%s” already. Nothing was changed."), path);
  if (!plt_key_make_copy (path, wish->secret_file, key, key_secret_file, error))
    return FALSE;
  record->key = g_strconcat (record->id, ".key", NULL);
  *private = g_steal_pointer (&path);

  return TRUE;
}

static gboolean
check_certificate (const char        *folder,
                   const PltKeyWish  *wish,
                   PltKeyRecord      *record,
                   const char        *certificate,
                   GError           **error)
{
  g_autofree char *private = plt_key_record_path (folder, record->key);
  g_autofree char *secret = plt_key_record_path (folder, record->secret);
  g_autoptr (PltIssuerKey) key
    = private == NULL ? plt_issuer_key_new_for_certificate (certificate, record->id, error)
                      : plt_issuer_key_load (private, certificate, record->id,
                                             wish->secret_file != NULL ? wish->secret_file : secret,
                                             error);

  if (key == NULL)
    return FALSE;
  if (plt_key_certificate_is_for (plt_issuer_key_get_certificate (key), record->purpose))
    return TRUE;

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY_PURPOSE,
               /* Translators: what a key is for, e.g. “QR codes”. */
               _("Nothing was imported, because the certificate is not one for %s: its key usage says "
                 "something else."), plt_key_purpose_get_title (record->purpose));
  return FALSE;
}

gboolean
plt_key_store_import (const char        *folder,
                      const PltKeyWish  *wish,
                      gint64             now,
                      const char        *key,
                      const char        *key_secret_file,
                      const char        *certificate,
                      GError           **error)
{
  g_autoptr (GPtrArray) records = plt_key_records_read (folder, error);
  g_autofree char *private = NULL;
  g_autofree char *path = NULL;
  PltKeyRecord *record;

  if (records == NULL || !make_folder (folder, error))
    return FALSE;
  record = take_record (records, wish, key, error);
  if (record == NULL)
    return FALSE;
  path = build_path (folder, record->id, ".pem");
  if (import_private (folder, wish, record, key, key_secret_file, &private, error) &&
      check_certificate (folder, wish, record, certificate, error) &&
      copy_file (certificate, path, error))
    {
      record->certificate = g_strconcat (record->id, ".pem", NULL);
      if (wish->purpose == record->purpose && record->from != 0)
        retire (records, record->purpose, record->from, now);
      record->retired = 0;
      if (plt_key_records_write (folder, records, error))
        return TRUE;
    }
  if (private != NULL)
    plt_key_make_undo (private, NULL);

  return FALSE;
}

gboolean
plt_key_store_revoke (const char  *folder,
                      const char  *id,
                      const char  *reason,
                      const char  *root,
                      const char  *root_secret_file,
                      gint64       now,
                      GError     **error)
{
  g_autoptr (GPtrArray) records = plt_key_records_read (folder, error);
  g_autoptr (PltIssuerKey) key = NULL;
  g_autofree char *certificate = NULL;
  g_autofree char *root_id = NULL;
  g_autofree char *of = NULL;
  PltKeyRecord *record = records != NULL && id != NULL ? find_record (records, id) : NULL;

  if (records == NULL)
    return FALSE;
  if (record == NULL && id != NULL)
    return refuse (error, _("There is no key called “%s”."), id);
  if (record != NULL && record->revoked == 0)
    {
      record->revoked = now;
      record->reason = g_strdup (reason);
    }
  /* The list first: that the key is not believed must not wait for a root. */
  if (!plt_key_records_write (folder, records, error))
    return FALSE;
  of = record != NULL ? plt_key_record_path (folder, record->certificate) : NULL;
  if (root == NULL || (record != NULL && of == NULL))
    return TRUE;
  key = open_root (root, root_secret_file, of, &certificate, &root_id, error);
  if (key != NULL && record == NULL && find_record (records, root_id) == NULL)
    return refuse (error, _("There is no key called “%s”."), root_id);

  return key != NULL && write_revocations (folder, records, key, root_id, now, error);
}
