/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reaches the scheduler and turns its refusals into errors of ours. */
#include "plt-print-connection.h"

#include <glib/gi18n-lib.h>

#include "plt-print-login.h"

#define CONNECT_TIMEOUT_MS 5000
#define ANSWER_TIMEOUT_S 10.0

G_DEFINE_QUARK (plt-print-error-quark, plt_print_error)

/* libcups 2.4 takes a ticket of TLS 1.3 for a time-out: so an encrypted answer is waited for again,
 * for as long once more. */
static int
give_up (http_t *http,
         void   *user_data)
{
  static GPrivate since_here = G_PRIVATE_INIT (g_free);
  gint64 *since = g_private_get (&since_here);
  gint64 now = g_get_monotonic_time ();
  const gint64 wait = (gint64) (ANSWER_TIMEOUT_S * G_USEC_PER_SEC);

  if (!httpIsEncrypted (http))
    return 0;
  if (since == NULL)
    {
      since = g_new0 (gint64, 1);
      g_private_set (&since_here, since);
    }
  if (*since == 0 || now - *since > 2 * wait)
    *since = now;
  return now - *since < wait;
}

/* Threads are used again for other servers, and libcups remembers what was set in each. */
static http_encryption_t
choose_encryption (const char *address)
{
  static GPrivate usual_here;
  gpointer usual = g_private_get (&usual_here);

  if (usual == NULL)
    {
      usual = GINT_TO_POINTER ((int) cupsEncryption () + 1);
      g_private_set (&usual_here, usual);
    }
  return plt_print_login_is_secure (address)
           ? HTTP_ENCRYPTION_ALWAYS : (http_encryption_t) (GPOINTER_TO_INT (usual) - 1);
}

/* @address: (nullable): as plt_print_server_new(). Returns: (transfer full) (nullable): OFFLINE if
 * nobody answers there within five seconds */
http_t *
plt_print_connection_open (const char  *address,
                           GError     **error)
{
  g_autofree char *server = plt_print_login_dup_server (address);
  http_t *http;

  /* Per thread. cupsCopyDestInfo() asks the device instead of the queue unless its connection goes
   * to the default server. */
  cupsSetServer (server);
  cupsSetEncryption (choose_encryption (address));
  plt_print_login_begin (address);
  http = httpConnect2 (cupsServer (), ippPort (), NULL, AF_UNSPEC, cupsEncryption (), 1,
                       CONNECT_TIMEOUT_MS, NULL);
  if (http == NULL)
    {
      g_set_error (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_OFFLINE,
                   _("The print server “%s” cannot be reached. Nothing was sent to a printer; try "
                     "again, or tell the administrator."), cupsServer ());
      return NULL;
    }
  httpSetTimeout (http, ANSWER_TIMEOUT_S, give_up, NULL);
  if (plt_print_login_check (address, http, error))
    return http;
  httpClose (http);
  return NULL;
}

static void
add_user (ipp_t *request)
{
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL,
                cupsUser ());
}

/* @destination: (nullable): the queue it is about, NULL for the scheduler itself */
ipp_t *
plt_print_connection_request (ipp_op_t    operation,
                              const char *destination)
{
  ipp_t *request = ippNewRequest (operation);
  char uri[HTTP_MAX_URI];

  if (destination != NULL)
    httpAssembleURIf (HTTP_URI_CODING_ALL, uri, sizeof uri, "ipp", NULL, "localhost", 0,
                      "/printers/%s", destination);
  else
    g_strlcpy (uri, "ipp://localhost/", sizeof uri);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, uri);
  add_user (request);
  return request;
}

ipp_t *
plt_print_connection_about (ipp_op_t operation,
                            int      job_id)
{
  ipp_t *request = ippNewRequest (operation);
  g_autofree char *uri = g_strdup_printf ("ipp://localhost/jobs/%d", job_id);

  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_URI, "job-uri", NULL, uri);
  add_user (request);
  return request;
}

/* Reads what the scheduler answered. NULL means that the connection broke after the request was
 * on its way. */
gboolean
plt_print_connection_check (ipp_t   *response,
                            GError **error)
{
  ipp_status_t status = response != NULL ? ippGetStatusCode (response) : cupsLastError ();

  if (response != NULL && status <= IPP_STATUS_OK_EVENTS_COMPLETE)
    return TRUE;
  /* A server that asks for a password has taken nothing of the request. */
  if (plt_print_login_get_denial () != NULL
      && (response == NULL || status == IPP_STATUS_ERROR_NOT_AUTHENTICATED
          || status == IPP_STATUS_ERROR_NOT_AUTHORIZED || status == IPP_STATUS_ERROR_FORBIDDEN))
    g_set_error_literal (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_DENIED,
                         plt_print_login_get_denial ());
  else if (status == IPP_STATUS_ERROR_NOT_FOUND)
    g_set_error_literal (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_NO_PRINTER,
                         _("The print server knows no such printer or job. Choose another printer, "
                           "or tell the administrator."));
  else if (status == IPP_STATUS_ERROR_NOT_ACCEPTING_JOBS)
    g_set_error_literal (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_REJECTED,
                         _("The printer takes no jobs at present. Nothing was printed; choose "
                           "another printer, or let the administrator enable it."));
  else if (response != NULL)
    g_set_error (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_REJECTED,
                 _("The print server refused this: “%s”. Nothing was printed by it; tell the "
                   "administrator."), cupsLastErrorString ());
  else
    g_set_error_literal (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_UNKNOWN_FATE,
                         _("The connection to the print server broke. Look for the job by its name "
                           "before you repeat it."));
  return FALSE;
}

/* For requests that only read. */
void
plt_print_connection_say_silent (GError **error)
{
  g_set_error_literal (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_OFFLINE,
                       _("The print server does not answer. Nothing was sent to a printer; try "
                         "again, or tell the administrator."));
}

static gboolean
only_reads (ipp_op_t operation)
{
  return operation == IPP_OP_GET_JOB_ATTRIBUTES || operation == IPP_OP_GET_JOBS
         || operation == IPP_OP_GET_PRINTER_ATTRIBUTES || operation == IPP_OP_GET_NOTIFICATIONS
         || operation == IPP_OP_CREATE_PRINTER_SUBSCRIPTIONS || operation == IPP_OP_GET_SUBSCRIPTIONS;
}

/* Takes @request. Returns: (transfer full) (nullable) */
ipp_t *
plt_print_connection_ask (http_t      *http,
                          ipp_t       *request,
                          const char  *resource,
                          GError     **error)
{
  gboolean reads = only_reads (ippGetOperation (request));
  g_autoptr (ipp_t) response = cupsDoRequest (http, request, resource);

  if (response == NULL && reads && plt_print_login_get_denial () == NULL)
    {
      plt_print_connection_say_silent (error);
      return NULL;
    }
  if (!plt_print_connection_check (response, error))
    return NULL;
  return g_steal_pointer (&response);
}

/* @attribute: (nullable). Returns: (transfer full): its values */
char **
plt_print_connection_strings (ipp_attribute_t *attribute)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (int i = 0; attribute != NULL && i < ippGetCount (attribute); i++)
    {
      const char *value = ippGetString (attribute, i, NULL);

      if (value != NULL)
        g_strv_builder_add (builder, value);
    }
  return g_strv_builder_end (builder);
}
