/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The press's part of personalisation packages. Blocks: belongs into a worker thread. */
#pragma once

#include "plt-package-file.h"
#include "plt-press.h"
#include "plt-store-packages.h"

G_BEGIN_DECLS

gboolean       plt_press_package_wants_data  (const PltStorePackageCard  *card);
gboolean       plt_press_package_is_specimen (const PltStorePackageCard  *card);
PltPackageJob *plt_press_make_package_job    (PltPress                   *self,
                                              const PltStorePackageCard  *card,
                                              PltStoreCardData           *data,
                                              GError                    **error);
GBytes        *plt_press_sign_package        (PltPress                   *self,
                                              const char                 *manifest,
                                              GError                    **error);

G_END_DECLS
