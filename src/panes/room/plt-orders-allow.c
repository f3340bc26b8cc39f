/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Beyond what an office makes again by itself a supervisor allows another card, and says why. */
#include "plt-orders-page-private.h"

#include "plt-allowance.h"
#include "plt-panes.h"

#include <glib/gi18n-lib.h>

static void
allowed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  PltOrdersPage *self = PLT_ORDERS_PAGE (source);
  g_autoptr (GError) error = NULL;

  if (plt_allowance_ask_finish (result, &error))
    {
      plt_notice_clear (self->notice);
      plt_print_line_reload (self->line);
    }
  else if (self->office != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
}

/* The only order that is selected; NULL: none, or several. */
static char *
dup_selected_number (PltOrdersPage *self)
{
  g_autoptr (GtkBitset) selected = self->selection != NULL
                                     ? gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection)) : NULL;
  g_autoptr (PltPrintOrder) order = NULL;
  const PltPrintOrderFacts *facts;

  if (selected == NULL || gtk_bitset_get_size (selected) != 1)
    return NULL;
  order = g_list_model_get_item (G_LIST_MODEL (self->line), gtk_bitset_get_minimum (selected));
  facts = order != NULL ? plt_print_order_get_facts (order) : NULL;
  return facts != NULL ? g_strdup (facts->number) : NULL;
}

static void
allow_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  PltOrdersPage *self = PLT_ORDERS_PAGE (widget);
  g_autofree char *number = dup_selected_number (self);
  g_autofree char *body = NULL;

  if (number == NULL)
    {
      plt_panes_toast (widget, "%s", _("Select one order first: Space or Ctrl+Space."));
      return;
    }
  body = g_strdup_printf (_("Application %s has used up what this office makes again by itself. The reason is kept, and "
                            "who allows it has printed and spoiled none of its cards."), number);
  plt_allowance_ask_async (widget, self->office, number, body, allowed_cb, NULL);
}

void
plt_orders_page_install_allow (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "orders.allow", NULL, allow_action);
}
