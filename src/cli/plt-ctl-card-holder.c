/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl card shelve, place, give, take, hand-over, letter, post: from the read-back to the
 * holder. */
#include "plt-card-letter.h"
#include "plt-card-life.h"
#include "plt-card.h"
#include "plt-ctl.h"
#include "plt-translations.h"

#include <glib/gi18n-lib.h>

static char *scan_option = NULL;
static char *identity_option = NULL;
static char *number_option = NULL;
static char *receipt_option = NULL;
static char *reference_option = NULL;
static char *output_option = NULL;
static char *printer_option = NULL;
static char *language_option = NULL;
static char *rules[4]; /* identity, receipt, custody, post */

static const GOptionEntry hand_over_options[] = {
  { "scan", 0, 0, G_OPTION_ARG_STRING, &scan_option,
    N_("The code of the card in the hand; needed in another session than the read-back"),
    N_("TEXT") },
  { "identity", 0, 0, G_OPTION_ARG_STRING, &identity_option,
    N_("What the holder showed: national_id, passport, residence_permit, old_licence or known_person"),
    N_("DOCUMENT") },
  { "number", 0, 0, G_OPTION_ARG_STRING, &number_option,
    N_("The last two to four characters of its number"), N_("END") },
  { "receipt", 0, 0, G_OPTION_ARG_FILENAME, &receipt_option,
    N_("The holder’s signature for it, a JPEG or PNG picture"), N_("FILE") },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry post_options[] = {
  { "scan", 0, 0, G_OPTION_ARG_STRING, &scan_option,
    N_("The code of the card in the hand"), N_("TEXT") },
  { "reference", 0, 0, G_OPTION_ARG_STRING, &reference_option,
    N_("The number under which it is posted"), N_("TEXT") },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry letter_options[] = {
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output_option,
    N_("Write its sheet there, a PDF of A4"), N_("FILE") },
  { "printer", 0, 0, G_OPTION_ARG_STRING, &printer_option,
    N_("Print its sheet on this printer"), N_("DEST") },
  { "language", 0, 0, G_OPTION_ARG_STRING, &language_option,
    N_("The holder’s language, en or fr; else that of this session"), N_("CODE") },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry rules_options[] = {
  { "identity", 0, 0, G_OPTION_ARG_STRING, &rules[0],
    N_("Whether the holder must show who they are"), "yes|no" },
  { "receipt", 0, 0, G_OPTION_ARG_STRING, &rules[1],
    N_("Whether the holder must sign for the card"), "yes|no" },
  { "custody", 0, 0, G_OPTION_ARG_STRING, &rules[2],
    N_("Whether a colleague must have given it to whoever hands it over"), "yes|no" },
  { "post", 0, 0, G_OPTION_ARG_STRING, &rules[3], N_("Whether cards may be posted"), "yes|no" },
  G_OPTION_ENTRY_NULL
};

static PltCtlStatus
act (PltCtl             *ctl,
     PltCardLifeAct      what,
     const char *const  *words,
     GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *json = NULL;

  plt_card_life_act_async (ctl->office, what, words, NULL, plt_ctl_ready_cb, &result);
  json = plt_card_life_act_finish (plt_ctl_await (&result), error);
  return plt_ctl_print_text (ctl, json, error);
}

static PltCtlStatus
run_shelve (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  const char *words[] = { arguments[0], arguments[1] };

  return act (ctl, PLT_CARD_LIFE_SHELVE, words, error);
}

/* @state: NULL where there is no such card */
static void
set_no_place (const char  *number,
              const char  *state,
              GError     **error)
{
  PltCardState known;

  if (state == NULL)
    g_set_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_NOT_FOUND,
                 _("No place is shown for card “%s”, because this office has no card of that number."
                   " Search for it again."), number);
  else
    /* Translators: a card's number, a state such as “Handed Over”, the number again */
    g_set_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID,
                 _("No place is shown for card %s, because it is in the state “%s”, and only a card that"
                   " was read back and not handed over yet has one. “card show %s” tells where it is."),
                 number, plt_card_state_from_nick (state, &known) ? plt_card_state_get_title (known) : state,
                 number);
}

static PltCtlStatus
run_place (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  const char *words[] = { arguments[0] };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *json = NULL;
  const char *state = NULL;

  plt_card_life_act_async (ctl->office, PLT_CARD_LIFE_PLACE, words, NULL, plt_ctl_ready_cb, &result);
  json = plt_card_life_act_finish (plt_ctl_await (&result), error);
  if (*error != NULL)
    return PLT_CTL_REFUSED;
  node = json != NULL ? json_from_string (json, NULL) : NULL;
  if (node != NULL)
    state = json_object_get_string_member (json_node_get_object (node), "state");
  if (g_strcmp0 (state, "checked") == 0)
    return plt_ctl_print_text (ctl, json, error);
  set_no_place (arguments[0], state, error);
  return PLT_CTL_REFUSED;
}

static PltCtlStatus
run_give (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  const char *words[] = { arguments[0], arguments[1] };

  return act (ctl, PLT_CARD_LIFE_GIVE, words, error);
}

static PltCtlStatus
run_take (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  const char *words[] = { arguments[0] };

  return act (ctl, PLT_CARD_LIFE_TAKE, words, error);
}

/* @json: what is known of the letter. Adds what became of its sheet. */
static char *
put_sheet (PltCtl      *ctl,
           const char  *json,
           GError     **error)
{
  g_autoptr (GBytes) sheet = plt_card_letter_draw (json, error);
  g_autoptr (JsonNode) node = sheet != NULL ? json_from_string (json, error) : NULL;
  JsonObject *letter = node != NULL ? json_node_get_object (node) : NULL;

  if (letter == NULL || (output_option != NULL && !plt_ctl_write_file (output_option, sheet, error)))
    return NULL;
  if (printer_option != NULL)
    {
      g_autoptr (GAsyncResult) result = NULL;
      int job;

      plt_card_letter_print_async (ctl->office, printer_option, json_object_get_string_member (letter, "letter"),
                                   sheet, NULL, plt_ctl_ready_cb, &result);
      job = plt_card_letter_print_finish (plt_ctl_await (&result), error);
      if (job == 0)
        return NULL;
      json_object_set_int_member (letter, "job", job);
    }
  return json_to_string (node, FALSE);
}

static PltCtlStatus
run_letter (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  const char *words[] = { arguments[0] };
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *json = NULL;
  g_autofree char *more = NULL;

  if (language_option != NULL && !plt_translations_choose (language_option))
    {
      g_set_error (error, PLT_CTL_ERROR, PLT_CTL_ERROR_USAGE,
                   _("No letter was made, because Platen has no words in the language “%s”. Name another by"
                     " its two letters, such as en or fr."), language_option);
      return PLT_CTL_USAGE;
    }
  plt_card_life_act_async (ctl->office, PLT_CARD_LIFE_LETTER, words, NULL, plt_ctl_ready_cb, &result);
  json = plt_card_life_act_finish (plt_ctl_await (&result), error);
  if (json == NULL)
    return PLT_CTL_REFUSED;
  if (output_option == NULL && printer_option == NULL)
    return plt_ctl_print_text (ctl, json, error);
  more = put_sheet (ctl, json, error);
  if (more == NULL || g_strcmp0 (output_option, "-") == 0)
    return more != NULL ? PLT_CTL_DONE : PLT_CTL_REFUSED;
  return plt_ctl_print_text (ctl, more, error);
}

static PltCtlStatus
run_post (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  const char *words[] = { arguments[0], scan_option, reference_option };

  return act (ctl, PLT_CARD_LIFE_POST, words, error);
}

static PltCtlStatus
run_hand_over (PltCtl  *ctl,
               char   **arguments,
               GError **error)
{
  g_autofree char *receipt = NULL;

  if (receipt_option != NULL)
    {
      g_autofree char *name = NULL;
      g_autoptr (GBytes) picture = plt_ctl_read_picture (receipt_option, &name, error);

      if (picture == NULL)
        return PLT_CTL_REFUSED;
      receipt = g_base64_encode (g_bytes_get_data (picture, NULL), g_bytes_get_size (picture));
    }

  const char *words[] = { arguments[0], scan_option, identity_option, number_option, receipt };

  return act (ctl, PLT_CARD_LIFE_HAND_OVER, words, error);
}

static PltCtlStatus
run_rules (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  gboolean is_asked = TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      is_asked = is_asked && rules[i] == NULL;
      if (rules[i] != NULL && !g_str_equal (rules[i], "yes") && !g_str_equal (rules[i], "no"))
        {
          plt_ctl_usage_error (error, _("Say yes or no."));
          return PLT_CTL_USAGE;
        }
    }
  return act (ctl, is_asked ? PLT_HANDOVER_RULES : PLT_HANDOVER_SET_RULES,
              (const char *const *) rules, error);
}

const PltCtlCommand plt_ctl_card_shelve = {
  .name = "card shelve", .arguments = N_("CARD PLACE"),
  .summary = N_("Note where a card that was read back lies"),
  .n_arguments = 2, .signed_in = TRUE, .run = run_shelve,
};

const PltCtlCommand plt_ctl_card_place = {
  .name = "card place", .arguments = N_("CARD"),
  .summary = N_("Find a card that is ready: its shelf, or who has it"),
  .n_arguments = 1, .signed_in = TRUE, .run = run_place,
};

const PltCtlCommand plt_ctl_card_give = {
  .name = "card give", .arguments = N_("CARD LOGIN"),
  .summary = N_("Give a card that is ready to a colleague"),
  .n_arguments = 2, .signed_in = TRUE, .run = run_give,
};

const PltCtlCommand plt_ctl_card_take = {
  .name = "card take", .arguments = N_("CARD"),
  .summary = N_("Take a card that a colleague gave"),
  .n_arguments = 1, .signed_in = TRUE, .run = run_take,
};

const PltCtlCommand plt_ctl_card_hand_over = {
  .name = "card hand-over", .arguments = N_("CARD"),
  .summary = N_("Hand a card over to its holder, who showed who they are"),
  .n_arguments = 1, .signed_in = TRUE, .options = hand_over_options, .run = run_hand_over,
};

const PltCtlCommand plt_ctl_card_letter = {
  .name = "card letter", .arguments = N_("CARD"),
  .summary = N_("Make the letter in which a card is posted"),
  .n_arguments = 1, .signed_in = TRUE, .options = letter_options, .run = run_letter,
};

const PltCtlCommand plt_ctl_card_post = {
  .name = "card post", .arguments = N_("LETTER"),
  .summary = N_("Match a letter with the card in it, and post it"),
  .n_arguments = 1, .signed_in = TRUE, .options = post_options, .run = run_post,
};

const PltCtlCommand plt_ctl_card_rules = {
  .name = "card rules", .arguments = "",
  .summary = N_("Show or set what this office demands of a hand-over"),
  .signed_in = TRUE, .options = rules_options, .run = run_rules,
};
