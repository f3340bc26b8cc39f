/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The office database of the box: schema, offices, staff, first stock. */
#pragma once

#include "plt-demo-box.h"

G_BEGIN_DECLS

typedef struct
{
  const char *login;
  const char *name;
  const char *office_code;
  const char *role;
} PltDemoStaff;

const PltDemoStaff *plt_demo_office_find_staff (const char  *login);

/* In a new, empty database. Passwords go to secrets/pgpass, otpauth URIs to secrets/LOGIN.totp. */
gboolean            plt_demo_office_make      (PltDemoBox   *box,
                                               gboolean      with_fees,
                                               GError      **error);

/* (transfer full): the code of @step of this member of staff. */
char               *plt_demo_office_make_code (PltDemoBox   *box,
                                               const char   *login,
                                               gint64        step,
                                               GError      **error);

G_END_DECLS
