/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An application that somebody prepared at home, as the pre-enrolment service gives it out: what
 * it is for. What the applicant stated of themselves are fields of the answer (plt-source-answer.h)
 * in which it comes. */
#pragma once

#include "plt-application.h"
#include "plt-date.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_PREPARED_STATE_OPEN,      /* "open": it waits for its office */
  PLT_PREPARED_STATE_USED,      /* "used": an office has fetched it */
  PLT_PREPARED_STATE_CANCELLED, /* "cancelled": by the applicant */
  PLT_N_PREPARED_STATES,
} PltPreparedState;

/* Where it stands, as the applicant is told; in the order of a life. */
typedef enum
{
  PLT_PREPARED_STATUS_CHECKED_IN,          /* "checked_in" */
  PLT_PREPARED_STATUS_IN_PROGRESS,         /* "in_progress" */
  PLT_PREPARED_STATUS_BIOMETRICS_COMPLETE, /* "biometrics_complete": photo and signature are there */
  PLT_PREPARED_STATUS_READY,               /* "ready": its card can be handed over */
  PLT_PREPARED_STATUS_COMPLETED,           /* "completed": its card was handed over */
  PLT_PREPARED_STATUS_CLOSED,              /* "closed": rejected or withdrawn */
  PLT_N_PREPARED_STATUSES,
} PltPreparedStatus;

/* Filled by the one who makes it and never changed afterwards. */
typedef struct
{
  char               *code;
  char               *id_number;
  char               *office_code;
  PltPreparedState    state;
  PltApplicationType  type;
  char              **categories;  /* (nullable): codes; those held */
  char               *language;    /* (nullable): ISO 639, small letters */
  char               *email;       /* (nullable) */
  char               *phone;       /* (nullable) */
  char               *prepared_on; /* (nullable): YYYY-MM-DD */
  char               *expires_on;  /* (nullable): YYYY-MM-DD, the last day */
} PltPreparedApplication;

/* What an application has of having been prepared at home, as the office keeps it. */
typedef struct
{
  char               *code;
  char               *language;    /* (nullable) */
  char               *email;       /* (nullable) */
  char               *phone;       /* (nullable) */
  GDateTime          *prepared_at; /* (nullable) */
  PltPreparedStatus   reported;    /* what the applicant is told, sent or not */
  int                 n_unsent;    /* messages that wait to be sent */
  int                 n_set_aside; /* messages that the service refused */
} PltPreparedRecord;

PltPreparedRecord      *plt_prepared_record_new           (void);
PltPreparedRecord      *plt_prepared_record_ref           (PltPreparedRecord      *self);
void                    plt_prepared_record_unref         (PltPreparedRecord      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltPreparedRecord, plt_prepared_record_unref)

PltPreparedApplication *plt_prepared_application_new      (void);
PltPreparedApplication *plt_prepared_application_ref      (PltPreparedApplication *self);
void                    plt_prepared_application_unref    (PltPreparedApplication *self);

char                   *plt_prepared_application_dup_obstacle (PltPreparedApplication *self,
                                                            const char             *office_code,
                                                            PltDate                 today);

gboolean                plt_prepared_state_from_nick      (const char             *nick,
                                                           PltPreparedState       *state);
const char             *plt_prepared_status_to_nick       (PltPreparedStatus       status);
gboolean                plt_prepared_status_from_nick     (const char             *nick,
                                                           PltPreparedStatus      *status);
const char             *plt_prepared_status_get_title     (PltPreparedStatus       status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltPreparedApplication, plt_prepared_application_unref)

G_END_DECLS
