/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the issuer's keys are for. Each signs one kind of thing and nothing else. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PltKeyPurpose:
 * @PLT_KEY_PURPOSE_DOCUMENT: EF.SOD, the PDF417's profile U1 and mobile licences: a document signer
 *   (ISO/IEC 18013-5, Annex B)
 * @PLT_KEY_PURPOSE_QR: the QR code (CWT claim 169)
 * @PLT_KEY_PURPOSE_PDF: the card file, for the issuer
 * @PLT_KEY_PURPOSE_APPROVAL: the card file, for the second person
 * @PLT_KEY_PURPOSE_AUDIT: what is taken out of the audit log, and manifests
 * @PLT_KEY_PURPOSE_IACA: the root that certifies all of the above and lives elsewhere
 */
typedef enum
{
  PLT_KEY_PURPOSE_DOCUMENT,
  PLT_KEY_PURPOSE_QR,
  PLT_KEY_PURPOSE_PDF,
  PLT_KEY_PURPOSE_APPROVAL,
  PLT_KEY_PURPOSE_AUDIT,
  PLT_KEY_PURPOSE_IACA,
} PltKeyPurpose;

#define PLT_N_KEY_PURPOSES (PLT_KEY_PURPOSE_IACA + 1)

/* "document", "qr", "pdf", "approval", "audit", "iaca". */
const char *plt_key_purpose_to_nick   (PltKeyPurpose   purpose);
gboolean    plt_key_purpose_from_nick (const char     *nick,
                                       PltKeyPurpose  *purpose);
/* For people, e.g. “card files”; translated. */
const char *plt_key_purpose_get_title (PltKeyPurpose   purpose);

G_END_DECLS
