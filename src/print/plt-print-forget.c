/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes a job away from a scheduler for good, with its document. CUPS writes down what became of its jobs only every
 * DirtyCleanInterval of cupsd.conf(5), 30 s if nobody sets it: killed before, it begins again with what it wrote last
 * and prints a job that had ended once more (CUPS 2.4, measured). What was purged is gone from the disk at once. */
#include "plt-print-job.h"

#include <glib/gi18n-lib.h>

#include "plt-print-connection.h"

static gboolean
is_not_found (const GError *error)
{
  return g_error_matches (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_NO_PRINTER);
}

/* Numbers begin anew when a spool is wiped: what has another name now is another job.
 * @there: (out): whether it is known */
static gboolean
look (http_t      *http,
      int          job_id,
      const char  *job_name,
      gboolean    *there,
      GError     **error)
{
  ipp_t *request = plt_print_connection_about (IPP_OP_GET_JOB_ATTRIBUTES, job_id);
  g_autoptr (GError) problem = NULL;
  g_autoptr (ipp_t) response = NULL;
  ipp_attribute_t *name;

  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", NULL, "job-name");
  response = plt_print_connection_ask (http, request, "/", &problem);
  if (problem != NULL && !is_not_found (problem))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  name = response != NULL ? ippFindAttribute (response, "job-name", IPP_TAG_ZERO) : NULL;
  *there = response != NULL && (name == NULL || g_strcmp0 (ippGetString (name, 0, NULL), job_name) == 0);
  return TRUE;
}

gboolean
plt_print_job_forget (const char  *address,
                      int          job_id,
                      const char  *job_name,
                      GError     **error)
{
  g_autoptr (http_t) http = plt_print_connection_open (address, error);
  g_autoptr (GError) problem = NULL;
  g_autoptr (ipp_t) response = NULL;
  gboolean there;
  ipp_t *request;

  if (http == NULL || !look (http, job_id, job_name, &there, error))
    return FALSE;
  if (!there)
    return TRUE;
  request = plt_print_connection_about (IPP_OP_CANCEL_JOB, job_id);
  ippAddBoolean (request, IPP_TAG_OPERATION, "purge-job", 1);
  response = plt_print_connection_ask (http, request, "/jobs/", &problem);
  if (response != NULL || is_not_found (problem))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}
