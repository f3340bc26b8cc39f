/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leads what was scanned to where it belongs. */
#include "plt-scan.h"

#include <string.h>

/* ISO/IEC 18013 cards carry signed text of several hundred characters; a number is never so long. */
#define SHORTEST_CARD_CODE 120

/* How far into its text an AAMVA barcode names itself: behind "@", LF, RS, CR, whatever became of these. */
#define AAMVA_HEADER 16

static gboolean
is_control (char character)
{
  return (guchar) character < 0x20 || character == 0x7F;
}

/* ISO/IEC 15424: "]", a letter and a figure say which symbology it was, if the scanner is set so. */
static gboolean
begins_with_symbology (const char *text)
{
  return text[0] == ']' && g_ascii_isalpha (text[1]) && g_ascii_isalnum (text[2]) && text[3] != '\0';
}

/* @text without the control characters that a scanner puts before and behind it, and without the name of
 * the symbology. Spaces stay: in Base45 they are data. */
static char *
strip (const char *text)
{
  gsize length;

  while (*text != '\0' && is_control (*text))
    text++;
  if (begins_with_symbology (text))
    text += strlen ("]Q1");
  length = strlen (text);
  while (length > 0 && is_control (text[length - 1]))
    length--;

  return g_strndup (text, length);
}

static gboolean
has_control (const char *text)
{
  for (; *text != '\0'; text++)
    {
      if (is_control (*text))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_aamva (const char *text)
{
  g_autofree char *head = g_strndup (text, AAMVA_HEADER);

  return text[0] == '@' && strstr (head, "ANSI") != NULL;
}

/* Thirty capitals, figures and fillers: the machine-readable line of ISO/IEC 18013-1's cards, which no name and no
 * number is. */
static gboolean
is_mrz (const char *text)
{
  return strlen (text) == 30 && g_ascii_isupper (text[0]) &&
         strspn (text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<") == 30;
}

/* ISO/IEC 7811: a reader of magnetic stripes types the tracks between their sentinels. */
static gboolean
is_stripe (const char *text)
{
  return (text[0] == '%' || text[0] == ';') && g_str_has_suffix (text, "?");
}

/* RFC 9285, section 4.2 */
static gboolean
is_base45 (const char *text)
{
  return strspn (text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:") == strlen (text);
}

/* By its shape what a card says of itself and no card is read back by. */
static gboolean
is_only_verified (const char *text)
{
  return is_mrz (text) || is_stripe (text);
}

/* By its shape the whole code of a card: the barcode of a North American one, or the signed text of a
 * QR code. */
static gboolean
is_card_code (const char *text)
{
  return is_aamva (text) || is_only_verified (text) ||
         (strlen (text) >= SHORTEST_CARD_CODE && is_base45 (text));
}

/* Whether it can be nothing else, so that it was read in the scanner's own layout. */
static gboolean
is_plain (const char *text)
{
  g_auto (PltCommand) command = { .kind = PLT_COMMAND_NOTHING };

  if (is_card_code (text))
    return TRUE;
  if (has_control (text) || !plt_command_parse (text, &command, NULL))
    return FALSE;

  return command.kind != PLT_COMMAND_NOTHING && command.kind != PLT_COMMAND_FIND &&
         command.kind != PLT_COMMAND_SCAN;
}

/* A scanner is set to the layout in use, or to the North American one, or has met Caps Lock. */
static char *
dup_text (const PltBurstText *burst)
{
  g_autofree char *text = strip (burst->text);
  g_autofree char *us_text = strip (burst->us_text);

  if (!is_plain (text) && is_plain (us_text))
    return g_steal_pointer (&us_text);

  return g_steal_pointer (&text);
}

/**
 * plt_scan_route:
 * @burst: what the scanner typed
 * @card_waits: whether a card in the print room awaits its code
 * @scan: (out): where it leads; cleared by the caller, also after an error
 *
 * Returns: %FALSE with a #PLT_LICENCE_ERROR when it is plainly meant as a number but is none, as
 *   plt_command_parse()
 */
gboolean
plt_scan_route (const PltBurstText *burst,
                gboolean            card_waits,
                PltScan            *scan,
                GError            **error)
{
  *scan = (PltScan) { .kind = card_waits ? PLT_SCAN_READ_BACK : PLT_SCAN_VERIFY,
                      .text = dup_text (burst) };
  if (is_only_verified (scan->text))
    scan->kind = PLT_SCAN_VERIFY;
  /* More than one line is no number and no name; as long a text as a card's may be a damaged one. */
  if (is_card_code (scan->text) || has_control (scan->text) ||
      strlen (scan->text) >= SHORTEST_CARD_CODE)
    return TRUE;
  scan->kind = PLT_SCAN_COMMAND;

  return plt_command_parse (scan->text, &scan->command, error);
}

void
plt_scan_clear (PltScan *scan)
{
  plt_command_clear (&scan->command);
  g_clear_pointer (&scan->text, g_free);
}
