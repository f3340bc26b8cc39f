/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The box's keys, certificates, tokens and passwords; each box makes its own. */
#pragma once

#include "plt-demo-box.h"

G_BEGIN_DECLS

gboolean plt_demo_keys_make (PltDemoBox  *box,
                             GError     **error);

G_END_DECLS
