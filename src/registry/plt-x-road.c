/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The headers of X-Road Message Protocol for REST 1.0, sections 4.3 to 4.6. */
#include "plt-x-road.h"

#include <string.h>

#define STAFF_MARK "{staff}"
#define MAX_TYPE_CHARACTERS 100

/**
 * plt_x_road_add_headers:
 * @adapter: an adapter; nothing is done for one without X-Road
 * @staff: (nullable): login of who asks
 * @headers: of the request
 *
 * X-Road-Id is new for each request: the logs of both security servers are joined by it.
 */
void
plt_x_road_add_headers (PltRegistryAdapter *adapter,
                        const char         *staff,
                        SoupMessageHeaders *headers)
{
  g_autofree char *id = g_uuid_string_random ();

  if (adapter->x_road_client == NULL)
    return;
  soup_message_headers_replace (headers, "X-Road-Client", adapter->x_road_client);
  soup_message_headers_replace (headers, "X-Road-Id", id);
  if (adapter->x_road_user == NULL || (strstr (adapter->x_road_user, STAFF_MARK) && staff == NULL))
    return;

  g_autoptr (GString) user = g_string_new (adapter->x_road_user);

  g_string_replace (user, STAFF_MARK, staff != NULL ? staff : "", 0);
  soup_message_headers_replace (headers, "X-Road-UserId", user->str);
}

static gboolean
is_type (const char *text)
{
  for (const char *at = text; *at != '\0'; at++)
    {
      if (!g_ascii_isalnum (*at) && *at != '.' && *at != '_')
        return FALSE;
    }

  return *text != '\0' && strlen (text) <= MAX_TYPE_CHARACTERS;
}

static gboolean
says_refused (const char *type)
{
  return g_str_has_prefix (type, "Client.") || strstr (type, "AccessDenied") != NULL ||
         strstr (type, "AuthenticationFailed") != NULL || strstr (type, "UnknownMember") != NULL ||
         strstr (type, "UnknownService") != NULL || strstr (type, "SslAuthenticationFailed") != NULL;
}

/**
 * plt_x_road_get_fault:
 * @headers: of an answer
 * @type: (out) (optional): the fault's type, such as “Server.ClientProxy.NetworkError”; text that is
 *   none is not handed on
 *
 * A security server that has not passed a request on says why in the header X-Road-Error; its body
 * {"type", "message", "detail"} repeats it and is not read, for it may quote the request.
 *
 * Returns: whether the answer is such a refusal, and what may help
 */
PltXRoadFault
plt_x_road_get_fault (SoupMessageHeaders  *headers,
                      char               **type)
{
  const char *error = soup_message_headers_get_one (headers, "X-Road-Error");

  if (error == NULL)
    return PLT_X_ROAD_FAULT_NONE;
  if (type != NULL)
    *type = g_strdup (is_type (error) ? error : "X-Road-Error");

  return says_refused (error) ? PLT_X_ROAD_FAULT_REFUSED : PLT_X_ROAD_FAULT_NETWORK;
}
