/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Default options of a queue under which a card would come out otherwise than it was drawn. */
#pragma once

#include "plt-print-queue.h"

G_BEGIN_DECLS

/* @names: (nullable) (out caller-allocates): their attributes, to be asked for. Returns: how many */
guint plt_print_habits_list  (const char    **names);
/* Adds sentences, each with its cure. */
void  plt_print_habits_judge (PltPrintQueue  *queue,
                              GStrvBuilder   *refusals);

G_END_DECLS
