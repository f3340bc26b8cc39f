/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl layout list, check, render and proof: the layout files of this desk, tried without a
 * database; only the card of an application needs one. */
#include "plt-ctl.h"
#include "plt-layout-files.h"
#include "plt-office.h"
#include "plt-preview.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DEFAULT_DPI 300
#define DEFAULT_RECORD "01"
#define NOT_GIVEN G_MININT

static char *output_option = NULL;
static char *record_option = NULL;
static char *application_option = NULL;
static int version_option = NOT_GIVEN;
static int page_option = NOT_GIVEN;
static int dpi_option = 0;

static const GOptionEntry render_options[] = {
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output_option,
    N_("Where to: a PNG of one page or, where the name ends in .pdf, all of them"), N_("FILE") },
  { "page", 0, 0, G_OPTION_ARG_INT, &page_option, N_("Which page, from 1"), N_("N") },
  { "dpi", 0, 0, G_OPTION_ARG_INT, &dpi_option, N_("Dots per inch, 72 to 1200"), N_("N") },
  { "record", 0, 0, G_OPTION_ARG_STRING, &record_option,
    N_("The fictitious record to draw it for, or its file"), N_("NAME") },
  { "application", 0, 0, G_OPTION_ARG_STRING, &application_option,
    N_("The application to draw it for; needs a session"), N_("APP") },
  { "layout-version", 0, 0, G_OPTION_ARG_INT, &version_option,
    N_("Which version; else the newest that may be used today"), N_("N") },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry proof_options[] = {
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output_option, N_("Where the sheet goes, a PDF"),
    N_("FILE") },
  { "layout-version", 0, 0, G_OPTION_ARG_INT, &version_option,
    N_("Which version; else the newest that may be used today"), N_("N") },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry keep_options[] = {
  { "layout-version", 0, 0, G_OPTION_ARG_INT, &version_option,
    N_("Which version; else the newest that may be used today"), N_("N") },
  G_OPTION_ENTRY_NULL
};

static void
print (PltCtl      *ctl,
       JsonBuilder *builder)
{
  g_autoptr (JsonNode) node = plt_ctl_finish (builder);

  plt_ctl_print (ctl, node);
}

static void
add_number (JsonBuilder *builder,
            const char  *name,
            gint64       number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, number);
}

static void
add_file (JsonBuilder         *builder,
          const PltLayoutFile *file)
{
  json_builder_begin_object (builder);
  plt_ctl_add_string (builder, "layout", file->id);
  add_number (builder, "version", file->version);
  plt_ctl_add_string (builder, "title", file->title);
  add_number (builder, "pages", file->n_pages);
  plt_ctl_add_string (builder, "valid_from", file->valid_from);
  plt_ctl_add_string (builder, "valid_to", file->valid_to);
  plt_ctl_add_string (builder, "problem", file->problem);
  plt_ctl_add_string (builder, "file", file->file);
  plt_ctl_add_string (builder, "digest", file->digest);
  json_builder_end_object (builder);
}

static PltCtlStatus
run_list (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  g_autoptr (GPtrArray) files = plt_layout_files_list (plt_office_get_config (ctl->office));
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < files->len; i++)
    add_file (builder, files->pdata[i]);
  json_builder_end_array (builder);
  print (ctl, builder);
  return PLT_CTL_DONE;
}

static void
add_sentences (JsonBuilder *builder,
               GPtrArray   *sentences,
               const char  *kind)
{
  for (guint i = 0; i < sentences->len; i++)
    {
      json_builder_begin_object (builder);
      plt_ctl_add_string (builder, "kind", kind);
      plt_ctl_add_string (builder, "text", sentences->pdata[i]);
      json_builder_end_object (builder);
    }
}

/* Remarks are told and are no failure: what stands near the edge may be wanted there. */
static PltCtlStatus
run_check (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  g_autoptr (GPtrArray) faults = NULL, remarks = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  faults = plt_layout_files_check (plt_office_get_config (ctl->office), arguments[0], &remarks, error);
  if (faults == NULL)
    return PLT_CTL_REFUSED;
  json_builder_begin_array (builder);
  add_sentences (builder, faults, "fault");
  add_sentences (builder, remarks, "remark");
  json_builder_end_array (builder);
  print (ctl, builder);
  return faults->len == 0 ? PLT_CTL_DONE : PLT_CTL_REFUSED;
}

static void
print_written (PltCtl *ctl,
               GBytes *bytes)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *shown = g_filename_display_name (output_option);
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

  if (g_strcmp0 (output_option, "-") == 0)
    return;
  json_builder_begin_object (builder);
  plt_ctl_add_string (builder, "file", shown);
  add_number (builder, "bytes", (gint64) g_bytes_get_size (bytes));
  plt_ctl_add_string (builder, "sha256", hash);
  json_builder_end_object (builder);
  print (ctl, builder);
}

/* @ending in small letters, with its dot. */
static gboolean
ends_in (const char *path,
         const char *ending)
{
  gsize length = strlen (path), n = strlen (ending);

  return length >= n && g_ascii_strcasecmp (path + length - n, ending) == 0;
}

static gboolean
is_pdf (void)
{
  return output_option != NULL && ends_in (output_option, ".pdf");
}

/* A name without an ending is that of a PNG; another ending would say what is not in it. */
static gboolean
is_known_kind (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  return strchr (name, '.') == NULL || ends_in (name, ".png") || ends_in (name, ".pdf");
}

static gboolean
check_version (GError **error)
{
  return version_option == NOT_GIVEN || version_option >= 1
         || plt_ctl_usage_error (error, _("--page and --layout-version count from 1."));
}

static gboolean
check_render_options (GError **error)
{
  if (output_option == NULL)
    return plt_ctl_usage_error (error, _("--output says where the picture goes."));
  if (record_option != NULL && application_option != NULL)
    return plt_ctl_usage_error (error, _("There may be --record or --application, not both."));
  if (!is_known_kind (output_option))
    return plt_ctl_usage_error (error, _("A PNG or a PDF can be written: the name must end in .png or .pdf."));
  if (is_pdf () && (page_option != NOT_GIVEN || dpi_option != 0))
    return plt_ctl_usage_error (error, _("A PDF has all pages and no dots: leave out --page and --dpi."));
  if (page_option != NOT_GIVEN && page_option < 1)
    return plt_ctl_usage_error (error, _("--page and --layout-version count from 1."));
  if (dpi_option != 0 && (dpi_option < 72 || dpi_option > 1200))
    return plt_ctl_usage_error (error, _("--dpi must be from 72 to 1200."));
  return check_version (error);
}

/* Of an application: as its card would be. */
static PltPreview *
read_application (PltCtl  *ctl,
                  GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (!plt_ctl_sign_in (ctl, ctl->totp_fd, error))
    return NULL;
  plt_production_preview_async (ctl->office, application_option, 0, NULL, plt_ctl_ready_cb, &result);
  return plt_production_preview_finish (plt_ctl_await (&result), error);
}

static GBytes *
draw (PltCtl         *ctl,
      const char     *layout,
      PltCardInputs  *inputs,
      GError        **error)
{
  PltOfficeConfig *config = plt_office_get_config (ctl->office);

  if (is_pdf ())
    return plt_layout_files_draw_pdf (config, layout, MAX (version_option, 0), inputs, error);
  return plt_layout_files_draw_page (config, layout, MAX (version_option, 0), inputs,
                                     (guint) MAX (page_option, 1),
                                     dpi_option != 0 ? dpi_option : DEFAULT_DPI, error);
}

static GBytes *
draw_record (PltCtl      *ctl,
             const char  *layout,
             GError     **error)
{
  g_autoptr (PltPreview) preview = NULL;
  PltCardInputs *sample;
  GBytes *picture;

  if (application_option != NULL)
    {
      preview = read_application (ctl, error);
      return preview != NULL ? draw (ctl, layout, plt_preview_get_inputs (preview), error) : NULL;
    }
  sample = plt_layout_files_dup_sample (plt_office_get_config (ctl->office),
                                        record_option != NULL ? record_option : DEFAULT_RECORD,
                                        error);
  if (sample == NULL)
    return NULL;
  picture = draw (ctl, layout, sample, error);
  plt_layout_files_free_sample (sample);
  return picture;
}

static PltCtlStatus
run_render (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  g_autoptr (GBytes) picture = NULL;

  if (!check_render_options (error))
    return PLT_CTL_USAGE;
  picture = draw_record (ctl, arguments[0], error);
  if (picture == NULL || !plt_ctl_write_file (output_option, picture, error))
    return PLT_CTL_REFUSED;
  print_written (ctl, picture);
  return PLT_CTL_DONE;
}

static void
print_remarks (PltCtl    *ctl,
               GPtrArray *remarks)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < remarks->len; i++)
    {
      const PltLayoutRemark *remark = remarks->pdata[i];

      json_builder_begin_object (builder);
      plt_ctl_add_string (builder, "kind", remark->refused ? "refused" : "fitted");
      plt_ctl_add_string (builder, "record", remark->record);
      add_number (builder, "page", remark->page);
      plt_ctl_add_string (builder, "element", remark->element);
      plt_ctl_add_string (builder, "text", remark->what);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  print (ctl, builder);
}

static PltCtlStatus
run_proof (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  g_autoptr (GPtrArray) remarks = NULL;
  g_autoptr (GBytes) sheet = NULL;

  if (output_option == NULL)
    {
      plt_ctl_usage_error (error, _("--output says where the proof sheet goes."));
      return PLT_CTL_USAGE;
    }
  if (!check_version (error))
    return PLT_CTL_USAGE;
  sheet = plt_layout_files_prove (plt_office_get_config (ctl->office), arguments[0],
                                  MAX (version_option, 0), &remarks, error);
  if (sheet == NULL || !plt_ctl_write_file (output_option, sheet, error))
    return PLT_CTL_REFUSED;
  print_remarks (ctl, remarks);
  return PLT_CTL_DONE;
}

/* Also a version that may not be used today, where it is named. */
static PltCtlStatus
run_keep (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *kept = NULL;

  if (!check_version (error))
    return PLT_CTL_USAGE;
  kept = plt_layout_files_keep (plt_office_get_config (ctl->office), arguments[0],
                                MAX (version_option, 0), arguments[1], error);
  if (kept == NULL)
    return PLT_CTL_REFUSED;
  json_builder_begin_object (builder);
  plt_ctl_add_string (builder, "file", kept);
  json_builder_end_object (builder);
  print (ctl, builder);
  return PLT_CTL_DONE;
}

const PltCtlCommand plt_ctl_layout_list = {
  .name = "layout list", .arguments = "",
  .summary = N_("List the layouts of this computer"),
  .run = run_list,
};

const PltCtlCommand plt_ctl_layout_check = {
  .name = "layout check", .arguments = N_("[LAYOUT]"),
  .summary = N_("Tell every fault of a layout’s files, or of all layouts"),
  .n_optional = 1, .run = run_check,
};

const PltCtlCommand plt_ctl_layout_render = {
  .name = "layout render", .arguments = N_("LAYOUT"),
  .summary = N_("Draw a page of a layout, or all, for a record"),
  .n_arguments = 1, .options = render_options, .run = run_render,
};

const PltCtlCommand plt_ctl_layout_keep = {
  .name = "layout keep", .arguments = N_("LAYOUT FOLDER"),
  .summary = N_("Keep a layout with its fonts, to draw its cards again one day"),
  .n_arguments = 2, .options = keep_options, .run = run_keep,
};

const PltCtlCommand plt_ctl_layout_proof = {
  .name = "layout proof", .arguments = N_("LAYOUT"),
  .summary = N_("Draw a layout for the hardest records, and list what did not fit"),
  .n_arguments = 1, .options = proof_options, .run = run_proof,
};
