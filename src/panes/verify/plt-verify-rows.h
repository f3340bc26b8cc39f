/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a verification: a field beside the record's, a technical fact. */
#pragma once

#include <gtk/gtk.h>

#include "plt-verification.h"

G_BEGIN_DECLS

GtkWidget *plt_verify_rows_new_heading (void);
GtkWidget *plt_verify_rows_new_field   (PltVerifiedField        *field);
GtkWidget *plt_verify_rows_new_detail  (const PltVerifiedDetail *detail);
GtkWidget *plt_verify_rows_new_section (const char              *title);
/* @css_class: of the icon */
GtkWidget *plt_verify_rows_new_note    (const char              *icon_name,
                                        const char              *css_class,
                                        const char              *text);

G_END_DECLS
