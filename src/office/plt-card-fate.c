/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks by itself what became of a card whose last step has no answer. */
#include "plt-card-fate.h"

#include "plt-office-private.h"
#include "plt-store-cards.h"

struct _PltCardFate
{
  GObject parent_instance;
  PltOffice *office;
  char *card_number;
  gboolean looking;
  gboolean known;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (PltCardFate, plt_card_fate, G_TYPE_OBJECT)

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (PltCardFate) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PltCard) card = plt_store_get_card_finish (PLT_STORE (source), result, &error);

  self->looking = FALSE;
  if (card != NULL && !g_cancellable_is_cancelled (self->cancellable))
    {
      self->known = TRUE;
      g_signal_emit_by_name (self, "known", card);
    }
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_info ("What became of a card is looked up again later: %s", error->message);
}

static void
look (PltCardFate *self)
{
  if (self->looking || self->known)
    return;
  self->looking = TRUE;
  plt_store_get_card_async (plt_office_get_store (self->office), self->card_number, self->cancellable,
                            looked_cb, g_object_ref (self));
}

static void
changed_cb (PltCardFate *self,
            const char  *subject,
            gint64       id)
{
  if (g_str_equal (subject, "everything") || g_str_equal (subject, "card"))
    look (self);
}

static void
plt_card_fate_dispose (GObject *object)
{
  PltCardFate *self = PLT_CARD_FATE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (plt_card_fate_parent_class)->dispose (object);
}

static void
plt_card_fate_finalize (GObject *object)
{
  PltCardFate *self = PLT_CARD_FATE (object);

  g_free (self->card_number);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (plt_card_fate_parent_class)->finalize (object);
}

static void
plt_card_fate_class_init (PltCardFateClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plt_card_fate_dispose;
  object_class->finalize = plt_card_fate_finalize;
  g_signal_new ("known", PLT_TYPE_CARD_FATE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                PLT_TYPE_CARD);
}

static void
plt_card_fate_init (PltCardFate *self)
{
  self->cancellable = g_cancellable_new ();
}

PltCardFate *
plt_card_fate_new (PltOffice  *office,
                   const char *card_number)
{
  g_return_val_if_fail (PLT_IS_OFFICE (office), NULL);
  g_return_val_if_fail (card_number != NULL, NULL);

  PltCardFate *self = g_object_new (PLT_TYPE_CARD_FATE, NULL);
  self->office = g_object_ref (office);
  self->card_number = g_strdup (card_number);
  g_signal_connect_object (office, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  if (plt_session_is_online (plt_office_get_session (office)))
    look (self);
  return self;
}

gboolean
plt_card_fate_is_unknown (const GError *error,
                          gboolean      begun_online)
{
  return begun_online
         && (g_error_matches (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_UNKNOWN_FATE)
             || g_error_matches (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_OFFLINE));
}
