/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which printers the spooler may use, which of them can print now, and whose turn it is. */
#include "plt-spooler-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A lid that is opened for a moment sends no card to another printer. */
#define PATIENCE (4 * G_TIME_SPAN_SECOND)
/* One in the printer, one drawn and signed, so that the printer does not wait for the drawing. */
#define AT_ONCE 2

G_DEFINE_FINAL_TYPE (PltSpoolerPrinter, plt_spooler_printer, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_DESTINATION,
  PROP_TITLE,
  PROP_USABLE,
  PROP_TROUBLE,
  PROP_IN_FLIGHT,
  PROP_BLANKS,
  PROP_RIBBON,
  PROP_PRINTED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
plt_spooler_printer_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  PltSpoolerPrinter *self = PLT_SPOOLER_PRINTER (object);

  switch (property_id)
    {
    case PROP_DESTINATION:
      g_value_set_string (value, self->destination);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_USABLE:
      g_value_set_boolean (value, self->usable);
      break;
    case PROP_TROUBLE:
      g_value_set_string (value, self->trouble);
      break;
    case PROP_IN_FLIGHT:
      g_value_set_uint (value, self->in_flight);
      break;
    case PROP_BLANKS:
      g_value_set_int (value, self->blanks);
      break;
    case PROP_RIBBON:
      g_value_set_int (value, self->ribbon);
      break;
    case PROP_PRINTED:
      g_value_set_uint (value, self->printed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
plt_spooler_printer_finalize (GObject *object)
{
  PltSpoolerPrinter *self = PLT_SPOOLER_PRINTER (object);

  g_free (self->destination);
  g_free (self->title);
  g_strfreev (self->places);
  g_free (self->trouble);
  g_free (self->refusal);
  G_OBJECT_CLASS (plt_spooler_printer_parent_class)->finalize (object);
}

static void
plt_spooler_printer_class_init (PltSpoolerPrinterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = plt_spooler_printer_get_property;
  object_class->finalize = plt_spooler_printer_finalize;
  properties[PROP_DESTINATION] = g_param_spec_string ("destination", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_USABLE] = g_param_spec_boolean ("usable", NULL, NULL, FALSE, flags);
  properties[PROP_TROUBLE] = g_param_spec_string ("trouble", NULL, NULL, NULL, flags);
  properties[PROP_IN_FLIGHT] = g_param_spec_uint ("in-flight", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_BLANKS] = g_param_spec_int ("blanks", NULL, NULL, -1, G_MAXINT, -1, flags);
  properties[PROP_RIBBON] = g_param_spec_int ("ribbon", NULL, NULL, -1, G_MAXINT, -1, flags);
  properties[PROP_PRINTED] = g_param_spec_uint ("printed", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
plt_spooler_printer_init (PltSpoolerPrinter *self)
{
  self->blanks = -1;
  self->ribbon = -1;
}

static PltSpoolerPrinter *
get_printer (PltSpooler *self,
             guint       position)
{
  g_autoptr (PltSpoolerPrinter) printer = g_list_model_get_item (G_LIST_MODEL (self->printers), position);
  return printer; /* the list holds it */
}

static guint
count_printers (PltSpooler *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->printers));
}

/* Returns: (transfer none) (nullable) */
PltSpoolerPrinter *
plt_spooler_find_printer (PltSpooler *self,
                          const char *destination)
{
  for (guint i = 0; i < count_printers (self); i++)
    if (g_strcmp0 (get_printer (self, i)->destination, destination) == 0)
      return get_printer (self, i);
  return NULL;
}

static gboolean
is_wanted (PltSpooler        *self,
           PltSpoolerPrinter *printer)
{
  gboolean any = (self->printers_wanted != NULL && *self->printers_wanted != NULL)
                 || (self->classes_wanted != NULL && *self->classes_wanted != NULL);

  if (!any)
    return TRUE;
  if (self->printers_wanted != NULL
      && g_strv_contains ((const char * const *) self->printers_wanted, printer->destination))
    return TRUE;
  for (guint i = 1; self->classes_wanted != NULL && printer->places[i] != NULL; i++)
    if (g_strv_contains ((const char * const *) self->classes_wanted, printer->places[i]))
      return TRUE;
  return FALSE;
}

/* With what no printer prints, however grave it says that it is: CUPS tells by the same suffix whether it prints. */
static gboolean
keeps_from_printing (const char *keyword)
{
  static const char * const grave[] = {
    "media-empty", "media-needed", "media-jam", "cover-open", "door-open", "interlock-open", "marker-supply-empty",
    "marker-supply-missing", "toner-empty", "marker-waste-full", "input-tray-missing", "output-area-full",
    "output-tray-missing", "offline", "shutdown", "timed-out", "paused", "moving-to-paused", "stopping",
    "cups-missing-filter", "spool-area-full",
  };

  for (guint i = 0; i < G_N_ELEMENTS (grave); i++)
    if (g_str_has_prefix (keyword, grave[i]))
      return TRUE;
  return g_str_has_suffix (keyword, "-error");
}

static gboolean
is_in_trouble (PltPrinter *printer)
{
  g_auto (GStrv) reasons = NULL;
  gboolean accepting;
  int state, severity;
  guint n_given = 0;

  g_object_get (printer, "reasons", &reasons, "accepting", &accepting, "state", &state, "severity", &severity, NULL);
  if (!accepting || state == PLT_PRINTER_STATE_STOPPED)
    return TRUE;
  for (guint i = 0; reasons != NULL && reasons[i] != NULL; i++)
    {
      if (keeps_from_printing (reasons[i]))
        return TRUE;
      n_given += !g_str_equal (reasons[i], "none") && !g_str_has_prefix (reasons[i], "cups-");
    }
  /* Where no reason is given it is the message that tells. */
  return n_given == 0 && severity >= 2;
}

/* Returns: (transfer full) (nullable): why it cannot print now, NULL: it can */
static char *
find_trouble (PltSpoolerPrinter *self,
              PltPrinter        *printer)
{
  g_autofree char *unsuitable = NULL;

  if (!plt_printer_is_suitable (printer))
    {
      g_object_get (printer, "unsuitable-reason", &unsuitable, NULL);
      return g_steal_pointer (&unsuitable);
    }
  if (is_in_trouble (printer))
    return g_strdup (plt_printer_get_state_text (printer));
  if (self->blanks == 0)
    return g_strdup (_("No blank is left in it"));
  if (self->ribbon == 0)
    return g_strdup (_("By the books its ribbon is used up"));
  if (self->rests_until > g_get_monotonic_time ())
    return g_strdup (self->refusal);
  return NULL;
}

static void
say_trouble (PltSpooler        *self,
             PltSpoolerPrinter *printer,
             PltPrinter        *asked)
{
  g_autofree char *about = g_strconcat ("printer ", printer->destination, NULL);
  g_autofree char *text = NULL;

  if (printer->trouble == NULL)
    {
      text = g_strdup_printf (_("Printer %s is used."), printer->destination);
      plt_spooler_tell_once (self, about, "printer-used", NULL, NULL, printer->destination, text);
      return;
    }
  /* Translators: a printer, then why, in words of its own */
  text = g_strdup_printf (_("Printer %s is not used: %s"), printer->destination, printer->trouble);
  plt_spooler_tell_once (self, about,
                         plt_printer_is_suitable (asked) ? "printer-trouble" : "printer-refused", NULL, NULL,
                         printer->destination, text);
}

static gboolean
is_stopped (PltPrinter *printer)
{
  int state;

  g_object_get (printer, "state", &state, NULL);
  return state == PLT_PRINTER_STATE_STOPPED;
}

static void
judge (PltSpooler        *self,
       PltSpoolerPrinter *printer,
       PltPrinter        *asked)
{
  gboolean was_usable = printer->usable;
  gint64 now = g_get_monotonic_time ();

  g_free (printer->trouble);
  printer->trouble = find_trouble (printer, asked);
  printer->allowed = is_wanted (self, printer);
  printer->usable = printer->allowed && printer->trouble == NULL;
  if (printer->trouble == NULL)
    printer->trouble_at = 0;
  else if (printer->trouble_at == 0)
    printer->trouble_at = now;
  if (!is_stopped (asked))
    printer->stopped_at = 0;
  else if (printer->stopped_at == 0)
    printer->stopped_at = now;
  if (printer->allowed)
    say_trouble (self, printer, asked);
  if (printer->usable && !was_usable)
    self->nothing_until = 0;
  if (printer->trouble != NULL && now - printer->trouble_at >= PATIENCE)
    plt_spooler_give_back (self, printer->destination, printer->trouble);
  if (printer->stopped_at != 0 && now - printer->stopped_at >= PATIENCE)
    plt_spooler_take_back_waiting (self, printer->destination);
  for (int i = PROP_TITLE; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (printer), properties[i]);
}

/* Where an order may want to be printed so that this printer may take it. */
static char **
dup_places (PltPrinter *asked)
{
  g_autoptr (GStrvBuilder) places = g_strv_builder_new ();
  g_auto (GStrv) classes = NULL;

  g_object_get (asked, "classes", &classes, NULL);
  g_strv_builder_add (places, plt_printer_get_destination (asked));
  if (classes != NULL)
    g_strv_builder_addv (places, (const char **) classes);
  return g_strv_builder_end (places);
}

static void
note_printer (PltSpooler *self,
              PltPrinter *asked)
{
  const char *destination = plt_printer_get_destination (asked);
  PltSpoolerPrinter *printer = plt_spooler_find_printer (self, destination);

  if (printer == NULL)
    {
      g_autoptr (PltSpoolerPrinter) made = g_object_new (PLT_TYPE_SPOOLER_PRINTER, NULL);

      made->destination = g_strdup (destination);
      g_list_store_append (self->printers, made);
      printer = made;
    }
  g_strfreev (printer->places);
  printer->places = dup_places (asked);
  g_free (printer->title);
  printer->title = g_strdup (plt_printer_get_title (asked));
  printer->seen = TRUE;
  judge (self, printer, asked);
}

static void
drop_unseen (PltSpooler *self)
{
  for (guint i = count_printers (self); i > 0; i--)
    if (!get_printer (self, i - 1)->seen)
      {
        plt_spooler_give_back (self, get_printer (self, i - 1)->destination, _("The printer is not there any more."));
        g_list_store_remove (self->printers, i - 1);
      }
}

static void
printers_listed_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (PltSpooler) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) printers = plt_print_server_list_finish (PLT_PRINT_SERVER (source), result, &error);

  self->looking = FALSE;
  if (self->office == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if ((printers == NULL) != self->server_lost)
    {
      self->server_lost = printers == NULL;
      if (printers == NULL)
        plt_spooler_tell (self, "print-server-lost", NULL, NULL, NULL, "%s", error->message);
      else
        plt_spooler_tell (self, "print-server-back", NULL, NULL, NULL, _("The print server is back."));
    }
  for (guint i = 0; i < count_printers (self) && printers != NULL; i++)
    get_printer (self, i)->seen = FALSE;
  for (guint i = 0; printers != NULL && i < printers->len; i++)
    if (plt_printer_get_members (g_ptr_array_index (printers, i)) == NULL)
      note_printer (self, g_ptr_array_index (printers, i));
  if (printers != NULL)
    drop_unseen (self);
  self->looked = TRUE;
  plt_spooler_pump (self);
}

static void
note_stock (PltSpooler *self,
            GPtrArray  *stock)
{
  for (guint i = 0; i < count_printers (self); i++)
    {
      PltSpoolerPrinter *printer = get_printer (self, i);
      int safe = -1;

      printer->blanks = -1;
      printer->ribbon = -1;
      for (guint j = 0; j < stock->len; j++)
        {
          PltStoreSpoolStock *one = g_ptr_array_index (stock, j);

          if (g_str_equal (one->printer, ""))
            safe = one->blanks;
          else if (g_str_equal (one->printer, printer->destination))
            {
              printer->blanks = one->blanks;
              /* A film that ends ends the printing as a ribbon does. */
              printer->ribbon = one->ribbon;
              if (one->film >= 0 && (one->ribbon < 0 || one->film < one->ribbon))
                printer->ribbon = one->film;
            }
        }
      if (printer->blanks < 0)
        printer->blanks = safe;
    }
}

static void
stock_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (PltSpooler) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) stock = plt_store_spool_stock_finish (PLT_STORE (source), result, &error);

  if (stock != NULL)
    note_stock (self, stock);
  else if (self->office != NULL)
    error = plt_office_take_error (self->office, g_steal_pointer (&error));
  if (self->office != NULL)
    plt_print_server_list_async (plt_office_get_print_server (self->office), self->cancellable, printers_listed_cb,
                                 g_object_ref (self));
}

/* Asks for the stock and for the printers. */
void
plt_spooler_look (PltSpooler *self)
{
  if (self->looking || !plt_spooler_can_work (self))
    return;
  self->looking = TRUE;
  plt_store_spool_stock_async (plt_office_get_store (self->office), self->cancellable, stock_read_cb,
                               g_object_ref (self));
}

void
plt_spooler_count_in_flight (PltSpooler *self)
{
  for (guint i = 0; i < count_printers (self); i++)
    {
      PltSpoolerPrinter *printer = get_printer (self, i);
      guint n = printer->strangers;

      for (guint j = 0; j < self->jobs->len; j++)
        {
          PltSpoolJob *job = g_ptr_array_index (self->jobs, j);

          n += job->stage != PLT_SPOOL_STAGE_DRAWING && g_str_equal (job->printer, printer->destination);
        }
      if (n == printer->in_flight)
        continue;
      printer->in_flight = n;
      g_object_notify_by_pspec (G_OBJECT (printer), properties[PROP_IN_FLIGHT]);
    }
}

/* Whether a card that is drawn may go to it. */
gboolean
plt_spooler_printer_is_free (PltSpoolerPrinter *printer)
{
  return printer->usable && printer->in_flight == 0;
}

static guint
count_drawing (PltSpooler        *self,
               PltSpoolerPrinter *printer)
{
  guint n = 0;

  for (guint i = 0; i < self->jobs->len; i++)
    {
      PltSpoolJob *job = g_ptr_array_index (self->jobs, i);

      n += job->stage == PLT_SPOOL_STAGE_DRAWING && g_str_equal (job->printer, printer->destination);
    }
  return n;
}

/* How many cards it can still make, as far as the books know. */
static int
count_left (PltSpoolerPrinter *printer)
{
  int blanks = printer->blanks < 0 ? G_MAXINT : printer->blanks;
  int ribbon = printer->ribbon < 0 ? G_MAXINT : printer->ribbon;

  return MIN (blanks, ribbon);
}

/**
 * plt_spooler_choose_printer:
 * @but: (nullable): printers that it shall not be
 *
 * The one with the least work, and of these the one with the most cards and ribbon left.
 *
 * Returns: (transfer none) (nullable)
 */
PltSpoolerPrinter *
plt_spooler_choose_printer (PltSpooler *self,
                            GPtrArray  *but)
{
  PltSpoolerPrinter *best = NULL;
  guint best_work = AT_ONCE;

  for (guint i = 0; i < count_printers (self); i++)
    {
      PltSpoolerPrinter *printer = get_printer (self, i);
      guint drawing = count_drawing (self, printer);
      guint work = drawing + printer->in_flight;

      if (!printer->usable || work >= AT_ONCE || (int) drawing >= count_left (printer)
          || (but != NULL && g_ptr_array_find (but, printer, NULL)))
        continue;
      if (work < best_work || (work == best_work && best != NULL && count_left (printer) > count_left (best)))
        {
          best = printer;
          best_work = work;
        }
    }
  return best;
}
