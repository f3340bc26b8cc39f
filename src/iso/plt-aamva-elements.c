/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The elements of a licence and an identity card (Annex D.12.5, tables D.3 and D.4 of the edition of
 * 2020): which must be there, how long each may be, and of what signs. */
#include "plt-aamva-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef enum
{
  KIND_TEXT,    /* ANS */
  KIND_LETTERS, /* A; places have spaces */
  KIND_DIGITS,  /* N */
  KIND_DATE,
  KIND_ONE_OF,  /* the letters or digits in its list */
  KIND_EYES,
  KIND_HAIR,
  KIND_HEIGHT,
} Kind;

typedef struct
{
  const char *id;
  Kind        kind;
  gsize       length;
  gboolean    fixed, required;
  gboolean    licence_only;
  const char *list;
} Rule;

static const Rule rules[] = {
  { "DAQ", KIND_TEXT, PLT_AAMVA_NUMBER_LENGTH, FALSE, TRUE, FALSE, NULL },
  { "DCS", KIND_TEXT, PLT_AAMVA_NAME_LENGTH, FALSE, TRUE, FALSE, NULL },
  { "DDE", KIND_ONE_OF, 1, TRUE, TRUE, FALSE, "TNU" },
  { "DAC", KIND_TEXT, PLT_AAMVA_NAME_LENGTH, FALSE, TRUE, FALSE, NULL },
  { "DDF", KIND_ONE_OF, 1, TRUE, TRUE, FALSE, "TNU" },
  { "DAD", KIND_TEXT, PLT_AAMVA_NAME_LENGTH, FALSE, TRUE, FALSE, NULL },
  { "DDG", KIND_ONE_OF, 1, TRUE, TRUE, FALSE, "TNU" },
  { "DCA", KIND_TEXT, PLT_AAMVA_CLASS_LENGTH, FALSE, TRUE, TRUE, NULL },
  { "DCB", KIND_TEXT, PLT_AAMVA_RESTRICTION_LENGTH, FALSE, TRUE, TRUE, NULL },
  { "DCD", KIND_TEXT, 5, FALSE, TRUE, TRUE, NULL },
  { "DBD", KIND_DATE, 8, TRUE, TRUE, FALSE, NULL },
  { "DBB", KIND_DATE, 8, TRUE, TRUE, FALSE, NULL },
  { "DBA", KIND_DATE, 8, TRUE, TRUE, FALSE, NULL },
  { "DBC", KIND_ONE_OF, 1, TRUE, TRUE, FALSE, "129" },
  { "DAU", KIND_HEIGHT, 6, TRUE, TRUE, FALSE, NULL },
  { "DAY", KIND_EYES, 3, TRUE, TRUE, FALSE, "BLK BLU BRO GRY GRN HAZ MAR PNK DIC UNK" },
  { "DAG", KIND_TEXT, PLT_AAMVA_ADDRESS_LENGTH, FALSE, TRUE, FALSE, NULL },
  { "DAI", KIND_TEXT, 20, FALSE, TRUE, FALSE, NULL },
  { "DAJ", KIND_LETTERS, 2, TRUE, TRUE, FALSE, NULL },
  { "DAK", KIND_TEXT, 11, TRUE, TRUE, FALSE, NULL },
  { "DCF", KIND_TEXT, PLT_AAMVA_NUMBER_LENGTH, FALSE, TRUE, FALSE, NULL },
  { "DCG", KIND_LETTERS, 3, TRUE, TRUE, FALSE, NULL },
  { "DAH", KIND_TEXT, PLT_AAMVA_ADDRESS_LENGTH, FALSE, FALSE, FALSE, NULL },
  { "DAZ", KIND_HAIR, 12, FALSE, FALSE, FALSE, "BAL BLK BLN BRO GRY RED SDY WHI UNK" },
  { "DCI", KIND_LETTERS, 33, FALSE, FALSE, FALSE, NULL },
  { "DCJ", KIND_TEXT, 25, FALSE, FALSE, FALSE, NULL },
  { "DCK", KIND_TEXT, 25, FALSE, FALSE, FALSE, NULL },
  { "DBN", KIND_TEXT, 10, FALSE, FALSE, FALSE, NULL },
  { "DBG", KIND_TEXT, 15, FALSE, FALSE, FALSE, NULL },
  { "DBS", KIND_TEXT, 5, FALSE, FALSE, FALSE, NULL },
  { "DCU", KIND_TEXT, 5, FALSE, FALSE, FALSE, NULL },
  { "DCE", KIND_DIGITS, 1, TRUE, FALSE, FALSE, NULL },
  { "DCL", KIND_LETTERS, 3, FALSE, FALSE, FALSE, NULL },
  { "DCM", KIND_TEXT, 4, TRUE, FALSE, TRUE, NULL },
  { "DCN", KIND_TEXT, 5, TRUE, FALSE, TRUE, NULL },
  { "DCO", KIND_TEXT, 12, TRUE, FALSE, TRUE, NULL },
  { "DCP", KIND_TEXT, 50, FALSE, FALSE, TRUE, NULL },
  { "DCQ", KIND_TEXT, 50, FALSE, FALSE, TRUE, NULL },
  { "DCR", KIND_TEXT, 50, FALSE, FALSE, TRUE, NULL },
  { "DDA", KIND_ONE_OF, 1, TRUE, FALSE, FALSE, "FNM" },
  { "DDB", KIND_DATE, 8, TRUE, FALSE, FALSE, NULL },
  { "DDC", KIND_DATE, 8, TRUE, FALSE, TRUE, NULL },
  { "DDD", KIND_ONE_OF, 1, TRUE, FALSE, FALSE, "1" },
  { "DAW", KIND_DIGITS, 3, TRUE, FALSE, FALSE, NULL },
  { "DAX", KIND_DIGITS, 3, TRUE, FALSE, FALSE, NULL },
  { "DDH", KIND_DATE, 8, TRUE, FALSE, FALSE, NULL },
  { "DDI", KIND_DATE, 8, TRUE, FALSE, FALSE, NULL },
  { "DDJ", KIND_DATE, 8, TRUE, FALSE, FALSE, NULL },
  { "DDK", KIND_ONE_OF, 1, TRUE, FALSE, FALSE, "1" },
  { "DDL", KIND_ONE_OF, 1, TRUE, FALSE, FALSE, "1" },
};

static const Rule *
find_rule (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      if (g_str_equal (rules[i].id, id))
        return &rules[i];
    }

  return NULL;
}

/* Whether a mandatory element says that it has no content. */
gboolean
plt_aamva_is_empty (const char *value)
{
  static const char *const words[] = { PLT_AAMVA_NOTHING, PLT_AAMVA_NOT_AVAILABLE, "unavail" };
  g_autofree char *plain = g_strstrip (g_strdup (value));

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (g_ascii_strcasecmp (plain, words[i]) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Canada writes the year first, and did not before version 03; the United States never do. */
gboolean
plt_aamva_is_year_first (const char *country,
                         int         version)
{
  return version >= 3 && g_strcmp0 (country, "CAN") == 0;
}

/* MMDDCCYY or CCYYMMDD. */
char *
plt_aamva_write_date (PltDate  date,
                      gboolean year_first)
{
  return year_first ? g_strdup_printf ("%04d%02d%02d", date.year, date.month, date.day)
                    : g_strdup_printf ("%02d%02d%04d", date.month, date.day, date.year);
}

/* "00000000" is no date. Returns: whether it is either. */
gboolean
plt_aamva_parse_date (const char *text,
                      gboolean    year_first,
                      PltDate    *date)
{
  int number = 0;

  if (strlen (text) != 8 || strspn (text, "0123456789") != 8)
    return FALSE;
  for (int i = 0; i < 8; i++)
    number = number * 10 + (text[i] - '0');
  if (year_first)
    *date = (PltDate) { number / 10000, number / 100 % 100, number % 100 };
  else
    *date = (PltDate) { number % 10000, number / 1000000, number / 10000 % 100 };

  return number == 0 || plt_date_is_valid (date->year, date->month, date->day);
}

static gboolean
is_letters (const char *value)
{
  for (const char *at = value; *at != '\0'; at = g_utf8_next_char (at))
    {
      if (*at != ' ' && !g_unichar_isalpha (g_utf8_get_char (at)))
        return FALSE;
    }

  return TRUE;
}

/* "168 cm", "073 in"; some issuers write capitals. */
static gboolean
is_height (const char *value)
{
  return strspn (value, "0123456789") == 3 &&
         (g_ascii_strcasecmp (value + 3, " cm") == 0 || g_ascii_strcasecmp (value + 3, " in") == 0);
}

static gboolean
is_in_list (const char *value,
            const char *list)
{
  g_auto (GStrv) words = g_strsplit (list, " ", -1);

  return g_strv_contains ((const char *const *) words, value);
}

static gboolean
has_kind (const Rule *rule,
          const char *value,
          gboolean    year_first)
{
  PltDate date;

  switch (rule->kind)
    {
    case KIND_TEXT:
      return TRUE;
    case KIND_LETTERS:
      return is_letters (value);
    case KIND_DIGITS:
      return value[strspn (value, "0123456789")] == '\0';
    case KIND_DATE:
      return plt_aamva_parse_date (value, year_first, &date);
    case KIND_ONE_OF:
      return strlen (value) == 1 && strchr (rule->list, *value) != NULL;
    case KIND_EYES:
    case KIND_HAIR:
      return is_in_list (value, rule->list);
    case KIND_HEIGHT:
      return is_height (value);
    default:
      g_return_val_if_reached (FALSE);
    }
}

static gboolean
is_right (const Rule *rule,
          const char *value,
          gboolean    year_first)
{
  gsize length = (gsize) g_utf8_strlen (value, -1);

  if (length > rule->length || length == 0)
    return FALSE;
  if (rule->required && plt_aamva_is_empty (value))
    return TRUE;

  return (!rule->fixed || length == rule->length) && has_kind (rule, value, year_first);
}

static gboolean
check_present (PltAamvaFile  *self,
               const char    *type,
               GError       **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      if (!rules[i].required || (rules[i].licence_only && g_str_equal (type, "ID")) ||
          plt_aamva_file_get (self, type, rules[i].id) != NULL)
        continue;
      g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
                   _("The AAMVA barcode lacks the element %s, which the standard demands. Check the "
                     "card by its other codes."), rules[i].id);
      return FALSE;
    }

  return TRUE;
}

/**
 * plt_aamva_file_check:
 * @error: %PLT_ISO_ERROR_INVALID, naming the element; %PLT_ISO_ERROR_UNCONFIRMED for editions before
 *   that of 2020, whose tables differ and were not to be had
 *
 * Tables D.3 and D.4: every mandatory element is there, and what is there has its length and signs.
 * Elements that the tables do not have are passed over, and so are a jurisdiction's own.
 *
 * Returns: whether the licence or identity card in it is whole
 */
gboolean
plt_aamva_file_check (PltAamvaFile  *self,
                      GError       **error)
{
  const PltAamvaSubfile *card;
  gboolean year_first;

  g_return_val_if_fail (self != NULL && self->subfiles->len > 0, FALSE);

  if (self->version != PLT_AAMVA_VERSION)
    {
      g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_UNCONFIRMED,
                   _("The elements of the AAMVA barcode were not checked, because those of its version "
                     "%02d are not known here. Check the card by its other codes."), self->version);
      return FALSE;
    }
  card = g_ptr_array_index (self->subfiles, 0);
  if (!check_present (self, card->type, error))
    return FALSE;
  year_first = plt_aamva_is_year_first (plt_aamva_file_get (self, card->type, "DCG"), self->version);
  for (guint i = 0; i < card->elements->len; i++)
    {
      const PltAamvaElement *element = g_ptr_array_index (card->elements, i);
      const Rule *rule = find_rule (element->id);

      if (rule == NULL || (is_right (rule, element->value, year_first) &&
                           (!rule->licence_only || g_str_equal (card->type, "DL"))))
        continue;
      g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
                   _("The element %s of the AAMVA barcode cannot be “%s” by the standard. Check the "
                     "card by its other codes."), element->id, element->value);
      return FALSE;
    }

  return TRUE;
}
