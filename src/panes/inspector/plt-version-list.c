/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists the versions of layouts, and does what is said to them. */
#include "plt-version-list.h"

#include "plt-layout-decision.h"
#include "plt-layout-news-bar.h"
#include "plt-layout-versions.h"
#include "plt-notice.h"
#include "plt-panes.h"
#include "plt-proof-sheet.h"
#include "plt-reason-dialog.h"
#include "plt-version-row.h"

#include <glib/gi18n-lib.h>

struct _PltVersionList
{
  AdwBin          parent_instance;

  PltOffice      *office;
  PltLayoutWatch *watch;
  GPtrArray      *versions; /* PltLayoutVersion; NULL until they have been read */
  GCancellable   *cancellable;

  /* What the open dialog is about. */
  PltLayoutsAct   act;      /* of an approval PLT_LAYOUTS_VERSIONS */
  gint64          id;       /* 0: a proposal */
  char           *layout;
  int             version;

  PltLayoutNewsBar *news;
  PltNotice      *notice;
  GtkListBox     *list;
};

G_DEFINE_FINAL_TYPE (PltVersionList, plt_version_list, ADW_TYPE_BIN)

static void
show_error (PltVersionList *self,
            const GError   *error)
{
  plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
}

static const char *
find_digest (PltVersionList *self,
             const char     *layout,
             int             version)
{
  GPtrArray *files = plt_layout_watch_get_files (self->watch);

  for (guint i = 0; files != NULL && i < files->len; i++)
    {
      const PltLayoutFile *file = files->pdata[i];

      if (file->version == version && g_str_equal (file->id, layout))
        return file->digest;
    }

  return NULL;
}

static const PltLayoutVersion *
find_version (PltVersionList *self,
              gint64          id)
{
  for (guint i = 0; self->versions != NULL && i < self->versions->len; i++)
    if (((const PltLayoutVersion *) self->versions->pdata[i])->id == id)
      return self->versions->pdata[i];

  return NULL;
}

/* Whether somebody has proposed these files, and they wait or are in use. */
static gboolean
is_known (PltVersionList      *self,
          const PltLayoutFile *file)
{
  for (guint i = 0; i < self->versions->len; i++)
    {
      const PltLayoutVersion *version = self->versions->pdata[i];

      if (version->version == file->version && g_str_equal (version->layout, file->id) &&
          g_strcmp0 (version->digest, file->digest) == 0 &&
          (version->state == PLT_LAYOUT_STATE_PROPOSED ||
           version->state == PLT_LAYOUT_STATE_APPROVED))
        return TRUE;
    }

  return FALSE;
}

static void
show_all (PltVersionList *self)
{
  GPtrArray *files = plt_layout_watch_get_files (self->watch);
  gboolean may = plt_layout_decision_is_allowed (self->office);
  int focused = plt_panes_find_focus (self->list);

  plt_panes_empty_list (self->list);
  if (self->versions == NULL)
    return;
  for (guint i = 0; files != NULL && i < files->len; i++)
    {
      const PltLayoutFile *file = files->pdata[i];

      if (file->layout != NULL && !is_known (self, file))
        gtk_list_box_append (self->list,
                             plt_version_row_new_of_files (file->id, file->version, (int) i, may));
    }
  for (guint i = 0; i < self->versions->len; i++)
    {
      const PltLayoutVersion *version = self->versions->pdata[i];
      const char *here = find_digest (self, version->layout, version->version);

      gtk_list_box_append (self->list, plt_version_row_new (version, here, may));
    }
  plt_panes_put_focus (self->list, focused);
}

static void
versions_read_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = plt_layout_versions_run_finish (result, &error);
  GPtrArray *versions = json != NULL ? plt_layout_versions_parse (json, &error) : NULL;
  PltVersionList *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = user_data;
  if (versions == NULL)
    {
      show_error (self, error);
      return;
    }
  g_clear_pointer (&self->versions, g_ptr_array_unref);
  self->versions = versions;
  show_all (self);
}

static void
stop (PltVersionList *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

void
plt_version_list_load (PltVersionList *self)
{
  g_return_if_fail (PLT_IS_VERSION_LIST (self));

  stop (self);
  self->cancellable = g_cancellable_new ();
  plt_layout_versions_run_async (self->office, PLT_LAYOUTS_VERSIONS, NULL, self->cancellable,
                                 versions_read_cb, self);
  plt_layout_news_bar_load (self->news, self->office);
}

/* Files came, went or were edited: what is said of them is not true any more. */
static void
files_changed_cb (PltVersionList *self)
{
  show_all (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    plt_layout_news_bar_load (self->news, self->office);
}

/* ---- what people do ---- */

/* What was done, or why it was not. */
static void G_GNUC_PRINTF (3, 4)
tell (PltVersionList *self,
      const GError   *error,
      const char     *format,
      ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  if (self->office == NULL)
    return;
  plt_version_list_load (self);
  if (error != NULL)
    {
      show_error (self, error);
      return;
    }
  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  plt_reason_dialog_forget (GTK_WIDGET (self));
  plt_notice_clear (self->notice);
  plt_panes_toast (GTK_WIDGET (self), "%s", text);
}

/* “utopia-iso, version 1” */
static char *
dup_title (PltVersionList *self)
{
  return plt_version_dup_title (self->layout, self->version);
}

static void
proposed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (PltVersionList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *title = dup_title (self);

  plt_layout_versions_propose_finish (result, &error);
  /* Translators: “utopia-iso, version 1” */
  tell (self, error, _("%s is proposed. Another person approves it."), title);
}

static void
approved_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (PltVersionList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *title = dup_title (self);

  plt_layout_versions_approve_finish (result, &error);
  /* Translators: “utopia-iso, version 1” */
  tell (self, error, _("%s is approved."), title);
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (PltVersionList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = plt_layout_versions_run_finish (result, &error);
  g_autofree char *title = dup_title (self);

  /* Translators: “utopia-iso, version 1” */
  tell (self, error, _("%s is not in use any more."), title);
}

static void
reason_given_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  PltVersionList *self = PLT_VERSION_LIST (source);
  g_autofree char *reason = plt_reason_dialog_ask_finish (result, NULL, NULL);
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, self->id);

  if (reason == NULL || self->office == NULL)
    return;
  if (self->id == 0)
    plt_layout_versions_propose_async (self->office, self->layout, self->version, NULL, NULL, NULL,
                                       reason, NULL, proposed_cb, g_object_ref (self));
  else if (self->act == PLT_LAYOUTS_VERSIONS)
    plt_layout_versions_approve_async (self->office, self->id, reason, NULL, approved_cb,
                                       g_object_ref (self));
  else
    plt_layout_versions_run_async (self->office, self->act, (const char *[]){ id, reason }, NULL,
                                   ended_cb, g_object_ref (self));
}

static void
remember (PltVersionList *self,
          PltLayoutsAct   act,
          gint64          id,
          const char     *layout,
          int             version)
{
  self->act = act;
  self->id = id;
  g_free (self->layout);
  self->layout = g_strdup (layout);
  self->version = version;
}

static void
propose_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  PltVersionList *self = PLT_VERSION_LIST (widget);
  GPtrArray *files = plt_layout_watch_get_files (self->watch);
  guint position = (guint) g_variant_get_int32 (parameter);
  const PltLayoutFile *file = files != NULL && position < files->len ? files->pdata[position] : NULL;

  if (file == NULL || file->layout == NULL)
    return;
  remember (self, PLT_LAYOUTS_VERSIONS, 0, file->id, file->version);
  plt_reason_dialog_ask_async (widget, _("Propose the Layout?"),
                               _("A proof sheet is drawn from the files of this desk. Another person looks "
                                 "at it and decides. Say what is new."),
                               _("_Propose"), NULL, NULL, reason_given_cb, NULL);
}

static void
decide_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  static const PltLayoutDecision decisions[] = {
    { "inspector.approve", N_("Approve the Layout?"),
      N_("Cards are drawn with it from its first day on. Say what you have looked at on its proof sheet."),
      N_("_Approve"), PLT_LAYOUTS_VERSIONS },
    { "inspector.refuse", N_("Refuse the Layout?"), N_("It is not used. Say why."), N_("_Refuse"),
      PLT_LAYOUTS_REFUSE },
    { "inspector.retire", N_("Retire the Layout?"),
      N_("No more card is drawn with it from now on. Say why."), N_("_Retire"), PLT_LAYOUTS_RETIRE },
  };
  PltVersionList *self = PLT_VERSION_LIST (widget);
  const PltLayoutVersion *version = find_version (self, g_variant_get_int64 (parameter));
  PltLayoutsAct act;

  if (version != NULL && plt_layout_decision_ask (widget, decisions, G_N_ELEMENTS (decisions),
                                                  action, reason_given_cb, &act))
    remember (self, act, version->id, version->layout, version->version);
}

static void
sheet_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (PltVersionList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) sheet = plt_layout_versions_proof_finish (result, &error);

  if (self->office == NULL)
    return;
  if (sheet == NULL)
    show_error (self, error);
  else
    plt_proof_sheet_show (self->notice, sheet);
}

static void
sheet_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  PltVersionList *self = PLT_VERSION_LIST (widget);

  plt_layout_versions_proof_async (self->office, g_variant_get_int64 (parameter), NULL, sheet_read_cb,
                                   g_object_ref (self));
}

static gboolean
plt_version_list_grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (GTK_WIDGET (PLT_VERSION_LIST (widget)->list), GTK_DIR_TAB_FORWARD);
}

static void
plt_version_list_dispose (GObject *object)
{
  PltVersionList *self = PLT_VERSION_LIST (object);

  stop (self);
  g_clear_object (&self->office);
  g_clear_object (&self->watch);
  g_clear_pointer (&self->versions, g_ptr_array_unref);
  g_clear_pointer (&self->layout, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_VERSION_LIST);

  G_OBJECT_CLASS (plt_version_list_parent_class)->dispose (object);
}

static void
plt_version_list_class_init (PltVersionListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_version_list_dispose;
  plt_panes_class_set_grab_focus (widget_class, plt_version_list_grab_focus);
  g_type_ensure (PLT_TYPE_LAYOUT_NEWS_BAR);
  g_type_ensure (PLT_TYPE_NOTICE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/inspector/plt-version-list.ui");
  gtk_widget_class_bind_template_child (widget_class, PltVersionList, news);
  gtk_widget_class_bind_template_child (widget_class, PltVersionList, notice);
  gtk_widget_class_bind_template_child (widget_class, PltVersionList, list);
  gtk_widget_class_install_action (widget_class, "inspector.propose", "i", propose_action);
  gtk_widget_class_install_action (widget_class, "inspector.approve", "x", decide_action);
  gtk_widget_class_install_action (widget_class, "inspector.refuse", "x", decide_action);
  gtk_widget_class_install_action (widget_class, "inspector.retire", "x", decide_action);
  gtk_widget_class_install_action (widget_class, "inspector.sheet", "x", sheet_action);
}

static void
plt_version_list_init (PltVersionList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
plt_version_list_set_office (PltVersionList *self,
                             PltOffice      *office,
                             PltLayoutWatch *watch)
{
  g_return_if_fail (PLT_IS_VERSION_LIST (self) && self->office == NULL);

  self->office = g_object_ref (office);
  self->watch = g_object_ref (watch);
  g_signal_connect_object (watch, "changed", G_CALLBACK (files_changed_cb), self,
                           G_CONNECT_SWAPPED);
}
