/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a clerk must see about a citizen before anything else. Pure: no widgets, no clock. */
#pragma once

#include <gio/gio.h>

#include "plt-date.h"
#include "plt-source-answer.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean  stops; /* the person cannot be given a licence as things are; else: look at it */
  char     *text;  /* one translated sentence */
} PltPersonAlert;

GPtrArray  *plt_person_alerts_list  (PltSourceAnswer *answers[PLT_N_SOURCES],
                                     GArray          *differences,
                                     GListModel      *fields,
                                     PltDate          today);
void        plt_person_alerts_add   (GPtrArray       *alerts,
                                     GListModel      *duplicates);

G_END_DECLS
