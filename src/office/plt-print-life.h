/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether what the print server says of a card's job can be believed: see plt-print-witness.h. */
#pragma once

#include "plt-office-private.h"
#include "plt-store-cards.h"

G_BEGIN_DECLS

/* Keeps in the database that the document of @card leaves now for @destination, with the witnesses that stand in the
 * print server and in those behind it. */
void      plt_print_life_begin_async  (PltOffice            *office,
                                       gint64                card,
                                       const char           *destination,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean  plt_print_life_begin_finish (PltOffice            *office,
                                       GAsyncResult         *result,
                                       GError              **error);

typedef struct
{
  gboolean       left; /* the document of the card, ever */
  PltPrintLife   life; /* whether the print server lives since then */
  PltStoreJobEnd end;  /* how its job was seen to end, before it was taken away from there */
} PltPrintKnown;

/* After the job was looked at. */
void      plt_print_life_ask_async    (PltOffice            *office,
                                       gint64                card,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean  plt_print_life_ask_finish   (PltOffice            *office,
                                       GAsyncResult         *result,
                                       PltPrintKnown        *known,
                                       GError              **error);

G_END_DECLS
