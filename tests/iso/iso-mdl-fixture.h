/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An issuer of mobile driving licences for a test, and the holder of vector A. */
#pragma once

#include "plt-mdl.h"
#include "plt-test-mdl-issuer.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct
{
  PltTestMdlIssuer *issuer;
  PltIssuerKey     *signer;
} IsoMdlFixture;

void            iso_mdl_set_up          (IsoMdlFixture      *fixture,
                                         gconstpointer       user_data);
void            iso_mdl_tear_down       (IsoMdlFixture      *fixture,
                                         gconstpointer       user_data);
GBytes         *iso_mdl_get_bytes       (JsonObject         *vector,
                                         const char         *member);
PltLicenceData *iso_mdl_vector_licence  (JsonObject         *vector);
PltLicenceData *iso_mdl_example_licence (void);
PltMdl         *iso_mdl_build_and_read  (PltLicenceData     *data,
                                         PltIssuerKey       *signer,
                                         const PltMdlTerms  *terms);
const char     *iso_mdl_get_text        (PltMdl             *mdl,
                                         const char         *identifier);
void            iso_mdl_set_text        (char              **place,
                                         const char         *text);

G_END_DECLS
