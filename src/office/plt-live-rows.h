/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exchanges the rows of a live list for what was read anew, so that nothing moves that need not:
 * rows that stay keep their objects, and only the part between the common beginning and the common
 * end is exchanged, at once. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  gint64 (*get_id) (gpointer row);
  void   (*update) (gpointer row, gpointer newer); /* copies @newer over @row and notifies */
} PltLiveRowsType;

extern const PltLiveRowsType plt_live_rows_applications;
extern const PltLiveRowsType plt_live_rows_cards;

/* @list: whose rows they are; its items-changed is emitted. @rows: (inout): the array behind it.
 * @read: what it shall show. */
void plt_live_rows_replace (GListModel             *list,
                            GPtrArray             **rows,
                            GPtrArray              *read,
                            const PltLiveRowsType  *type);

G_END_DECLS
