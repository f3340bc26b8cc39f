/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes capitals of the same length in bytes, from a table of the letters of two bytes. */
#include "plt-demo-capitals.h"

#define FIRST_LETTER 0x80
#define N_LETTERS (0x800 - FIRST_LETTER)

static const guint16 *
get_table (void)
{
  static guint16 table[N_LETTERS];
  static gsize made;

  if (g_once_init_enter (&made))
    {
      for (guint i = 0; i < N_LETTERS; i++)
        {
          gunichar capital = g_unichar_toupper (FIRST_LETTER + i);

          table[i] = (guint16) (capital >= FIRST_LETTER && capital < 0x800 ? capital
                                                                           : FIRST_LETTER + i);
        }
      g_once_init_leave (&made, 1);
    }

  return table;
}

/* @from: valid UTF-8; @to: room for @n_bytes, no NUL is added. */
void
plt_demo_capitals_write (char       *to,
                         const char *from,
                         gsize       n_bytes)
{
  const guint16 *table = get_table ();

  for (gsize i = 0; i < n_bytes; i++)
    {
      guchar c = (guchar) from[i];

      if (c < 0xC0 || c > 0xDF || i + 1 == n_bytes)
        to[i] = c >= 'a' && c <= 'z' ? (char) (c - 32) : (char) c;
      else
        {
          guint capital = table[((c & 0x1Fu) << 6 | ((guchar) from[i + 1] & 0x3Fu)) - FIRST_LETTER];

          to[i] = (char) (0xC0 | capital >> 6);
          to[++i] = (char) (0x80 | (capital & 0x3F));
        }
    }
}
