/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reaches the scheduler and turns its refusals into errors of ours. */
#include "plt-print-connection.h"

#include <glib/gi18n-lib.h>

#define CONNECT_TIMEOUT_MS 5000
#define ANSWER_TIMEOUT_S 10.0

G_DEFINE_QUARK (plt-print-error-quark, plt_print_error)

/* libcups would ask on the terminal. */
static const char *
have_no_password (const char *prompt,
                  http_t     *http,
                  const char *method,
                  const char *resource,
                  void       *user_data)
{
  return NULL;
}

static int
give_up (http_t *http,
         void   *user_data)
{
  return 0;
}

/* @address: (nullable): as plt_print_server_new(). Returns: (transfer full) (nullable): OFFLINE if
 * nobody answers there within five seconds */
http_t *
plt_print_connection_open (const char  *address,
                           GError     **error)
{
  http_t *http;

  /* Per thread. cupsCopyDestInfo() asks the device instead of the queue unless its connection goes
   * to the default server. */
  cupsSetServer (address);
  cupsSetPasswordCB2 (have_no_password, NULL);
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
  return http;
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
  if (status == IPP_STATUS_ERROR_NOT_FOUND)
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
         || operation == IPP_OP_CREATE_PRINTER_SUBSCRIPTIONS;
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

  if (response == NULL && reads)
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
