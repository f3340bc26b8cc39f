/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a file of the AAMVA barcode: its bytes to the letter of Annex D.12.3 to D.12.5, or the text
 * that a scanner in keyboard mode makes of them, which has lost its control characters' places. */
#include "plt-aamva-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ID_LENGTH 3
#define TYPE_LENGTH 2
#define NUMBERS_LENGTH 12 /* issuer, version, jurisdiction's version, entries */

typedef struct
{
  char  type[TYPE_LENGTH + 1];
  guint offset, length;
} Designator;

static gboolean
refuse (GError     **error,
        const char  *why)
{
  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
               /* Translators: %s is one of the sentences about an AAMVA barcode’s bytes. */
               _("The AAMVA barcode was not read. %s Scan it again; if it stays so, the card was not "
                 "made by the standard."), why);
  return FALSE;
}

/* Exactly @n digits; -1 for anything else. */
static int
take_number (const char *text,
             gsize       n)
{
  int number = 0;

  for (gsize i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return -1;
      number = number * 10 + (text[i] - '0');
    }

  return number;
}

/* From the issuer's number on; @text is long enough. */
static gboolean
read_numbers (PltAamvaFile *file,
              const char   *text,
              int          *n_entries,
              GError      **error)
{
  int version = take_number (text + 6, 2);

  if (take_number (text, 6) < 0 || version < 0)
    return refuse (error, _("The issuer’s number and the version in its header are no digits."));
  if (!plt_aamva_is_version_known (version, error))
    return FALSE;
  memcpy (file->issuer, text, 6);
  file->version = version;
  file->jurisdiction_version = take_number (text + 8, 2);
  *n_entries = take_number (text + 10, 2);
  if (file->jurisdiction_version < 0 || *n_entries < 1)
    return refuse (error, _("The number of entries in its header is wrong."));

  return TRUE;
}

static gboolean
has_subfile (PltAamvaFile *file,
             const char   *type)
{
  for (guint i = 0; i < file->subfiles->len; i++)
    {
      PltAamvaSubfile *subfile = g_ptr_array_index (file->subfiles, i);

      if (g_str_equal (subfile->type, type))
        return TRUE;
    }

  return FALSE;
}

/* Which of two values would hold nobody can say, so nothing may stand twice. */
static gboolean
read_element (PltAamvaFile  *file,
              const char    *type,
              const char    *line,
              gsize          length,
              GError       **error)
{
  char id[ID_LENGTH + 1] = "";
  g_autofree char *value = NULL;

  if (length < ID_LENGTH)
    return refuse (error, _("One of its elements has no identifier."));
  memcpy (id, line, ID_LENGTH);
  if (!plt_aamva_is_id (type, id))
    return refuse (error, _("One of its elements has no identifier."));
  if (plt_aamva_file_get (file, type, id) != NULL)
    return refuse (error, _("One of its elements stands there twice."));
  for (gsize i = ID_LENGTH; i < length; i++)
    {
      guint8 byte = (guint8) line[i];

      if (byte < 0x20 || (byte >= 0x7F && byte < 0xA0))
        return refuse (error, _("A value has control characters in it."));
    }
  value = g_convert (line + ID_LENGTH, (gssize) (length - ID_LENGTH), "UTF-8", "ISO-8859-1", NULL,
                     NULL, NULL);
  g_return_val_if_fail (value != NULL, FALSE);
  plt_aamva_file_add (file, type, id, value);

  return TRUE;
}

/* Between the type and the carriage return; many issuers end the last element with a line feed too. */
static gboolean
read_elements (PltAamvaFile  *file,
               const char    *type,
               const char    *body,
               gsize          length,
               GError       **error)
{
  gsize start = 0;

  if (length > 0 && body[length - 1] == PLT_AAMVA_SEPARATOR)
    length--;
  for (gsize i = 0; i <= length; i++)
    {
      if (i < length && body[i] != PLT_AAMVA_SEPARATOR)
        continue;
      if (!read_element (file, type, body + start, i - start, error))
        return FALSE;
      start = i + 1;
    }

  return TRUE;
}

static gboolean
read_designator (const char  *text,
                 Designator  *designator,
                 GError     **error)
{
  int offset = take_number (text + 2, 4);
  int length = take_number (text + 6, 4);

  memcpy (designator->type, text, TYPE_LENGTH);
  designator->type[TYPE_LENGTH] = '\0';
  if (!plt_aamva_is_type (designator->type) || offset < 0 || length < TYPE_LENGTH + ID_LENGTH + 1)
    return refuse (error, _("Its directory is wrong."));
  designator->offset = (guint) offset;
  designator->length = (guint) length;

  return TRUE;
}

/* Each subfile begins where the one before ended, the first behind the directory, the last ends the
 * file; each begins with its type and ends with the only carriage return in it. */
static gboolean
read_subfile (PltAamvaFile      *file,
              const Designator  *designator,
              const char        *bytes,
              gsize              size,
              gsize              start,
              GError           **error)
{
  const char *body = bytes + start;
  gsize length = designator->length;

  if (designator->offset != start || length > size - start)
    return refuse (error, _("Its directory does not say where its parts are."));
  if (memcmp (body, designator->type, TYPE_LENGTH) != 0)
    return refuse (error, _("A part does not begin as its directory says."));
  if (memchr (body, PLT_AAMVA_TERMINATOR, length) != body + length - 1)
    return refuse (error, _("A part does not end where its directory says."));
  if (file->subfiles->len == 0 && !g_str_equal (designator->type, "DL") &&
      !g_str_equal (designator->type, "ID"))
    return refuse (error, _("It begins with neither a licence nor an identity card."));
  if (has_subfile (file, designator->type))
    return refuse (error, _("One of its parts stands there twice."));

  return read_elements (file, designator->type, body + TYPE_LENGTH, length - TYPE_LENGTH - 1,
                        error);
}

static gboolean
has_header (const char *bytes,
            gsize       size)
{
  static const char start[] = { PLT_AAMVA_COMPLIANCE, PLT_AAMVA_SEPARATOR, PLT_AAMVA_RECORD,
                                PLT_AAMVA_TERMINATOR, 'A', 'N', 'S', 'I', ' ' };

  return size >= PLT_AAMVA_HEADER_LENGTH && memcmp (bytes, start, sizeof start) == 0;
}

/**
 * plt_aamva_file_read:
 * @payload: the bytes of a PDF417
 * @error: %PLT_ISO_ERROR_INVALID with what is wrong, %PLT_ISO_ERROR_UNCONFIRMED for a version that
 *   is not known
 *
 * To the letter: what is drawn by this program must be read so. Which elements there are is the
 * matter of plt_aamva_file_check().
 *
 * Returns: (transfer full) (nullable): the file
 */
PltAamvaFile *
plt_aamva_file_read (GBytes  *payload,
                     GError **error)
{
  g_autoptr (PltAamvaFile) file = plt_aamva_file_new ();
  gsize size;
  const char *bytes;
  int n = 0;

  g_return_val_if_fail (payload != NULL, NULL);

  bytes = g_bytes_get_data (payload, &size);
  if (size > PLT_AAMVA_MOST_BYTES || !has_header (bytes, size))
    {
      refuse (error, _("Its header is not that of the standard."));
      return NULL;
    }
  if (!read_numbers (file, bytes + 9, &n, error))
    return NULL;

  gsize start = PLT_AAMVA_HEADER_LENGTH + (gsize) n * PLT_AAMVA_DESIGNATOR_LENGTH;

  if (start > size)
    {
      refuse (error, _("Its directory is wrong."));
      return NULL;
    }
  for (int i = 0; i < n; i++)
    {
      Designator designator;

      if (!read_designator (bytes + PLT_AAMVA_HEADER_LENGTH + i * PLT_AAMVA_DESIGNATOR_LENGTH,
                            &designator, error) ||
          !read_subfile (file, &designator, bytes, size, start, error))
        return NULL;
      start += designator.length;
    }
  if (start != size)
    {
      refuse (error, _("There is more behind its last part."));
      return NULL;
    }

  return g_steal_pointer (&file);
}

/* Where the file type stands in what was typed; control characters before it may be gone, doubled or
 * have become others. */
static const char *
find_file_type (const char *text)
{
  const char *found = strstr (text, "ANSI");
  const char *at = text;

  if (found == NULL || memchr (text, PLT_AAMVA_COMPLIANCE, (gsize) (found - text)) == NULL)
    return NULL;
  while (at < found && (g_ascii_isspace (*at) || g_ascii_iscntrl (*at) || *at == PLT_AAMVA_COMPLIANCE))
    at++;

  return at == found ? found : NULL;
}

/**
 * plt_aamva_is_typed:
 * @text: what a scanner in keyboard mode typed
 *
 * Returns: whether it begins as an AAMVA barcode does
 */
gboolean
plt_aamva_is_typed (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  return find_file_type (text) != NULL;
}

/* Whether the line is the first of a subfile: its type, and behind it an element of it. */
static gboolean
begins_subfile (const char *line,
                const char *type)
{
  char id[ID_LENGTH + 1] = "";

  if (strlen (line) < TYPE_LENGTH + ID_LENGTH || strncmp (line, type, TYPE_LENGTH) != 0)
    return FALSE;
  memcpy (id, line + TYPE_LENGTH, ID_LENGTH);

  return plt_aamva_is_id (type, id) && (type[0] == 'Z' || id[0] == 'D');
}

/* Lines in the order of the directory, whatever its numbers say. */
static gboolean
read_lines (PltAamvaFile      *file,
            char             **lines,
            const Designator  *designators,
            int                n,
            GError           **error)
{
  int current = -1;

  for (; *lines != NULL; lines++)
    {
      const char *line = *lines;

      if (*line == '\0')
        continue;
      if (current + 1 < n && begins_subfile (line, designators[current + 1].type))
        {
          line += TYPE_LENGTH;
          current++;
        }
      if (current < 0)
        return refuse (error, _("A part does not begin as its directory says."));
      if (!read_element (file, designators[current].type, line, strlen (line), error))
        return FALSE;
    }

  return current + 1 == n || refuse (error, _("A part that its directory names is missing."));
}

static gboolean
read_typed_directory (const char  *text,
                      int          n,
                      Designator  *designators,
                      GError     **error)
{
  for (int i = 0; i < n; i++)
    {
      const char *at = text + i * PLT_AAMVA_DESIGNATOR_LENGTH;

      memcpy (designators[i].type, at, TYPE_LENGTH);
      designators[i].type[TYPE_LENGTH] = '\0';
      if (!plt_aamva_is_type (designators[i].type) ||
          (i == 0 && *at == 'Z') || g_str_equal (designators[0].type, "EN"))
        return refuse (error, _("Its directory is wrong."));
      for (int k = 0; k < i; k++)
        {
          if (g_str_equal (designators[k].type, designators[i].type))
            return refuse (error, _("One of its parts stands there twice."));
        }
    }

  return TRUE;
}

/* One byte per character as in the barcode; NULL where a character is of no barcode. */
static char *
to_bytes (const char *text)
{
  g_autofree char *latin = g_utf8_validate (text, -1, NULL)
                           ? g_convert (text, -1, "ISO-8859-1", "UTF-8", NULL, NULL, NULL)
                           : g_strdup (text);

  return g_steal_pointer (&latin);
}

/* Every control character ends a line: scanners type line feeds as carriage returns, both, or tabs. */
static char **
split_lines (const char *text)
{
  g_autofree char *plain = g_strdup (text);

  for (char *at = plain; *at != '\0'; at++)
    {
      if ((guint8) *at < 0x20 || *at == 0x7F)
        *at = '\n';
    }

  return g_strsplit (plain, "\n", -1);
}

/**
 * plt_aamva_file_read_typed:
 * @text: what a scanner in keyboard mode typed
 * @error: as plt_aamva_file_read()
 *
 * Takes what issuers and scanners are known to do to a file: control characters lost, doubled or
 * exchanged, offsets and lengths that are wrong or no numbers, a line feed before the carriage
 * return, values sent empty. What names a part or an element must still be there, each once.
 *
 * Returns: (transfer full) (nullable): the file
 */
PltAamvaFile *
plt_aamva_file_read_typed (const char  *text,
                           GError     **error)
{
  g_autoptr (PltAamvaFile) file = plt_aamva_file_new ();
  g_autofree char *bytes = NULL;
  g_auto (GStrv) lines = NULL;
  Designator designators[PLT_AAMVA_MOST_SUBFILES];
  const char *at;
  int n = 0;

  g_return_val_if_fail (text != NULL, NULL);

  bytes = strlen (text) <= 2 * PLT_AAMVA_MOST_BYTES ? to_bytes (text) : NULL;
  at = bytes != NULL ? find_file_type (bytes) : NULL;
  if (at == NULL)
    {
      refuse (error, _("Its header is not that of the standard."));
      return NULL;
    }
  at += strlen ("ANSI");
  at += strspn (at, " ");
  if (strlen (at) < NUMBERS_LENGTH)
    {
      refuse (error, _("Its header is not that of the standard."));
      return NULL;
    }
  if (!read_numbers (file, at, &n, error))
    return NULL;
  at += NUMBERS_LENGTH;
  if (strlen (at) < (gsize) n * PLT_AAMVA_DESIGNATOR_LENGTH)
    {
      refuse (error, _("Its directory is wrong."));
      return NULL;
    }
  if (!read_typed_directory (at, n, designators, error))
    return NULL;
  lines = split_lines (at + n * PLT_AAMVA_DESIGNATOR_LENGTH);
  if (!read_lines (file, lines, designators, n, error))
    return NULL;

  return g_steal_pointer (&file);
}
