/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Utopia's citizens are called and where they live, by how common it is. */
#pragma once

#include "plt-demo-error.h"
#include "plt-demo-random.h"

G_BEGIN_DECLS

typedef struct _PltDemoNames PltDemoNames;

/* A Latin name and, for citizens of another script, its own form or NULL. (transfer full) */
typedef struct
{
  char *latin;
  char *native;
} PltDemoName;

PltDemoNames *plt_demo_names_new         (GError        **error);
void          plt_demo_names_free        (PltDemoNames   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltDemoNames, plt_demo_names_free)

const char   *plt_demo_names_pick_script (PltDemoNames   *self,
                                          PltDemoRandom  *random);
PltDemoName   plt_demo_names_pick_family (PltDemoNames   *self,
                                          const char     *script,
                                          PltDemoRandom  *random);
PltDemoName   plt_demo_names_pick_given  (PltDemoNames   *self,
                                          const char     *script,
                                          char            sex,
                                          PltDemoRandom  *random);
const char   *plt_demo_names_pick_place  (PltDemoNames   *self,
                                          const char     *kind,
                                          PltDemoRandom  *random);

G_END_DECLS
