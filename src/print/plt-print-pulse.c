/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One connection on which nothing is said: it ends when the scheduler does. */
#include "plt-print-pulse.h"

#include <poll.h>
#include <sys/socket.h>

#include "plt-print-connection.h"

#define LOOK_MS 500
#define RETRY_MS 500
/* Schedulers end connections on which nothing is said for long: cupsd after KeepAliveTimeout, 30 seconds by default. */
#define SPEAK_EVERY (5 * G_TIME_SPAN_SECOND)

struct _PltPrintPulse
{
  gatomicrefcount ref_count; /* the owner and the thread */
  char *address;
  gint stopped;   /* atomic */
  gint64 lost_at; /* under the lock */
  GMutex mutex;
};

static void
pulse_unref (PltPrintPulse *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->address);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static gboolean
is_stopped (PltPrintPulse *self)
{
  return g_atomic_int_get (&self->stopped) != 0;
}

static gboolean
is_closed (int fd)
{
  struct pollfd poller = { .fd = fd, .events = POLLIN };
  char byte;

  if (poll (&poller, 1, LOOK_MS) <= 0)
    return FALSE;
  if (recv (fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) <= 0)
    return TRUE;
  g_usleep (LOOK_MS * 1000);
  return FALSE;
}

static gboolean
speak (http_t *http)
{
  g_autoptr (ipp_t) response = cupsDoRequest (http, plt_print_connection_request (IPP_OP_CUPS_GET_DEFAULT, NULL), "/");

  return response != NULL;
}

/* Until the connection is lost. */
static void
listen_to (PltPrintPulse *self,
           http_t        *http)
{
  gint64 speak_at = g_get_monotonic_time () + SPEAK_EVERY;

  while (!is_stopped (self) && !is_closed (httpGetFd (http)))
    {
      if (g_get_monotonic_time () < speak_at)
        continue;
      if (!speak (http))
        return;
      speak_at = g_get_monotonic_time () + SPEAK_EVERY;
    }
}

static gpointer
run (gpointer data)
{
  PltPrintPulse *self = data;

  while (!is_stopped (self))
    {
      g_autoptr (http_t) http = plt_print_connection_open (self->address, NULL);

      if (http == NULL)
        {
          g_usleep (RETRY_MS * 1000);
          continue;
        }
      listen_to (self, http);
      if (is_stopped (self))
        break;
      g_mutex_lock (&self->mutex);
      self->lost_at = g_get_real_time () / G_USEC_PER_SEC;
      g_mutex_unlock (&self->mutex);
    }
  pulse_unref (self);
  return NULL;
}

PltPrintPulse *
plt_print_pulse_new (const char *address)
{
  PltPrintPulse *self = g_new0 (PltPrintPulse, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_atomic_ref_count_inc (&self->ref_count);
  self->address = g_strdup (address);
  g_mutex_init (&self->mutex);
  g_thread_unref (g_thread_new ("print-pulse", run, self));
  return self;
}

void
plt_print_pulse_free (PltPrintPulse *self)
{
  g_atomic_int_set (&self->stopped, 1);
  pulse_unref (self);
}

gint64
plt_print_pulse_get_lost_at (PltPrintPulse *self)
{
  g_mutex_lock (&self->mutex);
  gint64 lost_at = self->lost_at;
  g_mutex_unlock (&self->mutex);
  return lost_at;
}
