/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decodes, frames, checks and cuts one photograph. */
#include "plt-photo-work.h"

#include "plt-case-photo.h"
#include "plt-picture-encode.h"

void
plt_photo_work_clear (PltPhotoWork *self)
{
  g_clear_object (&self->photo);
  g_clear_pointer (&self->data, g_bytes_unref);
  g_clear_pointer (&self->portrait, g_bytes_unref);
  g_clear_pointer (&self->chip, g_bytes_unref);
  g_clear_error (&self->cut_error);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->sha256, g_free);
  g_clear_pointer (&self->json, g_free);
  g_clear_pointer (&self->bad, g_free);
}

static void
hash_photo (PltPhotoWork *self)
{
  gsize stride;
  g_autoptr (GBytes) pixels = self->portrait != NULL ? g_bytes_ref (self->portrait)
                                                     : plt_photo_get_pixels (self->photo, &stride);

  self->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, pixels);
}

gboolean
plt_photo_work_run (PltPhotoWork  *self,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr (PltPhotoLimits) limits = plt_case_load_photo_limits (error);
  g_autoptr (PltPortraitBudgets) budgets = NULL;
  g_autoptr (GPtrArray) findings = NULL;

  if (limits == NULL)
    return FALSE;
  budgets = plt_case_load_portrait_budgets (error);
  if (budgets == NULL)
    return FALSE;
  if (self->photo == NULL)
    self->photo = plt_photo_load (self->data, self->name, cancellable, error);
  if (self->photo == NULL)
    return FALSE;
  if (!self->has_crop)
    self->crop = plt_photo_suggest_crop (self->photo);
  findings = plt_photo_check (self->photo, &self->crop, limits, self->cover);
  self->json = plt_photo_findings_to_json (findings, limits);
  self->bad = plt_photo_findings_dup_bad (findings);
  self->portrait = plt_photo_cut (self->photo, &self->crop, &budgets->uses[PLT_PORTRAIT_RECORD],
                                  &self->cut_error);
  hash_photo (self);
  if (self->portrait != NULL)
    self->chip = plt_portrait_fit_soon (self->portrait, &budgets->uses[PLT_PORTRAIT_CHIP], NULL);
  return TRUE;
}
