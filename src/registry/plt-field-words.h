/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words that a field can have and no others, for the values that come and for the tables that give
 * them. */
#pragma once

#include "plt-adapter-reader.h"
#include "plt-registry-adapter.h"

G_BEGIN_DECLS

/* What a registry may say in place of every code. */
#define PLT_FIELD_WORD_ALL "ALL"

gboolean plt_field_words_has         (PltFieldKind      kind,
                                      const char       *value);
void     plt_field_words_check_table (PltFieldKind      kind,
                                      PltAdapterObject *object,
                                      GHashTable       *table);

G_END_DECLS
