/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the waiting exceptions, shows them, and passes on what a supervisor says. */
#include "plt-waiting-exceptions.h"

#include "plt-decisions.h"
#include "plt-exception-list.h"
#include "plt-panes.h"
#include "plt-reason-dialog.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

struct _PltWaitingExceptions
{
  AdwBin        parent_instance;

  PltOffice    *office;
  GCancellable *cancellable;
  gboolean      may_decide;
  char         *asked; /* the exception that the open dialog is about */
  gboolean      allow;

  GtkListBox   *rows;
  GtkLabel     *error;
};

G_DEFINE_FINAL_TYPE (PltWaitingExceptions, plt_waiting_exceptions, ADW_TYPE_BIN)

static void read_again (PltWaitingExceptions *self);

static void
say (PltWaitingExceptions *self,
     const char           *sentence)
{
  gtk_label_set_text (self->error, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), sentence != NULL);
}

static void
decided_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (PltWaitingExceptions) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = plt_decisions_run_finish (result, &error);

  if (self->office == NULL)
    return;
  if (json == NULL)
    {
      say (self, error->message);
      return;
    }
  plt_reason_dialog_forget (GTK_WIDGET (self));
  say (self, NULL);
  plt_panes_toast (GTK_WIDGET (self), "%s", self->allow ? _("The exception is allowed.")
                                                        : _("The exception is refused."));
  read_again (self);
}

static void
reason_given_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  PltWaitingExceptions *self = PLT_WAITING_EXCEPTIONS (source);
  g_autofree char *reason = plt_reason_dialog_ask_finish (result, NULL, NULL);

  if (reason != NULL && self->office != NULL)
    plt_decisions_run_async (self->office, PLT_DECISIONS_EXCEPTION,
                             (const char *[]){ self->asked, self->allow ? "true" : "false",
                                               reason },
                             NULL, decided_cb, g_object_ref (self));
}

static void
decide_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  PltWaitingExceptions *self = PLT_WAITING_EXCEPTIONS (widget);

  self->allow = g_str_equal (action, "waiting-exception.allow");
  g_free (self->asked);
  self->asked = g_strdup (g_variant_get_string (parameter, NULL));
  plt_reason_dialog_ask_async (widget,
                               self->allow ? _("Allow the Exception?")
                                           : _("Refuse the Exception?"),
                               _("Your reason is kept with the application."),
                               self->allow ? _("_Allow") : _("_Refuse"), NULL, NULL,
                               reason_given_cb, NULL);
}

static void
open_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  gtk_widget_activate_action (widget, "win.open-application", "s",
                              g_variant_get_string (parameter, NULL));
}

static const char *
get_text (JsonObject *entry,
          const char *member)
{
  return json_object_get_string_member_with_default (entry, member, "");
}

static void
add_row (PltWaitingExceptions *self,
         JsonObject           *entry)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT,
                                         json_object_get_int_member_with_default (entry, "id", 0));
  g_autofree char *title = g_strdup_printf ("%s · %s", plt_exception_list_get_title (get_text (entry, "kind")),
                                            get_text (entry, "holder"));
  /* Translators: number of the application, when, who, and the reason that was given */
  g_autofree char *subtitle = g_strdup_printf (_("%s, %s. %s asks: %s"),
                                               get_text (entry, "application"),
                                               get_text (entry, "asked_at"),
                                               get_text (entry, "asked_by"),
                                               get_text (entry, "reason"));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             plt_exception_button_new (_("_Open"), title, "waiting-exception.open",
                                                       get_text (entry, "application")));
  if (self->may_decide)
    {
      adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                                 plt_exception_button_new (_("_Allow"), title,
                                                           "waiting-exception.allow", id));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                                 plt_exception_button_new (_("_Refuse"), title,
                                                           "waiting-exception.refuse", id));
    }
  gtk_list_box_append (self->rows, row);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = plt_decisions_run_finish (result, &error);
  g_autoptr (JsonNode) root = json != NULL ? json_from_string (json, NULL) : NULL;
  PltWaitingExceptions *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = user_data;
  if (root == NULL || !JSON_NODE_HOLDS_ARRAY (root))
    {
      say (self, error != NULL ? error->message : NULL);
      return;
    }
  say (self, NULL);
  plt_panes_empty_list (self->rows);
  for (guint i = 0; i < json_array_get_length (json_node_get_array (root)); i++)
    add_row (self, json_array_get_object_element (json_node_get_array (root), i));
}

static void
read_again (PltWaitingExceptions *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  plt_decisions_run_async (self->office, PLT_DECISIONS_EXCEPTIONS, NULL, self->cancellable, read_cb,
                           self);
}

static void
office_changed_cb (PltWaitingExceptions *self,
                   const char           *subject)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self))
      && (g_str_equal (subject, "application") || g_str_equal (subject, "everything")))
    read_again (self);
}

static void
plt_waiting_exceptions_dispose (GObject *object)
{
  PltWaitingExceptions *self = PLT_WAITING_EXCEPTIONS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->office);
  g_clear_pointer (&self->asked, g_free);

  G_OBJECT_CLASS (plt_waiting_exceptions_parent_class)->dispose (object);
}

static void
plt_waiting_exceptions_class_init (PltWaitingExceptionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_waiting_exceptions_dispose;
  gtk_widget_class_install_action (widget_class, "waiting-exception.allow", "s", decide_action);
  gtk_widget_class_install_action (widget_class, "waiting-exception.refuse", "s", decide_action);
  gtk_widget_class_install_action (widget_class, "waiting-exception.open", "s", open_action);
}

static void
plt_waiting_exceptions_init (PltWaitingExceptions *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *none = gtk_label_new (_("Nothing waits."));

  self->rows = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->rows, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->rows), "boxed-list");
  gtk_label_set_xalign (GTK_LABEL (none), 0);
  gtk_widget_add_css_class (none, "dim-label");
  gtk_widget_add_css_class (none, "padded");
  gtk_list_box_set_placeholder (self->rows, none);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rows), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Exceptions that wait for a decision"), -1);
  self->error = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->error, TRUE);
  gtk_label_set_xalign (self->error, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->error), "error");
  gtk_widget_set_visible (GTK_WIDGET (self->error), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->error));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->rows));
  adw_bin_set_child (ADW_BIN (self), box);
}

void
plt_waiting_exceptions_load (PltWaitingExceptions *self,
                             PltOffice            *office,
                             gboolean              may_decide)
{
  g_return_if_fail (PLT_IS_WAITING_EXCEPTIONS (self));
  g_return_if_fail (PLT_IS_OFFICE (office));

  self->may_decide = may_decide;
  if (g_set_object (&self->office, office))
    g_signal_connect_object (office, "changed", G_CALLBACK (office_changed_cb), self, G_CONNECT_SWAPPED);
  read_again (self);
}
