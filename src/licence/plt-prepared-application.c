/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was prepared at home, and whether this office can take it up. */
#include "plt-prepared-application.h"

#include "plt-prepared-code.h"

#include <glib/gi18n-lib.h>

static const char * const states[PLT_N_PREPARED_STATES] = { "open", "used", "cancelled" };

static const struct
{
  const char *nick;
  const char *title;
} statuses[PLT_N_PREPARED_STATUSES] = {
  [PLT_PREPARED_STATUS_CHECKED_IN] = { "checked_in", N_("Checked in") },
  [PLT_PREPARED_STATUS_IN_PROGRESS] = { "in_progress", N_("In progress") },
  [PLT_PREPARED_STATUS_BIOMETRICS_COMPLETE] = { "biometrics_complete", N_("Biometrics complete") },
  [PLT_PREPARED_STATUS_READY] = { "ready", N_("Ready to be handed over") },
  [PLT_PREPARED_STATUS_COMPLETED] = { "completed", N_("Completed") },
  [PLT_PREPARED_STATUS_CLOSED] = { "closed", N_("Closed without a card") },
};

PltPreparedApplication *
plt_prepared_application_new (void)
{
  return g_atomic_rc_box_new0 (PltPreparedApplication);
}

PltPreparedApplication *
plt_prepared_application_ref (PltPreparedApplication *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_application (gpointer data)
{
  PltPreparedApplication *self = data;

  g_free (self->code);
  g_free (self->id_number);
  g_free (self->office_code);
  g_strfreev (self->categories);
  g_free (self->language);
  g_free (self->email);
  g_free (self->phone);
  g_free (self->prepared_on);
  g_free (self->expires_on);
}

void
plt_prepared_application_unref (PltPreparedApplication *self)
{
  g_atomic_rc_box_release_full (self, clear_application);
}

PltPreparedRecord *
plt_prepared_record_new (void)
{
  return g_atomic_rc_box_new0 (PltPreparedRecord);
}

PltPreparedRecord *
plt_prepared_record_ref (PltPreparedRecord *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_record (gpointer data)
{
  PltPreparedRecord *self = data;

  g_free (self->code);
  g_free (self->language);
  g_free (self->email);
  g_free (self->phone);
  g_clear_pointer (&self->prepared_at, g_date_time_unref);
}

void
plt_prepared_record_unref (PltPreparedRecord *self)
{
  g_atomic_rc_box_release_full (self, clear_record);
}

static gboolean
is_over (PltPreparedApplication *self,
         PltDate                 today)
{
  PltDate last;

  return self->expires_on != NULL && plt_date_parse_iso (self->expires_on, &last) &&
         plt_date_compare (last, today) < 0;
}

/**
 * plt_prepared_application_dup_obstacle:
 * @self: an application as the service gave it out
 * @office_code: the office that would take it up
 * @today: the office's day
 *
 * Returns: (transfer full) (nullable): why it cannot, and what to do now; %NULL if it can
 */
char *
plt_prepared_application_dup_obstacle (PltPreparedApplication *self,
                                       const char             *office_code,
                                       PltDate                 today)
{
  g_autofree char *code = plt_prepared_code_to_display (self->code);
  PltDate last = { 0 };

  if (self->state == PLT_PREPARED_STATE_CANCELLED)
    return g_strdup_printf (_("Prepared application %s was not fetched, because the applicant has "
                              "cancelled it. Start an application by hand."), code);
  if (self->state == PLT_PREPARED_STATE_USED)
    return g_strdup_printf (_("Prepared application %s was not fetched, because it was used "
                              "already. Look for the applicant's ID number, or start an "
                              "application by hand."), code);
  if (g_strcmp0 (self->office_code, office_code) != 0)
    return g_strdup_printf (_("Prepared application %s was not fetched, because it is for office "
                              "%s. Send the applicant there, or start an application by hand."),
                            code, self->office_code);
  if (!is_over (self, today))
    return NULL;
  plt_date_parse_iso (self->expires_on, &last);

  g_autofree char *day = plt_date_to_display (last);

  return g_strdup_printf (_("Prepared application %s was not fetched, because it expired on %s. "
                            "Start an application by hand."), code, day);
}

gboolean
plt_prepared_state_from_nick (const char       *nick,
                              PltPreparedState *state)
{
  for (int i = 0; i < PLT_N_PREPARED_STATES; i++)
    if (g_strcmp0 (nick, states[i]) == 0)
      {
        *state = (PltPreparedState) i;
        return TRUE;
      }

  return FALSE;
}

const char *
plt_prepared_status_to_nick (PltPreparedStatus status)
{
  g_return_val_if_fail ((int) status >= 0 && status < PLT_N_PREPARED_STATUSES, NULL);

  return statuses[status].nick;
}

gboolean
plt_prepared_status_from_nick (const char        *nick,
                               PltPreparedStatus *status)
{
  for (int i = 0; i < PLT_N_PREPARED_STATUSES; i++)
    if (g_strcmp0 (nick, statuses[i].nick) == 0)
      {
        *status = (PltPreparedStatus) i;
        return TRUE;
      }

  return FALSE;
}

const char *
plt_prepared_status_get_title (PltPreparedStatus status)
{
  g_return_val_if_fail ((int) status >= 0 && status < PLT_N_PREPARED_STATUSES, NULL);

  return _(statuses[status].title);
}
