/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signs with a key in a PKCS#11 token. A session of a token serves one signature at a time, so each
 * signature under way has one of its own; and a token may never answer, so nobody waits for it
 * longer than the limit: a thread that hangs in it is left behind. */
#include "plt-key-token.h"

#include "plt-key-secret.h"

#include <glib/gstdio.h>
#include <gnutls/pkcs11.h>
#include <string.h>

typedef struct
{
  gatomicrefcount   ref_count;
  char             *url;
  char             *secret_file;
  PltKeyTokenLimits limits;
  GThreadPool      *workers;

  GMutex            mutex;   /* guards what follows */
  GCond             changed; /* a session became idle or was closed */
  GQueue            idle;    /* gnutls_privkey_t, each with its session */
  guint             n_open;
  guint             max_open; /* as many as the token gave, at most limits.max_sessions */
} Token;

/* One question under way; it outlives a caller who no longer waits. */
typedef struct
{
  gatomicrefcount         ref_count;
  Token                  *token;
  gnutls_sign_algorithm_t algorithm;
  gnutls_datum_t          hash; /* to sign; without, the public key is asked for */

  GMutex                  mutex; /* guards what follows */
  GCond                   done_cond;
  gboolean                done;
  int                     code;
  gnutls_datum_t          answer;
} Job;

/* A wrong PIN is offered once, by whichever key of the token, until somebody changes the file
 * that it stands in: a token locks itself after a few. Token → what the file was like, of this
 * process. */
static GMutex refusals_mutex;
static GHashTable *refusals;

/* The token itself, without the object in it, and the file of its PIN. */
static char *
name_lock (Token *self)
{
  g_autoptr (GString) name = g_string_new (NULL);
  g_auto (GStrv) attributes = g_strsplit_set (self->url, ";?&", -1);

  for (int i = 0; attributes[i] != NULL; i++)
    if (!g_str_has_prefix (attributes[i], "object=") && !g_str_has_prefix (attributes[i], "id=") &&
        !g_str_has_prefix (attributes[i], "type="))
      g_string_append_printf (name, "%s;", attributes[i]);
  g_string_append (name, self->secret_file != NULL ? self->secret_file : "");

  return g_string_free (g_steal_pointer (&name), FALSE);
}

/* Changes whenever the file is written; a credential stays as long as the process. */
static char *
describe_secret_file (Token *self)
{
  GStatBuf file;

  if (self->secret_file == NULL || g_stat (self->secret_file, &file) != 0)
    return g_strdup ("");

  return g_strdup_printf ("%" G_GUINT64_FORMAT " %" G_GINT64_FORMAT " %ld %" G_GINT64_FORMAT,
                          (guint64) file.st_ino, (gint64) file.st_mtim.tv_sec, file.st_mtim.tv_nsec,
                          (gint64) file.st_size);
}

static gboolean
was_refused (Token *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&refusals_mutex);
  g_autofree char *name = name_lock (self);
  g_autofree char *file = describe_secret_file (self);
  const char *refused = refusals != NULL ? g_hash_table_lookup (refusals, name) : NULL;

  return refused != NULL && g_str_equal (refused, file);
}

static void
note_refusal (Token *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&refusals_mutex);

  if (refusals == NULL)
    refusals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (refusals, name_lock (self), describe_secret_file (self));
}

static void
token_unref (Token *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (gnutls_privkey_t key; (key = g_queue_pop_head (&self->idle)) != NULL;)
    gnutls_privkey_deinit (key);
  g_thread_pool_free (self->workers, FALSE, FALSE);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  g_free (self->url);
  g_free (self->secret_file);
  g_free (self);
}

static void
job_unref (Job *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  token_unref (self->token);
  g_free (self->hash.data);
  gnutls_free (self->answer.data);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->done_cond);
  g_free (self);
}

static int
pin_wanted_cb (void         *user_data,
               int           attempt,
               const char   *token_url,
               const char   *token_label,
               unsigned int  flags,
               char         *pin,
               size_t        pin_max)
{
  Token *self = user_data;
  char *secret;
  int code = GNUTLS_E_PKCS11_PIN_ERROR;

  if (attempt > 0 || (flags & GNUTLS_PIN_WRONG) != 0 || self->secret_file == NULL)
    return code;
  secret = plt_key_secret_read (self->secret_file, NULL);
  if (secret != NULL && strlen (secret) < pin_max)
    {
      memcpy (pin, secret, strlen (secret) + 1);
      code = 0;
    }
  plt_key_secret_free (secret);

  return code;
}

static int
open_session (Token            *self,
              gnutls_privkey_t *key)
{
  int code = was_refused (self) ? GNUTLS_E_PKCS11_PIN_ERROR : gnutls_privkey_init (key);

  if (code < 0)
    return code;
  gnutls_privkey_set_pin_function (*key, pin_wanted_cb, self);
  code = gnutls_privkey_import_url (*key, self->url, 0);
  if (code >= 0)
    return code;
  if (code == GNUTLS_E_PKCS11_PIN_ERROR)
    note_refusal (self);
  gnutls_privkey_deinit (*key);
  *key = NULL;

  return code;
}

static gboolean
is_about_pin (int code)
{
  return code == GNUTLS_E_PKCS11_PIN_ERROR || code == GNUTLS_E_PKCS11_PIN_LOCKED ||
         code == GNUTLS_E_PKCS11_PIN_EXPIRED;
}

/* An idle session, else a new one, else the next that becomes idle. @used: it has signed before. */
static int
take_session (Token            *self,
              gnutls_privkey_t *key,
              gboolean         *used)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  int code = 0;

  *used = TRUE;
  while (code >= 0)
    {
      *key = g_queue_pop_head (&self->idle);
      if (*key != NULL)
        return 0;
      if (self->n_open < self->max_open)
        {
          code = open_session (self, key);
          *used = FALSE;
          if (code >= 0)
            self->n_open++;
          /* A token with fewer sessions than we would like still has those that it gave. */
          if (code >= 0 || is_about_pin (code) || self->n_open == 0)
            return code;
          self->max_open = self->n_open;
          code = 0;
          continue;
        }
      g_cond_wait (&self->changed, &self->mutex);
    }

  return code;
}

static void
give_session_back (Token            *self,
                   gnutls_privkey_t  key,
                   gboolean          works)
{
  g_mutex_lock (&self->mutex);
  if (works)
    {
      g_queue_push_head (&self->idle, key);
    }
  else
    {
      self->n_open--;
      if (self->n_open == 0)
        self->max_open = self->limits.max_sessions;
    }
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
  if (!works)
    gnutls_privkey_deinit (key);
}

static int
export_public_key (gnutls_privkey_t  key,
                   gnutls_datum_t   *der)
{
  gnutls_pubkey_t pubkey = NULL;
  int code = gnutls_pubkey_init (&pubkey);

  if (code >= 0)
    code = gnutls_pubkey_import_privkey (pubkey, key, 0, 0);
  if (code >= 0)
    code = gnutls_pubkey_export2 (pubkey, GNUTLS_X509_FMT_DER, der);
  g_clear_pointer (&pubkey, gnutls_pubkey_deinit);

  return code;
}

/* A session that had served before may have died with its token's last restart: then the question
 * is put again, in a new session. To sign twice changes nothing. */
static int
ask_in_session (Token          *self,
                Job            *job,
                gnutls_datum_t *answer)
{
  gboolean used = TRUE;
  int code = 0;

  while (used)
    {
      gnutls_privkey_t key = NULL;

      code = take_session (self, &key, &used);
      if (code < 0)
        return code;
      code = job->hash.data == NULL
               ? export_public_key (key, answer)
               : gnutls_privkey_sign_hash2 (key, job->algorithm, 0, &job->hash, answer);
      give_session_back (self, key, code >= 0);
      if (code >= 0)
        return code;
    }

  return code;
}

static void
work (gpointer data,
      gpointer user_data)
{
  Job *job = data;
  gnutls_datum_t answer = { 0 };
  int code = ask_in_session (job->token, job, &answer);

  g_mutex_lock (&job->mutex);
  job->answer = answer;
  job->code = code;
  job->done = TRUE;
  g_cond_signal (&job->done_cond);
  g_mutex_unlock (&job->mutex);
  job_unref (job);
}

static Job *
job_new (Token                   *token,
         gnutls_sign_algorithm_t  algorithm,
         const gnutls_datum_t    *hash)
{
  Job *self = g_new0 (Job, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_atomic_ref_count_inc (&token->ref_count);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->done_cond);
  self->token = token;
  self->algorithm = algorithm;
  if (hash != NULL)
    self->hash = (gnutls_datum_t) { g_memdup2 (hash->data, hash->size), hash->size };

  return self;
}

/* @hash: (nullable): as in Job */
static int
ask (Token                   *self,
     gnutls_sign_algorithm_t  algorithm,
     const gnutls_datum_t    *hash,
     gnutls_datum_t          *answer)
{
  Job *job = job_new (self, algorithm, hash);
  gint64 deadline = g_get_monotonic_time () + self->limits.timeout_ms * G_TIME_SPAN_MILLISECOND;
  int code = GNUTLS_E_TIMEDOUT;

  g_atomic_ref_count_inc (&job->ref_count);
  g_thread_pool_push (self->workers, job, NULL);

  g_mutex_lock (&job->mutex);
  while (!job->done && g_cond_wait_until (&job->done_cond, &job->mutex, deadline))
    ;
  if (job->done)
    {
      code = job->code;
      *answer = job->answer;
      job->answer = (gnutls_datum_t) { 0 };
    }
  g_mutex_unlock (&job->mutex);
  job_unref (job);

  return code;
}

/* Of gnutls: called by whoever signs with the key. */
static int
sign_hash_cb (gnutls_privkey_t         key,
              gnutls_sign_algorithm_t  algorithm,
              void                    *user_data,
              unsigned int             flags,
              const gnutls_datum_t    *hash,
              gnutls_datum_t          *signature)
{
  return ask (user_data, algorithm, hash, signature);
}

static int
info_cb (gnutls_privkey_t  key,
         unsigned int      flags,
         void             *user_data)
{
  if ((flags & GNUTLS_PRIVKEY_INFO_PK_ALGO) != 0)
    return GNUTLS_PK_ECDSA;
  if ((flags & GNUTLS_PRIVKEY_INFO_HAVE_SIGN_ALGO) != 0)
    return GNUTLS_FLAGS_TO_SIGN_ALGO (flags) == GNUTLS_SIGN_ECDSA_SHA256 ||
           GNUTLS_FLAGS_TO_SIGN_ALGO (flags) == GNUTLS_SIGN_ECDSA_SECP256R1_SHA256;
  if ((flags & GNUTLS_PRIVKEY_INFO_SIGN_ALGO) != 0)
    return GNUTLS_SIGN_ECDSA_SHA256;
  if ((flags & GNUTLS_PRIVKEY_INFO_PK_ALGO_BITS) != 0)
    return 256;

  return -1;
}

static void
deinit_cb (gnutls_privkey_t  key,
           void             *user_data)
{
  token_unref (user_data);
}

static Token *
token_new (const char              *url,
           const char              *secret_file,
           const PltKeyTokenLimits *limits)
{
  Token *self = g_new0 (Token, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  self->url = g_strdup (url);
  self->secret_file = g_strdup (secret_file);
  self->limits = *limits;
  self->max_open = limits->max_sessions;
  self->workers = g_thread_pool_new (work, NULL, (int) limits->max_sessions, FALSE, NULL);

  return self;
}

/* Shows whether the key is there at all, and which it is. */
static int
ask_public_key (Token           *self,
                gnutls_pubkey_t  pubkey)
{
  gnutls_datum_t der = { 0 };
  int code = ask (self, GNUTLS_SIGN_UNKNOWN, NULL, &der);

  if (code >= 0)
    code = gnutls_pubkey_import (pubkey, &der, GNUTLS_X509_FMT_DER);
  gnutls_free (der.data);

  return code;
}

int
plt_key_token_open (const char              *url,
                    const char              *secret_file,
                    const PltKeyTokenLimits *limits,
                    gnutls_privkey_t        *privkey,
                    gnutls_pubkey_t          pubkey)
{
  Token *token = token_new (url, secret_file, limits);
  int code = ask_public_key (token, pubkey);

  if (code >= 0)
    code = gnutls_privkey_init (privkey);
  if (code >= 0)
    {
      code = gnutls_privkey_import_ext4 (*privkey, token, NULL, sign_hash_cb, NULL, deinit_cb,
                                         info_cb, 0);
      if (code < 0)
        g_clear_pointer (privkey, gnutls_privkey_deinit);
    }
  if (code < 0)
    token_unref (token);

  return code;
}
