/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads IPP requests, does what they ask of the printer, and writes the answers. */
#include "plt-demo-device-ipp.h"

#include <cups/cups.h>
#include <string.h>

typedef struct
{
  const guint8 *data;
  gsize         length;
  gsize         at;
} Source;

typedef struct
{
  PltDemoDevice *device;
  char          *uri;
  ipp_t         *in;
  ipp_t         *out;
  const guint8  *document;
  gsize          document_length;
} Exchange;

static ssize_t
read_cb (void        *context,
         ipp_uchar_t *buffer,
         size_t       bytes)
{
  Source *source = context;
  gsize n = MIN (bytes, source->length - source->at);

  memcpy (buffer, source->data + source->at, n);
  source->at += n;
  return (ssize_t) n;
}

static ssize_t
write_cb (void        *context,
          ipp_uchar_t *buffer,
          size_t       bytes)
{
  g_byte_array_append (context, buffer, (guint) bytes);
  return (ssize_t) bytes;
}

static void
refuse (Exchange     *exchange,
        ipp_status_t  status)
{
  ippSetStatusCode (exchange->out, status);
}

static const char *
get_text (ipp_t      *request,
          const char *name,
          const char *otherwise)
{
  ipp_attribute_t *attribute = ippFindAttribute (request, name, IPP_TAG_ZERO);
  const char *text = attribute != NULL ? ippGetString (attribute, 0, NULL) : NULL;

  return text != NULL ? text : otherwise;
}

static PltDemoJob *
find_job (Exchange *exchange)
{
  ipp_attribute_t *attribute = ippFindAttribute (exchange->in, "job-id", IPP_TAG_INTEGER);
  const char *uri = get_text (exchange->in, "job-uri", "");
  const char *slash = strrchr (uri, '/');
  int id = attribute != NULL ? ippGetInteger (attribute, 0) : slash != NULL ? atoi (slash + 1) : 0;
  PltDemoJob *job = plt_demo_device_find_job (exchange->device, id);

  if (job == NULL)
    refuse (exchange, IPP_STATUS_ERROR_NOT_FOUND);
  return job;
}

static gboolean
wanted_cb (void            *context,
           ipp_t           *target,
           ipp_attribute_t *attribute)
{
  cups_array_t *wanted = context;

  /* PWG 5100.7: it may be large, and is given to whoever names it. */
  if (g_strcmp0 (ippGetName (attribute), "media-col-database") == 0)
    return wanted != NULL && cupsArrayFind (wanted, (void *) "media-col-database") != NULL;
  return wanted == NULL || ippGetName (attribute) == NULL ||
         cupsArrayFind (wanted, (void *) ippGetName (attribute)) != NULL;
}

/* Only what was asked for goes into the answer. */
static void
copy_wanted (Exchange *exchange,
             ipp_t    *all)
{
  cups_array_t *wanted = ippCreateRequestedArray (exchange->in);

  ippCopyAttributes (exchange->out, all, 0, wanted_cb, wanted);
  cupsArrayDelete (wanted);
}

static const char *
give_job_reason (const PltDemoJob *job)
{
  switch (job->state)
    {
    case PLT_DEMO_JOB_HELD:
      return "job-data-insufficient";
    case PLT_DEMO_JOB_PROCESSING:
      return "job-printing";
    case PLT_DEMO_JOB_STOPPED:
      return "printer-stopped";
    case PLT_DEMO_JOB_CANCELED:
      return "job-canceled-by-user";
    case PLT_DEMO_JOB_ABORTED:
      return "aborted-by-system";
    case PLT_DEMO_JOB_COMPLETED:
      return "job-completed-successfully";
    case PLT_DEMO_JOB_PENDING:
      break;
    }
  return "none";
}

static void
add_time (ipp_t      *ipp,
          const char *name,
          gint64      seconds)
{
  if (seconds > 0)
    ippAddInteger (ipp, IPP_TAG_JOB, IPP_TAG_INTEGER, name, (int) seconds);
  else
    ippAddOutOfBand (ipp, IPP_TAG_JOB, IPP_TAG_NOVALUE, name);
}

static void
describe_job (Exchange         *exchange,
              const PltDemoJob *job)
{
  ipp_t *all = ippNew ();
  g_autofree char *uri = g_strdup_printf ("%s/%d", exchange->uri, job->id);

  ippAddInteger (all, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-id", job->id);
  ippAddString (all, IPP_TAG_JOB, IPP_TAG_URI, "job-uri", NULL, uri);
  ippAddString (all, IPP_TAG_JOB, IPP_TAG_URI, "job-uuid", NULL, job->uuid);
  ippAddString (all, IPP_TAG_JOB, IPP_TAG_URI, "job-printer-uri", NULL, exchange->uri);
  ippAddString (all, IPP_TAG_JOB, IPP_TAG_NAME, "job-name", NULL, job->name);
  ippAddString (all, IPP_TAG_JOB, IPP_TAG_NAME, "job-originating-user-name", NULL, job->user);
  ippAddInteger (all, IPP_TAG_JOB, IPP_TAG_ENUM, "job-state", (int) job->state);
  ippAddString (all, IPP_TAG_JOB, IPP_CONST_TAG (IPP_TAG_KEYWORD), "job-state-reasons", NULL, give_job_reason (job));
  ippAddInteger (all, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-impressions-completed", job->impressions);
  ippAddInteger (all, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-printer-up-time", (int) (g_get_real_time () / G_USEC_PER_SEC));
  add_time (all, "time-at-creation", job->created);
  add_time (all, "time-at-processing", job->begun);
  add_time (all, "time-at-completed", job->ended);
  copy_wanted (exchange, all);
  ippDelete (all);
}

/* As ippeveprinter(1) tells its command of a job: IPP_SIDES=two-sided-short-edge. */
static char *
list_attributes (ipp_t *request)
{
  GString *text = g_string_new (NULL);

  for (ipp_attribute_t *attribute = ippFirstAttribute (request); attribute != NULL;
       attribute = ippNextAttribute (request))
    {
      gsize length = ippAttributeString (attribute, NULL, 0);
      g_autofree char *value = g_malloc0 (length + 1);
      g_autofree char *name = NULL;

      if (ippGetName (attribute) == NULL || g_str_equal (ippGetName (attribute), "printer-uri"))
        continue;
      name = g_ascii_strup (ippGetName (attribute), -1);
      ippAttributeString (attribute, value, length + 1);
      g_strdelimit (name, "-", '_');
      g_string_append_printf (text, "IPP_%s=%s\n", name, g_strdelimit (value, "\n", ' '));
    }
  return g_string_free (text, FALSE);
}

static PltDemoJob *
create (Exchange *exchange)
{
  g_autofree char *attributes = list_attributes (exchange->in);

  return plt_demo_device_add_job (exchange->device, get_text (exchange->in, "job-name", "Untitled"),
                                  get_text (exchange->in, "requesting-user-name", "anonymous"), attributes);
}

static void
take_document (Exchange   *exchange,
               PltDemoJob *job)
{
  const char *format = get_text (exchange->in, "document-format", "");
  gboolean is_pdf = exchange->document_length > 4 && memcmp (exchange->document, "%PDF", 4) == 0;

  if (job->document != NULL || job->state != PLT_DEMO_JOB_HELD)
    refuse (exchange, IPP_STATUS_ERROR_NOT_POSSIBLE);
  else if (exchange->document_length == 0 || g_str_has_prefix (format, "text/"))
    refuse (exchange, IPP_STATUS_ERROR_DOCUMENT_FORMAT_NOT_SUPPORTED);
  else if (!plt_demo_device_give (exchange->device, job, is_pdf ? "pdf" : "doc", exchange->document,
                                  exchange->document_length, NULL))
    refuse (exchange, IPP_STATUS_ERROR_INTERNAL);
}

static void
print_job (Exchange *exchange)
{
  PltDemoJob *job = create (exchange);

  take_document (exchange, job);
  describe_job (exchange, job);
}

static void
create_job (Exchange *exchange)
{
  describe_job (exchange, create (exchange));
}

static void
send_document (Exchange *exchange)
{
  PltDemoJob *job = find_job (exchange);

  if (job == NULL)
    return;
  take_document (exchange, job);
  describe_job (exchange, job);
}

static void
get_job (Exchange *exchange)
{
  PltDemoJob *job = find_job (exchange);

  if (job != NULL)
    describe_job (exchange, job);
}

static void
get_jobs (Exchange *exchange)
{
  GPtrArray *jobs = plt_demo_device_get_jobs (exchange->device);
  gboolean ended = g_str_equal (get_text (exchange->in, "which-jobs", "not-completed"), "completed");
  ipp_attribute_t *limit = ippFindAttribute (exchange->in, "limit", IPP_TAG_INTEGER);
  int left = limit != NULL ? ippGetInteger (limit, 0) : G_MAXINT;

  for (guint i = jobs->len; i > 0 && left > 0; i--)
    {
      PltDemoJob *job = g_ptr_array_index (jobs, i - 1);

      if ((job->state >= PLT_DEMO_JOB_CANCELED) != ended)
        continue;
      if (left-- != (limit != NULL ? ippGetInteger (limit, 0) : G_MAXINT))
        ippAddSeparator (exchange->out);
      describe_job (exchange, job);
    }
}

static void
cancel_job (Exchange *exchange)
{
  PltDemoJob *job = find_job (exchange);

  if (job != NULL && job->state >= PLT_DEMO_JOB_CANCELED)
    refuse (exchange, IPP_STATUS_ERROR_NOT_POSSIBLE);
  else if (job != NULL)
    plt_demo_device_cancel (exchange->device, job);
}

static void
get_printer (Exchange *exchange)
{
  ipp_t *all = ippNew ();

  plt_demo_device_describe (exchange->device, exchange->uri, all);
  copy_wanted (exchange, all);
  ippDelete (all);
}

static void
nod (Exchange *exchange)
{
}

static const struct
{
  ipp_op_t operation;
  void     (* act) (Exchange *exchange);
} operations[] = {
  { IPP_OP_PRINT_JOB, print_job },
  { IPP_OP_VALIDATE_JOB, nod },
  { IPP_OP_CREATE_JOB, create_job },
  { IPP_OP_SEND_DOCUMENT, send_document },
  { IPP_OP_CANCEL_JOB, cancel_job },
  { IPP_OP_CANCEL_MY_JOBS, nod },
  { IPP_OP_CLOSE_JOB, nod },
  { IPP_OP_GET_JOB_ATTRIBUTES, get_job },
  { IPP_OP_GET_JOBS, get_jobs },
  { IPP_OP_GET_PRINTER_ATTRIBUTES, get_printer },
  { IPP_OP_IDENTIFY_PRINTER, nod },
};

static void
act (Exchange *exchange)
{
  ipp_op_t operation = ippGetOperation (exchange->in);

  for (size_t i = 0; i < G_N_ELEMENTS (operations); i++)
    if (operations[i].operation == operation)
      {
        operations[i].act (exchange);
        return;
      }
  refuse (exchange, IPP_STATUS_ERROR_OPERATION_NOT_SUPPORTED);
}

GBytes *
plt_demo_device_answer (PltDemoDevice *device,
                        guint          port,
                        const guint8  *request,
                        gsize          length)
{
  Source source = { request, length, 0 };
  Exchange exchange = { .device = device, .in = ippNew () };
  GByteArray *answer = NULL;

  if (ippReadIO (&source, read_cb, 1, NULL, exchange.in) == IPP_STATE_DATA)
    {
      exchange.uri = g_strdup_printf ("ipp://127.0.0.1:%u/ipp/print", port);
      exchange.out = ippNewResponse (exchange.in);
      exchange.document = request + source.at;
      exchange.document_length = length - source.at;
      ipp_status_t status = plt_demo_device_judge_request (exchange.in);
      if (status == IPP_STATUS_OK)
        act (&exchange);
      else
        refuse (&exchange, status);
      answer = g_byte_array_new ();
      ippSetState (exchange.out, IPP_STATE_IDLE);
      ippWriteIO (answer, write_cb, 1, NULL, exchange.out);
      ippDelete (exchange.out);
      g_free (exchange.uri);
    }
  ippDelete (exchange.in);
  return answer != NULL ? g_byte_array_free_to_bytes (answer) : NULL;
}
