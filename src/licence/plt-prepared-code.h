/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The code of an application that was prepared at home: PE, seven of 0-9A-Z without I, L and O, and
 * their ISO/IEC 7064 MOD 37,36 check character. */
#pragma once

#include "plt-licence-error.h"

G_BEGIN_DECLS

gboolean  plt_prepared_code_is_meant   (const char  *typed);
char     *plt_prepared_code_normalise  (const char  *typed,
                                        GError     **error);
char     *plt_prepared_code_to_display (const char  *code);

/* A code that nobody has. */
const char *plt_prepared_code_of_nobody (void);

G_END_DECLS
