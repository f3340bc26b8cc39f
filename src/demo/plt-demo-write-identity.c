/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The population register's notation: small letters, each forename a word of its own. */
#include "plt-demo-tables.h"

#define DOCUMENT_STREAM (G_GUINT64_CONSTANT (1) << 57)
#define TEN_YEARS 3652

/* Some foreigners have gone back home, and their address here is only their last one. */
static const char *
get_country (const PltDemoCitizen *citizen)
{
  const PltDemoRecord *record = &citizen->records[PLT_DEMO_IDENTITY];

  return citizen->index % 20 == 7 ? record->nationality : "UTO";
}

static void
write_person (PltDemoRows          *rows,
              const PltDemoCitizen *citizen)
{
  const PltDemoRecord *record = &citizen->records[PLT_DEMO_IDENTITY];
  gboolean is_native = citizen->family_name_native != NULL && citizen->given_names_native != NULL;

  plt_demo_rows_begin_row (rows, 17);
  plt_demo_rows_add_text (rows, record->id_number);
  plt_demo_rows_add_text (rows, record->family_name);
  plt_demo_rows_add_words (rows, record->given_names);
  plt_demo_rows_add_text (rows, is_native ? citizen->family_name_native : NULL);
  if (is_native)
    plt_demo_rows_add_words (rows, citizen->given_names_native);
  else
    plt_demo_rows_add_null (rows);
  plt_demo_rows_add_text (rows, is_native ? plt_demo_script_to_nick (citizen->script) : NULL);
  plt_demo_rows_add_text (rows, citizen->birth_family != NULL ? citizen->birth_family->latin
                                                              : NULL);
  plt_demo_rows_add_small (rows, record->sex == 'M' ? 1 : record->sex == 'F' ? 2 : 9);
  plt_demo_rows_add_day (rows, record->birth);
  plt_demo_rows_add_text (rows, citizen->birth_place);
  plt_demo_rows_add_text (rows, record->nationality);
  plt_demo_rows_add_text (rows, record->street);
  plt_demo_rows_add_text (rows, record->town);
  plt_demo_rows_add_day (rows, citizen->homes[0].since);
  plt_demo_rows_add_text (rows, get_country (citizen));
  plt_demo_rows_add_text (rows, citizen->portrait);
  plt_demo_rows_add_day (rows, citizen->death);
}

static void
write_history (PltDemoRows           tables[PLT_DEMO_N_TABLES],
               const PltDemoCitizen *citizen,
               const PltDemoWorld   *world,
               guint64               bits)
{
  static const char *const reasons[] = { "immigration", "correction", "adoption" };
  int adult = plt_demo_day_add_years (citizen->records[PLT_DEMO_IDENTITY].birth, 18);
  int since_adult = MAX (world->today - adult, 1);

  if (citizen->former_id != NULL)
    {
      PltDemoRows *rows = &tables[PLT_DEMO_FORMER_ID];

      plt_demo_rows_begin_row (rows, 4);
      plt_demo_rows_add_text (rows, citizen->id_number);
      plt_demo_rows_add_text (rows, citizen->former_id);
      plt_demo_rows_add_day (rows, world->today - 1 - (int) ((bits >> 8) % 3000));
      plt_demo_rows_add_text (rows, reasons[bits % G_N_ELEMENTS (reasons)]);
    }
  if (citizen->birth_family != NULL)
    {
      PltDemoRows *rows = &tables[PLT_DEMO_FORMER_NAME];

      plt_demo_rows_begin_row (rows, 4);
      plt_demo_rows_add_text (rows, citizen->id_number);
      plt_demo_rows_add_text (rows, citizen->birth_family->latin);
      plt_demo_rows_add_day (rows, adult + (int) ((bits >> 24) % (guint) since_adult));
      plt_demo_rows_add_text (rows, "marriage");
    }
}

static void
write_former_homes (PltDemoRows          *rows,
                    const PltDemoCitizen *citizen)
{
  for (int i = 1; i < citizen->n_homes; i++)
    {
      const PltDemoHome *home = &citizen->homes[i];
      char digits[8];

      g_snprintf (digits, sizeof digits, "%d", home->house);
      plt_demo_rows_begin_row (rows, 5);
      plt_demo_rows_add_text (rows, citizen->id_number);
      plt_demo_rows_add_joined (rows, home->street, " ", digits);
      plt_demo_rows_add_text (rows, home->town);
      plt_demo_rows_add_day (rows, home->since);
      plt_demo_rows_add_day (rows, citizen->homes[i - 1].since);
    }
}

static void
write_document (PltDemoRows          *rows,
                const PltDemoCitizen *citizen,
                const char           *kind,
                const char           *number,
                int                   issued,
                int                   expires,
                const char           *status)
{
  plt_demo_rows_begin_row (rows, 6);
  plt_demo_rows_add_text (rows, citizen->id_number);
  plt_demo_rows_add_text (rows, kind);
  plt_demo_rows_add_text (rows, number);
  plt_demo_rows_add_day (rows, issued);
  plt_demo_rows_add_day (rows, expires);
  plt_demo_rows_add_text (rows, status);
}

/* Two letters and nine digits, made from where the citizen stands and which document it is. */
static void
write_number (char         number[12],
              const char   letters[2],
              guint64      index,
              int          nth)
{
  guint64 digits = (index * 4 + (guint64) nth) * 7368787 % 999999937;

  number[0] = letters[0];
  number[1] = letters[1];
  for (int i = 10; i >= 2; i--)
    {
      number[i] = (char) ('0' + digits % 10);
      digits /= 10;
    }
  number[11] = '\0';
}

static void
write_documents (PltDemoRows          *rows,
                 const PltDemoCitizen *citizen,
                 const PltDemoWorld   *world,
                 guint64               bits)
{
  int birth = citizen->records[PLT_DEMO_IDENTITY].birth;
  gboolean dead = citizen->death != PLT_DEMO_NO_DAY;
  int end = dead ? citizen->death : world->today;
  int age_days = end - birth;
  int issued = end - 1 - (int) ((bits >> 8) % MIN (TEN_YEARS, MAX (age_days - 4000, 1)));
  char number[12];

  if (age_days > 4400)
    {
      write_number (number, "IC", citizen->index, 0);
      write_document (rows, citizen, "identity_card", number, issued, issued + TEN_YEARS,
                      dead ? "returned" : "valid");
      if (issued - birth > 4400 + TEN_YEARS && bits % 100 < 40)
        {
          write_number (number, "IC", citizen->index, 1);
          write_document (rows, citizen, "identity_card", number, issued - TEN_YEARS, issued,
                          bits % 100 < 2 ? "stolen" : bits % 100 < 5 ? "lost" : "expired");
        }
    }
  if ((bits >> 32) % 100 < 35 && age_days > 400)
    {
      issued = end - 1 - (int) ((bits >> 40) % MIN (TEN_YEARS, age_days - 300));
      write_number (number, "PP", citizen->index, 2);
      write_document (rows, citizen, "passport", number, issued, issued + TEN_YEARS,
                      dead ? "returned" : "valid");
    }
  if (citizen->shows_licence)
    {
      issued = citizen->records[PLT_DEMO_DRIVER].known ? citizen->issued : end - 900;
      write_document (rows, citizen, "driving_licence", citizen->licence_number, issued,
                      plt_demo_day_add_years (issued, 15), "valid");
    }
}

void
plt_demo_write_identity (PltDemoRows           tables[PLT_DEMO_N_TABLES],
                         const PltDemoCitizen *citizen,
                         const PltDemoWorld   *world)
{
  PltDemoRandom random = plt_demo_random_new (world->seed, DOCUMENT_STREAM | citizen->index);

  if (!citizen->records[PLT_DEMO_IDENTITY].known)
    return;
  write_person (&tables[PLT_DEMO_PERSON], citizen);
  write_history (tables, citizen, world, plt_demo_random_next (&random));
  write_former_homes (&tables[PLT_DEMO_FORMER_ADDRESS], citizen);
  write_documents (&tables[PLT_DEMO_DOCUMENT], citizen, world, plt_demo_random_next (&random));
}
