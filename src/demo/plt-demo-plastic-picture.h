/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person sees who holds a virtual card in the hand. */
#pragma once

#include "plt-demo-machine.h"

G_BEGIN_DECLS

/* Writes front.png and back.png of 300 dpi into @folder, from the document that was printed; a side that was
 * not printed is white. @out: where the documents lie. */
gboolean plt_demo_plastic_draw (const PltDemoPlastic *plastic,
                                const char           *out,
                                const char           *folder,
                                GError              **error);

G_END_DECLS
