/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One piece of plastic made for an application, as a row of the database. */
#include "plt-card.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *nick;
  const char *title;
} states[PLT_N_CARD_STATES] = {
  [PLT_CARD_STATE_RESERVED] = { "reserved", N_("Blank Reserved") },
  [PLT_CARD_STATE_RENDERED] = { "rendered", N_("Drawn") },
  [PLT_CARD_STATE_SENT] = { "sent", N_("Sent to Printer") },
  [PLT_CARD_STATE_ON_DEVICE] = { "on_device", N_("Printing") },
  [PLT_CARD_STATE_OUT] = { "out", N_("Out of the Printer, Not Checked") },
  [PLT_CARD_STATE_CHECKED] = { "checked", N_("Checked") },
  [PLT_CARD_STATE_ISSUED] = { "issued", N_("Handed Over") },
  [PLT_CARD_STATE_DOUBTFUL] = { "doubtful", N_("Doubtful") },
  [PLT_CARD_STATE_SPOILED] = { "spoiled", N_("Spoiled") },
  [PLT_CARD_STATE_CANCELLED] = { "cancelled", N_("Cancelled") },
  [PLT_CARD_STATE_RECALLED] = { "recalled", N_("Recalled") },
};

#define MAY(state) (1u << PLT_CARD_STATE_##state)

static const guint next_states[PLT_N_CARD_STATES] = {
  [PLT_CARD_STATE_RESERVED] = MAY (RENDERED) | MAY (CANCELLED),
  [PLT_CARD_STATE_RENDERED] = MAY (SENT) | MAY (DOUBTFUL) | MAY (SPOILED) | MAY (CANCELLED),
  [PLT_CARD_STATE_SENT] = MAY (ON_DEVICE) | MAY (OUT) | MAY (DOUBTFUL) | MAY (SPOILED),
  [PLT_CARD_STATE_ON_DEVICE] = MAY (OUT) | MAY (DOUBTFUL) | MAY (SPOILED),
  [PLT_CARD_STATE_OUT] = MAY (CHECKED) | MAY (DOUBTFUL) | MAY (SPOILED),
  [PLT_CARD_STATE_CHECKED] = MAY (ISSUED) | MAY (SPOILED),
  [PLT_CARD_STATE_ISSUED] = MAY (RECALLED),
  [PLT_CARD_STATE_DOUBTFUL] = MAY (OUT) | MAY (SPOILED) | MAY (CANCELLED),
};

/* The texts come first, so that a text property is an index into texts and text_names. */
typedef enum
{
  PROP_NUMBER = 1,
  PROP_SERIAL,
  PROP_APPLICATION_NUMBER,
  PROP_HOLDER_NAME,
  PROP_PRINTER,
  PROP_JOB_UUID,
  PROP_PRINT_KEY,
  PROP_FRONT_SHA256,
  PROP_BACK_SHA256,
  PROP_FILE_SHA256,
  PROP_LAYOUT,
  PROP_REASON,
  PROP_FROZEN_AT,
  PROP_FROZEN_WHY,
  N_TEXTS,
  PROP_ID = N_TEXTS,
  PROP_STATE,
  PROP_APPLICATION_ID,
  PROP_JOB_ID,
  PROP_CHANGED_AT,
  PROP_ASKED_ABOUT,
  PROP_STATE_TITLE,
  PROP_QUESTION,
  N_PROPS,
} Property;

static const char * const text_names[N_TEXTS] = {
  [PROP_NUMBER] = "number",
  [PROP_SERIAL] = "serial",
  [PROP_APPLICATION_NUMBER] = "application-number",
  [PROP_HOLDER_NAME] = "holder-name",
  [PROP_PRINTER] = "printer",
  [PROP_JOB_UUID] = "job-uuid",
  [PROP_PRINT_KEY] = "print-key",
  [PROP_FRONT_SHA256] = "front-sha256",
  [PROP_BACK_SHA256] = "back-sha256",
  [PROP_FILE_SHA256] = "file-sha256",
  [PROP_LAYOUT] = "layout",
  [PROP_REASON] = "reason",
  [PROP_FROZEN_AT] = "frozen-at",
  [PROP_FROZEN_WHY] = "frozen-why",
};

struct _PltCard
{
  GObject    parent_instance;

  gint64     id;
  int        state;
  gint64     application_id;
  int        job_id;
  gboolean   asked_about;
  char      *texts[N_TEXTS];
  GDateTime *changed_at;
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (PltCard, plt_card, G_TYPE_OBJECT)

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
plt_card_set_property (GObject      *object,
                       guint         prop_id,
                       const GValue *value,
                       GParamSpec   *pspec)
{
  PltCard *self = PLT_CARD (object);

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
    case PROP_STATE:
      self->state = g_value_get_int (value);
      break;
    case PROP_APPLICATION_ID:
      self->application_id = g_value_get_int64 (value);
      break;
    case PROP_JOB_ID:
      self->job_id = g_value_get_int (value);
      break;
    case PROP_CHANGED_AT:
      g_clear_pointer (&self->changed_at, g_date_time_unref);
      self->changed_at = g_value_dup_boxed (value);
      break;
    case PROP_ASKED_ABOUT:
      self->asked_about = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
plt_card_get_property (GObject    *object,
                       guint       prop_id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  PltCard *self = PLT_CARD (object);

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
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_APPLICATION_ID:
      g_value_set_int64 (value, self->application_id);
      break;
    case PROP_JOB_ID:
      g_value_set_int (value, self->job_id);
      break;
    case PROP_CHANGED_AT:
      g_value_set_boxed (value, self->changed_at);
      break;
    case PROP_ASKED_ABOUT:
      g_value_set_boolean (value, self->asked_about);
      break;
    case PROP_STATE_TITLE:
      g_value_set_string (value, _(states[self->state].title));
      break;
    case PROP_QUESTION:
      g_value_take_string (value, plt_card_dup_question (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
plt_card_finalize (GObject *object)
{
  PltCard *self = PLT_CARD (object);

  for (int i = 0; i < N_TEXTS; i++)
    g_free (self->texts[i]);
  g_clear_pointer (&self->changed_at, g_date_time_unref);

  G_OBJECT_CLASS (plt_card_parent_class)->finalize (object);
}

static void
plt_card_class_init (PltCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags stored =
    G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->set_property = plt_card_set_property;
  object_class->get_property = plt_card_get_property;
  object_class->finalize = plt_card_finalize;

  for (int i = 1; i < N_TEXTS; i++)
    properties[i] = g_param_spec_string (text_names[i], NULL, NULL, NULL, stored);
  properties[PROP_ID] = g_param_spec_int64 ("id", NULL, NULL, G_MININT64, G_MAXINT64, 0, stored);
  properties[PROP_STATE] =
    g_param_spec_int ("state", NULL, NULL, 0, PLT_N_CARD_STATES - 1, 0, stored);
  properties[PROP_APPLICATION_ID] =
    g_param_spec_int64 ("application-id", NULL, NULL, G_MININT64, G_MAXINT64, 0, stored);
  properties[PROP_JOB_ID] = g_param_spec_int ("job-id", NULL, NULL, 0, G_MAXINT, 0, stored);
  properties[PROP_CHANGED_AT] =
    g_param_spec_boxed ("changed-at", NULL, NULL, G_TYPE_DATE_TIME, stored);
  properties[PROP_ASKED_ABOUT] =
    g_param_spec_boolean ("asked-about", NULL, NULL, FALSE, stored);
  properties[PROP_STATE_TITLE] = g_param_spec_string ("state-title", NULL, NULL, NULL,
                                                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_QUESTION] = g_param_spec_string ("question", NULL, NULL, NULL,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
plt_card_init (PltCard *self)
{
}

/**
 * plt_card_update:
 * @self: what a list or a pane holds
 * @newer: (transfer none): the same card, read later
 *
 * Copies every stored property and notifies those that differ.
 */
void
plt_card_update (PltCard *self,
                 PltCard *newer)
{
  g_return_if_fail (PLT_IS_CARD (self));
  g_return_if_fail (PLT_IS_CARD (newer));
  g_return_if_fail (self->id == newer->id);

  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 1; i < PROP_STATE_TITLE; i++)
    {
      g_auto (GValue) old_value = G_VALUE_INIT;
      g_auto (GValue) new_value = G_VALUE_INIT;

      g_object_get_property (G_OBJECT (self), properties[i]->name, &old_value);
      g_object_get_property (G_OBJECT (newer), properties[i]->name, &new_value);
      if (values_equal (properties[i], &old_value, &new_value))
        continue;

      plt_card_set_property (G_OBJECT (self), i, &new_value, properties[i]);
      g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
      if (i == PROP_STATE)
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE_TITLE]);
      if (i == PROP_STATE || i == PROP_ASKED_ABOUT)
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_QUESTION]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

gint64
plt_card_get_id (PltCard *self)
{
  g_return_val_if_fail (PLT_IS_CARD (self), 0);

  return self->id;
}

const char *
plt_card_get_number (PltCard *self)
{
  g_return_val_if_fail (PLT_IS_CARD (self), NULL);

  return self->texts[PROP_NUMBER];
}

const char *
plt_card_get_serial (PltCard *self)
{
  g_return_val_if_fail (PLT_IS_CARD (self), NULL);

  return self->texts[PROP_SERIAL];
}

PltCardState
plt_card_get_state (PltCard *self)
{
  g_return_val_if_fail (PLT_IS_CARD (self), PLT_CARD_STATE_RESERVED);

  return (PltCardState) self->state;
}

gint64
plt_card_get_application_id (PltCard *self)
{
  g_return_val_if_fail (PLT_IS_CARD (self), 0);

  return self->application_id;
}

gboolean
plt_card_is_frozen (PltCard *self)
{
  g_return_val_if_fail (PLT_IS_CARD (self), FALSE);

  return self->texts[PROP_FROZEN_AT] != NULL;
}

gboolean
plt_card_is_asked_about (PltCard *self)
{
  g_return_val_if_fail (PLT_IS_CARD (self), FALSE);

  return self->asked_about;
}

/**
 * plt_card_dup_question:
 *
 * A doubtful card is asked about, and one that is said to have left the printer long ago without
 * having been read back.
 *
 * Returns: (transfer full) (nullable): the question as a sentence, with the answers
 */
char *
plt_card_dup_question (PltCard *self)
{
  g_return_val_if_fail (PLT_IS_CARD (self), NULL);

  if (!self->asked_about)
    return NULL;
  /* Translators: %s is the number of a card. */
  return g_strdup_printf (_("Did card %s come out? Look into the printer and its tray."),
                          self->texts[PROP_NUMBER]);
}

gboolean
plt_card_state_can_become (PltCardState from,
                           PltCardState to)
{
  g_return_val_if_fail ((int) from >= 0 && from < PLT_N_CARD_STATES, FALSE);
  g_return_val_if_fail ((int) to >= 0 && to < PLT_N_CARD_STATES, FALSE);

  return (next_states[from] & (1u << to)) != 0;
}

const char *
plt_card_state_to_nick (PltCardState state)
{
  g_return_val_if_fail ((int) state >= 0 && state < PLT_N_CARD_STATES, NULL);

  return states[state].nick;
}

gboolean
plt_card_state_from_nick (const char   *nick,
                          PltCardState *state)
{
  for (int i = 0; i < PLT_N_CARD_STATES; i++)
    {
      if (g_strcmp0 (nick, states[i].nick) == 0)
        {
          *state = (PltCardState) i;
          return TRUE;
        }
    }

  return FALSE;
}

const char *
plt_card_state_get_title (PltCardState state)
{
  g_return_val_if_fail ((int) state >= 0 && state < PLT_N_CARD_STATES, NULL);

  return _(states[state].title);
}
