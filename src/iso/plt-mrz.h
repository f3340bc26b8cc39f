/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one-line, thirty-character machine-readable zone of a licence: the French
 * manner, and the Dutch manner for a chip profile. */
#pragma once

#include "plt-iso-error.h"
#include "plt-licence-data.h"

G_BEGIN_DECLS

#define PLT_MRZ_LENGTH 30

int       plt_mrz_check_digit    (const char      *text,
                                  gssize           length);
char     *plt_mrz_transliterate  (const char      *name,
                                  GError         **error);
char     *plt_mrz_build_fr       (PltLicenceData  *data,
                                  GError         **error);
char     *plt_mrz_build_nl       (PltLicenceData  *data,
                                  const char      *random13,
                                  GError         **error);
gboolean  plt_mrz_verify         (const char      *line,
                                  GError         **error);

G_END_DECLS
