/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zlib streams (RFC 1950) of small bounded size. Private to this folder. */
#pragma once

#include "plt-iso-error.h"

G_BEGIN_DECLS

GBytes   *plt_deflate           (GBytes  *bytes);
GBytes   *plt_deflate_soon      (GBytes  *bytes);
gboolean  plt_deflate_is_stored (GBytes  *stream);
GBytes   *plt_inflate           (GBytes  *stream,
                                 gsize    limit,
                                 GError **error);

G_END_DECLS
