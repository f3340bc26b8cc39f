/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a register's records from comma-separated values, by their places in the file. */
#include "plt-record-file.h"

#include "plt-date.h"
#include "plt-office-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK_BYTES (1 << 20)
/* A longer line is no record; it is what a file that is none looks like. */
#define MAX_RECORD_BYTES (1 << 18)
#define MAX_COLUMNS 200
#define LIST_MARK '|'

/* What a column holds. */
typedef enum
{
  COLUMN_OTHER,
  COLUMN_ID,
  COLUMN_NAME, /* “Berg, Anna Maria” */
  COLUMN_FIELD,
  COLUMN_LIST,
} ColumnKind;

typedef struct
{
  ColumnKind kind;
  int        which; /* PltField or PltRecordList */
} Column;

typedef struct
{
  guint64 at;     /* byte */
  guint32 length; /* with the end of the line */
  guint32 line;   /* from 1 */
} Place;

struct _PltRecordFile
{
  char       *name;    /* as errors tell it */
  int         fd;      /* of what is read again */
  int         pipe;    /* what is kept there comes from here; -1: nothing is */
  GArray     *columns; /* Column */
  GArray     *places;  /* Place */
};

/* Where the reader stands that cuts a file into records. */
typedef struct
{
  guint64  at;     /* of the record's first byte */
  guint64  length; /* so far */
  guint64  line;   /* of the record's first byte */
  guint64  lines;  /* seen in it */
  gboolean quoted;
} Cutter;

static void
fail (PltRecordFile  *self,
      guint64         line,
      GError        **error,
      const char     *what)
{
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, line);

  /* Translators: a line’s number, a file, and what is wrong with the line. */
  g_set_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID,
               _("Nothing was compared, because line %s of “%s” %s."), number, self->name, what);
}

static void
fail_reading (PltRecordFile  *self,
              GError        **error)
{
  g_set_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID,
               _("Nothing was compared, because “%s” cannot be read: %s."), self->name,
               g_strerror (errno));
}

void
plt_record_file_free (PltRecordFile *self)
{
  g_free (self->name);
  if (self->fd > STDIN_FILENO)
    close (self->fd);
  if (self->pipe > STDIN_FILENO)
    close (self->pipe);
  g_array_unref (self->columns);
  g_array_unref (self->places);
  g_free (self);
}

/* Returns: whether @size bytes from @at on are in @bytes */
static gboolean
read_bytes (PltRecordFile  *self,
            guint64         at,
            gsize           size,
            char           *bytes,
            GError        **error)
{
  for (gsize got = 0; got < size;)
    {
      ssize_t n = pread (self->fd, bytes + got, size - got, (off_t) (at + got));

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          errno = n == 0 ? EIO : errno;
          fail_reading (self, error);
          return FALSE;
        }
      got += (gsize) n;
    }

  return TRUE;
}

/* (transfer full): the record's bytes and NUL */
static char *
take_record (PltRecordFile  *self,
             const Place    *place,
             GError        **error)
{
  g_autofree char *bytes = NULL;

  bytes = g_malloc (place->length + 1);
  if (!read_bytes (self, place->at, place->length, bytes, error))
    return NULL;
  bytes[place->length] = '\0';

  return g_steal_pointer (&bytes);
}

/* One value, unquoted in its place. @at: moved behind the comma, to NULL at the end of the record */
static char *
next_value (char **at)
{
  char *value = *at;
  char *write = value;
  gboolean quoted = *value == '"';
  const char *read = value + quoted;

  for (; *read != '\0'; read++)
    {
      if (quoted && *read == '"' && read[1] == '"')
        read++;
      else if (quoted && *read == '"')
        {
          quoted = FALSE;
          continue;
        }
      else if (!quoted && (*read == ',' || *read == '\n' || *read == '\r'))
        break;
      *write++ = *read;
    }
  *at = *read == ',' ? (char *) read + 1 : NULL;
  *write = '\0';

  return value;
}

static Column
read_column (const char *name)
{
  PltField field;
  PltRecordList list;

  if (g_str_equal (name, "id_number"))
    return (Column) { COLUMN_ID, 0 };
  if (g_str_equal (name, "name"))
    return (Column) { COLUMN_NAME, 0 };
  if (plt_field_from_nick (name, &field))
    return (Column) { COLUMN_FIELD, (int) field };
  if (plt_record_list_from_nick (name, &list))
    return (Column) { COLUMN_LIST, (int) list };

  return (Column) { COLUMN_OTHER, 0 };
}

static gboolean
has_column (PltRecordFile *self,
            ColumnKind     kind,
            int            which)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      const Column *column = &g_array_index (self->columns, Column, i);

      if (column->kind == kind && column->which == which)
        return TRUE;
    }

  return FALSE;
}

static gboolean
read_header (PltRecordFile  *self,
             const Place    *place,
             GError        **error)
{
  g_autofree char *record = take_record (self, place, error);
  char *at = record;

  if (record == NULL)
    return FALSE;
  if (g_str_has_prefix (at, "\xEF\xBB\xBF"))
    at += 3;
  while (at != NULL && self->columns->len < MAX_COLUMNS)
    {
      g_autofree char *name = g_ascii_strdown (g_strstrip (next_value (&at)), -1);
      Column column = read_column (name);

      g_array_append_val (self->columns, column);
    }
  if (has_column (self, COLUMN_ID, 0) && has_column (self, COLUMN_FIELD, PLT_FIELD_BIRTH_DATE) &&
      (has_column (self, COLUMN_NAME, 0) ||
       (has_column (self, COLUMN_FIELD, PLT_FIELD_FAMILY_NAME) &&
        has_column (self, COLUMN_FIELD, PLT_FIELD_GIVEN_NAMES))))
    return TRUE;
  fail (self, place->line, error,
        _("does not name the columns id_number, family_name, given_names and birth_date"));

  return FALSE;
}

static void
add_values (PltPersonRecord *record,
            PltRecordList    list,
            char            *text)
{
  char *next = text;

  plt_person_record_add (record, list, NULL);
  while (next != NULL)
    {
      char *value = next;

      next = strchr (value, LIST_MARK);
      if (next != NULL)
        *next++ = '\0';
      plt_person_record_add (record, list, value);
    }
}

/* (transfer full): the date as ISO 8601 writes it, also of 19850302, 2.3.1985 and 02/03/1985; what is
 * no date stays as it is */
static char *
read_date (const char *text)
{
  int day, month, year, end = 0;

  if (strlen (text) == 8 && strspn (text, "0123456789") == 8)
    return g_strdup_printf ("%.4s-%.2s-%.2s", text, text + 4, text + 6);
  if (sscanf (text, "%2d.%2d.%4d%n", &day, &month, &year, &end) == 3 ||
      sscanf (text, "%2d/%2d/%4d%n", &day, &month, &year, &end) == 3)
    if (text[end] == '\0' && plt_date_is_valid (year, month, day))
      return plt_date_to_iso ((PltDate) { year, month, day });

  /* A time behind the day says nothing. */
  return g_strndup (text, strcspn (text, " T"));
}

/* M or F; the numbers are those of ISO/IEC 5218 */
static const char *
read_sex (const char *text)
{
  switch (g_ascii_toupper (*text))
    {
    case 'M':
    case '1':
      return "M";
    case 'F':
    case 'W':
    case '2':
      return "F";
    case '\0':
      return NULL;
    default:
      return "X";
    }
}

static void
fill_field (PltPersonRecord *record,
            PltField         field,
            const char      *value)
{
  g_autofree char *date = NULL;

  if (field == PLT_FIELD_BIRTH_DATE)
    value = date = read_date (value);
  else if (field == PLT_FIELD_SEX)
    value = read_sex (value);
  plt_person_record_set_field (record, field, value);
}

static void
fill_name (PltPersonRecord *record,
           char            *name)
{
  char *comma = strchr (name, ',');

  if (comma != NULL)
    *comma++ = '\0';
  plt_person_record_set_field (record, PLT_FIELD_FAMILY_NAME, name);
  plt_person_record_set_field (record, PLT_FIELD_GIVEN_NAMES, comma);
}

static void
fill (PltPersonRecord *record,
      const Column    *column,
      char            *value)
{
  if (column->kind == COLUMN_NAME)
    fill_name (record, value);
  else if (column->kind == COLUMN_FIELD)
    fill_field (record, (PltField) column->which, value);
  else if (column->kind == COLUMN_LIST)
    add_values (record, (PltRecordList) column->which, value);
}

PltPersonRecord *
plt_record_file_read (PltRecordFile  *self,
                      guint           position,
                      GError        **error)
{
  const Place *place = &g_array_index (self->places, Place, position);
  g_autofree char *text = take_record (self, place, error);
  char *values[MAX_COLUMNS];
  const char *id_number = NULL;
  guint n = 0;

  if (text == NULL)
    return NULL;
  for (char *at = text; at != NULL; n++)
    {
      char *value = next_value (&at);

      if (n < self->columns->len)
        values[n] = value;
      if (n < self->columns->len && g_array_index (self->columns, Column, n).kind == COLUMN_ID)
        id_number = g_strstrip (value);
    }
  if (n != self->columns->len || id_number == NULL || *id_number == '\0')
    {
      g_autofree char *what = n != self->columns->len
                                ? g_strdup_printf (_("has %u values where the first one has %u"), n,
                                                   self->columns->len)
                                : g_strdup (_("has no ID number"));

      fail (self, place->line, error, what);
      return NULL;
    }

  PltPersonRecord *record = plt_person_record_new (id_number);

  for (guint i = 0; i < n; i++)
    fill (record, &g_array_index (self->columns, Column, i), values[i]);

  return record;
}

/* Ends a record: the first one names the columns, an empty line is none. */
static gboolean
end_record (PltRecordFile  *self,
            Cutter         *cutter,
            gboolean        is_empty,
            GError        **error)
{
  Place place = { cutter->at, (guint32) cutter->length, (guint32) cutter->line };

  cutter->at += cutter->length;
  cutter->line += cutter->lines;
  cutter->length = 0;
  cutter->lines = 0;
  if (is_empty)
    return TRUE;
  if (self->columns->len == 0)
    return read_header (self, &place, error);
  g_array_append_val (self->places, place);

  return TRUE;
}

static gboolean
cut (PltRecordFile  *self,
     Cutter         *cutter,
     const char     *bytes,
     gsize           size,
     GError        **error)
{
  for (gsize i = 0; i < size; i++)
    {
      cutter->length++;
      if (cutter->length > MAX_RECORD_BYTES)
        {
          fail (self, cutter->line, error, cutter->quoted
                                             ? _("has a quotation mark that is never closed")
                                             : _("is too long for a record"));
          return FALSE;
        }
      if (bytes[i] == '"')
        cutter->quoted = !cutter->quoted;
      if (bytes[i] != '\n')
        continue;
      cutter->lines++;
      if (!cutter->quoted &&
          !end_record (self, cutter, cutter->length == 1 || (cutter->length == 2 && i > 0 &&
                                                             bytes[i - 1] == '\r'), error))
        return FALSE;
    }

  return TRUE;
}

/* Half of the computer's memory, or as much as anything that is written to may have. */
static guint64
get_max_kept (void)
{
  guint64 memory = (guint64) sysconf (_SC_PHYS_PAGES) * (guint64) sysconf (_SC_PAGESIZE) / 2;
  struct rlimit limit;

  if (getrlimit (RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
    return MIN (memory, limit.rlim_cur);

  return memory;
}

static gboolean
write_bytes (int         fd,
             const char *bytes,
             gsize       size)
{
  while (size > 0)
    {
      ssize_t n = write (fd, bytes, size);

      if (n < 0 && errno != EINTR)
        return FALSE;
      bytes += MAX (n, 0);
      size -= (gsize) MAX (n, 0);
    }

  return TRUE;
}

/* The next bytes of the file; of a pipe they are kept in memory as well, since it cannot be read a second
 * time and no disk is given personal data. Returns: how many; -1 with @error */
static ssize_t
read_block (PltRecordFile  *self,
            guint64         at,
            char           *block,
            GError        **error)
{
  ssize_t n;

  do
    n = self->pipe >= 0 ? read (self->pipe, block, BLOCK_BYTES)
                        : pread (self->fd, block, BLOCK_BYTES, (off_t) at);
  while (n < 0 && errno == EINTR);
  if (n > 0 && self->pipe >= 0 && at + (guint64) n > get_max_kept ())
    {
      g_autofree char *most = g_format_size (get_max_kept ());

      /* Translators: a size such as “4.2 GB” */
      g_set_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID,
                   _("Nothing was compared, because more than %s came from a pipe, which is kept in "
                     "memory. Give the name of the file instead; it may be of any size."), most);
      return -1;
    }
  if (n < 0 || (self->pipe >= 0 && !write_bytes (self->fd, block, (gsize) n)))
    {
      fail_reading (self, error);
      return -1;
    }

  return n;
}

static gboolean
cut_all (PltRecordFile  *self,
         Cutter         *cutter,
         GError        **error)
{
  g_autofree char *block = g_malloc (BLOCK_BYTES);

  for (;;)
    {
      ssize_t n = read_block (self, cutter->at + cutter->length, block, error);

      if (n <= 0)
        return n == 0;
      if (!cut (self, cutter, block, (gsize) n, error))
        return FALSE;
    }
}

static gboolean
read_places (PltRecordFile  *self,
             GError        **error)
{
  Cutter cutter = { .line = 1 };

  if (!cut_all (self, &cutter, error))
    return FALSE;
  if (cutter.quoted)
    {
      fail (self, cutter.line, error, _("has a quotation mark that is never closed"));
      return FALSE;
    }
  if (cutter.length > 0 && !end_record (self, &cutter, FALSE, error))
    return FALSE;
  if (self->columns->len > 0)
    return TRUE;
  g_set_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID,
               _("Nothing was compared, because “%s” is empty."), self->name);

  return FALSE;
}

PltRecordFile *
plt_record_file_open (const char  *path,
                      GError     **error)
{
  g_autoptr (PltRecordFile) self = g_new0 (PltRecordFile, 1);
  gboolean is_input = g_str_equal (path, "-");
  struct stat info;

  self->name = is_input ? g_strdup (_("standard input")) : g_filename_display_name (path);
  self->fd = is_input ? STDIN_FILENO : open (path, O_RDONLY | O_CLOEXEC);
  self->pipe = -1;
  self->columns = g_array_new (FALSE, FALSE, sizeof (Column));
  self->places = g_array_new (FALSE, FALSE, sizeof (Place));
  if (self->fd >= 0 && fstat (self->fd, &info) == 0 && !S_ISREG (info.st_mode) &&
      !S_ISDIR (info.st_mode))
    {
      self->pipe = self->fd;
      self->fd = memfd_create ("records", MFD_CLOEXEC);
    }
  if (self->fd < 0)
    {
      fail_reading (self, error);
      return NULL;
    }

  return read_places (self, error) ? g_steal_pointer (&self) : NULL;
}

guint
plt_record_file_get_n (PltRecordFile *self)
{
  return self->places->len;
}
