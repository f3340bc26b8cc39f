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
  static const char *const examiners[] = { "VERA HOLM", "TOMAS REED", "INGE SAND", "PAUL ORDO",
                                           "LENA WACHT", "OMAR QUILL", "RUTH ALDER" };

  for (int i = 0; i < citizen->n_tests; i++)
    {
      const PltDemoTest *test = &citizen->tests[i];

      plt_demo_rows_begin_row (rows, 8);
      plt_demo_rows_add_text (rows, citizen->records[PLT_DEMO_DRIVER].id_number);
      add_category (rows, test->category);
      plt_demo_rows_add_text (rows, test->practical ? "PRACTICAL" : "THEORY");
      plt_demo_rows_add_day (rows, test->taken);
      plt_demo_rows_add_truth (rows, test->passed);
      plt_demo_rows_add_small (rows, test->faults);
      plt_demo_rows_add_capitals (rows, citizen->birth_place);
      plt_demo_rows_add_text (rows, examiners[(guint) test->taken % G_N_ELEMENTS (examiners)]);
    }
}

static void
write_certificate (PltDemoRows          *rows,
                   const PltDemoCitizen *citizen,
                   int                   group,
                   int                   issued,
                   int                   until,
                   const char           *result)
{
  plt_demo_rows_begin_row (rows, 5);
  plt_demo_rows_add_text (rows, citizen->records[PLT_DEMO_DRIVER].id_number);
  plt_demo_rows_add_small (rows, group);
  plt_demo_rows_add_day (rows, issued);
  plt_demo_rows_add_day (rows, until);
  plt_demo_rows_add_text (rows, result);
}

/* From the age of 75 on the doctor is seen every two years; some have not been there again. */
static void
write_old_age (PltDemoRows          *rows,
               const PltDemoCitizen *citizen,
               int                   today,
               const char           *result,
               guint64               bits)
{
  int born = citizen->records[PLT_DEMO_DRIVER].birth;
  int seen = MAX (today - 1 - (int) (bits % 900), plt_demo_day_add_years (born, 75) - 60);

  if (plt_demo_day_years (born, today) >= 75 && seen < today)
    write_certificate (rows, citizen, 1, seen, plt_demo_day_add_years (seen, 2), result);
}

/* Drivers of lorries all have a certificate; others have one when they need glasses, and in old age.
 * One driver of a lorry in thirty went again and was found unfit. */
static void
write_certificates (PltDemoRows          *rows,
                    const PltDemoCitizen *citizen,
                    int                   today,
                    gboolean              has_codes,
                    guint64               bits)
{
  const char *result = has_codes ? "FIT WITH CONDITIONS" : "FIT";

  if (citizen->medical != PLT_DEMO_NO_DAY)
    {
      int seen = MIN (plt_demo_day_add_years (citizen->medical, -5), today - 200);

      write_certificate (rows, citizen, 2, seen, citizen->medical, result);
      if (bits % 30 == 0)
        write_certificate (rows, citizen, 2, today - 5 - (int) ((bits >> 8) % 150),
                           citizen->medical > today ? citizen->medical : today, "UNFIT");
    }
  else if (has_codes)
    write_certificate (rows, citizen, 1, citizen->issued - 20, citizen->expiry, result);
  write_old_age (rows, citizen, today, result, bits >> 16);
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
  write_certificates (&tables[PLT_DEMO_MEDICAL_CERTIFICATE], citizen, world->today,
                      *codes != '\0', plt_demo_random_next (&random));
  write_conditions (&tables[PLT_DEMO_DRIVING_CONDITION], citizen, codes);
  write_earlier_licences (&tables[PLT_DEMO_EARLIER_LICENCE], citizen,
                          plt_demo_random_next (&random));
}
