/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says of any machine-readable form of a licence what it is, whether its signature holds and by whom,
 * and what it says. Each form has a reader of its own, written against the standard; nothing here runs a
 * writer backwards. Everything that comes in is somebody else's: sizes are bounded, and what is not
 * understood is refused by name. Blocks for milliseconds: belongs into a worker thread. */
#pragma once

#include "plt-verify-keys.h"

G_BEGIN_DECLS

/* A card file is 60–200 kB; nothing that stands on a card or a chip comes near. */
#define PLT_VERIFY_MAX_BYTES (4 * 1024 * 1024)

typedef enum
{
  PLT_VERIFY_FORM_CARD_FILE, /* PDF/A-3b with PAdES */
  PLT_VERIFY_FORM_QR,        /* claim 169 in COSE_Sign1 */
  PLT_VERIFY_FORM_PDF417,    /* the profile U1: EF.COM, DG1, raw signature */
  PLT_VERIFY_FORM_AAMVA,     /* AAMVA DL/ID; has no signature */
  PLT_VERIFY_FORM_MRZ,       /* one line; has check digits only */
  PLT_VERIFY_FORM_GROUPS,    /* EF.COM, data groups, EF.SOD */
  PLT_VERIFY_FORM_STRIPE,    /* AAMVA, Annex F; has no signature */
  PLT_VERIFY_FORM_MDOC,      /* ISO/IEC 18013-5 IssuerSigned or DeviceResponse */
  PLT_VERIFY_FORM_PACKAGE,   /* ZIP with a signed list, for an encoder or a bureau */
  PLT_N_VERIFY_FORMS,
} PltVerifyForm;

typedef enum
{
  PLT_VERIFY_SEAL_NONE,     /* this form carries no signature: it proves nothing by itself */
  PLT_VERIFY_SEAL_MISSING,  /* it ought to carry one, and what was given does not */
  PLT_VERIFY_SEAL_STRANGER, /* by a key that is not known here: neither genuine nor forged */
  PLT_VERIFY_SEAL_BROKEN,   /* does not fit the data, or its signer had no right to sign this */
  PLT_VERIFY_SEAL_HOLDS,
} PltVerifySeal;

/* What a claim is about, so that it can be compared with the record. */
typedef enum
{
  PLT_VERIFY_FIELD_FAMILY_NAME,
  PLT_VERIFY_FIELD_GIVEN_NAMES,
  PLT_VERIFY_FIELD_BIRTH_DATE,  /* dates: YYYY-MM-DD */
  PLT_VERIFY_FIELD_BIRTH_PLACE,
  PLT_VERIFY_FIELD_SEX,         /* M, F or X */
  PLT_VERIFY_FIELD_NATIONALITY,
  PLT_VERIFY_FIELD_ADDRESS,
  PLT_VERIFY_FIELD_LICENCE_NUMBER,
  PLT_VERIFY_FIELD_DOCUMENT_NUMBER, /* the card's */
  PLT_VERIFY_FIELD_ISSUE_DATE,
  PLT_VERIFY_FIELD_EXPIRY_DATE,
  PLT_VERIFY_FIELD_CATEGORIES,  /* as plt-category.h writes them; of an AAMVA code the codes alone */
  PLT_VERIFY_FIELD_RESTRICTIONS,
  PLT_VERIFY_FIELD_AUTHORITY,
  PLT_VERIFY_FIELD_COUNTRY,
  PLT_VERIFY_FIELD_PORTRAIT,    /* SHA-256 of the picture, hex */
  PLT_VERIFY_FIELD_OTHER,       /* has a title of its own and no counterpart in the record */
} PltVerifyField;

typedef struct
{
  PltVerifyField  field;
  char           *title; /* for people */
  char           *value; /* canonical, to compare */
  char           *text;  /* for people */
} PltVerifyClaim;

/* A technical fact in two words: its name and what it is. */
typedef struct
{
  char *title;
  char *text;
} PltVerifyDetail;

typedef struct
{
  PltVerifyForm  form;
  char          *what;        /* a noun phrase for people */
  PltVerifySeal  seal;
  char          *signer;      /* (nullable): by whom, for people */
  char          *file_sha256; /* (nullable): of a card file, as it was given */
  GPtrArray     *claims;      /* PltVerifyClaim, each field at most once but OTHER */
  GPtrArray     *details;     /* PltVerifyDetail */
  GPtrArray     *problems;    /* char*: what is wrong, each a sentence; then it is not genuine */
  GPtrArray     *remarks;     /* char*: what a person should know, and is no fault */
  gint64         valid_from;  /* Unix seconds as the form itself says; 0: it does not say */
  gint64         valid_until; /* the first second that is too late */
  gboolean       specimen;
  GBytes        *portrait;    /* (nullable) */
} PltVerifyFinding;

GPtrArray            *plt_verify_read               (GBytes                  *bytes,
                                                     PltVerifyKeys           *keys,
                                                     GError                 **error);
GPtrArray            *plt_verify_read_groups        (GPtrArray               *files,
                                                     PltVerifyKeys           *keys,
                                                     GError                 **error);
GPtrArray            *plt_verify_read_package_file  (const char              *path,
                                                     PltVerifyKeys           *keys,
                                                     GError                 **error);
/* (transfer full) (nullable): the bytes that hexadecimal digits stand for. */
GBytes               *plt_verify_unpack_hex         (const char              *data,
                                                     gsize                    length);
gboolean              plt_verify_is_group           (GBytes                  *bytes);
const PltVerifyClaim *plt_verify_finding_get_claim  (const PltVerifyFinding  *self,
                                                     PltVerifyField           field);
gboolean              plt_verify_finding_is_genuine (const PltVerifyFinding  *self);
void                  plt_verify_finding_free       (PltVerifyFinding        *self);
const char           *plt_verify_field_get_title    (PltVerifyField           field);
char                 *plt_verify_field_to_words      (PltVerifyField           field,
                                                     const char              *value);
const char           *plt_verify_form_to_nick       (PltVerifyForm            form);
const char           *plt_verify_seal_to_nick       (PltVerifySeal            seal);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltVerifyFinding, plt_verify_finding_free)

G_END_DECLS
