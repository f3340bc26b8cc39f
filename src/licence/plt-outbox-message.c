/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message to the pre-enrolment service, and what there is to say about it. */
#include "plt-outbox-message.h"

#include <glib/gi18n-lib.h>

struct _PltOutboxMessage
{
  GObject      parent_instance;
  PltOutboxRow row;
};

G_DEFINE_FINAL_TYPE (PltOutboxMessage, plt_outbox_message, G_TYPE_OBJECT)

static const struct
{
  const char *nick;
  const char *title;
} states[PLT_N_OUTBOX_STATES] = {
  [PLT_OUTBOX_STATE_WAITING] = { "waiting", N_("Waits to be sent") },
  [PLT_OUTBOX_STATE_SENT] = { "sent", N_("Sent") },
  [PLT_OUTBOX_STATE_SET_ASIDE] = { "set_aside", N_("Set aside") },
  [PLT_OUTBOX_STATE_DISCARDED] = { "discarded", N_("Discarded") },
};

static void
plt_outbox_message_finalize (GObject *object)
{
  PltOutboxRow *row = &PLT_OUTBOX_MESSAGE (object)->row;

  g_free (row->message_id);
  g_free (row->application_number);
  g_free (row->code);
  g_clear_pointer (&row->happened_at, g_date_time_unref);
  g_clear_pointer (&row->next_at, g_date_time_unref);
  g_free (row->trouble);
  g_clear_pointer (&row->ended_at, g_date_time_unref);
  g_free (row->ended_by);
  g_free (row->reason);

  G_OBJECT_CLASS (plt_outbox_message_parent_class)->finalize (object);
}

static void
plt_outbox_message_class_init (PltOutboxMessageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plt_outbox_message_finalize;
}

static void
plt_outbox_message_init (PltOutboxMessage *self)
{
}

PltOutboxMessage *
plt_outbox_message_new (void)
{
  return g_object_new (PLT_TYPE_OUTBOX_MESSAGE, NULL);
}

/* (transfer none): to be filled before the message is handed on, and read afterwards. */
PltOutboxRow *
plt_outbox_message_get_row (PltOutboxMessage *self)
{
  g_return_val_if_fail (PLT_IS_OUTBOX_MESSAGE (self), NULL);

  return &self->row;
}

/**
 * plt_outbox_message_dup_words:
 * @self: a message
 *
 * Returns: (transfer full): what became of it so far, in words
 */
char *
plt_outbox_message_dup_words (PltOutboxMessage *self)
{
  g_return_val_if_fail (PLT_IS_OUTBOX_MESSAGE (self), NULL);

  const PltOutboxRow *row = &self->row;

  /* Not by the service's word, but by its failing again and again. */
  if (row->state == PLT_OUTBOX_STATE_SET_ASIDE && row->refusals < PLT_OUTBOX_REFUSALS)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Set aside after %d try. %s",
                                         "Set aside after %d tries. %s", (gulong) row->tries),
                            row->tries, row->trouble != NULL ? row->trouble : "");
  if (row->state == PLT_OUTBOX_STATE_SET_ASIDE)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Set aside after %d refusal. %s",
                                         "Set aside after %d refusals. %s", (gulong) row->refusals),
                            row->refusals, row->trouble != NULL ? row->trouble : "");
  if (row->state == PLT_OUTBOX_STATE_DISCARDED)
    return g_strdup_printf (_("%s discarded it: %s"), row->ended_by != NULL ? row->ended_by : "",
                            row->reason != NULL ? row->reason : "");
  if (row->state == PLT_OUTBOX_STATE_WAITING && row->trouble != NULL)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Tried %d time. %s", "Tried %d times. %s",
                                         (gulong) row->tries),
                            row->tries, row->trouble);

  return g_strdup (plt_outbox_state_get_title (row->state));
}

const char *
plt_outbox_state_to_nick (PltOutboxState state)
{
  g_return_val_if_fail ((int) state >= 0 && state < PLT_N_OUTBOX_STATES, NULL);

  return states[state].nick;
}

gboolean
plt_outbox_state_from_nick (const char     *nick,
                            PltOutboxState *state)
{
  for (int i = 0; i < PLT_N_OUTBOX_STATES; i++)
    if (g_strcmp0 (nick, states[i].nick) == 0)
      {
        *state = (PltOutboxState) i;
        return TRUE;
      }

  return FALSE;
}

const char *
plt_outbox_state_get_title (PltOutboxState state)
{
  g_return_val_if_fail ((int) state >= 0 && state < PLT_N_OUTBOX_STATES, NULL);

  return _(states[state].title);
}
