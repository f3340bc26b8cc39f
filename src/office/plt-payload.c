/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One machine-readable form of a licence: as it is kept of a drawn card, else made of the record. */
#include "plt-payload.h"

#include "plt-card-file.h"
#include "plt-lds-files.h"
#include "plt-press-work.h"
#include "plt-production-private.h"
#include "plt-store-issuer-keys.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  char *number;
  PltPayload payload;
  GBytes *device_key;
  GBytes *made;
  PltIssuerKey *signer; /* of what was made; NULL: nobody */
  gboolean is_kept;
} PayloadTask;

static const char *const nicks[] = {
  "mrz", "qr", "pdf417", "aamva", "track1", "track2", "track3", "dg1", "dg4", "dg5", "dg6",
  "dg11", "dg12", "com", "sod", "mdl", NULL,
};
G_STATIC_ASSERT (G_N_ELEMENTS (nicks) == PLT_N_PAYLOADS + 1);

static void
payload_task_free (PayloadTask *self)
{
  g_clear_pointer (&self->device_key, g_bytes_unref);
  g_clear_pointer (&self->made, g_bytes_unref);
  g_clear_object (&self->signer);
  g_free (self->number);
  g_free (self);
}

/**
 * plt_payload_from_nick:
 * @nick: as it is typed, e.g. "mrz" or "dg1"
 * @payload: (out)
 * @error: %PLT_OFFICE_ERROR_INVALID for another, with those that there are; what is not made here,
 *   but has a name in the standards, is refused by that name
 */
gboolean
plt_payload_from_nick (const char  *nick,
                       PltPayload  *payload,
                       GError     **error)
{
  g_autofree char *all = g_strjoinv (", ", (char **) nicks);
  guint64 group = 0;

  for (int i = 0; i < PLT_N_PAYLOADS; i++)
    if (g_str_equal (nick, nicks[i]))
      {
        *payload = (PltPayload) i;
        return TRUE;
      }
  if (g_str_has_prefix (nick, "dg") && g_ascii_string_to_unsigned (nick + 2, 10, 1, 14, &group, NULL))
    plt_lds_refuse_group ((guint) group, error);
  else
    g_propagate_error (error, plt_office_error_new (PLT_OFFICE_ERROR_INVALID, NULL,
                                                    _("There is no payload “%s”. There are %s."), nick,
                                                    all));
  return FALSE;
}

const char *
plt_payload_to_nick (PltPayload payload)
{
  g_return_val_if_fail ((guint) payload < PLT_N_PAYLOADS, NULL);

  return nicks[payload];
}

gboolean
plt_payload_is_file (PltPayload  payload,
                     guint      *number)
{
  static const struct { PltPayload payload; guint number; } files[] = {
    { PLT_PAYLOAD_DG1, 1 }, { PLT_PAYLOAD_DG4, 4 }, { PLT_PAYLOAD_DG5, 5 }, { PLT_PAYLOAD_DG6, 6 },
    { PLT_PAYLOAD_DG11, 11 }, { PLT_PAYLOAD_DG12, 12 }, { PLT_PAYLOAD_COM, PLT_LDS_COM },
    { PLT_PAYLOAD_SOD, PLT_LDS_SOD },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    if (files[i].payload == payload)
      {
        *number = files[i].number;
        return TRUE;
      }
  return FALSE;
}

static GBytes *
new_text (const char *text)
{
  return text != NULL ? g_bytes_new (text, strlen (text)) : NULL;
}

/* As it is attached to the card's file, signed then and not anew. */
static GBytes *
take_attached (PltStoreCardFile *file,
               const char       *name)
{
  g_autoptr (GPtrArray) attached = plt_card_file_read_attached (file->file);

  for (guint i = 0; attached != NULL && i < attached->len; i++)
    {
      const PltCardFileAttached *one = attached->pdata[i];

      if (g_str_equal (one->name, name) && one->bytes != NULL)
        return g_bytes_ref (one->bytes);
    }
  return NULL;
}

/* Of a North American card alone. */
static gboolean
is_aamva (GBytes *pdf417)
{
  gsize length = 0;
  const char *data = pdf417 != NULL ? g_bytes_get_data (pdf417, &length) : NULL;

  return length > 0 && *data == '@';
}

/* NULL where it is not among what is kept of a card. */
static GBytes *
take_kept (PltStoreCardFile *file,
           PltPayload        payload)
{
  const PltLdsFileKind *kind;
  guint number;

  switch (payload)
    {
    case PLT_PAYLOAD_MRZ:
      return new_text (file->mrz);
    case PLT_PAYLOAD_QR:
      return new_text (file->qr_text);
    case PLT_PAYLOAD_PDF417:
      return file->pdf417 != NULL ? g_bytes_ref (file->pdf417) : NULL;
    case PLT_PAYLOAD_DG1:
    case PLT_PAYLOAD_DG4:
    case PLT_PAYLOAD_DG5:
    case PLT_PAYLOAD_DG6:
    case PLT_PAYLOAD_DG11:
    case PLT_PAYLOAD_DG12:
    case PLT_PAYLOAD_COM:
    case PLT_PAYLOAD_SOD:
      kind = plt_payload_is_file (payload, &number) ? plt_lds_file_kind (number) : NULL;
      return kind != NULL ? take_attached (file, kind->name) : NULL;
    case PLT_PAYLOAD_MDL:
      return take_attached (file, "mdl.cbor");
    case PLT_PAYLOAD_AAMVA:
      return is_aamva (file->pdf417) ? g_bytes_ref (file->pdf417) : NULL;
    case PLT_PAYLOAD_TRACK1:
    case PLT_PAYLOAD_TRACK2:
    case PLT_PAYLOAD_TRACK3:
    case PLT_N_PAYLOADS:
    default:
      return NULL;
    }
}

static void
noted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PayloadTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  if (plt_store_payload_signed_finish (PLT_STORE (source), result, &error))
    g_task_return_pointer (task, g_bytes_ref (data->made), (GDestroyNotify) g_bytes_unref);
  else
    plt_office_fail (g_task_get_source_object (task), task, error);
}

/* The key is needed as long as what it signed is good: that is noted before anybody has it. */
static void
note (GTask *task)
{
  PltOffice *office = g_task_get_source_object (task);
  PayloadTask *data = g_task_get_task_data (task);
  g_autofree char *certificate = plt_issuer_key_dup_certificate_hash (data->signer);

  plt_store_payload_signed_async (plt_office_get_store (office), data->number, nicks[data->payload],
                                  plt_issuer_key_get_key_id (data->signer), certificate,
                                  g_task_get_cancellable (task), noted_cb, task);
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PayloadTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  data->made = plt_press_make_payload_finish (result, &data->signer, &error);
  if (data->made == NULL)
    plt_office_fail (g_task_get_source_object (task), task, error);
  else if (data->signer != NULL)
    note (g_steal_pointer (&task));
  else
    g_task_return_pointer (task, g_bytes_ref (data->made), (GDestroyNotify) g_bytes_unref);
}

static void
data_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  PltOffice *office = g_task_get_source_object (task);
  PayloadTask *data = g_task_get_task_data (task);
  GError *error = NULL;
  PltStoreCardData *card = plt_store_card_data_finish (PLT_STORE (source), result, &error);

  if (card == NULL)
    plt_office_fail (office, task, error);
  else
    plt_press_make_payload_async (plt_office_get_press (office), card, data->payload,
                                  data->device_key, cancellable, made_cb, g_steal_pointer (&task));
}

static void
make (GTask *task)
{
  PltOffice *office = g_task_get_source_object (task);
  PayloadTask *data = g_task_get_task_data (task);

  plt_store_card_data_async (plt_office_get_store (office), data->number,
                             g_task_get_cancellable (task), data_cb, task);
}

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PayloadTask *data = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (PltStoreCardFile) file = plt_store_card_file_finish (PLT_STORE (source), result, &error);
  GBytes *kept = file != NULL ? take_kept (file, data->payload) : NULL;

  data->is_kept = kept != NULL;
  if (file == NULL)
    plt_office_fail (g_task_get_source_object (task), task, error);
  else if (kept != NULL)
    g_task_return_pointer (task, kept, (GDestroyNotify) g_bytes_unref);
  else
    make (g_steal_pointer (&task));
}

static void
cards_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) cards = plt_store_list_cards_finish (PLT_STORE (source), result, &error);
  PltCard *drawn = cards != NULL ? plt_production_find_drawn_card (cards) : NULL;

  if (cards == NULL)
    plt_office_fail (g_task_get_source_object (task), task, error);
  else if (drawn != NULL && ((PayloadTask *) g_task_get_task_data (task))->device_key == NULL)
    plt_store_card_file_async (PLT_STORE (source), plt_card_get_id (drawn), cancellable, kept_cb,
                               g_steal_pointer (&task));
  else
    make (g_steal_pointer (&task));
}

/**
 * plt_production_payload_async:
 *
 * What the card in the hand holds where there is one, else what a card drawn now would. A mobile licence for a wallet
 * of one's own is always made anew.
 */
void
plt_production_payload_async (PltOffice           *office,
                              const char          *application_number,
                              PltPayload           payload,
                              GBytes              *device_key,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office));
  g_return_if_fail (application_number != NULL);

  GTask *task = g_task_new (office, cancellable, callback, user_data);
  PayloadTask *data = g_new0 (PayloadTask, 1);

  data->number = g_strdup (application_number);
  data->payload = payload;
  data->device_key = device_key != NULL ? g_bytes_ref (device_key) : NULL;
  g_task_set_task_data (task, data, (GDestroyNotify) payload_task_free);
  plt_store_list_application_cards_async (plt_office_get_store (office), application_number,
                                          cancellable, cards_cb, task);
}

GBytes *
plt_production_payload_finish (GAsyncResult  *result,
                               char         **signer,
                               gboolean      *is_kept,
                               GError       **error)
{
  PayloadTask *data;

  g_return_val_if_fail (G_IS_TASK (result), NULL);
  data = g_task_get_task_data (G_TASK (result));
  *signer = data->signer != NULL ? g_strdup (plt_issuer_key_get_key_id (data->signer)) : NULL;
  *is_kept = data->is_kept;
  return g_task_propagate_pointer (G_TASK (result), error);
}
