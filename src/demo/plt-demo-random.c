/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Repeatable numbers (SplitMix64) for made-up people, kernel randomness for real secrets. */
#include "plt-demo-random.h"

#include <sys/random.h>

/* SplitMix64 (Steele, Lea, Flood 2014): any start state gives a good stream, so every citizen
 * can have an own one and be drawn alone. */
static guint64
mix (guint64 z)
{
  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94D049BB133111EB);

  return z ^ (z >> 31);
}

PltDemoRandom
plt_demo_random_new (guint64 seed,
                     guint64 stream)
{
  return (PltDemoRandom) { mix (seed * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15) + 1) ^
                           mix (stream + G_GUINT64_CONSTANT (0xD1B54A32D192ED03)) };
}

guint64
plt_demo_random_next (PltDemoRandom *self)
{
  self->state += G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);

  return mix (self->state);
}

/* Returns: from @from up to and with @to. */
int
plt_demo_random_range (PltDemoRandom *self,
                       int            from,
                       int            to)
{
  g_assert (from <= to);

  return from + (int) (plt_demo_random_next (self) % (guint64) ((gint64) to - from + 1));
}

/* Returns: 0 up to but without 1. */
double
plt_demo_random_unit (PltDemoRandom *self)
{
  return (double) (plt_demo_random_next (self) >> 11) / 9007199254740992.0;
}

gboolean
plt_demo_random_chance (PltDemoRandom *self,
                        double         probability)
{
  return plt_demo_random_unit (self) < probability;
}

char *
plt_demo_random_secret (gsize n_bytes)
{
  g_autofree guint8 *bytes = g_malloc (n_bytes);
  gsize done = 0;

  while (done < n_bytes)
    {
      ssize_t got = getrandom (bytes + done, n_bytes - done, 0);

      if (got > 0)
        done += (gsize) got;
    }

  g_autofree char *text = g_base64_encode (bytes, n_bytes);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  for (char *end = text; *end != '\0'; end++)
    if (*end == '=')
      *end = '\0';

  return g_steal_pointer (&text);
}
