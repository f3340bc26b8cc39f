/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done with the selected orders: asks for what it takes, and tells what came of each. */
#include "plt-orders-page-private.h"

#include "plt-panes.h"
#include "plt-reason-dialog.h"

#include <glib/gi18n-lib.h>

/* A dialog with more rows than this is higher than a screen. */
#define MOST_CHOICES 12

static const struct
{
  const char  *action;
  PltPrintAct  act;
  gboolean     of_orders; /* of those that are selected */
} acts[] = {
  { "orders.hold", PLT_PRINT_ACT_HOLD, TRUE },
  { "orders.release", PLT_PRINT_ACT_RELEASE, TRUE },
  { "orders.prioritise", PLT_PRINT_ACT_PRIORITISE, TRUE },
  { "orders.move", PLT_PRINT_ACT_MOVE, TRUE },
  { "orders.batch", PLT_PRINT_ACT_BATCH, TRUE },
  { "orders.pause", PLT_PRINT_ACT_PAUSE, FALSE },
  { "orders.resume", PLT_PRINT_ACT_RESUME, FALSE },
};

/* What a person says instead of a number, and the number. */
static const struct
{
  const char *title;
  const char *number;
} priorities[] = {
  { N_("Before all others (+100)"), "100" },
  { N_("Urgent (+50)"), "50" },
  { N_("As the others (0)"), "0" },
  { N_("After the others (−50)"), "-50" },
};

/* Which cards of a batch are printed first, and how the database is told. */
static const struct
{
  const char *title;
  const char *sample; /* NULL: none */
} samples[] = {
  { N_("Sample: first, middle, last and two at random"),
    "{\"first\": 1, \"middle\": 1, \"last\": 1, \"random\": 2}" },
  { N_("Sample: first, middle and last"), "{\"first\": 1, \"middle\": 1, \"last\": 1}" },
  { N_("Sample: two at random"), "{\"random\": 2}" },
  { N_("No sample: all of it at once"), NULL },
};

/* ---- what came of it ---- */

static char *
dup_title (PltPrintAct            act,
           const PltPrintOutcome *outcome)
{
  switch (act)
    {
    case PLT_PRINT_ACT_HOLD:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u order is held.", "%u orders are held.",
                                           outcome->n_done), outcome->n_done);
    case PLT_PRINT_ACT_RELEASE:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u order was released.", "%u orders were released.",
                                           outcome->n_done), outcome->n_done);
    case PLT_PRINT_ACT_MOVE:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u order was moved.", "%u orders were moved.",
                                           outcome->n_done), outcome->n_done);
    case PLT_PRINT_ACT_PRIORITISE:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u order has a new priority.",
                                           "%u orders have a new priority.", outcome->n_done), outcome->n_done);
    case PLT_PRINT_ACT_BATCH:
      if (outcome->n_samples == 0)
        /* Translators: a batch’s number, and its cards */
        return g_strdup_printf (_("Batch %s has %u cards, without a sample."),
                                outcome->batch != NULL ? outcome->batch : "—", outcome->n_done);
      /* Translators: a batch’s number, its cards, and how many of them are its sample */
      return g_strdup_printf (_("Batch %s has %u cards; %u are its sample, and the others wait until these are "
                                "read back."),
                              outcome->batch != NULL ? outcome->batch : "—", outcome->n_done, outcome->n_samples);
    case PLT_PRINT_ACT_PAUSE:
      return g_strdup (_("Printing is paused. What a printer has already comes out."));
    default:
      return g_strdup (_("Printing goes on."));
    }
}

static void
show_outcome (PltOrdersPage         *self,
              const PltPrintOutcome *outcome)
{
  g_autofree char *title = dup_title (self->act, outcome);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->outcome, outcome->refused->len > 0);
  if (outcome->refused->len == 0)
    {
      plt_panes_toast (GTK_WIDGET (self), "%s", title);
      return;
    }
  g_ptr_array_add (outcome->refused, NULL);
  text = g_strjoinv ("\n", (char **) outcome->refused->pdata);
  g_ptr_array_set_size (outcome->refused, (int) outcome->refused->len - 1);
  gtk_label_set_text (self->outcome_title, title);
  gtk_label_set_text (self->outcome_text, text);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (PltOrdersPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PltPrintOutcome) outcome = plt_print_act_finish (result, &error);

  if (self->office == NULL)
    return;
  if (outcome == NULL)
    {
      plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
      return;
    }
  plt_reason_dialog_forget (GTK_WIDGET (self));
  plt_notice_clear (self->notice);
  show_outcome (self, outcome);
  plt_print_line_reload (self->line);
}

static void
act (PltOrdersPage      *self,
     const char *const  *words)
{
  plt_print_act_async (self->office, self->act, self->ids, words, NULL, done_cb, g_object_ref (self));
}

/* ---- what it takes ---- */

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  PltOrdersPage *self = PLT_ORDERS_PAGE (source);
  int picked = -1;
  g_autofree char *reason = plt_reason_dialog_ask_finish (result, &picked, NULL);
  const char *chosen;

  if (reason == NULL || self->office == NULL)
    return;
  chosen = picked >= 0 && picked < (int) self->choices->len ? self->choices->pdata[picked] : NULL;
  if (self->act == PLT_PRINT_ACT_HOLD)
    act (self, (const char *[]) { reason });
  else if (self->act == PLT_PRINT_ACT_BATCH)
    act (self, (const char *[]) { reason, chosen });
  else
    act (self, (const char *[]) { chosen, reason });
}

static void
offer (PltOrdersPage *self,
       GPtrArray     *titles,
       const char    *title,
       const char    *word)
{
  g_ptr_array_add (titles, g_strdup (title));
  g_ptr_array_add (self->choices, g_strdup (word));
}

static void
offer_printers (PltOrdersPage *self,
                GPtrArray     *titles,
                const char    *all)
{
  guint n_printers = self->printers != NULL ? g_list_model_get_n_items (self->printers) : 0;

  offer (self, titles, all, NULL);
  for (guint i = 0; i < MIN (n_printers, MOST_CHOICES); i++)
    {
      g_autoptr (GObject) printer = g_list_model_get_item (self->printers, i);
      g_autofree char *destination = NULL;
      g_autofree char *title = NULL;

      g_object_get (printer, "destination", &destination, "title", &title, NULL);
      offer (self, titles, title != NULL && *title != '\0' ? title : destination, destination);
    }
}

static void
ask (PltOrdersPage *self,
     const char    *heading,
     const char    *body,
     const char    *verb,
     GPtrArray     *titles)
{
  if (titles->len > 0)
    g_ptr_array_add (titles, NULL);
  plt_reason_dialog_ask_async (GTK_WIDGET (self), heading, body, verb,
                               titles->len > 0 ? (const char *const *) titles->pdata : NULL, NULL, answered_cb,
                               NULL);
}

static void
ask_for_act (PltOrdersPage *self)
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  guint n = self->ids != NULL ? self->ids->len : 0;
  g_autofree char *body = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "It concerns %u order.", "It concerns %u orders.", n), n);

  g_ptr_array_set_size (self->choices, 0);
  switch (self->act)
    {
    case PLT_PRINT_ACT_HOLD:
      ask (self, _("Hold the Orders?"), body, _("_Hold"), titles);
      break;
    case PLT_PRINT_ACT_BATCH:
      for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
        offer (self, titles, _(samples[i].title), samples[i].sample);
      plt_reason_dialog_call_it (GTK_WIDGET (self), _("_Name of the batch"));
      ask (self, _("Make a Batch?"),
           _("The cards of its sample are printed first; the others wait until these are read back. Give the batch a "
             "name."), _("_Make Batch"), titles);
      break;
    case PLT_PRINT_ACT_MOVE:
      offer_printers (self, titles, _("Any printer"));
      ask (self, _("Move to Another Printer?"), body, _("_Move"), titles);
      break;
    case PLT_PRINT_ACT_PRIORITISE:
      for (gsize i = 0; i < G_N_ELEMENTS (priorities); i++)
        offer (self, titles, _(priorities[i].title), priorities[i].number);
      ask (self, _("Give a Priority?"), body, _("_Give"), titles);
      break;
    default:
      offer_printers (self, titles, _("All printing of this office"));
      ask (self, _("Pause Printing?"), _("Nothing new is sent until somebody resumes it."), _("_Pause"), titles);
      break;
    }
}

/* All printing first, then what else is paused, the one after the other. */
static void
resume (PltOrdersPage *self)
{
  GPtrArray *pauses = plt_print_line_get_pauses (self->line);

  if (pauses->len > 0)
    act (self, (const char *[]) { ((PltPrintPause *) pauses->pdata[0])->printer });
}

static void
act_action (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  PltOrdersPage *self = PLT_ORDERS_PAGE (widget);
  gboolean of_orders = FALSE;

  if (self->line == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (acts[i].action, action))
      {
        self->act = acts[i].act;
        of_orders = acts[i].of_orders;
      }
  g_clear_pointer (&self->ids, g_array_unref);
  if (of_orders)
    self->ids = plt_orders_page_dup_selected (self);
  if (of_orders && self->ids->len == 0)
    {
      plt_panes_toast (widget, "%s", _("Select the orders first: Space or Ctrl+Space, Ctrl+A for all."));
      return;
    }
  if (self->act == PLT_PRINT_ACT_RELEASE)
    act (self, (const char *[]) { NULL });
  else if (self->act == PLT_PRINT_ACT_RESUME)
    resume (self);
  else
    ask_for_act (self);
}

void
plt_orders_page_install_acts (GtkWidgetClass *widget_class)
{
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    gtk_widget_class_install_action (widget_class, acts[i].action, NULL, act_action);
}

/* Whether this person may do something with the line at all, and whether there is something to do. */
void
plt_orders_page_update_acts (PltOrdersPage *self)
{
  gboolean may = plt_session_has_role (plt_office_get_session (self->office),
                                       PLT_ROLE_OPERATOR | PLT_ROLE_SUPERVISOR);
  gboolean paused = self->line != NULL && plt_print_line_get_pauses (self->line)->len > 0;

  gboolean allows = plt_session_has_role (plt_office_get_session (self->office), PLT_ROLE_SUPERVISOR);

  gtk_widget_set_visible (self->tools, may);
  gtk_widget_set_visible (self->allow, allows);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "orders.allow", allows);
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), acts[i].action,
                                   may && (acts[i].act != PLT_PRINT_ACT_RESUME || paused));
}
