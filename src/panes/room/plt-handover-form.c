/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows who gets a card, and takes what has to be said before it is handed over or posted. */
#include "plt-handover-form-private.h"

#include "plt-field-text.h"
#include "plt-id-number.h"
#include "plt-panes.h"
#include "plt-signature-desk.h"
#include "plt-texture.h"

#include <glib/gi18n-lib.h>

/* Large enough to compare with who is here. */
#define PORTRAIT_WIDTH 175
#define PORTRAIT_HEIGHT 225
#define RECEIPT_WIDTH 160
#define RECEIPT_HEIGHT 40

/* In the order in which they are shown. */
enum
{
  FACT_BIRTH_DATE,
  FACT_ID_NUMBER,
  FACT_BIRTH_PLACE,
  FACT_SEX,
  FACT_LICENCE,
  FACT_CATEGORIES,
  FACT_NATIONALITY,
  FACT_PLACE,
};

enum { READY, POSTED, FAILED, LOADED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PltHandoverForm, plt_handover_form, ADW_TYPE_BIN)

/* ---- what is missing ---- */

static void
mark (GtkWidget *widget,
      gboolean   wrong)
{
  if (wrong)
    gtk_widget_add_css_class (widget, "error");
  else
    gtk_widget_remove_css_class (widget, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* @sentence: (nullable) */
static void
show_trouble (PltHandoverForm *self,
              GtkWidget       *field,
              const char      *sentence)
{
  mark (GTK_WIDGET (self->document), FALSE);
  mark (GTK_WIDGET (self->number_end), FALSE);
  gtk_label_set_text (self->trouble, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), sentence != NULL);
  if (field == NULL)
    return;
  if (field != self->sign)
    mark (field, TRUE);
  gtk_widget_grab_focus (field);
}

static guint
get_document (PltHandoverForm *self)
{
  guint chosen = gtk_drop_down_get_selected (self->document);

  return chosen == GTK_INVALID_LIST_POSITION || chosen == 0 ? PLT_N_IDENTITY_DOCUMENTS : chosen - 1;
}

static gboolean
is_numbered (PltHandoverForm *self)
{
  guint document = get_document (self);

  return document < PLT_N_IDENTITY_DOCUMENTS && plt_identity_document_is_numbered (document);
}

/* What is to be said next, and at which field; NULL: nothing. */
static const char *
find_missing (PltHandoverForm  *self,
              GtkWidget       **field)
{
  gboolean shown = get_document (self) < PLT_N_IDENTITY_DOCUMENTS;
  g_autofree char *end = plt_handover_form_dup_number (self);

  *field = GTK_WIDGET (self->document);
  if (!shown && self->signed_by != NULL)
    return _("Say which document was shown, too: the signature is kept with it.");
  if (!shown && self->handover != NULL && self->handover->needs_identity)
    return _("This office demands that the holder shows who they are. Choose what you saw.");
  *field = GTK_WIDGET (self->number_end);
  if (is_numbered (self) && (end == NULL || strlen (end) < 2))
    return _("Type the last two to four letters and digits of the document’s number.");
  *field = self->sign;
  if (self->handover != NULL && self->handover->needs_receipt && self->signed_by == NULL)
    return _("This office demands that the holder signs for the card. Let them sign.");
  *field = NULL;
  return NULL;
}

gboolean
plt_handover_form_check (PltHandoverForm *self)
{
  GtkWidget *field;
  const char *missing;

  g_return_val_if_fail (PLT_IS_HANDOVER_FORM (self), FALSE);

  missing = find_missing (self, &field);
  show_trouble (self, field, missing);
  return missing == NULL;
}

gboolean
plt_handover_form_take_focus (PltHandoverForm *self)
{
  GtkWidget *field;

  g_return_val_if_fail (PLT_IS_HANDOVER_FORM (self), FALSE);

  return find_missing (self, &field) != NULL && gtk_widget_grab_focus (field);
}

/* Each thing leads to the next; behind the last one it is handed over. */
static void
go_on (PltHandoverForm *self)
{
  GtkWidget *field;
  const char *missing = find_missing (self, &field);

  show_trouble (self, NULL, NULL);
  if (missing != NULL)
    gtk_widget_grab_focus (field);
  else
    g_signal_emit (self, signals[READY], 0);
}

/* What has the keyboard is a button within, which GTK 4.8 gives no name. */
static void
name_document (PltHandoverForm *self)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->document));
  guint document = get_document (self);
  g_autofree char *name = g_strdup_printf (_("Document that was shown: %s"),
                                           document < PLT_N_IDENTITY_DOCUMENTS
                                             ? plt_identity_document_get_title (document) : _("Nothing was shown"));

  if (button != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
document_cb (PltHandoverForm *self)
{
  name_document (self);
  gtk_widget_set_visible (self->number_end_row, is_numbered (self));
  show_trouble (self, NULL, NULL);
  if (is_numbered (self) && gtk_widget_get_mapped (GTK_WIDGET (self->number_end)))
    gtk_widget_grab_focus (GTK_WIDGET (self->number_end));
}

static void
number_activated_cb (PltHandoverForm *self)
{
  if (plt_handover_form_check (self) || gtk_widget_has_focus (self->sign))
    go_on (self);
}

/* Of a scanned number no more is kept than is typed. */
static void
number_scanned_cb (GtkWidget  *field,
                   const char *text)
{
  g_autofree char *end = plt_identity_document_dup_end (text);

  gtk_editable_set_text (GTK_EDITABLE (field), end);
  number_activated_cb (PLT_HANDOVER_FORM (gtk_widget_get_ancestor (field, PLT_TYPE_HANDOVER_FORM)));
}

/* ---- the signature ---- */

static void
show_receipt (PltHandoverForm *self)
{
  const char *demand = self->handover != NULL && self->handover->needs_receipt
                         ? _("This office demands it.") : _("Not demanded here.");

  plt_texture_show (self->receipt, self->signed_by, RECEIPT_WIDTH, RECEIPT_HEIGHT);
  gtk_widget_set_visible (GTK_WIDGET (self->receipt), self->signed_by != NULL);
  adw_action_row_set_subtitle (self->receipt_row, self->signed_by != NULL ? _("The holder has signed.") : demand);
}

static void
signed_cb (PltHandoverForm *self,
           GBytes          *picture)
{
  g_clear_pointer (&self->signed_by, g_bytes_unref);
  self->signed_by = g_bytes_ref (picture);
  show_receipt (self);
  go_on (self);
}

static void
sign_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  PltSignatureDesk *desk;

  if (PLT_HANDOVER_FORM (widget)->number == NULL)
    return;
  desk = plt_signature_desk_open (widget, NULL);
  g_signal_connect_object (desk, "signed", G_CALLBACK (signed_cb), widget, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "scan", G_CALLBACK (signed_cb), widget, G_CONNECT_SWAPPED);
}

/* ---- who gets it ---- */

/* As the rest of the window shows it. */
static void
show_field (PltHandoverForm *self,
            guint            fact,
            PltField         field,
            const char      *value)
{
  g_autofree char *shown = plt_field_to_display (field, value);

  plt_facts_set (self->facts, fact, shown);
}

static void
show_holder (PltHandoverForm *self)
{
  const PltHandover *h = self->handover;
  g_autofree char *place = plt_handover_dup_place (h);
  g_autofree char *id = h->id_number != NULL ? plt_id_number_to_display (h->id_number) : NULL;

  show_field (self, FACT_BIRTH_DATE, PLT_FIELD_BIRTH_DATE, h->birth_date);
  plt_facts_set (self->facts, FACT_ID_NUMBER, id);
  show_field (self, FACT_BIRTH_PLACE, PLT_FIELD_BIRTH_PLACE, h->birth_place);
  show_field (self, FACT_SEX, PLT_FIELD_SEX, h->sex);
  plt_facts_set (self->facts, FACT_LICENCE, h->licence_number);
  show_field (self, FACT_CATEGORIES, PLT_FIELD_CATEGORIES, h->categories);
  show_field (self, FACT_NATIONALITY, PLT_FIELD_NATIONALITY, h->nationality);
  plt_facts_set (self->facts, FACT_PLACE, place);
}

/* Without either nobody can compare: that is said, and not left out. */
static void
show_pictures (PltHandoverForm *self)
{
  const PltHandover *h = self->handover;

  gtk_widget_set_visible (GTK_WIDGET (self->portrait), h->portrait != NULL);
  gtk_widget_set_visible (self->no_portrait, h->portrait == NULL);
  plt_texture_show (self->portrait, h->portrait, PORTRAIT_WIDTH, PORTRAIT_HEIGHT);
  gtk_widget_set_visible (self->signature_row, h->signature != NULL);
  plt_texture_show (self->signature, h->signature, RECEIPT_WIDTH, RECEIPT_HEIGHT);
}

static void
show_handover (PltHandoverForm *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), self->handover != NULL);
  if (self->handover == NULL)
    return;
  show_pictures (self);
  show_holder (self);
  show_receipt (self);
  plt_handover_form_show_place (self);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PltHandover) handover = plt_handover_read_finish (result, &error);
  PltHandoverForm *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = user_data;
  if (error != NULL)
    g_signal_emit (self, signals[FAILED], 0, error->message);
  if (handover == NULL)
    return;
  g_clear_pointer (&self->handover, plt_handover_free);
  self->handover = g_steal_pointer (&handover);
  show_handover (self);
  g_signal_emit (self, signals[LOADED], 0);
}

void
plt_handover_form_load (PltHandoverForm *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (self->number != NULL)
    plt_handover_read_async (self->office, self->number, self->cancellable, read_cb, self);
}

/* ---- life ---- */

static void
plt_handover_form_dispose (GObject *object)
{
  PltHandoverForm *self = PLT_HANDOVER_FORM (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->office);
  g_clear_pointer (&self->number, g_free);
  g_clear_pointer (&self->handover, plt_handover_free);
  g_clear_pointer (&self->signed_by, g_bytes_unref);
  g_clear_object (&self->paper);
  /* AdwBin would let go of its child a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_HANDOVER_FORM);

  G_OBJECT_CLASS (plt_handover_form_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, PltHandoverForm, portrait);
  gtk_widget_class_bind_template_child (widget_class, PltHandoverForm, no_portrait);
  gtk_widget_class_bind_template_child (widget_class, PltHandoverForm, signature_row);
  gtk_widget_class_bind_template_child (widget_class, PltHandoverForm, signature);
  gtk_widget_class_bind_template_child (widget_class, PltHandoverForm, facts);
  gtk_widget_class_bind_template_child (widget_class, PltHandoverForm, document);
  gtk_widget_class_bind_template_child (widget_class, PltHandoverForm, number_end);
  gtk_widget_class_bind_template_child (widget_class, PltHandoverForm, number_end_row);
  gtk_widget_class_bind_template_child (widget_class, PltHandoverForm, receipt_row);
  gtk_widget_class_bind_template_child (widget_class, PltHandoverForm, receipt);
  gtk_widget_class_bind_template_child (widget_class, PltHandoverForm, sign);
  gtk_widget_class_bind_template_child (widget_class, PltHandoverForm, trouble);
  gtk_widget_class_bind_template_callback (widget_class, document_cb);
  gtk_widget_class_bind_template_callback (widget_class, number_activated_cb);
}

static void
plt_handover_form_class_init (PltHandoverFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_handover_form_dispose;
  signals[READY] = g_signal_new ("ready", PLT_TYPE_HANDOVER_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  signals[POSTED] = g_signal_new ("posted", PLT_TYPE_HANDOVER_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", PLT_TYPE_HANDOVER_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[LOADED] = g_signal_new ("loaded", PLT_TYPE_HANDOVER_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  g_type_ensure (PLT_TYPE_FACTS);
  gtk_widget_class_install_action (widget_class, "handover.sign", NULL, sign_action);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/platen/Platen/panes/room/plt-handover-form.ui");
  bind_children (widget_class);
  plt_handover_form_install_place (widget_class);
}

static void
fill_documents (PltHandoverForm *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  gtk_string_list_append (titles, _("Nothing was shown"));
  for (guint i = 0; i < PLT_N_IDENTITY_DOCUMENTS; i++)
    gtk_string_list_append (titles, plt_identity_document_get_title (i));
  gtk_drop_down_set_model (self->document, G_LIST_MODEL (titles));
}

static void
plt_handover_form_init (PltHandoverForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  plt_panes_name_once (GTK_WIDGET (self));
  plt_panes_take_scans_by (GTK_WIDGET (self->number_end), number_scanned_cb);
  plt_handover_form_init_place (self);
  fill_documents (self);
  plt_facts_set_columns (self->facts, 2);
  plt_facts_add (self->facts, _("Date of birth"));
  plt_facts_add (self->facts, _("ID number"));
  plt_facts_add (self->facts, _("Place of birth"));
  plt_facts_add (self->facts, _("Sex"));
  plt_facts_add (self->facts, _("Licence"));
  plt_facts_add (self->facts, _("Categories"));
  plt_facts_add (self->facts, _("Nationality"));
  plt_facts_add (self->facts, _("Where the card is"));
  show_handover (self);
}

void
plt_handover_form_set_office (PltHandoverForm *self,
                              PltOffice       *office)
{
  g_return_if_fail (PLT_IS_HANDOVER_FORM (self));

  g_set_object (&self->office, office);
}

void
plt_handover_form_set_card (PltHandoverForm *self,
                            const char      *number)
{
  g_return_if_fail (PLT_IS_HANDOVER_FORM (self));

  if (g_strcmp0 (self->number, number) != 0)
    {
      g_free (self->number);
      self->number = g_strdup (number);
      g_clear_pointer (&self->handover, plt_handover_free);
      g_clear_pointer (&self->signed_by, g_bytes_unref);
      gtk_drop_down_set_selected (self->document, 0);
      gtk_editable_set_text (self->number_end, "");
      plt_handover_form_forget_place (self);
      document_cb (self);
      show_handover (self);
    }
  plt_handover_form_load (self);
}

gboolean
plt_handover_form_is_loaded (PltHandoverForm *self)
{
  return self->handover != NULL;
}

const char *
plt_handover_form_get_document (PltHandoverForm *self)
{
  return plt_identity_document_get_nick (get_document (self));
}

char *
plt_handover_form_dup_number (PltHandoverForm *self)
{
  return is_numbered (self) ? plt_identity_document_dup_end (gtk_editable_get_text (self->number_end)) : NULL;
}

GBytes *
plt_handover_form_get_receipt (PltHandoverForm *self)
{
  return self->signed_by;
}
