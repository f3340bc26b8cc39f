/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists what stands on a card and marks it on the board. */
#include "plt-card-panel.h"

#include "plt-card-list.h"
#include "plt-card-marker.h"
#include "plt-code-reading.h"
#include "plt-layout-why.h"
#include "plt-panes.h"
#include "plt-text-row.h"

#include <glib/gi18n-lib.h>

/* Lists follow an edit a little later than the picture, and not each letter. */
#define SETTLE_MS 120

struct _PltCardPanel
{
  AdwBin        parent_instance;

  GtkLabel     *changes_note;
  GtkListBox   *changes_list;
  GtkLabel     *answer_note;
  GtkWidget    *confirm;
  GtkWidget    *object;
  GtkLabel     *codes_note;
  GtkListBox   *codes;
  GtkListBox   *elements;
  PltLayoutWhy *layout_why;

  PltCardMarker *marker;
  PltPreview   *preview; /* NULL: nothing to list */
  GPtrArray    *list;    /* PltCardListed; NULL: not listed yet */
  GPtrArray    *old_list; /* of the card before; NULL: there is none, or not listed yet */
  GPtrArray    *changes; /* PltCardChange; NULL: not known yet */
  GPtrArray    *rows;    /* PltCardListed that the rows show, by index; of list */
  gboolean      outlines;
  guint         settle_id;
  GCancellable *cancellable;
  GCancellable *old_cancellable;
};

G_DEFINE_FINAL_TYPE (PltCardPanel, plt_card_panel, ADW_TYPE_BIN)

static const PltCardListed *
find_old (PltCardPanel        *self,
          const PltCardListed *listed)
{
  for (guint i = 0; self->old_list != NULL && i < self->old_list->len; i++)
    {
      const PltCardListed *old = g_ptr_array_index (self->old_list, i);

      if (old->page == listed->page && g_strcmp0 (old->part->path, listed->part->path) == 0)
        return old;
    }

  return NULL;
}

/* Codes are others on each card, and say nothing that is not said in words as well. */
static gboolean
is_changed (PltCardPanel        *self,
            const PltCardListed *listed)
{
  static const char * const always[] = { "qr", "pdf417", "code128", "datamatrix", "mrz", "magnetic",
                                         NULL };
  const char *type = listed->part->type;
  const PltCardListed *old;

  if (self->changes == NULL || g_strv_contains (always, type))
    return FALSE;
  if (strstr (type, "portrait") != NULL)
    return plt_card_changes_contain (self->changes, "portrait");
  if (g_str_equal (type, "signature"))
    return plt_card_changes_contain (self->changes, "signature");
  if (plt_card_changes_contain (self->changes, listed->part->field))
    return TRUE;
  old = find_old (self, listed);

  return old != NULL && strcmp (old->part->text, listed->part->text) != 0;
}

/* Faults and changes are always marked, the others as asked. */
static gboolean
is_marked (const PltCardListed *listed,
           PltCardMarkKind     *kind,
           gpointer             user_data)
{
  PltCardPanel *self = user_data;

  *kind = listed->part->error != NULL || listed->misplaced != NULL ? PLT_CARD_MARK_FAULT
          : is_changed (self, listed) ? PLT_CARD_MARK_CHANGED : PLT_CARD_MARK_ELEMENT;
  return *kind != PLT_CARD_MARK_ELEMENT || self->outlines;
}

static char *
dup_subtitle (const PltCardListed *listed)
{
  g_autofree char *remark = plt_card_listed_dup_remark (listed);
  const char *text = listed->part->text;

  if (*remark == '\0' || *text == '\0')
    return g_strdup (*text != '\0' ? text : remark);

  return g_strdup_printf ("%s\n%s", text, remark);
}

/* Rows stay: building them anew for each letter would cost more than the picture. */
static void
update_rows (PltCardPanel *self)
{
  GtkListBoxRow *row;

  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < self->list->len; i++)
    {
      PltCardListed *listed = g_ptr_array_index (self->list, i);
      g_autofree char *title = NULL;
      g_autofree char *subtitle = NULL;

      if (!plt_card_listed_is_content (listed))
        continue;
      title = plt_card_listed_dup_title (listed);
      subtitle = dup_subtitle (listed);
      row = gtk_list_box_get_row_at_index (self->elements, (int) self->rows->len);
      if (row != NULL)
        plt_text_row_set_text (PLT_TEXT_ROW (row), title, subtitle);
      else
        gtk_list_box_append (self->elements, plt_text_row_new (title, subtitle));
      g_ptr_array_add (self->rows, listed);
    }
  while ((row = gtk_list_box_get_row_at_index (self->elements, (int) self->rows->len)) != NULL)
    gtk_list_box_remove (self->elements, GTK_WIDGET (row));
}

/* As people write it: dates by the day first, categories by their codes. */
static char *
dup_shown (char *value)
{
  g_autofree char *text = value;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GString) words = NULL;
  PltDate date;

  if (plt_date_parse_iso (text, &date))
    return plt_date_to_card (date);
  entries = strchr (text, ';') != NULL ? plt_categories_parse (text, NULL) : NULL;
  if (entries == NULL)
    return g_steal_pointer (&text);
  words = g_string_new (NULL);
  for (guint i = 0; i < entries->len; i++)
    {
      const PltCategoryEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *days = plt_card_changes_dup_category (entry);

      g_string_append_printf (words, "%s%s (%s)", i > 0 ? ", " : "",
                              plt_category_to_code (entry->category), days);
    }

  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* “✓ Family name: Berg”, or what the record says instead. */
static char *
dup_field_line (GObject *field)
{
  g_autofree char *title = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;
  gboolean matches;

  g_object_get (field, "title", &title, "expected", &expected, "found", &found, "matches", &matches,
                NULL);
  expected = dup_shown (expected);
  found = dup_shown (found);
  if (matches)
    return g_strdup_printf ("✓ %s: %s", title, found);

  /* Translators: name of a field, what a code says, what the record says */
  return g_strdup_printf (_("✗ %s: “%s”, but the record says “%s”"), title, found, expected);
}

static GtkWidget *
build_code_row (PltCodeReading *reading)
{
  g_autofree char *summary = plt_code_reading_dup_summary (reading);
  g_autoptr (GString) text = g_string_new (summary);
  GPtrArray *fields = plt_code_reading_get_fields (reading);

  for (guint i = 0; fields != NULL && i < fields->len; i++)
    {
      g_autofree char *line = dup_field_line (g_ptr_array_index (fields, i));

      g_string_append_printf (text, "\n%s", line);
    }

  return plt_text_row_new (plt_code_reading_get_title (reading), text->str);
}

static void
codes_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) readings = plt_preview_read_codes_finish (result, &error);
  PltCardPanel *self;

  if (readings == NULL)
    return;
  self = user_data;
  plt_panes_empty_list (self->codes);
  for (guint i = 0; i < readings->len; i++)
    gtk_list_box_append (self->codes, build_code_row (g_ptr_array_index (readings, i)));
  gtk_widget_set_visible (GTK_WIDGET (self->codes), readings->len > 0);
  gtk_label_set_label (self->codes_note, readings->len > 0 ? "" : _("This card has no code."));
  gtk_widget_set_visible (GTK_WIDGET (self->codes_note), readings->len == 0);
}

static void
old_listed_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  GPtrArray *list = plt_card_list_finish (result, NULL);
  PltCardPanel *self;

  if (list == NULL)
    return;
  self = user_data;
  g_clear_pointer (&self->old_list, g_ptr_array_unref);
  self->old_list = list;
  plt_card_marker_update (self->marker);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *list = plt_card_list_finish (result, &error);
  PltCardPanel *self;

  if (list == NULL)
    return;
  self = user_data;
  plt_card_marker_set_rows (self->marker, NULL, NULL);
  g_clear_pointer (&self->list, g_ptr_array_unref);
  self->list = list;
  update_rows (self);
  plt_card_marker_set_rows (self->marker, plt_preview_get_layout (self->preview), self->rows);
  plt_card_marker_set_readings (self->marker, list);
}

static gboolean
settled_cb (gpointer user_data)
{
  PltCardPanel *self = user_data;

  self->settle_id = 0;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  plt_card_list_async (plt_preview_get_layout (self->preview), plt_preview_get_inputs (self->preview),
                       self->cancellable, listed_cb, self);
  plt_preview_read_codes_async (self->preview, self->cancellable, codes_read_cb, self);
  return G_SOURCE_REMOVE;
}

static void
clear (PltCardPanel *self)
{
  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  plt_card_marker_set_rows (self->marker, NULL, NULL);
  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->list, g_ptr_array_unref);
  plt_panes_empty_list (self->elements);
  plt_panes_empty_list (self->codes);
  gtk_widget_set_visible (GTK_WIDGET (self->codes), FALSE);
  gtk_label_set_label (self->codes_note, _("Being read back…"));
  gtk_widget_set_visible (GTK_WIDGET (self->codes_note), TRUE);
  plt_card_panel_set_changes (self, NULL, NULL, "");
}

static void
plt_card_panel_dispose (GObject *object)
{
  PltCardPanel *self = PLT_CARD_PANEL (object);

  if (self->elements != NULL)
    clear (self);
  g_clear_object (&self->marker);
  g_cancellable_cancel (self->old_cancellable);
  g_clear_object (&self->old_cancellable);
  g_clear_pointer (&self->old_list, g_ptr_array_unref);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_clear_object (&self->preview);
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_CARD_PANEL);
  G_OBJECT_CLASS (plt_card_panel_parent_class)->dispose (object);
}

static void
plt_card_panel_finalize (GObject *object)
{
  g_ptr_array_unref (PLT_CARD_PANEL (object)->rows);
  G_OBJECT_CLASS (plt_card_panel_parent_class)->finalize (object);
}

static void
plt_card_panel_class_init (PltCardPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_card_panel_dispose;
  G_OBJECT_CLASS (klass)->finalize = plt_card_panel_finalize;
  g_type_ensure (PLT_TYPE_LAYOUT_WHY);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/preview/plt-card-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, PltCardPanel, changes_note);
  gtk_widget_class_bind_template_child (widget_class, PltCardPanel, changes_list);
  gtk_widget_class_bind_template_child (widget_class, PltCardPanel, answer_note);
  gtk_widget_class_bind_template_child (widget_class, PltCardPanel, confirm);
  gtk_widget_class_bind_template_child (widget_class, PltCardPanel, object);
  gtk_widget_class_bind_template_child (widget_class, PltCardPanel, codes_note);
  gtk_widget_class_bind_template_child (widget_class, PltCardPanel, codes);
  gtk_widget_class_bind_template_child (widget_class, PltCardPanel, elements);
  gtk_widget_class_bind_template_child (widget_class, PltCardPanel, layout_why);
}

static void
plt_card_panel_init (PltCardPanel *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->marker = plt_card_marker_new (self->elements, is_marked, self);
}

/* @board: where the card lies; what is pressed there is chosen here */
void
plt_card_panel_set_board (PltCardPanel *self,
                          PltCardBoard *board)
{
  plt_card_marker_set_board (self->marker, board);
}

/* @preview: (nullable): %NULL empties the lists at once; else the older ones stay for a moment */
void
plt_card_panel_set_preview (PltCardPanel *self,
                            PltPreview   *preview)
{
  gboolean is_first = self->preview == NULL;

  g_set_object (&self->preview, preview);
  if (preview == NULL)
    {
      clear (self);
      return;
    }
  g_clear_handle_id (&self->settle_id, g_source_remove);
  self->settle_id = g_timeout_add (is_first ? 0 : SETTLE_MS, settled_cb, self);
}

/**
 * plt_card_panel_set_changes:
 * @changes: (nullable) (element-type PltCardChange): what the holder should confirm
 * @before: (nullable): the card that the holder has, to find what looks different
 * @note: what was compared, or why nothing was
 */
void
plt_card_panel_set_changes (PltCardPanel *self,
                            GPtrArray    *changes,
                            PltPreview   *before,
                            const char   *note)
{
  g_cancellable_cancel (self->old_cancellable);
  g_clear_object (&self->old_cancellable);
  g_clear_pointer (&self->old_list, g_ptr_array_unref);
  if (changes != NULL)
    g_ptr_array_ref (changes);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  self->changes = changes;

  plt_panes_empty_list (self->changes_list);
  for (guint i = 0; changes != NULL && i < changes->len; i++)
    {
      const PltCardChange *change = g_ptr_array_index (changes, i);

      gtk_list_box_append (self->changes_list, plt_text_row_new (change->title, change->text));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->changes_list), changes != NULL && changes->len > 0);
  gtk_label_set_label (self->changes_note, note);
  plt_card_marker_update (self->marker);
  if (before == NULL)
    return;
  self->old_cancellable = g_cancellable_new ();
  plt_card_list_async (plt_preview_get_layout (before), plt_preview_get_inputs (before),
                       self->old_cancellable, old_listed_cb, self);
}

/**
 * plt_card_panel_set_answer:
 * @text: (nullable): what the holder answered, in sentences
 * @may_be_given: whether one can be noted at all
 */
void
plt_card_panel_set_answer (PltCardPanel *self,
                           const char   *text,
                           gboolean      may_be_given)
{
  gtk_label_set_label (self->answer_note, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->answer_note), text != NULL);
  gtk_widget_set_visible (self->confirm, may_be_given);
  gtk_widget_set_visible (self->object, may_be_given);
}

/* Whether each element is outlined on the board. */
void
plt_card_panel_set_outlines (PltCardPanel *self,
                             gboolean      shown)
{
  self->outlines = shown;
  plt_card_marker_update (self->marker);
}
