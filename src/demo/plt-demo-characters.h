/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The citizens to try: the first of every population, each with one thing to see. */
#pragma once

#include "plt-demo-citizen.h"

G_BEGIN_DECLS

int      plt_demo_characters_count          (void);
int      plt_demo_characters_count_drivers  (void);
int      plt_demo_characters_count_offences (void);
gboolean plt_demo_characters_draw           (PltDemoCitizen     *self,
                                             const PltDemoWorld *world,
                                             guint64             index);

G_END_DECLS
