/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards of an office whose keys are in a token. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @module: see office-token.h */
void production_token_test (gconstpointer module);

G_END_DECLS
