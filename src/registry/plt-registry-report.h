/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells a pre-enrolment service where an application stands. */
#pragma once

#include "plt-prepared-application.h"
#include "plt-registry-client.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_REPORT_END_TAKEN,       /* the service has it, now or from before */
  PLT_REPORT_END_UNREACHABLE, /* this says nothing about the message: try again later */
  PLT_REPORT_END_REFUSED,     /* the service says that it does not want this message */
} PltReportEnd;

/* @message_id: the idempotency key; however often a message is sent, it acts once. Ends within the
 * adapter's time budget. */
void         plt_registry_client_report_async  (PltRegistryClient    *self,
                                                const char           *message_id,
                                                const char           *code,
                                                PltPreparedStatus     status,
                                                GDateTime            *happened_at,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean     plt_registry_client_report_finish (PltRegistryClient    *self,
                                                GAsyncResult         *result,
                                                PltReportEnd         *end,
                                                char                **trouble,
                                                GError              **error);

G_END_DECLS
