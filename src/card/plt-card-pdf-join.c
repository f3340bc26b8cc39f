/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts the file of a card together: cairo's objects, with the forms of the layout and the card's own
 * objects in place of the placeholders. The objects that these need are appended and a new table of
 * cross-references is written. Not one byte depends on the machine. */
#include "plt-card-pdf-private.h"

#include <math.h>
#include <string.h>

#define MARKED_OBJECT_BYTES 600 /* a placeholder's object is shorter */
#define NOT_MARKED G_MAXUINT
#define NUMBER_ROOM 32          /* of ten digits and a word behind them */

/* Where an object behind those of cairo's comes from. */
typedef enum
{
  SOURCE_PREPARED, /* an object of the prepared file, by its number */
  SOURCE_FORM,     /* a page of it, by its number from 1 on */
  SOURCE_OWN,      /* one of the card's own, by its number */
  N_SOURCES,
} Source;

typedef struct
{
  Source source;
  guint  id;
} Appended;

/* A file being put together. */
typedef struct
{
  PltCardPdf    *pdf;
  gboolean       is_tidied; /* nothing is put in yet */
  PltPdfObjects *card;
  GByteArray    *bytes;
  GArray        *offsets;            /* guint, by object number */
  guint         *numbers[N_SOURCES]; /* here, by the number there; 0: not yet */
  GArray        *appended;           /* of Appended */
} Join;

/* The number of the placeholder that this object of cairo's is; NOT_MARKED: none. */
static guint
find_painted_mark (Join  *join,
                   guint  id)
{
  const PltPdfObject *object = plt_pdf_objects_get (join->card, id);
  const char *data, *found;
  guint8 mark[PLT_CARD_PDF_MARK_ROOM];
  gsize length;
  guint64 number;

  if (object->length > MARKED_OBJECT_BYTES
      || (found = memmem (object->text, object->length, PLT_CARD_PDF_MARK,
                          strlen (PLT_CARD_PDF_MARK))) == NULL
      || !plt_pdf_objects_get_stream (join->card, id, &data, &length))
    return NOT_MARKED;
  number = g_ascii_strtoull (found + strlen (PLT_CARD_PDF_MARK), NULL, 10);
  if (number >= join->pdf->replacements->len || plt_card_pdf_write_mark ((guint) number, mark) != length
      || memcmp (mark, data, length) != 0)
    return NOT_MARKED;
  return (guint) number;
}

/* Which replacement stands for this object of a tidied file; NULL: none. */
static const PltCardReplacement *
find_replacement (Join  *join,
                  guint  id)
{
  static const char start[] = "(" PLT_CARD_PDF_MARK;
  const PltPdfObject *object = plt_pdf_objects_get (join->card, id);
  GArray *replacements = join->pdf->replacements;
  char *end = NULL;
  guint64 number;

  if (object->length < sizeof start || memcmp (object->text, start, strlen (start)) != 0)
    return NULL;
  number = g_ascii_strtoull (object->text + strlen (start), &end, 10);
  return number < replacements->len && end + 2 == object->text + object->length && *end == ')'
         ? &g_array_index (replacements, PltCardReplacement, number) : NULL;
}

static void
append (Join       *join,
        const char *text,
        gsize       length)
{
  g_byte_array_append (join->bytes, (const guint8 *) text, (guint) length);
}

G_GNUC_PRINTF (2, 3) static void
append_printf (Join       *join,
               const char *format,
               ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  append (join, text, strlen (text));
}

/* "12" and then @after: most of what is written here, and printf() takes ten times as long. Returns:
 * how long @text is */
static gsize
write_number (guint       number,
              const char *after,
              char        text[NUMBER_ROOM])
{
  char digits[NUMBER_ROOM];
  char *at = digits + sizeof digits;
  gsize n_digits, n_after = strlen (after);

  do
    *--at = (char) ('0' + number % 10);
  while ((number /= 10) > 0);
  n_digits = (gsize) (digits + sizeof digits - at);
  memcpy (text, at, n_digits);
  memcpy (text + n_digits, after, n_after);
  return n_digits + n_after;
}

static void
append_number (Join       *join,
               guint       number,
               const char *after)
{
  char text[NUMBER_ROOM];

  append (join, text, write_number (number, after, text));
}

static void
begin_object (Join  *join,
              guint  number)
{
  if (number >= join->offsets->len)
    g_array_set_size (join->offsets, number + 1);
  g_array_index (join->offsets, guint, number) = join->bytes->len;
  append_number (join, number, " 0 obj\n");
}

/* The number that an object has in this file. */
static guint
take_number (Join     *join,
             Source    source,
             guint     id)
{
  Appended appended = { source, id };

  if (source == SOURCE_PREPARED)
    {
      appended.id = join->pdf->forms->same[id];
      id = appended.id;
    }
  if (join->numbers[source][id] == 0)
    {
      g_array_append_val (join->appended, appended);
      join->numbers[source][id] = plt_pdf_objects_get_size (join->card) + join->appended->len - 1;
    }
  return join->numbers[source][id];
}

/* An object with its references renumbered. */
static void
append_object (Join               *join,
               Source              source,
               const PltPdfObject *object)
{
  const char *from = object->text, *at = object->text, *start;
  const char *end = object->text + plt_pdf_object_get_head (object);
  guint reference;

  while ((reference = plt_pdf_next_reference (&at, end, &start)) != 0)
    {
      append (join, from, (gsize) (start - from));
      append_number (join, take_number (join, source, reference), " 0 R");
      from = at;
    }
  append (join, from, object->length - (gsize) (from - object->text));
}

static void
append_own (Join   *join,
            GBytes *bytes)
{
  PltPdfObject object = { 0 };

  object.text = g_bytes_get_data (bytes, &object.length);
  append_object (join, SOURCE_OWN, &object);
}

/* Its box is the page and what is missing to whole points; the page cuts it off. */
static void
append_form (Join              *join,
             const PltCardForm *form)
{
  append (join, "<< /Length ", strlen ("<< /Length "));
  append_number (join, (guint) form->length, " /Filter /FlateDecode ");
  if (form->columns > 0)
    {
      append (join, "/DecodeParms <<", strlen ("/DecodeParms <<"));
      append (join, "/Predictor 12 /Columns ", strlen ("/Predictor 12 /Columns "));
      append_number (join, form->columns, ">>");
    }
  append (join, "/Subtype /Form /BBox [0 0 ", strlen ("/Subtype /Form /BBox [0 0 "));
  append_number (join, (guint) ceil (form->width), " ");
  append_number (join, (guint) ceil (form->height), "]/Resources ");
  append_number (join, take_number (join, SOURCE_PREPARED, form->resources), " 0 R>>\nstream\n");
  append (join, form->content, form->length);
  append (join, "\nendstream\n", strlen ("\nendstream\n"));
}

static void
add_number (GString    *string,
            const char *before,
            guint       number,
            const char *after)
{
  char text[NUMBER_ROOM];

  g_string_append (string, before);
  g_string_append_len (string, text, (gssize) write_number (number, after, text));
}

/* Each form that is used, once, by the name of its number. */
static char *
make_resources (Join   *join,
                GArray *placed)
{
  g_autofree guint8 *is_named = g_malloc0 (join->pdf->forms->forms->len);
  GString *members = g_string_new ("   /Resources << /XObject <<");

  for (guint i = 0; i < placed->len; i++)
    {
      guint form = g_array_index (placed, PltCardPlaced, i).form;

      if (is_named[form])
        continue;
      is_named[form] = TRUE;
      add_number (members, " /f", form, " ");
      add_number (members, "", take_number (join, SOURCE_FORM, form + 1), " 0 R");
    }
  g_string_append (members, " >> >>\n");
  return g_string_free (members, FALSE);
}

/* The unit square becomes the page, which all forms of one placeholder have the size of. */
static void
add_scale (GString           *content,
           const PltCardForm *form)
{
  char a[G_ASCII_DTOSTR_BUF_SIZE], d[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (content, "%s 0 0 %s 0 0 cm\n",
                          g_ascii_formatd (a, sizeof a, "%.17f", 1 / form->width),
                          g_ascii_formatd (d, sizeof d, "%.17f", 1 / form->height));
}

/* One upon the other. The place of a form is told to the last digit, lest letters that stand on the
 * dots of a device be drawn beside them. */
static void
append_placed (Join   *join,
               GArray *placed)
{
  g_autofree char *members = make_resources (join, placed);
  g_autoptr (GString) content = g_string_new (NULL);
  char x[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < placed->len; i++)
    {
      const PltCardPlaced *one = &g_array_index (placed, PltCardPlaced, i);

      if (i == 0)
        add_scale (content, &g_array_index (join->pdf->forms->forms, PltCardForm, one->form));
      if (one->x != 0)
        g_string_append_printf (content, "q 1 0 0 1 %s 0 cm ",
                                g_ascii_formatd (x, sizeof x, "%.6f", one->x));
      add_number (content, "/f", one->form, one->x != 0 ? " Do Q\n" : " Do\n");
    }
  append_printf (join, "<< /Length %" G_GSIZE_FORMAT " /Type /XObject /Subtype /Form"
                 " /BBox [ -1 -1 2 2 ]\n%s>>\nstream\n%s\nendstream\n", content->len, members,
                 content->str);
}

static void
append_appended (Join           *join,
                 const Appended *appended)
{
  begin_object (join, join->numbers[appended->source][appended->id]);
  switch (appended->source)
    {
    case SOURCE_FORM:
      append_form (join, &g_array_index (join->pdf->forms->forms, PltCardForm, appended->id - 1));
      break;
    case SOURCE_OWN:
      append_own (join, g_ptr_array_index (join->pdf->own, appended->id - 1));
      break;
    case SOURCE_PREPARED:
      append_object (join, SOURCE_PREPARED,
                     plt_pdf_objects_get (join->pdf->forms->objects, appended->id));
      break;
    case N_SOURCES:
    default:
      g_assert_not_reached ();
    }
  append (join, "endobj\n", strlen ("endobj\n"));
}

static const char *
find_entry_end (const char *entry,
                const char *end)
{
  const char *next = memchr (entry + 1, '/', (gsize) (end - entry - 1));

  return next != NULL ? next : end;
}

static gboolean
stands_before (const char *from,
               const char *entry,
               gsize       length,
               const char *end)
{
  for (const char *at = from; at < entry; at = find_entry_end (at, end))
    if (strncmp (at, entry, length) == 0)
      return TRUE;
  return FALSE;
}

/* An object of cairo's. Where a page paints something twice, its dictionary of resources names it
 * twice, which is an error (ISO 32000-1, 7.3.7): what stands before is left out. */
static void
append_named_once (Join               *join,
                   const PltPdfObject *object)
{
  static const char word[] = "/XObject <<";
  const char *head_end = object->text + plt_pdf_object_get_head (object);
  const char *from = memmem (object->text, (gsize) (head_end - object->text), word, strlen (word));
  const char *end = from != NULL ? memmem (from, (gsize) (head_end - from), ">>", 2) : NULL;
  const char *first = end != NULL ? memchr (from + 1, '/', (gsize) (end - from - 1)) : NULL;

  if (first == NULL)
    {
      append (join, object->text, object->length);
      return;
    }
  append (join, object->text, (gsize) (first - object->text));
  for (const char *entry = first; entry < end; entry = find_entry_end (entry, end))
    {
      gsize length = (gsize) (find_entry_end (entry, end) - entry);

      if (!stands_before (first, entry, length, end))
        append (join, entry, length);
    }
  append (join, end, object->length - (gsize) (end - object->text));
}

/* Another program must read all that there is, so a placeholder is no more than its number, and the object
 * in which cairo keeps its length is left out. */
static void
append_tidied_objects (Join *join)
{
  guint n_objects = 0;
  const guint *order = plt_pdf_objects_get_order (join->card, &n_objects);
  g_autofree guint *marks = g_new (guint, n_objects);
  g_autofree guint8 *is_left_out = g_malloc0 (plt_pdf_objects_get_size (join->card) + 1);

  for (guint i = 0; i < n_objects; i++)
    {
      guint length;

      marks[i] = find_painted_mark (join, order[i]);
      if (marks[i] == NOT_MARKED)
        continue;
      length = plt_pdf_object_get_reference (plt_pdf_objects_get (join->card, order[i]), "/Length ");
      if (length < plt_pdf_objects_get_size (join->card))
        is_left_out[length] = TRUE;
    }
  for (guint i = 0; i < n_objects; i++)
    {
      if (is_left_out[order[i]])
        continue;
      begin_object (join, order[i]);
      if (marks[i] == NOT_MARKED)
        append_named_once (join, plt_pdf_objects_get (join->card, order[i]));
      else
        append_printf (join, "(%s%u)\n", PLT_CARD_PDF_MARK, marks[i]);
      append (join, "endobj\n", strlen ("endobj\n"));
    }
}

static void
append_card_objects (Join *join)
{
  guint n_objects = 0;
  const guint *order = plt_pdf_objects_get_order (join->card, &n_objects);

  for (guint i = 0; i < n_objects; i++)
    {
      const PltPdfObject *object = plt_pdf_objects_get (join->card, order[i]);
      const PltCardReplacement *replacement = find_replacement (join, order[i]);

      begin_object (join, order[i]);
      if (replacement == NULL)
        append (join, object->text, object->length);
      else if (replacement->object != NULL)
        append_own (join, replacement->object);
      else
        append_placed (join, replacement->placed);
      append (join, "endobj\n", strlen ("endobj\n"));
    }
  for (guint i = 0; i < join->appended->len; i++)
    {
      Appended appended = g_array_index (join->appended, Appended, i);

      append_appended (join, &appended);
    }
}

/* Of the table: 20 bytes. */
static void
append_entry (Join  *join,
              guint  offset)
{
  char entry[] = "0000000000 00000 n \n";

  if (offset == 0)
    memcpy (entry + 11, "65535 f", 7);
  for (int i = 9; offset > 0; i--, offset /= 10)
    entry[i] = (char) ('0' + offset % 10);
  append (join, entry, sizeof entry - 1);
}

static void
append_table (Join *join)
{
  guint start = join->bytes->len;
  gsize id_length = 0;
  const char *identifiers = plt_pdf_objects_get_id (join->card, &id_length);

  append_printf (join, "xref\n0 %u\n0000000000 65535 f \n", join->offsets->len);
  for (guint id = 1; id < join->offsets->len; id++)
    {
      append_entry (join, g_array_index (join->offsets, guint, id));
    }
  append_printf (join, "trailer\n<< /Size %u\n   /Root %u 0 R\n", join->offsets->len,
                 plt_pdf_objects_get_root (join->card));
  if (plt_pdf_objects_get_info (join->card) != 0)
    append_printf (join, "   /Info %u 0 R\n", plt_pdf_objects_get_info (join->card));
  if (identifiers != NULL)
    append_printf (join, "   /ID %.*s\n", (int) id_length, identifiers);
  append_printf (join, ">>\nstartxref\n%u\n%%%%EOF\n", start);
}

/* The line of the version and the comment behind it, as @pdf has them. */
static void
append_header (Join   *join,
               GBytes *pdf)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (pdf, &length);
  const char *line = memchr (data, '\n', length);
  const char *comment = line != NULL ? memchr (line + 1, '\n', (gsize) (data + length - line) - 1)
                                     : NULL;

  if (comment != NULL)
    append (join, data, (gsize) (comment + 1 - data));
}

static GBytes *
join_objects (Join   *join,
              GBytes *pdf)
{
  g_autoptr (GArray) offsets = g_array_new (FALSE, TRUE, sizeof (guint));
  g_autoptr (GArray) appended = g_array_new (FALSE, FALSE, sizeof (Appended));
  gsize room = !join->is_tidied && join->pdf->forms != NULL ? join->pdf->forms->n_bytes : 0;

  join->offsets = offsets;
  join->appended = appended;
  join->bytes = g_byte_array_sized_new ((guint) (g_bytes_get_size (pdf) + room) + 4096);
  g_array_set_size (offsets, plt_pdf_objects_get_size (join->card));
  append_header (join, pdf);
  if (join->is_tidied)
    append_tidied_objects (join);
  else
    append_card_objects (join);
  append_table (join);
  return g_byte_array_free_to_bytes (join->bytes);
}

/* @pdf: what cairo wrote of the page on which the placeholders were painted
 *
 * Returns: (transfer full) (nullable): the same with every name standing once, as another program
 * wants it, and with numbers for placeholders; NULL when cairo's file is not as expected */
GBytes *
plt_card_pdf_tidy (PltCardPdf *self,
                   GBytes     *pdf)
{
  g_autoptr (PltPdfObjects) card = plt_pdf_objects_read (pdf);
  Join join = { .pdf = self, .card = card, .is_tidied = TRUE };

  return card != NULL ? join_objects (&join, pdf) : NULL;
}

/* @pdf: what plt_card_pdf_tidy() made, or what libqpdf wrote of it
 *
 * Returns: (transfer full) (nullable): the whole file; NULL when @pdf is not as expected */
GBytes *
plt_card_pdf_finish (PltCardPdf *self,
                     GBytes     *pdf)
{
  g_autoptr (PltPdfObjects) card = plt_pdf_objects_read (pdf);
  g_autofree guint *numbers = NULL;
  Join join = { .pdf = self, .card = card };
  guint n_prepared = self->forms != NULL ? plt_pdf_objects_get_size (self->forms->objects) : 0;
  guint n_forms = self->forms != NULL ? self->forms->forms->len : 0;

  if (card == NULL)
    return NULL;
  numbers = g_new0 (guint, n_prepared + n_forms + self->own->len + 2);
  join.numbers[SOURCE_PREPARED] = numbers;
  join.numbers[SOURCE_FORM] = numbers + n_prepared;
  join.numbers[SOURCE_OWN] = numbers + n_prepared + n_forms + 1;
  return join_objects (&join, pdf);
}
