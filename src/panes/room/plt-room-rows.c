/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the rows of the print room. */
#include "plt-room-rows.h"

#include "plt-panes.h"
#include "plt-printer-advice.h"
#include "plt-production.h"
#include "plt-row-label.h"
#include "plt-session.h"

#include <glib/gi18n-lib.h>

struct _PltCardRow
{
  PltTextRow  parent_instance;

  PltCard    *card;
  GtkImage   *icon;
};

G_DEFINE_FINAL_TYPE (PltCardRow, plt_card_row, PLT_TYPE_TEXT_ROW)

static const char *
get_card_icon (PltCardState state)
{
  switch (state)
    {
    case PLT_CARD_STATE_DOUBTFUL:
      return "dialog-question-symbolic";
    case PLT_CARD_STATE_OUT:
      return "document-send-symbolic";
    case PLT_CARD_STATE_CHECKED:
      return "emblem-ok-symbolic";
    case PLT_CARD_STATE_SPOILED:
    case PLT_CARD_STATE_CANCELLED:
    case PLT_CARD_STATE_RECALLED:
      return "process-stop-symbolic";
    default:
      return "printer-printing-symbolic";
    }
}

static void
update_card (PltCardRow *self)
{
  g_autofree char *holder = NULL;
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;
  g_autofree char *question = NULL;
  const char *state = plt_card_state_get_title (plt_card_get_state (self->card));

  g_object_get (self->card, "holder-name", &holder, "question", &question, NULL);
  title = g_strdup_printf ("%s · %s", plt_card_get_number (self->card),
                           holder != NULL ? holder : "—");
  subtitle = g_strdup_printf (_("%s · blank %s"), state,
                              plt_card_get_serial (self->card) != NULL
                                ? plt_card_get_serial (self->card) : "—");
  plt_text_row_set_text (PLT_TEXT_ROW (self), title, question != NULL ? question : subtitle);
  gtk_image_set_from_icon_name (self->icon,
                                get_card_icon (question != NULL ? PLT_CARD_STATE_DOUBTFUL
                                               : plt_card_get_state (self->card)));
}

static void
plt_card_row_dispose (GObject *object)
{
  g_clear_object (&PLT_CARD_ROW (object)->card);

  G_OBJECT_CLASS (plt_card_row_parent_class)->dispose (object);
}

static void
plt_card_row_class_init (PltCardRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plt_card_row_dispose;
}

static void
plt_card_row_init (PltCardRow *self)
{
  self->icon = GTK_IMAGE (plt_panes_new_icon (NULL));
  plt_text_row_add_prefix (PLT_TEXT_ROW (self), GTK_WIDGET (self->icon));
}

GtkWidget *
plt_card_row_new (gpointer item,
                  gpointer user_data)
{
  PltCardRow *self = g_object_new (PLT_TYPE_CARD_ROW, NULL);

  self->card = g_object_ref (item);
  g_signal_connect_object (item, "notify", G_CALLBACK (update_card), self, G_CONNECT_SWAPPED);
  update_card (self);

  return GTK_WIDGET (self);
}

PltCard *
plt_card_row_get_card (PltCardRow *self)
{
  return self->card;
}

/* ---- printers ---- */

static const char *
get_printer_icon (int severity)
{
  switch (severity)
    {
    case 0:
      return "printer-symbolic";
    case 1:
      return "printer-printing-symbolic";
    case 2:
      return "printer-warning-symbolic";
    default:
      return "printer-error-symbolic";
    }
}

/* What is in its row beside the texts. */
typedef struct
{
  GtkWidget *icon;
  GtkLabel  *trouble; /* what it says of itself, when that is not well */
  GtkLabel  *advice;  /* what is to be done then */
} PrinterParts;

#define PARTS "plt-printer-parts"

/* @state: (nullable): what it says of itself, when all is well. What is left in it and how well it prints follow. */
static char *
dup_printer_words (GObject    *item,
                   const char *state)
{
  g_autofree char *calibration = NULL;
  g_autofree char *blanks_text = NULL;
  g_autoptr (GString) text = g_string_new (state);
  int blanks = -1;

  g_object_get (item, "blanks", &blanks, "calibration", &calibration, NULL);
  if (blanks >= 0)
    blanks_text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d blank left", "%d blanks left", (gulong) blanks),
                                   blanks);
  if (blanks_text != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", blanks_text);
  if (calibration != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", calibration);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_trouble (PrinterParts *parts,
              const char   *trouble,
              const char   *advice,
              int           severity)
{
  GtkWidget *coloured[] = { parts->icon, GTK_WIDGET (parts->trouble) };

  gtk_label_set_text (parts->trouble, trouble != NULL ? trouble : "");
  gtk_label_set_text (parts->advice, advice != NULL ? advice : "");
  gtk_widget_set_visible (GTK_WIDGET (parts->trouble), trouble != NULL);
  gtk_widget_set_visible (GTK_WIDGET (parts->advice), trouble != NULL && advice != NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (coloured); i++)
    {
      gtk_widget_remove_css_class (coloured[i], "error");
      gtk_widget_remove_css_class (coloured[i], "warning");
      if (severity >= 2)
        gtk_widget_add_css_class (coloured[i], severity > 2 ? "error" : "warning");
    }
}

static void
update_printer (GtkWidget  *row,
                GParamSpec *pspec,
                GObject    *item)
{
  PrinterParts *parts = g_object_get_data (G_OBJECT (row), PARTS);
  g_autofree char *title = NULL;
  g_autofree char *state = NULL;
  g_autofree char *location = NULL;
  g_autofree char *why = NULL;
  g_autofree char *subtitle = NULL;
  g_autofree char *spoken = NULL;
  const char *advice = plt_printer_advice_find (item), *trouble = NULL;
  gboolean suitable = TRUE, drifted = FALSE;
  int severity = 0;

  g_object_get (item, "title", &title, "state-text", &state, "location", &location, "severity", &severity,
                "suitable", &suitable, "unsuitable-reason", &why, "drifted", &drifted, NULL);
  if (!suitable && why != NULL)
    trouble = why;
  else if (severity >= 2)
    trouble = state;
  severity = MAX (severity, drifted || !suitable ? 2 : 0);
  subtitle = dup_printer_words (item, trouble == NULL ? state : NULL);
  plt_text_row_set_text (PLT_TEXT_ROW (row), title != NULL ? title : "—", subtitle);
  gtk_widget_set_tooltip_text (row, location);
  gtk_image_set_from_icon_name (GTK_IMAGE (parts->icon), get_printer_icon (severity));
  show_trouble (parts, trouble, advice, severity);
  if (trouble == NULL)
    return;
  spoken = g_strjoin (" ", trouble, advice != NULL ? advice : subtitle, advice != NULL ? subtitle : NULL, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, spoken, -1);
}

/* For those who may calibrate. */
static GtkWidget *
new_calibrate_button (GObject *item)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("emblem-system-symbolic");
  g_autofree char *destination = NULL;
  g_autofree char *title = NULL;
  g_autofree char *words = NULL;

  g_object_get (item, "destination", &destination, "title", &title, NULL);
  /* Translators: %s is a printer */
  words = g_strdup_printf (_("Calibrate %s"), title != NULL ? title : destination);
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", destination);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "room.calibrate");

  return button;
}

GtkWidget *
plt_printer_row_new (gpointer item,
                     gpointer user_data)
{
  PltSession *session = plt_office_get_session (user_data);
  GtkWidget *row = plt_text_row_new ("—", NULL);
  PrinterParts *parts = g_new0 (PrinterParts, 1);

  parts->icon = plt_panes_new_icon (NULL);
  parts->trouble = GTK_LABEL (plt_row_label_new (NULL, "trouble"));
  parts->advice = GTK_LABEL (plt_row_label_new (NULL, "advice"));
  plt_text_row_add_prefix (PLT_TEXT_ROW (row), parts->icon);
  plt_text_row_add_line (PLT_TEXT_ROW (row), GTK_WIDGET (parts->trouble));
  plt_text_row_add_line (PLT_TEXT_ROW (row), GTK_WIDGET (parts->advice));
  if (plt_session_has_role (session, PLT_ROLE_OPERATOR | PLT_ROLE_SUPERVISOR))
    plt_text_row_add_suffix (PLT_TEXT_ROW (row), new_calibrate_button (item));
  g_object_set_data_full (G_OBJECT (row), PARTS, parts, g_free);
  g_signal_connect_object (item, "notify", G_CALLBACK (update_printer), row, G_CONNECT_SWAPPED);
  update_printer (row, NULL, item);

  return row;
}

/* ---- read-back ---- */

GtkWidget *
plt_readback_row_new (gpointer item,
                      gpointer user_data)
{
  g_autofree char *title = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;
  g_autofree char *subtitle = NULL;
  g_autofree char *label = NULL;
  gboolean matches = FALSE;
  const char *word;
  GtkWidget *row, *icon, *verdict;

  g_object_get (item, "title", &title, "expected", &expected, "found", &found, "matches", &matches,
                NULL);
  word = matches ? C_("read-back", "Same") : C_("read-back", "Differs");
  subtitle = matches ? g_strdup (found != NULL ? found : "—")
                     : g_strdup_printf (_("Card: %s\nRecord: %s"), found != NULL ? found : "—",
                                        expected != NULL ? expected : "—");
  row = plt_text_row_new (title, subtitle);
  icon = plt_panes_new_icon (matches ? "emblem-ok-symbolic" : "dialog-error-symbolic");
  verdict = gtk_label_new (word);
  gtk_widget_add_css_class (icon, matches ? "success" : "error");
  gtk_widget_add_css_class (verdict, matches ? "success" : "error");
  plt_text_row_add_prefix (PLT_TEXT_ROW (row), icon);
  plt_text_row_add_suffix (PLT_TEXT_ROW (row), verdict);
  label = g_strdup_printf ("%s: %s", title, word);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  return row;
}
