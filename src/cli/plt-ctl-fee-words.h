/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers about money, for people: amounts in words in the place of whole numbers, and what is called how. */
#pragma once

#include "plt-ctl.h"

G_BEGIN_DECLS

/* Prints @json as it is where programs read, else with amounts as people write them. */
PltCtlStatus  plt_ctl_fee_print       (PltCtl      *ctl,
                                       const char  *json,
                                       GError     **error);
/* NULL where nothing is called so. */
const char   *plt_ctl_word_fee_member (JsonObject  *object,
                                       const char  *member);
const char   *plt_ctl_word_fee        (JsonObject  *object,
                                       const char  *member,
                                       const char  *nick);

G_END_DECLS
