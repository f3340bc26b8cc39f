/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making errors of this folder's own domain. */
#pragma once

#include "plt-office-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

GError *plt_office_error_new        (PltOfficeError   code,
                                     const char      *rule,
                                     const char      *format,
                                     ...) G_GNUC_PRINTF (3, 4);
/* Turns an error of any folder below into one of ours, with its sentence, rule and detail.
 * Cancellation and our own errors pass. @error: (transfer full). Returns: (transfer full). */
GError *plt_office_error_convert    (GError          *error);
/* Ends @task with @error, converted. @error: (transfer full). */
void    plt_office_return_error     (GTask           *task,
                                     GError          *error);

G_END_DECLS
