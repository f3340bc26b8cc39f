/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-twin-rows.h"

#include "plt-field-text.h"
#include "plt-panes.h"
#include "plt-row-label.h"
#include "plt-text-row.h"

#include <glib/gi18n-lib.h>

/* By a sign and a word, and by colour only beside them. */
static const struct
{
  const char *icon;
  const char *word;
  const char *css_class;
} marks[] = {
  [PLT_AGREEMENT_NONE] = { "content-loading-symbolic", N_("not compared"), "dim-label" },
  [PLT_AGREEMENT_SAME] = { "emblem-ok-symbolic", N_("the same"), "success" },
  [PLT_AGREEMENT_DIFFERENT] = { "dialog-warning-symbolic", N_("differs"), "error" },
};

static GtkWidget *
new_mark (PltAgreement  agreement,
          const char   *word)
{
  GtkWidget *mark = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = plt_panes_new_icon (marks[agreement].icon);

  gtk_widget_add_css_class (icon, "sign");
  gtk_widget_add_css_class (icon, marks[agreement].css_class);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (mark), icon);
  gtk_box_append (GTK_BOX (mark), plt_row_label_new (word, marks[agreement].css_class));
  return mark;
}

/* Columns of one width, so that the rows stand under each other. */
static GtkWidget *
new_row (GtkWidget  *const *cells,
         gsize              n_cells,
         const char        *label)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  gtk_widget_add_css_class (box, "padded");
  for (gsize i = 0; i < n_cells; i++)
    {
      gtk_widget_set_valign (cells[i], GTK_ALIGN_START);
      gtk_widget_set_hexpand (cells[i], TRUE);
      gtk_box_append (GTK_BOX (box), cells[i]);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return row;
}

GtkWidget *
plt_twin_rows_new_heading (void)
{
  GtkWidget *cells[] = {
    plt_row_label_new (_("Field"), "heading"),
    plt_row_label_new (_("The record then"), "heading"),
    plt_row_label_new (_("Drawn"), "heading"),
    plt_row_label_new (_("Read back from the plastic"), "heading"),
  };
  GtkWidget *row = new_row (cells, G_N_ELEMENTS (cells), _("Field, the record then, drawn, read back from the plastic"));

  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

static const char *
or_dash (const char *text)
{
  return text != NULL && *text != '\0' ? text : "—";
}

static GtkWidget *
new_title (const PltTwinField *field)
{
  GtkWidget *cell = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_box_append (GTK_BOX (cell), plt_row_label_new (field->title, "dim-label"));
  gtk_box_append (GTK_BOX (cell), new_mark (field->agreement, _(marks[field->agreement].word)));
  return cell;
}

static GtkWidget *
new_said (const char *text,
          gboolean    differs)
{
  return differs ? new_mark (PLT_AGREEMENT_DIFFERENT, or_dash (text)) : plt_row_label_new (or_dash (text), NULL);
}

/* Codes and chip beside the two that have columns: what differs is told under the plastic. */
static void
add_others (GtkWidget          *cell,
            const PltTwinField *field,
            GString            *read_out)
{
  for (int i = PLT_TWIN_READ_BACK + 1; i < PLT_N_TWIN_CARRIERS; i++)
    if (field->differs[i])
      {
        g_autofree char *words = g_strdup_printf (C_("source", "%s: %s"), plt_twin_carrier_get_title ((PltTwinCarrier) i),
                                                  or_dash (field->said[i]));

        gtk_box_append (GTK_BOX (cell), new_mark (PLT_AGREEMENT_DIFFERENT, words));
        g_string_append_printf (read_out, "; %s", words);
      }
}

static gboolean
is_shown (const PltTwinField *field)
{
  return field->said[PLT_TWIN_CARD_FILE] != NULL || field->said[PLT_TWIN_READ_BACK] != NULL ||
         field->agreement == PLT_AGREEMENT_DIFFERENT;
}

GtkWidget *
plt_twin_rows_new_field (const PltTwinField *field)
{
  g_autoptr (GString) read_out = g_string_new (NULL);
  GtkWidget *back = NULL;

  if (!is_shown (field))
    return NULL;
  /* Translators: a field, whether it agrees, then what the record, the drawing and the plastic say of it */
  g_string_printf (read_out, _("%s: %s. The record then: %s; drawn: %s; read back: %s"), field->title,
                   _(marks[field->agreement].word), or_dash (field->recorded),
                   or_dash (field->said[PLT_TWIN_CARD_FILE]), or_dash (field->said[PLT_TWIN_READ_BACK]));
  back = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_box_append (GTK_BOX (back), new_said (field->said[PLT_TWIN_READ_BACK], field->differs[PLT_TWIN_READ_BACK]));
  add_others (back, field, read_out);

  GtkWidget *cells[] = {
    new_title (field),
    plt_row_label_new (or_dash (field->recorded), NULL),
    new_said (field->said[PLT_TWIN_CARD_FILE], field->differs[PLT_TWIN_CARD_FILE]),
    back,
  };

  return new_row (cells, G_N_ELEMENTS (cells), read_out->str);
}

GtkWidget *
plt_twin_rows_new_other (const PltTwinField *field)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (int i = 0; i < PLT_N_TWIN_CARRIERS; i++)
    if (field->said[i] != NULL)
      g_string_append_printf (words, words->len > 0 ? "\n%s: %s" : "%s: %s",
                              plt_twin_carrier_get_title ((PltTwinCarrier) i), field->said[i]);
  return plt_text_row_new (field->title, words->str);
}

GtkWidget *
plt_twin_rows_new_source (const PltTwinSource *source)
{
  const char *title = plt_twin_carrier_get_title (source->carrier);
  g_autoptr (GString) words = g_string_new (NULL);
  GtkWidget *row;
  GtkWidget *icon;
  PltAgreement agreement = !source->is_good ? PLT_AGREEMENT_DIFFERENT
                           : source->seal == NULL ? PLT_AGREEMENT_NONE : PLT_AGREEMENT_SAME;

  if (source->what != NULL)
    g_string_append (words, source->what);
  if (source->signer != NULL)
    {
      g_autofree char *signer = g_strdup_printf (_("signed by %s"), source->signer);

      g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", signer);
    }
  if (source->text != NULL)
    g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", source->text);
  row = plt_text_row_new (title, words->str);
  icon = plt_panes_new_icon (marks[agreement].icon);
  gtk_widget_add_css_class (icon, marks[agreement].css_class);
  plt_text_row_add_prefix (PLT_TEXT_ROW (row), icon);
  return row;
}

GtkWidget *
plt_twin_rows_new_hash (const PltTwinHash *hash)
{
  g_autofree char *words = NULL;
  GtkWidget *row;
  GtkWidget *icon;
  PltAgreement agreement = hash->kept == NULL ? PLT_AGREEMENT_NONE
                           : hash->same ? PLT_AGREEMENT_SAME : PLT_AGREEMENT_DIFFERENT;

  if (agreement == PLT_AGREEMENT_SAME)
    /* Translators: a hash */
    words = g_strdup_printf (_("The same: %s"), hash->now);
  else if (agreement == PLT_AGREEMENT_NONE)
    words = g_strdup_printf (_("None was kept; now %s"), or_dash (hash->now));
  else
    /* Translators: two hashes */
    words = g_strdup_printf (_("Differs: kept %s, now %s"), hash->kept, or_dash (hash->now));
  row = plt_text_row_new (hash->title, words);
  icon = plt_panes_new_icon (marks[agreement].icon);
  gtk_widget_add_css_class (icon, marks[agreement].css_class);
  plt_text_row_add_prefix (PLT_TEXT_ROW (row), icon);
  return row;
}

GtkWidget *
plt_twin_rows_new_event (const PltTwinEvent *event)
{
  g_autofree char *when = plt_time_to_display (event->at);
  g_autofree char *words = g_strjoin (" · ", when, or_dash (event->who), event->why, NULL);

  return plt_text_row_new (or_dash (event->text), words);
}
