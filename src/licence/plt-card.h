/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One piece of plastic made for an application, and its life (design.md §5). */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  PLT_CARD_STATE_RESERVED,  /* "reserved": a blank with its serial is set aside */
  PLT_CARD_STATE_RENDERED,  /* "rendered": its card file and hashes are kept */
  PLT_CARD_STATE_SENT,      /* "sent": the print system has the job */
  PLT_CARD_STATE_ON_DEVICE, /* "on_device": the printer works on it */
  PLT_CARD_STATE_OUT,       /* "out": it left the printer; not yet proved */
  PLT_CARD_STATE_CHECKED,   /* "checked": its own code and serial were read back and compared */
  PLT_CARD_STATE_ISSUED,    /* "issued": handed to the holder */
  PLT_CARD_STATE_DOUBTFUL,  /* "doubtful": nobody can say whether it came out */
  PLT_CARD_STATE_SPOILED,   /* "spoiled" */
  PLT_CARD_STATE_CANCELLED, /* "cancelled": never printed */
  PLT_CARD_STATE_RECALLED,  /* "recalled" */
  PLT_N_CARD_STATES,
} PltCardState;

#define PLT_TYPE_CARD (plt_card_get_type ())
G_DECLARE_FINAL_TYPE (PltCard, plt_card, PLT, CARD, GObject)

/* Properties, read-only: "id" (int64), "number" (e.g. "UC-26-000017", what people say),
 * "serial" (of the blank), "state", "state-title", "application-id" (int64),
 * "application-number", "holder-name", "printer", "job-id" (int), "job-uuid", "print-key",
 * "front-sha256", "back-sha256", "file-sha256" (hex), "layout", "changed-at" (GDateTime),
 * "reason", "asked-about" (bool: a person must say whether it came out), "question" (whether it did,
 * as a sentence; NULL while it is not asked about), "frozen-at" (RFC 3339, in UTC) and "frozen-why" (NULL unless a
 * stop came while it was being made: then it is neither sent nor read back nor handed over). */
void          plt_card_update          (PltCard *self,
                                        PltCard *newer);
gint64        plt_card_get_id          (PltCard *self);
const char   *plt_card_get_number      (PltCard *self);
const char   *plt_card_get_serial      (PltCard *self);
PltCardState  plt_card_get_state       (PltCard *self);
gint64        plt_card_get_application_id (PltCard *self);
gboolean      plt_card_is_asked_about  (PltCard *self);
gboolean      plt_card_is_frozen       (PltCard *self);
/* Returns: (transfer full) (nullable) */
char         *plt_card_dup_question    (PltCard *self);

/* The steps of a card's life, as the database's table platen.card_step has them. */
gboolean      plt_card_state_can_become (PltCardState from,
                                         PltCardState to);
const char   *plt_card_state_to_nick   (PltCardState  state);
gboolean      plt_card_state_from_nick (const char   *nick,
                                        PltCardState *state);
const char   *plt_card_state_get_title (PltCardState  state);

G_END_DECLS
