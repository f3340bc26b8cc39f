/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ISO 3166-1, from three letters to two and back. Private to this folder. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *plt_mdl_country_to_alpha_2 (const char *alpha_3);
char *plt_mdl_country_to_alpha_3 (const char *alpha_2);

G_END_DECLS
