/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-allowance.h"

#include "plt-card-life.h"
#include "plt-panes.h"
#include "plt-reason-dialog.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  PltOffice *office;
  char      *application;
} Asked;

static void
asked_free (Asked *self)
{
  g_object_unref (self->office);
  g_free (self->application);
  g_free (self);
}

static void
allowed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GtkWidget *parent = g_task_get_source_object (task);
  const Asked *asked = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *json = plt_card_life_act_finish (result, &error);

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  plt_reason_dialog_forget (parent);
  plt_panes_toast (parent, _("Another card is allowed for application %s."), asked->application);
  g_task_return_boolean (task, TRUE);
}

static void
reason_given_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  const Asked *asked = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *reason = plt_reason_dialog_ask_finish (result, NULL, &error);

  if (reason == NULL)
    g_task_return_error (task, error);
  else
    plt_card_life_act_async (asked->office, PLT_CARD_LIFE_ALLOW, (const char * const[]) { asked->application, reason },
                             NULL, allowed_cb, g_steal_pointer (&task));
}

void
plt_allowance_ask_async (GtkWidget           *parent,
                         PltOffice           *office,
                         const char          *application,
                         const char          *body,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task = g_task_new (parent, NULL, callback, user_data);
  Asked *asked = g_new0 (Asked, 1);

  asked->office = g_object_ref (office);
  asked->application = g_strdup (application);
  g_task_set_task_data (task, asked, (GDestroyNotify) asked_free);
  plt_reason_dialog_ask_async (parent, _("Allow Another Card?"), body, _("_Allow"), NULL, NULL, reason_given_cb, task);
}

gboolean
plt_allowance_ask_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
