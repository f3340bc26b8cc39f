/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the two files of a verification: what it holds, and how its verdict is found. */
#pragma once

#include "plt-source-answer.h"
#include "plt-store-verify.h"
#include "plt-verification.h"
#include "plt-verify.h"

G_BEGIN_DECLS

struct _PltVerification
{
  GObject parent_instance;

  GPtrArray         *findings; /* PltVerifyFinding */
  PltStoreKnownCard *card;     /* NULL: nobody knows it, or nobody was asked */
  gboolean           asked;    /* the record */
  char              *why_not;  /* why it was not */
  char              *register_trouble; /* why the driver register was not */

  PltVerdict  verdict;
  GPtrArray  *reasons, *remarks;
  GArray     *reason_verdicts; /* PltVerdict, of each reason */
  GListStore *fields, *unsigned_fields;
  GPtrArray  *details;
};

void plt_verification_take_answer (PltVerification  *self,
                                   PltSourceAnswer  *answer);
void plt_verification_judge       (PltVerification  *self);

/* Whether @finding is of a form that has no signature. */
gboolean                plt_verification_is_unsigned      (const PltVerifyFinding  *finding);
/* (nullable): the genuine code beside such a one. */
const PltVerifyFinding *plt_verification_find_signed      (PltVerification         *self,
                                                           const PltVerifyFinding  *finding);
void                    plt_verification_put_signed_first (PltVerification         *self);
/* Adds a detail for each field of @finding. (transfer full) (element-type PltVerifiedField): “recorded” is what
 * @best has. */
GPtrArray              *plt_verification_compare_unsigned (PltVerification         *self,
                                                           const PltVerifyFinding  *finding,
                                                           const PltVerifyFinding  *best);

G_END_DECLS
