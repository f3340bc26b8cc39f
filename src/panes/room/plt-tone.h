/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two tones for hands and eyes that are busy: one short and rising, one long, low and broken. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  PLT_TONE_RIGHT,
  PLT_TONE_WRONG,
} PltTone;

/* Without a sound card nothing is heard, and nothing waits: what a tone says stands on the screen, too. The
 * environment's PLATEN_SOUND_SINK is a GStreamer sink other than the one that is found by itself. */
void plt_tone_play (PltTone tone);

G_END_DECLS
