/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is ready when a card is drawn, put on its pages. cairo has no call to reuse a stream that it
 * wrote before, so the page carries a JPEG of one dot in its place, which cairo passes through as it
 * is and which cannot be mistaken for a portrait; plt-card-pdf-join.c replaces its object. Forms that
 * follow each other share one placeholder: to cairo each is a picture to be written out. */
#include "plt-card-pdf-private.h"

#include "plt-card-content.h"

#include <math.h>
#include <string.h>

#define MARK_DIGITS 4
#define CID_MAP "/CIDToGIDMap"

void
plt_card_forms_free (PltCardForms *self)
{
  g_clear_pointer (&self->forms, g_array_unref);
  g_clear_pointer (&self->objects, plt_pdf_objects_free);
  g_free (self->same);
  g_free (self);
}

static gboolean
read_page_size (const PltPdfObject *page,
                PltCardForm        *form)
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

static void
form_clear (gpointer data)
{
  PltCardForm *form = data;

  g_clear_pointer (&form->packed, g_bytes_unref);
}

/* cairo's own way of writing it stays where that is not longer. */
static void
pack_form (PltCardForm *form)
{
  guint columns = 0;
  g_autoptr (GBytes) packed = plt_card_content_pack (form->content, form->length, &columns);

  if (packed == NULL || g_bytes_get_size (packed) >= form->length)
    return;
  form->content = g_bytes_get_data (packed, &form->length);
  form->columns = columns;
  form->packed = g_steal_pointer (&packed);
}

static gboolean
read_form (PltCardForms *self,
           guint         page_id,
           PltCardForm  *form)
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
  pack_form (form);
  return TRUE;
}

/* (nullable): @object with @put in place of @place. */
static GBytes *
replace_in_head (const PltPdfObject *object,
                 const char         *place,
                 const char         *put)
{
  gsize head = plt_pdf_object_get_head (object);
  const char *found = memmem (object->text, head, place, strlen (place));
  g_autoptr (GByteArray) bytes = NULL;

  if (found == NULL || (strstr (put, CID_MAP) != NULL
                        && memmem (object->text, head, CID_MAP, strlen (CID_MAP)) != NULL))
    return NULL;
  bytes = g_byte_array_sized_new ((guint) (object->length + strlen (put)));
  g_byte_array_append (bytes, (const guint8 *) object->text, (guint) (found - object->text));
  g_byte_array_append (bytes, (const guint8 *) put, (guint) strlen (put));
  found += strlen (place);
  g_byte_array_append (bytes, (const guint8 *) found,
                       (guint) (object->text + object->length - found));
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/* What ISO 19005-3 wants otherwise than cairo writes it (6.2.8 and 6.2.11.3.2): done here, once, and
 * not in the file of each card. Identity is what is meant where nothing stands. */
static void
mend (PltPdfObjects *objects)
{
  static const char *const mended[][2] = {
    { "/Interpolate true", "/Interpolate false" },
    { "/Subtype /CIDFontType2", "/Subtype /CIDFontType2 " CID_MAP " /Identity" },
  };

  for (guint id = 1; id < plt_pdf_objects_get_size (objects); id++)
    for (gsize i = 0; i < G_N_ELEMENTS (mended); i++)
      {
        const PltPdfObject *object = plt_pdf_objects_get (objects, id);
        GBytes *bytes = object != NULL ? replace_in_head (object, mended[i][0], mended[i][1]) : NULL;

        if (bytes != NULL)
          plt_pdf_objects_take (objects, id, bytes);
      }
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

  self->forms = g_array_new (FALSE, TRUE, sizeof (PltCardForm));
  g_array_set_clear_func (self->forms, form_clear);
  self->n_bytes = g_bytes_get_size (pdf);
  self->objects = plt_pdf_objects_read (pdf);
  if (self->objects == NULL)
    return NULL;
  mend (self->objects);
  pages = plt_pdf_objects_list_pages (self->objects);
  for (guint i = 0; i < pages->len; i++)
    {
      PltCardForm form = { 0 };

      if (!read_form (self, g_array_index (pages, guint, i), &form))
        return NULL;
      g_array_append_val (self->forms, form);
    }
  self->same = plt_card_objects_compact (self->objects);
  return g_steal_pointer (&self);
}

static void
replacement_clear (gpointer data)
{
  PltCardReplacement *replacement = data;

  g_clear_pointer (&replacement->object, g_bytes_unref);
  g_clear_pointer (&replacement->placed, g_array_unref);
}

/* @forms: (nullable): must outlive the result */
PltCardPdf *
plt_card_pdf_new (PltCardForms *forms)
{
  PltCardPdf *self = g_new0 (PltCardPdf, 1);

  self->forms = forms;
  self->replacements = g_array_new (FALSE, TRUE, sizeof (PltCardReplacement));
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
  g_free (self);
}

/* A JPEG of one grey dot as far as its head goes, with a comment that numbers it. */
gsize
plt_card_pdf_write_mark (guint   number,
                         guint8 *mark)
{
  static const guint8 frame[] = { 0xff, 0xc0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0, 0xff, 0xd9 };
  g_autofree char *comment = g_strdup_printf ("%s%0*u", PLT_CARD_PDF_MARK, MARK_DIGITS, number);
  gsize length = strlen (comment);
  guint8 head[] = { 0xff, 0xd8, 0xff, 0xfe, 0, (guint8) (length + 2) };

  memcpy (mark, head, sizeof head);
  memcpy (mark + sizeof head, comment, length);
  memcpy (mark + sizeof head + length, frame, sizeof frame);
  return sizeof head + length + sizeof frame;
}

/* Adds a replacement and paints its placeholder over the unit square of @cr, upright. */
static void
paint_placeholder (PltCardPdf         *self,
                   PltCardReplacement  replacement,
                   cairo_t            *cr,
                   double              opacity)
{
  guint8 mark[PLT_CARD_PDF_MARK_ROOM];
  gsize length = plt_card_pdf_write_mark (self->replacements->len, mark);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 1, 1);
  guint8 *copy = g_memdup2 (mark, length);

  g_array_append_val (self->replacements, replacement);
  cairo_surface_set_mime_data (surface, CAIRO_MIME_TYPE_JPEG, copy, length, g_free, copy);
  cairo_save (cr);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  if (opacity < 1)
    cairo_paint_with_alpha (cr, opacity);
  else
    cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (surface);
}

/* Puts a prepared page over the whole page, whose size is @width × @height in the unit of @cr. @cr may
 * only have been scaled and moved to the right. Until plt_card_pdf_end_forms() nothing else may be
 * drawn, and no other page be begun. */
void
plt_card_pdf_use_form (PltCardPdf *self,
                       cairo_t    *cr,
                       guint       form,
                       double      width,
                       double      height)
{
  PltCardPlaced placed = { .form = form };
  cairo_matrix_t m;

  g_return_if_fail (self->forms != NULL && form < self->forms->forms->len);

  cairo_get_matrix (cr, &m);
  placed.x = round (m.x0 * 1e6) / 1e6; /* as cairo writes a number */
  if (self->open == NULL)
    {
      self->open = g_array_new (FALSE, FALSE, sizeof (PltCardPlaced));
      cairo_save (cr);
      cairo_translate (cr, -m.x0 / m.xx, 0);
      cairo_scale (cr, width, height);
      paint_placeholder (self, (PltCardReplacement) { .placed = self->open }, cr, 1);
      cairo_restore (cr);
    }
  g_array_append_val (self->open, placed);
}

/* What is drawn now lies above the forms used so far and below those used later. */
void
plt_card_pdf_end_forms (PltCardPdf *self)
{
  self->open = NULL;
}

/* A form that is one by one. @members: further members of its dictionary; @is_cut: whether what the
 * content paints outside of the unit square is cut off. */
GBytes *
plt_card_pdf_make_form (const char *content,
                        const char *members,
                        gboolean    is_cut)
{
  char *text = g_strdup_printf ("<< /Length %" G_GSIZE_FORMAT "\n   /Type /XObject\n"
                                "   /Subtype /Form\n   /BBox [ %s ]\n%s>>\nstream\n%s\n"
                                "endstream\n", strlen (content), is_cut ? "0 0 1 1" : "-1 -1 2 2",
                                members, content);

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
  plt_card_pdf_end_forms (self);
  paint_placeholder (self, (PltCardReplacement) { .object = g_bytes_ref (object) }, cr, opacity);
}
