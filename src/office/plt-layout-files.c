/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists, checks, draws and proves the layout files of this desk. */
#include "config.h"

#include "plt-layout-files.h"

#include "plt-card-parts.h"
#include "plt-card-proof.h"
#include "plt-card-renderer.h"
#include "plt-card-sample.h"
#include "plt-layout-check.h"
#include "plt-layout-keep.h"
#include "plt-layout-samples.h"
#include "plt-layout-shelf.h"
#include "plt-office-error-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LAYOUT_FILE "layout.json"

static void
file_free (PltLayoutFile *self)
{
  g_free (self->id);
  g_free (self->title);
  g_free (self->valid_from);
  g_free (self->valid_to);
  g_free (self->digest);
  g_free (self->file);
  g_free (self->problem);
  g_free (self);
}

static void
remark_free (PltLayoutRemark *self)
{
  g_free (self->record);
  g_free (self->element);
  g_free (self->what);
  g_free (self);
}

static char *
dup_day (const GDate *date)
{
  return date != NULL ? g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (date),
                                         g_date_get_month (date), g_date_get_day (date))
                      : NULL;
}

static PltLayoutFile *
describe (const PltLayoutShelfItem *item)
{
  PltLayoutFile *file = g_new0 (PltLayoutFile, 1);

  file->id = g_strdup (item->id);
  file->version = item->version;
  file->file = g_strdup (item->path);
  if (item->layout == NULL)
    {
      file->problem = g_strdup (item->error->message);
      return file;
    }
  file->title = g_strdup (plt_layout_get_title (item->layout));
  file->n_pages = plt_layout_get_n_pages (item->layout);
  file->valid_from = dup_day (plt_layout_get_valid_from (item->layout));
  file->valid_to = dup_day (plt_layout_get_valid_to (item->layout));
  file->digest = g_strdup (plt_layout_get_digest (item->layout));
  return file;
}

static PltLayoutShelf *
make_shelf (PltOfficeConfig *config)
{
  g_auto (GStrv) folders = plt_office_config_dup_layout_folders (config);

  return plt_layout_shelf_new ((const char *const *) folders);
}

/* Returns: (element-type PltLayoutFile) (transfer full): sorted by id and version. */
GPtrArray *
plt_layout_files_list (PltOfficeConfig *config)
{
  g_autoptr (PltLayoutShelf) shelf = make_shelf (config);
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) file_free);

  for (guint i = 0; i < plt_layout_shelf_get_n_items (shelf); i++)
    g_ptr_array_add (files, describe (plt_layout_shelf_get_item (shelf, i)));
  return files;
}

/* NULL where @layout is the id of one; so it is too where a folder of that name lies about and has no
 * layout in it. */
static char *
find_path (const char *layout)
{
  g_autofree char *inside = g_build_filename (layout, LAYOUT_FILE, NULL);

  if (g_file_test (layout, G_FILE_TEST_IS_DIR)
      && (strchr (layout, '/') != NULL || g_file_test (inside, G_FILE_TEST_EXISTS)))
    return g_steal_pointer (&inside);
  return strchr (layout, '/') != NULL || g_str_has_suffix (layout, ".json") ? g_strdup (layout)
                                                                           : NULL;
}

static PltLayout *
find_layout (PltOfficeConfig  *config,
             const char       *layout,
             int               version,
             GError          **error)
{
  g_autofree char *path = find_path (layout);
  g_autoptr (PltLayoutShelf) shelf = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  GDate today;

  if (path != NULL)
    return plt_layout_new_from_file (path, error);
  shelf = make_shelf (config);
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, (GDateDay) g_date_time_get_day_of_month (now),
                  (GDateMonth) g_date_time_get_month (now), (GDateYear) g_date_time_get_year (now));
  return plt_layout_shelf_find (shelf, layout, version, version == 0 ? &today : NULL, error);
}

static GPtrArray *
read_samples (PltOfficeConfig  *config,
              GError          **error)
{
  g_auto (GStrv) folders = plt_office_config_dup_layout_folders (config);

  return plt_layout_samples_read ((const char *const *) folders, error);
}

/* With the records that there are; without any, with none. */
static GPtrArray *
check_file (PltOfficeConfig  *config,
            const char       *path,
            GPtrArray       **remarks)
{
  GPtrArray *faults = plt_layout_check_file (path, remarks);
  g_autoptr (GPtrArray) samples = faults->len == 0 ? read_samples (config, NULL) : NULL;

  if (samples != NULL)
    plt_layout_check_records (path, samples, faults, *remarks);
  return faults;
}

/* Every version of @layout on the shelf; a layout may be faulty and still be known by its folder. */
static gboolean
check_shelf (PltOfficeConfig *config,
             const char      *layout,
             GPtrArray       *faults,
             GPtrArray       *remarks)
{
  g_autoptr (PltLayoutShelf) shelf = make_shelf (config);
  gboolean found = FALSE;

  for (guint i = 0; i < plt_layout_shelf_get_n_items (shelf); i++)
    {
      const PltLayoutShelfItem *item = plt_layout_shelf_get_item (shelf, i);
      g_autoptr (GPtrArray) more = NULL, more_remarks = NULL;

      if (layout != NULL && !g_str_equal (item->id, layout))
        continue;
      found = TRUE;
      more = check_file (config, item->path, &more_remarks);
      /* A fault of the place, such as the folder of another id, is seen by the shelf alone. */
      if (more->len == 0 && item->error != NULL)
        g_ptr_array_add (faults, g_strdup (item->error->message));
      g_ptr_array_extend_and_steal (faults, g_steal_pointer (&more));
      g_ptr_array_extend_and_steal (remarks, g_steal_pointer (&more_remarks));
    }
  return found;
}

/**
 * plt_layout_files_check:
 * @layout: (nullable): %NULL for all that there are
 * @remarks: (out) (element-type utf8) (transfer full): what may be wanted so
 *
 * Returns: (element-type utf8) (transfer full) (nullable): a sentence for each fault, with file,
 * line and element; %NULL with an error where there is no such layout
 */
GPtrArray *
plt_layout_files_check (PltOfficeConfig  *config,
                        const char       *layout,
                        GPtrArray       **remarks,
                        GError          **error)
{
  g_autofree char *path = layout != NULL ? find_path (layout) : NULL;
  g_autoptr (GPtrArray) faults = NULL, notes = NULL;

  if (path != NULL)
    return check_file (config, path, remarks);
  faults = g_ptr_array_new_with_free_func (g_free);
  notes = g_ptr_array_new_with_free_func (g_free);
  if (!check_shelf (config, layout, faults, notes))
    {
      g_propagate_error (error, plt_office_error_new (PLT_OFFICE_ERROR_NOT_FOUND, NULL,
                                                      _("There is no layout “%s” on this computer."
                                                        " “platenctl layout list” names them."),
                                                      layout != NULL ? layout : ""));
      return NULL;
    }
  *remarks = g_steal_pointer (&notes);
  return g_steal_pointer (&faults);
}

/* The one that is called @sample, else the only one whose name begins so. Sets the error. */
static PltCardSample *
find_sample (GPtrArray   *samples,
             const char  *sample,
             GError     **error)
{
  PltCardSample *found = NULL;
  guint n_found = 0;

  for (guint i = 0; i < samples->len; i++)
    {
      const char *id = plt_card_sample_get_id (samples->pdata[i]);

      if (g_str_equal (id, sample))
        return samples->pdata[i];
      if (!g_str_has_prefix (id, sample))
        continue;
      found = samples->pdata[i];
      n_found++;
    }
  if (n_found == 1)
    return found;
  g_propagate_error (error, plt_office_error_new (PLT_OFFICE_ERROR_NOT_FOUND, NULL,
                                                  n_found > 1
                                                  ? _("Several records to try layouts on begin with"
                                                      " “%s”. Give the whole name of one; the folder"
                                                      " “proof” beside the layouts holds them.")
                                                  : _("There is no record “%s” to try layouts on."
                                                      " The folder “proof” beside the layouts holds"
                                                      " them."), sample));
  return NULL;
}

/**
 * plt_layout_files_dup_sample:
 * @sample: the name of a record of the folder “proof”, its beginning if no other has it, or the
 *   path of its file
 *
 * Returns: (transfer full) (nullable)
 */
PltCardInputs *
plt_layout_files_dup_sample (PltOfficeConfig  *config,
                             const char       *sample,
                             GError          **error)
{
  g_autofree char *path = find_path (sample);
  g_autoptr (PltCardSample) one = NULL;
  g_autoptr (GPtrArray) samples = NULL;
  PltCardSample *found;

  if (path != NULL)
    {
      one = plt_card_sample_new_from_file (path, error);
      return one != NULL ? plt_card_inputs_ref (plt_card_sample_get_inputs (one)) : NULL;
    }
  samples = read_samples (config, error);
  found = samples != NULL ? find_sample (samples, sample, error) : NULL;
  return found != NULL ? plt_card_inputs_ref (plt_card_sample_get_inputs (found)) : NULL;
}

void
plt_layout_files_free_sample (PltCardInputs *sample)
{
  plt_card_inputs_unref (sample);
}

/* @page from 1. Returns: (transfer full) (nullable): a PNG. */
GBytes *
plt_layout_files_draw_page (PltOfficeConfig  *config,
                            const char       *layout,
                            int               version,
                            PltCardInputs    *inputs,
                            guint             page,
                            int               dpi,
                            GError          **error)
{
  g_autoptr (PltLayout) found = find_layout (config, layout, version, error);

  if (found == NULL)
    return NULL;
  if (page >= 1 && page <= plt_layout_get_n_pages (found))
    return plt_card_render_png (found, inputs, page - 1, dpi, error);
  g_propagate_error (error, plt_office_error_new (PLT_OFFICE_ERROR_INVALID, NULL,
                                                  _("Page %u was not drawn, because the layout “%s”"
                                                    " has %u. Ask for one of these."),
                                                  page, plt_layout_get_id (found),
                                                  plt_layout_get_n_pages (found)));
  return NULL;
}

/* Returns: (transfer full) (nullable): all pages. */
GBytes *
plt_layout_files_draw_pdf (PltOfficeConfig  *config,
                           const char       *layout,
                           int               version,
                           PltCardInputs    *inputs,
                           GError          **error)
{
  g_autoptr (PltLayout) found = find_layout (config, layout, version, error);

  return found != NULL ? plt_card_render_pdf (found, inputs, error) : NULL;
}

char *
plt_layout_files_keep (PltOfficeConfig  *config,
                       const char       *layout,
                       int               version,
                       const char       *folder,
                       GError          **error)
{
  g_autoptr (PltLayout) found = find_layout (config, layout, version, error);

  return found != NULL ? plt_layout_keep (found, folder, error) : NULL;
}

static void
collect_remarks (PltLayout     *layout,
                 PltCardSample *sample,
                 guint          page,
                 GPtrArray     *remarks)
{
  g_autoptr (GPtrArray) parts
      = plt_card_list_parts (layout, plt_card_sample_get_inputs (sample), page);

  for (guint i = 0; i < parts->len; i++)
    {
      const PltCardPart *part = parts->pdata[i];
      char *what = plt_card_part_describe (part);
      PltLayoutRemark *remark;

      if (what == NULL)
        continue;
      remark = g_new0 (PltLayoutRemark, 1);
      remark->record = g_strdup (plt_card_sample_get_id (sample));
      remark->page = page + 1;
      remark->element = g_strdup (part->name);
      remark->what = what;
      remark->refused = part->error != NULL;
      g_ptr_array_add (remarks, remark);
    }
}

/**
 * plt_layout_files_prove:
 * @remarks: (out) (element-type PltLayoutRemark) (transfer full): every overflow, shortening and
 *   missing letter, as the sheet has them too
 *
 * Returns: (transfer full) (nullable): the proof sheet, one PDF
 */
GBytes *
plt_layout_files_prove (PltOfficeConfig  *config,
                        const char       *layout,
                        int               version,
                        GPtrArray       **remarks,
                        GError          **error)
{
  g_autoptr (PltLayout) found = find_layout (config, layout, version, error);
  g_autoptr (GPtrArray) samples = found != NULL ? read_samples (config, error) : NULL;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) remark_free);
  GBytes *sheet;

  if (samples == NULL)
    return NULL;
  sheet = plt_card_proof_sheet (found, samples, error);
  if (sheet == NULL)
    return NULL;
  for (guint i = 0; i < samples->len; i++)
    for (guint page = 0; page < plt_layout_get_n_pages (found); page++)
      collect_remarks (found, samples->pdata[i], page, list);
  *remarks = g_steal_pointer (&list);
  return sheet;
}
