/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chooses the looks of a state. */
#include "plt-pills.h"

static const char * const looks[] = { "idle", "waiting", "going-on", "done", "stopped" };

static void
show (GtkLabel   *label,
      const char *title,
      const char *look)
{
  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (label), looks[i]);
  gtk_widget_add_css_class (GTK_WIDGET (label), "state-pill");
  gtk_widget_add_css_class (GTK_WIDGET (label), look);
  gtk_label_set_text (label, title);
}

static const char *
get_application_look (PltApplicationState state)
{
  switch (state)
    {
    case PLT_APPLICATION_STATE_RETURNED:
    case PLT_APPLICATION_STATE_WAITING:
      return "waiting";
    case PLT_APPLICATION_STATE_SUBMITTED:
    case PLT_APPLICATION_STATE_APPROVED:
    case PLT_APPLICATION_STATE_IN_PRODUCTION:
      return "going-on";
    case PLT_APPLICATION_STATE_READY:
    case PLT_APPLICATION_STATE_ISSUED:
      return "done";
    case PLT_APPLICATION_STATE_REJECTED:
      return "stopped";
    case PLT_APPLICATION_STATE_DRAFT:
    case PLT_APPLICATION_STATE_WITHDRAWN:
    default:
      return "idle";
    }
}

static const char *
get_card_look (PltCardState state)
{
  switch (state)
    {
    case PLT_CARD_STATE_OUT:
    case PLT_CARD_STATE_DOUBTFUL:
      return "waiting";
    case PLT_CARD_STATE_CHECKED:
    case PLT_CARD_STATE_ISSUED:
      return "done";
    case PLT_CARD_STATE_SPOILED:
    case PLT_CARD_STATE_RECALLED:
      return "stopped";
    case PLT_CARD_STATE_CANCELLED:
      return "idle";
    default:
      return "going-on";
    }
}

void
plt_pill_show_application (GtkLabel            *label,
                           PltApplicationState  state)
{
  show (label, plt_application_state_get_title (state), get_application_look (state));
}

void
plt_pill_show_card (GtkLabel     *label,
                    PltCardState  state)
{
  show (label, plt_card_state_get_title (state), get_card_look (state));
}
