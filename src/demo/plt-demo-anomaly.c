/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kinds of disagreement with their usual rates, and which one somebody gets. */
#include "plt-demo-anomaly.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct
{
  const char   *nick;
  PltDemoAmong  among;
  double        rate;
} kinds[] = {
  { "case", PLT_DEMO_AMONG_DRIVERS, 0.005 },
  { "diacritics", PLT_DEMO_AMONG_DRIVERS, 0.02 },
  { "transliteration", PLT_DEMO_AMONG_DRIVERS, 0.01 },
  { "hyphenation", PLT_DEMO_AMONG_DRIVERS, 0.004 },
  { "particle", PLT_DEMO_AMONG_DRIVERS, 0.003 },
  { "swapped_names", PLT_DEMO_AMONG_DRIVERS, 0.002 },
  { "maiden_name", PLT_DEMO_AMONG_DRIVERS, 0.006 },
  { "married_name", PLT_DEMO_AMONG_DRIVERS, 0.002 },
  { "missing_middle_name", PLT_DEMO_AMONG_DRIVERS, 0.01 },
  { "initial_only", PLT_DEMO_AMONG_DRIVERS, 0.003 },
  { "misspelt_name", PLT_DEMO_AMONG_DRIVERS, 0.006 },
  { "date_digits_transposed", PLT_DEMO_AMONG_DRIVERS, 0.002 },
  { "date_off_by_one", PLT_DEMO_AMONG_DRIVERS, 0.002 },
  { "day_month_swapped", PLT_DEMO_AMONG_DRIVERS, 0.002 },
  { "impossible_date", PLT_DEMO_AMONG_DRIVERS, 0.001 },
  { "stale_address", PLT_DEMO_AMONG_DRIVERS, 0.04 },
  { "address_format", PLT_DEMO_AMONG_DRIVERS, 0.02 },
  { "wrong_check_digit", PLT_DEMO_AMONG_DRIVERS, 0.001 },
  { "dead_and_alive", PLT_DEMO_AMONG_DRIVERS, 0.0015 },
  { "category_withdrawn", PLT_DEMO_AMONG_DRIVERS, 0.001 },
  { "sex_differs", PLT_DEMO_AMONG_DRIVERS, 0.001 },
  { "nationality_differs", PLT_DEMO_AMONG_DRIVERS, 0.002 },
  { "only_driver", PLT_DEMO_AMONG_BLAMELESS, 0.002 },
  { "only_identity", PLT_DEMO_AMONG_NON_DRIVERS, 0.005 },
  { "only_infringement", PLT_DEMO_AMONG_OFFENDERS, 0.05 },
  { "two_ids", PLT_DEMO_AMONG_MIXED_PAIRS, 0.008 },
  { "shared_id", PLT_DEMO_AMONG_MIXED_PAIRS, 0.004 },
  { "foreign_photo", PLT_DEMO_AMONG_PAIRS, 0.002 },
};

G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == PLT_DEMO_N_ANOMALIES);

const char *
plt_demo_anomaly_to_nick (PltDemoAnomaly kind)
{
  return kinds[kind].nick;
}

static gboolean
fail_setting (const char  *setting,
              GError     **error)
{
  g_autoptr (GString) nicks = g_string_new (kinds[0].nick);

  for (int i = 1; i < PLT_DEMO_N_ANOMALIES; i++)
    g_string_append_printf (nicks, ", %s", kinds[i].nick);
  g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_USAGE,
               _("“%s” sets no rate. Write KIND=RATE with a rate from 0 to 1 and one of these "
                 "kinds: %s."), setting, nicks->str);

  return FALSE;
}

static gboolean
apply_setting (double       rates[PLT_DEMO_N_ANOMALIES],
               const char  *setting,
               GError     **error)
{
  const char *equals = strchr (setting, '=');
  char *end = NULL;
  double rate = equals != NULL ? g_ascii_strtod (equals + 1, &end) : -1;

  if (equals == NULL || end == equals + 1 || *end != '\0' || !(rate >= 0 && rate <= 1))
    return fail_setting (setting, error);
  for (int i = 0; i < PLT_DEMO_N_ANOMALIES; i++)
    if (strncmp (setting, kinds[i].nick, (size_t) (equals - setting)) == 0 &&
        kinds[i].nick[equals - setting] == '\0')
      {
        rates[i] = rate;
        return TRUE;
      }

  return fail_setting (setting, error);
}

static gboolean
add_up (PltDemoRates  *self,
        const double   rates[PLT_DEMO_N_ANOMALIES],
        GError       **error)
{
  double sums[PLT_DEMO_N_AMONG] = { 0 };

  for (int i = 0; i < PLT_DEMO_N_ANOMALIES; i++)
    {
      double *sum = &sums[kinds[i].among];

      *sum += rates[i];
      if (*sum > 1.0000001)
        {
          g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_USAGE,
                       _("Nobody can have more than one anomaly, but the rates up to “%s” add up "
                         "to more than all. Lower --anomalies or the rates."), kinds[i].nick);
          return FALSE;
        }
      self->limits[i] = (guint64) (*sum * 4294967296.0);
    }

  return TRUE;
}

/**
 * plt_demo_rates_init:
 * @self: (out caller-allocates): the rates
 * @factor: what every usual rate is multiplied with; 0 makes registries that agree
 * @settings: (nullable): "KIND=RATE" each, in place of the usual rate and its factor
 * @error: %PLT_DEMO_ERROR_USAGE with the sentence for who wrote it
 */
gboolean
plt_demo_rates_init (PltDemoRates        *self,
                     double               factor,
                     const char * const  *settings,
                     GError             **error)
{
  double rates[PLT_DEMO_N_ANOMALIES];

  for (int i = 0; i < PLT_DEMO_N_ANOMALIES; i++)
    rates[i] = kinds[i].rate * factor;
  for (const char *const *setting = settings; setting != NULL && *setting != NULL; setting++)
    if (!apply_setting (rates, *setting, error))
      return FALSE;

  return add_up (self, rates, error);
}

/* @at: an even random number. */
PltDemoAnomaly
plt_demo_rates_choose (const PltDemoRates *self,
                       PltDemoAmong        among,
                       guint32             at)
{
  for (int i = 0; i < PLT_DEMO_N_ANOMALIES; i++)
    if (kinds[i].among == among && at < self->limits[i])
      return (PltDemoAnomaly) i;

  return PLT_DEMO_ANOMALY_NONE;
}
