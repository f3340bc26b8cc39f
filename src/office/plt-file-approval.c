/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-file-approval.h"

#include "plt-card-file.h"
#include "plt-office-ask.h"
#include "plt-office-private.h"
#include "plt-press-private.h"
#include "plt-store-approvals.h"
#include "plt-store-cards.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  gint64           card;
  PltPress        *press;
  GBytes          *base;
  PltFileApproval *approval;
} Work;

static void
work_free (Work *self)
{
  g_clear_pointer (&self->press, plt_press_unref);
  g_clear_pointer (&self->base, g_bytes_unref);
  g_clear_pointer (&self->approval, plt_file_approval_free);
  g_free (self);
}

void
plt_file_approval_free (PltFileApproval *self)
{
  g_free (self->card);
  g_free (self->approver);
  g_free (self->key_id);
  g_free (self->certificate_sha256);
  g_free (self->base_sha256);
  g_free (self->approved_sha256);
  g_clear_pointer (&self->file, g_bytes_unref);
  g_free (self);
}

static void
fail (GTask  *task,
      GError *error)
{
  plt_office_fail (g_task_get_source_object (task), task, error);
}

/* ---- signing, in a worker thread ---- */

/* Of today or of before: whichever of the issuer's keys for card files made the first signature. */
static PltIssuerKey *
find_issuer (PltKeyRing  *ring,
             const Work  *work,
             GError     **error)
{
  for (guint i = 0; i < plt_key_ring_get_n_keys (ring); i++)
    {
      const PltKeyInfo *info = plt_key_ring_get_info (ring, i);
      g_autoptr (PltIssuerKey) key = NULL;

      if (info->purpose != PLT_KEY_PURPOSE_PDF)
        continue;
      key = plt_key_ring_find (ring, info->key_id, NULL, NULL);
      if (key != NULL && plt_card_file_verify (work->base, key, NULL))
        return g_steal_pointer (&key);
    }
  g_propagate_error (error, plt_office_error_new (PLT_OFFICE_ERROR_INVALID, "SIGNATURE",
                                                  _("The file of card %s was not approved, because its first signature is not by a"
                                                    " key of this issuer, or the file was damaged. Show it to an administrator."),
                                                  work->approval->card));
  return NULL;
}

static gboolean
sign (Work    *work,
      GError **error)
{
  PltFileApproval *approval = work->approval;
  g_autoptr (PltIssuerKey) key = plt_press_take_signer (work->press, PLT_KEY_PURPOSE_APPROVAL, error);
  g_autoptr (PltKeyRing) ring = key != NULL ? plt_press_dup_ring (work->press, error) : NULL;
  g_autoptr (PltIssuerKey) issuer = ring != NULL ? find_issuer (ring, work, error) : NULL;

  if (issuer == NULL)
    return FALSE;
  approval->file = plt_card_file_approve (work->base, issuer, approval->approver,
                                          g_get_real_time () / G_USEC_PER_SEC, key, error);
  if (approval->file == NULL)
    return FALSE;
  approval->base_sha256 = plt_card_file_hash (work->base);
  approval->key_id = g_strdup (plt_issuer_key_get_key_id (key));
  approval->certificate_sha256 = plt_issuer_key_dup_certificate_hash (key);
  return TRUE;
}

static void
sign_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError *error = NULL;

  if (sign (task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* ---- the steps ---- */

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;

  work->approval->approved_sha256
    = plt_store_approve_card_file_finish (PLT_STORE (source), result, &error);
  if (work->approval->approved_sha256 == NULL)
    fail (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&work->approval),
                           (GDestroyNotify) plt_file_approval_free);
}

static void
signed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  const PltFileApproval *approval = work->approval;
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    fail (task, error);
  else
    plt_store_approve_card_file_async (plt_office_get_store (PLT_OFFICE (source)), work->card,
                                       approval->base_sha256, approval->file, approval->key_id,
                                       approval->certificate_sha256, NULL, kept_cb,
                                       g_steal_pointer (&task));
}

static void
file_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (PltStoreCardFile) kept = plt_store_card_file_finish (PLT_STORE (source), result, &error);
  g_autoptr (GTask) signing = NULL;

  if (kept == NULL)
    {
      fail (task, error);
      return;
    }
  work->base = g_bytes_ref (kept->file);
  signing = g_task_new (g_task_get_source_object (task), g_task_get_cancellable (task), signed_cb,
                        task);
  /* The outer task keeps the data alive while the thread works. */
  g_task_set_task_data (signing, work, NULL);
  g_task_run_in_thread (signing, sign_thread);
  g_steal_pointer (&task);
}

static void
allowed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  if (!plt_store_card_step_finish (PLT_STORE (source), result, &error))
    fail (task, error);
  else
    plt_store_card_file_async (PLT_STORE (source), work->card, cancellable, file_read_cb,
                               g_steal_pointer (&task));
}

static void
card_found_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  g_autoptr (PltCard) card = plt_store_get_card_finish (PLT_STORE (source), result, &error);

  if (card == NULL)
    {
      fail (task, error);
      return;
    }
  work->card = plt_card_get_id (card);
  work->approval->card = g_strdup (plt_card_get_number (card));
  plt_store_may_approve_card_async (PLT_STORE (source), work->card, cancellable, allowed_cb,
                                    g_steal_pointer (&task));
}

void
plt_file_approval_async (PltOffice           *office,
                         const char          *card_number,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task;
  Work *work;

  g_return_if_fail (PLT_IS_OFFICE (office) && card_number != NULL);

  task = g_task_new (office, cancellable, callback, user_data);
  work = g_new0 (Work, 1);
  work->press = plt_press_ref (plt_office_get_press (office));
  work->approval = g_new0 (PltFileApproval, 1);
  work->approval->approver = g_strdup (plt_session_get_staff_name (plt_office_get_session (office)));
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  plt_store_get_card_async (plt_office_get_store (office), card_number, cancellable, card_found_cb,
                            task);
}

PltFileApproval *
plt_file_approval_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
plt_file_approval_demand_async (PltOffice           *office,
                                const char          *layout,
                                gboolean             demanded,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  static const PltOfficeAsk demand = { "office-demand-file-approval", 2 };
  const char *arguments[] = { layout, demanded ? "true" : "false" };

  plt_office_ask_async (office, &demand, arguments, cancellable, callback, user_data);
}

gboolean
plt_file_approval_demand_finish (GAsyncResult  *result,
                                 GError       **error)
{
  g_autofree char *done = plt_office_ask_finish (result, error);

  return done != NULL;
}
