/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A value with its badge. Laying out labels that wrap is what takes time in a table, so that only the
 * value wraps, and what all sources agree on is a single label. */
#include "plt-comparison-said.h"

#include "plt-age.h"
#include "plt-field-text.h"
#include "plt-fold.h"
#include "plt-row-label.h"

#include <glib/gi18n-lib.h>

#define BADGE_KEY "plt-comparison-badge"

typedef enum
{
  USE_NONE,    /* nothing is used yet, or it says nothing */
  USE_KEPT,    /* this is the value that is used */
  USE_SPELT,   /* the same but for its spelling */
  USE_DIFFERS, /* another value is used */
} Use;

typedef struct
{
  GtkLabel  *label; /* owned by the widget that owns us */
  PltSource  source;
  Use        use;
} Badge;

static Use
find_use (PltReconciledField *field,
          PltSource           source)
{
  const char *said = plt_reconciled_field_get_source_value (field, source);
  const char *used = plt_reconciled_field_get_value (field);
  PltChoice choice = plt_reconciled_field_get_choice (field);

  if (said == NULL || *said == '\0' || choice == PLT_CHOICE_OPEN || choice == PLT_CHOICE_NONE)
    return USE_NONE;
  if (used == NULL || g_str_equal (said, used))
    return USE_KEPT;

  g_autofree char *folded_said = plt_fold_name (said);
  g_autofree char *folded_used = plt_fold_name (used);

  return plt_difference_is_spelling (plt_reconciled_field_get_difference (field)) ||
         g_str_equal (folded_said, folded_used) ? USE_SPELT : USE_DIFFERS;
}

static void
show_badge (const Badge *badge,
            GDateTime   *answered_at)
{
  static const char * const signs[] = {
    [USE_NONE] = NULL, [USE_KEPT] = "✓", [USE_SPELT] = "≈", [USE_DIFFERS] = "≠",
  };
  g_autofree char *age = plt_age_to_display (answered_at);
  /* A long title may be cut: its column says it, too. */
  const char *title = plt_source_get_title (badge->source);
  g_autofree char *named = age != NULL ? g_strjoin (" · ", age, title, NULL) : g_strdup (title);
  g_autofree char *text = signs[badge->use] != NULL
                            ? g_strdup_printf ("%s %s", signs[badge->use], named)
                            : g_strdup (named);

  gtk_label_set_text (badge->label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (badge->label), text);
}

static GtkWidget *
build_badge (Badge     *badge,
             GDateTime *answered_at)
{
  GtkWidget *label = gtk_label_new (NULL);

  badge->label = GTK_LABEL (label);
  gtk_label_set_ellipsize (badge->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (badge->label, 0);
  gtk_widget_set_halign (label, GTK_ALIGN_START);
  gtk_widget_add_css_class (label, "badge");
  if (badge->use == USE_KEPT)
    gtk_widget_add_css_class (label, "kept");
  else if (badge->use == USE_DIFFERS)
    gtk_widget_add_css_class (label, "differs");
  show_badge (badge, answered_at);

  return label;
}

static GtkWidget *
build_value (PltReconciledField *field,
             PltSource           source,
             gboolean            kept)
{
  const char *said = plt_reconciled_field_get_source_value (field, source);
  g_autofree char *text = plt_field_to_display (plt_reconciled_field_get_field (field), said);
  GtkWidget *label = plt_row_label_new (text, NULL);

  gtk_widget_set_hexpand (label, TRUE);
  if (plt_reconciled_field_get_difference (field) != PLT_DIFFERENCE_NONE)
    gtk_label_set_yalign (GTK_LABEL (label), 0);
  if (said == NULL)
    gtk_widget_add_css_class (label, "dim-label");
  if (kept)
    gtk_widget_add_css_class (label, "used");

  return label;
}

/**
 * plt_comparison_said_new:
 * @answered_at: (nullable): when the source said it
 *
 * Returns: (transfer floating): what @source says of @field
 */
GtkWidget *
plt_comparison_said_new (PltReconciledField *field,
                         PltSource           source,
                         GDateTime          *answered_at)
{
  const char *said = plt_reconciled_field_get_source_value (field, source);
  Use use = find_use (field, source);
  GtkWidget *grid;
  Badge *badge;

  if (said == NULL || plt_reconciled_field_get_difference (field) == PLT_DIFFERENCE_NONE)
    return build_value (field, source, FALSE);

  grid = gtk_grid_new ();
  badge = g_new0 (Badge, 1);
  badge->source = source;
  badge->use = use;
  gtk_grid_set_row_spacing (GTK_GRID (grid), 3);
  gtk_grid_attach (GTK_GRID (grid), build_value (field, source, use == USE_KEPT), 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), build_badge (badge, answered_at), 0, 1, 1, 1);
  g_object_set_data_full (G_OBJECT (grid), BADGE_KEY, badge, g_free);

  return grid;
}

void
plt_comparison_said_age (GtkWidget *said,
                         GDateTime *answered_at)
{
  const Badge *badge = g_object_get_data (G_OBJECT (said), BADGE_KEY);

  if (badge != NULL)
    show_badge (badge, answered_at);
}

char *
plt_comparison_said_to_text (PltReconciledField *field,
                             PltSource           source)
{
  const char *said = plt_reconciled_field_get_source_value (field, source);
  g_autofree char *value = plt_field_to_display (plt_reconciled_field_get_field (field), said);
  const char *title = plt_source_get_title (source);

  if (said == NULL || *said == '\0')
    return NULL;
  if (plt_reconciled_field_get_difference (field) != PLT_DIFFERENCE_NONE &&
      find_use (field, source) == USE_KEPT)
    /* Translators: a registry, then what it says */
    return g_strdup_printf (_("%s: %s, which is used"), title, value);

  return g_strdup_printf (C_("source", "%s: %s"), title, value);
}
