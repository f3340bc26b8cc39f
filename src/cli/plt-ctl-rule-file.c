/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-ctl-rule-file.h"

#include "plt-office-error.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

char *
plt_ctl_rule_file_read (const char  *path,
                        GError     **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) local = NULL;

  if (!g_file_get_contents (path, &text, NULL, &local))
    {
      g_set_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID,
                   /* Translators: a file’s name, then what is wrong. */
                   _("“%s” was not read: %s. Nothing was changed."), shown, local->message);
      return NULL;
    }
  node = json_from_string (text, &local);
  if (node == NULL)
    {
      g_set_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID,
                   /* Translators: a file’s name, then what is wrong with it. */
                   _("“%s” holds no proposed rules, because it is no JSON: %s. Nothing was changed."),
                   shown, local != NULL ? local->message : _("it is empty"));
      return NULL;
    }

  return g_steal_pointer (&text);
}
