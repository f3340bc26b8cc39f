/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Artwork from SVG files, drawn by librsvg as vectors. What a file may hold is bounded when the
 * layout is loaded: shapes, gradients and clips. No text (its fonts would be the machine's), no
 * pictures and links, no filters, patterns, masks, styles or scripts; so it draws the same
 * everywhere, fetches nothing, and cannot grow in the drawing. */
#include "plt-layout-private.h"

#include "plt-layout-members.h"
#include "plt-layout-source.h"

#include <glib/gi18n-lib.h>
#include <librsvg/rsvg.h>
#include <string.h>

#define MOST_BYTES (512 * 1024)
#define MOST_ELEMENTS 5000
#define MOST_USES 100
#define MOST_DEPTH 32
#define SVG_NAMESPACE "http://www.w3.org/2000/svg"

static const char *const elements[] = {
  "svg", "g", "defs", "symbol", "use", "path", "rect", "circle", "ellipse", "line", "polyline",
  "polygon", "linearGradient", "radialGradient", "stop", "clipPath", "title", "desc", "metadata",
  NULL
};

typedef struct
{
  int         n_elements, n_uses;
  GPtrArray  *open;     /* id of every open element; "" of one without */
  GPtrArray  *targets;  /* what each "use" draws */
  GHashTable *with_use; /* ids of elements that hold a "use" */
  int         skipped;  /* depth inside of metadata */
  int         clips;    /* depth inside of clipPath */
} Scan;

static gboolean fail (GMarkupParseContext *context, GError **error, const char *format, ...)
  G_GNUC_PRINTF (3, 4);

static gboolean
fail (GMarkupParseContext  *context,
      GError              **error,
      const char           *format,
      ...)
{
  g_autofree char *message = NULL;
  int line = 0;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_markup_parse_context_get_position (context, &line, NULL);
  g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, _("line %d: %s"), line, message);
  return FALSE;
}

/* A reference to anything but a part of the same file. CSS has no capitals. */
static gboolean
is_foreign (const char *name,
            const char *value)
{
  g_autofree char *small = g_ascii_strdown (value, -1);
  const char *url = small;

  if (g_str_has_suffix (name, "href"))
    return *value != '#';
  while ((url = strstr (url, "url(")) != NULL)
    {
      url += strlen ("url(");
      if (*url != '#')
        return TRUE;
    }
  return FALSE;
}

/* A second name for the elements of SVG, under which they would not be known here. */
static gboolean
check_names (GMarkupParseContext  *context,
             const char          **names,
             const char          **values,
             GError              **error)
{
  for (gsize i = 0; names[i] != NULL; i++)
    if (g_str_has_prefix (names[i], "xmlns:") && g_str_equal (values[i], SVG_NAMESPACE))
      return fail (context, error, _("elements of SVG may have no prefix, as “%s”"), names[i]);
  return TRUE;
}

static gboolean
check_attribute (GMarkupParseContext  *context,
                 Scan                 *scan,
                 const char           *element,
                 const char           *name,
                 const char           *value,
                 GError              **error)
{
  if (g_str_has_prefix (name, "on"))
    return fail (context, error, _("there may be no script, as “%s”"), name);
  if (is_foreign (name, value))
    return fail (context, error, _("there may be no reference to another file, as “%s”"), value);
  if (scan->clips > 0 && (g_str_equal (name, "clip-path") || strstr (value, "clip-path") != NULL))
    return fail (context, error, _("a “%s” may not be clipped itself"), "clipPath");
  if (strstr (name, "filter") != NULL || strstr (value, "filter:") != NULL
      || g_str_equal (name, "mask") || strstr (value, "mask:") != NULL)
    return fail (context, error, _("“%s” is not drawn"), name);
  if (g_str_equal (element, "use") && g_str_has_suffix (name, "href"))
    g_ptr_array_add (scan->targets, g_strdup (value + 1));
  return TRUE;
}

static void
note_use (Scan *scan)
{
  scan->n_uses++;
  for (guint i = 0; i < scan->open->len; i++)
    {
      const char *id = g_ptr_array_index (scan->open, i);

      if (*id != '\0')
        g_hash_table_add (scan->with_use, g_strdup (id));
    }
}

static const char *
find_id (const char **names,
         const char **values)
{
  for (gsize i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], "id"))
      return values[i];
  return "";
}

static void
start_element_cb (GMarkupParseContext  *context,
                  const char           *element,
                  const char          **names,
                  const char          **values,
                  gpointer              user_data,
                  GError              **error)
{
  Scan *scan = user_data;

  if (!check_names (context, names, values, error))
    return;
  if (scan->skipped > 0 || g_str_equal (element, "metadata") || strchr (element, ':') != NULL)
    {
      /* What is not looked at must not be drawn from elsewhere by its name. */
      if (scan->skipped > 0 && strchr (element, ':') == NULL && *find_id (names, values) != '\0')
        fail (context, error, _("there may be no “id” in metadata, as “%s”"), find_id (names, values));
      scan->skipped++;
      return;
    }
  g_ptr_array_add (scan->open, g_strdup (find_id (names, values)));
  if (!g_strv_contains (elements, element))
    fail (context, error, _("there may be no “%s”: shapes, gradients and clips are drawn"), element);
  else if (++scan->n_elements > MOST_ELEMENTS || scan->open->len > MOST_DEPTH)
    fail (context, error, _("there are too many parts, or too many inside each other"));
  for (gsize i = 0; *error == NULL && names[i] != NULL; i++)
    check_attribute (context, scan, element, names[i], values[i], error);
  if (g_str_equal (element, "use"))
    note_use (scan);
  scan->clips += g_str_equal (element, "clipPath");
}

static void
end_element_cb (GMarkupParseContext  *context,
                const char           *element,
                gpointer              user_data,
                GError              **error)
{
  Scan *scan = user_data;

  if (scan->skipped > 0)
    {
      scan->skipped--;
      return;
    }
  scan->clips -= g_str_equal (element, "clipPath");
  g_ptr_array_remove_index (scan->open, scan->open->len - 1);
}

/* Comments and the XML line pass; a document type could define entities. */
static void
passthrough_cb (GMarkupParseContext  *context,
                const char           *text,
                gsize                 length,
                gpointer              user_data,
                GError              **error)
{
  if (g_str_has_prefix (text, "<!--") || g_str_has_prefix (text, "<?xml "))
    return;
  fail (context, error, _("there may be no document type or instruction"));
}

/* What "use" draws may not hold another: copies of copies grow without bound. */
static gboolean
check_uses (GMarkupParseContext  *context,
            Scan                 *scan,
            GError              **error)
{
  for (guint i = 0; i < scan->targets->len; i++)
    if (g_hash_table_contains (scan->with_use, g_ptr_array_index (scan->targets, i)))
      return fail (context, error, _("what “use” draws may not hold another “use”, as “%s”"),
                   (const char *) g_ptr_array_index (scan->targets, i));
  return scan->n_uses <= MOST_USES
         || fail (context, error, _("there are too many parts, or too many inside each other"));
}

static gboolean
check_contents (const char  *contents,
                gsize        length,
                GError     **error)
{
  static const GMarkupParser parser = {
    .start_element = start_element_cb,
    .end_element = end_element_cb,
    .passthrough = passthrough_cb,
  };
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) targets = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) with_use = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Scan scan = { .open = open, .targets = targets, .with_use = with_use };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &scan, NULL);

  return g_markup_parse_context_parse (context, contents, (gssize) length, error)
         && g_markup_parse_context_end_parse (context, error)
         && check_uses (context, &scan, error);
}

static gboolean
check_drawing (GBytes  *bytes,
               GError **error)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  RsvgHandle *handle = rsvg_handle_new_from_data (data, size, error);
  RsvgRectangle viewport = { 0, 0, 10, 10 };
  cairo_surface_t *surface;
  cairo_t *cr;
  gboolean ok;

  if (handle == NULL)
    return FALSE;
  surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 10, 10);
  cr = cairo_create (surface);
  ok = rsvg_handle_render_document (handle, cr, &viewport, error);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  g_object_unref (handle);
  return ok;
}

/* Reads the file that @element names, from the folder of the layout. */
void
plt_artwork_load (PltLayout            *self,
                  const PltLayoutText  *text,
                  PltElement           *element)
{
  g_autofree char *file_path = g_strconcat (element->place, ".file", NULL);
  g_autofree char *path = NULL;
  g_autofree char *problem = NULL;
  g_autofree char *hash = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  const char *contents;

  element->artwork = plt_layout_read_own_file (text->file, element->file, MOST_BYTES, &path,
                                               &problem);
  if (element->artwork == NULL)
    {
      plt_layout_text_fail (text, file_path, _("the file “%s” cannot be read: %s"), path, problem);
      return;
    }
  contents = g_bytes_get_data (element->artwork, &length);
  /* An empty file has no contents to point at. */
  if (!check_contents (length > 0 ? contents : "", length, &error)
      || !check_drawing (element->artwork, &error))
    {
      plt_layout_text_fail (text, file_path, _("the file “%s” cannot be drawn: %s"), path,
                            error->message);
      return;
    }
  hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, element->artwork);
  plt_layout_add_file (self, "file", element->file, path, hash);
}

typedef struct
{
  GBytes     *bytes;
  RsvgHandle *handle;
} ThreadArtwork;

static void
thread_artwork_free (gpointer data)
{
  ThreadArtwork *artwork = data;

  g_bytes_unref (artwork->bytes);
  g_object_unref (artwork->handle);
  g_free (artwork);
}

static void
thread_artworks_free (gpointer data)
{
  g_ptr_array_unref (data);
}

#define MOST_KEPT 8

static GPrivate thread_artworks = G_PRIVATE_INIT (thread_artworks_free);

/* A handle belongs to one thread; each keeps those it used last. */
static RsvgHandle *
get_handle (GBytes  *bytes,
            GError **error)
{
  GPtrArray *kept = g_private_get (&thread_artworks);
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  ThreadArtwork *artwork;
  RsvgHandle *handle;

  if (kept == NULL)
    {
      kept = g_ptr_array_new_with_free_func (thread_artwork_free);
      g_private_set (&thread_artworks, kept);
    }
  for (guint i = 0; i < kept->len; i++)
    {
      artwork = g_ptr_array_index (kept, i);
      if (artwork->bytes == bytes)
        return artwork->handle;
    }
  handle = rsvg_handle_new_from_data (data, size, error);
  if (handle == NULL)
    return NULL;
  if (kept->len == MOST_KEPT)
    g_ptr_array_remove_index (kept, 0);
  artwork = g_new0 (ThreadArtwork, 1);
  artwork->bytes = g_bytes_ref (bytes);
  artwork->handle = handle;
  g_ptr_array_add (kept, artwork);
  return handle;
}

/* Fills the box of the element as the file's own viewBox and preserveAspectRatio say. */
gboolean
plt_artwork_draw (const PltElement  *element,
                  cairo_t           *cr,
                  GError           **error)
{
  g_autoptr (GError) local_error = NULL;
  RsvgHandle *handle = get_handle (element->artwork, &local_error);
  RsvgRectangle viewport = { element->x, element->y, element->width, element->height };
  gboolean ok;

  cairo_save (cr);
  if (element->opacity < 1)
    cairo_push_group (cr);
  ok = handle != NULL && rsvg_handle_render_document (handle, cr, &viewport, &local_error);
  if (element->opacity < 1)
    {
      cairo_pop_group_to_source (cr);
      cairo_paint_with_alpha (cr, element->opacity);
    }
  cairo_restore (cr);
  if (ok)
    return TRUE;
  g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_IMAGE,
               _("The card was not drawn because the artwork “%s” cannot be drawn: %s."),
               element->file, local_error != NULL ? local_error->message : "");
  return FALSE;
}
