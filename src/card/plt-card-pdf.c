/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts what is ready into the file of a card. cairo has no call to reuse a stream that it wrote
 * before, so the page carries a JPEG of one dot in its place, which cairo passes through as it is
 * and which cannot be mistaken for a portrait; its object is then replaced by the form, whose
 * matrix maps the unit square of an image to its page. The objects that the forms need are appended
 * and a new table of cross-references is written. Not one byte depends on the machine. */
#include "plt-card-pdf.h"

#include <gio/gio.h>
#include <string.h>

#define MARK "PLATEN"
#define MARK_DIGITS 4
#define MAX_PLACEHOLDERS 10000
#define MARKED_OBJECT_BYTES 600 /* a placeholder's object is shorter */
#define TINT_LEVEL 2            /* of compression: grain does not get smaller by more work */

/* One page of the prepared file. */
typedef struct
{
  const char *content;
  gsize       length;
  double      width, height; /* points */
  guint       resources;
  GArray     *needed;        /* object numbers, of the resources and all that they name */
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
  GArray       *replacements; /* by number of the placeholder */
};

/* A file being put together. */
typedef struct
{
  PltCardPdf    *pdf;
  PltPdfObjects *card;
  GByteArray    *bytes;
  GArray        *offsets; /* guint, by object number */
  guint         *numbers; /* of the forms' objects here; 0: not yet */
  GArray        *appended; /* of the forms' objects, by their own number, in order */
} Join;

static void
form_clear (gpointer data)
{
  Form *form = data;

  g_clear_pointer (&form->needed, g_array_unref);
}

void
plt_card_forms_free (PltCardForms *self)
{
  g_clear_pointer (&self->forms, g_array_unref);
  g_clear_pointer (&self->objects, plt_pdf_objects_free);
  g_free (self);
}

static gboolean
contains (GArray *numbers,
          guint   number)
{
  for (guint i = 0; i < numbers->len; i++)
    if (g_array_index (numbers, guint, i) == number)
      return TRUE;
  return FALSE;
}

/* @id and all objects that it names, breadth first. */
static GArray *
list_needed (PltPdfObjects *objects,
             guint          id)
{
  GArray *needed = g_array_new (FALSE, FALSE, sizeof (guint));

  g_array_append_val (needed, id);
  for (guint i = 0; i < needed->len; i++)
    {
      const PltPdfObject *object = plt_pdf_objects_get (objects, g_array_index (needed, guint, i));
      const char *at = object != NULL ? object->text : NULL;
      const char *end = at != NULL ? at + plt_pdf_object_get_head (object) : NULL;
      const char *start;
      guint reference;

      while (at != NULL && (reference = plt_pdf_next_reference (&at, end, &start)) != 0)
        if (!contains (needed, reference))
          g_array_append_val (needed, reference);
    }
  return needed;
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
  form->needed = list_needed (self->objects, form->resources);
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
  g_array_set_clear_func (self->forms, form_clear);
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

/* @forms: (nullable): must outlive the result */
PltCardPdf *
plt_card_pdf_new (PltCardForms *forms)
{
  PltCardPdf *self = g_new0 (PltCardPdf, 1);

  self->forms = forms;
  self->replacements = g_array_new (FALSE, TRUE, sizeof (Replacement));
  g_array_set_clear_func (self->replacements, replacement_clear);
  return self;
}

void
plt_card_pdf_free (PltCardPdf *self)
{
  g_array_unref (self->replacements);
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

/* Fills the unit square of @cr, upright, with the replacement that was added last. */
static void
paint_placeholder (PltCardPdf *self,
                   cairo_t    *cr,
                   double      opacity)
{
  guint8 mark[64];
  gsize length = write_mark (self->replacements->len - 1, mark);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 1, 1);
  guint8 *copy = g_memdup2 (mark, length);

  cairo_surface_set_mime_data (surface, CAIRO_MIME_TYPE_JPEG, copy, length, g_free, copy);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  if (opacity < 1)
    {
      cairo_paint_with_alpha (cr, opacity);
    }
  else
    {
      cairo_rectangle (cr, 0, 0, 1, 1);
      cairo_fill (cr);
    }
  cairo_surface_destroy (surface);
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
  g_return_if_fail (self->replacements->len < MAX_PLACEHOLDERS);

  g_array_append_val (self->replacements, replacement);
  cairo_save (cr);
  cairo_scale (cr, width, height);
  paint_placeholder (self, cr, 1);
  cairo_restore (cr);
}

static GBytes *
deflate_bytes (const guint8 *data,
               gsize         length)
{
  g_autoptr (GConverter) compressor =
    G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, TINT_LEVEL));
  gsize room = length + length / 100 + 128, taken = 0, made = 0;
  guint8 *out = g_malloc (room);
  GConverterResult result = g_converter_convert (compressor, data, length, out, room,
                                                 G_CONVERTER_INPUT_AT_END, &taken, &made, NULL);

  g_assert (result == G_CONVERTER_FINISHED && taken == length);
  return g_bytes_new_take (out, made);
}

/* Fills the unit square of @cr with a picture of one byte a dot, coloured by @palette (256 × red,
 * green, blue): an indexed image (ISO 32000-1, 8.6.6.3), a third of the bytes of a coloured one. */
void
plt_card_pdf_use_tint (PltCardPdf    *self,
                       cairo_t       *cr,
                       const guint8  *shades,
                       int            columns,
                       int            rows,
                       const guint8  *palette,
                       double         opacity)
{
  g_autoptr (GBytes) data = deflate_bytes (shades, (gsize) columns * rows);
  g_autoptr (GString) object = g_string_new (NULL);
  Replacement replacement = { .form = -1 };

  g_return_if_fail (self->replacements->len < MAX_PLACEHOLDERS);

  g_string_append_printf (object, "<< /Length %" G_GSIZE_FORMAT "\n   /Filter /FlateDecode\n"
                          "   /Type /XObject\n   /Subtype /Image\n   /Width %d\n   /Height %d\n"
                          "   /BitsPerComponent 8\n   /ColorSpace [ /Indexed /DeviceRGB 255 <",
                          g_bytes_get_size (data), columns, rows);
  for (int i = 0; i < 256 * 3; i++)
    g_string_append_printf (object, "%02x", palette[i]);
  g_string_append (object, "> ]\n>>\nstream\n");
  g_string_append_len (object, g_bytes_get_data (data, NULL), (gssize) g_bytes_get_size (data));
  g_string_append (object, "\nendstream\n");
  replacement.object = g_string_free_to_bytes (g_steal_pointer (&object));
  g_array_append_val (self->replacements, replacement);
  paint_placeholder (self, cr, opacity);
}

/* Which replacement stands for this object of cairo's; NULL: none. */
static const Replacement *
find_replacement (Join  *join,
                  guint  id)
{
  const PltPdfObject *object = plt_pdf_objects_get (join->card, id);
  GArray *replacements = join->pdf->replacements;
  const char *data, *found;
  guint8 mark[64];
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

static void
begin_object (Join  *join,
              guint  number)
{
  if (number >= join->offsets->len)
    g_array_set_size (join->offsets, number + 1);
  g_array_index (join->offsets, guint, number) = join->bytes->len;
  append_printf (join, "%u 0 obj\n", number);
}

/* The number that an object of the forms has in this file. */
static guint
take_number (Join  *join,
             guint  id)
{
  if (join->numbers[id] == 0)
    {
      g_array_append_val (join->appended, id);
      join->numbers[id] = plt_pdf_objects_get_size (join->card) + join->appended->len - 1;
    }
  return join->numbers[id];
}

static void
append_form (Join       *join,
             const Form *form)
{
  char a[G_ASCII_DTOSTR_BUF_SIZE], d[G_ASCII_DTOSTR_BUF_SIZE];
  char width[G_ASCII_DTOSTR_BUF_SIZE], height[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < form->needed->len; i++)
    take_number (join, g_array_index (form->needed, guint, i));
  append_printf (join,
                 "<< /Length %" G_GSIZE_FORMAT "\n   /Filter /FlateDecode\n   /Type /XObject\n"
                 "   /Subtype /Form\n   /BBox [ 0 0 %s %s ]\n   /Matrix [ %s 0 0 %s 0 0 ]\n"
                 "   /Resources %u 0 R\n>>\nstream\n",
                 form->length, g_ascii_formatd (width, sizeof width, "%.6f", form->width),
                 g_ascii_formatd (height, sizeof height, "%.6f", form->height),
                 g_ascii_formatd (a, sizeof a, "%.12f", 1 / form->width),
                 g_ascii_formatd (d, sizeof d, "%.12f", 1 / form->height),
                 join->numbers[form->resources]);
  append (join, form->content, form->length);
  append (join, "\nendstream\n", strlen ("\nendstream\n"));
}

/* An object of the forms, its references renumbered. */
static void
append_needed (Join  *join,
               guint  id)
{
  const PltPdfObject *object = plt_pdf_objects_get (join->pdf->forms->objects, id);
  const char *from = object->text, *at = object->text, *start;
  const char *end = object->text + plt_pdf_object_get_head (object);
  guint reference;

  begin_object (join, join->numbers[id]);
  while ((reference = plt_pdf_next_reference (&at, end, &start)) != 0)
    {
      append (join, from, (gsize) (start - from));
      append_printf (join, "%u 0 R", join->numbers[reference]);
      from = at;
    }
  append (join, from, object->length - (gsize) (from - object->text));
  append (join, "endobj\n", strlen ("endobj\n"));
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
        append (join, object->text, object->length);
      else if (replacement->form < 0)
        append (join, g_bytes_get_data (replacement->object, NULL),
                g_bytes_get_size (replacement->object));
      else
        append_form (join, &g_array_index (join->pdf->forms->forms, Form, replacement->form));
      append (join, "endobj\n", strlen ("endobj\n"));
    }
  for (guint i = 0; i < join->appended->len; i++)
    append_needed (join, g_array_index (join->appended, guint, i));
}

static void
append_table (Join *join)
{
  guint start = join->bytes->len;

  append_printf (join, "xref\n0 %u\n0000000000 65535 f \n", join->offsets->len);
  for (guint id = 1; id < join->offsets->len; id++)
    {
      guint offset = g_array_index (join->offsets, guint, id);

      append_printf (join, offset != 0 ? "%010u 00000 n \n" : "%010u 65535 f \n", offset);
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
  g_autoptr (GArray) appended = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree guint *numbers = NULL;
  Join join = { .pdf = self, .card = card, .offsets = offsets, .appended = appended };

  if (card == NULL)
    return NULL;
  numbers = g_new0 (guint, self->forms != NULL ? plt_pdf_objects_get_size (self->forms->objects) : 1);
  join.numbers = numbers;
  join.bytes = g_byte_array_sized_new ((guint) g_bytes_get_size (pdf) * 2);
  g_array_set_size (offsets, plt_pdf_objects_get_size (card));
  append (&join, "%PDF-1.4\n%\xb5\xed\xae\xfb\n", strlen ("%PDF-1.4\n%\xb5\xed\xae\xfb\n"));
  append_card_objects (&join);
  append_table (&join);
  return g_byte_array_free_to_bytes (join.bytes);
}
