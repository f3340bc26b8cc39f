/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One subscription to all events of a scheduler, read by asking (RFC 3996). It blocks: for the
 * thread of PltPrintWatch. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _PltPrintEvents PltPrintEvents;

/* What has changed since it was last read, each once. */
typedef struct
{
  gboolean    everything; /* anything may have: events were lost, or there was no subscription */
  GHashTable *printers;   /* destinations */
  GHashTable *jobs;       /* GINT_TO_POINTER (job-id) */
} PltPrintChanges;

PltPrintChanges *plt_print_changes_new   (void);
void             plt_print_changes_free  (PltPrintChanges  *self);

PltPrintEvents  *plt_print_events_open   (const char       *address,
                                          GError          **error);
/* FALSE: the subscription or the scheduler is gone. Free it and open another. */
gboolean         plt_print_events_read   (PltPrintEvents   *self,
                                          PltPrintChanges  *changes,
                                          GError          **error);
void             plt_print_events_cancel (PltPrintEvents   *self);
void             plt_print_events_free   (PltPrintEvents   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltPrintChanges, plt_print_changes_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltPrintEvents, plt_print_events_free)

G_END_DECLS
