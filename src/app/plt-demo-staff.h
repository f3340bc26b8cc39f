/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The staff of an office in a box, for signing in by choosing a role. Only where the box wrote a
 * file that nobody but its owner can read (PLATEN_DEMO_FOLDER/staff.json, mode 0600). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *login;
  char *name;
  char *role;
  char *password;
  char *totp_secret; /* Base32, RFC 4648 */
} PltDemoStaff;

/* (element-type PltDemoStaff) (transfer full)(nullable): NULL where there is no box. */
GPtrArray *plt_demo_staff_load (void);
/* The six digits of this moment (RFC 6238: SHA-1, 30 s). */
char      *plt_demo_staff_totp (const PltDemoStaff *self,
                                gint64              unix_seconds);

G_END_DECLS
