/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opens the journals of whoever is signed in here. Their key lies in the database alone and is asked for
 * once a session: the machine's disk says nothing without it. */
#pragma once

#include "plt-journal.h"
#include "plt-office.h"

G_BEGIN_DECLS

void        plt_office_open_journal_async   (PltOffice            *self,
                                             const char           *number,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
PltJournal *plt_office_open_journal_finish  (PltOffice            *self,
                                             GAsyncResult         *result,
                                             GError              **error);
/* The applications in which this person typed here when the program, the machine or the session ended
 * without being asked to; the last one first. */
void        plt_office_list_broken_async    (PltOffice            *self,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
char      **plt_office_list_broken_finish   (PltOffice            *self,
                                             GAsyncResult         *result,
                                             GError              **error);

G_END_DECLS
