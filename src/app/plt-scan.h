/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a scanner typed somewhere in the window, and where it leads. */
#pragma once

#include "plt-burst.h"
#include "plt-command.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_SCAN_COMMAND,   /* a number or a code that the command bar takes; command says which */
  PLT_SCAN_READ_BACK, /* any other code, and a card in the print room awaits one */
  PLT_SCAN_VERIFY,    /* any other code: what does it say, and who issued it? */
} PltScanKind;

typedef struct
{
  PltScanKind  kind;
  PltCommand   command;
  char        *text;    /* the whole text, control characters and all, without what scanners put around it */
} PltScan;

gboolean plt_scan_route (const PltBurstText *burst,
                         gboolean            card_waits,
                         PltScan            *scan,
                         GError            **error);
void     plt_scan_clear (PltScan            *scan);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PltScan, plt_scan_clear)

G_END_DECLS
