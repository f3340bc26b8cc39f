/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows the preview of one application's card: reads it, hands it to the board, tells what fails. */
#include "plt-preview-pane-private.h"

#include "plt-pane-keys.h"
#include "plt-panes.h"

#include <glib/gi18n-lib.h>

#define SETTINGS "org.platen.Platen"

G_DEFINE_FINAL_TYPE (PltPreviewPane, plt_preview_pane, ADW_TYPE_BIN)

static const PltPaneKey keys[] = {
  { "<Control>p", "preview.print", NULL },
  { "<Control>0", "preview.zoom", "0" },
  { "<Control>1", "preview.zoom", "1" },
  { "<Control>2", "preview.zoom", "2" },
  { "<Control>plus", "preview.zoom-in", NULL },
  { "<Control>minus", "preview.zoom-out", NULL },
  { "<Control>e", "preview.edit", NULL },
  { "F5", "preview.reload", NULL },
  { "F9", "preview.panel", NULL },
  { "F11", "preview.citizen", NULL },
  { "<Control><Shift>p", "preview.paper-proof", NULL },
  { "<Control>Return", "preview.holder-confirmed", NULL },
  { "<Control><Shift>Return", "preview.holder-objects", NULL },
};

/* GTK leaves the keyboard with a widget that is not shown, where no key does anything. */
static void
show_page (PltPreviewPane *self,
           const char     *page)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean is_here = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->stack));

  gtk_stack_set_visible_child_name (self->stack, page);
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  if (is_here && (focus == NULL || !gtk_widget_get_mapped (focus)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
show_failure (PltPreviewPane *self,
              const char     *message)
{
  g_autofree char *escaped = g_markup_escape_text (message, -1);

  adw_status_page_set_description (self->failed, escaped);
  show_page (self, "failed");
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
  self->refused = FALSE;
  if (preview == NULL)
    {
      show_failure (self, error->message);
      return;
    }
  g_set_object (&self->preview, preview);
  g_clear_pointer (&self->proposed_field, g_free);
  plt_preview_pane_show_preview (self, preview);
  plt_preview_pane_find_before (self);
  show_page (self, "card");
  plt_preview_pane_update_print (self);
}

void
plt_preview_pane_drop_case (PltPreviewPane *self)
{
  if (self->kase != NULL)
    g_signal_handlers_disconnect_by_data (self->kase, self);
  g_clear_object (&self->kase);
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
  plt_preview_pane_drop_case (self);
  if (kase == NULL && !self->lost)
    plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
  else if (kase != NULL)
    {
      self->kase = kase;
      g_signal_connect_object (kase, "changed", G_CALLBACK (plt_preview_pane_case_changed), self,
                               G_CONNECT_SWAPPED);
    }
  plt_preview_pane_case_changed (self);
  if (self->lost && self->kase != NULL)
    plt_preview_pane_tell_fate (self);
}

/* Reads again what is printed and what may be done with it. */
void
plt_preview_pane_load (PltPreviewPane *self)
{
  if (self->number == NULL)
    return;
  g_cancellable_cancel (self->preview_cancellable);
  g_clear_object (&self->preview_cancellable);
  self->preview_cancellable = g_cancellable_new ();
  plt_production_preview_async (self->office, self->number, 0, self->preview_cancellable, preview_cb,
                                self);
  plt_case_open_async (self->office, self->number, self->preview_cancellable, case_opened_cb, self);
  plt_preview_pane_read_answer (self);
}

/* tests/bench/bench-preview.py waits for this line. */
static void
painted_cb (PltPreviewPane *self)
{
  /* What could not be drawn before can be drawn now. */
  if (self->refused)
    show_page (self, "card");
  if (self->refused)
    {
      self->refused = FALSE;
      plt_preview_pane_update_answer (self);
    }
  if (self->opened_at == 0)
    return;
  g_debug ("a card is seen after %d ms",
           (int) ((g_get_monotonic_time () - self->opened_at) / G_TIME_SPAN_MILLISECOND));
  self->opened_at = 0;
}

/* What the layout refuses to draw is no preview: the older card must not be taken for it. */
static void
refused_cb (PltPreviewPane *self,
            const GError   *error)
{
  self->refused = TRUE;
  show_failure (self, error->message);
  plt_preview_pane_update_answer (self);
}

static void
reload_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  plt_preview_pane_load (PLT_PREVIEW_PANE (widget));
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

/* A change of another desk may change what is printed. */
static void
office_changed_cb (PltPreviewPane *self,
                   const char     *subject,
                   gint64          id)
{
  if ((gtk_widget_get_mapped (GTK_WIDGET (self)) || self->window != NULL) && !self->printing
      && (g_str_equal (subject, "application") || g_str_equal (subject, "everything")))
    plt_preview_pane_load (self);
}

static void
plt_preview_pane_map (GtkWidget *widget)
{
  PltPreviewPane *self = PLT_PREVIEW_PANE (widget);

  plt_preview_pane_load_printers (self);
  plt_preview_pane_load (self);
  GTK_WIDGET_CLASS (plt_preview_pane_parent_class)->map (widget);
}

/* Whoever signs out takes the card off the citizen's screen, whatever still holds the pane. */
static void
plt_preview_pane_unroot (GtkWidget *widget)
{
  plt_preview_pane_close_window (PLT_PREVIEW_PANE (widget));
  GTK_WIDGET_CLASS (plt_preview_pane_parent_class)->unroot (widget);
}

static gboolean
plt_preview_pane_grab_focus (GtkWidget *widget)
{
  PltPreviewPane *self = PLT_PREVIEW_PANE (widget);
  const char *page = gtk_stack_get_visible_child_name (self->stack);

  if (g_strcmp0 (page, "failed") == 0)
    return gtk_widget_child_focus (GTK_WIDGET (self->failed), GTK_DIR_TAB_FORWARD);
  if (g_strcmp0 (page, "card") != 0)
    return gtk_widget_grab_focus (gtk_stack_get_visible_child (self->stack));

  return gtk_widget_grab_focus (GTK_WIDGET (self->board));
}

static void
plt_preview_pane_dispose (GObject *object)
{
  PltPreviewPane *self = PLT_PREVIEW_PANE (object);

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->preview_cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->preview_cancellable);
  plt_preview_pane_drop_case (self);
  plt_preview_pane_close_window (self);
  g_clear_handle_id (&self->blink_id, g_source_remove);
  g_clear_object (&self->preview);
  g_clear_object (&self->shown);
  g_clear_object (&self->before);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_clear_pointer (&self->answer, plt_holder_answer_free);
  g_clear_object (&self->asked);
  g_clear_pointer (&self->before_error, g_free);
  g_clear_pointer (&self->proposed_field, g_free);
  g_clear_pointer (&self->proposed_value, g_free);
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
  gtk_widget_class_bind_template_child (widget_class, PltPreviewPane, which);
  gtk_widget_class_bind_template_child (widget_class, PltPreviewPane, layers_said);
  gtk_widget_class_bind_template_child (widget_class, PltPreviewPane, place);
  gtk_widget_class_bind_template_child (widget_class, PltPreviewPane, zoom);
  gtk_widget_class_bind_template_child (widget_class, PltPreviewPane, board);
  gtk_widget_class_bind_template_child (widget_class, PltPreviewPane, panel);
  gtk_widget_class_bind_template_child (widget_class, PltPreviewPane, panel_frame);
  gtk_widget_class_bind_template_child (widget_class, PltPreviewPane, printer);
  gtk_widget_class_bind_template_child (widget_class, PltPreviewPane, printer_state);
}

static void
plt_preview_pane_class_init (PltPreviewPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_preview_pane_dispose;
  widget_class->map = plt_preview_pane_map;
  widget_class->unroot = plt_preview_pane_unroot;
  plt_panes_class_set_grab_focus (widget_class, plt_preview_pane_grab_focus);
  g_type_ensure (PLT_TYPE_NOTICE);
  g_type_ensure (PLT_TYPE_CARD_BOARD);
  g_type_ensure (PLT_TYPE_CARD_PANEL);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/preview/plt-preview-pane.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, painted_cb);
  gtk_widget_class_bind_template_callback (widget_class, refused_cb);
  gtk_widget_class_install_action (widget_class, "preview.reload", NULL, reload_action);
  gtk_widget_class_install_action (widget_class, "preview.edit", NULL, edit_action);
  plt_preview_pane_install_print (widget_class);
  plt_preview_pane_install_look (klass);
  plt_preview_pane_install_compare (widget_class);
  plt_preview_pane_install_answer (widget_class);
}

/* Settings are looked for, not demanded: a program run from its build folder may have none. */
static void
load_settings (PltPreviewPane *self)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, SETTINGS, TRUE);
  if (schema != NULL)
    self->settings = g_settings_new (SETTINGS);
}

static void
plt_preview_pane_init (PltPreviewPane *self)
{
  self->cancellable = g_cancellable_new ();
  plt_preview_pane_init_look (self);
  gtk_widget_init_template (GTK_WIDGET (self));
  plt_panes_name_once (GTK_WIDGET (self));
  load_settings (self);
  plt_preview_pane_restore_look (self);
  plt_pane_keys_install (GTK_WIDGET (self), keys, G_N_ELEMENTS (keys));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "preview.print", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "preview.blink", FALSE);
  plt_preview_pane_update_answer (self);
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

  self->opened_at = g_get_monotonic_time ();
  if (g_strcmp0 (self->number, application_number) != 0)
    {
      plt_preview_pane_drop_case (self);
      self->lost = FALSE;
      g_free (self->number);
      self->number = g_strdup (application_number);
      plt_preview_pane_forget_card (self);
      show_page (self, "loading");
      plt_notice_clear (self->notice);
    }
  /* Translators: %s is an application’s number */
  title = g_strdup_printf (_("Card of application %s"), application_number);
  gtk_label_set_label (self->title, title);
  plt_preview_pane_load (self);
}
