/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the mdoc's reader, which knows nothing of its writer. */
#pragma once

#include "plt-mdl.h"

#include "plt-cbor.h"

G_BEGIN_DECLS

/* What the mobile security object says, its signature verified before. */
typedef struct
{
  GHashTable *digests;      /* "name space\nidentifier" → GBytes */
  int         algorithm;    /* gnutls_digest_algorithm_t */
  char       *doc_type;
  gboolean    has_device_key;
} PltMdlObject;

/* In both, @what is where it went wrong, in the standard's words. */
gboolean  plt_mdl_object_read         (PltMdlObject   *self,
                                       PltMdl         *mdl,
                                       PltCborReader  *payload,
                                       const char    **what,
                                       GError        **error);
void      plt_mdl_object_clear        (PltMdlObject   *self);

gboolean  plt_mdl_elements_read       (PltMdl         *mdl,
                                       const char     *name_space,
                                       const char     *identifier,
                                       PltCborReader  *value);
char    **plt_mdl_elements_list_missing
                                      (PltMdl         *mdl);
void      plt_mdl_elements_fill_empty (PltMdl         *mdl);
gboolean  plt_mdl_take_tdate          (PltCborReader  *reader,
                                       gint64         *seconds);
gboolean  plt_mdl_take_full_date      (PltCborReader  *reader,
                                       PltDate        *date);
char     *plt_mdl_privileges_read     (PltMdl         *mdl,
                                       PltCborReader  *reader);

G_END_DECLS
