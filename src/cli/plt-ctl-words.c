/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of the output: JSON has the nicks of the database, which programs read; text has what
 * they are called in the reader's language. */
#include "plt-ctl-words.h"

#include "plt-application.h"
#include "plt-card.h"
#include "plt-ctl-card-words.h"
#include "plt-ctl-fee-words.h"
#include "plt-ctl-law-words.h"
#include "plt-layout-versions.h"
#include "plt-ctl-verify-words.h"
#include "plt-outbox-message.h"
#include "plt-session.h"
#include "plt-source.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *nick;
  const char *title;
} Word;

static const Word members[] = {
  { "active", N_("Active") },
  { "agreement", N_("Agreement") },
  { "answered_at", N_("Answered at") },
  { "application", N_("Application") },
  { "application_number", N_("Application") },
  { "applications", N_("Applications") },
  { "approval", N_("Approval") },
  { "approved", N_("Approved applications") },
  { "approved_at", N_("Approved at") },
  { "approved_by", N_("Approved by") },
  { "approved_sha256", N_("SHA-256 of the approved file") },
  { "approvers", N_("Approved by") },
  { "ask_after_minutes", N_("Asks about cards after (minutes)") },
  { "asked_about", N_("Asked about") },
  { "asked_at", N_("Asked at") },
  { "asked_by", N_("Asked by") },
  { "assigned", N_("For it alone") },
  { "at", N_("When") },
  { "attachments", N_("Attached files") },
  { "attempts", N_("Attempts") },
  { "back_sha256", N_("SHA-256 of the back") },
  { "base", N_("Starts from") },
  { "batch", N_("Batch") },
  { "batch_state", N_("State") },
  { "batches", N_("Batches") },
  { "below_age", N_("Below the age of") },
  { "blank_tracks", N_("Blank tracks of the stripe") },
  { "blanks", N_("Blanks") },
  { "bureau", N_("Bureau") },
  { "bureaus", N_("Bureaus") },
  { "by_itself", N_("Goes by itself") },
  { "bytes", N_("Bytes") },
  { "calibration", N_("Calibration") },
  { "cancelled", N_("Back in the line") },
  { "card", N_("Card") },
  { "card_file", N_("Card file") },
  { "cards", N_("Cards") },
  { "carriers", N_("Carriers") },
  { "categories", N_("Categories") },
  { "cause", N_("Cause") },
  { "causes", N_("Causes") },
  { "certificate_sha256", N_("SHA-256 of the certificate") },
  { "changed", N_("Changed") },
  { "changed_at", N_("Changed at") },
  { "check", N_("Check") },
  { "checks", N_("Checks") },
  { "chip", N_("Chip") },
  { "choice", N_("Choice") },
  { "code", N_("Code") },
  { "command", N_("Code") },
  { "contents", N_("Contents") },
  { "counted", N_("Counted") },
  { "covered", N_("Head is covered") },
  { "created_at", N_("Created at") },
  { "cure", N_("What to do") },
  { "database", N_("Database") },
  { "decides", N_("Decides") },
  { "destination", N_("Destination") },
  { "differences", N_("Differences") },
  { "digest", N_("Digest of the files") },
  { "document", N_("Document") },
  { "documents", N_("Documents") },
  { "done", N_("Done") },
  { "drafts", N_("Drafts") },
  { "elapsed_ms", N_("Milliseconds") },
  { "element", N_("Element") },
  { "email", N_("Email") },
  { "ended_at", N_("Ended at") },
  { "ended_by", N_("Ended by") },
  { "entered_by", N_("Entered by") },
  { "events", N_("History") },
  { "expected", N_("On record") },
  { "expires_at", N_("Ends at") },
  { "expiry_date", N_("Valid until") },
  { "failed", N_("Not taken") },
  { "fair_after_hours", N_("Goes ahead after (hours)") },
  { "field", N_("Field") },
  { "fields", N_("Fields") },
  { "file", N_("File") },
  { "file_approval", N_("Card files are approved") },
  { "file_sha256", N_("SHA-256 of the file") },
  { "film", N_("Film") },
  { "film_left", N_("Cards left on the film") },
  { "filter", N_("Which are meant") },
  { "findings", N_("Findings") },
  { "first", N_("First") },
  { "found", N_("On the card") },
  { "from_place", N_("From") },
  { "front_sha256", N_("SHA-256 of the front") },
  { "happened_at", N_("Since") },
  { "hashes", N_("Hashes") },
  { "held", N_("Held") },
  { "held_at", N_("Held since") },
  { "held_by", N_("Held by") },
  { "holder", N_("Holder") },
  { "holder_confirms", N_("Holders must confirm their cards") },
  { "holder_name", N_("Holder") },
  { "id", N_("Number") },
  { "id_number", N_("ID number") },
  { "in_custody", N_("In custody") },
  { "in_flight", N_("Being made") },
  { "in_printers", N_("In printers") },
  { "in_production", N_("In production") },
  { "in_queue", N_("In the print queue") },
  { "in_safe", N_("In the safe") },
  { "issue_date", N_("Issued on") },
  { "issued", N_("Issued") },
  { "items", N_("Items") },
  { "job", N_("Print job") },
  { "job_id", N_("Print job") },
  { "kept", N_("Kept") },
  { "key_id", N_("Key") },
  { "kind", N_("Kind") },
  { "language", N_("Language") },
  { "last", N_("Last") },
  { "last_error", N_("Last trouble") },
  { "lasts_days", N_("Lasts for working days") },
  { "layout", N_("Layout") },
  { "layout_choice", N_("Why this layout") },
  { "layout_version", N_("Version of the layout") },
  { "leased_by", N_("Printed by") },
  { "leased_until", N_("Its lease ends at") },
  { "left_mm", N_("Left edge to A (mm)") },
  { "left_out", N_("Left out") },
  { "legal_reference", N_("Legal basis") },
  { "length_mm", N_("A to B (mm)") },
  { "length_percent", N_("Length (%)") },
  { "licence_number", N_("Licence number") },
  { "lists_good_until", N_("Lists of revoked keys good until") },
  { "loaded", N_("Loaded") },
  { "location", N_("Location") },
  { "login", N_("Login") },
  { "lot", N_("Lot") },
  { "made", N_("Made") },
  { "made_at", N_("Made at") },
  { "made_by", N_("Made by") },
  { "makes", N_("Enough for") },
  { "matched", N_("Matches") },
  { "matches", N_("Same") },
  { "max_age", N_("Greatest age") },
  { "mdl", N_("Mobile licence") },
  { "measured", N_("Measured") },
  { "message", N_("Message") },
  { "message_id", N_("Key of the message") },
  { "min_age", N_("Least age") },
  { "missing", N_("Missing") },
  { "mrz", N_("Machine-readable zone") },
  { "name", N_("Name") },
  { "needed", N_("Cards needed") },
  { "next_at", N_("Tried again at") },
  { "not_made", N_("Not made") },
  { "not_redrawn", N_("Not drawn again because") },
  { "now", N_("Now") },
  { "number", N_("Number") },
  { "off_down_mm", N_("Too low (mm)") },
  { "off_right_mm", N_("Too far right (mm)") },
  { "office", N_("Office") },
  { "office_code", N_("Office") },
  { "office_name", N_("Name of the office") },
  { "ok", N_("In order") },
  { "orders", N_("Print queue") },
  { "overdue", N_("Waits for too long") },
  { "page", N_("Page") },
  { "pages", N_("Pages") },
  { "pause_reason", N_("Reason") },
  { "paused", N_("Paused") },
  { "pdf417", "PDF417" },
  { "phone", N_("Telephone") },
  { "place", N_("Place") },
  { "position", N_("Asked as") },
  { "prepared", N_("Prepared at home") },
  { "prepared_at", N_("Prepared on") },
  { "printer", N_("Printer") },
  { "printers", N_("Printers") },
  { "priority", N_("Priority") },
  { "problem", N_("Problem") },
  { "program", N_("Program") },
  { "proof_sha256", N_("SHA-256 of the proof sheet") },
  { "proposals", N_("Proposals") },
  { "proposed_by", N_("Proposed by") },
  { "proposed_by_login", N_("Login") },
  { "qr", N_("QR code") },
  { "quality", N_("Quality") },
  { "question", N_("Question") },
  { "read_back", N_("Read back from the plastic") },
  { "readings", N_("Read back") },
  { "ready", N_("Read back") },
  { "reason", N_("Reason") },
  { "received", N_("Not in the safe yet") },
  { "record", N_("Record") },
  { "recorded", N_("On record") },
  { "refusals", N_("Refusals") },
  { "released", N_("Released") },
  { "remaining", N_("Remaining") },
  { "reported", N_("The applicant is told") },
  { "ribbon", N_("Ribbon") },
  { "ribbon_left", N_("Cards left on the ribbon") },
  { "right_top_mm", N_("Top edge to B (mm)") },
  { "roles", N_("Roles") },
  { "row_version", N_("Version") },
  { "rule", N_("Rule") },
  { "ruled", N_("Named by a rule") },
  { "sample", N_("Sample") },
  { "sample_as", N_("Sample") },
  { "samples", N_("Sample cards") },
  { "samples_checked", N_("Of these read back") },
  { "scanned", N_("Scanned") },
  { "scanned_sha256", N_("SHA-256 of what was scanned") },
  { "second", N_("Second person") },
  { "second_factor", N_("Second factor") },
  { "sent", N_("Sent") },
  { "sent_at", N_("Sent") },
  { "serial", N_("Serial of the blank") },
  { "set_aside", N_("Messages set aside") },
  { "severity", N_("Severity") },
  { "sha256", N_("SHA-256") },
  { "short", N_("Short") },
  { "signature", N_("Signature") },
  { "signed_now_by", N_("Signed just now by") },
  { "signer", N_("Signer") },
  { "source", N_("Source") },
  { "sources", N_("Sources") },
  { "spoiled", N_("Spoiled") },
  { "staff_login", N_("Login") },
  { "staff_name", N_("Name") },
  { "state", N_("State") },
  { "state_text", N_("State") },
  { "status", N_("Status") },
  { "steps", N_("Steps") },
  { "stock", N_("Stock") },
  { "stock_kind", N_("Kind") },
  { "stops", N_("Stops") },
  { "subject", N_("Subject") },
  { "submitted", N_("Submitted applications") },
  { "suitable", N_("Prints cards") },
  { "surplus", N_("Too much") },
  { "taken_from", N_("Taken from") },
  { "target", N_("Target time") },
  { "text", N_("Text") },
  { "title", N_("Title") },
  { "top_mm", N_("Top edge to A (mm)") },
  { "track", N_("Track") },
  { "tries", N_("Tries") },
  { "trouble", N_("What is wrong") },
  { "turn_degrees", N_("Turned (°)") },
  { "type", N_("Type") },
  { "unsent", N_("Messages to be sent") },
  { "unsuitable_reason", N_("Why not") },
  { "usable", N_("May be used today") },
  { "used", N_("Used for cards") },
  { "used_in_days", N_("In working days") },
  { "valid_from", N_("Valid from") },
  { "valid_to", N_("Valid until") },
  { "validity", N_("Valid") },
  { "validity_months", N_("Valid for months") },
  { "value", N_("Chosen") },
  { "vehicle_group", N_("Vehicle group") },
  { "verdict", N_("Verdict") },
  { "version", N_("Version") },
  { "waiting", N_("Waiting") },
  { "warning", N_("Warning") },
  { "what", N_("What") },
  { "who", N_("Who") },
  { "why", N_("Why") },
  { "why_blank", N_("Why it is blank") },
  { "withdrawn", N_("Withdrawn") },
  { "workstation", N_("Workstation") },
  { "frozen_at", N_("Frozen since") },
  { "frozen_why", N_("Why it is frozen") },
  { "stop", N_("Stop") },
  { "todo", N_("To be done") },
  { "outcome", N_("Outcome") },
  { "with_holders", N_("With their holders") },
  { "returned", N_("Brought back") },
  { "not_found", N_("Not found") },
  { "decided_at", N_("Decided at") },
  { "recall", N_("Recall") },
  { "again", N_("Made again, of one application") },
  { "again_by_operator", N_("Made again, by one person in a day") },
  { "data_readable", N_("Data can be read on it") },
  { "allowance", N_("Allowance") },
  { "frozen", N_("Frozen") },
  { "recalled", N_("Recalled") },
  { "proposed_at", N_("Proposed at") },
  { "done_by", N_("Done by") },
  { "done_at", N_("Done at") },
  { "destroyed", N_("Destroyed") },
  { "others", N_("Others") },
  { "list", N_("List") },
  { "note", N_("Note") },
};

static const Word verdicts[] = {
  { "good", N_("Good") },
  { "doubtful", N_("Look at it") },
  { "bad", N_("Fails") },
};

static const Word origins[] = {
  { "card", N_("The drawn card") },
  { "record", N_("The record, as a card drawn now would have it") },
};
static const Word blanks[] = {
  { "no-stripe", N_("the layout has no stripe") },
  { "no-text", N_("the layout writes nothing on it, or the record has nothing for it") },
  { "not-known", N_("the record lacks what belongs on it") },
  { "not-latin", N_("the record is not in letters that a stripe has") },
  { "too-long", N_("what belongs on it is too long") },
  { "unconfirmed", N_("how it is written is not confirmed for this record") },
  { "specimens-only", N_("it is known for specimens alone, and this is none") },
};
static const Word stock_kinds[] = {
  { "blank", N_("Blanks") },
  { "film", N_("Film") },
  { "ribbon", N_("Ribbon") },
};

static const Word places[] = {
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

static const Word exceptions[] = {
  { "cannot_sign", N_("Cannot sign") },
  { "head_cover", N_("Covered head") },
  { "photo", N_("Photos that failed their checks") },
};

static const Word exception_states[] = {
  { "allowed", N_("Allowed") },
  { "refused", N_("Refused") },
};

static const Word order_states[] = {
  { "failed", N_("Failed") },
  { "held", N_("Held") },
  { "leased", N_("Being printed") },
  { "paused", N_("Paused") },
  { "sample", N_("Waits for the sample") },
  { "waiting", N_("Waiting") },
};

static const Word print_batch_states[] = {
  { "cancelled", N_("Cancelled") },
  { "checked", N_("Sample read back") },
  { "done", N_("Done") },
  { "released", N_("Released") },
  { "sample", N_("Waits for the sample") },
};

static const Word samples[] = {
  { "first", N_("First") },
  { "instead", N_("In the place of one withdrawn") },
  { "last", N_("Last") },
  { "middle", N_("Middle") },
  { "random", N_("Drawn by lot") },
};

static const Word choices[] = {
  { "none", N_("No source has it") },
  { "only", N_("Only one source") },
  { "agreed", N_("Sources agree") },
  { "rule", N_("Chosen by a rule") },
  { "person", N_("Chosen by a person") },
  { "open", N_("Not settled") },
};

static const Word reconciliation_rules[] = {
  { "case", N_("Capitals and small letters") },
  { "diacritics", N_("Diacritics") },
  { "spacing", N_("Spaces and dashes") },
  { "transliteration", N_("Spelling in Latin letters") },
  { "stale_address", N_("Older address") },
};

static const Word severities[] = {
  { "hard", N_("Stop") },
  { "soft", N_("For the approver") },
  { "warning", N_("Note") },
};

static const Word subjects[] = {
  { "application", N_("Application") },
  { "card", N_("Card") },
};

/* What happens beside the changes of state, which have the state's title. */
static const Word events[] = {
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
look_up (const Word *words,
         gsize       n_words,
         const char *nick)
{
  for (gsize i = 0; i < n_words; i++)
    if (g_str_equal (words[i].nick, nick))
      return _(words[i].title);
  return NULL;
}

const char *
plt_ctl_word_member (JsonObject *object,
                     const char *member)
{
  const char *title = json_object_has_member (object, "method") ? plt_ctl_word_fee_member (object, member) : NULL;
  PltSource source;

  if (title == NULL)
    title = plt_ctl_word_card_member (object, member);
  if (title == NULL)
    title = look_up (members, G_N_ELEMENTS (members), member);
  if (title == NULL)
    title = plt_ctl_word_fee_member (object, member);
  if (title == NULL)
    title = plt_ctl_word_verified_member (member);
  if (title == NULL)
    title = plt_ctl_law_member (member);
  if (title == NULL && plt_source_from_nick (member, &source))
    title = plt_source_get_title (source);
  return title != NULL ? title : member;
}

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
    return look_up (order_states, G_N_ELEMENTS (order_states), nick);
  if (json_object_has_member (object, "message_id"))
    return plt_outbox_state_from_nick (nick, &message) ? plt_outbox_state_get_title (message) : NULL;
  if (json_object_has_member (object, "source"))
    return plt_source_state_from_nick (nick, &state) ? plt_source_state_get_title (state) : NULL;
  if (json_object_get_size (object) == 1 &&
      look_up (exception_states, G_N_ELEMENTS (exception_states), nick) != NULL)
    return look_up (exception_states, G_N_ELEMENTS (exception_states), nick);
  return name_application_state (nick);
}

static const char *
name_event (JsonObject *object,
            const char *nick)
{
  const char *title = look_up (events, G_N_ELEMENTS (events), nick);

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
    return look_up (blanks, G_N_ELEMENTS (blanks), nick);
  if (g_str_equal (member, "taken_from"))
    return look_up (origins, G_N_ELEMENTS (origins), nick);
  if (g_str_equal (member, "verdict"))
    {
      const char *title = look_up (verdicts, G_N_ELEMENTS (verdicts), nick);

      return title != NULL ? title : plt_ctl_word_verified (member, nick);
    }
  if (g_str_equal (member, "kind"))
    return look_up (exceptions, G_N_ELEMENTS (exceptions), nick);
  if (g_str_equal (member, "batch_state"))
    return look_up (print_batch_states, G_N_ELEMENTS (print_batch_states), nick);
  if (g_str_equal (member, "sample_as"))
    return look_up (samples, G_N_ELEMENTS (samples), nick);
  if (g_str_equal (member, "stock_kind"))
    return look_up (stock_kinds, G_N_ELEMENTS (stock_kinds), nick);
  if (g_str_equal (member, "place") || g_str_equal (member, "from_place"))
    return look_up (places, G_N_ELEMENTS (places), nick);
  if (g_str_equal (member, "choice"))
    return look_up (choices, G_N_ELEMENTS (choices), nick);
  if (g_str_equal (member, "rule"))
    return look_up (reconciliation_rules, G_N_ELEMENTS (reconciliation_rules), nick);
  if (g_str_equal (member, "severity"))
    return look_up (severities, G_N_ELEMENTS (severities), nick);
  if (g_str_equal (member, "subject"))
    return look_up (subjects, G_N_ELEMENTS (subjects), nick);
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
