/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a layout's elements. The table of members below is the format: what each is, in which
 * range, which types may have it and which must. data/layouts/README.md says the same in words. */
#include "plt-layout-element.h"

#include "plt-card-fields.h"
#include "plt-layout-members.h"
#include "plt-svg-path.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef enum
{
  KIND_NUMBER,
  KIND_INTEGER,
  KIND_STRING,
  KIND_TEMPLATE,
  KIND_COLOUR,
  KIND_BOOLEAN,
  KIND_ALIGN,
  KIND_PATH,
  KIND_COLUMNS,
  KIND_LAYER,
} Kind;

typedef struct
{
  const char *name;
  Kind        kind;
  gsize       offset;
  double      min, max;
  guint       allowed, required; /* bits of PltElementType */
} Member;

#define BIT(type) (1u << PLT_ELEMENT_##type)
#define ALL ((1u << PLT_N_ELEMENT_TYPES) - 1)
#define AT(member) G_STRUCT_OFFSET (PltElement, member)
#define WORDS (BIT (TEXT) | BIT (PARAGRAPH) | BIT (MICROTEXT) | BIT (SPECIMEN) | BIT (MRZ) \
               | BIT (CATEGORIES))
#define FINE_LINES (BIT (WAVES) | BIT (ROSETTE))
#define COLOURED (ALL & ~(BIT (PDF417) | BIT (QR) | BIT (MRZ) | BIT (PORTRAIT)))

static const char *const type_names[] = {
  "rect", "path", "waves", "rosette", "microtext", "text", "paragraph", "portrait", "signature",
  "categories", "mrz", "pdf417", "qr", "specimen",
};
G_STATIC_ASSERT (G_N_ELEMENTS (type_names) == PLT_N_ELEMENT_TYPES);

static const struct
{
  const char    *name;
  PltCardLayers  layer;
} layer_names[] = {
  { "colour", PLT_CARD_LAYER_COLOUR }, { "black", PLT_CARD_LAYER_BLACK },
  { "overlay", PLT_CARD_LAYER_OVERLAY }, { "uv", PLT_CARD_LAYER_UV },
  { "magnetic", PLT_CARD_LAYER_MAGNETIC }, { "chip", PLT_CARD_LAYER_CHIP },
};

/* Where on the page an element may be is checked against the size of the page. */
static const Member members[] = {
  { "name", KIND_STRING, AT (name), 0, 0, ALL, 0 },
  { "layer", KIND_LAYER, AT (layers), 0, 0, ALL, 0 },
  { "x", KIND_NUMBER, AT (x), -10, 500, ALL, ALL },
  { "y", KIND_NUMBER, AT (y), -10, 500, ALL, ALL },
  { "width", KIND_NUMBER, AT (width), 0.02, 520, ALL, ALL },
  { "height", KIND_NUMBER, AT (height), 0.02, 520, ALL, ALL },
  { "colour", KIND_COLOUR, AT (colour), 0, 0, COLOURED | BIT (PORTRAIT),
    BIT (RECT) | BIT (PATH) | FINE_LINES | BIT (MICROTEXT) | BIT (SPECIMEN) },
  { "colour_to", KIND_COLOUR, AT (colour_to), 0, 0, BIT (RECT) | FINE_LINES, 0 },
  { "opacity", KIND_NUMBER, AT (opacity), 0.05, 1, BIT (PORTRAIT), 0 },
  { "radius", KIND_NUMBER, AT (radius), 0, 10, BIT (RECT) | FINE_LINES, 0 },
  { "line_width", KIND_NUMBER, AT (line_width), 0.03, 2,
    BIT (RECT) | FINE_LINES | BIT (CATEGORIES) | BIT (PATH) | BIT (PORTRAIT), FINE_LINES },
  { "angle", KIND_NUMBER, AT (angle), -90, 90, BIT (SPECIMEN), 0 },
  { "text", KIND_TEMPLATE, AT (text), 0, 0,
    BIT (TEXT) | BIT (PARAGRAPH) | BIT (MICROTEXT) | BIT (SPECIMEN) | BIT (SIGNATURE),
    BIT (TEXT) | BIT (PARAGRAPH) | BIT (MICROTEXT) | BIT (SPECIMEN) },
  { "label", KIND_STRING, AT (label), 0, 0, BIT (TEXT) | BIT (SIGNATURE), 0 },
  { "label_width", KIND_NUMBER, AT (label_width), 0, 20, BIT (TEXT), 0 },
  { "label_size", KIND_NUMBER, AT (label_size), 2, 12, BIT (TEXT) | BIT (SIGNATURE), 0 },
  { "font", KIND_STRING, AT (font), 0, 0, WORDS | BIT (SIGNATURE), WORDS },
  { "label_font", KIND_STRING, AT (label_font), 0, 0, BIT (TEXT) | BIT (CATEGORIES), 0 },
  { "size", KIND_NUMBER, AT (size), 0.5, 48, WORDS | BIT (SIGNATURE), WORDS },
  { "min_size", KIND_NUMBER, AT (min_size), 0.5, 48, BIT (TEXT) | BIT (CATEGORIES), 0 },
  { "spacing", KIND_NUMBER, AT (spacing), 0, 5, BIT (TEXT) | BIT (SPECIMEN), 0 },
  { "leading", KIND_NUMBER, AT (leading), 0.5, 10, BIT (TEXT) | BIT (PARAGRAPH),
    BIT (PARAGRAPH) },
  { "align", KIND_ALIGN, AT (align), 0, 0, BIT (TEXT), 0 },
  { "max_lines", KIND_INTEGER, AT (max_lines), 1, 2, BIT (TEXT), 0 },
  { "required", KIND_BOOLEAN, AT (required), 0, 0,
    BIT (TEXT) | BIT (PORTRAIT) | BIT (SIGNATURE) | BIT (MRZ) | BIT (PDF417) | BIT (QR), 0 },
  { "capitals", KIND_BOOLEAN, AT (capitals), 0, 0, BIT (TEXT), 0 },
  { "lines", KIND_INTEGER, AT (lines), 1, 200, FINE_LINES, FINE_LINES },
  { "amplitude", KIND_NUMBER, AT (amplitude), 0, 40, BIT (WAVES), BIT (WAVES) },
  { "wavelength", KIND_NUMBER, AT (wavelength), 2, 200, BIT (WAVES), BIT (WAVES) },
  { "phase", KIND_NUMBER, AT (phase), -1, 1, FINE_LINES, 0 },
  { "amplitude_2", KIND_NUMBER, AT (amplitude_2), 0, 40, BIT (WAVES), 0 },
  { "wavelength_2", KIND_NUMBER, AT (wavelength_2), 2, 400, BIT (WAVES), 0 },
  { "phase_2", KIND_NUMBER, AT (phase_2), -1, 1, BIT (WAVES), 0 },
  { "petals", KIND_INTEGER, AT (petals), 2, 60, BIT (ROSETTE), BIT (ROSETTE) },
  { "inner", KIND_NUMBER, AT (inner), 0, 0.95, BIT (ROSETTE), 0 },
  { "path", KIND_PATH, AT (path_data), 0, 0, BIT (PATH), BIT (PATH) },
  { "view_width", KIND_NUMBER, AT (view_width), 0.1, 10000, BIT (PATH), BIT (PATH) },
  { "view_height", KIND_NUMBER, AT (view_height), 0.1, 10000, BIT (PATH), BIT (PATH) },
  { "header", KIND_NUMBER, AT (header), 0.5, 10, BIT (CATEGORIES), BIT (CATEGORIES) },
  { "columns", KIND_COLUMNS, AT (columns), 1, 60, BIT (CATEGORIES), BIT (CATEGORIES) },
  { "pitch", KIND_NUMBER, AT (pitch), 1, 5, BIT (MRZ) | BIT (CATEGORIES),
    BIT (MRZ) | BIT (CATEGORIES) },
  { "error_level", KIND_INTEGER, AT (error_level), 3, 8, BIT (PDF417), BIT (PDF417) },
  { "symbol_columns", KIND_INTEGER, AT (symbol_columns), 1, 30, BIT (PDF417), BIT (PDF417) },
  { "module", KIND_NUMBER, AT (module), 0.1, 1, BIT (PDF417) | BIT (QR), BIT (PDF417) | BIT (QR) },
  { "finest_module", KIND_NUMBER, AT (finest_module), 0.1, 1, BIT (PDF417) | BIT (QR), 0 },
};

static void
element_free (PltElement *self)
{
  g_free (self->place);
  g_free (self->name);
  g_free (self->text);
  g_free (self->label);
  g_free (self->font);
  g_free (self->label_font);
  g_free (self->path_data);
  g_clear_pointer (&self->path, g_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltElement, element_free)

/* "#rrggbb" or "#rrggbbaa". */
gboolean
plt_colour_parse (const char *text,
                  PltColour  *colour)
{
  gsize length = strlen (text);
  guint64 value;

  if (text[0] != '#' || (length != 7 && length != 9)
      || strspn (text + 1, "0123456789abcdefABCDEF") != length - 1)
    return FALSE;
  value = g_ascii_strtoull (text + 1, NULL, 16);
  if (length == 7)
    value = value << 8 | 0xff;
  colour->red = (value >> 24 & 0xff) / 255.0;
  colour->green = (value >> 16 & 0xff) / 255.0;
  colour->blue = (value >> 8 & 0xff) / 255.0;
  colour->alpha = (value & 0xff) / 255.0;
  return TRUE;
}

static gboolean
read_number (const PltLayoutText *text,
             const Member        *member,
             JsonNode            *node,
             const char          *path,
             double              *number,
             GError             **error)
{
  GType type = json_node_get_value_type (node);

  if (!JSON_NODE_HOLDS_VALUE (node) || (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE))
    return plt_layout_text_fail (text, path, error, _("must be a number"));
  if (member->kind == KIND_INTEGER && type != G_TYPE_INT64)
    return plt_layout_text_fail (text, path, error, _("must be a whole number"));
  *number = json_node_get_double (node);
  if (!(*number >= member->min && *number <= member->max))
    return plt_layout_text_fail (text, path, error, _("must be from %g to %g, not %g"),
                                 member->min, member->max, *number);
  return TRUE;
}

static const char *
read_string (const PltLayoutText *text,
             JsonNode            *node,
             const char          *path,
             GError             **error)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_get_string (node);
  plt_layout_text_fail (text, path, error, _("must be a text in quotes"));
  return NULL;
}

static gboolean
check_template (const PltLayoutText *text,
                const char          *template,
                const char          *path,
                GError             **error)
{
  for (const char *open = strchr (template, '{'); open != NULL; open = strchr (open + 1, '{'))
    {
      const char *close = strchr (open, '}');
      g_autofree char *name = close != NULL ? g_strndup (open + 1, close - open - 1) : NULL;

      if (name == NULL)
        return plt_layout_text_fail (text, path, error, _("a “{” has no “}”"));
      if (!plt_card_field_is_known (name))
        return plt_layout_text_fail (text, path, error, _("“%s” is not the name of a value"), name);
    }
  return TRUE;
}

static gboolean
read_columns (const PltLayoutText *text,
              const Member        *member,
              JsonNode            *node,
              const char          *path,
              PltElement          *element,
              GError             **error)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL || json_array_get_length (array) != G_N_ELEMENTS (element->columns))
    return plt_layout_text_fail (text, path, error,
                                 _("must be five widths: pictogram, code, 10, 11 and 12"));
  for (guint i = 0; i < G_N_ELEMENTS (element->columns); i++)
    {
      g_autofree char *item = g_strdup_printf ("%s[%u]", path, i);

      if (!read_number (text, member, json_array_get_element (array, i), item,
                        &element->columns[i], error))
        return FALSE;
    }
  element->n_columns = G_N_ELEMENTS (element->columns);
  return TRUE;
}

static gboolean
read_layer (const PltLayoutText  *text,
            const char           *string,
            const char           *path,
            PltCardLayers        *layers,
            GError              **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (layer_names); i++)
    if (g_str_equal (layer_names[i].name, string))
      {
        *layers = layer_names[i].layer;
        return TRUE;
      }
  return plt_layout_text_fail (text, path, error,
                               _("must be colour, black, overlay, uv, magnetic or chip, not “%s”"),
                               string);
}

static gboolean
read_text_member (const PltLayoutText *text,
                  const Member        *member,
                  JsonNode            *node,
                  const char          *path,
                  PltElement          *element,
                  GError             **error)
{
  gpointer at = (char *) element + member->offset;
  const char *string = read_string (text, node, path, error);
  gsize position = 0;

  if (string == NULL)
    return FALSE;
  if (member->kind == KIND_COLOUR)
    return plt_colour_parse (string, at)
           || plt_layout_text_fail (text, path, error,
                                    _("must be a colour such as “#1a2b3c” or “#1a2b3c80”"));
  if (member->kind == KIND_LAYER)
    return read_layer (text, string, path, at, error);
  if (member->kind == KIND_ALIGN)
    {
      *(PltAlign *) at = g_str_equal (string, "centre") ? PLT_ALIGN_CENTRE
                         : g_str_equal (string, "right") ? PLT_ALIGN_RIGHT : PLT_ALIGN_LEFT;
      return *(PltAlign *) at != PLT_ALIGN_LEFT || g_str_equal (string, "left")
             || plt_layout_text_fail (text, path, error, _("must be left, centre or right"));
    }
  if (member->kind == KIND_TEMPLATE && !check_template (text, string, path, error))
    return FALSE;
  if (member->kind == KIND_PATH
      && (element->path = plt_svg_path_parse (string, &position)) == NULL)
    return plt_layout_text_fail (text, path, error,
                                 _("the path data is wrong after %" G_GSIZE_FORMAT " characters"),
                                 position);
  *(char **) at = g_strdup (string);
  return TRUE;
}

static gboolean
read_member (const PltLayoutText *text,
             const Member        *member,
             JsonNode            *node,
             const char          *path,
             PltElement          *element,
             GError             **error)
{
  gpointer at = (char *) element + member->offset;
  double number;

  switch (member->kind)
    {
    case KIND_NUMBER:
      return read_number (text, member, node, path, at, error);
    case KIND_INTEGER:
      if (!read_number (text, member, node, path, &number, error))
        return FALSE;
      *(int *) at = (int) number;
      return TRUE;
    case KIND_BOOLEAN:
      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
        return plt_layout_text_fail (text, path, error, _("must be true or false"));
      *(gboolean *) at = json_node_get_boolean (node);
      return TRUE;
    case KIND_COLUMNS:
      return read_columns (text, member, node, path, element, error);
    case KIND_STRING:
    case KIND_TEMPLATE:
    case KIND_COLOUR:
    case KIND_ALIGN:
    case KIND_PATH:
    case KIND_LAYER:
    default:
      return read_text_member (text, member, node, path, element, error);
    }
}

static const Member *
find_member (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (g_str_equal (members[i].name, name))
      return &members[i];
  return NULL;
}

static gboolean
read_type (const PltLayoutText *text,
           JsonObject          *object,
           const char          *path,
           PltElementType      *type,
           GError             **error)
{
  g_autofree char *type_path = g_strconcat (path, ".type", NULL);
  const char *name;

  if (!json_object_has_member (object, "type"))
    return plt_layout_text_fail (text, type_path, error, _("is missing"));
  name = read_string (text, json_object_get_member (object, "type"), type_path, error);
  if (name == NULL)
    return FALSE;
  for (int i = 0; i < PLT_N_ELEMENT_TYPES; i++)
    if (g_str_equal (type_names[i], name))
      {
        *type = i;
        return TRUE;
      }
  return plt_layout_text_fail (text, type_path, error, _("“%s” is not a type of element"), name);
}

static gboolean
read_members (const PltLayoutText *text,
              JsonObject          *object,
              const char          *path,
              PltElement          *element,
              GError             **error)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *member_path = g_strdup_printf ("%s.%s", path, (char *) l->data);
      const Member *member = find_member (l->data);

      if (g_str_equal (l->data, "type") || g_str_equal (l->data, "comment"))
        continue;
      if (member == NULL || (member->allowed & 1u << element->type) == 0)
        plt_layout_text_fail (text, member_path, error, _("a “%s” has no such member"),
                              type_names[element->type]);
      else if (read_member (text, member, json_object_get_member (object, l->data), member_path,
                            element, error))
        continue;
      if (!plt_layout_text_go_on (text, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_required (const PltLayoutText *text,
                JsonObject          *object,
                const char          *path,
                const PltElement    *element,
                GError             **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *member_path = g_strdup_printf ("%s.%s", path, members[i].name);

      if ((members[i].required & 1u << element->type) != 0
          && !json_object_has_member (object, members[i].name)
          && !plt_layout_text_fail (text, member_path, error, _("is missing"))
          && !plt_layout_text_go_on (text, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_place (const PltLayoutText *text,
             const char          *path,
             const PltElement    *element,
             double               page_width,
             double               page_height,
             double               bleed,
             GError             **error)
{
  g_autofree char *x_path = g_strconcat (path, ".x", NULL);
  g_autofree char *y_path = g_strconcat (path, ".y", NULL);
  g_autofree char *width_path = g_strconcat (path, ".width", NULL);
  g_autofree char *height_path = g_strconcat (path, ".height", NULL);
  g_autofree char *min_path = g_strconcat (path, ".min_size", NULL);

  if (element->x < -bleed - 0.001)
    return plt_layout_text_fail (text, x_path, error, _("must be %g at least, not %g"), -bleed,
                                 element->x);
  if (element->y < -bleed - 0.001)
    return plt_layout_text_fail (text, y_path, error, _("must be %g at least, not %g"), -bleed,
                                 element->y);
  if (element->x + element->width > page_width + bleed + 0.001)
    return plt_layout_text_fail (text, width_path, error,
                                 _("the element ends beyond the right edge of the card; "
                                   "the width may be %g at most"),
                                 page_width + bleed - element->x);
  if (element->y + element->height > page_height + bleed + 0.001)
    return plt_layout_text_fail (text, height_path, error,
                                 _("the element ends beyond the bottom edge of the card; "
                                   "the height may be %g at most"),
                                 page_height + bleed - element->y);
  if (element->min_size > element->size)
    return plt_layout_text_fail (text, min_path, error, _("must not be larger than “size”"));
  return TRUE;
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
      return PLT_CARD_LAYER_BLACK;
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
    case PLT_N_ELEMENT_TYPES:
    default:
      return PLT_CARD_LAYER_COLOUR;
    }
}

static PltElement *
read_element (const PltLayoutText *text,
              JsonNode            *node,
              const char          *path,
              GError             **error)
{
  g_autoptr (PltElement) element = g_new0 (PltElement, 1);
  JsonObject *object = plt_layout_get_object (text, node, path, error);
  guint n_faults = text->faults != NULL ? text->faults->len : 0;

  if (object == NULL || !read_type (text, object, path, &element->type, error))
    return NULL;
  element->place = g_strdup (path);
  element->opacity = 1;
  element->max_lines = 1;
  element->colour.alpha = 1;
  if (!read_members (text, object, path, element, error)
      || !check_required (text, object, path, element, error)
      || (text->faults != NULL && text->faults->len > n_faults))
    return NULL;
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
                   double                bleed,
                   GError              **error)
{
  g_autoptr (GPtrArray) elements = g_ptr_array_new_with_free_func ((GDestroyNotify) element_free);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *item = g_strdup_printf ("%s[%u]", path, i);
      PltElement *element = read_element (text, json_array_get_element (array, i), item, error);

      if (element != NULL)
        g_ptr_array_add (elements, element);
      if ((element == NULL
           || !check_place (text, item, element, page_width, page_height, bleed, error))
          && !plt_layout_text_go_on (text, error))
        return NULL;
    }
  return g_steal_pointer (&elements);
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
  };
  G_STATIC_ASSERT (G_N_ELEMENTS (words) == PLT_N_ELEMENT_TYPES);

  return _(words[self->type]);
}

/* Returns: (transfer full) (nullable): the name of the first value that it shows. */
char *
plt_element_dup_field (const PltElement *self)
{
  const char *open = self->text != NULL ? strchr (self->text, '{') : NULL;
  const char *close = open != NULL ? strchr (open, '}') : NULL;

  return close != NULL ? g_strndup (open + 1, close - open - 1) : NULL;
}
