/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists what a line of search finds, says what was understood from it and who could not be asked. */
#include "plt-hit-list.h"

#include "plt-hit-row.h"
#include "plt-panes.h"

#include <glib/gi18n-lib.h>

struct _PltHitList
{
  AdwBin           parent_instance;

  PltPersonSearch *search;
  char            *text;
  gboolean         opens_first; /* as soon as it is known which it is */

  GtkLabel        *heading;
  GtkSpinner      *spinner;
  GtkBox          *troubles;
  GtkStack        *stack;
  GtkScrolledWindow *scroller;
  GtkListBox      *list;
  GtkWidget       *more;
  AdwStatusPage   *none;
};

enum
{
  OPENED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PltHitList, plt_hit_list, ADW_TYPE_BIN)

static guint
count_hits (PltHitList *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->search));
}

static void
show_troubles (PltHitList *self)
{
  GPtrArray *troubles = plt_person_search_get_troubles (self->search);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->troubles))) != NULL)
    gtk_box_remove (self->troubles, child);
  for (guint i = 0; i < troubles->len; i++)
    {
      GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                       "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT,
                                       "label", troubles->pdata[i],
                                       "wrap", TRUE,
                                       "xalign", 0.0,
                                       NULL);

      gtk_widget_add_css_class (label, "search-trouble");
      gtk_box_append (self->troubles, label);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->troubles), troubles->len > 0);
}

static char *
build_heading (PltHitList *self)
{
  g_autofree char *understood
    = plt_search_line_describe (plt_person_search_get_line (self->search));

  if (plt_person_search_get_state (self->search) == PLT_PERSON_SEARCH_STATE_RECENT)
    return g_strdup (count_hits (self) > 0 ? _("Looked up last") : "");

  if (*understood == '\0')
    return g_strdup ("");

  /* Translators: %s is what was understood, e.g. “name “müller” · born 12 March 1980” */
  return g_strdup_printf (_("Searched for: %s"), understood);
}

static void
show_none (PltHitList *self)
{
  g_autofree char *understood
    = plt_search_line_describe (plt_person_search_get_line (self->search));
  /* Translators: %s is what was understood, e.g. “name “müller” · born 12 March 1980” */
  g_autofree char *text = g_strdup_printf (_("Nobody fits: %s. Leave something out, or type it "
                                             "another way."), understood);
  g_autofree char *escaped
    = g_markup_escape_text (*understood != '\0' ? text : _("Nothing was searched for."), -1);

  adw_status_page_set_description (self->none, escaped);
}

static const char *
get_page (PltHitList *self)
{
  PltPersonSearchState state = plt_person_search_get_state (self->search);

  if (count_hits (self) > 0)
    return "list";
  if (state == PLT_PERSON_SEARCH_STATE_SEARCHING)
    return "searching";

  return state == PLT_PERSON_SEARCH_STATE_RECENT ? "empty" : "none";
}

static void
open_if_wanted (PltHitList *self)
{
  gboolean done = plt_person_search_get_state (self->search) == PLT_PERSON_SEARCH_STATE_DONE;
  g_autoptr (PltPersonHit) first = NULL;

  if (!self->opens_first || !done)
    return;

  self->opens_first = FALSE;
  first = g_list_model_get_item (G_LIST_MODEL (self->search), 0);
  if (count_hits (self) == 1)
    g_signal_emit (self, signals[OPENED], 0, first);
  else
    plt_hit_list_focus_first (self);
}

static void
search_changed_cb (PltHitList *self)
{
  g_autofree char *heading = build_heading (self);
  gboolean searching
    = plt_person_search_get_state (self->search) == PLT_PERSON_SEARCH_STATE_SEARCHING;

  gtk_label_set_text (self->heading, heading);
  gtk_spinner_set_spinning (self->spinner, searching);
  gtk_widget_set_visible (self->more, !searching && plt_person_search_has_more (self->search));
  show_troubles (self);
  show_none (self);
  gtk_stack_set_visible_child_name (self->stack, get_page (self));
  open_if_wanted (self);
}

static void
row_activated_cb (PltHitList    *self,
                  GtkListBoxRow *row)
{
  g_signal_emit (self, signals[OPENED], 0, plt_hit_row_get_hit (PLT_HIT_ROW (row)));
}

static void
more_clicked_cb (PltHitList *self)
{
  plt_person_search_load_more (self->search);
}

static void
edge_reached_cb (PltHitList      *self,
                 GtkPositionType  edge)
{
  if (edge == GTK_POS_BOTTOM)
    plt_person_search_load_more (self->search);
}

static void
plt_hit_list_dispose (GObject *object)
{
  PltHitList *self = PLT_HIT_LIST (object);

  if (self->search != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->search, self);
      plt_person_search_cancel (self->search);
    }
  g_clear_object (&self->search);
  g_clear_pointer (&self->text, g_free);
  /* AdwBin would let go of its child a second time. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), PLT_TYPE_HIT_LIST);

  G_OBJECT_CLASS (plt_hit_list_parent_class)->dispose (object);
}

static void
plt_hit_list_class_init (PltHitListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_hit_list_dispose;
  signals[OPENED] = g_signal_new ("opened", PLT_TYPE_HIT_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, PLT_TYPE_PERSON_HIT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/platen/Platen/panes/search/plt-hit-list.ui");
  gtk_widget_class_bind_template_child (widget_class, PltHitList, heading);
  gtk_widget_class_bind_template_child (widget_class, PltHitList, spinner);
  gtk_widget_class_bind_template_child (widget_class, PltHitList, troubles);
  gtk_widget_class_bind_template_child (widget_class, PltHitList, stack);
  gtk_widget_class_bind_template_child (widget_class, PltHitList, scroller);
  gtk_widget_class_bind_template_child (widget_class, PltHitList, list);
  gtk_widget_class_bind_template_child (widget_class, PltHitList, more);
  gtk_widget_class_bind_template_child (widget_class, PltHitList, none);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, more_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, edge_reached_cb);
}

static void
plt_hit_list_init (PltHitList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  plt_panes_name_once (GTK_WIDGET (self));
}

void
plt_hit_list_set_office (PltHitList *self,
                         PltOffice  *office)
{
  self->search = plt_person_search_new (office);
  g_signal_connect_swapped (self->search, "changed", G_CALLBACK (search_changed_cb), self);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->search), plt_hit_row_new, NULL, NULL);
}

/**
 * plt_hit_list_find:
 * @text: as typed; empty shows whom this person looked up last. The same as before is not searched
 *   again, but for the empty one
 */
void
plt_hit_list_find (PltHitList *self,
                   const char *text)
{
  if (*text != '\0' && g_strcmp0 (self->text, text) == 0)
    return;

  self->opens_first = FALSE;
  g_free (self->text);
  self->text = g_strdup (text);
  plt_person_search_set_text (self->search, text);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

/* Returns: whether there is a hit to stand on */
gboolean
plt_hit_list_focus_first (PltHitList *self)
{
  GtkListBoxRow *row = self->search != NULL ? gtk_list_box_get_row_at_index (self->list, 0) : NULL;

  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* Opens the one hit, or goes to the first of several, when all places have answered. */
void
plt_hit_list_open_first (PltHitList *self)
{
  self->opens_first = TRUE;
  open_if_wanted (self);
}
