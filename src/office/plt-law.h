/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of law as the database has them: what is in force, what they say of an application,
 * how they change; and the papers that prove what no registry knows. What comes back is JSON text. */
#pragma once

#include "plt-office.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_LAW_LIST,              /* "true" for rules of other days, too */
  PLT_LAW_CHECK,             /* a file of proposed rules or NULL */
  PLT_LAW_EXPLAIN,           /* number of an application */
  PLT_LAW_SIMULATE,          /* a file of proposed rules, how many applications at most */
  PLT_LAW_PROPOSE,           /* a file of proposed rules */
  PLT_LAW_CHANGES,           /* - */
  PLT_LAW_PREVIEW,           /* number of a change, how many applications at most */
  PLT_LAW_APPROVE,           /* number of a change, reason or NULL */
  PLT_LAW_REFUSE,            /* number of a change, reason */
  PLT_LAW_EVIDENCE,          /* number of an application */
  PLT_LAW_EVIDENCE_KINDS,    /* - */
  PLT_LAW_RECORD_EVIDENCE,   /* number of an application, kind, day, authority, reference, JSON */
  PLT_LAW_WITHDRAW_EVIDENCE, /* number of an application, number of the paper, reason */
  PLT_LAW_KEEP_FIT,          /* number of an application */
} PltLawAct;

/* @arguments: as above; the strings are copied. */
void  plt_law_ask_async  (PltOffice            *office,
                          PltLawAct             act,
                          const char * const   *arguments,
                          GCancellable         *cancellable,
                          GAsyncReadyCallback   callback,
                          gpointer              user_data);
char *plt_law_ask_finish (GAsyncResult         *result,
                          GError              **error);

G_END_DECLS
