/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One thing that has happened to an application or a card, made from a row. */
#include "plt-finding.h"

/* The texts come first, so that a text property is an index into texts and text_names. */
enum
{
  PROP_WHO = 1,
  PROP_WORKSTATION,
  PROP_SUBJECT,
  PROP_WHAT,
  PROP_TEXT,
  PROP_WHY,
  N_TEXTS,
  PROP_AT = N_TEXTS,
  N_PROPS,
};

static const char * const text_names[N_TEXTS] = {
  [PROP_WHO] = "who",
  [PROP_WORKSTATION] = "workstation",
  [PROP_SUBJECT] = "subject",
  [PROP_WHAT] = "what",
  [PROP_TEXT] = "text",
  [PROP_WHY] = "why",
};

struct _PltEvent
{
  GObject    parent_instance;

  GDateTime *at;
  char      *texts[N_TEXTS];
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (PltEvent, plt_event, G_TYPE_OBJECT)

static void
plt_event_set_property (GObject      *object,
                        guint         prop_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  PltEvent *self = PLT_EVENT (object);

  if (prop_id < N_TEXTS)
    self->texts[prop_id] = g_value_dup_string (value);
  else if (prop_id == PROP_AT)
    self->at = g_value_dup_boxed (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
plt_event_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  PltEvent *self = PLT_EVENT (object);

  if (prop_id < N_TEXTS)
    g_value_set_string (value, self->texts[prop_id]);
  else if (prop_id == PROP_AT)
    g_value_set_boxed (value, self->at);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
plt_event_finalize (GObject *object)
{
  PltEvent *self = PLT_EVENT (object);

  for (int i = 0; i < N_TEXTS; i++)
    g_free (self->texts[i]);
  g_clear_pointer (&self->at, g_date_time_unref);

  G_OBJECT_CLASS (plt_event_parent_class)->finalize (object);
}

static void
plt_event_class_init (PltEventClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->set_property = plt_event_set_property;
  object_class->get_property = plt_event_get_property;
  object_class->finalize = plt_event_finalize;

  for (int i = 1; i < N_TEXTS; i++)
    properties[i] = g_param_spec_string (text_names[i], NULL, NULL, NULL, flags);
  properties[PROP_AT] = g_param_spec_boxed ("at", NULL, NULL, G_TYPE_DATE_TIME, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
plt_event_init (PltEvent *self)
{
}

/**
 * plt_event_new:
 * @at: when
 * @who: display name
 * @workstation: (nullable): where
 * @subject: "application" or "card"
 * @what: nick of the state entered or of the act
 * @text: the same as a sentence
 * @why: (nullable): the reason given
 *
 * Returns: (transfer full): an event
 */
PltEvent *
plt_event_new (GDateTime  *at,
               const char *who,
               const char *workstation,
               const char *subject,
               const char *what,
               const char *text,
               const char *why)
{
  return g_object_new (PLT_TYPE_EVENT,
                       "at", at,
                       "who", who,
                       "workstation", workstation,
                       "subject", subject,
                       "what", what,
                       "text", text,
                       "why", why,
                       NULL);
}

GDateTime *
plt_event_get_at (PltEvent *self)
{
  g_return_val_if_fail (PLT_IS_EVENT (self), NULL);

  return self->at;
}

const char *
plt_event_get_who (PltEvent *self)
{
  g_return_val_if_fail (PLT_IS_EVENT (self), NULL);

  return self->texts[PROP_WHO];
}

const char *
plt_event_get_what (PltEvent *self)
{
  g_return_val_if_fail (PLT_IS_EVENT (self), NULL);

  return self->texts[PROP_WHAT];
}

const char *
plt_event_get_text (PltEvent *self)
{
  g_return_val_if_fail (PLT_IS_EVENT (self), NULL);

  return self->texts[PROP_TEXT];
}

const char *
plt_event_get_why (PltEvent *self)
{
  g_return_val_if_fail (PLT_IS_EVENT (self), NULL);

  return self->texts[PROP_WHY];
}
