/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads supplies: marker-… as CUPS has them, else printer-supply (PWG 5100.13) of the printer's own. */
#include "plt-print-supplies.h"

#include "plt-printer-supply.h"

/* Printers send lists of different lengths. */
static int
get_number (ipp_attribute_t *attribute,
            int              at)
{
  gboolean has = attribute != NULL && ippGetValueTag (attribute) == IPP_TAG_INTEGER
                 && at < ippGetCount (attribute);

  return has ? ippGetInteger (attribute, at) : -1;
}

static const char *
get_string (ipp_attribute_t *attribute,
            int              at)
{
  return attribute != NULL && at < ippGetCount (attribute) ? ippGetString (attribute, at, NULL) : NULL;
}

static void
read_markers (PltSupplyAnswer *self,
              GPtrArray       *supplies)
{
  int n = MAX (self->names != NULL ? ippGetCount (self->names) : 0,
               self->levels != NULL ? ippGetCount (self->levels) : 0);

  for (int i = 0; i < n; i++)
    {
      PltSupplyFacts facts = {
        .name = get_string (self->names, i), .type = get_string (self->types, i),
        .level = get_number (self->levels, i), .low_level = get_number (self->low_levels, i),
        .high_level = get_number (self->high_levels, i), .cards_left = -1,
      };

      g_ptr_array_add (supplies, plt_printer_supply_new (&facts));
    }
}

static void
read_supplies (PltSupplyAnswer *self,
               GPtrArray       *supplies)
{
  for (int i = 0; self->supplies != NULL && i < ippGetCount (self->supplies); i++)
    {
      int length = 0;
      const char *data = ippGetOctetString (self->supplies, i, &length);
      g_autofree char *value = data != NULL ? g_strndup (data, (gsize) length) : NULL;

      if (value != NULL)
        g_ptr_array_add (supplies, plt_printer_supply_new_from_text (
                                     value, get_string (self->descriptions, i)));
    }
}

GPtrArray *
plt_supply_answer_read (PltSupplyAnswer *self)
{
  GPtrArray *supplies = g_ptr_array_new_with_free_func (g_object_unref);

  read_markers (self, supplies);
  if (supplies->len == 0)
    read_supplies (self, supplies);
  return supplies;
}
