/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An application in a list of results: number, holder, type, state. */
#include "plt-application-row.h"

#include "plt-application.h"
#include "plt-panes.h"

#include <glib/gi18n-lib.h>

struct _PltApplicationRow
{
  PltTextRow             parent_instance;

  PltLicenceApplication *application;
};

G_DEFINE_FINAL_TYPE (PltApplicationRow, plt_application_row, PLT_TYPE_TEXT_ROW)

static void
update (PltApplicationRow *self)
{
  PltLicenceApplication *application = self->application;
  const char *type =
    plt_application_type_get_title (plt_licence_application_get_type_ (application));
  const char *state =
    plt_application_state_get_title (plt_licence_application_get_state (application));
  const char *holder = plt_licence_application_get_holder_name (application);
  g_autofree char *title = g_strdup_printf ("%s · %s",
                                            plt_licence_application_get_number (application),
                                            holder != NULL ? holder : "—");
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", type, state);

  plt_text_row_set_text (PLT_TEXT_ROW (self), title, subtitle);
}

static void
plt_application_row_dispose (GObject *object)
{
  g_clear_object (&PLT_APPLICATION_ROW (object)->application);

  G_OBJECT_CLASS (plt_application_row_parent_class)->dispose (object);
}

static void
plt_application_row_class_init (PltApplicationRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plt_application_row_dispose;
}

static void
plt_application_row_init (PltApplicationRow *self)
{
  plt_text_row_add_suffix (PLT_TEXT_ROW (self), plt_panes_new_icon ("go-next-symbolic"));
}

GtkWidget *
plt_application_row_new (gpointer item,
                         gpointer user_data)
{
  PltApplicationRow *self = g_object_new (PLT_TYPE_APPLICATION_ROW, NULL);

  self->application = g_object_ref (item);
  g_signal_connect_object (item, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

const char *
plt_application_row_get_number (PltApplicationRow *self)
{
  return plt_licence_application_get_number (self->application);
}
