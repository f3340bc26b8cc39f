/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What PltOffice alone may change of the session. */
#pragma once

#include "plt-session.h"

G_BEGIN_DECLS

PltSession *plt_session_new             (void);
/* @roles: nicks, NULL-terminated. */
void        plt_session_sign_in         (PltSession          *self,
                                         const char          *staff_login,
                                         const char          *staff_name,
                                         const char          *office_code,
                                         const char          *office_name,
                                         const char          *workstation,
                                         const char * const  *roles);
/* @expires_at: by the clock of the database. */
void        plt_session_set_end         (PltSession          *self,
                                         GDateTime           *expires_at);
void        plt_session_sign_out        (PltSession          *self);
/* @trouble: (nullable): a sentence, NULL when online. */
void        plt_session_set_online      (PltSession          *self,
                                         gboolean             online,
                                         const char          *trouble);
/* Returns: (transfer container): nicks, NULL-terminated. */
const char **plt_roles_to_nicks         (PltRoles             roles);

G_END_DECLS
