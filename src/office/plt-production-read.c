/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a card back: the code on the plastic must be genuine and say what the record says, field by
 * field, and the serial must be that of the reserved blank. Only then the card is checked; without a
 * serial it is not. */
#include "plt-production-private.h"

#include <glib/gi18n-lib.h>

#include "plt-press-work.h"
#include "plt-readback.h"

typedef struct
{
  char *card_number;
  char *scan;
  char *serial; /* NULL: nobody read it */
  PltCard *card;
  PltStoreCardFile *file;
  GPtrArray *fields; /* PltReadbackField */
} ReadTask;

static void
read_task_free (ReadTask *self)
{
  g_free (self->card_number);
  g_free (self->scan);
  g_free (self->serial);
  g_clear_object (&self->card);
  g_clear_pointer (&self->file, plt_store_card_file_free);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_free (self);
}

static void
fail (GTask  *task,
      GError *error)
{
  plt_office_fail (g_task_get_source_object (task), task, error);
}

static GError *
new_difference_error (ReadTask   *data,
                      const char *sentence)
{
  if (sentence != NULL)
    return plt_office_error_new (PLT_OFFICE_ERROR_RULE, "READBACK_DIFFERS", "%s", sentence);
  return plt_office_error_new (PLT_OFFICE_ERROR_RULE, "READBACK_DIFFERS",
                               _("Card %s does not match its record. Read it again; if it differs again,"
                                 " spoil it."), data->card_number);
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReadTask *data = g_task_get_task_data (task);
  gboolean matched = FALSE;
  GError *error = NULL;
  g_autofree char *sentence = plt_store_check_card_finish (PLT_STORE (source), result, &matched,
                                                           &error);

  if (sentence == NULL)
    fail (task, error);
  else if (!matched)
    fail (task, new_difference_error (data, sentence));
  else
    plt_production_end_with_card (g_steal_pointer (&task), data->card_number);
}

/* A blank out of the wrong hopper carries the right print: the code alone proves nothing of the plastic. */
static GError *
new_serial_error (ReadTask *data)
{
  return plt_office_error_new (PLT_OFFICE_ERROR_RULE, "SERIAL",
                               _("Card %s was not checked yet: its code is right, and the serial of its blank was"
                                 " not read. Read that, too."), data->card_number);
}

static gboolean
lies_ready (PltCard *card)
{
  return plt_card_get_state (card) == PLT_CARD_STATE_OUT || plt_card_get_state (card) == PLT_CARD_STATE_DOUBTFUL;
}

/* The database compares once more and keeps the attempt, whether or not it matches. But where the
 * codes are the same text and still differ in meaning, our key is wrong and not the card. */
static void
check (GTask *task)
{
  ReadTask *data = g_task_get_task_data (task);
  PltOffice *office = g_task_get_source_object (task);
  const char *reserved = plt_card_get_serial (data->card);
  gboolean codes_match = plt_readback_matches (data->fields);

  /* What nobody read is not shown as if it had been compared. */
  if (data->serial != NULL)
    g_ptr_array_add (data->fields,
                     plt_readback_field_new (_("Serial of the blank"), reserved, data->serial));
  if (!codes_match && g_strcmp0 (data->scan, data->file->qr_text) == 0)
    {
      fail (task, new_difference_error (data, NULL));
      g_object_unref (task);
      return;
    }
  if (codes_match && data->serial == NULL && lies_ready (data->card))
    {
      fail (task, new_serial_error (data));
      g_object_unref (task);
      return;
    }
  plt_store_check_card_async (plt_office_get_store (office), plt_card_get_id (data->card), data->scan,
                              data->serial, NULL, checked_cb, task);
}

static void
compared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReadTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  data->fields = plt_press_compare_finish (result, &error);
  if (data->fields == NULL)
    fail (task, error);
  else
    check (g_steal_pointer (&task));
}

static void
file_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  ReadTask *data = g_task_get_task_data (task);
  PltOffice *office = g_task_get_source_object (task);
  GError *error = NULL;

  data->file = plt_store_card_file_finish (PLT_STORE (source), result, &error);
  if (data->file == NULL)
    fail (task, error);
  else
    plt_press_compare_async (plt_office_get_press (office), data->file->qr_text, data->file->pdf417,
                             data->scan, cancellable, compared_cb, g_steal_pointer (&task));
}

static void
read_file (GTask *task)
{
  ReadTask *data = g_task_get_task_data (task);

  plt_store_card_file_async (plt_office_get_store (g_task_get_source_object (task)),
                             plt_card_get_id (data->card), g_task_get_cancellable (task), file_read_cb,
                             task);
}

static void
card_found_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReadTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  data->card = plt_store_get_card_finish (PLT_STORE (source), result, &error);
  if (data->card == NULL)
    fail (task, error);
  else
    read_file (g_steal_pointer (&task));
}

/* The card may be in the hand before anybody has looked at the print system. */
static void
followed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  ReadTask *data = g_task_get_task_data (task);
  PltOffice *office = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  data->card = plt_production_follow_finish (result, &error);
  if (data->card != NULL)
    read_file (g_steal_pointer (&task));
  else if (g_error_matches (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_PRINTER))
    plt_store_get_card_async (plt_office_get_store (office), data->card_number,
                              cancellable, card_found_cb, g_steal_pointer (&task));
  else
    fail (task, g_steal_pointer (&error));
}

static char *
dup_chomped (const char *text)
{
  g_autofree char *chomped = text != NULL ? g_strdup (text) : NULL;

  if (chomped != NULL)
    /* A space may be the last character of a Base45 text. */
    for (gsize length = strlen (chomped); length > 0 && strchr ("\r\n\t", chomped[length - 1]) != NULL;)
      chomped[--length] = '\0';
  return g_steal_pointer (&chomped);
}

void
plt_production_read_async (PltOffice           *office,
                           const char          *card_number,
                           const char          *scan,
                           const char          *serial,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office));
  g_return_if_fail (card_number != NULL && scan != NULL);

  GTask *task = g_task_new (office, cancellable, callback, user_data);
  ReadTask *data = g_new0 (ReadTask, 1);
  data->card_number = g_strdup (card_number);
  data->scan = dup_chomped (scan);
  data->serial = serial != NULL ? g_ascii_strup (serial, -1) : NULL;
  if (data->serial != NULL && *g_strstrip (data->serial) == '\0')
    g_clear_pointer (&data->serial, g_free);
  g_task_set_task_data (task, data, (GDestroyNotify) read_task_free);
  plt_production_follow_async (office, card_number, cancellable, followed_cb, task);
}

PltCard *
plt_production_read_finish (GAsyncResult  *result,
                            GPtrArray    **fields,
                            GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  ReadTask *data = g_task_get_task_data (G_TASK (result));

  if (fields != NULL)
    *fields = data->fields != NULL ? g_ptr_array_ref (data->fields)
                                   : g_ptr_array_new_with_free_func (g_object_unref);
  return g_task_propagate_pointer (G_TASK (result), error);
}
