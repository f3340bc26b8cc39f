/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The certificates that this machine trusts. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Reads them in a thread, where nobody waits: the first connection to a registry would read them, two
 * frames long, in the main loop. GIO keeps them from then on. */
void plt_trust_load (void);

G_END_DECLS
