/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows the quote line by line, takes payments and opens the drawer. It is seen only where the office asks for a fee. */
#include "plt-fee-section.h"

#include "plt-editor-section.h"
#include "plt-fee-paper.h"
#include "plt-fee-quote.h"
#include "plt-fees.h"
#include "plt-office-error.h"

#include <glib/gi18n-lib.h>

struct _PltFeeSection
{
  AdwBin        parent_instance;

  PltOffice    *office;
  GCancellable *cancellable;
  char         *number;  /* of the application that is shown */
  char         *key;     /* of a payment whose fate is not known; used again, so that nothing is taken twice */
  char         *receipt; /* the last one that was written here */
  gboolean      busy;

  GtkListBox   *lines;
  GtkLabel     *sum;
  GtkWidget    *paying;
  GtkEditable  *tendered;
  GtkEditable  *reference;
  GtkWidget    *cash;
  GtkWidget    *card;
  GtkWidget    *bank;
  GtkLabel     *said;
  GtkWidget    *papers;
  GtkWidget    *print;
  GtkWidget    *drawer;
  GtkEditable  *cash_float;
};

static void plt_fee_section_read (PltFeeSection *self);

static GtkWidget *
new_row (const PltFeeLine *line)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *money = gtk_label_new (line->money);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), line->text);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), line->detail);
  if (!line->counts)
    gtk_widget_add_css_class (row, "dim-label");
  gtk_widget_add_css_class (money, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), money);
  return row;
}

static void
set_busy (PltFeeSection *self,
          gboolean       busy)
{
  self->busy = busy;
  gtk_widget_set_sensitive (self->paying, !busy);
  gtk_widget_set_sensitive (self->drawer, !busy);
}

static void
say (PltFeeSection *self,
     const char    *words)
{
  gtk_label_set_text (self->said, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->said), words != NULL && *words != '\0');
}

static void
show_quote (PltFeeSection     *self,
            const PltFeeQuote *quote)
{
  g_autofree char *sum = NULL;
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->lines))) != NULL)
    gtk_list_box_remove (self->lines, row);
  for (guint i = 0; i < quote->lines->len; i++)
    gtk_list_box_append (self->lines, new_row (quote->lines->pdata[i]));
  /* Translators: three amounts of money */
  sum = g_strdup_printf (_("Fee %s · paid %s · due %s"), quote->total, quote->paid, quote->due);
  gtk_label_set_text (self->sum, sum);
  gtk_widget_set_visible (self->paying, quote->open > 0);
  gtk_widget_set_visible (GTK_WIDGET (self), quote->lines->len > 0);
}

static void
quoted_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = plt_fees_act_finish (result, &error);
  g_autoptr (PltFeeQuote) quote = NULL;
  PltFeeSection *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = user_data;
  quote = error == NULL ? plt_fee_quote_parse (json, &error) : NULL;
  if (quote != NULL)
    show_quote (self, quote);
  else if (*gtk_label_get_text (self->said) == '\0')
    say (self, error->message);
}

static void
plt_fee_section_read (PltFeeSection *self)
{
  const char *words[] = { self->number };

  g_cancellable_cancel (self->cancellable);
  g_set_object (&self->cancellable, NULL);
  if (self->number == NULL || self->office == NULL)
    {
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      return;
    }
  self->cancellable = g_cancellable_new ();
  plt_fees_act_async (self->office, PLT_FEE_QUOTE, words, self->cancellable, quoted_cb, self);
}

static void
plt_fee_section_show (PltEditorSection *section,
                      PltOffice        *office,
                      PltCase          *kase,
                      PltCaseCan        can)
{
  PltFeeSection *self = PLT_FEE_SECTION (section);
  PltLicenceApplication *application = kase != NULL ? plt_case_get_application (kase) : NULL;
  const char *number = application != NULL ? plt_licence_application_get_number (application) : NULL;

  g_set_object (&self->office, office);
  if (g_strcmp0 (number, self->number) != 0)
    {
      g_free (self->number);
      self->number = g_strdup (number);
      g_clear_pointer (&self->key, g_free);
      g_clear_pointer (&self->receipt, g_free);
      gtk_editable_set_text (self->tendered, "");
      gtk_editable_set_text (self->reference, "");
      gtk_widget_set_visible (self->papers, FALSE);
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      say (self, NULL);
    }
  plt_fee_section_read (self);
}

/* ---- paying ---- */

/* The window may be gone when an answer comes. */
static gboolean
is_gone (PltFeeSection *self)
{
  return self->office == NULL;
}

static void
paid_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (PltFeeSection) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = plt_fees_act_finish (result, &error);
  g_autofree char *words = NULL;

  if (is_gone (self))
    return;
  set_busy (self, FALSE);
  if (json == NULL)
    {
      /* After a lost connection the next try has the same key: it finds the payment, or makes it once. */
      if (!g_error_matches (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_OFFLINE))
        g_clear_pointer (&self->key, g_free);
      say (self, error != NULL ? error->message : NULL);
      return;
    }
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->receipt, g_free);
  words = plt_fee_paid_words (json, &self->receipt);
  gtk_editable_set_text (self->tendered, "");
  gtk_editable_set_text (self->reference, "");
  gtk_widget_set_visible (self->papers, self->receipt != NULL);
  if (self->receipt != NULL)
    gtk_widget_grab_focus (self->print);
  say (self, words);
  plt_fee_section_read (self);
}

/* (nullable): what is typed */
static const char *
get_typed (GtkEditable *entry)
{
  const char *text = gtk_editable_get_text (entry);

  return *text != '\0' ? text : NULL;
}

static void
pay (PltFeeSection *self,
     const char    *method)
{
  gboolean cash = g_str_equal (method, "cash");
  const char *words[] = { self->number, NULL, method, NULL, cash ? NULL : get_typed (self->reference),
                          cash ? get_typed (self->tendered) : NULL, NULL };

  if (self->busy || self->number == NULL)
    return;
  if (self->key == NULL)
    self->key = g_uuid_string_random ();
  words[1] = self->key;
  set_busy (self, TRUE);
  plt_fees_act_async (self->office, PLT_FEE_PAY, words, NULL, paid_cb, g_object_ref (self));
}

static void
cash_cb (PltFeeSection *self)
{
  pay (self, "cash");
}

static void
card_cb (PltFeeSection *self)
{
  pay (self, "card");
}

static void
bank_cb (PltFeeSection *self)
{
  pay (self, "bank");
}

/* Returns: (nullable): the receipt in words, or nothing, which is said */
static char *
finish_receipt (PltFeeSection *self,
                GAsyncResult  *result)
{
  g_autoptr (GError) error = NULL;
  char *json = plt_fees_act_finish (result, &error);

  if (json == NULL && !is_gone (self))
    say (self, error != NULL ? error->message : NULL);
  return json;
}

static void
printable_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (PltFeeSection) self = user_data;
  g_autofree char *json = finish_receipt (self, result);

  if (json != NULL && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    plt_fee_paper_print (GTK_WIDGET (self), json);
}

static void
keepable_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (PltFeeSection) self = user_data;
  g_autofree char *json = finish_receipt (self, result);

  if (json != NULL && self->receipt != NULL && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    plt_fee_paper_keep (GTK_WIDGET (self), self->receipt, json);
}

static void
ask_receipt (PltFeeSection       *self,
             GAsyncReadyCallback  callback)
{
  const char *words[] = { self->receipt, NULL };

  if (self->receipt != NULL)
    plt_fees_act_async (self->office, PLT_FEE_RECEIPT, words, NULL, callback, g_object_ref (self));
}

static void
print_cb (PltFeeSection *self)
{
  ask_receipt (self, printable_cb);
}

static void
keep_cb (PltFeeSection *self)
{
  ask_receipt (self, keepable_cb);
}

/* ---- the drawer ---- */

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (PltFeeSection) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = plt_fees_act_finish (result, &error);

  if (is_gone (self))
    return;
  set_busy (self, FALSE);
  if (json != NULL)
    {
      gtk_editable_set_text (self->cash_float, "");
      gtk_widget_grab_focus (self->cash);
    }
  say (self, json != NULL ? _("Your drawer is open. Count it with “platenctl fee shift count” when you leave.") : error->message);
}

static void
open_drawer_cb (PltFeeSection *self)
{
  const char *words[] = { gtk_editable_get_text (self->cash_float) };

  if (self->busy || self->office == NULL)
    return;
  set_busy (self, TRUE);
  plt_fees_act_async (self->office, PLT_FEE_SHIFT_OPEN, words, NULL, opened_cb, g_object_ref (self));
}

static void
section_init (PltEditorSectionInterface *iface)
{
  iface->show = plt_fee_section_show;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PltFeeSection, plt_fee_section, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (PLT_TYPE_EDITOR_SECTION, section_init))

static void
plt_fee_section_dispose (GObject *object)
{
  PltFeeSection *self = PLT_FEE_SECTION (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->office);
  gtk_widget_dispose_template (GTK_WIDGET (object), PLT_TYPE_FEE_SECTION);

  G_OBJECT_CLASS (plt_fee_section_parent_class)->dispose (object);
}

static void
plt_fee_section_finalize (GObject *object)
{
  PltFeeSection *self = PLT_FEE_SECTION (object);

  g_free (self->number);
  g_free (self->key);
  g_free (self->receipt);

  G_OBJECT_CLASS (plt_fee_section_parent_class)->finalize (object);
}

static void
plt_fee_section_class_init (PltFeeSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_fee_section_dispose;
  G_OBJECT_CLASS (klass)->finalize = plt_fee_section_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/platen/Platen/panes/editor/plt-fee-section.ui");
  gtk_widget_class_bind_template_child (widget_class, PltFeeSection, lines);
  gtk_widget_class_bind_template_child (widget_class, PltFeeSection, sum);
  gtk_widget_class_bind_template_child (widget_class, PltFeeSection, paying);
  gtk_widget_class_bind_template_child (widget_class, PltFeeSection, tendered);
  gtk_widget_class_bind_template_child (widget_class, PltFeeSection, reference);
  gtk_widget_class_bind_template_child (widget_class, PltFeeSection, cash);
  gtk_widget_class_bind_template_child (widget_class, PltFeeSection, card);
  gtk_widget_class_bind_template_child (widget_class, PltFeeSection, bank);
  gtk_widget_class_bind_template_child (widget_class, PltFeeSection, said);
  gtk_widget_class_bind_template_child (widget_class, PltFeeSection, papers);
  gtk_widget_class_bind_template_child (widget_class, PltFeeSection, print);
  gtk_widget_class_bind_template_child (widget_class, PltFeeSection, drawer);
  gtk_widget_class_bind_template_child (widget_class, PltFeeSection, cash_float);
  gtk_widget_class_bind_template_callback (widget_class, cash_cb);
  gtk_widget_class_bind_template_callback (widget_class, card_cb);
  gtk_widget_class_bind_template_callback (widget_class, bank_cb);
  gtk_widget_class_bind_template_callback (widget_class, print_cb);
  gtk_widget_class_bind_template_callback (widget_class, keep_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_drawer_cb);
}

static void
plt_fee_section_init (PltFeeSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
