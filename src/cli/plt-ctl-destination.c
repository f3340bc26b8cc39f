/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A printer or class that a command names is one that the print server has: with a wrong name, orders would
 * wait and stock would lie for ever where no printer is. */
#include "plt-ctl.h"
#include "plt-production.h"

#include <glib/gi18n-lib.h>

static gboolean
is_listed (GListModel *printers,
           const char *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (printers); i++)
    {
      g_autoptr (GObject) printer = g_list_model_get_item (printers, i);
      g_autofree char *destination = NULL;

      g_object_get (printer, "destination", &destination, NULL);
      if (g_strcmp0 (destination, name) == 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
plt_ctl_check_destination (PltCtl      *ctl,
                           const char  *name,
                           GError     **error)
{
  g_autoptr (PltPrinterList) printers = plt_printer_list_new (ctl->office);
  g_autoptr (GAsyncResult) result = NULL;

  plt_printer_list_load_async (printers, NULL, plt_ctl_ready_cb, &result);
  /* Nobody can say; the database judges, as it does for a print server that is away. */
  if (!plt_printer_list_load_finish (printers, plt_ctl_await (&result), NULL)
      || is_listed (G_LIST_MODEL (printers), name))
    return TRUE;
  g_set_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_NOT_FOUND,
               _("Nothing was done, because there is no printer and no class “%s”; “platenctl printer list” "
                 "names them."), name);
  return FALSE;
}
