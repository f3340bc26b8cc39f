/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A queue may pass its jobs on to a queue of another print server, which may repeat them. That is
 * asked, and remembered for a while. */
#include "plt-print-forward.h"

#include <glib/gi18n-lib.h>

#include "plt-print-connection.h"
#include "plt-print-login.h"
#include "plt-print-settings.h"

#define TIMEOUT_MS 1500
#define REMEMBER_US (30 * G_USEC_PER_SEC)
/* One that passes cards back to where they came from never ends. */
#define MAX_SERVERS 4

typedef struct
{
  gint64   until;
  char   **refusals; /* NULL: it could not be asked */
  char    *next;     /* device-uri */
} Answer;

static GMutex mutex;
static GHashTable *answers; /* device-uri → Answer; under the mutex */

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_strfreev (answer->refusals);
  g_free (answer->next);
  g_free (answer);
}

static Answer *
answer_copy (const Answer *answer)
{
  Answer *copy = g_new0 (Answer, 1);

  copy->until = answer->until;
  copy->refusals = g_strdupv (answer->refusals);
  copy->next = g_strdup (answer->next);
  return copy;
}

gboolean
plt_print_forward_read (const char      *uri,
                        PltPrintForward *place)
{
  char scheme[32], user[128], resource[1024];
  http_uri_status_t status =
    httpSeparateURI (HTTP_URI_CODING_ALL, uri, scheme, sizeof scheme, user, sizeof user, place->host,
                     sizeof place->host, &place->port, resource, sizeof resource);
  char *options = strchr (resource, '?');

  if (options != NULL)
    *options = '\0';
  place->secure = g_str_equal (scheme, "ipps") || g_str_equal (scheme, "https");
  place->is_class = g_str_has_prefix (resource, "/classes/");
  if (status < HTTP_URI_STATUS_OK || !(g_str_has_prefix (scheme, "ipp") || g_str_has_prefix (scheme, "http"))
      || !(g_str_has_prefix (resource, "/printers/") || place->is_class))
    return FALSE;
  g_strlcpy (place->destination, strchr (resource + 1, '/') + 1, sizeof place->destination);
  return *place->destination != '\0';
}

/* Without scheme, as print-servers.ini has it. */
static char *
dup_address (const PltPrintForward *place)
{
  return g_strdup_printf (strchr (place->host, ':') != NULL ? "ipps://[%s]:%d" : "ipps://%s:%d", place->host, place->port);
}

static int
give_up (http_t *http,
         void   *user_data)
{
  return 0;
}

http_t *
plt_print_forward_open (const PltPrintForward  *place,
                        GError                **error)
{
  g_autofree char *address = dup_address (place);
  http_t *http = httpConnect2 (place->host, place->port, NULL, AF_UNSPEC,
                               place->secure ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED, 1, TIMEOUT_MS, NULL);

  if (http == NULL)
    {
      g_set_error (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_OFFLINE,
                   _("The print server “%s”, to which cards are passed on, cannot be reached. Nothing was sent to a printer; "
                     "try again, or tell the administrator."), place->host);
      return NULL;
    }
  httpSetTimeout (http, TIMEOUT_MS / 1000.0, give_up, NULL);
  if (!place->secure || plt_print_login_check (address, http, error))
    return http;
  httpClose (http);
  return NULL;
}

char *
plt_print_forward_ask_next (http_t     *http,
                            const char *destination)
{
  ipp_t *request = plt_print_connection_request (IPP_OP_GET_PRINTER_ATTRIBUTES, destination);
  g_autoptr (ipp_t) response = NULL;
  ipp_attribute_t *uri;

  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", NULL, "device-uri");
  response = cupsDoRequest (http, request, "/");
  uri = response != NULL ? ippFindAttribute (response, "device-uri", IPP_TAG_URI) : NULL;
  return uri != NULL ? g_strdup (ippGetString (uri, 0, NULL)) : NULL;
}

gboolean
plt_print_forward_walk (http_t               *http,
                        const char           *destination,
                        PltPrintForwardFunc   func,
                        gpointer              user_data,
                        GError              **error)
{
  g_autofree char *uri = plt_print_forward_ask_next (http, destination);
  gboolean going_on = TRUE;
  PltPrintForward place;

  plt_print_login_keep (TRUE);
  for (int i = 0; going_on && i < MAX_SERVERS && uri != NULL && plt_print_forward_read (uri, &place); i++)
    {
      g_autoptr (http_t) other = plt_print_forward_open (&place, error);

      going_on = other != NULL && func (other, &place, user_data, error);
      g_free (uri);
      uri = going_on ? plt_print_forward_ask_next (other, place.destination) : NULL;
    }
  plt_print_login_keep (FALSE);
  return going_on;
}

/* ---- what is set there ---- */

static void
ask_settings (http_t                *http,
              const PltPrintForward *place,
              Answer                *answer)
{
  ipp_t *request = ippNewRequest (IPP_OP_GET_PRINTER_ATTRIBUTES);
  g_autofree char *resource = g_strconcat (place->is_class ? "/classes/" : "/printers/", place->destination, NULL);
  g_autoptr (ipp_t) response = NULL;
  g_autoptr (PltPrintQueue) queue = NULL;
  ipp_attribute_t *position;
  char uri[HTTP_MAX_URI];

  httpAssembleURI (HTTP_URI_CODING_ALL, uri, sizeof uri, "ipp", NULL, place->host, place->port, resource);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, uri);
  plt_print_settings_ask (request, NULL, 0);
  response = cupsDoRequest (http, request, resource);
  if (response == NULL || ippGetStatusCode (response) > IPP_STATUS_OK_EVENTS_COMPLETE)
    return;
  position = ippFirstAttribute (response);
  queue = plt_print_queue_next (response, &position);
  if (queue == NULL || plt_print_queue_find (queue, "printer-error-policy") == NULL)
    return;
  answer->next = g_strdup (plt_print_queue_string (queue, "device-uri"));
  if (plt_print_queue_is_class (queue))
    answer->refusals = g_strsplit (
      _("It is a class there, which would send a card again to another printer by itself after an error. The administrator "
        "passes cards on to one of its printers."), "\n", 1);
  else
    answer->refusals = plt_print_settings_refuse (queue);
}

static Answer *
ask (const PltPrintForward *place)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (http_t) http = NULL;
  Answer *answer = g_new0 (Answer, 1);

  plt_print_login_keep (TRUE);
  http = plt_print_forward_open (place, &error);
  if (http != NULL)
    ask_settings (http, place, answer);
  else if (g_error_matches (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_UNTRUSTED))
    answer->refusals = g_strsplit (error->message, "\n", 1);
  plt_print_login_keep (FALSE);
  answer->until = g_get_monotonic_time () + REMEMBER_US;
  return answer;
}

/* What is refused is asked again at once: somebody may be putting it right. */
static Answer *
ask_or_remember (const char            *uri,
                 const PltPrintForward *place)
{
  Answer *answer;

  g_mutex_lock (&mutex);
  answer = answers != NULL ? g_hash_table_lookup (answers, uri) : NULL;
  answer = answer != NULL && answer->until > g_get_monotonic_time () ? answer_copy (answer) : NULL;
  g_mutex_unlock (&mutex);
  if (answer != NULL)
    return answer;

  answer = ask (place);
  if (answer->refusals != NULL && answer->refusals[0] != NULL)
    return answer;
  g_mutex_lock (&mutex);
  if (answers == NULL)
    answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, answer_free);
  g_hash_table_insert (answers, g_strdup (uri), answer_copy (answer));
  g_mutex_unlock (&mutex);
  return answer;
}

void
plt_print_forward_judge (PltPrintQueue *queue,
                         GPtrArray     *refusals,
                         GPtrArray     *warnings)
{
  g_autofree char *uri = g_strdup (plt_print_queue_string (queue, "device-uri"));
  PltPrintForward place;

  for (int i = 0; i < MAX_SERVERS && uri != NULL && plt_print_forward_read (uri, &place); i++)
    {
      Answer *answer = ask_or_remember (uri, &place);

      if (answer->refusals == NULL)
        g_ptr_array_add (warnings, g_strdup_printf (
          _("It passes cards on to the print server “%s”, which could not be asked whether it repeats them. "
            "See that its error policy is “stop-printer”."), place.host));
      for (guint j = 0; answer->refusals != NULL && answer->refusals[j] != NULL; j++)
        /* Translators: a print server, then what is wrong with its printer, as sentences. */
        g_ptr_array_add (refusals, g_strdup_printf (_("It passes cards on to the print server “%s”: %s"),
                                                    place.host, answer->refusals[j]));
      g_free (uri);
      uri = g_strdup (answer->next);
      answer_free (answer);
    }
}
