/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The driver register's notation: capitals, the address in two lines, B+E for BE. */
#include "plt-demo-tables.h"

#include <string.h>

#define FILE_STREAM (G_GUINT64_CONSTANT (1) << 56)
#define FIFTEEN_YEARS 5479

static void
write_licence (PltDemoRows          *rows,
               const PltDemoCitizen *citizen)
{
  const PltDemoRecord *record = &citizen->records[PLT_DEMO_DRIVER];
  const char status[] = { citizen->licence_status, '\0' };
  char address[512];

  g_snprintf (address, sizeof address, "%s\n%s", record->street, record->town);
  plt_demo_rows_begin_row (rows, 15);
  plt_demo_rows_add_text (rows, record->id_number);
  plt_demo_rows_add_capitals (rows, record->family_name);
  plt_demo_rows_add_capitals (rows, record->given_names);
  plt_demo_rows_add_day (rows, record->birth);
  plt_demo_rows_add_text (rows, record->sex == 'M' ? "MALE" : record->sex == 'F' ? "FEMALE"
                                                                                 : "OTHER");
  plt_demo_rows_add_text (rows, record->nationality);
  plt_demo_rows_add_capitals (rows, address);
  plt_demo_rows_add_text (rows, citizen->licence_number);
  plt_demo_rows_add_text (rows, status);
  plt_demo_rows_add_day (rows, citizen->first_issued);
  plt_demo_rows_add_day (rows, citizen->issued);
  plt_demo_rows_add_day (rows, citizen->expiry);
  plt_demo_rows_add_capitals (rows, record->town + 5);
  plt_demo_rows_add_day (rows, citizen->medical);
  plt_demo_rows_add_day (rows, citizen->suspended_until);
}

/* This register writes B+E where the standard says BE. */
static void
add_category (PltDemoRows *rows,
              const char  *category)
{
  size_t length = strlen (category);

  if (length > 1 && category[length - 1] == 'E')
    {
      char truck[4] = { 0 };

      memcpy (truck, category, length - 1);
      plt_demo_rows_add_joined (rows, truck, "+", "E");
    }
  else
    plt_demo_rows_add_text (rows, category);
}

static void
write_rights (PltDemoRows          *rows,
              const PltDemoCitizen *citizen)
{
  for (int i = 0; i < citizen->n_rights; i++)
    {
      const PltDemoRight *right = &citizen->rights[i];

      plt_demo_rows_begin_row (rows, 5);
      plt_demo_rows_add_text (rows, citizen->records[PLT_DEMO_DRIVER].id_number);
      add_category (rows, right->category);
      plt_demo_rows_add_day (rows, right->from);
      plt_demo_rows_add_day (rows, right->to);
      plt_demo_rows_add_text (rows, right->codes);
    }
}

static void
write_tests (PltDemoRows          *rows,
             const PltDemoCitizen *citizen)
{
  for (int i = 0; i < citizen->n_tests; i++)
    {
      const PltDemoTest *test = &citizen->tests[i];

      plt_demo_rows_begin_row (rows, 7);
      plt_demo_rows_add_text (rows, citizen->records[PLT_DEMO_DRIVER].id_number);
      add_category (rows, test->category);
      plt_demo_rows_add_text (rows, test->practical ? "PRACTICAL" : "THEORY");
      plt_demo_rows_add_day (rows, test->taken);
      plt_demo_rows_add_truth (rows, test->passed);
      plt_demo_rows_add_small (rows, test->faults);
      plt_demo_rows_add_capitals (rows, citizen->birth_place);
    }
}

static void
write_certificate (PltDemoRows          *rows,
                   const PltDemoCitizen *citizen,
                   int                   group,
                   int                   issued,
                   int                   until,
                   gboolean              with_conditions)
{
  plt_demo_rows_begin_row (rows, 5);
  plt_demo_rows_add_text (rows, citizen->records[PLT_DEMO_DRIVER].id_number);
  plt_demo_rows_add_small (rows, group);
  plt_demo_rows_add_day (rows, issued);
  plt_demo_rows_add_day (rows, until);
  plt_demo_rows_add_text (rows, with_conditions ? "FIT WITH CONDITIONS" : "FIT");
}

/* Drivers of lorries all have a certificate; others have one when they need glasses. */
static void
write_certificates (PltDemoRows          *rows,
                    const PltDemoCitizen *citizen,
                    gboolean              has_codes)
{
  if (citizen->medical != PLT_DEMO_NO_DAY)
    write_certificate (rows, citizen, 2, plt_demo_day_add_years (citizen->medical, -5),
                       citizen->medical, has_codes);
  else if (has_codes)
    write_certificate (rows, citizen, 1, citizen->issued - 20, citizen->expiry, TRUE);
}

static void
write_conditions (PltDemoRows          *rows,
                  const PltDemoCitizen *citizen,
                  const char           *codes)
{
  static const struct { const char *code; const char *wording; } known[] = {
    { "01.06", "GLASSES OR CONTACT LENSES" },
    { "01", "CORRECTION OF VISION" },
    { "70", "EXCHANGE OF A LICENCE OF ANOTHER COUNTRY" },
    { "78", "AUTOMATIC TRANSMISSION ONLY" },
  };
  const char *at = codes;

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (strstr (at, known[i].code) != NULL)
      {
        plt_demo_rows_begin_row (rows, 4);
        plt_demo_rows_add_text (rows, citizen->records[PLT_DEMO_DRIVER].id_number);
        plt_demo_rows_add_text (rows, known[i].code);
        plt_demo_rows_add_text (rows, known[i].wording);
        plt_demo_rows_add_day (rows, citizen->first_issued);
        if (i == 0)
          break;
      }
}

static void
write_earlier (PltDemoRows          *rows,
               const PltDemoCitizen *citizen,
               const char           *number,
               int                   issued,
               int                   ended,
               const char           *reason)
{
  plt_demo_rows_begin_row (rows, 6);
  plt_demo_rows_add_text (rows, citizen->records[PLT_DEMO_DRIVER].id_number);
  plt_demo_rows_add_text (rows, number);
  plt_demo_rows_add_day (rows, issued);
  plt_demo_rows_add_day (rows, ended);
  plt_demo_rows_add_text (rows, reason);
  plt_demo_rows_add_text (rows, "UTO");
}

/* What came before the present licence, back to the first or thirty years. */
static void
write_earlier_licences (PltDemoRows          *rows,
                        const PltDemoCitizen *citizen,
                        guint64               bits)
{
  static const char *const reasons[] = { "RENEWED", "RENEWED", "RENEWED", "RENEWED", "LOST",
                                         "STOLEN", "NAME CHANGED" };
  char number[10] = "A";
  int ended = citizen->issued;

  memcpy (number + 1, citizen->licence_number + 1, 8);
  for (int i = 0; i < 2 && ended > citizen->first_issued; i++)
    {
      int issued = MAX (ended - FIFTEEN_YEARS, citizen->first_issued);

      number[0] = (char) ('S' - i);
      write_earlier (rows, citizen, number, issued, ended,
                     reasons[(bits >> (i * 8)) % G_N_ELEMENTS (reasons)]);
      ended = issued;
    }
}

void
plt_demo_write_driver (PltDemoRows           tables[PLT_DEMO_N_TABLES],
                       const PltDemoCitizen *citizen,
                       const PltDemoWorld   *world)
{
  PltDemoRandom random = plt_demo_random_new (world->seed, FILE_STREAM | citizen->index);
  const char *codes = "";

  if (!citizen->records[PLT_DEMO_DRIVER].known)
    return;
  for (int i = 0; i < citizen->n_rights && *codes == '\0'; i++)
    codes = citizen->rights[i].codes;
  write_licence (&tables[PLT_DEMO_DRIVER_LICENCE], citizen);
  write_rights (&tables[PLT_DEMO_ENTITLEMENT], citizen);
  write_tests (&tables[PLT_DEMO_TEST], citizen);
  write_certificates (&tables[PLT_DEMO_MEDICAL_CERTIFICATE], citizen, *codes != '\0');
  write_conditions (&tables[PLT_DEMO_DRIVING_CONDITION], citizen, codes);
  write_earlier_licences (&tables[PLT_DEMO_EARLIER_LICENCE], citizen,
                          plt_demo_random_next (&random));
}
