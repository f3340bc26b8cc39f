/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checks a card file that was just put together, by the text of its objects: most are the same in every
 * card of a layout, and to read them all with libqpdf took longer than to draw the card. What
 * plt_pdfa_check() finds in files of others is looked for here in the spelling of libqpdf and of
 * cairo, the only writers there were. */
#include "plt-pdf.h"

#include "plt-pdf-objects.h"

#include <string.h>

typedef struct
{
  const char *text;
  gsize       length;
  const char *problem;
} Forbidden;

#define FORBID(text, problem) { text, sizeof text - 1, problem }

/* A name that merely begins so would be refused too, which no writer of ours uses. */
static const Forbidden forbidden[] = {
  FORBID ("/Interpolate true", "an interpolated image, 6.2.8"),
  FORBID ("/DeviceCMYK", "CMYK colour, 6.2.4.3"),
  FORBID ("/LZWDecode", "LZW compression, 6.1.7"),
  FORBID ("/JavaScript", "an action, 6.5"),
  FORBID ("/Launch", "an action, 6.5"),
  FORBID ("/AA ", "an action, 6.5"),
  FORBID ("/Alternates", "an alternate image, 6.2.8"),
  FORBID ("/OPI", "an image from elsewhere, 6.2.8"),
  FORBID ("/TR ", "a transfer function, 6.2.5"),
  FORBID ("/NeedAppearances true", "a form without appearance, 6.4"),
  FORBID ("/XFA", "a form of XML, 6.4"),
  FORBID ("/Type3", "a font of drawings"),
};

typedef struct
{
  const char *text;
  gsize       length;
} Head;

static gboolean
has (const Head *head,
     const char *text)
{
  return memmem (head->text, head->length, text, strlen (text)) != NULL;
}

/* Name by name, each of which begins with a stroke. */
static const char *
find_forbidden (const Head *head)
{
  const char *end = head->text + head->length;

  for (const char *at = head->text; (at = memchr (at, '/', (gsize) (end - at))) != NULL; at++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (forbidden); i++)
        {
          if (end - at >= (gssize) forbidden[i].length && at[1] == forbidden[i].text[1] &&
              memcmp (at, forbidden[i].text, forbidden[i].length) == 0)
            return forbidden[i].problem;
        }
    }

  return NULL;
}

static const char *
find_problem_of_head (const Head *head)
{
  const char *problem = find_forbidden (head);

  if (problem != NULL)
    return problem;
  if (has (head, "/CIDFontType2") && !has (head, "/CIDToGIDMap"))
    return "CIDToGIDMap, 6.2.11.3.2";
  if (has (head, "/Type /FontDescriptor") && !has (head, "/FontFile"))
    return "a font that is not embedded, 6.2.11.4";
  if (has (head, "/Type /Annot") && !has (head, "/F 132 "))
    return "annotation flags, 6.3.2";

  return NULL;
}

/* 6.1.7: the length is exact, and an end of line stands before the end of the stream. */
static gboolean
is_stream_whole (PltPdfObjects      *objects,
                 guint               id,
                 const PltPdfObject *object)
{
  static const char end[] = "\nendstream\n";
  const char *data;
  gsize length;

  return plt_pdf_objects_get_stream (objects, id, &data, &length) &&
         data + length + strlen (end) == object->text + object->length &&
         memcmp (data + length, end, strlen (end)) == 0;
}

static const char *
find_problem_of_object (PltPdfObjects *objects,
                        guint          id)
{
  const PltPdfObject *object = plt_pdf_objects_get (objects, id);
  Head head;

  if (object == NULL)
    return NULL;
  head = (Head) { object->text, plt_pdf_object_get_head (object) };
  if (head.length < object->length && !is_stream_whole (objects, id, object))
    return "the length of a stream, 6.1.7";

  return find_problem_of_head (&head);
}

/**
 * plt_pdfa_check_joined:
 * @pdf: the file, opened
 * @file: its bytes
 * @error: %PLT_ISO_ERROR_INVALID, naming the clause
 *
 * Returns: whether the table of the file leads to whole objects without anything that PDF/A-3b
 *   forbids
 */
gboolean
plt_pdfa_check_joined (PltPdf  *pdf,
                       GBytes  *file,
                       GError **error)
{
  g_autoptr (PltPdfObjects) objects = plt_pdf_objects_read (file);
  const char *problem = objects != NULL ? plt_pdfa_find_problem_of_file (pdf, file)
                                        : "cross-references, 6.1.4";

  for (guint id = 1; problem == NULL && id < plt_pdf_objects_get_size (objects); id++)
    problem = find_problem_of_object (objects, id);
  if (problem != NULL)
    plt_pdf_set_invalid (error, problem);

  return problem == NULL;
}
