/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scanner in keyboard mode presses the keys of the keyboard that it is set to, as a rule the American one. A
 * computer that is set to another one writes what stands on the same keys there. Told from what was typed, this is
 * turned back; whether it was so, the code itself says, for only the right text can be unpacked or has a right
 * check digit. */
#include "plt-verify-private.h"

/* Each pair: what the computer wrote, what the scanner meant. Small letters go with their capitals. */
static const struct
{
  const char *typed;
  const char *meant;
} keyboards[] = {
  /* German: + is a dead key, and stands before the next letter or above it. */
  { "ZYzyß-Ö(`;\"_/=", "YZyz-/:*+<@?&)" },
  /* French: figures without the shift key are signs. */
  { "QAZWqazw&é\"'(-è_çà" "1234567890" "?)!:.M;,m", "AQWZaqwz1234567890" "!@#$%^&*()" "M-/.<:,m;" },
};

static gboolean
append_meant (GString  *text,
              gsize     keyboard,
              gunichar  typed)
{
  const char *meant = keyboards[keyboard].meant;

  for (const char *at = keyboards[keyboard].typed; *at != '\0'; at = g_utf8_next_char (at), meant++)
    if (g_utf8_get_char (at) == typed)
      {
        g_string_append_c (text, *meant);
        return TRUE;
      }
  if (typed < 0x80)
    g_string_append_c (text, (char) typed);
  return typed < 0x80;
}

/**
 * plt_verify_unpack_keyboard:
 * @keyboard: from 0 on
 * @data: UTF-8
 * @more: (out): whether there is such a keyboard
 *
 * Returns: (transfer full) (nullable): what was meant; %NULL where the keyboard has not all that was typed
 */
GBytes *
plt_verify_unpack_keyboard (gsize       keyboard,
                            const char *data,
                            gsize       length,
                            gboolean   *more)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *apart = NULL;

  *more = keyboard < G_N_ELEMENTS (keyboards);
  if (!*more || !g_utf8_validate_len (data, (gssize) length, NULL))
    return NULL;
  apart = g_strndup (data, length);
  for (const char *at = apart; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar typed = g_utf8_get_char (at), letter, mark;

      /* À is what a dead ` makes of the A behind it. */
      if (!append_meant (text, keyboard, typed) &&
          !(g_unichar_decompose (typed, &letter, &mark) && mark == 0x0300 &&
            append_meant (text, keyboard, '`') && append_meant (text, keyboard, letter)))
        return NULL;
    }
  return g_string_free_to_bytes (g_steal_pointer (&text));
}
