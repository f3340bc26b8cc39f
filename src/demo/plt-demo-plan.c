/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the parameters of a population from the command line and keeps them in box.ini. */
#include "plt-demo-plan.h"

#include "plt-demo-characters.h"
#include "plt-demo-population.h"

#include <glib/gi18n-lib.h>

#define DEFAULT_CITIZENS 20000
#define DEFAULT_SEED 1
#define MOST_INFRINGEMENTS 20000000
#define MOST_THREADS 64

static const char *const keys[] = { "citizens", "drivers", "infringements", "seed", "today",
                                    "anomalies" };

static gboolean
fail (GError     **error,
      const char  *sentence)
{
  g_set_error_literal (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_USAGE, sentence);

  return FALSE;
}

static gboolean
check_sizes (const PltDemoPlan  *self,
             GError            **error)
{
  int fewest = plt_demo_characters_count ();
  g_autofree char *sentence = NULL;

  if (self->n_citizens < fewest || self->n_citizens > PLT_DEMO_MOST_CITIZENS)
    sentence = g_strdup_printf (_("An office has %d to %d citizens."), fewest,
                                PLT_DEMO_MOST_CITIZENS);
  else if (self->n_drivers < plt_demo_characters_count_drivers () ||
           self->n_drivers > self->n_citizens)
    sentence = g_strdup_printf (_("Of %d citizens %d to %d can be drivers."), self->n_citizens,
                                plt_demo_characters_count_drivers (), self->n_citizens);
  else if (self->n_infringements < plt_demo_characters_count_offences () ||
           self->n_infringements > MOST_INFRINGEMENTS)
    sentence = g_strdup_printf (_("An office has %d to %d infringements."),
                                plt_demo_characters_count_offences (), MOST_INFRINGEMENTS);
  else if (self->seed < 0)
    sentence = g_strdup (_("A seed is not below zero."));
  else if (!(self->factor >= 0))
    sentence = g_strdup (_("The rates of anomalies are not multiplied by less than zero."));
  else if (self->n_threads < 1)
    sentence = g_strdup (_("At least one thread is needed."));

  return sentence == NULL || fail (error, sentence);
}

/* Two threads draw faster than two cores can store; the third is there while one waits. */
static int
settle_threads (const PltDemoOptions *options)
{
  return options->n_threads != PLT_DEMO_NOT_GIVEN
           ? MIN (options->n_threads, MOST_THREADS)
           : CLAMP ((int) g_get_num_processors () + 1, 2, 8);
}

/**
 * plt_demo_plan_new:
 * @options: what the command line says; what it leaves out is as usual
 * @error: %PLT_DEMO_ERROR_USAGE with the sentence for who wrote it
 */
PltDemoPlan *
plt_demo_plan_new (const PltDemoOptions  *options,
                   GError               **error)
{
  g_autoptr (PltDemoPlan) self = g_new0 (PltDemoPlan, 1);
  PltDemoRates rates;
  gint64 usual;

  self->n_citizens = options->n_citizens != PLT_DEMO_NOT_GIVEN ? options->n_citizens : DEFAULT_CITIZENS;
  usual = (gint64) self->n_citizens * 11 / 20;
  self->n_drivers = options->n_drivers != PLT_DEMO_NOT_GIVEN
                      ? options->n_drivers
                      : (int) MAX (usual, plt_demo_characters_count_drivers ());
  self->n_infringements = options->n_infringements != PLT_DEMO_NOT_GIVEN
                            ? options->n_infringements
                            : (int) MAX (usual, plt_demo_characters_count_offences ());
  self->seed = options->seed != PLT_DEMO_NOT_GIVEN ? options->seed : DEFAULT_SEED;
  self->factor = options->anomalies != PLT_DEMO_NOT_GIVEN ? options->anomalies : 1;
  self->settings = g_strdupv (options->anomaly);
  self->n_threads = settle_threads (options);
  self->today = plt_date_today ();
  if (options->today != NULL && !plt_date_parse_iso (options->today, &self->today))
    {
      fail (error, _("The date of today is written as 2026-05-20."));
      return NULL;
    }
  if (self->today.year < 2010 || self->today.year > 2200)
    {
      fail (error, _("The date of today must lie between 2010 and 2200."));
      return NULL;
    }
  if (!check_sizes (self, error) ||
      !plt_demo_rates_init (&rates, self->factor, (const char * const *) self->settings, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
plt_demo_plan_free (PltDemoPlan *self)
{
  g_strfreev (self->settings);
  g_free (self);
}

static char *
write_number (gint64 number)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, number);
}

static char *
write_anomalies (double factor,
                 GStrv  settings)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *all = settings != NULL ? g_strjoinv (" ", settings) : g_strdup ("");

  return g_strchomp (g_strdup_printf ("%s %s", g_ascii_formatd (digits, sizeof digits, "%g",
                                                                factor), all));
}

/* What the box will be filled with. */
gboolean
plt_demo_plan_save (const PltDemoPlan  *self,
                    PltDemoBox         *box,
                    GError            **error)
{
  g_autofree char *citizens = write_number (self->n_citizens);
  g_autofree char *drivers = write_number (self->n_drivers);
  g_autofree char *infringements = write_number (self->n_infringements);
  g_autofree char *seed = write_number (self->seed);
  g_autofree char *today = plt_date_to_iso (self->today);
  g_autofree char *anomalies = write_anomalies (self->factor, self->settings);
  const char *const values[] = { citizens, drivers, infringements, seed, today, anomalies };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (!plt_demo_box_set_value (box, "next", keys[i], values[i], error))
      return FALSE;

  return TRUE;
}

gboolean
plt_demo_plan_settle (PltDemoBox  *box,
                      GError     **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *value = plt_demo_box_dup_value (box, "next", keys[i]);

      if (value != NULL && !plt_demo_box_set_value (box, "box", keys[i], value, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_value (PltDemoBox  *box,
             const char  *key,
             const char  *wanted,
             GError     **error)
{
  g_autofree char *had = plt_demo_box_dup_value (box, "box", key);

  if (wanted == NULL || had == NULL || g_str_equal (had, wanted))
    return TRUE;

  g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_USAGE,
               _("The office in “%s” was made with %s = %s. Fill its registries anew with "
                 "“platen-demo generate”, or name another folder."),
               plt_demo_box_get_folder (box), key, had);

  return FALSE;
}

/* What a box was filled with counts; another wish, said when it is started again, is refused. */
gboolean
plt_demo_plan_check (const PltDemoOptions  *options,
                     PltDemoBox            *box,
                     GError               **error)
{
  g_autofree char *citizens = options->n_citizens != PLT_DEMO_NOT_GIVEN
                                ? write_number (options->n_citizens)
                                : NULL;
  g_autofree char *drivers = options->n_drivers != PLT_DEMO_NOT_GIVEN
                               ? write_number (options->n_drivers)
                               : NULL;
  g_autofree char *infringements =
    options->n_infringements != PLT_DEMO_NOT_GIVEN ? write_number (options->n_infringements) : NULL;
  g_autofree char *seed = options->seed != PLT_DEMO_NOT_GIVEN ? write_number (options->seed) : NULL;
  g_autofree char *anomalies =
    options->anomalies != PLT_DEMO_NOT_GIVEN || options->anomaly != NULL
      ? write_anomalies (options->anomalies != PLT_DEMO_NOT_GIVEN ? options->anomalies : 1,
                         options->anomaly)
      : NULL;

  return check_value (box, "citizens", citizens, error) &&
         check_value (box, "drivers", drivers, error) &&
         check_value (box, "infringements", infringements, error) &&
         check_value (box, "seed", seed, error) &&
         check_value (box, "today", options->today, error) &&
         check_value (box, "anomalies", anomalies, error);
}

/* @names: lent, as long as @world is used. */
gboolean
plt_demo_plan_make_world (const PltDemoPlan  *self,
                          PltDemoNames       *names,
                          PltDemoWorld       *world,
                          GError            **error)
{
  *world = (PltDemoWorld) {
    .names = names,
    .seed = (guint64) self->seed,
    .today = plt_demo_day_from_date (self->today),
    .n_citizens = self->n_citizens,
    .n_drivers = self->n_drivers,
    .n_infringements = self->n_infringements,
  };

  return plt_demo_rates_init (&world->rates, self->factor, (const char * const *) self->settings,
                              error);
}
