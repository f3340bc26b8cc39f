/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the registries disagree as real ones do, and says how, for the file of the truth. */
#include "plt-demo-citizen.h"

#include "plt-fold.h"

typedef gboolean (* Spoil) (PltDemoCitizen     *self,
                            const PltDemoWorld *world,
                            PltDemoRandom      *random);

static gboolean
strip_diacritics (PltDemoCitizen     *self,
                  const PltDemoWorld *world,
                  PltDemoRandom      *random)
{
  PltDemoRecord *record = &self->records[PLT_DEMO_DRIVER];
  g_autofree char *family = plt_fold_diacritics (record->family_name);
  g_autofree char *given = plt_fold_diacritics (record->given_names);

  if (g_str_equal (family, record->family_name) && g_str_equal (given, record->given_names))
    return FALSE;
  plt_demo_citizen_set_text (&record->family_name, family);
  plt_demo_citizen_set_text (&record->given_names, given);

  return TRUE;
}

/* Drivers forget to tell that they moved. */
static gboolean
keep_old_address (PltDemoCitizen     *self,
                  const PltDemoWorld *world,
                  PltDemoRandom      *random)
{
  PltDemoRecord *record = &self->records[PLT_DEMO_DRIVER];

  g_free (record->street);
  record->street = g_strdup_printf ("%s %d",
                                    plt_demo_names_pick_place (world->names, "street", random),
                                    plt_demo_random_range (random, 181, 240));
  plt_demo_citizen_set_text (&record->town,
                             plt_demo_names_pick_place (world->names, "town", random));
  self->moved_in = plt_date_add_days (world->year, -plt_demo_random_range (random, 1, 400));

  return TRUE;
}

/* Somebody typed day and month the wrong way round, or a wrong digit. */
static gboolean
mistype_birth_date (PltDemoCitizen     *self,
                    const PltDemoWorld *world,
                    PltDemoRandom      *random)
{
  PltDate *birth = &self->records[PLT_DEMO_DRIVER].birth;
  PltDate swapped = { birth->year, birth->day, birth->month };

  if (birth->day <= 12 && birth->day != birth->month)
    *birth = swapped;
  else
    *birth = plt_date_add_days (*birth, plt_demo_random_chance (random, 0.5) ? 10 : -1);

  return TRUE;
}

static gboolean
change_family_name (PltDemoCitizen     *self,
                    const PltDemoWorld *world,
                    PltDemoRandom      *random)
{
  PltDemoName other = plt_demo_names_pick_family (world->names, "latin", random);
  PltDemoRecord *record = &self->records[PLT_DEMO_IDENTITY];
  gboolean changed = !g_str_equal (other.latin, record->family_name);

  if (changed)
    {
      plt_demo_citizen_set_text (&record->family_name, other.latin);
      g_clear_pointer (&self->family_name_native, g_free);
      g_clear_pointer (&self->given_names_native, g_free);
      self->script = "latin";
    }
  g_free (other.latin);
  g_free (other.native);

  return changed;
}

/* Two neighbouring letters of the given name, as a tired typist leaves them. */
static gboolean
misspell_given_names (PltDemoCitizen     *self,
                      const PltDemoWorld *world,
                      PltDemoRandom      *random)
{
  char *text = self->records[PLT_DEMO_INFRINGEMENT].given_names;

  for (char *at = text + 1; at[0] != '\0' && at[1] != '\0'; at++)
    if (g_ascii_islower (at[0]) && g_ascii_islower (at[1]) && at[0] != at[1])
      {
        char first = at[0];

        at[0] = at[1];
        at[1] = first;
        return TRUE;
      }

  return FALSE;
}

static gboolean
lose_identity (PltDemoCitizen     *self,
               const PltDemoWorld *world,
               PltDemoRandom      *random)
{
  self->records[PLT_DEMO_IDENTITY].known = FALSE;

  return TRUE;
}

static gboolean
lose_infringement (PltDemoCitizen     *self,
                   const PltDemoWorld *world,
                   PltDemoRandom      *random)
{
  self->records[PLT_DEMO_INFRINGEMENT].known = FALSE;
  self->n_offences = 0;

  return TRUE;
}

static const struct
{
  const char *name;
  double      share;
  Spoil       spoil;
} kinds[] = {
  { "birth_date", 0.005, mistype_birth_date },
  { "family_name", 0.008, change_family_name },
  { "misspelt", 0.006, misspell_given_names },
  { "not_in_identity", 0.003, lose_identity },
  { "not_in_infringement", 0.01, lose_infringement },
  { "old_address", 0.06, keep_old_address },
  { "diacritics", 0.4, strip_diacritics },
};

/* At most one disagreement for each driver, so that the truth about it is one word. */
void
plt_demo_citizen_draw_anomaly (PltDemoCitizen     *self,
                               const PltDemoWorld *world,
                               PltDemoRandom      *random)
{
  if (!self->records[PLT_DEMO_DRIVER].known)
    return;
  if (plt_date_is_set (self->death))
    {
      if (self->licence_status == 'V' &&
          plt_date_compare (self->licence_expiry, plt_date_add_years (world->year, 1)) > 0)
        self->anomaly = "dead_but_valid";
      return;
    }

  for (size_t i = 0; i < G_N_ELEMENTS (kinds) && self->anomaly == NULL; i++)
    if (plt_demo_random_chance (random, kinds[i].share) && kinds[i].spoil (self, world, random))
      self->anomaly = kinds[i].name;
}
