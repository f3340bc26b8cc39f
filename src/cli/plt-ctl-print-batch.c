/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl print-queue batch: many cards of which a sample is looked at first. */
#include "plt-ctl-print-filter.h"

#include <glib/gi18n-lib.h>

static char *reason_option = NULL;
static char *counts[4];
static char *seed_option = NULL;
static gboolean automatic_option = FALSE;

static const char *const parts[] = { "first", "middle", "last", "random" };

static const GOptionEntry new_options[] = {
  { "first", 0, 0, G_OPTION_ARG_STRING, &counts[0], N_("So many of the first are its sample"), N_("N") },
  { "middle", 0, 0, G_OPTION_ARG_STRING, &counts[1], N_("So many in the middle"), N_("N") },
  { "last", 0, 0, G_OPTION_ARG_STRING, &counts[2], N_("So many of the last"), N_("N") },
  { "random", 0, 0, G_OPTION_ARG_STRING, &counts[3], N_("So many drawn by lot"), N_("N") },
  { "seed", 0, 0, G_OPTION_ARG_STRING, &seed_option, N_("Seed of the lot; without it a new one"), N_("N") },
  { "automatic", 0, 0, G_OPTION_ARG_NONE, &automatic_option,
    N_("Let the rest go by itself when the sample was read back"), NULL },
  PLT_CTL_PRINT_FILTER_OPTIONS,
  G_OPTION_ENTRY_NULL
};
static const GOptionEntry reason_options[] = {
  { "reason", 'r', 0, G_OPTION_ARG_STRING, &reason_option, N_("Why"), N_("TEXT") },
  G_OPTION_ENTRY_NULL
};

/* The database judges what the words say. */
static char *
dup_sample (void)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    if (counts[i] != NULL)
      {
        json_builder_set_member_name (builder, parts[i]);
        json_builder_add_string_value (builder, counts[i]);
      }
  if (seed_option != NULL)
    {
      json_builder_set_member_name (builder, "seed");
      json_builder_add_string_value (builder, seed_option);
    }
  json_builder_set_member_name (builder, "release");
  json_builder_add_string_value (builder, automatic_option ? "automatic" : "person");
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  return json_to_string (node, FALSE);
}

static PltCtlStatus
run_new (PltCtl  *ctl,
         char   **arguments,
         GError **error)
{
  g_autofree char *filter = plt_ctl_print_filter_dup (arguments + 1, error);
  g_autofree char *sample = dup_sample ();
  const char *words[] = { arguments[0], filter, sample };

  return filter != NULL ? plt_ctl_print_queue_act (ctl, PLT_PRINT_QUEUE_BATCH_NEW, words, error)
                        : PLT_CTL_USAGE;
}

static PltCtlStatus
run_list (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  return plt_ctl_print_queue_act (ctl, PLT_PRINT_QUEUE_BATCH_LIST, NULL, error);
}

static PltCtlStatus
run_release (PltCtl  *ctl,
             char   **arguments,
             GError **error)
{
  g_autofree char *number = g_ascii_strup (arguments[0], -1);
  const char *words[] = { number, reason_option };

  return plt_ctl_print_queue_act (ctl, PLT_PRINT_QUEUE_BATCH_RELEASE, words, error);
}

static PltCtlStatus
run_cancel (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  g_autofree char *number = g_ascii_strup (arguments[0], -1);
  const char *words[] = { number, reason_option };

  return plt_ctl_print_queue_act (ctl, PLT_PRINT_QUEUE_BATCH_CANCEL, words, error);
}

const PltCtlCommand plt_ctl_print_batch_new = {
  .name = "print-queue batch new", .arguments = N_("NAME [APPLICATION…]"),
  .summary = N_("Make a print batch, with a sample that is read back before the rest is printed"),
  .n_arguments = 1, .n_optional = PLT_CTL_MAX_NAMED, .signed_in = TRUE, .options = new_options,
  .run = run_new,
};

const PltCtlCommand plt_ctl_print_batch_list = {
  .name = "print-queue batch list", .arguments = "",
  .summary = N_("Say how far each print batch is"),
  .signed_in = TRUE, .run = run_list,
};

const PltCtlCommand plt_ctl_print_batch_release = {
  .name = "print-queue batch release", .arguments = N_("BATCH"),
  .summary = N_("Let the rest of a print batch go, after its sample was read back"),
  .n_arguments = 1, .signed_in = TRUE, .options = reason_options, .run = run_release,
};

const PltCtlCommand plt_ctl_print_batch_cancel = {
  .name = "print-queue batch cancel", .arguments = N_("BATCH"),
  .summary = N_("Put what was not printed of a print batch back into the line"),
  .n_arguments = 1, .signed_in = TRUE, .options = reason_options, .run = run_cancel,
};
