/* The error domain of the formats. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-iso-error.h"

G_DEFINE_QUARK (plt-iso-error-quark, plt_iso_error)
