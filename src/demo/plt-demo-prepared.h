/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The applications that some of the citizens to try have prepared at home. */
#pragma once

#include "plt-demo-box.h"

G_BEGIN_DECLS

typedef struct
{
  char *code; /* as it is printed: PE-7K3M-9DQ4 */
  char *text; /* what there is to see, in a sentence */
} PltDemoPrepared;

void             plt_demo_prepared_free   (PltDemoPrepared  *self);

/* Makes the service's database anew. */
gboolean         plt_demo_prepared_fill   (PltDemoBox       *box,
                                           GError          **error);

/* (nullable): what this citizen, one of plt_demo_people_list(), has prepared. */
PltDemoPrepared *plt_demo_prepared_find   (const char       *kind,
                                           int               nth);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltDemoPrepared, plt_demo_prepared_free)

G_END_DECLS
