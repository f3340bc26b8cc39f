/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-key-use.h"

#include "plt-store-issuer-keys.h"

/* Of all cards for which no key was noted; NULL: there never were any. */
static const PltStoreIssuerKey *
find_unknown (GPtrArray *uses)
{
  for (guint i = 0; i < uses->len; i++)
    {
      const PltStoreIssuerKey *use = g_ptr_array_index (uses, i);

      if (use->key == NULL)
        return use;
    }

  return NULL;
}

static char *
dup_hash (PltKeyRing       *ring,
          const PltKeyInfo *info)
{
  g_autoptr (PltIssuerKey) key = plt_key_ring_find (ring, info->key_id, NULL, NULL);

  return key != NULL ? plt_issuer_key_dup_certificate_hash (key) : NULL;
}

/* A certificate that was renewed has another hash and the name of before: either is enough. */
static gboolean
is_of (const PltStoreIssuerKey *use,
       const PltKeyInfo        *info,
       const char              *hash)
{
  return g_strcmp0 (use->key, info->key_id) == 0 ||
         (hash != NULL && g_strcmp0 (use->certificate_sha256, hash) == 0);
}

/* Of the last card that the key may have signed. NULL: nothing tells that it ever signed one. */
static const PltStoreIssuerKey *
find_last (PltKeyRing       *ring,
           GPtrArray        *uses,
           const PltKeyInfo *info)
{
  g_autofree char *hash = dup_hash (ring, info);
  const PltStoreIssuerKey *last = find_unknown (uses);

  for (guint i = 0; i < uses->len; i++)
    {
      const PltStoreIssuerKey *use = g_ptr_array_index (uses, i);

      if (is_of (use, info, hash) &&
          (last == NULL || (use->in_use && !last->in_use) ||
           (use->in_use == last->in_use && g_strcmp0 (use->last_expiry, last->last_expiry) > 0)))
        last = use;
    }

  return last;
}

static gboolean
signs_no_more (const PltKeyInfo *info,
               gint64            now)
{
  return info->revoked != 0 || (info->retired != 0 && info->retired <= now) ||
         (info->not_after != 0 && info->not_after < now);
}

/* What the audit's keys sign is no card, and the database does not know of it. */
static gboolean
signs_cards (const PltKeyInfo *info)
{
  return info->purpose == PLT_KEY_PURPOSE_DOCUMENT || info->purpose == PLT_KEY_PURPOSE_QR ||
         info->purpose == PLT_KEY_PURPOSE_PDF || info->purpose == PLT_KEY_PURPOSE_APPROVAL;
}

static gboolean
has_run_out (PltKeyRing       *ring,
             GPtrArray        *uses,
             const PltKeyInfo *info,
             gint64            now)
{
  const PltStoreIssuerKey *last;

  if (!signs_cards (info) || !signs_no_more (info, now))
    return FALSE;
  last = find_last (ring, uses, info);

  return last != NULL && !last->in_use;
}

/* A root stays as long as one that it certified does. */
static gboolean
is_root_of_published (PltKeyRing       *ring,
                      const PltKeyInfo *root,
                      GPtrArray        *run_out)
{
  g_autofree char *hash = dup_hash (ring, root);

  for (guint i = 0; i < plt_key_ring_get_n_keys (ring); i++)
    {
      const PltKeyInfo *info = plt_key_ring_get_info (ring, i);

      if (info->purpose != PLT_KEY_PURPOSE_IACA && hash != NULL && g_strcmp0 (info->root, hash) == 0 &&
          !g_ptr_array_find (run_out, info, NULL))
        return TRUE;
    }

  return FALSE;
}

GPtrArray *
plt_key_use_list_run_out (PltKeyRing *ring,
                          GPtrArray  *uses,
                          gint64      now)
{
  GPtrArray *run_out = g_ptr_array_new ();
  guint n = plt_key_ring_get_n_keys (ring);
  guint n_signers;

  for (guint i = 0; uses != NULL && i < n; i++)
    {
      const PltKeyInfo *info = plt_key_ring_get_info (ring, i);

      if (has_run_out (ring, uses, info, now))
        g_ptr_array_add (run_out, (gpointer) info);
    }
  n_signers = run_out->len;
  for (guint i = 0; n_signers > 0 && i < n; i++)
    {
      const PltKeyInfo *info = plt_key_ring_get_info (ring, i);

      if (info->purpose == PLT_KEY_PURPOSE_IACA && signs_no_more (info, now) &&
          !is_root_of_published (ring, info, run_out))
        g_ptr_array_add (run_out, (gpointer) info);
    }

  return run_out;
}

const char *
plt_key_use_get_last_day (PltKeyRing       *ring,
                          GPtrArray        *uses,
                          const PltKeyInfo *info)
{
  const PltStoreIssuerKey *last = signs_cards (info) ? find_last (ring, uses, info) : NULL;

  return last != NULL ? last->last_expiry : NULL;
}
