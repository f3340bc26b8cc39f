/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spells a licence as data elements of org.iso.18013.5.1 (ISO/IEC 18013-5, 7.2.1). */
#include "plt-mdl-private.h"

#include "plt-cbor.h"
#include "plt-latin.h"
#include "plt-mdl-country.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define TAG_TDATE 0
#define TAG_FULL_DATE 1004
#define MAX_TEXT_LENGTH 150
/* Larger pictures have broken readers; a portrait of a card has 20 to 60 kB. */
#define MAX_PICTURE_LENGTH (80 * 1024)

static void
item_free (PltMdlItem *item)
{
  g_byte_array_unref (item->value);
  g_free (item);
}

static GByteArray *
add (GPtrArray  *items,
     const char *identifier)
{
  PltMdlItem *item = g_new0 (PltMdlItem, 1);

  item->identifier = identifier;
  item->value = g_byte_array_new ();
  g_ptr_array_add (items, item);

  return item->value;
}

static gboolean
is_empty (const char *text)
{
  return text == NULL || *text == '\0';
}

static gboolean
refuse (PltLicenceData  *data,
        const char      *what,
        GError         **error)
{
  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
               /* Translators: the number of a licence, then the name of one of its fields. */
               _("The mobile driving licence of %s was not made because its %s is missing or is not one "
                 "that ISO/IEC 18013-5 knows. Complete the application."),
               data->licence_number != NULL ? data->licence_number : "", what);
  return FALSE;
}

static gboolean
check_length (const char  *text,
              const char  *what,
              GError     **error)
{
  if (strlen (text) <= MAX_TEXT_LENGTH)
    return TRUE;

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_TOO_LONG,
               /* Translators: the name of a field, its value, and a number of bytes. */
               _("The %s “%s” is too long for the mobile driving licence, which holds %d bytes. Ask a "
                 "supervisor how it may be shortened."), what, text, MAX_TEXT_LENGTH);
  return FALSE;
}

/* ISO 8859-1's letters, written in UTF-8 as all text of CBOR. */
static char *
spell_latin (const char  *text,
             const char  *what,
             GError     **error)
{
  g_autoptr (GBytes) latin = plt_latin_to_iso8859_1 (text, what, error);
  g_autoptr (GString) spelled = g_string_new (NULL);
  gsize length;
  const guint8 *bytes;

  if (latin == NULL)
    return NULL;
  bytes = g_bytes_get_data (latin, &length);
  for (gsize i = 0; i < length; i++)
    g_string_append_unichar (spelled, bytes[i]);
  if (!check_length (spelled->str, what, error))
    return NULL;

  return g_string_free (g_steal_pointer (&spelled), FALSE);
}

static gboolean
add_latin (GPtrArray   *items,
           const char  *identifier,
           const char  *text,
           const char  *what,
           GError     **error)
{
  g_autofree char *spelled = NULL;

  if (is_empty (text))
    return TRUE;
  spelled = spell_latin (text, what, error);
  if (spelled == NULL)
    return FALSE;
  plt_cbor_add_text (add (items, identifier), spelled);

  return TRUE;
}

/* Whoever has one name only has no given name, which the mDL must still say. */
static gboolean
add_name (GPtrArray   *items,
          const char  *identifier,
          const char  *text,
          const char  *what,
          GError     **error)
{
  if (!is_empty (text))
    return add_latin (items, identifier, text, what, error);
  plt_cbor_add_text (add (items, identifier), "");

  return TRUE;
}

/* Left out where it is what the Latin element says already. */
static gboolean
add_national (GPtrArray   *items,
              const char  *identifier,
              const char  *national,
              const char  *name,
              const char  *what,
              GError     **error)
{
  g_autofree char *spelled = is_empty (name) ? g_strdup ("") : spell_latin (name, what, error);
  g_autofree char *real = NULL;

  if (spelled == NULL)
    return FALSE;
  real = g_utf8_normalize (!is_empty (national) ? national : name != NULL ? name : "", -1,
                           G_NORMALIZE_NFC);
  if (is_empty (real) || g_str_equal (real, spelled))
    return TRUE;
  plt_cbor_add_text (add (items, identifier), real);

  return TRUE;
}

static void
add_date (GByteArray *bytes,
          PltDate     date)
{
  g_autofree char *text = plt_date_to_iso (date);

  plt_cbor_add_tag (bytes, TAG_FULL_DATE);
  plt_cbor_add_text (bytes, text);
}

static void
add_uint (GPtrArray  *items,
          const char *identifier,
          int         value)
{
  if (value > 0)
    plt_cbor_add_int (add (items, identifier), value);
}

static gboolean
add_colour (GPtrArray          *items,
            const char         *identifier,
            const char         *colour,
            const char * const *known,
            PltLicenceData     *data,
            const char         *what,
            GError            **error)
{
  if (is_empty (colour))
    return TRUE;
  if (!g_strv_contains (known, colour))
    return refuse (data, what, error);
  plt_cbor_add_text (add (items, identifier), colour);

  return TRUE;
}

/* A country that has no two letters is not said. */
static void
add_country (GPtrArray      *items,
             const char     *identifier,
             const char     *alpha_3,
             PltLicenceData *data,
             const char     *issuing)
{
  g_autofree char *alpha_2 = g_strcmp0 (alpha_3, data->issuing_country) == 0
                               ? g_strdup (issuing) : plt_mdl_country_to_alpha_2 (alpha_3);

  if (alpha_2 != NULL)
    plt_cbor_add_text (add (items, identifier), alpha_2);
}

/* ISO/IEC 5218: X, neither the one nor the other, is 9. */
static gboolean
add_sex (GPtrArray       *items,
         PltLicenceData  *data,
         GError         **error)
{
  static const char letters[] = "MFX";
  static const int numbers[] = { 1, 2, 9 };
  const char *found;

  if (is_empty (data->sex))
    return TRUE;
  found = strlen (data->sex) == 1 ? strchr (letters, *data->sex) : NULL;
  if (found == NULL)
    return refuse (data, _("sex"), error);
  plt_cbor_add_int (add (items, "sex"), numbers[found - letters]);

  return TRUE;
}

static gboolean
add_picture (GPtrArray       *items,
             const char      *identifier,
             GBytes          *picture,
             PltLicenceData  *data,
             const char      *what,
             GError         **error)
{
  g_autoptr (GBytes) bare = picture != NULL ? plt_mdl_picture_strip (picture) : NULL;

  if (bare == NULL)
    return refuse (data, what, error);
  if (g_bytes_get_size (bare) > MAX_PICTURE_LENGTH)
    {
      g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_TOO_LONG,
                   /* Translators: the number of a licence, the name of a picture, a number. */
                   _("The mobile driving licence of %s was not made because its %s has more than %d kB. "
                     "Have the picture taken or accepted anew."),
                   data->licence_number != NULL ? data->licence_number : "", what,
                   MAX_PICTURE_LENGTH / 1024);
      return FALSE;
    }
  plt_cbor_add_bytes (add (items, identifier), g_bytes_get_data (bare, NULL),
                      g_bytes_get_size (bare));

  return TRUE;
}

/* "S02<=3500" is code, sign and value. */
static void
add_code (GByteArray *bytes,
          const char *restriction)
{
  gsize code_length = plt_restriction_get_code_length (restriction);
  gsize sign_length = strspn (restriction + code_length, "<>=");
  const char *value = restriction + code_length + sign_length;
  g_autofree char *code = g_strndup (restriction, code_length);
  g_autofree char *sign = g_strndup (restriction + code_length, sign_length);

  plt_cbor_add_map (bytes, 1 + (*sign != '\0') + (*value != '\0'));
  plt_cbor_add_text (bytes, "code");
  plt_cbor_add_text (bytes, code);
  if (*sign != '\0')
    {
      plt_cbor_add_text (bytes, "sign");
      plt_cbor_add_text (bytes, sign);
    }
  if (*value != '\0')
    {
      plt_cbor_add_text (bytes, "value");
      plt_cbor_add_text (bytes, value);
    }
}

static void
add_privilege (GByteArray             *bytes,
               const PltCategoryEntry *entry)
{
  g_auto (GStrv) codes = g_strsplit (entry->restrictions, ",", -1);
  guint n_codes = g_strv_length (codes);

  plt_cbor_add_map (bytes, 1 + plt_date_is_set (entry->from) + plt_date_is_set (entry->to) +
                           (n_codes > 0));
  plt_cbor_add_text (bytes, "vehicle_category_code");
  plt_cbor_add_text (bytes, plt_category_to_code (entry->category));
  if (plt_date_is_set (entry->from))
    {
      plt_cbor_add_text (bytes, "issue_date");
      add_date (bytes, entry->from);
    }
  if (plt_date_is_set (entry->to))
    {
      plt_cbor_add_text (bytes, "expiry_date");
      add_date (bytes, entry->to);
    }
  if (n_codes == 0)
    return;
  plt_cbor_add_text (bytes, "codes");
  plt_cbor_add_array (bytes, n_codes);
  for (guint i = 0; i < n_codes; i++)
    add_code (bytes, codes[i]);
}

static gboolean
add_privileges (GPtrArray       *items,
                PltLicenceData  *data,
                GError         **error)
{
  GByteArray *bytes;

  if (data->categories == NULL || data->categories->len == 0)
    return refuse (data, _("list of categories"), error);
  bytes = add (items, "driving_privileges");
  plt_cbor_add_array (bytes, data->categories->len);
  for (guint i = 0; i < data->categories->len; i++)
    add_privilege (bytes, data->categories->pdata[i]);

  return TRUE;
}

static PltDate
date_of (gint64 seconds)
{
  return plt_date_add_days ((PltDate) { 1970, 1, 1 }, (int) (seconds / 86400));
}

/* The day on which somebody has @age years. */
static PltDate
find_birthday (PltDate             birth,
               int                 age,
               PltMdlLeapBirthday  leap_birthday)
{
  PltDate day = plt_date_add_years (birth, age);
  gboolean moved = birth.month == 2 && birth.day == 29 && day.day == 28;

  return moved && leap_birthday == PLT_MDL_LEAP_BIRTHDAY_1_MARCH ? plt_date_add_days (day, 1) : day;
}

/**
 * plt_mdl_age_is_reached:
 * @birth: date of birth
 * @age: years
 * @day: a day
 * @leap_birthday: for 29 February
 *
 * Returns: whether somebody has @age years on @day
 */
gboolean
plt_mdl_age_is_reached (PltDate             birth,
                        int                 age,
                        PltDate             day,
                        PltMdlLeapBirthday  leap_birthday)
{
  PltDate birthday = find_birthday (birth, age, leap_birthday);

  return plt_date_is_set (birthday) && plt_date_compare (birthday, day) <= 0;
}

/* A statement is a snapshot that stays as long as the signature: one that would become untrue before
 * @facts->valid_until is not made. */
static void
add_ages (GPtrArray         *items,
          PltLicenceData    *data,
          const PltMdlFacts *facts)
{
  static const char *const identifiers[] = {
    "age_over_14", "age_over_16", "age_over_18", "age_over_21", "age_over_65",
  };
  PltDate first = date_of (facts->signed_at);
  PltDate last = date_of (facts->valid_until - 1);

  for (const guint8 *age = facts->ages; *age != 0; age++)
    {
      gboolean reached = plt_mdl_age_is_reached (data->birth_date, *age, first,
                                                 facts->leap_birthday);

      if (reached != plt_mdl_age_is_reached (data->birth_date, *age, last, facts->leap_birthday))
        continue;
      for (gsize i = 0; i < G_N_ELEMENTS (identifiers); i++)
        if (atoi (identifiers[i] + strlen ("age_over_")) == *age)
          plt_cbor_add_bool (add (items, identifiers[i]), reached);
    }
}

static void
add_age_in_years (GPtrArray         *items,
                  PltLicenceData    *data,
                  const PltMdlFacts *facts)
{
  PltDate first = date_of (facts->signed_at);
  PltDate last = date_of (facts->valid_until - 1);
  int age = first.year - data->birth_date.year;

  if (!plt_mdl_age_is_reached (data->birth_date, age, first, facts->leap_birthday))
    age--;
  if (age >= 0 && !plt_mdl_age_is_reached (data->birth_date, age + 1, last, facts->leap_birthday))
    plt_cbor_add_int (add (items, "age_in_years"), age);
}

static void
add_capture_date (GPtrArray      *items,
                  PltLicenceData *data)
{
  g_autoptr (GDateTime) moment = data->portrait_taken_at > 0
                                   ? g_date_time_new_from_unix_utc (data->portrait_taken_at) : NULL;
  g_autofree char *text = moment != NULL ? g_date_time_format (moment, "%Y-%m-%dT%H:%M:%SZ") : NULL;
  GByteArray *bytes;

  if (text == NULL || strlen (text) != 20)
    return;
  bytes = add (items, "portrait_capture_date");
  plt_cbor_add_tag (bytes, TAG_TDATE);
  plt_cbor_add_text (bytes, text);
}

static gboolean
check_dates (PltLicenceData  *data,
             GError         **error)
{
  if (!plt_date_is_set (data->birth_date))
    return refuse (data, _("date of birth"), error);
  if (!plt_date_is_set (data->issue_date) ||
      plt_date_compare (data->birth_date, data->issue_date) >= 0)
    return refuse (data, _("date of issue"), error);
  if (!plt_date_is_set (data->expiry_date) ||
      plt_date_compare (data->issue_date, data->expiry_date) > 0)
    return refuse (data, _("date of expiry"), error);

  return TRUE;
}

static gboolean
check_codes (PltLicenceData     *data,
             const PltMdlFacts  *facts,
             GError            **error)
{
  const char *sign = data->distinguishing_sign;

  if (is_empty (data->family_name))
    return refuse (data, _("family name"), error);
  if (is_empty (data->authority))
    return refuse (data, _("issuing authority"), error);
  if (is_empty (data->licence_number))
    return refuse (data, _("licence number"), error);
  if (is_empty (sign) || strlen (sign) > 3 ||
      strspn (sign, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != strlen (sign))
    return refuse (data, _("distinguishing sign"), error);
  if (!is_empty (data->jurisdiction) &&
      (!g_str_has_prefix (data->jurisdiction, facts->country) || data->jurisdiction[2] != '-'))
    return refuse (data, _("issuing jurisdiction"), error);

  return TRUE;
}

static gboolean
add_mandatory (GPtrArray          *items,
               PltLicenceData     *data,
               const PltMdlFacts  *facts,
               GError            **error)
{
  if (!add_name (items, "family_name", data->family_name, _("family name"), error) ||
      !add_name (items, "given_name", data->given_names, _("given names"), error))
    return FALSE;
  add_date (add (items, "birth_date"), data->birth_date);
  add_date (add (items, "issue_date"), data->issue_date);
  add_date (add (items, "expiry_date"), data->expiry_date);
  plt_cbor_add_text (add (items, "issuing_country"), facts->country);
  if (!add_latin (items, "issuing_authority", data->authority, _("issuing authority"), error) ||
      !add_latin (items, "document_number", data->licence_number, _("licence number"), error) ||
      !add_picture (items, "portrait", data->portrait, data, _("portrait"), error) ||
      !add_privileges (items, data, error))
    return FALSE;
  plt_cbor_add_text (add (items, "un_distinguishing_sign"), data->distinguishing_sign);

  return TRUE;
}

static gboolean
add_body (GPtrArray       *items,
          PltLicenceData  *data,
          GError         **error)
{
  static const char *const eye_colours[] = {
    "black", "blue", "brown", "dichromatic", "grey", "green", "hazel", "maroon", "pink", "unknown",
    NULL,
  };
  static const char *const hair_colours[] = {
    "bald", "black", "blond", "brown", "grey", "red", "auburn", "sandy", "white", "unknown", NULL,
  };

  if (!add_sex (items, data, error))
    return FALSE;
  add_uint (items, "height", data->height_cm);
  add_uint (items, "weight", data->weight_kg);

  return add_colour (items, "eye_colour", data->eye_colour, eye_colours, data, _("eye colour"),
                     error) &&
         add_colour (items, "hair_colour", data->hair_colour, hair_colours, data, _("hair colour"),
                     error);
}

static gboolean
add_place (GPtrArray          *items,
           PltLicenceData     *data,
           const PltMdlFacts  *facts,
           GError            **error)
{
  add_country (items, "nationality", data->nationality, data, facts->country);
  if (!add_latin (items, "birth_place", data->birth_place, _("place of birth"), error) ||
      !add_latin (items, "resident_address", data->address, _("address"), error) ||
      !add_latin (items, "resident_city", data->address_city, _("address"), error) ||
      !add_latin (items, "resident_state", data->address_state, _("address"), error) ||
      !add_latin (items, "resident_postal_code", data->address_postal_code, _("address"), error))
    return FALSE;
  add_country (items, "resident_country", data->address_country, data, facts->country);
  if (!is_empty (data->jurisdiction))
    plt_cbor_add_text (add (items, "issuing_jurisdiction"), data->jurisdiction);

  return TRUE;
}

/**
 * plt_mdl_elements_new:
 * @data: the licence
 * @facts: what is said of its issuer and its time
 * @error: %PLT_ISO_ERROR_INVALID for a missing or impossible value, %PLT_ISO_ERROR_NEEDS_LATIN,
 *   %PLT_ISO_ERROR_TOO_LONG
 *
 * Elements without a value are left out; nothing is made up.
 *
 * Returns: (transfer full) (element-type PltMdlItem) (nullable)
 */
GPtrArray *
plt_mdl_elements_new (PltLicenceData     *data,
                      const PltMdlFacts  *facts,
                      GError            **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) item_free);

  if (!check_dates (data, error) || !check_codes (data, facts, error) ||
      !add_mandatory (items, data, facts, error) ||
      !add_latin (items, "administrative_number", data->administrative_number,
                  _("administrative number"), error) ||
      !add_body (items, data, error) || !add_place (items, data, facts, error) ||
      !add_national (items, "family_name_national_character", data->family_name_national,
                     data->family_name, _("family name"), error) ||
      !add_national (items, "given_name_national_character", data->given_names_national,
                     data->given_names, _("given names"), error))
    return NULL;
  if (data->signature != NULL &&
      !add_picture (items, "signature_usual_mark", data->signature, data, _("signature"), error))
    return NULL;
  add_ages (items, data, facts);
  add_age_in_years (items, data, facts);
  add_uint (items, "age_birth_year", data->birth_date.year);
  add_capture_date (items, data);

  return g_steal_pointer (&items);
}

/**
 * plt_mdl_elements_new_own:
 * @data: the licence
 *
 * Returns: (transfer full) (element-type PltMdlItem): what it says beyond ISO/IEC 18013-5
 */
GPtrArray *
plt_mdl_elements_new_own (PltLicenceData *data)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify) item_free);

  if (!is_empty (data->document_discriminator))
    plt_cbor_add_text (add (items, "document_discriminator"), data->document_discriminator);
  if (data->specimen)
    plt_cbor_add_bool (add (items, "specimen"), TRUE);

  return items;
}
