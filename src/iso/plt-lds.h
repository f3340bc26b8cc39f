/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ISO/IEC 18013-2 logical data structure, standard encoding: EF.COM, DG1, EF.SOD, and the signed
 * "U1" payload of the card's PDF417. */
#pragma once

#include "plt-issuer-key.h"
#include "plt-licence-data.h"

G_BEGIN_DECLS

GBytes         *plt_lds_build_dg1     (PltLicenceData  *data,
                                       GError         **error);
PltLicenceData *plt_lds_read_dg1      (GBytes          *dg1,
                                       GError         **error);
char           *plt_lds_fit_name      (const char      *name);
GBytes         *plt_lds_build_com     (const guint8    *tags,
                                       gsize            n_tags);
GBytes         *plt_lds_build_u1      (PltLicenceData  *data,
                                       PltIssuerKey    *key,
                                       GError         **error);
PltLicenceData *plt_lds_read_u1       (GBytes          *payload,
                                       PltIssuerKey    *key,
                                       GError         **error);

typedef struct
{
  guint8  number; /* of the data group: 1 … 14 */
  GBytes *bytes;  /* the whole file from its tag on */
} PltLdsGroup;

GBytes         *plt_lds_build_sod     (const PltLdsGroup  *groups,
                                       gsize               n_groups,
                                       PltIssuerKey       *key,
                                       GError            **error);
gboolean        plt_lds_verify_sod    (GBytes             *sod,
                                       const PltLdsGroup  *groups,
                                       gsize               n_groups,
                                       PltIssuerKey       *key,
                                       GError            **error);

/* Refuses by name, PLT_ISO_ERROR_UNCONFIRMED: the compact encoding needs the standard's text. */
GBytes         *plt_lds_build_compact (PltLicenceData  *data,
                                       GError         **error);

G_END_DECLS
