/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether what people wrote may stand in a certificate. Private to this folder. */
#pragma once

#include "plt-key-store.h"

G_BEGIN_DECLS

/* %PLT_ISO_ERROR_KEY: a name is too long for a directory, or not of one line. */
gboolean plt_key_names_check      (const PltKeyWish  *wish,
                                   GError           **error);
/* Of the web, with a computer in it; with @mail "mailto:" and an address, too. */
gboolean plt_key_names_is_address (const char        *text,
                                   gboolean           mail);

G_END_DECLS
