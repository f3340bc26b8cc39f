/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The certificates of ISO/IEC 18013-5, Annex B: what a root (IACA) and a document signer must look
 * like, and whether one issued the other. All are DER. */
#pragma once

#include "plt-iso-error.h"

G_BEGIN_DECLS

#define PLT_MDL_SIGNER_PURPOSE "1.0.18013.5.1.2"

/* Table B.1: self-signed for C, CN (and ST, O); at most 20 years; critical keyUsage keyCertSign and
 * cRLSign, critical basicConstraints cA with pathLen 0, subjectKeyIdentifier, issuerAltName,
 * cRLDistributionPoints. */
gboolean plt_mdl_certificates_check_root   (GBytes      *root,
                                            GError     **error);
/* Table B.3: at most 457 days; critical keyUsage digitalSignature, extendedKeyUsage
 * PLT_MDL_SIGNER_PURPOSE alone, subject- and authorityKeyIdentifier, issuerAltName,
 * cRLDistributionPoints, no basicConstraints. */
gboolean plt_mdl_certificates_check_signer (GBytes      *signer,
                                            GError     **error);
/* Both of the above, and that @root issued @signer: names, country and state, key identifiers, times
 * within each other, signatures. @now: Unix seconds at which both must be valid and @signer not on one
 * of @revocation_lists ((element-type GBytes) (nullable), DER or PEM); 0 does not ask for times. */
gboolean plt_mdl_certificates_check_chain  (GBytes      *signer,
                                            GBytes      *root,
                                            GPtrArray   *revocation_lists,
                                            gint64       now,
                                            GError     **error);

G_END_DECLS
