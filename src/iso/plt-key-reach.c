/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A token is asked what it is, which needs no PIN; and as it may never answer, a thread asks that can be
 * left behind. */
#include "plt-key-reach.h"

#include "plt-iso-error.h"

#include <glib/gi18n-lib.h>
#include <gnutls/gnutls.h>
#include <gnutls/pkcs11.h>
#include <string.h>

#define SCHEME "pkcs11:"
#define PATIENCE (5 * G_TIME_SPAN_SECOND)

typedef struct
{
  GAsyncQueue *answers; /* of one code of gnutls; 1 for 0, which is no pointer */
  char        *url;
} Question;

static gpointer
ask_in_thread (gpointer data)
{
  Question *question = data;
  unsigned int flags = 0;
  int code = gnutls_pkcs11_token_get_flags (question->url, &flags);

  g_async_queue_push (question->answers, GINT_TO_POINTER (code < 0 ? code : 1));
  g_async_queue_unref (question->answers);
  g_free (question->url);
  g_free (question);
  return NULL;
}

/* Returns: a code of gnutls, 0 or more where the token is there */
static int
ask_token (const char *url)
{
  GAsyncQueue *answers = g_async_queue_new ();
  Question *question = g_new0 (Question, 1);
  gpointer code;

  question->answers = g_async_queue_ref (answers);
  question->url = g_strdup (url);
  g_thread_unref (g_thread_new ("token", ask_in_thread, question));
  code = g_async_queue_timeout_pop (answers, PATIENCE);
  g_async_queue_unref (answers);
  return code != NULL ? GPOINTER_TO_INT (code) : GNUTLS_E_TIMEDOUT;
}

static gboolean
names_object (const char *attribute)
{
  return g_str_has_prefix (attribute, "object=") || g_str_has_prefix (attribute, "id=")
         || g_str_has_prefix (attribute, "type=");
}

/* Returns: (transfer full): the URL of the token that the object @url is in */
static char *
name_token (const char *url)
{
  const char *query = strchr (url, '?');
  g_autofree char *path = query != NULL ? g_strndup (url, (gsize) (query - url)) : g_strdup (url);
  g_auto (GStrv) attributes = g_strsplit (path + strlen (SCHEME), ";", -1);
  g_autoptr (GString) name = g_string_new (SCHEME);

  for (int i = 0; attributes[i] != NULL; i++)
    if (!names_object (attributes[i]))
      g_string_append_printf (name, "%s%s", name->len > strlen (SCHEME) ? ";" : "", attributes[i]);
  if (query != NULL)
    g_string_append (name, query);
  return g_string_free (g_steal_pointer (&name), FALSE);
}

gboolean
plt_key_reach (GHashTable *tokens,
               const char *key)
{
  g_autofree char *token = NULL;
  gpointer there;

  if (!g_str_has_prefix (key, SCHEME))
    return g_file_test (key, G_FILE_TEST_EXISTS);
  token = name_token (key);
  if (!g_hash_table_lookup_extended (tokens, token, NULL, &there))
    {
      there = GINT_TO_POINTER (ask_token (token) >= 0);
      g_hash_table_insert (tokens, g_steal_pointer (&token), there);
    }
  return GPOINTER_TO_INT (there);
}

gboolean
plt_key_reach_check_name (const char  *token,
                          GError     **error)
{
  if (g_str_has_prefix (token, SCHEME) && ask_token (token) != GNUTLS_E_PARSING_ERROR)
    return TRUE;
  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_TOKEN,
               /* Translators: what somebody wrote. “pkcs11:token=NAME” and “p11tool --list-tokens” stay as they are. */
               _("“%s” is no address of a token. Write “pkcs11:token=NAME”, with the name that “p11tool "
                 "--list-tokens” shows."), token);
  return FALSE;
}
