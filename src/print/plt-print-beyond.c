/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks for a job by its name at one print server after the other. */
#include "plt-print-beyond.h"

#include <glib/gi18n-lib.h>

#include "plt-print-connection.h"
#include "plt-print-forward.h"

/* The jobs of one name at one server. */
typedef struct
{
  const char *name;
  int         n_begun;
  int         last; /* the state of the last one; 0: there is none, or its name is not shown */
} Seen;

static void
note_job (Seen       *seen,
          const char *name,
          int         state,
          int         began)
{
  if (g_strcmp0 (name, seen->name) != 0)
    return;
  seen->last = state;
  if (began > 0)
    seen->n_begun++;
}

static void
read_jobs (ipp_t *response,
           Seen  *seen)
{
  ipp_attribute_t *attribute = ippFirstAttribute (response);

  while (attribute != NULL)
    {
      const char *name = NULL;
      int state = 0, began = 0;

      while (attribute != NULL && ippGetGroupTag (attribute) != IPP_TAG_JOB)
        attribute = ippNextAttribute (response);
      for (; attribute != NULL && ippGetGroupTag (attribute) == IPP_TAG_JOB && ippGetName (attribute) != NULL;
           attribute = ippNextAttribute (response))
        if (g_str_equal (ippGetName (attribute), "job-name"))
          name = ippGetString (attribute, 0, NULL);
        else if (g_str_equal (ippGetName (attribute), "job-state"))
          state = ippGetInteger (attribute, 0);
        else if (g_str_equal (ippGetName (attribute), "time-at-processing"))
          began = ippGetInteger (attribute, 0);
      note_job (seen, name, state, began);
    }
}

/* @user_data: (PltPrintJob). Where the server shows nothing of it, what the one before it said holds. */
static gboolean
look_at_server (http_t                 *http,
                const PltPrintForward  *place,
                gpointer                user_data,
                GError                **error)
{
  static const char *const wanted[] = { "job-id", "job-name", "job-state", "time-at-processing" };
  PltPrintJob *job = user_data;
  Seen seen = { .name = job->name };
  ipp_t *request = plt_print_connection_request (IPP_OP_GET_JOBS, NULL);
  g_autoptr (ipp_t) response = NULL;

  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", NULL, "all");
  ippAddStrings (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", G_N_ELEMENTS (wanted), NULL, wanted);
  response = cupsDoRequest (http, request, "/");
  if (response == NULL || ippGetStatusCode (response) > IPP_STATUS_OK_EVENTS_COMPLETE)
    return TRUE;
  read_jobs (response, &seen);
  job->repeated = job->repeated || seen.n_begun > 1;
  if (seen.last == 0)
    return TRUE;
  /* Held there it waits for the rest of its document, which does not come any more. */
  job->state = seen.last == PLT_JOB_STATE_HELD ? PLT_JOB_STATE_ABORTED : (PltJobState) seen.last;
  return job->state == PLT_JOB_STATE_COMPLETED;
}

PltPrintJob *
plt_print_beyond_look (http_t      *http,
                       PltPrintJob *job)
{
  if (job->state != PLT_JOB_STATE_COMPLETED || job->printer == NULL || job->name == NULL)
    return job;
  if (!plt_print_forward_walk (http, job->printer, look_at_server, job, NULL) && job->state != PLT_JOB_STATE_COMPLETED)
    {
      g_free (job->state_text);
      job->state_text = g_strdup (job->state >= PLT_JOB_STATE_CANCELED
                                    ? _("Not printed by the other print server, to which it was passed on")
                                    : _("Waits at the other print server, to which it was passed on"));
    }
  return job;
}
