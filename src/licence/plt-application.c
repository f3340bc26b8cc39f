/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A citizen's request for a licence card, as a row of the database. */
#include "plt-application.h"
#include "plt-age.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *nick;
  const char *title;
} Word;

static const Word types[PLT_N_APPLICATION_TYPES] = {
  [PLT_APPLICATION_TYPE_NEW] = { "new", N_("First Licence") },
  [PLT_APPLICATION_TYPE_RENEWAL] = { "renewal", N_("Renewal") },
  [PLT_APPLICATION_TYPE_REPLACEMENT] = { "replacement", N_("Replacement") },
  [PLT_APPLICATION_TYPE_CORRECTION] = { "correction", N_("Correction") },
  [PLT_APPLICATION_TYPE_UPGRADE] = { "upgrade", N_("New Category") },
  [PLT_APPLICATION_TYPE_EXCHANGE] = { "exchange", N_("Exchange of a Foreign Licence") },
  [PLT_APPLICATION_TYPE_RETURN] = { "return", N_("Return After a Ban") },
  [PLT_APPLICATION_TYPE_INTERNATIONAL] = { "international", N_("International Permit") },
  [PLT_APPLICATION_TYPE_TEMPORARY] = { "temporary", N_("Temporary Permit") },
};

static const Word states[PLT_N_APPLICATION_STATES] = {
  [PLT_APPLICATION_STATE_DRAFT] = { "draft", N_("Draft") },
  [PLT_APPLICATION_STATE_SUBMITTED] = { "submitted", N_("Submitted") },
  [PLT_APPLICATION_STATE_APPROVED] = { "approved", N_("Approved") },
  [PLT_APPLICATION_STATE_IN_PRODUCTION] = { "in_production", N_("In Production") },
  [PLT_APPLICATION_STATE_READY] = { "ready", N_("Ready for Collection") },
  [PLT_APPLICATION_STATE_ISSUED] = { "issued", N_("Issued") },
  [PLT_APPLICATION_STATE_RETURNED] = { "returned", N_("Returned to Clerk") },
  [PLT_APPLICATION_STATE_REJECTED] = { "rejected", N_("Rejected") },
  [PLT_APPLICATION_STATE_WITHDRAWN] = { "withdrawn", N_("Withdrawn") },
  [PLT_APPLICATION_STATE_WAITING] = { "waiting", N_("Waiting") },
};

/* The texts come first, so that a text property is an index into texts and text_names. */
typedef enum
{
  PROP_NUMBER = 1,
  PROP_ID_NUMBER,
  PROP_HOLDER_NAME,
  PROP_CATEGORIES,
  PROP_LICENCE_NUMBER,
  PROP_ISSUE_DATE,
  PROP_EXPIRY_DATE,
  PROP_OFFICE,
  PROP_ENTERED_BY,
  PROP_ENTERED_BY_LOGIN,
  PROP_APPROVED_BY,
  PROP_REASON,
  N_TEXTS,
  PROP_ID = N_TEXTS,
  PROP_TYPE,
  PROP_STATE,
  PROP_CREATED_AT,
  PROP_CHANGED_AT,
  PROP_ROW_VERSION,
  PROP_STOPS,
  PROP_HAS_PORTRAIT,
  PROP_HAS_SIGNATURE,
  PROP_TYPE_TITLE,
  PROP_STATE_TITLE,
  PROP_AGE_TEXT,
  N_PROPS,
} Property;

static const char * const text_names[N_TEXTS] = {
  [PROP_NUMBER] = "number",
  [PROP_ID_NUMBER] = "id-number",
  [PROP_HOLDER_NAME] = "holder-name",
  [PROP_CATEGORIES] = "categories",
  [PROP_LICENCE_NUMBER] = "licence-number",
  [PROP_ISSUE_DATE] = "issue-date",
  [PROP_EXPIRY_DATE] = "expiry-date",
  [PROP_OFFICE] = "office",
  [PROP_ENTERED_BY] = "entered-by",
  [PROP_ENTERED_BY_LOGIN] = "entered-by-login",
  [PROP_APPROVED_BY] = "approved-by",
  [PROP_REASON] = "reason",
};

struct _PltLicenceApplication
{
  GObject    parent_instance;

  gint64     id;
  int        type;
  int        state;
  char      *texts[N_TEXTS];
  GDateTime *created_at;
  GDateTime *changed_at;
  int        row_version;
  int        stops;
  gboolean   has_portrait;
  gboolean   has_signature;
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (PltLicenceApplication, plt_licence_application, G_TYPE_OBJECT)

static int
find_nick (const Word *words,
           int         n_words,
           const char *nick)
{
  for (int i = 0; i < n_words; i++)
    {
      if (g_strcmp0 (words[i].nick, nick) == 0)
        return i;
    }

  return -1;
}

static void
set_time (GDateTime    **slot,
          const GValue  *value)
{
  g_clear_pointer (slot, g_date_time_unref);
  *slot = g_value_dup_boxed (value);
}

static gboolean
values_equal (GParamSpec   *spec,
              const GValue *a,
              const GValue *b)
{
  if (G_VALUE_HOLDS (a, G_TYPE_DATE_TIME))
    {
      GDateTime *first = g_value_get_boxed (a);
      GDateTime *second = g_value_get_boxed (b);

      return first == second ||
             (first != NULL && second != NULL && g_date_time_equal (first, second));
    }

  return g_param_values_cmp (spec, a, b) == 0;
}

static void
plt_licence_application_set_property (GObject      *object,
                                      guint         prop_id,
                                      const GValue *value,
                                      GParamSpec   *pspec)
{
  PltLicenceApplication *self = PLT_LICENCE_APPLICATION (object);

  if (prop_id < N_TEXTS)
    {
      g_free (self->texts[prop_id]);
      self->texts[prop_id] = g_value_dup_string (value);
      return;
    }

  switch ((Property) prop_id)
    {
    case PROP_ID:
      self->id = g_value_get_int64 (value);
      break;
    case PROP_TYPE:
      self->type = g_value_get_int (value);
      break;
    case PROP_STATE:
      self->state = g_value_get_int (value);
      break;
    case PROP_CREATED_AT:
      set_time (&self->created_at, value);
      break;
    case PROP_CHANGED_AT:
      set_time (&self->changed_at, value);
      break;
    case PROP_ROW_VERSION:
      self->row_version = g_value_get_int (value);
      break;
    case PROP_STOPS:
      self->stops = g_value_get_int (value);
      break;
    case PROP_HAS_PORTRAIT:
      self->has_portrait = g_value_get_boolean (value);
      break;
    case PROP_HAS_SIGNATURE:
      self->has_signature = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
plt_licence_application_get_property (GObject    *object,
                                      guint       prop_id,
                                      GValue     *value,
                                      GParamSpec *pspec)
{
  PltLicenceApplication *self = PLT_LICENCE_APPLICATION (object);

  if (prop_id < N_TEXTS)
    {
      g_value_set_string (value, self->texts[prop_id]);
      return;
    }

  switch ((Property) prop_id)
    {
    case PROP_ID:
      g_value_set_int64 (value, self->id);
      break;
    case PROP_TYPE:
      g_value_set_int (value, self->type);
      break;
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_CREATED_AT:
      g_value_set_boxed (value, self->created_at);
      break;
    case PROP_CHANGED_AT:
      g_value_set_boxed (value, self->changed_at);
      break;
    case PROP_ROW_VERSION:
      g_value_set_int (value, self->row_version);
      break;
    case PROP_STOPS:
      g_value_set_int (value, self->stops);
      break;
    case PROP_HAS_PORTRAIT:
      g_value_set_boolean (value, self->has_portrait);
      break;
    case PROP_HAS_SIGNATURE:
      g_value_set_boolean (value, self->has_signature);
      break;
    case PROP_TYPE_TITLE:
      g_value_set_string (value, _(types[self->type].title));
      break;
    case PROP_STATE_TITLE:
      g_value_set_string (value, _(states[self->state].title));
      break;
    case PROP_AGE_TEXT:
      {
        char *age = plt_age_to_display (self->created_at);

        g_value_take_string (value, age != NULL ? age : g_strdup (""));
      }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
plt_licence_application_finalize (GObject *object)
{
  PltLicenceApplication *self = PLT_LICENCE_APPLICATION (object);

  for (int i = 0; i < N_TEXTS; i++)
    g_free (self->texts[i]);
  g_clear_pointer (&self->created_at, g_date_time_unref);
  g_clear_pointer (&self->changed_at, g_date_time_unref);

  G_OBJECT_CLASS (plt_licence_application_parent_class)->finalize (object);
}

static void
plt_licence_application_class_init (PltLicenceApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags stored =
    G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags derived = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = plt_licence_application_set_property;
  object_class->get_property = plt_licence_application_get_property;
  object_class->finalize = plt_licence_application_finalize;

  for (int i = 1; i < N_TEXTS; i++)
    properties[i] = g_param_spec_string (text_names[i], NULL, NULL, NULL, stored);
  properties[PROP_ID] = g_param_spec_int64 ("id", NULL, NULL, G_MININT64, G_MAXINT64, 0, stored);
  properties[PROP_TYPE] =
    g_param_spec_int ("type", NULL, NULL, 0, PLT_N_APPLICATION_TYPES - 1, 0, stored);
  properties[PROP_STATE] =
    g_param_spec_int ("state", NULL, NULL, 0, PLT_N_APPLICATION_STATES - 1, 0, stored);
  properties[PROP_CREATED_AT] =
    g_param_spec_boxed ("created-at", NULL, NULL, G_TYPE_DATE_TIME, stored);
  properties[PROP_CHANGED_AT] =
    g_param_spec_boxed ("changed-at", NULL, NULL, G_TYPE_DATE_TIME, stored);
  properties[PROP_ROW_VERSION] =
    g_param_spec_int ("row-version", NULL, NULL, 0, G_MAXINT, 0, stored);
  properties[PROP_STOPS] = g_param_spec_int ("stops", NULL, NULL, 0, G_MAXINT, 0, stored);
  properties[PROP_HAS_PORTRAIT] =
    g_param_spec_boolean ("has-portrait", NULL, NULL, FALSE, stored);
  properties[PROP_HAS_SIGNATURE] =
    g_param_spec_boolean ("has-signature", NULL, NULL, FALSE, stored);
  properties[PROP_TYPE_TITLE] = g_param_spec_string ("type-title", NULL, NULL, NULL, derived);
  properties[PROP_STATE_TITLE] = g_param_spec_string ("state-title", NULL, NULL, NULL, derived);
  properties[PROP_AGE_TEXT] = g_param_spec_string ("age-text", NULL, NULL, NULL, derived);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
plt_licence_application_init (PltLicenceApplication *self)
{
}

/**
 * plt_licence_application_update:
 * @self: what a list or a pane holds
 * @newer: (transfer none): the same application, read later
 *
 * Copies every stored property and notifies those that differ, with the titles derived from
 * them; "age-text" is notified each time, because time has passed.
 */
void
plt_licence_application_update (PltLicenceApplication *self,
                                PltLicenceApplication *newer)
{
  g_return_if_fail (PLT_IS_LICENCE_APPLICATION (self));
  g_return_if_fail (PLT_IS_LICENCE_APPLICATION (newer));
  g_return_if_fail (self->id == newer->id);

  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 1; i < PROP_TYPE_TITLE; i++)
    {
      g_auto (GValue) old_value = G_VALUE_INIT;
      g_auto (GValue) new_value = G_VALUE_INIT;

      g_object_get_property (G_OBJECT (self), properties[i]->name, &old_value);
      g_object_get_property (G_OBJECT (newer), properties[i]->name, &new_value);
      if (values_equal (properties[i], &old_value, &new_value))
        continue;

      plt_licence_application_set_property (G_OBJECT (self), i, &new_value, properties[i]);
      g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
      if (i == PROP_TYPE)
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TYPE_TITLE]);
      if (i == PROP_STATE)
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE_TITLE]);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AGE_TEXT]);
  g_object_thaw_notify (G_OBJECT (self));
}

gint64
plt_licence_application_get_id (PltLicenceApplication *self)
{
  g_return_val_if_fail (PLT_IS_LICENCE_APPLICATION (self), 0);

  return self->id;
}

const char *
plt_licence_application_get_number (PltLicenceApplication *self)
{
  g_return_val_if_fail (PLT_IS_LICENCE_APPLICATION (self), NULL);

  return self->texts[PROP_NUMBER];
}

PltApplicationType
plt_licence_application_get_type_ (PltLicenceApplication *self)
{
  g_return_val_if_fail (PLT_IS_LICENCE_APPLICATION (self), PLT_APPLICATION_TYPE_NEW);

  return (PltApplicationType) self->type;
}

PltApplicationState
plt_licence_application_get_state (PltLicenceApplication *self)
{
  g_return_val_if_fail (PLT_IS_LICENCE_APPLICATION (self), PLT_APPLICATION_STATE_DRAFT);

  return (PltApplicationState) self->state;
}

const char *
plt_licence_application_get_id_number (PltLicenceApplication *self)
{
  g_return_val_if_fail (PLT_IS_LICENCE_APPLICATION (self), NULL);

  return self->texts[PROP_ID_NUMBER];
}

const char *
plt_licence_application_get_holder_name (PltLicenceApplication *self)
{
  g_return_val_if_fail (PLT_IS_LICENCE_APPLICATION (self), NULL);

  return self->texts[PROP_HOLDER_NAME];
}

const char *
plt_licence_application_get_categories (PltLicenceApplication *self)
{
  g_return_val_if_fail (PLT_IS_LICENCE_APPLICATION (self), NULL);

  return self->texts[PROP_CATEGORIES];
}

const char *
plt_licence_application_get_licence_number (PltLicenceApplication *self)
{
  g_return_val_if_fail (PLT_IS_LICENCE_APPLICATION (self), NULL);

  return self->texts[PROP_LICENCE_NUMBER];
}

int
plt_licence_application_get_row_version (PltLicenceApplication *self)
{
  g_return_val_if_fail (PLT_IS_LICENCE_APPLICATION (self), 0);

  return self->row_version;
}

const char *
plt_application_type_to_nick (PltApplicationType type)
{
  g_return_val_if_fail ((int) type >= 0 && type < PLT_N_APPLICATION_TYPES, NULL);

  return types[type].nick;
}

gboolean
plt_application_type_from_nick (const char         *nick,
                                PltApplicationType *type)
{
  int found = find_nick (types, G_N_ELEMENTS (types), nick);

  if (found < 0)
    return FALSE;
  *type = (PltApplicationType) found;

  return TRUE;
}

const char *
plt_application_type_get_title (PltApplicationType type)
{
  g_return_val_if_fail ((int) type >= 0 && type < PLT_N_APPLICATION_TYPES, NULL);

  return _(types[type].title);
}

const char *
plt_application_state_to_nick (PltApplicationState state)
{
  g_return_val_if_fail ((int) state >= 0 && state < PLT_N_APPLICATION_STATES, NULL);

  return states[state].nick;
}

gboolean
plt_application_state_from_nick (const char          *nick,
                                 PltApplicationState *state)
{
  int found = find_nick (states, G_N_ELEMENTS (states), nick);

  if (found < 0)
    return FALSE;
  *state = (PltApplicationState) found;

  return TRUE;
}

const char *
plt_application_state_get_title (PltApplicationState state)
{
  g_return_val_if_fail ((int) state >= 0 && state < PLT_N_APPLICATION_STATES, NULL);

  return _(states[state].title);
}
