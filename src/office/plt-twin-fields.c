/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-twin-fields.h"

#include "plt-verify-compare.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *nick;
  const char *title;
} carriers[PLT_N_TWIN_CARRIERS] = {
  { "card_file", N_("Card file") },
  { "read_back", N_("Read back from the plastic") },
  { "chip", N_("Chip") },
  { "mdl", N_("Mobile licence") },
  { "qr", N_("QR code") },
  { "pdf417", "PDF417" },
  { "mrz", N_("Machine-readable zone") },
};

static char *
dup_member (JsonObject *object,
            const char *name)
{
  return object != NULL ? g_strdup (json_object_get_string_member_with_default (object, name, NULL))
                        : NULL;
}

/* In the text form of plt-category.h. */
static char *
dup_categories (JsonObject *inputs)
{
  JsonArray *array = json_object_has_member (inputs, "categories")
                       ? json_object_get_array_member (inputs, "categories")
                       : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *entry = json_array_get_object_element (array, i);
      static const char *const names[] = { "code", "from", "to", "restrictions" };

      for (gsize j = 0; j < G_N_ELEMENTS (names); j++)
        g_string_append_printf (text, "%s%s", j > 0 ? ";" : i > 0 ? "|" : "",
                                json_object_get_string_member_with_default (entry, names[j], ""));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

PltStoreKnownCard *
plt_twin_fields_read_record (JsonObject *inputs)
{
  JsonObject *values = json_object_has_member (inputs, "values")
                         ? json_object_get_object_member (inputs, "values")
                         : NULL;
  PltStoreKnownCard *record = g_new0 (PltStoreKnownCard, 1);
  const struct { char **place; const char *name; } texts[] = {
    { &record->family_name, "family_name" }, { &record->given_names, "given_names" },
    { &record->birth_date, "birth_date" }, { &record->birth_place, "birth_place" }, { &record->sex, "sex" },
    { &record->nationality, "nationality" }, { &record->address, "address" },
    { &record->licence_number, "licence_number" }, { &record->card_number, "document_discriminator" },
    { &record->issue_date, "issue_date" }, { &record->expiry_date, "expiry_date" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i].place = dup_member (values, texts[i].name);
  record->categories = dup_categories (inputs);
  record->portrait_sha256 = dup_member (inputs, "portrait_sha256");
  return record;
}

/* Lines of categories stand in one cell of a table. */
static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *text)
{
  g_autofree char *line = text != NULL ? g_strdelimit (g_strdup (text), "\n", ',') : NULL;

  json_builder_set_member_name (builder, name);
  if (line != NULL)
    json_builder_add_string_value (builder, line);
  else
    json_builder_add_null_value (builder);
}

const char *
plt_twin_carrier_get_title (PltTwinCarrier carrier)
{
  g_return_val_if_fail (carrier < PLT_N_TWIN_CARRIERS, NULL);

  return _(carriers[carrier].title);
}

/* ---- the comparison ---- */

static void
field_free (PltTwinField *self)
{
  g_free (self->title);
  g_free (self->recorded);
  for (guint i = 0; i < PLT_N_TWIN_CARRIERS; i++)
    g_free (self->said[i]);
  g_free (self);
}

static void
source_free (PltTwinSource *self)
{
  g_free (self->what);
  g_free (self->signer);
  g_free (self->text);
  g_free (self);
}

static PltVerifiedField *
find_field (GPtrArray  *fields,
            const char *title)
{
  for (guint i = 0; fields != NULL && i < fields->len; i++)
    if (g_str_equal (plt_verified_field_get_title (fields->pdata[i]), title))
      return fields->pdata[i];
  return NULL;
}

static const char *
name_agreement (PltAgreement agreement)
{
  return agreement == PLT_AGREEMENT_SAME        ? "same"
         : agreement == PLT_AGREEMENT_DIFFERENT ? "different"
                                                : "not-compared";
}

/* What the record said, then each carrier; the agreement is that of those that say it. */
static PltTwinField *
compare_field (const char       *title,
               GPtrArray *const *compared)
{
  PltTwinField *self = g_new0 (PltTwinField, 1);

  self->title = g_strdup (title);
  self->agreement = PLT_AGREEMENT_NONE;
  for (guint i = 0; i < PLT_N_TWIN_CARRIERS; i++)
    {
      PltVerifiedField *field = find_field (compared[i], title);

      if (field == NULL)
        continue;
      self->agreement = MAX (self->agreement, plt_verified_field_get_agreement (field));
      self->said[i] = g_strdup (plt_verified_field_get_found (field));
      self->differs[i] = plt_verified_field_get_agreement (field) == PLT_AGREEMENT_DIFFERENT;
      if (self->recorded == NULL)
        self->recorded = g_strdup (plt_verified_field_get_recorded (field));
    }
  return self;
}

/* Of the plastic itself, which no code says. */
static PltTwinField *
compare_serial (const char *const serials[2])
{
  PltTwinField *self = g_new0 (PltTwinField, 1);
  gboolean same = g_strcmp0 (serials[0], serials[1]) == 0;

  self->title = g_strdup (_("Serial of the blank"));
  self->agreement = serials[1] == NULL ? PLT_AGREEMENT_NONE : same ? PLT_AGREEMENT_SAME : PLT_AGREEMENT_DIFFERENT;
  self->recorded = g_strdup (serials[0]);
  self->said[PLT_TWIN_READ_BACK] = g_strdup (serials[1]);
  self->differs[PLT_TWIN_READ_BACK] = serials[1] != NULL && !same;
  return self;
}

static PltTwinSource *
judge_source (PltTwinCarrier          carrier,
              const PltVerifyFinding *finding,
              const char             *trouble)
{
  PltTwinSource *self = g_new0 (PltTwinSource, 1);

  self->carrier = carrier;
  self->is_good = trouble == NULL && (finding == NULL || (finding->problems->len == 0
                                                          && finding->seal != PLT_VERIFY_SEAL_BROKEN
                                                          && finding->seal != PLT_VERIFY_SEAL_STRANGER));
  self->text = g_strdup (trouble != NULL               ? trouble
                         : finding == NULL             ? _("It was not read back yet.")
                         : finding->problems->len > 0 ? finding->problems->pdata[0]
                                                      : NULL);
  if (finding == NULL)
    return self;
  self->what = g_strdup (finding->what);
  self->seal = plt_verify_seal_to_nick (finding->seal);
  self->signer = g_strdup (finding->signer);
  return self;
}

static gboolean
has_field (const PltTwin *twin,
           const char    *title)
{
  for (guint i = 0; i < twin->fields->len; i++)
    if (g_str_equal (((PltTwinField *) twin->fields->pdata[i])->title, title))
      return TRUE;
  return FALSE;
}

static void
compare_fields (PltTwin          *twin,
                GPtrArray *const *compared)
{
  for (guint i = 0; i < PLT_N_TWIN_CARRIERS; i++)
    for (guint j = 0; compared[i] != NULL && j < compared[i]->len; j++)
      {
        const char *title = plt_verified_field_get_title (compared[i]->pdata[j]);

        if (!has_field (twin, title))
          g_ptr_array_add (twin->fields, compare_field (title, compared));
      }
}

gboolean
plt_twin_fields_compare (PltTwin                 *twin,
                         PltStoreKnownCard       *record,
                         PltVerifyFinding *const *findings,
                         char             *const *troubles,
                         const char       *const  serials[2])
{
  GPtrArray *compared[PLT_N_TWIN_CARRIERS] = { NULL };
  gboolean same = TRUE;

  twin->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) field_free);
  twin->sources = g_ptr_array_new_with_free_func ((GDestroyNotify) source_free);
  for (guint i = 0; i < PLT_N_TWIN_CARRIERS; i++)
    if (findings[i] != NULL)
      compared[i] = plt_verify_compare (findings[i], record);
  compare_fields (twin, compared);
  g_ptr_array_add (twin->fields, compare_serial (serials));
  for (guint i = 0; i < PLT_N_TWIN_CARRIERS; i++)
    {
      if (findings[i] != NULL || troubles[i] != NULL || i == PLT_TWIN_READ_BACK)
        g_ptr_array_add (twin->sources, judge_source ((PltTwinCarrier) i, findings[i], troubles[i]));
      g_clear_pointer (&compared[i], g_ptr_array_unref);
    }
  for (guint i = 0; i < twin->fields->len; i++)
    same = same && ((PltTwinField *) twin->fields->pdata[i])->agreement != PLT_AGREEMENT_DIFFERENT;
  for (guint i = 0; i < twin->sources->len; i++)
    same = same && ((PltTwinSource *) twin->sources->pdata[i])->is_good;
  return same;
}

/* ---- as JSON ---- */

static void
write_field (JsonBuilder        *builder,
             const PltTwinField *field)
{
  json_builder_begin_object (builder);
  add_text (builder, "title", field->title);
  add_text (builder, "agreement", name_agreement (field->agreement));
  add_text (builder, "recorded", field->recorded);
  for (guint i = 0; i < PLT_N_TWIN_CARRIERS; i++)
    add_text (builder, carriers[i].nick, field->said[i]);
  json_builder_end_object (builder);
}

static void
write_source (JsonBuilder         *builder,
              const PltTwinSource *source)
{
  json_builder_begin_object (builder);
  add_text (builder, "title", plt_twin_carrier_get_title (source->carrier));
  add_text (builder, "what", source->what);
  add_text (builder, "signature", source->seal);
  add_text (builder, "signer", source->signer);
  add_text (builder, "text", source->text);
  json_builder_end_object (builder);
}

void
plt_twin_fields_write (JsonBuilder   *builder,
                       const PltTwin *twin)
{
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  for (guint i = 0; i < twin->fields->len; i++)
    write_field (builder, twin->fields->pdata[i]);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "carriers");
  json_builder_begin_array (builder);
  for (guint i = 0; i < twin->sources->len; i++)
    write_source (builder, twin->sources->pdata[i]);
  json_builder_end_array (builder);
}
