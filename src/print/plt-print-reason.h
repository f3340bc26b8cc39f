/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What printers say of themselves, one thing at a time, in words. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* As the property "severity" of PltPrinter. */
typedef enum
{
  PLT_REASON_NORMAL,
  PLT_REASON_REPORT,
  PLT_REASON_WARNING,
  PLT_REASON_ERROR,
} PltReasonSeverity;

char     *plt_print_reason_describe       (const char         *keyword,
                                           PltReasonSeverity  *severity);

/* plt-print-module.c: a reason of one of the modules of PWG 5100.9, such as "stacker-jam";
 * @keyword: without suffix. NULL: it is none. */
char     *plt_print_module_reason_to_text (const char         *keyword,
                                           PltReasonSeverity  *severity);

/* plt-print-message.c: what printer-state-message tells of trouble; NULL: nothing. @state: as
 * printer-state. */
char     *plt_print_message_to_text       (const char         *message,
                                           int                 state,
                                           PltReasonSeverity  *severity);

G_END_DECLS
