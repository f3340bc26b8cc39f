/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Beats in the main loop and tells its longest standstill. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a person at the desk does not notice, in microseconds. An instrumented program is several times
 * slower, and its servers take the same two processors. */
#ifdef __SANITIZE_ADDRESS__
#define PLT_TEST_STANDSTILL_US (500 * 1000)
#else
#define PLT_TEST_STANDSTILL_US (50 * 1000)
#endif

/* A standstill of ours is there in every try, one of a busy machine is not: the best of this many
 * tries counts. */
#define PLT_TEST_HEART_TRIES 3

typedef struct _PltTestHeart PltTestHeart;

PltTestHeart *plt_test_heart_start (void);
gint64        plt_test_heart_stop  (PltTestHeart *self);

G_END_DECLS
