/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules that say which layout an application gets, as records and in words. They are read, proposed and
 * ended by plt_layout_versions_run_async(). */
#pragma once

#include "plt-layout-versions.h"

G_BEGIN_DECLS

/* A row of api.layout_rule. Never changes; who wants news reads again. */
typedef struct
{
  gint64          id;
  int             position;    /* when it is asked, from 1 to 9999: the first that fits chooses */
  char           *type;        /* "renewal"; NULL: any */
  char           *office;      /* its code; NULL: any */
  int             min_age;     /* whole years on the day of issue; -1: any */
  int             max_age;
  char           *layout;
  char           *valid_from;  /* YYYY-MM-DD */
  char           *valid_to;    /* the last day; NULL: no end */
  PltLayoutState  state;
  char           *proposed_by; /* NULL: comes with the program, and cannot be ended */
  char           *approved_by;
  char           *reason;      /* of the last step */
} PltLayoutRule;

/* In the order in which they are asked: (transfer full) (element-type PltLayoutRule); NULL with
 * G_IO_ERROR_INVALID_DATA. @json: of PLT_LAYOUTS_RULES. */
GPtrArray *plt_layout_rules_parse    (const char           *json,
                                      GError              **error);
void       plt_layout_rule_free      (PltLayoutRule        *self);

/* “Renewal, from 16 to 20 years, office UC: utopia-eu” */
char      *plt_layout_rule_dup_title (const PltLayoutRule  *self);

/* Reads what is typed for a rule: a whole number in a range. An empty @text is NULL in @number where @may_be_empty.
 * FALSE with a sentence. @number: (transfer full): as the database takes it. */
gboolean   plt_layout_rule_read_number (const char         *text,
                                        int                 least,
                                        int                 most,
                                        gboolean            may_be_empty,
                                        char              **number,
                                        GError            **error);

G_END_DECLS
