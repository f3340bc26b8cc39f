/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verifies what somebody holds up: reads it in a worker thread, asks the record what the card is worth today, asks the
 * driver register whether the licence is suspended, and gives a verdict. What it could not ask it says. */
#pragma once

#include "plt-office.h"
#include "plt-verified-field.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_VERDICT_VALID,       /* "valid": genuine, as the record has it, and good today */
  PLT_VERDICT_NOT_VALID,   /* "not-valid": genuine, and not good today, or not as the record has it */
  PLT_VERDICT_NOT_GENUINE, /* "not-genuine" */
  PLT_VERDICT_NOT_ASKED,   /* "not-asked": genuine; what it is worth today could not be asked */
  PLT_VERDICT_UNKNOWN,     /* "unknown": it has no signature, or by nobody who is known here */
} PltVerdict;

/* One sentence or fact of a verification's technical part. */
typedef struct
{
  char *section; /* which form it belongs to */
  char *title;
  char *text;
} PltVerifiedDetail;

/* What to verify; the strings are copied. */
typedef struct
{
  const char *path;         /* a file or folder; or */
  GBytes     *bytes;        /* what was scanned, pasted or dropped */
  gboolean    is_picture;   /* of a card, whatever it is called */
  const char *certificates; /* (nullable): a folder to trust instead of the office's own keys */
  gboolean    offline;      /* ask nobody */
} PltVerificationRequest;

#define PLT_TYPE_VERIFICATION (plt_verification_get_type ())
G_DECLARE_FINAL_TYPE (PltVerification, plt_verification, PLT, VERIFICATION, GObject)

/* Fails with PLT_OFFICE_ERROR_INVALID or PLT_ISO_ERROR where it is nothing that can be verified; its sentence says what it
 * is instead. The record being away is no failure. */
void             plt_verification_run_async       (PltOffice                     *office,
                                                   const PltVerificationRequest  *request,
                                                   GCancellable                  *cancellable,
                                                   GAsyncReadyCallback            callback,
                                                   gpointer                       user_data);
PltVerification *plt_verification_run_finish      (GAsyncResult                  *result,
                                                   GError                       **error);

PltVerdict       plt_verification_get_verdict     (PltVerification  *self);
const char      *plt_verdict_to_nick              (PltVerdict        verdict);
const char      *plt_verdict_get_title            (PltVerdict        verdict);
/* What was given, and why the verdict is what it is: sentences, the weightiest first. */
const char      *plt_verification_get_what        (PltVerification  *self);
GPtrArray       *plt_verification_get_reasons     (PltVerification  *self);  /* char* */
/* What the verdict would be by the @index-th reason alone. */
PltVerdict       plt_verification_get_reason_verdict (PltVerification  *self,
                                                      guint             index);
GPtrArray       *plt_verification_get_remarks     (PltVerification  *self);  /* char* */
GListModel      *plt_verification_get_fields      (PltVerification  *self);  /* PltVerifiedField */
/* Where a code without a signature was held up beside one that has it: its fields, and for “recorded” what is signed. */
GListModel      *plt_verification_get_unsigned_fields (PltVerification  *self);
GPtrArray       *plt_verification_get_details     (PltVerification  *self);  /* PltVerifiedDetail */
const char      *plt_verification_get_form        (PltVerification  *self);  /* nick of the first form */
const char      *plt_verification_get_seal        (PltVerification  *self);  /* nick of the weakest signature that counts */
const char      *plt_verification_get_signer      (PltVerification  *self);  /* nullable */
const char      *plt_verification_get_card_number (PltVerification  *self);  /* nullable: known to the record */
const char      *plt_verification_get_standing    (PltVerification  *self);  /* nullable: as plt-store-verify.h */
const char      *plt_verification_get_id_number   (PltVerification  *self);  /* nullable */
GBytes          *plt_verification_get_portrait    (PltVerification  *self);  /* nullable */
gboolean         plt_verification_is_specimen     (PltVerification  *self);

G_END_DECLS
