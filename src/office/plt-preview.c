/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Previews: of what is stored, and of what is being typed on top of it. */
#include "plt-preview.h"

#include "plt-code-check.h"
#include "plt-office-private.h"
#include "plt-press-work.h"

#include <string.h>

struct _PltPreview
{
  GObject           parent_instance;

  PltOffice        *office;
  PltStoreCardData *data; /* as stored */
  PltProof         *proof;
  int               dpi;
};

G_DEFINE_FINAL_TYPE (PltPreview, plt_preview, G_TYPE_OBJECT)

typedef struct
{
  PltStoreCardData *data;
  int               dpi;
} PreviewTask;

static void
preview_task_free (PreviewTask *self)
{
  g_clear_pointer (&self->data, plt_store_card_data_free);
  g_free (self);
}

static void
plt_preview_finalize (GObject *object)
{
  PltPreview *self = PLT_PREVIEW (object);

  g_clear_object (&self->office);
  g_clear_pointer (&self->data, plt_store_card_data_free);
  g_clear_pointer (&self->proof, plt_proof_free);
  G_OBJECT_CLASS (plt_preview_parent_class)->finalize (object);
}

static void
plt_preview_class_init (PltPreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plt_preview_finalize;
}

static void
plt_preview_init (PltPreview *self)
{
}

/* Returns: (transfer none) (nullable): one side as PNG at the asked dpi; %NULL if that was 0 */
GBytes *
plt_preview_get_png (PltPreview *self,
                     gboolean    back)
{
  g_return_val_if_fail (PLT_IS_PREVIEW (self), NULL);

  return back ? self->proof->back : self->proof->front;
}

const char *
plt_preview_get_mrz (PltPreview *self)
{
  g_return_val_if_fail (PLT_IS_PREVIEW (self), NULL);

  return self->proof->mrz;
}

const char *
plt_preview_get_layout_id (PltPreview *self)
{
  g_return_val_if_fail (PLT_IS_PREVIEW (self), NULL);

  return self->proof->layout_id;
}

/* Returns: (transfer none): may be drawn in any thread */
PltLayout *
plt_preview_get_layout (PltPreview *self)
{
  g_return_val_if_fail (PLT_IS_PREVIEW (self), NULL);

  return self->proof->layout;
}

/* Returns: (transfer none): nobody changes them any more; may be drawn in any thread */
PltCardInputs *
plt_preview_get_inputs (PltPreview *self)
{
  g_return_val_if_fail (PLT_IS_PREVIEW (self), NULL);

  return self->proof->inputs;
}

/* Returns: the number of its application */
const char *
plt_preview_get_application (PltPreview *self)
{
  g_return_val_if_fail (PLT_IS_PREVIEW (self), NULL);

  return self->data->application_number;
}

/* Days and restrictions of categories as far as they do not follow from the day of issue. */
static char *
dup_category_content (PltStoreCardData *data)
{
  g_autoptr (GPtrArray) entries
    = plt_categories_parse (data->categories != NULL ? data->categories : "", NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const PltCategoryEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *from = plt_date_is_set (entry->from) ? plt_date_to_iso (entry->from)
                                                            : g_strdup ("");

      if (data->issue_date == NULL || strcmp (from, data->issue_date) >= 0)
        *from = '\0';
      g_string_append_printf (text, "%s%s;%s;%s", i > 0 ? "|" : "",
                              plt_category_to_code (entry->category), from, entry->restrictions);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_content (GString    *text,
             const char *name,
             const char *value)
{
  if (value == NULL)
    value = "";
  g_string_append_printf (text, "%s%s:%zu:%s", text->len > 0 ? "\n" : "", name, strlen (value), value);
}

static void
add_picture (GString    *text,
             const char *name,
             GBytes     *picture)
{
  g_autofree char *hash
    = picture != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, picture) : NULL;

  add_content (text, name, hash);
}

/**
 * plt_preview_dup_content:
 *
 * What of the card is the holder's own, as it is stored: a line “name:bytes:value” each, the pictures
 * by their SHA-256. The database writes the same (platen.card_content()) and takes a holder's answer
 * for this alone. What is typed and not saved is no part of it.
 *
 * Returns: (transfer full)
 */
char *
plt_preview_dup_content (PltPreview *self)
{
  static const PltField fields[] = {
    PLT_FIELD_FAMILY_NAME, PLT_FIELD_GIVEN_NAMES, PLT_FIELD_FAMILY_NAME_NATIVE,
    PLT_FIELD_GIVEN_NAMES_NATIVE, PLT_FIELD_BIRTH_DATE, PLT_FIELD_BIRTH_PLACE, PLT_FIELD_SEX,
    PLT_FIELD_NATIONALITY, PLT_FIELD_ADDRESS,
  };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *categories = NULL;

  g_return_val_if_fail (PLT_IS_PREVIEW (self), NULL);

  categories = dup_category_content (self->data);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    add_content (text, plt_field_to_nick (fields[i]), self->data->person[fields[i]]);
  add_content (text, "categories", categories);
  add_picture (text, "portrait", self->data->portrait);
  add_picture (text, "signature", self->data->signature);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Returns: the record number of its application */
gint64
plt_preview_get_application_id (PltPreview *self)
{
  g_return_val_if_fail (PLT_IS_PREVIEW (self), 0);

  return self->data->application;
}

PltOffice *
plt_preview_get_office (PltPreview *self)
{
  g_return_val_if_fail (PLT_IS_PREVIEW (self), NULL);

  return self->office;
}

static void
drawn_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PreviewTask *data = g_task_get_task_data (task);
  GError *error = NULL;
  PltProof *proof = plt_press_draw_proof_finish (result, &error);
  PltOffice *office = g_task_get_source_object (task);
  PltPreview *preview;

  if (proof == NULL)
    {
      plt_office_fail (office, task, error);
      return;
    }
  preview = g_object_new (PLT_TYPE_PREVIEW, NULL);
  preview->office = g_object_ref (office);
  preview->data = g_steal_pointer (&data->data);
  preview->proof = proof;
  preview->dpi = data->dpi;
  g_task_return_pointer (task, preview, g_object_unref);
}

static void
data_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PreviewTask *data = g_task_get_task_data (task);
  PltOffice *office = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  data->data = plt_store_card_data_finish (PLT_STORE (source), result, &error);
  if (data->data == NULL)
    plt_office_fail (office, task, error);
  else
    plt_press_draw_proof_async (plt_office_get_press (office),
                                plt_store_card_data_copy (data->data), data->dpi, cancellable,
                                drawn_cb, g_steal_pointer (&task));
}

/**
 * plt_production_preview_async:
 * @application_number: of an application that could become a card
 * @dpi: 72 … 1200 for pictures; 0 for what they are drawn from alone
 */
void
plt_production_preview_async (PltOffice           *office,
                              const char          *application_number,
                              int                  dpi,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  PreviewTask *data;
  GTask *task;

  g_return_if_fail (PLT_IS_OFFICE (office));
  g_return_if_fail (dpi == 0 || (dpi >= 72 && dpi <= 1200));

  data = g_new0 (PreviewTask, 1);
  data->dpi = dpi;
  task = g_task_new (office, cancellable, callback, user_data);
  g_task_set_task_data (task, data, (GDestroyNotify) preview_task_free);
  plt_store_card_data_async (plt_office_get_store (office), application_number, cancellable,
                             data_read_cb, task);
}

PltPreview *
plt_production_preview_finish (GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * plt_preview_propose_async:
 * @field: nick of a field of the person, or "categories"
 * @value: what is being typed, in the stored form of that field; %NULL or empty: nothing
 *
 * Draws the card as if @value were stored already. Asks no database and changes nothing; fails as
 * the real card would, with the sentence that says why @value cannot stand on it.
 */
void
plt_preview_propose_async (PltPreview          *self,
                           const char          *field,
                           const char          *value,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (PltStoreCardData) proposed = NULL;
  PreviewTask *data;
  char **place = NULL;
  PltField number;
  GTask *task;

  g_return_if_fail (PLT_IS_PREVIEW (self));

  proposed = plt_store_card_data_copy (self->data);
  if (g_str_equal (field, "categories"))
    place = &proposed->categories;
  else if (plt_field_from_nick (field, &number))
    place = &proposed->person[number];
  if (place != NULL)
    {
      g_free (*place);
      *place = value != NULL && *value != '\0' ? g_strdup (value) : NULL;
    }

  data = g_new0 (PreviewTask, 1);
  data->data = plt_store_card_data_copy (self->data);
  task = g_task_new (self->office, cancellable, callback, user_data);
  g_task_set_task_data (task, data, (GDestroyNotify) preview_task_free);
  plt_press_draw_proof_async (plt_office_get_press (self->office), g_steal_pointer (&proposed), 0,
                              cancellable, drawn_cb, task);
}

PltPreview *
plt_preview_propose_finish (GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
previous_found_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltOffice *office = g_task_get_source_object (task);
  GError *error = NULL;
  g_autofree char *number = plt_store_previous_card_finish (PLT_STORE (source), result, &error);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (error != NULL)
    plt_office_fail (office, task, error);
  else if (number == NULL)
    g_task_return_pointer (task, NULL, NULL);
  else
    plt_store_card_data_async (PLT_STORE (source), number, cancellable, data_read_cb,
                               g_steal_pointer (&task));
}

/* Looks for the card that the same person has in hand, drawn from what is kept of it. */
void
plt_preview_previous_async (PltPreview          *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task = g_task_new (self->office, cancellable, callback, user_data);

  g_task_set_task_data (task, g_new0 (PreviewTask, 1), (GDestroyNotify) preview_task_free);
  plt_store_previous_card_async (plt_office_get_store (self->office), self->data->application_number,
                                 cancellable, previous_found_cb, task);
}

/* Returns: (transfer full) (nullable): %NULL without @error when this office has handed none over */
PltPreview *
plt_preview_previous_finish (GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
read_codes_thread (GTask        *task,
                   gpointer      source,
                   gpointer      task_data,
                   GCancellable *cancellable)
{
  PltPreview *self = source;
  GPtrArray *readings;

  if (g_task_return_error_if_cancelled (task))
    return;
  readings = plt_code_check (task_data, self->proof, cancellable);
  g_task_return_pointer (task, readings, (GDestroyNotify) g_ptr_array_unref);
}

/* Reads each code back from the card as it will be printed, and compares it with the record. */
void
plt_preview_read_codes_async (PltPreview          *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, plt_press_ref (plt_office_get_press (self->office)),
                        (GDestroyNotify) plt_press_unref);
  g_task_run_in_thread (task, read_codes_thread);
}

/* Returns: (transfer full) (element-type PltCodeReading): one for each code on the card; fails only when
 * it was cancelled */
GPtrArray *
plt_preview_read_codes_finish (GAsyncResult  *result,
                               GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
