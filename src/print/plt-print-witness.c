/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Subscriptions to a scheduler's beginnings (RFC 3995, RFC 3996). */
#include "plt-print-witness.h"

#include "plt-print-connection.h"
#include "plt-print-forward.h"
#include "plt-print-login.h"

/* Of notify-user-data, which has 63 bytes at most. */
#define PREFIX "platen-witness-"
/* One that has heard of a beginning is of no more use than none. It is taken away when no card of then is looked for any
 * more; a scheduler has a hundred subscriptions (MaxSubscriptions of cupsd.conf(5)). */
#define SPENT_FOR_S 600

typedef struct
{
  int         id;
  int         lease;
  gboolean    hidden; /* it is another user's, of which little is shown (SubscriptionPrivateValues) */
  const char *name;   /* NULL: hidden, or none */
} Subscription;

static void
note_attribute (Subscription    *subscription,
                ipp_attribute_t *attribute,
                char            *name,
                gsize            size)
{
  const char *attribute_name = ippGetName (attribute);
  const void *data;
  int length = 0;

  if (g_str_equal (attribute_name, "notify-subscription-id"))
    subscription->id = ippGetInteger (attribute, 0);
  else if (g_str_equal (attribute_name, "notify-lease-duration"))
    subscription->lease = ippGetInteger (attribute, 0);
  else if (g_str_equal (attribute_name, "notify-events"))
    subscription->hidden = FALSE;
  else if (g_str_equal (attribute_name, "notify-user-data"))
    {
      data = ippGetOctetString (attribute, 0, &length);
      if (data == NULL || length <= 0 || (gsize) length >= size)
        return;
      memcpy (name, data, (gsize) length);
      name[length] = '\0';
      subscription->name = name;
    }
}

/* @name: where its name is put, of @size bytes. */
static gboolean
next_subscription (ipp_t            *response,
                   ipp_attribute_t **position,
                   Subscription     *subscription,
                   char             *name,
                   gsize             size)
{
  ipp_attribute_t *attribute = *position;

  *subscription = (Subscription) { .hidden = TRUE };
  while (attribute != NULL && ippGetGroupTag (attribute) != IPP_TAG_SUBSCRIPTION)
    attribute = ippNextAttribute (response);
  if (attribute == NULL)
    return FALSE;
  while (attribute != NULL && ippGetGroupTag (attribute) == IPP_TAG_SUBSCRIPTION
         && ippGetName (attribute) != NULL)
    {
      note_attribute (subscription, attribute, name, size);
      attribute = ippNextAttribute (response);
    }
  *position = attribute;
  return TRUE;
}

/* A service that has no subscriptions refuses, or has no such thing. */
static gboolean
has_none (const GError *error)
{
  return g_error_matches (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_REJECTED)
         || g_error_matches (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_NO_PRINTER);
}

/* Returns: (transfer full) (nullable): NULL without @error where there are none */
static ipp_t *
list (http_t    *http,
      gboolean   mine,
      GError   **error)
{
  static const char *const wanted[] = { "notify-subscription-id", "notify-user-data", "notify-lease-duration",
                                         "notify-events" };
  ipp_t *request = plt_print_connection_request (IPP_OP_GET_SUBSCRIPTIONS, NULL);
  g_autoptr (GError) problem = NULL;
  ipp_t *response;

  ippAddBoolean (request, IPP_TAG_OPERATION, "my-subscriptions", mine);
  ippAddStrings (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", G_N_ELEMENTS (wanted), NULL,
                 wanted);
  response = plt_print_connection_ask (http, request, "/", &problem);
  if (problem != NULL && !has_none (problem))
    g_propagate_error (error, g_steal_pointer (&problem));
  return response;
}

static int
get_integer (ipp_t      *response,
             const char *name)
{
  ipp_attribute_t *attribute = ippFindAttribute (response, name, IPP_TAG_INTEGER);

  return attribute != NULL ? ippGetInteger (attribute, 0) : 0;
}

/* @heard_s: (out): seconds since the last beginning of which it heard; -1: of none */
static gboolean
read_beginnings (http_t  *http,
                 int      id,
                 int     *heard_s,
                 GError **error)
{
  ipp_t *request = plt_print_connection_request (IPP_OP_GET_NOTIFICATIONS, NULL);
  g_autoptr (ipp_t) response = NULL;
  gboolean heard = FALSE;
  int now, then = 0;

  ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "notify-subscription-ids", id);
  ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "notify-sequence-numbers", 1);
  ippAddBoolean (request, IPP_TAG_OPERATION, "notify-wait", 0);
  response = plt_print_connection_ask (http, request, "/", error);
  if (response == NULL)
    return FALSE;
  now = get_integer (response, "printer-up-time");
  for (ipp_attribute_t *attribute = ippFirstAttribute (response); attribute != NULL;
       attribute = ippNextAttribute (response))
    if (ippGetGroupTag (attribute) == IPP_TAG_EVENT_NOTIFICATION && ippGetName (attribute) != NULL)
      {
        heard = TRUE;
        if (g_str_equal (ippGetName (attribute), "printer-up-time"))
          then = ippGetInteger (attribute, 0);
      }
  *heard_s = heard ? MAX (0, now - then) : -1;
  return TRUE;
}

static void
end_subscription (http_t *http,
                  int     id)
{
  ipp_t *request = plt_print_connection_request (IPP_OP_CANCEL_SUBSCRIPTION, NULL);
  g_autoptr (ipp_t) response = NULL;

  ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "notify-subscription-id", id);
  response = plt_print_connection_ask (http, request, "/", NULL);
}

/* Some schedulers grant no subscription for ever (MaxLeaseDuration of cupsd.conf(5)). */
static gboolean
renew (http_t *http,
       int     id)
{
  ipp_t *request = plt_print_connection_request (IPP_OP_RENEW_SUBSCRIPTION, NULL);
  g_autoptr (ipp_t) response = NULL;

  ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "notify-subscription-id", id);
  ippAddInteger (request, IPP_TAG_SUBSCRIPTION, IPP_TAG_INTEGER, "notify-lease-duration", 0);
  response = plt_print_connection_ask (http, request, "/", NULL);
  return response != NULL;
}

/* Whether it can be called: it is there for long, and has heard nothing. */
static gboolean
is_fit (http_t             *http,
        const Subscription *subscription)
{
  int heard_s;

  if (!read_beginnings (http, subscription->id, &heard_s, NULL))
    return FALSE;
  if (heard_s > SPENT_FOR_S)
    end_subscription (http, subscription->id);
  return heard_s < 0 && (subscription->lease == 0 || renew (http, subscription->id));
}

static char *
subscribe (http_t  *http,
           GError **error)
{
  static const char *const beginnings[] = { "server-restarted", "server-started" };
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *name = g_strconcat (PREFIX, uuid, NULL);
  ipp_t *request = plt_print_connection_request (IPP_OP_CREATE_PRINTER_SUBSCRIPTIONS, NULL);
  g_autoptr (GError) problem = NULL;
  g_autoptr (ipp_t) response = NULL;

  ippAddString (request, IPP_TAG_SUBSCRIPTION, IPP_TAG_KEYWORD, "notify-pull-method", NULL, "ippget");
  ippAddStrings (request, IPP_TAG_SUBSCRIPTION, IPP_TAG_KEYWORD, "notify-events", G_N_ELEMENTS (beginnings), NULL,
                 beginnings);
  ippAddOctetString (request, IPP_TAG_SUBSCRIPTION, "notify-user-data", name, (int) strlen (name));
  ippAddInteger (request, IPP_TAG_SUBSCRIPTION, IPP_TAG_INTEGER, "notify-lease-duration", 0);
  response = plt_print_connection_ask (http, request, "/", &problem);
  if (response != NULL && get_integer (response, "notify-subscription-id") > 0)
    return g_steal_pointer (&name);
  if (problem == NULL || has_none (problem))
    return g_strdup ("");
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/* @response: (nullable): those of this user. Returns: (transfer full) (nullable) */
static char *
choose (http_t  *http,
        ipp_t   *response,
        GError **error)
{
  ipp_attribute_t *position = response != NULL ? ippFirstAttribute (response) : NULL;
  Subscription subscription;
  char name[64];

  while (response != NULL && next_subscription (response, &position, &subscription, name, sizeof name))
    if (subscription.name != NULL && g_str_has_prefix (subscription.name, PREFIX) && is_fit (http, &subscription))
      return g_strdup (subscription.name);
  return subscribe (http, error);
}

/* Returns: (transfer full) (nullable) */
static char *
call (http_t  *http,
      GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (ipp_t) response = list (http, TRUE, &problem);

  if (problem == NULL)
    return choose (http, response, error);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/* @user_data: (GString): the names */
static gboolean
call_beyond (http_t                 *http,
             const PltPrintForward  *place,
             gpointer                user_data,
             GError                **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *name = call (http, &problem);
  char uri[HTTP_MAX_URI];

  if (name == NULL && g_error_matches (problem, PLT_PRINT_ERROR, PLT_PRINT_ERROR_OFFLINE))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  httpAssembleURIf (HTTP_URI_CODING_ALL, uri, sizeof uri, place->secure ? "ipps" : "ipp", NULL, place->host, place->port,
                    "/printers/%s", place->destination);
  g_string_append_printf (user_data, " %s %s", uri, name != NULL && *name != '\0' ? name : "-");
  return TRUE;
}

char *
plt_print_witness_call (const char  *address,
                        const char  *destination,
                        GError     **error)
{
  g_autoptr (http_t) http = plt_print_connection_open (address, error);
  g_autofree char *name = http != NULL ? call (http, error) : NULL;
  g_autoptr (GString) names = g_string_new (name);

  if (name == NULL || *name == '\0')
    return g_steal_pointer (&name);
  if (!plt_print_forward_walk (http, destination, call_beyond, names, error))
    return NULL;
  return g_string_free (g_steal_pointer (&names), FALSE);
}

/* @found: (out): the number of the one of that name; 0: none; -1: names are hidden from this user */
static gboolean
find (http_t      *http,
      const char  *wanted,
      int         *found,
      GError     **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (ipp_t) response = list (http, FALSE, &problem);
  ipp_attribute_t *position = response != NULL ? ippFirstAttribute (response) : NULL;
  Subscription subscription;
  char name[64];

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  *found = 0;
  while (response != NULL && next_subscription (response, &position, &subscription, name, sizeof name))
    if (g_strcmp0 (subscription.name, wanted) == 0)
      {
        *found = subscription.id;
        return TRUE;
      }
    else if (subscription.hidden)
      *found = -1;
  return TRUE;
}

static gboolean
ask (http_t        *http,
     const char    *name,
     PltPrintLife  *life,
     GError       **error)
{
  g_autoptr (GError) problem = NULL;
  int id, heard_s;

  if (!find (http, name, &id, error))
    return FALSE;
  *life = id < 0 ? PLT_PRINT_LIFE_UNKNOWN : PLT_PRINT_LIFE_ANOTHER;
  if (id <= 0)
    return TRUE;
  if (read_beginnings (http, id, &heard_s, &problem))
    {
      *life = heard_s < 0 ? PLT_PRINT_LIFE_SAME : PLT_PRINT_LIFE_ANOTHER;
      return TRUE;
    }
  *life = PLT_PRINT_LIFE_UNKNOWN;
  if (has_none (problem))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
ask_beyond (const char    *uri,
            const char    *name,
            PltPrintLife  *life,
            GError       **error)
{
  g_autoptr (http_t) http = NULL;
  PltPrintForward place;

  *life = PLT_PRINT_LIFE_SAME;
  if (g_str_equal (name, "-") || !plt_print_forward_read (uri, &place))
    return TRUE;
  http = plt_print_forward_open (&place, error);
  return http != NULL && ask (http, name, life, error);
}

gboolean
plt_print_witness_ask (const char    *address,
                       const char    *name,
                       PltPrintLife  *life,
                       GError       **error)
{
  g_auto (GStrv) names = g_strsplit (name, " ", -1);
  g_autoptr (http_t) http = plt_print_connection_open (address, error);
  gboolean asked = http != NULL && names[0] != NULL && ask (http, names[0], life, error);
  PltPrintLife beyond;

  plt_print_login_keep (TRUE);
  for (guint i = 1; asked && names[i] != NULL && names[i + 1] != NULL && *life != PLT_PRINT_LIFE_ANOTHER; i += 2)
    {
      asked = ask_beyond (names[i], names[i + 1], &beyond, error);
      if (asked && beyond != PLT_PRINT_LIFE_SAME)
        *life = beyond;
    }
  plt_print_login_keep (FALSE);
  return asked;
}
