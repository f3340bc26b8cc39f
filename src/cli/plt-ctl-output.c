/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes one JSON value as JSON, or as text: an object as lines "name  value", a list of objects
 * as a table. Both show the same members, so that nothing is to be had in one form only; the text has
 * them in the reader's words. */
#include "config.h"

#include "plt-ctl.h"
#include "plt-ctl-words.h"
#include "plt-new-file.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

static void print_object (JsonObject *object,
                          int         indent);

JsonNode *
plt_ctl_finish (JsonBuilder *builder)
{
  return json_builder_get_root (builder);
}

void
plt_ctl_add_string (JsonBuilder *builder,
                    const char  *name,
                    const char  *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_value (JsonBuilder  *builder,
           const GValue *value)
{
  if (G_VALUE_HOLDS_BOOLEAN (value))
    json_builder_add_boolean_value (builder, g_value_get_boolean (value));
  else if (G_VALUE_HOLDS_INT (value))
    json_builder_add_int_value (builder, g_value_get_int (value));
  else if (G_VALUE_HOLDS_UINT (value))
    json_builder_add_int_value (builder, g_value_get_uint (value));
  else if (G_VALUE_HOLDS_INT64 (value))
    json_builder_add_int_value (builder, g_value_get_int64 (value));
  else if (G_VALUE_HOLDS_ENUM (value))
    {
      g_autoptr (GEnumClass) enum_class = g_type_class_ref (G_VALUE_TYPE (value));
      GEnumValue *entry = g_enum_get_value (enum_class, g_value_get_enum (value));

      json_builder_add_string_value (builder, entry->value_nick);
    }
  else if (G_VALUE_HOLDS (value, G_TYPE_DATE_TIME) && g_value_get_boxed (value) != NULL)
    {
      g_autofree char *text = g_date_time_format_iso8601 (g_value_get_boxed (value));

      json_builder_add_string_value (builder, text);
    }
  else if (G_VALUE_HOLDS_STRING (value) && g_value_get_string (value) != NULL)
    json_builder_add_string_value (builder, g_value_get_string (value));
  else
    json_builder_add_null_value (builder);
}

static void
add_members_valist (JsonBuilder *builder,
                    gpointer     object,
                    const char  *first_property,
                    va_list      properties)
{
  for (const char *name = first_property; name != NULL; name = va_arg (properties, const char *))
    {
      g_auto (GValue) value = G_VALUE_INIT;
      g_autofree char *member = g_strdelimit (g_strdup (name), "-", '_');

      g_object_get_property (object, name, &value);
      json_builder_set_member_name (builder, member);
      add_value (builder, &value);
    }
}

/**
 * plt_ctl_add_members:
 * @object: (type GObject): whose properties
 * @first_property: their names, ended by %NULL
 *
 * Adds the properties as members to the object that is open in @builder.
 */
void
plt_ctl_add_members (JsonBuilder *builder,
                     gpointer     object,
                     const char  *first_property,
                     ...)
{
  va_list properties;

  va_start (properties, first_property);
  add_members_valist (builder, object, first_property, properties);
  va_end (properties);
}

void
plt_ctl_add_object (JsonBuilder *builder,
                    gpointer     object,
                    const char  *first_property,
                    ...)
{
  va_list properties;

  json_builder_begin_object (builder);
  va_start (properties, first_property);
  add_members_valist (builder, object, first_property, properties);
  va_end (properties);
  json_builder_end_object (builder);
}

/* Returns: (transfer full): the time of this place's clocks, or @text if it is no time */
static char *
time_to_text (const char *text)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);
  g_autoptr (GDateTime) local = time != NULL ? g_date_time_to_local (time) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M:%S") : g_strdup (text);
}

/* Returns: (transfer full): without what a terminal would obey: a code that somebody holds up may say
 * anything */
static char *
make_harmless (const char *text)
{
  g_autoptr (GString) harmless = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      g_string_append_unichar (harmless, g_unichar_iscntrl (character) && character != '\n'
                                           ? 0xFFFD : character);
    }
  return g_string_free (g_steal_pointer (&harmless), FALSE);
}

static char *
string_to_text (JsonObject *object,
                const char *member,
                const char *text)
{
  if (g_str_equal (member, "at") || g_str_has_suffix (member, "_at")
      || g_str_has_suffix (member, "_until"))
    return time_to_text (text);
  return make_harmless (plt_ctl_word_value (object, member, text));
}

static gboolean
holds_strings (JsonNode *node)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  return array != NULL && json_array_get_length (array) > 0
         && JSON_NODE_HOLDS_VALUE (json_array_get_element (array, 0));
}

static gboolean
ends_sentence (const GString *text)
{
  return text->len > 0 && text->str[text->len - 1] == '.';
}

static char *
strings_to_text (JsonObject *object,
                 const char *member,
                 JsonArray  *values)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (values); i++)
    {
      g_autofree char *one = string_to_text (object, member, json_array_get_string_element (values, i));

      /* Sentences end; words are listed. */
      g_string_append_printf (text, "%s%s", i == 0 ? "" : ends_sentence (text) ? " " : ", ", one);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What @member of @object says, a single value or a list of words. */
static char *
value_to_text (JsonObject *object,
               const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return g_strdup ("–");
  if (JSON_NODE_HOLDS_ARRAY (node))
    return strings_to_text (object, member, json_node_get_array (node));
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? C_("value", "yes") : C_("value", "no"));
  if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
    return g_strdup_printf ("%.2f", json_node_get_double (node));
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  return string_to_text (object, member, json_node_get_string (node));
}

/* One row is one line. */
static char *
cell_to_text (JsonObject *row,
              const char *column)
{
  g_autofree char *text = value_to_text (row, column);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  return g_strjoinv ("; ", lines);
}

static void
print_padded (const char *text,
              glong       width)
{
  g_print ("%s", text);
  for (glong length = g_utf8_strlen (text, -1); length < width; length++)
    g_print (" ");
}

static void
add_plain_members (GPtrArray  *columns,
                   JsonObject *row)
{
  g_autoptr (GList) names = json_object_get_members (row);

  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonNode *node = json_object_get_member (row, l->data);

      if ((JSON_NODE_HOLDS_VALUE (node) || JSON_NODE_HOLDS_NULL (node) || holds_strings (node))
          && !g_ptr_array_find_with_equal_func (columns, l->data, g_str_equal, NULL))
        g_ptr_array_add (columns, l->data);
    }
}

/* The columns of a table: the members of its rows that are plain values; not every row has each. */
static GPtrArray *
plain_members (JsonArray *rows)
{
  GPtrArray *columns = g_ptr_array_new ();

  for (guint i = 0; i < json_array_get_length (rows); i++)
    add_plain_members (columns, json_array_get_object_element (rows, i));
  return columns;
}

static glong
column_width (JsonArray  *rows,
              const char *column)
{
  JsonObject *first = json_array_get_object_element (rows, 0);
  glong width = g_utf8_strlen (plt_ctl_word_member (first, column), -1);

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      g_autofree char *text = cell_to_text (row, column);

      width = MAX (width, g_utf8_strlen (text, -1));
    }
  return width;
}

static void
print_table (JsonArray *rows,
             int        indent)
{
  g_autoptr (GPtrArray) columns = NULL;
  g_autofree glong *widths = NULL;
  JsonObject *first;

  if (json_array_get_length (rows) == 0)
    {
      g_print ("%*s%s\n", indent, "", _("(none)"));
      return;
    }
  first = json_array_get_object_element (rows, 0);
  columns = plain_members (rows);
  widths = g_new0 (glong, columns->len);
  for (guint c = 0; c + 1 < columns->len; c++)
    widths[c] = column_width (rows, columns->pdata[c]) + 2;
  for (int i = -1; i < (int) json_array_get_length (rows); i++)
    {
      g_print ("%*s", indent, "");
      for (guint c = 0; c < columns->len; c++)
        {
          const char *column = columns->pdata[c];
          g_autofree char *text = NULL;

          text = i < 0 ? g_strdup (plt_ctl_word_member (first, column))
                       : cell_to_text (json_array_get_object_element (rows, i), column);
          print_padded (text, widths[c]);
        }
      g_print ("\n");
    }
}

static void
print_member (JsonObject *object,
              const char *name,
              glong       width,
              int         indent)
{
  JsonNode *node = json_object_get_member (object, name);

  g_print ("%*s", indent, "");
  print_padded (plt_ctl_word_member (object, name), width);
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_print ("\n");
      print_object (json_node_get_object (node), indent + 2);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node) && !holds_strings (node))
    {
      g_print ("\n");
      print_table (json_node_get_array (node), indent + 2);
    }
  else
    {
      g_autofree char *text = value_to_text (object, name);

      g_print ("%s\n", text);
    }
}

static void
print_object (JsonObject *object,
              int         indent)
{
  g_autoptr (GList) names = json_object_get_members (object);
  glong width = 0;

  for (GList *l = names; l != NULL; l = l->next)
    width = MAX (width, g_utf8_strlen (plt_ctl_word_member (object, l->data), -1) + 2);
  for (GList *l = names; l != NULL; l = l->next)
    print_member (object, l->data, width, indent);
}

/**
 * plt_ctl_print:
 * @value: (transfer none): an object or a list of objects
 */
void
plt_ctl_print (PltCtl   *ctl,
               JsonNode *value)
{
  if (ctl->json)
    {
      g_autofree char *text = json_to_string (value, TRUE);

      g_print ("%s\n", text);
    }
  else if (JSON_NODE_HOLDS_ARRAY (value))
    print_table (json_node_get_array (value), 0);
  else
    print_object (json_node_get_object (value), 0);
}

static gboolean
fail_write (const char  *path,
            const char  *why,
            GError     **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID, _("“%s” was not written: %s."),
               shown, why);
  return FALSE;
}

/**
 * plt_ctl_is_unread:
 *
 * Returns: whether nobody reads standard output any more: a pipe whose reader went away
 */
gboolean
plt_ctl_is_unread (void)
{
  struct pollfd output = { .fd = STDOUT_FILENO, .events = POLLOUT };

  return poll (&output, 1, 0) == 1 && (output.revents & POLLERR) != 0;
}

/* A device, a pipe or a terminal is written to; nothing may take its place. */
static gboolean
write_stream (FILE        *stream,
              const char  *path,
              GBytes      *bytes,
              GError     **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return (fwrite (data, 1, size, stream) == size && fflush (stream) == 0)
         || (stream == stdout && plt_ctl_is_unread ())
         || fail_write (path, g_strerror (errno), error);
}

static gboolean
write_special (const char  *path,
               GBytes      *bytes,
               GError     **error)
{
  FILE *stream = fopen (path, "wb");
  gboolean ok;

  if (stream == NULL)
    return fail_write (path, g_strerror (errno), error);
  ok = write_stream (stream, path, bytes, error);
  fclose (stream);
  return ok;
}

/**
 * plt_ctl_write_file:
 * @path: where to; "-" is standard output
 *
 * Writes whole or not at all, but for what is no plain file.
 */
gboolean
plt_ctl_write_file (const char  *path,
                    GBytes      *bytes,
                    GError     **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  GStatBuf status;

  if (g_strcmp0 (path, "-") == 0)
    return write_stream (stdout, path, bytes, error);
  if (g_stat (path, &status) == 0 && !S_ISREG (status.st_mode) && !S_ISDIR (status.st_mode))
    return write_special (path, bytes, error);
  return plt_new_file_put (path, 0600, data, size, error);
}

PltCtlStatus
plt_ctl_print_text (PltCtl      *ctl,
                    const char  *json,
                    GError     **error)
{
  g_autoptr (JsonNode) node = json != NULL ? json_from_string (json, error) : NULL;

  if (json == NULL && *error == NULL)
    g_set_error_literal (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_NOT_FOUND,
                         _("Nothing is shown, because this office has nothing of that number. Look at"
                           " the number again."));
  if (node == NULL)
    return PLT_CTL_REFUSED;
  plt_ctl_print (ctl, node);

  return PLT_CTL_DONE;
}

void
plt_ctl_print_number (PltCtl     *ctl,
                      const char *name,
                      gint64      number)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, number);
  json_builder_end_object (builder);
  node = plt_ctl_finish (builder);
  plt_ctl_print (ctl, node);
}

gboolean
plt_ctl_usage_error (GError     **error,
                     const char  *sentence)
{
  g_set_error_literal (error, PLT_CTL_ERROR, PLT_CTL_ERROR_USAGE, sentence);

  return FALSE;
}
