/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A desktop's camera service on the test's own bus: as org.freedesktop.portal.Camera is documented, with what
 * the person answers and whether there is a camera as the test wants it. */
#pragma once

#include <gio/gio.h>

typedef struct
{
  GDBusConnection *bus;
  gboolean         is_present;
  guint            answer;     /* 0 yes, 1 no */
  const char      *error;      /* instead of an answer; NULL: none */
  int              descriptor; /* what it gives out; the test's */
  int              n_asked, n_opened;
} MockPortal;

/* Takes the service's name on the session bus. */
void mock_portal_start (MockPortal *self);
void mock_portal_stop  (MockPortal *self);
