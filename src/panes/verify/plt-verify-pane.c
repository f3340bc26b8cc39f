/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-verify-pane.h"

#include "plt-pane-keys.h"
#include "plt-panes.h"
#include "plt-texture.h"
#include "plt-verification.h"
#include "plt-verify-rows.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PORTRAIT_WIDTH 105
#define PORTRAIT_HEIGHT 135

struct _PltVerifyPane
{
  AdwBin                parent_instance;

  PltOffice            *office;
  GCancellable         *cancellable;
  PltVerification      *result;
  GtkFileChooserNative *chooser;

  GtkStack             *stack;
  AdwStatusPage        *failed;
  GtkWidget            *open_button;
  GtkWidget            *busy;
  GtkScrolledWindow    *scroller;
  GtkBox               *verdict;
  GtkImage             *verdict_icon;
  GtkLabel             *verdict_title;
  GtkLabel             *what;
  GtkBox               *reasons;
  GtkPicture           *portrait;
  GtkListBox           *fields;
  GtkBox               *remarks;
  AdwExpanderRow       *details;
  GPtrArray            *detail_rows; /* not owned: children of details */
};

G_DEFINE_FINAL_TYPE (PltVerifyPane, plt_verify_pane, ADW_TYPE_BIN)

static const PltPaneKey keys[] = {
  { "<Control>o", "verify.open", NULL },
  { "<Control>v", "verify.paste", NULL },
  { "Escape", "verify.clear", NULL },
};

static const struct
{
  const char *icon;
  const char *css_class;
} looks[] = {
  [PLT_VERDICT_VALID] = { "emblem-ok-symbolic", "success" },
  [PLT_VERDICT_NOT_VALID] = { "dialog-warning-symbolic", "warning" },
  [PLT_VERDICT_NOT_GENUINE] = { "dialog-error-symbolic", "error" },
  [PLT_VERDICT_NOT_ASKED] = { "network-offline-symbolic", "warning" },
  [PLT_VERDICT_UNKNOWN] = { "dialog-question-symbolic", "warning" },
};

static void
empty_box (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

/* A specimen is as genuine as it can be; that it is one must be seen before the rest. */
static const char *
get_title (PltVerification *result)
{
  PltVerdict verdict = plt_verification_get_verdict (result);

  return verdict == PLT_VERDICT_VALID && plt_verification_is_specimen (result)
           ? _("Genuine and valid: a specimen")
           : plt_verdict_get_title (verdict);
}

static void
add_reason (PltVerifyPane *self,
            PltVerdict     verdict,
            const char    *reason,
            GString       *read_out)
{
  GtkWidget *note = plt_verify_rows_new_note (looks[verdict].icon, looks[verdict].css_class, reason);

  gtk_box_append (self->reasons, note);
  g_string_append_printf (read_out, " %s", reason);
}

static void
add_specimen (PltVerifyPane *self,
              GString       *read_out)
{
  add_reason (self, PLT_VERDICT_NOT_VALID,
              _("It says SPECIMEN of itself: it was made to be shown and gives no right to drive."), read_out);
}

static void
show_reasons (PltVerifyPane *self)
{
  GPtrArray *reasons = plt_verification_get_reasons (self->result);
  g_autoptr (GString) read_out = g_string_new (plt_verification_get_what (self->result));
  gboolean is_specimen = plt_verification_is_specimen (self->result);

  empty_box (self->reasons);
  g_string_append_c (read_out, '.');
  for (guint i = 0; i < reasons->len; i++)
    {
      PltVerdict verdict = plt_verification_get_reason_verdict (self->result, i);

      /* Below what is worse, above what speaks for it. */
      if (is_specimen && verdict == PLT_VERDICT_VALID)
        add_specimen (self, read_out);
      is_specimen = is_specimen && verdict != PLT_VERDICT_VALID;
      add_reason (self, verdict, reasons->pdata[i], read_out);
    }
  if (is_specimen)
    add_specimen (self, read_out);
  /* What a reader says when the keyboard comes here: all that is seen. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->verdict), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  get_title (self->result), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  read_out->str, -1);
}

static void
show_verdict (PltVerifyPane *self)
{
  PltVerdict verdict = plt_verification_get_verdict (self->result);

  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->verdict), looks[i].css_class);
  gtk_widget_add_css_class (GTK_WIDGET (self->verdict), looks[verdict].css_class);
  gtk_image_set_from_icon_name (self->verdict_icon, looks[verdict].icon);
  gtk_label_set_label (self->verdict_title, get_title (self->result));
  gtk_label_set_label (self->what, plt_verification_get_what (self->result));
  show_reasons (self);
}

static void
show_fields (PltVerifyPane *self)
{
  GListModel *fields = plt_verification_get_fields (self->result);

  plt_panes_empty_list (self->fields);
  gtk_list_box_append (self->fields, plt_verify_rows_new_heading ());
  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (PltVerifiedField) field = g_list_model_get_item (fields, i);

      gtk_list_box_append (self->fields, plt_verify_rows_new_field (field));
    }
}

static void
add_detail_row (PltVerifyPane *self,
                GtkWidget     *row)
{
  adw_expander_row_add_row (self->details, row);
  g_ptr_array_add (self->detail_rows, row);
}

/* Each form that it has, under its name. */
static void
show_details (PltVerifyPane *self)
{
  GPtrArray *details = plt_verification_get_details (self->result);
  const char *section = NULL;

  for (guint i = 0; i < self->detail_rows->len; i++)
    adw_expander_row_remove (self->details, self->detail_rows->pdata[i]);
  g_ptr_array_set_size (self->detail_rows, 0);
  for (guint i = 0; i < details->len; i++)
    {
      const PltVerifiedDetail *detail = details->pdata[i];

      if (g_strcmp0 (section, detail->section) != 0)
        add_detail_row (self, plt_verify_rows_new_section (detail->section));
      section = detail->section;
      add_detail_row (self, plt_verify_rows_new_detail (detail));
    }
  adw_expander_row_set_expanded (self->details, FALSE);
}

static void
show_remarks (PltVerifyPane *self)
{
  GPtrArray *remarks = plt_verification_get_remarks (self->result);

  empty_box (self->remarks);
  for (guint i = 0; i < remarks->len; i++)
    gtk_box_append (self->remarks, plt_verify_rows_new_note ("dialog-information-symbolic",
                                                             "dim-label", remarks->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->remarks), remarks->len > 0);
}

static void
update_actions (PltVerifyPane *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "verify.look-up",
                                 self->result != NULL &&
                                   plt_verification_get_id_number (self->result) != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "verify.clear",
                                 g_strcmp0 (gtk_stack_get_visible_child_name (self->stack),
                                            "empty") != 0);
}

/* Where the keyboard waits on the page that is shown. What failed is no button: the scanner types a line end that may
 * still be on its way. */
static GtkWidget *
get_place (PltVerifyPane *self)
{
  const struct { const char *page; GtkWidget *place; } places[] = {
    { "empty", self->open_button },
    { "busy", self->busy },
    { "failed", GTK_WIDGET (self->failed) },
    { "result", GTK_WIDGET (self->verdict) },
  };
  const char *page = gtk_stack_get_visible_child_name (self->stack);

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_equal (places[i].page, page))
      return places[i].place;
  g_return_val_if_reached (NULL);
}

/* The keyboard follows what is shown, and is left where a person has taken it meanwhile. */
static void
show_page (PltVerifyPane *self,
           const char    *name)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *now = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean is_here = gtk_widget_get_mapped (GTK_WIDGET (self)) &&
                     (now == NULL || gtk_widget_is_ancestor (now, GTK_WIDGET (self)));

  gtk_stack_set_visible_child_name (self->stack, name);
  update_actions (self);
  if (is_here)
    gtk_widget_grab_focus (get_place (self));
}

static void
show_result (PltVerifyPane *self)
{
  GBytes *portrait = plt_verification_get_portrait (self->result);

  show_verdict (self);
  show_fields (self);
  show_remarks (self);
  show_details (self);
  gtk_widget_set_visible (GTK_WIDGET (self->portrait), portrait != NULL);
  if (portrait != NULL)
    plt_texture_show (self->portrait, portrait, PORTRAIT_WIDTH, PORTRAIT_HEIGHT);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  show_page (self, "result");
}

static void
show_failure (PltVerifyPane *self,
              const char    *message)
{
  g_autofree char *escaped = g_markup_escape_text (message, -1);

  adw_status_page_set_description (self->failed, escaped);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->failed),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, message, -1);
  show_page (self, "failed");
}

static void
verified_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  PltVerification *verification = plt_verification_run_finish (result, &error);
  PltVerifyPane *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = PLT_VERIFY_PANE (user_data);
  g_clear_object (&self->result);
  self->result = verification;
  if (verification != NULL)
    show_result (self);
  else
    show_failure (self, error->message);
}

static void
begin (PltVerifyPane                *self,
       const PltVerificationRequest *request)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  /* At once: what was said of the last one must not stand beside the next. */
  show_page (self, "busy");
  plt_verification_run_async (self->office, request, self->cancellable, verified_cb, self);
}

static void
verify_bytes (PltVerifyPane *self,
              GBytes        *bytes)
{
  begin (self, &(PltVerificationRequest) { .bytes = bytes });
}

static void
verify_file (PltVerifyPane *self,
             GFile         *file)
{
  g_autofree char *path = g_file_get_path (file);

  if (path != NULL)
    begin (self, &(PltVerificationRequest) { .path = path });
  else
    show_failure (self, _("The file is not on this computer. Copy it here first."));
}

/**
 * plt_verify_pane_scan:
 * @text: what a scanner typed, whole
 */
void
plt_verify_pane_scan (PltVerifyPane *self,
                      const char    *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  verify_bytes (self, bytes);
}

/* ---- chosen, dropped, pasted ---- */

static void
chosen_cb (PltVerifyPane *self,
           int            response)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                             ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser))
                             : NULL;

  if (file != NULL)
    verify_file (self, file);
  g_clear_object (&self->chooser);
}

static void
open_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  PltVerifyPane *self = PLT_VERIFY_PANE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_("Verify a File"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _("_Verify"), NULL);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static gboolean
take_files (PltVerifyPane *self,
            const GValue  *value)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

  if (files == NULL)
    return FALSE;
  verify_file (self, files->data);
  return TRUE;
}

static gboolean
dropped_cb (PltVerifyPane *self,
            const GValue  *value)
{
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    return take_files (self, value);
  if (!G_VALUE_HOLDS (value, G_TYPE_STRING))
    return FALSE;
  plt_verify_pane_scan (self, g_value_get_string (value));
  return TRUE;
}

static void
pasted_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, &error);
  g_autoptr (GBytes) png = NULL;
  PltVerifyPane *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = PLT_VERIFY_PANE (user_data);
  if (value == NULL)
    show_failure (self, _("The clipboard holds neither text, a file nor a picture that could be verified."));
  else if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    {
      png = gdk_texture_save_to_png_bytes (g_value_get_object (value));
      verify_bytes (self, png);
    }
  else
    dropped_cb (self, value);
}

static void
paste_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  PltVerifyPane *self = PLT_VERIFY_PANE (widget);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  GType type = gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST) ? GDK_TYPE_FILE_LIST
               : gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE) ? GDK_TYPE_TEXTURE
                                                                               : G_TYPE_STRING;

  gdk_clipboard_read_value_async (clipboard, type, G_PRIORITY_DEFAULT, self->cancellable, pasted_cb,
                                  self);
}

static void
clear_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  PltVerifyPane *self = PLT_VERIFY_PANE (widget);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_object (&self->result);
  show_page (self, "empty");
}

static void
look_up_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  PltVerifyPane *self = PLT_VERIFY_PANE (widget);

  gtk_widget_activate_action (widget, "win.look-up", "s", plt_verification_get_id_number (self->result));
}

static void
plt_verify_pane_dispose (GObject *object)
{
  PltVerifyPane *self = PLT_VERIFY_PANE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->chooser);
  g_clear_object (&self->result);
  g_clear_object (&self->office);
  g_clear_pointer (&self->detail_rows, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_VERIFY_PANE);
  G_OBJECT_CLASS (plt_verify_pane_parent_class)->dispose (object);
}

static gboolean
plt_verify_pane_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (get_place (PLT_VERIFY_PANE (widget)));
}

static void
plt_verify_pane_class_init (PltVerifyPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_verify_pane_dispose;
  plt_panes_class_set_grab_focus (widget_class, plt_verify_pane_grab_focus);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/platen/Platen/panes/verify/plt-verify-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, PltVerifyPane, stack);
  gtk_widget_class_bind_template_child (widget_class, PltVerifyPane, failed);
  gtk_widget_class_bind_template_child (widget_class, PltVerifyPane, open_button);
  gtk_widget_class_bind_template_child (widget_class, PltVerifyPane, busy);
  gtk_widget_class_bind_template_child (widget_class, PltVerifyPane, scroller);
  gtk_widget_class_bind_template_child (widget_class, PltVerifyPane, verdict);
  gtk_widget_class_bind_template_child (widget_class, PltVerifyPane, verdict_icon);
  gtk_widget_class_bind_template_child (widget_class, PltVerifyPane, verdict_title);
  gtk_widget_class_bind_template_child (widget_class, PltVerifyPane, what);
  gtk_widget_class_bind_template_child (widget_class, PltVerifyPane, reasons);
  gtk_widget_class_bind_template_child (widget_class, PltVerifyPane, portrait);
  gtk_widget_class_bind_template_child (widget_class, PltVerifyPane, fields);
  gtk_widget_class_bind_template_child (widget_class, PltVerifyPane, remarks);
  gtk_widget_class_bind_template_child (widget_class, PltVerifyPane, details);
  gtk_widget_class_install_action (widget_class, "verify.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "verify.paste", NULL, paste_action);
  gtk_widget_class_install_action (widget_class, "verify.clear", NULL, clear_action);
  gtk_widget_class_install_action (widget_class, "verify.look-up", NULL, look_up_action);
}

static void
accept_drops (PltVerifyPane *self)
{
  GType types[] = { GDK_TYPE_FILE_LIST, G_TYPE_STRING };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect_object (target, "drop", G_CALLBACK (dropped_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static void
plt_verify_pane_init (PltVerifyPane *self)
{
  self->cancellable = g_cancellable_new ();
  self->detail_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  accept_drops (self);
  plt_pane_keys_install (GTK_WIDGET (self), keys, G_N_ELEMENTS (keys));
  update_actions (self);
  plt_panes_name_once (GTK_WIDGET (self));
}

GtkWidget *
plt_verify_pane_new (PltOffice *office)
{
  PltVerifyPane *self = g_object_new (PLT_TYPE_VERIFY_PANE, NULL);

  self->office = g_object_ref (office);
  return GTK_WIDGET (self);
}
