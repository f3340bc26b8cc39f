/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl recall: the cards that something has in common are called back, by two persons. */
#include "plt-card-life.h"
#include "plt-ctl.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static char *reason_option = NULL;
static gboolean dry_run_option = FALSE;
static char *note_option = NULL;

/* What the cards have in common, and what the database calls it. */
static struct
{
  const char *member;
  char *value;
} filter[] = {
  { "printer", NULL }, { "from", NULL }, { "to", NULL }, { "layout", NULL },
  { "layout_version", NULL },
  { "lot", NULL }, { "roll", NULL }, { "first", NULL }, { "last", NULL }, { "operator", NULL },
};

static const GOptionEntry new_options[] = {
  { "printer", 0, 0, G_OPTION_ARG_STRING, &filter[0].value,
    N_("Made by this printer or bureau"), N_("DEST") },
  { "from", 0, 0, G_OPTION_ARG_STRING, &filter[1].value,
    N_("Made on this day or later, 2026-11-22 or 2026-11-22T13:30"), N_("TIME") },
  { "to", 0, 0, G_OPTION_ARG_STRING, &filter[2].value,
    N_("Made on this day or earlier"), N_("TIME") },
  { "layout", 0, 0, G_OPTION_ARG_STRING, &filter[3].value, N_("Drawn with this layout"), N_("ID") },
  { "layout-version", 0, 0, G_OPTION_ARG_STRING, &filter[4].value,
    N_("Drawn with this version of it"), N_("N") },
  { "lot", 0, 0, G_OPTION_ARG_STRING, &filter[5].value,
    N_("Made with a ribbon, film or blank of this lot"), N_("LOT") },
  { "roll", 0, 0, G_OPTION_ARG_STRING, &filter[6].value,
    N_("Made with this ribbon or film"), N_("SERIAL") },
  { "first", 0, 0, G_OPTION_ARG_STRING, &filter[7].value,
    N_("On this blank or a later one"), N_("SERIAL") },
  { "last", 0, 0, G_OPTION_ARG_STRING, &filter[8].value,
    N_("On this blank or an earlier one"), N_("SERIAL") },
  { "operator", 0, 0, G_OPTION_ARG_STRING, &filter[9].value,
    N_("Printed by this person"), N_("LOGIN") },
  { "reason", 'r', 0, G_OPTION_ARG_STRING, &reason_option, N_("Why"), N_("TEXT") },
  { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run_option,
    N_("Only show which cards these are"), NULL },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry done_options[] = {
  { "note", 0, 0, G_OPTION_ARG_STRING, &note_option, N_("Words about it"), N_("TEXT") },
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

static char *
dup_filter (void)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (filter); i++)
    if (filter[i].value != NULL)
      plt_ctl_add_string (builder, filter[i].member, filter[i].value);
  json_builder_end_object (builder);
  node = plt_ctl_finish (builder);
  return json_to_string (node, FALSE);
}

static PltCtlStatus
run_new (PltCtl  *ctl,
         char   **arguments,
         GError **error)
{
  g_autofree char *common = dup_filter ();
  const char *words[] = { common, reason_option };

  return act (ctl, dry_run_option ? PLT_RECALL_PREVIEW : PLT_RECALL_NEW, words, error);
}

static PltCtlStatus
run_list (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  return act (ctl, PLT_RECALL_LIST, NULL, error);
}

/* With a recall's number as the first word. */
static PltCtlStatus
act_on (PltCtl             *ctl,
        PltCardLifeAct      what,
        const char *const  *words,
        GError            **error)
{
  if (strlen (words[0]) > 18 || *words[0] == '\0'
      || strspn (words[0], "0123456789") != strlen (words[0]))
    {
      plt_ctl_usage_error (error, _("A recall has a number, which “recall list” shows."));
      return PLT_CTL_USAGE;
    }
  return act (ctl, what, words, error);
}

static PltCtlStatus
run_show (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  PltCtlStatus status = act_on (ctl, PLT_RECALL_SHOW, (const char *const *) arguments, error);

  if (g_error_matches (*error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_NOT_FOUND))
    {
      g_clear_error (error);
      g_set_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_NOT_FOUND,
                   _("Recall %s is not shown, because this office has none of that number. “recall list”"
                     " shows which there are."), arguments[0]);
    }
  return status;
}

static PltCtlStatus
run_confirm (PltCtl  *ctl,
             char   **arguments,
             GError **error)
{
  return act_on (ctl, PLT_RECALL_CONFIRM, (const char *const *) arguments, error);
}

static PltCtlStatus
run_refuse (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  return act_on (ctl, PLT_RECALL_REFUSE, (const char *const *) arguments, error);
}

static PltCtlStatus
run_done (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  const char *words[] = { arguments[0], arguments[1], arguments[2], note_option };

  return act_on (ctl, PLT_RECALL_DONE, words, error);
}

const PltCtlCommand plt_ctl_recall_new = {
  .name = "recall new", .arguments = "",
  .summary = N_("Propose to recall the cards that have this in common; needs --reason"),
  .signed_in = TRUE, .options = new_options, .run = run_new,
};

const PltCtlCommand plt_ctl_recall_list = {
  .name = "recall list", .arguments = "",
  .summary = N_("List the recalls and how far each has come"),
  .signed_in = TRUE, .run = run_list,
};

const PltCtlCommand plt_ctl_recall_show = {
  .name = "recall show", .arguments = N_("RECALL"),
  .summary = N_("Show each card of a recall, and what is to be done"),
  .n_arguments = 1, .signed_in = TRUE, .run = run_show,
};

const PltCtlCommand plt_ctl_recall_confirm = {
  .name = "recall confirm", .arguments = N_("RECALL"),
  .summary = N_("Confirm what a colleague proposed: the cards are recalled"),
  .n_arguments = 1, .signed_in = TRUE, .run = run_confirm,
};

const PltCtlCommand plt_ctl_recall_refuse = {
  .name = "recall refuse", .arguments = N_("RECALL"),
  .summary = N_("Give up a recall that was proposed"),
  .n_arguments = 1, .signed_in = TRUE, .run = run_refuse,
};

const PltCtlCommand plt_ctl_recall_done = {
  .name = "recall done", .arguments = N_("RECALL CARD returned|destroyed|not_found"),
  .summary = N_("Say what became of one of its cards"),
  .n_arguments = 3, .signed_in = TRUE, .options = done_options, .run = run_done,
};
