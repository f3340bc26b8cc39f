/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the data elements of an mdoc, each in the type that ISO/IEC 18013-5, Table 5, gives it. */
#include "plt-mdl-reader-private.h"

#include "plt-mdl-country.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define TAG_TDATE 0
#define TAG_FULL_DATE 1004
#define MAX_LATIN_LENGTH 150

typedef enum
{
  KIND_LATIN,      /* at most 150 characters of ISO 8859-1 */
  KIND_TEXT,
  KIND_WORD,       /* small letters */
  KIND_COUNTRY,    /* alpha-2; alpha-3 in the record */
  KIND_FULL_DATE,
  KIND_DATE,       /* full-date or tdate */
  KIND_TDATE,
  KIND_NUMBER,
  KIND_SEX,
  KIND_PICTURE,
  KIND_PRIVILEGES,
} Kind;

typedef struct
{
  const char *identifier;
  Kind        kind;
  gboolean    mandatory;
  gssize      offset; /* in PltLicenceData, or -1 */
} Rule;

#define PLACE(member) G_STRUCT_OFFSET (PltLicenceData, member)

static const Rule rules[] = {
  { "family_name", KIND_LATIN, TRUE, PLACE (family_name) },
  { "given_name", KIND_LATIN, TRUE, PLACE (given_names) },
  { "birth_date", KIND_FULL_DATE, TRUE, PLACE (birth_date) },
  { "issue_date", KIND_DATE, TRUE, PLACE (issue_date) },
  { "expiry_date", KIND_DATE, TRUE, PLACE (expiry_date) },
  { "issuing_country", KIND_COUNTRY, TRUE, PLACE (issuing_country) },
  { "issuing_authority", KIND_LATIN, TRUE, PLACE (authority) },
  { "document_number", KIND_LATIN, TRUE, PLACE (licence_number) },
  { "portrait", KIND_PICTURE, TRUE, PLACE (portrait) },
  { "driving_privileges", KIND_PRIVILEGES, TRUE, -1 },
  { "un_distinguishing_sign", KIND_TEXT, TRUE, PLACE (distinguishing_sign) },
  { "administrative_number", KIND_LATIN, FALSE, PLACE (administrative_number) },
  { "sex", KIND_SEX, FALSE, PLACE (sex) },
  { "height", KIND_NUMBER, FALSE, PLACE (height_cm) },
  { "weight", KIND_NUMBER, FALSE, PLACE (weight_kg) },
  { "eye_colour", KIND_WORD, FALSE, PLACE (eye_colour) },
  { "hair_colour", KIND_WORD, FALSE, PLACE (hair_colour) },
  { "birth_place", KIND_LATIN, FALSE, PLACE (birth_place) },
  { "resident_address", KIND_LATIN, FALSE, PLACE (address) },
  { "portrait_capture_date", KIND_TDATE, FALSE, PLACE (portrait_taken_at) },
  { "age_in_years", KIND_NUMBER, FALSE, -1 },
  { "age_birth_year", KIND_NUMBER, FALSE, -1 },
  { "issuing_jurisdiction", KIND_TEXT, FALSE, PLACE (jurisdiction) },
  { "nationality", KIND_COUNTRY, FALSE, PLACE (nationality) },
  { "resident_city", KIND_LATIN, FALSE, PLACE (address_city) },
  { "resident_state", KIND_LATIN, FALSE, PLACE (address_state) },
  { "resident_postal_code", KIND_LATIN, FALSE, PLACE (address_postal_code) },
  { "resident_country", KIND_COUNTRY, FALSE, PLACE (address_country) },
  { "family_name_national_character", KIND_TEXT, FALSE, PLACE (family_name_national) },
  { "given_name_national_character", KIND_TEXT, FALSE, PLACE (given_names_national) },
  { "signature_usual_mark", KIND_PICTURE, FALSE, PLACE (signature) },
};

static gpointer
find_place (PltMdl     *mdl,
            const Rule *rule)
{
  return rule->offset >= 0 ? (guint8 *) mdl->data + rule->offset : NULL;
}

static gboolean
is_latin (const char *text)
{
  if (g_utf8_strlen (text, -1) > MAX_LATIN_LENGTH)
    return FALSE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);

      if (letter < 0x20 || (letter >= 0x7F && letter < 0xA0) || letter > 0xFF)
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_word (const char *text)
{
  return *text != '\0' && strspn (text, "abcdefghijklmnopqrstuvwxyz") == strlen (text);
}

static gboolean
is_alpha_2 (const char *text)
{
  return strlen (text) == 2 && g_ascii_isupper (text[0]) && g_ascii_isupper (text[1]);
}

static gboolean
accept_text (Kind        kind,
             const char *text)
{
  switch ((int) kind)
    {
    case KIND_LATIN:
      return is_latin (text);
    case KIND_WORD:
      return is_word (text);
    case KIND_COUNTRY:
      return is_alpha_2 (text);
    default:
      return TRUE;
    }
}

static char *
read_text (const Rule    *rule,
           PltCborReader *reader,
           gpointer       place)
{
  g_autofree char *text = plt_cbor_take_text (reader);
  char **member = place;

  if (text == NULL || !accept_text (rule->kind, text))
    return NULL;
  g_free (*member);
  *member = rule->kind == KIND_COUNTRY ? plt_mdl_country_to_alpha_3 (text) : NULL;
  if (*member == NULL)
    *member = g_strdup (text);

  return g_steal_pointer (&text);
}

static gboolean
take_date_text (PltCborReader *reader,
                PltDate       *date)
{
  g_autofree char *text = plt_cbor_take_text (reader);

  return text != NULL && plt_date_parse_iso (text, date);
}

/**
 * plt_mdl_take_full_date:
 * @reader: where it stands
 * @date: (out)
 *
 * Returns: whether it is a full-date, "2026-03-01" under its tag
 */
gboolean
plt_mdl_take_full_date (PltCborReader *reader,
                        PltDate       *date)
{
  return plt_cbor_take_tag (reader, TAG_FULL_DATE) && take_date_text (reader, date);
}

static gboolean
read_two_digits (const char *text,
                 int         below,
                 int        *value)
{
  if (!g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1]))
    return FALSE;
  *value = 10 * (text[0] - '0') + text[1] - '0';

  return *value < below;
}

/**
 * plt_mdl_take_tdate:
 * @reader: where it stands
 * @seconds: (out): Unix seconds
 *
 * Returns: whether it is a tdate in UTC without fraction, "2026-03-01T10:00:00Z"
 */
gboolean
plt_mdl_take_tdate (PltCborReader *reader,
                    gint64        *seconds)
{
  g_autofree char *text = NULL;
  g_autofree char *day = NULL;
  PltDate date;
  int hour;
  int minute;
  int second;

  if (!plt_cbor_take_tag (reader, TAG_TDATE))
    return FALSE;
  text = plt_cbor_take_text (reader);
  if (text == NULL || strlen (text) != 20 || text[10] != 'T' || text[13] != ':' ||
      text[16] != ':' || text[19] != 'Z')
    return FALSE;
  day = g_strndup (text, 10);
  if (!plt_date_parse_iso (day, &date) || !read_two_digits (text + 11, 24, &hour) ||
      !read_two_digits (text + 14, 60, &minute) || !read_two_digits (text + 17, 60, &second))
    return FALSE;
  *seconds = plt_date_to_unix (date) + 3600 * hour + 60 * minute + second;

  return TRUE;
}

static char *
format_moment (gint64 seconds)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_utc (seconds);

  return g_date_time_format (moment, "%Y-%m-%dT%H:%M:%SZ");
}

static char *
read_date (const Rule    *rule,
           PltCborReader *reader,
           PltDate       *date)
{
  PltCborReader ahead = *reader;
  gint64 seconds;

  if (plt_mdl_take_full_date (reader, date))
    return plt_date_to_iso (*date);
  if (rule->kind != KIND_DATE || !plt_mdl_take_tdate (&ahead, &seconds))
    return NULL;
  *reader = ahead;
  *date = plt_date_add_days ((PltDate) { 1970, 1, 1 }, (int) (seconds / 86400));

  return format_moment (seconds);
}

static char *
read_moment (PltCborReader *reader,
             gint64        *seconds)
{
  return plt_mdl_take_tdate (reader, seconds) ? format_moment (*seconds) : NULL;
}

static char *
read_number (PltCborReader *reader,
             int           *place)
{
  PltCborItem item;

  if (!plt_cbor_take_kind (reader, PLT_CBOR_INT, &item) || item.value < 0 || item.value > 9999)
    return NULL;
  if (place != NULL)
    *place = (int) item.value;

  return g_strdup_printf ("%d", (int) item.value);
}

static char *
read_sex (PltCborReader  *reader,
          char          **place)
{
  static const char *const letters[] = { "", "M", "F" };
  PltCborItem item;

  if (!plt_cbor_take_kind (reader, PLT_CBOR_INT, &item) ||
      !(item.value == 9 || (item.value >= 0 && item.value <= 2)))
    return NULL;
  g_free (*place);
  *place = g_strdup (item.value == 9 ? "X" : letters[item.value]);

  return g_strdup_printf ("%d", (int) item.value);
}

static char *
describe_bytes (gsize length)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u byte", "%u bytes", length),
                          (guint) length);
}

static char *
read_picture (PltCborReader  *reader,
              GBytes        **place)
{
  PltCborItem item;

  if (!plt_cbor_take_kind (reader, PLT_CBOR_BYTES, &item) || item.length == 0)
    return NULL;
  g_clear_pointer (place, g_bytes_unref);
  *place = g_bytes_new (item.data, item.length);

  return describe_bytes (item.length);
}

static char *
read_by_rule (const Rule    *rule,
              PltMdl        *mdl,
              PltCborReader *reader)
{
  gpointer place = find_place (mdl, rule);

  switch (rule->kind)
    {
    case KIND_LATIN:
    case KIND_TEXT:
    case KIND_WORD:
    case KIND_COUNTRY:
      return read_text (rule, reader, place);
    case KIND_FULL_DATE:
    case KIND_DATE:
      return read_date (rule, reader, place);
    case KIND_TDATE:
      return read_moment (reader, place);
    case KIND_NUMBER:
      return read_number (reader, place);
    case KIND_SEX:
      return read_sex (reader, place);
    case KIND_PICTURE:
      return read_picture (reader, place);
    case KIND_PRIVILEGES:
    default:
      return plt_mdl_privileges_read (mdl, reader);
    }
}

/* age_over_NN, two digits. */
static gboolean
is_age_statement (const char *identifier)
{
  const char *digits = identifier + strlen ("age_over_");

  return g_str_has_prefix (identifier, "age_over_") && strlen (digits) == 2 &&
         g_ascii_isdigit (digits[0]) && g_ascii_isdigit (digits[1]);
}

static gboolean
is_biometric (const char *identifier)
{
  return g_str_has_prefix (identifier, "biometric_template_") &&
         strlen (identifier) == strlen ("biometric_template_") + 2;
}

static char *
read_bool (PltCborReader *reader)
{
  PltCborItem item;

  if (!plt_cbor_take_kind (reader, PLT_CBOR_BOOL, &item))
    return NULL;

  return g_strdup (item.value != 0 ? "true" : "false");
}

/* An identifier that the name space does not have is an error. */
static char *
read_standard (PltMdl        *mdl,
               const char    *identifier,
               PltCborReader *reader)
{
  PltCborItem item;

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_str_equal (rules[i].identifier, identifier))
      return read_by_rule (&rules[i], mdl, reader);
  if (is_age_statement (identifier))
    return read_bool (reader);
  if (is_biometric (identifier) && plt_cbor_take_kind (reader, PLT_CBOR_BYTES, &item))
    return describe_bytes (item.length);

  return NULL;
}

/* Of name spaces that are not known here. */
static char *
read_foreign (PltCborReader *reader)
{
  PltCborReader ahead = *reader;
  PltCborItem item;

  if (!plt_cbor_skip (reader) || !plt_cbor_take (&ahead, &item))
    return NULL;
  switch ((int) item.kind)
    {
    case PLT_CBOR_TEXT:
      return g_utf8_make_valid ((const char *) item.data, (gssize) item.length);
    case PLT_CBOR_INT:
      return g_strdup_printf ("%" G_GINT64_FORMAT, item.value);
    case PLT_CBOR_BOOL:
      return g_strdup (item.value != 0 ? "true" : "false");
    default:
      return describe_bytes (reader->length);
    }
}

static char *
read_own (PltMdl        *mdl,
          const char    *identifier,
          PltCborReader *reader)
{
  char *text;

  if (g_str_equal (identifier, "specimen"))
    {
      text = read_bool (reader);
      mdl->data->specimen = g_strcmp0 (text, "true") == 0;
      return text;
    }
  if (!g_str_equal (identifier, "document_discriminator"))
    return read_foreign (reader);
  text = plt_cbor_take_text (reader);
  g_free (mdl->data->document_discriminator);
  mdl->data->document_discriminator = g_strdup (text);

  return text;
}

static void
element_free (PltMdlElement *element)
{
  g_free (element->name_space);
  g_free (element->identifier);
  g_free (element->text);
  g_bytes_unref (element->value);
  g_free (element);
}

static PltMdlElement *
find_element (PltMdl     *mdl,
              const char *name_space,
              const char *identifier)
{
  for (guint i = 0; mdl->elements != NULL && i < mdl->elements->len; i++)
    {
      PltMdlElement *element = mdl->elements->pdata[i];

      if (g_str_equal (element->identifier, identifier) &&
          g_str_equal (element->name_space, name_space))
        return element;
    }

  return NULL;
}

/**
 * plt_mdl_elements_read:
 * @mdl: where to add it
 * @name_space: its name space
 * @identifier: its name, which must be a new one there
 * @value: its value, alone
 *
 * Returns: whether it is an element of that name space, and of its type
 */
gboolean
plt_mdl_elements_read (PltMdl        *mdl,
                       const char    *name_space,
                       const char    *identifier,
                       PltCborReader *value)
{
  PltMdlElement *element;
  char *text;

  if (find_element (mdl, name_space, identifier) != NULL)
    return FALSE;
  if (g_str_equal (name_space, PLT_MDL_NAME_SPACE))
    text = read_standard (mdl, identifier, value);
  else if (g_str_equal (name_space, PLT_MDL_OWN_NAME_SPACE))
    text = read_own (mdl, identifier, value);
  else
    text = read_foreign (value);
  if (text == NULL)
    return FALSE;

  if (mdl->elements == NULL)
    mdl->elements = g_ptr_array_new_with_free_func ((GDestroyNotify) element_free);
  element = g_new0 (PltMdlElement, 1);
  element->name_space = g_strdup (name_space);
  element->identifier = g_strdup (identifier);
  element->value = g_bytes_new (value->data, value->length);
  element->text = text;
  g_ptr_array_add (mdl->elements, element);

  return plt_cbor_at_end (value);
}

/**
 * plt_mdl_elements_list_missing:
 * @mdl: what was read
 *
 * Returns: (transfer full): the mandatory elements that are not there
 */
char **
plt_mdl_elements_list_missing (PltMdl *mdl)
{
  g_autoptr (GStrvBuilder) missing = g_strv_builder_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if (rules[i].mandatory && find_element (mdl, PLT_MDL_NAME_SPACE, rules[i].identifier) == NULL)
      g_strv_builder_add (missing, rules[i].identifier);

  return g_strv_builder_end (missing);
}

/* The record's readers want every string to be there. */
void
plt_mdl_elements_fill_empty (PltMdl *mdl)
{
  PltLicenceData *data = mdl->data;

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      char **place = find_place (mdl, &rules[i]);
      gboolean text = rules[i].kind <= KIND_COUNTRY || rules[i].kind == KIND_SEX;

      if (text && place != NULL && *place == NULL)
        *place = g_strdup ("");
    }
  if (data->document_discriminator == NULL)
    data->document_discriminator = g_strdup ("");
}
