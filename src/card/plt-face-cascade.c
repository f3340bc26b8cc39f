/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a cascade from OpenCV's XML (the form since 2.4: stages of trees, then features) and refuses
 * what would read outside itself. */
#include "plt-face-cascade-private.h"

#include <gio/gio.h>
#include <string.h>

#define MAX_NUMBERS 64 /* in one element; a tree of the published files has at most eight */
#define MIN_SIDE 8
#define MAX_SIDE 64

/* The elements that hold numbers, by the name of the element and where it stands. */
typedef struct
{
  PltFaceCascade *cascade;
  GString        *text;
  gboolean        in_features;
  gboolean        in_rects;
} Reader;

static gboolean
fail (GError     **error,
      const char  *what)
{
  g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "%s", what);
  return FALSE;
}

/* Returns how many numbers stand in the element's text, or -1 for too many or none. */
static int
read_numbers (Reader *reader,
              double *numbers)
{
  const char *at = reader->text->str;

  for (int n = 0;; n++)
    {
      char *end = NULL;

      at += strspn (at, " \t\r\n");
      if (*at == '\0')
        return n > 0 ? n : -1;
      if (n == MAX_NUMBERS)
        return -1;
      numbers[n] = g_ascii_strtod (at, &end);
      if (end == at)
        return -1;
      at = end;
    }
}

static gboolean
add_nodes (Reader   *reader,
           GError  **error)
{
  double numbers[MAX_NUMBERS];
  int n = read_numbers (reader, numbers);
  PltCascadeTree tree = { reader->cascade->nodes->len, 0, reader->cascade->leaves->len, 0 };

  if (n < 4 || n % 4 != 0)
    return fail (error, "a tree without nodes");
  for (int i = 0; i < n; i += 4)
    {
      PltCascadeNode node = { (int) numbers[i], (int) numbers[i + 1], (int) numbers[i + 2],
                              (float) numbers[i + 3] };

      g_array_append_val (reader->cascade->nodes, node);
    }
  tree.n_nodes = (guint) n / 4;
  g_array_append_val (reader->cascade->trees, tree);
  return TRUE;
}

static gboolean
add_leaves (Reader   *reader,
            GError  **error)
{
  GArray *trees = reader->cascade->trees;
  double numbers[MAX_NUMBERS];
  int n = read_numbers (reader, numbers);

  if (n < 0 || trees->len == 0)
    return fail (error, "leaves without a tree");
  for (int i = 0; i < n; i++)
    {
      float leaf = (float) numbers[i];

      g_array_append_val (reader->cascade->leaves, leaf);
    }
  g_array_index (trees, PltCascadeTree, trees->len - 1).n_leaves = (guint) n;
  return TRUE;
}

static gboolean
add_stage (Reader   *reader,
           GError  **error)
{
  double numbers[MAX_NUMBERS];
  PltCascadeStage stage = { reader->cascade->trees->len, 0, 0 };

  if (read_numbers (reader, numbers) != 1)
    return fail (error, "a stage without a threshold");
  stage.threshold = (float) numbers[0];
  g_array_append_val (reader->cascade->stages, stage);
  return TRUE;
}

static gboolean
add_rect (Reader   *reader,
          GError  **error)
{
  GArray *features = reader->cascade->features;
  PltCascadeFeature *feature = &g_array_index (features, PltCascadeFeature, features->len - 1);
  double n[MAX_NUMBERS];

  if (read_numbers (reader, n) != 5 || feature->n_rects == 3)
    return fail (error, "a feature that is not of two or three rectangles");
  for (int i = 0; i < 4; i++)
    if (n[i] < 0 || n[i] > MAX_SIDE)
      return fail (error, "a rectangle outside the window");
  feature->rects[feature->n_rects++] = (PltCascadeRect) { (guint8) n[0], (guint8) n[1], (guint8) n[2],
                                                          (guint8) n[3], (float) n[4] };
  return TRUE;
}

static gboolean
set_side (Reader   *reader,
          int      *side,
          GError  **error)
{
  double numbers[MAX_NUMBERS];

  if (read_numbers (reader, numbers) != 1 || numbers[0] < MIN_SIDE || numbers[0] > MAX_SIDE)
    return fail (error, "a window of an unusual size");
  *side = (int) numbers[0];
  return TRUE;
}

static void
start_cb (GMarkupParseContext  *context,
          const char           *name,
          const char          **attribute_names,
          const char          **attribute_values,
          gpointer              user_data,
          GError              **error)
{
  Reader *reader = user_data;
  PltCascadeFeature feature = { 0 };

  g_string_truncate (reader->text, 0);
  if (g_str_equal (name, "features"))
    reader->in_features = TRUE;
  else if (g_str_equal (name, "rects") && reader->in_features)
    {
      reader->in_rects = TRUE;
      g_array_append_val (reader->cascade->features, feature);
    }
}

static void
end_cb (GMarkupParseContext  *context,
        const char           *name,
        gpointer              user_data,
        GError              **error)
{
  Reader *reader = user_data;
  PltFaceCascade *cascade = reader->cascade;

  if (g_str_equal (name, "internalNodes"))
    add_nodes (reader, error);
  else if (g_str_equal (name, "leafValues"))
    add_leaves (reader, error);
  else if (g_str_equal (name, "stageThreshold"))
    add_stage (reader, error);
  else if (g_str_equal (name, "width"))
    set_side (reader, &cascade->width, error);
  else if (g_str_equal (name, "height"))
    set_side (reader, &cascade->height, error);
  else if (g_str_equal (name, "tilted") && strpbrk (reader->text->str, "123456789") != NULL)
    fail (error, "tilted features, which are not evaluated here");
  else if (g_str_equal (name, "rects"))
    reader->in_rects = FALSE;
  else if (g_str_equal (name, "_") && reader->in_rects)
    add_rect (reader, error);
  g_string_truncate (reader->text, 0);
}

static void
text_cb (GMarkupParseContext  *context,
         const char           *text,
         gsize                 length,
         gpointer              user_data,
         GError              **error)
{
  Reader *reader = user_data;

  g_string_append_len (reader->text, text, (gssize) length);
}

static gboolean
is_tree_sound (const PltFaceCascade *self,
               const PltCascadeTree *tree)
{
  for (guint i = 0; i < tree->n_nodes; i++)
    {
      const PltCascadeNode *node = &g_array_index (self->nodes, PltCascadeNode, tree->first_node + i);
      const int ways[] = { node->left, node->right };

      if (node->feature < 0 || (guint) node->feature >= self->features->len)
        return FALSE;
      /* Only forward, so that every walk ends. */
      for (gsize k = 0; k < G_N_ELEMENTS (ways); k++)
        if (ways[k] > 0 ? (guint) ways[k] >= tree->n_nodes || (guint) ways[k] <= i
                        : ways[k] <= -(int) tree->n_leaves)
          return FALSE;
    }
  return TRUE;
}

static gboolean
is_sound (const PltFaceCascade *self)
{
  if (self->width == 0 || self->height == 0 || self->stages->len == 0)
    return FALSE;
  for (guint i = 0; i < self->features->len; i++)
    {
      const PltCascadeFeature *feature = &g_array_index (self->features, PltCascadeFeature, i);

      for (int k = 0; k < feature->n_rects; k++)
        if (feature->rects[k].x + feature->rects[k].width > self->width
            || feature->rects[k].y + feature->rects[k].height > self->height)
          return FALSE;
    }
  for (guint i = 0; i < self->trees->len; i++)
    if (!is_tree_sound (self, &g_array_index (self->trees, PltCascadeTree, i)))
      return FALSE;
  return TRUE;
}

/* A stage owns the trees up to where the next one begins. */
static void
close_stages (PltFaceCascade *self)
{
  for (guint i = 0; i < self->stages->len; i++)
    {
      PltCascadeStage *stage = &g_array_index (self->stages, PltCascadeStage, i);
      guint end = i + 1 < self->stages->len
                    ? g_array_index (self->stages, PltCascadeStage, i + 1).first_tree
                    : self->trees->len;

      stage->n_trees = end - stage->first_tree;
    }
}

static PltFaceCascade *
cascade_new (void)
{
  PltFaceCascade *self = g_new0 (PltFaceCascade, 1);

  self->stages = g_array_new (FALSE, FALSE, sizeof (PltCascadeStage));
  self->trees = g_array_new (FALSE, FALSE, sizeof (PltCascadeTree));
  self->nodes = g_array_new (FALSE, FALSE, sizeof (PltCascadeNode));
  self->leaves = g_array_new (FALSE, FALSE, sizeof (float));
  self->features = g_array_new (FALSE, FALSE, sizeof (PltCascadeFeature));
  return self;
}

void
plt_face_cascade_free (PltFaceCascade *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->stages);
  g_array_unref (self->trees);
  g_array_unref (self->nodes);
  g_array_unref (self->leaves);
  g_array_unref (self->features);
  g_free (self);
}

PltFaceCascade *
plt_face_cascade_parse (const char  *xml,
                        gssize       length,
                        GError     **error)
{
  static const GMarkupParser parser = { start_cb, end_cb, text_cb, NULL, NULL };
  g_autoptr (PltFaceCascade) self = cascade_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  Reader reader = { self, text, FALSE, FALSE };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &reader, NULL);

  if (!g_markup_parse_context_parse (context, xml, length, error)
      || !g_markup_parse_context_end_parse (context, error))
    return NULL;
  close_stages (self);
  if (is_sound (self))
    return g_steal_pointer (&self);
  fail (error, "a cascade that reaches outside itself");
  return NULL;
}

PltFaceCascade *
plt_face_cascade_load (const char  *path,
                       GError     **error)
{
  g_autofree char *xml = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &xml, &length, error))
    return NULL;
  return plt_face_cascade_parse (xml, (gssize) length, error);
}
