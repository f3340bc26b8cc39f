/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The machine-readable zone of a licence: one line of thirty characters in the French manner, or in
 * the Dutch manner for a chip profile; three lines in the manner of older Swiss cards. What a zone
 * says: plt-mrz-fields.h. */
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
/* (transfer full): thirteen characters A–Z and 0–9 of a cryptographic generator, for the above. */
char     *plt_mrz_new_random     (void);
char     *plt_mrz_build_ch       (PltLicenceData  *data,
                                  const char      *blank_number,
                                  char             language,
                                  int              version,
                                  GError         **error);
/* Of the one-line manners. */
gboolean  plt_mrz_verify         (const char      *line,
                                  GError         **error);

G_END_DECLS
