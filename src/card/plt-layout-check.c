/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells everything that is wrong with a layout file: what keeps it from being loaded, then what is
 * only seen when its pages are laid out. */
#include "plt-layout-check.h"

#include "plt-card-parts.h"
#include "plt-layout-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  PltLayout     *layout;
  PltLayoutText *text; /* for the lines */
  GPtrArray     *faults, *remarks;
} Check;

static void
add (GPtrArray           *list,
     const PltLayoutText *text,
     const PltElement    *element,
     const char          *what)
{
  g_autofree char *called = element->name != NULL ? g_strdup_printf ("%s, %s", element->place,
                                                                     element->name)
                                                  : g_strdup (element->place);

  /* Translators: a layout’s file, the line, the place of an element in it, and what is to be said. */
  g_ptr_array_add (list, g_strdup_printf (_("%s, line %d, “%s”: %s"), text->file,
                                          plt_layout_text_get_line (text, element->place), called,
                                          what));
}

/* Words that stand in the layout itself must fit and have their letters, whoever the holder is. */
static void
check_part (Check             *check,
            const PltElement  *element,
            const PltCardPart *part)
{
  if (part->error != NULL && *part->field == '\0'
      && !g_error_matches (part->error, PLT_CARD_ERROR, PLT_CARD_ERROR_MISSING))
    add (check->faults, check->text, element, part->error->message);
}

static gboolean
must_not_be_cut (const PltElement *element)
{
  switch (element->type)
    {
    case PLT_ELEMENT_RECT:
    case PLT_ELEMENT_PATH:
    case PLT_ELEMENT_WAVES:
    case PLT_ELEMENT_ROSETTE:
    case PLT_ELEMENT_MICROTEXT:
    case PLT_ELEMENT_SPECIMEN:
      return FALSE;
    default:
      return (element->layers & PLT_CARD_LAYER_PRINTED) != 0;
    }
}

static void
check_margin (Check            *check,
              const PltElement *element,
              guint             page)
{
  double safe = plt_layout_get_safe_margin (check->layout);
  double width, height, nearest;
  g_autofree char *what = NULL;

  plt_layout_get_page_size (check->layout, page, &width, &height);
  nearest = MIN (MIN (element->x, element->y), MIN (width - element->x - element->width,
                                                    height - element->y - element->height));
  if (!must_not_be_cut (element) || nearest > safe - 0.005)
    return;
  what = g_strdup_printf (_("it stands %.2f mm from the edge; the layout’s safe margin is %.2f mm."),
                          nearest, safe);
  add (check->remarks, check->text, element, what);
}

static void
check_page (Check *check,
            guint  page)
{
  g_autoptr (PltCardInputs) nobody = plt_card_inputs_new ();
  g_autoptr (GPtrArray) parts = plt_card_list_parts (check->layout, nobody, page);

  for (guint i = 0; i < parts->len; i++)
    {
      const PltElement *element = plt_layout_get_element (check->layout, page, i);

      check_part (check, element, g_ptr_array_index (parts, i));
      check_margin (check, element, page);
    }
}

GPtrArray *
plt_layout_check_file (const char  *path,
                       GPtrArray  **remarks)
{
  g_autoptr (PltLayout) layout = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PltLayoutText) text = NULL;
  Check check;

  g_return_val_if_fail (path != NULL && remarks != NULL, NULL);

  *remarks = g_ptr_array_new_with_free_func (g_free);
  problems = plt_layout_read_all_faults (path, &layout);
  for (guint i = 0; i < problems->len; i++)
    g_ptr_array_add (faults, g_strdup (((GError *) g_ptr_array_index (problems, i))->message));
  text = layout != NULL ? plt_layout_text_load (path, NULL) : NULL;
  check = (Check) { layout, text, faults, *remarks };
  for (guint page = 0; text != NULL && page < plt_layout_get_n_pages (layout); page++)
    check_page (&check, page);
  return g_steal_pointer (&faults);
}
