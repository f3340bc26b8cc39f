/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Collects the files of each card of a personalisation package and writes the manifest of them. */
#include "plt-package.h"

#include "plt-card-file.h"
#include "plt-lds-files.h"
#include "plt-package-private.h"
#include "plt-pdf-attached.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

static void
file_free (PltPackageFile *self)
{
  g_free (self->path);
  g_free (self->sha256);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

/**
 * plt_package_job_new:
 * @card: the card's number
 * @serial: of the blank that was reserved for it
 * @layout_digest: (nullable): hex
 *
 * Returns: (transfer full): a job without files
 */
PltPackageJob *
plt_package_job_new (const char *card,
                     const char *serial,
                     const char *layout,
                     int         layout_version,
                     const char *layout_digest)
{
  PltPackageJob *self = g_new0 (PltPackageJob, 1);

  self->card = g_strdup (card);
  self->serial = g_strdup (serial);
  self->layout = g_strdup (layout);
  self->layout_version = layout_version;
  self->layout_digest = g_strdup (layout_digest);
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) file_free);
  return self;
}

void
plt_package_job_free (PltPackageJob *self)
{
  g_free (self->card);
  g_free (self->serial);
  g_free (self->layout);
  g_free (self->layout_digest);
  g_ptr_array_unref (self->files);
  g_free (self);
}

/* Returns: (transfer full) (nullable): where the archive has a file; NULL where there is none such */
char *
plt_package_dup_path (const char         *card,
                      PltPackageFileKind  kind,
                      guint               number)
{
  const PltLdsFileKind *chip = kind == PLT_PACKAGE_CHIP ? plt_lds_file_kind (number) : NULL;

  if (kind == PLT_PACKAGE_CARD_FILE)
    return g_strdup_printf ("%s/card.pdf", card);
  if (kind == PLT_PACKAGE_TRACK && number >= 1 && number <= 3)
    return g_strdup_printf ("%s/stripe/track%u.txt", card, number);
  return chip != NULL ? g_strdup_printf ("%s/chip/%04X.bin", card, chip->identifier) : NULL;
}

/**
 * plt_package_job_add:
 * @number: of a chip's file or a track
 * @bytes: the whole file
 */
void
plt_package_job_add (PltPackageJob      *self,
                     PltPackageFileKind  kind,
                     guint               number,
                     GBytes             *bytes)
{
  PltPackageFile *file = g_new0 (PltPackageFile, 1);

  file->kind = kind;
  file->number = number;
  file->path = plt_package_dup_path (self->card, kind, number);
  file->size = g_bytes_get_size (bytes);
  file->sha256 = plt_card_file_hash (bytes);
  file->bytes = g_bytes_ref (bytes);
  g_ptr_array_add (self->files, file);
}

static GBytes *
find_attached (GPtrArray  *attached,
               const char *name)
{
  for (guint i = 0; attached != NULL && i < attached->len; i++)
    if (g_str_equal (((const PltPdfAttached *) attached->pdata[i])->name, name))
      return ((const PltPdfAttached *) attached->pdata[i])->bytes;
  return NULL;
}

/**
 * plt_package_job_add_card_file:
 * @pdf: the signed card file, as it is kept
 * @error: %PLT_ISO_ERROR_INVALID
 *
 * Adds the card file, and from what is attached to it the files of the chip: so the chip says what the
 * card file says, and the package is the same whenever it is written.
 */
gboolean
plt_package_job_add_card_file (PltPackageJob  *self,
                               GBytes         *pdf,
                               GError        **error)
{
  g_autoptr (GPtrArray) attached = plt_pdf_read_attached (pdf);
  gboolean has_list = FALSE;

  plt_package_job_add (self, PLT_PACKAGE_CARD_FILE, 0, pdf);
  for (guint number = PLT_LDS_COM; number <= PLT_LDS_SOD; number++)
    {
      const PltLdsFileKind *kind = plt_lds_file_kind (number);
      GBytes *bytes = kind != NULL ? find_attached (attached, kind->name) : NULL;

      if (bytes == NULL)
        continue;
      has_list |= number == PLT_LDS_COM;
      plt_package_job_add (self, PLT_PACKAGE_CHIP, number, bytes);
    }
  if (has_list)
    return TRUE;
  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
               _("No package was made of card %s, because its card file has no files for a chip. Draw the card again."),
               self->card);
  return FALSE;
}

/* Keeps their sizes and hashes: a batch is larger than memory. */
void
plt_package_job_forget_bytes (PltPackageJob *self)
{
  for (guint i = 0; i < self->files->len; i++)
    g_clear_pointer (&((PltPackageFile *) self->files->pdata[i])->bytes, g_bytes_unref);
}

/**
 * plt_package_new:
 * @batch: (nullable): number of a batch for @bureau; %NULL: for the office's own printer
 *
 * Returns: (transfer full): a package without cards
 */
PltPackage *
plt_package_new (const char *office,
                 const char *batch,
                 const char *bureau)
{
  PltPackage *self = g_new0 (PltPackage, 1);

  self->office = g_strdup (office);
  self->batch = g_strdup (batch);
  self->bureau = g_strdup (bureau);
  self->jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_package_job_free);
  return self;
}

void
plt_package_free (PltPackage *self)
{
  g_free (self->office);
  g_free (self->batch);
  g_free (self->bureau);
  g_ptr_array_unref (self->jobs);
  g_free (self);
}

/* ---- the manifest ---- */

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *value)
{
  if (value == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_number (JsonBuilder *builder,
            const char  *name,
            gint64       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_hex (JsonBuilder *builder,
         const char  *name,
         int          digits,
         guint        value)
{
  g_autofree char *text = g_strdup_printf ("%0*X", digits, value);

  add_text (builder, name, text);
}

static void
add_file (JsonBuilder          *builder,
          const PltPackageFile *file)
{
  const PltLdsFileKind *chip = file->kind == PLT_PACKAGE_CHIP ? plt_lds_file_kind (file->number) : NULL;

  json_builder_begin_object (builder);
  add_text (builder, "path", file->path);
  add_text (builder, "kind", plt_package_kind_to_nick (file->kind));
  if (chip != NULL)
    {
      g_autofree char *name = file->number == PLT_LDS_COM   ? g_strdup ("EF.COM")
                              : file->number == PLT_LDS_SOD ? g_strdup ("EF.SOD")
                                                            : g_strdup_printf ("EF.DG%u", file->number);

      add_text (builder, "name", name);
      add_hex (builder, "identifier", 4, chip->identifier);
      add_hex (builder, "short_identifier", 2, chip->short_identifier);
      add_hex (builder, "tag", 2, chip->tag);
    }
  if (file->kind == PLT_PACKAGE_TRACK)
    add_number (builder, "track", file->number);
  add_number (builder, "size", (gint64) file->size);
  add_text (builder, "sha256", file->sha256);
  json_builder_end_object (builder);
}

/* A list that says of no stripe at all is that of before. */
static void
add_blanks (JsonBuilder         *builder,
            const PltPackageJob *job)
{
  gboolean is_told = FALSE;

  for (guint i = 0; i < PLT_PACKAGE_N_TRACKS; i++)
    is_told |= job->blanks[i] != NULL;
  if (!is_told)
    return;
  json_builder_set_member_name (builder, "blank_tracks");
  json_builder_begin_array (builder);
  for (guint i = 0; i < PLT_PACKAGE_N_TRACKS; i++)
    {
      if (job->blanks[i] == NULL)
        continue;
      json_builder_begin_object (builder);
      add_number (builder, "track", i + 1);
      add_text (builder, "reason", job->blanks[i]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_job (JsonBuilder         *builder,
         const PltPackageJob *job)
{
  json_builder_begin_object (builder);
  add_text (builder, "card", job->card);
  add_text (builder, "serial", job->serial);
  json_builder_set_member_name (builder, "layout");
  json_builder_begin_object (builder);
  add_text (builder, "id", job->layout);
  add_number (builder, "version", job->layout_version);
  add_text (builder, "digest", job->layout_digest);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "files");
  json_builder_begin_array (builder);
  for (guint i = 0; i < job->files->len; i++)
    add_file (builder, job->files->pdata[i]);
  json_builder_end_array (builder);
  add_blanks (builder, job);
  json_builder_end_object (builder);
}

/* Returns: (transfer full): the same of the same cards */
char *
plt_package_to_json (const PltPackage *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  add_text (builder, "format", PLT_PACKAGE_FORMAT);
  add_number (builder, "version", 1);
  add_text (builder, "office", self->office);
  add_text (builder, "batch", self->batch);
  add_text (builder, "bureau", self->bureau);
  json_builder_set_member_name (builder, "specimen");
  json_builder_add_boolean_value (builder, self->specimen);
  json_builder_set_member_name (builder, "jobs");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->jobs->len; i++)
    add_job (builder, self->jobs->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_indent (generator, 1);
  return json_generator_to_data (generator, NULL);
}
