/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says what became of a version of a layout. */
#include "plt-version-row.h"

#include "plt-date.h"
#include "plt-panes.h"
#include "plt-text-row.h"
#include "plt-wrap-box.h"

#include <glib/gi18n-lib.h>

char *
plt_version_dup_title (const char *layout,
                       int         version)
{
  /* Translators: the id of a layout, then the number of its version */
  return g_strdup_printf (_("%s, version %d"), layout, version);
}

static char *
dup_day (const char *iso)
{
  PltDate day;

  return iso != NULL && plt_date_parse_iso (iso, &day) ? plt_date_to_display (day) : g_strdup ("—");
}

static char *
dup_days (const PltLayoutVersion *version)
{
  g_autofree char *from = dup_day (version->valid_from);
  g_autofree char *to = dup_day (version->valid_to);

  if (version->valid_to == NULL)
    /* Translators: a date */
    return g_strdup_printf (_("May be used from %s on."), from);

  /* Translators: two dates */
  return g_strdup_printf (_("May be used from %s to %s."), from, to);
}

static char *
dup_people (const PltLayoutVersion *version)
{
  if (version->approved_by == NULL)
    /* Translators: a person */
    return g_strdup_printf (_("Proposed by %s."), version->proposed_by);

  /* Translators: two persons */
  return g_strdup_printf (_("Proposed by %s, approved by %s."), version->proposed_by, version->approved_by);
}

static void
take_line (GString *text,
           char    *line)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
  g_free (line);
}

static char *
describe (const PltLayoutVersion *version,
          const char             *here)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean waits = version->state == PLT_LAYOUT_STATE_PROPOSED;

  take_line (text, dup_people (version));
  if (version->reason != NULL)
    /* Translators: why somebody did something */
    take_line (text, g_strdup_printf (_("Reason: %s"), version->reason));
  if (waits || version->state == PLT_LAYOUT_STATE_APPROVED)
    {
      take_line (text, dup_days (version));
      if (g_strcmp0 (here, version->digest) != 0)
        take_line (text, g_strdup (here == NULL ? _("This desk does not have its files.")
                                                : _("The files of this desk are others.")));
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_button (PltWrapBox *box,
            const char *text,
            const char *action,
            GVariant   *target,
            const char *about)
{
  GtkWidget *button = gtk_button_new_with_label (text);
  /* Translators: what a button does, then the version of a layout that it is about */
  g_autofree char *label = g_strdup_printf (C_("button", "%s %s"), text, about);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  plt_panes_name_once (button);
  plt_wrap_box_append (box, button);
}

GtkWidget *
plt_version_row_new (const PltLayoutVersion *version,
                     const char             *here,
                     gboolean                may_decide)
{
  g_autofree char *name = plt_version_dup_title (version->layout, version->version);
  /* Translators: “utopia-iso, version 1”, then what became of it, such as “Approved” */
  g_autofree char *title = g_strdup_printf (_("%s: %s"), name, plt_layout_state_get_title (version->state));
  g_autofree char *subtitle = describe (version, here);
  GtkWidget *row = plt_text_row_new (title, subtitle);
  PltWrapBox *box = g_object_new (PLT_TYPE_WRAP_BOX, "to-end", TRUE, "spacing", 6, NULL);

  add_button (box, _("Proof Sheet"), "inspector.sheet", g_variant_new_int64 (version->id), name);
  if (may_decide && version->state == PLT_LAYOUT_STATE_PROPOSED)
    {
      add_button (box, _("Approve…"), "inspector.approve", g_variant_new_int64 (version->id), name);
      add_button (box, _("Refuse…"), "inspector.refuse", g_variant_new_int64 (version->id), name);
    }
  if (may_decide && version->state == PLT_LAYOUT_STATE_APPROVED)
    add_button (box, _("Retire…"), "inspector.retire", g_variant_new_int64 (version->id), name);
  plt_text_row_add_suffix (PLT_TEXT_ROW (row), GTK_WIDGET (box));

  return row;
}

GtkWidget *
plt_version_row_new_of_files (const char *layout,
                              int         version,
                              int         position,
                              gboolean    may_decide)
{
  g_autofree char *title = plt_version_dup_title (layout, version);
  GtkWidget *row = plt_text_row_new (title, _("These files are not in use, and nobody has proposed them."));
  PltWrapBox *box = g_object_new (PLT_TYPE_WRAP_BOX, "to-end", TRUE, "spacing", 6, NULL);

  if (may_decide)
    add_button (box, _("Propose…"), "inspector.propose", g_variant_new_int32 (position), title);
  plt_text_row_add_suffix (PLT_TEXT_ROW (row), GTK_WIDGET (box));

  return row;
}
