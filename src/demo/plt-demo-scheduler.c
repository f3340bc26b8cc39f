/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes what a private CUPS scheduler needs to know. */
#include "plt-demo-scheduler.h"

#include <glib/gstdio.h>

/* The scheduler's own folder: as root, its filters run as another user and must reach it. */
static char *
make_folder (const char  *earlier,
             GError     **error)
{
  char *folder;
  static const struct
  {
    const char *name;
    int         mode;
  } parts[] = { { "etc", 0755 }, { "etc/ppd", 0755 }, { "run", 0755 }, { "run/certs", 0755 },
                { "cache", 0775 }, { "spool", 0711 }, { "spool/tmp", 01777 }, { "log", 0755 } };

  if (earlier != NULL && g_file_test (earlier, G_FILE_TEST_IS_DIR))
    return g_strdup (earlier);
  folder = g_dir_make_tmp ("platen-cups-XXXXXX", error);
  if (folder == NULL)
    return NULL;
  g_chmod (folder, 0755);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *path = g_build_filename (folder, parts[i].name, NULL);

      g_mkdir (path, 0755);
      g_chmod (path, parts[i].mode);
    }
  return folder;
}

/* cups-files.conf(5): everything below @folder. */
static char *
describe_files (const char *folder)
{
  static const struct
  {
    const char *directive;
    const char *path;
  } files[] = {
    { "AccessLog", "log/access_log" }, { "ErrorLog", "log/error_log" },
    { "PageLog", "log/page_log" }, { "CacheDir", "cache" }, { "StateDir", "run" },
    { "RequestRoot", "spool" }, { "TempDir", "spool/tmp" }, { "ServerRoot", "etc" },
    { "ServerKeychain", "etc/ssl" },
  };
  GString *text = g_string_new ("SystemGroup root lpadmin\nSyncOnClose Yes\nPrintcap\n");

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    g_string_append_printf (text, "%s %s/%s\n", files[i].directive, folder, files[i].path);
  return g_string_free (text, FALSE);
}

/* Documents are not kept: they are personal data. A job is never repeated by the scheduler, and
 * waits for a ribbon as long as it takes. Names of jobs are told to other users: on loopback there
 * is nobody else. */
static gboolean
write_config (const char  *folder,
              guint        port,
              GError     **error)
{
  g_autofree char *files_path = g_build_filename (folder, "etc", "cups-files.conf", NULL);
  g_autofree char *conf_path = g_build_filename (folder, "etc", "cupsd.conf", NULL);
  g_autofree char *files = describe_files (folder);
  g_autofree char *conf =
    g_strdup_printf ("LogLevel info\nListen " "127.0.0.1" ":%u\nBrowsing No\nDefaultShared No\n"
                     "DefaultEncryption Never\nWebInterface No\nPreserveJobHistory Yes\n"
                     "PreserveJobFiles No\nMaxJobTime 0\nErrorPolicy stop-printer\n"
                     "DirtyCleanInterval 0\nDefaultAuthType None\n"
                     "<Location />\nOrder allow,deny\nAllow from 127.0.0.1\n</Location>\n"
                     "<Location /admin>\nOrder allow,deny\nAllow from 127.0.0.1\n</Location>\n"
                     "<Policy default>\nJobPrivateAccess all\nJobPrivateValues none\n"
                     "SubscriptionPrivateAccess all\nSubscriptionPrivateValues none\n"
                     "<Limit All>\nOrder allow,deny\n</Limit>\n</Policy>\n", port);

  return g_file_set_contents (files_path, files, -1, error)
         && g_file_set_contents (conf_path, conf, -1, error);
}

char *
plt_demo_scheduler_prepare (const char  *earlier,
                            guint        port,
                            GError     **error)
{
  g_autofree char *folder = make_folder (earlier, error);

  if (folder == NULL || !write_config (folder, port, error))
    return NULL;
  return g_steal_pointer (&folder);
}
