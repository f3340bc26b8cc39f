/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may stand in a certificate of the issuer: names and addresses that people wrote. */
#include "plt-key-names.h"

#include "plt-iso-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LONGEST_NAME 64 /* X.520 */
#define LONGEST_ADDRESS 256

/* What the directory of X.520 has room for, of one line. */
static gboolean
is_name (const char *name)
{
  glong n_characters = g_utf8_validate (name, -1, NULL) ? g_utf8_strlen (name, -1) : 0;

  for (const char *p = name; n_characters > 0 && *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return FALSE;
  return n_characters > 0 && n_characters <= LONGEST_NAME && *name != ' ' &&
         name[strlen (name) - 1] != ' ';
}

gboolean
plt_key_names_check (const PltKeyWish  *wish,
                     GError           **error)
{
  const char * const names[] = { wish->name, wish->organization };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i] != NULL && !is_name (names[i]))
      {
        g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY,
                             _("No key was made: a name in its certificate has one to sixty-four "
                               "characters on one line, and no space before or behind them."));
        return FALSE;
      }
  return TRUE;
}

gboolean
plt_key_names_is_address (const char *text,
                          gboolean    mail)
{
  g_autoptr (GUri) uri = strlen (text) < LONGEST_ADDRESS && g_str_is_ascii (text)
                           ? g_uri_parse (text, G_URI_FLAGS_NONE, NULL) : NULL;
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  const char *at = uri != NULL ? strchr (g_uri_get_path (uri), '@') : NULL;

  if (mail && g_str_equal (scheme, "mailto"))
    return at != NULL && at > g_uri_get_path (uri) && at[1] != '\0';
  return (g_str_equal (scheme, "https") || g_str_equal (scheme, "http")) &&
         g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0';
}
