/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists the registries, live, and tries them out when somebody asks for it. */
#include "plt-registries-pane.h"

#include "plt-outbox-list.h"
#include "plt-pane-keys.h"
#include "plt-panes.h"
#include "plt-registry-row.h"

#include <glib/gi18n-lib.h>

struct _PltRegistriesPane
{
  AdwBin         parent_instance;

  PltOffice     *office;
  GListModel    *states; /* NULL until first shown, and while a file is wrong */
  GCancellable  *cancellable;

  GtkStack      *stack;
  GtkListBox    *list;
  PltOutboxList *outbox;
  AdwStatusPage *failed;
};

G_DEFINE_FINAL_TYPE (PltRegistriesPane, plt_registries_pane, ADW_TYPE_BIN)

static const PltPaneKey keys[] = {
  { "F5", "registries.try-all", NULL },
  { "<Control>Return", "registries.try-selected", NULL },
};

static GtkWidget *
build_row (gpointer item,
           gpointer user_data)
{
  return plt_registry_row_new (item);
}

static void
show_failure (PltRegistriesPane *self,
              const GError      *error)
{
  g_autofree char *escaped = g_markup_escape_text (error->message, -1);

  adw_status_page_set_description (self->failed, escaped);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

/* A wrong adapter file may have been corrected since the last time. */
static void
load (PltRegistriesPane *self)
{
  g_autoptr (GError) error = NULL;

  if (self->states == NULL)
    {
      self->states = plt_registry_state_list (self->office, &error);
      if (self->states != NULL)
        gtk_list_box_bind_model (self->list, self->states, build_row, NULL, NULL);
    }
  if (self->states == NULL)
    show_failure (self, error);
  else
    gtk_stack_set_visible_child_name (self->stack,
                                      g_list_model_get_n_items (self->states) > 0 ? "list" : "empty");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "registries.try-all", self->states != NULL);
}

static void
probed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  /* How it went stands in the row, which outlives this pane or does not. */
  plt_registry_state_probe_finish (PLT_REGISTRY_STATE (source), result, NULL);
}

static void
try_state (PltRegistriesPane *self,
           PltRegistryState  *state)
{
  plt_registry_state_probe_async (state, self->cancellable, probed_cb, NULL);
}

static void
try_action (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  PltRegistriesPane *self = PLT_REGISTRIES_PANE (widget);
  const char *wanted = g_variant_get_string (parameter, NULL);

  for (guint i = 0; self->states != NULL && i < g_list_model_get_n_items (self->states); i++)
    {
      g_autoptr (PltRegistryState) state = g_list_model_get_item (self->states, i);
      g_autofree char *source = NULL;

      g_object_get (state, "source", &source, NULL);
      if (g_str_equal (source, wanted))
        try_state (self, state);
    }
}

static void
try_all_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  PltRegistriesPane *self = PLT_REGISTRIES_PANE (widget);

  for (guint i = 0; self->states != NULL && i < g_list_model_get_n_items (self->states); i++)
    {
      g_autoptr (PltRegistryState) state = g_list_model_get_item (self->states, i);

      try_state (self, state);
    }
}

static void
try_selected_action (GtkWidget  *widget,
                     const char *action,
                     GVariant   *parameter)
{
  PltRegistriesPane *self = PLT_REGISTRIES_PANE (widget);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row != NULL)
    try_state (self, plt_registry_row_get_state (PLT_REGISTRY_ROW (row)));
}

static void
load_again_action (GtkWidget  *widget,
                   const char *action,
                   GVariant   *parameter)
{
  load (PLT_REGISTRIES_PANE (widget));
}

static void
plt_registries_pane_map (GtkWidget *widget)
{
  PltRegistriesPane *self = PLT_REGISTRIES_PANE (widget);

  load (self);
  plt_outbox_list_load (self->outbox);

  GTK_WIDGET_CLASS (plt_registries_pane_parent_class)->map (widget);
}

static gboolean
plt_registries_pane_grab_focus (GtkWidget *widget)
{
  PltRegistriesPane *self = PLT_REGISTRIES_PANE (widget);
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, 0);

  if (row == NULL)
    return gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
  if (gtk_list_box_get_selected_row (self->list) == NULL)
    gtk_list_box_select_row (self->list, row);

  return gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_selected_row (self->list)));
}

static void
plt_registries_pane_dispose (GObject *object)
{
  PltRegistriesPane *self = PLT_REGISTRIES_PANE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->states);
  g_clear_object (&self->office);
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_REGISTRIES_PANE);

  G_OBJECT_CLASS (plt_registries_pane_parent_class)->dispose (object);
}

static void
plt_registries_pane_class_init (PltRegistriesPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_registries_pane_dispose;
  widget_class->map = plt_registries_pane_map;
  plt_panes_class_set_grab_focus (widget_class, plt_registries_pane_grab_focus);

  g_type_ensure (PLT_TYPE_OUTBOX_LIST);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/registries/plt-registries-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, PltRegistriesPane, stack);
  gtk_widget_class_bind_template_child (widget_class, PltRegistriesPane, list);
  gtk_widget_class_bind_template_child (widget_class, PltRegistriesPane, outbox);
  gtk_widget_class_bind_template_child (widget_class, PltRegistriesPane, failed);
  gtk_widget_class_install_action (widget_class, "registries.try", "s", try_action);
  gtk_widget_class_install_action (widget_class, "registries.try-all", NULL, try_all_action);
  gtk_widget_class_install_action (widget_class, "registries.try-selected", NULL,
                                   try_selected_action);
  gtk_widget_class_install_action (widget_class, "registries.load-again", NULL, load_again_action);
}

static void
plt_registries_pane_init (PltRegistriesPane *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  plt_pane_keys_install (GTK_WIDGET (self), keys, G_N_ELEMENTS (keys));
}

GtkWidget *
plt_registries_pane_new (PltOffice *office)
{
  PltRegistriesPane *self = g_object_new (PLT_TYPE_REGISTRIES_PANE, NULL);

  self->office = g_object_ref (office);
  plt_outbox_list_set_office (self->outbox, office);

  return GTK_WIDGET (self);
}
