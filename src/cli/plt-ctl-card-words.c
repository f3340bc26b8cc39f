/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-ctl-card-words.h"

#include "plt-card.h"
#include "plt-ctl-word.h"

#include <glib/gi18n-lib.h>

/* How a card came to its holder. */
static const PltCtlWord handovers[] = {
  { "counter", N_("At the counter") },
  { "post", N_("By post") },
};

static const PltCtlWord members[] = {
  { "address", N_("Address") },
  { "allowed_at", N_("Allowed at") },
  { "back", N_("Back") },
  { "cards_since", N_("Cards since it was cleaned") },
  { "cleaning", N_("Cleaning") },
  { "cleaning_cards", N_("Cleaned after (cards)") },
  { "cleaning_due", N_("Cleaning due") },
  { "custodian", N_("In the hands of") },
  { "decided_by", N_("Decided by") },
  { "document", N_("Document that was shown") },
  { "every", N_("Cleaned after (cards)") },
  { "front", N_("Front") },
  { "handover", N_("Hand-over") },
  { "how", N_("How") },
  { "letter", N_("Letter") },
  { "number_end", N_("Its number ends in") },
  { "offered_to", N_("Given to, not taken yet") },
  { "operator", N_("Printed by") },
  { "receipt_sha256", N_("SHA-256 of the signature for it") },
  { "reference", N_("Posted under") },
  { "renderer", N_("Version of what draws") },
  { "roll", N_("Ribbon or film") },
  { "same", N_("Same") },
  { "shelf", N_("Shelf") },
  { "taken", N_("Taken") },
  { "to", N_("Until") },
};

/* What an office demands of a hand-over. */
static const PltCtlWord rules[] = {
  { "identity", N_("The holder shows who they are") },
  { "receipt", N_("The holder signs") },
  { "custody", N_("A colleague gave the card") },
  { "post", N_("Cards may be posted") },
};

static const PltCtlWord recall_states[] = {
  { "proposed", N_("Waits for a second person") },
  { "confirmed", N_("In force") },
  { "refused", N_("Given up") },
};

static const PltCtlWord todos[] = {
  { "write", N_("Write to the holder") },
  { "spoil", N_("Take it out of use") },
  { "freeze", N_("Make it no further") },
  { "destroy", N_("Have it destroyed") },
  { "nothing", N_("Nothing") },
};

static const PltCtlWord outcomes[] = {
  { "returned", N_("Brought back") },
  { "destroyed", N_("Destroyed") },
  { "not_found", N_("Not found") },
};

static const PltCtlWord documents[] = {
  { "national_id", N_("National identity card") },
  { "passport", N_("Passport") },
  { "residence_permit", N_("Residence permit") },
  { "old_licence", N_("Old licence") },
  { "known_person", N_("None: a person who is known") },
};

const char *
plt_ctl_word_card_member (JsonObject *object,
                          const char *member)
{
  const char *title = json_object_has_member (object, "custody") ? PLT_CTL_WORD_FIND (rules, member) : NULL;

  return title != NULL ? title : PLT_CTL_WORD_FIND (members, member);
}

static const char *
name_card_state (const char *nick)
{
  PltCardState state;

  return plt_card_state_from_nick (nick, &state) ? plt_card_state_get_title (state) : NULL;
}

const char *
plt_ctl_word_card (JsonObject *object,
                   const char *member,
                   const char *nick)
{
  if (g_str_equal (member, "state") && json_object_has_member (object, "recall"))
    return PLT_CTL_WORD_FIND (recall_states, nick);
  if (g_str_equal (member, "state") && json_object_has_member (object, "card"))
    return name_card_state (nick);
  if (g_str_equal (member, "what") && !json_object_has_member (object, "subject"))
    return name_card_state (nick);
  if (g_str_equal (member, "todo"))
    return PLT_CTL_WORD_FIND (todos, nick);
  if (g_str_equal (member, "outcome"))
    return PLT_CTL_WORD_FIND (outcomes, nick);
  if (g_str_equal (member, "document"))
    return PLT_CTL_WORD_FIND (documents, nick);
  if (g_str_equal (member, "how") && json_object_has_member (object, "number_end"))
    return PLT_CTL_WORD_FIND (handovers, nick);
  return NULL;
}
