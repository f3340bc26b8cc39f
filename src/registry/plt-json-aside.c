/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In the place of a long text stands a mark with its number. Whoever sends a mark of his own gets
 * one of his own texts for it, which he could have sent there himself. */
#include "plt-json-aside.h"

#include <string.h>

/* As JSON writes it, and as it is read. */
#define MARK_ESCAPED "\\u0001"
#define MARK '\001'

struct _PltJsonAside
{
  const char *text; /* the caller's */
  gsize       length;
  GArray     *spans; /* of Span, in order */
  GString    *rest;
};

typedef struct
{
  gsize start, end;
} Span;

/**
 * plt_json_aside_new:
 * @text: a document; must outlive what is returned
 * @length: its bytes
 *
 * Returns: (transfer full): nothing laid aside yet
 */
PltJsonAside *
plt_json_aside_new (const char *text,
                    gsize       length)
{
  PltJsonAside *self = g_new0 (PltJsonAside, 1);

  self->text = text;
  self->length = length;
  self->spans = g_array_new (FALSE, FALSE, sizeof (Span));

  return self;
}

void
plt_json_aside_free (PltJsonAside *self)
{
  g_array_unref (self->spans);
  if (self->rest != NULL)
    g_string_free (self->rest, TRUE);
  g_free (self);
}

/**
 * plt_json_aside_add:
 * @self: a document
 * @start: the first byte of a text of ASCII without escapes, behind its opening quote; in ascending
 *   order
 * @end: its closing quote
 */
void
plt_json_aside_add (PltJsonAside *self,
                    const char   *start,
                    const char   *end)
{
  Span span = { (gsize) (start - self->text), (gsize) (end - self->text) };

  g_array_append_val (self->spans, span);
}

/**
 * plt_json_aside_get_rest:
 * @self: a document, with all its long texts added
 * @length: (out): bytes of what is returned
 *
 * Returns: the document with marks in their places, on the same lines; need not end with NUL
 */
const char *
plt_json_aside_get_rest (PltJsonAside *self,
                         gsize        *length)
{
  gsize at = 0;

  *length = self->length;
  if (self->spans->len == 0)
    return self->text;

  self->rest = g_string_new (NULL);
  for (guint i = 0; i < self->spans->len; i++)
    {
      const Span *span = &g_array_index (self->spans, Span, i);

      g_string_append_len (self->rest, self->text + at, (gssize) (span->start - at));
      g_string_append_printf (self->rest, MARK_ESCAPED "%u", i);
      at = span->end;
    }
  g_string_append_len (self->rest, self->text + at, (gssize) (self->length - at));
  *length = self->rest->len;

  return self->rest->str;
}

static void
put_back_text (PltJsonAside *self,
               JsonNode     *node)
{
  const char *text = json_node_get_string (node);
  guint64 index;

  if (text == NULL || text[0] != MARK ||
      !g_ascii_string_to_unsigned (text + 1, 10, 0, G_MAXUINT, &index, NULL) ||
      index >= self->spans->len)
    return;

  const Span *span = &g_array_index (self->spans, Span, index);
  g_autofree char *whole = g_strndup (self->text + span->start, span->end - span->start);

  json_node_set_string (node, whole);
}

static void
put_back_children (PltJsonAside *self,
                   GList        *nodes)
{
  for (GList *at = nodes; at != NULL; at = at->next)
    plt_json_aside_put_back (self, at->data);
}

/**
 * plt_json_aside_put_back:
 * @self: a document
 * @root: what was read from its rest; not immutable, and no deeper than %PLT_JSON_MAX_DEPTH
 */
void
plt_json_aside_put_back (PltJsonAside *self,
                         JsonNode     *root)
{
  g_autoptr (GList) nodes = NULL;

  if (self->spans->len == 0)
    return;
  if (JSON_NODE_HOLDS_OBJECT (root))
    nodes = json_object_get_values (json_node_get_object (root));
  else if (JSON_NODE_HOLDS_ARRAY (root))
    nodes = json_array_get_elements (json_node_get_array (root));
  else if (json_node_get_value_type (root) == G_TYPE_STRING)
    put_back_text (self, root);
  put_back_children (self, nodes);
}
