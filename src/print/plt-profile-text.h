/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of a profile: groups in brackets, keys with values. As a GKeyFile, but each with its
 * line, and nothing is passed over. */
#pragma once

#include "plt-print-profile.h"

G_BEGIN_DECLS

typedef struct
{
  char  *group;
  char  *key;    /* NULL: the line that begins the group */
  char  *locale; /* of key[locale]; NULL: none */
  char  *value;
  guint  line;
} PltProfileEntry;

/* (transfer full) (element-type PltProfileEntry): what can be read; what cannot is in @faults */
GPtrArray *plt_profile_text_read  (const char *text,
                                   gsize       length,
                                   GPtrArray  *faults);
void       plt_profile_faults_add (GPtrArray  *faults,
                                   guint       line,
                                   const char *format,
                                   ...) G_GNUC_PRINTF (3, 4);

G_END_DECLS
