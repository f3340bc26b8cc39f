/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands of platen-demo. Each takes its own arguments without its name, and returns FALSE
 * with a sentence when it could not do what was asked. */
#pragma once

#include "plt-demo-box.h"

G_BEGIN_DECLS

#define PLT_DEMO_NOT_GIVEN G_MININT

typedef struct
{
  int n_citizens; /* PLT_DEMO_NOT_GIVEN, or as typed */
  int n_drivers;  /* the same, as in the next ones */
  int n_infringements;
  gint64 seed;
  int n_threads;
  double anomalies;
  char **anomaly; /* NULL: not given */
  char *today;
  gboolean fresh;
  gboolean no_fees;
  gboolean json;
  char *output;
  char *scheduler;  /* NULL: not given */
  int n_instances; /* PLT_DEMO_NOT_GIVEN, or as typed */
  int at;           /* PLT_DEMO_NOT_GIVEN, or as typed */
  double chance;    /* negative: not given */
  int port;
} PltDemoOptions;

typedef gboolean (* PltDemoCommand) (PltDemoBox           *box,
                                     const PltDemoOptions *options,
                                     char                **arguments,
                                     GError              **error);

gboolean plt_demo_command_up             (PltDemoBox *box, const PltDemoOptions *options,
                                          char **arguments, GError **error);
gboolean plt_demo_command_down           (PltDemoBox *box, const PltDemoOptions *options,
                                          char **arguments, GError **error);
gboolean plt_demo_command_status         (PltDemoBox *box, const PltDemoOptions *options,
                                          char **arguments, GError **error);
gboolean plt_demo_command_generate       (PltDemoBox *box, const PltDemoOptions *options,
                                          char **arguments, GError **error);
gboolean plt_demo_command_people         (PltDemoBox *box, const PltDemoOptions *options,
                                          char **arguments, GError **error);
gboolean plt_demo_command_totp           (PltDemoBox *box, const PltDemoOptions *options,
                                          char **arguments, GError **error);
gboolean plt_demo_command_env            (PltDemoBox *box, const PltDemoOptions *options,
                                          char **arguments, GError **error);
gboolean plt_demo_command_registry_fault (PltDemoBox *box, const PltDemoOptions *options,
                                          char **arguments, GError **error);
gboolean plt_demo_command_serve          (PltDemoBox *box, const PltDemoOptions *options,
                                          char **arguments, GError **error);
gboolean plt_demo_command_printer        (PltDemoBox *box, const PltDemoOptions *options,
                                          char **arguments, GError **error);
gboolean plt_demo_command_serve_printer  (PltDemoBox *box, const PltDemoOptions *options,
                                          char **arguments, GError **error);
gboolean plt_demo_command_portrait       (PltDemoBox *box, const PltDemoOptions *options,
                                          char **arguments, GError **error);
gboolean plt_demo_command_signature      (PltDemoBox *box, const PltDemoOptions *options,
                                          char **arguments, GError **error);
gboolean plt_demo_command_printer_fault  (PltDemoBox *box, const PltDemoOptions *options,
                                          char **arguments, GError **error);
gboolean plt_demo_command_printer_power  (PltDemoBox *box, const PltDemoOptions *options,
                                          char **arguments, GError **error);
gboolean plt_demo_command_printed        (PltDemoBox *box, const PltDemoOptions *options,
                                          char **arguments, GError **error);

G_END_DECLS
