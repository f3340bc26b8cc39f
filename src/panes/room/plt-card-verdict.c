/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A large sign with its words, and below it numbered buttons whose figures are keys while one of them has the
 * keyboard. The signs differ in shape, in words and in sound, not in colour alone. */
#include "plt-card-verdict.h"

#include "plt-panes.h"
#include "plt-tone.h"
#include "plt-wrap-box.h"

#include <glib/gi18n-lib.h>

#define SIGN_SIZE 48
#define MOST_CHOICES 9

struct _PltCardVerdict
{
  AdwBin      parent_instance;

  gboolean    asks;     /* whether it came out; else why it is spoiled */

  GtkWidget  *box;
  GtkImage   *sign;
  GtkLabel   *text;
  PltWrapBox *choices;
  GtkWidget  *buttons[MOST_CHOICES];
};

enum { SPOIL, ANSWERED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PltCardVerdict, plt_card_verdict, ADW_TYPE_BIN)

static const char * const reasons[] = {
  N_("The print is blurred or streaked"),
  N_("The colours are wrong"),
  N_("The code cannot be read"),
  N_("The data are another card’s"),
  N_("Front and back do not belong together"),
  N_("The print is not where it belongs"),
  N_("The card is scratched, bent or broken"),
  N_("The serial of the blank is another one"),
  N_("Something else is wrong with it"),
};

static const char * const answers[PLT_N_CARD_ANSWERS] = {
  [PLT_CARD_ANSWER_CAME_OUT] = N_("Came out"),
  [PLT_CARD_ANSWER_NOT_PRINTED] = N_("Not printed"),
  [PLT_CARD_ANSWER_SCAN] = N_("Scan it"),
  [PLT_CARD_ANSWER_LATER] = N_("Later"),
};

static void
choose (PltCardVerdict *self,
        guint           choice)
{
  if (self->asks)
    g_signal_emit (self, signals[ANSWERED], 0, (int) choice);
  else
    g_signal_emit (self, signals[SPOIL], 0, _(reasons[choice]));
}

static void
clicked_cb (GtkWidget *button,
            gpointer   user_data)
{
  PltCardVerdict *self = PLT_CARD_VERDICT (gtk_widget_get_ancestor (button, PLT_TYPE_CARD_VERDICT));

  choose (self, GPOINTER_TO_UINT (user_data));
}

static gboolean
key_cb (PltCardVerdict *self,
        guint           keyval,
        guint           keycode,
        GdkModifierType modifiers)
{
  guint figure = gdk_keyval_to_unicode (keyval);

  if (figure < '1' || figure > '9' || (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 ||
      !gtk_widget_get_visible (self->buttons[figure - '1']))
    return GDK_EVENT_PROPAGATE;
  choose (self, figure - '1');
  return GDK_EVENT_STOP;
}

static void
show (PltCardVerdict     *self,
      const char         *css_class,
      const char         *icon,
      const char         *text,
      const char * const *titles,
      gsize               n_titles)
{
  gtk_widget_remove_css_class (self->box, "right");
  gtk_widget_remove_css_class (self->box, "wrong");
  gtk_widget_remove_css_class (self->box, "asked");
  gtk_widget_add_css_class (self->box, css_class);
  gtk_image_set_from_icon_name (self->sign, icon);
  gtk_label_set_text (self->text, text);
  for (gsize i = 0; i < MOST_CHOICES; i++)
    {
      g_autofree char *label = i < n_titles ? g_strdup_printf ("%d · %s", (int) i + 1, _(titles[i])) : NULL;

      gtk_widget_set_visible (self->buttons[i], i < n_titles);
      if (i < n_titles)
        gtk_button_set_label (GTK_BUTTON (self->buttons[i]), label);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->choices), n_titles > 0);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  plt_panes_say (GTK_WIDGET (self), text);
  if (n_titles > 0)
    gtk_widget_grab_focus (self->buttons[0]);
}

static void
plt_card_verdict_class_init (PltCardVerdictClass *klass)
{
  signals[SPOIL] = g_signal_new ("spoil", PLT_TYPE_CARD_VERDICT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ANSWERED] = g_signal_new ("answered", PLT_TYPE_CARD_VERDICT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
plt_card_verdict_init (PltCardVerdict *self)
{
  GtkWidget *head = gtk_grid_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->sign = GTK_IMAGE (plt_panes_new_icon (NULL));
  self->text = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT,
                                        "wrap", TRUE, "xalign", 0.0, "hexpand", TRUE, NULL));
  self->choices = g_object_new (PLT_TYPE_WRAP_BOX, NULL);
  gtk_image_set_pixel_size (self->sign, SIGN_SIZE);
  gtk_widget_add_css_class (GTK_WIDGET (self->text), "heading");
  gtk_widget_add_css_class (self->box, "card-verdict");
  gtk_grid_set_column_spacing (GTK_GRID (head), 12);
  gtk_grid_attach (GTK_GRID (head), GTK_WIDGET (self->sign), 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (head), GTK_WIDGET (self->text), 1, 0, 1, 1);
  gtk_box_append (GTK_BOX (self->box), head);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->choices));
  for (guint i = 0; i < MOST_CHOICES; i++)
    {
      self->buttons[i] = gtk_button_new_with_label ("");
      g_signal_connect (self->buttons[i], "clicked", G_CALLBACK (clicked_cb), GUINT_TO_POINTER (i));
      plt_wrap_box_append (self->choices, self->buttons[i]);
    }
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->choices), keys);
  adw_bin_set_child (ADW_BIN (self), self->box);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
plt_card_verdict_clear (PltCardVerdict *self)
{
  g_return_if_fail (PLT_IS_CARD_VERDICT (self));

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
plt_card_verdict_right (PltCardVerdict *self,
                        const char     *text)
{
  g_return_if_fail (PLT_IS_CARD_VERDICT (self));

  show (self, "right", "emblem-ok-symbolic", text, NULL, 0);
  plt_tone_play (PLT_TONE_RIGHT);
}

/* "Surname, Date of birth": which of them differ. */
static char *
dup_wrong_fields (GPtrArray *fields)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; fields != NULL && i < fields->len; i++)
    {
      g_autofree char *title = NULL;
      gboolean matches = TRUE;

      g_object_get (fields->pdata[i], "title", &title, "matches", &matches, NULL);
      if (!matches)
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", title);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
plt_card_verdict_wrong (PltCardVerdict *self,
                        const char     *text,
                        GPtrArray      *fields,
                        gboolean        may_spoil)
{
  g_autofree char *wrong = dup_wrong_fields (fields);
  /* Translators: which fields of the card differ from the record */
  g_autofree char *words = *wrong != '\0'
                             ? g_strdup_printf (_("Wrong: %s. Scan it once more, or spoil it by a figure."), wrong)
                             : g_strdup (text);

  g_return_if_fail (PLT_IS_CARD_VERDICT (self));

  self->asks = FALSE;
  show (self, "wrong", "dialog-error-symbolic", words, reasons, may_spoil ? G_N_ELEMENTS (reasons) : 0);
  plt_tone_play (PLT_TONE_WRONG);
}

void
plt_card_verdict_ask (PltCardVerdict *self,
                      PltCard        *card,
                      guint           left)
{
  g_autofree char *question = plt_card_dup_question (card);
  g_autofree char *words = NULL;

  g_return_if_fail (PLT_IS_CARD_VERDICT (self));

  words = left > 0
            /* Translators: the question whether a card came out, and how many more cards are asked about */
            ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s (%u more after it)", "%s (%u more after it)", left),
                               question != NULL ? question : "", left)
            : g_strdup (question != NULL ? question : "");
  self->asks = TRUE;
  show (self, "asked", "dialog-question-symbolic", words, answers, PLT_N_CARD_ANSWERS);
}
