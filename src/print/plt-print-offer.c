/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fetches the PPD file of a queue and looks for a profile's options in it. */
#include "plt-print-offer.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Returns: (transfer full) (nullable): the text; NULL for a queue without one */
static char *
fetch_ppd (http_t     *http,
           const char *destination)
{
  g_autofree char *resource = g_strdup_printf ("/printers/%s.ppd", destination);
  g_autofree char *path = NULL;
  char *text = NULL;
  int fd = g_file_open_tmp ("platen-ppd-XXXXXX", &path, NULL);

  if (fd < 0)
    return NULL;
  if (cupsGetFd (http, resource, fd) != HTTP_STATUS_OK
      || !g_file_get_contents (path, &text, NULL, NULL))
    g_clear_pointer (&text, g_free);
  close (fd);
  g_unlink (path);
  return text;
}

/* Lines are “*GDuplexType DUPLEX_CC/Colour: "…"”. */
gboolean
plt_print_offer_is_in (const char *ppd,
                       const char *name,
                       const char *value)
{
  g_autofree char *choice = g_strdup_printf ("*%s %s", name, value);
  gsize length = strlen (choice);

  for (const char *at = strstr (ppd, choice); at != NULL; at = strstr (at + 1, choice))
    if ((at == ppd || at[-1] == '\n' || at[-1] == '\r') && strchr ("/: \t", at[length]) != NULL
        && at[length] != '\0')
      return TRUE;
  return FALSE;
}

GPtrArray *
plt_print_offer_choose (http_t           *http,
                        const char       *destination,
                        PltPrintProfile  *profile,
                        char            **missing)
{
  GPtrArray *options = plt_print_profile_get_options (profile);
  GPtrArray *chosen = g_ptr_array_new ();
  g_autofree char *ppd = options->len > 0 ? fetch_ppd (http, destination) : NULL;

  for (guint i = 0; i < options->len; i++)
    {
      PltProfileOption *option = options->pdata[i];

      if (ppd != NULL && plt_print_offer_is_in (ppd, option->name, option->value))
        g_ptr_array_add (chosen, option);
      else if (option->required && missing != NULL && *missing == NULL)
        *missing = g_strdup_printf ("%s=%s", option->name, option->value);
    }
  return chosen;
}
