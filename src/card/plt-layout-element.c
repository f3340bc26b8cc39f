/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a layout's elements. The table of members below is the format: what each is, in which
 * range, which types may have it and which must. data/layouts/README.md says the same in words. */
#include "plt-layout-element-members.h"

#include "plt-card-fields.h"
#include "plt-category.h"
#include "plt-layout-functions.h"
#include "plt-layout-members.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DEFAULT_CONDENSE 0.8

#define BIT(type) (1u << PLT_ELEMENT_##type)
#define ALL ((1u << PLT_N_ELEMENT_TYPES) - 1)
#define AT(member) G_STRUCT_OFFSET (PltElement, member)
#define FITTED (BIT (TEXT) | BIT (PARAGRAPH))
#define WORDS (FITTED | BIT (MICROTEXT) | BIT (SPECIMEN) | BIT (MRZ) | BIT (CATEGORIES))
#define FINE_LINES (BIT (WAVES) | BIT (ROSETTE))
#define TEXT_CODES (BIT (CODE128) | BIT (DATAMATRIX))
#define CODES (BIT (PDF417) | BIT (QR) | TEXT_CODES)
#define COLOURED (ALL & ~(CODES | BIT (MRZ) | BIT (ARTWORK)))

static const char *const type_names[] = {
  "rect", "path", "waves", "rosette", "microtext", "text", "paragraph", "portrait", "signature",
  "categories", "mrz", "pdf417", "qr", "specimen", "pictogram", "code128", "datamatrix",
  "magnetic", "chip", "artwork", NULL
};
G_STATIC_ASSERT (G_N_ELEMENTS (type_names) == PLT_N_ELEMENT_TYPES + 1);

/* Where on the page an element may be is checked against the size of the page. */
static const PltElementMember members[] = {
  { "name", PLT_MEMBER_STRING, AT (name), 0, 0, ALL, 0 },
  { "layer", PLT_MEMBER_LAYER, AT (layers), 0, 0, ALL, 0 },
  { "when", PLT_MEMBER_CONDITION, AT (when), 0, 0, ALL, 0 },
  { "x", PLT_MEMBER_NUMBER, AT (x), -10, 500, ALL, ALL },
  { "y", PLT_MEMBER_NUMBER, AT (y), -10, 500, ALL, ALL },
  { "width", PLT_MEMBER_NUMBER, AT (width), 0.02, 520, ALL, ALL },
  { "height", PLT_MEMBER_NUMBER, AT (height), 0.02, 520, ALL, ALL },
  { "colour", PLT_MEMBER_COLOUR, AT (colour), 0, 0, COLOURED,
    BIT (RECT) | BIT (PATH) | FINE_LINES | BIT (MICROTEXT) | BIT (SPECIMEN) },
  { "colour_to", PLT_MEMBER_COLOUR, AT (colour_to), 0, 0, BIT (RECT) | FINE_LINES, 0 },
  { "opacity", PLT_MEMBER_NUMBER, AT (opacity), 0.05, 1, BIT (PORTRAIT) | BIT (ARTWORK), 0 },
  { "radius", PLT_MEMBER_NUMBER, AT (radius), 0, 10, BIT (RECT) | FINE_LINES, 0 },
  { "line_width", PLT_MEMBER_NUMBER, AT (line_width), 0.03, 2,
    BIT (RECT) | FINE_LINES | BIT (CATEGORIES) | BIT (PATH) | BIT (PORTRAIT), FINE_LINES },
  { "angle", PLT_MEMBER_NUMBER, AT (angle), -90, 90, BIT (SPECIMEN), 0 },
  { "text", PLT_MEMBER_TEMPLATE, AT (text), 0, 0,
    FITTED | BIT (MICROTEXT) | BIT (SPECIMEN) | BIT (SIGNATURE) | TEXT_CODES,
    FITTED | BIT (MICROTEXT) | BIT (SPECIMEN) | TEXT_CODES },
  { "rich", PLT_MEMBER_BOOLEAN, AT (rich), 0, 0, FITTED, 0 },
  { "label", PLT_MEMBER_STRING, AT (label), 0, 0, BIT (TEXT) | BIT (SIGNATURE), 0 },
  { "label_width", PLT_MEMBER_NUMBER, AT (label_width), 0, 200, BIT (TEXT), 0 },
  { "label_size", PLT_MEMBER_NUMBER, AT (label_size), 2, 48, BIT (TEXT) | BIT (SIGNATURE), 0 },
  { "font", PLT_MEMBER_STRING, AT (font), 0, 0, WORDS | BIT (SIGNATURE), WORDS },
  { "label_font", PLT_MEMBER_STRING, AT (label_font), 0, 0, BIT (TEXT) | BIT (CATEGORIES), 0 },
  { "size", PLT_MEMBER_NUMBER, AT (size), 0.5, 96, WORDS | BIT (SIGNATURE), WORDS },
  { "min_size", PLT_MEMBER_NUMBER, AT (min_size), 0.5, 96, FITTED | BIT (CATEGORIES), 0 },
  { "spacing", PLT_MEMBER_NUMBER, AT (spacing), 0, 5, BIT (TEXT) | BIT (SPECIMEN), 0 },
  { "leading", PLT_MEMBER_NUMBER, AT (leading), 0.5, 40, FITTED | BIT (MRZ), BIT (PARAGRAPH) },
  { "align", PLT_MEMBER_ALIGN, AT (align), 0, 0, FITTED, 0 },
  { "max_lines", PLT_MEMBER_INTEGER, AT (max_lines), 1, 6, BIT (TEXT), 0 },
  { "fit", PLT_MEMBER_FIT, AT (fit), 0, 0, BIT (TEXT), 0 },
  { "condense", PLT_MEMBER_NUMBER, AT (condense), 0.5, 1, BIT (TEXT), 0 },
  { "language", PLT_MEMBER_STRING, AT (language), 0, 0, FITTED, 0 },
  { "hyphenate", PLT_MEMBER_STRING, AT (hyphenate), 0, 0, FITTED, 0 },
  { "abbreviate", PLT_MEMBER_STRINGS, AT (abbreviate), 0, 0, FITTED, 0 },
  { "required", PLT_MEMBER_BOOLEAN, AT (required), 0, 0,
    FITTED | BIT (PORTRAIT) | BIT (SIGNATURE) | BIT (MRZ) | CODES | BIT (MAGNETIC), 0 },
  { "capitals", PLT_MEMBER_BOOLEAN, AT (capitals), 0, 0, FITTED, 0 },
  { "lines", PLT_MEMBER_INTEGER, AT (lines), 1, 200, FINE_LINES, FINE_LINES },
  { "amplitude", PLT_MEMBER_NUMBER, AT (amplitude), 0, 40, BIT (WAVES), BIT (WAVES) },
  { "wavelength", PLT_MEMBER_NUMBER, AT (wavelength), 2, 200, BIT (WAVES), BIT (WAVES) },
  { "phase", PLT_MEMBER_NUMBER, AT (phase), -1, 1, FINE_LINES, 0 },
  { "amplitude_2", PLT_MEMBER_NUMBER, AT (amplitude_2), 0, 40, BIT (WAVES), 0 },
  { "wavelength_2", PLT_MEMBER_NUMBER, AT (wavelength_2), 2, 400, BIT (WAVES), 0 },
  { "phase_2", PLT_MEMBER_NUMBER, AT (phase_2), -1, 1, BIT (WAVES), 0 },
  { "petals", PLT_MEMBER_INTEGER, AT (petals), 2, 60, BIT (ROSETTE), BIT (ROSETTE) },
  { "inner", PLT_MEMBER_NUMBER, AT (inner), 0, 0.95, BIT (ROSETTE), 0 },
  { "path", PLT_MEMBER_PATH, AT (path_data), 0, 0, BIT (PATH), BIT (PATH) },
  { "view_width", PLT_MEMBER_NUMBER, AT (view_width), 0.1, 10000, BIT (PATH), BIT (PATH) },
  { "view_height", PLT_MEMBER_NUMBER, AT (view_height), 0.1, 10000, BIT (PATH), BIT (PATH) },
  { "header", PLT_MEMBER_NUMBER, AT (header), 0.5, 20, BIT (CATEGORIES), BIT (CATEGORIES) },
  { "date_form", PLT_MEMBER_STRING, AT (date_form), 0, 0, BIT (CATEGORIES), 0 },
  { "columns", PLT_MEMBER_COLUMNS, AT (columns), 1, 120, BIT (CATEGORIES), BIT (CATEGORIES) },
  { "pitch", PLT_MEMBER_NUMBER, AT (pitch), 1, 20, BIT (MRZ) | BIT (CATEGORIES),
    BIT (MRZ) | BIT (CATEGORIES) },
  { "manner", PLT_MEMBER_MANNER, AT (manner), 0, 0, BIT (MRZ), 0 },
  { "payload", PLT_MEMBER_PAYLOAD, AT (payload), 0, 0, BIT (PDF417), 0 },
  { "error_level", PLT_MEMBER_INTEGER, AT (error_level), 3, 8, BIT (PDF417), BIT (PDF417) },
  { "symbol_columns", PLT_MEMBER_INTEGER, AT (symbol_columns), 1, 30, BIT (PDF417), BIT (PDF417) },
  { "module", PLT_MEMBER_NUMBER, AT (module), 0.1, 2, CODES, CODES },
  { "finest_module", PLT_MEMBER_NUMBER, AT (finest_module), 0.1, 1, CODES, 0 },
  { "pictogram", PLT_MEMBER_STRING, AT (pictogram), 0, 0, BIT (PICTOGRAM), BIT (PICTOGRAM) },
  { "file", PLT_MEMBER_FILE, AT (file), 0, 0, BIT (ARTWORK), BIT (ARTWORK) },
  { "track_1", PLT_MEMBER_TEMPLATE, AT (tracks[0]), 0, 0, BIT (MAGNETIC), 0 },
  { "track_2", PLT_MEMBER_TEMPLATE, AT (tracks[1]), 0, 0, BIT (MAGNETIC), 0 },
  { "track_3", PLT_MEMBER_TEMPLATE, AT (tracks[2]), 0, 0, BIT (MAGNETIC), 0 },
};

const PltElementMember *
plt_element_get_members (gsize *n)
{
  *n = G_N_ELEMENTS (members);
  return members;
}

const char *const *
plt_element_get_type_names (void)
{
  return type_names;
}

static void
element_free (PltElement *self)
{
  g_free (self->place);
  g_free (self->name);
  g_clear_pointer (&self->when, plt_expression_free);
  g_free (self->text);
  g_clear_pointer (&self->template, plt_template_free);
  g_free (self->label);
  g_free (self->font);
  g_free (self->label_font);
  g_free (self->language);
  g_free (self->hyphenate);
  g_strfreev (self->abbreviate);
  g_free (self->pictogram);
  g_free (self->date_form);
  g_free (self->file);
  g_clear_pointer (&self->artwork, g_bytes_unref);
  for (int i = 0; i < PLT_N_TRACKS; i++)
    {
      g_free (self->tracks[i]);
      g_clear_pointer (&self->track_templates[i], plt_template_free);
    }
  g_free (self->path_data);
  g_clear_pointer (&self->path, g_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltElement, element_free)

static const PltElementMember *
find_member (const char     *name,
             PltElementType  type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (g_str_equal (members[i].name, name) && (members[i].allowed & 1u << type) != 0)
      return &members[i];
  return NULL;
}

static gboolean
read_type (const PltLayoutText  *text,
           JsonObject           *object,
           const char           *path,
           PltElementType       *type)
{
  g_autofree char *type_path = g_strconcat (path, ".type", NULL);
  g_autofree char *all = NULL;
  const char *name = plt_layout_get_string (text, object, path, "type");
  const char *nearest;

  if (name == NULL)
    return FALSE;
  for (int i = 0; i < PLT_N_ELEMENT_TYPES; i++)
    if (g_str_equal (type_names[i], name))
      {
        *type = i;
        return TRUE;
      }
  nearest = plt_layout_find_nearest (name, type_names);
  if (nearest != NULL)
    return plt_layout_text_fail (text, type_path,
                                 _("“%s” is not a type of element; “%s” may be meant"), name,
                                 nearest);
  all = g_strjoinv (", ", (char **) type_names);
  return plt_layout_text_fail (text, type_path,
                               _("“%s” is not a type of element; there are %s"), name, all);
}

static void
fail_no_member (const PltLayoutText  *text,
                const char           *path,
                const char           *name,
                PltElementType        type)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) known = NULL;
  g_autofree char *all = NULL;
  const char *nearest;

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if ((members[i].allowed & 1u << type) != 0)
      g_strv_builder_add (builder, members[i].name);
  known = g_strv_builder_end (builder);
  nearest = plt_layout_find_nearest (name, (const char *const *) known);
  if (nearest != NULL)
    {
      plt_layout_text_fail (text, path, _("a “%s” has no such member; “%s” may be meant"),
                            type_names[type], nearest);
      return;
    }
  all = g_strjoinv (", ", known);
  plt_layout_text_fail (text, path, _("a “%s” has no such member; it may have %s"),
                        type_names[type], all);
}

static void
read_members (const PltLayoutText  *text,
              JsonObject           *object,
              const char           *path,
              PltElement           *element)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *member_path = g_strdup_printf ("%s.%s", path, (char *) l->data);
      const PltElementMember *member = find_member (l->data, element->type);

      if (g_str_equal (l->data, "type") || g_str_equal (l->data, "comment"))
        continue;
      if (member == NULL)
        fail_no_member (text, member_path, l->data, element->type);
      else
        plt_element_read_member (text, member, json_object_get_member (object, l->data),
                                 member_path, element);
    }
  plt_element_read_templates (text, path, element);
}

static void
check_required (const PltLayoutText *text,
                JsonObject          *object,
                const char          *path,
                const PltElement    *element)
{
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *member_path = g_strdup_printf ("%s.%s", path, members[i].name);

      if ((members[i].required & 1u << element->type) != 0
          && !json_object_has_member (object, members[i].name))
        plt_layout_text_fail (text, member_path, _("is missing"));
    }
}

/* One direction: @at and @extent are members of the element, which ends at @end at most. */
static void
check_span (const PltLayoutText *text,
            const char          *path,
            const char          *at,
            double               from,
            const char          *extent,
            double               length,
            double               end,
            double               bleed)
{
  g_autofree char *at_path = g_strdup_printf ("%s.%s", path, at);
  g_autofree char *extent_path = g_strdup_printf ("%s.%s", path, extent);

  if (from < -bleed - 0.001)
    plt_layout_text_fail (text, at_path, _("must be %g at least, not %g"), bleed > 0 ? -bleed : 0.0,
                          from);
  else if (from >= end + bleed)
    plt_layout_text_fail (text, at_path,
                          _("the element lies beyond the edge of the page, which ends at %g"),
                          end + bleed);
  else if (from + length > end + bleed + 0.001)
    /* Translators: %2$s is “width” or “height”, as the file has it. */
    plt_layout_text_fail (text, extent_path,
                          _("the element ends beyond the edge of the page; the %s may be %g at most"),
                          extent, end + bleed - from);
}

static void
check_place (const PltLayoutText *text,
             const char          *path,
             const PltElement    *element,
             double               page_width,
             double               page_height,
             double               bleed)
{
  check_span (text, path, "x", element->x, "width", element->width, page_width, bleed);
  check_span (text, path, "y", element->y, "height", element->height, page_height, bleed);
}

/* The table of categories has a row for each; it would draw beyond its box, and the page. */
static void
check_table (const PltLayoutText *text,
             const char          *path,
             const PltElement    *element)
{
  g_autofree char *columns_path = g_strconcat (path, ".columns", NULL);
  g_autofree char *height_path = g_strconcat (path, ".height", NULL);
  g_autofree char *form_path = g_strconcat (path, ".date_form", NULL);
  double width = 0, height = element->header + PLT_N_CATEGORIES * element->pitch;

  if (element->date_form != NULL && !plt_date_format_is_valid (element->date_form))
    plt_layout_text_fail (text, form_path,
                          _("the form of a date must be made of DD, MM, YYYY and YY"));
  for (int i = 0; i < element->n_columns; i++)
    width += element->columns[i];
  if (width > element->width + 0.01)
    plt_layout_text_fail (text, columns_path,
                          _("together they are %g wide; the table’s “width” is %g"), width,
                          element->width);
  if (element->header > 0 && element->pitch > 0 && height > element->height + 0.01)
    plt_layout_text_fail (text, height_path,
                          _("must be %g at least: “header” and %d rows of “pitch”"), height,
                          PLT_N_CATEGORIES);
}

/* Every line of the manner must have its cells, and every one of several lines its height. */
static void
check_zone (const PltLayoutText *text,
            const char          *path,
            const PltElement    *element)
{
  guint n = plt_card_mrz_count_lines (element->manner);
  guint length = plt_card_mrz_get_length (element->manner, n - 1);
  g_autofree char *width_path = g_strconcat (path, ".width", NULL);
  g_autofree char *height_path = g_strconcat (path, ".height", NULL);
  g_autofree char *leading_path = g_strconcat (path, ".leading", NULL);

  if (element->pitch * length > element->width + 0.01)
    plt_layout_text_fail (text, width_path, _("must be %g at least: %u characters of “pitch”"),
                          element->pitch * length, length);
  if (n > 1 && element->leading <= 0)
    plt_layout_text_fail (text, leading_path, _("is missing: the manner has %u lines"), n);
  else if (n == 1 && element->leading > 0)
    plt_layout_text_fail (text, leading_path, _("must not be given: the manner has one line"));
  else if (n > 1 && element->height < element->leading * n - 0.01)
    plt_layout_text_fail (text, height_path, _("must be %g at least: %u lines of “leading”"),
                          element->leading * n, n);
}

static void
check_min_size (const PltLayoutText *text,
                const char          *path,
                const PltElement    *element)
{
  g_autofree char *min_path = g_strconcat (path, ".min_size", NULL);

  if (element->min_size > element->size)
    plt_layout_text_fail (text, min_path, _("must not be larger than “size”"));
}

/* What a layout does not say: codes and values go to the black panel, all else is colour. */
static PltCardLayers
get_default_layers (const PltElement *element)
{
  switch (element->type)
    {
    case PLT_ELEMENT_MRZ:
    case PLT_ELEMENT_PDF417:
    case PLT_ELEMENT_QR:
    case PLT_ELEMENT_CODE128:
    case PLT_ELEMENT_DATAMATRIX:
      return PLT_CARD_LAYER_BLACK;
    case PLT_ELEMENT_MAGNETIC:
      return PLT_CARD_LAYER_MAGNETIC;
    case PLT_ELEMENT_CHIP:
      return PLT_CARD_LAYER_CHIP;
    case PLT_ELEMENT_CATEGORIES:
      return PLT_CARD_LAYER_PRINTED;
    case PLT_ELEMENT_TEXT:
      return element->label != NULL ? PLT_CARD_LAYER_PRINTED : PLT_CARD_LAYER_COLOUR;
    case PLT_ELEMENT_RECT:
    case PLT_ELEMENT_PATH:
    case PLT_ELEMENT_WAVES:
    case PLT_ELEMENT_ROSETTE:
    case PLT_ELEMENT_MICROTEXT:
    case PLT_ELEMENT_PARAGRAPH:
    case PLT_ELEMENT_PORTRAIT:
    case PLT_ELEMENT_SIGNATURE:
    case PLT_ELEMENT_SPECIMEN:
    case PLT_ELEMENT_PICTOGRAM:
    case PLT_ELEMENT_ARTWORK:
    case PLT_N_ELEMENT_TYPES:
    default:
      return PLT_CARD_LAYER_COLOUR;
    }
}

static gboolean
has_step (const PltElement *element,
          PltFitStep        step)
{
  for (int i = 0; i < element->n_fit; i++)
    if (element->fit[i] == step)
      return TRUE;
  return FALSE;
}

/* Without "fit" all that the other members allow is tried, what changes least first. */
static void
set_default_fit (PltElement *element)
{
  const gboolean allowed[PLT_N_FIT_STEPS] = {
    [PLT_FIT_SHRINK] = TRUE,
    [PLT_FIT_CONDENSE] = TRUE,
    [PLT_FIT_WRAP] = element->max_lines > 1,
    [PLT_FIT_HYPHENATE] = element->hyphenate != NULL && element->max_lines > 1,
    [PLT_FIT_ABBREVIATE] = element->abbreviate != NULL,
  };

  for (int step = 0; step < PLT_N_FIT_STEPS; step++)
    if (allowed[step])
      element->fit[element->n_fit++] = (PltFitStep) step;
}

static gboolean
is_whole (const char *field,
          gpointer    data)
{
  return plt_card_field_is_whole (field);
}

static void
check_abbreviation (const PltLayoutText  *text,
                    const char           *path,
                    const PltElement     *element)
{
  g_autofree char *rule_path = g_strconcat (path, ".abbreviate", NULL);

  if (element->abbreviate == NULL || element->template == NULL)
    return;
  for (guint i = 0; i < element->template->pieces->len; i++)
    {
      const PltTemplatePiece *piece = g_ptr_array_index (element->template->pieces, i);
      const char *field = piece->expression != NULL
                          ? plt_expression_find_field (piece->expression, is_whole, NULL)
                          : NULL;

      if (field != NULL)
        plt_layout_text_fail (text, rule_path,
                              _("“%s” may not be shortened: numbers, codes and dates stand whole or "
                                "not at all"), field);
    }
}

/* A step that nothing in the element makes possible is a mistake. */
static void
check_fit (const PltLayoutText  *text,
           const char           *path,
           PltElement           *element)
{
  g_autofree char *fit_path = g_strconcat (path, ".fit", NULL);

  if (element->type != PLT_ELEMENT_TEXT && element->type != PLT_ELEMENT_PARAGRAPH)
    return;
  check_abbreviation (text, path, element);
  if (element->n_fit == 0)
    set_default_fit (element);
  if (has_step (element, PLT_FIT_WRAP) && element->max_lines < 2)
    plt_layout_text_fail (text, fit_path, _("“wrap” needs “max_lines” of 2 or more"));
  if (has_step (element, PLT_FIT_HYPHENATE)
      && (element->hyphenate == NULL
          || (element->type == PLT_ELEMENT_TEXT && !has_step (element, PLT_FIT_WRAP))))
    plt_layout_text_fail (text, fit_path,
                          _("“hyphenate” needs “wrap” before it and a member “hyphenate” that names "
                            "a language"));
  if (has_step (element, PLT_FIT_ABBREVIATE) && element->abbreviate == NULL)
    plt_layout_text_fail (text, fit_path,
                          _("“abbreviate” needs a member “abbreviate” that lists rules"));
}

/* NULL only where it is not known what it is; what else is wrong is noted down. */
static PltElement *
read_element (const PltLayoutText *text,
              JsonNode            *node,
              const char          *path)
{
  g_autoptr (PltElement) element = g_new0 (PltElement, 1);
  JsonObject *object = plt_layout_get_object (text, node, path);

  if (object == NULL || !read_type (text, object, path, &element->type))
    return NULL;
  element->place = g_strdup (path);
  element->opacity = 1;
  element->max_lines = 1;
  element->condense = DEFAULT_CONDENSE;
  element->colour.alpha = 1;
  read_members (text, object, path, element);
  check_required (text, object, path, element);
  check_fit (text, path, element);
  check_min_size (text, path, element);
  if (element->type == PLT_ELEMENT_CATEGORIES)
    check_table (text, path, element);
  if (element->type == PLT_ELEMENT_MRZ && element->pitch > 0)
    check_zone (text, path, element);
  if (element->min_size <= 0)
    element->min_size = element->size;
  if (element->layers == 0)
    element->layers = get_default_layers (element);
  return g_steal_pointer (&element);
}

/* Returns: (element-type PltElement) (transfer full): in the order in which they are drawn. */
GPtrArray *
plt_elements_read (const PltLayoutText  *text,
                   JsonArray            *array,
                   const char           *path,
                   double                page_width,
                   double                page_height,
                   double                bleed)
{
  GPtrArray *elements = g_ptr_array_new_with_free_func ((GDestroyNotify) element_free);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *item = g_strdup_printf ("%s[%u]", path, i);
      PltElement *element = read_element (text, json_array_get_element (array, i), item);

      if (element == NULL)
        continue;
      check_place (text, item, element, page_width, page_height, bleed);
      g_ptr_array_add (elements, element);
    }
  return elements;
}

/* Returns: (transfer none): as the layout file writes it. */
const char *
plt_element_get_type (const PltElement *self)
{
  return type_names[self->type];
}

/* What people call an element that has no name and shows no value. */
const char *
plt_element_get_words (const PltElement *self)
{
  static const char *const words[] = {
    N_("box"), N_("emblem"), N_("line pattern"), N_("rosette"), N_("micro-text"), N_("text"),
    N_("paragraph"), N_("portrait"), N_("signature of the holder"), N_("table of categories"),
    N_("machine-readable zone"), N_("PDF417 bar code"), N_("QR code"), N_("specimen mark"),
    N_("pictogram"), N_("Code 128 bar code"), N_("Data Matrix code"), N_("magnetic stripe"),
    N_("chip"), N_("artwork"),
  };
  G_STATIC_ASSERT (G_N_ELEMENTS (words) == PLT_N_ELEMENT_TYPES);

  return _(words[self->type]);
}

/* Returns: (transfer none) (nullable): the name of the first value that it shows. */
const char *
plt_element_get_field (const PltElement *self)
{
  return self->template != NULL ? plt_template_get_field (self->template) : NULL;
}

/* Whether it is drawn on every card, and the same. */
gboolean
plt_element_is_fixed (const PltElement *self)
{
  if (self->when != NULL)
    return FALSE;
  switch (self->type)
    {
    case PLT_ELEMENT_RECT:
    case PLT_ELEMENT_PATH:
    case PLT_ELEMENT_WAVES:
    case PLT_ELEMENT_ROSETTE:
    case PLT_ELEMENT_PICTOGRAM:
    case PLT_ELEMENT_CHIP:
    case PLT_ELEMENT_ARTWORK:
      return TRUE;
    case PLT_ELEMENT_MICROTEXT:
    case PLT_ELEMENT_TEXT:
    case PLT_ELEMENT_PARAGRAPH:
      return plt_template_is_fixed (self->template);
    case PLT_ELEMENT_PORTRAIT:
    case PLT_ELEMENT_SIGNATURE:
    case PLT_ELEMENT_CATEGORIES:
    case PLT_ELEMENT_MRZ:
    case PLT_ELEMENT_PDF417:
    case PLT_ELEMENT_QR:
    case PLT_ELEMENT_SPECIMEN:
    case PLT_ELEMENT_CODE128:
    case PLT_ELEMENT_DATAMATRIX:
    case PLT_ELEMENT_MAGNETIC:
    case PLT_N_ELEMENT_TYPES:
    default:
      return FALSE;
    }
}
