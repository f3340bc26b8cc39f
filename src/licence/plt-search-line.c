/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes a line of search apart. Nothing here is an error: what cannot be anything else is a name. */
#include "plt-search-line.h"

#include "plt-fold.h"
#include "plt-id-number.h"
#include "plt-search-words.h"

#include <string.h>

/* More would make a search slower and no better. */
#define MAX_TEXT_CHARS 200
#define MAX_WORD_CHARS 60
#define MAX_NAMES 6
#define MAX_ADDRESS 6
#define MIN_ID_DIGITS 5

struct _PltSearchLine
{
  char      *text;
  GPtrArray *id_numbers; /* NULL-terminated, as the other lists once read */
  gboolean   id_mistyped;
  char      *id_prefix;
  char      *licence_number;
  char      *record_number;
  GPtrArray *names;
  GPtrArray *address;
  GArray    *births;     /* PltDateSpan */
};

static void
clear_line (gpointer data)
{
  PltSearchLine *self = data;

  g_free (self->text);
  g_ptr_array_unref (self->id_numbers);
  g_free (self->id_prefix);
  g_free (self->licence_number);
  g_free (self->record_number);
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->address);
  g_array_unref (self->births);
}

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == '`' || c == 0x00B4 || c == 0x02BC || c == 0x2018 || c == 0x2019;
}

/* Letters, digits and the marks that belong to words, numbers or dates; anything else, wildcards
 * and quotes among it, only stands between words. */
static void
append_character (GString  *plain,
                  gunichar  c,
                  gboolean  in_number)
{
  if (g_unichar_isdigit (c))
    g_string_append_c (plain, (char) ('0' + g_unichar_digit_value (c)));
  else if (g_unichar_isalnum (c) || g_unichar_ismark (c))
    g_string_append_unichar (plain, c);
  else if (g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION || c == 0x2212)
    g_string_append_c (plain, '-');
  else if (is_apostrophe (c))
    g_string_append_c (plain, '\'');
  else if ((c == '.' || c == '/') && in_number)
    g_string_append_unichar (plain, c);
  else
    g_string_append_c (plain, ' ');
}

/* The words of @text, in NFC, with ASCII digits and plain dashes and apostrophes. */
static char **
split_words (const char *text)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  gboolean in_number = FALSE;
  gboolean at_start = TRUE;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (at_start)
        in_number = g_unichar_isdigit (c);
      append_character (plain, c, in_number);
      at_start = plain->str[plain->len - 1] == ' ';
    }

  g_autofree char *collapsed = plt_fold_collapse (plain->str);
  g_auto (GStrv) all = g_strsplit (collapsed, " ", -1);
  GStrvBuilder *kept = g_strv_builder_new ();

  for (int i = 0; all[i] != NULL; i++)
    {
      if (strspn (all[i], "-'./") < strlen (all[i]))
        g_strv_builder_add (kept, all[i]);
    }

  char **words = g_strv_builder_end (kept);

  g_strv_builder_unref (kept);

  return words;
}

static gboolean
is_digits (const char *text)
{
  return *text != '\0' && strspn (text, "0123456789") == strlen (text);
}

static gboolean
has_right_check_digit (const char *id_number)
{
  g_autofree char *normal = plt_id_number_normalise (id_number, NULL);

  return normal != NULL;
}

static void
add_if_right (PltSearchLine *self,
              const char    *id_number)
{
  if (has_right_check_digit (id_number))
    g_ptr_array_add (self->id_numbers, g_strdup (id_number));
}

/* The numbers that one wrong digit, or two neighbours swapped, would make of a right one. */
static void
add_near_id_numbers (PltSearchLine *self,
                     const char    *typed)
{
  char number[PLT_ID_NUMBER_DIGITS + 1];

  memcpy (number, typed, sizeof number);
  for (int i = 0; i < PLT_ID_NUMBER_DIGITS; i++)
    {
      for (char digit = '0'; digit <= '9'; digit++)
        {
          if (digit == typed[i])
            continue;
          number[i] = digit;
          add_if_right (self, number);
        }
      number[i] = typed[i];
    }
  for (int i = 0; i + 1 < PLT_ID_NUMBER_DIGITS; i++)
    {
      number[i] = typed[i + 1];
      number[i + 1] = typed[i];
      if (typed[i] != typed[i + 1])
        add_if_right (self, number);
      number[i] = typed[i];
      number[i + 1] = typed[i + 1];
    }
}

static void
take_id_number (PltSearchLine *self,
                const char    *digits)
{
  if (self->id_numbers->len > 0)
    return;
  if (has_right_check_digit (digits))
    {
      g_ptr_array_add (self->id_numbers, g_strdup (digits));
      return;
    }
  self->id_mistyped = TRUE;
  add_near_id_numbers (self, digits);
}

/* An ID number in one word or in groups, as it is printed: up to five words.
 *
 * Returns: how many words it takes */
static guint
read_id_number (PltSearchLine *self,
                char         **words)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL && i < 5; i++)
    {
      if (!g_ascii_isdigit (words[i][0]) ||
          strspn (words[i], "0123456789-./") < strlen (words[i]))
        return 0;
      for (const char *at = words[i]; *at != '\0'; at++)
        {
          if (g_ascii_isdigit (*at))
            g_string_append_c (digits, *at);
        }
      if (digits->len > PLT_ID_NUMBER_DIGITS)
        return 0;
      if (digits->len < PLT_ID_NUMBER_DIGITS)
        continue;
      /* Groups that do not make a right number may be a date and a house number. */
      if (i > 0 && !has_right_check_digit (digits->str))
        return 0;
      take_id_number (self, digits->str);
      return i + 1;
    }

  return 0;
}

/* U and eight digits, or the beginning of that. */
static gboolean
read_licence_number (PltSearchLine *self,
                     const char    *word)
{
  size_t length = strlen (word);

  if (self->licence_number != NULL || length < 4 || length > 9 ||
      g_ascii_toupper (word[0]) != 'U' || !is_digits (word + 1))
    return FALSE;

  self->licence_number = g_ascii_strup (word, -1);

  return TRUE;
}

/* An application's or a card's number, a blank's serial, or the beginning of one. */
static gboolean
read_record_number (PltSearchLine *self,
                    const char    *word)
{
  if (self->record_number != NULL ||
      !g_regex_match_simple ("^([a-z][a-z0-9]{1,3}-[0-9]{2}(-c?[0-9]{0,6})?|b[0-9]{3,8})$", word,
                             G_REGEX_CASELESS, 0))
    return FALSE;

  self->record_number = g_ascii_strup (word, -1);

  return TRUE;
}

/* What begins with a digit and is nothing else: part of an ID number, or of an address. */
static gboolean
read_digits (PltSearchLine *self,
             const char    *word)
{
  size_t length = strlen (word);

  if (!g_ascii_isdigit (word[0]))
    return FALSE;
  if (is_digits (word) && length >= MIN_ID_DIGITS && length < PLT_ID_NUMBER_DIGITS &&
      self->id_prefix == NULL)
    self->id_prefix = g_strdup (word);
  else if (length < MIN_ID_DIGITS + 1)
    g_ptr_array_add (self->address, g_strdup (word));

  return TRUE;
}

static gboolean
read_number (PltSearchLine *self,
             const char    *word)
{
  return read_licence_number (self, word) || read_record_number (self, word) ||
         read_digits (self, word);
}

/* "born", "née le" and the like before a date say nothing that the date does not. */
static void
drop_introduction (GPtrArray *names)
{
  while (names->len > 0 && plt_search_word_introduces_date (names->pdata[names->len - 1]))
    g_ptr_array_set_size (names, (int) names->len - 1);
}

/* Words that may be names, with %NULL where something else stood between them. */
static GPtrArray *
read_words (PltSearchLine  *self,
            char          **words,
            PltDate         today)
{
  GPtrArray *left = g_ptr_array_new_with_free_func (g_free);
  guint used;

  for (char **at = words; *at != NULL; at += used)
    {
      used = read_id_number (self, at);
      if (used > 0)
        continue;
      used = plt_search_date_read ((const char * const *) at, today, self->births);
      if (used > 0)
        {
          drop_introduction (left);
          g_ptr_array_add (left, NULL);
          continue;
        }
      used = 1;
      if (read_number (self, *at))
        g_ptr_array_add (left, NULL);
      else
        g_ptr_array_add (left, g_utf8_substring (*at, 0, MIN (g_utf8_strlen (*at, -1),
                                                              MAX_WORD_CHARS)));
    }

  return left;
}

static void
cut (GPtrArray *list,
     guint      length)
{
  if (list->len > length)
    g_ptr_array_set_size (list, (int) length);
  g_ptr_array_add (list, NULL);
}

static void
finish_lists (PltSearchLine *self)
{
  if (self->names->len > 1)
    plt_search_words_drop_particles (self->names);
  cut (self->names, MAX_NAMES);
  cut (self->address, MAX_ADDRESS);
  g_ptr_array_add (self->id_numbers, NULL);
}

static PltSearchLine *
new_line (const char *typed)
{
  PltSearchLine *self = g_atomic_rc_box_new0 (PltSearchLine);
  g_autofree char *valid = g_utf8_make_valid (typed != NULL ? typed : "", -1);
  g_autofree char *collapsed = plt_fold_collapse (valid);

  self->text = g_utf8_substring (collapsed, 0, MIN (g_utf8_strlen (collapsed, -1),
                                                    MAX_TEXT_CHARS));
  self->id_numbers = g_ptr_array_new_with_free_func (g_free);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->address = g_ptr_array_new_with_free_func (g_free);
  self->births = g_array_new (FALSE, FALSE, sizeof (PltDateSpan));

  return self;
}

/**
 * plt_search_line_parse:
 * @typed: (nullable): as typed, pasted or scanned; bytes that are no UTF-8 are passed over
 * @today: against which birth dates are measured
 *
 * Returns: (transfer full): what it means; empty for nothing but marks
 */
PltSearchLine *
plt_search_line_parse (const char *typed,
                       PltDate     today)
{
  PltSearchLine *self = new_line (typed);
  g_auto (GStrv) words = NULL;
  g_autoptr (GPtrArray) left = NULL;

  words = split_words (self->text);
  left = read_words (self, words, today);
  plt_search_words_sort_out (left, self->names, self->address);
  finish_lists (self);

  return self;
}

/**
 * plt_search_line_new_person:
 * @names: family and given names of a record: each word is a name, whatever else it may mean
 * @births: (array length=n_births): days of which one is the birth date
 * @n_births: how many
 *
 * Returns: (transfer full): what looks for that person
 */
PltSearchLine *
plt_search_line_new_person (const char    *names,
                            const PltDate *births,
                            guint          n_births)
{
  PltSearchLine *self = new_line (names);
  g_auto (GStrv) words = split_words (self->text);

  for (char **word = words; *word != NULL; word++)
    g_ptr_array_add (self->names, g_utf8_substring (*word, 0, MIN (g_utf8_strlen (*word, -1),
                                                                   MAX_WORD_CHARS)));
  for (guint i = 0; i < n_births; i++)
    g_array_append_val (self->births, ((PltDateSpan) { births[i], births[i] }));
  finish_lists (self);

  return self;
}

/**
 * plt_search_line_new_mistyped:
 * @id_number: a right number
 *
 * Returns: (transfer full): what looks for whoever stands under a number that a slip made of it
 */
PltSearchLine *
plt_search_line_new_mistyped (const char *id_number)
{
  PltSearchLine *self = new_line (id_number);
  g_autoptr (GPtrArray) slips = plt_id_number_list_slips (id_number);

  self->id_mistyped = TRUE;
  g_ptr_array_extend_and_steal (self->id_numbers, g_steal_pointer (&slips));
  finish_lists (self);

  return self;
}

PltSearchLine *
plt_search_line_ref (PltSearchLine *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
plt_search_line_unref (PltSearchLine *self)
{
  g_atomic_rc_box_release_full (self, clear_line);
}

gboolean
plt_search_line_is_empty (PltSearchLine *self)
{
  return self->id_numbers->len == 1 && !self->id_mistyped && self->id_prefix == NULL &&
         self->licence_number == NULL && self->record_number == NULL && self->names->len == 1 &&
         self->address->len == 1 && self->births->len == 0;
}

/* The line itself, white space collapsed, at most 200 characters. */
const char *
plt_search_line_get_text (PltSearchLine *self)
{
  return self->text;
}

/**
 * plt_search_line_get_id_numbers:
 * @self: a line
 *
 * Returns: (transfer none): one number when a whole one was typed; if its check digit is wrong, all
 *   those right ones that differ from it by one digit or by two neighbours swapped
 */
const char * const *
plt_search_line_get_id_numbers (PltSearchLine *self)
{
  return (const char * const *) self->id_numbers->pdata;
}

gboolean
plt_search_line_is_id_mistyped (PltSearchLine *self)
{
  return self->id_mistyped;
}

/* (nullable): five to ten digits with which an ID number may begin. */
const char *
plt_search_line_get_id_prefix (PltSearchLine *self)
{
  return self->id_prefix;
}

/* (nullable): a licence number in capitals, or its beginning. */
const char *
plt_search_line_get_licence_number (PltSearchLine *self)
{
  return self->licence_number;
}

/* (nullable): an application's or card's number or a blank's serial in capitals, or a beginning. */
const char *
plt_search_line_get_record_number (PltSearchLine *self)
{
  return self->record_number;
}

const char * const *
plt_search_line_get_names (PltSearchLine *self)
{
  return (const char * const *) self->names->pdata;
}

const char * const *
plt_search_line_get_address (PltSearchLine *self)
{
  return (const char * const *) self->address->pdata;
}

const PltDateSpan *
plt_search_line_get_births (PltSearchLine *self,
                            guint         *n_births)
{
  *n_births = self->births->len;

  return (const PltDateSpan *) (void *) self->births->data;
}

/**
 * plt_search_line_births_to_text:
 * @self: a line
 *
 * Returns: (transfer full): "1980-03-02/1980-03-02,1980-02-03/1980-02-03", intervals as ISO 8601
 *   writes them, both ends included; empty without a birth date
 */
char *
plt_search_line_births_to_text (PltSearchLine *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->births->len; i++)
    {
      const PltDateSpan *span = &g_array_index (self->births, PltDateSpan, i);
      g_autofree char *from = plt_date_to_iso (span->from);
      g_autofree char *to = plt_date_to_iso (span->to);

      g_string_append_printf (text, "%s%s/%s", i > 0 ? "," : "", from, to);
    }

  return g_string_free (text, FALSE);
}
