/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the issuer's keys with platenctl, as a state does, and the registries' certificates and their
 * tokens with certtool. */
#include "plt-demo-keys.h"

#include "plt-demo-process.h"
#include "plt-demo-random.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

typedef struct
{
  const char *folder;
  const char *name;
  const char *signer;   /* the authority in the same folder; NULL: none or itself */
  const char *template; /* what the certificate says; NULL: a key alone */
} Key;

static const Key keys[] = {
  { "tls", "registry-ca", NULL,
    "cn = \"Utopia Government Network\"\nca\ncert_signing_key\nexpiration_days = 3650\n" },
  { "tls", "registry", "registry-ca",
    "cn = \"localhost\"\ndns_name = \"localhost\"\nip_address = \"127.0.0.1\"\n"
    "ip_address = \"::1\"\ntls_www_server\nsigning_key\nexpiration_days = 3650\n" },
  { "tls", "platen", "registry-ca",
    "cn = \"Utopia Licensing Authority\"\ntls_www_client\nsigning_key\nexpiration_days = 3650\n" },
};

static char *
get_path (PltDemoBox *box,
          const char *folder,
          const char *name,
          const char *suffix)
{
  g_autofree char *file = g_strconcat (name, suffix, NULL);

  return plt_demo_box_path (box, folder, file, NULL);
}

static gboolean
make_key (PltDemoBox  *box,
          const Key   *key,
          GError     **error)
{
  g_autofree char *path = get_path (box, key->folder, key->name, ".key");
  const char *argv[] = { "certtool", "--generate-privkey", "--key-type=ecdsa",
                         "--curve=secp256r1", "--no-text", "--outfile", path,
                         NULL };

  return plt_demo_process_run (box, FALSE, argv, error) &&
         plt_demo_box_give_to_service (box, path, error);
}

static gboolean
make_certificate (PltDemoBox  *box,
                  const Key   *key,
                  GError     **error)
{
  g_autofree char *template = get_path (box, key->folder, key->name, ".template");
  g_autofree char *path = get_path (box, key->folder, key->name, ".key");
  g_autofree char *certificate = get_path (box, key->folder, key->name, ".pem");
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autofree char *ca = NULL;
  g_autofree char *ca_key = NULL;

  if (!g_file_set_contents (template, key->template, -1, error))
    return FALSE;
  g_ptr_array_add (argv, (gpointer) "certtool");
  g_ptr_array_add (argv, (gpointer) (key->signer != NULL ? "--generate-certificate"
                                                         : "--generate-self-signed"));
  g_ptr_array_add (argv, (gpointer) "--load-privkey");
  g_ptr_array_add (argv, path);
  if (key->signer != NULL)
    {
      ca = get_path (box, key->folder, key->signer, ".pem");
      ca_key = get_path (box, key->folder, key->signer, ".key");
      g_ptr_array_add (argv, (gpointer) "--load-ca-certificate");
      g_ptr_array_add (argv, ca);
      g_ptr_array_add (argv, (gpointer) "--load-ca-privkey");
      g_ptr_array_add (argv, ca_key);
    }
  g_ptr_array_add (argv, (gpointer) "--template");
  g_ptr_array_add (argv, template);
  g_ptr_array_add (argv, (gpointer) "--outfile");
  g_ptr_array_add (argv, certificate);
  g_ptr_array_add (argv, NULL);

  gboolean made = plt_demo_process_run (box, FALSE, (const char **) argv->pdata, error) &&
                  plt_demo_box_give_to_service (box, certificate, error);

  g_remove (template);

  return made;
}

static gboolean
make_token (PltDemoBox  *box,
            const char  *name,
            GError     **error)
{
  g_autofree char *path = plt_demo_box_path (box, "secrets", name, NULL);
  g_autofree char *token = plt_demo_random_secret (32);
  g_autofree char *line = g_strconcat (token, "\n", NULL);

  return plt_demo_box_write_secret (box, path, line, error);
}

/* The issuer's keys begin some days before the box, so that a card of yesterday can be signed. */
#define DAYS_BEFORE 30

/* Says in every certificate that it is nobody's. */
#define SPECIMEN_ISSUER "Utopia Licensing Authority SPECIMEN"

static const struct
{
  const char *purpose;
  const char *id;
  const char *name;
} issuer_keys[] = {
  { "document", "UTO0001", "Utopia document signer SPECIMEN" },
  { "qr", "UTO-QR-1", "Utopia QR codes SPECIMEN" },
  { "pdf", "UTO-PDF-1", "Utopia Licensing Authority SPECIMEN" },
  { "approval", "UTO-APPROVAL-1", "Utopia approvals SPECIMEN" },
  { "audit", "UTO-AUDIT-1", "Utopia audit SPECIMEN" },
};

static char *
format_first_day (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) first = g_date_time_add_days (now, -DAYS_BEFORE);

  return g_date_time_format (first, "%Y-%m-%d");
}

static gboolean
make_root (PltDemoBox  *box,
           const char  *root,
           const char  *secret,
           GError     **error)
{
  g_autofree char *program = plt_demo_process_find_platenctl ();
  g_autofree char *from = format_first_day ();
  const char *argv[] = { "env", "-u", "PLATEN_CONFIG", program, "key", "create",
                         "--purpose", "iaca", "--id", "UTO-IACA-1", "--folder", root,
                         "--country", "UT", "--organization", SPECIMEN_ISSUER,
                         "--name", "Utopia IACA root SPECIMEN",
                         "--issuer-uri", "https://licence.utopia.example",
                         "--crl-uri", "https://licence.utopia.example/crl.pem",
                         "--secret-file", secret, "--from", from, NULL };

  return plt_demo_process_run (box, FALSE, argv, error);
}

static gboolean
make_issuer_key (PltDemoBox  *box,
                 guint        i,
                 const char  *root,
                 const char  *root_secret,
                 GError     **error)
{
  g_autofree char *program = plt_demo_process_find_platenctl ();
  g_autofree char *folder = plt_demo_box_path (box, "keys", NULL);
  g_autofree char *from = format_first_day ();
  const char *argv[] = { "env", "-u", "PLATEN_CONFIG", program, "key", "create",
                         "--purpose", issuer_keys[i].purpose, "--id", issuer_keys[i].id,
                         "--folder", folder, "--organization", SPECIMEN_ISSUER,
                         "--name", issuer_keys[i].name, "--no-passphrase",
                         "--root", root, "--root-secret-file", root_secret, "--from", from, NULL };

  return plt_demo_process_run (box, FALSE, argv, error);
}

/* The root's folder stands for a machine that is on no network: nothing of the office names it. It has
 * a passphrase; the office's keys have none, because to open one takes a quarter of a second. */
static gboolean
make_issuer (PltDemoBox  *box,
             GError     **error)
{
  g_autofree char *root = plt_demo_box_path (box, "offline", "root", NULL);
  g_autofree char *root_secret = plt_demo_box_path (box, "offline", "root.passphrase", NULL);
  g_autofree char *root_phrase = plt_demo_random_secret (32);

  if (!plt_demo_box_make_folder (box, "offline", FALSE, error) ||
      !plt_demo_box_write_secret (box, root_secret, root_phrase, error) ||
      !make_root (box, root, root_secret, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (issuer_keys); i++)
    if (!make_issuer_key (box, i, root, root_secret, error))
      return FALSE;

  return TRUE;
}

/* A box of an earlier version has no list of its keys. */
static gboolean
are_made (PltDemoBox *box)
{
  g_autofree char *made = plt_demo_box_dup_value (box, "box", "keys");
  g_autofree char *list = plt_demo_box_path (box, "keys", "keys.conf", NULL);

  return made != NULL && g_file_test (list, G_FILE_TEST_EXISTS);
}

/**
 * plt_demo_keys_make:
 * @box: the box
 * @error: %PLT_DEMO_ERROR_FAILED
 *
 * Makes the issuer's root in a folder that stands for another place, and the keys that it certifies
 * for the office; an authority, a server and a client certificate for mutual TLS; and the tokens of
 * the registries that want those. Does nothing when all are there.
 *
 * Returns: whether all are there
 */
gboolean
plt_demo_keys_make (PltDemoBox  *box,
                    GError     **error)
{
  if (are_made (box))
    return TRUE;
  if (!plt_demo_box_make_folder (box, "tls", TRUE, error) ||
      !plt_demo_box_make_folder (box, "keys", FALSE, error) ||
      !plt_demo_box_make_folder (box, "secrets", FALSE, error))
    return FALSE;

  for (size_t i = 0; i < G_N_ELEMENTS (keys); i++)
    if (!make_key (box, &keys[i], error) ||
        (keys[i].template != NULL && !make_certificate (box, &keys[i], error)))
      return FALSE;

  return make_issuer (box, error) &&
         make_token (box, "driver.token", error) &&
         make_token (box, "infringement.key", error) &&
         make_token (box, "preenrolment.token", error) &&
         plt_demo_box_set_value (box, "box", "keys", "made", error);
}
