/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One field with every source's value, the chosen one, and who chose it. */
#include "plt-reconciliation.h"

#include <glib/gi18n-lib.h>

static const char * const choice_nicks[] = {
  [PLT_CHOICE_NONE] = "none",
  [PLT_CHOICE_ONLY] = "only",
  [PLT_CHOICE_AGREED] = "agreed",
  [PLT_CHOICE_RULE] = "rule",
  [PLT_CHOICE_PERSON] = "person",
  [PLT_CHOICE_OPEN] = "open",
};

enum
{
  PROP_FIELD = 1,
  PROP_FIELD_TITLE,
  PROP_VALUE,
  PROP_CHOICE,
  PROP_RULE,
  PROP_REASON,
  PROP_IDENTITY_VALUE,
  PROP_DRIVER_VALUE,
  PROP_INFRINGEMENT_VALUE,
  N_PROPS,
};

struct _PltReconciledField
{
  GObject    parent_instance;

  PltField   field;
  PltChoice  choice;
  char      *values[PLT_N_SOURCES];
  char      *value;
  char      *rule;
  char      *reason;

  PltDifference difference;
  PltOutcome    outcome;
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (PltReconciledField, plt_reconciled_field, G_TYPE_OBJECT)

static void
plt_reconciled_field_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  PltReconciledField *self = PLT_RECONCILED_FIELD (object);

  switch (prop_id)
    {
    case PROP_FIELD:
      g_value_set_int (value, (int) self->field);
      break;
    case PROP_FIELD_TITLE:
      g_value_set_string (value, plt_field_get_title (self->field));
      break;
    case PROP_VALUE:
      g_value_set_string (value, self->value);
      break;
    case PROP_CHOICE:
      g_value_set_int (value, (int) self->choice);
      break;
    case PROP_RULE:
      g_value_set_string (value, self->rule);
      break;
    case PROP_REASON:
      g_value_set_string (value, self->reason);
      break;
    case PROP_IDENTITY_VALUE:
      g_value_set_string (value, self->values[PLT_SOURCE_IDENTITY]);
      break;
    case PROP_DRIVER_VALUE:
      g_value_set_string (value, self->values[PLT_SOURCE_DRIVER]);
      break;
    case PROP_INFRINGEMENT_VALUE:
      g_value_set_string (value, self->values[PLT_SOURCE_INFRINGEMENT]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
plt_reconciled_field_finalize (GObject *object)
{
  PltReconciledField *self = PLT_RECONCILED_FIELD (object);

  for (int i = 0; i < PLT_N_SOURCES; i++)
    g_free (self->values[i]);
  g_free (self->value);
  g_free (self->rule);
  g_free (self->reason);

  G_OBJECT_CLASS (plt_reconciled_field_parent_class)->finalize (object);
}

static void
plt_reconciled_field_class_init (PltReconciledFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = plt_reconciled_field_get_property;
  object_class->finalize = plt_reconciled_field_finalize;

  properties[PROP_FIELD] = g_param_spec_int ("field", NULL, NULL, 0, PLT_N_FIELDS - 1, 0, flags);
  properties[PROP_FIELD_TITLE] = g_param_spec_string ("field-title", NULL, NULL, NULL, flags);
  properties[PROP_VALUE] = g_param_spec_string ("value", NULL, NULL, NULL, flags);
  properties[PROP_CHOICE] = g_param_spec_int ("choice", NULL, NULL, PLT_CHOICE_NONE,
                                              PLT_CHOICE_OPEN, PLT_CHOICE_NONE, flags);
  properties[PROP_RULE] = g_param_spec_string ("rule", NULL, NULL, NULL, flags);
  properties[PROP_REASON] = g_param_spec_string ("reason", NULL, NULL, NULL, flags);
  properties[PROP_IDENTITY_VALUE] =
    g_param_spec_string ("identity-value", NULL, NULL, NULL, flags);
  properties[PROP_DRIVER_VALUE] = g_param_spec_string ("driver-value", NULL, NULL, NULL, flags);
  properties[PROP_INFRINGEMENT_VALUE] =
    g_param_spec_string ("infringement-value", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
plt_reconciled_field_init (PltReconciledField *self)
{
}

/**
 * plt_reconciled_field_new:
 * @field: the field
 * @values: (nullable): what each source said; %NULL where one said nothing
 * @value: (nullable): the chosen value; %NULL if none is chosen
 * @choice: how it was chosen
 * @rule: (nullable): nick of the rule, for %PLT_CHOICE_RULE
 * @reason: (nullable): a person's reason, for %PLT_CHOICE_PERSON
 *
 * Returns: (transfer full): the field
 */
PltReconciledField *
plt_reconciled_field_new (PltField    field,
                          const char *values[PLT_N_SOURCES],
                          const char *value,
                          PltChoice   choice,
                          const char *rule,
                          const char *reason)
{
  PltReconciledField *self = g_object_new (PLT_TYPE_RECONCILED_FIELD, NULL);

  g_return_val_if_fail ((int) field >= 0 && field < PLT_N_FIELDS, self);

  self->field = field;
  self->choice = choice;
  for (int i = 0; values != NULL && i < PLT_N_SOURCES; i++)
    self->values[i] = g_strdup (values[i]);
  self->value = g_strdup (value);
  self->rule = g_strdup (rule);
  self->reason = g_strdup (reason);

  return self;
}

PltField
plt_reconciled_field_get_field (PltReconciledField *self)
{
  g_return_val_if_fail (PLT_IS_RECONCILED_FIELD (self), PLT_FIELD_FAMILY_NAME);

  return self->field;
}

const char *
plt_reconciled_field_get_source_value (PltReconciledField *self,
                                       PltSource           source)
{
  g_return_val_if_fail (PLT_IS_RECONCILED_FIELD (self), NULL);
  g_return_val_if_fail ((int) source >= 0 && source < PLT_N_SOURCES, NULL);

  return self->values[source];
}

const char *
plt_reconciled_field_get_value (PltReconciledField *self)
{
  g_return_val_if_fail (PLT_IS_RECONCILED_FIELD (self), NULL);

  return self->value;
}

PltChoice
plt_reconciled_field_get_choice (PltReconciledField *self)
{
  g_return_val_if_fail (PLT_IS_RECONCILED_FIELD (self), PLT_CHOICE_NONE);

  return self->choice;
}

const char *
plt_reconciled_field_get_rule (PltReconciledField *self)
{
  g_return_val_if_fail (PLT_IS_RECONCILED_FIELD (self), NULL);

  return self->rule;
}

const char *
plt_reconciled_field_get_reason (PltReconciledField *self)
{
  g_return_val_if_fail (PLT_IS_RECONCILED_FIELD (self), NULL);

  return self->reason;
}

PltDifference
plt_reconciled_field_get_difference (PltReconciledField *self)
{
  g_return_val_if_fail (PLT_IS_RECONCILED_FIELD (self), PLT_DIFFERENCE_NONE);

  return self->difference;
}

PltOutcome
plt_reconciled_field_get_outcome (PltReconciledField *self)
{
  g_return_val_if_fail (PLT_IS_RECONCILED_FIELD (self), PLT_OUTCOME_STOPPED);

  return self->outcome;
}

/* For the one who makes the field, before it is handed on. */
void
plt_reconciled_field_set_difference (PltReconciledField *self,
                                     PltDifference       difference,
                                     PltOutcome          outcome)
{
  g_return_if_fail (PLT_IS_RECONCILED_FIELD (self));

  self->difference = difference;
  self->outcome = outcome;
}

/* The first source whose value is the one that is used; -1 if a person typed it. */
static int
find_used_source (PltReconciledField *self)
{
  for (int i = 0; i < PLT_N_SOURCES; i++)
    if (self->values[i] != NULL && g_strcmp0 (self->values[i], self->value) == 0)
      return i;

  return -1;
}

static char *
explain_rule (PltReconciledField *self)
{
  int source = find_used_source (self);

  if (source < 0)
    return g_strdup (plt_difference_get_why (self->difference));

  /* A person decides such a thing, unless the office has learned from what people decided. */
  if (plt_difference_get_outcome (self->difference) != PLT_OUTCOME_RESOLVED)
    /* Translators: a sentence on what differs, then the registry whose value is used */
    return g_strdup_printf (_("%s Used, by a rule of this office: %s."),
                            plt_difference_get_why (self->difference),
                            plt_source_get_title ((PltSource) source));

  /* Translators: a sentence on what differs, then the registry whose value is used */
  return g_strdup_printf (_("%s Used: %s."), plt_difference_get_why (self->difference),
                          plt_source_get_title ((PltSource) source));
}

/**
 * plt_reconciled_field_dup_why:
 * @self: a field
 *
 * Returns: (transfer full): in a sentence or two, why this value is used, or why none is yet and
 *   who decides
 */
char *
plt_reconciled_field_dup_why (PltReconciledField *self)
{
  g_return_val_if_fail (PLT_IS_RECONCILED_FIELD (self), NULL);

  switch (self->choice)
    {
    case PLT_CHOICE_ONLY:
      return g_strdup (_("Only one registry has a value, and it is used."));
    case PLT_CHOICE_AGREED:
      return g_strdup (_("All registries that have a value agree."));
    case PLT_CHOICE_RULE:
      return explain_rule (self);
    case PLT_CHOICE_PERSON:
      /* Translators: a sentence on what differs, then a person's reason */
      return g_strdup_printf (_("%s A person chose: %s"), plt_difference_get_why (self->difference),
                              self->reason != NULL ? self->reason : "—");
    case PLT_CHOICE_OPEN:
      if (self->difference == PLT_DIFFERENCE_NONE)
        return g_strdup (_("The registries disagree."));
      /* Translators: a sentence on what differs, then a sentence on who does what now */
      return g_strdup_printf (C_("discrepancy", "%s %s"),
                              plt_difference_get_why (self->difference),
                              plt_outcome_get_advice (self->outcome));
    case PLT_CHOICE_NONE:
    default:
      return g_strdup (_("No registry has a value."));
    }
}

const char *
plt_choice_to_nick (PltChoice choice)
{
  g_return_val_if_fail ((int) choice >= 0 && choice < G_N_ELEMENTS (choice_nicks), NULL);

  return choice_nicks[choice];
}

gboolean
plt_choice_from_nick (const char *nick,
                      PltChoice  *choice)
{
  for (guint i = 0; i < G_N_ELEMENTS (choice_nicks); i++)
    {
      if (g_strcmp0 (nick, choice_nicks[i]) == 0)
        {
          *choice = (PltChoice) i;
          return TRUE;
        }
    }

  return FALSE;
}
