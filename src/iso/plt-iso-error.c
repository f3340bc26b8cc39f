/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The error domain of the formats. */
#include "plt-iso-error.h"

G_DEFINE_QUARK (plt-iso-error-quark, plt_iso_error)
