/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In which order the elements of a page are drawn into a file: what is the same on every card first, as far
 * as it neither lies on nor under what differs. Each change between the two costs every card a picture in
 * its file. Private to this folder. */
#pragma once

#include "plt-layout.h"

G_BEGIN_DECLS

/* (transfer full) (element-type guint): each element of the page once, by its number */
GArray *plt_card_order_find (PltLayout *layout,
                             guint      page);

G_END_DECLS
