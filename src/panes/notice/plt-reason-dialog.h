/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for a decision that needs a reason, and optionally for one of several values. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @text: what stands in the entry now */
typedef void (*PltReasonTyped) (GtkWidget  *parent,
                                const char *text,
                                gpointer    user_data);

/* @parent's next dialog tells @typed of each letter; @user_data outlives that dialog. */
void      plt_reason_dialog_follow     (GtkWidget            *parent,
                                        PltReasonTyped        typed,
                                        gpointer              user_data);
/* @heading, @body: plain text. @verb: mnemonic label of the button that decides; it stays
 * insensitive until a reason is written. @values: (nullable): NULL-terminated labels of which one
 * must be picked. */
void      plt_reason_dialog_ask_async  (GtkWidget            *parent,
                                        const char           *heading,
                                        const char           *body,
                                        const char           *verb,
                                        const char * const   *values,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
/* What @parent's next dialog asks for, where that is no reason. @caption: with a mnemonic */
void      plt_reason_dialog_call_it    (GtkWidget            *parent,
                                        const char           *caption);
/* The reason that was given has been used, or is not needed any more. Until this is said, @parent's
 * next dialog of the same heading begins with it: what was typed outlives a conflict and a lost
 * connection. */
void      plt_reason_dialog_forget     (GtkWidget            *parent);
/* Returns: (transfer full): the reason; G_IO_ERROR_CANCELLED when the person thought better of it.
 * @picked: (out)(optional): which of the values. */
char     *plt_reason_dialog_ask_finish (GAsyncResult         *result,
                                        int                  *picked,
                                        GError              **error);

G_END_DECLS
