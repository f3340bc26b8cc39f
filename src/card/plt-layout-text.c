/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loads a layout file's JSON and keeps the line of every value, so that a fault can be told with
 * file, line and member; keeps the faults too. */
#include "plt-layout-text.h"

#include "plt-layout-source.h"
#include "plt-layout-walk.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_BYTES (1024 * 1024)
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/* In the order of their lines; of one line, in that in which they were noted. */
struct _PltLayoutFaults
{
  GPtrArray *errors; /* of GError */
  GArray    *lines;  /* of int */
};

static PltLayoutFaults *
faults_new (void)
{
  PltLayoutFaults *self = g_new0 (PltLayoutFaults, 1);

  self->errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  self->lines = g_array_new (FALSE, FALSE, sizeof (int));
  return self;
}

static void
faults_free (PltLayoutFaults *self)
{
  g_ptr_array_unref (self->errors);
  g_array_unref (self->lines);
  g_free (self);
}

static void
faults_take (PltLayoutFaults *self,
             int              line,
             GError          *fault)
{
  guint at = self->lines->len;

  while (at > 0 && g_array_index (self->lines, int, at - 1) > line)
    at--;
  g_array_insert_val (self->lines, at, line);
  g_ptr_array_insert (self->errors, (int) at, fault);
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

/* The line of the byte at @at. */
static int
count_lines (const char *text,
             const char *at)
{
  int line = 1;

  for (const char *p = text; p < at; p++)
    line += *p == '\n';
  return line;
}

static gboolean
check_encoding (const char  *file,
                const char  *text,
                gsize        length,
                GError     **error)
{
  const char *end = NULL;

  if (length >= 2 && (memcmp (text, "\xff\xfe", 2) == 0 || memcmp (text, "\xfe\xff", 2) == 0))
    return fail_at_line (file, 1, error, _("the text is UTF-16, not UTF-8; save it as UTF-8"));
  if (!g_utf8_validate (text, (gssize) length, &end))
    return fail_at_line (file, count_lines (text, end), error,
                         *end == '\0' ? _("the text is not UTF-8: it holds a zero byte")
                                      : _("the text is not UTF-8; save it as UTF-8"));
  if (g_str_has_prefix (text, BYTE_ORDER_MARK))
    return fail_at_line (file, 1, error,
                         _("the text begins with a byte order mark; save it as UTF-8 without one"));
  return TRUE;
}

static gboolean
walk_text (PltLayoutText  *self,
           const char     *text,
           GError        **error)
{
  int line = 1;
  g_autofree char *path = NULL;
  g_autofree char *problem = plt_layout_walk (text, self->lines, &path, &line);
  g_autofree char *what = NULL;

  if (problem == NULL)
    return TRUE;
  if (path != NULL)
    what = g_strdup_printf ("“%s”: %s", path, problem);
  else
    /* Translators: what is wrong with the syntax of a JSON file. */
    what = g_strdup_printf (_("the text is not valid JSON: %s"), problem);
  return fail_at_line (self->file, line, error, what);
}

static gboolean
parse_text (PltLayoutText  *self,
            const char     *text,
            gsize           length,
            GError        **error)
{
  g_autoptr (GError) local_error = NULL;

  if (json_parser_load_from_data (self->parser, text, (gssize) length, &local_error))
    return TRUE;
  g_debug ("layout: %s", local_error->message);
  return fail_at_line (self->file, MAX ((int) json_parser_get_current_line (self->parser), 1), error,
                       _("the text is not valid JSON"));
}

/* Returns: (transfer full) (nullable): with a zero byte at its end. */
static char *
read_text (const char  *file,
           gsize       *length,
           GError     **error)
{
  g_autofree char *problem = NULL;
  g_autoptr (GBytes) bytes = plt_layout_read_file (file, MAX_BYTES, &problem);
  g_autofree char *text = NULL;

  if (bytes == NULL)
    {
      g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_LAYOUT,
                   _("The layout file “%s” was not read: %s."), file, problem);
      return NULL;
    }
  *length = g_bytes_get_size (bytes);
  text = g_malloc (*length + 1);
  if (*length > 0)
    memcpy (text, g_bytes_get_data (bytes, NULL), *length);
  text[*length] = '\0';
  return check_encoding (file, text, *length, error) ? g_steal_pointer (&text) : NULL;
}

/* Errors: PLT_CARD_ERROR_LAYOUT for what cannot be read at all; all else becomes a fault. */
PltLayoutText *
plt_layout_text_load (const char  *file,
                      GError     **error)
{
  g_autoptr (PltLayoutText) self = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;

  text = read_text (file, &length, error);
  if (text == NULL)
    return NULL;
  self = g_new0 (PltLayoutText, 1);
  self->faults = faults_new ();
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
  g_clear_pointer (&self->faults, faults_free);
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

/* A terminal would act on control characters that a file holds; they are shown as JSON writes them. */
static char *
make_visible (const char *words)
{
  GString *visible = g_string_new (NULL);

  for (const char *p = words; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar letter = g_utf8_get_char (p);

      if (g_unichar_iscntrl (letter) || g_unichar_type (letter) == G_UNICODE_FORMAT)
        g_string_append_printf (visible, "\\u%04x", letter);
      else
        g_string_append_unichar (visible, letter);
    }
  return g_string_free (visible, FALSE);
}

static void
add_fault (const PltLayoutText *self,
           const char          *path,
           PltCardError         code,
           const char          *problem)
{
  g_autofree char *what = make_visible (problem);
  g_autofree char *place = make_visible (path);
  int line = plt_layout_text_get_line (self, path);
  GError *fault;

  if (*path != '\0')
    /* Translators: the file, the line, the member, and what is wrong with it. */
    fault = g_error_new (PLT_CARD_ERROR, code,
                         _("The layout was not loaded: %s, line %d, “%s”: %s."), self->file, line,
                         place, what);
  else
    fault = g_error_new (PLT_CARD_ERROR, code, _("The layout was not loaded: %s, line %d: %s."),
                         self->file, line, what);
  faults_take (self->faults, line, fault);
}

/* Notes down what is wrong with the member at @path, in words without a full stop. Returns: FALSE,
 * always. */
gboolean
plt_layout_text_fail (const PltLayoutText  *self,
                      const char           *path,
                      const char           *format,
                      ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  add_fault (self, path, PLT_CARD_ERROR_LAYOUT, what);
  return FALSE;
}

/* The same where something is not installed: PLT_CARD_ERROR_FONT. */
gboolean
plt_layout_text_lack (const PltLayoutText  *self,
                      const char           *path,
                      const char           *format,
                      ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  add_fault (self, path, PLT_CARD_ERROR_FONT, what);
  return FALSE;
}

/* @faults: (element-type GError): those of a file that the member at @path names. */
void
plt_layout_text_take_faults (const PltLayoutText *self,
                             const char          *path,
                             GPtrArray           *faults)
{
  for (guint i = 0; i < faults->len; i++)
    faults_take (self->faults, plt_layout_text_get_line (self, path),
                 g_error_copy (g_ptr_array_index (faults, i)));
}

/* How many faults have been noted. */
guint
plt_layout_text_count (const PltLayoutText *self)
{
  return self->faults->errors->len;
}

/* Whether no fault was noted; else @error is the first of them. */
gboolean
plt_layout_text_end (const PltLayoutText  *self,
                     GError              **error)
{
  if (self->faults->errors->len == 0)
    return TRUE;
  g_propagate_error (error, g_error_copy (g_ptr_array_index (self->faults->errors, 0)));
  return FALSE;
}

/* Returns: (element-type GError) (transfer container): in the order of the file. */
GPtrArray *
plt_layout_text_dup_faults (const PltLayoutText *self)
{
  return g_ptr_array_ref (self->faults->errors);
}
