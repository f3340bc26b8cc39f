/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-audit-seal.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "plt-key-ring.h"
#include "plt-office-ask.h"
#include "plt-office-error-private.h"
#include "plt-office-private.h"
#include "plt-press.h"

/* Of a signature in a seal: r‖s. */
#define SIGNATURE_LENGTH 64

typedef struct
{
  PltPress *press;
  char *chains; /* JSON: to be sealed */
  gboolean holds;
} SealTask;

static void
seal_task_free (SealTask *self)
{
  plt_press_unref (self->press);
  g_free (self->chains);
  g_free (self);
}

static GTask *
new_task (PltOffice           *office,
          GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             user_data)
{
  GTask *task = g_task_new (office, cancellable, callback, user_data);
  SealTask *data = g_new0 (SealTask, 1);

  data->press = plt_press_ref (plt_office_get_press (office));
  g_task_set_task_data (task, data, (GDestroyNotify) seal_task_free);
  return task;
}

static void
refuse (GError     **error,
        const char  *sentence)
{
  g_propagate_error (error, plt_office_error_new (PLT_OFFICE_ERROR_INVALID, NULL, "%s", sentence));
}

/* base64url without padding (RFC 7515, 2) */
static char *
encode (const void *bytes,
        gsize       length)
{
  char *text = g_base64_encode (bytes, length);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return text;
}

static GBytes *
decode (const char *text)
{
  g_autofree char *plain = g_strdup (text);
  g_autofree char *padded = NULL;
  guchar *bytes;
  gsize length = 0;

  g_strdelimit (plain, "-", '+');
  g_strdelimit (plain, "_", '/');
  padded = g_strconcat (plain, strlen (plain) % 4 == 2 ? "==" : strlen (plain) % 4 == 3 ? "=" : "",
                        NULL);
  bytes = g_base64_decode (padded, &length);
  return g_bytes_new_take (bytes, length);
}

/* NULL: it is no JSON object. */
static JsonObject *
parse (GBytes *bytes)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *node;

  if (length == 0 || !json_parser_load_from_data (parser, text, (gssize) length, NULL))
    return NULL;
  node = json_parser_get_root (parser);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;

  return json_object_ref (json_node_get_object (node));
}

static char *
build_payload (const char *chains,
               const char *issuer,
               gint64      now)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  if (issuer != NULL)
    {
      json_builder_set_member_name (builder, "iss");
      json_builder_add_string_value (builder, issuer);
    }
  json_builder_set_member_name (builder, "iat");
  json_builder_add_int_value (builder, now);
  json_builder_set_member_name (builder, "chains");
  json_builder_add_value (builder, json_from_string (chains, NULL));
  json_builder_end_object (builder);

  g_autoptr (JsonNode) node = json_builder_get_root (builder);
  return json_to_string (node, FALSE);
}

static char *
sign (PltIssuerKey  *key,
      const char    *chains,
      gint64         now,
      GError       **error)
{
  g_autofree char *payload = build_payload (chains, plt_issuer_key_get_uri (key), now);
  g_autofree char *header = g_strdup_printf ("{\"alg\":\"ES256\",\"kid\":\"%s\"}",
                                             plt_issuer_key_get_key_id (key));
  g_autofree char *first = encode (header, strlen (header));
  g_autofree char *second = encode (payload, strlen (payload));
  g_autofree char *input = g_strconcat (first, ".", second, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (input, strlen (input));
  g_autoptr (GBytes) signature = plt_issuer_key_sign (key, bytes, error);

  if (signature == NULL)
    return NULL;
  g_autofree char *third = encode (g_bytes_get_data (signature, NULL),
                                   g_bytes_get_size (signature));
  return g_strconcat (input, ".", third, NULL);
}

static void
sign_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  SealTask *data = task_data;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  GError *error = NULL;
  g_autoptr (PltKeyRing) ring = plt_press_dup_ring (data->press, &error);
  g_autoptr (PltIssuerKey) key = NULL;
  char *seal;

  if (ring != NULL)
    key = plt_key_ring_get_signer (ring, PLT_KEY_PURPOSE_AUDIT, now, NULL, &error);
  seal = key != NULL ? sign (key, data->chains, now, &error) : NULL;

  if (seal != NULL)
    g_task_return_pointer (task, seal, g_free);
  else
    g_task_return_error (task, error);
}

/* A seal on a chain that was changed would vouch for the change. */
static gboolean
check_unbroken (const char  *chains,
                GError     **error)
{
  g_autoptr (JsonNode) node = json_from_string (chains, NULL);
  JsonArray *array = json_node_get_array (node);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *chain = json_array_get_object_element (array, i);

      if (json_object_get_null_member (chain, "broken_at"))
        continue;
      g_autofree char *entry = g_strdup_printf ("%" G_GINT64_FORMAT,
                                                json_object_get_int_member (chain, "broken_at"));
      g_propagate_error (error, plt_office_error_new (
        PLT_OFFICE_ERROR_INVALID, NULL,
        /* Translators: an office, the number of an entry. */
        _("Nothing was sealed, because the audit log of office %s was changed from entry %s on. "
          "Keep the database as it is and tell the auditor."),
        json_object_get_string_member (chain, "office"), entry));
      return FALSE;
    }
  return TRUE;
}

static void
heads_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SealTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  data->chains = plt_office_ask_finish (result, &error);
  if (data->chains == NULL || !check_unbroken (data->chains, &error))
    g_task_return_error (task, error);
  else
    g_task_run_in_thread (task, sign_thread);
}

void
plt_audit_seal_async (PltOffice           *office,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  static const PltOfficeAsk ask = { "audit-heads", 0 };

  g_return_if_fail (PLT_IS_OFFICE (office));

  plt_office_ask_async (office, &ask, NULL, cancellable, heads_read_cb,
                        new_task (office, cancellable, callback, user_data));
}

char *
plt_audit_seal_finish (GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Public keys alone: no token is asked. Returns: (transfer full) (nullable): the payload */
static JsonObject *
open_seal (PltKeyRing  *ring,
           const char  *seal,
           GError     **error)
{
  g_autofree char *text = g_strstrip (g_strdup (seal));
  g_auto (GStrv) parts = g_strsplit (text, ".", -1);
  gboolean whole = g_strv_length (parts) == 3;
  g_autoptr (GBytes) first = decode (whole ? parts[0] : "");
  g_autoptr (GBytes) second = decode (whole ? parts[1] : "");
  g_autoptr (GBytes) signature = decode (whole ? parts[2] : "");
  g_autoptr (JsonObject) header = parse (first);
  g_autoptr (JsonObject) payload = parse (second);
  const PltKeyInfo *info = NULL;
  g_autoptr (PltIssuerKey) key = NULL;
  JsonNode *chains = payload != NULL ? json_object_get_member (payload, "chains") : NULL;

  if (header == NULL || chains == NULL || !JSON_NODE_HOLDS_ARRAY (chains) ||
      g_bytes_get_size (signature) != SIGNATURE_LENGTH ||
      g_strcmp0 (json_object_get_string_member_with_default (header, "alg", ""), "ES256") != 0)
    {
      refuse (error, _("This is no seal of an audit log. Choose a file that “platenctl audit sign” "
                       "wrote."));
      return NULL;
    }
  gint64 sealed_at = json_object_get_int_member_with_default (payload, "iat", 0);
  const char *id = json_object_get_string_member_with_default (header, "kid", "");
  /* A name that is no text is nobody's. */
  key = plt_key_ring_find (ring, id != NULL ? id : "", &info, error);
  if (key == NULL || !plt_key_ring_check (info, PLT_KEY_PURPOSE_AUDIT, sealed_at, error))
    return NULL;
  g_autoptr (GBytes) input = g_bytes_new (text, strlen (parts[0]) + 1 + strlen (parts[1]));
  if (plt_issuer_key_verify (key, input, signature, NULL))
    return g_steal_pointer (&payload);
  refuse (error, _("The seal was changed after it was signed: it says nothing. Look for another copy "
                   "of it."));
  return NULL;
}

/* Adds to each chain whether it holds. */
static char *
judge (const char *compared,
       gboolean   *holds)
{
  g_autoptr (JsonNode) node = json_from_string (compared, NULL);
  JsonArray *array = json_node_get_array (node);

  *holds = json_array_get_length (array) > 0;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *chain = json_array_get_object_element (array, i);
      const char *sealed = json_object_get_string_member_with_default (chain, "head_sha256", "");
      gboolean same = !json_object_get_null_member (chain, "found_sha256") &&
                      json_object_get_null_member (chain, "broken_at") &&
                      g_strcmp0 (json_object_get_string_member (chain, "found_sha256"), sealed) == 0;

      json_object_set_boolean_member (chain, "holds", same);
      *holds = *holds && same;
    }
  return json_to_string (node, FALSE);
}

static void
compared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SealTask *data = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *compared = plt_office_ask_finish (result, &error);

  if (compared != NULL)
    g_task_return_pointer (task, judge (compared, &data->holds), g_free);
  else
    g_task_return_error (task, error);
}

void
plt_audit_check_async (PltOffice           *office,
                       const char          *seal,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  static const PltOfficeAsk ask = { "audit-compare", 1 };

  g_return_if_fail (PLT_IS_OFFICE (office));
  g_return_if_fail (seal != NULL);

  g_autoptr (GTask) task = new_task (office, cancellable, callback, user_data);
  GError *error = NULL;
  g_autoptr (PltKeyRing) ring = NULL;
  g_autoptr (JsonObject) payload = NULL;

  if (!plt_session_has_role (plt_office_get_session (office), PLT_ROLE_AUDITOR))
    refuse (&error, _("The seal was not compared, because the audit log is for auditors to read. Ask "
                      "an auditor."));
  else
    ring = plt_press_dup_ring (plt_office_get_press (office), &error);
  if (ring != NULL)
    payload = open_seal (ring, seal, &error);
  if (payload == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_autofree char *chains = json_to_string (json_object_get_member (payload, "chains"), FALSE);
  plt_office_ask_async (office, &ask, (const char * const[]) { chains }, cancellable, compared_cb,
                        g_steal_pointer (&task));
}

char *
plt_audit_check_finish (GAsyncResult  *result,
                        gboolean      *holds,
                        GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  *holds = ((SealTask *) g_task_get_task_data (G_TASK (result)))->holds;
  return g_task_propagate_pointer (G_TASK (result), error);
}
