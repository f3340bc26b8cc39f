/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The error domain of the licence folder. */
#include "plt-licence-error.h"

G_DEFINE_QUARK (plt-licence-error-quark, plt_licence_error)
