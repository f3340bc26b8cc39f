/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by the files of PltCase: the one that holds and reads, the one that writes, and the one that
 * looks back at a write whose answer was lost. */
#pragma once

#include "plt-case.h"
#include "plt-case-form.h"
#include "plt-case-hold.h"
#include "plt-office-private.h"
#include "plt-store-case.h"

G_BEGIN_DECLS

/* What can be changed here; the steps in the order of PltCaseStep. */
typedef enum
{
  PLT_CASE_CHANGE_NONE,
  PLT_CASE_CHANGE_SUBMIT,
  PLT_CASE_CHANGE_APPROVE,
  PLT_CASE_CHANGE_RETURN,
  PLT_CASE_CHANGE_REJECT,
  PLT_CASE_CHANGE_WITHDRAW,
  PLT_CASE_CHANGE_WAIT,
  PLT_CASE_CHANGE_CONTINUE,
  PLT_CASE_CHANGE_FIELD,
  PLT_CASE_CHANGE_CATEGORIES,
  PLT_CASE_CHANGE_PORTRAIT,
  PLT_CASE_CHANGE_SIGNATURE,
} PltCaseChange;

typedef struct _PltCaseHold PltCaseHold;

struct _PltCase
{
  GObject parent_instance;
  PltOffice *office;
  PltLicenceApplication *application;
  PltSourceAnswer *answers[PLT_N_SOURCES];   /* as recorded; NULL: never asked */
  PltSourceAnswer *live[PLT_N_SOURCES];      /* as heard here, with portraits; NULL: not here */
  GListStore *fields;                        /* PltReconciledField */
  GListStore *findings;                      /* PltFinding */
  GListStore *events;                        /* PltEvent */
  GListStore *cards;                         /* PltCard */
  GPtrArray *form;                           /* PltFormField */
  PltCaseEditor editing;                     /* both are of plt-case-hold.c */
  PltCaseHold *hold;                         /* NULL: nobody was asked */
  guint waits;                               /* bit mask by PltSource */
  GDateTime *waits_since;                    /* NULL: it waits for no registry */
  gboolean waits_as_draft;
  PltPreparedRecord *prepared;               /* NULL: it was not prepared at home */
  gboolean identity_silent;                  /* it did not answer the approver here */
  GBytes *portrait;
  GBytes *signature;
  guint n_writes; /* under way */
  PltCaseChange lost;   /* the change whose answer was lost; NONE: none */
  guint n_events_before; /* how many events stood here when it was sent */
  guint reload_id;
  GCancellable *cancellable;
};

PltCase *plt_case_new          (PltOffice        *office,
                                PltStoreCase     *read);
/* Takes over what was read, and tells it. */
void     plt_case_apply        (PltCase          *self,
                                PltStoreCase     *read);
void     plt_case_set_live     (PltCase          *self,
                                PltSource         source,
                                PltSourceAnswer  *answer);
void     plt_case_begin_write  (PltCase          *self);
void     plt_case_end_write    (PltCase          *self);
/* Reads again soon; several wishes are one reading. */
void     plt_case_reload_soon  (PltCase          *self);

/* plt-case-write.c: stores bytes that were made for it, under the row version that a person saw. */
void     plt_case_store_image_async  (PltCase              *self,
                                      PltCaseImage          image,
                                      GBytes               *bytes,
                                      GBytes               *chip,
                                      int                   row_version,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
gboolean plt_case_store_image_finish (PltCase              *self,
                                      GAsyncResult         *result,
                                      GError              **error);

/* plt-case-form.c: another desk has typed. */
void     plt_case_form_changed (PltCase          *self);
/* plt-case-hold.c: another desk began or ceased to edit, or asks. */
void     plt_case_hold_changed (PltCase          *self);
void     plt_case_hold_clear   (PltCase          *self);

/* plt-case-fate.c: @change was sent and its answer is lost; and, when the case was read again, whether
 * it was made. */
void     plt_case_lose         (PltCase          *self,
                                PltCaseChange     change);
void     plt_case_tell_fate    (PltCase          *self,
                                PltCaseChange     change);

G_END_DECLS
