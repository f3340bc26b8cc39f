/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Creates, feeds, finds and cancels card jobs (RFC 8011 §4). */
#include "plt-print-job.h"

#include <glib/gi18n-lib.h>

#include "plt-print-begun.h"
#include "plt-print-beyond.h"
#include "plt-print-connection.h"
#include "plt-print-make.h"
#include "plt-print-offer.h"
#include "plt-printer-private.h"

/* ISO/IEC 7810 ID-1 in hundredths of a millimetre. Media are portrait by definition (PWG 5101.1);
 * the filter turns the landscape page. */
#define ID1_SHORT 5398
#define ID1_LONG 8560

/* What CUPS's IPP back end notes of a queue when the printer answers that there is no such job, before
 * it calls the job completed (backend/ipp.c of CUPS 2.4). The note stays with the queue. */
#define LOST_JOB "cups-ipp-missing-job-history"

/* Longer than a ribbon is ever waited for: MaxJobTime of cupsd.conf(5) would cancel the card after
 * three hours. */
#define CANCEL_AFTER_SECONDS (30 * 24 * 3600)

static const char *const job_attributes[] = {
  "job-id", "job-uuid", "job-name", "job-printer-uri", "job-printer-uri-actual", "job-state",
  "job-k-octets", "job-state-reasons",
  "job-printer-state-message", "job-printer-state-reasons",
  "time-at-creation", "time-at-processing", "job-printer-up-time",
};

void
plt_print_job_free (PltPrintJob *self)
{
  if (self == NULL)
    return;

  g_free (self->uuid);
  g_free (self->name);
  g_free (self->printer);
  g_free (self->state_text);
  g_free (self);
}

static ipp_t *
new_id1_media (void)
{
  static const char *const margins[] = { "media-bottom-margin", "media-left-margin",
                                         "media-right-margin", "media-top-margin" };
  ipp_t *size = ippNew ();
  ipp_t *media = ippNew ();

  ippAddInteger (size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension", ID1_SHORT);
  ippAddInteger (size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "y-dimension", ID1_LONG);
  ippAddCollection (media, IPP_TAG_ZERO, "media-size", size);
  ippDelete (size);
  for (guint i = 0; i < G_N_ELEMENTS (margins); i++)
    ippAddInteger (media, IPP_TAG_ZERO, IPP_TAG_INTEGER, margins[i], 0);
  return media;
}

/* A card is read landscape and turned like a page, about its short edge: top stays top. The size
 * always goes along: a queue's own default may be Letter. So does the order of the pages, which
 * cups-filters' pdftopdf(1) reverses for a printer whose output lies face up: the back would be
 * printed as the front, with the ribbon of the front. */
static void
add_card_attributes (ipp_t           *request,
                     PltPrintProfile *profile)
{
  const char *sides = profile != NULL ? plt_print_profile_get_sides (profile) : NULL;
  g_autoptr (ipp_t) media = new_id1_media ();

  ippAddString (request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "job-hold-until", NULL, "indefinite");
  ippAddCollection (request, IPP_TAG_JOB, "media-col", media);
  ippAddString (request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "sides", NULL,
                sides != NULL ? sides : "two-sided-short-edge");
  ippAddString (request, IPP_TAG_JOB, IPP_TAG_NAME, "OutputOrder", NULL, "Normal");
  ippAddString (request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "print-scaling", NULL, "none");
  ippAddString (request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "print-color-mode", NULL, "color");
  ippAddInteger (request, IPP_TAG_JOB, IPP_TAG_ENUM, "print-quality", IPP_QUALITY_HIGH);
  ippAddInteger (request, IPP_TAG_JOB, IPP_TAG_INTEGER, "number-up", 1);
  ippAddInteger (request, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-cancel-after", CANCEL_AFTER_SECONDS);
  ippAddInteger (request, IPP_TAG_JOB, IPP_TAG_INTEGER, "copies", 1);
  ippAddString (request, IPP_TAG_JOB, IPP_TAG_NAME, "job-sheets", NULL, "none");
}

static const char *
name_state (PltJobState state)
{
  switch (state)
    {
    case PLT_JOB_STATE_PENDING:
      return _("Waits for the printer");
    case PLT_JOB_STATE_HELD:
      return _("Held");
    case PLT_JOB_STATE_PROCESSING:
      return _("Printing");
    case PLT_JOB_STATE_STOPPED:
      return _("Printing was interrupted");
    case PLT_JOB_STATE_CANCELED:
      /* CUPS 2.4 says the same when an IPP printer has aborted a job. */
      return _("Cancelled, or given up by the printer");
    case PLT_JOB_STATE_ABORTED:
      return _("Failed at the printer");
    case PLT_JOB_STATE_COMPLETED:
      return _("Sent out by the printer");
    case PLT_JOB_STATE_UNKNOWN:
    default:
      return _("The print server knows no such job");
    }
}

/* The printer's trouble concerns a job only while it is on its way. */
static char *
describe_job (PltPrintProfile  *profile,
              PltJobState       state,
              char            **reasons,
              const char       *message)
{
  int printer_state = state == PLT_JOB_STATE_STOPPED ? PLT_PRINTER_STATE_STOPPED
                                                     : PLT_PRINTER_STATE_PROCESSING;
  g_autoptr (PltPrintTrouble) found = plt_print_trouble_find (profile, reasons, message,
                                                             printer_state);
  g_autofree char *trouble = plt_print_trouble_to_text (found);

  if (trouble[0] == '\0' || state == PLT_JOB_STATE_HELD || state >= PLT_JOB_STATE_CANCELED)
    return g_strdup (name_state (state));
  /* Translators: first what the job does, then the printer's trouble. */
  return g_strdup_printf (_("%s (%s)"), name_state (state), trouble);
}

static PltPrintJob *
new_unknown_job (int         job_id,
                 const char *job_name)
{
  PltPrintJob *job = g_new0 (PltPrintJob, 1);

  job->id = job_id;
  job->name = g_strdup (job_name);
  job->state = PLT_JOB_STATE_UNKNOWN;
  job->state_text = g_strdup (name_state (PLT_JOB_STATE_UNKNOWN));
  return job;
}

/* What one job's attributes say while they are collected. */
typedef struct
{
  int               id;
  int               state;
  int               k_octets;
  int               created;
  int               begun;
  int               now;
  const char       *uuid;
  const char       *name;
  const char       *printer_uri;
  const char       *actual_uri; /* the member of a class that took it */
  const char       *message;
  gboolean          needs_password;
  ipp_attribute_t  *reasons;
} JobFacts;

static void
note_attribute (JobFacts        *facts,
                ipp_attribute_t *attribute)
{
  const char *name = ippGetName (attribute);

  if (g_str_equal (name, "job-id"))
    facts->id = ippGetInteger (attribute, 0);
  else if (g_str_equal (name, "job-state"))
    facts->state = ippGetInteger (attribute, 0);
  else if (g_str_equal (name, "job-k-octets"))
    facts->k_octets = ippGetInteger (attribute, 0);
  else if (g_str_equal (name, "time-at-creation"))
    facts->created = ippGetInteger (attribute, 0);
  else if (g_str_equal (name, "time-at-processing"))
    facts->begun = ippGetInteger (attribute, 0);
  else if (g_str_equal (name, "job-printer-up-time"))
    facts->now = ippGetInteger (attribute, 0);
  else if (g_str_equal (name, "job-uuid"))
    facts->uuid = ippGetString (attribute, 0, NULL);
  else if (g_str_equal (name, "job-name"))
    facts->name = ippGetString (attribute, 0, NULL);
  else if (g_str_equal (name, "job-printer-uri"))
    facts->printer_uri = ippGetString (attribute, 0, NULL);
  else if (g_str_equal (name, "job-printer-uri-actual"))
    facts->actual_uri = ippGetString (attribute, 0, NULL);
  else if (g_str_equal (name, "job-printer-state-message"))
    facts->message = ippGetString (attribute, 0, NULL);
  else if (g_str_equal (name, "job-printer-state-reasons"))
    facts->reasons = attribute;
  else if (g_str_equal (name, "job-state-reasons"))
    facts->needs_password = ippContainsString (attribute, "cups-held-for-authentication") != 0;
}

/* Collects the next job group of @response into @facts. Returns: whether there was one */
static gboolean
next_job (ipp_t            *response,
          ipp_attribute_t **position,
          JobFacts         *facts)
{
  ipp_attribute_t *attribute = *position;

  *facts = (JobFacts) { 0 };
  while (attribute != NULL && ippGetGroupTag (attribute) != IPP_TAG_JOB)
    attribute = ippNextAttribute (response);
  if (attribute == NULL)
    return FALSE;
  while (attribute != NULL && ippGetGroupTag (attribute) == IPP_TAG_JOB
         && ippGetName (attribute) != NULL)
    {
      note_attribute (facts, attribute);
      attribute = ippNextAttribute (response);
    }
  *position = attribute;
  return TRUE;
}

static gboolean
tells_of_lost_job (char **reasons)
{
  return reasons != NULL && g_strv_contains ((const char * const *) reasons, LOST_JOB);
}

/* Its clock need not be ours. */
static gint64
to_our_time (const JobFacts *facts,
             int             then)
{
  return then > 0 && facts->now > 0 ? g_get_real_time () / G_USEC_PER_SEC - (facts->now - then) : 0;
}

static char *
dup_printer (const JobFacts *facts)
{
  const char *uri = facts->actual_uri != NULL ? facts->actual_uri : facts->printer_uri;

  return uri != NULL ? g_path_get_basename (uri) : NULL;
}

/* @profile: (nullable): of the printer that has it, see find_profile() */
static PltPrintJob *
new_job (const JobFacts  *facts,
         PltPrintProfile *profile)
{
  PltPrintJob *job = g_new0 (PltPrintJob, 1);
  g_auto (GStrv) reasons = plt_print_connection_strings (facts->reasons);

  job->id = facts->id;
  job->uuid = g_strdup (facts->uuid);
  job->name = g_strdup (facts->name);
  job->printer = dup_printer (facts);
  job->state = (PltJobState) facts->state;
  job->state_text = facts->needs_password ? g_strdup (_("Held, because what the print server passes it on to takes no "
                                                        "password from it"))
                                          : describe_job (profile, job->state, reasons, facts->message);
  job->forgotten = tells_of_lost_job (reasons);
  if (facts->needs_password)
    plt_print_begun_forget (facts->uuid);
  else
    job->repeated = plt_print_begun_again (facts->uuid, facts->begun);
  job->created_at = to_our_time (facts, facts->created);
  job->begun_at = to_our_time (facts, facts->begun);
  return job;
}

static void
request_job_attributes (ipp_t *request)
{
  ippAddStrings (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                 G_N_ELEMENTS (job_attributes), NULL, job_attributes);
}

/* Returns: (transfer full) (nullable): NULL without @error if the scheduler knows no such job */
static ipp_t *
ask_job (http_t  *http,
         int      job_id,
         GError **error)
{
  ipp_t *request = plt_print_connection_about (IPP_OP_GET_JOB_ATTRIBUTES, job_id);
  g_autoptr (GError) problem = NULL;
  ipp_t *response;

  request_job_attributes (request);
  response = plt_print_connection_ask (http, request, "/", &problem);
  if (problem != NULL && !g_error_matches (problem, PLT_PRINT_ERROR, PLT_PRINT_ERROR_NO_PRINTER))
    g_propagate_error (error, g_steal_pointer (&problem));
  return response;
}

/* The words of the make for what holds the job up; asked only where there may be some.
 * Returns: (transfer full) (nullable) */
static PltPrintProfile *
find_profile (http_t             *http,
              const char *const  *folders,
              const JobFacts     *facts)
{
  gboolean is_under_way = facts->state == PLT_JOB_STATE_PENDING || facts->state == PLT_JOB_STATE_PROCESSING
                          || facts->state == PLT_JOB_STATE_STOPPED;
  g_autofree char *printer = is_under_way ? dup_printer (facts) : NULL;

  return printer != NULL ? plt_print_make_find (http, folders, printer) : NULL;
}

/* A held job does not have its queue's reasons yet: they are asked of the queue.
 * Returns: (transfer full): @job */
static PltPrintJob *
note_lost_jobs (http_t      *http,
                PltPrintJob *job)
{
  ipp_t *request;
  g_autoptr (ipp_t) response = NULL;

  if (job->state != PLT_JOB_STATE_HELD || job->printer == NULL)
    return job;
  request = plt_print_connection_request (IPP_OP_GET_PRINTER_ATTRIBUTES, job->printer);

  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", NULL,
                "printer-state-reasons");
  response = plt_print_connection_ask (http, request, "/", NULL);
  g_auto (GStrv) reasons = response == NULL ? NULL : plt_print_connection_strings (
    ippFindAttribute (response, "printer-state-reasons", IPP_TAG_KEYWORD));
  job->forgotten = tells_of_lost_job (reasons);
  return job;
}

/* Of the maker's driver, as the profile has them. */
static void
add_options (ipp_t           *request,
             http_t          *http,
             const char      *destination,
             PltPrintProfile *profile)
{
  g_autoptr (GPtrArray) options = plt_print_offer_choose (http, destination, profile, NULL);

  for (guint i = 0; i < options->len; i++)
    {
      const PltProfileOption *option = options->pdata[i];

      ippAddString (request, IPP_TAG_JOB, IPP_TAG_NAME, option->name, NULL, option->value);
    }
}

PltPrintJob *
plt_print_job_create (const char         *address,
                      const char *const  *profile_folders,
                      const char         *destination,
                      const char         *job_name,
                      GError            **error)
{
  g_autoptr (GPtrArray) profiles = plt_print_profiles_load (profile_folders, error);
  g_autoptr (PltPrintProfile) profile = NULL;
  g_autoptr (http_t) http = profiles != NULL ? plt_print_connection_open (address, error) : NULL;
  g_autofree char *resource = g_strdup_printf ("/printers/%s", destination);
  g_autoptr (ipp_t) response = NULL;
  g_autoptr (ipp_t) details = NULL;
  ipp_t *request;
  ipp_attribute_t *position;
  JobFacts facts;

  if (http == NULL || !plt_print_make_look (http, profiles, destination, &profile, error))
    return NULL;
  request = plt_print_connection_request (IPP_OP_CREATE_JOB, destination);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, job_name);
  add_card_attributes (request, profile);
  if (profile != NULL)
    add_options (request, http, destination, profile);
  response = plt_print_connection_ask (http, request, resource, error);
  if (response == NULL)
    return NULL;

  /* The answer of CUPS 2.4 has no job-uuid. */
  details = ask_job (http, ippGetInteger (ippFindAttribute (response, "job-id", IPP_TAG_INTEGER), 0),
                     error);
  position = details != NULL ? ippFirstAttribute (details) : NULL;
  if (details != NULL && next_job (details, &position, &facts))
    return note_lost_jobs (http, new_job (&facts, profile));
  if (error != NULL && *error == NULL)
    plt_print_connection_check (NULL, error);
  return NULL;
}

static gboolean
send_document (http_t      *http,
               const char  *destination,
               int          job_id,
               GBytes      *pdf,
               GError     **error)
{
  g_autoptr (ipp_t) request = plt_print_connection_about (IPP_OP_SEND_DOCUMENT, job_id);
  g_autoptr (ipp_t) response = NULL;
  g_autofree char *resource = g_strdup_printf ("/printers/%s", destination);
  gsize size;
  const char *data = g_bytes_get_data (pdf, &size);
  http_status_t status;

  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL,
                CUPS_FORMAT_PDF);
  ippAddBoolean (request, IPP_TAG_OPERATION, "last-document", 1);
  status = cupsSendRequest (http, request, resource, ippLength (request) + size);
  if (status == HTTP_STATUS_CONTINUE)
    status = cupsWriteRequestData (http, data, size);
  /* Asked even after a failed write: the scheduler may have said why. */
  response = cupsGetResponse (http, resource);
  if (status != HTTP_STATUS_CONTINUE && response == NULL)
    return plt_print_connection_check (NULL, error);
  return plt_print_connection_check (response, error);
}

static gboolean
release_job (http_t  *http,
             int      job_id,
             GError **error)
{
  g_autoptr (ipp_t) response =
    plt_print_connection_ask (http, plt_print_connection_about (IPP_OP_RELEASE_JOB, job_id),
                              "/jobs/", error);

  return response != NULL;
}

/* A job that has its document already (a crash after it was sent) is only released; one that is
 * no longer held gets nothing: it must not be printed twice. */
gboolean
plt_print_job_send (const char  *address,
                    const char  *destination,
                    int          job_id,
                    GBytes      *pdf,
                    GError     **error)
{
  g_autoptr (http_t) http = plt_print_connection_open (address, error);
  g_autoptr (ipp_t) details = http != NULL ? ask_job (http, job_id, error) : NULL;
  ipp_attribute_t *position = details != NULL ? ippFirstAttribute (details) : NULL;
  JobFacts facts = { 0 };

  if (http == NULL || (details == NULL && error != NULL && *error != NULL))
    return FALSE;
  if (details != NULL)
    next_job (details, &position, &facts);
  if (facts.state != PLT_JOB_STATE_HELD)
    {
      g_set_error (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_REJECTED,
                   _("The card was not sent: its print job %d is no longer held (%s). Look in the "
                     "printer’s tray before you print it again."),
                   job_id, name_state ((PltJobState) facts.state));
      return FALSE;
    }
  if (facts.k_octets == 0 && !send_document (http, destination, job_id, pdf, error))
    return FALSE;
  return release_job (http, job_id, error);
}

/* A job that has left the hold counts before one that never did; then the latest. */
static gboolean
is_better (const JobFacts *candidate,
           PltPrintJob    *found)
{
  gboolean candidate_left = candidate->state != PLT_JOB_STATE_HELD;
  gboolean found_left;

  if (found == NULL)
    return TRUE;
  found_left = found->state != PLT_JOB_STATE_HELD;
  return candidate_left != found_left ? candidate_left : candidate->id > found->id;
}

static PltPrintJob *
find_by_name (http_t             *http,
              const char *const  *folders,
              const char         *job_name,
              GError            **error)
{
  ipp_t *request = plt_print_connection_request (IPP_OP_GET_JOBS, NULL);
  g_autoptr (ipp_t) response = NULL;
  g_autoptr (PltPrintJob) found = NULL;
  gboolean hides_names = FALSE;
  ipp_attribute_t *position;
  JobFacts facts;

  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", NULL, "all");
  request_job_attributes (request);
  response = plt_print_connection_ask (http, request, "/", error);
  if (response == NULL)
    return NULL;
  position = ippFirstAttribute (response);
  while (next_job (response, &position, &facts))
    {
      hides_names = hides_names || facts.name == NULL;
      if (g_strcmp0 (facts.name, job_name) == 0 && is_better (&facts, found))
        {
          g_autoptr (PltPrintProfile) profile = find_profile (http, folders, &facts);

          plt_print_job_free (found);
          found = new_job (&facts, profile);
        }
    }
  if (found != NULL)
    return plt_print_beyond_look (http, note_lost_jobs (http, g_steal_pointer (&found)));
  if (!hides_names)
    return new_unknown_job (0, job_name);
  /* It may be one of those: to say that there is none would print it again. */
  g_set_error_literal (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_HIDDEN,
                       _("The print server hides the names of jobs from this user, so that nobody can say "
                         "whether the card was sent. The administrator sets “JobPrivateValues none”, or "
                         "who sent it looks."));
  return NULL;
}

/* Numbers start again when a spool is wiped, so the name must agree. */
PltPrintJob *
plt_print_job_find (const char         *address,
                    const char *const  *profile_folders,
                    int                 job_id,
                    const char         *job_name,
                    GError            **error)
{
  g_autoptr (http_t) http = plt_print_connection_open (address, error);
  g_autoptr (ipp_t) details = NULL;
  g_autoptr (GError) problem = NULL;
  ipp_attribute_t *position;
  JobFacts facts;

  if (http == NULL)
    return NULL;
  if (job_id > 0)
    details = ask_job (http, job_id, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  position = details != NULL ? ippFirstAttribute (details) : NULL;
  if (details != NULL && next_job (details, &position, &facts)
      && (job_name == NULL || g_strcmp0 (facts.name, job_name) == 0))
    {
      g_autoptr (PltPrintProfile) profile = find_profile (http, profile_folders, &facts);

      return plt_print_beyond_look (http, new_job (&facts, profile));
    }
  return job_name != NULL ? find_by_name (http, profile_folders, job_name, error) : new_unknown_job (job_id, NULL);
}

gboolean
plt_print_job_cancel (const char  *address,
                      int          job_id,
                      GError     **error)
{
  g_autoptr (http_t) http = plt_print_connection_open (address, error);
  g_autoptr (ipp_t) response = NULL;

  if (http == NULL)
    return FALSE;
  response = plt_print_connection_ask (http, plt_print_connection_about (IPP_OP_CANCEL_JOB, job_id),
                                       "/jobs/", error);
  return response != NULL;
}
