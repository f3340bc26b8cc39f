/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One field of an application's form while it is worked on: its row, what was typed into it, and what the
 * database had when both were last the same. */
#pragma once

#include "plt-form-field.h"
#include "plt-form-row.h"

G_BEGIN_DECLS

typedef struct
{
  const PltFormField *field;    /* of the form that is shown; its value is the database's */
  PltFormRow         *row;
  char               *text;     /* before the next letter */
  char               *base;     /* what the database had when it was last the same as here */
  int                 version;  /* of that */
  gboolean            conflict; /* another desk changed it, too */
} PltFormEdit;

/* One field that was changed here and elsewhere. */
typedef struct
{
  char *field;
  char *title;
  char *base;   /* what both began with */
  char *mine;
  char *theirs;
  char *who;    /* (nullable) */
} PltFormConflict;

/* With a new row. @field: must outlive it */
PltFormEdit     *plt_form_edit_new          (const PltFormField *field);
void             plt_form_edit_free         (PltFormEdit        *self);
/* Whether something was typed that the database does not have. */
gboolean         plt_form_edit_is_dirty     (const PltFormEdit  *self);
/* Shows @text as if it had been typed. */
void             plt_form_edit_set_text     (PltFormEdit        *self,
                                             const char         *text);
/* The database has @value, as @version. */
void             plt_form_edit_set_base     (PltFormEdit        *self,
                                             const char         *value,
                                             int                 version);
/* What is being typed stays; what is not is shown as it is @now. TRUE: both have changed. */
gboolean         plt_form_edit_take         (PltFormEdit        *self,
                                             const PltFormField *now);
/* (transfer full): both values, to be chosen from; @now: what the database has */
PltFormConflict *plt_form_edit_new_conflict (const PltFormEdit  *self,
                                             const PltFormField *now);
void             plt_form_conflict_free     (PltFormConflict    *self);

G_END_DECLS
