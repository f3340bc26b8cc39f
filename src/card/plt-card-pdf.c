/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts what is ready into the file of a card. cairo has no call to reuse a stream that it wrote
 * before, so the page carries a JPEG of one dot in its place, which cairo passes through as it is
 * and which cannot be mistaken for a portrait; its object is then replaced by the form, whose
 * matrix maps the unit square of an image to its page. The objects that the forms need are appended
 * and a new table of cross-references is written. Not one byte depends on the machine. */
#include "plt-card-pdf.h"

#include <string.h>

#define MARK "PLATEN"
#define MARK_DIGITS 4
#define MARK_ROOM 64
#define MARKED_OBJECT_BYTES 600 /* a placeholder's object is shorter */

/* One page of the prepared file. */
typedef struct
{
  const char *content;
  gsize       length;
  double      width, height; /* points */
  guint       resources;     /* number of the object that names what the content uses */
} Form;

struct _PltCardForms
{
  PltPdfObjects *objects;
  GArray        *forms;
};

typedef struct
{
  int     form;    /* -1: object */
  GBytes *object;
} Replacement;

struct _PltCardPdf
{
  PltCardForms *forms;
  GPtrArray    *placeholders; /* of cairo_surface_t, by form; NULL where it is not used */
  GArray       *replacements; /* by number of the placeholder */
  GPtrArray    *own;          /* of GBytes: objects made for this card alone */
  GHashTable   *known;        /* key → number of one of them */
};

/* An object behind those of cairo's: one of the card's own, or one that forms need. */
typedef struct
{
  gboolean is_own;
  guint    id;
} Appended;

/* A file being put together. */
typedef struct
{
  PltCardPdf    *pdf;
  PltPdfObjects *card;
  GByteArray    *bytes;
  GArray        *offsets; /* guint, by object number */
  guint         *numbers[2]; /* here, of the forms' objects and of the card's own; 0: not yet */
  GArray        *appended;   /* of Appended */
} Join;

void
plt_card_forms_free (PltCardForms *self)
{
  g_clear_pointer (&self->forms, g_array_unref);
  g_clear_pointer (&self->objects, plt_pdf_objects_free);
  g_free (self);
}

static gboolean
read_page_size (const PltPdfObject *page,
                Form               *form)
{
  g_autofree char *text = g_strndup (page->text, page->length);
  const char *box = strstr (text, "/MediaBox [ 0 0 ");
  char *end = NULL;

  if (box == NULL)
    return FALSE;
  form->width = g_ascii_strtod (box + strlen ("/MediaBox [ 0 0 "), &end);
  form->height = g_ascii_strtod (end, NULL);
  return form->width > 0 && form->height > 0;
}

static gboolean
read_form (PltCardForms *self,
           guint         page_id,
           Form         *form)
{
  const PltPdfObject *page = plt_pdf_objects_get (self->objects, page_id);

  if (page == NULL || !read_page_size (page, form))
    return FALSE;
  form->resources = plt_pdf_object_get_reference (page, "/Resources ");
  if (form->resources == 0
      || !plt_pdf_objects_get_stream (self->objects,
                                      plt_pdf_object_get_reference (page, "/Contents "),
                                      &form->content, &form->length))
    return FALSE;
  return TRUE;
}

/* @pdf: a file of cairo's, each page of it one form
 *
 * Returns: (transfer full) (nullable): its pages in their order; NULL when the file is not as
 * expected: then everything must be drawn anew for each card */
PltCardForms *
plt_card_forms_new (GBytes *pdf)
{
  g_autoptr (PltCardForms) self = g_new0 (PltCardForms, 1);
  g_autoptr (GArray) pages = NULL;

  self->forms = g_array_new (FALSE, TRUE, sizeof (Form));
  self->objects = plt_pdf_objects_read (pdf);
  if (self->objects == NULL)
    return NULL;
  pages = plt_pdf_objects_list_pages (self->objects);
  for (guint i = 0; i < pages->len; i++)
    {
      Form form = { 0 };

      if (!read_form (self, g_array_index (pages, guint, i), &form))
        return NULL;
      g_array_append_val (self->forms, form);
    }
  return g_steal_pointer (&self);
}

static void
replacement_clear (gpointer data)
{
  Replacement *replacement = data;

  g_clear_pointer (&replacement->object, g_bytes_unref);
}

static void
placeholder_free (gpointer data)
{
  if (data != NULL)
    cairo_surface_destroy (data);
}

/* @forms: (nullable): must outlive the result */
PltCardPdf *
plt_card_pdf_new (PltCardForms *forms)
{
  PltCardPdf *self = g_new0 (PltCardPdf, 1);

  self->forms = forms;
  self->placeholders = g_ptr_array_new_with_free_func (placeholder_free);
  self->replacements = g_array_new (FALSE, TRUE, sizeof (Replacement));
  g_array_set_clear_func (self->replacements, replacement_clear);
  self->own = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->known = g_hash_table_new (NULL, NULL);
  return self;
}

void
plt_card_pdf_free (PltCardPdf *self)
{
  g_hash_table_unref (self->known);
  g_ptr_array_unref (self->own);
  g_array_unref (self->replacements);
  g_ptr_array_unref (self->placeholders);
  g_free (self);
}

/* A JPEG of one grey dot as far as its head goes, with a comment that numbers it. */
static gsize
write_mark (guint   number,
            guint8 *mark)
{
  static const guint8 frame[] = { 0xff, 0xc0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0, 0xff, 0xd9 };
  g_autofree char *comment = g_strdup_printf ("%s%0*u", MARK, MARK_DIGITS, number);
  gsize length = strlen (comment);
  guint8 head[] = { 0xff, 0xd8, 0xff, 0xfe, 0, (guint8) (length + 2) };

  memcpy (mark, head, sizeof head);
  memcpy (mark + sizeof head, comment, length);
  memcpy (mark + sizeof head + length, frame, sizeof frame);
  return sizeof head + length + sizeof frame;
}

/* (transfer full): the placeholder of the replacement that was added last. */
static cairo_surface_t *
make_placeholder (PltCardPdf *self)
{
  guint8 mark[MARK_ROOM];
  gsize length = write_mark (self->replacements->len - 1, mark);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 1, 1);
  guint8 *copy = g_memdup2 (mark, length);

  cairo_surface_set_mime_data (surface, CAIRO_MIME_TYPE_JPEG, copy, length, g_free, copy);
  return surface;
}

/* Fills the unit square of @cr, upright. */
static void
paint_placeholder (cairo_surface_t *surface,
                   cairo_t         *cr,
                   double           opacity)
{
  cairo_save (cr);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  if (opacity < 1)
    cairo_paint_with_alpha (cr, opacity);
  else
    cairo_paint (cr);
  cairo_restore (cr);
}

/* Puts a prepared page over the whole page, whose size is @width × @height in the unit of @cr and
 * whose top left corner is the origin. */
void
plt_card_pdf_use_form (PltCardPdf *self,
                       cairo_t    *cr,
                       guint       form,
                       double      width,
                       double      height)
{
  Replacement replacement = { .form = (int) form };

  g_return_if_fail (self->forms != NULL && form < self->forms->forms->len);

  if (form >= self->placeholders->len)
    g_ptr_array_set_size (self->placeholders, (int) self->forms->forms->len);
  if (g_ptr_array_index (self->placeholders, form) == NULL)
    {
      g_array_append_val (self->replacements, replacement);
      g_ptr_array_index (self->placeholders, form) = make_placeholder (self);
    }
  cairo_save (cr);
  cairo_scale (cr, width, height);
  paint_placeholder (g_ptr_array_index (self->placeholders, form), cr, 1);
  cairo_restore (cr);
}

/* A form that is one by one. @members: further members of its dictionary; what the content paints
 * outside of the unit square is cut off. */
GBytes *
plt_card_pdf_make_form (const char *content,
                        const char *members)
{
  char *text = g_strdup_printf ("<< /Length %" G_GSIZE_FORMAT "\n   /Type /XObject\n"
                                "   /Subtype /Form\n   /BBox [ 0 0 1 1 ]\n%s>>\nstream\n%s\n"
                                "endstream\n", strlen (content), members, content);

  return g_bytes_new_take (text, strlen (text));
}

/* Adds an object that no page names by itself. What it refers to as "N 0 R" are objects added
 * before, by the number that this returned. */
guint
plt_card_pdf_add (PltCardPdf *self,
                  GBytes     *object)
{
  g_ptr_array_add (self->own, g_bytes_ref (object));
  return self->own->len;
}

/* So that one picture stands in the file once. Returns: 0 when nothing is remembered for @key */
guint
plt_card_pdf_find (PltCardPdf    *self,
                   gconstpointer  key)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->known, key));
}

void
plt_card_pdf_remember (PltCardPdf    *self,
                       gconstpointer  key,
                       guint          number)
{
  g_hash_table_insert (self->known, (gpointer) key, GUINT_TO_POINTER (number));
}

/* Fills the unit square of @cr, upright, with @object: an image, or a form that is one by one. It
 * refers to others as those of plt_card_pdf_add() do. */
void
plt_card_pdf_use (PltCardPdf *self,
                  cairo_t    *cr,
                  GBytes     *object,
                  double      opacity)
{
  Replacement replacement = { .form = -1, .object = g_bytes_ref (object) };
  cairo_surface_t *surface;

  g_array_append_val (self->replacements, replacement);
  surface = make_placeholder (self);
  paint_placeholder (surface, cr, opacity);
  cairo_surface_destroy (surface);
}

/* Which replacement stands for this object of cairo's; NULL: none. */
static const Replacement *
find_replacement (Join  *join,
                  guint  id)
{
  const PltPdfObject *object = plt_pdf_objects_get (join->card, id);
  GArray *replacements = join->pdf->replacements;
  const char *data, *found;
  guint8 mark[MARK_ROOM];
  gsize length;
  guint64 number;

  if (object->length > MARKED_OBJECT_BYTES
      || (found = memmem (object->text, object->length, MARK, strlen (MARK))) == NULL
      || !plt_pdf_objects_get_stream (join->card, id, &data, &length))
    return NULL;
  number = g_ascii_strtoull (found + strlen (MARK), NULL, 10);
  if (number >= replacements->len || write_mark ((guint) number, mark) != length
      || memcmp (mark, data, length) != 0)
    return NULL;
  return &g_array_index (replacements, Replacement, number);
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

/* "12" and then @after: most of what is written here, and printf() takes ten times as long. */
static void
append_number (Join       *join,
               guint       number,
               const char *after)
{
  char text[16];
  char *at = text + sizeof text;

  do
    *--at = (char) ('0' + number % 10);
  while ((number /= 10) > 0);
  append (join, at, (gsize) (text + sizeof text - at));
  append (join, after, strlen (after));
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
             gboolean  is_own,
             guint     id)
{
  Appended appended = { is_own, id };

  if (join->numbers[is_own][id] == 0)
    {
      g_array_append_val (join->appended, appended);
      join->numbers[is_own][id] = plt_pdf_objects_get_size (join->card) + join->appended->len - 1;
    }
  return join->numbers[is_own][id];
}

/* An object with its references renumbered. */
static void
append_object (Join               *join,
               gboolean            is_own,
               const PltPdfObject *object)
{
  const char *from = object->text, *at = object->text, *start;
  const char *end = object->text + plt_pdf_object_get_head (object);
  guint reference;

  while ((reference = plt_pdf_next_reference (&at, end, &start)) != 0)
    {
      append (join, from, (gsize) (start - from));
      append_number (join, take_number (join, is_own, reference), " 0 R");
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
  append_object (join, TRUE, &object);
}

static void
append_form (Join       *join,
             const Form *form)
{
  char a[G_ASCII_DTOSTR_BUF_SIZE], d[G_ASCII_DTOSTR_BUF_SIZE];
  char width[G_ASCII_DTOSTR_BUF_SIZE], height[G_ASCII_DTOSTR_BUF_SIZE];

  append_printf (join,
                 "<< /Length %" G_GSIZE_FORMAT "\n   /Filter /FlateDecode\n   /Type /XObject\n"
                 "   /Subtype /Form\n   /BBox [ 0 0 %s %s ]\n   /Matrix [ %s 0 0 %s 0 0 ]\n"
                 "   /Resources %u 0 R\n>>\nstream\n",
                 form->length, g_ascii_formatd (width, sizeof width, "%.6f", form->width),
                 g_ascii_formatd (height, sizeof height, "%.6f", form->height),
                 g_ascii_formatd (a, sizeof a, "%.12f", 1 / form->width),
                 g_ascii_formatd (d, sizeof d, "%.12f", 1 / form->height),
                 take_number (join, FALSE, form->resources));
  append (join, form->content, form->length);
  append (join, "\nendstream\n", strlen ("\nendstream\n"));
}

static void
append_appended (Join           *join,
                 const Appended *appended)
{
  begin_object (join, join->numbers[appended->is_own][appended->id]);
  if (appended->is_own)
    append_own (join, g_ptr_array_index (join->pdf->own, appended->id - 1));
  else
    append_object (join, FALSE, plt_pdf_objects_get (join->pdf->forms->objects, appended->id));
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
append_card_object (Join               *join,
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

static void
append_card_objects (Join *join)
{
  guint n_objects = 0;
  const guint *order = plt_pdf_objects_get_order (join->card, &n_objects);

  for (guint i = 0; i < n_objects; i++)
    {
      const PltPdfObject *object = plt_pdf_objects_get (join->card, order[i]);
      const Replacement *replacement = find_replacement (join, order[i]);

      begin_object (join, order[i]);
      if (replacement == NULL)
        append_card_object (join, object);
      else if (replacement->form < 0)
        append_own (join, replacement->object);
      else
        append_form (join, &g_array_index (join->pdf->forms->forms, Form, replacement->form));
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

  append_printf (join, "xref\n0 %u\n0000000000 65535 f \n", join->offsets->len);
  for (guint id = 1; id < join->offsets->len; id++)
    {
      append_entry (join, g_array_index (join->offsets, guint, id));
    }
  append_printf (join, "trailer\n<< /Size %u\n   /Root %u 0 R\n", join->offsets->len,
                 plt_pdf_objects_get_root (join->card));
  if (plt_pdf_objects_get_info (join->card) != 0)
    append_printf (join, "   /Info %u 0 R\n", plt_pdf_objects_get_info (join->card));
  append_printf (join, ">>\nstartxref\n%u\n%%%%EOF\n", start);
}

/* @pdf: what cairo wrote of the page on which the placeholders were painted
 *
 * Returns: (transfer full) (nullable): the whole file; NULL when cairo's file is not as expected */
GBytes *
plt_card_pdf_finish (PltCardPdf *self,
                     GBytes     *pdf)
{
  g_autoptr (PltPdfObjects) card = plt_pdf_objects_read (pdf);
  g_autoptr (GArray) offsets = g_array_new (FALSE, TRUE, sizeof (guint));
  g_autoptr (GArray) appended = g_array_new (FALSE, FALSE, sizeof (Appended));
  g_autofree guint *numbers = NULL;
  g_autofree guint *own_numbers = g_new0 (guint, self->own->len + 1);
  Join join = { .pdf = self, .card = card, .offsets = offsets, .appended = appended };

  if (card == NULL)
    return NULL;
  numbers = g_new0 (guint, self->forms != NULL ? plt_pdf_objects_get_size (self->forms->objects) : 1);
  join.numbers[FALSE] = numbers;
  join.numbers[TRUE] = own_numbers;
  join.bytes = g_byte_array_sized_new ((guint) g_bytes_get_size (pdf) * 2);
  g_array_set_size (offsets, plt_pdf_objects_get_size (card));
  append (&join, "%PDF-1.4\n%\xb5\xed\xae\xfb\n", strlen ("%PDF-1.4\n%\xb5\xed\xae\xfb\n"));
  append_card_objects (&join);
  append_table (&join);
  return g_byte_array_free_to_bytes (join.bytes);
}
