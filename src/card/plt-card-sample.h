/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A fictitious person on whom a layout is tried: a JSON file as those in data/layouts/proof, which
 * hold the hardest names, lists and scripts that a card must bear. */
#pragma once

#include "plt-card-inputs.h"

G_BEGIN_DECLS

#define PLT_TYPE_CARD_SAMPLE (plt_card_sample_get_type ())
G_DECLARE_FINAL_TYPE (PltCardSample, plt_card_sample, PLT, CARD_SAMPLE, GObject)

PltCardSample *plt_card_sample_new_from_file (const char     *path,
                                              GError        **error);
GPtrArray     *plt_card_samples_read         (const char     *folder,
                                              GError        **error);
GPtrArray     *plt_card_samples_read_all     (const char *const *folders,
                                              GError        **error);
const char    *plt_card_sample_get_id        (PltCardSample  *self);
const char    *plt_card_sample_get_title     (PltCardSample  *self);
PltCardInputs *plt_card_sample_get_inputs    (PltCardSample  *self);

G_END_DECLS
