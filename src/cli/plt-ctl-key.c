/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl key: makes, takes in, replaces, revokes and publishes the issuer's keys. Passphrases
 * and PINs come from files or the terminal, never from the command line. */
#include "plt-ctl.h"
#include "plt-key-publish.h"
#include "plt-key-work.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static PltKeyOrder order;
static char *folder_option, *purpose_option, *id_option, *country_option, *organization_option,
  *name_option, *uri_option, *crl_option, *token_option, *secret_option, *root_option,
  *root_secret_option, *from_option, *key_option, *key_secret_option, *certificate_option,
  *reason_option, *days_option;
static gboolean plain_option, offline_option;

#define FOLDER { "folder", 'd', 0, G_OPTION_ARG_FILENAME, &folder_option, \
                 N_("The folder of the keys, if not the configuration’s"), N_("FOLDER") }
#define PURPOSE { "purpose", 'p', 0, G_OPTION_ARG_STRING, &purpose_option, \
                  N_("document, qr, pdf, approval, audit or iaca"), N_("PURPOSE") }
#define ID { "id", 0, 0, G_OPTION_ARG_STRING, &id_option, N_("How the key is called"), N_("ID") }
#define SECRET { "secret-file", 0, 0, G_OPTION_ARG_FILENAME, &secret_option, \
                 N_("File with the key’s passphrase or the token’s PIN; else it is asked for"), \
                 N_("FILE") }
#define PLAIN { "no-passphrase", 0, 0, G_OPTION_ARG_NONE, &plain_option, \
                N_("Write the key’s file without a passphrase, onto an encrypted disk"), NULL }
#define ROOT { "root", 0, 0, G_OPTION_ARG_FILENAME, &root_option, \
               N_("The folder of the root, where it is at hand"), N_("FOLDER") }
#define ROOT_SECRET { "root-secret-file", 0, 0, G_OPTION_ARG_FILENAME, &root_secret_option, \
                      N_("File with the root’s passphrase or PIN; else it is asked for"), N_("FILE") }
#define FROM { "from", 0, 0, G_OPTION_ARG_STRING, &from_option, \
               N_("The first day, from midnight UTC; else today"), N_("DATE") }
#define DAYS { "days", 0, 0, G_OPTION_ARG_STRING, &days_option, \
               N_("For how many days the certificate is good"), N_("N") }
#define CERTIFICATE { "certificate", 0, 0, G_OPTION_ARG_FILENAME, &certificate_option, \
                      N_("The certificate’s file"), N_("FILE") }
#define NAMES \
  { "name", 0, 0, G_OPTION_ARG_STRING, &name_option, N_("Common name in the certificate"), \
    N_("NAME") }, \
  { "organization", 0, 0, G_OPTION_ARG_STRING, &organization_option, \
    N_("Organization in the certificate"), N_("NAME") }
#define TOKEN { "token", 0, 0, G_OPTION_ARG_STRING, &token_option, \
                N_("Make the key in this token"), N_("URL") }

static const GOptionEntry folder_options[] = { FOLDER, G_OPTION_ENTRY_NULL };
static const GOptionEntry export_options[] = {
  FOLDER,
  { "offline", 0, 0, G_OPTION_ARG_NONE, &offline_option,
    N_("Do not ask the database which keys have run out; every key stays published"), NULL },
  G_OPTION_ENTRY_NULL
};
static const GOptionEntry create_options[] = {
  FOLDER, PURPOSE, ID, NAMES, TOKEN, SECRET, PLAIN, ROOT, ROOT_SECRET, FROM, DAYS,
  { "country", 0, 0, G_OPTION_ARG_STRING, &country_option,
    N_("Country in a root’s certificate, two letters"), N_("CODE") },
  { "issuer-uri", 0, 0, G_OPTION_ARG_STRING, &uri_option,
    N_("The issuer’s address in a root’s certificate, or mailto:"), N_("URI") },
  { "crl-uri", 0, 0, G_OPTION_ARG_STRING, &crl_option,
    N_("Where a root’s revocation list is published"), N_("URI") },
  G_OPTION_ENTRY_NULL
};
static const GOptionEntry rotate_options[] = {
  FOLDER, PURPOSE, ID, NAMES, TOKEN, SECRET, PLAIN, ROOT, ROOT_SECRET, FROM, DAYS, G_OPTION_ENTRY_NULL
};
static const GOptionEntry import_options[] = {
  FOLDER, PURPOSE, ID, SECRET, FROM, CERTIFICATE,
  { "key", 0, 0, G_OPTION_ARG_STRING, &key_option,
    N_("The private key, a file or a pkcs11: URL"), N_("KEY") },
  { "key-secret-file", 0, 0, G_OPTION_ARG_FILENAME, &key_secret_option,
    N_("File with the passphrase of the file to import"), N_("FILE") },
  G_OPTION_ENTRY_NULL
};
static const GOptionEntry certify_options[] = {
  PURPOSE, ROOT, ROOT_SECRET, FROM, DAYS, CERTIFICATE, G_OPTION_ENTRY_NULL
};
static const GOptionEntry renew_options[] = { FOLDER, ROOT, ROOT_SECRET, G_OPTION_ENTRY_NULL };
static const GOptionEntry revoke_options[] = {
  FOLDER, ROOT, ROOT_SECRET,
  { "reason", 'r', 0, G_OPTION_ARG_STRING, &reason_option, N_("Why"), N_("TEXT") },
  G_OPTION_ENTRY_NULL
};

/* Keeps a typed secret in memory alone, under a name that can be read as a file. */
static char *
ask_secret (const char  *prompt,
            GError     **error)
{
  char *secret = plt_ctl_read_secret (-1, prompt, error);
  int fd;

  if (secret == NULL)
    return NULL;
  fd = memfd_create ("secret", MFD_CLOEXEC);
  if (fd < 0 || write (fd, secret, strlen (secret)) != (ssize_t) strlen (secret))
    g_set_error_literal (error, G_IO_ERROR, (int) g_io_error_from_errno (errno),
                         _("There is no memory for the passphrase."));
  explicit_bzero (secret, strlen (secret));
  g_free (secret);

  return fd >= 0 ? g_strdup_printf ("/proc/self/fd/%d", fd) : NULL;
}

/* A secret of the list is a file that is there tomorrow, too. */
static gboolean
fill_secrets (gboolean   needs_secret,
              GError   **error)
{
  order.keep_secret = secret_option != NULL;
  if (needs_secret && !plain_option && secret_option == NULL)
    {
      secret_option = ask_secret (token_option != NULL ? _("PIN of the token")
                                                       : _("Passphrase of the key"), error);
      if (secret_option == NULL)
        return FALSE;
    }
  if (root_option != NULL && root_secret_option == NULL)
    {
      root_secret_option = ask_secret (_("Passphrase of the root"), error);
      if (root_secret_option == NULL)
        return FALSE;
    }
  return TRUE;
}

static char *
make_absolute (char *path)
{
  char *absolute = path != NULL && !g_str_has_prefix (path, "credential:")
                     ? g_canonicalize_filename (path, NULL) : g_strdup (path);

  g_free (path);
  return absolute;
}

/* @days: 0 for as many as there may be */
static gboolean
read_days (guint64  *days,
           GError  **error)
{
  *days = 0;
  return days_option == NULL
         || g_ascii_string_to_unsigned (days_option, 10, 1, G_MAXINT, days, NULL)
         || plt_ctl_usage_error (error, _("--days is a whole number, 1 or more."));
}

static gboolean
fill_order (gboolean   makes_key,
            gboolean   needs_secret,
            GError   **error)
{
  guint64 days;

  if (!read_days (&days, error))
    return FALSE;
  if (plain_option && secret_option != NULL)
    return plt_ctl_usage_error (error, _("--secret-file and --no-passphrase exclude each other."));
  order.folder = folder_option;
  order.purpose = purpose_option;
  order.id = id_option;
  order.country = country_option;
  order.organization = organization_option;
  order.name = name_option;
  order.uri = uri_option;
  order.crl = crl_option;
  order.token = token_option;
  order.plain = plain_option;
  order.root = root_option;
  order.from = from_option;
  order.days = (int) days;
  order.key = key_option;
  order.key_secret = key_secret_option;
  order.certificate = certificate_option;
  order.reason = reason_option;
  secret_option = make_absolute (secret_option);
  if ((makes_key && !plt_key_work_check (&order, error)) || !fill_secrets (needs_secret, error))
    return FALSE;
  order.secret = secret_option;
  order.root_secret = root_secret_option;
  return TRUE;
}

typedef char *(*Work) (PltOfficeConfig    *config,
                       const PltKeyOrder  *key_order,
                       GError            **error);

static PltCtlStatus
run (PltCtl    *ctl,
     Work       work,
     gboolean   makes_key,
     gboolean   needs_secret,
     GError   **error)
{
  g_autofree char *json = NULL;

  if (fill_order (makes_key, needs_secret, error))
    json = work (plt_office_get_config (ctl->office), &order, error);
  return json != NULL ? plt_ctl_print_text (ctl, json, error) : PLT_CTL_REFUSED;
}

static PltCtlStatus
run_create (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  return run (ctl, plt_key_work_create, TRUE, TRUE, error);
}

static PltCtlStatus
run_rotate (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  return run (ctl, plt_key_work_rotate, TRUE, TRUE, error);
}

static PltCtlStatus
run_import (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  return run (ctl, plt_key_work_import, TRUE, key_option != NULL, error);
}

static PltCtlStatus
run_certify (PltCtl  *ctl,
             char   **arguments,
             GError **error)
{
  order.request = arguments[0];
  return run (ctl, plt_key_work_certify, TRUE, FALSE, error);
}

static PltCtlStatus
run_revoke (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  id_option = g_strdup (arguments[0]);
  return run (ctl, plt_key_work_revoke, FALSE, FALSE, error);
}

static PltCtlStatus
run_renew (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  return run (ctl, plt_key_work_renew, FALSE, FALSE, error);
}

static PltCtlStatus
run_list (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  g_autofree char *json
    = plt_key_work_list (plt_office_get_config (ctl->office), folder_option, error);

  return plt_ctl_print_text (ctl, json, error);
}

static PltCtlStatus
run_export (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  g_autoptr (GAsyncResult) ready = NULL;
  g_autofree char *json = NULL;

  if (!offline_option)
    plt_ctl_sign_in_if_possible (ctl);
  plt_key_publish_async (ctl->office, folder_option, arguments[0], NULL, plt_ctl_ready_cb, &ready);
  json = plt_key_publish_finish (plt_ctl_await (&ready), error);
  return plt_ctl_print_text (ctl, json, error);
}

const PltCtlCommand plt_ctl_key_list = {
  "key list", "", N_("Show the issuer’s keys, what they are for and until when"), 0, 0, FALSE, NULL,
  folder_options, run_list,
};
const PltCtlCommand plt_ctl_key_create = {
  "key create", "", N_("Make a key; certify it where the root is at hand"), 0, 0, FALSE, NULL,
  create_options, run_create,
};
const PltCtlCommand plt_ctl_key_import = {
  "key import", "", N_("Take in a key or the certificate that one waits for"), 0, 0, FALSE, NULL,
  import_options, run_import,
};
const PltCtlCommand plt_ctl_key_rotate = {
  "key rotate", "", N_("Make the next key of a purpose and retire the one before"), 0, 0, FALSE, NULL,
  rotate_options, run_rotate,
};
const PltCtlCommand plt_ctl_key_certify = {
  "key certify", N_("REQUEST"), N_("Certify the key of a request, where the root is"), 1, 0, FALSE,
  NULL, certify_options, run_certify,
};
const PltCtlCommand plt_ctl_key_revoke = {
  "key revoke", N_("KEY"), N_("Say that nothing a key signs is to be believed"), 1, 0, FALSE, NULL,
  revoke_options, run_revoke,
};
const PltCtlCommand plt_ctl_key_renew = {
  "key renew-list", "", N_("Sign a root’s list of revoked keys again, which is good for thirty days"), 0, 0, FALSE, NULL,
  renew_options, run_renew,
};
const PltCtlCommand plt_ctl_key_export = {
  "key export-certificates", N_("FOLDER"), N_("Write the public keys and certificates to publish"), 1,
  0, FALSE, NULL, export_options, run_export,
};
