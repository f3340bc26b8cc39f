/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says the objects that all cards of a layout share in few bytes: without cairo's indentation, with the
 * length of a stream where it stands and not in an object of its own, and what is the same once. */
#include "plt-card-pdf-private.h"

#include <string.h>

static gboolean
is_opening (const GString *out)
{
  char last = out->len > 0 ? out->str[out->len - 1] : '\0';

  return last == '<' || last == '[' || last == '>' || last == ']' || last == ' ';
}

/* Names stay apart from what is behind them, as plt_pdfa_check_joined() looks for them. */
static void
add_space (GString    *out,
           const char *next,
           const char *end)
{
  if (!is_opening (out) && next < end && *next != '>' && *next != ']')
    g_string_append_c (out, ' ');
}

static const char *
copy_string (GString    *out,
             const char *at,
             const char *end)
{
  int depth = 0;

  for (; at < end; at++)
    {
      g_string_append_c (out, *at);
      if (*at == '\\' && at + 1 < end)
        g_string_append_c (out, *++at);
      else if (*at == '(')
        depth++;
      else if (*at == ')' && --depth == 0)
        return at + 1;
    }
  return at;
}

static void
compact (GString    *out,
         const char *at,
         const char *end)
{
  while (at < end)
    if (*at == '(')
      {
        at = copy_string (out, at, end);
      }
    else if (g_ascii_isspace (*at))
      {
        while (at < end && g_ascii_isspace (*at))
          at++;
        add_space (out, at, end);
      }
    else
      {
        g_string_append_c (out, *at++);
      }
}

/* "/Length 12 0 R" becomes the number that stands there. */
static void
put_length (PltPdfObjects *objects,
            GString       *head)
{
  PltPdfObject object = { head->str, head->len };
  guint id = plt_pdf_object_get_reference (&object, "/Length ");
  const PltPdfObject *number = id != 0 ? plt_pdf_objects_get (objects, id) : NULL;
  g_autofree char *from = g_strdup_printf ("/Length %u 0 R", id);
  g_autofree char *to = NULL;

  if (number == NULL)
    return;
  to = g_strdup_printf ("/Length %" G_GUINT64_FORMAT, g_ascii_strtoull (number->text, NULL, 10));
  g_string_replace (head, from, to, 1);
}

static GBytes *
compact_object (PltPdfObjects      *objects,
                const PltPdfObject *object)
{
  static const char word[] = "\nstream\n";
  gsize head = plt_pdf_object_get_head (object);
  GString *out = g_string_sized_new (object->length);

  if (head == object->length)
    {
      compact (out, object->text, object->text + head);
      while (out->len > 0 && out->str[out->len - 1] == ' ')
        g_string_truncate (out, out->len - 1);
      g_string_append_c (out, '\n');
      return g_string_free_to_bytes (out);
    }
  compact (out, object->text, object->text + head - strlen (word));
  put_length (objects, out);
  g_string_append (out, word);
  g_string_append_len (out, object->text + head, (gssize) (object->length - head));
  return g_string_free_to_bytes (out);
}

static guint
hash_object (gconstpointer key)
{
  const PltPdfObject *object = key;
  guint hash = (guint) object->length;

  for (gsize i = 0; i < object->length; i++)
    hash = hash * 33 + (guchar) object->text[i];
  return hash;
}

static gboolean
is_same_object (gconstpointer a,
                gconstpointer b)
{
  const PltPdfObject *left = a, *right = b;

  return left->length == right->length && memcmp (left->text, right->text, left->length) == 0;
}

/* Returns: (transfer full): by the number of an object that of the first one that is the same */
static guint *
find_same (PltPdfObjects *objects)
{
  g_autoptr (GHashTable) known = g_hash_table_new (hash_object, is_same_object);
  guint size = plt_pdf_objects_get_size (objects);
  guint *same = g_new0 (guint, size + 1);

  for (guint id = 1; id < size; id++)
    {
      const PltPdfObject *object = plt_pdf_objects_get (objects, id);
      guint first = object != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (known, object)) : 0;

      same[id] = first != 0 ? first : id;
      if (object != NULL && first == 0)
        g_hash_table_insert (known, (gpointer) object, GUINT_TO_POINTER (id));
    }
  return same;
}

/* @objects: each is replaced by a shorter spelling of itself
 *
 * Returns: (transfer full): by the number of an object that of the first one that is the same */
guint *
plt_card_objects_compact (PltPdfObjects *objects)
{
  guint size = plt_pdf_objects_get_size (objects);
  g_autoptr (GPtrArray) compacted = g_ptr_array_new ();

  for (guint id = 0; id < size; id++)
    {
      const PltPdfObject *object = plt_pdf_objects_get (objects, id);

      g_ptr_array_add (compacted, object != NULL ? compact_object (objects, object) : NULL);
    }
  for (guint id = 0; id < size; id++)
    if (compacted->pdata[id] != NULL)
      plt_pdf_objects_take (objects, id, compacted->pdata[id]);
  return find_same (objects);
}
