/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starts an application for the person found, as soon as the registries have answered. */
#include "plt-search-pane-private.h"

#include "plt-case.h"
#include "plt-panes.h"

#include <glib/gi18n-lib.h>

/* Keys that are pressed from now on may be meant for the editor. */
void
plt_search_pane_expect (PltSearchPane *self,
                        gboolean       expecting)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.expect-application", "b", expecting);
}

/* What is under way for this citizen at this office, or NULL. */
PltLicenceApplication *
plt_search_pane_find_open (PltSearchPane *self)
{
  GListModel *applications = self->lookup != NULL ? plt_lookup_get_applications (self->lookup) : NULL;
  guint n_applications = applications != NULL ? g_list_model_get_n_items (applications) : 0;

  for (guint i = 0; i < n_applications; i++)
    {
      g_autoptr (PltLicenceApplication) application = g_list_model_get_item (applications, i);
      PltApplicationState state = plt_licence_application_get_state (application);

      if (state != PLT_APPLICATION_STATE_ISSUED && state != PLT_APPLICATION_STATE_REJECTED &&
          state != PLT_APPLICATION_STATE_WITHDRAWN)
        return g_steal_pointer (&application);
    }

  return NULL;
}

static void
show_start_error (PltSearchPane *self,
                  const GError  *error)
{
  g_autoptr (PltLicenceApplication) open = NULL;

  if (g_strcmp0 (plt_office_error_get_rule (error), "OPEN_APPLICATION") == 0)
    open = plt_search_pane_find_open (self);
  plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message,
                   open != NULL ? _("_Open Application") : NULL, open != NULL ? "search.open" : NULL);
}

/* The answer to a start was lost; what this office has for the citizen tells whether it was made. */
void
plt_search_pane_find_lost_start (PltSearchPane *self)
{
  g_autoptr (PltLicenceApplication) open = NULL;

  if (!self->start_lost)
    return;
  self->start_lost = FALSE;
  open = plt_search_pane_find_open (self);
  plt_search_pane_update_actions (self);
  if (open == NULL)
    {
      plt_notice_show (self->notice, PLT_NOTICE_WARNING,
                       _("The database is back: no application was started for this citizen. Start it "
                         "again if it is still wanted."), NULL, NULL);
      return;
    }
  plt_notice_clear (self->notice);
  plt_panes_toast (GTK_WIDGET (self), _("Application %s was started."),
                   plt_licence_application_get_number (open));
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_activate_action (GTK_WIDGET (self), "search.open", NULL);
}

static void
lose_start (PltSearchPane *self)
{
  self->start_lost = TRUE;
  plt_search_pane_update_actions (self);
  plt_notice_show (self->notice, PLT_NOTICE_WARNING,
                   _("The connection to the database broke before it answered, and nobody knows yet "
                     "whether the application was started. Platen looks by itself when the database "
                     "is back."), NULL, NULL);
}

static void
case_started_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(PltCase) kase = plt_case_start_finish (result, &error);
  PltSearchPane *self;
  const char *number;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = user_data;
  self->starting = FALSE;
  plt_search_pane_update_actions (self);
  if (kase == NULL)
    {
      plt_search_pane_expect (self, FALSE);
      if (g_error_matches (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_UNKNOWN_FATE))
        lose_start (self);
      else
        show_start_error (self, error);
      return;
    }

  plt_notice_clear (self->notice);
  number = plt_licence_application_get_number (plt_case_get_application (kase));
  plt_panes_toast (GTK_WIDGET (self), _("Application %s was started."), number);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-application", "s", number);
}

void
plt_search_pane_start_now (PltSearchPane *self)
{
  PltApplicationType type = (PltApplicationType) self->pending_type;

  self->pending_type = PLT_NO_TYPE;
  if (!plt_search_pane_is_known (self))
    {
      plt_notice_show (self->notice, PLT_NOTICE_WARNING,
                       _("No application was started because the population registry did not "
                         "give this person. Ask it again, or check the ID number."), NULL, NULL);
      plt_search_pane_expect (self, FALSE);
      plt_search_pane_update_actions (self);
      return;
    }

  self->starting = TRUE;
  plt_search_pane_update_actions (self);
  plt_case_start_async (self->office, self->lookup, type, NULL, self->cancellable, case_started_cb,
                        self);
}

void
plt_search_pane_start_when_done (PltSearchPane      *self,
                                 PltApplicationType  type)
{
  self->pending_type = (int) type;
  plt_search_pane_expect (self, TRUE);
  if (plt_lookup_is_busy (self->lookup))
    plt_notice_show (self->notice, PLT_NOTICE_INFO,
                     _("The application will be started as soon as the registries have answered "
                       "or their time is up."), NULL, NULL);
  else
    plt_search_pane_start_now (self);
  plt_search_pane_update_actions (self);
}
