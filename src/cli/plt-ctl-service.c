/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signs a service in: its second factor is a file that only it can read, such as a credential of systemd. */
#include "config.h"

#include "plt-ctl-service.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plt-totp.h"

#define TRIES 3

static gboolean
due_cb (gpointer user_data)
{
  gboolean *due = user_data;

  *due = TRUE;
  return G_SOURCE_REMOVE;
}

void
plt_ctl_pause (guint ms)
{
  gboolean due = FALSE;

  g_timeout_add (ms, due_cb, &due);
  while (!due)
    g_main_context_iteration (NULL, TRUE);
}

/* A credential of systemd may belong to root, with its reader in an access list that shows as the group. */
static gboolean
is_private (const char *path)
{
  struct stat info;

  if (stat (path, &info) != 0)
    return TRUE; /* reading it says what is wrong */
  return S_ISREG (info.st_mode) && (info.st_mode & 07) == 0
         && ((info.st_uid == geteuid () && (info.st_mode & 070) == 0) || info.st_uid == 0);
}

/* Returns: (transfer full) (nullable) */
static GBytes *
read_secret (const char *path,
             GError    **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  GBytes *secret;

  if (!is_private (path))
    {
      g_set_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_SETUP,
                   _("Nobody was signed in, because others may read “%s”. Make it readable for its owner"
                     " alone."), path);
      return NULL;
    }
  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  secret = plt_totp_read_uri (g_strstrip (text));
  explicit_bzero (text, length);
  if (secret == NULL)
    g_set_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_SETUP,
                 _("Nobody was signed in, because “%s” has no address of a second factor (otpauth://totp/…)."), path);
  return secret;
}

static gboolean
try_code (PltCtl  *ctl,
          GBytes  *secret,
          gint64   step,
          GError **error)
{
  g_autofree char *code = plt_totp_code (secret, step);
  g_autoptr (GAsyncResult) result = NULL;

  plt_office_sign_in_async (ctl->office, NULL, NULL, code, NULL, plt_ctl_ready_cb, &result);
  return plt_office_sign_in_finish (ctl->office, plt_ctl_await (&result), error);
}

static gboolean
check_roles (PltCtl  *ctl,
             GError **error)
{
  PltSession *session = plt_office_get_session (ctl->office);
  guint roles;

  g_object_get (session, "roles", &roles, NULL);
  if (roles == PLT_ROLE_OPERATOR)
    return TRUE;
  g_set_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_FORBIDDEN,
               _("A service does not sign in as %s, who may do other things than print. Give it a login of its own that"
                 " is an operator’s and nothing else."), plt_session_get_staff_login (session));
  return FALSE;
}

static void
sign_out (PltCtl *ctl)
{
  g_autoptr (GAsyncResult) result = NULL;

  plt_office_sign_out_async (ctl->office, NULL, plt_ctl_ready_cb, &result);
  plt_office_sign_out_finish (ctl->office, plt_ctl_await (&result), NULL);
}

gboolean
plt_ctl_service_sign_in (PltCtl      *ctl,
                         const char  *path,
                         GError     **error)
{
  g_autoptr (GBytes) secret = read_secret (path, error);

  if (secret == NULL)
    return FALSE;
  for (int n = 1;; n++)
    {
      gint64 now = g_get_real_time () / G_USEC_PER_SEC;
      g_autoptr (GError) local = NULL;

      if (try_code (ctl, secret, now / PLT_TOTP_STEP_SECONDS, &local))
        break;
      /* Each code is good once, for whoever comes first: the next one may do. */
      if (n == TRIES || !g_error_matches (local, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_SECOND_FACTOR))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      plt_ctl_pause ((guint) (PLT_TOTP_STEP_SECONDS - now % PLT_TOTP_STEP_SECONDS) * 1000 + 100);
    }
  if (check_roles (ctl, error))
    return TRUE;
  sign_out (ctl);
  return FALSE;
}
