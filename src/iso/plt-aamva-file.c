/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file of the AAMVA barcode, and its bytes: header, directory, subfiles (Annex D.12.3 and D.12.4
 * of the 2020 edition). All offsets and lengths are bytes. */
#include "plt-aamva-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define OLDEST_VERSION 2 /* older headers are shorter; their elements are not known here */

static void
element_free (PltAamvaElement *self)
{
  g_free (self->value);
  g_free (self);
}

static void
subfile_free (PltAamvaSubfile *self)
{
  g_ptr_array_unref (self->elements);
  g_free (self);
}

/**
 * plt_aamva_file_new:
 *
 * Returns: (transfer full): of the fictitious issuer and the edition of 2020, without subfiles
 */
PltAamvaFile *
plt_aamva_file_new (void)
{
  PltAamvaFile *self = g_new0 (PltAamvaFile, 1);

  g_strlcpy (self->issuer, PLT_AAMVA_ISSUER, sizeof self->issuer);
  self->version = PLT_AAMVA_VERSION;
  self->jurisdiction_version = PLT_AAMVA_JURISDICTION_VERSION;
  self->subfiles = g_ptr_array_new_with_free_func ((GDestroyNotify) subfile_free);

  return self;
}

void
plt_aamva_file_free (PltAamvaFile *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->subfiles);
  g_free (self);
}

static PltAamvaSubfile *
find_subfile (PltAamvaFile *self,
              const char   *type)
{
  for (guint i = 0; i < self->subfiles->len; i++)
    {
      PltAamvaSubfile *subfile = g_ptr_array_index (self->subfiles, i);

      if (g_str_equal (subfile->type, type))
        return subfile;
    }

  return NULL;
}

/* Whether two letters name a subfile: a licence, an identity card, or a jurisdiction's own. */
gboolean
plt_aamva_is_type (const char *type)
{
  return strlen (type) == 2 && (g_str_equal (type, "DL") || g_str_equal (type, "ID") ||
                                g_str_equal (type, "EN") ||
                                (type[0] == 'Z' && g_ascii_isupper (type[1])));
}

/* Whether @id may stand in a subfile of @type: a jurisdiction's elements begin with its letters. */
gboolean
plt_aamva_is_id (const char *type,
                 const char *id)
{
  if (strlen (id) != 3 || !g_ascii_isupper (id[0]))
    return FALSE;
  for (int i = 1; i < 3; i++)
    {
      if (!g_ascii_isupper (id[i]) && !g_ascii_isdigit (id[i]))
        return FALSE;
    }

  return type[0] != 'Z' || strncmp (type, id, 2) == 0;
}

/**
 * plt_aamva_file_add:
 * @type: of the subfile, which is begun at its first element
 * @id: three letters
 * @value: UTF-8
 */
void
plt_aamva_file_add (PltAamvaFile *self,
                    const char   *type,
                    const char   *id,
                    const char   *value)
{
  g_return_if_fail (self != NULL && value != NULL);
  g_return_if_fail (plt_aamva_is_type (type) && plt_aamva_is_id (type, id));

  PltAamvaSubfile *subfile = find_subfile (self, type);
  PltAamvaElement *element = g_new0 (PltAamvaElement, 1);

  if (subfile == NULL)
    {
      subfile = g_new0 (PltAamvaSubfile, 1);
      g_strlcpy (subfile->type, type, sizeof subfile->type);
      subfile->elements = g_ptr_array_new_with_free_func ((GDestroyNotify) element_free);
      g_ptr_array_add (self->subfiles, subfile);
    }
  g_strlcpy (element->id, id, sizeof element->id);
  element->value = g_strdup (value);
  g_ptr_array_add (subfile->elements, element);
}

/**
 * plt_aamva_file_get:
 *
 * Returns: (transfer none) (nullable): the value of one element
 */
const char *
plt_aamva_file_get (PltAamvaFile *self,
                    const char   *type,
                    const char   *id)
{
  g_return_val_if_fail (self != NULL && type != NULL && id != NULL, NULL);

  PltAamvaSubfile *subfile = find_subfile (self, type);

  for (guint i = 0; subfile != NULL && i < subfile->elements->len; i++)
    {
      PltAamvaElement *element = g_ptr_array_index (subfile->elements, i);

      if (g_str_equal (element->id, id))
        return element->value;
    }

  return NULL;
}

/* 00 and 01 have another header and other elements; 11 is not confirmed to be the edition of 2025. */
gboolean
plt_aamva_is_version_known (int      version,
                            GError **error)
{
  if (version >= OLDEST_VERSION && version <= PLT_AAMVA_VERSION)
    return TRUE;

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_UNCONFIRMED,
               _("The AAMVA barcode is of version %02d, whose text was not to be had. Versions 02 to "
                 "10 are known here; check the card by its other codes."), version);
  return FALSE;
}

static gboolean
refuse_value (const PltAamvaElement  *element,
              GError                **error)
{
  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
               _("The AAMVA barcode was not made, because it cannot hold “%s” as element %s. Correct "
                 "the record."), element->value, element->id);
  return FALSE;
}

/* One byte per character, no control characters, and nothing sent empty. */
static gboolean
append_element (GByteArray             *body,
                const PltAamvaElement  *element,
                GError                **error)
{
  if (*element->value == '\0' || !g_utf8_validate (element->value, -1, NULL))
    return refuse_value (element, error);
  g_byte_array_append (body, (const guint8 *) element->id, 3);
  for (const char *at = element->value; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);
      guint8 byte = (guint8) character;

      if (character < 0x20 || character > 0xFF || (character >= 0x7F && character < 0xA0))
        return refuse_value (element, error);
      g_byte_array_append (body, &byte, 1);
    }

  return TRUE;
}

static gboolean
append_subfile (GByteArray             *body,
                const PltAamvaSubfile  *subfile,
                GError                **error)
{
  static const guint8 separator = PLT_AAMVA_SEPARATOR;
  static const guint8 terminator = PLT_AAMVA_TERMINATOR;

  g_byte_array_append (body, (const guint8 *) subfile->type, 2);
  for (guint i = 0; i < subfile->elements->len; i++)
    {
      if (i > 0)
        g_byte_array_append (body, &separator, 1);
      if (!append_element (body, g_ptr_array_index (subfile->elements, i), error))
        return FALSE;
    }
  g_byte_array_append (body, &terminator, 1);

  return TRUE;
}

static gboolean
check_header (PltAamvaFile  *self,
              GError       **error)
{
  PltAamvaSubfile *first = self->subfiles->len > 0 ? g_ptr_array_index (self->subfiles, 0) : NULL;

  if (!plt_aamva_is_version_known (self->version, error))
    return FALSE;
  if (first != NULL && (g_str_equal (first->type, "DL") || g_str_equal (first->type, "ID")) &&
      self->subfiles->len <= PLT_AAMVA_MOST_SUBFILES && strlen (self->issuer) == 6 &&
      strspn (self->issuer, "0123456789") == 6 &&
      self->jurisdiction_version >= 0 && self->jurisdiction_version <= 99)
    return TRUE;

  g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
                       _("The AAMVA barcode was not made, because its header cannot be written. Tell "
                         "the administrator."));
  return FALSE;
}

/**
 * plt_aamva_file_write:
 * @error: %PLT_ISO_ERROR_INVALID, %PLT_ISO_ERROR_TOO_LONG, %PLT_ISO_ERROR_UNCONFIRMED
 *
 * Annex D.12.3 and D.12.4: an offset counts from the first byte of the file, a length has the type
 * at the start and the carriage return at the end of the subfile in it, and between elements, but
 * not behind the last, stands one line feed.
 *
 * Returns: (transfer full) (nullable): bytes for a PDF417
 */
GBytes *
plt_aamva_file_write (PltAamvaFile  *self,
                      GError       **error)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();
  g_autoptr (GString) file = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (!check_header (self, error))
    return NULL;
  file = g_string_new (NULL);
  g_string_append_printf (file, "%c%c%c%c" PLT_AAMVA_FILE_TYPE "%s%02d%02d%02u",
                          PLT_AAMVA_COMPLIANCE, PLT_AAMVA_SEPARATOR, PLT_AAMVA_RECORD,
                          PLT_AAMVA_TERMINATOR, self->issuer, self->version,
                          self->jurisdiction_version, self->subfiles->len);

  gsize start = PLT_AAMVA_HEADER_LENGTH +
                (gsize) self->subfiles->len * PLT_AAMVA_DESIGNATOR_LENGTH;

  for (guint i = 0; i < self->subfiles->len; i++)
    {
      const PltAamvaSubfile *subfile = g_ptr_array_index (self->subfiles, i);
      guint before = body->len;

      if (!append_subfile (body, subfile, error))
        return NULL;
      if (start + body->len > PLT_AAMVA_MOST_BYTES)
        {
          g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_TOO_LONG,
                               _("The AAMVA barcode was not made, because its data is longer than "
                                 "its directory can say. Shorten the record."));
          return NULL;
        }
      g_string_append_printf (file, "%s%04u%04u", subfile->type, (guint) (start + before),
                              body->len - before);
    }
  g_string_append_len (file, (const char *) body->data, (gssize) body->len);

  return g_string_free_to_bytes (g_steal_pointer (&file));
}
