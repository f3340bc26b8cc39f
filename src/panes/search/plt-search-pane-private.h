/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plt-hit-list.h"
#include "plt-lookup.h"
#include "plt-notice.h"
#include "plt-person-view.h"
#include "plt-search-pane.h"

G_BEGIN_DECLS

#define PLT_NO_TYPE (-1)

struct _PltSearchPane
{
  AdwBin         parent_instance;

  PltOffice     *office;
  PltLookup     *lookup;       /* NULL until the first one */
  GCancellable  *cancellable;
  int            pending_type; /* what to start once the look-up has ended */
  gboolean       starting;
  gboolean       start_lost;   /* nobody knows yet whether it was started */

  GtkEditable   *entry;
  PltNotice     *notice;
  GtkStack      *stack;
  PltPersonView *person;
  PltHitList    *hits;
  GtkWidget     *back;
  char          *shown;        /* what the entry holds without having been typed */
  gboolean       filling;      /* the entry is emptied on the way to its new text */
};

gboolean               plt_search_pane_is_known        (PltSearchPane      *self);
void                   plt_search_pane_update_actions  (PltSearchPane      *self);

/* plt-search-start.c */
void                   plt_search_pane_expect          (PltSearchPane      *self,
                                                        gboolean            expecting);
PltLicenceApplication *plt_search_pane_find_open       (PltSearchPane      *self);
void                   plt_search_pane_find_lost_start (PltSearchPane      *self);
void                   plt_search_pane_start_when_done (PltSearchPane      *self,
                                                        PltApplicationType  type);
void                   plt_search_pane_start_now       (PltSearchPane      *self);

G_END_DECLS
