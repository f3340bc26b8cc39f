/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says how two ID numbers stand to each other. */
#include "plt-link-row.h"

#include "plt-field-text.h"
#include "plt-id-number.h"
#include "plt-panes.h"
#include "plt-text-row.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

static const char *
get_text (const char *text)
{
  return text != NULL && *text != '\0' ? text : "—";
}

char *
plt_link_dup_condition (const PltIdLink *link)
{
  const PltIdLinkStep *last = g_ptr_array_index (link->steps, link->steps->len - 1);
  const char *who = get_text (last->who);
  const char *reason = get_text (last->reason);

  switch (link->state)
    {
    case PLT_ID_LINK_PROPOSED:
      /* Translators: name of a colleague, the reason */
      return g_strdup_printf (_("%s asks for them to be one person: %s. Another supervisor agrees or "
                                "refuses."), who, reason);
    case PLT_ID_LINK_UNLINKING:
      /* Translators: name of a colleague, the reason */
      return g_strdup_printf (_("Still one person. %s asks to take them apart: %s. Another supervisor "
                                "agrees or refuses."), who, reason);
    case PLT_ID_LINK_UNLINKED:
      return g_strdup (_("Two persons: they were linked, and were taken apart."));
    case PLT_ID_LINK_REFUSED:
      return g_strdup (_("Two persons: linking them was refused."));
    case PLT_ID_LINK_LINKED:
    default:
      return g_strdup (_("One person. Applications are started under the number that is kept."));
    }
}

static const char *
describe_step (const GPtrArray *steps,
               guint            position)
{
  const PltIdLinkStep *step = g_ptr_array_index (steps, position);
  const PltIdLinkStep *before = position > 0 ? g_ptr_array_index (steps, position - 1) : NULL;

  switch (step->state)
    {
    case PLT_ID_LINK_PROPOSED:
      return _("Asked for them to be one person");
    case PLT_ID_LINK_LINKED:
      return before != NULL && before->state == PLT_ID_LINK_UNLINKING
               ? _("Refused to take them apart") : _("Agreed: one person");
    case PLT_ID_LINK_UNLINKING:
      return _("Asked to take them apart");
    case PLT_ID_LINK_UNLINKED:
      return _("Agreed: two persons");
    case PLT_ID_LINK_REFUSED:
    default:
      return _("Refused: two persons");
    }
}

static GtkWidget *
build_step (const GPtrArray *steps,
            guint            position)
{
  const PltIdLinkStep *step = g_ptr_array_index (steps, position);
  g_autofree char *when = plt_time_to_display (step->at);
  g_autofree char *subtitle = g_strjoin (" · ", get_text (step->who), when, get_text (step->reason),
                                         NULL);

  return plt_text_row_new (describe_step (steps, position), subtitle);
}

static GtkWidget *
build_button (const char *text,
              const char *about)
{
  GtkWidget *button = gtk_button_new_with_label (text);
  /* Translators: what a button does, then the two ID numbers that it is about */
  g_autofree char *label = g_strdup_printf (C_("button", "%s %s"), text, about);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  plt_panes_name_once (button);

  return button;
}

static void
add_button (GtkWidget       *row,
            const char      *text,
            const char      *action,
            const PltIdLink *link,
            const char      *about)
{
  GtkWidget *button = build_button (text, about);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", link->id);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (row), button);
}

/* The row of actions shows what was added last first. */
static void
add_buttons (GtkWidget       *row,
             const PltIdLink *link,
             const char      *shown,
             guint            may,
             const char      *about)
{
  const char *elsewhere = g_strcmp0 (shown, link->id_number) == 0 ? link->other : link->id_number;
  GtkWidget *look = build_button (shown != NULL ? _("Show Other") : _("Show"), about);

  if (plt_id_link_waits (link) && (may & PLT_LINK_MAY_ANSWER) != 0)
    {
      add_button (row, _("Refuse…"), "links.refuse", link, about);
      add_button (row, _("Agree…"), "links.agree", link, about);
    }
  if (link->state == PLT_ID_LINK_LINKED && (may & PLT_LINK_MAY_ASK) != 0)
    add_button (row, _("Take Apart…"), "links.part", link, about);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (look), "win.look-up");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (look), "s", elsewhere);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (row), look);
}

GtkWidget *
plt_link_row_new (const PltIdLink *link,
                  const char      *shown,
                  guint            may)
{
  g_autofree char *kept = plt_id_number_to_display (link->id_number);
  g_autofree char *other = plt_id_number_to_display (link->other);
  /* Translators: two ID numbers */
  g_autofree char *title = g_strdup_printf (_("%s (kept) and %s"), kept, other);
  g_autofree char *condition = plt_link_dup_condition (link);
  GtkWidget *row = g_object_new (ADW_TYPE_EXPANDER_ROW,
                                 "use-markup", FALSE,
                                 "title", title,
                                 "subtitle", condition,
                                 NULL);

  add_buttons (row, link, shown, may, title);
  for (guint i = link->steps->len; i-- > 0;)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), build_step (link->steps, i));

  return row;
}
