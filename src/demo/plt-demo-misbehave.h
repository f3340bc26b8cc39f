/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answers of a registry that is out of order. */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define PLT_DEMO_FLOOD_BYTES (100 * 1000 * 1000)

void plt_demo_misbehave_ramble   (SoupServerMessage *message);
void plt_demo_misbehave_flood    (SoupServerMessage *message);
void plt_demo_misbehave_garble   (SoupServerMessage *message,
                                  const char        *answer);
void plt_demo_misbehave_truncate (SoupServerMessage *message,
                                  const char        *answer);

G_END_DECLS
