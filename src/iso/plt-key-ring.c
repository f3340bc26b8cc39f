/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds the issuer's keys. Certificates are read when a key is added, private keys when they are
 * first asked to sign: who only verifies needs neither token nor passphrase. */
#include "plt-key-ring-private.h"

#include "plt-key-certificate.h"
#include "plt-key-record.h"
#include "plt-key-secret.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define WARNING_SECONDS (30 * 86400)

G_DEFINE_FINAL_TYPE (PltKeyRing, plt_key_ring, G_TYPE_OBJECT)

static void
entry_free (PltKeyEntry *self)
{
  g_clear_object (&self->signer);
  g_clear_object (&self->verifier);
  g_clear_error (&self->fault);
  g_mutex_clear (&self->mutex);
  g_free (self->key_id);
  g_free (self->key);
  g_free (self->certificate);
  g_free (self->secret_file);
  g_free (self->root);
  g_free (self);
}

static void
plt_key_ring_finalize (GObject *object)
{
  PltKeyRing *self = PLT_KEY_RING (object);

  g_ptr_array_unref (self->entries);
  g_free (self->uri);

  G_OBJECT_CLASS (plt_key_ring_parent_class)->finalize (object);
}

static void
plt_key_ring_class_init (PltKeyRingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plt_key_ring_finalize;
}

static void
plt_key_ring_init (PltKeyRing *self)
{
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  self->limits = PLT_KEY_TOKEN_LIMITS;
}

PltKeyRing *
plt_key_ring_new (void)
{
  return g_object_new (PLT_TYPE_KEY_RING, NULL);
}

void
plt_key_ring_set_uri (PltKeyRing *self,
                      const char *uri)
{
  g_return_if_fail (PLT_IS_KEY_RING (self));

  g_free (self->uri);
  self->uri = g_strdup (uri);
}

void
plt_key_ring_set_limits (PltKeyRing *self,
                         guint       max_sessions,
                         guint       timeout_ms)
{
  g_return_if_fail (PLT_IS_KEY_RING (self));
  g_return_if_fail (max_sessions > 0 && timeout_ms > 0);

  self->limits = (PltKeyTokenLimits) { max_sessions, timeout_ms };
}

/* What stands in the certificate; a fault in it is told to who wants to sign with the key. */
static void
read_certificate (PltKeyEntry *self)
{
  gnutls_x509_crt_t crt;

  self->verifier = plt_issuer_key_new_for_certificate (self->certificate, self->key_id,
                                                       &self->fault);
  if (self->verifier == NULL)
    return;
  crt = plt_issuer_key_get_certificate (self->verifier);
  self->info.not_before = gnutls_x509_crt_get_activation_time (crt);
  self->info.not_after = gnutls_x509_crt_get_expiration_time (crt);
  self->marked = plt_key_certificate_is_marked (crt);
  if (!plt_key_certificate_is_for (crt, self->info.purpose))
    g_set_error (&self->fault, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY_PURPOSE,
                 /* Translators: a key's name, then what it is for, e.g. “QR codes”. */
                 _("The certificate of the issuer’s key “%s” is not one for %s. Nothing was signed; ask "
                   "an administrator for the right certificate."), self->key_id,
                 plt_key_purpose_get_title (self->info.purpose));
}

/* Takes the strings. */
static PltKeyEntry *
add_entry (PltKeyRing    *self,
           PltKeyPurpose  purpose,
           char          *key_id,
           char          *key,
           char          *certificate,
           char          *secret_file)
{
  PltKeyEntry *entry = g_new0 (PltKeyEntry, 1);

  g_mutex_init (&entry->mutex);
  entry->key_id = key_id;
  entry->key = key;
  entry->certificate = certificate;
  entry->secret_file = secret_file;
  entry->info = (PltKeyInfo) { .key_id = key_id, .purpose = purpose, .specimen = TRUE, .key = key,
                               .certificate = certificate };
  if (certificate != NULL)
    read_certificate (entry);
  g_ptr_array_add (self->entries, entry);

  return entry;
}

static gboolean
is_certified_by (PltKeyEntry *entry,
                 PltKeyEntry *root)
{
  return root->info.purpose == PLT_KEY_PURPOSE_IACA && root->verifier != NULL &&
         root->fault == NULL && entry->verifier != NULL &&
         plt_key_certificate_is_of (plt_issuer_key_get_certificate (entry->verifier),
                                    plt_issuer_key_get_certificate (root->verifier));
}

/* Roots stand in the same list as those whom they certify. */
static void
find_roots (PltKeyRing *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      PltKeyEntry *entry = g_ptr_array_index (self->entries, i);

      for (guint j = 0; j < self->entries->len && entry->root_entry == NULL; j++)
        {
          PltKeyEntry *root = g_ptr_array_index (self->entries, j);

          if (!is_certified_by (entry, root))
            continue;
          entry->root_entry = root;
          entry->root = plt_key_certificate_hash (plt_issuer_key_get_certificate (root->verifier));
          entry->info.root = entry->root;
          entry->info.specimen = entry->marked || root->marked;
          if (entry->info.revoked == 0)
            entry->info.revoked = root->info.revoked;
        }
    }
}

static gboolean
check_new_id (PltKeyRing  *self,
              const char  *key_id,
              GError     **error)
{
  if (plt_key_ring_get_entry (self, key_id) == NULL)
    return TRUE;

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY,
               _("Two keys of the issuer are called “%s”. Ask an administrator to rename one in the "
                 "list of keys."), key_id);
  return FALSE;
}

gboolean
plt_key_ring_add_folder (PltKeyRing  *self,
                         const char  *folder,
                         const char  *secret_file,
                         GError     **error)
{
  g_autoptr (GPtrArray) records = NULL;

  g_return_val_if_fail (PLT_IS_KEY_RING (self), FALSE);
  g_return_val_if_fail (folder != NULL, FALSE);

  records = plt_key_records_read (folder, error);
  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      PltKeyRecord *record = g_ptr_array_index (records, i);
      PltKeyEntry *entry;

      if (!check_new_id (self, record->id, error))
        return FALSE;
      entry = add_entry (self, record->purpose, g_strdup (record->id),
                         plt_key_record_path (folder, record->key),
                         plt_key_record_path (folder, record->certificate),
                         record->secret != NULL ? plt_key_record_path (folder, record->secret)
                                                : g_strdup (secret_file));
      entry->info.from = record->from;
      entry->info.retired = record->retired;
      entry->info.revoked = record->revoked;
      entry->listed = TRUE;
    }
  find_roots (self);

  return TRUE;
}

void
plt_key_ring_add (PltKeyRing    *self,
                  PltKeyPurpose  purpose,
                  const char    *key_id,
                  const char    *key,
                  const char    *certificate,
                  const char    *secret_file)
{
  g_return_if_fail (PLT_IS_KEY_RING (self));
  g_return_if_fail (key_id != NULL && key != NULL);

  add_entry (self, purpose, g_strdup (key_id), g_strdup (key), g_strdup (certificate),
             g_strdup (secret_file));
}

PltKeyEntry *
plt_key_ring_get_entry (PltKeyRing *self,
                        const char *key_id)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      PltKeyEntry *entry = g_ptr_array_index (self->entries, i);

      if (g_str_equal (entry->key_id, key_id))
        return entry;
    }

  return NULL;
}

guint
plt_key_ring_get_n_keys (PltKeyRing *self)
{
  g_return_val_if_fail (PLT_IS_KEY_RING (self), 0);

  return self->entries->len;
}

const PltKeyInfo *
plt_key_ring_get_info (PltKeyRing *self,
                       guint       position)
{
  PltKeyEntry *entry;

  g_return_val_if_fail (PLT_IS_KEY_RING (self), NULL);
  g_return_val_if_fail (position < self->entries->len, NULL);

  entry = g_ptr_array_index (self->entries, position);
  return &entry->info;
}

/* Opens the private key once; a key that was not opened is tried again the next time. */
static PltIssuerKey *
open_signer (PltKeyRing   *self,
             PltKeyEntry  *entry,
             GError      **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&entry->mutex);

  if (entry->signer == NULL)
    {
      if (entry->key == NULL)
        {
          g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY_ABSENT,
                       _("Nothing was signed, because the issuer’s key “%s” is kept elsewhere. Ask an "
                         "administrator where."), entry->key_id);
          return NULL;
        }
      entry->signer = plt_issuer_key_load_limited (entry->key, entry->certificate, entry->key_id,
                                                   entry->secret_file, &self->limits, error);
      if (entry->signer != NULL)
        plt_issuer_key_set_uri (entry->signer, self->uri);
    }

  return entry->signer != NULL ? g_object_ref (entry->signer) : NULL;
}

/* Of the keys that may sign at @now the one that began last; else, in @refused, the one whose turn
 * was or comes last, so that there is something to say. */
static PltKeyEntry *
choose_signer (PltKeyRing     *self,
               PltKeyPurpose   purpose,
               gint64          now,
               PltKeyEntry   **refused)
{
  PltKeyEntry *chosen = NULL;

  *refused = NULL;
  for (guint i = 0; i < self->entries->len; i++)
    {
      PltKeyEntry *entry = g_ptr_array_index (self->entries, i);

      if (entry->info.purpose != purpose)
        continue;
      if (!plt_key_entry_may_sign (entry, now, NULL))
        {
          if (*refused == NULL || entry->info.from >= (*refused)->info.from)
            *refused = entry;
        }
      else if (chosen == NULL || entry->info.from >= chosen->info.from)
        {
          chosen = entry;
        }
    }

  return chosen;
}

static void
set_absent (PltKeyPurpose   purpose,
            GError        **error)
{
  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY_ABSENT,
               /* Translators: what a key is for, e.g. “QR codes”. */
               _("Nothing was signed, because the office has no key for %s. Ask an administrator to "
                 "make one."), plt_key_purpose_get_title (purpose));
}

PltIssuerKey *
plt_key_ring_get_signer (PltKeyRing        *self,
                         PltKeyPurpose      purpose,
                         gint64             now,
                         const PltKeyInfo **info,
                         GError           **error)
{
  PltKeyEntry *refused;
  PltKeyEntry *entry;
  PltIssuerKey *signer;

  g_return_val_if_fail (PLT_IS_KEY_RING (self), NULL);

  entry = choose_signer (self, purpose, now, &refused);
  if (entry == NULL)
    {
      if (refused != NULL)
        plt_key_entry_may_sign (refused, now, error);
      else
        set_absent (purpose, error);
      return NULL;
    }
  signer = open_signer (self, entry, error);
  if (signer != NULL && info != NULL)
    *info = &entry->info;

  return signer;
}

gboolean
plt_key_ring_can_sign (PltKeyRing     *self,
                       PltKeyPurpose   purpose,
                       gint64          now,
                       GError        **error)
{
  PltKeyEntry *refused;

  g_return_val_if_fail (PLT_IS_KEY_RING (self), FALSE);

  if (choose_signer (self, purpose, now, &refused) != NULL)
    return TRUE;
  if (refused != NULL)
    return plt_key_entry_may_sign (refused, now, error);
  set_absent (purpose, error);
  return FALSE;
}

/* A key without a certificate verifies with what it signs with. */
static PltIssuerKey *
open_verifier (PltKeyRing        *self,
               PltKeyEntry       *entry,
               const PltKeyInfo **info,
               GError           **error)
{
  PltIssuerKey *key = entry->verifier != NULL ? g_object_ref (entry->verifier)
                                              : open_signer (self, entry, error);

  if (key != NULL && info != NULL)
    *info = &entry->info;

  return key;
}

PltIssuerKey *
plt_key_ring_find (PltKeyRing        *self,
                   const char        *key_id,
                   const PltKeyInfo **info,
                   GError           **error)
{
  PltKeyEntry *entry;

  g_return_val_if_fail (PLT_IS_KEY_RING (self), NULL);
  g_return_val_if_fail (key_id != NULL, NULL);

  entry = plt_key_ring_get_entry (self, key_id);
  if (entry != NULL)
    return open_verifier (self, entry, info, error);

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY_ABSENT,
               _("The signature cannot be checked, because this office has no key called “%s”: it comes "
                 "from another issuer, or from a key that is not in the list. Ask an administrator for "
                 "that public key."), key_id);
  return NULL;
}

static PltKeyEntry *
find_current (PltKeyRing    *self,
              PltKeyPurpose  purpose,
              gint64         now)
{
  PltKeyEntry *refused;

  return choose_signer (self, purpose, now, &refused);
}

gboolean
plt_key_ring_is_specimen (PltKeyRing         *self,
                          const char * const *enrolled,
                          gint64              now)
{
  static const PltKeyPurpose signers[] = { PLT_KEY_PURPOSE_DOCUMENT, PLT_KEY_PURPOSE_QR,
                                           PLT_KEY_PURPOSE_PDF };
  const char *root = NULL;

  g_return_val_if_fail (PLT_IS_KEY_RING (self), TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (signers); i++)
    {
      PltKeyEntry *entry = find_current (self, signers[i], now);

      if (entry == NULL || entry->info.specimen || entry->root == NULL)
        return TRUE;
      if (root != NULL && !g_str_equal (root, entry->root))
        return TRUE;
      root = entry->root;
    }

  return enrolled == NULL || !g_strv_contains (enrolled, root);
}

char *
plt_key_ring_warn (PltKeyRing    *self,
                   PltKeyPurpose  purpose,
                   gint64         now)
{
  PltKeyEntry *entry;
  gint64 end;
  int days;

  g_return_val_if_fail (PLT_IS_KEY_RING (self), NULL);

  entry = find_current (self, purpose, now);
  if (entry == NULL)
    return NULL;
  end = plt_key_entry_get_end (entry);
  if (end == 0 || end - now >= WARNING_SECONDS ||
      (end > now && find_current (self, purpose, end + 1) != NULL))
    return NULL;
  days = (int) ((end + 1 - now) / 86400);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       /* Translators: a key's name, a number of days, what it is for. */
                                       "The issuer’s key “%s” signs for %d more day, and no key follows it: "
                                       "then there is none for %s. Ask an administrator for the next key.",
                                       "The issuer’s key “%s” signs for %d more days, and no key follows "
                                       "it: then there is none for %s. Ask an administrator for the next key.",
                                       (gulong) days),
                          entry->key_id, days, plt_key_purpose_get_title (purpose));
}

char *
plt_key_ring_warn_open (PltKeyRing *self,
                        guint       position)
{
  PltKeyEntry *entry;
  g_autofree char *path = NULL;
  g_autofree char *shown = NULL;

  g_return_val_if_fail (PLT_IS_KEY_RING (self) && position < self->entries->len, NULL);

  entry = self->entries->pdata[position];
  path = plt_key_secret_find_open (entry->key);
  if (path == NULL)
    path = plt_key_secret_find_open (entry->secret_file);
  if (path == NULL)
    return NULL;
  shown = g_filename_display_name (path);
  return g_strdup_printf (/* Translators: the name of a file, twice, and between them that of a key. */
                          _("“%s”, which the issuer’s key “%s” needs, can be read by others on this computer: whoever "
                            "reads it may sign cards. Close it (chmod 600 %s), and ask who had it."),
                          shown, entry->key_id, shown);
}
