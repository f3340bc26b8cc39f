/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-pdf-draft.h"

#include "plt-pdf-dict.h"
#include "plt-pdf-objects.h"
#include "plt-pdf.h"

#include <string.h>

#define HEADER "%PDF-1.7\n%\xbf\xf7\xa2\xfe\n"
#define NUMBER_ROOM 16
#define END_OF_STREAM "\nendstream\n"
#define OBJECT_ROOM 64 /* of the words around an object and its line in the table */

/* Its head is a dictionary or whatever it is; its tail the bytes of a stream and what ends them. */
typedef struct
{
  const char *head;
  gsize       head_length; /* 0: there is no such object */
  char       *owned;       /* (nullable): @head, where it was changed or added */
  const char *tail;
  gsize       tail_length;
  GBytes     *data;        /* (nullable): @tail, where it was added */
  guint       number;      /* in the file that is written; 0: not met yet */
} Object;

struct _PltPdfDraft
{
  GBytes        *source;
  PltPdfObjects *read;
  GArray        *objects; /* of Object, by their number here */
  GArray        *pages;   /* of guint */
  guint          info;
};

/* A file being written. */
typedef struct
{
  PltPdfDraft *draft;
  GByteArray  *bytes;
  GArray      *met; /* of guint: numbers of the draft, in the order of the file */
} Writing;

static void
object_clear (gpointer data)
{
  Object *object = data;

  g_free (object->owned);
  g_clear_pointer (&object->data, g_bytes_unref);
}

static Object *
get_object (PltPdfDraft *self,
            guint        id)
{
  static Object none;

  return id < self->objects->len ? &g_array_index (self->objects, Object, id) : &none;
}

/* (nullable) (transfer full): the same in the one spelling that is understood here. */
static GBytes *
respell (GBytes  *source,
         GError **error)
{
  g_autoptr (PltPdf) pdf = plt_pdf_open (source, error);

  return pdf != NULL ? plt_pdf_write (pdf, error) : NULL;
}

static gboolean
read_source (PltPdfDraft *self,
             GBytes      *source)
{
  self->read = plt_pdf_objects_read (source);
  if (self->read == NULL)
    return FALSE;
  self->source = g_bytes_ref (source);
  g_array_set_size (self->objects, plt_pdf_objects_get_size (self->read));
  for (guint id = 1; id < self->objects->len; id++)
    {
      const PltPdfObject *object = plt_pdf_objects_get (self->read, id);
      Object *own = get_object (self, id);

      if (object == NULL)
        continue;
      own->head = object->text;
      own->head_length = plt_pdf_object_get_head (object);
      own->tail = object->text + own->head_length;
      own->tail_length = object->length - own->head_length;
    }
  self->pages = plt_pdf_objects_list_pages (self->read);
  self->info = plt_pdf_objects_get_info (self->read);
  return TRUE;
}

/**
 * plt_pdf_draft_new:
 * @source: a drawing
 * @error: %PLT_ISO_ERROR_INVALID
 *
 * What cairo writes is taken as it is; any other PDF is written by libqpdf first.
 *
 * Returns: (transfer full) (nullable): the draft
 */
PltPdfDraft *
plt_pdf_draft_new (GBytes  *source,
                   GError **error)
{
  g_autoptr (PltPdfDraft) self = g_new0 (PltPdfDraft, 1);
  g_autoptr (GBytes) respelt = NULL;

  self->objects = g_array_new (FALSE, TRUE, sizeof (Object));
  g_array_set_clear_func (self->objects, object_clear);
  if (read_source (self, source))
    return g_steal_pointer (&self);
  respelt = respell (source, error);
  if (respelt == NULL)
    return NULL;
  if (!read_source (self, respelt))
    {
      plt_pdf_set_invalid (error, "cross-references, 6.1.4");
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
plt_pdf_draft_free (PltPdfDraft *self)
{
  g_array_unref (self->objects);
  g_clear_pointer (&self->pages, g_array_unref);
  g_clear_pointer (&self->read, plt_pdf_objects_free);
  g_clear_pointer (&self->source, g_bytes_unref);
  g_free (self);
}

guint
plt_pdf_draft_get_root (PltPdfDraft *self)
{
  return plt_pdf_objects_get_root (self->read);
}

guint
plt_pdf_draft_get_n_pages (PltPdfDraft *self)
{
  return self->pages->len;
}

guint
plt_pdf_draft_get_page (PltPdfDraft *self,
                        guint        number)
{
  return g_array_index (self->pages, guint, number);
}

/* One more than the highest number. */
guint
plt_pdf_draft_get_size (PltPdfDraft *self)
{
  return self->objects->len;
}

/* Whether @word stands in the head of the object. */
gboolean
plt_pdf_draft_mentions (PltPdfDraft *self,
                        guint        id,
                        const char  *word)
{
  const Object *object = get_object (self, id);

  return object->head_length > 0
         && memmem (object->head, object->head_length, word, strlen (word)) != NULL;
}

/* (transfer full) (nullable): the value of a member as it stands there. */
char *
plt_pdf_draft_dup_member (PltPdfDraft *self,
                          guint        id,
                          const char  *key)
{
  const Object *object = get_object (self, id);

  return object->head_length > 0 ? plt_pdf_dict_get (object->head, object->head_length, key) : NULL;
}

static void
take_head (Object *object,
           char   *text)
{
  if (text == NULL)
    return;
  g_free (object->owned);
  object->head = object->owned = text;
  object->head_length = strlen (text);
}

/* @value: (nullable): %NULL takes the member out of the dictionary. */
void
plt_pdf_draft_set_member (PltPdfDraft *self,
                          guint        id,
                          const char  *key,
                          const char  *value)
{
  Object *object = get_object (self, id);

  if (object->head_length > 0)
    take_head (object, plt_pdf_dict_set (object->head, object->head_length, key, value));
}

/* Returns: the number that other objects of the draft refer to it by */
guint
plt_pdf_draft_add (PltPdfDraft *self,
                   const char  *text)
{
  Object object = { 0 };

  take_head (&object, g_strconcat (text, "\n", NULL));
  g_array_append_val (self->objects, object);
  return self->objects->len - 1;
}

/* @members: of its dictionary, beside its length. Returns: as plt_pdf_draft_add() */
guint
plt_pdf_draft_add_stream (PltPdfDraft *self,
                          const char  *members,
                          GBytes      *data)
{
  Object object = { .data = g_bytes_ref (data) };

  object.tail = g_bytes_get_data (data, &object.tail_length);
  take_head (&object, g_strdup_printf ("<< /Length %" G_GSIZE_FORMAT " %s >>\nstream\n",
                                       object.tail_length, members));
  g_array_append_val (self->objects, object);
  return self->objects->len - 1;
}

/* In place of the information dictionary that the source has. */
void
plt_pdf_draft_set_info (PltPdfDraft *self,
                        const char  *text)
{
  self->info = plt_pdf_draft_add (self, text);
}

/* ---- writing ---- */

static guint
take_number (Writing *writing,
             guint    id)
{
  Object *object = get_object (writing->draft, id);

  if (object->head_length > 0 && object->number == 0)
    {
      g_array_append_val (writing->met, id);
      object->number = writing->met->len;
    }
  return object->number;
}

static void
append (Writing    *writing,
        const char *text,
        gsize       length)
{
  g_byte_array_append (writing->bytes, (const guint8 *) text, (guint) length);
}

static void
append_text (Writing    *writing,
             const char *text)
{
  append (writing, text, strlen (text));
}

/* printf() takes ten times as long. */
static void
append_number (Writing *writing,
               guint    number)
{
  char digits[NUMBER_ROOM];
  char *at = digits + sizeof digits;

  do
    *--at = (char) ('0' + number % 10);
  while ((number /= 10) > 0);
  append (writing, at, (gsize) (digits + sizeof digits - at));
}

/* cairo has the length of a stream, which it does not know before, as an object of its own. */
static gboolean
append_length (Writing    *writing,
               guint       id,
               const char *head,
               const char *reference)
{
  static const char word[] = "/Length ";
  const char *data;
  gsize length;

  if (reference - head < (gssize) strlen (word)
      || memcmp (reference - strlen (word), word, strlen (word)) != 0
      || !plt_pdf_objects_get_stream (writing->draft->read, id, &data, &length))
    return FALSE;
  append_number (writing, (guint) length);
  return TRUE;
}

static void
append_head (Writing *writing,
             guint    id)
{
  const Object *object = get_object (writing->draft, id);
  const char *from = object->head, *at = from, *start, *end = from + object->head_length;
  guint reference;

  while ((reference = plt_pdf_next_reference (&at, end, &start)) != 0)
    {
      append (writing, from, (gsize) (start - from));
      if (!append_length (writing, id, object->head, start))
        {
          guint number = take_number (writing, reference);

          if (number != 0)
            append_number (writing, number);
          append_text (writing, number != 0 ? " 0 R" : "null");
        }
      from = at;
    }
  append (writing, from, (gsize) (end - from));
}

static void
append_entry (Writing *writing,
              guint    offset)
{
  char entry[] = "0000000000 00000 n \n";

  for (int i = 9; offset > 0; i--, offset /= 10)
    entry[i] = (char) ('0' + offset % 10);
  append (writing, entry, sizeof entry - 1);
}

static void
append_object (Writing *writing,
               guint    id)
{
  const Object *object = get_object (writing->draft, id);

  append_number (writing, object->number);
  append_text (writing, " 0 obj\n");
  append_head (writing, id);
  append (writing, object->tail, object->tail_length);
  append_text (writing, object->data != NULL ? END_OF_STREAM "endobj\n" : "endobj\n");
}

static void
append_table (Writing *writing,
              GArray  *offsets)
{
  guint start = writing->bytes->len, root = plt_pdf_draft_get_root (writing->draft);
  g_autofree char *zeros = g_strnfill (PLT_PDF_ID_DIGITS, '0');
  g_autofree char *first = g_strdup_printf ("xref\n0 %u\n0000000000 65535 f \n", offsets->len + 1);
  g_autofree char *trailer = NULL;

  append_text (writing, first);
  for (guint i = 0; i < offsets->len; i++)
    append_entry (writing, g_array_index (offsets, guint, i));
  trailer = g_strdup_printf ("trailer << /Info %u 0 R /Root %u 0 R /Size %u /ID [<%s><%s>] >>\n"
                             "startxref\n%u\n%%%%EOF\n",
                             get_object (writing->draft, writing->draft->info)->number,
                             get_object (writing->draft, root)->number,
                             offsets->len + 1, zeros, zeros, start);
  append_text (writing, trailer);
}

static gsize
estimate_length (PltPdfDraft *self)
{
  gsize length = 0;

  for (guint id = 1; id < self->objects->len; id++)
    length += get_object (self, id)->head_length + get_object (self, id)->tail_length + OBJECT_ROOM;
  return length + 1024;
}

/**
 * plt_pdf_draft_write:
 * @self: a draft with its information dictionary, which is written once
 *
 * Writes PDF 1.7 with a classic cross-reference table, so that a second signature can be appended; what
 * nothing leads to is left out. The /ID is a placeholder for plt_pdf_set_id().
 *
 * Returns: (transfer full): the file
 */
GBytes *
plt_pdf_draft_write (PltPdfDraft *self)
{
  g_autoptr (GArray) met = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) offsets = g_array_new (FALSE, FALSE, sizeof (guint));
  Writing writing = { .draft = self, .met = met };

  writing.bytes = g_byte_array_sized_new ((guint) estimate_length (self));
  append_text (&writing, HEADER);
  take_number (&writing, plt_pdf_draft_get_root (self));
  take_number (&writing, self->info);
  for (guint i = 0; i < met->len; i++)
    {
      g_array_append_val (offsets, writing.bytes->len);
      append_object (&writing, g_array_index (met, guint, i));
    }
  append_table (&writing, offsets);
  return g_byte_array_free_to_bytes (writing.bytes);
}
