/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Printers that speak IPP are asked, and the answer is remembered for a moment. */
#include "plt-print-device.h"

#include "plt-print-connection.h"
#include "plt-print-login.h"

#define TIMEOUT_MS 1500
#define REMEMBER_US (2 * G_USEC_PER_SEC)
/* A printer that is off, or that only the print server reaches. */
#define REMEMBER_SILENCE_US (20 * G_USEC_PER_SEC)

typedef struct
{
  gint64   until;
  char   **reasons; /* NULL: it did not answer */
} Answer;

static GMutex mutex;
static GHashTable *answers; /* device-uri → Answer; under the mutex */

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_strfreev (answer->reasons);
  g_free (answer);
}

static int
give_up (http_t *http,
         void   *user_data)
{
  return 0;
}

/* Returns: (transfer full) (nullable) */
static char **
read_reasons (http_t     *http,
              const char *uri,
              const char *resource)
{
  ipp_t *request = ippNewRequest (IPP_OP_GET_PRINTER_ATTRIBUTES);
  g_autoptr (ipp_t) response = NULL;
  ipp_attribute_t *reasons;

  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, uri);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", NULL, "printer-state-reasons");
  response = cupsDoRequest (http, request, resource);
  if (response == NULL || ippGetStatusCode (response) > IPP_STATUS_OK_EVENTS_COMPLETE)
    return NULL;
  reasons = ippFindAttribute (response, "printer-state-reasons", IPP_TAG_KEYWORD);
  return reasons != NULL ? plt_print_connection_strings (reasons) : NULL;
}

/* Returns: (transfer full) (nullable) */
static char **
ask (const char *uri)
{
  char scheme[32], user[128], host[256], resource[1024], plain[HTTP_MAX_URI];
  g_autoptr (http_t) http = NULL;
  char **reasons = NULL;
  gboolean secure;
  int port;

  if (httpSeparateURI (HTTP_URI_CODING_ALL, uri, scheme, sizeof scheme, user, sizeof user, host, sizeof host, &port,
                       resource, sizeof resource) < HTTP_URI_STATUS_OK
      || !(g_str_equal (scheme, "ipp") || g_str_equal (scheme, "ipps")))
    return NULL;
  secure = g_str_equal (scheme, "ipps");
  httpAssembleURI (HTTP_URI_CODING_ALL, plain, sizeof plain, scheme, NULL, host, port, resource);
  plt_print_login_keep (TRUE);
  http = httpConnect2 (host, port, NULL, AF_UNSPEC, secure ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED, 1,
                       TIMEOUT_MS, NULL);
  if (http != NULL)
    {
      httpSetTimeout (http, TIMEOUT_MS / 1000.0, give_up, NULL);
      reasons = read_reasons (http, plain, resource);
    }
  plt_print_login_keep (FALSE);
  return reasons;
}

/* Returns: (transfer full) (nullable) */
static char **
ask_or_remember (const char *uri)
{
  Answer *answer;
  char **reasons = NULL;
  gboolean known;

  g_mutex_lock (&mutex);
  answer = answers != NULL ? g_hash_table_lookup (answers, uri) : NULL;
  known = answer != NULL && answer->until > g_get_monotonic_time ();
  if (known)
    reasons = g_strdupv (answer->reasons);
  g_mutex_unlock (&mutex);
  if (known)
    return reasons;

  reasons = ask (uri);
  answer = g_new0 (Answer, 1);
  answer->reasons = g_strdupv (reasons);
  answer->until = g_get_monotonic_time () + (reasons != NULL ? REMEMBER_US : REMEMBER_SILENCE_US);
  g_mutex_lock (&mutex);
  if (answers == NULL)
    answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, answer_free);
  g_hash_table_insert (answers, g_strdup (uri), answer);
  g_mutex_unlock (&mutex);
  return reasons;
}

static gboolean
is_of_scheduler (const char *reason)
{
  return g_str_has_prefix (reason, "cups-");
}

static gboolean
is_of_printer (const char *reason)
{
  return !g_str_equal (reason, "none") && !is_of_scheduler (reason);
}

/* What the printer is in trouble with may be over. */
static gboolean
has_any (const char *const *reasons)
{
  for (guint i = 0; reasons != NULL && reasons[i] != NULL; i++)
    if (is_of_printer (reasons[i]))
      return TRUE;
  return FALSE;
}

char **
plt_print_device_ask_reasons (const char        *uri,
                              const char *const *reasons)
{
  g_auto (GStrv) told = uri != NULL && has_any (reasons) ? ask_or_remember (uri) : NULL;
  g_autoptr (GStrvBuilder) builder = NULL;

  if (told == NULL)
    return NULL;
  builder = g_strv_builder_new ();
  for (guint i = 0; reasons[i] != NULL; i++)
    if (is_of_scheduler (reasons[i]))
      g_strv_builder_add (builder, reasons[i]);
  for (guint i = 0; told[i] != NULL; i++)
    g_strv_builder_add (builder, told[i]);
  return g_strv_builder_end (builder);
}
