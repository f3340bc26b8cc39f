/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the texts of a layout: words, {expressions} and the marks of rich text. */
#include "plt-layout-template.h"

#include "plt-layout-members.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_MARKS 8 /* inside each other */

#define SMALL_SCALE 0.75
#define LARGE_SCALE 1.25
#define SCRIPT_SCALE 0.65
#define SUPERSCRIPT_RISE 0.34
#define SUBSCRIPT_RISE (-0.14)

static const char *const marks[] = { "font", "colour", "small", "large", "sup", "sub", "u", NULL };

typedef struct
{
  const char   *source;
  const char   *at;
  PltTemplate  *template;
  GString      *words;
  PltTextStyle  styles[MOST_MARKS + 1];
  const char   *open[MOST_MARKS + 1]; /* the mark that began each style */
  int           depth;
  char         *problem;
} Reader;

static void
piece_free (PltTemplatePiece *piece)
{
  g_free (piece->words);
  g_clear_pointer (&piece->expression, plt_expression_free);
  g_free (piece->style.font);
  g_free (piece);
}

void
plt_template_free (PltTemplate *self)
{
  g_ptr_array_unref (self->pieces);
  g_free (self);
}

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
  colour->red = (double) (value >> 24 & 0xff) / 255.0;
  colour->green = (double) (value >> 16 & 0xff) / 255.0;
  colour->blue = (double) (value >> 8 & 0xff) / 255.0;
  colour->alpha = (double) (value & 0xff) / 255.0;
  return TRUE;
}

static PltTemplatePiece *
add_piece (Reader *reader)
{
  PltTemplatePiece *piece = g_new0 (PltTemplatePiece, 1);

  piece->style = reader->styles[reader->depth];
  piece->style.font = g_strdup (piece->style.font);
  g_ptr_array_add (reader->template->pieces, piece);
  return piece;
}

static void
flush_words (Reader *reader)
{
  if (reader->words->len == 0)
    return;
  add_piece (reader)->words = g_strdup (reader->words->str);
  g_string_truncate (reader->words, 0);
}

static gboolean
read_expression (Reader *reader)
{
  PltExpression *expression;
  const char *end = NULL;
  g_autofree char *problem = NULL;

  expression = plt_expression_parse_start (reader->at + 1, &end, &problem);
  if (expression == NULL || *end != '}')
    {
      if (expression != NULL && strchr (end, '}') == NULL)
        reader->problem = g_strdup (_("a “{” has no “}”"));
      else if (expression != NULL)
        reader->problem = g_strdup_printf (_("“%s” is not understood; a “}” is expected"), end);
      else
        reader->problem = g_steal_pointer (&problem);
      g_clear_pointer (&expression, plt_expression_free);
      return FALSE;
    }
  flush_words (reader);
  add_piece (reader)->expression = expression;
  reader->at = end + 1;
  return TRUE;
}

static gboolean
fail_mark (Reader     *reader,
           const char *mark)
{
  g_autofree char *all = g_strjoinv (", ", (char **) marks);

  reader->problem = g_strdup_printf (_("“<%s>” is not a mark; there are %s"), mark, all);
  return FALSE;
}

static gboolean
close_mark (Reader     *reader,
            const char *mark)
{
  if (reader->depth == 0 || !g_str_equal (reader->open[reader->depth], mark))
    {
      reader->problem = g_strdup_printf (_("“</%s>” ends a mark that was not begun"), mark);
      return FALSE;
    }
  g_free (reader->styles[reader->depth].font);
  reader->depth--;
  return TRUE;
}

static gboolean
apply_mark (Reader       *reader,
            PltTextStyle *style,
            const char   *mark,
            const char   *value)
{
  gboolean takes_value = g_str_equal (mark, "font") || g_str_equal (mark, "colour");

  if (takes_value != (value != NULL))
    {
      reader->problem = g_strdup_printf (takes_value ? _("“<%s>” needs a value, as <font bold>")
                                                     : _("“<%s>” takes no value"), mark);
      return FALSE;
    }
  if (g_str_equal (mark, "font"))
    {
      g_free (style->font);
      style->font = g_strdup (value);
    }
  else if (g_str_equal (mark, "colour") && !plt_colour_parse (value, &style->colour))
    {
      reader->problem = g_strdup (_("must be a colour such as “#1a2b3c” or “#1a2b3c80”"));
      return FALSE;
    }
  else if (g_str_equal (mark, "small"))
    style->scale *= SMALL_SCALE;
  else if (g_str_equal (mark, "large"))
    style->scale *= LARGE_SCALE;
  else if (g_str_equal (mark, "u"))
    style->underline = TRUE;
  else if (g_str_equal (mark, "sup") || g_str_equal (mark, "sub"))
    {
      style->rise += style->scale * (mark[2] == 'p' ? SUPERSCRIPT_RISE : SUBSCRIPT_RISE);
      style->scale *= SCRIPT_SCALE;
    }
  return TRUE;
}

static gboolean
open_mark (Reader     *reader,
           const char *mark,
           const char *value)
{
  const char *known = NULL;
  PltTextStyle style = reader->styles[reader->depth];

  for (gsize i = 0; marks[i] != NULL; i++)
    if (g_str_equal (marks[i], mark))
      known = marks[i];
  if (known == NULL)
    return fail_mark (reader, mark);
  if (reader->depth == MOST_MARKS)
    {
      reader->problem = g_strdup_printf (_("there may be %d marks inside each other at most"),
                                         MOST_MARKS);
      return FALSE;
    }
  style.font = g_strdup (style.font);
  reader->depth++;
  reader->open[reader->depth] = known;
  reader->styles[reader->depth] = style;
  return apply_mark (reader, &reader->styles[reader->depth], mark, value);
}

static gboolean
read_mark (Reader *reader)
{
  const char *end = strchr (reader->at, '>');
  g_autofree char *mark = end != NULL ? g_strndup (reader->at + 1, end - reader->at - 1) : NULL;
  char *value;

  if (mark == NULL)
    {
      reader->problem = g_strdup (_("a “<” has no “>”; “&lt;” is the sign itself"));
      return FALSE;
    }
  flush_words (reader);
  reader->at = end + 1;
  if (*mark == '/')
    return close_mark (reader, mark + 1);
  value = strchr (mark, ' ');
  if (value != NULL)
    *value++ = '\0';
  return open_mark (reader, mark, value);
}

static gboolean
read_entity (Reader *reader)
{
  static const char *const entities[][2] = { { "&lt;", "<" }, { "&gt;", ">" }, { "&amp;", "&" } };

  for (gsize i = 0; i < G_N_ELEMENTS (entities); i++)
    if (g_str_has_prefix (reader->at, entities[i][0]))
      {
        g_string_append (reader->words, entities[i][1]);
        reader->at += strlen (entities[i][0]);
        return TRUE;
      }
  reader->problem = g_strdup (_("“&” begins “&lt;”, “&gt;” or “&amp;” in a rich text"));
  return FALSE;
}

static gboolean
read_next (Reader   *reader,
           gboolean  is_rich)
{
  if (*reader->at == '{')
    return read_expression (reader);
  if (is_rich && *reader->at == '<')
    return read_mark (reader);
  if (is_rich && *reader->at == '&')
    return read_entity (reader);
  g_string_append_c (reader->words, *reader->at++);
  return TRUE;
}

/* Returns: (transfer full) (nullable): NULL with *@problem when @source is wrong. */
PltTemplate *
plt_template_parse (const char  *source,
                    gboolean     is_rich,
                    char       **problem)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (PltTemplate) self = g_new0 (PltTemplate, 1);
  Reader reader = { .source = source, .at = source, .template = self, .words = words };
  gboolean ok = TRUE;

  self->pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) piece_free);
  reader.styles[0].scale = 1;
  while (ok && *reader.at != '\0')
    ok = read_next (&reader, is_rich);
  if (ok && reader.depth > 0)
    {
      reader.problem = g_strdup_printf (_("“<%s>” has no “</%s>”"), reader.open[reader.depth],
                                        reader.open[reader.depth]);
      ok = FALSE;
    }
  flush_words (&reader);
  for (; reader.depth > 0; reader.depth--)
    g_free (reader.styles[reader.depth].font);
  *problem = reader.problem;
  return ok ? g_steal_pointer (&self) : NULL;
}

/* Whether it is the same on every card. */
gboolean
plt_template_is_fixed (PltTemplate *self)
{
  for (guint i = 0; i < self->pieces->len; i++)
    if (((PltTemplatePiece *) g_ptr_array_index (self->pieces, i))->expression != NULL)
      return FALSE;
  return TRUE;
}

/* Whether any piece differs from the rest of its element. */
gboolean
plt_template_has_style (PltTemplate *self)
{
  for (guint i = 0; i < self->pieces->len; i++)
    {
      const PltTextStyle *style = &((PltTemplatePiece *) g_ptr_array_index (self->pieces, i))->style;

      if (style->font != NULL || style->colour.alpha > 0 || style->scale != 1 || style->rise != 0
          || style->underline)
        return TRUE;
    }
  return FALSE;
}

/* Returns: (transfer none) (nullable): the first value of a card that it shows. */
const char *
plt_template_get_field (PltTemplate *self)
{
  for (guint i = 0; i < self->pieces->len; i++)
    {
      const PltTemplatePiece *piece = g_ptr_array_index (self->pieces, i);
      const char *field = piece->expression != NULL ? plt_expression_get_field (piece->expression)
                                                    : NULL;

      if (field != NULL)
        return field;
    }
  return NULL;
}
