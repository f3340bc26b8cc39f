/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by the device and the way of its card. */
#pragma once

#include "plt-demo-device.h"

G_BEGIN_DECLS

typedef enum
{
  PHASE_WAIT,  /* nothing fed yet: a job that is cancelled now costs no card */
  PHASE_FRONT,
  PHASE_BACK,
  PHASE_OUT,
} PltDemoPhase;

struct _PltDemoDevice
{
  char                    *name;
  char                    *folder;
  PltDemoMachine          *machine;
  PltDemoTroubles         *troubles;
  GPtrArray               *jobs;
  PltDemoJob              *job;     /* (nullable): the one that is worked on */
  int                      n;       /* its number in the journal */
  PltDemoPhase             phase;
  PltDemoTrouble           trouble; /* of this job */
  PltDemoTroubleKind       stuck;   /* JAM or RIBBON_OUT: waits for a person */
  gboolean                 repeated;
  gboolean                 looking;
  guint                    timer;
  guint                    offline_timer;
  gboolean                 is_offline;
  PltDemoDeviceListenFunc  listen;
  gpointer                 listen_data;
};

gint64  plt_demo_device_now        (void);
void    plt_demo_device_go_offline (PltDemoDevice   *self,
                                    guint            seconds);
void    plt_demo_device_remember   (PltDemoDevice   *self);

void    plt_demo_card_begin        (PltDemoDevice   *self,
                                    PltDemoJob      *job);
void    plt_demo_card_feed         (PltDemoDevice   *self);
void    plt_demo_card_end          (PltDemoDevice   *self,
                                    PltDemoJobState  state);
void    plt_demo_card_give_up      (PltDemoDevice   *self);

G_END_DECLS
