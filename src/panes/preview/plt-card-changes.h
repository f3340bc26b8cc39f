/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a new card says that the holder's card does not, in words for the holder to confirm. */
#pragma once

#include "plt-category.h"
#include "plt-preview.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char *field; /* as layouts bind it: "family_name", "portrait" */
  char *title;
  char *text;  /* a sentence */
} PltCardChange;

GPtrArray *plt_card_changes_between (PltPreview *before,
                                     PltPreview *after);
GPtrArray *plt_card_changes_since   (GListModel *fields,
                                     PltPreview *after);
char      *plt_card_changes_dup_category
                                    (const PltCategoryEntry *entry);
gboolean   plt_card_changes_contain (GPtrArray  *changes,
                                     const char *field);

G_END_DECLS
