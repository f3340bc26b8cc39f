/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of the registries and their tables, and the lines of the truth. */
#include "plt-demo-tables.h"

#include <string.h>

static const char *const nicks[] = { "identity", "driver", "infringement" };

static const struct
{
  const char      *name;
  PltDemoRegistry  registry;
} tables[] = {
  { "person", PLT_DEMO_IDENTITY },
  { "former_id", PLT_DEMO_IDENTITY },
  { "former_name", PLT_DEMO_IDENTITY },
  { "former_address", PLT_DEMO_IDENTITY },
  { "document", PLT_DEMO_IDENTITY },
  { "driver", PLT_DEMO_DRIVER },
  { "entitlement", PLT_DEMO_DRIVER },
  { "test", PLT_DEMO_DRIVER },
  { "medical_certificate", PLT_DEMO_DRIVER },
  { "driving_condition", PLT_DEMO_DRIVER },
  { "earlier_licence", PLT_DEMO_DRIVER },
  { "offender", PLT_DEMO_INFRINGEMENT },
  { "infringement", PLT_DEMO_INFRINGEMENT },
  { "penalty", PLT_DEMO_INFRINGEMENT },
  { "suspension", PLT_DEMO_INFRINGEMENT },
  { "payment", PLT_DEMO_INFRINGEMENT },
};

G_STATIC_ASSERT (G_N_ELEMENTS (tables) == PLT_DEMO_N_TABLES);

const char *
plt_demo_table_get_name (PltDemoTable table)
{
  return tables[table].name;
}

PltDemoRegistry
plt_demo_table_get_registry (PltDemoTable table)
{
  return tables[table].registry;
}

const char *
plt_demo_registry_to_nick (PltDemoRegistry registry)
{
  return nicks[registry];
}

gboolean
plt_demo_registry_from_nick (const char      *nick,
                             PltDemoRegistry *registry)
{
  for (int i = 0; i < PLT_DEMO_N_REGISTRIES; i++)
    if (g_strcmp0 (nick, nicks[i]) == 0)
      {
        *registry = (PltDemoRegistry) i;
        return TRUE;
      }

  return FALSE;
}

/* RFC 4180: what holds a comma stands in quotes; no value of ours holds a quote or a newline. */
static void
add_value (GString    *lines,
           const char *value)
{
  const char *quote = strchr (value, ',') != NULL ? "\"" : "";

  g_string_append_printf (lines, ",%s%s%s", quote, value, quote);
}

void
plt_demo_write_truths (GString              *lines,
                       const PltDemoCitizen *citizen)
{
  for (int i = 0; i < citizen->n_truths; i++)
    {
      const PltDemoTruth *truth = &citizen->truths[i];

      g_string_append (lines, plt_demo_anomaly_to_nick (truth->kind));
      add_value (lines, truth->id_number);
      add_value (lines, truth->other);
      add_value (lines, nicks[truth->registry]);
      add_value (lines, truth->field);
      add_value (lines, truth->true_value);
      add_value (lines, truth->false_value);
      g_string_append_c (lines, '\n');
    }
}
