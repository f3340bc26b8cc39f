/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message to the pre-enrolment service: where an application stands, told once. */
#pragma once

#include <glib-object.h>

#include "plt-prepared-application.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_OUTBOX_STATE_WAITING,   /* "waiting": it is sent when it is due */
  PLT_OUTBOX_STATE_SENT,      /* "sent": the service has it */
  PLT_OUTBOX_STATE_SET_ASIDE, /* "set_aside": refused or failed too often */
  PLT_OUTBOX_STATE_DISCARDED, /* "discarded": by a person, with a reason */
  PLT_N_OUTBOX_STATES,
} PltOutboxState;

/* So many refusals set a message aside. */
#define PLT_OUTBOX_REFUSALS 3

/* Filled by the one who makes it. */
typedef struct
{
  gint64             id;
  char              *message_id;
  char              *application_number;
  char              *code;
  PltPreparedStatus  status;
  PltOutboxState     state;
  GDateTime         *happened_at;
  int                tries;
  int                refusals;
  GDateTime         *next_at;
  char              *trouble;  /* (nullable): what was wrong the last time */
  GDateTime         *ended_at; /* (nullable) */
  char              *ended_by; /* (nullable) */
  char              *reason;   /* (nullable): why it was discarded */
} PltOutboxRow;

#define PLT_TYPE_OUTBOX_MESSAGE (plt_outbox_message_get_type ())
G_DECLARE_FINAL_TYPE (PltOutboxMessage, plt_outbox_message, PLT, OUTBOX_MESSAGE, GObject)

PltOutboxMessage   *plt_outbox_message_new       (void);
PltOutboxRow       *plt_outbox_message_get_row   (PltOutboxMessage  *self);
char               *plt_outbox_message_dup_words (PltOutboxMessage  *self);

const char         *plt_outbox_state_to_nick     (PltOutboxState     state);
gboolean            plt_outbox_state_from_nick   (const char        *nick,
                                                  PltOutboxState    *state);
const char         *plt_outbox_state_get_title   (PltOutboxState     state);

G_END_DECLS
