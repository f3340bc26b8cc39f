/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The attributes of one queue in an answer, by name. They belong to the answer. */
#pragma once

#include <cups/cups.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  GHashTable *attributes; /* name → ipp_attribute_t */
} PltPrintQueue;

PltPrintQueue   *plt_print_queue_next    (ipp_t            *response,
                                          ipp_attribute_t **position);
void             plt_print_queue_free    (PltPrintQueue    *self);
ipp_attribute_t *plt_print_queue_find    (PltPrintQueue    *self,
                                          const char       *name);
const char      *plt_print_queue_string  (PltPrintQueue    *self,
                                          const char       *name);
int              plt_print_queue_integer (PltPrintQueue    *self,
                                          const char       *name,
                                          int               otherwise);
char           **plt_print_queue_strings (PltPrintQueue    *self,
                                          const char       *name);
gboolean         plt_print_queue_has     (PltPrintQueue    *self,
                                          const char       *name,
                                          const char       *value);
gboolean         plt_print_queue_is_class (PltPrintQueue   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltPrintQueue, plt_print_queue_free)

G_END_DECLS
