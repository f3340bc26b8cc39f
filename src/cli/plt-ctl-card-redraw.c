/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl card redraw: draws an old card again and compares it by hash. */
#include "plt-ctl.h"
#include "plt-redraw.h"

#include <glib/gi18n-lib.h>

static char *layouts_option = NULL;
static char *output_option = NULL;

static const GOptionEntry redraw_options[] = {
  { "layouts", 0, 0, G_OPTION_ARG_FILENAME, &layouts_option,
    N_("Where the layouts of then are kept, as “layout keep” wrote them"), N_("FOLDER") },
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output_option,
    N_("Where the new drawing goes, a PDF; - is standard output"), N_("FILE") },
  G_OPTION_ENTRY_NULL
};

static void
add_pair (JsonBuilder *builder,
          const char  *name,
          const char  *kept,
          const char  *now)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  plt_ctl_add_string (builder, "kept", kept);
  plt_ctl_add_string (builder, "now", now);
  json_builder_set_member_name (builder, "same");
  json_builder_add_boolean_value (builder, g_strcmp0 (kept, now) == 0);
  json_builder_end_object (builder);
}

/* Where hashes differ because the program draws by other bytes now, that is said and not left to be
 * guessed. */
static void
add_renderer (JsonBuilder     *builder,
              const PltRedraw *redraw)
{
  gboolean is_same = redraw->kept_renderer == redraw->renderer;
  g_autofree char *note = NULL;

  json_builder_set_member_name (builder, "renderer");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "kept");
  json_builder_add_int_value (builder, redraw->kept_renderer);
  json_builder_set_member_name (builder, "now");
  json_builder_add_int_value (builder, redraw->renderer);
  json_builder_set_member_name (builder, "same");
  json_builder_add_boolean_value (builder, is_same);
  json_builder_end_object (builder);
  if (is_same || plt_redraw_is_same (redraw))
    return;
  /* Translators: %d are numbers of versions of that part of the program which draws cards. */
  note = g_strdup_printf (_("The card was drawn by version %d of the renderer, and this program has version %d: it "
                            "draws the same picture in other bytes, so other hashes say nothing against the card. "
                            "Redraw it with the program of then, or verify its kept file by its signature."),
                          redraw->kept_renderer, redraw->renderer);
  plt_ctl_add_string (builder, "note", note);
}

static void
print_redraw (PltCtl          *ctl,
              const PltRedraw *redraw)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  plt_ctl_add_string (builder, "card", redraw->card);
  plt_ctl_add_string (builder, "layout", redraw->layout);
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, redraw->version);
  json_builder_set_member_name (builder, "same");
  json_builder_add_boolean_value (builder, plt_redraw_is_same (redraw));
  add_pair (builder, "front", redraw->kept_front, redraw->front);
  add_pair (builder, "back", redraw->kept_back, redraw->back);
  add_pair (builder, "digest", redraw->kept_digest, redraw->digest);
  add_renderer (builder, redraw);
  json_builder_end_object (builder);
  node = plt_ctl_finish (builder);
  plt_ctl_print (ctl, node);
}

static PltCtlStatus
run_redraw (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PltRedraw) redraw = NULL;

  plt_redraw_async (ctl->office, arguments[0], layouts_option, 0, NULL, plt_ctl_ready_cb, &result);
  redraw = plt_redraw_finish (plt_ctl_await (&result), error);
  if (redraw == NULL
      || (output_option != NULL && !plt_ctl_write_file (output_option, redraw->pdf, error)))
    return PLT_CTL_REFUSED;
  if (g_strcmp0 (output_option, "-") != 0)
    print_redraw (ctl, redraw);
  return plt_redraw_is_same (redraw) ? PLT_CTL_DONE : PLT_CTL_REFUSED;
}

const PltCtlCommand plt_ctl_card_redraw = {
  .name = "card redraw", .arguments = N_("CARD"),
  .summary = N_("Draw an old card again and compare it with what was printed, by hash"),
  .n_arguments = 1, .signed_in = TRUE, .options = redraw_options, .run = run_redraw,
};

const PltCtlCommand plt_ctl_card_prove = {
  .name = "card prove", .arguments = N_("CARD"),
  .summary = N_("Draw an old card again and compare it with what was printed, by hash"),
  .n_arguments = 1, .signed_in = TRUE, .options = redraw_options, .run = run_redraw,
};
