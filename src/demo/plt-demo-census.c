/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts all districts first, so that the numbers of drivers and cases come out exactly. */
#include "plt-demo-characters.h"
#include "plt-demo-district-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const double shares[PLT_DEMO_N_GROUPS] = { 0, 0.55, 0.78, 0.62, 0.33 };

typedef struct
{
  const PltDemoWorld *world;
  PltDemoCensus      *census;
  int                 first;
  int                 step;
  guint64            *groups;         /* PLT_DEMO_N_GROUPS for each district */
  guint64            *offence_weights; /* NULL in the first round */
} Count;

static gpointer
count_in_thread (gpointer data)
{
  Count *count = data;
  PltDemoDistrict *district = g_new (PltDemoDistrict, 1);
  int n_districts = plt_demo_world_count_districts (count->world);

  for (int number = count->first; number < n_districts; number += count->step)
    {
      plt_demo_district_draw_people (district, count->world, number);
      if (count->offence_weights != NULL)
        {
          plt_demo_district_share_drivers (district, count->world, count->census, number);
          for (int at = 0; at < district->n_neighbours; at++)
            count->offence_weights[number] +=
              plt_demo_district_weigh_offences (district, count->world, at);
        }
      else
        for (int at = 0; at < district->n_neighbours; at++)
          count->groups[number * PLT_DEMO_N_GROUPS +
                        plt_demo_district_find_group (district, count->world, at)]++;
    }
  g_free (district);

  return NULL;
}

static void
count_all (const PltDemoWorld *world,
           PltDemoCensus      *census,
           int                 n_threads,
           guint64            *groups,
           guint64            *offence_weights)
{
  g_autofree Count *counts = g_new0 (Count, n_threads);
  g_autofree GThread **threads = g_new0 (GThread *, n_threads);

  for (int i = 0; i < n_threads; i++)
    {
      counts[i] = (Count) { .world = world, .census = census, .first = i, .step = n_threads,
                            .groups = groups, .offence_weights = offence_weights };
      threads[i] = g_thread_new ("census", count_in_thread, &counts[i]);
    }
  for (int i = 0; i < n_threads; i++)
    g_thread_join (threads[i]);
}

static double
sum_shares (const guint64 people[PLT_DEMO_N_GROUPS],
            double        factor)
{
  double sum = 0;

  for (int i = 0; i < PLT_DEMO_N_GROUPS; i++)
    sum += (double) people[i] * MIN (shares[i] * factor, 1);

  return sum;
}

/* Scales the shares until they give the wanted number: each at most one, and a little too much
 * rather than too little, so that nobody takes two shares. */
static gboolean
settle_weights (PltDemoCensus  *self,
                const guint64   people[PLT_DEMO_N_GROUPS],
                GError        **error)
{
  double low = 0, high = 1000;

  if (sum_shares (people, high) < (double) self->n_drivers)
    {
      g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_USAGE,
                   _("There cannot be that many drivers: only %.0f of the citizens are old "
                     "enough. Ask for fewer drivers or for more citizens."),
                   sum_shares (people, high));
      return FALSE;
    }
  for (int i = 0; i < 60; i++)
    {
      double middle = (low + high) / 2;

      if (sum_shares (people, middle) < (double) self->n_drivers)
        low = middle;
      else
        high = middle;
    }
  for (int i = 0; i < PLT_DEMO_N_GROUPS; i++)
    self->weights[i] = (guint64) ceil (MIN (shares[i] * high, 1) * 4294967296.0);

  return TRUE;
}

/* Replaces the parts of @sums by what comes before each; the total is last. */
static void
cumulate (guint64 *sums,
          int      n)
{
  guint64 before = 0;

  for (int i = 0; i <= n; i++)
    {
      guint64 part = i < n ? sums[i] : 0;

      sums[i] = before;
      before += part;
    }
}

/**
 * plt_demo_census_new:
 * @world: what is drawn from
 * @n_threads: how many threads may count
 * @error: %PLT_DEMO_ERROR_USAGE when there cannot be so many drivers or cases
 *
 * Returns: (transfer full): the sums by which every district knows its drivers and cases
 */
PltDemoCensus *
plt_demo_census_new (const PltDemoWorld  *world,
                     int                  n_threads,
                     GError             **error)
{
  g_autoptr (PltDemoCensus) self = g_new0 (PltDemoCensus, 1);
  int n_districts = plt_demo_world_count_districts (world);
  g_autofree guint64 *groups = g_new0 (guint64, n_districts * PLT_DEMO_N_GROUPS);
  guint64 people[PLT_DEMO_N_GROUPS] = { 0 };

  self->n_drivers = (guint64) MAX (world->n_drivers - plt_demo_characters_count_drivers (), 0);
  self->n_offences = (guint64) MAX (world->n_infringements -
                                    plt_demo_characters_count_offences (), 0);
  self->drivers_before = g_new0 (guint64, n_districts + 1);
  self->offences_before = g_new0 (guint64, n_districts + 1);
  count_all (world, self, n_threads, groups, NULL);
  for (int i = 0; i < n_districts * PLT_DEMO_N_GROUPS; i++)
    people[i % PLT_DEMO_N_GROUPS] += groups[i];
  if (!settle_weights (self, people, error))
    return NULL;
  for (int i = 0; i < n_districts * PLT_DEMO_N_GROUPS; i++)
    self->drivers_before[i / PLT_DEMO_N_GROUPS] += groups[i] * self->weights[i % PLT_DEMO_N_GROUPS];
  cumulate (self->drivers_before, n_districts);
  count_all (world, self, n_threads, groups, self->offences_before);
  cumulate (self->offences_before, n_districts);
  if (self->n_offences == 0 || self->offences_before[n_districts] * 12 >= self->n_offences)
    return g_steal_pointer (&self);

  g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_USAGE,
               _("There cannot be that many infringements for %d drivers. Ask for fewer "
                 "infringements or for more drivers."), world->n_drivers);

  return NULL;
}

void
plt_demo_census_free (PltDemoCensus *self)
{
  g_free (self->drivers_before);
  g_free (self->offences_before);
  g_free (self);
}
