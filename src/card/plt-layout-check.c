/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells everything that is wrong with a layout file: what keeps it from being loaded, then what is
 * only seen when its pages are laid out. */
#include "plt-layout-check.h"

#include "plt-card-drawing.h"
#include "plt-card-overlaps.h"
#include "plt-card-sample.h"
#include "plt-layout-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define LEAST_SIZE 2.0 /* points: the smallest “label_size” that a layout may give */

typedef struct
{
  PltLayout     *layout;
  PltLayoutText *text; /* for the lines */
  GPtrArray     *faults, *remarks;
} Check;

/* @place: of the element, or of its member that is meant. */
static void
add_at (GPtrArray           *list,
        const PltLayoutText *text,
        const PltElement    *element,
        const char          *place,
        const char          *what)
{
  g_autofree char *called = element->name != NULL ? g_strdup_printf ("%s, %s", place, element->name)
                                                  : g_strdup (place);

  /* Translators: a layout’s file, the line, the place of an element in it, and what is to be said. */
  g_ptr_array_add (list, g_strdup_printf (_("%s, line %d, “%s”: %s"), text->file,
                                          plt_layout_text_get_line (text, place), called, what));
}

static void
add (GPtrArray           *list,
     const PltLayoutText *text,
     const PltElement    *element,
     const char          *what)
{
  add_at (list, text, element, element->place, what);
}

/* Who writes a layout is told what to change in it; @error tells a clerk. */
static char *
name_cure (const PltElement *element,
           const GError     *error)
{
  double least = element->min_size > 0 ? element->min_size : element->size;

  if (g_error_matches (error, PLT_CARD_ERROR, PLT_CARD_ERROR_GLYPH))
    return g_strdup_printf (_("%s These words are the layout’s own: write them with letters that its fonts "
                              "have, or add a font that has them."), error->message);
  if (!g_error_matches (error, PLT_CARD_ERROR, PLT_CARD_ERROR_DOES_NOT_FIT) || element->width <= 0)
    return g_strdup (error->message);
  if (element->type == PLT_ELEMENT_PARAGRAPH)
    return g_strdup_printf (_("its own words do not fit into its %.2f × %.2f mm at %.1f points, its smallest "
                              "size; give it more “height” or “width”, a smaller “min_size”, or shorter words."),
                            element->width, element->height, least);
  return g_strdup_printf (_("its own words do not fit into its %.2f mm at %.1f points, their smallest size; "
                            "give it more “width”, a smaller “min_size”, or shorter words."),
                          element->width, least);
}

static void
add_own_words (Check            *check,
               const PltElement *element,
               const GError     *error)
{
  g_autofree char *what = name_cure (element, error);

  add (check->faults, check->text, element, what);
}

/* Words that stand in the layout itself must fit and have their letters, whoever the holder is. */
static void
check_part (Check             *check,
            const PltElement  *element,
            const PltCardPart *part)
{
  if (part->error != NULL && *part->field == '\0'
      && !g_error_matches (part->error, PLT_CARD_ERROR, PLT_CARD_ERROR_MISSING))
    add_own_words (check, element, part->error);
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

/* Of words the ink counts, of what has a value the room that it may fill. */
static void
check_margin (Check             *check,
              const PltElement  *element,
              const PltCardPart *part,
              guint              page)
{
  double safe = plt_layout_get_safe_margin (check->layout);
  double width, height, nearest;
  g_autofree char *what = NULL;

  plt_layout_get_page_size (check->layout, page, &width, &height);
  nearest = MIN (MIN (part->x, part->y), MIN (width - part->x - part->width,
                                              height - part->y - part->height));
  if (!must_not_be_cut (element) || nearest > safe - 0.005)
    return;
  what = g_strdup_printf (_("it stands %.2f mm from the edge; the layout’s safe margin is %.2f mm."),
                          nearest, safe);
  add (check->remarks, check->text, element, what);
}

/* One that is drawn only sometimes may stand for the other. */
static void
check_name (Check            *check,
            const PltElement *element,
            guint             page,
            guint             index)
{
  g_autofree char *what = NULL;

  for (guint i = 0; element->name != NULL && element->when == NULL && i < index; i++)
    {
      const PltElement *other = plt_layout_get_element (check->layout, page, i);

      if (other->when != NULL || g_strcmp0 (other->name, element->name) != 0)
        continue;
      what = g_strdup_printf (_("“%s” has the same name; people could not tell them apart."),
                              other->place);
      add (check->remarks, check->text, element, what);
      return;
    }
}

/* The value of a text begins after “label_width”, on whatever of the label still stands there. */
static void
check_label (Check            *check,
             PltCardDrawing   *drawing,
             const PltElement *element)
{
  g_autofree char *path = g_strconcat (element->place, ".label_width", NULL);
  g_autofree char *what = NULL;
  double width, size, largest;

  if (element->type != PLT_ELEMENT_TEXT || element->label == NULL || *element->label == '\0')
    return;
  width = plt_card_measure_label (drawing, element, &size);
  if (width <= element->label_width + 0.005)
    return;
  largest = floor (size * element->label_width / width * 10) / 10;
  if (largest >= LEAST_SIZE)
    what = g_strdup_printf (_("the label “%s” is %.2f mm wide and would touch the value, which begins "
                              "after %.2f mm; “label_width” must be %.1f at least, or “label_size” %.1f "
                              "at most."), element->label, width, element->label_width,
                            ceil (width * 10) / 10, largest);
  else
    what = g_strdup_printf (_("the label “%s” is %.2f mm wide and would touch the value, which begins "
                              "after %.2f mm; “label_width” must be %.1f at least."), element->label,
                            width, element->label_width, ceil (width * 10) / 10);
  add_at (check->faults, check->text, element, path, what);
}

static void
check_labels (Check *check,
              guint  page)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  PltCardDrawing drawing = { .layout = check->layout, .page = page, .layers = PLT_CARD_LAYER_ALL };

  drawing.cr = cairo_create (surface);
  drawing.text = plt_card_text_get_layout (check->layout);
  for (guint i = 0; i < plt_layout_get_page (check->layout, page)->elements->len; i++)
    check_label (check, &drawing, plt_layout_get_element (check->layout, page, i));
  cairo_destroy (drawing.cr);
  cairo_surface_destroy (surface);
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
      check_margin (check, element, g_ptr_array_index (parts, i), page);
      check_name (check, element, page, i);
    }
  check_labels (check, page);
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

static void
tell_overlap (Check                *check,
              guint                 page,
              GPtrArray            *parts,
              const PltCardOverlap *overlap,
              const char           *record)
{
  const PltCardPart *lower = g_ptr_array_index (parts, overlap->lower);
  g_autofree char *what = NULL;

  /* Translators: the name of an element, its place in the file, millimetres, then what a record of the
   * proof is called */
  what = g_strdup_printf (_("it lies on “%s” (%s), by %.1f × %.1f mm, with the record “%s”."), lower->name,
                          lower->path, overlap->width, overlap->height, record);
  add (check->remarks, check->text, plt_layout_get_element (check->layout, page, overlap->upper), what);
}

/* What the layout itself has written beside a value, its label or other words, is only drawn with it. */
static void
check_own_words (Check      *check,
                 GPtrArray  *parts,
                 guint       page,
                 GHashTable *told)
{
  for (guint i = 0; i < parts->len; i++)
    {
      const PltCardPart *part = g_ptr_array_index (parts, i);

      if (part->is_layouts_own && *part->field != '\0'
          && g_hash_table_add (told, g_strdup_printf ("%u %u", page, i)))
        add_own_words (check, plt_layout_get_element (check->layout, page, i), part->error);
    }
}

/* Each pair once, with the first record that shows it. */
static void
check_record (Check         *check,
              PltCardSample *sample,
              guint          page,
              GHashTable    *told)
{
  PltCardInputs *inputs = plt_card_sample_get_inputs (sample);
  g_autoptr (GPtrArray) parts = plt_card_list_parts (check->layout, inputs, page);
  g_autoptr (GArray) overlaps = plt_card_find_overlaps (check->layout, inputs, page, parts);

  for (guint i = 0; i < overlaps->len; i++)
    {
      const PltCardOverlap *overlap = &g_array_index (overlaps, PltCardOverlap, i);

      if (g_hash_table_add (told, g_strdup_printf ("%u %u %u", page, overlap->upper, overlap->lower)))
        tell_overlap (check, page, parts, overlap, plt_card_sample_get_title (sample));
    }
  check_own_words (check, parts, page, told);
}

void
plt_layout_check_records (const char *path,
                          GPtrArray  *samples,
                          GPtrArray  *faults,
                          GPtrArray  *remarks)
{
  g_autoptr (PltLayout) layout = NULL;
  g_autoptr (PltLayoutText) text = NULL;
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Check check;

  g_return_if_fail (path != NULL && samples != NULL && faults != NULL && remarks != NULL);

  layout = plt_layout_new_from_file (path, NULL);
  text = layout != NULL ? plt_layout_text_load (path, NULL) : NULL;
  check = (Check) { layout, text, faults, remarks };
  for (guint page = 0; text != NULL && page < plt_layout_get_n_pages (layout); page++)
    for (guint i = 0; i < samples->len; i++)
      check_record (&check, g_ptr_array_index (samples, i), page, told);
}
