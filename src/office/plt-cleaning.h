/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When printers are cleaned: how many cards each has had since, and whether that is due. The interval is what this office says,
 * else the profile of its make. */
#pragma once

#include "plt-office.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_CLEANING_LIST,
  PLT_CLEANING_DONE,  /* printer */
  PLT_CLEANING_EVERY, /* printer, [cards] */
} PltCleaningAct;

void   plt_cleaning_act_async  (PltOffice            *office,
                                PltCleaningAct        act,
                                const char *const    *words,
                                GCancellable         *cancellable,
                                GAsyncReadyCallback   callback,
                                gpointer              user_data);
/* Returns: (transfer full): JSON for people */
char  *plt_cleaning_act_finish (GAsyncResult         *result,
                                GError              **error);

typedef struct
{
  int since; /* cards since the last cleaning */
  int every; /* 0: nobody knows */
} PltCleaning;

/* @list: (nullable): what PLT_CLEANING_LIST answered. @by_profile: cards, 0 unknown */
PltCleaning  plt_cleaning_find     (const char        *list,
                                    const char        *printer,
                                    int                by_profile);
gboolean     plt_cleaning_is_due   (const PltCleaning *self);
/* Returns: (transfer full) (nullable): words; NULL where there is nothing to say */
char        *plt_cleaning_describe (const PltCleaning *self);

G_END_DECLS
