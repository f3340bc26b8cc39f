/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Desks that carry applications along the business path (start, fill, submit, approve) by the office's own
 * store, as fast as the database answers. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *conninfo; /* without a user; desk N signs in as deskN, with the password and the token deskN */
  int         first;    /* number of the first desk, from 1 */
  int         n;
  int         offices;  /* desk N works in office (N - 1) % offices */
  double      seconds;
  char      **citizens; /* ID numbers: desk after desk, the same number for each */
  int         n_citizens; /* of each desk */
} BusinessPlan;

/* Prints a line for each application that a desk has entered and, for another desk, approved: the desk's number,
 * when that was and how long it took (microseconds). Ends the program with a message on any error. */
void business_run_desks (const BusinessPlan *plan);

G_END_DECLS
