/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for what was measured on a test card, says what comes of it while it is typed, and keeps it. */
#include "plt-calibration-dialog.h"

#include "plt-calibration.h"
#include "plt-calibration-words.h"
#include "plt-notice.h"
#include "plt-panes.h"
#include "plt-test-card-picture.h"
#include "plt-text-row.h"

#include <glib/gi18n-lib.h>

struct _PltCalibrationDialog
{
  AdwWindow           parent_instance;

  PltOffice          *office;
  char               *destination;
  char               *printer;      /* as people call it */
  GtkWidget          *pane;         /* weak */
  GCancellable       *cancellable;
  PltPrintMeasure     asked;        /* what is being kept */

  PltNotice          *notice;
  AdwWindowTitle     *title;
  PltTestCardPicture *picture;
  GtkGrid            *measures;
  GtkEditable        *entries[PLT_N_MEASURES];
  GtkLabel           *faults[PLT_N_MEASURES];
  GtkEditable        *lot;
  GtkLabel           *result;
  GtkWidget          *history_heading;
  GtkListBox         *history;
};

G_DEFINE_FINAL_TYPE (PltCalibrationDialog, plt_calibration_dialog, ADW_TYPE_WINDOW)

/* ---- the four numbers ---- */

static void
show_fault (PltCalibrationDialog *self,
            PltMeasureNumber      number,
            const char           *fault)
{
  GtkAccessible *entry = GTK_ACCESSIBLE (self->entries[number]);

  gtk_label_set_text (self->faults[number], fault != NULL ? fault : "");
  gtk_widget_set_visible (GTK_WIDGET (self->faults[number]), fault != NULL);
  if (fault != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->entries[number]), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entries[number]), "error");
  gtk_accessible_update_state (entry, GTK_ACCESSIBLE_STATE_INVALID,
                               fault != NULL ? GTK_ACCESSIBLE_INVALID_TRUE
                                             : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static gboolean
read_number (PltCalibrationDialog  *self,
             PltMeasureNumber       number,
             double                *mm,
             GError               **error)
{
  return plt_calibration_read_mm (gtk_editable_get_text (self->entries[number]), mm, error);
}

static void
set_measure (PltPrintMeasure  *measure,
             PltMeasureNumber  number,
             double            mm)
{
  double *const values[] = { &measure->left_mm, &measure->top_mm, &measure->length_mm,
                             &measure->right_top_mm };

  *values[number] = mm;
}

/* Tells under each field what is wrong with it. @all: also what is not typed yet. Returns: the first field
 * with a fault; PLT_N_MEASURES where there is none. */
static PltMeasureNumber
check_each (PltCalibrationDialog *self,
            gboolean              all,
            PltPrintMeasure      *measure)
{
  PltMeasureNumber first = PLT_N_MEASURES;

  for (int i = 0; i < PLT_N_MEASURES; i++)
    {
      g_autoptr (GError) error = NULL;
      double mm = 0;
      gboolean empty = *gtk_editable_get_text (self->entries[i]) == '\0';
      gboolean ok = read_number (self, i, &mm, &error);

      set_measure (measure, i, mm);
      show_fault (self, i, !ok && (all || !empty) ? error->message : NULL);
      if (!ok && first == PLT_N_MEASURES)
        first = i;
    }
  return first;
}

/* What the numbers say together. Returns whether they can be kept; @number: the field to correct. */
static gboolean
check (PltCalibrationDialog *self,
       gboolean              all,
       PltPrintMeasure      *measure,
       PltMeasureNumber     *number)
{
  g_autofree char *fault = NULL;
  g_autofree char *offset = NULL;
  g_autofree char *text = NULL;

  *number = check_each (self, all, measure);
  if (*number != PLT_N_MEASURES)
    {
      gtk_label_set_text (self->result, _("When all four are right, what the printer does stands here."));
      return FALSE;
    }
  fault = plt_calibration_find_fault (measure, number);
  if (fault != NULL)
    {
      if (*number == PLT_N_MEASURES)
        *number = PLT_MEASURE_LEFT;
      show_fault (self, *number, fault);
      gtk_label_set_text (self->result, _("When all four are right, what the printer does stands here."));
      return FALSE;
    }
  offset = plt_calibration_dup_offset (measure);
  /* Translators: “right +0.80 mm, down …” */
  text = g_strdup_printf (_("The printer prints: %s. As much the other way is done to each card from now on."),
                          offset);
  gtk_label_set_text (self->result, text);
  return TRUE;
}

static void
typed_cb (PltCalibrationDialog *self)
{
  PltPrintMeasure measure = { 0 };
  PltMeasureNumber number;

  check (self, FALSE, &measure, &number);
}

static void
focus_moved_cb (PltCalibrationDialog *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  PltMeasureNumber number = PLT_N_MEASURES;

  for (int i = 0; focus != NULL && i < PLT_N_MEASURES; i++)
    if (self->entries[i] != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->entries[i])))
      number = i;
  plt_test_card_picture_set_number (self->picture, number);
}

/* ---- what was measured before ---- */

/* What was asked for comes back after the dialog is gone, too. */
static gboolean
is_closed (PltCalibrationDialog *self)
{
  return g_cancellable_is_cancelled (self->cancellable);
}

static GtkWidget *
new_row (GPtrArray *calibrations,
         guint      index)
{
  const PltPrintCalibration *this = g_ptr_array_index (calibrations, index);
  g_autoptr (GDateTime) local = g_date_time_to_local (this->at);
  g_autofree char *at = g_date_time_format (local, "%x %H:%M");
  g_autofree char *off = plt_calibration_dup_offset (&this->measure);
  g_autofree char *drift = plt_calibration_dup_drift (calibrations, index);
  /* Translators: time, person, lot of blanks */
  g_autofree char *title = *this->lot != '\0'
                             ? g_strdup_printf (_("%s · %s · lot %s"), at, this->who, this->lot)
                             : g_strdup_printf ("%s · %s", at, this->who);
  g_autofree char *subtitle = *drift != '\0' ? g_strdup_printf ("%s\n%s", off, drift) : g_strdup (off);
  GtkWidget *row = plt_text_row_new (title, subtitle);

  if (plt_calibration_get_drift (calibrations, index) > PLT_CALIBRATION_DRIFT_MM)
    {
      GtkWidget *icon = plt_panes_new_icon ("dialog-warning-symbolic");

      gtk_widget_add_css_class (icon, "warning");
      plt_text_row_add_prefix (PLT_TEXT_ROW (row), icon);
    }
  return row;
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (PltCalibrationDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) calibrations = plt_calibration_list_finish (self->office, result, &error);

  if (is_closed (self))
    return;
  if (calibrations == NULL)
    {
      plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
      return;
    }
  for (guint i = 0; i < calibrations->len; i++)
    gtk_list_box_append (self->history, new_row (calibrations, i));
  gtk_widget_set_visible (GTK_WIDGET (self->history), calibrations->len > 0);
  gtk_widget_set_visible (self->history_heading, calibrations->len > 0);
}

/* ---- what people do ---- */

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (PltCalibrationDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean ok = plt_calibration_add_finish (self->office, result, &error);

  if (is_closed (self))
    return;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "calibration.keep", TRUE);
  if (!ok)
    {
      plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
      return;
    }
  if (self->pane != NULL)
    plt_panes_toast (self->pane, _("%s is calibrated."), self->printer);
  gtk_window_close (GTK_WINDOW (self));
}

static void
keep_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  PltCalibrationDialog *self = PLT_CALIBRATION_DIALOG (widget);
  PltMeasureNumber number;

  plt_notice_clear (self->notice);
  if (!check (self, TRUE, &self->asked, &number))
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->entries[number]));
      return;
    }
  gtk_widget_action_set_enabled (widget, "calibration.keep", FALSE);
  plt_calibration_add_async (self->office, self->destination, gtk_editable_get_text (self->lot),
                             &self->asked, NULL, kept_cb, g_object_ref (self));
}

static void
printed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (PltCalibrationDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  int job = plt_calibration_print_test_card_finish (result, &error);

  if (is_closed (self))
    return;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "calibration.print", TRUE);
  if (job == 0)
    plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
  else
    {
      /* Translators: %s is a printer, %d the number of its print job */
      g_autofree char *text = g_strdup_printf (_("The test card is sent to %s as job %d. If it does not come out, "
                                                 "look at what the printer says in the print room."),
                                               self->printer, job);

      plt_notice_show (self->notice, PLT_NOTICE_INFO, text, NULL, NULL);
      gtk_widget_grab_focus (GTK_WIDGET (self->entries[PLT_MEASURE_LEFT]));
    }
}

static void
print_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  PltCalibrationDialog *self = PLT_CALIBRATION_DIALOG (widget);

  plt_notice_clear (self->notice);
  gtk_widget_action_set_enabled (widget, "calibration.print", FALSE);
  plt_calibration_print_test_card_async (self->office, self->destination, NULL, printed_cb,
                                         g_object_ref (self));
}

/* ---- life ---- */

static void
add_measure (PltCalibrationDialog *self,
             PltMeasureNumber      number)
{
  g_autofree char *caption = g_strdup_printf ("_%d. %s", (int) number + 1, plt_calibration_get_title (number));
  /* Translators: %d is the number of a measure, %s “From the left edge to the middle of A” */
  g_autofree char *label = g_strdup_printf (_("%d. %s, in millimetres; should be %.2f"),
                                            (int) number + 1, plt_calibration_get_title (number),
                                            plt_calibration_get_wanted (number));
  g_autofree char *wanted = g_strdup_printf ("%.2f", plt_calibration_get_wanted (number));
  GtkWidget *name = gtk_label_new_with_mnemonic (caption);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *fault = gtk_label_new (NULL);
  int row = (int) number * 2;

  gtk_label_set_mnemonic_widget (GTK_LABEL (name), entry);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_wrap (GTK_LABEL (name), TRUE);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), wanted);
  gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_NUMBER);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 8);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                  fault, NULL, -1);
  gtk_label_set_xalign (GTK_LABEL (fault), 0);
  gtk_label_set_wrap (GTK_LABEL (fault), TRUE);
  gtk_widget_add_css_class (fault, "error");
  gtk_widget_set_visible (fault, FALSE);
  gtk_grid_attach (self->measures, name, 0, row, 1, 1);
  gtk_grid_attach (self->measures, entry, 1, row, 1, 1);
  gtk_grid_attach (self->measures, fault, 0, row + 1, 2, 1);
  self->entries[number] = GTK_EDITABLE (entry);
  self->faults[number] = GTK_LABEL (fault);
  g_signal_connect_object (entry, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
}

static void
plt_calibration_dialog_dispose (GObject *object)
{
  PltCalibrationDialog *self = PLT_CALIBRATION_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_weak_pointer (&self->pane);
  for (int i = 0; i < PLT_N_MEASURES; i++)
    self->entries[i] = NULL;

  G_OBJECT_CLASS (plt_calibration_dialog_parent_class)->dispose (object);
}

static void
plt_calibration_dialog_finalize (GObject *object)
{
  PltCalibrationDialog *self = PLT_CALIBRATION_DIALOG (object);

  g_object_unref (self->cancellable);
  g_clear_object (&self->office);
  g_free (self->destination);
  g_free (self->printer);

  G_OBJECT_CLASS (plt_calibration_dialog_parent_class)->finalize (object);
}

static void
plt_calibration_dialog_class_init (PltCalibrationDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_calibration_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = plt_calibration_dialog_finalize;
  g_type_ensure (PLT_TYPE_NOTICE);
  g_type_ensure (PLT_TYPE_TEST_CARD_PICTURE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/platen/Platen/panes/room/plt-calibration-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PltCalibrationDialog, notice);
  gtk_widget_class_bind_template_child (widget_class, PltCalibrationDialog, title);
  gtk_widget_class_bind_template_child (widget_class, PltCalibrationDialog, picture);
  gtk_widget_class_bind_template_child (widget_class, PltCalibrationDialog, measures);
  gtk_widget_class_bind_template_child (widget_class, PltCalibrationDialog, lot);
  gtk_widget_class_bind_template_child (widget_class, PltCalibrationDialog, result);
  gtk_widget_class_bind_template_child (widget_class, PltCalibrationDialog, history_heading);
  gtk_widget_class_bind_template_child (widget_class, PltCalibrationDialog, history);
  gtk_widget_class_install_action (widget_class, "calibration.keep", NULL, keep_action);
  gtk_widget_class_install_action (widget_class, "calibration.print", NULL, print_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
plt_calibration_dialog_init (PltCalibrationDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  for (int i = 0; i < PLT_N_MEASURES; i++)
    add_measure (self, i);
  typed_cb (self);
  plt_panes_name_once (GTK_WIDGET (self));
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->lot), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->entries[PLT_MEASURE_LEFT]));
  g_signal_connect (self, "notify::focus-widget", G_CALLBACK (focus_moved_cb), NULL);
}

GtkWindow *
plt_calibration_dialog_new (GtkWidget  *pane,
                            PltOffice  *office,
                            const char *destination,
                            const char *title)
{
  g_return_val_if_fail (GTK_IS_WIDGET (pane) && PLT_IS_OFFICE (office) && destination != NULL, NULL);

  PltCalibrationDialog *self = g_object_new (PLT_TYPE_CALIBRATION_DIALOG, NULL);
  GtkRoot *root = gtk_widget_get_root (pane);
  g_autofree char *words = NULL;

  self->office = g_object_ref (office);
  self->destination = g_strdup (destination);
  self->printer = g_strdup (title);
  g_set_weak_pointer (&self->pane, pane);
  adw_window_title_set_subtitle (self->title, title);
  /* Translators: %s is a printer */
  words = g_strdup_printf (_("Calibrate %s"), title);
  gtk_window_set_title (GTK_WINDOW (self), words);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  plt_calibration_list_async (office, destination, self->cancellable, listed_cb,
                              g_object_ref (self));
  return GTK_WINDOW (self);
}
