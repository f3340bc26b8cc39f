/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the card desk says about a card. */
#include "plt-card-advice.h"

#include <glib/gi18n-lib.h>

/* As its button is called, and in which state the card is when it was done. */
static const struct
{
  const char  *name;
  PltCardState state;
} deeds[] = {
  [PLT_CARD_DEED_READ] = { N_("Read Back"), PLT_CARD_STATE_CHECKED },
  [PLT_CARD_DEED_CAME_OUT] = { N_("Came Out"), PLT_CARD_STATE_OUT },
  [PLT_CARD_DEED_SPOIL] = { N_("Spoil"), PLT_CARD_STATE_SPOILED },
  [PLT_CARD_DEED_CANCEL] = { N_("Cancel Card"), PLT_CARD_STATE_CANCELLED },
  [PLT_CARD_DEED_ISSUE] = { N_("Hand Over"), PLT_CARD_STATE_ISSUED },
};

gboolean
plt_card_advice_is_readable (PltCardState state)
{
  return state == PLT_CARD_STATE_OUT || state == PLT_CARD_STATE_ON_DEVICE ||
         state == PLT_CARD_STATE_SENT || state == PLT_CARD_STATE_DOUBTFUL;
}

static const char *
get_advice (PltCardState state,
            gboolean     is_operator,
            gboolean     may_hand_over)
{
  if (!is_operator && plt_card_advice_is_readable (state))
    return _("A print operator reads the card back before it is handed over.");

  switch (state)
    {
    case PLT_CARD_STATE_OUT:
      return _("The card has left the printer. Scan its QR code to prove that it is the right one.");
    case PLT_CARD_STATE_CHECKED:
      return may_hand_over ? _("The card was read back and is right. Hand it over to its holder.")
                           : _("The card was read back and is right. A clerk or a print operator hands it "
                               "over to its holder.");
    case PLT_CARD_STATE_ISSUED:
      return _("The card was handed over.");
    case PLT_CARD_STATE_SENT:
    case PLT_CARD_STATE_ON_DEVICE:
      return _("The printer has the card. It can be read back when it is out.");
    default:
      return _("The card is being made ready for the printer.");
    }
}

/* The question, what gave rise to it, and how it is answered. */
static char *
dup_question_advice (const char *question,
                     const char *reason)
{
  g_autoptr (GString) text = g_string_new (question);

  if (reason != NULL && *reason != '\0')
    g_string_append_printf (text, " %s", reason);
  g_string_append_printf (text, " %s", _("If it is there, scan it, or choose Came Out. If it is damaged or "
                                         "gone, choose Spoil; if its blank was not printed, choose "
                                         "Cancel Card."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
plt_card_advice_dup (PltCard  *card,
                     gboolean  is_operator,
                     gboolean  may_hand_over)
{
  g_autofree char *reason = NULL;
  g_autofree char *question = NULL;

  g_object_get (card, "reason", &reason, "question", &question, NULL);
  if (question != NULL)
    return dup_question_advice (question, reason);
  if (reason != NULL && *reason != '\0')
    return g_steal_pointer (&reason);

  return g_strdup (get_advice (plt_card_get_state (card), is_operator, may_hand_over));
}

char *
plt_card_advice_dup_unknown (PltCard     *card,
                             PltCardDeed  deed)
{
  /* Translators: a button’s name, a card’s number. */
  return g_strdup_printf (_("The connection to the database broke before it answered, and nobody knows "
                            "yet whether “%s” was done for card %s. Platen looks by itself when the "
                            "database is back; keep the card at the desk until then."),
                          _(deeds[deed].name), plt_card_get_number (card));
}

/* A card that was read back may have been handed over since. */
static gboolean
was_done (PltCard     *card,
          PltCardDeed  deed)
{
  PltCardState state = plt_card_get_state (card);

  return state == deeds[deed].state ? deed != PLT_CARD_DEED_CAME_OUT || !plt_card_is_asked_about (card)
                                    : deed == PLT_CARD_DEED_READ && state == PLT_CARD_STATE_ISSUED;
}

char *
plt_card_advice_dup_known (PltCard     *card,
                           PltCardDeed  deed,
                           gboolean    *done)
{
  *done = was_done (card, deed);
  /* Translators: a button’s name, a card’s number. */
  if (*done)
    return g_strdup_printf (_("The database is back: “%s” was done for card %s before the connection "
                              "broke. Go on from here."),
                            _(deeds[deed].name), plt_card_get_number (card));
  /* Translators: a button’s name, a card’s number. */
  return g_strdup_printf (_("The database is back: “%s” was not done for card %s. Do it again if it is "
                            "still right."),
                          _(deeds[deed].name), plt_card_get_number (card));
}
