/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists the queues of a scheduler and judges whether cards can be printed on them. */
#include "plt-print-job.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "plt-print-connection.h"
#include "plt-print-supplies.h"
#include "plt-printer-private.h"

static const char *const printer_attributes[] = {
  "printer-name", "printer-info", "printer-location", "printer-make-and-model", "device-uri",
  "printer-state", "printer-state-message", "printer-state-reasons", "printer-is-accepting-jobs",
  "printer-error-policy", "sides-supported", "printer-alert-description", "marker-names",
  "marker-types", "marker-levels", "marker-low-levels", "marker-high-levels", "printer-supply",
  "printer-supply-description",
};

/* The attributes of one queue in the scheduler's answer; the strings belong to that. */
typedef struct
{
  PltPrinterFacts   facts;
  const char       *error_policy;
  ipp_attribute_t  *reasons;
  ipp_attribute_t  *sides;
  ipp_attribute_t  *alerts;
  PltSupplyAnswer   supplies;
} Queue;

static void
note_attribute (Queue           *queue,
                ipp_attribute_t *attribute)
{
  const char *name = ippGetName (attribute);

  if (g_str_equal (name, "printer-name"))
    queue->facts.destination = ippGetString (attribute, 0, NULL);
  else if (g_str_equal (name, "printer-info"))
    queue->facts.title = ippGetString (attribute, 0, NULL);
  else if (g_str_equal (name, "printer-location"))
    queue->facts.location = ippGetString (attribute, 0, NULL);
  else if (g_str_equal (name, "printer-make-and-model"))
    queue->facts.model = ippGetString (attribute, 0, NULL);
  else if (g_str_equal (name, "device-uri"))
    queue->facts.uri = ippGetString (attribute, 0, NULL);
  else if (g_str_equal (name, "printer-state"))
    queue->facts.state = (PltPrinterState) ippGetInteger (attribute, 0);
  else if (g_str_equal (name, "printer-state-message"))
    queue->facts.message = ippGetString (attribute, 0, NULL);
  else if (g_str_equal (name, "printer-is-accepting-jobs"))
    queue->facts.accepting = ippGetBoolean (attribute, 0);
  else if (g_str_equal (name, "printer-error-policy"))
    queue->error_policy = ippGetString (attribute, 0, NULL);
  else if (g_str_equal (name, "printer-state-reasons"))
    queue->reasons = attribute;
  else if (g_str_equal (name, "sides-supported"))
    queue->sides = attribute;
  else if (g_str_equal (name, "printer-alert-description"))
    queue->alerts = attribute;
  else
    plt_supply_answer_note (&queue->supplies, attribute);
}

static gboolean
next_queue (ipp_t            *response,
            ipp_attribute_t **position,
            Queue            *queue)
{
  ipp_attribute_t *attribute = *position;

  *queue = (Queue) { 0 };
  while (attribute != NULL && ippGetGroupTag (attribute) != IPP_TAG_PRINTER)
    attribute = ippNextAttribute (response);
  if (attribute == NULL)
    return FALSE;
  while (attribute != NULL && ippGetGroupTag (attribute) == IPP_TAG_PRINTER
         && ippGetName (attribute) != NULL)
    {
      note_attribute (queue, attribute);
      attribute = ippNextAttribute (response);
    }
  *position = attribute;
  return TRUE;
}

/* After a broken connection these policies send the whole job again, though the card may have come
 * out: two cards of one licence. */
static gboolean
repeats_jobs (Queue *queue)
{
  return g_strcmp0 (queue->error_policy, "retry-job") == 0
         || g_strcmp0 (queue->error_policy, "retry-current-job") == 0;
}

static gboolean
prints_both_sides (Queue *queue)
{
  return queue->sides != NULL && ippContainsString (queue->sides, "two-sided-short-edge");
}

/* Asked by size, since the scheduler does not know ID-1 by its name. Exactly first: what is within
 * half a millimetre will do, too. */
static gboolean
takes_id1 (http_t     *http,
           const char *destination)
{
  cups_dest_t *dest = cupsGetNamedDest (http, destination, NULL);
  cups_dinfo_t *info = dest != NULL ? cupsCopyDestInfo (http, dest) : NULL;
  cups_size_t size;
  gboolean found = FALSE;

  if (info != NULL)
    found = cupsGetDestMediaBySize (http, dest, info, 5398, 8560, CUPS_MEDIA_FLAGS_EXACT, &size)
            || cupsGetDestMediaBySize (http, dest, info, 5398, 8560, CUPS_MEDIA_FLAGS_DEFAULT,
                                       &size);
  cupsFreeDestInfo (info);
  if (dest != NULL)
    cupsFreeDests (1, dest);
  return found;
}

/* Returns: (transfer full) (nullable): words */
static char *
find_unsuitable_reason (http_t *http,
                        Queue  *queue)
{
  if (repeats_jobs (queue))
    return g_strdup (_("It would print a card again by itself after an error. The administrator "
                       "sets its error policy to “stop-printer”."));
  if (!prints_both_sides (queue))
    return g_strdup (_("It does not say that it prints both sides of a card, so that front and "
                       "back could come out as two cards."));
  if (!takes_id1 (http, queue->facts.destination))
    return g_strdup (_("It does not print on cards of the size of a driving licence (ID-1)."));
  return NULL;
}

static PltPrinter *
new_printer (http_t *http,
             Queue  *queue)
{
  g_auto (GStrv) reasons = plt_print_connection_strings (queue->reasons);
  g_auto (GStrv) alerts = plt_print_connection_strings (queue->alerts);
  g_autoptr (GPtrArray) supplies = plt_supply_answer_read (&queue->supplies);
  g_autofree char *unsuitable_reason = find_unsuitable_reason (http, queue);

  queue->facts.reasons = reasons;
  queue->facts.alerts = alerts;
  queue->facts.supplies = supplies;
  queue->facts.unsuitable_reason = unsuitable_reason;
  return plt_printer_new (&queue->facts);
}

/* Returns: (transfer container) (element-type PltPrinter) */
GPtrArray *
plt_print_list (const char  *address,
                GError     **error)
{
  g_autoptr (http_t) http = plt_print_connection_open (address, error);
  g_autoptr (http_t) probe = http != NULL ? plt_print_connection_open (address, error) : NULL;
  g_autoptr (ipp_t) response = NULL;
  g_autoptr (GPtrArray) printers = g_ptr_array_new_with_free_func (g_object_unref);
  ipp_t *request;
  ipp_attribute_t *position;
  Queue queue;

  if (http == NULL || probe == NULL)
    return NULL;
  request = plt_print_connection_request (IPP_OP_CUPS_GET_PRINTERS, NULL);
  ippAddStrings (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                 G_N_ELEMENTS (printer_attributes), NULL, printer_attributes);
  response = cupsDoRequest (http, request, "/");
  /* A scheduler without any queue says "not found". */
  if (response != NULL && ippGetStatusCode (response) == IPP_STATUS_ERROR_NOT_FOUND)
    return g_steal_pointer (&printers);
  if (response == NULL)
    {
      plt_print_connection_say_silent (error);
      return NULL;
    }
  if (!plt_print_connection_check (response, error))
    return NULL;

  position = ippFirstAttribute (response);
  while (next_queue (response, &position, &queue))
    if (queue.facts.destination != NULL)
      g_ptr_array_add (printers, new_printer (probe, &queue));
  return g_steal_pointer (&printers);
}
