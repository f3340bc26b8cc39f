/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How people, sources, applications and cards are written in the commands' output. */
#pragma once

#include "plt-card.h"
#include "plt-case.h"
#include "plt-ctl.h"
#include "plt-lookup.h"

G_BEGIN_DECLS

typedef void (*PltCtlAddItem) (JsonBuilder *builder,
                               gpointer     item);

PltLookup *plt_ctl_look_up          (PltCtl          *ctl,
                                     const char      *id_number,
                                     GError         **error);
PltCase   *plt_ctl_open_case        (PltCtl          *ctl,
                                     const char      *number,
                                     GError         **error);

void       plt_ctl_add_list         (JsonBuilder     *builder,
                                     const char      *name,
                                     GListModel      *items,
                                     PltCtlAddItem    add_item);
void       plt_ctl_add_answer       (JsonBuilder     *builder,
                                     PltSourceAnswer *answer);
void       plt_ctl_add_field        (JsonBuilder     *builder,
                                     gpointer         field);
void       plt_ctl_add_application  (JsonBuilder     *builder,
                                     gpointer         application);
void       plt_ctl_add_finding      (JsonBuilder     *builder,
                                     gpointer         finding);
void       plt_ctl_add_event        (JsonBuilder     *builder,
                                     gpointer         event);
void       plt_ctl_add_card         (JsonBuilder     *builder,
                                     gpointer         card);

void       plt_ctl_add_case         (JsonBuilder     *builder,
                                     PltCase         *open_case);
void       plt_ctl_print_case       (PltCtl          *ctl,
                                     PltCase         *open_case);
void       plt_ctl_print_card       (PltCtl          *ctl,
                                     PltCard         *card);

G_END_DECLS
