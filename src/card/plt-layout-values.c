/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads one member of an element, by its kind. */
#include "plt-layout-element-members.h"

#include "plt-card-fields.h"
#include "plt-layout-members.h"
#include "plt-svg-path.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const layer_names[] = {
  "colour", "black", "overlay", "uv", "magnetic", "chip", NULL
};
static const char *const align_names[] = { "left", "centre", "right", "start", "end", NULL };
static const char *const fit_names[] = {
  "shrink", "condense", "wrap", "hyphenate", "abbreviate", NULL
};
static const char *const payload_names[] = { "iso", "aamva", NULL };
static const char *const manner_names[] = { "fr", "nl", "ch", NULL };
G_STATIC_ASSERT (G_N_ELEMENTS (manner_names) == PLT_N_CARD_MRZ_MANNERS + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (fit_names) == PLT_N_FIT_STEPS + 1);

/* The words that a member of @kind may be; NULL for all other kinds. */
const char *const *
plt_element_get_choices (PltMemberKind kind)
{
  return kind == PLT_MEMBER_LAYER ? layer_names
         : kind == PLT_MEMBER_ALIGN ? align_names
         : kind == PLT_MEMBER_PAYLOAD ? payload_names
         : kind == PLT_MEMBER_MANNER ? manner_names
         : kind == PLT_MEMBER_FIT ? fit_names : NULL;
}

static gboolean
read_number (const PltLayoutText     *text,
             const PltElementMember  *member,
             JsonNode                *node,
             const char              *path,
             double                  *number)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return plt_layout_text_fail (text, path, _("must be a number"));
  if (member->kind == PLT_MEMBER_INTEGER && type != G_TYPE_INT64)
    return plt_layout_text_fail (text, path, _("must be a whole number"));
  *number = json_node_get_double (node);
  if (!(*number >= member->min && *number <= member->max))
    return plt_layout_text_fail (text, path, _("must be from %g to %g, not %g"),
                                 member->min, member->max, *number);
  return TRUE;
}

static const char *
read_string (const PltLayoutText  *text,
             JsonNode             *node,
             const char           *path)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_get_string (node);
  plt_layout_text_fail (text, path, _("must be a text in quotes"));
  return NULL;
}

static gboolean
read_columns (const PltLayoutText     *text,
              const PltElementMember  *member,
              JsonNode                *node,
              const char              *path,
              PltElement              *element)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL || json_array_get_length (array) != G_N_ELEMENTS (element->columns))
    return plt_layout_text_fail (text, path,
                                 _("must be five widths: pictogram, code, 10, 11 and 12"));
  for (guint i = 0; i < G_N_ELEMENTS (element->columns); i++)
    {
      g_autofree char *item = g_strdup_printf ("%s[%u]", path, i);

      read_number (text, member, json_array_get_element (array, i), item, &element->columns[i]);
    }
  element->n_columns = G_N_ELEMENTS (element->columns);
  return TRUE;
}

/* The place of @string in @choices; -1 with an error when it is none of them. */
static int
find_choice (const PltLayoutText  *text,
             const char           *string,
             const char *const    *choices,
             const char           *path)
{
  g_autofree char *all = NULL;

  for (int i = 0; choices[i] != NULL; i++)
    if (g_str_equal (choices[i], string))
      return i;
  all = g_strjoinv (", ", (char **) choices);
  plt_layout_text_fail (text, path, _("must be one of %s, not “%s”"), all, string);
  return -1;
}

static gboolean
read_choice (const PltLayoutText     *text,
             const PltElementMember  *member,
             const char              *string,
             const char              *path,
             PltElement              *element)
{
  int choice = find_choice (text, string, plt_element_get_choices (member->kind), path);

  if (choice < 0)
    return FALSE;
  if (member->kind == PLT_MEMBER_LAYER)
    element->layers = 1 << choice;
  else if (member->kind == PLT_MEMBER_PAYLOAD)
    element->payload = (PltCardPayload) choice;
  else if (member->kind == PLT_MEMBER_MANNER)
    element->manner = (PltCardMrzManner) choice;
  else
    element->align = (PltAlign) choice;
  return TRUE;
}

static JsonArray *
read_list (const PltLayoutText  *text,
           JsonNode             *node,
           const char           *path,
           guint                 most)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array != NULL && json_array_get_length (array) >= 1 && json_array_get_length (array) <= most)
    return array;
  plt_layout_text_fail (text, path, _("must be a list of 1 to %u texts"), most);
  return NULL;
}

static gboolean
read_fit (const PltLayoutText  *text,
          JsonNode             *node,
          const char           *path,
          PltElement           *element)
{
  JsonArray *array = read_list (text, node, path, PLT_N_FIT_STEPS);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      g_autofree char *item = g_strdup_printf ("%s[%u]", path, i);
      const char *string = read_string (text, json_array_get_element (array, i), item);
      int step = string != NULL ? find_choice (text, string, fit_names, item) : -1;

      if (step < 0)
        continue;
      for (int k = 0; k < element->n_fit; k++)
        if (element->fit[k] == (PltFitStep) step)
          plt_layout_text_fail (text, item, _("“%s” stands twice"), string);
      element->fit[element->n_fit++] = (PltFitStep) step;
    }
  return array != NULL;
}

static gboolean
read_strings (const PltLayoutText   *text,
              JsonNode              *node,
              const char            *path,
              char                ***strings)
{
  JsonArray *array = read_list (text, node, path, PLT_MEMBER_MOST_STRINGS);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      g_autofree char *item = g_strdup_printf ("%s[%u]", path, i);
      const char *string = read_string (text, json_array_get_element (array, i), item);

      if (string != NULL)
        g_strv_builder_add (builder, string);
    }
  if (array != NULL)
    *strings = g_strv_builder_end (builder);
  return array != NULL;
}

static gboolean
read_condition (const PltLayoutText  *text,
                const char           *string,
                const char           *path,
                PltElement           *element)
{
  g_autofree char *problem = NULL;

  element->when = plt_expression_parse (string, &problem);
  if (element->when == NULL)
    return plt_layout_text_fail (text, path, "%s", problem);
  if (plt_expression_get_value_type (element->when) != PLT_VALUE_TRUTH)
    return plt_layout_text_fail (text, path,
                                 _("must be yes or no; “present(…)” asks whether a value is there"));
  return TRUE;
}

static gboolean
read_path (const PltLayoutText  *text,
           const char           *string,
           const char           *path,
           PltElement           *element)
{
  gsize position = 0;

  element->path = plt_svg_path_parse (string, &position);
  return element->path != NULL
         || plt_layout_text_fail (text, path,
                                  _("the path data is wrong after %" G_GSIZE_FORMAT " characters"),
                                  position);
}

static gboolean
read_text_member (const PltLayoutText     *text,
                  const PltElementMember  *member,
                  JsonNode                *node,
                  const char              *path,
                  PltElement              *element)
{
  gpointer at = (char *) element + member->offset;
  const char *string = read_string (text, node, path);

  if (string == NULL)
    return FALSE;
  if (plt_element_get_choices (member->kind) != NULL)
    return read_choice (text, member, string, path, element);
  if (member->kind == PLT_MEMBER_CONDITION)
    return read_condition (text, string, path, element);
  if (member->kind == PLT_MEMBER_COLOUR)
    return plt_colour_parse (string, at)
           || plt_layout_text_fail (text, path,
                                    _("must be a colour such as “#1a2b3c” or “#1a2b3c80”"));
  if (member->kind == PLT_MEMBER_FILE && (*string == '\0' || *string == '.'
                                          || strchr (string, '/') != NULL))
    return plt_layout_text_fail (text, path,
                                 _("must be the name of a file in the layout’s own folder"));
  if (member->kind == PLT_MEMBER_PATH && !read_path (text, string, path, element))
    return FALSE;
  *(char **) at = g_strdup (string);
  return TRUE;
}

gboolean
plt_element_read_member (const PltLayoutText     *text,
                         const PltElementMember  *member,
                         JsonNode                *node,
                         const char              *path,
                         PltElement              *element)
{
  gpointer at = (char *) element + member->offset;
  double number;

  switch (member->kind)
    {
    case PLT_MEMBER_NUMBER:
      return read_number (text, member, node, path, at);
    case PLT_MEMBER_INTEGER:
      if (!read_number (text, member, node, path, &number))
        return FALSE;
      *(int *) at = (int) number;
      return TRUE;
    case PLT_MEMBER_BOOLEAN:
      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
        return plt_layout_text_fail (text, path, _("must be true or false"));
      *(gboolean *) at = json_node_get_boolean (node);
      return TRUE;
    case PLT_MEMBER_COLUMNS:
      return read_columns (text, member, node, path, element);
    case PLT_MEMBER_FIT:
      return read_fit (text, node, path, element);
    case PLT_MEMBER_STRINGS:
      return read_strings (text, node, path, at);
    case PLT_MEMBER_STRING:
    case PLT_MEMBER_TEMPLATE:
    case PLT_MEMBER_CONDITION:
    case PLT_MEMBER_COLOUR:
    case PLT_MEMBER_ALIGN:
    case PLT_MEMBER_PATH:
    case PLT_MEMBER_LAYER:
    case PLT_MEMBER_PAYLOAD:
    case PLT_MEMBER_MANNER:
    case PLT_MEMBER_FILE:
    default:
      return read_text_member (text, member, node, path, element);
    }
}

/* Only a paragraph has lines of its own. */
static void
check_lines (const PltLayoutText *text,
             const PltTemplate   *template,
             const char          *path)
{
  for (guint i = 0; i < template->pieces->len; i++)
    {
      const PltTemplatePiece *piece = g_ptr_array_index (template->pieces, i);

      if (piece->words != NULL)
        plt_layout_check_line (text, piece->words, path);
    }
}

static void
read_template (const PltLayoutText  *text,
               const char           *element_path,
               const char           *name,
               const char           *source,
               gboolean              is_rich,
               gboolean              has_lines,
               PltTemplate         **template)
{
  g_autofree char *path = g_strdup_printf ("%s.%s", element_path, name);
  g_autofree char *problem = NULL;

  if (source == NULL)
    return;
  *template = plt_template_parse (source, is_rich, &problem);
  if (*template == NULL)
    plt_layout_text_fail (text, path, "%s", problem);
  else if (!has_lines)
    check_lines (text, *template, path);
}

/* After all members, because whether a text is rich may stand after it. */
void
plt_element_read_templates (const PltLayoutText  *text,
                            const char           *path,
                            PltElement           *element)
{
  static const char *const track_names[PLT_N_TRACKS] = { "track_1", "track_2", "track_3" };

  gboolean has_lines = element->type == PLT_ELEMENT_PARAGRAPH
                       || element->type == PLT_ELEMENT_DATAMATRIX;

  read_template (text, path, "text", element->text, element->rich, has_lines, &element->template);
  for (int i = 0; i < PLT_N_TRACKS; i++)
    read_template (text, path, track_names[i], element->tracks[i], FALSE, FALSE,
                   &element->track_templates[i]);
}
