/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recognises what stands in the command bar: numbers by their shape, transaction codes, scans. */
#include "plt-command.h"

#include "plt-id-number.h"
#include "plt-prepared-code.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A signed QR text is several hundred characters long; nothing that is typed comes near. */
#define SCAN_MIN_LENGTH 120

static const struct
{
  const char         *code;
  PltApplicationType  type;
} transactions[] = {
  { "REN", PLT_APPLICATION_TYPE_RENEWAL },
  { "NEW", PLT_APPLICATION_TYPE_NEW },
  { "REP", PLT_APPLICATION_TYPE_REPLACEMENT },
  { "COR", PLT_APPLICATION_TYPE_CORRECTION },
  { "UPG", PLT_APPLICATION_TYPE_UPGRADE },
  { "EXC", PLT_APPLICATION_TYPE_EXCHANGE },
  { "RET", PLT_APPLICATION_TYPE_RETURN },
  { "IDP", PLT_APPLICATION_TYPE_INTERNATIONAL },
  { "TMP", PLT_APPLICATION_TYPE_TEMPORARY },
};

void
plt_command_clear (PltCommand *command)
{
  g_clear_pointer (&command->key, g_free);
}

static gboolean
matches (const char *pattern,
         const char *text)
{
  return g_regex_match_simple (pattern, text, G_REGEX_CASELESS, 0);
}

/* Digits with the separators that people write between them. */
static gboolean
looks_like_id_number (const char *text)
{
  return matches ("^[0-9][0-9 .-]{8,}$", text);
}

static gboolean
take_id_number (PltCommand      *command,
                PltCommandKind   kind,
                const char      *typed,
                GError         **error)
{
  char *id_number = plt_id_number_normalise (typed, error);

  if (id_number == NULL)
    return FALSE;
  command->kind = kind;
  command->key = id_number;
  return TRUE;
}

static gboolean
take_key (PltCommand     *command,
          PltCommandKind  kind,
          const char     *text)
{
  command->kind = kind;
  command->key = g_ascii_strup (text, -1);
  return TRUE;
}

static gboolean
take_prepared_code (PltCommand  *command,
                    const char  *typed,
                    GError     **error)
{
  command->kind = PLT_COMMAND_PREPARED;
  command->key = plt_prepared_code_normalise (typed, error);
  return command->key != NULL;
}

/* "REN 10395622163", and what is left of it in a hurry: "ren10395622163", "REN" alone. A name that
 * begins like a code is a name. */
static gboolean
find_transaction (const char          *text,
                  PltApplicationType  *type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (transactions); i++)
    if (g_ascii_strncasecmp (text, transactions[i].code, 3) == 0 &&
        (text[3] == ' ' || g_ascii_isdigit (text[3]) || g_str_equal (text, transactions[i].code)))
      {
        *type = transactions[i].type;
        return TRUE;
      }
  return FALSE;
}

/**
 * plt_command_parse:
 * @text: what was typed or scanned, UTF-8
 * @command: (out): what it is; cleared by the caller
 *
 * Returns: %FALSE with a #PLT_LICENCE_ERROR when @text is plainly meant as an ID number or as the code
 *   of a prepared application but is not one; its sentence says what is wrong
 */
gboolean
plt_command_parse (const char  *text,
                   PltCommand  *command,
                   GError     **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  PltApplicationType type;

  *command = (PltCommand) { .kind = PLT_COMMAND_NOTHING };
  if (*trimmed == '\0')
    return TRUE;
  if (strlen (trimmed) >= SCAN_MIN_LENGTH)
    {
      /* Spaces are data in Base45: only the line end of the scanner goes. */
      command->kind = PLT_COMMAND_SCAN;
      command->key = g_strdelimit (g_strdup (text), "\r\n", '\0');
      return TRUE;
    }
  if (g_ascii_strncasecmp (trimmed, "VER", 3) == 0 && (trimmed[3] == '\0' || trimmed[3] == ' '))
    {
      command->kind = PLT_COMMAND_VERIFY;
      command->key = g_strdup (trimmed + 3 + (trimmed[3] == ' '));
      return TRUE;
    }
  if (find_transaction (trimmed, &type))
    {
      command->type = type;
      return take_id_number (command, PLT_COMMAND_START, trimmed + 3, error);
    }
  if (looks_like_id_number (trimmed))
    return take_id_number (command, PLT_COMMAND_LOOK_UP, trimmed, error);
  if (plt_prepared_code_is_meant (trimmed))
    return take_prepared_code (command, trimmed, error);
  if (matches ("^[A-Z]{2,8}-[0-9]{2}-[0-9]{6}$", trimmed))
    return take_key (command, PLT_COMMAND_APPLICATION, trimmed);
  if (matches ("^[A-Z]{2,8}-[0-9]{2}-C[0-9]{6}$", trimmed) || matches ("^B[0-9]{8}$", trimmed))
    return take_key (command, PLT_COMMAND_CARD, trimmed);
  command->kind = PLT_COMMAND_FIND;
  command->key = g_steal_pointer (&trimmed);
  return TRUE;
}
