/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-card-mrz.h"

#include <string.h>

static const guint lengths[PLT_N_CARD_MRZ_MANNERS][PLT_CARD_MRZ_MOST_LINES] = { { 30 },
                                                                                { 30 },
                                                                                { 9, 30, 30 } };

guint
plt_card_mrz_count_lines (PltCardMrzManner manner)
{
  guint n = 0;

  while (n < PLT_CARD_MRZ_MOST_LINES && lengths[manner][n] > 0)
    n++;
  return n;
}

guint
plt_card_mrz_get_length (PltCardMrzManner manner,
                         guint            line)
{
  return lengths[manner][line];
}

gboolean
plt_card_mrz_fits (PltCardMrzManner  manner,
                   const char       *zone)
{
  g_auto (GStrv) lines = g_strsplit (zone, "\n", PLT_CARD_MRZ_MOST_LINES + 1);

  if (g_strv_length (lines) != plt_card_mrz_count_lines (manner))
    return FALSE;
  for (guint i = 0; lines[i] != NULL; i++)
    if (strlen (lines[i]) != lengths[manner][i])
      return FALSE;
  return TRUE;
}
