/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads what is left of the stock whenever stock, cards or applications have changed, at most twice a
 * second however much changes. */
#include "plt-stock-watch.h"

#include "plt-stock.h"

#define COALESCE_MS 500

struct _PltStockWatch
{
  GObject       parent_instance;

  PltOffice    *office;
  GCancellable *cancellable;
  PltStockLeft  left;
  gboolean      known;
  gboolean      reading;
  gboolean      again;     /* it changed while it was read */
  guint         reload_id;
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PltStockWatch, plt_stock_watch, G_TYPE_OBJECT)

static void reload_soon (PltStockWatch *self);

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (PltStockWatch) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = plt_stock_act_finish (result, &error);
  PltStockLeft left = { 0 };

  if (self->office == NULL)
    return;
  self->reading = FALSE;
  /* What is not known is not shown; that the database is away is said elsewhere. */
  self->known = json != NULL && plt_stock_left_parse (json, &left, NULL);
  plt_stock_left_clear (&self->left);
  self->left = left;
  g_signal_emit (self, signals[CHANGED], 0);
  if (self->again)
    reload_soon (self);
}

static gboolean
reload_cb (gpointer user_data)
{
  PltStockWatch *self = user_data;

  self->reload_id = 0;
  self->again = self->reading;
  if (self->reading || !plt_session_has_role (plt_office_get_session (self->office),
                                              PLT_ROLE_CLERK | PLT_ROLE_SUPERVISOR | PLT_ROLE_OPERATOR |
                                              PLT_ROLE_AUDITOR | PLT_ROLE_ADMIN))
    return G_SOURCE_REMOVE;
  self->reading = TRUE;
  plt_stock_act_async (self->office, PLT_STOCK_LEFT, NULL, self->cancellable, read_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
reload_soon (PltStockWatch *self)
{
  if (self->reload_id == 0)
    self->reload_id = g_timeout_add (COALESCE_MS, reload_cb, self);
}

static void
office_changed_cb (PltStockWatch *self,
                   const char    *subject)
{
  static const char * const subjects[] = { "stock", "card", "application", "session", "everything" };

  for (gsize i = 0; i < G_N_ELEMENTS (subjects); i++)
    if (g_str_equal (subject, subjects[i]) && plt_session_is_signed_in (plt_office_get_session (self->office)))
      reload_soon (self);
}

static void
plt_stock_watch_dispose (GObject *object)
{
  PltStockWatch *self = PLT_STOCK_WATCH (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->reload_id, g_source_remove);
  g_clear_object (&self->office);

  G_OBJECT_CLASS (plt_stock_watch_parent_class)->dispose (object);
}

static void
plt_stock_watch_finalize (GObject *object)
{
  PltStockWatch *self = PLT_STOCK_WATCH (object);

  g_object_unref (self->cancellable);
  plt_stock_left_clear (&self->left);

  G_OBJECT_CLASS (plt_stock_watch_parent_class)->finalize (object);
}

static void
plt_stock_watch_class_init (PltStockWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plt_stock_watch_dispose;
  G_OBJECT_CLASS (klass)->finalize = plt_stock_watch_finalize;
  signals[CHANGED] = g_signal_new ("changed", PLT_TYPE_STOCK_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
plt_stock_watch_init (PltStockWatch *self)
{
  self->cancellable = g_cancellable_new ();
}

PltStockWatch *
plt_stock_watch_new (PltOffice *office)
{
  g_return_val_if_fail (PLT_IS_OFFICE (office), NULL);

  PltStockWatch *self = g_object_new (PLT_TYPE_STOCK_WATCH, NULL);

  self->office = g_object_ref (office);
  g_signal_connect_object (office, "changed", G_CALLBACK (office_changed_cb), self, G_CONNECT_SWAPPED);
  if (plt_session_is_signed_in (plt_office_get_session (office)))
    reload_cb (self);
  return self;
}

const PltStockLeft *
plt_stock_watch_get_left (PltStockWatch *self)
{
  g_return_val_if_fail (PLT_IS_STOCK_WATCH (self), NULL);

  return self->known ? &self->left : NULL;
}
