/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pieces of lines that the manners share. */
#pragma once

#include "plt-mrz.h"

G_BEGIN_DECLS

char     *plt_mrz_transliterate_field (const char   *name,
                                       const char   *field,
                                       GError      **error);
void      plt_mrz_append_padded       (GString      *line,
                                       const char   *text,
                                       gsize         length);
gboolean  plt_mrz_append_state        (GString      *line,
                                       const char   *state,
                                       GError      **error);

G_END_DECLS
