/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes and reads why somebody was found: "family_name:sound" in SQL, JSON and adapter files,
 * "family name (sounds alike)" for people. */
#include "plt-search-match.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct
{
  const char *nick;
  const char *title;
} members[PLT_N_MATCH_MEMBERS] = {
  [PLT_MATCH_ID_NUMBER] = { "id_number", NC_("match", "ID number") },
  [PLT_MATCH_FAMILY_NAME] = { "family_name", NC_("match", "family name") },
  [PLT_MATCH_GIVEN_NAMES] = { "given_names", NC_("match", "given name") },
  [PLT_MATCH_NAME] = { "name", NC_("match", "name") },
  [PLT_MATCH_BIRTH_DATE] = { "birth_date", NC_("match", "date of birth") },
  [PLT_MATCH_ADDRESS] = { "address", NC_("match", "address") },
  [PLT_MATCH_LICENCE_NUMBER] = { "licence_number", NC_("match", "licence number") },
  [PLT_MATCH_APPLICATION_NUMBER] = { "application_number", NC_("match", "application number") },
  [PLT_MATCH_CARD_NUMBER] = { "card_number", NC_("match", "card number") },
};

static const struct
{
  const char *nick;
  const char *format; /* with the title of the member */
} hows[PLT_N_MATCH_HOWS] = {
  [PLT_MATCH_EXACT] = { "exact", "%s" },
  /* Translators: in these, %s is what matched, for example “family name”. */
  [PLT_MATCH_BEGINNING] = { "beginning", N_("%s (its beginning)") },
  [PLT_MATCH_PART] = { "part", N_("%s (a part of it)") },
  [PLT_MATCH_SCRIPT] = { "script", N_("%s (in the other script)") },
  [PLT_MATCH_SOUND] = { "sound", N_("%s (sounds alike)") },
  [PLT_MATCH_SIMILAR] = { "similar", N_("%s (similar)") },
  [PLT_MATCH_FORMER] = { "former", N_("%s (a former one)") },
  [PLT_MATCH_SWAPPED] = { "swapped", N_("%s (day and month swapped)") },
  [PLT_MATCH_PERIOD] = { "period", N_("%s (in that time)") },
  [PLT_MATCH_NEAR] = { "near", N_("%s (one digit different)") },
};

/**
 * plt_search_match_from_text:
 * @text: (nullable): "MEMBER:HOW", or "MEMBER" alone for an exact one
 * @match: (out): untouched on failure
 *
 * Returns: %FALSE for any other text
 */
gboolean
plt_search_match_from_text (const char     *text,
                            PltSearchMatch *match)
{
  const char *colon = text != NULL ? strchr (text, ':') : NULL;
  g_autofree char *member = text != NULL && colon != NULL ? g_strndup (text, (gsize) (colon - text))
                                                          : g_strdup (text);
  const char *how = colon != NULL ? colon + 1 : "exact";

  for (int m = 0; m < PLT_N_MATCH_MEMBERS; m++)
    {
      for (int h = 0; h < PLT_N_MATCH_HOWS; h++)
        {
          if (g_strcmp0 (member, members[m].nick) != 0 || !g_str_equal (how, hows[h].nick))
            continue;
          *match = (PltSearchMatch) { (PltMatchMember) m, (PltMatchHow) h };
          return TRUE;
        }
    }

  return FALSE;
}

/* Returns: (transfer full): as plt_search_match_from_text() reads it */
char *
plt_search_match_to_text (PltSearchMatch match)
{
  return g_strdup_printf ("%s:%s", members[match.member].nick, hows[match.how].nick);
}

/* Returns: (transfer full): for people, in the language of the program */
char *
plt_search_match_to_display (PltSearchMatch match)
{
  const char *title = g_dpgettext2 (GETTEXT_PACKAGE, "match", members[match.member].title);
  g_autoptr (GString) text = g_string_new (match.how == PLT_MATCH_EXACT ? "%s"
                                                                        : _(hows[match.how].format));

  g_string_replace (text, "%s", title, 1);

  return g_strdup (text->str);
}
