/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whom a connection trusts before it is told. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* (transfer full) (nullable): the certificates that this machine trusts */
GTlsDatabase *plt_registry_trust_get_system (void);

/* GIO makes each connection with the default trust of the process, and libsoup tells it afterwards whom
 * the session trusts. The default is all that the machine trusts, some 140 certificates that are read
 * each time: ten milliseconds in the main loop for each connection. From here on it is @authorities,
 * if it was not replaced before. Each session of ours names whom it trusts, so nothing depends on it. */
void          plt_registry_trust_prefer     (GTlsDatabase *authorities);

G_END_DECLS
