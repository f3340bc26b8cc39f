/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signing in from a terminal or a script: resumes the session of the last command where there is
 * one; else the six-digit code comes from a file descriptor or a prompt, never from an argument. */
#include "config.h"

#include "plt-ctl.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <termios.h>
#include <unistd.h>

#define SECRET_MAX 1024

void
plt_ctl_ready_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  GAsyncResult **slot = user_data;

  *slot = g_object_ref (result);
}

/**
 * plt_ctl_await:
 * @result: the slot that was passed with plt_ctl_ready_cb()
 *
 * Runs the main context until the call has ended.
 *
 * Returns: (transfer none): what is in the slot, to be unreferenced by its owner
 */
GAsyncResult *
plt_ctl_await (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static char *
read_line (int      fd,
           GError **error)
{
  char buffer[SECRET_MAX + 1];
  gsize length = 0;

  while (length < SECRET_MAX)
    {
      gssize n = read (fd, buffer + length, 1);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_set_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID,
                       _("File descriptor %d cannot be read: %s."), fd, g_strerror (errno));
          return NULL;
        }
      if (n == 0 || buffer[length] == '\n')
        break;
      length++;
    }
  buffer[length] = '\0';
  return g_strdup (g_strchomp (buffer));
}

static char *
prompt_terminal (const char *prompt,
                 GError    **error)
{
  int tty = open ("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
  struct termios shown;
  struct termios hidden;
  char *line;

  if (tty < 0)
    {
      g_set_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_SECOND_FACTOR,
                   _("%s is needed, and there is no terminal to ask at. "
                     "Say with an option where it is to be read from; see --help."), prompt);
      return NULL;
    }
  tcgetattr (tty, &shown);
  hidden = shown;
  hidden.c_lflag &= ~(tcflag_t) ECHO;
  tcsetattr (tty, TCSAFLUSH, &hidden);
  dprintf (tty, "%s: ", prompt);
  line = read_line (tty, error);
  tcsetattr (tty, TCSAFLUSH, &shown);
  dprintf (tty, "\n");
  close (tty);
  return line;
}

/**
 * plt_ctl_read_secret:
 * @fd: a file descriptor whose first line is the secret, or -1 to ask at the terminal
 * @prompt: what is asked for
 *
 * Returns: (transfer full): the secret without its line end
 */
char *
plt_ctl_read_secret (int          fd,
                     const char  *prompt,
                     GError     **error)
{
  return fd >= 0 ? read_line (fd, error) : prompt_terminal (prompt, error);
}

static gboolean
try_sign_in (PltCtl      *ctl,
             const char  *totp,
             GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plt_office_sign_in_async (ctl->office, NULL, NULL, totp, NULL, plt_ctl_ready_cb, &result);
  return plt_office_sign_in_finish (ctl->office, plt_ctl_await (&result), error);
}

gboolean
plt_ctl_sign_in (PltCtl  *ctl,
                 int      totp_fd,
                 GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *totp = NULL;

  if (try_sign_in (ctl, NULL, &local))
    return TRUE;
  if (!g_error_matches (local, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_SECOND_FACTOR))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  totp = plt_ctl_read_secret (totp_fd, _("Six-digit code"), error);
  return totp != NULL && try_sign_in (ctl, totp, error);
}

static void
print_session (PltCtl *ctl)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  plt_ctl_add_members (builder, plt_office_get_session (ctl->office),
                       "staff-login", "staff-name", "office-code", "office-name", NULL);
  json_builder_end_object (builder);
  node = plt_ctl_finish (builder);
  plt_ctl_print (ctl, node);
}

/* For what can be said to anybody, and more to who is signed in: nobody is asked for anything. */
void
plt_ctl_sign_in_if_possible (PltCtl *ctl)
{
  g_autoptr (GError) error = NULL;

  if (ctl->totp_fd >= 0)
    plt_ctl_sign_in (ctl, ctl->totp_fd, &error);
  else
    try_sign_in (ctl, NULL, &error);
  if (error != NULL)
    g_debug ("Nobody is signed in: %s", error->message);
}

static PltCtlStatus
run_sign_in (PltCtl  *ctl,
             char   **arguments,
             GError **error)
{
  print_session (ctl);
  return PLT_CTL_DONE;
}

static PltCtlStatus
run_sign_out (PltCtl  *ctl,
              char   **arguments,
              GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (!try_sign_in (ctl, NULL, error))
    return PLT_CTL_REFUSED;
  plt_office_sign_out_async (ctl->office, NULL, plt_ctl_ready_cb, &result);
  return plt_office_sign_out_finish (ctl->office, plt_ctl_await (&result), error)
         ? PLT_CTL_DONE : PLT_CTL_REFUSED;
}

const PltCtlCommand plt_ctl_sign_in_command = {
  .name = "sign-in",
  .arguments = "",
  .summary = N_("Open a session for the commands that follow"),
  .signed_in = TRUE,
  .run = run_sign_in,
};

const PltCtlCommand plt_ctl_sign_out_command = {
  .name = "sign-out",
  .arguments = "",
  .summary = N_("End the session"),
  .run = run_sign_out,
};
