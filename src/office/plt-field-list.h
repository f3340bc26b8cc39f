/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps a shown list of reconciled fields up to date without disturbing rows that stay the same. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* @list, @fields: of PltReconciledField */
void plt_field_list_update (GListStore *list,
                            GPtrArray  *fields);

G_END_DECLS
