/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads what is to be verified: a file of any form, a folder of a chip's files, or a picture of a card with all
 * the codes on it. Blocks: belongs into a worker thread. */
#pragma once

#include <gio/gio.h>

#include "plt-verify.h"

G_BEGIN_DECLS

/* Both: (transfer full) (element-type PltVerifyFinding), at least one. */
GPtrArray *plt_verify_input_read_file  (const char     *path,
                                        gboolean        is_picture,
                                        PltVerifyKeys  *keys,
                                        GCancellable   *cancellable,
                                        GError        **error);
GPtrArray *plt_verify_input_read_bytes (GBytes         *bytes,
                                        gboolean        is_picture,
                                        PltVerifyKeys  *keys,
                                        GCancellable   *cancellable,
                                        GError        **error);

G_END_DECLS
