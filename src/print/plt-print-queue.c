/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walks the queues of an answer and looks their attributes up. */
#include "plt-print-queue.h"

#include "plt-print-connection.h"

/**
 * plt_print_queue_next:
 * @position: (inout): where to go on; begins with ippFirstAttribute()
 *
 * Returns: (transfer full) (nullable): the next queue of the answer
 */
PltPrintQueue *
plt_print_queue_next (ipp_t            *response,
                      ipp_attribute_t **position)
{
  ipp_attribute_t *attribute = *position;
  PltPrintQueue *self;

  while (attribute != NULL && ippGetGroupTag (attribute) != IPP_TAG_PRINTER)
    attribute = ippNextAttribute (response);
  if (attribute == NULL)
    return NULL;
  self = g_new0 (PltPrintQueue, 1);
  self->attributes = g_hash_table_new (g_str_hash, g_str_equal);
  while (attribute != NULL && ippGetGroupTag (attribute) == IPP_TAG_PRINTER
         && ippGetName (attribute) != NULL)
    {
      /* CUPS sends some twice: what was set for the queue, then what is common to all. */
      if (!g_hash_table_contains (self->attributes, ippGetName (attribute)))
        g_hash_table_insert (self->attributes, (gpointer) ippGetName (attribute), attribute);
      attribute = ippNextAttribute (response);
    }
  *position = attribute;
  return self;
}

void
plt_print_queue_free (PltPrintQueue *self)
{
  g_hash_table_unref (self->attributes);
  g_free (self);
}

ipp_attribute_t *
plt_print_queue_find (PltPrintQueue *self,
                      const char    *name)
{
  return g_hash_table_lookup (self->attributes, name);
}

const char *
plt_print_queue_string (PltPrintQueue *self,
                        const char    *name)
{
  ipp_attribute_t *attribute = plt_print_queue_find (self, name);

  return attribute != NULL ? ippGetString (attribute, 0, NULL) : NULL;
}

int
plt_print_queue_integer (PltPrintQueue *self,
                         const char    *name,
                         int            otherwise)
{
  ipp_attribute_t *attribute = plt_print_queue_find (self, name);
  ipp_tag_t tag = attribute != NULL ? ippGetValueTag (attribute) : IPP_TAG_ZERO;

  return tag == IPP_TAG_INTEGER || tag == IPP_TAG_ENUM ? ippGetInteger (attribute, 0) : otherwise;
}

char **
plt_print_queue_strings (PltPrintQueue *self,
                         const char    *name)
{
  return plt_print_connection_strings (plt_print_queue_find (self, name));
}

gboolean
plt_print_queue_has (PltPrintQueue *self,
                     const char    *name,
                     const char    *value)
{
  ipp_attribute_t *attribute = plt_print_queue_find (self, name);

  return attribute != NULL && ippContainsString (attribute, value);
}

gboolean
plt_print_queue_is_class (PltPrintQueue *self)
{
  return (plt_print_queue_integer (self, "printer-type", 0) & CUPS_PRINTER_CLASS) != 0
         || plt_print_queue_find (self, "member-names") != NULL;
}
