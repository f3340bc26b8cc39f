/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One approved application in the print queue, as people see it in the line. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  PLT_PRINT_ORDER_WAITING, /* "waiting" */
  PLT_PRINT_ORDER_LEASED,  /* "leased": a spooler is just printing it */
  PLT_PRINT_ORDER_HELD,    /* "held": by a person, or by a stop */
  PLT_PRINT_ORDER_SAMPLE,  /* "sample": it waits for the sample of its batch */
  PLT_PRINT_ORDER_PAUSED,  /* "paused": its printer, or all printing */
  PLT_PRINT_ORDER_FAILED,  /* "failed": three times; a person releases it */
  PLT_N_PRINT_ORDER_STATES,
} PltPrintOrderState;

/* What is known of one that was looked at. All texts may be NULL but the number. */
typedef struct
{
  PltPrintOrderState  state;
  int                 place;     /* in the line; 0: it does not stand in it */
  int                 priority;
  gboolean            overdue;   /* it has waited for longer than the office allows */
  char               *number;    /* of the application */
  char               *holder_name;
  char               *reason;    /* why it does not go on, as a sentence */
  char               *printer;   /* wanted printer or class */
  char               *batch;
  char               *leased_by;
  char               *held_by;
} PltPrintOrderFacts;

#define PLT_TYPE_PRINT_ORDER (plt_print_order_get_type ())
G_DECLARE_FINAL_TYPE (PltPrintOrder, plt_print_order, PLT, PRINT_ORDER, GObject)

/* Signal "changed": what is known of it has. @id: its application's */
PltPrintOrder            *plt_print_order_new             (gint64               id);
gint64                    plt_print_order_get_id          (PltPrintOrder       *self);
/* Returns: (transfer none) (nullable): NULL until it was looked at */
const PltPrintOrderFacts *plt_print_order_get_facts       (PltPrintOrder       *self);
/* @facts: (transfer full) */
void                      plt_print_order_take_facts      (PltPrintOrder       *self,
                                                           PltPrintOrderFacts  *facts);

void                      plt_print_order_copy_facts      (PltPrintOrder       *self,
                                                           PltPrintOrder       *other);

void                      plt_print_order_facts_free      (PltPrintOrderFacts  *facts);
gboolean                  plt_print_order_state_from_nick (const char          *nick,
                                                           PltPrintOrderState  *state);
const char               *plt_print_order_state_to_nick   (PltPrintOrderState   state);
const char               *plt_print_order_state_get_title (PltPrintOrderState   state);

/* What is paused by a person until a person resumes it. */
typedef struct
{
  char *printer; /* NULL: all printing of the office */
  char *reason;
  char *who;
} PltPrintPause;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltPrintOrderFacts, plt_print_order_facts_free)

G_END_DECLS
