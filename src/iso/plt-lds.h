/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ISO/IEC 18013-2 logical data structure, standard encoding: EF.COM, the data groups, EF.SOD, and
 * the signed "U1" payload of the card's PDF417. The whole set at once: plt-lds-files.h. */
#pragma once

#include "plt-issuer-key.h"
#include "plt-licence-data.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_LDS_FORM_ISO, /* ISO/IEC 18013-2 */
  PLT_LDS_FORM_EU,  /* Regulation (EU) 383/2012, Annex I */
} PltLdsForm;

GBytes         *plt_lds_build_com     (const guint8    *tags,
                                       gsize            n_tags);
GBytes         *plt_lds_build_dg1     (PltLicenceData  *data,
                                       GError         **error);
GBytes         *plt_lds_build_dg1_eu  (PltLicenceData  *data,
                                       GError         **error);
GBytes         *plt_lds_build_dg4     (PltLicenceData  *data,
                                       GError         **error);
GBytes         *plt_lds_build_dg5     (PltLicenceData  *data,
                                       GError         **error);
GBytes         *plt_lds_build_dg6     (PltLicenceData  *data,
                                       GError         **error);
gboolean        plt_lds_has_dg11      (PltLicenceData  *data);
GBytes         *plt_lds_build_dg11    (PltLicenceData  *data,
                                       GError         **error);
GBytes         *plt_lds_build_dg12    (const char      *mrz,
                                       GError         **error);
char           *plt_lds_fit_name      (const char      *name);
char           *plt_lds_spell         (const char      *text);

GBytes         *plt_lds_read_com      (GBytes          *com,
                                       GError         **error);
PltLicenceData *plt_lds_read_dg1      (GBytes          *dg1,
                                       GError         **error);
GBytes         *plt_lds_read_dg4      (GBytes          *dg4,
                                       gint64          *taken_at,
                                       GError         **error);
GBytes         *plt_lds_read_dg5      (GBytes          *dg5,
                                       GError         **error);
GBytes         *plt_lds_read_dg6      (GBytes          *dg6,
                                       int             *width,
                                       int             *height,
                                       GError         **error);
gboolean        plt_lds_read_dg11     (GBytes          *dg11,
                                       PltLicenceData  *into,
                                       GError         **error);
char           *plt_lds_read_dg12     (GBytes          *dg12,
                                       GError         **error);

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
