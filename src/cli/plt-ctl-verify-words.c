/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of what is verified, and of the keys that it is verified with. */
#include "plt-ctl-verify-words.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *member; /* of the answer; NULL ends a list */
  const char *nick;
  const char *title;
} Word;

static const Word members[] = {
  { "details", NULL, N_("Details") },
  { "expires", NULL, N_("Ends") },
  { "form", NULL, N_("Form") },
  { "from", NULL, N_("From") },
  { "key", NULL, N_("Key") },
  { "of", NULL, N_("Of") },
  { "purpose", NULL, N_("Purpose") },
  { "reachable", NULL, N_("Can be reached") },
  { "reasons", NULL, N_("Reasons") },
  { "remarks", NULL, N_("Remarks") },
  { "retired", NULL, N_("Retired") },
  { "revoked", NULL, N_("Revoked") },
  { "root", NULL, N_("Root") },
  { "says", NULL, N_("In words") },
  { "signed", NULL, N_("Signed") },
  { "specimen", NULL, N_("Specimen") },
  { "standing", NULL, N_("Standing") },
  { "unsigned_fields", NULL, N_("Fields without a signature") },
  { "where", NULL, N_("Place") },
  { NULL, NULL, NULL },
};

static const Word values[] = {
  { "agreement", "different", N_("Different") },
  { "agreement", "not-compared", N_("Not compared") },
  { "agreement", "same", N_("Same") },
  { "form", "aamva", N_("AAMVA code") },
  { "form", "card-file", N_("Card file") },
  { "form", "groups", N_("Data groups of a chip") },
  { "form", "mdoc", N_("Mobile licence") },
  { "form", "mrz", N_("Machine-readable line") },
  { "form", "package", N_("Package") },
  { "form", "pdf417", "PDF417" },
  { "form", "qr", N_("QR code") },
  { "form", "stripe", N_("Magnetic stripe") },
  { "signature", "broken", N_("Does not hold") },
  { "signature", "holds", N_("Holds") },
  { "signature", "missing", N_("Missing, though there ought to be one") },
  { "signature", "none", N_("This form has none") },
  { "signature", "stranger", N_("By a key that is not known here") },
  { "standing", "cancelled", N_("Cancelled") },
  { "standing", "expired", N_("Expired") },
  { "standing", "issued", N_("Valid") },
  { "standing", "not_handed_out", N_("Never handed out") },
  { "standing", "recalled", N_("Recalled") },
  { "standing", "replaced", N_("Replaced") },
  { "standing", "spoiled", N_("Spoiled") },
  { "standing", "suspended", N_("Suspended") },
  { "standing", "withdrawn", N_("Withdrawn") },
  { "verdict", "not-asked", N_("Genuine, not asked about") },
  { "verdict", "not-genuine", N_("Not genuine") },
  { "verdict", "not-valid", N_("Not valid") },
  { "verdict", "unknown", N_("Not known") },
  { "verdict", "valid", N_("Valid") },
  { NULL, NULL, NULL },
};

static const Word key_states[] = {
  { "state", "active", N_("Active") },
  { "state", "expired", N_("Expired") },
  { "state", "next", N_("Next") },
  { "state", "retired", N_("Retired") },
  { "state", "revoked", N_("Revoked") },
  { "state", "waiting", N_("Waiting") },
  { NULL, NULL, NULL },
};

static const char *
look_up (const Word *words,
         const char *member,
         const char *nick)
{
  for (const Word *word = words; word->member != NULL; word++)
    if (g_str_equal (word->member, member) && g_strcmp0 (word->nick, nick) == 0)
      return _(word->title);
  return NULL;
}

const char *
plt_ctl_word_verified_member (const char *member)
{
  return look_up (members, member, NULL);
}

const char *
plt_ctl_word_verified (const char *member,
                       const char *nick)
{
  return look_up (values, member, nick);
}

const char *
plt_ctl_word_key_state (const char *nick)
{
  return look_up (key_states, "state", nick);
}
