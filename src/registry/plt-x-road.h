/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the X-Road Message Protocol for REST adds to a request, and how its security servers say
 * that they did not pass it on. */
#pragma once

#include <libsoup/soup.h>

#include "plt-registry-adapter.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_X_ROAD_FAULT_NONE,    /* the registry itself has answered */
  PLT_X_ROAD_FAULT_REFUSED, /* we may not ask, or asked wrongly */
  PLT_X_ROAD_FAULT_NETWORK, /* it could not be reached through X-Road */
} PltXRoadFault;

void           plt_x_road_add_headers (PltRegistryAdapter *adapter,
                                       const char         *staff,
                                       SoupMessageHeaders *headers);
PltXRoadFault  plt_x_road_get_fault   (SoupMessageHeaders *headers,
                                       char              **type);

G_END_DECLS
