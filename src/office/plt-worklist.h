/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The office's applications as a live list model of PltLicenceApplication: filtered and sorted in
 * the database, updated row by row as other desks work. */
#pragma once

#include <gio/gio.h>

#include "plt-application.h"
#include "plt-office.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_WORKLIST_STATE_LOADING,
  PLT_WORKLIST_STATE_READY,
  PLT_WORKLIST_STATE_FAILED, /* "error" says why; it loads again by itself when it can */
} PltWorklistState;

#define PLT_TYPE_WORKLIST (plt_worklist_get_type ())
G_DECLARE_FINAL_TYPE (PltWorklist, plt_worklist, PLT, WORKLIST, GObject)

/* Implements GListModel. Properties: "state", "error" (sentence or NULL), "more" (bool: longer
 * than the page that is shown). @states: bit mask of 1 << PltApplicationState, 0 for all.
 * @text: number, ID number or name prefix, or NULL. Newest change first. */
PltWorklist     *plt_worklist_new        (PltOffice   *office,
                                          guint        states,
                                          const char  *text);
void             plt_worklist_set_filter (PltWorklist *self,
                                          guint        states,
                                          const char  *text);
void             plt_worklist_load_more  (PltWorklist *self);
PltWorklistState plt_worklist_get_state  (PltWorklist *self);
const char      *plt_worklist_get_error  (PltWorklist *self);

/* For commands: loads once and calls back when READY or FAILED. */
void             plt_worklist_load_async (PltWorklist *self, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data);
gboolean         plt_worklist_load_finish(PltWorklist *self, GAsyncResult *result, GError **error);

G_END_DECLS
