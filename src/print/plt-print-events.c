/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Subscribes to a scheduler's events, reads them in their order and keeps what can be seen. */
#include "plt-print-events.h"

#include "plt-print-connection.h"
#include "plt-printer-private.h"

/* Short, since the subscription of a program that was killed stays until then, and a scheduler has
 * a hundred at most (MaxSubscriptions of cupsd.conf(5)). */
#define LEASE_SECONDS 120
/* What is remembered of jobs; when it is full, it is begun anew. */
#define MAX_JOBS 2000

struct _PltPrintEvents
{
  http_t     *http;
  int         subscription;
  int         last;     /* notify-sequence-number */
  gint64      renew_at; /* monotonic */
  GHashTable *printers; /* destination → what is shown of it */
  GHashTable *jobs;     /* job-id → job-state */
};

static const char *const watched_events[] = {
  "job-created", "job-state-changed", "job-completed", "printer-state-changed",
  "printer-config-changed", "printer-media-changed", "printer-stopped", "printer-added",
  "printer-deleted", "printer-modified",
};

/* What is shown of a printer and may change without its settings. */
static const char *const shown_attributes[] = {
  "printer-state", "printer-state-message", "printer-is-accepting-jobs", "printer-state-reasons",
  "marker-levels", "printer-supply", "printer-alert",
};

PltPrintChanges *
plt_print_changes_new (void)
{
  PltPrintChanges *self = g_new0 (PltPrintChanges, 1);

  self->printers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->jobs = g_hash_table_new (NULL, NULL);
  return self;
}

void
plt_print_changes_free (PltPrintChanges *self)
{
  g_hash_table_unref (self->printers);
  g_hash_table_unref (self->jobs);
  g_free (self);
}

void
plt_print_events_free (PltPrintEvents *self)
{
  g_clear_pointer (&self->http, httpClose);
  g_hash_table_unref (self->printers);
  g_hash_table_unref (self->jobs);
  g_free (self);
}

static ipp_t *
new_request (PltPrintEvents *self,
             ipp_op_t        operation)
{
  ipp_t *request = plt_print_connection_request (operation, NULL);

  ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "notify-subscription-id",
                 self->subscription);
  return request;
}

static void
note_lease (PltPrintEvents *self)
{
  self->renew_at = g_get_monotonic_time () + LEASE_SECONDS * G_USEC_PER_SEC / 2;
}

static gboolean
subscribe (PltPrintEvents  *self,
           GError         **error)
{
  ipp_t *request = plt_print_connection_request (IPP_OP_CREATE_PRINTER_SUBSCRIPTIONS, NULL);
  g_autoptr (ipp_t) response = NULL;
  ipp_attribute_t *id;

  ippAddString (request, IPP_TAG_SUBSCRIPTION, IPP_TAG_KEYWORD, "notify-pull-method", NULL, "ippget");
  ippAddStrings (request, IPP_TAG_SUBSCRIPTION, IPP_TAG_KEYWORD, "notify-events",
                 G_N_ELEMENTS (watched_events), NULL, watched_events);
  ippAddInteger (request, IPP_TAG_SUBSCRIPTION, IPP_TAG_INTEGER, "notify-lease-duration",
                 LEASE_SECONDS);
  response = plt_print_connection_ask (self->http, request, "/", error);
  if (response == NULL)
    return FALSE;
  id = ippFindAttribute (response, "notify-subscription-id", IPP_TAG_INTEGER);
  self->subscription = id != NULL ? ippGetInteger (id, 0) : 0;
  note_lease (self);
  if (self->subscription > 0)
    return TRUE;
  plt_print_connection_say_silent (error);
  return FALSE;
}

/**
 * plt_print_events_open:
 *
 * Always a new subscription: a scheduler that was killed takes up its old ones with numbers that it
 * has given before, and what is asked from a later number on would never come.
 *
 * Returns: (transfer full) (nullable): OFFLINE, or REJECTED by a service that has no subscriptions
 */
PltPrintEvents *
plt_print_events_open (const char  *address,
                       GError     **error)
{
  g_autoptr (PltPrintEvents) self = g_new0 (PltPrintEvents, 1);

  self->printers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->jobs = g_hash_table_new (NULL, NULL);
  self->http = plt_print_connection_open (address, error);
  if (self->http == NULL || !subscribe (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* One event's attributes; the strings belong to the answer. */
typedef struct
{
  int         sequence;
  int         job_id;
  int         job_state;
  const char *event;
  const char *printer_name;
} Event;

static void
note_attribute (Event           *event,
                ipp_attribute_t *attribute)
{
  const char *name = ippGetName (attribute);

  if (g_str_equal (name, "notify-sequence-number"))
    event->sequence = ippGetInteger (attribute, 0);
  else if (g_str_equal (name, "notify-job-id"))
    event->job_id = ippGetInteger (attribute, 0);
  else if (g_str_equal (name, "job-state"))
    event->job_state = ippGetInteger (attribute, 0);
  else if (g_str_equal (name, "notify-subscribed-event"))
    event->event = ippGetString (attribute, 0, NULL);
  else if (g_str_equal (name, "printer-name"))
    event->printer_name = ippGetString (attribute, 0, NULL);
}

static gboolean
next_event (ipp_t            *response,
            ipp_attribute_t **position,
            Event            *event)
{
  ipp_attribute_t *attribute = *position;

  *event = (Event) { 0 };
  while (attribute != NULL && ippGetGroupTag (attribute) != IPP_TAG_EVENT_NOTIFICATION)
    attribute = ippNextAttribute (response);
  if (attribute == NULL)
    return FALSE;
  while (attribute != NULL && ippGetGroupTag (attribute) == IPP_TAG_EVENT_NOTIFICATION
         && ippGetName (attribute) != NULL)
    {
      note_attribute (event, attribute);
      attribute = ippNextAttribute (response);
    }
  *position = attribute;
  return TRUE;
}

static void
append_shown (GString         *text,
              ipp_attribute_t *attribute)
{
  char value[2048];

  if (!g_str_equal (ippGetName (attribute), "printer-state-reasons"))
    {
      ippAttributeString (attribute, value, sizeof value);
      g_string_append_printf (text, "%s=%s\n", ippGetName (attribute), value);
      return;
    }
  for (int i = 0; i < ippGetCount (attribute); i++)
    if (plt_print_reason_severity (ippGetString (attribute, i, NULL)) > 0)
      g_string_append_printf (text, "%s\n", ippGetString (attribute, i, NULL));
}

/* The event does not tell the message nor the supplies, so the printer is asked. NULL: it is gone */
static char *
describe_printer (PltPrintEvents *self,
                  const char     *destination)
{
  ipp_t *request = plt_print_connection_request (IPP_OP_GET_PRINTER_ATTRIBUTES, destination);
  g_autoptr (ipp_t) response = NULL;
  GString *text;

  ippAddStrings (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                 G_N_ELEMENTS (shown_attributes), NULL, shown_attributes);
  response = plt_print_connection_ask (self->http, request, "/", NULL);
  if (response == NULL)
    return NULL;
  text = g_string_new (NULL);
  for (ipp_attribute_t *attribute = ippFirstAttribute (response); attribute != NULL;
       attribute = ippNextAttribute (response))
    if (ippGetGroupTag (attribute) == IPP_TAG_PRINTER && ippGetName (attribute) != NULL)
      append_shown (text, attribute);
  return g_string_free (text, FALSE);
}

/* One card makes a dozen events of which nobody sees more than three: only a printer that looks
 * different now has changed. */
static void
compare_printer (PltPrintEvents  *self,
                 const char      *destination,
                 PltPrintChanges *changes)
{
  g_autofree char *now = describe_printer (self, destination);
  const char *before = g_hash_table_lookup (self->printers, destination);

  if (now != NULL && g_strcmp0 (now, before) == 0)
    return;
  g_hash_table_add (changes->printers, g_strdup (destination));
  g_hash_table_insert (self->printers, g_strdup (destination),
                       now != NULL ? g_steal_pointer (&now) : g_strdup (""));
}

static void
compare_job (PltPrintEvents  *self,
             const Event     *event,
             PltPrintChanges *changes)
{
  gpointer id = GINT_TO_POINTER (event->job_id);

  if (GPOINTER_TO_INT (g_hash_table_lookup (self->jobs, id)) == event->job_state)
    return;
  if (g_hash_table_size (self->jobs) >= MAX_JOBS)
    g_hash_table_remove_all (self->jobs);
  g_hash_table_insert (self->jobs, id, GINT_TO_POINTER (event->job_state));
  g_hash_table_add (changes->jobs, id);
}

static gboolean
concerns_settings (const char *event)
{
  static const char *const events[] = { "printer-config-changed", "printer-media-changed",
                                        "printer-added", "printer-deleted", "printer-modified",
                                        NULL };

  return event != NULL && g_strv_contains (events, event);
}

static void
note_event (PltPrintEvents  *self,
            const Event     *event,
            GHashTable      *named,
            PltPrintChanges *changes)
{
  /* The scheduler keeps the last hundred (MaxEvents of cupsd.conf(5)). */
  if (event->sequence > self->last + 1)
    changes->everything = TRUE;
  self->last = MAX (self->last, event->sequence);
  if (event->job_id > 0 && event->job_state > 0)
    compare_job (self, event, changes);
  if (event->printer_name == NULL)
    return;
  if (concerns_settings (event->event))
    g_hash_table_add (changes->printers, g_strdup (event->printer_name));
  else
    g_hash_table_add (named, g_strdup (event->printer_name));
}

static gboolean
renew_lease (PltPrintEvents  *self,
             GError         **error)
{
  ipp_t *request = new_request (self, IPP_OP_RENEW_SUBSCRIPTION);
  g_autoptr (ipp_t) response = NULL;

  ippAddInteger (request, IPP_TAG_SUBSCRIPTION, IPP_TAG_INTEGER, "notify-lease-duration",
                 LEASE_SECONDS);
  response = plt_print_connection_ask (self->http, request, "/", error);
  note_lease (self);
  return response != NULL;
}

static ipp_t *
new_question (PltPrintEvents *self)
{
  ipp_t *request = plt_print_connection_request (IPP_OP_GET_NOTIFICATIONS, NULL);

  ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "notify-subscription-ids",
                 self->subscription);
  ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "notify-sequence-numbers",
                 self->last + 1);
  ippAddBoolean (request, IPP_TAG_OPERATION, "notify-wait", 0);
  return request;
}

gboolean
plt_print_events_read (PltPrintEvents   *self,
                       PltPrintChanges  *changes,
                       GError          **error)
{
  g_autoptr (GHashTable) named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (ipp_t) response = NULL;
  ipp_attribute_t *position;
  GHashTableIter iter;
  gpointer name;
  Event event;

  if (g_get_monotonic_time () >= self->renew_at && !renew_lease (self, error))
    return FALSE;
  response = plt_print_connection_ask (self->http, new_question (self), "/", error);
  if (response == NULL)
    return FALSE;
  position = ippFirstAttribute (response);
  while (next_event (response, &position, &event))
    note_event (self, &event, named, changes);
  g_hash_table_iter_init (&iter, named);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    compare_printer (self, name, changes);
  return TRUE;
}

void
plt_print_events_cancel (PltPrintEvents *self)
{
  g_autoptr (ipp_t) response =
    plt_print_connection_ask (self->http, new_request (self, IPP_OP_CANCEL_SUBSCRIPTION), "/", NULL);
}
