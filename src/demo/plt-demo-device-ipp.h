/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a virtual card printer answers to IPP (RFC 8011), as far as a print system asks. */
#pragma once

#include "plt-demo-device.h"

#include <cups/ipp.h>

G_BEGIN_DECLS

/* (transfer full): what the printer says to @request, of @length bytes with the document behind it. NULL
 * if that is no IPP. */
GBytes *plt_demo_device_answer             (PltDemoDevice  *device,
                                            guint           port,
                                            const guint8   *request,
                                            gsize           length);

/* IPP_STATUS_OK, or with what @request is refused before anybody looks at what it wants. */
ipp_status_t
        plt_demo_device_judge_request      (ipp_t          *request);

/* What it is and can, and how it does: the attributes of the printer, as asked for by @requested. */
void    plt_demo_device_describe           (PltDemoDevice  *device,
                                            const char     *uri,
                                            ipp_t          *response);

G_END_DECLS
