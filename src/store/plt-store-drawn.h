/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a card was drawn from, to draw it again and compare. */
#pragma once

#include "plt-store.h"

G_BEGIN_DECLS

typedef struct
{
  char   *number;
  char   *layout;
  int     layout_version;
  char   *layout_digest; /* hex; NULL of a card that was drawn before layouts were approved */
  char   *front_sha256;  /* hex, of the page of the drawing; of cards before upgrade 0049, of its 300 dpi picture */
  char   *back_sha256;
  char   *inputs;        /* JSON, as plt_card_inputs_to_json() wrote it, its members in any order */
  GBytes *pdf417;        /* NULL: none, as below */
  GBytes *portrait;  /* as it was approved */
  GBytes *signature;
  GBytes *fitted_in; /* the card file, where what was drawn is the approved portrait fitted to a card */
} PltStoreDrawnCard;

void               plt_store_drawn_card_free   (PltStoreDrawnCard    *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltStoreDrawnCard, plt_store_drawn_card_free)

void               plt_store_drawn_card_async  (PltStore             *self,
                                                const char           *card_number,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
PltStoreDrawnCard *plt_store_drawn_card_finish (PltStore             *self,
                                                GAsyncResult         *result,
                                                GError              **error);

G_END_DECLS
