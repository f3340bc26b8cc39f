/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Searches the office's own applications by name or number and lists what it finds. */
#include "plt-name-search.h"

#include "plt-application-row.h"
#include "plt-worklist.h"

#include <glib/gi18n-lib.h>

struct _PltNameSearch
{
  AdwBin         parent_instance;

  PltWorklist   *names; /* NULL until the first search */

  GtkStack      *stack;
  GtkListBox    *list;
  AdwStatusPage *failed;
  AdwStatusPage *none;
};

G_DEFINE_FINAL_TYPE (PltNameSearch, plt_name_search, ADW_TYPE_BIN)

static void
show_failure (PltNameSearch *self)
{
  const char *error = plt_worklist_get_error (self->names);
  g_autofree char *escaped = g_markup_escape_text (error != NULL ? error : "", -1);

  adw_status_page_set_description (self->failed, escaped);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

static void
show_names (PltNameSearch *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->names));

  switch (plt_worklist_get_state (self->names))
    {
    case PLT_WORKLIST_STATE_READY:
      gtk_stack_set_visible_child_name (self->stack, n_items > 0 ? "list" : "none");
      break;
    case PLT_WORKLIST_STATE_FAILED:
      show_failure (self);
      break;
    case PLT_WORKLIST_STATE_LOADING:
    default:
      gtk_stack_set_visible_child_name (self->stack, n_items > 0 ? "list" : "loading");
      break;
    }
}

static void
watch_names (PltNameSearch *self,
             PltOffice     *office,
             const char    *text)
{
  self->names = plt_worklist_new (office, 0, text);
  g_signal_connect_object (self->names, "notify::state", G_CALLBACK (show_names), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->names, "items-changed", G_CALLBACK (show_names), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->names), plt_application_row_new, NULL,
                           NULL);
}

static void
row_activated_cb (PltNameSearch *self,
                  GtkListBoxRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-application", "s",
                              plt_application_row_get_number (PLT_APPLICATION_ROW (row)));
}

static void
plt_name_search_dispose (GObject *object)
{
  g_clear_object (&PLT_NAME_SEARCH (object)->names);
  /* AdwBin would let go of its child a second time. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), PLT_TYPE_NAME_SEARCH);

  G_OBJECT_CLASS (plt_name_search_parent_class)->dispose (object);
}

static void
plt_name_search_class_init (PltNameSearchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_name_search_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/search/plt-name-search.ui");
  gtk_widget_class_bind_template_child (widget_class, PltNameSearch, stack);
  gtk_widget_class_bind_template_child (widget_class, PltNameSearch, list);
  gtk_widget_class_bind_template_child (widget_class, PltNameSearch, failed);
  gtk_widget_class_bind_template_child (widget_class, PltNameSearch, none);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
plt_name_search_init (PltNameSearch *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * plt_name_search_find:
 * @text: the beginning of a name or number
 */
void
plt_name_search_find (PltNameSearch *self,
                      PltOffice     *office,
                      const char    *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  g_autofree char *none = NULL;

  /* Translators: %s is the text that was searched for */
  none = g_strdup_printf (_("No application of this office begins with “%s” in its number, ID "
                            "number or name. To ask the registries, type an ID number."), escaped);
  adw_status_page_set_description (self->none, none);

  if (self->names == NULL)
    watch_names (self, office, text);
  else
    plt_worklist_set_filter (self->names, 0, text);
  show_names (self);
}
