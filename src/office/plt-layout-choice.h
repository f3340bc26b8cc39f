/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why the card of an application gets its layout and version, and no other: sentences of the database, which chooses. */
#pragma once

#include "plt-office.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_LAYOUT_CHOICE_CARD,    /* "card": keeps that with which it was drawn */
  PLT_LAYOUT_CHOICE_RULE,    /* "rule" */
  PLT_LAYOUT_CHOICE_VERSION, /* "version" */
} PltLayoutChoiceWhat;

typedef struct
{
  PltLayoutChoiceWhat  what;
  gboolean             chosen; /* decides; the others say why they do not */
  char                *text;   /* a sentence in the reader's language */
  char                *reason; /* what a person gave as reason when it was proposed or decided; NULL: none */
} PltLayoutChoice;

void        plt_layout_choice_read_async  (PltOffice            *office,
                                           gint64                application,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
GPtrArray  *plt_layout_choice_read_finish (GAsyncResult         *result,
                                           GError              **error);

G_END_DECLS
