/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts what the adapter says, and who we are, into a request. */
#include "plt-registry-request.h"

#include "plt-x-road.h"

/**
 * plt_registry_request_new:
 * @adapter: the registry
 * @credentials: who we are
 * @uri: what to get; it may hold personal data
 * @staff: (nullable): login of who asks
 *
 * Returns: (transfer full) (nullable): a GET; %NULL if @uri is none
 */
SoupMessage *
plt_registry_request_new (PltRegistryAdapter     *adapter,
                          PltRegistryCredentials *credentials,
                          const char             *uri,
                          const char             *staff)
{
  SoupMessage *message = soup_message_new (SOUP_METHOD_GET, uri);

  if (message == NULL)
    return NULL;

  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  /* A redirection would hand our credentials and the citizen's number to somebody else. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_headers_replace (headers, "Accept", "application/json");
  if (adapter->headers != NULL)
    {
      g_hash_table_iter_init (&iter, adapter->headers);
      while (g_hash_table_iter_next (&iter, &name, &value))
        soup_message_headers_replace (headers, name, value);
    }
  if (credentials->bearer != NULL)
    soup_message_headers_replace (headers, "Authorization", credentials->bearer);
  if (credentials->api_key != NULL)
    soup_message_headers_replace (headers, adapter->key_header, credentials->api_key);
  plt_x_road_add_headers (adapter, staff, headers);
  if (credentials->certificate != NULL)
    soup_message_set_tls_client_certificate (message, credentials->certificate);

  return message;
}

/**
 * plt_registry_request_is_json:
 * @message: one whose head has been received
 *
 * Returns: whether its body calls itself JSON: application/json, or another +json (RFC 6839, 3.1)
 */
gboolean
plt_registry_request_is_json (SoupMessage *message)
{
  const char *type =
    soup_message_headers_get_content_type (soup_message_get_response_headers (message), NULL);

  return type != NULL && (g_ascii_strcasecmp (type, "application/json") == 0 ||
                          (g_ascii_strncasecmp (type, "application/", 12) == 0 &&
                           g_str_has_suffix (type, "+json")));
}
