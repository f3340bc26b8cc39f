/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The money: what an application costs, payments and their receipts, drawers, and the rules behind them. The database
 * keeps the books and decides who may. Amounts are typed as people write them, “45” or “45.50”; answers have them as
 * whole numbers of the currency's smallest unit, and in words. */
#pragma once

#include "plt-office.h"

G_BEGIN_DECLS

/* What is done, and the words that it takes, in their order; [] may be NULL. */
typedef enum
{
  PLT_FEE_QUOTE,    /* application */
  PLT_FEE_ESTIMATE, /* kind, [cause], [categories], [born], [licence ends], [proofs], [day] */
  PLT_FEE_PAY,      /* application, key, cash|card|bank, [amount], [reference], [handed over], [language] */
  PLT_FEE_FIND,     /* key of a payment */
  PLT_FEE_PROOF,    /* application, proof, true|false, what was seen */
  PLT_FEE_WAIVE,    /* application, [amount], why: a proposal */
  PLT_FEE_VOID,     /* receipt, why: a proposal */
  PLT_FEE_REFUND,   /* receipt, [amount], [cash|card|bank], [reference], why: a proposal */
  PLT_FEE_APPROVE,  /* number of a colleague's proposal */
  PLT_FEE_REFUSE,   /* number of the proposal */
  PLT_FEE_LIST,     /* [application] */
  PLT_FEE_RECEIPT,  /* number, [language]: see plt-fee-receipt.h */
  PLT_FEE_CHECK,    /* what a receipt's code carries */
  PLT_FEE_SHIFT_OPEN,    /* float */
  PLT_FEE_SHIFT_COUNT,   /* coins and notes “50=3 2=11”, [why it differs], [shift] */
  PLT_FEE_SHIFT_CLOSE,   /* shift */
  PLT_FEE_SHIFT_RECOUNT, /* shift, why */
  PLT_FEE_SHIFT_SHOW,    /* [shift] */
  PLT_FEE_RULES,         /* true|false: also those of before */
  PLT_FEE_RULE_PROPOSE,  /* JSON, why */
  PLT_FEE_RULE_PREVIEW,  /* rule, days */
  PLT_FEE_RULE_APPROVE,  /* rule */
  PLT_FEE_RULE_REFUSE,   /* rule */
  PLT_FEE_REPORT,        /* [from], [to], [day|shift|kind|method|rule] */
  PLT_FEE_RECONCILE,     /* [from], [to] */
  PLT_FEE_CURRENCY,      /* ISO 4217, [coins and notes] */
} PltFeeAct;

void   plt_fees_act_async  (PltOffice            *office,
                            PltFeeAct             act,
                            const char *const    *words,
                            GCancellable         *cancellable,
                            GAsyncReadyCallback   callback,
                            gpointer              user_data);
/* Returns: (transfer full): JSON for people */
char  *plt_fees_act_finish (GAsyncResult         *result,
                            GError              **error);

G_END_DECLS
