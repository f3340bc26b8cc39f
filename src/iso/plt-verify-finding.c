/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was found out about one form of a licence: claims in a canonical form and in words, technical
 * details, and what is wrong. */
#include "plt-verify-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_TEXT 2000

static void
claim_free (PltVerifyClaim *claim)
{
  g_free (claim->title);
  g_free (claim->value);
  g_free (claim->text);
  g_free (claim);
}

static void
detail_free (PltVerifyDetail *detail)
{
  g_free (detail->title);
  g_free (detail->text);
  g_free (detail);
}

PltVerifyFinding *
plt_verify_finding_new (PltVerifyForm  form,
                        const char    *what)
{
  PltVerifyFinding *self = g_new0 (PltVerifyFinding, 1);

  self->form = form;
  self->what = g_strdup (what);
  self->claims = g_ptr_array_new_with_free_func ((GDestroyNotify) claim_free);
  self->details = g_ptr_array_new_with_free_func ((GDestroyNotify) detail_free);
  self->problems = g_ptr_array_new_with_free_func (g_free);
  self->remarks = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
plt_verify_finding_free (PltVerifyFinding *self)
{
  g_free (self->what);
  g_free (self->signer);
  g_free (self->file_sha256);
  g_ptr_array_unref (self->claims);
  g_ptr_array_unref (self->details);
  g_ptr_array_unref (self->problems);
  g_ptr_array_unref (self->remarks);
  g_clear_pointer (&self->portrait, g_bytes_unref);
  g_free (self);
}

/* Whether its signature holds and nothing else is wrong with it; its time is another question. */
gboolean
plt_verify_finding_is_genuine (const PltVerifyFinding *self)
{
  return self->seal == PLT_VERIFY_SEAL_HOLDS && self->problems->len == 0;
}

const PltVerifyClaim *
plt_verify_finding_get_claim (const PltVerifyFinding *self,
                              PltVerifyField          field)
{
  for (guint i = 0; i < self->claims->len; i++)
    {
      const PltVerifyClaim *claim = self->claims->pdata[i];

      if (claim->field == field)
        return claim;
    }
  return NULL;
}

const char *
plt_verify_field_get_title (PltVerifyField field)
{
  static const char *const titles[] = {
    N_("Family name"), N_("Given names"), N_("Date of birth"), N_("Place of birth"), N_("Sex"), N_("Nationality"),
    N_("Address"), N_("Licence number"), N_("Document number"), N_("Date of issue"), N_("Date of expiry"),
    N_("Categories"), N_("Restrictions"), N_("Issuing authority"), N_("Issuing country"), N_("Portrait"), N_("Other"),
  };
  G_STATIC_ASSERT (G_N_ELEMENTS (titles) == PLT_VERIFY_FIELD_OTHER + 1);

  return _(titles[field]);
}

const char *
plt_verify_form_to_nick (PltVerifyForm form)
{
  static const char *const nicks[] = { "card-file", "qr",     "pdf417", "aamva",  "mrz",
                                       "groups",    "stripe", "mdoc",   "package" };
  G_STATIC_ASSERT (G_N_ELEMENTS (nicks) == PLT_N_VERIFY_FORMS);

  return nicks[form];
}

const char *
plt_verify_seal_to_nick (PltVerifySeal seal)
{
  static const char *const nicks[] = { "none", "missing", "stranger", "broken", "holds" };
  G_STATIC_ASSERT (G_N_ELEMENTS (nicks) == PLT_VERIFY_SEAL_HOLDS + 1);

  return nicks[seal];
}

static char *
word_sex (const char *value)
{
  if (g_str_equal (value, "M"))
    return g_strdup (_("Male"));
  if (g_str_equal (value, "F"))
    return g_strdup (_("Female"));
  return g_str_equal (value, "X") ? g_strdup (_("Not stated")) : g_strdup (value);
}

static char *
word_category (const PltCategoryEntry *entry)
{
  g_autofree char *from = plt_date_is_set (entry->from) ? plt_date_to_display (entry->from)
                                                        : g_strdup ("—");
  g_autofree char *to = plt_date_is_set (entry->to) ? plt_date_to_display (entry->to) : g_strdup ("—");

  if (*entry->restrictions == '\0')
    /* Translators: a vehicle category, then its first and its last day. */
    return g_strdup_printf (_("%s from %s to %s"), plt_category_to_code (entry->category), from, to);
  /* Translators: a vehicle category, its first and its last day, then codes of restrictions. */
  return g_strdup_printf (_("%s from %s to %s, restrictions %s"), plt_category_to_code (entry->category), from, to,
                          entry->restrictions);
}

static char *
word_categories (GPtrArray *entries)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      g_autofree char *line = word_category (entries->pdata[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", line);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
word_portrait (const char *value)
{
  /* Translators: the beginning of a picture's SHA-256. */
  return g_strdup_printf (_("A picture with the fingerprint %.8s…"), value);
}

static char *
word_date (const char *value)
{
  PltDate date;

  return plt_date_parse_iso (value, &date) ? plt_date_to_display (date) : g_strdup (value);
}

static char *
make_words (PltVerifyField  field,
            const char     *value)
{
  g_autoptr (GPtrArray) entries = NULL;

  switch (field)
    {
    case PLT_VERIFY_FIELD_SEX:
      return word_sex (value);
    case PLT_VERIFY_FIELD_BIRTH_DATE:
    case PLT_VERIFY_FIELD_ISSUE_DATE:
    case PLT_VERIFY_FIELD_EXPIRY_DATE:
      return word_date (value);
    case PLT_VERIFY_FIELD_PORTRAIT:
      return word_portrait (value);
    case PLT_VERIFY_FIELD_CATEGORIES:
      entries = strchr (value, ';') != NULL ? plt_categories_parse (value, NULL) : NULL;
      return entries != NULL ? word_categories (entries) : g_strdup (value);
    default:
      return g_strdup (value);
    }
}

/* What a record or a claim says, for people. */
char *
plt_verify_field_to_words (PltVerifyField  field,
                           const char     *value)
{
  return *value != '\0' ? make_words (field, value) : g_strdup ("—");
}

static void
add_claim (PltVerifyFinding *self,
           PltVerifyField    field,
           char             *title,
           char             *value,
           char             *text)
{
  PltVerifyClaim *claim = g_new0 (PltVerifyClaim, 1);

  claim->field = field;
  claim->title = title;
  claim->value = value;
  claim->text = text;
  g_ptr_array_add (self->claims, claim);
}

/* Characters that a terminal or a label would obey are shown, and not obeyed. */
static char *
dup_plain (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) MIN (strlen (text), MAX_TEXT));
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);
      GUnicodeType type = g_unichar_type (character);

      if (character == '\n')
        g_string_append_c (plain, '\n');
      else if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT ||
               type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR)
        g_string_append (plain, "\xEF\xBF\xBD");
      else
        g_string_append_unichar (plain, character);
    }
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

/* @value: canonical; empty or NULL says nothing. */
void
plt_verify_claim (PltVerifyFinding *self,
                  PltVerifyField    field,
                  const char       *value)
{
  g_autofree char *plain = NULL;

  if (value == NULL || *value == '\0' || plt_verify_finding_get_claim (self, field) != NULL)
    return;
  plain = dup_plain (value);
  add_claim (self, field, g_strdup (plt_verify_field_get_title (field)), g_strdup (plain),
             make_words (field, plain));
}

void
plt_verify_claim_date (PltVerifyFinding *self,
                       PltVerifyField    field,
                       PltDate           date)
{
  g_autofree char *iso = plt_date_is_set (date) ? plt_date_to_iso (date) : NULL;

  plt_verify_claim (self, field, iso);
}

/* @entries: (element-type PltCategoryEntry) */
void
plt_verify_claim_categories (PltVerifyFinding *self,
                             GPtrArray        *entries)
{
  g_autofree char *value = plt_categories_to_text (entries);

  plt_verify_claim (self, PLT_VERIFY_FIELD_CATEGORIES, value);
}

void
plt_verify_claim_other (PltVerifyFinding *self,
                        const char       *title,
                        const char       *text)
{
  if (text != NULL && *text != '\0')
    add_claim (self, PLT_VERIFY_FIELD_OTHER, dup_plain (title), g_strdup (""), dup_plain (text));
}

void
plt_verify_claim_portrait (PltVerifyFinding *self,
                           const guint8     *data,
                           gsize             length)
{
  g_autofree char *sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, length);

  if (length == 0)
    return;
  g_clear_pointer (&self->portrait, g_bytes_unref);
  self->portrait = g_bytes_new (data, length);
  plt_verify_claim (self, PLT_VERIFY_FIELD_PORTRAIT, sha256);
}

void
plt_verify_detail (PltVerifyFinding *self,
                   const char       *title,
                   const char       *format,
                   ...)
{
  PltVerifyDetail *detail = g_new0 (PltVerifyDetail, 1);
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  detail->title = g_strdup (title);
  detail->text = dup_plain (text);
  g_ptr_array_add (self->details, detail);
}

static void G_GNUC_PRINTF (2, 0)
add_sentence (GPtrArray  *sentences,
              const char *format,
              va_list     arguments)
{
  g_autofree char *text = g_strdup_vprintf (format, arguments);

  g_ptr_array_add (sentences, dup_plain (text));
}

void
plt_verify_problem (PltVerifyFinding *self,
                    const char       *format,
                    ...)
{
  va_list arguments;

  va_start (arguments, format);
  add_sentence (self->problems, format, arguments);
  va_end (arguments);
}

void
plt_verify_remark (PltVerifyFinding *self,
                   const char       *format,
                   ...)
{
  va_list arguments;

  va_start (arguments, format);
  add_sentence (self->remarks, format, arguments);
  va_end (arguments);
}

/* From the first second of @from to the last of @to, UTC. */
void
plt_verify_set_days (PltVerifyFinding *self,
                     PltDate           from,
                     PltDate           to)
{
  if (plt_date_is_set (from))
    self->valid_from = plt_date_to_unix (from);
  if (plt_date_is_set (to))
    self->valid_until = plt_date_to_unix (plt_date_add_days (to, 1));
}

/* Those that its claims say. */
void
plt_verify_set_claimed_days (PltVerifyFinding *self)
{
  const PltVerifyClaim *from = plt_verify_finding_get_claim (self, PLT_VERIFY_FIELD_ISSUE_DATE);
  const PltVerifyClaim *to = plt_verify_finding_get_claim (self, PLT_VERIFY_FIELD_EXPIRY_DATE);
  PltDate first = { 0 }, last = { 0 };

  if (from != NULL)
    plt_date_parse_iso (from->value, &first);
  if (to != NULL)
    plt_date_parse_iso (to->value, &last);
  plt_verify_set_days (self, first, last);
}

/* Where both the frame around what is said and the claims in it name days, what holds is what both allow. */
void
plt_verify_narrow_to_claimed_days (PltVerifyFinding *self)
{
  gint64 from = self->valid_from;
  gint64 until = self->valid_until;

  plt_verify_set_claimed_days (self);
  self->valid_from = MAX (self->valid_from, from);
  if (until != 0)
    self->valid_until = MIN (self->valid_until, until);
}

/* A moment for people, by day. */
char *
plt_verify_format_time (gint64 seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);
  PltDate date = { 0 };

  if (time == NULL || g_date_time_get_year (time) < 1)
    return g_strdup ("—");
  g_date_time_get_ymd (time, &date.year, &date.month, &date.day);
  return plt_date_to_display (date);
}

/* ISO 8859-1 to UTF-8. */
char *
plt_verify_latin1 (const guint8 *data,
                   gsize         length)
{
  GString *text = g_string_sized_new (length);

  for (gsize i = 0; i < length; i++)
    g_string_append_unichar (text, data[i]);
  return g_string_free (text, FALSE);
}
