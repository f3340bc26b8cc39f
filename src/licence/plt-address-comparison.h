/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses in one form, whatever the registry's abbreviations and order. */
#pragma once

#include "plt-difference.h"

G_BEGIN_DECLS

char          *plt_address_normalise (const char *address);
PltDifference  plt_address_compare   (const char *a,
                                      const char *b);

G_END_DECLS
