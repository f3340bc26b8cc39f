/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A version of a layout, made from its files. */
#pragma once

#include "plt-layout-versions.h"
#include "plt-layout.h"

G_BEGIN_DECLS

/* (transfer full): @layout as it would be proposed */
PltLayoutVersion *plt_layout_version_new_of (PltLayout *layout);

G_END_DECLS
