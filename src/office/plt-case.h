/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One application opened at this desk: its row, sources, fields, pictures, findings, cards and
 * history, kept fresh while it is open. Every change is written to the database at once, under the
 * row version that was read; a stale one fails with PLT_OFFICE_ERROR_CONFLICT and overwrites
 * nothing. All _async calls below take (self, …, cancellable, callback, user_data). */
#pragma once

#include <gio/gio.h>

#include "plt-application.h"
#include "plt-card.h"
#include "plt-finding.h"
#include "plt-lookup.h"
#include "plt-office.h"
#include "plt-prepared-application.h"
#include "plt-reconciliation.h"

G_BEGIN_DECLS

#define PLT_TYPE_CASE (plt_case_get_type ())
G_DECLARE_FINAL_TYPE (PltCase, plt_case, PLT, CASE, GObject)

/* Signal "changed": something below was read anew. Property "busy" (a write is under way).
 *
 * A change that fails with PLT_OFFICE_ERROR_UNKNOWN_FATE may have been made or not. The case then says
 * so (plt_case_dup_fate_text()), offers nothing (plt_case_get_can() is 0), and looks by itself when the
 * database is back. Signal "fate-known" (gboolean made, string sentence): now it is known; the case
 * has been read again already. */

typedef enum
{
  PLT_CASE_IMAGE_PORTRAIT,
  PLT_CASE_IMAGE_SIGNATURE,
} PltCaseImage;

/* Starts an application from a finished look-up: its answers are recorded with it. The call is
 * idempotent: the same look-up starts the same type once. @categories: codes, NULL-terminated, or
 * NULL for those held. */
void        plt_case_start_async        (PltOffice            *office,
                                         PltLookup            *lookup,
                                         PltApplicationType    type,
                                         const char * const   *categories,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
/* The same with what it starts from, a JSON object as api.create_application takes it; or NULL. */
void        plt_case_start_from_async   (PltOffice            *office,
                                         PltLookup            *lookup,
                                         PltApplicationType    type,
                                         const char * const   *categories,
                                         const char           *origin,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
PltCase    *plt_case_start_finish       (GAsyncResult         *result,
                                         GError              **error);

/* @number: what people say ("UC-26-000123"). */
void        plt_case_open_async         (PltOffice            *office,
                                         const char           *number,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
PltCase    *plt_case_open_finish        (GAsyncResult         *result,
                                         GError              **error);

PltLicenceApplication *plt_case_get_application (PltCase      *self);
PltSourceAnswer       *plt_case_get_answer      (PltCase      *self,
                                                 PltSource     source);
GListModel            *plt_case_get_fields      (PltCase      *self); /* PltReconciledField */
GListModel            *plt_case_get_findings    (PltCase      *self); /* PltFinding */
GListModel            *plt_case_get_events      (PltCase      *self); /* PltEvent, newest first */
GListModel            *plt_case_get_cards       (PltCase      *self); /* PltCard, newest first */
/* (nullable): NULL unless it was prepared at home. */
const PltPreparedRecord *plt_case_get_prepared  (PltCase      *self);
GBytes                *plt_case_get_image       (PltCase      *self,
                                                 PltCaseImage  image);

/* What this person may do now, by role, state and four eyes; the database decides in the end. */
typedef enum
{
  PLT_CASE_CAN_EDIT = 1 << 0,
  PLT_CASE_CAN_SUBMIT = 1 << 1,
  PLT_CASE_CAN_APPROVE = 1 << 2,
  PLT_CASE_CAN_RETURN = 1 << 3,
  PLT_CASE_CAN_REJECT = 1 << 4,
  PLT_CASE_CAN_WITHDRAW = 1 << 5,
  PLT_CASE_CAN_PRINT = 1 << 6,
  PLT_CASE_CAN_DECIDE = 1 << 7, /* on fields that stop; see plt_case_settle_async() */
  PLT_CASE_CAN_WAIT = 1 << 8,     /* a registry owes an answer */
  PLT_CASE_CAN_CONTINUE = 1 << 9, /* it waits, and can be taken up without the answer */
} PltCaseCan;
PltCaseCan  plt_case_get_can            (PltCase              *self);
/* Why the most expected next step is not possible, in words; NULL if nothing is in the way. */
char       *plt_case_dup_obstacle       (PltCase              *self);

/* Which registries it waits for, as a bit mask by PltSource; 0 when it waits for none. */
guint       plt_case_get_waits          (PltCase              *self);
/* The same in a sentence; NULL when it waits for none. */
char       *plt_case_dup_waits_text     (PltCase              *self);
/* (transfer full): what is missing and what cures it, as text for a printer, lines of at most 72
 * characters, in the reader's language. */
char       *plt_case_dup_slip           (PltCase              *self);

/* What nobody knows yet about the last change, in a sentence; NULL when everything is known. */
char       *plt_case_dup_fate_text      (PltCase              *self);

void        plt_case_reload_async       (PltCase *self, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer user_data);
gboolean    plt_case_reload_finish      (PltCase *self, GAsyncResult *result, GError **error);

/* A person's choice on a field that the sources do not agree on; @reason is required. */
void        plt_case_choose_async       (PltCase *self, PltField field, const char *value,
                                         const char *reason, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer user_data);
gboolean    plt_case_choose_finish      (PltCase *self, GAsyncResult *result, GError **error);

/* Where the sources differ: parked for a supervisor (a clerk, any @value or NULL), decided by one, or
 * the last choice undone. @reason is required but for undoing. */
typedef enum
{
  PLT_CASE_SETTLE_PARK,
  PLT_CASE_SETTLE_DECIDE,
  PLT_CASE_SETTLE_UNDO,
} PltCaseSettle;
void        plt_case_settle_async       (PltCase *self, PltCaseSettle how, PltField field,
                                         const char *value, const char *reason,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer user_data);
gboolean    plt_case_settle_finish      (PltCase *self, GAsyncResult *result, GError **error);

/* @categories: codes, NULL-terminated. */
void        plt_case_set_categories_async  (PltCase *self, const char * const *categories,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer user_data);
gboolean    plt_case_set_categories_finish (PltCase *self, GAsyncResult *result, GError **error);

/* @data: the file as it is; it is checked, cropped and normalised off the main loop. @name is for
 * messages ("photo.jpg"). Use the identity registry's portrait by passing its bytes. */
void        plt_case_set_image_async    (PltCase *self, PltCaseImage image, GBytes *data,
                                         const char *name, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer user_data);
gboolean    plt_case_set_image_finish   (PltCase *self, GAsyncResult *result, GError **error);

/* The steps of an application's life. @reason is required for return, reject and withdraw. Approval
 * asks the registries again first: four eyes also on what the sources said. What waits goes on by
 * itself when the registries answer (plt-resumer.h): a draft is submitted then. */
typedef enum
{
  PLT_CASE_STEP_SUBMIT,
  PLT_CASE_STEP_APPROVE,
  PLT_CASE_STEP_RETURN,
  PLT_CASE_STEP_REJECT,
  PLT_CASE_STEP_WITHDRAW,
  PLT_CASE_STEP_WAIT,
  PLT_CASE_STEP_CONTINUE,
} PltCaseStep;
void        plt_case_step_async         (PltCase *self, PltCaseStep step, const char *reason,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer user_data);
gboolean    plt_case_step_finish        (PltCase *self, GAsyncResult *result, GError **error);

G_END_DECLS
