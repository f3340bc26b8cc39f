/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checks and fits photographs that belong to no application. */
#include "plt-photo-file.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <math.h>

#include "plt-case-photo.h"
#include "plt-office-error-private.h"
#include "plt-photo-work.h"
#include "plt-picture-encode.h"

#define SAME_RATIO 0.02

static const char * const verdicts[] = { "good", "doubtful", "bad" };

static gboolean
fail (GError **error,
      GError  *local_error)
{
  if (local_error->domain == PLT_OFFICE_ERROR)
    g_propagate_error (error, local_error);
  else
    {
      g_propagate_error (error, plt_office_error_new (PLT_OFFICE_ERROR_INVALID, NULL, "%s",
                                                      local_error->message));
      g_error_free (local_error);
    }
  return FALSE;
}

static void
add_text (JsonBuilder *builder,
          const char  *member,
          const char  *text)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, text);
}

static void
add_finding (JsonBuilder           *builder,
             const PltPhotoFinding *finding)
{
  json_builder_begin_object (builder);
  add_text (builder, "check", plt_photo_check_get_nick (finding->check));
  add_text (builder, "verdict", verdicts[finding->verdict]);
  json_builder_set_member_name (builder, "measured");
  if (isnan (finding->value))
    json_builder_add_null_value (builder);
  else
    json_builder_add_double_value (builder, round (finding->value * 100) / 100);
  add_text (builder, "text", finding->text);
  if (finding->cure != NULL)
    add_text (builder, "cure", finding->cure);
  json_builder_end_object (builder);
}

static char *
describe (PltPhotoWork         *work,
          const PltPhotoLimits *limits)
{
  g_autoptr (GPtrArray) findings = plt_photo_check (work->photo, &work->crop, limits, work->cover);
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  add_text (builder, "file", work->name);
  add_text (builder, "verdict", verdicts[plt_photo_findings_get_verdict (findings)]);
  json_builder_set_member_name (builder, "covered");
  json_builder_add_boolean_value (builder, work->cover != PLT_PHOTO_COVER_NONE);
  json_builder_set_member_name (builder, "bytes");
  if (work->portrait != NULL)
    json_builder_add_int_value (builder, (gint64) g_bytes_get_size (work->portrait));
  else
    json_builder_add_null_value (builder);
  if (work->portrait == NULL)
    add_text (builder, "cure", work->cut_error->message);
  json_builder_set_member_name (builder, "checks");
  json_builder_begin_array (builder);
  for (guint i = 0; i < findings->len; i++)
    add_finding (builder, findings->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

char *
plt_photo_file_check (GBytes      *data,
                      const char  *name,
                      gboolean     is_covered,
                      GError     **error)
{
  PltPhotoWork work = { .data = g_bytes_ref (data), .name = g_strdup (name),
                        .cover = is_covered ? PLT_PHOTO_COVER_ALLOWED : PLT_PHOTO_COVER_NONE };
  g_autoptr (PltPhotoLimits) limits = plt_case_load_photo_limits (error);
  GError *local_error = NULL;
  char *json = NULL;

  if (limits != NULL && plt_photo_work_run (&work, NULL, &local_error))
    json = describe (&work, limits);
  else if (local_error != NULL)
    fail (error, local_error);
  plt_photo_work_clear (&work);
  return json;
}

/* What would be stored of it; as it is where it is a portrait already. */
static GBytes *
make_portrait (GBytes      *data,
               const char  *name,
               GError     **error)
{
  g_autoptr (PltPhoto) photo = plt_photo_load (data, name, NULL, error);
  PltPhotoCrop crop;
  double ratio;

  if (photo == NULL)
    return NULL;
  ratio = (double) plt_photo_get_width (photo) / plt_photo_get_height (photo);
  if (fabs (ratio / PLT_PHOTO_RATIO - 1) < SAME_RATIO)
    return g_bytes_ref (data);
  crop = plt_photo_suggest_crop (photo);
  return plt_photo_cut (photo, &crop, NULL, error);
}

GBytes *
plt_photo_file_fit (GBytes      *data,
                    const char  *name,
                    const char  *use,
                    gint64       max_bytes,
                    int          max_width,
                    int         *quality,
                    GError     **error)
{
  g_autoptr (PltPortraitBudgets) budgets = plt_case_load_portrait_budgets (error);
  g_autoptr (GBytes) portrait = NULL;
  PltPortraitBudget budget;
  PltPortraitUse wanted;
  GError *local_error = NULL;
  GBytes *jpeg = NULL;

  if (budgets == NULL)
    return NULL;
  if (!plt_portrait_use_from_nick (use, &wanted))
    {
      g_propagate_error (error, plt_office_error_new (PLT_OFFICE_ERROR_INVALID, NULL,
                                                      _("“%s” is no use of a portrait: it is record, card, mobile, "
                                                        "chip or barcode."), use));
      return NULL;
    }
  budget = budgets->uses[wanted];
  if (max_bytes > 0)
    budget.max_bytes = (gsize) max_bytes;
  if (max_width > 0)
    budget.max_width = max_width;
  portrait = make_portrait (data, name, &local_error);
  if (portrait != NULL)
    jpeg = plt_portrait_fit (portrait, &budget, quality, &local_error);
  if (jpeg == NULL)
    fail (error, local_error);
  return jpeg;
}
