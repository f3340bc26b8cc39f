/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cards of this office that are in flight, doubtful or awaiting hand-over, as a live list; those
 * that must be asked about come first. While one is between sent and out, the print system is asked
 * by operators' programs: when an event tells that its job or its printer has changed, and every five
 * seconds all the same; every second while no events come. */
#include "plt-live-rows.h"
#include "plt-print-watch.h"
#include "plt-production-private.h"
#include "plt-store-cards.h"
#include "plt-worklist.h"

#define COALESCE_MS 40
#define FOLLOW_SECONDS 1
/* Every how many times of them it is asked although events come. */
#define QUIET_FOLLOWS 5
/* How soon it shows that a card has been out for too long. */
#define AGE_SECONDS 20

struct _PltCardRoom
{
  GObject parent_instance;
  PltOffice *office;
  GPtrArray *rows; /* PltCard */
  PltWorklistState state;
  char *error;
  guint reload_id;
  guint follow_id;
  guint n_quiet; /* follows let pass since all were asked about */
  guint age_id;
  PltPrintWatch *watch; /* while a card is between sent and out */
  GHashTable *following; /* numbers of cards that are being asked about → whether to ask again */
  GCancellable *cancellable;
};

enum
{
  PROP_0,
  PROP_STATE,
  PROP_ERROR,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

typedef struct
{
  PltCardRoom *room;
  char *number;
} FollowData;

static void plt_card_room_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PltCardRoom, plt_card_room, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, plt_card_room_list_model_init))

static gboolean age_cb (gpointer user_data);
static void follow_number (PltCardRoom *self, const char *number);

static void
set_state (PltCardRoom      *self,
           PltWorklistState  state,
           const char       *error)
{
  if (g_strcmp0 (self->error, error) != 0)
    {
      g_free (self->error);
      self->error = g_strdup (error);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
    }
  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }
}

static void
followed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  FollowData *data = user_data;
  g_autoptr (PltCardRoom) self = data->room;
  g_autoptr (GError) error = NULL;
  /* A card that has moved is announced to every desk, and to this one, by the database. */
  g_autoptr (PltCard) card = plt_production_follow_finish (result, &error);

  if (card == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
      self->office != NULL)
    set_state (self, self->state, error->message);
  else if (card != NULL && self->state == PLT_WORKLIST_STATE_READY)
    set_state (self, self->state, NULL);
  gboolean again = GPOINTER_TO_INT (g_hash_table_lookup (self->following, data->number));
  g_hash_table_remove (self->following, data->number);
  if (again && self->office != NULL)
    follow_number (self, data->number);
  g_free (data->number);
  g_free (data);
}

static gboolean
is_moving (PltCard *card)
{
  int job_id;

  g_object_get (card, "job-id", &job_id, NULL);
  switch (plt_card_get_state (card))
    {
    case PLT_CARD_STATE_SENT:
    case PLT_CARD_STATE_ON_DEVICE:
    case PLT_CARD_STATE_RENDERED:
      return job_id > 0;
    default:
      return FALSE;
    }
}

static void
follow_card (PltCardRoom *self,
             PltCard     *card)
{
  FollowData *data;

  if (g_hash_table_contains (self->following, plt_card_get_number (card)))
    return;
  g_hash_table_insert (self->following, g_strdup (plt_card_get_number (card)),
                       GINT_TO_POINTER (FALSE));
  data = g_new0 (FollowData, 1);
  data->room = g_object_ref (self);
  data->number = g_strdup (plt_card_get_number (card));
  plt_production_follow_async (self->office, data->number, self->cancellable, followed_cb, data);
}

static void
follow_number (PltCardRoom *self,
               const char  *number)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      PltCard *card = g_ptr_array_index (self->rows, i);

      if (g_str_equal (plt_card_get_number (card), number) && is_moving (card))
        follow_card (self, card);
    }
}

static void
end_following (PltCardRoom *self)
{
  g_clear_handle_id (&self->follow_id, g_source_remove);
  if (self->watch != NULL)
    g_signal_handlers_disconnect_by_data (self->watch, self);
  g_clear_object (&self->watch);
}

static gboolean
follow_cb (gpointer user_data)
{
  PltCardRoom *self = user_data;
  gboolean asks = !plt_print_watch_by_events (self->watch) || ++self->n_quiet >= QUIET_FOLLOWS;
  gboolean any = FALSE;

  if (asks)
    self->n_quiet = 0;
  for (guint i = 0; i < self->rows->len; i++)
    {
      PltCard *card = g_ptr_array_index (self->rows, i);
      if (!is_moving (card))
        continue;
      any = TRUE;
      if (asks)
        follow_card (self, card);
    }
  if (!any)
    {
      self->follow_id = 0;
      end_following (self);
    }
  return any;
}

/* @job_id: 0 for any, @printer: (nullable): "" for any; −1 and NULL are none. */
static void
follow_changed (PltCardRoom *self,
                int          job_id,
                const char  *printer)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      PltCard *card = g_ptr_array_index (self->rows, i);
      g_autofree char *its_printer = NULL;
      int its_job;

      g_object_get (card, "job-id", &its_job, "printer", &its_printer, NULL);
      if (!is_moving (card)
          || (job_id != 0 && job_id != its_job
              && (printer == NULL || (*printer != '\0' && g_strcmp0 (printer, its_printer) != 0))))
        continue;
      /* What is being answered now may be how it was before. */
      if (g_hash_table_contains (self->following, plt_card_get_number (card)))
        g_hash_table_insert (self->following, g_strdup (plt_card_get_number (card)),
                             GINT_TO_POINTER (TRUE));
      else
        follow_card (self, card);
    }
}

static void
job_changed_cb (PltCardRoom *self,
                int          job_id)
{
  follow_changed (self, job_id, NULL);
}

static void
printer_changed_cb (PltCardRoom *self,
                    const char  *printer)
{
  follow_changed (self, -1, printer);
}

static void
begin_following (PltCardRoom *self)
{
  plt_print_server_take_pulse (plt_office_get_print_server (self->office));
  self->watch = plt_print_server_watch (plt_office_get_print_server (self->office));
  g_signal_connect_object (self->watch, "job-changed", G_CALLBACK (job_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->watch, "printer-changed", G_CALLBACK (printer_changed_cb), self,
                           G_CONNECT_SWAPPED);
  self->follow_id = g_timeout_add_seconds (FOLLOW_SECONDS, follow_cb, self);
}

static void
update_following (PltCardRoom *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->rows->len && !any; i++)
    any = is_moving (g_ptr_array_index (self->rows, i));
  /* A card that is new here may have moved before its job was known. */
  self->n_quiet = QUIET_FOLLOWS;
  if (any && self->follow_id == 0
      && plt_session_has_role (plt_office_get_session (self->office), PLT_ROLE_OPERATOR))
    begin_following (self);
}

static gboolean
grows_old (PltCard *card)
{
  return plt_card_get_state (card) == PLT_CARD_STATE_OUT && !plt_card_is_asked_about (card);
}

/* When a card becomes old enough to be asked about nothing has changed that anybody would tell. */
static void
update_age (PltCardRoom *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->rows->len && !any; i++)
    any = grows_old (g_ptr_array_index (self->rows, i));
  g_clear_handle_id (&self->age_id, g_source_remove);
  if (any)
    self->age_id = g_timeout_add_seconds (AGE_SECONDS, age_cb, self);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (PltCardRoom) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) read = plt_store_list_cards_finish (PLT_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->office == NULL)
    return;
  if (read == NULL)
    {
      error = plt_office_take_error (self->office, g_steal_pointer (&error));
      set_state (self, PLT_WORKLIST_STATE_FAILED, error->message);
      return;
    }
  plt_live_rows_replace (G_LIST_MODEL (self), &self->rows, read, &plt_live_rows_cards);
  set_state (self, PLT_WORKLIST_STATE_READY, NULL);
  update_following (self);
  update_age (self);
}

static gboolean
reload_cb (gpointer user_data)
{
  PltCardRoom *self = user_data;

  self->reload_id = 0;
  plt_store_list_cards_async (plt_office_get_store (self->office), self->cancellable, listed_cb,
                              g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static gboolean
age_cb (gpointer user_data)
{
  PltCardRoom *self = user_data;

  self->age_id = 0;
  if (self->reload_id == 0)
    reload_cb (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (PltCardRoom *self,
            const char  *subject,
            gint64       id)
{
  gboolean signed_in = plt_session_is_signed_in (plt_office_get_session (self->office));

  if (self->reload_id == 0
      && (g_str_equal (subject, "card") || g_str_equal (subject, "everything")
          || (g_str_equal (subject, "session") && signed_in)))
    self->reload_id = g_timeout_add (COALESCE_MS, reload_cb, self);
}

static GType
plt_card_room_get_item_type (GListModel *list)
{
  return PLT_TYPE_CARD;
}

static guint
plt_card_room_get_n_items (GListModel *list)
{
  return PLT_CARD_ROOM (list)->rows->len;
}

static gpointer
plt_card_room_get_item (GListModel *list,
                        guint       position)
{
  PltCardRoom *self = PLT_CARD_ROOM (list);
  return position < self->rows->len ? g_object_ref (g_ptr_array_index (self->rows, position)) : NULL;
}

static void
plt_card_room_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = plt_card_room_get_item_type;
  iface->get_n_items = plt_card_room_get_n_items;
  iface->get_item = plt_card_room_get_item;
}

static void
plt_card_room_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  PltCardRoom *self = PLT_CARD_ROOM (object);

  switch (property_id)
    {
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
plt_card_room_dispose (GObject *object)
{
  PltCardRoom *self = PLT_CARD_ROOM (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->reload_id, g_source_remove);
  end_following (self);
  g_clear_handle_id (&self->age_id, g_source_remove);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (plt_card_room_parent_class)->dispose (object);
}

static void
plt_card_room_finalize (GObject *object)
{
  PltCardRoom *self = PLT_CARD_ROOM (object);

  g_ptr_array_unref (self->rows);
  g_hash_table_unref (self->following);
  g_object_unref (self->cancellable);
  g_free (self->error);
  G_OBJECT_CLASS (plt_card_room_parent_class)->finalize (object);
}

static void
plt_card_room_class_init (PltCardRoomClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = plt_card_room_get_property;
  object_class->dispose = plt_card_room_dispose;
  object_class->finalize = plt_card_room_finalize;
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, PLT_WORKLIST_STATE_LOADING,
                                             PLT_WORKLIST_STATE_FAILED, PLT_WORKLIST_STATE_LOADING,
                                             flags);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
plt_card_room_init (PltCardRoom *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->following = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->cancellable = g_cancellable_new ();
}

PltCardRoom *
plt_card_room_new (PltOffice *office)
{
  g_return_val_if_fail (PLT_IS_OFFICE (office), NULL);

  PltCardRoom *self = g_object_new (PLT_TYPE_CARD_ROOM, NULL);
  self->office = g_object_ref (office);
  g_signal_connect_object (office, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  if (plt_session_is_signed_in (plt_office_get_session (office)))
    reload_cb (self);
  return self;
}
