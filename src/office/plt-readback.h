/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compares, field by field, what the record says with what was read from the plastic. */
#pragma once

#include "plt-aamva.h"
#include "plt-licence-data.h"
#include "plt-production.h"
#include "plt-source.h"

G_BEGIN_DECLS

PltReadbackField *plt_readback_field_new (const char      *title,
                                          const char      *expected,
                                          const char      *found);
/* @found: NULL when the scanned text could not be read at all, which @unreadable then says.
 * Returns: (transfer full) (element-type PltReadbackField) */
GPtrArray        *plt_readback_compare   (PltLicenceData  *recorded,
                                          PltLicenceData  *found,
                                          const GError    *unreadable);
/* The same for the mandatory data of ISO/IEC 18013-2 DG1, which a PDF417 holds. */
GPtrArray        *plt_readback_compare_dg1
                                         (PltLicenceData  *recorded,
                                          PltLicenceData  *found);
/* The same for what an AAMVA barcode holds. */
GPtrArray        *plt_readback_compare_aamva
                                         (const PltAamvaLicence *recorded,
                                          const PltAamvaLicence *found);
gboolean          plt_readback_matches   (GPtrArray       *fields);

G_END_DECLS
