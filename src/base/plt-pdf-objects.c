/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cuts a PDF into its objects by its table of cross-references (ISO 32000-1, 7.5.4). */
#include "plt-pdf-objects.h"

#include <stdlib.h>
#include <string.h>

#define ENTRY_LENGTH 20
#define MAX_OBJECTS 100000

struct _PltPdfObjects
{
  GBytes       *pdf;
  GPtrArray    *taken; /* of GBytes: what stands in place of objects of the file */
  guint         size; /* one more than the highest number */
  PltPdfObject *objects;
  guint        *order; /* numbers as they stand in the file */
  guint         n_order;
  guint         root, info;
  const char   *id; /* "[<…><…>]" */
  gsize         id_length;
};

void
plt_pdf_objects_free (PltPdfObjects *self)
{
  g_bytes_unref (self->pdf);
  g_ptr_array_unref (self->taken);
  g_free (self->objects);
  g_free (self->order);
  g_free (self);
}

static const char *
find (const char *text,
      gsize       length,
      const char *word)
{
  return memmem (text, length, word, strlen (word));
}

/* The file ends with "startxref\nNUMBER\n%%EOF"; a table of the right form stands there. */
static const char *
find_table (const char *data,
            gsize       length)
{
  const char *tail = data + (length > 64 ? length - 64 : 0);
  const char *word = find (tail, (gsize) (data + length - tail), "startxref\n");
  guint64 offset = word != NULL ? g_ascii_strtoull (word + strlen ("startxref\n"), NULL, 10) : 0;

  if (offset == 0 || offset + 32 > length || !g_str_has_prefix (data + offset, "xref\n0 "))
    return NULL;
  return data + offset;
}

static int
compare_texts (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const PltPdfObject *objects = user_data;
  const char *left = objects[*(const guint *) a].text, *right = objects[*(const guint *) b].text;

  return (left > right) - (left < right);
}

/* @text stands at "12 0 obj\n"; the object ends before the "endobj" in front of @next. */
static gboolean
cut_object (PltPdfObject *object,
            guint         id,
            const char   *next)
{
  char *end = NULL;
  guint64 number = g_ascii_strtoull (object->text, &end, 10);
  const char *last = next;

  if (number != id || !g_str_has_prefix (end, " 0 obj\n"))
    return FALSE;
  object->text = end + strlen (" 0 obj\n");
  while (last > object->text && g_ascii_isspace (last[-1]))
    last--;
  last -= strlen ("endobj");
  if (last < object->text || strncmp (last, "endobj", strlen ("endobj")) != 0)
    return FALSE;
  object->length = (gsize) (last - object->text);
  return TRUE;
}

static gboolean
cut_objects (PltPdfObjects *self,
             const char    *data,
             gsize          length,
             const char    *table)
{
  const char *entry = strchr (table + strlen ("xref\n0 "), '\n');

  if (entry == NULL || entry + 1 + (gsize) self->size * ENTRY_LENGTH > data + length)
    return FALSE;
  entry++;
  for (guint id = 1; id < self->size; id++)
    {
      guint64 offset = g_ascii_strtoull (entry + id * ENTRY_LENGTH, NULL, 10);

      if (entry[id * ENTRY_LENGTH + 17] != 'n')
        continue;
      if (offset == 0 || data + offset >= table)
        return FALSE;
      self->objects[id].text = data + offset;
      self->order[self->n_order++] = id;
    }
  g_qsort_with_data (self->order, (int) self->n_order, sizeof (guint), compare_texts,
                     self->objects);
  for (guint i = 0; i < self->n_order; i++)
    {
      const char *next = i + 1 < self->n_order ? self->objects[self->order[i + 1]].text : table;

      if (!cut_object (&self->objects[self->order[i]], self->order[i], next))
        return FALSE;
    }
  return TRUE;
}

static void
read_id (PltPdfObjects *self,
         const char    *trailer,
         gsize          length)
{
  const char *word = find (trailer, length, "/ID [");
  const char *start = word != NULL ? word + strlen ("/ID ") : NULL;
  const char *end = word != NULL ? memchr (start, ']', (gsize) (trailer + length - start)) : NULL;

  if (end == NULL)
    return;
  self->id = start;
  self->id_length = (gsize) (end + 1 - start);
}

static gboolean
read_trailer (PltPdfObjects *self,
              const char    *data,
              gsize          length,
              const char    *table)
{
  const char *trailer = find (table, (gsize) (data + length - table), "trailer");
  PltPdfObject object = { .text = trailer };

  if (trailer == NULL)
    return FALSE;
  object.length = (gsize) (data + length - trailer);
  self->root = plt_pdf_object_get_reference (&object, "/Root ");
  self->info = plt_pdf_object_get_reference (&object, "/Info ");
  read_id (self, trailer, object.length);
  return self->root != 0;
}

/* @pdf: a whole file as cairo writes it up to PDF 1.4, or libqpdf without object streams
 *
 * Returns: (transfer full) (nullable): its objects, which stand in @pdf; NULL when it looks
 * otherwise */
PltPdfObjects *
plt_pdf_objects_read (GBytes *pdf)
{
  g_autoptr (PltPdfObjects) self = g_new0 (PltPdfObjects, 1);
  gsize length = 0;
  const char *data = g_bytes_get_data (pdf, &length);
  const char *table = data != NULL ? find_table (data, length) : NULL;

  self->pdf = g_bytes_ref (pdf);
  self->taken = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  if (table == NULL)
    return NULL;
  self->size = (guint) MIN (g_ascii_strtoull (table + strlen ("xref\n0 "), NULL, 10), MAX_OBJECTS);
  self->objects = g_new0 (PltPdfObject, self->size + 1);
  self->order = g_new0 (guint, self->size + 1);
  if (!cut_objects (self, data, length, table) || !read_trailer (self, data, length, table))
    return NULL;
  return g_steal_pointer (&self);
}

/* One more than the highest object number. */
guint
plt_pdf_objects_get_size (PltPdfObjects *self)
{
  return self->size;
}

/* Returns: (nullable): the object; NULL when that number is free */
const PltPdfObject *
plt_pdf_objects_get (PltPdfObjects *self,
                     guint          id)
{
  return id < self->size && self->objects[id].text != NULL ? &self->objects[id] : NULL;
}

/* @bytes: (transfer full): what stands in place of that object from now on */
void
plt_pdf_objects_take (PltPdfObjects *self,
                      guint          id,
                      GBytes        *bytes)
{
  g_return_if_fail (id < self->size && bytes != NULL);

  g_ptr_array_add (self->taken, bytes);
  self->objects[id].text = g_bytes_get_data (bytes, &self->objects[id].length);
}

/* Returns: (array length=n_objects): the numbers as they follow each other in the file */
const guint *
plt_pdf_objects_get_order (PltPdfObjects *self,
                           guint         *n_objects)
{
  *n_objects = self->n_order;
  return self->order;
}

guint
plt_pdf_objects_get_root (PltPdfObjects *self)
{
  return self->root;
}

/* 0 when there is none. */
guint
plt_pdf_objects_get_info (PltPdfObjects *self)
{
  return self->info;
}

/* Returns: (nullable): the two identifiers of the file as they stand there, in brackets */
const char *
plt_pdf_objects_get_id (PltPdfObjects *self,
                        gsize         *length)
{
  *length = self->id_length;
  return self->id;
}

/* How much of the object stands before the bytes of its stream; all of it when it has none. */
gsize
plt_pdf_object_get_head (const PltPdfObject *object)
{
  const char *stream = find (object->text, object->length, "\nstream\n");

  return stream != NULL ? (gsize) (stream - object->text) + strlen ("\nstream\n") : object->length;
}

/* Finds the next "12 0 R" in *@at … @end. Returns: its number, and leaves *@start before it and
 * *@at behind it; 0 when there is no more */
guint
plt_pdf_next_reference (const char **at,
                        const char  *end,
                        const char **start)
{
  const char *p;

  while ((p = find (*at, (gsize) (end - *at), " 0 R")) != NULL)
    {
      const char *digits = p;
      const char *from = *at;

      *at = p + strlen (" 0 R");
      while (digits > from && g_ascii_isdigit (digits[-1]))
        digits--;
      if (digits == p)
        continue;
      *start = digits;
      return (guint) g_ascii_strtoull (digits, NULL, 10);
    }
  return 0;
}

/* The number behind @key, such as "/Contents " of a page; 0 when it has no such reference. */
guint
plt_pdf_object_get_reference (const PltPdfObject *object,
                              const char         *key)
{
  const char *end = object->text + plt_pdf_object_get_head (object);
  const char *found = find (object->text, (gsize) (end - object->text), key);
  const char *start = NULL;
  guint id;

  if (found == NULL)
    return 0;
  found += strlen (key);
  id = plt_pdf_next_reference (&(const char *) { found }, end, &start);
  return start == found ? id : 0;
}

/* The digits behind "/Length ", or of the object that they refer to. */
static const char *
find_length (PltPdfObjects      *self,
             const PltPdfObject *object,
             gsize               head)
{
  guint id = plt_pdf_object_get_reference (object, "/Length ");
  const PltPdfObject *number = id != 0 ? plt_pdf_objects_get (self, id) : NULL;
  const char *word = id == 0 ? find (object->text, head, "/Length ") : NULL;

  if (number != NULL)
    return number->text;
  return word != NULL ? word + strlen ("/Length ") : NULL;
}

/* The bytes of a stream as they stand in the file, with their filter; its length is an object of
 * its own, as cairo has it, or stands there. */
gboolean
plt_pdf_objects_get_stream (PltPdfObjects  *self,
                            guint           id,
                            const char    **data,
                            gsize          *length)
{
  const PltPdfObject *object = plt_pdf_objects_get (self, id);
  gsize head = object != NULL ? plt_pdf_object_get_head (object) : 0;
  const char *number = object != NULL ? find_length (self, object, head) : NULL;

  if (number == NULL || head == object->length)
    return FALSE;
  *data = object->text + head;
  *length = (gsize) g_ascii_strtoull (number, NULL, 10);
  return *length <= object->length - head;
}

/* Returns: (transfer full): the object numbers of the pages, in their order; empty when they were
 * not found */
GArray *
plt_pdf_objects_list_pages (PltPdfObjects *self)
{
  GArray *pages = g_array_new (FALSE, FALSE, sizeof (guint));
  const PltPdfObject *root = plt_pdf_objects_get (self, self->root);
  const PltPdfObject *tree =
    root != NULL ? plt_pdf_objects_get (self, plt_pdf_object_get_reference (root, "/Pages ")) : NULL;
  const char *at = tree != NULL ? find (tree->text, tree->length, "/Kids [") : NULL;
  const char *end = at != NULL ? memchr (at, ']', tree->length - (gsize) (at - tree->text)) : NULL;
  const char *start;
  guint id;

  while (end != NULL && (id = plt_pdf_next_reference (&at, end, &start)) != 0)
    g_array_append_val (pages, id);
  return pages;
}
