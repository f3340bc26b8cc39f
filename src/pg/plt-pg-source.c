/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The GSource that wakes a PltPgConnection. */
#include "plt-pg-source.h"

typedef struct
{
  GSource  source;
  gpointer tag; /* of the descriptor, NULL while none is watched */
  int      fd;
} PltPgSource;

static gboolean
plt_pg_source_dispatch (GSource     *source,
                        GSourceFunc  callback,
                        gpointer     user_data)
{
  PltPgSource *self = (PltPgSource *) source;
  PltPgSourceFunc func = (PltPgSourceFunc) (void (*) (void)) callback;

  if (self->tag != NULL && func != NULL)
    func (g_source_query_unix_fd (source, self->tag), user_data);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs source_funcs = {
  .dispatch = plt_pg_source_dispatch,
};

/* @user_data is borrowed: destroy the source before it goes. */
GSource *
plt_pg_source_new (PltPgSourceFunc func,
                   gpointer        user_data)
{
  GSource *source = g_source_new (&source_funcs, sizeof (PltPgSource));

  g_source_set_static_name (source, "PltPgSource");
  g_source_set_callback (source, (GSourceFunc) (void (*) (void)) func, user_data, NULL);
  return source;
}

/* PQsocket() is another one, or −1, after some calls; so it is told anew each time. */
void
plt_pg_source_watch (GSource      *source,
                     int           fd,
                     GIOCondition  condition)
{
  PltPgSource *self = (PltPgSource *) source;

  if (self->tag != NULL && self->fd == fd)
    {
      g_source_modify_unix_fd (source, self->tag, condition);
      return;
    }
  if (self->tag != NULL)
    g_source_remove_unix_fd (source, g_steal_pointer (&self->tag));
  if (fd >= 0)
    self->tag = g_source_add_unix_fd (source, fd, condition);
  self->fd = fd;
}
