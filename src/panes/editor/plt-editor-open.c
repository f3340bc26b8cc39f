/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opens an application in the editor: the case, its journal, and where the keyboard and the view then are. */
#include "plt-editor-pane-private.h"

#include "plt-case-hold.h"
#include "plt-pane-keys.h"
#include "plt-reason-dialog.h"

static gboolean
focus_is_in_scroller (PltEditorPane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->scroller));
}

/* GTK 4.8 scrolls for a button below the scroller, too, when the focus was in the scroller before:
 * the beginning is therefore shown last. */
static void
laid_out_cb (PltEditorPane *self,
             GdkFrameClock *clock)
{
  g_clear_signal_handler (&self->laid_out_id, clock);
  if (!plt_editor_pane_take_place (self))
    plt_editor_pane_take_keyboard (self);
  if (self->from_top && !focus_is_in_scroller (self))
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  self->from_top = FALSE;
}

/* The view scrolls to what has the focus, but only to what has a place already. */
static void
focus_when_laid_out (PltEditorPane *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  if (clock == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)) || self->laid_out_id != 0)
    return;
  self->laid_out_id = g_signal_connect_object (clock, "after-paint", G_CALLBACK (laid_out_cb), self,
                                               G_CONNECT_SWAPPED);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
enter_case (PltEditorPane *self,
            PltCase       *kase,
            PltJournal    *journal)
{
  plt_editor_pane_set_case (self, kase);
  gtk_widget_set_visible (self->bar, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "case");
  focus_when_laid_out (self);
  plt_editor_pane_use_journal (self, journal);
  plt_editor_pane_take_waiting (self);
}

typedef struct
{
  PltEditorPane *self; /* not owned: looked at only when it was not cancelled */
  PltCase       *kase;
} Opening;

static Opening *
opening_new (PltEditorPane *self,
             PltCase       *kase)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->self = self;
  opening->kase = g_object_ref (kase);
  return opening;
}

static void
opening_free (Opening *opening)
{
  g_object_unref (opening->kase);
  g_free (opening);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static void
journal_opened_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (Opening) opening = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PltJournal) journal = plt_office_open_journal_finish (PLT_OFFICE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  enter_case (opening->self, opening->kase, journal);
  if (error != NULL)
    plt_notice_show (opening->self->notice, PLT_NOTICE_WARNING, error->message, NULL, NULL);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PltCase) kase = plt_case_open_finish (result, &error);
  PltEditorPane *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = user_data;
  if (kase == NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->failed, escaped);
      gtk_stack_set_visible_child_name (self->stack, "failed");
      plt_pane_keys_forget (GTK_WIDGET (self));
      plt_editor_pane_update_actions (self);
      return;
    }

  if (plt_case_get_can (kase) & PLT_CASE_CAN_EDIT)
    plt_office_open_journal_async (self->office, self->number, self->cancellable, journal_opened_cb,
                                   opening_new (self, kase));
  else
    enter_case (self, kase, NULL);
}

void
plt_editor_pane_open (PltEditorPane *self,
                      const char    *number)
{
  g_cancellable_cancel (self->cancellable);
  plt_editor_pane_drop_photo_lookup (self);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();

  if (g_strcmp0 (self->number, number) != 0)
    {
      plt_editor_pane_leave_journal (self);
      if (!self->expecting)
        plt_pane_keys_forget (GTK_WIDGET (self));
      plt_reason_dialog_forget (GTK_WIDGET (self));
      plt_editor_pane_set_case (self, NULL);
      plt_editor_pane_forget_waiting (self);
      gtk_widget_set_visible (self->bar, FALSE);
      self->from_top = TRUE;
      gtk_stack_set_visible_child_name (self->stack, "loading");
      g_free (self->number);
      self->number = g_strdup (number);
    }
  self->expecting = FALSE;
  plt_pane_keys_hold (GTK_WIDGET (self));
  plt_notice_clear (self->notice);
  plt_editor_pane_update_actions (self);
  plt_case_open_async (self->office, self->number, self->cancellable, opened_cb, self);
}

/* An application is being started and will be opened here next: keys of this pane are kept for it
 * from now on. @expecting: FALSE when it will not come. */
void
plt_editor_pane_expect (PltEditorPane *self,
                        gboolean       expecting)
{
  if (self->expecting == expecting)
    return;
  self->expecting = expecting;
  if (expecting)
    plt_pane_keys_expect (GTK_WIDGET (self));
  else
    plt_pane_keys_forget (GTK_WIDGET (self));
}

void
plt_editor_pane_leave (PltEditorPane *self)
{
  plt_editor_pane_leave_journal (self);
  if (self->kase != NULL)
    plt_case_leave (self->kase);
}
