/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One supply of a printer in words. */
#include "plt-printer-supply.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _PltPrinterSupply
{
  GObject     parent_instance;
  char       *title;
  const char *kind;
  int         level;
  int         low_level;
  int         high_level;
  int         cards_left;
  gboolean    counts_cards; /* the printer itself does */
  char       *text;
};

G_DEFINE_FINAL_TYPE (PltPrinterSupply, plt_printer_supply, G_TYPE_OBJECT)

enum
{
  PROP_TITLE = 1,
  PROP_KIND,
  PROP_LEVEL,
  PROP_LOW_LEVEL,
  PROP_CARDS_LEFT,
  PROP_LOW,
  PROP_TEXT,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

/* By a part of the type, then of the name; both are compared in small letters without hyphens, as
 * marker-types and printer-supply spell them differently. */
static const struct
{
  const char *part;
  const char *kind;
} kinds[] = {
  { "waste", "waste" },       { "clean", "cleaning" },     { "transferunit", "film" },
  { "film", "film" },         { "laminat", "film" },       { "shrinkwrap", "film" },
  { "paperwrap", "film" },    { "developer", "film" },     { "patch", "film" },
  { "overlay", "film" },      { "ribbon", "ribbon" },      { "toner", "ribbon" },
  { "ink", "ribbon" },        { "wax", "ribbon" },         { "ymck", "ribbon" },
  { "card", "cards" },        { "insert", "cards" },
};

static char *
simplify (const char *text)
{
  char *simple = g_ascii_strdown (text != NULL ? text : "", -1);
  char *to = simple;

  for (const char *from = simple; *from != '\0'; from++)
    if (*from != '-' && *from != ' ' && *from != '_')
      *to++ = *from;
  *to = '\0';
  return simple;
}

/* Returns: (nullable) */
static const char *
find_kind_of (const char *text)
{
  g_autofree char *simple = simplify (text);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strstr (simple, kinds[i].part) != NULL)
      return kinds[i].kind;
  return NULL;
}

static const char *
find_kind (const char *type,
           const char *name)
{
  const char *kind = find_kind_of (type);

  if (kind == NULL)
    kind = find_kind_of (name);
  return kind != NULL ? kind : "other";
}

static const char *
name_kind (const char *kind)
{
  if (g_str_equal (kind, "ribbon"))
    return _("Ribbon");
  if (g_str_equal (kind, "film"))
    return _("Film");
  if (g_str_equal (kind, "cleaning"))
    return _("Cleaning roller");
  if (g_str_equal (kind, "waste"))
    return _("Waste container");
  if (g_str_equal (kind, "cards"))
    return _("Cards");
  return _("Supply");
}

static char *
describe_level (PltPrinterSupply *self)
{
  gboolean fills = g_str_equal (self->kind, "waste");

  switch (self->level)
    {
    case -1:
      return g_strdup (_("level not reported"));
    case -3:
      return g_strdup (fills ? _("some room left") : _("some left"));
    case 0:
      return g_strdup (fills ? C_("waste container", "empty") : C_("supply", "used up"));
    default:
      if (self->level < 0)
        return g_strdup (_("level unknown"));
      return g_strdup_printf (fills ? _("%d %% full") : _("%d %% left"), self->level);
    }
}

static void
update_text (PltPrinterSupply *self)
{
  g_autofree char *level = describe_level (self);
  g_autofree char *cards = NULL;

  g_free (self->text);
  if (self->cards_left < 0 || self->level < 0)
    {
      /* Translators: a supply, such as a ribbon, and how much of it is left. */
      self->text = g_strdup_printf (_("%s: %s"), self->title, level);
      return;
    }
  cards = g_strdup_printf (self->counts_cards ? g_dngettext (GETTEXT_PACKAGE, "%d card", "%d cards",
                                                             (gulong) self->cards_left)
                                              : g_dngettext (GETTEXT_PACKAGE, "about %d card",
                                                             "about %d cards",
                                                             (gulong) self->cards_left),
                           self->cards_left);
  /* Translators: a supply, how much of it is left, and for how many cards. */
  self->text = g_strdup_printf (_("%s: %s, %s"), self->title, level, cards);
}

static void
plt_printer_supply_finalize (GObject *object)
{
  g_free (PLT_PRINTER_SUPPLY (object)->title);
  g_free (PLT_PRINTER_SUPPLY (object)->text);

  G_OBJECT_CLASS (plt_printer_supply_parent_class)->finalize (object);
}

static void
plt_printer_supply_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  PltPrinterSupply *self = PLT_PRINTER_SUPPLY (object);

  switch (property_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_KIND:
      g_value_set_string (value, self->kind);
      break;
    case PROP_LEVEL:
      g_value_set_int (value, self->level);
      break;
    case PROP_LOW_LEVEL:
      g_value_set_int (value, self->low_level);
      break;
    case PROP_CARDS_LEFT:
      g_value_set_int (value, self->cards_left);
      break;
    case PROP_LOW:
      g_value_set_boolean (value, plt_printer_supply_is_low (self));
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
plt_printer_supply_class_init (PltPrinterSupplyClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = plt_printer_supply_finalize;
  object_class->get_property = plt_printer_supply_get_property;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_KIND] = g_param_spec_string ("kind", NULL, NULL, NULL, flags);
  properties[PROP_LEVEL] = g_param_spec_int ("level", NULL, NULL, -3, 100, -1, flags);
  properties[PROP_LOW_LEVEL] = g_param_spec_int ("low-level", NULL, NULL, -1, 100, -1, flags);
  properties[PROP_CARDS_LEFT] = g_param_spec_int ("cards-left", NULL, NULL, -1, G_MAXINT, -1, flags);
  properties[PROP_LOW] = g_param_spec_boolean ("low", NULL, NULL, FALSE, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
plt_printer_supply_init (PltPrinterSupply *self)
{
  self->kind = "other";
}

PltPrinterSupply *
plt_printer_supply_new (const PltSupplyFacts *facts)
{
  PltPrinterSupply *self = g_object_new (PLT_TYPE_PRINTER_SUPPLY, NULL);
  gboolean is_named = facts->name != NULL && *facts->name != '\0';

  self->kind = find_kind (facts->type, facts->name);
  self->title = is_named ? g_utf8_make_valid (facts->name, -1) : g_strdup (name_kind (self->kind));
  /* Other negative numbers mean nothing: unknown. */
  self->level = facts->level < -3 ? -2 : MIN (facts->level, 100);
  self->low_level = CLAMP (facts->low_level, -1, 100);
  self->high_level = CLAMP (facts->high_level, -1, 100);
  self->cards_left = MAX (facts->cards_left, -1);
  self->counts_cards = self->cards_left >= 0;
  update_text (self);
  return self;
}

void
plt_printer_supply_set_capacity (PltPrinterSupply *self,
                                 int               cards)
{
  g_return_if_fail (PLT_IS_PRINTER_SUPPLY (self));

  if (self->counts_cards || self->level < 0 || g_str_equal (self->kind, "waste"))
    return;
  self->cards_left = cards > 0 ? (int) ((gint64) cards * self->level / 100) : -1;
  update_text (self);
}

gboolean
plt_printer_supply_is_low (PltPrinterSupply *self)
{
  g_return_val_if_fail (PLT_IS_PRINTER_SUPPLY (self), FALSE);

  if (self->level < 0)
    return FALSE;
  if (g_str_equal (self->kind, "waste"))
    return self->level >= (self->high_level > 0 ? self->high_level : 95);
  return self->level <= MAX (self->low_level, 0);
}

const char *
plt_printer_supply_get_kind (PltPrinterSupply *self)
{
  g_return_val_if_fail (PLT_IS_PRINTER_SUPPLY (self), NULL);

  return self->kind;
}

const char *
plt_printer_supply_get_title (PltPrinterSupply *self)
{
  g_return_val_if_fail (PLT_IS_PRINTER_SUPPLY (self), NULL);

  return self->title;
}

const char *
plt_printer_supply_get_text (PltPrinterSupply *self)
{
  g_return_val_if_fail (PLT_IS_PRINTER_SUPPLY (self), NULL);

  return self->text;
}

int
plt_printer_supply_get_level (PltPrinterSupply *self)
{
  g_return_val_if_fail (PLT_IS_PRINTER_SUPPLY (self), -1);

  return self->level;
}

/* Returns: (transfer full) (nullable): the value of @key in “key=value;key=value;” */
static char *
find_value (const char *text,
            const char *key)
{
  g_auto (GStrv) pairs = g_strsplit (text, ";", -1);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      const char *equals = strchr (g_strstrip (pairs[i]), '=');

      if (equals != NULL && (gsize) (equals - pairs[i]) == strlen (key)
          && g_ascii_strncasecmp (pairs[i], key, strlen (key)) == 0)
        return g_strdup (equals + 1);
    }
  return NULL;
}

static int
find_number (const char *text,
             const char *key)
{
  g_autofree char *value = find_value (text, key);
  gint64 number;

  if (value == NULL || !g_ascii_string_to_signed (value, 10, -3, G_MAXINT, &number, NULL))
    return -1;
  return (int) number;
}

static gboolean
counts_cards (const char *unit)
{
  static const char *const units[] = { "impressions", "sheets", "items", NULL };

  return unit != NULL && g_strv_contains (units, unit);
}

/**
 * plt_printer_supply_new_from_text:
 * @value: of printer-supply
 * @description: (nullable): that of printer-supply-description in the same place
 *
 * The level of a receptacle is the room that is left in it (RFC 3805), while marker-levels tells how
 * full it is: it is turned round.
 */
PltPrinterSupply *
plt_printer_supply_new_from_text (const char *value,
                                  const char *description)
{
  g_autofree char *type = find_value (value, "type");
  g_autofree char *unit = find_value (value, "unit");
  g_autofree char *class_name = find_value (value, "class");
  g_autofree char *colorant = find_value (value, "colorantname");
  gboolean fills = g_strcmp0 (class_name, "receptacleThatIsFilled") == 0;
  int level = find_number (value, "level");
  int capacity = find_number (value, "maxcapacity");
  PltSupplyFacts facts = { .name = description, .type = type, .level = level, .low_level = -1,
                           .high_level = -1, .cards_left = -1 };

  if (facts.name == NULL || *facts.name == '\0')
    facts.name = colorant;
  if (level >= 0 && capacity > 0)
    facts.level = (int) ((gint64) MIN (level, capacity) * 100 / capacity);
  else if (level >= 0 && g_strcmp0 (unit, "percent") != 0)
    facts.level = level > 0 ? -3 : 0;
  if (fills && facts.level >= 0)
    facts.level = 100 - facts.level;
  if (!fills && level >= 0 && counts_cards (unit))
    facts.cards_left = level;
  if (fills && find_kind_of (type) == NULL)
    facts.type = "waste";
  return plt_printer_supply_new (&facts);
}
