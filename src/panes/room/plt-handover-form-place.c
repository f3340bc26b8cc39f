/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a card that is ready lies, who has it in hand, and the letter in which it is posted. */
#include "plt-handover-form-private.h"

#include "plt-letter-paper.h"
#include "plt-panes.h"

#include <glib/gi18n-lib.h>

/* ---- what is shown ---- */

static void
show_custody (PltHandoverForm *self)
{
  PltHandover *h = self->handover;
  const char *me = plt_session_get_staff_name (plt_office_get_session (self->office));
  gboolean mine = g_strcmp0 (h->offered_to, me) == 0;
  g_autofree char *words = g_strdup_printf (_("%s gives it to you"),
                                            h->custodian != NULL ? h->custodian : _("A colleague"));
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  gtk_widget_set_visible (self->colleague_row, h->needs_custody || h->custodian != NULL);
  gtk_widget_set_visible (self->take_row, mine);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->take_row), escaped);
}

static void
show_post (PltHandoverForm *self)
{
  PltHandover *h = self->handover;
  g_autofree char *words
      = h->letter != NULL
          /* Translators: %s is a letter’s number */
          ? g_strdup_printf (_("%s. Put the card into it, and scan what stands on both."), h->letter)
          : g_strdup (_("None was made yet."));
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  gtk_widget_set_visible (self->post, h->may_be_posted);
  adw_action_row_set_subtitle (self->letter_row, escaped);
  gtk_widget_set_visible (self->make_letter, h->letter == NULL);
  gtk_widget_set_visible (self->print_letter, h->letter != NULL);
  gtk_widget_set_visible (self->letter_code_row, h->letter != NULL);
  gtk_widget_set_visible (self->reference_row, h->letter != NULL);
}

void
plt_handover_form_show_place (PltHandoverForm *self)
{
  const char *shelf = self->handover->shelf;

  if (!gtk_widget_has_focus (GTK_WIDGET (self->shelf)) || *gtk_editable_get_text (self->shelf) == '\0')
    gtk_editable_set_text (self->shelf, shelf != NULL ? shelf : "");
  show_custody (self);
  show_post (self);
}

/* ---- what is done until then ---- */

static void
tell_done (PltHandoverForm *self)
{
  switch (self->act)
    {
    case PLT_CARD_LIFE_SHELVE:
      plt_panes_toast (GTK_WIDGET (self), _("Card %s lies in %s now."), self->number,
                       gtk_editable_get_text (self->shelf));
      gtk_widget_activate_action (GTK_WIDGET (self), "win.command", NULL);
      break;
    case PLT_CARD_LIFE_GIVE:
      plt_panes_toast (GTK_WIDGET (self), _("Card %s was given to %s, who takes it now."), self->number,
                       gtk_editable_get_text (self->colleague));
      gtk_editable_set_text (self->colleague, "");
      break;
    case PLT_CARD_LIFE_TAKE:
      plt_panes_toast (GTK_WIDGET (self), _("You have card %s now."), self->number);
      break;
    default:
      plt_panes_toast (GTK_WIDGET (self), _("A letter was made for card %s."), self->number);
    }
}

/* What goes wrong is told where everything else is. */
static void
print_letter (PltHandoverForm *self,
              const char      *json)
{
  g_autoptr (GError) error = NULL;

  if (plt_letter_paper_print (GTK_WIDGET (self), json, &self->paper, &error))
    plt_panes_toast (GTK_WIDGET (self), _("The sheet for card %s was given to the printer."), self->number);
  else if (error != NULL)
    g_signal_emit_by_name (self, "failed", error->message);
  gtk_widget_grab_focus (GTK_WIDGET (self->letter));
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (PltHandoverForm) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = plt_card_life_act_finish (result, &error);

  self->busy = FALSE;
  if (self->office == NULL)
    return;
  g_signal_emit_by_name (self, "failed", error != NULL ? error->message : "");
  if (error == NULL && self->printing)
    print_letter (self, json);
  else if (error == NULL)
    tell_done (self);
  self->printing = FALSE;
  plt_handover_form_load (self);
}

static void
act (PltHandoverForm *self,
     PltCardLifeAct   what,
     const char      *word)
{
  if (self->busy || self->number == NULL)
    return;
  self->busy = TRUE;
  self->act = what;
  plt_card_life_act_async (self->office, what, (const char * const[]) { self->number, word }, NULL, done_cb,
                           g_object_ref (self));
}

static void
shelf_cb (PltHandoverForm *self)
{
  act (self, PLT_CARD_LIFE_SHELVE, gtk_editable_get_text (self->shelf));
}

static void
shelf_scanned_cb (GtkWidget  *field,
                  const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (field), text);
  shelf_cb (PLT_HANDOVER_FORM (gtk_widget_get_ancestor (field, PLT_TYPE_HANDOVER_FORM)));
}

static void
give_cb (PltHandoverForm *self)
{
  act (self, PLT_CARD_LIFE_GIVE, gtk_editable_get_text (self->colleague));
}

static void
take_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  act (PLT_HANDOVER_FORM (widget), PLT_CARD_LIFE_TAKE, NULL);
}

static void
letter_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  act (PLT_HANDOVER_FORM (widget), PLT_CARD_LIFE_LETTER, NULL);
}

/* The letter is asked for once more: it has one number, and the address may have been mended since. */
static void
print_letter_action (GtkWidget  *widget,
                     const char *action,
                     GVariant   *parameter)
{
  PltHandoverForm *self = PLT_HANDOVER_FORM (widget);

  if (self->busy || self->handover == NULL || self->handover->letter == NULL)
    return;
  self->printing = TRUE;
  act (self, PLT_CARD_LIFE_LETTER, NULL);
}

/* ---- by post ---- */

static void
letter_activated_cb (PltHandoverForm *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->reference));
}

static void
letter_scanned_cb (GtkWidget  *field,
                   const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (field), text);
  letter_activated_cb (PLT_HANDOVER_FORM (gtk_widget_get_ancestor (field, PLT_TYPE_HANDOVER_FORM)));
}

static void
post_cb (PltHandoverForm *self)
{
  g_signal_emit_by_name (self, "posted");
}

static void
reference_scanned_cb (GtkWidget  *field,
                      const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (field), text);
  post_cb (PLT_HANDOVER_FORM (gtk_widget_get_ancestor (field, PLT_TYPE_HANDOVER_FORM)));
}

/* ---- life ---- */

/* What was said of another card. */
void
plt_handover_form_forget_place (PltHandoverForm *self)
{
  gtk_editable_set_text (self->shelf, "");
  gtk_editable_set_text (self->colleague, "");
  gtk_editable_set_text (self->letter, "");
  gtk_editable_set_text (self->reference, "");
}

void
plt_handover_form_name_shelf (PltHandoverForm *self)
{
  g_return_if_fail (PLT_IS_HANDOVER_FORM (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->shelf));
}

void
plt_handover_form_advance_letter (PltHandoverForm *self)
{
  g_return_if_fail (PLT_IS_HANDOVER_FORM (self));

  if (self->handover != NULL && self->handover->may_be_posted)
    gtk_widget_activate_action (GTK_WIDGET (self),
                                self->handover->letter != NULL ? "handover.print-letter" : "handover.letter", NULL);
}

const char *
plt_handover_form_get_letter (PltHandoverForm *self)
{
  return gtk_editable_get_text (self->letter);
}

const char *
plt_handover_form_get_reference (PltHandoverForm *self)
{
  return gtk_editable_get_text (self->reference);
}

void
plt_handover_form_init_place (PltHandoverForm *self)
{
  plt_panes_take_scans_by (GTK_WIDGET (self->shelf), shelf_scanned_cb);
  plt_panes_take_scans_by (GTK_WIDGET (self->letter), letter_scanned_cb);
  plt_panes_take_scans_by (GTK_WIDGET (self->reference), reference_scanned_cb);
}

void
plt_handover_form_install_place (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "handover.take", NULL, take_action);
  gtk_widget_class_install_action (widget_class, "handover.letter", NULL, letter_action);
  gtk_widget_class_install_action (widget_class, "handover.print-letter", NULL, print_letter_action);
  gtk_widget_class_bind_template_child (widget_class, PltHandoverForm, shelf);
  gtk_widget_class_bind_template_child (widget_class, PltHandoverForm, colleague);
  gtk_widget_class_bind_template_child (widget_class, PltHandoverForm, colleague_row);
  gtk_widget_class_bind_template_child (widget_class, PltHandoverForm, take_row);
  gtk_widget_class_bind_template_child (widget_class, PltHandoverForm, post);
  gtk_widget_class_bind_template_child (widget_class, PltHandoverForm, letter_row);
  gtk_widget_class_bind_template_child (widget_class, PltHandoverForm, make_letter);
  gtk_widget_class_bind_template_child (widget_class, PltHandoverForm, print_letter);
  gtk_widget_class_bind_template_child (widget_class, PltHandoverForm, letter);
  gtk_widget_class_bind_template_child (widget_class, PltHandoverForm, letter_code_row);
  gtk_widget_class_bind_template_child (widget_class, PltHandoverForm, reference);
  gtk_widget_class_bind_template_child (widget_class, PltHandoverForm, reference_row);
  gtk_widget_class_bind_template_callback (widget_class, shelf_cb);
  gtk_widget_class_bind_template_callback (widget_class, give_cb);
  gtk_widget_class_bind_template_callback (widget_class, letter_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, post_cb);
}
