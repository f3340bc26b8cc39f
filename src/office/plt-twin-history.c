/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads which card it is, who did what to it and when, and how it was handed over. */
#include "plt-twin-history.h"

#include "plt-handover.h"

#include <glib/gi18n-lib.h>

static const char *
get_text (JsonObject *object,
          const char *name)
{
  return json_object_get_string_member_with_default (object, name, NULL);
}

static GDateTime *
new_time (JsonObject *object)
{
  const char *text = get_text (object, "at");

  return text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;
}

static void
event_free (PltTwinEvent *self)
{
  g_clear_pointer (&self->at, g_date_time_unref);
  g_free (self->who);
  g_free (self->text);
  g_free (self->why);
  g_free (self);
}

static void
read_events (PltTwin    *twin,
             JsonObject *known)
{
  JsonArray *events = json_object_get_array_member (known, "events");

  for (guint i = 0; i < json_array_get_length (events); i++)
    {
      JsonObject *object = json_array_get_object_element (events, i);
      PltTwinEvent *event = g_new0 (PltTwinEvent, 1);
      const char *workstation = get_text (object, "workstation");
      const char *who = get_text (object, "who");

      event->at = new_time (object);
      event->who = workstation != NULL ? g_strdup_printf ("%s, %s", who != NULL ? who : "—", workstation)
                                       : g_strdup (who);
      event->text = g_strdup (get_text (object, "text"));
      event->why = g_strdup (get_text (object, "why"));
      g_ptr_array_add (twin->events, event);
    }
}

static const char *
get_document_title (const char *nick)
{
  for (guint i = 0; i < PLT_N_IDENTITY_DOCUMENTS; i++)
    if (g_strcmp0 (plt_identity_document_get_nick (i), nick) == 0)
      return plt_identity_document_get_title (i);
  return NULL;
}

/* What was shown and signed, as it is kept. */
static char *
dup_handover (JsonObject *handover)
{
  const char *document = get_document_title (get_text (handover, "document"));
  const char *end = get_text (handover, "number_end");
  const char *receipt = get_text (handover, "receipt_sha256");
  g_autoptr (GString) words = g_string_new (NULL);

  if (g_strcmp0 (get_text (handover, "how"), "post") == 0)
    /* Translators: the number of a letter, and the number under which it was posted */
    return g_strdup_printf (_("Posted in letter %s under %s"), get_text (handover, "letter"),
                            get_text (handover, "reference"));
  if (end != NULL)
    /* Translators: a document that was shown, and how its number ends */
    g_string_append_printf (words, _("%s, number ending in %s"), document != NULL ? document : "—", end);
  else
    g_string_append (words, document != NULL ? document : "—");
  g_string_append_printf (words, " · %s", receipt != NULL ? _("signed for") : _("not signed for"));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* "utopia-2, version 3" */
static char *
dup_layout (JsonObject *known)
{
  const char *layout = get_text (known, "layout");

  if (layout == NULL)
    return NULL;
  /* Translators: a layout’s name and the number of its version */
  return g_strdup_printf (_("%s, version %d"), layout,
                          (int) json_object_get_int_member_with_default (known, "layout_version", 0));
}

void
plt_twin_history_read (PltTwin    *twin,
                       JsonObject *known)
{
  JsonNode *handover = json_object_get_member (known, "handover");

  twin->card = g_strdup (get_text (known, "card"));
  twin->holder_name = g_strdup (get_text (known, "holder_name"));
  twin->application = g_strdup (get_text (known, "application"));
  twin->printer = g_strdup (get_text (known, "printer"));
  twin->serial = g_strdup (get_text (known, "serial"));
  twin->layout = dup_layout (known);
  plt_card_state_from_nick (get_text (known, "state"), &twin->state);
  if (handover != NULL && JSON_NODE_HOLDS_OBJECT (handover))
    twin->handover = dup_handover (json_node_get_object (handover));
  twin->events = g_ptr_array_new_with_free_func ((GDestroyNotify) event_free);
  read_events (twin, known);
}
