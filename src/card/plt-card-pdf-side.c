/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Collects what one page of a drawing shows, so that each side of a card has a hash of its own. */
#include "plt-card-renderer.h"

#include "plt-pdf-objects.h"

#include <string.h>

/* Objects are numbered as they are met from the page on, lest a change of the other page, which moves
 * the numbers of the file, be one of this. */
typedef struct
{
  PltPdfObjects *objects;
  GByteArray    *bytes;
  guint         *numbers; /* by number in the file; 0: not met yet */
  GArray        *met;     /* of guint: numbers in the file */
} Side;

static guint
take_number (Side  *side,
             guint  id)
{
  if (id >= plt_pdf_objects_get_size (side->objects))
    return 0;
  if (side->numbers[id] == 0)
    {
      g_array_append_val (side->met, id);
      side->numbers[id] = side->met->len;
    }
  return side->numbers[id];
}

static void
append (Side       *side,
        const char *text,
        gsize       length)
{
  g_byte_array_append (side->bytes, (const guint8 *) text, (guint) length);
}

static void
append_reference (Side  *side,
                  guint  number)
{
  char text[4] = { (char) (number >> 16), (char) (number >> 8), (char) number, 'R' };

  append (side, text, sizeof text);
}

/* "/Parent 1 0 R" of a page leads to the other one. */
static gboolean
is_parent (const char *object,
           const char *reference)
{
  static const char word[] = "/Parent ";

  return reference - object >= (gssize) strlen (word)
         && memcmp (reference - strlen (word), word, strlen (word)) == 0;
}

static void
append_object (Side               *side,
               const PltPdfObject *object)
{
  const char *from = object->text, *at = object->text, *start;
  const char *end = object->text + plt_pdf_object_get_head (object);
  guint id;

  while ((id = plt_pdf_next_reference (&at, end, &start)) != 0)
    {
      append (side, from, (gsize) (start - from));
      if (!is_parent (object->text, start))
        append_reference (side, take_number (side, id));
      from = at;
    }
  append (side, from, object->length - (gsize) (from - object->text));
}

GBytes *
plt_card_drawn_get_side (GBytes      *whole,
                         PltCardSide  page)
{
  g_autoptr (PltPdfObjects) objects = plt_pdf_objects_read (whole);
  g_autoptr (GArray) pages = objects != NULL ? plt_pdf_objects_list_pages (objects) : NULL;
  g_autoptr (GArray) met = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree guint *numbers = NULL;
  Side side = { .objects = objects, .met = met };

  if (pages == NULL || (guint) page >= pages->len)
    return NULL;
  numbers = g_new0 (guint, plt_pdf_objects_get_size (objects));
  side.numbers = numbers;
  side.bytes = g_byte_array_sized_new ((guint) g_bytes_get_size (whole));
  take_number (&side, g_array_index (pages, guint, page));
  for (guint i = 0; i < met->len; i++)
    {
      const PltPdfObject *object = plt_pdf_objects_get (objects, g_array_index (met, guint, i));

      if (object != NULL)
        append_object (&side, object);
    }
  return g_byte_array_free_to_bytes (side.bytes);
}
