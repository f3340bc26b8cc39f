/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds the codes in a picture of a card, as a camera or a flat-bed scanner gives it. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GPtrArray *plt_card_scan (GBytes        *picture,
                          GCancellable  *cancellable,
                          GError       **error);

G_END_DECLS
