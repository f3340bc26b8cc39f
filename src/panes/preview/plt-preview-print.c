/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sends the card that is previewed to a printer, once, and says what became of it. */
#include "plt-preview-pane-private.h"

#include "plt-card-fate.h"
#include "plt-panes.h"

#include <glib/gi18n-lib.h>

static GObject *
get_printer (PltPreviewPane *self)
{
  return self->printers != NULL ? gtk_drop_down_get_selected_item (self->printer) : NULL;
}

/* The printer that was used last is chosen again as soon as it is listed. */
static void
choose_last_printer (PltPreviewPane *self)
{
  g_autofree char *last = NULL;

  if (self->settings == NULL || self->printer_chosen)
    return;
  last = g_settings_get_string (self->settings, "last-printer");
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->printers)); i++)
    {
      g_autoptr (GObject) printer = g_list_model_get_item (G_LIST_MODEL (self->printers), i);
      g_autofree char *destination = NULL;

      g_object_get (printer, "destination", &destination, NULL);
      if (g_strcmp0 (destination, last) != 0)
        continue;
      self->printer_chosen = TRUE;
      gtk_drop_down_set_selected (self->printer, i);
      return;
    }
}

void
plt_preview_pane_update_print (PltPreviewPane *self)
{
  GObject *printer = get_printer (self);
  g_autofree char *state = NULL;
  g_autofree char *unsuitable = NULL;
  g_autofree char *list_error = NULL;
  g_autofree char *obstacle = NULL;
  gboolean suitable = FALSE;
  gboolean allowed = self->kase != NULL &&
                     (plt_case_get_can (self->kase) & PLT_CASE_CAN_PRINT) != 0;

  if (printer != NULL)
    g_object_get (printer, "suitable", &suitable, "state-text", &state, "unsuitable-reason",
                  &unsuitable, NULL);
  else if (self->printers != NULL)
    g_object_get (self->printers, "error", &list_error, NULL);
  if (self->kase != NULL && !allowed)
    obstacle = plt_case_dup_obstacle (self->kase);
  if (obstacle != NULL)
    gtk_label_set_label (self->printer_state, obstacle);
  else if (printer == NULL)
    gtk_label_set_label (self->printer_state, list_error != NULL ? list_error
                                                                 : _("No card printer"));
  else
    gtk_label_set_label (self->printer_state, suitable || unsuitable == NULL ? state : unsuitable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "preview.print",
                                 suitable && allowed && !self->printing && self->number != NULL);
}

static PltCard *
find_living_card (PltCase *kase)
{
  GListModel *cards = plt_case_get_cards (kase);

  for (guint i = 0; i < g_list_model_get_n_items (cards); i++)
    {
      g_autoptr (PltCard) card = g_list_model_get_item (cards, i);
      PltCardState state = plt_card_get_state (card);

      if (state != PLT_CARD_STATE_SPOILED && state != PLT_CARD_STATE_CANCELLED &&
          state != PLT_CARD_STATE_RECALLED)
        return g_steal_pointer (&card);
    }

  return NULL;
}

/* The case was read again after an answer was lost: how far the card came is known now. Whether the
 * print system has the document of one that was not sent is asked when it is printed again. */
void
plt_preview_pane_tell_fate (PltPreviewPane *self)
{
  g_autoptr (PltCard) card = find_living_card (self->kase);
  g_autofree char *text = NULL;

  self->lost = FALSE;
  if (card == NULL)
    /* Translators: %s is an application’s number */
    text = g_strdup_printf (_("The database is back: nothing was printed for application %s. Print it "
                              "if it is still wanted."), self->number);
  else if (plt_card_get_state (card) == PLT_CARD_STATE_RESERVED ||
           plt_card_get_state (card) == PLT_CARD_STATE_RENDERED)
    /* Translators: %s is a card’s number */
    text = g_strdup_printf (_("The database is back: card %s has its blank and was not sent to the end. "
                              "Choose Print: the same card goes on, and nothing is printed twice."),
                            plt_card_get_number (card));
  if (text != NULL)
    {
      plt_notice_show (self->notice, PLT_NOTICE_WARNING, text, NULL, NULL);
      return;
    }
  plt_notice_clear (self->notice);
  plt_panes_toast (GTK_WIDGET (self), _("Card %s was sent to the printer"),
                   plt_card_get_number (card));
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-card", "s", plt_card_get_number (card));
}

/* Whether nobody knows how far the card came. */
static gboolean
lose_print (PltPreviewPane *self,
            const GError   *error)
{
  g_autofree char *text = NULL;

  if (!plt_card_fate_is_unknown (error, self->begun_online))
    return FALSE;
  self->lost = TRUE;
  plt_preview_pane_drop_case (self);
  plt_preview_pane_update_print (self);
  /* Translators: %s is an application’s number */
  text = g_strdup_printf (_("The connection to the database broke while the card of application %s was "
                            "being printed, and nobody knows yet how far it came. Platen looks by itself "
                            "when the database is back, and prints nothing twice."), self->number);
  plt_notice_show (self->notice, PLT_NOTICE_WARNING, text, NULL, NULL);
  if (plt_session_is_online (plt_office_get_session (self->office)))
    plt_preview_pane_load (self);
  return TRUE;
}

static void
print_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PltCard) card = plt_production_print_finish (result, &error);
  g_autoptr (PltPreviewPane) self = PLT_PREVIEW_PANE (user_data);

  /* A card that is under way is told even after cancelling; the pane may be gone by then. */
  if (self->cancellable == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->printing = FALSE;
  plt_preview_pane_update_print (self);
  if (card == NULL && lose_print (self, error))
    return;
  if (card == NULL)
    {
      plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
      return;
    }
  plt_notice_clear (self->notice);
  plt_panes_toast (GTK_WIDGET (self), _("Card %s was sent to the printer"),
                   plt_card_get_number (card));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-card", "s", plt_card_get_number (card));
}

static void
print_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  PltPreviewPane *self = PLT_PREVIEW_PANE (widget);
  GObject *printer = get_printer (self);
  g_autofree char *destination = NULL;

  if (printer == NULL || self->number == NULL || self->printing)
    return;
  g_object_get (printer, "destination", &destination, NULL);
  self->printing = TRUE;
  self->begun_online = plt_session_is_online (plt_office_get_session (self->office));
  self->printer_chosen = TRUE;
  if (self->settings != NULL)
    g_settings_set_string (self->settings, "last-printer", destination);
  plt_preview_pane_update_print (self);
  plt_notice_show (self->notice, PLT_NOTICE_INFO, _("Sending the card to the printer…"), NULL,
                   NULL);
  plt_production_print_async (self->office, self->number, destination, self->cancellable, print_cb,
                              g_object_ref (self));
}

/* Printers are known by their properties alone. */
static char *
get_printer_title (GObject *printer)
{
  char *title = NULL;

  if (printer != NULL)
    g_object_get (printer, "title", &title, NULL);

  return title;
}

static void
printers_changed_cb (PltPreviewPane *self)
{
  choose_last_printer (self);
  plt_preview_pane_update_print (self);
}

void
plt_preview_pane_load_printers (PltPreviewPane *self)
{
  g_autoptr (GtkExpression) title = NULL;

  if (self->printers != NULL)
    return;
  self->printers = plt_printer_list_new (self->office);
  title = gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL,
                                       G_CALLBACK (get_printer_title), NULL, NULL);
  gtk_drop_down_set_expression (self->printer, title);
  gtk_drop_down_set_model (self->printer, G_LIST_MODEL (self->printers));
  g_signal_connect_object (self->printers, "items-changed", G_CALLBACK (printers_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->printers, "notify", G_CALLBACK (plt_preview_pane_update_print), self,
                           G_CONNECT_SWAPPED);
}

void
plt_preview_pane_install_print (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback_full (widget_class, "update_print",
                                                G_CALLBACK (plt_preview_pane_update_print));
  gtk_widget_class_install_action (widget_class, "preview.print", NULL, print_action);
}
