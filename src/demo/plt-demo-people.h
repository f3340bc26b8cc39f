/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The citizens to try, as the registries' databases show them now. */
#pragma once

#include "plt-demo-box.h"

G_BEGIN_DECLS

typedef struct
{
  char       *id_number;
  char       *name;
  const char *kind; /* what the databases show: "renewal", "birth_date" … */
  char       *text; /* the same in a sentence */
} PltDemoPerson;

void       plt_demo_person_free          (PltDemoPerson  *self);

/* (element-type PltDemoPerson) (transfer full). */
GPtrArray *plt_demo_people_list          (PltDemoBox     *box,
                                          GError        **error);
GBytes    *plt_demo_people_draw_portrait (PltDemoBox     *box,
                                          const char     *id_number,
                                          GError        **error);

G_END_DECLS
