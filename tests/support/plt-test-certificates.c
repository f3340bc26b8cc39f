/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes certificates with certtool in a temporary folder. */
#include "plt-test-certificates.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#define FRESH "expiration_days = 2\n"
#define PAST "activation_date = \"2020-01-01 00:00:00\"\nexpiration_date = \"2020-02-01 00:00:00\"\n"
#define AUTHORITY "ca\ncert_signing_key\n"
#define SERVER "dns_name = \"localhost\"\ntls_www_server\nsigning_key\n"
#define CLIENT "tls_www_client\nsigning_key\n"

static void
run (const char * const *argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                       &error);

  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  g_assert_no_error (error);
}

static char *
name_file (const char *folder,
           const char *name,
           const char *suffix)
{
  g_autofree char *file = g_strconcat (name, suffix, NULL);

  return g_build_filename (folder, file, NULL);
}

/* @issuer: NULL for one that signs itself. */
static void
make (const char *folder,
      const char *name,
      const char *issuer,
      const char *usage)
{
  g_autofree char *key = name_file (folder, name, ".key");
  g_autofree char *certificate = name_file (folder, name, ".pem");
  g_autofree char *template = name_file (folder, name, ".cfg");
  g_autofree char *text = g_strdup_printf ("cn = \"Test %s\"\n%s", name, usage);

  run ((const char *[]) { "certtool", "--generate-privkey", "--key-type=ecdsa",
                          "--curve=secp256r1", "--outfile", key, NULL });
  g_assert_true (g_file_set_contents (template, text, -1, NULL));
  if (issuer == NULL)
    {
      run ((const char *[]) { "certtool", "--generate-self-signed", "--load-privkey", key,
                              "--template", template, "--outfile", certificate, NULL });
      return;
    }

  g_autofree char *ca = name_file (folder, issuer, ".pem");
  g_autofree char *ca_key = name_file (folder, issuer, ".key");

  run ((const char *[]) { "certtool", "--generate-certificate", "--load-privkey", key,
                          "--load-ca-certificate", ca, "--load-ca-privkey", ca_key, "--template",
                          template, "--outfile", certificate, NULL });
}

char *
plt_test_certificates_new (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("plt-XXXXXX", &error);

  g_assert_no_error (error);
  make (folder, "ca", NULL, AUTHORITY FRESH);
  make (folder, "strange-ca", NULL, AUTHORITY FRESH);
  make (folder, "server", "ca", SERVER FRESH);
  make (folder, "expired", "ca", SERVER PAST);
  make (folder, "client", "ca", CLIENT FRESH);
  make (folder, "strange", "strange-ca", SERVER FRESH);
  make (folder, "stranger", "strange-ca", CLIENT FRESH);

  return folder;
}

/* Frees @folder too. Whatever a test has put there beside is removed with it. */
void
plt_test_certificates_remove (char *folder)
{
  g_autofree char *path = folder;
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_assert_cmpint (g_unlink (file), ==, 0);
    }
  g_assert_cmpint (g_rmdir (path), ==, 0);
}
