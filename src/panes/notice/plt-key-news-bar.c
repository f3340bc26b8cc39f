/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A notice that is there as long as one of the issuer's keys ends soon, or signs no more. */
#include "plt-key-news-bar.h"

#include "plt-key-news.h"
#include "plt-notice.h"

#include <glib/gi18n-lib.h>

struct _PltKeyNewsBar
{
  AdwBin        parent_instance;

  GCancellable *cancellable;

  PltNotice    *notice;
};

G_DEFINE_FINAL_TYPE (PltKeyNewsBar, plt_key_news_bar, ADW_TYPE_BIN)

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean stops;
  g_autofree char *text = plt_key_news_read_finish (result, &stops, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  PltNotice *notice = PLT_KEY_NEWS_BAR (user_data)->notice;
  if (error != NULL)
    plt_notice_show (notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
  else if (text != NULL)
    plt_notice_show (notice, stops ? PLT_NOTICE_ERROR : PLT_NOTICE_INFO, text, NULL, NULL);
  else
    plt_notice_clear (notice);
}

static void
stop (PltKeyNewsBar *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
plt_key_news_bar_dispose (GObject *object)
{
  stop (PLT_KEY_NEWS_BAR (object));

  G_OBJECT_CLASS (plt_key_news_bar_parent_class)->dispose (object);
}

static void
plt_key_news_bar_class_init (PltKeyNewsBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plt_key_news_bar_dispose;
}

static void
plt_key_news_bar_init (PltKeyNewsBar *self)
{
  self->notice = g_object_new (PLT_TYPE_NOTICE, NULL);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->notice));
}

void
plt_key_news_bar_load (PltKeyNewsBar *self,
                       PltOffice     *office)
{
  g_return_if_fail (PLT_IS_KEY_NEWS_BAR (self));

  stop (self);
  self->cancellable = g_cancellable_new ();
  plt_key_news_read_async (office, self->cancellable, read_cb, self);
}
