/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by plt-form-section.c and plt-form-save.c alone. */
#pragma once

#include "plt-case.h"
#include "plt-form-edit.h"
#include "plt-form-section.h"

G_BEGIN_DECLS

struct _PltFormSection
{
  AdwBin        parent_instance;

  PltCase      *kase;        /* NULL: none */
  GPtrArray    *form;        /* what the rows show */
  GPtrArray    *edits;       /* PltFormEdit */
  GCancellable *cancellable;
  gboolean      editable;
  gboolean      saving;
  guint         save_id;

  GtkLabel     *status;
  GtkWidget    *rows;
  GtkWidget    *long_rows;
};

/* (nullable): what is worked on in the field with this code */
PltFormEdit *plt_form_section_find      (PltFormSection *self,
                                         const char     *field);
/* What stands below the fields; "": nothing. */
void         plt_form_section_say       (PltFormSection *self,
                                         const char     *text);
/* Saves once the hands rest. */
void         plt_form_section_save_soon (PltFormSection *self);

G_END_DECLS
