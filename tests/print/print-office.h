/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scheduler with one virtual card printer, and calls of PltPrintServer that wait for the answer. */
#pragma once

#include "plt-demo-printer.h"
#include "plt-printer.h"

G_BEGIN_DECLS

typedef struct
{
  char           *folder;
  PltPrintServer *server;
} PrintOffice;

PrintOffice *print_office_new        (void);
void         print_office_free       (PrintOffice *self);

/* What is recorded of its "device" or its "scheduler": "port", "pid" or "folder". */
char        *print_office_dup_state  (PrintOffice *self,
                                      const char  *part,
                                      const char  *key);

/* Writes @to for @from in the configuration of the scheduler, which reads it again. */
void         print_office_change     (PrintOffice *self,
                                      const char  *from,
                                      const char  *to);

GBytes      *print_office_new_card   (const char  *front_text);
void         print_await             (gboolean    *flag);
GPtrArray   *print_list              (PrintOffice *self,
                                      GError     **error);
PltPrintJob *print_create            (PrintOffice *self,
                                      const char  *name,
                                      GError     **error);
PltPrintJob *print_create_at         (PrintOffice *self,
                                      const char  *destination,
                                      const char  *name,
                                      GError     **error);
gboolean     print_send              (PrintOffice *self,
                                      int          job_id,
                                      GBytes      *pdf,
                                      GError     **error);
PltPrintJob *print_find              (PrintOffice *self,
                                      int          job_id,
                                      const char  *name,
                                      GError     **error);
gboolean     print_cancel            (PrintOffice *self,
                                      int          job_id,
                                      GError     **error);

/* Asks until the job is in @state, or @text stands in its words; fails the test after 60 s. */
void         print_await_job         (PrintOffice *self,
                                      int          job_id,
                                      PltJobState  state,
                                      const char  *text);
guint        print_count_cards       (PrintOffice *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PrintOffice, print_office_free)

G_END_DECLS
