/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One registry as seen from this desk: does it answer, how fast, what was wrong last, and where on
 * the way. Nothing here says for whom it was asked. */
#pragma once

#include "plt-office.h"

G_BEGIN_DECLS

/**
 * PltRegistryCondition:
 * @PLT_REGISTRY_CONDITION_UNKNOWN: "unknown": nobody has asked it yet
 * @PLT_REGISTRY_CONDITION_WORKING: "working": the last question was answered
 * @PLT_REGISTRY_CONDITION_FAILING: "failing": the last question was not, but it is still asked
 * @PLT_REGISTRY_CONDITION_DOWN: "down": nobody is made to wait for it; it is tried by itself
 * @PLT_REGISTRY_CONDITION_TRYING: "trying": it is being tried out
 */
typedef enum
{
  PLT_REGISTRY_CONDITION_UNKNOWN,
  PLT_REGISTRY_CONDITION_WORKING,
  PLT_REGISTRY_CONDITION_FAILING,
  PLT_REGISTRY_CONDITION_DOWN,
  PLT_REGISTRY_CONDITION_TRYING,
} PltRegistryCondition;

#define PLT_TYPE_REGISTRY_STATE (plt_registry_state_get_type ())
G_DECLARE_FINAL_TYPE (PltRegistryState, plt_registry_state, PLT, REGISTRY_STATE, GObject)

/* Readable properties, notified as they change: "source", "title", "host", "file", "condition" and
 * "breaker" (nicks), "condition-title" (words), "p50-ms" and "p95-ms" (-1: no answer yet), "answers",
 * "failures", "budget-ms", "error" (words, or NULL), "hop" (nick) and "hop-title": where that error
 * came up, "answered-at" and "failed-at" (GDateTime, or NULL), "probing" (a probe by hand is under
 * way). Signal "came-back": it answers after it was down. */
PltRegistryCondition plt_registry_state_get_condition (PltRegistryState *self);

/* Tries it out at once, whatever its breaker says. Gives FALSE with PLT_OFFICE_ERROR_OFFLINE and what
 * is wrong in words when it does not answer as it should. */
void        plt_registry_state_probe_async  (PltRegistryState     *self,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean    plt_registry_state_probe_finish (PltRegistryState     *self,
                                             GAsyncResult         *result,
                                             GError              **error);

/* (transfer full) GListModel of PltRegistryState, by file name; NULL with PLT_OFFICE_ERROR_SETUP when
 * an adapter file cannot be used. */
GListModel *plt_registry_state_list         (PltOffice            *office,
                                             GError              **error);

/* What is wrong with an adapter file: the path of the member (“answer.fields.sex”, or "" for the whole
 * file), and words that say what would be right. */
typedef struct
{
  char *path;
  char *words;
} PltRegistryFault;

/* (transfer full) (element-type PltRegistryFault) Checks one adapter file without using it: all that is
 * wrong, nothing when it can be used. @title (out, nullable): what its registry is called. */
GPtrArray  *plt_registry_state_check_file   (const char           *file,
                                             char                **title);

G_END_DECLS
