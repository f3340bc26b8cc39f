/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pre-enrolment service of the box: gives out applications that were prepared at home, and is
 * told what becomes of them. */
#pragma once

#include "plt-demo-box.h"

G_BEGIN_DECLS

#define PLT_DEMO_PREENROLMENT "preenrolment" /* its nick, database, user and the name of its token */

gboolean plt_demo_preenrolment_serve (PltDemoBox  *box,
                                      guint        port,
                                      GError     **error);

G_END_DECLS
