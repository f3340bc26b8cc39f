/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-verification-private.h"

#include "plt-office-private.h"
#include "plt-registry-client.h"
#include "plt-verify-input.h"
#include "plt-verify-trust.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (PltVerification, plt_verification, G_TYPE_OBJECT)

typedef struct
{
  char            *path;
  GBytes          *bytes;
  gboolean         is_picture;
  char            *certificates;
  gboolean         offline;
  PltPress        *press;
  PltVerification *result;
} RunTask;

static void
run_task_free (RunTask *self)
{
  g_free (self->path);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->certificates);
  g_clear_pointer (&self->press, plt_press_unref);
  g_clear_object (&self->result);
  g_free (self);
}

static void
plt_verification_finalize (GObject *object)
{
  PltVerification *self = PLT_VERIFICATION (object);

  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->card, plt_store_known_card_free);
  g_free (self->why_not);
  g_free (self->register_trouble);
  g_clear_pointer (&self->reasons, g_ptr_array_unref);
  g_clear_pointer (&self->reason_verdicts, g_array_unref);
  g_clear_pointer (&self->remarks, g_ptr_array_unref);
  g_clear_pointer (&self->details, g_ptr_array_unref);
  g_clear_object (&self->fields);
  g_clear_object (&self->unsigned_fields);
  G_OBJECT_CLASS (plt_verification_parent_class)->finalize (object);
}

static void
plt_verification_class_init (PltVerificationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plt_verification_finalize;
}

static void
plt_verification_init (PltVerification *self)
{
}

static void
return_result (GTask *task)
{
  RunTask *data = g_task_get_task_data (task);

  plt_verification_judge (data->result);
  g_task_return_pointer (task, g_steal_pointer (&data->result), g_object_unref);
}

/* ---- the driver register ---- */

static void
register_answered_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  RunTask *data = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (PltSourceAnswer) answer = plt_registry_client_ask_finish (PLT_REGISTRY_CLIENT (source),
                                                                       result, &error);

  if (answer != NULL && plt_source_answer_get_state (answer) == PLT_SOURCE_STATE_ANSWERED)
    plt_verification_take_answer (data->result, answer);
  else if (answer != NULL && plt_source_answer_get_state (answer) != PLT_SOURCE_STATE_NOT_FOUND)
    data->result->register_trouble = g_strdup (plt_source_answer_get_message (answer) != NULL
                                                 ? plt_source_answer_get_message (answer)
                                                 : _("the driver register did not answer."));
  else if (answer == NULL)
    data->result->register_trouble = g_strdup (error->message);
  return_result (task);
}

/* Only what may still change the verdict is asked; the question stands in the log already. */
static void
ask_register (GTask *task)
{
  RunTask *data = g_task_get_task_data (task);
  PltOffice *office = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  PltRegistryClient *client = plt_office_get_registry (office, PLT_SOURCE_DRIVER, &error);

  if (client != NULL)
    {
      plt_registry_client_ask_async (client, data->result->card->id_number,
                                     g_task_get_cancellable (task), register_answered_cb, task);
      return;
    }
  data->result->register_trouble = g_strdup (error->message);
  return_result (task);
  g_object_unref (task);
}

/* ---- the record ---- */

static void
card_known_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  RunTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  if (plt_store_verify_card_finish (PLT_STORE (source), result, &data->result->card, &error))
    {
      data->result->asked = TRUE;
      if (data->result->card != NULL)
        {
          ask_register (g_steal_pointer (&task));
          return;
        }
    }
  else
    {
      g_autoptr (GError) ours = plt_office_take_error (g_task_get_source_object (task), error);

      data->result->why_not = g_strdup (ours->message);
    }
  return_result (task);
}

static const char *
get_value (GPtrArray      *findings,
           PltVerifyField  field)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const PltVerifyClaim *claim = plt_verify_finding_get_claim (findings->pdata[i], field);

      if (claim != NULL)
        return claim->value;
    }
  return NULL;
}

static void
ask_record (GTask *task)
{
  RunTask *data = g_task_get_task_data (task);
  GPtrArray *findings = data->result->findings;
  const PltVerifyFinding *first = findings->pdata[0];
  PltOffice *office = g_task_get_source_object (task);
  const char *card = get_value (findings, PLT_VERIFY_FIELD_DOCUMENT_NUMBER);
  const char *licence = get_value (findings, PLT_VERIFY_FIELD_LICENCE_NUMBER);

  if (data->offline || !plt_session_is_signed_in (plt_office_get_session (office)))
    data->result->why_not = g_strdup (data->offline ? _("nobody was asked.")
                                                    : _("nobody is signed in."));
  else if (first->form == PLT_VERIFY_FORM_PACKAGE || (card == NULL && licence == NULL))
    data->result->why_not = g_strdup (_("neither the card’s number nor that of the licence was read."));
  else
    {
      plt_store_verify_card_async (plt_office_get_store (office), card, licence,
                                   get_value (findings, PLT_VERIFY_FIELD_ISSUE_DATE),
                                   plt_verify_form_to_nick (first->form),
                                   g_task_get_cancellable (task), card_known_cb, task);
      return;
    }
  return_result (task);
  g_object_unref (task);
}

/* ---- reading, in a worker thread ---- */

static PltVerifyKeys *
load_keys (RunTask  *data,
           GError  **error)
{
  g_autoptr (PltVerifyKeys) keys = plt_verify_keys_new ();
  g_autoptr (PltKeyRing) ring = NULL;

  if (data->certificates != NULL)
    return plt_verify_trust_add_folder (keys, data->certificates, error) ? g_steal_pointer (&keys)
                                                                         : NULL;
  ring = plt_press_dup_ring (data->press, error);
  return ring != NULL && plt_verify_keys_add_ring (keys, ring, error) ? g_steal_pointer (&keys) : NULL;
}

static void
read_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  RunTask *data = task_data;
  GError *error = NULL;
  g_autoptr (PltVerifyKeys) keys = load_keys (data, &error);
  GPtrArray *findings = NULL;

  if (keys != NULL)
    findings = data->path != NULL ? plt_verify_input_read_file (data->path, data->is_picture, keys,
                                                                cancellable, &error)
                                  : plt_verify_input_read_bytes (data->bytes, data->is_picture,
                                                                 keys, cancellable, &error);
  if (findings != NULL)
    g_task_return_pointer (task, findings, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, plt_office_error_convert (error));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  RunTask *data = g_task_get_task_data (task);
  GError *error = NULL;
  GPtrArray *findings = g_task_propagate_pointer (G_TASK (result), &error);

  if (findings == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  data->result = g_object_new (PLT_TYPE_VERIFICATION, NULL);
  data->result->findings = findings;
  plt_verification_put_signed_first (data->result);
  ask_record (g_steal_pointer (&task));
}

void
plt_verification_run_async (PltOffice                    *office,
                            const PltVerificationRequest *request,
                            GCancellable                 *cancellable,
                            GAsyncReadyCallback           callback,
                            gpointer                      user_data)
{
  GTask *task = g_task_new (office, cancellable, callback, user_data);
  g_autoptr (GTask) reading = g_task_new (office, cancellable, read_cb, task);
  RunTask *data = g_new0 (RunTask, 1);

  g_return_if_fail (request->path != NULL || request->bytes != NULL);

  data->path = g_strdup (request->path);
  data->bytes = request->bytes != NULL ? g_bytes_ref (request->bytes) : NULL;
  data->is_picture = request->is_picture;
  data->certificates = g_strdup (request->certificates);
  data->offline = request->offline;
  data->press = plt_press_ref (plt_office_get_press (office));
  g_task_set_task_data (task, data, (GDestroyNotify) run_task_free);
  /* The outer task keeps the data alive while the thread works. */
  g_task_set_task_data (reading, data, NULL);
  g_task_run_in_thread (reading, read_in_thread);
}

PltVerification *
plt_verification_run_finish (GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

PltVerdict
plt_verification_get_verdict (PltVerification *self)
{
  return self->verdict;
}

const char *
plt_verdict_to_nick (PltVerdict verdict)
{
  static const char *const nicks[] = { "valid", "not-valid", "not-genuine", "not-asked", "unknown" };

  return nicks[verdict];
}

const char *
plt_verdict_get_title (PltVerdict verdict)
{
  static const char *const titles[] = {
    N_("Genuine and valid"), N_("Genuine, but not valid now"), N_("Not genuine"),
    N_("Genuine; what it is worth today could not be asked"), N_("Nobody can say whether it is genuine"),
  };

  return _(titles[verdict]);
}

const char *
plt_verification_get_what (PltVerification *self)
{
  const PltVerifyFinding *first = self->findings->pdata[0];

  return first->what;
}

GPtrArray *
plt_verification_get_reasons (PltVerification *self)
{
  return self->reasons;
}

PltVerdict
plt_verification_get_reason_verdict (PltVerification *self,
                                     guint            index)
{
  g_return_val_if_fail (index < self->reason_verdicts->len, PLT_VERDICT_UNKNOWN);

  return g_array_index (self->reason_verdicts, PltVerdict, index);
}

GPtrArray *
plt_verification_get_remarks (PltVerification *self)
{
  return self->remarks;
}

GListModel *
plt_verification_get_fields (PltVerification *self)
{
  return G_LIST_MODEL (self->fields);
}

GListModel *
plt_verification_get_unsigned_fields (PltVerification *self)
{
  return G_LIST_MODEL (self->unsigned_fields);
}

GPtrArray *
plt_verification_get_details (PltVerification *self)
{
  return self->details;
}

const char *
plt_verification_get_form (PltVerification *self)
{
  const PltVerifyFinding *first = self->findings->pdata[0];

  return plt_verify_form_to_nick (first->form);
}

const char *
plt_verification_get_seal (PltVerification *self)
{
  PltVerifySeal weakest = PLT_VERIFY_SEAL_HOLDS;

  for (guint i = 0; i < self->findings->len; i++)
    {
      const PltVerifyFinding *finding = self->findings->pdata[i];

      if (plt_verification_find_signed (self, finding) == NULL)
        weakest = MIN (weakest, finding->seal);
    }
  return plt_verify_seal_to_nick (weakest);
}

const char *
plt_verification_get_signer (PltVerification *self)
{
  const PltVerifyFinding *first = self->findings->pdata[0];

  return first->signer;
}

const char *
plt_verification_get_card_number (PltVerification *self)
{
  return self->card != NULL ? self->card->card_number : NULL;
}

const char *
plt_verification_get_standing (PltVerification *self)
{
  return self->card != NULL ? self->card->standing : NULL;
}

const char *
plt_verification_get_id_number (PltVerification *self)
{
  return self->card != NULL ? self->card->id_number : NULL;
}

GBytes *
plt_verification_get_portrait (PltVerification *self)
{
  for (guint i = 0; i < self->findings->len; i++)
    {
      const PltVerifyFinding *finding = self->findings->pdata[i];

      if (finding->portrait != NULL)
        return finding->portrait;
    }
  return NULL;
}

gboolean
plt_verification_is_specimen (PltVerification *self)
{
  for (guint i = 0; i < self->findings->len; i++)
    if (((const PltVerifyFinding *) self->findings->pdata[i])->specimen)
      return TRUE;
  return FALSE;
}
