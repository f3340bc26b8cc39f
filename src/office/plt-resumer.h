/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lets applications that wait for a registry go on by themselves. Each program that has one looks
 * for what is due, asks the registry for the oldest one and hands the answer to the database; while
 * one desk of the office asks a registry, the others do not. */
#pragma once

#include "plt-office.h"

G_BEGIN_DECLS

#define PLT_TYPE_RESUMER (plt_resumer_get_type ())
G_DECLARE_FINAL_TYPE (PltResumer, plt_resumer, PLT, RESUMER, GObject)

/* Looks every ten to fifteen seconds while somebody is signed in, and at once when a registry
 * answers again here, until it is freed. */
PltResumer *plt_resumer_new        (PltOffice            *office);

/* Asks now, one application after the other, until nothing more is due: all that waits for a
 * registry that answers, but one only for each that does not. What another desk has taken is left
 * to it. */
void        plt_resumer_run_async  (PltResumer           *self,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
/* @n_asked, @n_resumed: (out) (optional): so many were asked for; so many wait no more */
gboolean    plt_resumer_run_finish (PltResumer           *self,
                                    GAsyncResult         *result,
                                    guint                *n_asked,
                                    guint                *n_resumed,
                                    GError              **error);

G_END_DECLS
