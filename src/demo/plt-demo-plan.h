/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parameters of a population: what people ask for, what a box was filled with. */
#pragma once

#include "plt-demo-commands.h"
#include "plt-demo-world.h"

G_BEGIN_DECLS

typedef struct
{
  int     n_citizens;
  int     n_drivers;
  int     n_infringements;
  gint64  seed;
  PltDate today;
  double  factor;    /* of every usual rate of anomalies */
  GStrv   settings;  /* "KIND=RATE", or NULL */
  int     n_threads;
} PltDemoPlan;

PltDemoPlan *plt_demo_plan_new        (const PltDemoOptions  *options,
                                       GError               **error);
void         plt_demo_plan_free       (PltDemoPlan           *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltDemoPlan, plt_demo_plan_free)

/* First what is to come, and when it has come, what is there. */
gboolean     plt_demo_plan_save       (const PltDemoPlan     *self,
                                       PltDemoBox            *box,
                                       GError               **error);
gboolean     plt_demo_plan_settle     (PltDemoBox            *box,
                                       GError               **error);
gboolean     plt_demo_plan_check      (const PltDemoOptions  *options,
                                       PltDemoBox            *box,
                                       GError               **error);
gboolean     plt_demo_plan_make_world (const PltDemoPlan     *self,
                                       PltDemoNames          *names,
                                       PltDemoWorld          *world,
                                       GError               **error);

G_END_DECLS
