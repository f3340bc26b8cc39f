/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "office=…;identity=…", each token percent-encoded. */
#include "plt-search-key.h"

#include <string.h>

/**
 * plt_search_key_new:
 * @next: (nullable elements): each place's own token
 *
 * Returns: (transfer full) (nullable): the key; %NULL where no place goes on
 */
char *
plt_search_key_new (char *next[PLT_N_SEARCH_PLACES])
{
  g_autoptr (GString) key = g_string_new (NULL);

  for (guint i = 0; i < PLT_N_SEARCH_PLACES; i++)
    {
      if (next[i] == NULL)
        continue;
      g_string_append_printf (key, "%s%s=", key->len > 0 ? ";" : "",
                              i == PLT_SEARCH_PLACE_OFFICE ? "office"
                                                           : plt_source_to_nick ((PltSource) i));
      g_string_append_uri_escaped (key, next[i], NULL, FALSE);
    }

  return key->len > 0 ? g_strdup (key->str) : NULL;
}

/**
 * plt_search_key_read:
 * @key: text from outside
 * @next: (transfer full): replaced for the places that @key names
 *
 * Returns: whether it is a key; if not, a part of @next may be replaced already
 */
gboolean
plt_search_key_read (const char *key,
                     char       *next[PLT_N_SEARCH_PLACES])
{
  g_auto (GStrv) parts = g_strsplit (key, ";", -1);

  for (int i = 0; parts[i] != NULL; i++)
    {
      char *equals = strchr (parts[i], '=');
      PltSource source = PLT_SEARCH_PLACE_OFFICE;
      char *token;

      if (equals == NULL)
        return FALSE;
      *equals = '\0';
      token = g_uri_unescape_string (equals + 1, NULL);
      if (token == NULL || (!g_str_equal (parts[i], "office") &&
                            !plt_source_from_nick (parts[i], &source)))
        {
          g_free (token);
          return FALSE;
        }
      g_free (next[source]);
      next[source] = token;
    }

  return parts[0] != NULL;
}
