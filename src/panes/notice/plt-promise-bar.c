/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A notice that is there while one more card is more than the stock makes. */
#include "plt-promise-bar.h"

#include "plt-notice.h"
#include "plt-stock-watch.h"

#include <glib/gi18n-lib.h>

struct _PltPromiseBar
{
  AdwBin         parent_instance;

  PltStockWatch *watch; /* NULL until something can be promised */
  gboolean       promises;

  PltNotice     *notice;
};

G_DEFINE_FINAL_TYPE (PltPromiseBar, plt_promise_bar, ADW_TYPE_BIN)

/* What there is least of, as a person says it. */
static const char *
get_scarce (const PltStockLeft *left)
{
  if (left->makes == left->cards)
    return _("blanks");
  return left->makes == left->ribbon ? _("ribbon") : _("film");
}

static void
show_left (PltPromiseBar *self)
{
  const PltStockLeft *left = self->watch != NULL ? plt_stock_watch_get_left (self->watch) : NULL;
  g_autofree char *text = NULL;

  if (!self->promises || left == NULL || left->makes > left->waiting)
    {
      plt_notice_clear (self->notice);
      return;
    }
  /* Translators: how many people, and what there is too little of: blanks, ribbon or film */
  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "With this application %d person waits for a card, and there is stock for %d "
                                       "(too little: %s). Promise no day until more has come.",
                                       "With this application %d people wait for a card, and there is stock for %d "
                                       "(too little: %s). Promise no day until more has come.",
                                       (gulong) left->waiting + 1),
                          left->waiting + 1, left->makes, get_scarce (left));
  plt_notice_show (self->notice, PLT_NOTICE_WARNING, text, NULL, NULL);
}

static void
plt_promise_bar_dispose (GObject *object)
{
  g_clear_object (&PLT_PROMISE_BAR (object)->watch);

  G_OBJECT_CLASS (plt_promise_bar_parent_class)->dispose (object);
}

static void
plt_promise_bar_class_init (PltPromiseBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plt_promise_bar_dispose;
}

static void
plt_promise_bar_init (PltPromiseBar *self)
{
  self->notice = g_object_new (PLT_TYPE_NOTICE, NULL);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->notice));
}

void
plt_promise_bar_set (PltPromiseBar *self,
                     PltOffice     *office,
                     gboolean       promises)
{
  g_return_if_fail (PLT_IS_PROMISE_BAR (self));

  self->promises = promises;
  if (promises && self->watch == NULL)
    {
      self->watch = plt_stock_watch_new (office);
      g_signal_connect_object (self->watch, "changed", G_CALLBACK (show_left), self, G_CONNECT_SWAPPED);
    }
  show_left (self);
}
