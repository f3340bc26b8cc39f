/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plt-registry-adapter.h"
#include "plt-search-page.h"

G_BEGIN_DECLS

PltSearchPage *plt_search_decode (PltRegistryAdapter  *adapter,
                                  const char          *text,
                                  gsize                length,
                                  GError             **error);

G_END_DECLS
