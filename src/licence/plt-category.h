/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vehicle categories, in the order in which they stand on a card, and one holder's rights in
 * them. A list of entries has a text form for SQL and adapters: entries separated by '|', each
 * "CODE;FROM;TO;RESTRICTIONS" with ISO dates (either may be empty) and comma-separated codes. */
#pragma once

#include "plt-date.h"
#include "plt-licence-error.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_CATEGORY_AM, PLT_CATEGORY_A1, PLT_CATEGORY_A2, PLT_CATEGORY_A,
  PLT_CATEGORY_B1, PLT_CATEGORY_B, PLT_CATEGORY_BE,
  PLT_CATEGORY_C1, PLT_CATEGORY_C1E, PLT_CATEGORY_C, PLT_CATEGORY_CE,
  PLT_CATEGORY_D1, PLT_CATEGORY_D1E, PLT_CATEGORY_D, PLT_CATEGORY_DE,
  PLT_N_CATEGORIES,
} PltCategory;

typedef struct
{
  PltCategory  category;
  PltDate      from;         /* first issued; survives renewal (field 10) */
  PltDate      to;           /* last valid day (field 11) */
  char        *restrictions; /* "01,78", never NULL */
} PltCategoryEntry;

const char       *plt_category_to_code       (PltCategory              category);
gboolean          plt_category_from_code     (const char              *code,
                                              PltCategory             *category);
const char       *plt_category_get_title     (PltCategory              category);

PltCategoryEntry *plt_category_entry_new     (PltCategory              category,
                                              PltDate                  from,
                                              PltDate                  to,
                                              const char              *restrictions);
PltCategoryEntry *plt_category_entry_copy    (const PltCategoryEntry  *self);
void              plt_category_entry_free    (PltCategoryEntry        *self);

/* (element-type PltCategoryEntry) (transfer full), sorted in enum order. */
GPtrArray        *plt_categories_parse       (const char              *text,
                                              GError                 **error);
char             *plt_categories_to_text     (GPtrArray               *entries);
char             *plt_categories_to_codes    (GPtrArray               *entries);

/* Of "S02<=3500": how much of it is the code. */
gsize             plt_restriction_get_code_length (const char *restriction);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltCategoryEntry, plt_category_entry_free)

G_END_DECLS
