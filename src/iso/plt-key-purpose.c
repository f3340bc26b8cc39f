/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of what the issuer's keys are for. */
#include "plt-key-purpose.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *nick;
  const char *title;
} names[PLT_N_KEY_PURPOSES] = {
  { "document", N_("licence data and mobile licences") },
  { "qr", N_("QR codes") },
  { "pdf", N_("card files") },
  { "approval", N_("approvals in card files") },
  { "audit", N_("audit extracts") },
  { "iaca", N_("certificates of the other keys") },
};

const char *
plt_key_purpose_to_nick (PltKeyPurpose purpose)
{
  g_return_val_if_fail ((guint) purpose < G_N_ELEMENTS (names), NULL);

  return names[purpose].nick;
}

gboolean
plt_key_purpose_from_nick (const char    *nick,
                           PltKeyPurpose *purpose)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_strcmp0 (nick, names[i].nick) != 0)
        continue;
      *purpose = (PltKeyPurpose) i;
      return TRUE;
    }

  return FALSE;
}

const char *
plt_key_purpose_get_title (PltKeyPurpose purpose)
{
  g_return_val_if_fail ((guint) purpose < G_N_ELEMENTS (names), NULL);

  return _(names[purpose].title);
}
