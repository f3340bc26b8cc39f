/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a virtual card printer is to suffer: now, at a card that is named, or by chance; and its speed. Kept
 * in one key file per printer, so that it is the same after a power cut. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  PLT_DEMO_TROUBLE_NONE,
  PLT_DEMO_TROUBLE_FAIL,            /* the job ends aborted, nothing was fed */
  PLT_DEMO_TROUBLE_NO_CARD,         /* completed, and nothing was fed */
  PLT_DEMO_TROUBLE_JAM,             /* stops between front and back; the card is lost */
  PLT_DEMO_TROUBLE_RIBBON_OUT,      /* the ribbon ends between front and back; the card is rejected */
  PLT_DEMO_TROUBLE_DOUBLE_FEED,     /* a second, unprinted blank comes out behind the card */
  PLT_DEMO_TROUBLE_WRONG_HOPPER,    /* the blank is of another kind, with another serial */
  PLT_DEMO_TROUBLE_COLOUR_SHIFT,    /* the picture has other colours */
  PLT_DEMO_TROUBLE_SMEAR,           /* no code can be read */
  PLT_DEMO_TROUBLE_REPEAT,          /* the card comes twice, on two blanks */
  PLT_DEMO_TROUBLE_POWER_CUT,       /* dies between front and back; forgets the job */
  PLT_DEMO_TROUBLE_POWER_CUT_OUT,   /* dies when the card is out and before it has said so */
  PLT_DEMO_TROUBLE_POWER_CUT_AGAIN, /* dies between front and back, and prints it again afterwards */
  PLT_DEMO_TROUBLE_OFFLINE,         /* refuses connections for so many seconds, and prints on */
  PLT_DEMO_TROUBLE_SLOW,            /* each answer comes so many milliseconds later, for this card */
} PltDemoTroubleKind;

typedef struct
{
  PltDemoTroubleKind kind;
  guint              parameter; /* seconds of OFFLINE, milliseconds of SLOW */
} PltDemoTrouble;

typedef struct
{
  GKeyFile *file;
  char     *path;
} PltDemoTroubles;

gboolean         plt_demo_trouble_parse        (const char       *text,
                                                PltDemoTrouble   *trouble,
                                                GError          **error);
/* "" for none. */
const char      *plt_demo_trouble_get_word     (PltDemoTroubleKind kind);
/* (transfer full) all words, for help. */
char            *plt_demo_trouble_list         (void);

PltDemoTroubles *plt_demo_troubles_load        (const char       *path);
void             plt_demo_troubles_free        (PltDemoTroubles  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltDemoTroubles, plt_demo_troubles_free)

/* At card @number, counted from the first that the printer was ever sent. */
gboolean         plt_demo_troubles_plan        (PltDemoTroubles  *self,
                                                guint             number,
                                                const char       *trouble,
                                                GError          **error);
gboolean         plt_demo_troubles_set_chance  (PltDemoTroubles  *self,
                                                const char       *trouble,
                                                double            probability,
                                                gint64            seed,
                                                GError          **error);
gboolean         plt_demo_troubles_read_schedule (PltDemoTroubles *self,
                                                guint             from,
                                                const char       *text,
                                                GError          **error);
/* What card @number suffers. */
PltDemoTrouble   plt_demo_troubles_pick        (PltDemoTroubles  *self,
                                                guint             number);
/* Settings that last: "hold" (keywords), "offline", "slow" (ms), "seconds". NULL: none. */
char            *plt_demo_troubles_dup         (PltDemoTroubles  *self,
                                                const char       *key);
double           plt_demo_troubles_get_number  (PltDemoTroubles  *self,
                                                const char       *key);
gboolean         plt_demo_troubles_set         (PltDemoTroubles  *self,
                                                const char       *key,
                                                const char       *value,
                                                GError          **error);
/* Ends what lasts and what is planned; the speed stays. */
gboolean         plt_demo_troubles_clear       (PltDemoTroubles  *self,
                                                GError          **error);

G_END_DECLS
