/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers a print server that asks for a password, over TLS alone, and compares its certificate with
 * the one that it showed at first. */
#include "plt-print-login.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "plt-printer.h"

#define SECURE_SCHEME "ipps://"
#define PIN_GROUP "certificates"

typedef struct
{
  char *user;
  char *password_file;
  char *pin_file;
} Login;

static GMutex mutex;
static GHashTable *logins; /* address → Login; under the mutex */

/* What one thread's connection was asked. */
typedef struct
{
  Login       login;
  char       *password;
  gboolean    answered;
  gboolean    kept; /* another server asks, whose password it is not */
  const char *denial;
} Asked;

static void
clear_login (Login *login)
{
  g_free (login->user);
  g_free (login->password_file);
  g_free (login->pin_file);
}

static void
login_free (gpointer data)
{
  clear_login (data);
  g_free (data);
}

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  clear_login (&asked->login);
  g_free (asked->password);
  g_free (asked);
}

static GPrivate asked_here = G_PRIVATE_INIT (asked_free);

void
plt_print_login_set (const char *address,
                     const char *user,
                     const char *password_file,
                     const char *pin_file)
{
  Login *login = g_new0 (Login, 1);

  login->user = g_strdup (user);
  login->password_file = g_strdup (password_file);
  login->pin_file = g_strdup (pin_file);
  g_mutex_lock (&mutex);
  if (logins == NULL)
    logins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, login_free);
  g_hash_table_replace (logins, g_strdup (address != NULL ? address : ""), login);
  g_mutex_unlock (&mutex);
}

gboolean
plt_print_login_is_secure (const char *address)
{
  return address != NULL && g_str_has_prefix (address, SECURE_SCHEME);
}

char *
plt_print_login_dup_server (const char *address)
{
  return g_strdup (plt_print_login_is_secure (address) ? address + strlen (SECURE_SCHEME) : address);
}

/* Returns: (nullable): why it cannot be used */
static const char *
read_password (Asked *asked)
{
  g_autofree char *text = NULL;
  GStatBuf status;

  if (asked->login.user == NULL || asked->login.password_file == NULL)
    return _("The print server asks for a password. The administrator gives “user” and “password-file” "
             "in [print] of the configuration.");
  if (g_stat (asked->login.password_file, &status) != 0
      || !g_file_get_contents (asked->login.password_file, &text, NULL, NULL))
    return _("The file with the password of the print server cannot be read. The administrator looks at "
             "“password-file” in [print] of the configuration.");
  if ((status.st_mode & 077) != 0)
    return _("The file with the password of the print server can be read by others and is not used. "
             "Its owner runs “chmod 600” on it.");
  text[strcspn (text, "\r\n")] = '\0';
  g_free (asked->password);
  asked->password = g_steal_pointer (&text);
  return NULL;
}

static const char *
say_wrong (void)
{
  return _("The print server does not take the password. The administrator corrects “user” or "
           "the “password-file”.");
}

/* libcups asks for a password where it finds no ticket, though it could send none. */
static gboolean
asks_for_ticket (http_t *http)
{
  const char *asked = httpGetField (http, HTTP_FIELD_WWW_AUTHENTICATE);

  return asked != NULL && strstr (asked, "Negotiate") != NULL && strstr (asked, "Basic") == NULL;
}

static const char *
say_no_ticket (void)
{
  return _("The print server asks for a Kerberos ticket, and there is none. Get one with “kinit”, or the administrator of the "
           "print server allows passwords there (“AuthType Basic”) and gives “user” and “password-file” in [print] of the "
           "configuration.");
}

static const char *
password_cb (const char *prompt,
             http_t     *http,
             const char *method,
             const char *resource,
             void       *user_data)
{
  Asked *asked = g_private_get (&asked_here);

  if (asked->kept)
    return NULL;
  if (asks_for_ticket (http))
    asked->denial = say_no_ticket ();
  else if (asked->answered)
    asked->denial = say_wrong ();
  /* A refusal may have ended the connection, which is opened again as it was. */
  else if (httpGetEncryption (http) != HTTP_ENCRYPTION_ALWAYS && !httpIsEncrypted (http))
    asked->denial = _("The print server asks for a password over a connection that others can read, and "
                      "gets none. The administrator gives its address as “ipps://…”.");
  else
    asked->denial = read_password (asked);
  if (asked->denial != NULL)
    return NULL;
  asked->answered = TRUE;
  cupsSetUser (asked->login.user);
  return asked->password;
}

void
plt_print_login_begin (const char *address)
{
  Asked *asked = g_new0 (Asked, 1);
  const Login *login;

  g_mutex_lock (&mutex);
  login = logins != NULL ? g_hash_table_lookup (logins, address != NULL ? address : "") : NULL;
  if (login != NULL)
    asked->login = (Login) { g_strdup (login->user), g_strdup (login->password_file),
                             g_strdup (login->pin_file) };
  g_mutex_unlock (&mutex);
  g_private_replace (&asked_here, asked);
  cupsSetPasswordCB2 (password_cb, NULL);
}

void
plt_print_login_keep (gboolean keep)
{
  Asked *asked = g_private_get (&asked_here);

  if (asked != NULL)
    asked->kept = keep;
}

const char *
plt_print_login_get_denial (void)
{
  Asked *asked = g_private_get (&asked_here);

  if (asked == NULL || asked->denial != NULL)
    return asked != NULL ? asked->denial : NULL;
  /* libcups does not always ask again. */
  switch (cupsLastError ())
    {
    case IPP_STATUS_ERROR_NOT_AUTHENTICATED:
    case IPP_STATUS_ERROR_NOT_AUTHORIZED:
    case IPP_STATUS_ERROR_FORBIDDEN:
    case IPP_STATUS_ERROR_CUPS_AUTHENTICATION_CANCELED:
      return asked->answered ? say_wrong () : NULL;
    default:
      return NULL;
    }
}

/* Returns: (transfer full) (nullable): the SHA-256 of the server's own certificate */
static char *
hash_certificate (http_t *http)
{
  cups_array_t *credentials = NULL;
  http_credential_t *first;
  char *hash = NULL;

  if (httpCopyCredentials (http, &credentials) != 0)
    return NULL;
  first = cupsArrayFirst (credentials);
  if (first != NULL)
    hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, first->data, first->datalen);
  httpFreeCredentials (credentials);
  return hash;
}

/* Trust at first sight, as ssh(1) does. */
static gboolean
compare_pin (const char  *address,
             const char  *pin_file,
             const char  *hash,
             GError     **error)
{
  g_autoptr (GKeyFile) pins = g_key_file_new ();
  g_autofree char *folder = g_path_get_dirname (pin_file);
  g_autofree char *known = NULL;
  /* An address of IPv6 stands in brackets, which no key has. */
  g_autofree char *key = g_strdelimit (g_strdup (address), "[]", '_');

  g_key_file_load_from_file (pins, pin_file, G_KEY_FILE_KEEP_COMMENTS, NULL); /* none yet: empty */
  known = g_key_file_get_string (pins, PIN_GROUP, key, NULL);
  if (g_strcmp0 (known, hash) == 0)
    return TRUE;
  if (known != NULL)
    {
      g_set_error (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_UNTRUSTED,
                   _("The print server “%s” shows another certificate than before, and nothing was sent "
                     "to it. If the administrator has renewed it, they take its line out of “%s”."),
                   address, pin_file);
      return FALSE;
    }
  g_mkdir_with_parents (folder, 0700);
  g_key_file_set_string (pins, PIN_GROUP, key, hash);
  return g_key_file_save_to_file (pins, pin_file, error);
}

gboolean
plt_print_login_check (const char  *address,
                       http_t      *http,
                       GError     **error)
{
  Asked *asked = g_private_get (&asked_here);
  g_autofree char *hash = NULL;
  gboolean trusted;

  if (!plt_print_login_is_secure (address))
    return TRUE;
  hash = hash_certificate (http);
  if (hash == NULL || !httpIsEncrypted (http))
    {
      g_set_error (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_UNTRUSTED,
                   _("The print server “%s” shows no certificate, and nothing was sent to it. The "
                     "administrator looks at its settings."), address);
      return FALSE;
    }
  if (asked->login.pin_file == NULL)
    return TRUE;
  g_mutex_lock (&mutex);
  trusted = compare_pin (address + strlen (SECURE_SCHEME), asked->login.pin_file, hash, error);
  g_mutex_unlock (&mutex);
  return trusted;
}
