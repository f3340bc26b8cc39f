/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A notice that is there as long as cards stop, or a new version waits for people. */
#include "plt-layout-news-bar.h"

#include "plt-layout-news.h"
#include "plt-notice.h"

#include <glib/gi18n-lib.h>

struct _PltLayoutNewsBar
{
  AdwBin        parent_instance;

  PltOffice    *office; /* NULL until it is loaded */
  GCancellable *cancellable;

  PltNotice    *notice;
};

G_DEFINE_FINAL_TYPE (PltLayoutNewsBar, plt_layout_news_bar, ADW_TYPE_BIN)

static void
show (PltLayoutNewsBar *self,
      GPtrArray        *news)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean stops = FALSE;

  for (guint i = 0; i < news->len; i++)
    {
      const PltLayoutNews *one = g_ptr_array_index (news, i);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", one->text);
      stops = stops || one->stops;
    }
  if (news->len == 0)
    plt_notice_clear (self->notice);
  else
    plt_notice_show (self->notice, stops ? PLT_NOTICE_ERROR : PLT_NOTICE_INFO, text->str, NULL, NULL);
}

/* What fails is told by the list below, which asks the same database. */
static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GPtrArray) news = plt_layout_news_read_finish (result, NULL);

  if (news != NULL)
    show (PLT_LAYOUT_NEWS_BAR (user_data), news);
}

static void
stop (PltLayoutNewsBar *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
load (PltLayoutNewsBar *self)
{
  stop (self);
  self->cancellable = g_cancellable_new ();
  plt_layout_news_read_async (self->office, self->cancellable, read_cb, self);
}

static void
office_changed_cb (PltLayoutNewsBar *self,
                   const char       *subject)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self))
      && (g_str_equal (subject, "layout") || g_str_equal (subject, "everything")))
    load (self);
}

static void
plt_layout_news_bar_dispose (GObject *object)
{
  PltLayoutNewsBar *self = PLT_LAYOUT_NEWS_BAR (object);

  stop (self);
  g_clear_object (&self->office);

  G_OBJECT_CLASS (plt_layout_news_bar_parent_class)->dispose (object);
}

static void
plt_layout_news_bar_class_init (PltLayoutNewsBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plt_layout_news_bar_dispose;
}

static void
plt_layout_news_bar_init (PltLayoutNewsBar *self)
{
  self->notice = g_object_new (PLT_TYPE_NOTICE, NULL);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->notice));
}

void
plt_layout_news_bar_load (PltLayoutNewsBar *self,
                          PltOffice        *office)
{
  g_return_if_fail (PLT_IS_LAYOUT_NEWS_BAR (self));

  if (g_set_object (&self->office, office))
    g_signal_connect_object (office, "changed", G_CALLBACK (office_changed_cb), self, G_CONNECT_SWAPPED);
  load (self);
}
