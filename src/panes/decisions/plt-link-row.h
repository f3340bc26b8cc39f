/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One link of two ID numbers as a row that unfolds to its history. Its buttons activate
 * "links.agree", "links.refuse", "links.part" with the link's number, and "win.look-up". */
#pragma once

#include <gtk/gtk.h>

#include "plt-decision-records.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_LINK_MAY_ASK = 1 << 0,    /* a clerk or supervisor: to take them apart */
  PLT_LINK_MAY_ANSWER = 1 << 1, /* a supervisor other than the one who asked */
} PltLinkMay;

/* @shown: (nullable): the number that is looked at anyway; the row offers to look at the other. */
GtkWidget *plt_link_row_new       (const PltIdLink *link,
                                   const char      *shown,
                                   guint            may);
/* How the link stands, in a sentence or two, with who said so and why. */
char      *plt_link_dup_condition (const PltIdLink *link);

G_END_DECLS
