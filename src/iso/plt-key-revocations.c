/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-key-revocations.h"

#include "plt-issuer-key-private.h"
#include "plt-key-certificate.h"
#include "plt-key-issue.h"
#include "plt-key-record.h"

static gboolean
is_of_root (PltIssuerKey *root,
            PltIssuerKey *key)
{
  return plt_key_certificate_is_of (plt_issuer_key_get_certificate (key),
                                    plt_issuer_key_get_certificate (root));
}

gboolean
plt_key_revocations_concern (const char *root,
                             const char *certificate)
{
  g_autoptr (PltIssuerKey) authority = plt_issuer_key_new_for_certificate (root, "root", NULL);
  g_autoptr (PltIssuerKey) key = plt_issuer_key_new_for_certificate (certificate, "key", NULL);

  return authority != NULL && key != NULL && is_of_root (authority, key);
}

char *
plt_key_revocations_make (const char    *folder,
                          GPtrArray     *records,
                          PltIssuerKey  *root,
                          gint64         now,
                          GError       **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < records->len; i++)
    {
      PltKeyRecord *record = g_ptr_array_index (records, i);
      g_autofree char *certificate = plt_key_record_path (folder, record->certificate);
      g_autoptr (PltIssuerKey) key = NULL;

      if (record->revoked == 0 || certificate == NULL || record->purpose == PLT_KEY_PURPOSE_IACA)
        continue;
      key = plt_issuer_key_new_for_certificate (certificate, record->id, error);
      if (key == NULL)
        return NULL;
      if (!is_of_root (root, key))
        continue;
      g_ptr_array_add (keys, g_steal_pointer (&key));
      g_array_append_val (times, record->revoked);
    }

  return plt_key_issue_crl (root, keys, (const gint64 *) (gpointer) times->data, now, error);
}

gint64
plt_key_revocations_get_end (const char *path)
{
  g_autofree char *text = NULL;
  gnutls_x509_crl_t list = NULL;
  gnutls_datum_t pem = { 0 };
  gsize length;
  gint64 end = 0;

  if (!g_file_get_contents (path, &text, &length, NULL) || gnutls_x509_crl_init (&list) < 0)
    return 0;
  pem = (gnutls_datum_t) { (unsigned char *) text, (unsigned int) length };
  if (gnutls_x509_crl_import (list, &pem, GNUTLS_X509_FMT_PEM) >= 0)
    end = MAX (0, (gint64) gnutls_x509_crl_get_next_update (list));
  gnutls_x509_crl_deinit (list);
  return end;
}
