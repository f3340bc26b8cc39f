/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which orders of the print queue a command means: its options, and the applications that it names. */
#pragma once

#include "plt-ctl.h"
#include "plt-print-queue.h"

G_BEGIN_DECLS

#define PLT_CTL_MAX_NAMED 4999

/* What the options of one call said. */
typedef struct
{
  gboolean all;
  char **kinds;
  char **categories;
  char **states;
  char *batch;
  gboolean no_batch;
  char *printer;
  gboolean no_printer;
  char *before;
  char *after;
  char *priority_from;
  char *priority_to;
  char *holder;
  char *limit;
} PltCtlPrintFilter;

extern PltCtlPrintFilter plt_ctl_print_filter;

#define PLT_CTL_PRINT_FILTER_OPTIONS \
  { "all", 0, 0, G_OPTION_ARG_NONE, &plt_ctl_print_filter.all, N_("All of the queue"), NULL }, \
  { "kind", 0, 0, G_OPTION_ARG_STRING_ARRAY, &plt_ctl_print_filter.kinds, \
    N_("Of this kind, such as renewal; may be repeated"), \
    N_("KIND") }, \
  { "category", 0, 0, G_OPTION_ARG_STRING_ARRAY, &plt_ctl_print_filter.categories, \
    N_("With this category; may be repeated"), N_("CODE") }, \
  { "state", 0, 0, G_OPTION_ARG_STRING_ARRAY, &plt_ctl_print_filter.states, \
    N_("waiting, held, sample, paused, leased or failed; may be repeated"), N_("STATE") }, \
  { "batch", 0, 0, G_OPTION_ARG_STRING, &plt_ctl_print_filter.batch, N_("Of this print batch"), \
    N_("BATCH") }, \
  { "no-batch", 0, 0, G_OPTION_ARG_NONE, &plt_ctl_print_filter.no_batch, N_("Of no print batch"), \
    NULL }, \
  { "printer", 0, 0, G_OPTION_ARG_STRING, &plt_ctl_print_filter.printer, \
    N_("For this printer or class alone"), N_("DEST") }, \
  { "no-printer", 0, 0, G_OPTION_ARG_NONE, &plt_ctl_print_filter.no_printer, \
    N_("For any printer"), NULL }, \
  { "before", 0, 0, G_OPTION_ARG_STRING, &plt_ctl_print_filter.before, \
    N_("Approved before that time"), N_("TIME") }, \
  { "after", 0, 0, G_OPTION_ARG_STRING, &plt_ctl_print_filter.after, \
    N_("Approved at that time or later"), N_("TIME") }, \
  { "priority-from", 0, 0, G_OPTION_ARG_STRING, &plt_ctl_print_filter.priority_from, \
    N_("With this priority or a higher one"), N_("N") }, \
  { "priority-to", 0, 0, G_OPTION_ARG_STRING, &plt_ctl_print_filter.priority_to, \
    N_("With this priority or a lower one"), N_("N") }, \
  { "holder", 0, 0, G_OPTION_ARG_STRING, &plt_ctl_print_filter.holder, \
    N_("Whose holder has this in the name"), N_("TEXT") }, \
  { "limit", 0, 0, G_OPTION_ARG_STRING, &plt_ctl_print_filter.limit, \
    N_("The first so many of the line"), N_("N") }

/* @numbers: (nullable): applications. Returns: (transfer full) (nullable): JSON; %NULL with @error of
 * usage where nothing says which are meant */
char         *plt_ctl_print_filter_dup   (char       **numbers,
                                          GError     **error);
/* As before, but that nothing is all. */
char         *plt_ctl_print_filter_dup_or_all (char  **numbers,
                                          GError     **error);

/* Runs it and prints what came of it. */
PltCtlStatus  plt_ctl_print_queue_act    (PltCtl              *ctl,
                                          PltPrintQueueAct     act,
                                          const char *const   *words,
                                          GError             **error);
/* As before; refused where it was done with none of those that were meant. */
PltCtlStatus  plt_ctl_print_queue_change (PltCtl              *ctl,
                                          PltPrintQueueAct     act,
                                          const char *const   *words,
                                          GError             **error);

G_END_DECLS
