/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks back at a change whose answer was lost with the connection: what nobody knows is said at once,
 * and whether it was made is found in the history as soon as that can be read again. A change that was
 * not made is never made again by itself. */
#include "plt-case-private.h"

#include <glib/gi18n-lib.h>

/* As its button is called, and the event that tells of it (a second one where it depends). */
static const struct
{
  const char *name;
  const char *event;
  const char *other_event;
} changes[] = {
  [PLT_CASE_CHANGE_SUBMIT] = { N_("Submit"), "submitted", NULL },
  [PLT_CASE_CHANGE_APPROVE] = { N_("Approve"), "approved", NULL },
  [PLT_CASE_CHANGE_RETURN] = { N_("Return"), "returned", NULL },
  [PLT_CASE_CHANGE_REJECT] = { N_("Reject"), "rejected", NULL },
  [PLT_CASE_CHANGE_WITHDRAW] = { N_("Withdraw"), "withdrawn", NULL },
  [PLT_CASE_CHANGE_WAIT] = { N_("Wait for Registry"), "waiting", NULL },
  [PLT_CASE_CHANGE_CONTINUE] = { N_("Take Up"), "submitted", "draft" },
  [PLT_CASE_CHANGE_FIELD] = { N_("Choose"), "field", "parked" },
  [PLT_CASE_CHANGE_CATEGORIES] = { N_("Categories"), "categories", NULL },
  [PLT_CASE_CHANGE_PORTRAIT] = { N_("Photo"), "portrait", NULL },
  [PLT_CASE_CHANGE_SIGNATURE] = { N_("Signature"), "signature", NULL },
};

void
plt_case_lose (PltCase       *self,
               PltCaseChange  change)
{
  self->lost = change;
  /* Otherwise the case is read as soon as the connection is back. */
  if (plt_session_is_online (plt_office_get_session (self->office)))
    plt_case_reload_soon (self);
}

static gboolean
tells_of (PltEvent      *event,
          PltCaseChange  change)
{
  const char *what = plt_event_get_what (event);

  return g_strcmp0 (what, changes[change].event) == 0
         || (changes[change].other_event != NULL && g_strcmp0 (what, changes[change].other_event) == 0)
         || (change == PLT_CASE_CHANGE_FIELD && g_strcmp0 (what, "undone") == 0)
         || (change == PLT_CASE_CHANGE_CONTINUE && g_strcmp0 (what, "returned") == 0);
}

/* Whether a new event of this person tells of it. Newest first. */
static gboolean
was_made (PltCase       *self,
          PltCaseChange  change)
{
  GListModel *events = G_LIST_MODEL (self->events);
  guint n_events = g_list_model_get_n_items (events);
  g_autofree char *name = NULL;

  g_object_get (plt_office_get_session (self->office), "staff-name", &name, NULL);
  for (guint i = 0; i + self->n_events_before < n_events; i++)
    {
      g_autoptr (PltEvent) event = g_list_model_get_item (events, i);
      if (g_strcmp0 (plt_event_get_who (event), name) == 0 && tells_of (event, change))
        return TRUE;
    }
  return FALSE;
}

void
plt_case_tell_fate (PltCase       *self,
                    PltCaseChange  change)
{
  gboolean made = was_made (self, change);
  const char *number = plt_licence_application_get_number (self->application);
  const char *name = _(changes[change].name);
  g_autofree char *text = NULL;

  if (made)
    /* Translators: a button’s name, an application’s number. */
    text = g_strdup_printf (_("The database is back: “%s” was done for application %s before the"
                              " connection broke. Go on from here."), name, number);
  else
    /* Translators: a button’s name, an application’s number. */
    text = g_strdup_printf (_("The database is back: “%s” was not done for application %s. Do it again"
                              " if it is still right."), name, number);
  g_signal_emit_by_name (self, "fate-known", made, text);
}

char *
plt_case_dup_fate_text (PltCase *self)
{
  g_return_val_if_fail (PLT_IS_CASE (self), NULL);

  if (self->lost == PLT_CASE_CHANGE_NONE)
    return NULL;
  /* Translators: a button’s name, an application’s number. */
  return g_strdup_printf (_("The connection to the database broke before it answered, and nobody knows"
                            " yet whether “%s” was done for application %s. Platen looks by itself when"
                            " the database is back; until then nothing can be changed here."),
                          _(changes[self->lost].name),
                          plt_licence_application_get_number (self->application));
}
