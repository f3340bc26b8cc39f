/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was typed or scanned into the command bar, and where it leads. */
#pragma once

#include "plt-application.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_COMMAND_NOTHING,     /* empty */
  PLT_COMMAND_LOOK_UP,     /* an ID number */
  PLT_COMMAND_START,       /* a transaction code with an ID number; type says which */
  PLT_COMMAND_APPLICATION, /* an application's number */
  PLT_COMMAND_CARD,        /* a card's number or a blank's serial */
  PLT_COMMAND_SCAN,        /* the whole text of a card's QR code */
  PLT_COMMAND_PREPARED,    /* the code of an application prepared at home, or an address that ends in it */
  PLT_COMMAND_VERIFY,      /* the transaction code VER: what stands behind it, or nothing yet */
  PLT_COMMAND_FIND,        /* anything else: a name or the beginning of a number */
} PltCommandKind;

typedef struct
{
  PltCommandKind      kind;
  PltApplicationType  type;
  char               *key; /* normalised: numbers without spaces, in capitals */
} PltCommand;

gboolean plt_command_parse (const char  *text,
                            PltCommand  *command,
                            GError     **error);
void     plt_command_clear (PltCommand  *command);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PltCommand, plt_command_clear)

G_END_DECLS
