/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a registry of the box is to misbehave, as it stands in its control file. */
#pragma once

#include "plt-demo-error.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_DEMO_FAULT_NONE,      /* "none" */
  PLT_DEMO_FAULT_SLOW,      /* "slow:MS": each answer comes so much later */
  PLT_DEMO_FAULT_DOWN,      /* "down": nobody listens */
  PLT_DEMO_FAULT_NONSENSE,  /* "nonsense": a page for people, with status 200 */
  PLT_DEMO_FAULT_TRUNCATED, /* "truncated": half an answer, then the connection is cut */
  PLT_DEMO_FAULT_HUGE,      /* "huge": 100 MB of JSON */
  PLT_DEMO_FAULT_NON_UTF8,  /* "non-utf8": a right answer in ISO 8859-1, called UTF-8 */
  PLT_DEMO_FAULT_REFUSE,    /* "refuse": no credentials are good enough */
} PltDemoFaultKind;

typedef struct
{
  PltDemoFaultKind kind;
  guint            slow_ms;
} PltDemoFault;

gboolean      plt_demo_fault_parse (const char    *text,
                                    PltDemoFault  *fault,
                                    GError       **error);
PltDemoFault  plt_demo_fault_load  (const char    *path);

G_END_DECLS
