/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows a layout file on a record, reads it again whenever it is saved, and tells its faults while the
 * last good picture stays. */
#include "plt-inspector-pane.h"

#include "plt-card-sample.h"
#include "plt-element-list.h"
#include "plt-layout-rule-list.h"
#include "plt-layout-versions.h"
#include "plt-layout-watch.h"
#include "plt-notice.h"
#include "plt-pane-keys.h"
#include "plt-panes.h"
#include "plt-preview.h"
#include "plt-proof-sheet.h"
#include "plt-version-list.h"
#include "plt-version-row.h"
#include "plt-wrap-box.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _PltInspectorPane
{
  AdwBin          parent_instance;

  PltOffice      *office;
  PltLayoutWatch *watch;       /* NULL until first shown */
  char           *path;        /* of the file that is shown */
  PltLayout      *layout;      /* its last good state */
  PltCardInputs  *inputs;      /* of the record */
  GCancellable   *cancellable; /* of the application that is read */
  GCancellable   *proving;     /* the sheet that is drawn */
  gboolean        filling;     /* the drop-downs change because of us */

  PltNotice      *notice;
  GtkStack       *stack;
  GtkDropDown    *layouts;
  GtkDropDown    *records;
  GtkEntry       *application;
  PltCardBoard   *board;
  PltElementList *elements;
  PltVersionList *versions;
  PltLayoutRuleList *rules;
};

G_DEFINE_FINAL_TYPE (PltInspectorPane, plt_inspector_pane, ADW_TYPE_BIN)

static const PltPaneKey keys[] = {
  { "F5", "inspector.reload", NULL },
  { "F9", "inspector.switch", NULL },
  { "<Control>p", "inspector.proof", NULL },
  { "<Control>l", "inspector.layouts", NULL },
  { "<Control>r", "inspector.records", NULL },
  { "F8", "inspector.next-element", NULL },
  { "F7", "inspector.previous-element", NULL },
  { "<Control>plus", "inspector.zoom-in", NULL },
  { "<Control>minus", "inspector.zoom-out", NULL },
  { "<Control>0", "inspector.zoom-fit", NULL },
};

static const PltLayoutFile *
find_file (PltInspectorPane *self)
{
  GPtrArray *files = plt_layout_watch_get_files (self->watch);

  for (guint i = 0; files != NULL && i < files->len; i++)
    if (g_strcmp0 (((const PltLayoutFile *) files->pdata[i])->path, self->path) == 0)
      return files->pdata[i];

  return NULL;
}

static void
show_card (PltInspectorPane *self)
{
  gboolean whole = self->layout != NULL && self->inputs != NULL;

  plt_card_board_set_card (self->board, whole ? self->layout : NULL, whole ? self->inputs : NULL);
  plt_element_list_set_card (self->elements, whole ? self->layout : NULL, whole ? self->inputs : NULL);
}

static void
show_file (PltInspectorPane *self)
{
  const PltLayoutFile *file = find_file (self);

  if (file == NULL)
    plt_notice_show (self->notice, PLT_NOTICE_WARNING,
                     _("The layout’s file is gone. What is shown is its last state."), NULL, NULL);
  else if (file->layout == NULL)
    plt_notice_show (self->notice, PLT_NOTICE_ERROR, file->faults, NULL, NULL);
  else
    {
      plt_notice_clear (self->notice);
      g_set_object (&self->layout, file->layout);
      show_card (self);
    }
}

/* Another person or another layout: a picture of the last one must not be taken for it. */
static void
clear_board (PltInspectorPane *self)
{
  plt_card_board_set_card (self->board, NULL, NULL);
  plt_notice_clear (self->notice);
}

static void
choose_file (PltInspectorPane *self,
             guint             position)
{
  GPtrArray *files = plt_layout_watch_get_files (self->watch);

  if (files == NULL || position >= files->len)
    return;
  g_free (self->path);
  self->path = g_strdup (((const PltLayoutFile *) files->pdata[position])->path);
  g_clear_object (&self->layout);
  clear_board (self);
  show_file (self);
  if (self->layout == NULL)
    show_card (self);
}

/* The same file stays chosen, wherever it stands among the others now. */
static guint
find_position (GPtrArray  *files,
               const char *path)
{
  for (guint i = 0; i < files->len; i++)
    if (g_strcmp0 (((const PltLayoutFile *) files->pdata[i])->path, path) == 0)
      return i;

  return GTK_INVALID_LIST_POSITION;
}

static void
fill_layouts (PltInspectorPane *self)
{
  GPtrArray *files = plt_layout_watch_get_files (self->watch);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint position = find_position (files, self->path);

  for (guint i = 0; i < files->len; i++)
    {
      const PltLayoutFile *file = files->pdata[i];
      /* Of a file with faults nobody knows the version. */
      g_autofree char *title = file->version > 0 ? plt_version_dup_title (file->id, file->version)
                                                 : g_strdup (file->id);

      gtk_string_list_append (names, title);
    }
  self->filling = TRUE;
  gtk_drop_down_set_model (self->layouts, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->layouts, position);
  self->filling = FALSE;
  if (position == GTK_INVALID_LIST_POSITION && self->path == NULL && files->len > 0)
    gtk_drop_down_set_selected (self->layouts, 0);
}

/* The person who is shown, by position; an application that is open stays. */
static void
choose_sample (PltInspectorPane *self,
               guint             position)
{
  GPtrArray *samples = plt_layout_watch_get_samples (self->watch);

  if (position >= samples->len)
    return;
  g_cancellable_cancel (self->cancellable);
  gtk_editable_set_text (GTK_EDITABLE (self->application), "");
  g_clear_pointer (&self->inputs, plt_card_inputs_unref);
  self->inputs = plt_card_inputs_ref (plt_card_sample_get_inputs (samples->pdata[position]));
  show_card (self);
}

static void
fill_records (PltInspectorPane *self)
{
  GPtrArray *samples = plt_layout_watch_get_samples (self->watch);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = gtk_drop_down_get_selected (self->records);

  for (guint i = 0; i < samples->len; i++)
    gtk_string_list_append (names, plt_card_sample_get_title (samples->pdata[i]));
  self->filling = TRUE;
  gtk_drop_down_set_model (self->records, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->records, selected < samples->len ? selected : 0);
  self->filling = FALSE;
  if (*gtk_editable_get_text (GTK_EDITABLE (self->application)) == '\0')
    choose_sample (self, gtk_drop_down_get_selected (self->records));
}

static void
files_changed_cb (PltInspectorPane *self)
{
  gboolean is_first = self->path == NULL;

  fill_records (self);
  fill_layouts (self);
  if (!is_first)
    show_file (self);
}

static void
layout_chosen_cb (PltInspectorPane *self)
{
  if (!self->filling)
    choose_file (self, gtk_drop_down_get_selected (self->layouts));
}

static void
record_chosen_cb (PltInspectorPane *self)
{
  if (self->filling)
    return;
  clear_board (self);
  choose_sample (self, gtk_drop_down_get_selected (self->records));
}

static void
application_read_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PltPreview) preview = plt_production_preview_finish (result, &error);
  PltInspectorPane *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = user_data;
  if (preview == NULL)
    {
      plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
      return;
    }
  clear_board (self);
  g_clear_pointer (&self->inputs, plt_card_inputs_unref);
  self->inputs = plt_card_inputs_ref (plt_preview_get_inputs (preview));
  show_card (self);
}

/* What may be seen of an application the database decides. */
static void
application_typed_cb (PltInspectorPane *self)
{
  g_autofree char *number = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->application))));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (*number == '\0')
    record_chosen_cb (self);
  else
    plt_production_preview_async (self->office, number, 0, self->cancellable, application_read_cb,
                                  self);
}

/* An element that cannot be drawn is told; the picture before it stays. */
static void
refused_cb (PltInspectorPane *self,
            const GError     *error)
{
  plt_notice_show (self->notice, PLT_NOTICE_WARNING, error->message, NULL, NULL);
}

static gboolean
is_page (PltInspectorPane *self,
         const char       *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) == 0;
}

static void
page_changed_cb (PltInspectorPane *self)
{
  if (self->watch != NULL && is_page (self, "versions"))
    plt_version_list_load (self->versions);
  else if (self->watch != NULL && is_page (self, "rules"))
    plt_layout_rule_list_load (self->rules);
}

static void
office_changed_cb (PltInspectorPane *self,
                   const char       *subject)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) &&
      (g_str_equal (subject, "layout") || g_str_equal (subject, "everything")))
    page_changed_cb (self);
}

static void
proved_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) sheet = plt_layout_versions_prove_finish (result, &error);
  PltInspectorPane *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = user_data;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "inspector.proof", TRUE);
  if (sheet == NULL)
    plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
  else
    plt_proof_sheet_show (self->notice, sheet);
}

/* Of what is shown, before anybody proposes it. Another sheet can be asked for when this one is drawn. */
static void
proof_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  PltInspectorPane *self = PLT_INSPECTOR_PANE (widget);

  if (self->layout == NULL)
    return;
  gtk_widget_action_set_enabled (widget, "inspector.proof", FALSE);
  plt_layout_versions_prove_async (self->office, self->layout, self->proving, proved_cb, self);
}

static void
plain_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  PltInspectorPane *self = PLT_INSPECTOR_PANE (widget);
  const char *name = action + strlen ("inspector.");

  if (g_str_equal (name, "reload") && self->watch != NULL)
    {
      plt_layout_watch_reload (self->watch);
      page_changed_cb (self);
    }
  else if (g_str_equal (name, "switch"))
    {
      gtk_stack_set_visible_child_name (self->stack, is_page (self, "card") ? "versions"
                                                     : is_page (self, "versions") ? "rules" : "card");
      gtk_widget_grab_focus (widget);
    }
  else if (g_str_equal (name, "layouts"))
    gtk_widget_grab_focus (GTK_WIDGET (self->layouts));
  else if (g_str_equal (name, "records"))
    gtk_widget_grab_focus (GTK_WIDGET (self->records));
  else if (g_str_equal (name, "next-element"))
    plt_element_list_step (self->elements, 1);
  else if (g_str_equal (name, "previous-element"))
    plt_element_list_step (self->elements, -1);
  else if (g_str_equal (name, "turn"))
    plt_card_board_turn (self->board);
  else if (g_str_equal (name, "zoom-fit"))
    plt_card_board_set_zoom (self->board, 0);
  else
    plt_card_board_step_zoom (self->board, g_str_equal (name, "zoom-in") ? 1 : -1);
}

static void
plt_inspector_pane_map (GtkWidget *widget)
{
  PltInspectorPane *self = PLT_INSPECTOR_PANE (widget);

  if (self->watch == NULL)
    {
      self->watch = plt_layout_watch_new (self->office);
      g_signal_connect_object (self->watch, "changed", G_CALLBACK (files_changed_cb), self,
                               G_CONNECT_SWAPPED);
      plt_version_list_set_office (self->versions, self->office, self->watch);
      plt_layout_rule_list_set_office (self->rules, self->office);
    }
  page_changed_cb (self);

  GTK_WIDGET_CLASS (plt_inspector_pane_parent_class)->map (widget);
}

static gboolean
plt_inspector_pane_grab_focus (GtkWidget *widget)
{
  PltInspectorPane *self = PLT_INSPECTOR_PANE (widget);

  if (is_page (self, "rules"))
    return gtk_widget_grab_focus (GTK_WIDGET (self->rules))
           || gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
  if (is_page (self, "versions"))
    return gtk_widget_grab_focus (GTK_WIDGET (self->versions))
           || gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);

  return gtk_widget_grab_focus (GTK_WIDGET (self->layouts));
}

static void
plt_inspector_pane_dispose (GObject *object)
{
  PltInspectorPane *self = PLT_INSPECTOR_PANE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_cancellable_cancel (self->proving);
  g_clear_object (&self->proving);
  g_clear_object (&self->watch);
  g_clear_object (&self->layout);
  g_clear_pointer (&self->inputs, plt_card_inputs_unref);
  g_clear_object (&self->office);
  g_clear_pointer (&self->path, g_free);
  self->filling = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_INSPECTOR_PANE);

  G_OBJECT_CLASS (plt_inspector_pane_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, PltInspectorPane, notice);
  gtk_widget_class_bind_template_child (widget_class, PltInspectorPane, stack);
  gtk_widget_class_bind_template_child (widget_class, PltInspectorPane, layouts);
  gtk_widget_class_bind_template_child (widget_class, PltInspectorPane, records);
  gtk_widget_class_bind_template_child (widget_class, PltInspectorPane, application);
  gtk_widget_class_bind_template_child (widget_class, PltInspectorPane, board);
  gtk_widget_class_bind_template_child (widget_class, PltInspectorPane, elements);
  gtk_widget_class_bind_template_child (widget_class, PltInspectorPane, versions);
  gtk_widget_class_bind_template_child (widget_class, PltInspectorPane, rules);
  gtk_widget_class_bind_template_callback (widget_class, layout_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, record_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, application_typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, refused_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_changed_cb);
}

static void
plt_inspector_pane_class_init (PltInspectorPaneClass *klass)
{
  static const char * const actions[] = {
    "inspector.reload", "inspector.switch", "inspector.layouts", "inspector.records",
    "inspector.next-element", "inspector.previous-element", "inspector.turn", "inspector.zoom-fit",
    "inspector.zoom-in", "inspector.zoom-out",
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_inspector_pane_dispose;
  widget_class->map = plt_inspector_pane_map;
  plt_panes_class_set_grab_focus (widget_class, plt_inspector_pane_grab_focus);
  g_type_ensure (PLT_TYPE_NOTICE);
  g_type_ensure (PLT_TYPE_CARD_BOARD);
  g_type_ensure (PLT_TYPE_ELEMENT_LIST);
  g_type_ensure (PLT_TYPE_VERSION_LIST);
  g_type_ensure (PLT_TYPE_LAYOUT_RULE_LIST);
  g_type_ensure (PLT_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/inspector/plt-inspector-pane.ui");
  bind_children (widget_class);
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i], NULL, plain_action);
  gtk_widget_class_install_action (widget_class, "inspector.proof", NULL, proof_action);
}

/* What has the keyboard in a drop-down is a button inside, which GTK leaves without a name. */
static void
name_button (GtkDropDown *drop_down,
             const char  *name)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (drop_down));

  if (button != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
plt_inspector_pane_init (PltInspectorPane *self)
{
  self->proving = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  name_button (self->layouts, _("Layout"));
  name_button (self->records, _("Record"));
  plt_panes_name_once (GTK_WIDGET (self));
  plt_element_list_set_board (self->elements, self->board);
  plt_pane_keys_install (GTK_WIDGET (self), keys, G_N_ELEMENTS (keys));
}

GtkWidget *
plt_inspector_pane_new (PltOffice *office)
{
  PltInspectorPane *self = g_object_new (PLT_TYPE_INSPECTOR_PANE, NULL);

  self->office = g_object_ref (office);
  g_signal_connect_object (office, "changed", G_CALLBACK (office_changed_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}
