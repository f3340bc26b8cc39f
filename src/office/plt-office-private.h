/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of this folder share of the office. */
#pragma once

#include "plt-office.h"
#include "plt-office-error-private.h"
#include "plt-press.h"
#include "plt-printer.h"
#include "plt-registry-client.h"
#include "plt-store.h"

G_BEGIN_DECLS

/* Never NULL; before sign-in and while the database is away its calls fail with OFFLINE. */
PltStore          *plt_office_get_store        (PltOffice            *self);
PltPrintServer    *plt_office_get_print_server (PltOffice            *self);
/* What draws and signs, made of the configuration; its keys and layout are loaded by the first
 * worker thread that needs them. */
PltPress          *plt_office_get_press        (PltOffice            *self);
/* (transfer none) (element-type PltRegistryClient): one for each adapter file; NULL with
 * PLT_OFFICE_ERROR_SETUP when one of them cannot be used. Loads them when it is first called. */
GPtrArray         *plt_office_list_registries  (PltOffice            *self,
                                                GError              **error);
/* (nullable): what was loaded, if anything was */
PltRegistryClient *plt_office_peek_preenrolment (PltOffice           *self);
/* The client of the pre-enrolment service; NULL with PLT_OFFICE_ERROR_SETUP when there is none. */
PltRegistryClient *plt_office_get_preenrolment (PltOffice            *self,
                                                GError              **error);
/* The client of one registry; NULL with PLT_OFFICE_ERROR_SETUP when there is none. */
PltRegistryClient *plt_office_get_registry     (PltOffice            *self,
                                                PltSource             source,
                                                GError              **error);

/* Opens the connection without a session, for what needs none; at once when it is open. */
void               plt_office_connect_async    (PltOffice            *self,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean           plt_office_connect_finish   (PltOffice            *self,
                                                GAsyncResult         *result,
                                                GError              **error);

/* Converts an error of any folder, and notices when it says that the session has ended. @error:
 * (transfer full). Returns: (transfer full). */
GError            *plt_office_take_error       (PltOffice            *self,
                                                GError               *error);
/* Ends @task with it. */
void               plt_office_fail             (PltOffice            *self,
                                                GTask                *task,
                                                GError               *error);

/* Another number since the connection to the database was made anew: what it held, such as locks, is gone. */
guint              plt_office_get_epoch        (PltOffice            *self);

/* One program prints one application once at a time: FALSE when it is at it already. */
gboolean           plt_office_begin_printing   (PltOffice            *self,
                                                const char           *application_number);
void               plt_office_end_printing     (PltOffice            *self,
                                                const char           *application_number);

G_END_DECLS
