/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows one field of the form and says what is wrong with it while it is typed. */
#include "plt-form-row.h"

#include "plt-panes.h"

#define LINE_CHARS 24
#define LINES_HEIGHT_PX 64

struct _PltFormRow
{
  AdwBin              parent_instance;

  const PltFormField *field;
  GtkWidget          *input;  /* GtkEntry or GtkTextView */
  GtkTextBuffer      *buffer; /* of the latter; NULL: a GtkEntry */
  GtkLabel           *hint;
  char               *text;
  gboolean            setting;
  gboolean            valid;
};

enum { CHANGED, MOVED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PltFormRow, plt_form_row, ADW_TYPE_BIN)

static char *
dup_text (PltFormRow *self)
{
  GtkTextIter start, end;

  if (self->buffer == NULL)
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->input)));
  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
}

static void
show_validity (PltFormRow *self)
{
  g_autofree char *today = plt_date_to_iso (plt_date_today ());
  g_autofree char *fault = plt_form_field_check (self->field, self->text, today);

  self->valid = fault == NULL;
  gtk_label_set_text (self->hint, fault != NULL ? fault : self->field->hint);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->input), GTK_ACCESSIBLE_STATE_INVALID,
                               fault != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->input), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  gtk_label_get_text (self->hint), -1);
  if (fault != NULL)
    {
      gtk_widget_add_css_class (self->input, "error");
      gtk_widget_add_css_class (GTK_WIDGET (self->hint), "error");
      gtk_widget_remove_css_class (GTK_WIDGET (self->hint), "dim-label");
    }
  else
    {
      gtk_widget_remove_css_class (self->input, "error");
      gtk_widget_remove_css_class (GTK_WIDGET (self->hint), "error");
      gtk_widget_add_css_class (GTK_WIDGET (self->hint), "dim-label");
    }
}

static void
text_changed_cb (PltFormRow *self)
{
  g_free (self->text);
  self->text = dup_text (self);
  show_validity (self);
  if (!self->setting)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
moved_cb (PltFormRow *self)
{
  if (!self->setting)
    g_signal_emit (self, signals[MOVED], 0);
}

static void
watch_keyboard (PltFormRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_swapped (focus, "enter", G_CALLBACK (moved_cb), self);
  gtk_widget_add_controller (self->input, focus);
}

static void
plt_form_row_finalize (GObject *object)
{
  g_free (PLT_FORM_ROW (object)->text);
  G_OBJECT_CLASS (plt_form_row_parent_class)->finalize (object);
}

static void
plt_form_row_class_init (PltFormRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plt_form_row_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[MOVED] = g_signal_new ("moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
plt_form_row_init (PltFormRow *self)
{
  self->text = g_strdup ("");
}

/* Undoing is the editor's, over all fields; GTK takes its keys even where it has nothing to undo, and Enter
 * for a new line, whatever is held down with it. */
static void
pass_keys_on (GtkWidget *input)
{
  static const char * const keys[][2] = {
    { "<Control>z", "editor.undo-edit" },
    { "<Control><Shift>z", "editor.redo-edit" },
    { "<Control>Return", "editor.submit" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys[i][0]), gtk_named_action_new (keys[i][1])));
  gtk_widget_add_controller (input, controller);
}

static GtkWidget *
build_line (PltFormRow *self)
{
  self->input = gtk_entry_new ();
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->input), FALSE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->input), LINE_CHARS);
  if (self->field->input == PLT_FORM_EMAIL)
    gtk_entry_set_input_purpose (GTK_ENTRY (self->input), GTK_INPUT_PURPOSE_EMAIL);
  else if (self->field->input == PLT_FORM_PHONE)
    gtk_entry_set_input_purpose (GTK_ENTRY (self->input), GTK_INPUT_PURPOSE_PHONE);
  g_signal_connect_swapped (self->input, "changed", G_CALLBACK (text_changed_cb), self);
  g_signal_connect_swapped (self->input, "notify::cursor-position", G_CALLBACK (moved_cb), self);
  pass_keys_on (self->input);
  plt_panes_take_scans (self->input);
  return self->input;
}

static GtkWidget *
build_lines (PltFormRow *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->input = gtk_text_view_new ();
  self->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->input));
  gtk_text_buffer_set_enable_undo (self->buffer, FALSE);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->input), FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->input), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (self->input), 9);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (self->input), 9);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (self->input), 6);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (self->input), 6);
  pass_keys_on (self->input);
  gtk_widget_add_css_class (self->input, "form-lines");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->input);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), LINES_HEIGHT_PX);
  gtk_widget_add_css_class (scroller, "form-frame");
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (text_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "notify::cursor-position", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  return scroller;
}

GtkWidget *
plt_form_row_new (const PltFormField *field)
{
  PltFormRow *self = g_object_new (PLT_TYPE_FORM_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *title = gtk_label_new (field->title);
  GtkWidget *place;

  self->field = field;
  place = field->input == PLT_FORM_LINES ? build_lines (self) : build_line (self);
  watch_keyboard (self);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_mnemonic_widget (GTK_LABEL (title), self->input);
  gtk_widget_add_css_class (title, "caption-heading");
  self->hint = GTK_LABEL (gtk_label_new (field->hint));
  gtk_label_set_xalign (self->hint, 0);
  gtk_label_set_wrap (self->hint, TRUE);
  gtk_label_set_max_width_chars (self->hint, LINE_CHARS);
  gtk_widget_add_css_class (GTK_WIDGET (self->hint), "caption");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->input), GTK_ACCESSIBLE_PROPERTY_LABEL, field->title, -1);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), place);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->hint));
  adw_bin_set_child (ADW_BIN (self), box);
  show_validity (self);
  return GTK_WIDGET (self);
}

const char *
plt_form_row_get_text (PltFormRow *self)
{
  return self->text;
}

void
plt_form_row_set_text (PltFormRow *self,
                       const char *text)
{
  if (g_str_equal (self->text, text))
    return;
  self->setting = TRUE;
  if (self->buffer != NULL)
    gtk_text_buffer_set_text (self->buffer, text, -1);
  else
    gtk_editable_set_text (GTK_EDITABLE (self->input), text);
  self->setting = FALSE;
}

void
plt_form_row_set_editable (PltFormRow *self,
                           gboolean    editable)
{
  if (self->buffer != NULL)
    gtk_text_view_set_editable (GTK_TEXT_VIEW (self->input), editable);
  else
    gtk_editable_set_editable (GTK_EDITABLE (self->input), editable);
}

static gboolean
has_keyboard (PltFormRow *self)
{
  return (gtk_widget_get_state_flags (self->input) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

int
plt_form_row_get_cursor (PltFormRow *self)
{
  int place = 0;

  if (!has_keyboard (self))
    return -1;
  if (self->buffer != NULL)
    {
      g_object_get (self->buffer, "cursor-position", &place, NULL);
      return place;
    }
  return gtk_editable_get_position (GTK_EDITABLE (self->input));
}

void
plt_form_row_focus (PltFormRow *self,
                    int         cursor)
{
  GtkTextIter iter;

  if (!has_keyboard (self))
    gtk_widget_grab_focus (self->input);
  if (self->buffer != NULL)
    {
      gtk_text_buffer_get_iter_at_offset (self->buffer, &iter, cursor);
      gtk_text_buffer_place_cursor (self->buffer, &iter);
    }
  else
    gtk_editable_set_position (GTK_EDITABLE (self->input), cursor);
}

gboolean
plt_form_row_is_valid (PltFormRow *self)
{
  return self->valid;
}
