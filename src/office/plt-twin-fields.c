/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-twin-fields.h"

#include "plt-verified-field.h"
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

/* One field: what the record said, then each carrier; the agreement is that of those that say it. */
static gboolean
add_field (JsonBuilder     *builder,
           const char      *title,
           GPtrArray *const *compared)
{
  PltAgreement agreement = PLT_AGREEMENT_NONE;
  const char *recorded = NULL;

  json_builder_begin_object (builder);
  add_text (builder, "title", title);
  for (guint i = 0; i < PLT_N_TWIN_CARRIERS; i++)
    {
      PltVerifiedField *field = find_field (compared[i], title);

      if (field != NULL)
        {
          agreement = MAX (agreement, plt_verified_field_get_agreement (field));
          if (recorded == NULL)
            recorded = plt_verified_field_get_recorded (field);
        }
    }
  add_text (builder, "agreement", name_agreement (agreement));
  add_text (builder, "recorded", recorded);
  for (guint i = 0; i < PLT_N_TWIN_CARRIERS; i++)
    {
      PltVerifiedField *field = find_field (compared[i], title);

      add_text (builder, carriers[i].nick, field != NULL ? plt_verified_field_get_found (field) : NULL);
    }
  json_builder_end_object (builder);
  return agreement != PLT_AGREEMENT_DIFFERENT;
}

/* Of the plastic itself, which no code says. */
static gboolean
add_serial (JsonBuilder       *builder,
            const char *const  serials[2])
{
  gboolean same = serials[1] == NULL || g_strcmp0 (serials[0], serials[1]) == 0;

  json_builder_begin_object (builder);
  add_text (builder, "title", _("Serial of the blank"));
  add_text (builder, "agreement", name_agreement (serials[1] == NULL ? PLT_AGREEMENT_NONE
                                                  : same             ? PLT_AGREEMENT_SAME
                                                                     : PLT_AGREEMENT_DIFFERENT));
  add_text (builder, "recorded", serials[0]);
  for (guint i = 0; i < PLT_N_TWIN_CARRIERS; i++)
    add_text (builder, carriers[i].nick, i == PLT_TWIN_READ_BACK ? serials[1] : NULL);
  json_builder_end_object (builder);
  return same;
}

static gboolean
add_carrier (JsonBuilder            *builder,
             guint                   carrier,
             const PltVerifyFinding *finding,
             const char             *trouble)
{
  gboolean ok = trouble == NULL && (finding == NULL || (finding->problems->len == 0
                                                        && finding->seal != PLT_VERIFY_SEAL_BROKEN
                                                        && finding->seal != PLT_VERIFY_SEAL_STRANGER));

  json_builder_begin_object (builder);
  add_text (builder, "title", _(carriers[carrier].title));
  add_text (builder, "what", finding != NULL ? finding->what : NULL);
  add_text (builder, "signature", finding != NULL ? plt_verify_seal_to_nick (finding->seal) : NULL);
  add_text (builder, "signer", finding != NULL ? finding->signer : NULL);
  add_text (builder, "text",
            trouble != NULL                                 ? trouble
            : finding == NULL                               ? _("It was not read back yet.")
            : finding != NULL && finding->problems->len > 0 ? finding->problems->pdata[0]
                                                            : NULL);
  json_builder_end_object (builder);
  return ok;
}

static gboolean
is_told (GPtrArray  *titles,
         const char *title)
{
  return g_ptr_array_find_with_equal_func (titles, title, g_str_equal, NULL);
}

gboolean
plt_twin_fields_add (JsonBuilder             *builder,
                     PltStoreKnownCard       *record,
                     PltVerifyFinding *const *findings,
                     char             *const *troubles,
                     const char       *const  serials[2])
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new ();
  GPtrArray *compared[PLT_N_TWIN_CARRIERS] = { NULL };
  gboolean same = TRUE;

  for (guint i = 0; i < PLT_N_TWIN_CARRIERS; i++)
    if (findings[i] != NULL)
      compared[i] = plt_verify_compare (findings[i], record);
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  for (guint i = 0; i < PLT_N_TWIN_CARRIERS; i++)
    for (guint j = 0; compared[i] != NULL && j < compared[i]->len; j++)
      {
        const char *title = plt_verified_field_get_title (compared[i]->pdata[j]);

        if (is_told (titles, title))
          continue;
        g_ptr_array_add (titles, (gpointer) title);
        same = add_field (builder, title, compared) && same;
      }
  same = add_serial (builder, serials) && same;
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "carriers");
  json_builder_begin_array (builder);
  for (guint i = 0; i < PLT_N_TWIN_CARRIERS; i++)
    if (findings[i] != NULL || troubles[i] != NULL || i == PLT_TWIN_READ_BACK)
      same = add_carrier (builder, i, findings[i], troubles[i]) && same;
  json_builder_end_array (builder);
  for (guint i = 0; i < PLT_N_TWIN_CARRIERS; i++)
    g_clear_pointer (&compared[i], g_ptr_array_unref);
  return same;
}
