/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sheets of paper, such as letters: on any printer that has A4, and without the care that a card needs. */
#include "plt-print-job.h"

#include <glib/gi18n-lib.h>

#include "plt-print-connection.h"

#define A4 "iso_a4_210x297mm"

/* A card printer would take the sheet for a card. */
static gboolean
check_paper (http_t      *http,
             const char  *destination,
             GError     **error)
{
  ipp_t *request = plt_print_connection_request (IPP_OP_GET_PRINTER_ATTRIBUTES, destination);
  g_autoptr (ipp_t) response = NULL;
  g_autoptr (GError) problem = NULL;
  ipp_attribute_t *media;

  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", NULL, "media-supported");
  response = plt_print_connection_ask (http, request, "/", &problem);
  if (g_error_matches (problem, PLT_PRINT_ERROR, PLT_PRINT_ERROR_NO_PRINTER))
    g_set_error (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_NO_PRINTER,
                 _("Nothing was printed, because the print server has no printer “%s”. Choose another."),
                 destination);
  else if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  if (response == NULL)
    return FALSE;
  media = ippFindAttribute (response, "media-supported", IPP_TAG_ZERO);
  if (media == NULL || ippContainsString (media, A4))
    return TRUE;
  g_set_error (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_UNSUITABLE,
               _("Nothing was printed, because printer “%s” has no sheets of A4. Choose a printer for paper."),
               destination);
  return FALSE;
}

/* Returns: the number of the job; 0 with @error */
int
plt_print_sheet (const char  *address,
                 const char  *destination,
                 const char  *job_name,
                 GBytes      *pdf,
                 GError     **error)
{
  g_autoptr (http_t) http = plt_print_connection_open (address, error);
  g_autofree char *resource = g_strdup_printf ("/printers/%s", destination);
  g_autoptr (ipp_t) request = NULL;
  g_autoptr (ipp_t) response = NULL;
  gsize size;
  const char *data = g_bytes_get_data (pdf, &size);
  http_status_t status;

  if (http == NULL || !check_paper (http, destination, error))
    return 0;
  request = plt_print_connection_request (IPP_OP_PRINT_JOB, destination);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, job_name);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL, CUPS_FORMAT_PDF);
  ippAddString (request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "media", NULL, A4);
  ippAddString (request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "sides", NULL, "one-sided");
  ippAddString (request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "print-scaling", NULL, "none");
  ippAddInteger (request, IPP_TAG_JOB, IPP_TAG_INTEGER, "copies", 1);
  status = cupsSendRequest (http, request, resource, ippLength (request) + size);
  if (status == HTTP_STATUS_CONTINUE)
    status = cupsWriteRequestData (http, data, size);
  response = cupsGetResponse (http, resource);
  if (!plt_print_connection_check (response, error))
    return 0;
  return ippGetInteger (ippFindAttribute (response, "job-id", IPP_TAG_INTEGER), 0);
}
