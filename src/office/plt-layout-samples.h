/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fictitious records on which layouts are tried: the same for a check, a proof sheet and the window. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GPtrArray *plt_layout_samples_read (const char *const  *folders,
                                    GError            **error);

G_END_DECLS
