/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says which keys signed the parts of a card, as the database keeps it. */
#pragma once

#include "plt-issuer-key.h"

G_BEGIN_DECLS

typedef struct
{
  const char   *part; /* file, qr, pdf417, chip or mdl */
  PltIssuerKey *key;  /* NULL: the card has no such part, or nobody signed it */
} PltPressKey;

/* Returns: (transfer full): JSON, for api.card_rendered() */
char *plt_press_keys_to_json (const PltPressKey *keys,
                              guint              n_keys);

G_END_DECLS
