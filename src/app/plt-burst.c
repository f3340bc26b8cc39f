/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recognises the burst of keys that a scanner in keyboard mode sends. */
#include "plt-burst.h"

/* Scanners press a key every 1 to 25 ms. People roll over two or three keys as fast, never six. */
#define FAST_MS 35
#define CERTAIN_KEYS 6

/* Once it is one: what a hub, a radio link or a busy machine may hold a key back. Where nothing that a
 * person has typed can be among it, nobody waits for the end. */
#define PAUSE_MS 150
#define CERTAIN_PAUSE_MS 400

/* As long as the shortest number on a card. */
#define FEWEST_CHARACTERS 6

/* Without Enter at its end a text of one line may have come from a program that types for a person,
 * unless it is longer than anything that is said in a field, or in capitals and digits alone. */
#define LONG_TEXT 120
#define LONG_CODE 20

#define STX 0x02

struct _PltBurst
{
  GString *text;
  GString *us_text;
  guint32  first_ms;
  guint32  last_ms;
  guint    n_keys;
  guint    n_characters;  /* that are no control characters */
  gboolean framed;        /* begins with STX */
  gboolean control_last;  /* as after Enter */
  gboolean control_inside;
  gboolean lower;         /* has a small letter in both readings */
};

static void
reset (PltBurst *self)
{
  *self = (PltBurst) { .text = g_string_truncate (self->text, 0),
                       .us_text = g_string_truncate (self->us_text, 0) };
}

PltBurst *
plt_burst_new (void)
{
  PltBurst *self = g_new0 (PltBurst, 1);

  self->text = g_string_new (NULL);
  self->us_text = g_string_new (NULL);

  return self;
}

void
plt_burst_free (PltBurst *self)
{
  g_string_free (self->text, TRUE);
  g_string_free (self->us_text, TRUE);
  g_free (self);
}

static gboolean
is_control (gunichar character)
{
  return character < 0x20 || character == 0x7F;
}

static gboolean
begins_scan (const PltBurstKey *key)
{
  gunichar character = key->character != 0 ? key->character : key->us_character;

  return !key->repeated && character != 0 && (!is_control (character) || character == STX);
}

/* How fast the keys have come all in all counts as well: a person who types on after six keys that
 * happened to be fast must not wait for the end. */
static gboolean
continues (PltBurst          *self,
           const PltBurstKey *key)
{
  guint32 gap_ms = key->time_ms - self->last_ms;

  return !key->repeated && (key->character != 0 || key->us_character != 0) &&
         gap_ms <= plt_burst_get_patience_ms (self) &&
         (plt_burst_is_certain (self) || key->time_ms - self->first_ms <= FAST_MS * self->n_keys);
}

static void
take_key (PltBurst          *self,
          const PltBurstKey *key)
{
  gunichar character = key->us_character != 0 ? key->us_character : key->character;

  if (self->n_keys == 0)
    self->first_ms = key->time_ms;
  self->last_ms = key->time_ms;
  self->framed = self->framed || (self->n_keys == 0 && character == STX);
  self->control_last = is_control (character);
  if (!self->control_last)
    {
      self->control_inside = self->control_inside || (self->n_keys > self->n_characters + self->framed);
      self->n_characters++;
      self->lower = self->lower || (g_unichar_islower (character) &&
                                    (key->character == 0 || g_unichar_islower (key->character)));
    }
  self->n_keys++;
  if (self->n_keys > PLT_BURST_MOST_CHARACTERS)
    return;
  g_string_append_unichar (self->text, key->character != 0 ? key->character : key->us_character);
  g_string_append_unichar (self->us_text, character);
}

/**
 * plt_burst_press:
 * @key: the key that went down
 *
 * Keys must be told in the order of their time. Modifiers alone are no keys here.
 */
PltBurstAnswer
plt_burst_press (PltBurst          *self,
                 const PltBurstKey *key)
{
  if (self->n_keys > 0)
    {
      if (!continues (self, key))
        return PLT_BURST_OVER;
    }
  else if (!begins_scan (key))
    return PLT_BURST_PASSED;
  take_key (self, key);

  return PLT_BURST_HELD;
}

gboolean
plt_burst_is_empty (PltBurst *self)
{
  return self->n_keys == 0;
}

/* Whether what is held will be a scan whatever comes now: the keys themselves are needed no more. */
gboolean
plt_burst_is_certain (PltBurst *self)
{
  return self->n_keys >= CERTAIN_KEYS && self->n_characters >= FEWEST_CHARACTERS &&
         (self->control_inside || self->framed || self->n_characters >= LONG_TEXT);
}

/* Returns: how long to wait for the next key before plt_burst_finish(), in milliseconds */
guint
plt_burst_get_patience_ms (PltBurst *self)
{
  if (self->n_keys < CERTAIN_KEYS)
    return FAST_MS;

  return plt_burst_is_certain (self) ? CERTAIN_PAUSE_MS : PAUSE_MS;
}

static gboolean
is_scan (PltBurst *self)
{
  if (self->n_keys < CERTAIN_KEYS || self->n_characters < FEWEST_CHARACTERS)
    return FALSE;

  return plt_burst_is_certain (self) || self->control_last ||
         (self->n_characters >= LONG_CODE && !self->lower);
}

/**
 * plt_burst_finish:
 * @scan: (out): what was scanned, if %TRUE is returned
 *
 * No key came in time, or one that does not belong to it. What comes now begins anew.
 *
 * Returns: %FALSE when a person typed what was held
 */
gboolean
plt_burst_finish (PltBurst     *self,
                  PltBurstText *scan)
{
  gboolean found = is_scan (self);

  if (found)
    *scan = (PltBurstText) { g_strdup (self->text->str), g_strdup (self->us_text->str) };
  reset (self);

  return found;
}

/**
 * plt_burst_get_us_character:
 * @keycode: as the kernel numbers keys, and 8
 *
 * Returns: what the key gives on a North American keyboard; 0 if it has no character there
 */
gunichar
plt_burst_get_us_character (guint    keycode,
                            gboolean shift)
{
  static const struct { guint first; const char *plain, *shifted; } rows[] = {
    { 10, "1234567890-=", "!@#$%^&*()_+" },
    { 24, "qwertyuiop[]", "QWERTYUIOP{}" },
    { 38, "asdfghjkl;'`", "ASDFGHJKL:\"~" },
    { 51, "\\zxcvbnm,./", "|ZXCVBNM<>?" },
    { 65, " ", " " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gsize length = 0;

      while (rows[i].plain[length] != '\0')
        length++;
      if (keycode >= rows[i].first && keycode < rows[i].first + length)
        return (guchar) (shift ? rows[i].shifted : rows[i].plain)[keycode - rows[i].first];
    }

  return 0;
}

void
plt_burst_text_clear (PltBurstText *text)
{
  g_clear_pointer (&text->text, g_free);
  g_clear_pointer (&text->us_text, g_free);
}
