/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes a proof sheet where only this person can read it, and has it shown. */
#include "plt-proof-sheet.h"

#include <glib/gi18n-lib.h>

static char *
dup_path (void)
{
  return g_build_filename (g_get_user_runtime_dir (), "platen-proof-sheet.pdf", NULL);
}

/* No program for it here: then it is told where the sheet lies. */
static void
shown_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (PltNotice) notice = user_data;
  g_autofree char *path = dup_path ();
  g_autofree char *text = NULL;

  if (gtk_show_uri_full_finish (GTK_WINDOW (source), result, NULL)
      || gtk_widget_get_root (GTK_WIDGET (notice)) == NULL)
    return;
  /* Translators: %s is a file */
  text = g_strdup_printf (_("No program of this computer shows PDF. The proof sheet lies in %s."), path);
  plt_notice_show (notice, PLT_NOTICE_WARNING, text, NULL, NULL);
}

void
plt_proof_sheet_show (PltNotice *notice,
                      GBytes    *sheet)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = dup_path ();
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (notice));

  if (root == NULL)
    return;
  if (!g_file_set_contents_full (path, g_bytes_get_data (sheet, NULL),
                                 (gssize) g_bytes_get_size (sheet), G_FILE_SET_CONTENTS_NONE, 0600,
                                 &error))
    plt_notice_show (notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
  else
    gtk_show_uri_full (GTK_WINDOW (root), uri, GDK_CURRENT_TIME, NULL, shown_cb, g_object_ref (notice));
}
