/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which layouts may be used. A version is proposed with the digest of its files and a proof sheet,
 * and let in by another person who has opened that sheet; the database decides who may, and lets a
 * card be drawn only from the very files that were approved. The rules that say which layout an
 * application gets need two people as well. What is answered in words is JSON text as
 * data/schema/README.md describes it. */
#pragma once

#include "plt-office.h"

G_BEGIN_DECLS

/* See card/. */
typedef struct _PltLayout PltLayout;

typedef enum
{
  PLT_LAYOUT_STATE_PROPOSED, /* "proposed": waits for another person */
  PLT_LAYOUT_STATE_APPROVED, /* "approved": may be used on its days */
  PLT_LAYOUT_STATE_REFUSED,  /* "refused", or taken back */
  PLT_LAYOUT_STATE_RETIRED,  /* "retired": was approved */
} PltLayoutState;

/* A row of api.layout. Never changes; who wants news reads again (PltOffice's "changed": "layout"). */
typedef struct
{
  gint64          id;
  char           *layout;
  int             version;
  char           *digest;
  char           *valid_from;  /* YYYY-MM-DD */
  char           *valid_to;    /* the last day; NULL: no end */
  PltLayoutState  state;
  gboolean        usable;      /* approved, and today is one of its days */
  gboolean        ruled;       /* a rule that counts today names the layout */
  char           *proposed_by;
  char           *proposed_by_login;
  char           *approved_by; /* NULL: nobody */
  GDateTime      *changed_at;
  char           *reason;      /* of the last step; may be NULL */
} PltLayoutVersion;

/* Newest first within a layout: (transfer full) (element-type PltLayoutVersion); NULL with
 * G_IO_ERROR_INVALID_DATA. @json: of PLT_LAYOUTS_VERSIONS. */
GPtrArray  *plt_layout_versions_parse          (const char           *json,
                                                GError              **error);
void        plt_layout_version_free            (PltLayoutVersion     *self);
gboolean    plt_layout_state_from_nick         (const char           *nick,
                                                PltLayoutState       *state);
/* One word: “Proposed”, “Approved” … */
const char *plt_layout_state_get_title         (PltLayoutState        state);

typedef enum
{
  PLT_LAYOUTS_VERSIONS,     /* - */
  PLT_LAYOUTS_STEPS,        /* record number */
  PLT_LAYOUTS_REFUSE,       /* record number, reason */
  PLT_LAYOUTS_RETIRE,       /* record number, reason */
  PLT_LAYOUTS_RULES,        /* - */
  PLT_LAYOUTS_PROPOSE_RULE, /* position, kind, office, least and greatest age, layout, first and last
                             * day, reason; NULL where any */
  PLT_LAYOUTS_APPROVE_RULE, /* number of the rule, reason */
  PLT_LAYOUTS_END_RULE,     /* number of the rule, reason */
} PltLayoutsAct;

/* @arguments: as above; the strings are copied. */
void        plt_layout_versions_run_async      (PltOffice            *office,
                                                PltLayoutsAct         act,
                                                const char * const   *arguments,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
char       *plt_layout_versions_run_finish     (GAsyncResult         *result,
                                                GError              **error);

/* The proof sheets of all layouts that this desk has, written into @folder as <layout>-<version>.pdf.
 * @keep: those that are there already, of the same files, stay. Needs no session. */
void        plt_layout_versions_sheets_async   (PltOffice            *office,
                                                const char           *folder,
                                                gboolean              keep,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
/* (transfer full) (element-type PltLayoutVersion): what they are of, as it would be proposed. One
 * without a digest has no sheet, and its @reason is why. */
GPtrArray  *plt_layout_versions_sheets_finish  (GAsyncResult         *result,
                                                GError              **error);

/* The proof sheet of a layout as it was read last, as PDF: the same bytes as platenctl layout proof
 * gives. Needs no session. */
void        plt_layout_versions_prove_async    (PltOffice            *office,
                                                PltLayout            *layout,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
GBytes     *plt_layout_versions_prove_finish   (GAsyncResult         *result,
                                                GError              **error);

/* Proposes what this desk has of a layout. @version: 0 for the newest; @proof: the proof sheet as
 * PDF, made here if NULL; @valid_from, @valid_to: YYYY-MM-DD, or NULL for those of the layout. */
void        plt_layout_versions_propose_async  (PltOffice            *office,
                                                const char           *layout,
                                                int                   version,
                                                GBytes               *proof,
                                                const char           *valid_from,
                                                const char           *valid_to,
                                                const char           *reason,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
/* The record number; -1 on failure. */
gint64      plt_layout_versions_propose_finish (GAsyncResult         *result,
                                                GError              **error);

/* The database takes it that who was given the sheet has looked at it. */
void        plt_layout_versions_proof_async    (PltOffice            *office,
                                                gint64                id,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
GBytes     *plt_layout_versions_proof_finish   (GAsyncResult         *result,
                                                GError              **error);

/* Lets a proposal in, if the files of this desk are those that were proposed. */
void        plt_layout_versions_approve_async  (PltOffice            *office,
                                                gint64                id,
                                                const char           *reason,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean    plt_layout_versions_approve_finish (GAsyncResult         *result,
                                                GError              **error);

G_END_DECLS
