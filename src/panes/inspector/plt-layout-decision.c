/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-layout-decision.h"

#include "plt-reason-dialog.h"

#include <glib/gi18n-lib.h>

/**
 * plt_layout_decision_is_allowed:
 * @office: where somebody is signed in
 *
 * Returns: whether they decide on layouts; the database has the last word
 */
gboolean
plt_layout_decision_is_allowed (PltOffice *office)
{
  return plt_session_has_role (plt_office_get_session (office), PLT_ROLE_SUPERVISOR | PLT_ROLE_ADMIN);
}

/**
 * plt_layout_decision_ask:
 * @list: over which the reason is asked for
 * @decisions: all that there are
 * @n_decisions: how many
 * @action: the action of one of them
 * @callback: for plt_reason_dialog_ask_finish(), with @list as its source
 * @act: (out): of that one
 *
 * Returns: whether there is one of that action
 */
gboolean
plt_layout_decision_ask (GtkWidget               *list,
                         const PltLayoutDecision *decisions,
                         gsize                    n_decisions,
                         const char              *action,
                         GAsyncReadyCallback      callback,
                         PltLayoutsAct           *act)
{
  for (gsize i = 0; i < n_decisions; i++)
    if (g_str_equal (action, decisions[i].action))
      {
        *act = decisions[i].act;
        plt_reason_dialog_ask_async (list, _(decisions[i].heading), _(decisions[i].body),
                                     _(decisions[i].verb), NULL, NULL, callback, NULL);
        return TRUE;
      }
  return FALSE;
}
