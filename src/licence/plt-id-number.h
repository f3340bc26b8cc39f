/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Utopia's ID number: ten digits and a check digit by ISO/IEC 7064 MOD 11,10. */
#pragma once

#include "plt-licence-error.h"

G_BEGIN_DECLS

#define PLT_ID_NUMBER_DIGITS 11

char     *plt_id_number_normalise   (const char  *typed,
                                     GError     **error);
int       plt_id_number_check_digit (const char  *digits);
gboolean  plt_id_number_is_slip     (const char  *a,
                                     const char  *b);
GPtrArray *plt_id_number_list_slips (const char  *id_number);
char     *plt_id_number_to_display  (const char  *id_number);

G_END_DECLS
