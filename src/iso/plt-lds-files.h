/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All files of a licence's chip at once, with their identifiers: for the card file, the package that
 * personalises chips, and whoever wants one of them. */
#pragma once

#include "plt-lds.h"

G_BEGIN_DECLS

/* 0 is EF.COM, 1 … 14 are data groups, PLT_LDS_SOD is EF.SOD. */
#define PLT_LDS_COM 0
#define PLT_LDS_SOD 0x1D

typedef struct
{
  guint       number;     /* as above */
  guint8      tag;        /* 0x61 … of ISO/IEC 18013-2, Annex C */
  guint16     identifier; /* of the file: 0x0001 …, 0x001E, 0x001D */
  guint8      short_identifier;
  const char *name;       /* "dg1.bin", "ef.com", "ef.sod" */
  const char *title;      /* "ISO/IEC 18013-2 data group 1: licence", not translated */
} PltLdsFileKind;

typedef struct
{
  const PltLdsFileKind *kind;
  GBytes               *bytes; /* the whole file from its tag on */
} PltLdsFile;

/* How the set is made; all zero is ISO's form without DG12. */
typedef struct
{
  PltLdsForm  form;
  const char *mrz; /* (nullable): the card's machine-readable line, for DG12 */
} PltLdsProfile;

void                  plt_lds_file_free        (PltLdsFile           *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltLdsFile, plt_lds_file_free)

/* NULL for a number or tag of none. */
const PltLdsFileKind *plt_lds_file_kind        (guint                 number);
const PltLdsFileKind *plt_lds_file_kind_of_tag (guint                 tag);

GBytes               *plt_lds_build_group      (guint                 number,
                                                PltLicenceData       *data,
                                                const PltLdsProfile  *profile,
                                                GError              **error);
void                  plt_lds_refuse_group     (guint                 number,
                                                GError              **error);
GPtrArray            *plt_lds_build_files      (PltLicenceData       *data,
                                                const PltLdsProfile  *profile,
                                                PltIssuerKey         *key,
                                                GError              **error);
GBytes               *plt_lds_find_file        (GPtrArray            *files,
                                                guint                 number);

G_END_DECLS
