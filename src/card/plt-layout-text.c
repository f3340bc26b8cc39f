/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a layout file's JSON and keeps the line of every value, so that an error can name file,
 * line and field. json-glib tells lines only for syntax errors, so the text is walked once before
 * it is parsed; the walk is strict where json-glib is lenient (comments, duplicate members). */
#include "plt-layout-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_BYTES (1024 * 1024)
#define MAX_DEPTH 16

typedef struct
{
  const char *at;
  int         line;
  int         depth;
  GString    *path;
  GHashTable *lines;
  const char *problem; /* what is wrong, in words; NULL for plain bad syntax */
} Walk;

static gboolean walk_value (Walk *walk);

static void
skip_space (Walk *walk)
{
  for (; *walk->at == ' ' || *walk->at == '\t' || *walk->at == '\r' || *walk->at == '\n'; walk->at++)
    if (*walk->at == '\n')
      walk->line++;
}

static gboolean
take (Walk *walk,
      char  c)
{
  skip_space (walk);
  if (*walk->at != c)
    return FALSE;
  walk->at++;
  return TRUE;
}

/* Leaves *@start … *@length between the quotes; the escapes stay as they are. */
static gboolean
walk_string (Walk        *walk,
             const char **start,
             gsize       *length)
{
  const char *p;

  if (!take (walk, '"'))
    return FALSE;
  for (p = walk->at; *p != '"'; p++)
    {
      if ((guchar) *p < 0x20)
        return FALSE;
      if (*p == '\\' && *++p == '\0')
        return FALSE;
    }
  *start = walk->at;
  *length = p - walk->at;
  walk->at = p + 1;
  return TRUE;
}

static gboolean
remember_line (Walk *walk)
{
  if (g_hash_table_contains (walk->lines, walk->path->str))
    {
      walk->problem = N_("this member stands twice");
      return FALSE;
    }
  g_hash_table_insert (walk->lines, g_strdup (walk->path->str), GINT_TO_POINTER (walk->line));
  return TRUE;
}

static gboolean
walk_member (Walk *walk)
{
  const char *name;
  gsize length;
  gsize outer = walk->path->len;

  if (!walk_string (walk, &name, &length))
    return FALSE;
  if (outer > 0)
    g_string_append_c (walk->path, '.');
  g_string_append_len (walk->path, name, length);
  if (!remember_line (walk) || !take (walk, ':') || !walk_value (walk))
    return FALSE;
  g_string_truncate (walk->path, outer);
  return TRUE;
}

static gboolean
walk_object (Walk *walk)
{
  if (take (walk, '}'))
    return TRUE;
  do
    if (!walk_member (walk))
      return FALSE;
  while (take (walk, ','));
  return take (walk, '}');
}

static gboolean
walk_array (Walk *walk)
{
  gsize outer = walk->path->len;
  int index = 0;

  if (take (walk, ']'))
    return TRUE;
  do
    {
      skip_space (walk);
      g_string_append_printf (walk->path, "[%d]", index++);
      if (!remember_line (walk) || !walk_value (walk))
        return FALSE;
      g_string_truncate (walk->path, outer);
    }
  while (take (walk, ','));
  return take (walk, ']');
}

static gboolean
walk_plain (Walk *walk)
{
  gsize length = strspn (walk->at, "+-.0123456789aEeflnrstu");

  walk->at += length;
  return length > 0;
}

static gboolean
walk_value (Walk *walk)
{
  const char *start;
  gsize length;
  gboolean ok;

  if (++walk->depth > MAX_DEPTH)
    {
      walk->problem = N_("it is nested too deeply");
      return FALSE;
    }
  skip_space (walk);
  if (*walk->at == '"')
    ok = walk_string (walk, &start, &length);
  else if (take (walk, '{'))
    ok = walk_object (walk);
  else if (take (walk, '['))
    ok = walk_array (walk);
  else
    ok = walk_plain (walk);
  walk->depth--;
  return ok;
}

static gboolean
fail_at_line (const char  *file,
              int          line,
              GError     **error,
              const char  *what)
{
  /* Translators: the file, the line, and what is wrong there. */
  g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_LAYOUT,
               _("The layout was not loaded: %s, line %d: %s."), file, line, what);
  return FALSE;
}

static gboolean
walk_text (PltLayoutText  *self,
           const char     *text,
           GError        **error)
{
  g_autoptr (GString) path = g_string_new (NULL);
  Walk walk = { .at = text, .line = 1, .path = path, .lines = self->lines };

  if (walk_value (&walk))
    {
      skip_space (&walk);
      if (*walk.at == '\0')
        return TRUE;
    }
  if (walk.problem != NULL)
    return plt_layout_text_fail (self, path->str, error, "%s", _(walk.problem));
  return fail_at_line (self->file, walk.line, error, _("the text is not valid JSON"));
}

static gboolean
parse_text (PltLayoutText  *self,
            const char     *text,
            gsize           length,
            GError        **error)
{
  g_autoptr (GError) local_error = NULL;

  if (json_parser_load_from_data (self->parser, text, length, &local_error))
    return TRUE;
  g_debug ("layout: %s", local_error->message);
  return fail_at_line (self->file, (int) json_parser_get_current_line (self->parser), error,
                       _("the text is not valid JSON"));
}

static gboolean
read_text (const char  *file,
           char       **text,
           gsize       *length,
           GError     **error)
{
  g_autoptr (GError) local_error = NULL;

  if (!g_file_get_contents (file, text, length, &local_error))
    {
      g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_LAYOUT,
                   _("The layout file “%s” was not read: %s"), file, local_error->message);
      return FALSE;
    }
  if (*length > MAX_BYTES)
    {
      g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_LAYOUT,
                   _("The layout file “%s” is larger than 1 MB and was not read."), file);
      return FALSE;
    }
  if (!g_utf8_validate (*text, *length, NULL))
    return fail_at_line (file, 1, error, _("the text is not UTF-8"));
  return TRUE;
}

PltLayoutText *
plt_layout_text_load (const char  *file,
                      GError     **error)
{
  g_autoptr (PltLayoutText) self = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;

  if (!read_text (file, &text, &length, error))
    return NULL;
  self = g_new0 (PltLayoutText, 1);
  self->file = g_strdup (file);
  self->lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->parser = json_parser_new_immutable ();
  self->sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text, length);
  if (!walk_text (self, text, error) || !parse_text (self, text, length, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
plt_layout_text_free (PltLayoutText *self)
{
  g_clear_pointer (&self->file, g_free);
  g_clear_pointer (&self->sha256, g_free);
  g_clear_pointer (&self->faults, g_ptr_array_unref);
  g_clear_pointer (&self->lines, g_hash_table_unref);
  g_clear_object (&self->parser);
  g_free (self);
}

/* Returns: (transfer none) */
JsonNode *
plt_layout_text_get_root (PltLayoutText *self)
{
  return json_parser_get_root (self->parser);
}

/* A member that is missing has no line of its own: then it is the line of the object around it. */
int
plt_layout_text_get_line (const PltLayoutText *self,
                          const char          *path)
{
  g_autofree char *around = g_strdup (path);

  while (*around != '\0' && !g_hash_table_contains (self->lines, around))
    {
      char *dot = strrchr (around, '.');

      if (dot == NULL)
        dot = around;
      *dot = '\0';
    }
  return *around != '\0' ? GPOINTER_TO_INT (g_hash_table_lookup (self->lines, around)) : 1;
}

/* Sets PLT_CARD_ERROR_LAYOUT with file, line and field; returns FALSE, always. */
gboolean
plt_layout_text_fail (const PltLayoutText  *self,
                      const char           *path,
                      GError              **error,
                      const char           *format,
                      ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  /* Translators: the file, the line, the member, and what is wrong with it. */
  g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_LAYOUT,
               _("The layout was not loaded: %s, line %d, “%s”: %s."), self->file,
               plt_layout_text_get_line (self, path), path, what);
  return FALSE;
}

/* Whether the rest is read after @error, which then is collected and cleared: only where every
 * fault of a file is wanted, not the first. */
gboolean
plt_layout_text_go_on (const PltLayoutText  *self,
                       GError              **error)
{
  if (self->faults == NULL)
    return FALSE;
  if (*error != NULL)
    g_ptr_array_add (self->faults, g_steal_pointer (error));
  return TRUE;
}
