/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How large a portrait may be where it is kept or carried: a file (data/photo/budgets.json, or the
 * administrator's) with a number of bytes, a width and a quality for each use. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  PLT_PORTRAIT_RECORD,  /* with the application */
  PLT_PORTRAIT_CARD,    /* on the card and in its file: that of the record, where it is no larger */
  PLT_PORTRAIT_MOBILE,  /* in a mobile licence (ISO/IEC 18013-5) */
  PLT_PORTRAIT_CHIP,    /* in data groups 4 and 6 of a chip (ISO/IEC 18013-2) */
  PLT_PORTRAIT_BARCODE, /* in a code that is printed */
} PltPortraitUse;

/* The database knows (upgrade 0061): a portrait of no more bytes is never fitted to a card. */
#define PLT_PORTRAIT_LEAST_OF_CARD 16000

#define PLT_N_PORTRAIT_USES (PLT_PORTRAIT_BARCODE + 1)

typedef struct
{
  gsize    max_bytes;
  int      max_width;    /* pixels */
  int      best_quality; /* 1 … 100; more is not tried */
  gboolean is_grey;
} PltPortraitBudget;

typedef struct
{
  PltPortraitBudget uses[PLT_N_PORTRAIT_USES];
} PltPortraitBudgets;

gboolean            plt_portrait_use_from_nick (const char       *nick,
                                                PltPortraitUse   *use);
/* What a use has of which the file says nothing. */
void                plt_portrait_budget_init   (PltPortraitBudget *budget,
                                                PltPortraitUse     use);
PltPortraitBudgets *plt_portrait_budgets_parse (const char       *json,
                                                gssize            length,
                                                const char       *name,
                                                GError          **error);
/* Errors: G_IO_ERROR_INVALID_DATA with a sentence that names the file, the member and what would be right;
 * of G_FILE_ERROR where it cannot be read. */
PltPortraitBudgets *plt_portrait_budgets_load  (const char       *path,
                                                GError          **error);
void                plt_portrait_budgets_free  (PltPortraitBudgets *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltPortraitBudgets, plt_portrait_budgets_free)

G_END_DECLS
