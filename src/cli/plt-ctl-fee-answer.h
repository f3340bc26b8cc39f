/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for what is done with money, and prints the answer: for people, amounts in words in the place of whole
 * numbers. */
#pragma once

#include "plt-ctl.h"
#include "plt-fees.h"

G_BEGIN_DECLS

/* (transfer full): the JSON of the answer; NULL with @error */
char         *plt_ctl_fee_ask   (PltCtl             *ctl,
                                 PltFeeAct           what,
                                 const char *const  *words,
                                 GError            **error);
/* Prints @json as it is where programs read, else with amounts as people write them. @json: (nullable): with
 * @error set, which is what the command then ends with. */
PltCtlStatus  plt_ctl_fee_print (PltCtl             *ctl,
                                 const char         *json,
                                 GError            **error);
/* Asks and prints. */
PltCtlStatus  plt_ctl_fee_act   (PltCtl             *ctl,
                                 PltFeeAct           what,
                                 const char *const  *words,
                                 GError            **error);

G_END_DECLS
