/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Expands the tracks of a layout's magnetic stripe as drawing the card does, which has checked what a
 * track can hold. */
#include "plt-card-tracks.h"

#include "plt-card-runs.h"
#include "plt-layout-private.h"

#include <string.h>

G_STATIC_ASSERT (PLT_CARD_N_TRACKS == PLT_N_TRACKS);

static gboolean
read_element (const PltElement  *element,
              PltCardInputs     *inputs,
              char              *tracks[PLT_CARD_N_TRACKS],
              GError           **error)
{
  for (int i = 0; i < PLT_CARD_N_TRACKS; i++)
    {
      g_autoptr (PltCardRuns) runs = NULL;

      if (element->track_templates[i] == NULL || tracks[i] != NULL)
        continue;
      if (!plt_card_runs_expand (element, element->track_templates[i], inputs, &runs, error))
        return FALSE;
      if (runs != NULL)
        tracks[i] = g_strdup (runs->text);
    }
  return TRUE;
}

static gboolean
read_page (PltLayout      *layout,
           PltCardInputs  *inputs,
           guint           page,
           char           *tracks[PLT_CARD_N_TRACKS],
           GError        **error)
{
  guint n = plt_layout_get_page (layout, page)->elements->len;

  for (guint i = 0; i < n; i++)
    {
      const PltElement *element = plt_layout_get_element (layout, page, i);

      if (element->type != PLT_ELEMENT_MAGNETIC ||
          (element->when != NULL && !plt_expression_get_truth (element->when, inputs)))
        continue;
      if (!read_element (element, inputs, tracks, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
plt_card_read_tracks (PltLayout      *layout,
                      PltCardInputs  *inputs,
                      char           *tracks[PLT_CARD_N_TRACKS],
                      GError        **error)
{
  char *read[PLT_CARD_N_TRACKS] = { NULL };

  for (guint page = 0; page < plt_layout_get_n_pages (layout); page++)
    if (!read_page (layout, inputs, page, read, error))
      {
        for (int i = 0; i < PLT_CARD_N_TRACKS; i++)
          g_free (read[i]);
        return FALSE;
      }
  memcpy (tracks, read, sizeof read);
  return TRUE;
}
