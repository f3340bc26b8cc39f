/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs the press in worker threads. A thread sees the press, which guards itself, and its own copy
 * of the data; nothing else of the program. */
#include "plt-press-private.h"
#include "plt-press-work.h"

#include "plt-aamva.h"
#include "plt-office-error.h"
#include "plt-readback.h"
#include "plt-verify.h"

#include <glib/gi18n-lib.h>

/* In hexadecimal digits: shorter than any DG1 with its signature. */
#define SHORTEST_BINARY_CODE 64

typedef struct
{
  PltPress *press;
  PltStoreCardData *data;
  int dpi;
  PltPayload payload;
  GBytes *device_key;
  PltIssuerKey *signer;
  char *recorded;
  GBytes *pdf417;
  char *scanned;
  gboolean keys;
} Work;

static void
work_free (Work *self)
{
  plt_press_unref (self->press);
  g_clear_pointer (&self->data, plt_store_card_data_free);
  g_clear_pointer (&self->device_key, g_bytes_unref);
  g_clear_object (&self->signer);
  g_free (self->recorded);
  g_clear_pointer (&self->pdf417, g_bytes_unref);
  g_free (self->scanned);
  g_free (self);
}

static void
run (PltPress            *press,
     Work                *work,
     GTaskThreadFunc      thread,
     GCancellable        *cancellable,
     GAsyncReadyCallback  callback,
     gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  work->press = plt_press_ref (press);
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  g_task_run_in_thread (task, thread);
}

static void
draw_proof_thread (GTask        *task,
                   gpointer      source,
                   gpointer      task_data,
                   GCancellable *cancellable)
{
  Work *work = task_data;
  GError *error = NULL;
  PltProof *proof = plt_press_draw_proof (work->press, work->data, work->dpi, &error);

  if (proof != NULL)
    g_task_return_pointer (task, proof, (GDestroyNotify) plt_proof_free);
  else
    g_task_return_error (task, error);
}

void
plt_press_draw_proof_async (PltPress            *self,
                            PltStoreCardData    *data,
                            int                  dpi,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  Work *work = g_new0 (Work, 1);

  work->data = data;
  work->dpi = dpi;
  run (self, work, draw_proof_thread, cancellable, callback, user_data);
}

PltProof *
plt_press_draw_proof_finish (GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Of the press's own threads, so that many cards can wait for a token without keeping anything else in the
 * program waiting. */
static void
make_file (gpointer data,
           gpointer user_data)
{
  g_autoptr (GTask) task = data;
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;
  PltStoreCardFile *file = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  plt_press_widen_makers (work->press);
  file = plt_press_make_file (work->press, work->data, &error);
  if (file != NULL)
    g_task_return_pointer (task, file, (GDestroyNotify) plt_store_card_file_free);
  else
    g_task_return_error (task, error);
}

void
plt_press_make_file_async (PltPress            *self,
                           PltStoreCardData    *data,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Work *work = g_new0 (Work, 1);

  work->press = plt_press_ref (self);
  work->data = data;
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  g_thread_pool_push (plt_press_get_makers (self, make_file), task, NULL);
}

PltStoreCardFile *
plt_press_make_file_finish (GAsyncResult  *result,
                            GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
make_payload_thread (GTask        *task,
                     gpointer      source,
                     gpointer      task_data,
                     GCancellable *cancellable)
{
  Work *work = task_data;
  GError *error = NULL;
  GBytes *bytes = plt_press_make_payload (work->press, work->data, work->payload,
                                          work->device_key, &work->signer, &error);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

void
plt_press_make_payload_async (PltPress            *self,
                              PltStoreCardData    *data,
                              PltPayload           payload,
                              GBytes              *device_key,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  Work *work = g_new0 (Work, 1);

  work->data = data;
  work->payload = payload;
  work->device_key = device_key != NULL ? g_bytes_ref (device_key) : NULL;
  run (self, work, make_payload_thread, cancellable, callback, user_data);
}

/* @signer: (out) (transfer full) (nullable): who signed it; NULL for what nobody signs */
GBytes *
plt_press_make_payload_finish (GAsyncResult  *result,
                               PltIssuerKey **signer,
                               GError       **error)
{
  Work *work = g_task_get_task_data (G_TASK (result));

  *signer = g_steal_pointer (&work->signer);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* NULL where the card has no such code, or the text is none. */
static GPtrArray *
compare_aamva (Work    *work,
               GError **unreadable)
{
  g_autoptr (PltAamvaLicence) recorded
      = work->pdf417 != NULL ? plt_aamva_read (work->pdf417, NULL) : NULL;

  if (recorded == NULL)
    {
      g_set_error_literal (unreadable, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_RULE,
                           _("This is the barcode of a North American card, and the card is none. Scan"
                             " its QR code."));
      return NULL;
    }
  g_autoptr (PltAamvaFile) file = plt_aamva_file_read_typed (work->scanned, unreadable);
  g_autoptr (PltAamvaLicence) found
      = file != NULL ? plt_aamva_licence_new_from_file (file, unreadable) : NULL;

  return found != NULL ? plt_readback_compare_aamva (recorded, found) : NULL;
}

/* A scanner in serial mode gives the bytes of a binary PDF417, here as hexadecimal digits; what it puts behind them
 * belongs to no code.
 * Returns: (transfer full) (nullable): %NULL where it is something else */
static GBytes *
read_binary (Work *work)
{
  gsize length, recorded_length = 0;
  const guint8 *recorded = work->pdf417 != NULL ? g_bytes_get_data (work->pdf417, &recorded_length) : NULL;
  g_autoptr (GBytes) scanned = strlen (work->scanned) >= SHORTEST_BINARY_CODE
                                 ? plt_verify_unpack_hex (work->scanned, strlen (work->scanned)) : NULL;
  const guint8 *bytes = scanned != NULL ? g_bytes_get_data (scanned, &length) : NULL;

  if (bytes == NULL)
    return NULL;
  if (recorded == NULL || length < recorded_length || memcmp (bytes, recorded, recorded_length) != 0)
    return g_steal_pointer (&scanned);
  for (gsize i = recorded_length; i < length; i++)
    if (strchr ("\r\n\t\x03", bytes[i]) == NULL || bytes[i] == '\0')
      return g_steal_pointer (&scanned);
  return g_bytes_ref (work->pdf417);
}

static GPtrArray *
compare_binary (Work           *work,
                PltLicenceData *recorded,
                GBytes         *scanned)
{
  g_autoptr (GError) unreadable = NULL;
  g_autoptr (PltLicenceData) said = work->pdf417 != NULL ? plt_press_read_pdf417 (work->press, work->pdf417, NULL) : NULL;
  g_autoptr (PltLicenceData) found = plt_press_read_pdf417 (work->press, scanned, &unreadable);

  if (said == NULL && unreadable == NULL)
    g_set_error_literal (&unreadable, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_RULE,
                         _("This is the barcode of another kind of card. Scan its QR code."));
  return unreadable == NULL ? plt_readback_compare_dg1 (said, found) : plt_readback_compare (recorded, NULL, unreadable);
}

static void
compare_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Work *work = task_data;
  GError *error = NULL;
  g_autoptr (GError) unreadable = NULL;
  g_autoptr (PltLicenceData) recorded = plt_press_read_code (work->press, work->recorded, &error);

  if (recorded == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (plt_aamva_is_typed (work->scanned))
    {
      GPtrArray *fields = compare_aamva (work, &unreadable);

      if (fields == NULL)
        fields = plt_readback_compare (recorded, NULL, unreadable);
      g_task_return_pointer (task, fields, (GDestroyNotify) g_ptr_array_unref);
      return;
    }
  g_autoptr (GBytes) binary = read_binary (work);
  if (binary != NULL)
    {
      g_task_return_pointer (task, compare_binary (work, recorded, binary), (GDestroyNotify) g_ptr_array_unref);
      return;
    }
  g_autoptr (PltLicenceData) found = plt_press_read_code (work->press, work->scanned, &unreadable);
  g_task_return_pointer (task, plt_readback_compare (recorded, found, unreadable),
                         (GDestroyNotify) g_ptr_array_unref);
}

void
plt_press_compare_async (PltPress            *self,
                         const char          *recorded,
                         GBytes              *pdf417,
                         const char          *scanned,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  Work *work = g_new0 (Work, 1);

  work->recorded = g_strdup (recorded);
  work->pdf417 = pdf417 != NULL ? g_bytes_ref (pdf417) : NULL;
  work->scanned = g_strdup (scanned);
  run (self, work, compare_thread, cancellable, callback, user_data);
}

GPtrArray *
plt_press_compare_finish (GAsyncResult  *result,
                          GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
check_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Work *work = task_data;
  GError *error = NULL;
  char *text = NULL;
  gboolean ok = work->keys ? plt_press_check_keys (work->press, &text, &error)
                           : plt_press_check_layout (work->press, &text, &error);

  if (ok)
    g_task_return_pointer (task, text, g_free);
  else
    g_task_return_error (task, error);
}

void
plt_press_check_async (PltPress            *self,
                       gboolean             keys,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  Work *work = g_new0 (Work, 1);

  work->keys = keys;
  run (self, work, check_thread, NULL, callback, user_data);
}

char *
plt_press_check_finish (GAsyncResult  *result,
                        GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
