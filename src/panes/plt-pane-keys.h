/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys of one pane: they work wherever the focus is in the window, but only while the pane is the
 * one that is shown. Hands are faster than databases: a key that is pressed while the pane opens
 * something, or while it is about to be shown, is kept and done when that has come. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  const char *accelerator; /* "<Control>p" */
  const char *action;      /* one of the pane's own actions */
  const char *target;      /* a string, or NULL */
} PltPaneKey;

void plt_pane_keys_install (GtkWidget        *pane,
                            const PltPaneKey *keys,
                            gsize             n_keys);

void plt_pane_keys_expect  (GtkWidget        *pane);
void plt_pane_keys_hold    (GtkWidget        *pane);
void plt_pane_keys_release (GtkWidget        *pane);
void plt_pane_keys_forget  (GtkWidget        *pane);

G_END_DECLS
