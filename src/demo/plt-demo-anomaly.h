/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ways in which registries disagree, and how often each is made on purpose. */
#pragma once

#include "plt-demo-error.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_DEMO_ANOMALY_NONE = -1,
  PLT_DEMO_ANOMALY_CASE,
  PLT_DEMO_ANOMALY_DIACRITICS,
  PLT_DEMO_ANOMALY_TRANSLITERATION,
  PLT_DEMO_ANOMALY_HYPHENATION,
  PLT_DEMO_ANOMALY_PARTICLE,
  PLT_DEMO_ANOMALY_SWAPPED_NAMES,
  PLT_DEMO_ANOMALY_MAIDEN_NAME,
  PLT_DEMO_ANOMALY_MARRIED_NAME,
  PLT_DEMO_ANOMALY_MISSING_MIDDLE_NAME,
  PLT_DEMO_ANOMALY_INITIAL_ONLY,
  PLT_DEMO_ANOMALY_MISSPELT_NAME,
  PLT_DEMO_ANOMALY_DATE_DIGITS_TRANSPOSED,
  PLT_DEMO_ANOMALY_DATE_OFF_BY_ONE,
  PLT_DEMO_ANOMALY_DAY_MONTH_SWAPPED,
  PLT_DEMO_ANOMALY_IMPOSSIBLE_DATE,
  PLT_DEMO_ANOMALY_STALE_ADDRESS,
  PLT_DEMO_ANOMALY_ADDRESS_FORMAT,
  PLT_DEMO_ANOMALY_WRONG_CHECK_DIGIT,
  PLT_DEMO_ANOMALY_DEAD_AND_ALIVE,
  PLT_DEMO_ANOMALY_CATEGORY_WITHDRAWN,
  PLT_DEMO_ANOMALY_SEX_DIFFERS,
  PLT_DEMO_ANOMALY_NATIONALITY_DIFFERS,
  PLT_DEMO_ANOMALY_ONLY_DRIVER,
  PLT_DEMO_ANOMALY_ONLY_IDENTITY,
  PLT_DEMO_ANOMALY_ONLY_INFRINGEMENT,
  PLT_DEMO_ANOMALY_TWO_IDS,
  PLT_DEMO_ANOMALY_SHARED_ID,
  PLT_DEMO_ANOMALY_FOREIGN_PHOTO,
  PLT_DEMO_N_ANOMALIES,
} PltDemoAnomaly;

/* Who can have it. Rates are shares of these, so that no kind depends on another's. */
typedef enum
{
  PLT_DEMO_AMONG_DRIVERS,     /* living drivers, whom all three registries know */
  PLT_DEMO_AMONG_BLAMELESS,   /* those of them who have no case */
  PLT_DEMO_AMONG_NON_DRIVERS, /* living adults whom only the population register knows */
  PLT_DEMO_AMONG_OFFENDERS,   /* living people with a case and no licence */
  PLT_DEMO_AMONG_MIXED_PAIRS, /* two people, of whom one drives */
  PLT_DEMO_AMONG_PAIRS,       /* any two living people */
  PLT_DEMO_N_AMONG,
} PltDemoAmong;

/* Rates scaled to 2³², so that one draw decides without floating point. */
typedef struct
{
  guint64 limits[PLT_DEMO_N_ANOMALIES]; /* sums up to and with each kind, within its group */
} PltDemoRates;

const char     *plt_demo_anomaly_to_nick   (PltDemoAnomaly        kind);

gboolean        plt_demo_rates_init        (PltDemoRates         *self,
                                            double                factor,
                                            const char * const   *settings,
                                            GError              **error);
PltDemoAnomaly  plt_demo_rates_choose      (const PltDemoRates   *self,
                                            PltDemoAmong          among,
                                            guint32               at);

G_END_DECLS
