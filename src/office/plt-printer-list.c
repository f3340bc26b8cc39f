/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The printers of the print server in words, with the blanks of this office. They are asked when an
 * event tells that one has changed, and every ten seconds all the same; every two seconds while no
 * events come. */
#include "plt-calibration-words.h"
#include "plt-cleaning.h"
#include "plt-live-rows.h"
#include "plt-print-watch.h"
#include "plt-production-private.h"
#include "plt-store-calibrations.h"
#include "plt-store-stock.h"
#include "plt-worklist.h"

#define POLL_SECONDS 2
/* Every how many times of them it is asked although events come. */
#define QUIET_POLLS 5

/* One printer as a row. */
#define PLT_TYPE_PRINTER_ROW (plt_printer_row_get_type ())
G_DECLARE_FINAL_TYPE (PltPrinterRow, plt_printer_row, PLT, PRINTER_ROW, GObject)

struct _PltPrinterRow
{
  GObject parent_instance;
  PltPrinter *printer;
  int blanks;
  char *calibration;
  gboolean drifted; /* further than it may */
  PltCleaning cleaning;
};

enum
{
  ROW_PROP_0,
  ROW_PROP_DESTINATION,
  ROW_PROP_TITLE,
  ROW_PROP_STATE_TEXT,
  ROW_PROP_SEVERITY,
  ROW_PROP_SUITABLE,
  ROW_PROP_UNSUITABLE_REASON,
  ROW_PROP_LOCATION,
  ROW_PROP_MODEL,
  ROW_PROP_SUPPLY_TEXT,
  ROW_PROP_SUPPLIES,
  ROW_PROP_WARNING,
  ROW_PROP_REASONS,
  ROW_PROP_URI,
  ROW_PROP_PROFILE,
  ROW_PROP_COUNTED,
  ROW_PROP_JOBS,
  ROW_PROP_CLEANING_CARDS,
  ROW_PROP_MEMBERS,
  ROW_PROP_CLASSES,
  ROW_PROP_BLANKS,
  ROW_PROP_CALIBRATION,
  ROW_PROP_DRIFTED,
  ROW_PROP_CLEANING,
  ROW_PROP_CLEANING_DUE,
  N_ROW_PROPS,
};

static GParamSpec *row_properties[N_ROW_PROPS];

G_DEFINE_FINAL_TYPE (PltPrinterRow, plt_printer_row, G_TYPE_OBJECT)

/* A cleaning that is due is told behind what the printer says of itself, for it does not know. */
static char *
describe_state (PltPrinterRow *self)
{
  const char *state = plt_printer_get_state_text (self->printer);
  g_autofree char *cleaning = plt_cleaning_is_due (&self->cleaning) ? plt_cleaning_describe (&self->cleaning)
                                                                    : NULL;

  return cleaning != NULL ? g_strdup_printf ("%s. %s", state, cleaning) : g_strdup (state);
}

static int
get_severity (PltPrinterRow *self)
{
  int severity = 0;

  g_object_get (self->printer, "severity", &severity, NULL);
  return plt_cleaning_is_due (&self->cleaning) ? MAX (severity, 2) : severity;
}

static void
plt_printer_row_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  PltPrinterRow *self = PLT_PRINTER_ROW (object);

  /* The rest is the printer's own, under the same names. */
  if (property_id == ROW_PROP_BLANKS)
    g_value_set_int (value, self->blanks);
  else if (property_id == ROW_PROP_CALIBRATION)
    g_value_set_string (value, self->calibration);
  else if (property_id == ROW_PROP_DRIFTED)
    g_value_set_boolean (value, self->drifted);
  else if (property_id == ROW_PROP_CLEANING)
    g_value_take_string (value, plt_cleaning_describe (&self->cleaning));
  else if (property_id == ROW_PROP_CLEANING_DUE)
    g_value_set_boolean (value, plt_cleaning_is_due (&self->cleaning));
  else if (property_id == ROW_PROP_STATE_TEXT)
    g_value_take_string (value, describe_state (self));
  else if (property_id == ROW_PROP_SEVERITY)
    g_value_set_int (value, get_severity (self));
  else
    g_object_get_property (G_OBJECT (self->printer), pspec->name, value);
}

static void
plt_printer_row_finalize (GObject *object)
{
  g_clear_object (&PLT_PRINTER_ROW (object)->printer);
  g_clear_pointer (&PLT_PRINTER_ROW (object)->calibration, g_free);
  G_OBJECT_CLASS (plt_printer_row_parent_class)->finalize (object);
}

static void
plt_printer_row_class_init (PltPrinterRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  static const char * const texts[N_ROW_PROPS] = {
    [ROW_PROP_DESTINATION] = "destination", [ROW_PROP_TITLE] = "title",
    [ROW_PROP_STATE_TEXT] = "state-text",   [ROW_PROP_UNSUITABLE_REASON] = "unsuitable-reason",
    [ROW_PROP_LOCATION] = "location",       [ROW_PROP_CALIBRATION] = "calibration",
    [ROW_PROP_MODEL] = "model",             [ROW_PROP_SUPPLY_TEXT] = "supply-text",
    [ROW_PROP_WARNING] = "warning",         [ROW_PROP_URI] = "uri",
    [ROW_PROP_PROFILE] = "profile",         [ROW_PROP_COUNTED] = "counted",
    [ROW_PROP_CLEANING] = "cleaning",
  };

  object_class->get_property = plt_printer_row_get_property;
  object_class->finalize = plt_printer_row_finalize;
  for (int i = ROW_PROP_DESTINATION; i < N_ROW_PROPS; i++)
    if (texts[i] != NULL)
      row_properties[i] = g_param_spec_string (texts[i], NULL, NULL, NULL, flags);
  row_properties[ROW_PROP_SEVERITY] = g_param_spec_int ("severity", NULL, NULL, 0, 3, 0, flags);
  row_properties[ROW_PROP_CLEANING_DUE] = g_param_spec_boolean ("cleaning-due", NULL, NULL, FALSE, flags);
  row_properties[ROW_PROP_SUITABLE] = g_param_spec_boolean ("suitable", NULL, NULL, FALSE, flags);
  row_properties[ROW_PROP_REASONS] = g_param_spec_boxed ("reasons", NULL, NULL, G_TYPE_STRV, flags);
  row_properties[ROW_PROP_JOBS] = g_param_spec_int ("jobs", NULL, NULL, 0, G_MAXINT, 0, flags);
  row_properties[ROW_PROP_CLEANING_CARDS] = g_param_spec_int ("cleaning-cards", NULL, NULL, 0,
                                                              G_MAXINT, 0, flags);
  row_properties[ROW_PROP_MEMBERS] = g_param_spec_boxed ("members", NULL, NULL, G_TYPE_STRV, flags);
  row_properties[ROW_PROP_CLASSES] = g_param_spec_boxed ("classes", NULL, NULL, G_TYPE_STRV, flags);
  row_properties[ROW_PROP_SUPPLIES] = g_param_spec_object ("supplies", NULL, NULL, G_TYPE_LIST_MODEL,
                                                           flags);
  row_properties[ROW_PROP_DRIFTED] = g_param_spec_boolean ("drifted", NULL, NULL, FALSE, flags);
  row_properties[ROW_PROP_BLANKS] = g_param_spec_int ("blanks", NULL, NULL, -1, G_MAXINT, -1, flags);
  g_object_class_install_properties (object_class, N_ROW_PROPS, row_properties);
}

static void
plt_printer_row_init (PltPrinterRow *self)
{
  self->blanks = -1;
}

static PltPrinterRow *
new_row (PltPrinter *printer,
         int         blanks,
         const char *cleanings,
         GPtrArray  *calibrations)
{
  PltPrinterRow *self = g_object_new (PLT_TYPE_PRINTER_ROW, NULL);
  int by_profile = 0;

  g_object_get (printer, "cleaning-cards", &by_profile, NULL);
  self->printer = g_object_ref (printer);
  self->blanks = blanks;
  self->cleaning = plt_cleaning_find (cleanings, plt_printer_get_destination (printer), by_profile);
  if (calibrations != NULL)
    {
      const char *destination = plt_printer_get_destination (printer);

      self->calibration = plt_calibration_describe (calibrations, destination);
      self->drifted = plt_calibration_has_drifted (calibrations, destination);
    }
  return self;
}

static void
update_row (gpointer row,
            gpointer newer)
{
  PltPrinterRow *self = PLT_PRINTER_ROW (row);
  PltPrinterRow *other = PLT_PRINTER_ROW (newer);

  g_set_object (&self->printer, other->printer);
  self->blanks = other->blanks;
  g_free (self->calibration);
  self->calibration = g_strdup (other->calibration);
  self->drifted = other->drifted;
  self->cleaning = other->cleaning;
  for (int i = ROW_PROP_DESTINATION; i < N_ROW_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), row_properties[i]);
}

/* Queues are known by their names alone. */
static gint64
get_row_id (gpointer row)
{
  return g_str_hash (plt_printer_get_destination (PLT_PRINTER_ROW (row)->printer));
}

static const PltLiveRowsType live_rows_printers = { get_row_id, update_row };

struct _PltPrinterList
{
  GObject parent_instance;
  PltOffice *office;
  GPtrArray *rows; /* PltPrinterRow */
  PltWorklistState state;
  char *error;
  guint poll_id;
  guint n_quiet; /* polls let pass since it was asked */
  gboolean asking;
  gboolean asks_again;  /* something changed while it was being asked */
  PltPrintWatch *watch; /* NULL until the list has been in use for a while */
  GHashTable *blanks;      /* NULL while they could not be counted */
  GPtrArray *calibrations; /* NULL while they could not be read */
  char *cleanings;         /* the same */
  GCancellable *cancellable;
};

enum
{
  PROP_0,
  PROP_STATE,
  PROP_ERROR,
  N_PROPS,
};

enum
{
  SETTLED, /* private: asking has ended, well or not */
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void plt_printer_list_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PltPrinterList,
                               plt_printer_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      plt_printer_list_list_model_init))

static void
set_state (PltPrinterList   *self,
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

static void ask (PltPrinterList *self);

static void
end_asking (PltPrinterList *self)
{
  self->asking = FALSE;
  if (!self->asks_again || self->office == NULL)
    return;
  self->asks_again = FALSE;
  ask (self);
}

static void
printers_listed_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (PltPrinterList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) printers
      = plt_print_server_list_finish (PLT_PRINT_SERVER (source), result, &error);

  end_asking (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->office == NULL)
    return;
  if (printers == NULL)
    {
      error = plt_office_take_error (self->office, g_steal_pointer (&error));
      set_state (self, PLT_WORKLIST_STATE_FAILED, error->message);
      g_signal_emit (self, signals[SETTLED], 0, error);
      return;
    }
  g_autoptr (GPtrArray) read = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < printers->len; i++)
    {
      PltPrinter *printer = g_ptr_array_index (printers, i);
      int blanks = plt_store_blanks_of (self->blanks, plt_printer_get_destination (printer));

      g_ptr_array_add (read, new_row (printer, blanks, self->cleanings, self->calibrations));
    }
  plt_live_rows_replace (G_LIST_MODEL (self), &self->rows, read, &live_rows_printers);
  set_state (self, PLT_WORKLIST_STATE_READY, NULL);
  g_signal_emit (self, signals[SETTLED], 0, NULL);
}

static void
cleanings_listed_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (PltPrinterList) self = user_data;

  /* The printers are of use without it, and it is asked for with the next list. */
  g_free (self->cleanings);
  self->cleanings = plt_cleaning_act_finish (result, NULL);
  if (self->office != NULL)
    plt_print_server_list_async (plt_office_get_print_server (self->office), self->cancellable,
                                 printers_listed_cb, g_object_ref (self));
}

static void
calibrations_listed_cb (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr (PltPrinterList) self = user_data;
  g_autoptr (GError) error = NULL;

  /* As with the stock: the printers are shown without. */
  g_clear_pointer (&self->calibrations, g_ptr_array_unref);
  self->calibrations = plt_store_list_calibrations_finish (PLT_STORE (source), result, &error);
  if (self->office != NULL)
    plt_cleaning_act_async (self->office, PLT_CLEANING_LIST, NULL, self->cancellable, cleanings_listed_cb,
                            g_object_ref (self));
}

static void
stock_counted_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (PltPrinterList) self = user_data;
  g_autoptr (GError) error = NULL;

  /* Printers are shown also when the stock cannot be counted: then as unknown. */
  g_clear_pointer (&self->blanks, g_hash_table_unref);
  self->blanks = plt_store_count_blanks_finish (PLT_STORE (source), result, &error);
  if (self->office != NULL)
    plt_store_list_calibrations_async (PLT_STORE (source), NULL, self->cancellable,
                                       calibrations_listed_cb, g_object_ref (self));
}

static void
ask (PltPrinterList *self)
{
  if (self->asking)
    return;
  self->asking = TRUE;
  self->n_quiet = 0;
  plt_store_count_blanks_async (plt_office_get_store (self->office), self->cancellable,
                                stock_counted_cb, g_object_ref (self));
}

static void
printer_changed_cb (PltPrinterList *self,
                    const char     *destination)
{
  if (self->asking)
    self->asks_again = TRUE;
  else
    ask (self);
}

/* Only now: a list that is read once needs no events. */
static void
begin_watching (PltPrinterList *self)
{
  self->watch = plt_print_server_watch (plt_office_get_print_server (self->office));
  g_signal_connect_object (self->watch, "printer-changed", G_CALLBACK (printer_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static gboolean
poll_cb (gpointer user_data)
{
  PltPrinterList *self = user_data;

  if (self->watch == NULL)
    begin_watching (self);
  if (!plt_print_watch_by_events (self->watch) || ++self->n_quiet >= QUIET_POLLS)
    ask (self);
  return G_SOURCE_CONTINUE;
}

static GType
plt_printer_list_get_item_type (GListModel *list)
{
  return G_TYPE_OBJECT;
}

static guint
plt_printer_list_get_n_items (GListModel *list)
{
  return PLT_PRINTER_LIST (list)->rows->len;
}

static gpointer
plt_printer_list_get_item (GListModel *list,
                           guint       position)
{
  PltPrinterList *self = PLT_PRINTER_LIST (list);
  return position < self->rows->len ? g_object_ref (g_ptr_array_index (self->rows, position)) : NULL;
}

static void
plt_printer_list_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = plt_printer_list_get_item_type;
  iface->get_n_items = plt_printer_list_get_n_items;
  iface->get_item = plt_printer_list_get_item;
}

static void
plt_printer_list_get_property (GObject    *object,
                               guint       property_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  PltPrinterList *self = PLT_PRINTER_LIST (object);

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
plt_printer_list_dispose (GObject *object)
{
  PltPrinterList *self = PLT_PRINTER_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->poll_id, g_source_remove);
  g_clear_object (&self->watch);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (plt_printer_list_parent_class)->dispose (object);
}

static void
plt_printer_list_finalize (GObject *object)
{
  PltPrinterList *self = PLT_PRINTER_LIST (object);

  g_ptr_array_unref (self->rows);
  g_clear_pointer (&self->blanks, g_hash_table_unref);
  g_clear_pointer (&self->calibrations, g_ptr_array_unref);
  g_free (self->cleanings);
  g_object_unref (self->cancellable);
  g_free (self->error);
  G_OBJECT_CLASS (plt_printer_list_parent_class)->finalize (object);
}

static void
plt_printer_list_class_init (PltPrinterListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = plt_printer_list_get_property;
  object_class->dispose = plt_printer_list_dispose;
  object_class->finalize = plt_printer_list_finalize;
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, PLT_WORKLIST_STATE_LOADING,
                                             PLT_WORKLIST_STATE_FAILED, PLT_WORKLIST_STATE_LOADING,
                                             flags);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SETTLED] = g_signal_new ("settled", PLT_TYPE_PRINTER_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
plt_printer_list_init (PltPrinterList *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
}

PltPrinterList *
plt_printer_list_new (PltOffice *office)
{
  g_return_val_if_fail (PLT_IS_OFFICE (office), NULL);

  PltPrinterList *self = g_object_new (PLT_TYPE_PRINTER_LIST, NULL);
  self->office = g_object_ref (office);
  self->poll_id = g_timeout_add_seconds (POLL_SECONDS, poll_cb, self);
  ask (self);
  return self;
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
plt_printer_list_load_async (PltPrinterList      *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (PLT_IS_PRINTER_LIST (self));

  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_signal_connect_swapped (self, "settled", G_CALLBACK (settled_cb), task);
  ask (self);
}

gboolean
plt_printer_list_load_finish (PltPrinterList  *self,
                              GAsyncResult    *result,
                              GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
