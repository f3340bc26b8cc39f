/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the window share. */
#pragma once

#include "plt-window.h"

#include "plt-outbox-sender.h"
#include "plt-pane-kind.h"
#include "plt-production.h"
#include "plt-resumer.h"
#include "plt-sign-in-page.h"

#include "notice/plt-notice.h"
#include "notice/plt-stock-line.h"

G_BEGIN_DECLS

struct _PltWindow
{
  AdwApplicationWindow  parent_instance;

  GtkStack             *pages;
  PltSignInPage        *sign_in;
  AdwStatusPage        *trouble_page;
  AdwToastOverlay      *toasts;
  guint                 said_id;
  GtkWidget            *speaker; /* of no size: its name is what a screen reader is told */
  PltNotice            *offline;
  GtkEntry             *command;
  PltNotice            *command_notice;
  GtkListBox           *sidebar;
  GtkStack             *stack;
  GtkLabel             *session_name;
  GtkLabel             *session_office;
  PltStockLine         *stock_line;
  PltNotice            *doubtful;

  PltOffice            *office;
  PltResumer           *resumer; /* lets go on what waits for a registry */
  PltCardRoom          *cards;   /* of a print operator: followed from signing in on; NULL otherwise */
  GPtrArray            *scanners; /* in serial mode */
  PltOutboxSender      *sender;  /* tells the pre-enrolment service what becomes of applications */
  GSettings            *settings;
  GCancellable         *cancellable;
  gulong                first_frame_id;
  GtkWindow            *keys;               /* the help overlay; NULL until it is asked for */
  GtkWidget            *panes[PLT_N_PANES]; /* not owned: children of stack, NULL until shown */
  PltPaneKind           pane;
};

gboolean   plt_window_is_signed_in   (PltWindow   *self);
GtkWidget *plt_window_show_pane      (PltWindow   *self,
                                      PltPaneKind  pane);
gboolean   plt_window_refuse_persons (PltWindow   *self,
                                      PltPaneKind  pane);
void       plt_window_run_command    (PltWindow   *self);
void       plt_window_follow_cards   (PltWindow   *self);
void       plt_window_install_say    (GtkWidgetClass *widget_class);
void       plt_window_install_resolve
                                     (GtkWidgetClass *widget_class);
void       plt_window_install_twin   (GtkWidgetClass *widget_class);
void       plt_window_watch_scans    (PltWindow   *self);
void       plt_window_verify_code    (PltWindow   *self,
                                      const char  *text);
void       plt_window_take_code      (PltWindow   *self,
                                      const char  *text);

/* plt-window-return.c: back to what was being typed; and the person goes on purpose. */
void plt_window_return (PltWindow *self);
void plt_window_leave  (PltWindow *self);

G_END_DECLS
