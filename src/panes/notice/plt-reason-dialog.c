/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for a decision that needs a reason, in a message dialog with an entry. */
#include "plt-reason-dialog.h"

#include "plt-panes.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* A reason that was given, and is perhaps needed once more. */
typedef struct
{
  char *heading;
  char *text;
} Given;

/* Who wants to know what is being typed. */
typedef struct
{
  PltReasonTyped typed;
  gpointer       data;
} Follower;

typedef struct
{
  AdwMessageDialog *dialog; /* owned by GTK; gone after "response" */
  GtkEditable      *entry;
  GPtrArray        *checks; /* GtkCheckButton, (transfer none) */
  GtkWidget        *parent; /* the task's source */
  PltReasonTyped    typed;  /* NULL: nobody follows */
  gpointer          typed_data;
  int               picked;
} Ask;

static void
ask_free (Ask *ask)
{
  g_ptr_array_unref (ask->checks);
  g_free (ask);
}

static void
given_free (Given *given)
{
  g_free (given->heading);
  g_free (given->text);
  g_free (given);
}

static GQuark
get_given_quark (void)
{
  return g_quark_from_static_string ("plt-reason-dialog-given");
}

static void
remember (GTask *task,
          Ask   *ask)
{
  Given *given = g_new0 (Given, 1);

  given->heading = g_strdup (adw_message_dialog_get_heading (ask->dialog));
  given->text = g_strdup (gtk_editable_get_text (ask->entry));
  g_object_set_qdata_full (g_task_get_source_object (task), get_given_quark (), given,
                           (GDestroyNotify) given_free);
}

static void
recall (GtkWidget  *parent,
        Ask        *ask,
        const char *heading)
{
  Given *given = g_object_get_qdata (G_OBJECT (parent), get_given_quark ());

  if (given != NULL && g_str_equal (given->heading, heading))
    gtk_editable_set_text (ask->entry, given->text);
}

void
plt_reason_dialog_forget (GtkWidget *parent)
{
  g_object_set_qdata (G_OBJECT (parent), get_given_quark (), NULL);
}

static gboolean
has_reason (Ask *ask)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (ask->entry)));

  return *text != '\0';
}

static int
find_picked (Ask *ask)
{
  for (guint i = 0; i < ask->checks->len; i++)
    if (gtk_check_button_get_active (g_ptr_array_index (ask->checks, i)))
      return (int) i;

  return -1;
}

static void
answer_changed_cb (Ask *ask)
{
  gboolean ready = has_reason (ask) && (ask->checks->len == 0 || find_picked (ask) >= 0);

  adw_message_dialog_set_response_enabled (ask->dialog, "do", ready);
  if (ask->typed != NULL)
    ask->typed (ask->parent, gtk_editable_get_text (ask->entry), ask->typed_data);
}

static void
response_cb (GTask      *task,
             const char *response)
{
  Ask *ask = g_task_get_task_data (task);

  if (g_strcmp0 (response, "do") == 0)
    {
      ask->picked = find_picked (ask);
      remember (task, ask);
      g_task_return_pointer (task,
                             g_strstrip (g_strdup (gtk_editable_get_text (ask->entry))), g_free);
    }
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  g_object_unref (task);
}

static GtkWidget *
build_values (Ask                *ask,
              const char * const *values)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  for (gsize i = 0; values != NULL && values[i] != NULL; i++)
    {
      GtkWidget *check = gtk_check_button_new_with_label (values[i]);

      if (ask->checks->len > 0)
        gtk_check_button_set_group (GTK_CHECK_BUTTON (check), g_ptr_array_index (ask->checks, 0));
      g_ptr_array_add (ask->checks, check);
      gtk_box_append (GTK_BOX (box), check);
      g_signal_connect_swapped (check, "toggled", G_CALLBACK (answer_changed_cb), ask);
    }

  return box;
}

static GQuark
get_caption_quark (void)
{
  return g_quark_from_static_string ("plt-reason-dialog-caption");
}

void
plt_reason_dialog_call_it (GtkWidget  *parent,
                           const char *caption)
{
  g_object_set_qdata_full (G_OBJECT (parent), get_caption_quark (), g_strdup (caption), g_free);
}

static GtkWidget *
build_content (Ask                *ask,
               const char * const *values)
{
  g_autofree char *caption = g_object_steal_qdata (G_OBJECT (ask->parent), get_caption_quark ());
  g_auto (GStrv) plain = g_strsplit (caption != NULL ? caption : _("_Reason"), "_", -1);
  g_autofree char *label = g_strjoinv ("", plain);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  if (values != NULL)
    gtk_box_append (GTK_BOX (box), build_values (ask, values));
  ask->entry = plt_panes_append_entry (GTK_BOX (box), caption != NULL ? caption : _("_Reason"), label);
  g_signal_connect_swapped (ask->entry, "changed", G_CALLBACK (answer_changed_cb), ask);

  return box;
}

static GQuark
get_follower_quark (void)
{
  return g_quark_from_static_string ("plt-reason-dialog-follower");
}

static void
take_follower (GtkWidget *parent,
               Ask       *ask)
{
  g_autofree Follower *follower = g_object_steal_qdata (G_OBJECT (parent), get_follower_quark ());

  if (follower == NULL)
    return;
  ask->typed = follower->typed;
  ask->typed_data = follower->data;
}

void
plt_reason_dialog_follow (GtkWidget      *parent,
                          PltReasonTyped  typed,
                          gpointer        user_data)
{
  Follower *follower = g_new0 (Follower, 1);

  follower->typed = typed;
  follower->data = user_data;
  g_object_set_qdata_full (G_OBJECT (parent), get_follower_quark (), follower, g_free);
}

void
plt_reason_dialog_ask_async (GtkWidget           *parent,
                             const char          *heading,
                             const char          *body,
                             const char          *verb,
                             const char * const  *values,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task = g_task_new (parent, cancellable, callback, user_data);
  GtkRoot *root = gtk_widget_get_root (parent);
  Ask *ask = g_new0 (Ask, 1);
  GtkWidget *dialog;

  g_task_set_task_data (task, ask, (GDestroyNotify) ask_free);
  ask->checks = g_ptr_array_new ();
  ask->picked = -1;
  ask->parent = parent;
  take_follower (parent, ask);

  dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, body);
  ask->dialog = ADW_MESSAGE_DIALOG (dialog);
  adw_message_dialog_set_extra_child (ask->dialog, build_content (ask, values));
  adw_message_dialog_add_responses (ask->dialog, "cancel", _("_Cancel"), "do", verb, NULL);
  adw_message_dialog_set_close_response (ask->dialog, "cancel");
  adw_message_dialog_set_default_response (ask->dialog, "do");
  adw_message_dialog_set_response_enabled (ask->dialog, "do", FALSE);
  adw_message_dialog_set_response_appearance (ask->dialog, "do", ADW_RESPONSE_SUGGESTED);
  recall (parent, ask, heading);
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (response_cb), task);
  plt_panes_name_once (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
  if (values == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (ask->entry));
}

char *
plt_reason_dialog_ask_finish (GAsyncResult  *result,
                              int           *picked,
                              GError       **error)
{
  Ask *ask = g_task_get_task_data (G_TASK (result));

  if (picked != NULL)
    *picked = ask->picked;

  return g_task_propagate_pointer (G_TASK (result), error);
}
