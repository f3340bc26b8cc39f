/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Begins and ends to edit an application, and asks for one that another desk edits. */
#include "plt-case-private.h"

#include <glib/gi18n-lib.h>

#include "plt-store-holds.h"

struct _PltCaseHold
{
  PltStoreHold *now;     /* NULL: nobody edits it */
  char         *was;     /* to be told once */
  guint         take_id; /* waits for an answer */
};

static PltCaseHold *
get_hold (PltCase *self)
{
  if (self->hold == NULL)
    self->hold = g_new0 (PltCaseHold, 1);
  return self->hold;
}

PltCaseEditor
plt_case_get_editor (PltCase *self)
{
  g_return_val_if_fail (PLT_IS_CASE (self), PLT_CASE_EDITOR_UNKNOWN);
  return self->editing;
}

/* "3 minutes": how long it has been. */
static char *
dup_age (GDateTime *since)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  gint64 minutes = since != NULL ? g_date_time_difference (now, since) / G_TIME_SPAN_MINUTE : 0;

  if (minutes < 1)
    return g_strdup (_("less than a minute"));
  if (minutes < 60)
    return g_strdup_printf (g_dngettext (NULL, "%d minute", "%d minutes", (gulong) minutes), (int) minutes);
  return g_strdup_printf (g_dngettext (NULL, "%d hour", "%d hours", (gulong) (minutes / 60)),
                          (int) (minutes / 60));
}

char *
plt_case_dup_editor_text (PltCase *self)
{
  g_return_val_if_fail (PLT_IS_CASE (self), NULL);

  PltStoreHold *now = self->hold != NULL ? self->hold->now : NULL;
  g_autofree char *age = NULL;

  if (self->editing != PLT_CASE_EDITOR_OTHER || now == NULL)
    return NULL;
  age = dup_age (now->since);
  /* Translators: name, workstation, “3 minutes” */
  return g_strdup_printf (_("%s edits this application at %s (for %s). You can read it; to change it, ask for it."),
                          now->who, now->workstation, age);
}

char *
plt_case_take_was_text (PltCase *self)
{
  g_return_val_if_fail (PLT_IS_CASE (self), NULL);

  char *text = NULL;

  if (self->hold != NULL && self->hold->was != NULL)
    /* Translators: a name */
    text = g_strdup_printf (_("%s was editing this application and is not there any more. What was saved is"
                              " here."), self->hold->was);
  if (self->hold != NULL)
    g_clear_pointer (&self->hold->was, g_free);
  return text;
}

const char *
plt_case_get_asker (PltCase     *self,
                    const char **workstation)
{
  g_return_val_if_fail (PLT_IS_CASE (self), NULL);

  PltStoreHold *now = self->hold != NULL ? self->hold->now : NULL;

  if (now == NULL || !now->mine || now->asked_by == NULL || now->refused)
    return NULL;
  *workstation = now->asked_workstation;
  return now->asked_by;
}

gboolean
plt_case_was_refused (PltCase *self)
{
  g_return_val_if_fail (PLT_IS_CASE (self), FALSE);

  PltStoreHold *now = self->hold != NULL ? self->hold->now : NULL;

  return now != NULL && !now->mine && now->asked_by_me && now->refused;
}

static gboolean
may_edit (PltCase *self)
{
  PltApplicationState state = plt_licence_application_get_state (self->application);

  return plt_session_has_role (plt_office_get_session (self->office), PLT_ROLE_CLERK)
         && (state == PLT_APPLICATION_STATE_DRAFT || state == PLT_APPLICATION_STATE_RETURNED);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (PltCase) self = user_data;
  g_autoptr (GError) error = NULL;
  PltStoreHold *now = plt_store_hold_finish (PLT_STORE (source), result, &error);
  PltCaseHold *hold;

  /* Who edits it is not known then, and each change is refused or made by the database itself. */
  if (error != NULL)
    g_info ("Who edits an application was not read: %s", error->message);
  if (error != NULL || self->office == NULL)
    {
      g_clear_pointer (&now, plt_store_hold_free);
      return;
    }
  hold = get_hold (self);
  g_clear_pointer (&hold->now, plt_store_hold_free);
  hold->now = now;
  self->editing = now == NULL ? PLT_CASE_EDITOR_UNKNOWN
                              : now->mine ? PLT_CASE_EDITOR_HERE : PLT_CASE_EDITOR_OTHER;
  if (self->editing == PLT_CASE_EDITOR_HERE || (now != NULL && now->refused))
    g_clear_handle_id (&hold->take_id, g_source_remove);
  if (now != NULL && now->was != NULL)
    {
      g_free (hold->was);
      hold->was = g_strdup (now->was);
    }
  g_signal_emit_by_name (self, "hold-changed");
}

void
plt_case_edit (PltCase *self)
{
  g_return_if_fail (PLT_IS_CASE (self));

  if (may_edit (self))
    plt_store_hold_async (plt_office_get_store (self->office), "hold-edit",
                          plt_licence_application_get_id (self->application), self->cancellable, read_cb,
                          g_object_ref (self));
}

/* What another desk did is read; what was left by one is taken up. */
void
plt_case_hold_changed (PltCase *self)
{
  if (self->editing == PLT_CASE_EDITOR_UNKNOWN || !may_edit (self))
    return;
  plt_store_hold_async (plt_office_get_store (self->office),
                        self->editing == PLT_CASE_EDITOR_OTHER && self->hold->take_id == 0 ? "hold-edit"
                                                                                           : "hold-read",
                        plt_licence_application_get_id (self->application), self->cancellable, read_cb,
                        g_object_ref (self));
}

static void
left_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  /* It is left with the session at the latest. */
  if (!plt_store_hold_do_finish (PLT_STORE (source), result, &error))
    g_info ("An application is still held: %s", error->message);
}

void
plt_case_leave (PltCase *self)
{
  g_return_if_fail (PLT_IS_CASE (self));

  if (self->editing == PLT_CASE_EDITOR_HERE && self->office != NULL)
    plt_store_hold_do_async (plt_office_get_store (self->office), "hold-leave",
                             plt_licence_application_get_id (self->application), NULL, left_cb, NULL);
  self->editing = PLT_CASE_EDITOR_UNKNOWN;
}

static void
taken_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltCase *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!plt_store_hold_do_finish (PLT_STORE (source), result, &error))
    {
      if (self->office != NULL)
        plt_office_fail (self->office, task, error);
      else
        g_task_return_error (task, error);
      return;
    }
  plt_case_edit (self);
  g_task_return_boolean (task, TRUE);
}

static void
take_over (PltCase *self,
           GTask   *task)
{
  plt_store_hold_do_async (plt_office_get_store (self->office), "hold-take",
                           plt_licence_application_get_id (self->application), self->cancellable, taken_cb,
                           task);
}

static gboolean
nobody_answered_cb (gpointer user_data)
{
  PltCase *self = user_data;

  self->hold->take_id = 0;
  take_over (self, g_task_new (self, self->cancellable, NULL, NULL));
  return G_SOURCE_REMOVE;
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltCase *self = g_task_get_source_object (task);
  GError *error = NULL;
  int wait_s = plt_store_hold_ask_finish (PLT_STORE (source), result, &error);

  if (wait_s < 0)
    plt_office_fail (self->office, task, error);
  else if (wait_s == 0)
    take_over (self, g_steal_pointer (&task));
  else
    {
      PltCaseHold *hold = get_hold (self);

      g_clear_handle_id (&hold->take_id, g_source_remove);
      /* A moment more: the database counts from when it was asked. */
      hold->take_id = g_timeout_add_seconds ((guint) wait_s + 1, nobody_answered_cb, self);
      g_task_return_boolean (task, FALSE);
    }
}

void
plt_case_ask_for_async (PltCase             *self,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (PLT_IS_CASE (self));

  plt_store_hold_do_async (plt_office_get_store (self->office), "hold-ask",
                           plt_licence_application_get_id (self->application), cancellable, asked_cb,
                           g_task_new (self, cancellable, callback, user_data));
}

gboolean
plt_case_ask_for_finish (PltCase       *self,
                         GAsyncResult  *result,
                         gboolean      *taken,
                         GError       **error)
{
  g_autoptr (GError) failure = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  *taken = g_task_propagate_boolean (G_TASK (result), &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

void
plt_case_answer_asker (PltCase  *self,
                       gboolean  give)
{
  g_return_if_fail (PLT_IS_CASE (self));

  /* What became of it is told to both desks by the database. */
  plt_store_hold_answer_async (plt_office_get_store (self->office),
                               plt_licence_application_get_id (self->application), give,
                               self->cancellable, left_cb, NULL);
}

void
plt_case_hold_clear (PltCase *self)
{
  if (self->hold == NULL)
    return;
  g_clear_handle_id (&self->hold->take_id, g_source_remove);
  g_clear_pointer (&self->hold->now, plt_store_hold_free);
  g_free (self->hold->was);
  g_clear_pointer (&self->hold, g_free);
}
