/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What members and values of rules of law, their changes and papers are called in text. */
#include "plt-ctl-law-words.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *member; /* NULL: the member itself */
  const char *nick;
  const char *title;
} Word;

static const Word words[] = {
  { NULL, "authority", N_("Made by") },
  { NULL, "change", N_("Change of rules") },
  { NULL, "change_state", N_("State") },
  { NULL, "dated", N_("Of") },
  { NULL, "decided_by", N_("Decided by") },
  { NULL, "decision", N_("Decision") },
  { NULL, "demanded", N_("Must say") },
  { NULL, "details", N_("Says") },
  { NULL, "effective", N_("From") },
  { NULL, "freed", N_("No longer stopped") },
  { NULL, "gone", N_("No longer found") },
  { NULL, "law_state", N_("State") },
  { NULL, "looked", N_("Looked at") },
  { NULL, "all", N_("All") },
  { NULL, "members", N_("Can say") },
  { NULL, "paper", N_("Paper") },
  { NULL, "parameters", N_("Parameters") },
  { NULL, "past", N_("Past applications") },
  { NULL, "recorded_at", N_("Recorded at") },
  { NULL, "recorded_by", N_("Recorded by") },
  { NULL, "reference", N_("Reference") },
  { NULL, "rules", N_("Rules") },
  { NULL, "stopped", N_("Newly stopped") },
  { NULL, "withdrawn_by", N_("Taken back by") },
  { NULL, "wrong", N_("What is wrong") },
  { "law_state", "in_force", N_("In force") },
  { "law_state", "over", N_("Over") },
  { "law_state", "to_come", N_("To come") },
  { "change_state", "proposed", N_("Proposed") },
  { "change_state", "approved", N_("Approved") },
  { "change_state", "refused", N_("Refused") },
  { "outcome", "found", N_("Not fulfilled") },
  { "outcome", "fulfilled", N_("Fulfilled") },
};

static const char *
look_up (const char *member,
         const char *nick)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i].member, member) == 0 && g_str_equal (words[i].nick, nick))
      return _(words[i].title);
  return NULL;
}

/* (nullable): what @member is called */
const char *
plt_ctl_law_member (const char *member)
{
  return look_up (NULL, member);
}

/* (nullable): what the value @nick of @member is called */
const char *
plt_ctl_law_value (const char *member,
                   const char *nick)
{
  return look_up (member, nick);
}
