/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the PDF417 of a layout holds, and what follows for its symbol. */
#include "plt-card-drawing.h"
#include "plt-layout-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MM_PER_INCH 25.4

/* AAMVA DL/ID Card Design Standard, the symbol's limits in mm. */
#define AAMVA_LEAST_MODULE 0.170
#define AAMVA_MOST_MODULE 0.380
#define AAMVA_MOST_WIDTH 75.565
#define AAMVA_MOST_HEIGHT 38.1

static void
check_extent (const PltLayoutText *text,
              const PltElement    *element,
              const char          *name,
              double               value,
              double               most)
{
  g_autofree char *path = g_strdup_printf ("%s.%s", element->place, name);

  if (value > most)
    plt_layout_text_fail (text, path, _("must be %g at most for an AAMVA barcode, not %g"), most,
                          value);
}

/* Of what is drawn: modules are whole dots at a printer's resolution. */
static void
check_module (const PltLayoutText *text,
              const PltElement    *element,
              const char          *name,
              double               module)
{
  g_autofree char *path = g_strdup_printf ("%s.%s", element->place, name);
  double drawn = (double) lround (module * PLT_CARD_GRID_DPI / MM_PER_INCH) * MM_PER_INCH
                 / PLT_CARD_GRID_DPI;

  if (drawn < AAMVA_LEAST_MODULE || drawn > AAMVA_MOST_MODULE)
    plt_layout_text_fail (text, path,
                          _("the modules of an AAMVA barcode are from %g to %g mm; with whole dots "
                            "these would be %.4f"), AAMVA_LEAST_MODULE, AAMVA_MOST_MODULE, drawn);
}

static void
check_aamva (const PltLayoutText *text,
             const PltElement    *element)
{
  check_module (text, element, "module", element->module);
  if (element->finest_module > 0)
    check_module (text, element, "finest_module", element->finest_module);
  check_extent (text, element, "width", element->width, AAMVA_MOST_WIDTH);
  check_extent (text, element, "height", element->height, AAMVA_MOST_HEIGHT);
}

static const PltElement *
find_element (PltLayout        *self,
              PltElementType    type,
              const PltElement *after)
{
  gboolean passed = after == NULL;

  for (guint page = 0; page < self->pages->len; page++)
    {
      const PltLayoutPage *one = g_ptr_array_index (self->pages, page);

      for (guint i = 0; i < one->elements->len; i++)
        {
          const PltElement *element = g_ptr_array_index (one->elements, i);

          if (passed && element->type == type)
            return element;
          passed = passed || element == after;
        }
    }
  return NULL;
}

/* And one machine-readable zone. */
static void
check_manners (PltLayout           *self,
               const PltLayoutText *text)
{
  const PltElement *first = find_element (self, PLT_ELEMENT_MRZ, NULL);

  for (const PltElement *one = first; one != NULL; one = find_element (self, PLT_ELEMENT_MRZ, one))
    {
      g_autofree char *path = g_strconcat (one->place, ".manner", NULL);

      if (one->manner != first->manner)
        plt_layout_text_fail (text, path, _("all machine-readable zones of a layout have one manner"));
    }
}

/* Of each card one PDF417 is kept, to read it back against. */
void
plt_layout_check_payloads (PltLayout           *self,
                           const PltLayoutText *text)
{
  const PltElement *first = find_element (self, PLT_ELEMENT_PDF417, NULL);

  for (const PltElement *one = first; one != NULL; one = find_element (self, PLT_ELEMENT_PDF417, one))
    {
      g_autofree char *path = g_strconcat (one->place, ".payload", NULL);

      if (one->payload == PLT_CARD_PAYLOAD_AAMVA)
        check_aamva (text, one);
      if (one->payload != first->payload)
        plt_layout_text_fail (text, path, _("all PDF417 of a layout hold the same"));
    }
  check_manners (self, text);
}

/* What its PDF417 holds; that of ISO where it has none. */
PltCardPayload
plt_layout_get_payload (PltLayout *self)
{
  const PltElement *element;

  g_return_val_if_fail (PLT_IS_LAYOUT (self), PLT_CARD_PAYLOAD_ISO);

  element = find_element (self, PLT_ELEMENT_PDF417, NULL);
  return element != NULL ? element->payload : PLT_CARD_PAYLOAD_ISO;
}

/* Of its machine-readable zone; the French one where it has none. */
PltCardMrzManner
plt_layout_get_mrz_manner (PltLayout *self)
{
  const PltElement *element;

  g_return_val_if_fail (PLT_IS_LAYOUT (self), PLT_CARD_MRZ_FR);

  element = find_element (self, PLT_ELEMENT_MRZ, NULL);
  return element != NULL ? element->manner : PLT_CARD_MRZ_FR;
}
