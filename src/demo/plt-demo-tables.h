/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The registries' tables, and how a citizen is written into them: each registry has its own
 * notation. */
#pragma once

#include "plt-demo-citizen.h"
#include "plt-demo-rows.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_DEMO_PERSON,
  PLT_DEMO_FORMER_ID,
  PLT_DEMO_FORMER_NAME,
  PLT_DEMO_FORMER_ADDRESS,
  PLT_DEMO_DOCUMENT,
  PLT_DEMO_DRIVER_LICENCE,
  PLT_DEMO_ENTITLEMENT,
  PLT_DEMO_TEST,
  PLT_DEMO_MEDICAL_CERTIFICATE,
  PLT_DEMO_DRIVING_CONDITION,
  PLT_DEMO_EARLIER_LICENCE,
  PLT_DEMO_OFFENDER,
  PLT_DEMO_CASE,
  PLT_DEMO_PENALTY,
  PLT_DEMO_SUSPENSION,
  PLT_DEMO_PAYMENT,
  PLT_DEMO_N_TABLES,
} PltDemoTable;

const char      *plt_demo_table_get_name       (PltDemoTable           table);
PltDemoRegistry  plt_demo_table_get_registry   (PltDemoTable           table);

/* @tables: rows for every table, to which those of the citizen are added. */
void             plt_demo_write_identity       (PltDemoRows            tables[PLT_DEMO_N_TABLES],
                                                const PltDemoCitizen  *citizen,
                                                const PltDemoWorld    *world);
void             plt_demo_write_driver         (PltDemoRows            tables[PLT_DEMO_N_TABLES],
                                                const PltDemoCitizen  *citizen,
                                                const PltDemoWorld    *world);
void             plt_demo_write_infringement   (PltDemoRows            tables[PLT_DEMO_N_TABLES],
                                                const PltDemoCitizen  *citizen,
                                                const PltDemoWorld    *world);
void             plt_demo_write_truths         (GString               *lines,
                                                const PltDemoCitizen  *citizen);

const char      *plt_demo_registry_to_nick     (PltDemoRegistry        registry);
gboolean         plt_demo_registry_from_nick   (const char            *nick,
                                                PltDemoRegistry       *registry);

G_END_DECLS
