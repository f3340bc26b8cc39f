/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names that a layout may bind, and the words by which a clerk knows them. */
#pragma once

#include "plt-card-inputs.h"

G_BEGIN_DECLS

gboolean    plt_card_field_is_known   (const char     *name);
gboolean    plt_card_field_is_derived (const char     *name);
gboolean    plt_card_field_is_date    (const char     *name);
gboolean    plt_card_field_is_whole   (const char     *name);
const char *plt_card_field_get_words  (const char     *name);
char      **plt_card_field_dup_names  (void);
char       *plt_card_field_dup_value  (const char     *name,
                                       PltCardInputs  *inputs);

G_END_DECLS
