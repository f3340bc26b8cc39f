/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-press-data.h"

#include "plt-case-photo.h"
#include "plt-fold.h"
#include "plt-lds.h"
#include "plt-office-error-private.h"
#include "plt-picture-encode.h"

#include <glib/gi18n-lib.h>

#define NO_GIVEN_NAMES "—"

/* Of the signature in data group 5, whose readers take no more than 5 kB. */
static const PltPortraitBudget signature_budget = {
  .max_bytes = 5000, .max_width = 320, .best_quality = 90, .is_grey = TRUE,
};

/* What must be spelt in Latin letters on the card and in its codes. */
static gboolean
check_latin (PltStoreCardData  *data,
             GError           **error)
{
  static const PltField fields[] = { PLT_FIELD_FAMILY_NAME, PLT_FIELD_GIVEN_NAMES,
                                     PLT_FIELD_BIRTH_PLACE };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *foreign = plt_fold_find_foreign (data->person[fields[i]]);
      char letter[8] = { 0 };

      if (foreign == NULL)
        continue;
      g_unichar_to_utf8 (g_utf8_get_char (foreign), letter);
      /* Translators: the title of a field, the application's number, a letter of another script and its code. */
      g_propagate_error (error, plt_office_error_new (PLT_OFFICE_ERROR_INVALID, "NEEDS_LATIN",
                                                      _("The card was not drawn, because “%s” of application %s"
                                                        " has no Latin spelling: it holds the letter “%s”"
                                                        " (U+%04X). Return the application and choose the"
                                                        " spelling of the passport."),
                                                      plt_field_get_title (fields[i]),
                                                      data->application_number, letter,
                                                      g_utf8_get_char (foreign)));
      return FALSE;
    }
  return TRUE;
}

static gboolean
parse_date (PltStoreCardData  *data,
            const char        *title,
            const char        *text,
            PltDate           *date,
            GError           **error)
{
  if (text != NULL && plt_date_parse_iso (text, date))
    return TRUE;
  /* Translators: first the title of a date, then the application's number. */
  g_propagate_error (error, plt_office_error_new (PLT_OFFICE_ERROR_INVALID, NULL,
                                                  _("The card was not drawn, because “%s” of application %s is"
                                                    " not known yet. Complete the application first."),
                                                  title, data->application_number));
  return FALSE;
}

/* Of the portrait; 0 where nobody knows it. */
static gint64
read_time (const char *taken_at)
{
  g_autoptr (GDateTime) time = taken_at != NULL ? g_date_time_new_from_iso8601 (taken_at, NULL) : NULL;

  return time != NULL ? g_date_time_to_unix (time) : 0;
}

static char *
dup_or_empty (const char *text)
{
  return g_strdup (text != NULL ? text : "");
}

/**
 * plt_press_data_get_discriminator:
 * @data: what the database says is to be printed
 *
 * Returns: the card's number, or before it has one the application's
 */
const char *
plt_press_data_get_discriminator (PltStoreCardData *data)
{
  return data->card_number != NULL ? data->card_number : data->application_number;
}

static const char *
get_authority (const PltPressIssuer *issuer,
               PltStoreCardData     *data)
{
  return data->authority != NULL && *data->authority != '\0' ? data->authority : issuer->authority;
}

/* A proof before the approval has no number yet and shows a row of X; a reserved card never does. */
static const char *
get_licence_number (PltStoreCardData *data)
{
  if (data->licence_number != NULL || data->card_number != NULL)
    return data->licence_number;
  return "UXXXXXXXX";
}

/* Codes hold shorter names than the card and its record, which keep the whole one. */
static void
fit_name (char **name)
{
  char *fitted = plt_lds_fit_name (*name);

  g_free (*name);
  *name = fitted;
}

/* Says in the card's inputs, and so in its file and record, what the codes have instead. */
static void
tell_shortened (PltCardInputs *inputs,
                const char    *input_name,
                const char    *whole,
                const char    *in_codes)
{
  if (whole != NULL && !g_str_equal (whole, in_codes))
    plt_card_inputs_set_value (inputs, input_name, in_codes);
}

/* In the holder's other script where the registries have it, else as the record spells it. */
static const char *
get_national (PltStoreCardData *data,
              PltField          native,
              PltField          latin)
{
  const char *name = data->person[native];

  return name != NULL && *name != '\0' ? name : data->person[latin];
}

/**
 * plt_press_data_make_record:
 * @issuer: who issues
 * @data: what the database says is to be printed
 * @error: %PLT_OFFICE_ERROR_INVALID with what is missing in the application
 *
 * Returns: (transfer full) (nullable): the record, its names whole
 */
PltLicenceData *
plt_press_data_make_record (const PltPressIssuer  *issuer,
                            PltStoreCardData      *data,
                            GError               **error)
{
  g_autoptr (PltLicenceData) licence = plt_licence_data_new ();

  if (!check_latin (data, error)
      || !parse_date (data, plt_field_get_title (PLT_FIELD_BIRTH_DATE),
                      data->person[PLT_FIELD_BIRTH_DATE], &licence->birth_date, error)
      || !parse_date (data, _("Date of issue"), data->issue_date, &licence->issue_date, error)
      || !parse_date (data, _("Date of expiry"), data->expiry_date, &licence->expiry_date, error))
    return NULL;
  g_clear_pointer (&licence->categories, g_ptr_array_unref);
  licence->categories = plt_categories_parse (data->categories != NULL ? data->categories : "", error);
  if (licence->categories == NULL)
    return NULL;

  struct { char **place; const char *value; } texts[] = {
    { &licence->family_name, data->person[PLT_FIELD_FAMILY_NAME] },
    { &licence->given_names, data->person[PLT_FIELD_GIVEN_NAMES] },
    { &licence->birth_place, data->person[PLT_FIELD_BIRTH_PLACE] },
    { &licence->sex, data->person[PLT_FIELD_SEX] },
    { &licence->nationality, data->person[PLT_FIELD_NATIONALITY] },
    { &licence->address, data->person[PLT_FIELD_ADDRESS] },
    { &licence->authority, get_authority (issuer, data) },
    { &licence->administrative_number, NULL },
    { &licence->licence_number, get_licence_number (data) },
    { &licence->document_discriminator, plt_press_data_get_discriminator (data) },
    { &licence->issuing_country, issuer->country },
    { &licence->distinguishing_sign, issuer->sign },
    { &licence->type_approval, issuer->type_approval },
    { &licence->family_name_national,
      get_national (data, PLT_FIELD_FAMILY_NAME_NATIVE, PLT_FIELD_FAMILY_NAME) },
    { &licence->given_names_national,
      get_national (data, PLT_FIELD_GIVEN_NAMES_NATIVE, PLT_FIELD_GIVEN_NAMES) },
  };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_free (*texts[i].place);
      *texts[i].place = dup_or_empty (texts[i].value);
    }
  licence->portrait_taken_at = read_time (data->portrait_taken_at);
  /* Until the press has looked at its keys. */
  licence->specimen = TRUE;
  return g_steal_pointer (&licence);
}

/**
 * plt_press_data_make_licence:
 * @issuer: who issues
 * @data: what the database says is to be printed
 * @error: as plt_press_data_make_record()
 *
 * Returns: (transfer full) (nullable): the record that the signed codes hold, its names fitted
 */
PltLicenceData *
plt_press_data_make_licence (const PltPressIssuer  *issuer,
                             PltStoreCardData      *data,
                             GError               **error)
{
  PltLicenceData *licence = plt_press_data_make_record (issuer, data, error);

  if (licence == NULL)
    return NULL;
  fit_name (&licence->family_name);
  fit_name (&licence->given_names);
  return licence;
}

/* @small: (nullable): the same, made small before: taken where it fits @budget and shows what @picture
 * shows */
static gboolean
add_jpeg (GBytes                  *picture,
          GBytes                  *small,
          const PltPortraitBudget *budget,
          GBytes                 **place,
          GError                 **error)
{
  if (picture == NULL)
    return TRUE;
  g_clear_pointer (place, g_bytes_unref);
  *place = small != NULL && g_bytes_get_size (small) <= budget->max_bytes
                && plt_portrait_is_same (picture, small)
             ? g_bytes_ref (small) : plt_portrait_fit_soon (picture, budget, error);
  return *place != NULL;
}

static gboolean
add_signature (GBytes      *picture,
               PltCardInk  *ink,
               GBytes     **place,
               GError     **error)
{
  if (picture == NULL)
    return TRUE;
  g_clear_pointer (place, g_bytes_unref);
  *place = ink != NULL ? plt_card_ink_fit (ink, &signature_budget) : NULL;
  if (*place == NULL)
    *place = plt_signature_fit_soon (picture, &signature_budget, error);
  return *place != NULL;
}

/**
 * plt_press_data_read_ink:
 * @data: what the database says is to be printed
 *
 * Returns: (transfer full) (nullable): the ink of its signature, for a drawing and for
 *   plt_press_data_add_pictures(); %NULL where each must look by itself
 */
PltCardInk *
plt_press_data_read_ink (PltStoreCardData *data)
{
  return data->signature != NULL ? plt_card_ink_new (data->signature, signature_budget.max_width) : NULL;
}

/**
 * plt_press_data_add_pictures:
 * @data: what the database says is to be printed
 * @licence: made of the same
 * @ink: (nullable): what plt_press_data_read_ink() read
 * @error: of plt_portrait_fit_soon(), or G_IO_ERROR where the budgets cannot be read
 *
 * Gives @licence its portrait and signature as JPEG in the sizes of a chip and a mobile licence
 * (ISO/IEC 18013-2, data groups 4 to 6; ISO/IEC 18013-5, portrait). A portrait that was stored without
 * its small one takes some milliseconds: only for those who make such files.
 *
 * Returns: whether @licence has every picture that @data has
 */
gboolean
plt_press_data_add_pictures (PltStoreCardData  *data,
                             PltLicenceData    *licence,
                             PltCardInk        *ink,
                             GError           **error)
{
  g_autoptr (PltPortraitBudgets) budgets = plt_case_load_portrait_budgets (error);

  return budgets != NULL &&
         add_jpeg (data->portrait, data->chip_portrait, &budgets->uses[PLT_PORTRAIT_CHIP],
                   &licence->portrait, error) &&
         add_signature (data->signature, ink, &licence->signature, error);
}

/**
 * plt_press_data_make_files:
 * @issuer: who issues, and in which form
 * @data: what the database says is to be printed
 * @mrz: (nullable): the card's machine-readable line, for data group 12
 * @key: (nullable): the key for data groups, with its certificate; %NULL: without EF.SOD
 * @error: as plt_press_data_make_licence(), plt_press_data_add_pictures() and plt_lds_build_files()
 *
 * Takes some milliseconds: for worker threads.
 *
 * Returns: (transfer full) (element-type PltLdsFile) (nullable): all files of the licence's chip
 */
GPtrArray *
plt_press_data_make_files (const PltPressIssuer  *issuer,
                           PltStoreCardData      *data,
                           const char            *mrz,
                           PltIssuerKey          *key,
                           GError               **error)
{
  g_autoptr (PltLicenceData) licence = plt_press_data_make_licence (issuer, data, error);
  const PltLdsProfile profile = { .form = issuer->form, .mrz = mrz };

  if (licence == NULL || !plt_press_data_add_pictures (data, licence, NULL, error))
    return NULL;
  return plt_lds_build_files (licence, &profile, key, error);
}

/* One name only is the primary identifier (ICAO Doc 9303-3): field 2 and the codes have nothing. */
static gboolean
has_one_name (PltStoreCardData *data)
{
  const char *given = data->person[PLT_FIELD_GIVEN_NAMES];

  return data->person[PLT_FIELD_FAMILY_NAME] != NULL && (given == NULL || *given == '\0');
}

/**
 * plt_press_data_make_inputs:
 * @issuer: who issues
 * @data: what the database says is to be printed
 * @licence: made of the same
 *
 * Returns: (transfer full): everything that is drawn, but for the codes
 */
PltCardInputs *
plt_press_data_make_inputs (const PltPressIssuer *issuer,
                            PltStoreCardData     *data,
                            PltLicenceData       *licence)
{
  static const PltField shown[] = {
    PLT_FIELD_FAMILY_NAME, PLT_FIELD_GIVEN_NAMES, PLT_FIELD_FAMILY_NAME_NATIVE,
    PLT_FIELD_GIVEN_NAMES_NATIVE, PLT_FIELD_BIRTH_DATE, PLT_FIELD_BIRTH_PLACE, PLT_FIELD_SEX,
    PLT_FIELD_NATIONALITY, PLT_FIELD_ADDRESS,
  };
  PltCardInputs *inputs = plt_card_inputs_new ();

  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    if (data->person[shown[i]] != NULL)
      plt_card_inputs_set_value (inputs, plt_field_to_nick (shown[i]), data->person[shown[i]]);
  if (has_one_name (data))
    plt_card_inputs_set_value (inputs, plt_field_to_nick (PLT_FIELD_GIVEN_NAMES), NO_GIVEN_NAMES);
  tell_shortened (inputs, "family_name_in_codes", data->person[PLT_FIELD_FAMILY_NAME],
                  licence->family_name);
  tell_shortened (inputs, "given_names_in_codes", data->person[PLT_FIELD_GIVEN_NAMES],
                  licence->given_names);
  plt_card_inputs_set_value (inputs, "issue_date", data->issue_date);
  plt_card_inputs_set_value (inputs, "expiry_date", data->expiry_date);
  plt_card_inputs_set_value (inputs, "authority", get_authority (issuer, data));
  if (get_licence_number (data) != NULL)
    plt_card_inputs_set_value (inputs, "licence_number", get_licence_number (data));
  plt_card_inputs_set_value (inputs, "document_discriminator",
                             plt_press_data_get_discriminator (data));
  plt_card_inputs_set_value (inputs, "application_number", data->application_number);
  plt_card_inputs_set_value (inputs, "state_name", issuer->state_name);
  plt_card_inputs_set_value (inputs, "state_name_native", issuer->state_name_native);
  plt_card_inputs_set_value (inputs, "sign", issuer->sign);
  plt_card_inputs_set_categories (inputs, licence->categories);
  if (data->portrait != NULL)
    plt_card_inputs_set_portrait (inputs, data->portrait);
  plt_card_inputs_set_approved (inputs, data->approved_sha256);
  plt_card_inputs_set_portrait_taken_at (inputs, data->portrait_taken_at);
  if (data->signature != NULL)
    plt_card_inputs_set_signature (inputs, data->signature);
  plt_card_inputs_set_specimen (inputs, licence->specimen);
  return inputs;
}
