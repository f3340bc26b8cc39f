/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of tests/vectors, and a licence for tests that need any. */
#pragma once

#include "plt-licence-data.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonObject     *iso_vectors_load    (const char *name);
JsonObject     *iso_vectors_find    (JsonObject *vectors,
                                     const char *id);
GBytes         *iso_vector_bytes    (const char *id,
                                     const char *member);
PltLicenceData *iso_example_licence (void);
PltDate         iso_date            (const char *iso);

G_END_DECLS
