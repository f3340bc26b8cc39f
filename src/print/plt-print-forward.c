/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A queue may pass its jobs on to a queue of another print server, which may repeat them. That is
 * asked, and remembered for a while. */
#include "plt-print-settings.h"

#include <glib/gi18n-lib.h>

#include "plt-print-connection.h"

#define TIMEOUT_MS 1500
#define REMEMBER_US (30 * G_USEC_PER_SEC)

typedef struct
{
  gint64   until;
  char   **refusals; /* NULL: it could not be asked */
} Answer;

static GMutex mutex;
static GHashTable *answers; /* device-uri → Answer; under the mutex */

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_strfreev (answer->refusals);
  g_free (answer);
}

typedef struct
{
  char scheme[32];
  char user[128];
  char host[256];
  char resource[1024];
  int  port;
} Place;

/* What has the form of a CUPS queue: printers themselves are at /ipp/print and the like. */
static gboolean
read_place (const char *uri,
            Place      *place)
{
  http_uri_status_t status =
    httpSeparateURI (HTTP_URI_CODING_ALL, uri, place->scheme, sizeof place->scheme, place->user,
                     sizeof place->user, place->host, sizeof place->host, &place->port,
                     place->resource, sizeof place->resource);

  return status >= HTTP_URI_STATUS_OK
         && (g_str_has_prefix (place->scheme, "ipp") || g_str_has_prefix (place->scheme, "http"))
         && (g_str_has_prefix (place->resource, "/printers/")
             || g_str_has_prefix (place->resource, "/classes/"));
}

static int
give_up (http_t *http,
         void   *user_data)
{
  return 0;
}

/* Returns: (transfer full) (nullable) */
static char **
ask (const Place *place)
{
  gboolean secure = g_str_equal (place->scheme, "ipps") || g_str_equal (place->scheme, "https");
  g_autoptr (http_t) http = httpConnect2 (place->host, place->port, NULL, AF_UNSPEC,
                                          secure ? HTTP_ENCRYPTION_ALWAYS
                                                 : HTTP_ENCRYPTION_IF_REQUESTED,
                                          1, TIMEOUT_MS, NULL);
  g_autoptr (ipp_t) response = NULL;
  g_autoptr (PltPrintQueue) queue = NULL;
  ipp_attribute_t *position;
  ipp_t *request;
  char uri[HTTP_MAX_URI];

  if (http == NULL)
    return NULL;
  httpSetTimeout (http, TIMEOUT_MS / 1000.0, give_up, NULL);
  httpAssembleURI (HTTP_URI_CODING_ALL, uri, sizeof uri, "ipp", NULL, place->host, place->port,
                   place->resource);
  request = ippNewRequest (IPP_OP_GET_PRINTER_ATTRIBUTES);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, uri);
  ippAddStrings (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                 (int) plt_print_settings_n_attributes (), NULL, plt_print_settings_attributes);
  response = cupsDoRequest (http, request, place->resource);
  if (response == NULL || ippGetStatusCode (response) > IPP_STATUS_OK_EVENTS_COMPLETE)
    return NULL;
  position = ippFirstAttribute (response);
  queue = plt_print_queue_next (response, &position);
  if (queue == NULL || plt_print_queue_find (queue, "printer-error-policy") == NULL)
    return NULL;
  return plt_print_settings_refuse (queue);
}

/* Returns: (transfer full) (nullable) */
static char **
ask_or_remember (const char  *uri,
                 const Place *place)
{
  gint64 now = g_get_monotonic_time ();
  Answer *answer;
  char **refusals;

  g_mutex_lock (&mutex);
  answer = answers != NULL ? g_hash_table_lookup (answers, uri) : NULL;
  refusals = answer != NULL ? g_strdupv (answer->refusals) : NULL;
  if (answer != NULL && answer->until > now)
    {
      g_mutex_unlock (&mutex);
      return refusals;
    }
  g_mutex_unlock (&mutex);

  g_strfreev (refusals);
  refusals = ask (place);
  answer = g_new0 (Answer, 1);
  answer->until = g_get_monotonic_time () + REMEMBER_US;
  answer->refusals = g_strdupv (refusals);
  g_mutex_lock (&mutex);
  if (answers == NULL)
    answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, answer_free);
  g_hash_table_insert (answers, g_strdup (uri), answer);
  g_mutex_unlock (&mutex);
  return refusals;
}

void
plt_print_forward_judge (PltPrintQueue *queue,
                         GPtrArray     *refusals,
                         GPtrArray     *warnings)
{
  const char *uri = plt_print_queue_string (queue, "device-uri");
  g_auto (GStrv) found = NULL;
  Place place;

  if (uri == NULL || !read_place (uri, &place))
    return;
  found = ask_or_remember (uri, &place);
  if (found == NULL)
    g_ptr_array_add (warnings, g_strdup_printf (
      _("It passes cards on to the print server “%s”, which could not be asked whether it repeats them. "
        "See that its error policy is “stop-printer”."), place.host));
  for (guint i = 0; found != NULL && found[i] != NULL; i++)
    /* Translators: a print server, then what is wrong with its printer, as sentences. */
    g_ptr_array_add (refusals, g_strdup_printf (_("It passes cards on to the print server “%s”: %s"),
                                                place.host, found[i]));
}
