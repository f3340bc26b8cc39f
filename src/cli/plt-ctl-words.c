/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the values of the output are called: JSON has the nicks of the database, which programs read;
 * text has their titles in the reader's language. */
#include "plt-ctl-words.h"

#include "plt-application.h"
#include "plt-card.h"
#include "plt-ctl-card-words.h"
#include "plt-ctl-fee-words.h"
#include "plt-ctl-law-words.h"
#include "plt-ctl-verify-words.h"
#include "plt-ctl-word.h"
#include "plt-layout-versions.h"
#include "plt-outbox-message.h"
#include "plt-session.h"
#include "plt-source.h"

#include <glib/gi18n-lib.h>

static const PltCtlWord verdicts[] = {
  { "good", N_("Good") },
  { "doubtful", N_("Look at it") },
  { "bad", N_("Fails") },
};

static const PltCtlWord origins[] = {
  { "card", N_("The drawn card") },
  { "record", N_("The record, as a card drawn now would have it") },
};

static const PltCtlWord blanks[] = {
  { "no-stripe", N_("the layout has no stripe") },
  { "no-text", N_("the layout writes nothing on it, or the record has nothing for it") },
  { "not-known", N_("the record lacks what belongs on it") },
  { "not-latin", N_("the record is not in letters that a stripe has") },
  { "too-long", N_("what belongs on it is too long") },
  { "unconfirmed", N_("how it is written is not confirmed for this record") },
  { "specimens-only", N_("it is known for specimens alone, and this is none") },
};

static const PltCtlWord stock_kinds[] = {
  { "blank", N_("Blanks") },
  { "film", N_("Film") },
  { "ribbon", N_("Ribbon") },
};

static const PltCtlWord places[] = {
  { "custody", N_("In custody") },
  { "destroyed", N_("Destroyed") },
  { "loaded", N_("Loaded") },
  { "lost", N_("Lost") },
  { "missing", N_("Missing") },
  { "person", N_("Handed over") },
  { "printer", N_("In the printer") },
  { "received", N_("Not in the safe yet") },
  { "safe", N_("In the safe") },
  { "shelf", N_("On the shelf") },
  { "spoiled", N_("Spoiled") },
  { "supplier", N_("Supplier") },
  { "tray", N_("In the tray") },
};

static const PltCtlWord exceptions[] = {
  { "cannot_sign", N_("Cannot sign") },
  { "head_cover", N_("Covered head") },
  { "photo", N_("Photos that failed their checks") },
};

static const PltCtlWord exception_states[] = {
  { "allowed", N_("Allowed") },
  { "refused", N_("Refused") },
};

static const PltCtlWord order_states[] = {
  { "failed", N_("Failed") },
  { "held", N_("Held") },
  { "leased", N_("Being printed") },
  { "paused", N_("Paused") },
  { "sample", N_("Waits for the sample") },
  { "waiting", N_("Waiting") },
};

static const PltCtlWord print_batch_states[] = {
  { "cancelled", N_("Cancelled") },
  { "checked", N_("Sample read back") },
  { "done", N_("Done") },
  { "released", N_("Released") },
  { "sample", N_("Waits for the sample") },
};

static const PltCtlWord samples[] = {
  { "first", N_("First") },
  { "instead", N_("In the place of one withdrawn") },
  { "last", N_("Last") },
  { "middle", N_("Middle") },
  { "random", N_("Drawn by lot") },
};

static const PltCtlWord choices[] = {
  { "none", N_("No source has it") },
  { "only", N_("Only one source") },
  { "agreed", N_("Sources agree") },
  { "rule", N_("Chosen by a rule") },
  { "person", N_("Chosen by a person") },
  { "open", N_("Not settled") },
};

static const PltCtlWord reconciliation_rules[] = {
  { "case", N_("Capitals and small letters") },
  { "diacritics", N_("Diacritics") },
  { "spacing", N_("Spaces and dashes") },
  { "transliteration", N_("Spelling in Latin letters") },
  { "stale_address", N_("Older address") },
};

static const PltCtlWord severities[] = {
  { "hard", N_("Stop") },
  { "soft", N_("For the approver") },
  { "warning", N_("Note") },
};

static const PltCtlWord subjects[] = {
  { "application", N_("Application") },
  { "card", N_("Card") },
};

/* What happens beside the changes of state, which have the state's title. */
static const PltCtlWord events[] = {
  { "field", N_("Field chosen") },
  { "categories", N_("Categories set") },
  { "origin", N_("Origin said") },
  { "form", N_("Details filled in") },
  { "taken_over", N_("Taken over from another desk") },
  { "evidence", N_("Paper recorded or taken back") },
  { "fee_paid", N_("Fee paid") },
  { "fee_proof", N_("Proof for the fee") },
  { "fee_proposed", N_("Proposed for the fee") },
  { "fee_refused", N_("Refused for the fee") },
  { "fee_waiver", N_("Fee waived") },
  { "fee_void", N_("Payment voided") },
  { "fee_refund", N_("Fee refunded") },
  { "reprint_allowed", N_("Another card allowed") },
  { "portrait", N_("Photo stored") },
  { "signature", N_("Signature stored") },
  { "job", N_("Print job made") },
  { "found", N_("Card found") },
  { "readback_differs", N_("Read back, differs") },
  { "checked_in", N_("Prepared application fetched") },
  { "message_set_aside", N_("Message set aside") },
  { "message_retried", N_("Message sent again") },
  { "message_discarded", N_("Message discarded") },
  { "print_batched", N_("Put into a print batch") },
  { "print_failed", N_("Printing failed") },
  { "print_held", N_("Printing held") },
  { "print_moved", N_("Printing moved") },
  { "print_prioritised", N_("Printing given a priority") },
  { "print_released", N_("Printing released") },
  { "print_taken_over", N_("Printing taken over") },
  { "print_unbatched", N_("Print batch cancelled") },
  { "proposed", N_("Proposed") },
  { "refused", N_("Refused") },
  { "retired", N_("Retired") },
  { "replaced", N_("Replaced by other files") },
  { "destroy", N_("Destruction") },
  { "explain", N_("Explanation of a count") },
};

static const char *
name_application_state (const char *nick)
{
  PltApplicationState state;

  return plt_application_state_from_nick (nick, &state) ? plt_application_state_get_title (state)
                                                        : NULL;
}

static const char *
name_card_state (const char *nick)
{
  PltCardState state;

  return plt_card_state_from_nick (nick, &state) ? plt_card_state_get_title (state) : NULL;
}

/* Cards, layouts, answers of a source and applications each have a "state". */
static const char *
name_state (JsonObject *object,
            const char *nick)
{
  PltSourceState state;
  PltOutboxState message;
  PltLayoutState layout;

  if (json_object_has_member (object, "proposed_by"))
    return plt_layout_state_from_nick (nick, &layout) ? plt_layout_state_get_title (layout) : NULL;
  if (json_object_has_member (object, "reachable"))
    return plt_ctl_word_key_state (nick);
  if (json_object_has_member (object, "serial"))
    return name_card_state (nick);
  if (json_object_has_member (object, "priority"))
    return PLT_CTL_WORD_FIND (order_states, nick);
  if (json_object_has_member (object, "message_id"))
    return plt_outbox_state_from_nick (nick, &message) ? plt_outbox_state_get_title (message) : NULL;
  if (json_object_has_member (object, "source"))
    return plt_source_state_from_nick (nick, &state) ? plt_source_state_get_title (state) : NULL;
  if (json_object_get_size (object) == 1 &&
      PLT_CTL_WORD_FIND (exception_states, nick) != NULL)
    return PLT_CTL_WORD_FIND (exception_states, nick);
  return name_application_state (nick);
}

static const char *
name_event (JsonObject *object,
            const char *nick)
{
  const char *title = PLT_CTL_WORD_FIND (events, nick);

  if (title != NULL)
    return title;
  return g_strcmp0 (json_object_get_string_member_with_default (object, "subject", NULL), "card") == 0
           ? name_card_state (nick) : name_application_state (nick);
}

static const char *
name_of (const char *member,
         const char *nick)
{
  PltApplicationType type;
  PltSource source;
  PltField field;
  PltPreparedStatus status;

  if ((g_str_equal (member, "status") || g_str_equal (member, "reported"))
      && plt_prepared_status_from_nick (nick, &status))
    return plt_prepared_status_get_title (status);
  if ((g_str_equal (member, "type") || g_str_equal (member, "kind")) && plt_application_type_from_nick (nick, &type))
    return plt_application_type_get_title (type);
  if (g_str_equal (member, "source") && plt_source_from_nick (nick, &source))
    return plt_source_get_title (source);
  if (g_str_equal (member, "field") && plt_field_from_nick (nick, &field))
    return plt_field_get_title (field);
  if (g_str_equal (member, "why_blank"))
    return PLT_CTL_WORD_FIND (blanks, nick);
  if (g_str_equal (member, "taken_from"))
    return PLT_CTL_WORD_FIND (origins, nick);
  if (g_str_equal (member, "verdict"))
    {
      const char *title = PLT_CTL_WORD_FIND (verdicts, nick);

      return title != NULL ? title : plt_ctl_word_verified (member, nick);
    }
  if (g_str_equal (member, "kind"))
    return PLT_CTL_WORD_FIND (exceptions, nick);
  if (g_str_equal (member, "batch_state"))
    return PLT_CTL_WORD_FIND (print_batch_states, nick);
  if (g_str_equal (member, "sample_as"))
    return PLT_CTL_WORD_FIND (samples, nick);
  if (g_str_equal (member, "stock_kind"))
    return PLT_CTL_WORD_FIND (stock_kinds, nick);
  if (g_str_equal (member, "place") || g_str_equal (member, "from_place"))
    return PLT_CTL_WORD_FIND (places, nick);
  if (g_str_equal (member, "choice"))
    return PLT_CTL_WORD_FIND (choices, nick);
  if (g_str_equal (member, "rule"))
    return PLT_CTL_WORD_FIND (reconciliation_rules, nick);
  if (g_str_equal (member, "severity"))
    return PLT_CTL_WORD_FIND (severities, nick);
  if (g_str_equal (member, "subject"))
    return PLT_CTL_WORD_FIND (subjects, nick);
  if (g_str_equal (member, "roles"))
    {
      const char * const nicks[] = { nick, NULL };
      PltRoles role = plt_roles_from_nicks (nicks);

      return role != 0 ? plt_role_get_title (role) : NULL;
    }

  const char *title = plt_ctl_law_value (member, nick);

  return title != NULL ? title : plt_ctl_word_verified (member, nick);
}

const char *
plt_ctl_word_value (JsonObject *object,
                    const char *member,
                    const char *word)
{
  const char *title = plt_ctl_word_fee (object, member, word);

  if (title == NULL)
    title = plt_ctl_word_card (object, member, word);
  if (title != NULL)
    return title;
  if (g_str_equal (member, "state"))
    title = name_state (object, word);
  else if (g_str_equal (member, "what"))
    title = name_event (object, word);
  else
    title = name_of (member, word);
  return title != NULL ? title : word;
}
