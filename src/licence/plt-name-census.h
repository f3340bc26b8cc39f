/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How common names and places of birth are among many records: two people called Novak say less
 * than two called Quarholm, and a spelling that nobody else has is a slip. Takes four megabytes,
 * however many records there are. */
#pragma once

#include "plt-person-record.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_CENSUS_FAMILY_NAME,
  PLT_CENSUS_GIVEN_NAME, /* each of them by itself */
  PLT_CENSUS_BIRTH_PLACE,
  PLT_N_CENSUSES,
} PltCensusOf;

typedef struct _PltNameCensus PltNameCensus;

PltNameCensus *plt_name_census_new     (void);
void           plt_name_census_free    (PltNameCensus   *self);
void           plt_name_census_count   (PltNameCensus   *self,
                                        PltPersonRecord *record);
/* From 0 to 1; @self may be NULL for nothing known, and then it is negative. */
double         plt_name_census_share   (PltNameCensus   *self,
                                        PltCensusOf      of,
                                        const char      *name);
gboolean       plt_name_census_is_slip (PltNameCensus   *self,
                                        PltCensusOf      of,
                                        const char      *name,
                                        const char      *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltNameCensus, plt_name_census_free)

G_END_DECLS
