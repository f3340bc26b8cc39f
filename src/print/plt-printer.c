/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One queue of the scheduler as it was when it was asked. */
#include "plt-printer-private.h"

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

  G_OBJECT_CLASS (plt_printer_parent_class)->finalize (object);
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
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
plt_printer_init (PltPrinter *self)
{
  self->state = PLT_PRINTER_STATE_IDLE;
}

/* What there is to tell, or else what it does. */
static char *
describe_state (const PltPrinterFacts *facts)
{
  g_autofree char *trouble = plt_print_reasons_to_text (facts->reasons, facts->message);

  if (trouble[0] != '\0')
    return g_steal_pointer (&trouble);
  if (!facts->accepting)
    return g_strdup (_("Takes no jobs"));
  switch (facts->state)
    {
    case PLT_PRINTER_STATE_PROCESSING:
      return g_strdup (_("Printing"));
    case PLT_PRINTER_STATE_STOPPED:
      return g_strdup (_("Stopped"));
    case PLT_PRINTER_STATE_IDLE:
    default:
      return g_strdup (_("Ready"));
    }
}

static int
find_severity (const PltPrinterFacts *facts)
{
  int severity = facts->state == PLT_PRINTER_STATE_STOPPED || !facts->accepting ? 2 : 0;

  for (guint i = 0; facts->reasons != NULL && facts->reasons[i] != NULL; i++)
    severity = MAX (severity, plt_print_reason_severity (facts->reasons[i]));
  if (severity == 0)
    {
      g_autofree char *trouble = plt_print_reasons_to_text (facts->reasons, facts->message);

      severity = trouble[0] != '\0' ? 2 : 0;
    }
  return severity;
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
  self->state_text = describe_state (facts);
  self->reasons = g_strdupv (facts->reasons);
  self->accepting = facts->accepting;
  self->unsuitable_reason = g_strdup (facts->unsuitable_reason);
  self->severity = find_severity (facts);
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
