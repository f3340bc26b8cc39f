/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names and makes panes, and says who has business in which. */
#include "plt-pane-kind.h"

#include "decisions/plt-decisions-pane.h"
#include "editor/plt-editor-pane.h"
#include "inspector/plt-inspector-pane.h"
#include "preview/plt-preview-pane.h"
#include "queue/plt-queue-pane.h"
#include "registries/plt-registries-pane.h"
#include "room/plt-room-pane.h"
#include "search/plt-search-pane.h"
#include "verify/plt-verify-pane.h"

static const struct
{
  const char *name;
  GtkWidget *(*make) (PltOffice *office);
} panes[PLT_N_PANES] = {
  [PLT_PANE_SEARCH] = { "search", plt_search_pane_new },
  [PLT_PANE_EDITOR] = { "editor", plt_editor_pane_new },
  [PLT_PANE_QUEUE] = { "queue", plt_queue_pane_new },
  [PLT_PANE_PREVIEW] = { "preview", plt_preview_pane_new },
  [PLT_PANE_ROOM] = { "room", plt_room_pane_new },
  [PLT_PANE_REGISTRIES] = { "registries", plt_registries_pane_new },
  [PLT_PANE_DECISIONS] = { "decisions", plt_decisions_pane_new },
  [PLT_PANE_LAYOUTS] = { "layouts", plt_inspector_pane_new },
  [PLT_PANE_VERIFY] = { "verify", plt_verify_pane_new },
};

/* Returns: (transfer floating): */
GtkWidget *
plt_pane_kind_new (PltPaneKind  pane,
                   PltOffice   *office)
{
  g_return_val_if_fail (pane < PLT_N_PANES, NULL);

  return panes[pane].make (office);
}

/* Returns: as the command line and the settings call it */
const char *
plt_pane_kind_get_name (PltPaneKind pane)
{
  g_return_val_if_fail (pane < PLT_N_PANES, NULL);

  return panes[pane].name;
}

gboolean
plt_pane_kind_find (const char  *name,
                    PltPaneKind *pane)
{
  for (int i = 0; i < PLT_N_PANES; i++)
    if (g_strcmp0 (panes[i].name, name) == 0)
      {
        *pane = (PltPaneKind) i;
        return TRUE;
      }

  return FALSE;
}

/* All but the registries and the layouts is about persons, whom an administrator has no business to
 * see; a print operator has none with what was decided about them. */
gboolean
plt_pane_kind_is_for (PltPaneKind  pane,
                      PltSession  *session)
{
  PltRoles roles = PLT_ROLE_CLERK | PLT_ROLE_SUPERVISOR | PLT_ROLE_AUDITOR;

  if (pane != PLT_PANE_DECISIONS)
    roles |= PLT_ROLE_OPERATOR;

  return pane == PLT_PANE_REGISTRIES || pane == PLT_PANE_LAYOUTS ||
         plt_session_has_role (session, roles);
}
