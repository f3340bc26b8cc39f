/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers that look random and are the same for the same seed, and secrets that are not. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One stream of numbers; on the stack, no cleanup. */
typedef struct
{
  guint64 state;
} PltDemoRandom;

PltDemoRandom plt_demo_random_new     (guint64        seed,
                                       guint64        stream);
guint64       plt_demo_random_next    (PltDemoRandom *self);
int           plt_demo_random_range   (PltDemoRandom *self,
                                       int            from,
                                       int            to);
double        plt_demo_random_unit    (PltDemoRandom *self);
gboolean      plt_demo_random_chance  (PltDemoRandom *self,
                                       double         probability);

/* (transfer full): a secret of @n_bytes from the kernel, in letters, digits, - and _. */
char         *plt_demo_random_secret  (gsize          n_bytes);

G_END_DECLS
