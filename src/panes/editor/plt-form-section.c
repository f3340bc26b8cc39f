/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows the fields of the form and saves what is typed into them. */
#include "plt-form-section.h"

#include "plt-case-form.h"
#include "plt-case-hold.h"
#include "plt-editor-section.h"
#include "plt-form-row.h"
#include "plt-wrap-box.h"

#include <glib/gi18n-lib.h>

/* Hands that rest this long have typed something; the journal has each letter at once. */
#define SAVE_AFTER_MS 200

/* One field as it is worked on here. */
typedef struct
{
  const PltFormField *field;   /* of the form that is shown; its value is the database's */
  PltFormRow         *row;
  char               *text;    /* before the next letter */
  char               *base;    /* what the database had when it was last the same as here */
  int                 version; /* of that */
  gboolean            conflict;
} Place;

struct _PltFormSection
{
  AdwBin        parent_instance;

  PltCase      *kase;        /* NULL: none */
  GPtrArray    *form;        /* what the rows show */
  GPtrArray    *places;      /* Place */
  GCancellable *cancellable;
  gboolean      editable;
  gboolean      saving;
  guint         save_id;

  GtkLabel     *status;
  GtkWidget    *rows;
  GtkWidget    *long_rows;
};

enum { SAVED, CONFLICT, MOVED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
place_free (Place *self)
{
  g_free (self->text);
  g_free (self->base);
  g_free (self);
}

static void
conflict_free (PltFormConflict *self)
{
  g_free (self->field);
  g_free (self->title);
  g_free (self->base);
  g_free (self->mine);
  g_free (self->theirs);
  g_free (self->who);
  g_free (self);
}

static Place *
find_place (PltFormSection *self,
            const char     *field)
{
  for (guint i = 0; i < self->places->len; i++)
    {
      Place *place = self->places->pdata[i];

      if (g_str_equal (place->field->code, field))
        return place;
    }
  return NULL;
}

static gboolean
is_dirty (const Place *place)
{
  return !g_str_equal (plt_form_row_get_text (place->row), place->base);
}

static void
say (PltFormSection *self,
     const char     *text)
{
  gtk_label_set_text (self->status, text);
}

static void
say_saved (PltFormSection *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  /* Translators: a time of day, for g_date_time_format() */
  g_autofree char *when = g_date_time_format (now, _("%H:%M:%S"));
  /* Translators: a time of day */
  g_autofree char *text = g_strdup_printf (_("Saved at %s"), when);

  say (self, text);
}

/* ---- saving ---- */

static gboolean save_cb (gpointer user_data);

static void
save_soon (PltFormSection *self)
{
  if (self->save_id == 0)
    self->save_id = g_timeout_add (SAVE_AFTER_MS, save_cb, self);
}

static void
take_saved (PltFormSection *self,
            char          **fields,
            char          **values,
            GHashTable     *versions)
{
  for (int i = 0; fields[i] != NULL; i++)
    {
      Place *place = find_place (self, fields[i]);

      if (place == NULL)
        continue;
      g_free (place->base);
      place->base = g_strdup (values[i]);
      place->version = GPOINTER_TO_INT (g_hash_table_lookup (versions, fields[i]));
      g_signal_emit (self, signals[SAVED], 0, fields[i], values[i]);
    }
}

typedef struct
{
  PltFormSection *self; /* not owned: looked at only when it was not cancelled */
  char          **fields;
  char          **values;
} Saving;

static void
saving_free (Saving *saving)
{
  g_strfreev (saving->fields);
  g_strfreev (saving->values);
  g_free (saving);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static void
form_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  /* What it says comes by "form-changed"; when it cannot be read, it is tried with the next letter. */
  plt_case_read_form_finish (PLT_CASE (source), result, &error);
}

static void
tell_failure (PltFormSection *self,
              const GError   *error)
{
  if (g_error_matches (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_CONFLICT))
    plt_case_read_form_async (self->kase, self->cancellable, form_read_cb, NULL);
  else if (g_error_matches (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_OFFLINE)
           || g_error_matches (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_UNKNOWN_FATE))
    {
      say (self, _("Kept on this computer; saved when the database is back"));
      return;
    }
  say (self, error->message);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Saving) saving = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) versions = plt_case_save_form_finish (PLT_CASE (source), result, &error);
  PltFormSection *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = saving->self;
  self->saving = FALSE;
  if (versions == NULL)
    {
      tell_failure (self, error);
      return;
    }
  take_saved (self, saving->fields, saving->values, versions);
  if (plt_form_section_is_saved (self))
    say_saved (self);
  else
    save_soon (self);
}

void
plt_form_section_save (PltFormSection *self)
{
  g_autoptr (GStrvBuilder) fields = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) versions = g_strv_builder_new ();
  g_auto (GStrv) version_list = NULL;
  Saving *saving;
  gboolean any = FALSE;

  g_clear_handle_id (&self->save_id, g_source_remove);
  if (self->kase == NULL || !self->editable || self->saving)
    return;
  for (guint i = 0; i < self->places->len; i++)
    {
      Place *place = self->places->pdata[i];
      g_autofree char *version = g_strdup_printf ("%d", place->version);

      if (!is_dirty (place) || place->conflict)
        continue;
      g_strv_builder_add (fields, place->field->code);
      g_strv_builder_add (values, plt_form_row_get_text (place->row));
      g_strv_builder_add (versions, version);
      any = TRUE;
    }
  if (!any)
    return;
  saving = g_new0 (Saving, 1);
  saving->self = self;
  saving->fields = g_strv_builder_end (fields);
  saving->values = g_strv_builder_end (values);
  version_list = g_strv_builder_end (versions);
  self->saving = TRUE;
  plt_case_save_form_async (self->kase, (const char * const *) saving->fields,
                            (const char * const *) saving->values, (const char * const *) version_list,
                            self->cancellable, saved_cb, saving);
}

static gboolean
save_cb (gpointer user_data)
{
  PltFormSection *self = user_data;

  self->save_id = 0;
  plt_form_section_save (self);
  return G_SOURCE_REMOVE;
}

static void
row_changed_cb (PltFormSection *self,
                PltFormRow     *row)
{
  for (guint i = 0; i < self->places->len; i++)
    {
      Place *place = self->places->pdata[i];
      g_autofree char *before = NULL;

      if (place->row != row)
        continue;
      before = place->text;
      place->text = g_strdup (plt_form_row_get_text (row));
      say (self, "");
      plt_editor_section_edited (PLT_EDITOR_SECTION (self), place->field->code, before, place->text,
                                 plt_form_row_get_cursor (row));
      save_soon (self);
      return;
    }
}

static void
row_moved_cb (PltFormSection *self,
              PltFormRow     *row)
{
  int cursor = plt_form_row_get_cursor (row);

  for (guint i = 0; cursor >= 0 && i < self->places->len; i++)
    {
      Place *place = self->places->pdata[i];

      /* In the middle of a letter the text is ahead of what is known of it. */
      if (place->row == row && g_str_equal (place->text, plt_form_row_get_text (row)))
        g_signal_emit (self, signals[MOVED], 0, place->field->code, cursor);
    }
}

/* ---- what the database says ---- */

static void
clear_rows (PltFormSection *self)
{
  for (guint i = 0; i < self->places->len; i++)
    {
      Place *place = self->places->pdata[i];
      GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (place->row));

      if (parent == self->long_rows)
        gtk_box_remove (GTK_BOX (parent), GTK_WIDGET (place->row));
      else
        gtk_widget_unparent (GTK_WIDGET (place->row));
    }
  g_ptr_array_set_size (self->places, 0);
  g_clear_pointer (&self->form, g_ptr_array_unref);
}

static void
build_rows (PltFormSection *self,
            GPtrArray      *form)
{
  clear_rows (self);
  self->form = g_ptr_array_ref (form);
  for (guint i = 0; i < form->len; i++)
    {
      const PltFormField *field = form->pdata[i];
      Place *place = g_new0 (Place, 1);

      place->field = field;
      place->row = PLT_FORM_ROW (plt_form_row_new (field));
      place->base = g_strdup (field->value);
      place->text = g_strdup (field->value);
      place->version = field->version;
      plt_form_row_set_text (place->row, field->value);
      g_ptr_array_add (self->places, place);
      g_signal_connect_object (place->row, "changed", G_CALLBACK (row_changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (place->row, "moved", G_CALLBACK (row_moved_cb), self, G_CONNECT_SWAPPED);
      if (field->input == PLT_FORM_LINES)
        gtk_box_append (GTK_BOX (self->long_rows), GTK_WIDGET (place->row));
      else
        plt_wrap_box_append (PLT_WRAP_BOX (self->rows), GTK_WIDGET (place->row));
    }
}

static gboolean
has_same_fields (PltFormSection *self,
                 GPtrArray      *form)
{
  if (self->form == NULL || self->form->len != form->len)
    return FALSE;
  for (guint i = 0; i < form->len; i++)
    if (!g_str_equal (((PltFormField *) self->form->pdata[i])->code, ((PltFormField *) form->pdata[i])->code))
      return FALSE;
  return TRUE;
}

/* What is being typed stays; what is not is shown as it is now. TRUE: both have changed. */
static gboolean
take_field (Place              *place,
            const PltFormField *now)
{
  gboolean dirty = is_dirty (place);

  if (now->version <= place->version)
    return FALSE;
  if (dirty && !g_str_equal (now->value, plt_form_row_get_text (place->row)))
    {
      place->conflict = TRUE;
      return TRUE;
    }
  plt_form_row_set_text (place->row, now->value);
  g_free (place->text);
  place->text = g_strdup (now->value);
  g_free (place->base);
  place->base = g_strdup (now->value);
  place->version = now->version;
  place->conflict = FALSE;
  return FALSE;
}

static void
show_form (PltFormSection *self)
{
  GPtrArray *form = plt_case_get_form (self->kase);
  gboolean conflict = FALSE;

  if (!has_same_fields (self, form))
    build_rows (self, form);
  for (guint i = 0; i < form->len; i++)
    {
      const PltFormField *now = form->pdata[i];
      Place *place = self->places->pdata[i];

      /* While something is on its way, its answer tells the version. */
      if (!self->saving || !is_dirty (place))
        conflict = take_field (place, now) || conflict;
    }
  if (conflict)
    {
      say (self, _("Another desk changed what you are typing; nothing was overwritten"));
      g_signal_emit (self, signals[CONFLICT], 0);
    }
}

static void
form_changed_cb (PltFormSection *self)
{
  show_form (self);
}

static void
forget_case (PltFormSection *self)
{
  g_clear_handle_id (&self->save_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->saving = FALSE;
  if (self->kase != NULL)
    g_signal_handlers_disconnect_by_data (self->kase, self);
  g_clear_object (&self->kase);
  clear_rows (self);
  say (self, "");
}

static void
plt_form_section_show (PltEditorSection *section,
                       PltOffice        *office,
                       PltCase          *kase,
                       PltCaseCan        can)
{
  PltFormSection *self = PLT_FORM_SECTION (section);

  if (self->kase != kase)
    {
      forget_case (self);
      g_set_object (&self->kase, kase);
      if (kase != NULL)
        g_signal_connect_object (kase, "form-changed", G_CALLBACK (form_changed_cb), self, G_CONNECT_SWAPPED);
    }
  if (kase == NULL)
    return;
  self->editable = (can & PLT_CASE_CAN_EDIT) != 0;
  show_form (self);
  for (guint i = 0; i < self->places->len; i++)
    plt_form_row_set_editable (((Place *) self->places->pdata[i])->row, self->editable);
  /* The database may be back. */
  if (!plt_form_section_is_saved (self))
    save_soon (self);
}

static const char *
plt_form_section_get_name (PltEditorSection *section)
{
  return "form";
}

static gboolean
plt_form_section_focus_missing (PltEditorSection *section,
                                PltCase          *kase)
{
  PltFormSection *self = PLT_FORM_SECTION (section);

  for (guint i = 0; i < self->places->len; i++)
    {
      Place *place = self->places->pdata[i];

      if (!plt_form_row_is_valid (place->row))
        {
          plt_form_row_focus (place->row, -1);
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
plt_form_section_put (PltEditorSection *section,
                      const char       *field,
                      const char       *value,
                      int               cursor)
{
  PltFormSection *self = PLT_FORM_SECTION (section);
  Place *place = find_place (self, field);

  if (place == NULL)
    return FALSE;
  plt_form_row_set_text (place->row, value);
  g_free (place->text);
  place->text = g_strdup (value);
  if (cursor >= 0)
    plt_form_row_focus (place->row, cursor);
  say (self, "");
  save_soon (self);
  return TRUE;
}

static void
section_init (PltEditorSectionInterface *iface)
{
  iface->get_name = plt_form_section_get_name;
  iface->show = plt_form_section_show;
  iface->focus_missing = plt_form_section_focus_missing;
  iface->put = plt_form_section_put;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PltFormSection, plt_form_section, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (PLT_TYPE_EDITOR_SECTION, section_init))

static void
plt_form_section_dispose (GObject *object)
{
  PltFormSection *self = PLT_FORM_SECTION (object);

  if (self->cancellable != NULL)
    forget_case (self);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_FORM_SECTION);

  G_OBJECT_CLASS (plt_form_section_parent_class)->dispose (object);
}

static void
plt_form_section_finalize (GObject *object)
{
  g_ptr_array_unref (PLT_FORM_SECTION (object)->places);

  G_OBJECT_CLASS (plt_form_section_parent_class)->finalize (object);
}

static void
plt_form_section_class_init (PltFormSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_form_section_dispose;
  G_OBJECT_CLASS (klass)->finalize = plt_form_section_finalize;
  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[CONFLICT] = g_signal_new ("conflict", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
  signals[MOVED] = g_signal_new ("moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT);
  g_type_ensure (PLT_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/editor/plt-form-section.ui");
  gtk_widget_class_bind_template_child (widget_class, PltFormSection, status);
  gtk_widget_class_bind_template_child (widget_class, PltFormSection, rows);
  gtk_widget_class_bind_template_child (widget_class, PltFormSection, long_rows);
}

static void
plt_form_section_init (PltFormSection *self)
{
  self->cancellable = g_cancellable_new ();
  self->places = g_ptr_array_new_with_free_func ((GDestroyNotify) place_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

gboolean
plt_form_section_is_saved (PltFormSection *self)
{
  for (guint i = 0; i < self->places->len; i++)
    if (is_dirty (self->places->pdata[i]))
      return FALSE;
  return TRUE;
}

GPtrArray *
plt_form_section_list_conflicts (PltFormSection *self)
{
  GPtrArray *conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) conflict_free);
  GPtrArray *form = self->kase != NULL ? plt_case_get_form (self->kase) : NULL;

  for (guint i = 0; form != NULL && i < self->places->len && i < form->len; i++)
    {
      Place *place = self->places->pdata[i];
      const PltFormField *now = form->pdata[i];
      PltFormConflict *conflict;

      if (!place->conflict)
        continue;
      conflict = g_new0 (PltFormConflict, 1);
      conflict->field = g_strdup (now->code);
      conflict->title = g_strdup (now->title);
      conflict->base = g_strdup (place->base);
      conflict->mine = g_strdup (plt_form_row_get_text (place->row));
      conflict->theirs = g_strdup (now->value);
      conflict->who = g_strdup (now->who);
      g_ptr_array_add (conflicts, conflict);
    }
  return conflicts;
}

void
plt_form_section_decide (PltFormSection *self,
                         const char     *field,
                         const char     *value)
{
  Place *place = find_place (self, field);
  GPtrArray *form = self->kase != NULL ? plt_case_get_form (self->kase) : NULL;

  for (guint i = 0; place != NULL && form != NULL && i < form->len; i++)
    {
      const PltFormField *now = form->pdata[i];

      if (!g_str_equal (now->code, field))
        continue;
      /* What was seen is what the next saving counts from. */
      g_free (place->base);
      place->base = g_strdup (now->value);
      place->version = now->version;
      place->conflict = FALSE;
      if (!g_str_equal (place->text, value))
        {
          g_autofree char *before = g_steal_pointer (&place->text);

          place->text = g_strdup (value);
          plt_form_row_set_text (place->row, value);
          plt_editor_section_edited (PLT_EDITOR_SECTION (self), field, before, value, -1);
        }
      if (is_dirty (place))
        save_soon (self);
      else
        g_signal_emit (self, signals[SAVED], 0, field, value);
      say (self, "");
    }
}

gboolean
plt_form_section_bring_back (PltFormSection *self,
                             const char     *field,
                             const char     *base,
                             const char     *value)
{
  Place *place = find_place (self, field);

  if (place == NULL)
    return FALSE;
  if (g_str_equal (place->field->value, value))
    {
      g_signal_emit (self, signals[SAVED], 0, field, value);
      return TRUE;
    }
  plt_form_row_set_text (place->row, value);
  g_free (place->text);
  place->text = g_strdup (value);
  if (g_str_equal (place->base, base))
    {
      save_soon (self);
      return TRUE;
    }
  g_free (place->base);
  place->base = g_strdup (base);
  place->conflict = TRUE;
  g_signal_emit (self, signals[CONFLICT], 0);
  return TRUE;
}

gboolean
plt_form_section_begin (PltFormSection *self)
{
  if (self->places->len == 0)
    return FALSE;
  if (!plt_form_section_focus_missing (PLT_EDITOR_SECTION (self), self->kase))
    plt_form_row_focus (((Place *) self->places->pdata[0])->row, -1);
  return TRUE;
}

gboolean
plt_form_section_get_place (PltFormSection  *self,
                            const char     **field,
                            int             *cursor)
{
  for (guint i = 0; i < self->places->len; i++)
    {
      Place *place = self->places->pdata[i];
      int at = plt_form_row_get_cursor (place->row);

      if (at < 0)
        continue;
      *field = place->field->code;
      *cursor = at;
      return TRUE;
    }
  return FALSE;
}

void
plt_form_section_set_place (PltFormSection *self,
                            const char     *field,
                            int             cursor)
{
  Place *place = find_place (self, field);

  if (place != NULL)
    plt_form_row_focus (place->row, cursor);
}
