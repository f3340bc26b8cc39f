/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads members of an adapter file and keeps all that is wrong, each by the path of its member and
 * with what would be right. Where something is wrong a call gives an empty value, so that a reader
 * goes on and finds the rest. */
#pragma once

#include <json-glib/json-glib.h>

#include "plt-adapter-fault.h"

G_BEGIN_DECLS

typedef struct
{
  const char *file;   /* for file names in it */
  GPtrArray  *faults; /* PltAdapterFault */
} PltAdapterReader;

typedef struct
{
  PltAdapterReader *reader;
  JsonObject       *object; /* (nullable): empty where there was none */
  char             *path;
} PltAdapterObject;

void             plt_adapter_object_clear    (PltAdapterObject   *self);
gboolean         plt_adapter_object_has      (PltAdapterObject   *self,
                                              const char         *name);
void             plt_adapter_object_allow    (PltAdapterObject   *self,
                                              const char * const *names);
PltAdapterObject plt_adapter_object_open     (PltAdapterObject   *self,
                                              const char         *name);
PltAdapterObject plt_adapter_object_open_element (PltAdapterObject *self,
                                              const char         *name,
                                              JsonArray          *array,
                                              guint               index);
char            *plt_adapter_object_text     (PltAdapterObject   *self,
                                              const char         *name);
char            *plt_adapter_object_pointer  (PltAdapterObject   *self,
                                              const char         *name);
int              plt_adapter_object_int      (PltAdapterObject   *self,
                                              const char         *name,
                                              int                 fallback,
                                              int                 min,
                                              int                 max);
gboolean         plt_adapter_object_boolean  (PltAdapterObject   *self,
                                              const char         *name);
int              plt_adapter_object_word     (PltAdapterObject   *self,
                                              const char         *name,
                                              const char * const *words);
JsonArray       *plt_adapter_object_array    (PltAdapterObject   *self,
                                              const char         *name);
GHashTable      *plt_adapter_object_map      (PltAdapterObject   *self,
                                              const char         *name);
void             plt_adapter_object_fail     (PltAdapterObject   *self,
                                              const char         *name,
                                              const char         *format,
                                              ...) G_GNUC_PRINTF (3, 4);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PltAdapterObject, plt_adapter_object_clear)

G_END_DECLS
