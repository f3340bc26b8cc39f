/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One queue of the scheduler as it was when it was asked. */
#include "plt-printer-private.h"

#include "plt-printer-supply.h"

#include <glib/gi18n-lib.h>

struct _PltPrinter
{
  GObject          parent;

  char            *destination;
  char            *title;
  char            *location;
  char            *model;
  char            *uri;
  PltPrinterState  state;
  char            *state_text;
  char           **reasons;
  gboolean         accepting;
  char            *unsuitable_reason;
  int              severity;
  GListStore      *supplies;
  char            *warning;
  char           **members;
  char           **classes;
  int              n_jobs;
  char            *profile;
  int              cleaning_cards;
};

G_DEFINE_FINAL_TYPE (PltPrinter, plt_printer, G_TYPE_OBJECT)

enum
{
  PROP_DESTINATION = 1,
  PROP_TITLE,
  PROP_LOCATION,
  PROP_MODEL,
  PROP_URI,
  PROP_STATE,
  PROP_STATE_TEXT,
  PROP_REASONS,
  PROP_ACCEPTING,
  PROP_SUITABLE,
  PROP_UNSUITABLE_REASON,
  PROP_SEVERITY,
  PROP_SUPPLIES,
  PROP_SUPPLY_TEXT,
  PROP_WARNING,
  PROP_MEMBERS,
  PROP_CLASSES,
  PROP_JOBS,
  PROP_PROFILE,
  PROP_CLEANING_CARDS,
  PROP_COUNTED,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
plt_printer_finalize (GObject *object)
{
  PltPrinter *self = PLT_PRINTER (object);

  g_free (self->destination);
  g_free (self->title);
  g_free (self->location);
  g_free (self->model);
  g_free (self->uri);
  g_free (self->state_text);
  g_strfreev (self->reasons);
  g_free (self->unsuitable_reason);
  g_clear_object (&self->supplies);
  g_free (self->warning);
  g_strfreev (self->members);
  g_strfreev (self->classes);
  g_free (self->profile);

  G_OBJECT_CLASS (plt_printer_parent_class)->finalize (object);
}

/* All supplies in a line. */
static char *
describe_supplies (PltPrinter *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->supplies)); i++)
    {
      g_autoptr (PltPrinterSupply) supply = g_list_model_get_item (G_LIST_MODEL (self->supplies), i);

      g_string_append_printf (text, "%s%s", i > 0 ? " · " : "", plt_printer_supply_get_text (supply));
    }
  return g_string_free (text, FALSE);
}

/* Whether it says itself how much of a ribbon or film is left. */
static gboolean
tells_levels (PltPrinter *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->supplies)); i++)
    {
      g_autoptr (PltPrinterSupply) supply = g_list_model_get_item (G_LIST_MODEL (self->supplies), i);
      const char *kind = plt_printer_supply_get_kind (supply);

      if (plt_printer_supply_get_level (supply) >= 0
          && (g_str_equal (kind, "ribbon") || g_str_equal (kind, "film")))
        return TRUE;
    }
  return FALSE;
}

static void
plt_printer_get_property (GObject    *object,
                          guint       property_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  PltPrinter *self = PLT_PRINTER (object);

  switch (property_id)
    {
    case PROP_DESTINATION:
      g_value_set_string (value, self->destination);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_LOCATION:
      g_value_set_string (value, self->location);
      break;
    case PROP_MODEL:
      g_value_set_string (value, self->model);
      break;
    case PROP_URI:
      g_value_set_string (value, self->uri);
      break;
    case PROP_STATE:
      g_value_set_int (value, (int) self->state);
      break;
    case PROP_STATE_TEXT:
      g_value_set_string (value, self->state_text);
      break;
    case PROP_REASONS:
      g_value_set_boxed (value, self->reasons);
      break;
    case PROP_ACCEPTING:
      g_value_set_boolean (value, self->accepting);
      break;
    case PROP_SUITABLE:
      g_value_set_boolean (value, plt_printer_is_suitable (self));
      break;
    case PROP_UNSUITABLE_REASON:
      g_value_set_string (value, self->unsuitable_reason);
      break;
    case PROP_SEVERITY:
      g_value_set_int (value, self->severity);
      break;
    case PROP_SUPPLIES:
      g_value_set_object (value, self->supplies);
      break;
    case PROP_SUPPLY_TEXT:
      g_value_take_string (value, describe_supplies (self));
      break;
    case PROP_WARNING:
      g_value_set_string (value, self->warning);
      break;
    case PROP_MEMBERS:
      g_value_set_boxed (value, self->members);
      break;
    case PROP_CLASSES:
      g_value_set_boxed (value, self->classes);
      break;
    case PROP_PROFILE:
      g_value_set_string (value, self->profile);
      break;
    case PROP_CLEANING_CARDS:
      g_value_set_int (value, self->cleaning_cards);
      break;
    case PROP_COUNTED:
      g_value_set_static_string (value, tells_levels (self) ? "printer" : "hand");
      break;
    case PROP_JOBS:
      g_value_set_int (value, self->n_jobs);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
plt_printer_class_init (PltPrinterClass *klass)
{
  static const struct
  {
    int         id;
    const char *name;
  } strings[] = {
    { PROP_DESTINATION, "destination" }, { PROP_TITLE, "title" },
    { PROP_LOCATION, "location" }, { PROP_MODEL, "model" }, { PROP_URI, "uri" },
    { PROP_STATE_TEXT, "state-text" }, { PROP_UNSUITABLE_REASON, "unsuitable-reason" },
    { PROP_SUPPLY_TEXT, "supply-text" }, { PROP_WARNING, "warning" },
    { PROP_PROFILE, "profile" }, { PROP_COUNTED, "counted" },
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = plt_printer_finalize;
  object_class->get_property = plt_printer_get_property;

  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    properties[strings[i].id] =
      g_param_spec_string (strings[i].name, NULL, NULL, NULL, flags);
  properties[PROP_STATE] =
    g_param_spec_int ("state", NULL, NULL, 3, 5, PLT_PRINTER_STATE_IDLE, flags);
  properties[PROP_REASONS] = g_param_spec_boxed ("reasons", NULL, NULL, G_TYPE_STRV, flags);
  properties[PROP_ACCEPTING] = g_param_spec_boolean ("accepting", NULL, NULL, FALSE, flags);
  properties[PROP_SUITABLE] = g_param_spec_boolean ("suitable", NULL, NULL, FALSE, flags);
  properties[PROP_SEVERITY] = g_param_spec_int ("severity", NULL, NULL, 0, 3, 0, flags);
  properties[PROP_CLEANING_CARDS] =
    g_param_spec_int ("cleaning-cards", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_MEMBERS] = g_param_spec_boxed ("members", NULL, NULL, G_TYPE_STRV, flags);
  properties[PROP_CLASSES] = g_param_spec_boxed ("classes", NULL, NULL, G_TYPE_STRV, flags);
  properties[PROP_JOBS] = g_param_spec_int ("jobs", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_SUPPLIES] =
    g_param_spec_object ("supplies", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
plt_printer_init (PltPrinter *self)
{
  self->state = PLT_PRINTER_STATE_IDLE;
  self->supplies = g_list_store_new (PLT_TYPE_PRINTER_SUPPLY);
}

static const char *
name_state (const PltPrinterFacts *facts)
{
  if (!facts->accepting)
    return _("Takes no jobs");
  switch (facts->state)
    {
    case PLT_PRINTER_STATE_PROCESSING:
      return _("Printing");
    case PLT_PRINTER_STATE_STOPPED:
      return _("Stopped");
    case PLT_PRINTER_STATE_IDLE:
    default:
      return _("Ready");
    }
}

/* A supply that is low, of which no reason has told. */
static void
note_supplies (PltPrintTrouble *trouble,
               GPtrArray       *supplies)
{
  for (guint i = 0; supplies != NULL && i < supplies->len; i++)
    {
      PltPrinterSupply *supply = supplies->pdata[i];

      if (plt_printer_supply_is_low (supply))
        plt_print_trouble_take (trouble, g_strdup (plt_printer_supply_get_text (supply)),
                                PLT_REASON_WARNING);
    }
}

static gboolean
tells_of_supplies (char **reasons)
{
  for (guint i = 0; reasons != NULL && reasons[i] != NULL; i++)
    if (g_str_has_prefix (reasons[i], "marker-") || g_str_has_prefix (reasons[i], "toner-")
        || g_str_has_prefix (reasons[i], "developer-")
        || g_str_has_prefix (reasons[i], "material-")
        || g_str_has_prefix (reasons[i], "cleaner-life"))
      return TRUE;
  return FALSE;
}

static PltPrintTrouble *
find_trouble (const PltPrinterFacts *facts)
{
  PltPrintTrouble *trouble = plt_print_trouble_find (facts->profile, facts->reasons,
                                                     facts->message, facts->state);

  if (plt_print_trouble_worst (trouble) == PLT_REASON_NORMAL)
    for (guint i = 0; facts->alerts != NULL && facts->alerts[i] != NULL; i++)
      if (*facts->alerts[i] != '\0')
        plt_print_trouble_take (trouble, g_strdup (facts->alerts[i]), PLT_REASON_WARNING);
  if (!tells_of_supplies (facts->reasons))
    note_supplies (trouble, facts->supplies);
  return trouble;
}

/* What there is to tell, or else what it does. */
static void
describe_state (PltPrinter            *self,
                const PltPrinterFacts *facts)
{
  g_autoptr (PltPrintTrouble) trouble = find_trouble (facts);
  g_autofree char *words = plt_print_trouble_to_text (trouble);

  self->severity = (int) plt_print_trouble_worst (trouble);
  if (facts->state == PLT_PRINTER_STATE_STOPPED || !facts->accepting)
    self->severity = MAX (self->severity, PLT_REASON_WARNING);
  self->state_text = g_strdup (*words != '\0' ? words : name_state (facts));
}

PltPrinter *
plt_printer_new (const PltPrinterFacts *facts)
{
  PltPrinter *self = g_object_new (PLT_TYPE_PRINTER, NULL);
  gboolean has_title = facts->title != NULL && facts->title[0] != '\0';

  self->destination = g_strdup (facts->destination);
  self->title = g_strdup (has_title ? facts->title : facts->destination);
  self->location = g_strdup (facts->location);
  self->model = g_strdup (facts->model);
  self->uri = g_strdup (facts->uri);
  self->state = CLAMP (facts->state, PLT_PRINTER_STATE_IDLE, PLT_PRINTER_STATE_STOPPED);
  self->reasons = g_strdupv (facts->reasons);
  self->accepting = facts->accepting;
  self->unsuitable_reason = g_strdup (facts->unsuitable_reason);
  self->warning = g_strdup (facts->warning);
  if (facts->profile != NULL)
    {
      self->profile = g_strdup (plt_print_profile_get_title (facts->profile));
      self->cleaning_cards = plt_print_profile_get_cleaning (facts->profile);
    }
  self->members = g_strdupv (facts->members);
  self->classes = g_new0 (char *, 1);
  self->n_jobs = MAX (facts->n_jobs, 0);
  for (guint i = 0; facts->supplies != NULL && i < facts->supplies->len; i++)
    g_list_store_append (self->supplies, facts->supplies->pdata[i]);
  describe_state (self, facts);
  return self;
}

const char *
plt_printer_get_destination (PltPrinter *self)
{
  g_return_val_if_fail (PLT_IS_PRINTER (self), NULL);

  return self->destination;
}

const char *
plt_printer_get_title (PltPrinter *self)
{
  g_return_val_if_fail (PLT_IS_PRINTER (self), NULL);

  return self->title;
}

const char *
plt_printer_get_state_text (PltPrinter *self)
{
  g_return_val_if_fail (PLT_IS_PRINTER (self), NULL);

  return self->state_text;
}

gboolean
plt_printer_is_suitable (PltPrinter *self)
{
  g_return_val_if_fail (PLT_IS_PRINTER (self), FALSE);

  return self->unsuitable_reason == NULL;
}

/* Returns: (nullable): of a class */
const char *const *
plt_printer_get_members (PltPrinter *self)
{
  g_return_val_if_fail (PLT_IS_PRINTER (self), NULL);

  return (const char *const *) self->members;
}

void
plt_printer_refuse (PltPrinter *self,
                    const char *reason)
{
  g_free (self->unsuitable_reason);
  self->unsuitable_reason = g_strdup (reason);
}

void
plt_printer_add_class (PltPrinter *self,
                       const char *name)
{
  guint n = g_strv_length (self->classes);

  self->classes = g_renew (char *, self->classes, n + 2);
  self->classes[n] = g_strdup (name);
  self->classes[n + 1] = NULL;
}
