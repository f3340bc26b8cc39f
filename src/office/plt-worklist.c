/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The office's applications as a live list. Rows keep their objects and their places while other
 * desks work: a changed one is updated where it stands, so that nothing jumps away under the
 * cursor; what is new comes on top; what no longer passes the filter leaves. */
#include "plt-worklist.h"

#include <glib/gi18n-lib.h>

#include "plt-live-rows.h"
#include "plt-office-private.h"
#include "plt-store-applications.h"

#define PAGE_SIZE 100
/* News come in bursts; one query answers for all of them. */
#define COALESCE_MS 40

struct _PltWorklist
{
  GObject parent_instance;
  PltOffice *office;
  guint states;
  char *text;
  GPtrArray *rows; /* PltLicenceApplication */
  PltWorklistState state;
  char *error;
  gboolean more;
  GDateTime *page_changed_at; /* where the last page ended */
  gint64 page_id;
  GCancellable *cancellable; /* of the query under way for the present filter */
  GHashTable *pending;       /* ids (decimal) that have changed */
  guint refresh_id;
};

enum
{
  PROP_0,
  PROP_STATE,
  PROP_ERROR,
  PROP_MORE,
  N_PROPS,
};

enum
{
  SETTLED, /* private: a load has ended, well or not */
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

typedef struct
{
  PltWorklist *self;
  GPtrArray *asked; /* ids of the changed rows that were asked for; NULL for a page */
  gboolean append;
} LoadData;

static void plt_worklist_list_model_init (GListModelInterface *iface);
static void load_page (PltWorklist *self, gboolean append);

G_DEFINE_FINAL_TYPE_WITH_CODE (PltWorklist, plt_worklist, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, plt_worklist_list_model_init))

static void
load_data_free (LoadData *self)
{
  g_object_unref (self->self);
  g_clear_pointer (&self->asked, g_ptr_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LoadData, load_data_free)

static void
set_state (PltWorklist      *self,
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
set_more (PltWorklist *self,
          gboolean     more)
{
  if (self->more == more)
    return;
  self->more = more;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MORE]);
}

static int
find_row (PltWorklist *self,
          gint64       id)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (plt_licence_application_get_id (g_ptr_array_index (self->rows, i)) == id)
      return (int) i;
  return -1;
}

static void
append_rows (PltWorklist *self,
             GPtrArray   *read)
{
  guint n_before = self->rows->len;

  for (guint i = 0; i < read->len; i++)
    {
      PltLicenceApplication *row = g_ptr_array_index (read, i);
      if (find_row (self, plt_licence_application_get_id (row)) < 0)
        g_ptr_array_add (self->rows, g_object_ref (row));
    }
  if (self->rows->len > n_before)
    g_list_model_items_changed (G_LIST_MODEL (self), n_before, 0, self->rows->len - n_before);
}

static gboolean
contains_id (GPtrArray *applications,
             gint64     id)
{
  for (guint i = 0; i < applications->len; i++)
    if (plt_licence_application_get_id (g_ptr_array_index (applications, i)) == id)
      return TRUE;
  return FALSE;
}

static void
remove_row (PltWorklist *self,
            guint        position)
{
  g_ptr_array_remove_index (self->rows, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

/* @read is what the filter let through of @asked. */
static void
merge_changed (PltWorklist *self,
               GPtrArray   *asked,
               GPtrArray   *read)
{
  guint n_new = 0;

  for (guint i = 0; i + 1 < asked->len; i++)
    {
      gint64 id = g_ascii_strtoll (g_ptr_array_index (asked, i), NULL, 10);
      int position = find_row (self, id);
      if (position >= 0 && !contains_id (read, id))
        remove_row (self, position);
    }
  for (guint i = 0; i < read->len; i++)
    {
      PltLicenceApplication *newer = g_ptr_array_index (read, i);
      int position = find_row (self, plt_licence_application_get_id (newer));
      if (position >= 0)
        plt_licence_application_update (g_ptr_array_index (self->rows, position), newer);
      else
        g_ptr_array_insert (self->rows, (int) n_new++, g_object_ref (newer));
    }
  if (n_new > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, n_new);
}

static PltStoreFilter
get_filter (PltWorklist  *self,
            const char  **states)
{
  guint n = 0;

  for (PltApplicationState i = 0; i < PLT_N_APPLICATION_STATES; i++)
    if (self->states & (1u << i))
      states[n++] = plt_application_state_to_nick (i);
  states[n] = NULL;
  return (PltStoreFilter) { n > 0 ? states : NULL, self->text };
}

static void
remember_page (PltWorklist *self,
               GPtrArray   *read)
{
  gboolean more = read->len > PAGE_SIZE;

  if (more)
    g_ptr_array_set_size (read, PAGE_SIZE);
  g_clear_pointer (&self->page_changed_at, g_date_time_unref);
  if (read->len > 0)
    {
      PltLicenceApplication *last = g_ptr_array_index (read, read->len - 1);
      g_object_get (last, "changed-at", &self->page_changed_at, NULL);
      self->page_id = plt_licence_application_get_id (last);
    }
  set_more (self, more);
}

static void
page_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (LoadData) data = user_data;
  PltWorklist *self = data->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) read
      = plt_store_list_applications_finish (PLT_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->office == NULL)
    return;
  if (read == NULL)
    {
      error = plt_office_take_error (self->office, g_steal_pointer (&error));
      set_state (self, PLT_WORKLIST_STATE_FAILED, error->message);
      g_signal_emit (self, signals[SETTLED], 0, error);
      return;
    }
  remember_page (self, read);
  if (data->append)
    append_rows (self, read);
  else
    plt_live_rows_replace (G_LIST_MODEL (self), &self->rows, read, &plt_live_rows_applications);
  set_state (self, PLT_WORKLIST_STATE_READY, NULL);
  g_signal_emit (self, signals[SETTLED], 0, NULL);
}

static void
load_page (PltWorklist *self,
           gboolean     append)
{
  const char *states[PLT_N_APPLICATION_STATES + 1];
  PltStoreFilter filter = get_filter (self, states);
  LoadData *data = g_new0 (LoadData, 1);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  data->self = g_object_ref (self);
  data->append = append;
  plt_store_list_applications_async (plt_office_get_store (self->office), &filter,
                                     append ? self->page_changed_at : NULL, self->page_id,
                                     PAGE_SIZE + 1, self->cancellable, page_read_cb, data);
}

static void
changed_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (LoadData) data = user_data;
  PltWorklist *self = data->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) read
      = plt_store_list_applications_finish (PLT_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->office == NULL)
    return;
  if (read != NULL)
    {
      merge_changed (self, data->asked, read);
      return;
    }
  error = plt_office_take_error (self->office, g_steal_pointer (&error));
  set_state (self, PLT_WORKLIST_STATE_FAILED, error->message);
}

static gboolean
refresh_cb (gpointer user_data)
{
  PltWorklist *self = user_data;
  const char *states[PLT_N_APPLICATION_STATES + 1];
  PltStoreFilter filter = get_filter (self, states);
  LoadData *data = g_new0 (LoadData, 1);
  GHashTableIter iter;
  gpointer key;

  self->refresh_id = 0;
  data->self = g_object_ref (self);
  data->asked = g_ptr_array_new_with_free_func (g_free);
  g_hash_table_iter_init (&iter, self->pending);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_ptr_array_add (data->asked, g_steal_pointer (&key));
      g_hash_table_iter_steal (&iter);
    }
  g_ptr_array_add (data->asked, NULL);
  plt_store_list_changed_async (plt_office_get_store (self->office), &filter,
                                (const char * const *) data->asked->pdata, self->cancellable,
                                changed_read_cb, data);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (PltWorklist *self,
            const char  *subject,
            gint64       id)
{
  gboolean signed_in = plt_session_is_signed_in (plt_office_get_session (self->office));

  if (g_str_equal (subject, "everything") || (g_str_equal (subject, "session") && signed_in))
    {
      g_hash_table_remove_all (self->pending);
      g_clear_handle_id (&self->refresh_id, g_source_remove);
      load_page (self, FALSE);
    }
  else if (g_str_equal (subject, "application") && self->state != PLT_WORKLIST_STATE_LOADING)
    {
      g_hash_table_add (self->pending, g_strdup_printf ("%" G_GINT64_FORMAT, id));
      if (self->refresh_id == 0)
        self->refresh_id = g_timeout_add (COALESCE_MS, refresh_cb, self);
    }
}

static GType
plt_worklist_get_item_type (GListModel *list)
{
  return PLT_TYPE_LICENCE_APPLICATION;
}

static guint
plt_worklist_get_n_items (GListModel *list)
{
  return PLT_WORKLIST (list)->rows->len;
}

static gpointer
plt_worklist_get_item (GListModel *list,
                       guint       position)
{
  PltWorklist *self = PLT_WORKLIST (list);
  return position < self->rows->len ? g_object_ref (g_ptr_array_index (self->rows, position)) : NULL;
}

static void
plt_worklist_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = plt_worklist_get_item_type;
  iface->get_n_items = plt_worklist_get_n_items;
  iface->get_item = plt_worklist_get_item;
}

static void
plt_worklist_get_property (GObject    *object,
                           guint       property_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  PltWorklist *self = PLT_WORKLIST (object);

  switch (property_id)
    {
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    case PROP_MORE:
      g_value_set_boolean (value, self->more);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
plt_worklist_dispose (GObject *object)
{
  PltWorklist *self = PLT_WORKLIST (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (plt_worklist_parent_class)->dispose (object);
}

static void
plt_worklist_finalize (GObject *object)
{
  PltWorklist *self = PLT_WORKLIST (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->page_changed_at, g_date_time_unref);
  g_ptr_array_unref (self->rows);
  g_hash_table_unref (self->pending);
  g_free (self->text);
  g_free (self->error);
  G_OBJECT_CLASS (plt_worklist_parent_class)->finalize (object);
}

static void
plt_worklist_class_init (PltWorklistClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = plt_worklist_get_property;
  object_class->dispose = plt_worklist_dispose;
  object_class->finalize = plt_worklist_finalize;
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, PLT_WORKLIST_STATE_LOADING,
                                             PLT_WORKLIST_STATE_FAILED, PLT_WORKLIST_STATE_LOADING,
                                             flags);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  properties[PROP_MORE] = g_param_spec_boolean ("more", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SETTLED] = g_signal_new ("settled", PLT_TYPE_WORKLIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
plt_worklist_init (PltWorklist *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->pending = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static char *
normalise_text (const char *text)
{
  g_autofree char *stripped = text != NULL ? g_strstrip (g_strdup (text)) : NULL;
  return stripped != NULL && *stripped != '\0' ? g_steal_pointer (&stripped) : NULL;
}

PltWorklist *
plt_worklist_new (PltOffice  *office,
                  guint       states,
                  const char *text)
{
  g_return_val_if_fail (PLT_IS_OFFICE (office), NULL);

  PltWorklist *self = g_object_new (PLT_TYPE_WORKLIST, NULL);
  self->office = g_object_ref (office);
  self->states = states;
  self->text = normalise_text (text);
  g_signal_connect_object (office, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  if (plt_session_is_signed_in (plt_office_get_session (office)))
    load_page (self, FALSE);
  return self;
}

void
plt_worklist_set_filter (PltWorklist *self,
                         guint        states,
                         const char  *text)
{
  g_return_if_fail (PLT_IS_WORKLIST (self));
  g_autofree char *normal = normalise_text (text);

  if (self->states == states && g_strcmp0 (self->text, normal) == 0)
    return;
  self->states = states;
  g_free (self->text);
  self->text = g_steal_pointer (&normal);
  set_state (self, PLT_WORKLIST_STATE_LOADING, NULL);
  load_page (self, FALSE);
}

void
plt_worklist_load_more (PltWorklist *self)
{
  g_return_if_fail (PLT_IS_WORKLIST (self));

  if (self->more && self->state == PLT_WORKLIST_STATE_READY && self->page_changed_at != NULL)
    load_page (self, TRUE);
}

PltWorklistState
plt_worklist_get_state (PltWorklist *self)
{
  g_return_val_if_fail (PLT_IS_WORKLIST (self), PLT_WORKLIST_STATE_FAILED);
  return self->state;
}

const char *
plt_worklist_get_error (PltWorklist *self)
{
  g_return_val_if_fail (PLT_IS_WORKLIST (self), NULL);
  return self->error;
}

static void
settled_cb (GTask        *user_data,
            const GError *error)
{
  g_autoptr (GTask) task = user_data;

  g_signal_handlers_disconnect_by_data (g_task_get_source_object (task), task);
  if (error != NULL)
    g_task_return_error (task, g_error_copy (error));
  else
    g_task_return_boolean (task, TRUE);
}

void
plt_worklist_load_async (PltWorklist         *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (PLT_IS_WORKLIST (self));

  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_signal_connect_swapped (self, "settled", G_CALLBACK (settled_cb), task);
  load_page (self, FALSE);
}

gboolean
plt_worklist_load_finish (PltWorklist   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
