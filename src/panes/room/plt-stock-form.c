/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows the fields that an act on the stock takes, and does it. */
#include "plt-stock-form-private.h"

#include "plt-panes.h"

#include <glib/gi18n-lib.h>

enum { DONE, LEFT, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PltStockForm, plt_stock_form, ADW_TYPE_BIN)

/* How each act is headed, and what its button says. */
static const struct
{
  const char *title;
  const char *advice;
  const char *verb;
} acts[] = {
  [PLT_STOCK_RECEIVE] = { N_("Receive a Delivery"),
                          N_("Scan the first and the last serial. What is received lies before the safe until "
                             "it is moved into it."), N_("_Receive") },
  [PLT_STOCK_MOVE] = { N_("Move"), N_("One serial alone: leave the last one empty."), N_("_Move") },
  [PLT_STOCK_LOAD] = { N_("Load a Printer"),
                       N_("Out of the safe or your custody. From the first loading on cards for this printer "
                          "are made of what was loaded into it, and of nothing else."), N_("_Load") },
  [PLT_STOCK_UNLOAD] = { N_("Unload a Printer"), N_("What is taken out goes back into the safe."),
                         N_("_Unload") },
  [PLT_STOCK_COUNT] = { N_("Count"),
                        N_("Scan every serial that lies there, or type runs such as "
                           "B00000001-B00000040. What is not found is out of reach at once."), N_("_End Count") },
  [PLT_STOCK_DESTROY] = { N_("Propose Destruction"),
                          N_("Of what is spoiled. A colleague confirms it; then it is destroyed for the books."),
                          N_("_Propose") },
  [PLT_STOCK_EXPLAIN] = { N_("Explain a Difference"),
                          N_("Say what was right, and why. A colleague confirms it."), N_("_Propose") },
};

static const char * const targets[] = { "safe", "custody", "spoiled", NULL };
static const char * const rights[] = { "books", "count", NULL };

/* ---- fields ---- */

const char *
plt_stock_form_get_text (PltStockForm  *self,
                         PltStockField  field)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->field[field].input));
}

guint
plt_stock_form_get_choice (PltStockForm  *self,
                           PltStockField  field)
{
  return gtk_drop_down_get_selected (GTK_DROP_DOWN (self->field[field].input));
}

void
plt_stock_form_clear_trouble (PltStockForm *self)
{
  for (int i = 0; i < PLT_N_STOCK_FIELDS; i++)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->field[i].trouble), FALSE);
      gtk_widget_remove_css_class (self->field[i].input, "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->field[i].input), GTK_ACCESSIBLE_STATE_INVALID,
                                   GTK_ACCESSIBLE_INVALID_FALSE, -1);
    }
}

void
plt_stock_form_show_trouble (PltStockForm  *self,
                             PltStockField  field,
                             const char    *sentence)
{
  Field *wrong = &self->field[field];

  plt_stock_form_clear_trouble (self);
  gtk_label_set_text (wrong->trouble, sentence);
  gtk_widget_set_visible (GTK_WIDGET (wrong->trouble), TRUE);
  gtk_widget_add_css_class (wrong->input, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (wrong->input), GTK_ACCESSIBLE_STATE_INVALID,
                               GTK_ACCESSIBLE_INVALID_TRUE, -1);
  gtk_widget_grab_focus (wrong->input);
}

static PltStockField
find_first_field (PltStockForm *self)
{
  for (int i = 0; i < PLT_N_STOCK_FIELDS; i++)
    if (gtk_widget_get_visible (self->field[i].box))
      return (PltStockField) i;
  return PLT_STOCK_FIELD_FIRST;
}

/* Where the keyboard waits first: what is chosen is chosen well already. */
static PltStockField
find_main_field (PltStockForm *self)
{
  if (plt_stock_check_has_field (self->act, PLT_STOCK_FIELD_FIRST))
    return PLT_STOCK_FIELD_FIRST;
  return self->act == PLT_STOCK_COUNT ? PLT_STOCK_FIELD_FOUND : find_first_field (self);
}

/* ---- doing it ---- */

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (PltStockForm) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = plt_stock_act_finish (result, &error);
  g_autofree char *text = NULL;

  if (self->office == NULL)
    return;
  self->busy = FALSE;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "stock.do", TRUE);
  if (error != NULL)
    {
      plt_stock_form_show_trouble (self, g_strcmp0 (plt_office_error_get_rule (error), "REASON") == 0
                            ? PLT_STOCK_FIELD_REASON : find_main_field (self), error->message);
      return;
    }
  text = plt_stock_check_describe (self->act, json);
  plt_panes_toast (GTK_WIDGET (self), "%s", text);
  g_signal_emit (self, signals[DONE], 0);
}

void
plt_stock_form_act (PltStockForm       *self,
                    const char *const  *words)
{
  self->busy = TRUE;
  plt_stock_form_clear_trouble (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "stock.do", FALSE);
  plt_stock_act_async (self->office, self->act, words, NULL, done_cb, g_object_ref (self));
}

static const char *
get_printer (PltStockForm *self)
{
  guint chosen = plt_stock_form_get_choice (self, PLT_STOCK_FIELD_PRINTER);

  return chosen < self->printers->len ? self->printers->pdata[chosen] : NULL;
}

/* Returns: whether the fields can be what they shall be; the first that cannot is told. */
static gboolean
check (PltStockForm *self)
{
  g_autofree char *trouble = NULL;
  PltStockField wrong = PLT_STOCK_FIELD_FIRST;
  PltStockTyped typed = {
    plt_stock_form_get_text (self, PLT_STOCK_FIELD_FIRST), plt_stock_form_get_text (self, PLT_STOCK_FIELD_LAST),
    plt_stock_form_get_text (self, PLT_STOCK_FIELD_CARDS), plt_stock_form_get_text (self, PLT_STOCK_FIELD_REASON),
    self->act != PLT_STOCK_MOVE || plt_stock_form_get_choice (self, PLT_STOCK_FIELD_TARGET) == 2,
  };

  trouble = plt_stock_check_typed (self->act, &typed, &wrong);
  if (trouble != NULL)
    plt_stock_form_show_trouble (self, wrong, trouble);
  return trouble == NULL;
}

static void
do_action (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  PltStockForm *self = PLT_STOCK_FORM (widget);
  const char *first = plt_stock_form_get_text (self, PLT_STOCK_FIELD_FIRST);
  const char *last = plt_stock_form_get_text (self, PLT_STOCK_FIELD_LAST);
  const char *reason = plt_stock_form_get_text (self, PLT_STOCK_FIELD_REASON);
  const char *cards = plt_stock_form_get_text (self, PLT_STOCK_FIELD_CARDS);

  if (self->busy || !gtk_widget_get_visible (self->do_button))
    return;
  if (self->act == PLT_STOCK_COUNT)
    {
      plt_stock_form_count (self);
      return;
    }
  if (!check (self))
    return;
  last = *last != '\0' ? last : first;
  if (self->act == PLT_STOCK_RECEIVE)
    plt_stock_form_act (self, (const char *[]) { first, last, plt_stock_form_get_text (self, PLT_STOCK_FIELD_LOT),
                                  plt_stock_form_get_text (self, PLT_STOCK_FIELD_NOTE), *cards != '\0' ? cards : NULL });
  else if (self->act == PLT_STOCK_MOVE)
    plt_stock_form_act (self, (const char *[]) { first, last, targets[plt_stock_form_get_choice (self, PLT_STOCK_FIELD_TARGET)], reason });
  else if (self->act == PLT_STOCK_EXPLAIN)
    plt_stock_form_act (self, (const char *[]) { self->number, rights[plt_stock_form_get_choice (self, PLT_STOCK_FIELD_RIGHT)], reason });
  else if (self->act == PLT_STOCK_DESTROY)
    plt_stock_form_act (self, (const char *[]) { first, last, reason });
  else
    plt_stock_form_act (self, (const char *[]) { get_printer (self), first, last });
}

static void
leave_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  PltStockForm *self = PLT_STOCK_FORM (widget);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "form") != 0)
    return;
  gtk_stack_set_visible_child_name (self->stack, "none");
  g_signal_emit (self, signals[LEFT], 0);
}

/* Enter does it; where serials are counted it takes the next one. */
static void
activated_cb (PltStockForm *self,
              GtkWidget    *entry)
{
  if (entry == self->field[PLT_STOCK_FIELD_FOUND].input && *plt_stock_form_get_text (self, PLT_STOCK_FIELD_FOUND) != '\0')
    plt_stock_form_take_found (self);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "stock.do", NULL);
}

/* The scanner goes from the first serial to the last one by itself. */
static void
scanned_cb (GtkWidget  *field,
            const char *text)
{
  PltStockForm *self = PLT_STOCK_FORM (gtk_widget_get_ancestor (field, PLT_TYPE_STOCK_FORM));
  g_autofree char *serial = g_strstrip (g_ascii_strup (text, -1));

  gtk_editable_set_text (GTK_EDITABLE (field), serial);
  gtk_editable_set_position (GTK_EDITABLE (field), -1);
  if (field == self->field[PLT_STOCK_FIELD_FOUND].input)
    plt_stock_form_take_found (self);
  else
    gtk_widget_child_focus (GTK_WIDGET (self->fields), GTK_DIR_TAB_FORWARD);
}

/* ---- the class ---- */

static void
plt_stock_form_dispose (GObject *object)
{
  PltStockForm *self = PLT_STOCK_FORM (object);

  g_clear_object (&self->office);
  g_clear_pointer (&self->number, g_free);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_clear_pointer (&self->printers, g_ptr_array_unref);
  /* AdwBin would let go of its child a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_STOCK_FORM);

  G_OBJECT_CLASS (plt_stock_form_parent_class)->dispose (object);
}

static void
plt_stock_form_class_init (PltStockFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_stock_form_dispose;
  signals[DONE] = g_signal_new ("done", PLT_TYPE_STOCK_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  signals[LEFT] = g_signal_new ("left", PLT_TYPE_STOCK_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "stock.do", NULL, do_action);
  gtk_widget_class_install_action (widget_class, "stock.leave", NULL, leave_action);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/room/plt-stock-form.ui");
  gtk_widget_class_bind_template_child (widget_class, PltStockForm, stack);
  gtk_widget_class_bind_template_child (widget_class, PltStockForm, title);
  gtk_widget_class_bind_template_child (widget_class, PltStockForm, advice);
  gtk_widget_class_bind_template_child (widget_class, PltStockForm, fields);
  gtk_widget_class_bind_template_child (widget_class, PltStockForm, counted);
  gtk_widget_class_bind_template_child (widget_class, PltStockForm, do_button);
}

static GtkWidget *
new_drop_down (const char * const *words)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  for (gsize i = 0; words != NULL && words[i] != NULL; i++)
    gtk_string_list_append (titles, _(words[i]));
  return gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&titles)), NULL);
}

static GtkWidget *
new_entry (PltStockForm  *self,
           PltStockField  field)
{
  GtkWidget *entry = gtk_entry_new ();

  g_signal_connect_swapped (entry, "activate", G_CALLBACK (activated_cb), self);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (plt_stock_form_clear_trouble), self);
  if (field == PLT_STOCK_FIELD_FIRST || field == PLT_STOCK_FIELD_LAST || field == PLT_STOCK_FIELD_FOUND)
    plt_panes_take_scans_by (entry, scanned_cb);
  return entry;
}

static GtkWidget *
new_input (PltStockForm  *self,
           PltStockField  field)
{
  static const char * const target_words[] = {
    N_("Into the safe"), N_("Into my custody"), N_("To what is spoiled"), NULL
  };
  static const char * const right_words[] = { N_("The books"), N_("The count"), NULL };

  switch (field)
    {
    case PLT_STOCK_FIELD_PRINTER:
    case PLT_STOCK_FIELD_PLACE:
      return new_drop_down (NULL);
    case PLT_STOCK_FIELD_TARGET:
      return new_drop_down (target_words);
    case PLT_STOCK_FIELD_RIGHT:
      return new_drop_down (right_words);
    default:
      return new_entry (self, field);
    }
}

static void
add_field (PltStockForm  *self,
           PltStockField  field)
{
  const char *caption = plt_stock_check_get_caption (field);
  Field *made = &self->field[field];
  GtkWidget *name = gtk_label_new (caption);

  made->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  made->input = new_input (self, field);
  made->trouble = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT,
                                           "xalign", 0.0, "wrap", TRUE, "visible", FALSE, NULL));
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_wrap (GTK_LABEL (name), TRUE);
  gtk_widget_add_css_class (name, "caption-heading");
  gtk_widget_add_css_class (GTK_WIDGET (made->trouble), "error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (made->input), GTK_ACCESSIBLE_PROPERTY_LABEL, caption, -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (made->input), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                  made->trouble, NULL, -1);
  gtk_box_append (GTK_BOX (made->box), name);
  gtk_box_append (GTK_BOX (made->box), made->input);
  gtk_box_append (GTK_BOX (made->box), GTK_WIDGET (made->trouble));
  gtk_box_append (self->fields, made->box);
}

static void
plt_stock_form_init (PltStockForm *self)
{
  self->found = g_ptr_array_new_with_free_func (g_free);
  self->places = g_ptr_array_new ();
  self->printers = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  plt_panes_name_once (GTK_WIDGET (self));
  for (int i = 0; i < PLT_N_STOCK_FIELDS; i++)
    add_field (self, (PltStockField) i);
}

void
plt_stock_form_set_office (PltStockForm *self,
                           PltOffice    *office)
{
  g_set_object (&self->office, office);
}

/* @entries: (element-type PltStockEntry): lives until the next call */
void
plt_stock_form_set_places (PltStockForm *self,
                           GPtrArray    *entries)
{
  GtkDropDown *choice = GTK_DROP_DOWN (self->field[PLT_STOCK_FIELD_PLACE].input);
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  guint chosen = gtk_drop_down_get_selected (choice);

  g_ptr_array_set_size (self->places, 0);
  for (guint i = 0; i < entries->len; i++)
    {
      PltStockEntry *entry = entries->pdata[i];
      g_autofree char *name = NULL;

      if (entry->kind != PLT_STOCK_ENTRY_PLACE || g_strcmp0 (entry->place, "missing") == 0)
        continue;
      name = plt_stock_place_dup_name (entry);
      g_ptr_array_add (self->places, entry);
      gtk_string_list_append (titles, name);
    }
  gtk_drop_down_set_model (choice, G_LIST_MODEL (titles));
  if (chosen < self->places->len)
    gtk_drop_down_set_selected (choice, chosen);
}

void
plt_stock_form_set_printers (PltStockForm *self,
                             GListModel   *printers)
{
  GtkDropDown *choice = GTK_DROP_DOWN (self->field[PLT_STOCK_FIELD_PRINTER].input);
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  guint chosen = gtk_drop_down_get_selected (choice);
  guint n_printers = g_list_model_get_n_items (printers);

  if (n_printers == 0 && self->printers->len > 0)
    return;
  g_ptr_array_set_size (self->printers, 0);
  for (guint i = 0; i < n_printers; i++)
    {
      g_autoptr (GObject) printer = g_list_model_get_item (printers, i);
      g_autofree char *title = NULL;
      char *destination = NULL;

      g_object_get (printer, "destination", &destination, "title", &title, NULL);
      g_ptr_array_add (self->printers, destination);
      gtk_string_list_append (titles, title != NULL && *title != '\0' ? title : destination);
    }
  gtk_drop_down_set_model (choice, G_LIST_MODEL (titles));
  if (chosen < n_printers)
    gtk_drop_down_set_selected (choice, chosen);
}

static void
choose_printer (PltStockForm *self,
                const char   *printer)
{
  for (guint i = 0; i < self->printers->len; i++)
    if (g_strcmp0 (self->printers->pdata[i], printer) == 0)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->field[PLT_STOCK_FIELD_PRINTER].input), i);
}

static void
choose_place (PltStockForm        *self,
              const PltStockEntry *entry)
{
  for (guint i = 0; i < self->places->len; i++)
    if (self->places->pdata[i] == entry)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->field[PLT_STOCK_FIELD_PLACE].input), i);
}

static void
empty (PltStockForm *self)
{
  for (int i = 0; i < PLT_N_STOCK_FIELDS; i++)
    if (GTK_IS_ENTRY (self->field[i].input))
      gtk_editable_set_text (GTK_EDITABLE (self->field[i].input), "");
  g_ptr_array_set_size (self->found, 0);
  self->none = FALSE;
  plt_stock_form_clear_trouble (self);
}

/* Where something lies says where it goes next. */
static void
take_entry (PltStockForm        *self,
            const PltStockEntry *entry)
{
  gboolean received = g_strcmp0 (entry->place, "received") == 0;

  g_free (self->number);
  self->number = g_strdup (entry->number);
  if (entry->first != NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->field[PLT_STOCK_FIELD_FIRST].input), entry->first);
      gtk_editable_set_text (GTK_EDITABLE (self->field[PLT_STOCK_FIELD_LAST].input), entry->last);
    }
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->field[PLT_STOCK_FIELD_TARGET].input),
                              received || g_strcmp0 (entry->place, "custody") == 0 ? 0 : 1);
  choose_printer (self, entry->holder);
  choose_place (self, entry);
}

/**
 * plt_stock_form_show:
 * @act: what is to be done
 * @entry: (nullable): with what; one of those of plt_stock_form_set_places()
 */
void
plt_stock_form_show (PltStockForm        *self,
                     PltStockAct          act_,
                     const PltStockEntry *entry)
{
  g_return_if_fail (PLT_IS_STOCK_FORM (self));

  self->act = act_;
  empty (self);
  if (entry != NULL)
    take_entry (self, entry);
  gtk_label_set_text (self->title, _(acts[act_].title));
  gtk_label_set_text (self->advice, _(acts[act_].advice));
  gtk_button_set_label (GTK_BUTTON (self->do_button), _(acts[act_].verb));
  for (int i = 0; i < PLT_N_STOCK_FIELDS; i++)
    gtk_widget_set_visible (self->field[i].box, plt_stock_check_has_field (act_, (PltStockField) i));
  plt_stock_form_show_found (self);
  gtk_stack_set_visible_child_name (self->stack, "form");
  gtk_widget_grab_focus (self->field[find_main_field (self)].input);
}
