/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plt-adapter-reader.h"
#include "plt-registry-adapter.h"

G_BEGIN_DECLS

PltFieldMapping *plt_field_mapping_new     (PltAdapterObject      *object,
                                            PltField               field,
                                            GHashTable            *codes);
void             plt_field_mappings_read   (PltAdapterObject      *parent,
                                            GPtrArray             *mappings,
                                            GHashTable            *codes);
void             plt_field_mapping_free    (PltFieldMapping       *self);
const char      *plt_field_mapping_look_up (const PltFieldMapping *self,
                                            const char            *code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltFieldMapping, plt_field_mapping_free)

G_END_DECLS
