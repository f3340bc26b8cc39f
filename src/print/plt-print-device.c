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
  gint64  until;
  ipp_t  *told; /* NULL: it did not answer */
} Answer;

static GMutex mutex;
static GHashTable *answers; /* device-uri → Answer; under the mutex */

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  ippDelete (answer->told);
  g_free (answer);
}

static int
give_up (http_t *http,
         void   *user_data)
{
  return 0;
}

/* Returns: (transfer full) (nullable) */
static ipp_t *
read_state (http_t     *http,
            const char *uri,
            const char *resource)
{
  static const char *const wanted[] = { "printer-state-reasons", "marker-names", "marker-types", "marker-levels",
                                        "marker-low-levels", "marker-high-levels", "printer-supply",
                                        "printer-supply-description" };
  ipp_t *request = ippNewRequest (IPP_OP_GET_PRINTER_ATTRIBUTES);
  g_autoptr (ipp_t) response = NULL;

  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, uri);
  ippAddStrings (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", G_N_ELEMENTS (wanted), NULL, wanted);
  response = cupsDoRequest (http, request, resource);
  if (response == NULL || ippGetStatusCode (response) > IPP_STATUS_OK_EVENTS_COMPLETE
      || ippFindAttribute (response, "printer-state-reasons", IPP_TAG_KEYWORD) == NULL)
    return NULL;
  return g_steal_pointer (&response);
}

/* Returns: (transfer full) (nullable) */
static ipp_t *
ask (const char *uri)
{
  char scheme[32], user[128], host[256], resource[1024], plain[HTTP_MAX_URI];
  g_autoptr (http_t) http = NULL;
  ipp_t *told = NULL;
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
      told = read_state (http, plain, resource);
    }
  plt_print_login_keep (FALSE);
  return told;
}

/* Returns: (transfer full) (nullable) */
static ipp_t *
copy (ipp_t *told)
{
  ipp_t *made = told != NULL ? ippNew () : NULL;

  if (made != NULL)
    ippCopyAttributes (made, told, 0, NULL, NULL);
  return made;
}

ipp_t *
plt_print_device_ask (const char *uri)
{
  Answer *answer;
  ipp_t *told = NULL;
  gboolean known;

  g_mutex_lock (&mutex);
  answer = answers != NULL ? g_hash_table_lookup (answers, uri) : NULL;
  known = answer != NULL && answer->until > g_get_monotonic_time ();
  if (known)
    told = copy (answer->told);
  g_mutex_unlock (&mutex);
  if (known)
    return told;

  told = ask (uri);
  answer = g_new0 (Answer, 1);
  answer->told = copy (told);
  answer->until = g_get_monotonic_time () + (told != NULL ? REMEMBER_US : REMEMBER_SILENCE_US);
  g_mutex_lock (&mutex);
  if (answers == NULL)
    answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, answer_free);
  g_hash_table_insert (answers, g_strdup (uri), answer);
  g_mutex_unlock (&mutex);
  return told;
}

static gboolean
is_of_scheduler (const char *reason)
{
  return g_str_has_prefix (reason, "cups-");
}

gboolean
plt_print_device_is_told_of (const char *const *reasons)
{
  for (guint i = 0; reasons != NULL && reasons[i] != NULL; i++)
    if (!g_str_equal (reasons[i], "none") && !is_of_scheduler (reasons[i]))
      return TRUE;
  return FALSE;
}

char **
plt_print_device_merge_reasons (const char *const *of_queue,
                                const char *const *of_printer)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; of_queue != NULL && of_queue[i] != NULL; i++)
    if (is_of_scheduler (of_queue[i]))
      g_strv_builder_add (builder, of_queue[i]);
  for (guint i = 0; of_printer[i] != NULL; i++)
    g_strv_builder_add (builder, of_printer[i]);
  return g_strv_builder_end (builder);
}
