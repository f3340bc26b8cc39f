/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says whether a key may sign, or be believed, at a moment; and why not. */
#include "plt-key-ring-private.h"

#include "plt-key-record.h"

#include <glib/gi18n-lib.h>

#define SECONDS_PER_DAY 86400

static char *
format_day (gint64 time)
{
  return plt_key_time_format (time - time % SECONDS_PER_DAY);
}

static gboolean
refuse_early (const PltKeyInfo  *info,
              gint64             first,
              GError           **error)
{
  g_autofree char *day = format_day (first);

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY_EARLY,
               /* Translators: a key's name, a date. */
               _("The issuer’s key “%s” is not to be used before %s. Ask an administrator to check the "
                 "list of keys and this computer’s clock."), info->key_id, day);
  return FALSE;
}

static gboolean
refuse_expired (const PltKeyInfo  *info,
                GError           **error)
{
  g_autofree char *day = format_day (info->not_after);

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY_EXPIRED,
               /* Translators: a key's name, a date. */
               _("The certificate of the issuer’s key “%s” expired on %s. Ask an administrator for a new "
                 "key."), info->key_id, day);
  return FALSE;
}

static gboolean
refuse_revoked (const PltKeyInfo  *info,
                GError           **error)
{
  g_autofree char *day = format_day (info->revoked);

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY_REVOKED,
               /* Translators: a key's name, a date. */
               _("The issuer’s key “%s” was revoked on %s: nothing that it signs is to be believed. Ask "
                 "an administrator for a new key."), info->key_id, day);
  return FALSE;
}

static gboolean
refuse_retired (const PltKeyInfo  *info,
                GError           **error)
{
  g_autofree char *day = format_day (info->retired);

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY_RETIRED,
               /* Translators: a key's name, a date. */
               _("The issuer’s key “%s” was retired on %s and signs no more. Ask an administrator which "
                 "key took its place."), info->key_id, day);
  return FALSE;
}

static gboolean
check_certified (PltKeyEntry  *self,
                 GError      **error)
{
  if (self->fault != NULL)
    {
      g_propagate_error (error, g_error_copy (self->fault));
      return FALSE;
    }
  if (!self->listed || self->certificate != NULL)
    return TRUE;

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY_ABSENT,
               _("The issuer’s key “%s” still waits for its certificate. Ask an administrator to have it "
                 "certified by the root and to import the certificate."), self->key_id);
  return FALSE;
}

gboolean
plt_key_entry_may_sign (PltKeyEntry  *self,
                        gint64        now,
                        GError      **error)
{
  const PltKeyInfo *info = &self->info;

  if (info->revoked != 0)
    return refuse_revoked (info, error);
  if (info->retired != 0 && now >= info->retired)
    return refuse_retired (info, error);
  if (!check_certified (self, error))
    return FALSE;
  if (now < info->from)
    return refuse_early (info, info->from, error);
  if (info->not_before != 0 && now < info->not_before)
    return refuse_early (info, info->not_before, error);
  if (info->not_after != 0 && now > info->not_after)
    return refuse_expired (info, error);

  return self->root_entry == NULL || self->root_entry == self ||
         plt_key_entry_may_sign (self->root_entry, now, error);
}

gint64
plt_key_entry_get_end (PltKeyEntry *self)
{
  gint64 end = self->info.not_after;

  if (self->info.retired != 0 && (end == 0 || self->info.retired - 1 < end))
    end = self->info.retired - 1;
  if (self->root_entry != NULL && self->root_entry != self)
    {
      gint64 of_root = plt_key_entry_get_end (self->root_entry);

      if (of_root != 0 && of_root < end)
        end = of_root;
    }

  return end;
}

/**
 * plt_key_ring_check:
 * @info: of a key of a ring
 * @purpose: what the signature is for
 * @signed_at: Unix seconds; 0 when it is not told
 * @error: %PLT_ISO_ERROR_KEY_PURPOSE, %PLT_ISO_ERROR_KEY_EARLY, %PLT_ISO_ERROR_KEY_EXPIRED,
 *   %PLT_ISO_ERROR_KEY_REVOKED
 *
 * A key that was retired or has expired since is good for what it signed in its time. A revoked one
 * is good for nothing: when it signed is what its thief says.
 *
 * Returns: whether a signature of this key is to be believed
 */
gboolean
plt_key_ring_check (const PltKeyInfo  *info,
                    PltKeyPurpose      purpose,
                    gint64             signed_at,
                    GError           **error)
{
  g_return_val_if_fail (info != NULL, FALSE);

  if (info->purpose != purpose)
    {
      g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY_PURPOSE,
                   /* Translators: a key's name, what it is for, what it was used for. */
                   _("The issuer’s key “%s” is for %s, not for %s: what it signed here is not to be "
                     "believed. Tell an administrator."), info->key_id,
                   plt_key_purpose_get_title (info->purpose), plt_key_purpose_get_title (purpose));
      return FALSE;
    }
  if (info->revoked != 0)
    return refuse_revoked (info, error);
  if (signed_at == 0)
    return TRUE;
  if (info->not_before != 0 && signed_at < info->not_before)
    return refuse_early (info, info->not_before, error);
  if (info->not_after != 0 && signed_at > info->not_after)
    return refuse_expired (info, error);

  return TRUE;
}
