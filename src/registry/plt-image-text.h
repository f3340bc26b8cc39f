/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An image as JSON carries it: base64 (RFC 4648, section 4), in one line or several. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GBytes *plt_image_text_decode (const char *text);

G_END_DECLS
