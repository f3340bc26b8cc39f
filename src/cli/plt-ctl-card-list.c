/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl card list: the print room without a screen. */
#include "plt-ctl-person.h"
#include "plt-production.h"
#include "plt-worklist.h"

#include <glib/gi18n-lib.h>

static gboolean
is_in_printer (PltCard *card)
{
  PltCardState state = plt_card_get_state (card);

  return state == PLT_CARD_STATE_RENDERED || state == PLT_CARD_STATE_SENT
         || state == PLT_CARD_STATE_ON_DEVICE;
}

/* The print system is asked for each card that it has, so that what happened while nobody watched is
 * known before it is shown. Whoever is no operator sees what an operator's program saw last. */
static gboolean
follow_cards (PltCtl      *ctl,
              GListModel  *cards,
              GError     **error)
{
  if (!plt_session_has_role (plt_office_get_session (ctl->office), PLT_ROLE_OPERATOR))
    return TRUE;
  for (guint i = 0; i < g_list_model_get_n_items (cards); i++)
    {
      g_autoptr (PltCard) card = g_list_model_get_item (cards, i);
      g_autoptr (PltCard) now = NULL;
      g_autoptr (GAsyncResult) result = NULL;

      if (!is_in_printer (card))
        continue;
      plt_production_follow_async (ctl->office, plt_card_get_number (card), NULL, plt_ctl_ready_cb,
                                   &result);
      now = plt_production_follow_finish (plt_ctl_await (&result), error);
      if (now == NULL)
        return FALSE;
    }
  return TRUE;
}

/* Returns: (transfer full) (nullable): once it has been read */
static PltCardRoom *
load_room (PltCtl  *ctl,
           GError **error)
{
  g_autoptr (PltCardRoom) room = plt_card_room_new (ctl->office);
  g_autofree char *message = NULL;
  int state = PLT_WORKLIST_STATE_LOADING;

  while (g_object_get (room, "state", &state, NULL), state == PLT_WORKLIST_STATE_LOADING)
    g_main_context_iteration (NULL, TRUE);
  if (state == PLT_WORKLIST_STATE_READY)
    return g_steal_pointer (&room);
  g_object_get (room, "error", &message, NULL);
  g_set_error_literal (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_OFFLINE,
                       message != NULL ? message : _("The cards were not read. Try again."));
  return NULL;
}

static void
print_cards (PltCtl     *ctl,
             GListModel *cards)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (cards); i++)
    {
      g_autoptr (PltCard) card = g_list_model_get_item (cards, i);

      json_builder_begin_object (builder);
      plt_ctl_add_string (builder, "number", plt_card_get_number (card));
      plt_ctl_add_string (builder, "state", plt_card_state_to_nick (plt_card_get_state (card)));
      plt_ctl_add_members (builder, card, "application-number", "holder-name", "serial", "printer",
                           "changed-at", "asked-about", "question", "reason", "frozen-why", NULL);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  node = plt_ctl_finish (builder);
  plt_ctl_print (ctl, node);
}

static PltCtlStatus
run_list (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  g_autoptr (PltCardRoom) before = load_room (ctl, error);
  g_autoptr (PltCardRoom) room = NULL;

  if (before == NULL || !follow_cards (ctl, G_LIST_MODEL (before), error))
    return PLT_CTL_REFUSED;
  room = load_room (ctl, error);
  if (room == NULL)
    return PLT_CTL_REFUSED;
  print_cards (ctl, G_LIST_MODEL (room));
  return PLT_CTL_DONE;
}

const PltCtlCommand plt_ctl_card_list = {
  .name = "card list", .arguments = "",
  .summary = N_("List the cards on their way, first those that must be asked about"),
  .n_arguments = 0, .signed_in = TRUE, .run = run_list,
};
