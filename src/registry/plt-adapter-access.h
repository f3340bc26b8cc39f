/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How an adapter file says that we prove who we are, and what else goes into each request. */
#pragma once

#include "plt-adapter-reader.h"
#include "plt-registry-adapter.h"

G_BEGIN_DECLS

void plt_adapter_access_read (PltRegistryAdapter *adapter,
                              PltAdapterObject   *object);

G_END_DECLS
