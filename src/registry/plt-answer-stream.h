/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gets rid of an answer's stream without waiting for it. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Hangs up unless all has been read. */
void  plt_answer_stream_close  (GInputStream *stream);
/* Reads what is left away first, if it is little and comes soon, so that the connection is kept. */
void  plt_answer_stream_drain  (GInputStream *stream);

G_END_DECLS
