/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recognises what was given: a table of forms, each with how it begins and who reads it. What a scanner made of
 * bytes, hexadecimal or base64, is turned back into them first. */
#include "plt-verify-private.h"

#include "plt-aamva-stripe.h"
#include "plt-aamva.h"
#include "plt-archive.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MIN_SCAN 120    /* nothing that is typed by hand comes near */
#define MRZ_LENGTH 30

typedef struct
{
  GBytes       *bytes;
  const guint8 *data;
  gsize         length;
  gboolean      is_text; /* UTF-8 without characters that no keyboard types, but for those of AAMVA */
} Input;

static gboolean
is_text (const guint8 *data,
         gsize         length)
{
  if (!g_utf8_validate_len ((const char *) data, length, NULL))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (data[i] == 0 || (data[i] < 0x20 && strchr ("\t\n\r\x1c\x1d\x1e", data[i]) == NULL))
      return FALSE;
  return TRUE;
}

static Input
make_input (GBytes *bytes)
{
  Input input = { .bytes = bytes };

  input.data = g_bytes_get_data (bytes, &input.length);
  if (input.data == NULL)
    input.data = (const guint8 *) "";
  input.is_text = is_text (input.data, input.length);
  return input;
}

static gboolean
begins (const Input *input,
        const char  *mark,
        gsize        length)
{
  return input->length >= length && memcmp (input->data, mark, length) == 0;
}

static gboolean
is_pdf (const Input *input)
{
  return begins (input, "%PDF-", 5);
}

static gboolean
is_package (const Input *input)
{
  return plt_archive_is_zip (input->bytes);
}

static gboolean
is_aamva (const Input *input)
{
  g_autofree char *text = g_strndup ((const char *) input->data, input->length);

  return begins (input, "@\n\x1e\rANSI ", 9) || (input->is_text && plt_aamva_is_typed (text));
}

static gboolean
is_stripe (const Input *input)
{
  g_autofree char *text = g_strndup ((const char *) input->data, input->length);

  return input->is_text && plt_aamva_is_stripe (text);
}

static gboolean
is_line (const Input *input)
{
  g_autofree char *line = g_strstrip (g_strndup ((const char *) input->data, MIN (input->length, 100)));
  gsize length = strlen (line);

  return input->is_text && length >= MRZ_LENGTH - 6 && length <= MRZ_LENGTH + 6 &&
         strpbrk (line, "\r\n") == NULL && g_ascii_isupper (line[0]) &&
         (length == MRZ_LENGTH || strchr (line, '<') != NULL) &&
         strspn (line, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<") == length;
}

/* The three lines of older Swiss cards. Two are one line that was wrapped. */
static gboolean
is_zone (const Input *input)
{
  g_autofree char *text =
    g_strstrip (g_strndup ((const char *) input->data, MIN (input->length, 200)));
  g_auto (GStrv) lines = g_strsplit_set (text, "\r\n", -1);
  guint n_lines = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    n_lines += *lines[i] != '\0';

  return input->is_text && input->length <= 200 && n_lines == 3 && strchr (text, '<') != NULL &&
         strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<\r\n") == strlen (text);
}

static gboolean
is_base45 (const Input *input)
{
  return input->is_text && plt_verify_is_base45 ((const char *) input->data, input->length);
}

/* A whole chain of objects, of which the signature (5F37) is the last. */
static gboolean
is_u1 (const Input *input)
{
  PltByteReader reader = plt_byte_reader_init (input->data, input->length);
  PltByteReader value;
  guint tag = 0;

  if (input->length < 4 || input->data[0] != 0x60)
    return FALSE;
  while (plt_byte_reader_left (&reader) > 0 && plt_byte_reader_take_tlv (&reader, &tag, &value))
    if (tag == 0x5F37)
      return TRUE;
  /* Cut before its signature, but with the name of a key. */
  return tag == 0x42;
}

/* Its signature is the last of it. */
static gboolean
is_whole_u1 (const Input *input)
{
  PltByteReader reader = plt_byte_reader_init (input->data, input->length);
  PltByteReader value;
  guint tag = 0;

  if (input->length < 4 || input->data[0] != 0x60)
    return FALSE;
  while (plt_byte_reader_left (&reader) > 0 && tag != 0x5F37 &&
         plt_byte_reader_take_tlv (&reader, &tag, &value))
    continue;
  return tag == 0x5F37 && plt_byte_reader_left (&reader) == 0;
}

/* Letters are tags, too: text is a group only where every length in it is right. */
static gboolean
is_group (const Input *input)
{
  PltByteReader reader = plt_byte_reader_init (input->data, input->length);
  PltByteReader value;
  guint tag;

  if (!plt_verify_is_group (input->bytes))
    return FALSE;
  return !input->is_text ||
         (plt_byte_reader_take_tlv (&reader, &tag, &value) && plt_byte_reader_left (&reader) == 0);
}

static gboolean
is_cbor_map (const Input *input)
{
  /* With a text for its first key: "A" as often as one likes is hexadecimal, too. */
  return input->length > 16 && input->data[0] >= 0xA1 && input->data[0] <= 0xB7 && input->data[1] >> 5 == 3;
}

static gboolean
is_cose (const Input *input)
{
  return begins (input, "\xD2\x84", 2) || begins (input, "\xD8\x3D\xD2\x84", 4);
}

/* One line for each form; a new one is a line more. */
static const struct
{
  gboolean (*is_like) (const Input *input);
  PltVerifyReader read;
} forms[] = {
  { is_pdf, plt_verify_read_card_file },
  { is_package, plt_verify_read_package },
  { is_aamva, plt_verify_read_aamva },
  { is_stripe, plt_verify_read_stripe },
  { is_line, plt_verify_read_mrz },
  { is_zone, plt_verify_read_zone },
  { is_u1, plt_verify_read_u1 },
  { is_group, plt_verify_read_group },
  { is_cose, plt_verify_read_cose },
  { is_cbor_map, plt_verify_read_mdoc },
  { is_base45, plt_verify_read_qr },
};

/* What is well known and no licence, or could not be confirmed against its standard, is refused by its name. */
static const struct
{
  const char *mark;
  gsize length;
  const char *sentence;
} strangers[] = {
  { "HC1:", 4, N_("This is the code of a health certificate, not of a driving licence.") },
  { "\xDC\x02", 2, N_("This is a visible digital seal (ICAO Doc 9303-13), for which no form of a driving licence exists.") },
  { "\xDC\x03", 2, N_("This is a visible digital seal (ICAO Doc 9303-13), for which no form of a driving licence exists.") },
  { "http", 4, N_("This is an address of the web, not the code of a driving licence.") },
  { "HTTP", 4, N_("This is an address of the web, not the code of a driving licence.") },
  { "mdoc:", 5, N_("This is how a telephone begins to show a mobile licence, not the licence itself. Read the telephone with a reader for mobile licences.") },
  { "WIFI:", 5, N_("This is the code of a wireless network, not of a driving licence.") },
  { "P<", 2, N_("This is the machine-readable zone of a passport, not of a driving licence.") },
  { "I<", 2, N_("This is the machine-readable zone of an identity card, not of a driving licence.") },
  { "{", 1, N_("This is JSON, which is no form of a driving licence that is signed. Give the card file or one of its codes.") },
};

gboolean
plt_verify_refuse (GError     **error,
                   const char  *sentence)
{
  g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID, sentence);

  return FALSE;
}

static gboolean
read_form (const Input    *input,
           PltVerifyKeys  *keys,
           GPtrArray      *findings,
           gboolean       *known,
           GError        **error)
{
  *known = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (strangers); i++)
    if (begins (input, strangers[i].mark, strangers[i].length))
      return plt_verify_refuse (error, _(strangers[i].sentence));
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    if (forms[i].is_like (input))
      return forms[i].read (input->bytes, keys, findings, error);
  *known = FALSE;
  return FALSE;
}

static gboolean
read_packed (const Input    *input,
             PltVerifyKeys  *keys,
             GPtrArray      *findings,
             gboolean       *known,
             GError        **error)
{
  GBytes *(*const unpack[]) (const char *data, gsize length) = {
    plt_verify_unpack_hex, plt_verify_unpack_line, plt_verify_unpack_base64, plt_verify_unpack_small,
    plt_verify_unpack_latin1,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (unpack); i++)
    {
      g_autoptr (GBytes) bytes = unpack[i] ((const char *) input->data, input->length);
      Input inner;

      if (bytes == NULL)
        continue;
      inner = make_input (bytes);
      /* No keyboard has all bytes: what is not whole has lost some. */
      if (unpack[i] == plt_verify_unpack_latin1 && !is_u1 (&inner))
        continue;
      /* Twice packed is nothing that a scanner does. */
      if (read_form (&inner, keys, findings, known, error) || *known)
        return *known && (error == NULL || *error == NULL);
    }
  *known = FALSE;
  return FALSE;
}

/* What was typed through another keyboard, where it can be read once it is turned back. @looks_so: whether it is a
 * code then, even one that lost something. */
static gboolean
read_other_keyboard (const Input    *input,
                     PltVerifyKeys  *keys,
                     GPtrArray      *findings,
                     gboolean       *looks_so)
{
  gboolean more = TRUE;

  for (gsize i = 0; more; i++)
    {
      g_autoptr (GBytes) meant =
        plt_verify_unpack_keyboard (i, (const char *) input->data, input->length, &more);
      g_autoptr (GError) reason = NULL;
      gboolean known = FALSE;
      Input inner;

      if (meant == NULL)
        continue;
      inner = make_input (meant);
      if (read_form (&inner, keys, findings, &known, &reason) ||
          (!known && read_packed (&inner, keys, findings, &known, &reason)))
        {
          plt_verify_remark (findings->pdata[0],
                             _("The scanner is set to another keyboard than this computer, which changed what it typed. It "
                               "was turned back; set the scanner to this computer’s keyboard, or to serial mode."));
          return TRUE;
        }
      *looks_so |= known && is_base45 (&inner);
    }
  return FALSE;
}

/* What a scanner in serial mode puts around bytes: the symbology identifier of a PDF417 in front, a line end behind.
 * Each byte may have become a
 * character of Latin-1, too. U1 says itself where it ends, so nothing is guessed. (nullable) */
static GBytes *
strip_serial (GBytes *bytes)
{
  gsize length, start = 0;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autoptr (GBytes) inner = NULL;
  Input input;

  if (length > 3 && data[0] == ']' && data[1] == 'L' && g_ascii_isdigit (data[2]))
    start = 3;
  for (int ends = 0; ends < 2 && length > start && (data[length - 1] == '\r' || data[length - 1] == '\n'); ends++)
    {
      g_clear_pointer (&inner, g_bytes_unref);
      inner = g_bytes_new_from_bytes (bytes, start, length - start);
      input = make_input (inner);
      if (is_whole_u1 (&input))
        return g_steal_pointer (&inner);
      length--;
    }
  g_clear_pointer (&inner, g_bytes_unref);
  inner = g_bytes_new_from_bytes (bytes, start, length - start);
  input = make_input (inner);
  if (is_whole_u1 (&input))
    return g_steal_pointer (&inner);
  g_clear_pointer (&inner, g_bytes_unref);
  inner = plt_verify_unpack_latin1 (data, length);
  if (inner == NULL)
    return NULL;
  input = make_input (inner);
  return is_whole_u1 (&input) ? g_steal_pointer (&inner) : NULL;
}

/* Of a file of bytes nothing is taken off. */
static GBytes *
strip (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  GBytes *serial = strip_serial (bytes);
  gboolean framed = length > 2 && data[0] == '\x02' && data[length - 1] == '\x03';
  const char *inner = framed ? data + 1 : data;
  gsize inner_length = framed ? length - 2 : length;

  if (serial != NULL)
    return serial;
  if (inner[0] == '@' || !is_text ((const guint8 *) inner, inner_length))
    return framed ? g_bytes_new (inner, inner_length) : g_bytes_ref (bytes);
  return plt_verify_strip_scan (inner, inner_length);
}

static gboolean
refuse_unknown (const Input  *input,
                gboolean      looks_typed,
                GError      **error)
{
  if (looks_typed)
    return plt_verify_refuse (error, _("This looks like the code of a licence, typed by a scanner that is set to another keyboard than "
                                       "this computer, and something of it was lost. Set the scanner to this computer’s keyboard, or to "
                                       "serial mode, and scan again."));
  if (input->length > 3 && input->data[0] == '`' &&
      memchr (input->data, '_', MIN (input->length, 8)) != NULL)
    return plt_verify_refuse (error, _("This looks like the PDF417 of a licence, but the scanner typed it as text and lost bytes that "
                                       "no keyboard has. Set the scanner to hexadecimal or to serial mode and scan again."));
  return plt_verify_refuse (error, _("This is none of the forms of a driving licence that are known here: card file, QR code, PDF417, "
                                     "machine-readable line, data groups, mobile licence, stripe, personalisation package. (The compact "
                                     "encoding of ISO/IEC 18013-2 could not be confirmed and is not read.) Scan it again, or look at "
                                     "the card."));
}

/**
 * plt_verify_read:
 * @bytes: a file, or what a scanner gave: text as typed, bytes, hexadecimal, base64
 * @keys: what is trusted
 * @error: %PLT_ISO_ERROR_INVALID with a sentence that says what it is instead
 *
 * Returns: (transfer full) (nullable) (element-type PltVerifyFinding): at least one; of a card file, its own
 *   first and then those of the signed data that is attached
 */
GPtrArray *
plt_verify_read (GBytes         *bytes,
                 PltVerifyKeys  *keys,
                 GError        **error)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_verify_finding_free);
  g_autoptr (GBytes) stripped = NULL;
  g_autoptr (GError) reason = NULL;
  gboolean known = FALSE, looks_typed = FALSE;
  gboolean read;
  Input input;

  if (g_bytes_get_size (bytes) > PLT_VERIFY_MAX_BYTES)
    {
      plt_verify_refuse (error, _("This is larger than any form of a driving licence. It was not opened."));
      return NULL;
    }
  if (g_bytes_get_size (bytes) > 0)
    stripped = strip (bytes);
  /* Line ends and blanks alone are nothing, too. */
  if (stripped == NULL || g_bytes_get_size (stripped) == 0)
    {
      plt_verify_refuse (error, _("Nothing was given to verify. Scan a code, or choose a file."));
      return NULL;
    }
  input = make_input (stripped);
  read = read_form (&input, keys, findings, &known, &reason);
  if (!known)
    read = read_packed (&input, keys, findings, &known, &reason);
  if (!known && input.is_text)
    read = read_other_keyboard (&input, keys, findings, &looks_typed);
  if (read)
    return g_steal_pointer (&findings);
  if (known)
    g_propagate_error (error, g_steal_pointer (&reason));
  else
    refuse_unknown (&input, looks_typed, error);
  return NULL;
}
