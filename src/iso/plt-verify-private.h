/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the readers of plt-verify.h share. Private to this folder. */
#pragma once

#include "plt-byte-writer.h"
#include "plt-category.h"
#include "plt-verify.h"

#include <gnutls/abstract.h>
#include <gnutls/pkcs7.h>
#include <gnutls/x509.h>

G_BEGIN_DECLS

typedef struct
{
  char              *id;       /* (nullable): its name beside a signature */
  PltIssuerKey      *issuer;   /* either this */
  gnutls_pubkey_t    pubkey;   /* or this */
  gnutls_x509_crt_t  crt;      /* (nullable) */
  PltVerifyPurpose   purposes;
  gint64             until;    /* last second of a retired key's signatures; 0: in use */
  gint64             revoked;  /* 0: it is not */
} PltVerifyKey;

/* plt-verify-keys.c */
const PltVerifyKey *plt_verify_keys_find            (PltVerifyKeys           *self,
                                                     const guint8            *id,
                                                     gsize                    length,
                                                     PltVerifyPurpose         purpose);
gboolean            plt_verify_key_verifies         (const PltVerifyKey      *key,
                                                     GBytes                  *data,
                                                     const guint8            *raw,
                                                     gsize                    length);

GPtrArray          *plt_verify_keys_list_roots      (PltVerifyKeys           *self);
GPtrArray          *plt_verify_keys_list_lists      (PltVerifyKeys           *self);
const PltVerifyKey *plt_verify_keys_find_pinned     (PltVerifyKeys           *self,
                                                     gnutls_x509_crt_t        crt);
PltVerifyPurpose    plt_verify_keys_get_stated      (PltVerifyKeys           *self,
                                                     gnutls_x509_crt_t        crt);
gboolean            plt_verify_certificate_verifies (gnutls_x509_crt_t        crt,
                                                     GBytes                  *data,
                                                     const guint8            *raw,
                                                     gsize                    length);

/* plt-verify-chain.c */
void                plt_verify_judge_signer         (PltVerifyFinding        *finding,
                                                     PltVerifyKeys           *keys,
                                                     gnutls_x509_crt_t       *chain,
                                                     guint                    n_chain,
                                                     PltVerifyPurpose         purpose,
                                                     gint64                   signed_at);
void                plt_verify_judge_key            (PltVerifyFinding        *finding,
                                                     PltVerifyKeys           *keys,
                                                     const guint8            *id,
                                                     gsize                    id_length,
                                                     PltVerifyPurpose         purpose,
                                                     GBytes                  *data,
                                                     const guint8            *signature,
                                                     gsize                    length);

/* plt-verify-lists.c */
gboolean            plt_verify_lists_name           (PltVerifyKeys           *keys,
                                                     gnutls_x509_crt_t        crt);
void                plt_verify_lists_tell_age       (PltVerifyFinding        *finding,
                                                     PltVerifyKeys           *keys,
                                                     gnutls_x509_crt_t        crt);

/* plt-verify-keyboard.c */
GBytes             *plt_verify_unpack_keyboard      (gsize                    keyboard,
                                                     const char              *data,
                                                     gsize                    length,
                                                     gboolean                *more);

/* plt-verify-unpack.c: (transfer full) (nullable) */
GBytes             *plt_verify_unpack_base64        (const char              *data,
                                                     gsize                    length);
GBytes             *plt_verify_unpack_latin1        (const char              *data,
                                                     gsize                    length);
GBytes             *plt_verify_unpack_line          (const char              *data,
                                                     gsize                    length);
GBytes             *plt_verify_unpack_small         (const char              *data,
                                                     gsize                    length);
GBytes             *plt_verify_strip_scan           (const char              *data,
                                                     gsize                    length);
gboolean            plt_verify_is_base45            (const char              *data,
                                                     gsize                    length);

/* plt-verify-finding.c */
PltVerifyFinding   *plt_verify_finding_new          (PltVerifyForm            form,
                                                     const char              *what);
void                plt_verify_claim                (PltVerifyFinding        *self,
                                                     PltVerifyField           field,
                                                     const char              *value);
void                plt_verify_claim_date           (PltVerifyFinding        *self,
                                                     PltVerifyField           field,
                                                     PltDate                  date);
void                plt_verify_claim_categories     (PltVerifyFinding        *self,
                                                     GPtrArray               *entries);
void                plt_verify_claim_other          (PltVerifyFinding        *self,
                                                     const char              *title,
                                                     const char              *text);
void                plt_verify_claim_portrait       (PltVerifyFinding        *self,
                                                     const guint8            *data,
                                                     gsize                    length);
void                plt_verify_detail               (PltVerifyFinding        *self,
                                                     const char              *title,
                                                     const char              *format,
                                                     ...) G_GNUC_PRINTF (3, 4);
void                plt_verify_problem              (PltVerifyFinding        *self,
                                                     const char              *format,
                                                     ...) G_GNUC_PRINTF (2, 3);
void                plt_verify_remark               (PltVerifyFinding        *self,
                                                     const char              *format,
                                                     ...) G_GNUC_PRINTF (2, 3);
void                plt_verify_set_days             (PltVerifyFinding        *self,
                                                     PltDate                  from,
                                                     PltDate                  to);
void                plt_verify_set_claimed_days     (PltVerifyFinding        *self);
void                plt_verify_narrow_to_claimed_days (PltVerifyFinding      *self);
char               *plt_verify_format_time          (gint64                   seconds);
char               *plt_verify_latin1               (const guint8            *data,
                                                     gsize                    length);

/* The readers. @bytes: at most PLT_VERIFY_MAX_BYTES. Each adds to @findings, or refuses. */
typedef gboolean (*PltVerifyReader) (GBytes         *bytes,
                                     PltVerifyKeys  *keys,
                                     GPtrArray      *findings,
                                     GError        **error);

gboolean            plt_verify_read_qr              (GBytes                  *bytes,
                                                     PltVerifyKeys           *keys,
                                                     GPtrArray               *findings,
                                                     GError                 **error);
gboolean            plt_verify_read_cose            (GBytes                  *bytes,
                                                     PltVerifyKeys           *keys,
                                                     GPtrArray               *findings,
                                                     GError                 **error);
gboolean            plt_verify_read_u1              (GBytes                  *bytes,
                                                     PltVerifyKeys           *keys,
                                                     GPtrArray               *findings,
                                                     GError                 **error);
gboolean            plt_verify_read_aamva           (GBytes                  *bytes,
                                                     PltVerifyKeys           *keys,
                                                     GPtrArray               *findings,
                                                     GError                 **error);
gboolean            plt_verify_read_zone            (GBytes                  *bytes,
                                                     PltVerifyKeys           *keys,
                                                     GPtrArray               *findings,
                                                     GError                 **error);
gboolean            plt_verify_read_stripe          (GBytes                  *bytes,
                                                     PltVerifyKeys           *keys,
                                                     GPtrArray               *findings,
                                                     GError                 **error);
gboolean            plt_verify_read_mrz             (GBytes                  *bytes,
                                                     PltVerifyKeys           *keys,
                                                     GPtrArray               *findings,
                                                     GError                 **error);
gboolean            plt_verify_read_card_file       (GBytes                  *bytes,
                                                     PltVerifyKeys           *keys,
                                                     GPtrArray               *findings,
                                                     GError                 **error);
gboolean            plt_verify_read_package         (GBytes                  *bytes,
                                                     PltVerifyKeys           *keys,
                                                     GPtrArray               *findings,
                                                     GError                 **error);
gboolean            plt_verify_read_mdoc            (GBytes                  *bytes,
                                                     PltVerifyKeys           *keys,
                                                     GPtrArray               *findings,
                                                     GError                 **error);
gboolean            plt_verify_read_group           (GBytes                  *bytes,
                                                     PltVerifyKeys           *keys,
                                                     GPtrArray               *findings,
                                                     GError                 **error);
gboolean            plt_verify_judge_cms            (PltVerifyFinding        *finding,
                                                     PltVerifyKeys           *keys,
                                                     gnutls_pkcs7_t           p7,
                                                     GBytes                  *message,
                                                     GBytes                  *data,
                                                     PltVerifyPurpose         purpose,
                                                     gint64                   signed_at);
gboolean            plt_verify_read_dg1             (PltVerifyFinding        *finding,
                                                     const guint8            *data,
                                                     gsize                    length);
gboolean            plt_verify_refuse               (GError                 **error,
                                                     const char              *sentence);

G_END_DECLS
