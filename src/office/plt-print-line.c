/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads who stands in the line whenever it has moved, at most twice a second, and the words of those who are
 * looked at. */
#include "plt-print-line.h"

#include "plt-live-rows.h"
#include "plt-office-private.h"
#include "plt-store-print-line.h"

#define COALESCE_MS 500
/* So many are read at once. */
#define MOST_AT_ONCE 500
/* A list view makes so many rows of a long list as soon as it has them, which takes longer than a frame may:
 * it gets the first of them in steps. */
#define MOST_ROWS 200
#define STEP 12

/* Of an order that is looked at. */
typedef struct
{
  PltPrintOrder *order;
  guint          n_looks;
  gboolean       fresh;
} Look;

struct _PltPrintLine
{
  GObject           parent_instance;

  PltOffice        *office;
  char             *text;
  char             *wanted_state;
  GPtrArray        *rows;      /* PltPrintOrder */
  GPtrArray        *read;      /* all of them, while rows has the first alone; NULL: it has all */
  GPtrArray        *pauses;    /* PltPrintPause */
  GHashTable       *looks;     /* Look, by the order */
  int               n_orders;
  int               counts[PLT_N_PRINT_ORDER_STATES];
  PltWorklistState  state;
  char             *error;
  guint             reload_id;
  guint             look_id;
  guint             step_id;
  gboolean          seen;
  gboolean          reading;   /* the line */
  gboolean          again;     /* it moved while it was read */
  gboolean          looking;   /* orders are being read */
  GCancellable     *cancellable;
};

enum { READING_BEGAN, CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void plt_print_line_list_model_init (GListModelInterface *iface);
static void read_line (PltPrintLine *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (PltPrintLine, plt_print_line, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, plt_print_line_list_model_init))

static void
set_state (PltPrintLine     *self,
           PltWorklistState  state,
           const char       *error)
{
  g_free (self->error);
  self->error = g_strdup (error);
  self->state = state;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- those who are looked at ---- */

static void
look_free (Look *look)
{
  g_object_unref (look->order);
  g_free (look);
}

static void look_soon (PltPrintLine *self);

static void
take_orders (PltPrintLine *self,
             GPtrArray    *read)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autofree gint64 *ids = g_new (gint64, read->len + 1);
  GHashTableIter iter;
  Look *look;

  for (guint i = 0; i < read->len; i++)
    {
      ids[i] = plt_print_order_get_id (read->pdata[i]);
      g_hash_table_insert (by_id, &ids[i], read->pdata[i]);
    }
  g_hash_table_iter_init (&iter, self->looks);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &look))
    {
      gint64 id = plt_print_order_get_id (look->order);
      PltPrintOrder *newer = g_hash_table_lookup (by_id, &id);

      if (newer != NULL)
        plt_print_order_copy_facts (look->order, newer);
    }
}

static void
orders_read_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (PltPrintLine) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) read = plt_store_read_print_orders_finish (PLT_STORE (source), result, &error);

  if (self->office == NULL)
    return;
  self->looking = FALSE;
  if (read == NULL)
    {
      error = plt_office_take_error (self->office, g_steal_pointer (&error));
      set_state (self, PLT_WORKLIST_STATE_FAILED, error->message);
      return;
    }
  take_orders (self, read);
  look_soon (self);
}

static gboolean
look_cb (gpointer user_data)
{
  PltPrintLine *self = user_data;
  g_autoptr (GString) ids = g_string_new (NULL);
  GHashTableIter iter;
  Look *look;
  guint n = 0;

  self->look_id = 0;
  if (self->looking)
    return G_SOURCE_REMOVE;
  g_hash_table_iter_init (&iter, self->looks);
  while (n < MOST_AT_ONCE && g_hash_table_iter_next (&iter, NULL, (gpointer *) &look))
    if (!look->fresh)
      {
        look->fresh = TRUE;
        g_string_append_printf (ids, "%s%" G_GINT64_FORMAT, n++ > 0 ? " " : "",
                                plt_print_order_get_id (look->order));
      }
  if (n == 0)
    return G_SOURCE_REMOVE;
  self->looking = TRUE;
  plt_store_read_print_orders_async (plt_office_get_store (self->office), ids->str, self->cancellable,
                                     orders_read_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* A list asks for many rows one after the other; one query answers for all of them. */
static void
look_soon (PltPrintLine *self)
{
  if (self->look_id == 0)
    self->look_id = g_idle_add (look_cb, self);
}

void
plt_print_line_look (PltPrintLine  *self,
                     PltPrintOrder *order)
{
  Look *look;

  g_return_if_fail (PLT_IS_PRINT_LINE (self));

  look = g_hash_table_lookup (self->looks, order);
  if (look == NULL)
    {
      look = g_new0 (Look, 1);
      look->order = g_object_ref (order);
      g_hash_table_insert (self->looks, order, look);
      look_soon (self);
    }
  look->n_looks++;
}

void
plt_print_line_look_away (PltPrintLine  *self,
                          PltPrintOrder *order)
{
  Look *look;

  g_return_if_fail (PLT_IS_PRINT_LINE (self));

  look = g_hash_table_lookup (self->looks, order);
  if (look != NULL && --look->n_looks == 0)
    g_hash_table_remove (self->looks, order);
}

static void
look_again (PltPrintLine *self)
{
  GHashTableIter iter;
  Look *look;

  g_hash_table_iter_init (&iter, self->looks);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &look))
    look->fresh = FALSE;
  look_soon (self);
}

/* ---- the line ---- */

/* Who stays keeps the object that is shown; what is known of it is read apart. */
static void
keep_row (gpointer row,
          gpointer newer)
{
}

static const PltLiveRowsType live_rows_orders = {
  (gint64 (*) (gpointer)) plt_print_order_get_id, keep_row,
};

/* Returns: whether there are more to come */
static gboolean
take_step (PltPrintLine *self,
           guint         most)
{
  gboolean is_last = self->read->len <= most;
  g_autoptr (GPtrArray) part = is_last ? g_ptr_array_ref (self->read)
                                       : g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; !is_last && i < most; i++)
    g_ptr_array_add (part, g_object_ref (self->read->pdata[i]));
  if (is_last)
    g_clear_pointer (&self->read, g_ptr_array_unref);
  plt_live_rows_replace (G_LIST_MODEL (self), &self->rows, part, &live_rows_orders);
  look_again (self);
  set_state (self, PLT_WORKLIST_STATE_READY, NULL);
  return !is_last;
}

static gboolean
step_cb (gpointer user_data)
{
  PltPrintLine *self = user_data;
  guint most = self->rows->len + STEP;

  if (take_step (self, most < MOST_ROWS ? most : G_MAXUINT))
    return G_SOURCE_CONTINUE;
  self->step_id = 0;
  return G_SOURCE_REMOVE;
}

/* What is shown stays; what comes anew comes in steps. */
static void
take_line (PltPrintLine *self,
           GPtrArray    *orders)
{
  gboolean in_steps = self->rows->len < MOST_ROWS;

  g_signal_emit (self, signals[READING_BEGAN], 0);
  g_clear_pointer (&self->read, g_ptr_array_unref);
  g_clear_handle_id (&self->step_id, g_source_remove);
  self->read = g_ptr_array_ref (orders);
  if (take_step (self, in_steps ? MAX (self->rows->len, STEP) : G_MAXUINT))
    self->step_id = g_idle_add (step_cb, self);
}

static void
line_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (PltPrintLine) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PltStorePrintLine) read = plt_store_read_print_line_finish (PLT_STORE (source), result, &error);

  if (self->office == NULL)
    return;
  self->reading = FALSE;
  if (read == NULL)
    {
      error = plt_office_take_error (self->office, g_steal_pointer (&error));
      set_state (self, PLT_WORKLIST_STATE_FAILED, error->message);
    }
  /* What was asked for meanwhile is something else. */
  else if (!self->again)
    {
      self->n_orders = read->n_orders;
      memcpy (self->counts, read->counts, sizeof self->counts);
      take_line (self, read->orders);
    }
  if (self->again)
    read_line (self);
}

static void
pauses_read_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (PltPrintLine) self = user_data;
  GPtrArray *pauses = plt_store_list_print_pauses_finish (PLT_STORE (source), result, NULL);

  /* That the database is away is told by the line. */
  if (pauses == NULL)
    return;
  g_ptr_array_unref (self->pauses);
  self->pauses = pauses;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
read_line (PltPrintLine *self)
{
  self->again = self->reading;
  if (self->reading)
    return;
  self->reading = TRUE;
  plt_store_list_print_pauses_async (plt_office_get_store (self->office), self->cancellable, pauses_read_cb,
                                     g_object_ref (self));
  plt_store_read_print_line_async (plt_office_get_store (self->office), self->text, self->wanted_state,
                                   self->cancellable, line_read_cb, g_object_ref (self));
}

static gboolean
reload_cb (gpointer user_data)
{
  PltPrintLine *self = user_data;

  self->reload_id = 0;
  read_line (self);
  return G_SOURCE_REMOVE;
}

static void
office_changed_cb (PltPrintLine *self,
                   const char   *subject)
{
  if (self->reload_id == 0 && self->seen && plt_session_is_signed_in (plt_office_get_session (self->office)) &&
      (g_str_equal (subject, "print_queue") || g_str_equal (subject, "everything")))
    self->reload_id = g_timeout_add (COALESCE_MS, reload_cb, self);
}

static GType
plt_print_line_get_item_type (GListModel *list)
{
  return PLT_TYPE_PRINT_ORDER;
}

static guint
plt_print_line_get_n_items (GListModel *list)
{
  return PLT_PRINT_LINE (list)->rows->len;
}

static gpointer
plt_print_line_get_item (GListModel *list,
                         guint       position)
{
  PltPrintLine *self = PLT_PRINT_LINE (list);

  return position < self->rows->len ? g_object_ref (self->rows->pdata[position]) : NULL;
}

static void
plt_print_line_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = plt_print_line_get_item_type;
  iface->get_n_items = plt_print_line_get_n_items;
  iface->get_item = plt_print_line_get_item;
}

static void
plt_print_line_dispose (GObject *object)
{
  PltPrintLine *self = PLT_PRINT_LINE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->reload_id, g_source_remove);
  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_handle_id (&self->step_id, g_source_remove);
  g_hash_table_remove_all (self->looks);
  g_clear_object (&self->office);

  G_OBJECT_CLASS (plt_print_line_parent_class)->dispose (object);
}

static void
plt_print_line_finalize (GObject *object)
{
  PltPrintLine *self = PLT_PRINT_LINE (object);

  g_ptr_array_unref (self->rows);
  g_clear_pointer (&self->read, g_ptr_array_unref);
  g_ptr_array_unref (self->pauses);
  g_hash_table_unref (self->looks);
  g_object_unref (self->cancellable);
  g_free (self->text);
  g_free (self->wanted_state);
  g_free (self->error);

  G_OBJECT_CLASS (plt_print_line_parent_class)->finalize (object);
}

static void
plt_print_line_class_init (PltPrintLineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plt_print_line_dispose;
  G_OBJECT_CLASS (klass)->finalize = plt_print_line_finalize;
  signals[READING_BEGAN] = g_signal_new ("reading-began", PLT_TYPE_PRINT_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", PLT_TYPE_PRINT_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
plt_print_line_init (PltPrintLine *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->pauses = g_ptr_array_new ();
  self->looks = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) look_free);
  self->cancellable = g_cancellable_new ();
}

PltPrintLine *
plt_print_line_new (PltOffice *office)
{
  g_return_val_if_fail (PLT_IS_OFFICE (office), NULL);

  PltPrintLine *self = g_object_new (PLT_TYPE_PRINT_LINE, NULL);

  self->office = g_object_ref (office);
  g_signal_connect_object (office, "changed", G_CALLBACK (office_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

void
plt_print_line_set_filter (PltPrintLine *self,
                           const char   *text,
                           const char   *state)
{
  g_return_if_fail (PLT_IS_PRINT_LINE (self));

  if (g_strcmp0 (self->text, text) == 0 && g_strcmp0 (self->wanted_state, state) == 0)
    return;
  g_free (self->text);
  self->text = g_strdup (text);
  g_free (self->wanted_state);
  self->wanted_state = g_strdup (state);
  read_line (self);
}

void
plt_print_line_set_seen (PltPrintLine *self,
                         gboolean      seen)
{
  g_return_if_fail (PLT_IS_PRINT_LINE (self));

  self->seen = seen;
  if (seen && plt_session_is_signed_in (plt_office_get_session (self->office)))
    read_line (self);
}

void
plt_print_line_reload (PltPrintLine *self)
{
  g_return_if_fail (PLT_IS_PRINT_LINE (self));

  read_line (self);
}

gboolean
plt_print_line_is_whole (PltPrintLine *self)
{
  return self->read == NULL;
}

void
plt_print_line_complete (PltPrintLine *self)
{
  g_return_if_fail (PLT_IS_PRINT_LINE (self));

  g_clear_handle_id (&self->step_id, g_source_remove);
  if (self->read != NULL)
    take_step (self, G_MAXUINT);
}

PltWorklistState
plt_print_line_get_state (PltPrintLine *self)
{
  return self->state;
}

const char *
plt_print_line_get_error (PltPrintLine *self)
{
  return self->error;
}

int
plt_print_line_get_count (PltPrintLine       *self,
                          PltPrintOrderState  state)
{
  g_return_val_if_fail (state < PLT_N_PRINT_ORDER_STATES, 0);

  return self->counts[state];
}

int
plt_print_line_get_total (PltPrintLine *self)
{
  return self->n_orders;
}

GPtrArray *
plt_print_line_get_pauses (PltPrintLine *self)
{
  return self->pauses;
}
