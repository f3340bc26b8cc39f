/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows the preview of one application's card and sends it to a printer, once. */
#include "plt-preview-pane.h"

#include "plt-card-fate.h"
#include "plt-card-view.h"
#include "plt-case.h"
#include "plt-notice.h"
#include "plt-pane-keys.h"
#include "plt-panes.h"
#include "plt-production.h"

#include <glib/gi18n-lib.h>

/* Enough for twice real size on a common screen, and what card printers have. */
#define PREVIEW_DPI 300
#define SETTINGS "org.platen.Platen"

struct _PltPreviewPane
{
  AdwBin          parent_instance;

  GtkStack       *stack;
  AdwStatusPage  *failed;
  PltNotice      *notice;
  GtkLabel       *title;
  PltCardView    *front;
  PltCardView    *back;
  GtkDropDown    *zoom;
  GtkDropDown    *printer;
  GtkLabel       *printer_state;
  GtkLabel       *mrz;
  GtkLabel       *qr;
  GtkWidget      *codes;

  PltOffice      *office;
  PltPrinterList *printers; /* NULL until first shown */
  char           *number;   /* of the application */
  GSettings      *settings; /* NULL when the schema is not installed */
  GCancellable   *cancellable;
  GCancellable   *preview_cancellable;
  PltCase        *kase;     /* what may be done with it; NULL until it was opened */
  gboolean        printing;
  gboolean        begun_online;   /* the printing */
  gboolean        lost;           /* its answer: what became of the card is looked up */
  gboolean        printer_chosen; /* the last one was found, or another has been used */
};

G_DEFINE_FINAL_TYPE (PltPreviewPane, plt_preview_pane, ADW_TYPE_BIN)

static const double zooms[] = { 0, 1, 2 };

static const PltPaneKey keys[] = {
  { "<Control>p", "preview.print", NULL },
  { "<Control>0", "preview.zoom", "0" },
  { "<Control>1", "preview.zoom", "1" },
  { "<Control>2", "preview.zoom", "2" },
  { "F5", "preview.reload", NULL },
};

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

static void
update_print (PltPreviewPane *self)
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

static void
show_codes (PltPreviewPane *self,
            PltPreview     *preview)
{
  const char *qr_text = plt_preview_get_qr_text (preview);
  gulong length = qr_text != NULL ? (gulong) g_utf8_strlen (qr_text, -1) : 0;
  g_autofree char *qr = NULL;

  qr = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "signed, %lu character",
                                     "signed, %lu characters", length), length);
  gtk_label_set_label (self->mrz, plt_preview_get_mrz (preview));
  gtk_label_set_label (self->qr, qr);
}

static void
preview_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PltPreview) preview = plt_production_preview_finish (result, &error);
  PltPreviewPane *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = PLT_PREVIEW_PANE (user_data);
  if (preview == NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->failed, escaped);
      gtk_stack_set_visible_child_name (self->stack, "failed");
      return;
    }
  plt_card_view_show (self->front, plt_preview_get_png (preview, FALSE));
  plt_card_view_show (self->back, plt_preview_get_png (preview, TRUE));
  show_codes (self, preview);
  gtk_stack_set_visible_child_name (self->stack, "card");
  update_print (self);
}

static void
drop_case (PltPreviewPane *self)
{
  if (self->kase != NULL)
    g_signal_handlers_disconnect_by_data (self->kase, self);
  g_clear_object (&self->kase);
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
static void
tell_fate (PltPreviewPane *self)
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

static void
case_opened_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  PltCase *kase = plt_case_open_finish (result, &error);
  PltPreviewPane *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = PLT_PREVIEW_PANE (user_data);
  drop_case (self);
  if (kase == NULL && !self->lost)
    plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
  else if (kase != NULL)
    {
      self->kase = kase;
      g_signal_connect_object (kase, "changed", G_CALLBACK (update_print), self, G_CONNECT_SWAPPED);
    }
  update_print (self);
  if (self->lost && self->kase != NULL)
    tell_fate (self);
}

static void
load_preview (PltPreviewPane *self)
{
  if (self->number == NULL)
    return;
  g_cancellable_cancel (self->preview_cancellable);
  g_clear_object (&self->preview_cancellable);
  self->preview_cancellable = g_cancellable_new ();
  plt_production_preview_async (self->office, self->number, PREVIEW_DPI,
                                self->preview_cancellable, preview_cb, self);
  plt_case_open_async (self->office, self->number, self->preview_cancellable, case_opened_cb, self);
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
  drop_case (self);
  update_print (self);
  /* Translators: %s is an application’s number */
  text = g_strdup_printf (_("The connection to the database broke while the card of application %s was "
                            "being printed, and nobody knows yet how far it came. Platen looks by itself "
                            "when the database is back, and prints nothing twice."), self->number);
  plt_notice_show (self->notice, PLT_NOTICE_WARNING, text, NULL, NULL);
  if (plt_session_is_online (plt_office_get_session (self->office)))
    load_preview (self);
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
  update_print (self);
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
  update_print (self);
  plt_notice_show (self->notice, PLT_NOTICE_INFO, _("Sending the card to the printer…"), NULL,
                   NULL);
  plt_production_print_async (self->office, self->number, destination, self->cancellable, print_cb,
                              g_object_ref (self));
}

static void
zoom_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  guint64 index;

  if (g_ascii_string_to_unsigned (g_variant_get_string (parameter, NULL), 10, 0,
                                  G_N_ELEMENTS (zooms) - 1, &index, NULL))
    gtk_drop_down_set_selected (PLT_PREVIEW_PANE (widget)->zoom, (guint) index);
}

static void
reload_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  load_preview (PLT_PREVIEW_PANE (widget));
}

static void
edit_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  PltPreviewPane *self = PLT_PREVIEW_PANE (widget);

  if (self->number != NULL)
    gtk_widget_activate_action (widget, "win.open-application", "s", self->number);
}

static void
zoom_changed_cb (PltPreviewPane *self)
{
  guint index = gtk_drop_down_get_selected (self->zoom);

  if (index >= G_N_ELEMENTS (zooms))
    return;
  plt_card_view_set_zoom (self->front, zooms[index]);
  plt_card_view_set_zoom (self->back, zooms[index]);
  if (self->settings != NULL)
    g_settings_set_enum (self->settings, "preview-zoom", (int) index);
}

/* A change of another desk may change what is printed. */
static void
office_changed_cb (PltPreviewPane *self,
                   const char     *subject,
                   gint64          id)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && !self->printing
      && (g_str_equal (subject, "application") || g_str_equal (subject, "everything")))
    load_preview (self);
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
  update_print (self);
}

static void
load_printers (PltPreviewPane *self)
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
  g_signal_connect_object (self->printers, "notify", G_CALLBACK (update_print), self,
                           G_CONNECT_SWAPPED);
}

static void
plt_preview_pane_map (GtkWidget *widget)
{
  PltPreviewPane *self = PLT_PREVIEW_PANE (widget);

  load_printers (self);
  load_preview (self);
  GTK_WIDGET_CLASS (plt_preview_pane_parent_class)->map (widget);
}

static void
plt_preview_pane_dispose (GObject *object)
{
  PltPreviewPane *self = PLT_PREVIEW_PANE (object);

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->preview_cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->preview_cancellable);
  drop_case (self);
  g_clear_object (&self->printers);
  g_clear_object (&self->settings);
  g_clear_object (&self->office);
  g_clear_pointer (&self->number, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_PREVIEW_PANE);
  G_OBJECT_CLASS (plt_preview_pane_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, PltPreviewPane, stack);
  gtk_widget_class_bind_template_child (widget_class, PltPreviewPane, failed);
  gtk_widget_class_bind_template_child (widget_class, PltPreviewPane, notice);
  gtk_widget_class_bind_template_child (widget_class, PltPreviewPane, title);
  gtk_widget_class_bind_template_child (widget_class, PltPreviewPane, front);
  gtk_widget_class_bind_template_child (widget_class, PltPreviewPane, back);
  gtk_widget_class_bind_template_child (widget_class, PltPreviewPane, zoom);
  gtk_widget_class_bind_template_child (widget_class, PltPreviewPane, printer);
  gtk_widget_class_bind_template_child (widget_class, PltPreviewPane, printer_state);
  gtk_widget_class_bind_template_child (widget_class, PltPreviewPane, mrz);
  gtk_widget_class_bind_template_child (widget_class, PltPreviewPane, qr);
  gtk_widget_class_bind_template_child (widget_class, PltPreviewPane, codes);
}

static void
plt_preview_pane_class_init (PltPreviewPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_preview_pane_dispose;
  widget_class->map = plt_preview_pane_map;
  g_type_ensure (PLT_TYPE_NOTICE);
  g_type_ensure (PLT_TYPE_CARD_VIEW);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/preview/plt-preview-pane.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, zoom_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_print);
  gtk_widget_class_install_action (widget_class, "preview.print", NULL, print_action);
  gtk_widget_class_install_action (widget_class, "preview.zoom", "s", zoom_action);
  gtk_widget_class_install_action (widget_class, "preview.reload", NULL, reload_action);
  gtk_widget_class_install_action (widget_class, "preview.edit", NULL, edit_action);
}

/* Settings are looked for, not demanded: a program run from its build folder may have none. */
static void
load_settings (PltPreviewPane *self)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, SETTINGS, TRUE);
  if (schema == NULL)
    return;
  self->settings = g_settings_new (SETTINGS);
  gtk_drop_down_set_selected (self->zoom,
                              (guint) g_settings_get_enum (self->settings, "preview-zoom"));
}

static void
plt_preview_pane_init (PltPreviewPane *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  plt_panes_name_once (GTK_WIDGET (self));
  load_settings (self);
  plt_pane_keys_install (GTK_WIDGET (self), keys, G_N_ELEMENTS (keys));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "preview.print", FALSE);
}

GtkWidget *
plt_preview_pane_new (PltOffice *office)
{
  PltPreviewPane *self = g_object_new (PLT_TYPE_PREVIEW_PANE, NULL);

  self->office = g_object_ref (office);
  g_signal_connect_object (office, "changed", G_CALLBACK (office_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
plt_preview_pane_show_ (PltPreviewPane *self,
                        const char     *application_number)
{
  g_autofree char *title = NULL;

  if (g_strcmp0 (self->number, application_number) != 0)
    {
      drop_case (self);
      self->lost = FALSE;
      g_free (self->number);
      self->number = g_strdup (application_number);
      plt_card_view_show (self->front, NULL);
      plt_card_view_show (self->back, NULL);
      gtk_stack_set_visible_child_name (self->stack, "loading");
      plt_notice_clear (self->notice);
    }
  /* Translators: %s is an application’s number */
  title = g_strdup_printf (_("Card of application %s"), application_number);
  gtk_label_set_label (self->title, title);
  load_preview (self);
}
