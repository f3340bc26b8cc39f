/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One result of a rule of law about an application, made from a row. */
#include "plt-finding.h"

static const char * const severity_nicks[] = {
  [PLT_SEVERITY_HARD] = "hard",
  [PLT_SEVERITY_SOFT] = "soft",
  [PLT_SEVERITY_WARNING] = "warning",
};

/* The texts come first, so that a text property is an index into texts and text_names. */
enum
{
  PROP_RULE = 1,
  PROP_TEXT,
  PROP_CURE,
  PROP_LEGAL_REFERENCE,
  PROP_FIELD,
  N_TEXTS,
  PROP_SEVERITY = N_TEXTS,
  N_PROPS,
};

static const char * const text_names[N_TEXTS] = {
  [PROP_RULE] = "rule",
  [PROP_TEXT] = "text",
  [PROP_CURE] = "cure",
  [PROP_LEGAL_REFERENCE] = "legal-reference",
  [PROP_FIELD] = "field",
};

struct _PltFinding
{
  GObject  parent_instance;

  int      severity;
  char    *texts[N_TEXTS];
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (PltFinding, plt_finding, G_TYPE_OBJECT)

static void
plt_finding_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  PltFinding *self = PLT_FINDING (object);

  if (prop_id < N_TEXTS)
    self->texts[prop_id] = g_value_dup_string (value);
  else if (prop_id == PROP_SEVERITY)
    self->severity = g_value_get_int (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
plt_finding_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  PltFinding *self = PLT_FINDING (object);

  if (prop_id < N_TEXTS)
    g_value_set_string (value, self->texts[prop_id]);
  else if (prop_id == PROP_SEVERITY)
    g_value_set_int (value, self->severity);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
plt_finding_finalize (GObject *object)
{
  PltFinding *self = PLT_FINDING (object);

  for (int i = 0; i < N_TEXTS; i++)
    g_free (self->texts[i]);

  G_OBJECT_CLASS (plt_finding_parent_class)->finalize (object);
}

static void
plt_finding_class_init (PltFindingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->set_property = plt_finding_set_property;
  object_class->get_property = plt_finding_get_property;
  object_class->finalize = plt_finding_finalize;

  for (int i = 1; i < N_TEXTS; i++)
    properties[i] = g_param_spec_string (text_names[i], NULL, NULL, NULL, flags);
  properties[PROP_SEVERITY] = g_param_spec_int ("severity", NULL, NULL, PLT_SEVERITY_HARD,
                                                PLT_SEVERITY_WARNING, PLT_SEVERITY_HARD, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
plt_finding_init (PltFinding *self)
{
}

/**
 * plt_finding_new:
 * @rule: the rule's code; people are never shown it without @text
 * @severity: whether it stops the application
 * @text: what is wrong, a sentence
 * @cure: (nullable): what to do, a sentence
 * @legal_reference: (nullable): where the law says so
 * @field: (nullable): nick of the field it is about
 *
 * Returns: (transfer full): a finding
 */
PltFinding *
plt_finding_new (const char  *rule,
                 PltSeverity  severity,
                 const char  *text,
                 const char  *cure,
                 const char  *legal_reference,
                 const char  *field)
{
  return g_object_new (PLT_TYPE_FINDING,
                       "rule", rule,
                       "severity", (int) severity,
                       "text", text,
                       "cure", cure,
                       "legal-reference", legal_reference,
                       "field", field,
                       NULL);
}

const char *
plt_finding_get_rule (PltFinding *self)
{
  g_return_val_if_fail (PLT_IS_FINDING (self), NULL);

  return self->texts[PROP_RULE];
}

PltSeverity
plt_finding_get_severity (PltFinding *self)
{
  g_return_val_if_fail (PLT_IS_FINDING (self), PLT_SEVERITY_HARD);

  return (PltSeverity) self->severity;
}

const char *
plt_finding_get_text (PltFinding *self)
{
  g_return_val_if_fail (PLT_IS_FINDING (self), NULL);

  return self->texts[PROP_TEXT];
}

const char *
plt_finding_get_cure (PltFinding *self)
{
  g_return_val_if_fail (PLT_IS_FINDING (self), NULL);

  return self->texts[PROP_CURE];
}

const char *
plt_finding_get_legal_reference (PltFinding *self)
{
  g_return_val_if_fail (PLT_IS_FINDING (self), NULL);

  return self->texts[PROP_LEGAL_REFERENCE];
}

const char *
plt_severity_to_nick (PltSeverity severity)
{
  g_return_val_if_fail ((int) severity >= 0 && severity < G_N_ELEMENTS (severity_nicks), NULL);

  return severity_nicks[severity];
}

gboolean
plt_severity_from_nick (const char  *nick,
                        PltSeverity *severity)
{
  for (guint i = 0; i < G_N_ELEMENTS (severity_nicks); i++)
    {
      if (g_strcmp0 (nick, severity_nicks[i]) == 0)
        {
          *severity = (PltSeverity) i;
          return TRUE;
        }
    }

  return FALSE;
}
