/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an adapter file of kind “pre-enrolment” has beside a registry's: what an application is for,
 * and how its status is reported. */
#pragma once

#include <json-glib/json-glib.h>

#include "plt-adapter-reader.h"
#include "plt-answer-value.h"
#include "plt-prepared-application.h"
#include "plt-registry-adapter.h"

G_BEGIN_DECLS

typedef struct _PltPreparedMapping PltPreparedMapping;

PltPreparedMapping     *plt_prepared_mapping_new            (PltAdapterObject    *file,
                                                             PltAdapterObject    *answer,
                                                             GHashTable          *codes);
void                    plt_prepared_mapping_free           (PltPreparedMapping  *self);

PltPreparedApplication *plt_prepared_mapping_decode         (PltPreparedMapping  *self,
                                                             JsonNode            *node,
                                                             const char          *code,
                                                             PltValueFault       *fault,
                                                             const char         **path);

char                   *plt_prepared_mapping_make_report_uri (PltPreparedMapping *self,
                                                             const char          *code);
const char             *plt_prepared_mapping_get_key_header (PltPreparedMapping  *self);
char                   *plt_prepared_mapping_make_body      (PltPreparedMapping  *self,
                                                             const char          *code,
                                                             PltPreparedStatus    status,
                                                             const char          *at);
gboolean                plt_prepared_mapping_is_receipt     (PltPreparedMapping  *self,
                                                             const char          *text,
                                                             gsize                length,
                                                             const char          *code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltPreparedMapping, plt_prepared_mapping_free)

G_END_DECLS
