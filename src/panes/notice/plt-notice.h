/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bar that says what is wrong and what happens now, with at most one button. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  PLT_NOTICE_INFO,
  PLT_NOTICE_WARNING,
  PLT_NOTICE_ERROR,
} PltNoticeKind;

#define PLT_TYPE_NOTICE (plt_notice_get_type ())
G_DECLARE_FINAL_TYPE (PltNotice, plt_notice, PLT, NOTICE, GtkWidget)

/* @button (a mnemonic label) and @action: NULL for none. */
void        plt_notice_show     (PltNotice     *self,
                                 PltNoticeKind  kind,
                                 const char    *text,
                                 const char    *button,
                                 const char    *action);
void        plt_notice_clear    (PltNotice     *self);
const char *plt_notice_get_text (PltNotice     *self);

G_END_DECLS
