/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells the keys of a barcode scanner in keyboard mode from those of a person, by their speed. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is read of one burst goes no further than this, in characters; the largest code on a card, a
 * PDF417, has 1,800. */
#define PLT_BURST_MOST_CHARACTERS 8192

typedef struct _PltBurst PltBurst;

/* One key that went down. */
typedef struct
{
  guint32  time_ms;      /* the display's own clock, which goes round */
  gunichar character;    /* in the layout in use; a control character for Ctrl with a letter; 0: none */
  gunichar us_character; /* the same on a North American keyboard, as scanners are delivered; 0: none */
  gboolean repeated;     /* it was held down */
} PltBurstKey;

/* @PLT_BURST_PASSED: nothing is held, and no scan begins so: a person's key
 * @PLT_BURST_HELD: it may belong to a scan
 * @PLT_BURST_OVER: it does not belong to what is held: finish that, and then ask about the key again */
typedef enum
{
  PLT_BURST_PASSED,
  PLT_BURST_HELD,
  PLT_BURST_OVER,
} PltBurstAnswer;

/* What a scanner typed, both UTF-8. Where a key has no character in one of the two it is the other's. */
typedef struct
{
  char *text;    /* in the layout in use */
  char *us_text; /* as on a North American keyboard, Caps Lock or not */
} PltBurstText;

PltBurst       *plt_burst_new              (void);
void            plt_burst_free             (PltBurst          *self);
PltBurstAnswer  plt_burst_press            (PltBurst          *self,
                                            const PltBurstKey *key);
gboolean        plt_burst_is_empty         (PltBurst          *self);
gboolean        plt_burst_is_certain       (PltBurst          *self);
guint           plt_burst_get_patience_ms  (PltBurst          *self);
gboolean        plt_burst_finish           (PltBurst          *self,
                                            PltBurstText      *scan);
gunichar        plt_burst_get_us_character (guint              keycode,
                                            gboolean           shift);
void            plt_burst_text_clear       (PltBurstText      *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltBurst, plt_burst_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PltBurstText, plt_burst_text_clear)

G_END_DECLS
