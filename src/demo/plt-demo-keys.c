/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the issuer's keys, the registries' certificates and their tokens, with certtool. */
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
  { "keys", "issuer-ca", NULL,
    "cn = \"Utopia Demonstration Issuer\"\ncountry = \"UT\"\nca\ncert_signing_key\n"
    "expiration_days = 3650\n" },
  { "keys", "qr", NULL, NULL },
  { "keys", "data", NULL, NULL },
  { "keys", "file", "issuer-ca",
    "cn = \"Utopia Licensing Authority (demonstration)\"\ncountry = \"UT\"\nsigning_key\n"
    "nonrepudiation\nexpiration_days = 1825\n" },
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

/* The registries' processes need theirs; the issuer's are nobody's business there. */
static gboolean
give_server_key (PltDemoBox  *box,
                 const Key   *key,
                 const char  *path,
                 GError     **error)
{
  return g_str_equal (key->folder, "keys") || plt_demo_box_give_to_service (box, path, error);
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

  return plt_demo_process_run (box, FALSE, argv, error) && give_server_key (box, key, path, error);
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
                  give_server_key (box, key, certificate, error);

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

/**
 * plt_demo_keys_make:
 * @box: the box
 * @error: %PLT_DEMO_ERROR_FAILED
 *
 * Makes P-256 keys for the QR code, the PDF417 data and the card file, the last with a
 * certificate of a demonstration authority; an authority, a server and a client certificate for
 * mutual TLS; and the tokens of the registries that want those. Does nothing when all are there.
 *
 * Returns: whether all are there
 */
gboolean
plt_demo_keys_make (PltDemoBox  *box,
                    GError     **error)
{
  g_autofree char *made = plt_demo_box_dup_value (box, "box", "keys");

  if (made != NULL)
    return TRUE;
  if (!plt_demo_box_make_folder (box, "tls", TRUE, error) ||
      !plt_demo_box_make_folder (box, "keys", FALSE, error) ||
      !plt_demo_box_make_folder (box, "secrets", FALSE, error))
    return FALSE;

  for (size_t i = 0; i < G_N_ELEMENTS (keys); i++)
    if (!make_key (box, &keys[i], error) ||
        (keys[i].template != NULL && !make_certificate (box, &keys[i], error)))
      return FALSE;

  return make_token (box, "driver.token", error) &&
         make_token (box, "infringement.key", error) &&
         make_token (box, "preenrolment.token", error) &&
         plt_demo_box_set_value (box, "box", "keys", "made", error);
}
