/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One field of what is typed into an application, and whether a text is as it has to be. The database says
 * the same when the application is submitted (platen.is_form_value). */
#pragma once

#include <glib.h>

#include "plt-date.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_FORM_LINE,
  PLT_FORM_LINES,
  PLT_FORM_DATE,
  PLT_FORM_PHONE,
  PLT_FORM_EMAIL,
  PLT_FORM_COUNTRY,
} PltFormInput;

typedef struct
{
  char        *code;
  PltFormInput input;
  gboolean     required;
  gboolean     past;       /* a date: today or before */
  int          max_length; /* in letters */
  char        *title;
  char        *hint;
  char        *value;      /* in the database; "" when nothing was typed */
  int          version;    /* 0: nobody has typed anything */
  char        *who;        /* (nullable) */
  GDateTime   *changed_at; /* (nullable) */
  char        *workstation; /* (nullable) */
} PltFormField;

void     plt_form_field_free      (PltFormField       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltFormField, plt_form_field_free)

/* FALSE: an unknown word. */
gboolean plt_form_input_from_nick (const char         *nick,
                                   PltFormInput       *input);
/* What is wrong with @text, in a sentence; NULL: nothing. @today: "YYYY-MM-DD" */
char    *plt_form_field_check     (const PltFormField *self,
                                   const char         *text,
                                   const char         *today);

G_END_DECLS
