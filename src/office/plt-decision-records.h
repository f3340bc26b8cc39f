/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What plt-decisions.h gives as text, as records: what people decided where the registries differ,
 * the rules that come of it, and the ID numbers that are one person. They are read once and never
 * changed; who wants news of them reads again (PltOffice's "changed": "application", "rule",
 * "link"). */
#pragma once

#include "plt-date.h"
#include "plt-difference.h"
#include "plt-source.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define PLT_NO_SOURCE -1
#define PLT_NO_FIELD -1

typedef enum
{
  PLT_DECISION_CHOSEN,  /* "chosen": a clerk, between what the sources say */
  PLT_DECISION_DECIDED, /* "decided": a supervisor */
  PLT_DECISION_PARKED,  /* "parked": set aside for a supervisor */
  PLT_DECISION_UNDONE,  /* "undone": the one before it */
} PltDecisionAct;

typedef struct
{
  GDateTime      *at;
  char           *who;
  char           *application;        /* its number */
  PltDecisionAct  act;
  PltField        field;
  PltDifference   difference;
  char           *value;              /* NULL: none was named */
  char           *reason;
  char           *said[PLT_N_SOURCES]; /* what the sources said then; NULL: nothing */
  int             gave_way;           /* the source whose value was not used, or PLT_NO_SOURCE */
  gboolean        overruled;          /* a rule had chosen before */
  gboolean        undone;             /* by a later one */
} PltDecision;

/* A rule, or what could become one: then @id is 0 and the counts are set. */
typedef struct
{
  gint64          id;
  PltDifference   difference;
  int             field;              /* a PltField, or PLT_NO_FIELD: any */
  int             source;             /* whose value gives way; PLT_NO_SOURCE: any */
  char           *text;               /* what kind of difference, in a sentence */
  PltDate         from;
  PltDate         to;                 /* not set: no end */
  char           *accepted_by;        /* NULL: it comes with the program */
  char           *reason;
  int             times;              /* decided so, of late */
  int             people;             /* by so many */
  int             open;               /* applications that it would settle now */
} PltDifferenceRule;

typedef enum
{
  PLT_ID_LINK_PROPOSED,  /* "proposed": somebody else agrees or refuses */
  PLT_ID_LINK_LINKED,    /* "linked" */
  PLT_ID_LINK_UNLINKING, /* "unlinking": still linked; somebody else agrees or refuses */
  PLT_ID_LINK_UNLINKED,  /* "unlinked" */
  PLT_ID_LINK_REFUSED,   /* "refused" */
} PltIdLinkState;

typedef struct
{
  GDateTime      *at;
  char           *who;
  PltIdLinkState  state;              /* what came of it */
  char           *reason;
} PltIdLinkStep;

typedef struct
{
  gint64          id;
  char           *id_number;          /* the one that is kept */
  char           *other;
  PltIdLinkState  state;
  char           *asked_by_login;     /* of the step that waits, or of the last one */
  GPtrArray      *steps;              /* PltIdLinkStep, oldest first; at least one */
} PltIdLink;

/* (transfer full): of records, in the order in which they came; what this version does not know is
 * left out. @json: as plt_decisions_run_finish() gives it. NULL with G_IO_ERROR_INVALID_DATA. */
GPtrArray *plt_decisions_parse (const char  *json,
                                GError     **error);
GPtrArray *plt_rules_parse     (const char  *json,
                                GError     **error);
GPtrArray *plt_id_links_parse  (const char  *json,
                                GError     **error);

gboolean   plt_id_link_waits   (const PltIdLink *self);

G_END_DECLS
