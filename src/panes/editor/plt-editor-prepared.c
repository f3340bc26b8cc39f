/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fetches what was prepared at home into the editor, and says there that it was. */
#include "plt-editor-pane-private.h"

#include "plt-prepared-code.h"
#include "plt-prepared.h"

#include <glib/gi18n-lib.h>

static void
tell_fetched (PltEditorPane      *self,
              PltPreparedFetched *fetched)
{
  g_autofree char *text = NULL;

  if (!fetched->is_new)
    text = g_strdup (_("This prepared application was fetched before. You see what became of it."));
  else
    /* Translators: the second is empty, or a sentence on what could not be taken over */
    text = g_strdup_printf (_("The prepared application was fetched. What the applicant stated is beside "
                              "what the registries say. %s"),
                            fetched->remark != NULL ? fetched->remark : "");
  plt_notice_show (self->notice, fetched->remark != NULL ? PLT_NOTICE_WARNING : PLT_NOTICE_INFO,
                   g_strchomp (text), NULL, NULL);
}

/* Something is being asked about the application that is open. */
static gboolean
has_dialog (PltEditorPane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL && self->kase != NULL; item = item->next)
    if (gtk_window_get_transient_for (item->data) == GTK_WINDOW (root) &&
        gtk_widget_get_mapped (item->data))
      return TRUE;

  return FALSE;
}

/* Nothing is taken from under the clerk's hands. */
static void
offer_fetched (PltEditorPane      *self,
               PltPreparedFetched *fetched)
{
  /* Translators: number of an application */
  g_autofree char *text = g_strdup_printf (_("The prepared application was fetched and is application %s. "
                                             "Open it when you are done here."),
                                           fetched->number);

  g_free (self->fetched);
  self->fetched = g_strdup (fetched->number);
  plt_notice_show (self->notice, PLT_NOTICE_INFO, text, _("_Open"), "editor.open-fetched");
}

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PltPreparedFetched) fetched = plt_prepared_fetch_finish (result, &error);
  PltEditorPane *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = user_data;
  if (fetched == NULL)
    {
      plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
      return;
    }
  if (has_dialog (self))
    {
      offer_fetched (self, fetched);
      return;
    }
  plt_editor_pane_open (self, fetched->number);
  tell_fetched (self, fetched);
}

static void
open_fetched_action (GtkWidget  *widget,
                     const char *action,
                     GVariant   *parameter)
{
  PltEditorPane *self = PLT_EDITOR_PANE (widget);
  g_autofree char *number = g_steal_pointer (&self->fetched);

  if (number != NULL)
    plt_editor_pane_open (self, number);
}

void
plt_editor_pane_install_prepared (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "editor.open-fetched", NULL, open_fetched_action);
}

/* What is typed into the command bar goes on there, whatever comes to its end here. */
static gboolean
is_typing_elsewhere (PltEditorPane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return GTK_IS_EDITABLE (focus) && !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)) &&
         *gtk_editable_get_text (GTK_EDITABLE (focus)) != '\0';
}

/* To the next step, unless the clerk is at something else by now. */
void
plt_editor_pane_take_keyboard (PltEditorPane *self)
{
  if (!is_typing_elsewhere (self))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

/**
 * plt_editor_pane_fetch:
 * @self: an editor
 * @code: the code of a prepared application
 *
 * What is open stays open until the prepared application is there, and if it does not come.
 */
void
plt_editor_pane_fetch (PltEditorPane *self,
                       const char    *code)
{
  g_autofree char *display = plt_prepared_code_to_display (code);
  g_autofree char *text = g_strdup_printf (_("Prepared application %s is being fetched…"), display);

  plt_notice_show (self->notice, PLT_NOTICE_INFO, text, NULL, NULL);
  plt_prepared_fetch_async (self->office, code, self->cancellable, fetched_cb, self);
}

static char *
describe_messages (const PltPreparedRecord *prepared)
{
  if (prepared->n_set_aside > 0)
    return g_strdup (_("the service did not take it; see Registries"));
  if (prepared->n_unsent > 0)
    return g_strdup (_("not sent yet"));

  return NULL;
}

/* Under the head: how the applicant is reached, and what they are told. */
void
plt_editor_pane_show_prepared (PltEditorPane *self)
{
  const PltPreparedRecord *prepared = plt_case_get_prepared (self->kase);
  g_autofree char *code = NULL;
  g_autofree char *told = NULL;
  g_autofree char *messages = NULL;
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->prepared), prepared != NULL);
  if (prepared == NULL)
    return;
  code = plt_prepared_code_to_display (prepared->code);
  messages = describe_messages (prepared);
  /* Translators: what the applicant is told, e.g. “In progress” */
  told = g_strdup_printf (_("the applicant is told: %s"), plt_prepared_status_get_title (prepared->reported));
  g_strv_builder_add_many (parts, _("Prepared at home"), code, NULL);
  if (prepared->email != NULL)
    g_strv_builder_add (parts, prepared->email);
  if (prepared->phone != NULL)
    g_strv_builder_add (parts, prepared->phone);
  if (prepared->language != NULL)
    g_strv_builder_add (parts, prepared->language);
  g_strv_builder_add (parts, told);
  if (messages != NULL)
    g_strv_builder_add (parts, messages);
  words = g_strv_builder_end (parts);
  text = g_strjoinv (" · ", words);
  gtk_label_set_text (self->prepared, text);
}
