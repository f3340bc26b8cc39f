/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One question to a registry: its budget, its attempts, and what comes late. Shared by the files of
 * the client alone. */
#pragma once

#include <libsoup/soup.h>

#include "plt-registry-adapter.h"
#include "plt-registry-attempt.h"
#include "plt-registry-credentials.h"

G_BEGIN_DECLS

typedef struct _PltRegistryQuestion PltRegistryQuestion;

/* What a client lends its questions. */
typedef struct
{
  PltRegistryAdapter     *adapter;
  PltRegistryCredentials *credentials;
  SoupSession            *session;
  char                   *staff;   /* (nullable) */
  int                     running; /* attempts under way */
  GQueue                  waiting; /* PltRegistryQuestion whose attempt found no place */
} PltRegistryLine;

/* Told once for each question, when its answer is known or its budget is over, and once more when
 * an answer came late. */
typedef void (*PltRegistryQuestionFunc) (GObject         *client,
                                         PltSourceAnswer *answer,
                                         PltAttemptEnd    end,
                                         PltRegistryHop   hop);

void     plt_registry_question_start  (PltRegistryLine         *line,
                                       GTask                   *task,
                                       const char              *id_number,
                                       PltRegistryQuestionFunc  ended);
gboolean plt_registry_question_follow (GTask                   *question,
                                       GTask                   *follower);

G_END_DECLS
