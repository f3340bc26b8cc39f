/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The infringement register's notation: "Berg, Anna", the address in a line, dates as punched. */
#include "plt-demo-tables.h"

#include <string.h>

#define CASE_STREAM (G_GUINT64_CONSTANT (1) << 55)
#define CASES_OF_ONE 101
#define BAN_DAYS 180

static void
put_digits (char *text,
            int   number,
            int   n_digits)
{
  for (int i = n_digits - 1; i >= 0; i--)
    {
      text[i] = (char) ('0' + number % 10);
      number /= 10;
    }
}

/* Who lost the licence gets none for some time, which is over for some: a court says until when. */
static int
get_barred_until (const PltDemoCitizen *citizen)
{
  if (g_strcmp0 (citizen->withdrawn, "ALL") != 0 || citizen->n_offences == 0)
    return PLT_DEMO_NO_DAY;

  return citizen->offences[0].committed + 100 + (int) (citizen->index % 17) * 40;
}

static void
write_offender (PltDemoRows          *rows,
                const PltDemoCitizen *citizen)
{
  const PltDemoRecord *record = &citizen->records[PLT_DEMO_INFRINGEMENT];
  PltDate birth = plt_demo_day_to_date (record->birth);
  char punched[9] = { 0 };

  put_digits (punched, birth.year, 4);
  put_digits (punched + 4, birth.month, 2);
  put_digits (punched + 6, birth.day, 2);
  plt_demo_rows_begin_row (rows, 6);
  plt_demo_rows_add_text (rows, record->id_number);
  plt_demo_rows_add_joined (rows, record->family_name, ", ", record->given_names);
  plt_demo_rows_add_text (rows, citizen->punched_birth != NULL ? citizen->punched_birth
                                                               : punched);
  plt_demo_rows_add_joined (rows, record->street, ", ", record->town);
  plt_demo_rows_add_day (rows, citizen->suspended_until);
  plt_demo_rows_add_day (rows, get_barred_until (citizen));
}

/* The year, and a number that nobody else's case has. */
static void
write_case_number (char                  number[15],
                   const PltDemoCitizen *citizen,
                   int                   nth,
                   int                   day)
{
  put_digits (number, plt_demo_day_to_date (day).year, 4);
  number[4] = '/';
  put_digits (number + 5, (int) citizen->index * CASES_OF_ONE + nth, 9);
  number[14] = '\0';
}

static void
write_case (PltDemoRows          *rows,
            const PltDemoCitizen *citizen,
            const PltDemoOffence *offence,
            const char           *number)
{
  int points_until = offence->points > 0 ? plt_demo_day_add_years (offence->committed, 3)
                                         : PLT_DEMO_NO_DAY;

  plt_demo_rows_begin_row (rows, 9);
  plt_demo_rows_add_text (rows, number);
  plt_demo_rows_add_text (rows, citizen->records[PLT_DEMO_INFRINGEMENT].id_number);
  plt_demo_rows_add_day (rows, offence->committed);
  plt_demo_rows_add_text (rows, offence->name);
  plt_demo_rows_add_text (rows, citizen->homes[0].town + 5);
  plt_demo_rows_add_small (rows, offence->points);
  plt_demo_rows_add_day (rows, points_until);
  plt_demo_rows_add_money (rows, offence->fine_cents);
  plt_demo_rows_add_truth (rows, offence->paid);
}

static void
write_payment (PltDemoRows          *rows,
               const PltDemoCitizen *citizen,
               const char           *number,
               int                   day,
               int                   cents,
               guint64               bits)
{
  static const char *const channels[] = { "CARD", "TRANSFER", "TRANSFER", "CASH" };

  plt_demo_rows_begin_row (rows, 5);
  plt_demo_rows_add_text (rows, number);
  plt_demo_rows_add_text (rows, citizen->records[PLT_DEMO_INFRINGEMENT].id_number);
  plt_demo_rows_add_day (rows, day);
  plt_demo_rows_add_money (rows, cents);
  plt_demo_rows_add_text (rows, channels[bits % G_N_ELEMENTS (channels)]);
}

/* High fines are paid in two halves now and then. */
static void
write_payments (PltDemoRows          *rows,
                const PltDemoCitizen *citizen,
                const PltDemoOffence *offence,
                const char           *number,
                int                   today,
                guint64               bits)
{
  int day = MIN (offence->committed + 10 + (int) ((bits >> 8) % 70), today);
  int second = offence->fine_cents >= 40000 && (bits >> 16) % 3 == 0 ? offence->fine_cents / 2 : 0;

  if (!offence->paid)
    return;
  write_payment (rows, citizen, number, day, offence->fine_cents - second, bits);
  if (second > 0)
    write_payment (rows, citizen, number, MIN (day + 30, today), second, bits >> 4);
}

static void
write_penalty (PltDemoRows          *rows,
               const PltDemoCitizen *citizen,
               const char           *number,
               const char           *kind,
               int                   decided,
               const char           *detail)
{
  plt_demo_rows_begin_row (rows, 5);
  plt_demo_rows_add_text (rows, number);
  plt_demo_rows_add_text (rows, citizen->records[PLT_DEMO_INFRINGEMENT].id_number);
  plt_demo_rows_add_text (rows, kind);
  plt_demo_rows_add_day (rows, decided);
  plt_demo_rows_add_text (rows, detail);
}

static void
write_suspension (PltDemoRows          *rows,
                  const PltDemoCitizen *citizen,
                  const char           *number,
                  int                   starts,
                  int                   ends,
                  const char           *categories,
                  const char           *conditions)
{
  plt_demo_rows_begin_row (rows, 6);
  plt_demo_rows_add_text (rows, citizen->records[PLT_DEMO_INFRINGEMENT].id_number);
  plt_demo_rows_add_text (rows, number);
  plt_demo_rows_add_day (rows, starts);
  plt_demo_rows_add_day (rows, ends);
  plt_demo_rows_add_text (rows, categories);
  plt_demo_rows_add_text (rows, conditions);
}

static void
write_withdrawal (PltDemoRows           tables[PLT_DEMO_N_TABLES],
                  const PltDemoCitizen *citizen,
                  const char           *number,
                  int                   decided)
{
  write_penalty (&tables[PLT_DEMO_PENALTY], citizen, number, "WITHDRAWAL", decided,
                 "Licence withdrawn; to be acquired anew");
  write_suspension (&tables[PLT_DEMO_SUSPENSION], citizen, number, decided, PLT_DEMO_NO_DAY,
                    citizen->withdrawn, "New tests of theory and practice");
}

/* A ban that goes on, or one that is over. */
static void
write_ban (PltDemoRows           tables[PLT_DEMO_N_TABLES],
           const PltDemoCitizen *citizen,
           const char           *number,
           int                   decided,
           int                   ends)
{
  write_penalty (&tables[PLT_DEMO_PENALTY], citizen, number, "BAN", decided,
                 "Driving ban and course on alcohol");
  write_suspension (&tables[PLT_DEMO_SUSPENSION], citizen, number, decided, ends, "ALL",
                    "Course completed and medical report");
}

static void
write_consequences (PltDemoRows           tables[PLT_DEMO_N_TABLES],
                    const PltDemoCitizen *citizen,
                    int                   nth,
                    const char           *number,
                    int                   today,
                    guint64               bits)
{
  const PltDemoOffence *offence = &citizen->offences[nth];
  int decided = MIN (offence->committed + 5 + (int) (bits % 25), today - 1);
  gboolean grave = offence->points >= 6;

  if (grave && nth == 0 && citizen->suspended_until != PLT_DEMO_NO_DAY)
    write_ban (tables, citizen, number, decided, citizen->suspended_until);
  else if (grave && nth == 0 && g_strcmp0 (citizen->withdrawn, "ALL") == 0)
    write_withdrawal (tables, citizen, number, decided);
  else if (grave)
    write_ban (tables, citizen, number, MIN (decided, today - 3),
               MIN (decided + BAN_DAYS, today - 2));
  else if (offence->points == 3 && (bits >> 8) % 3 == 0)
    write_penalty (&tables[PLT_DEMO_PENALTY], citizen, number, "COURSE", decided,
                   "Course on speed, to be attended within three months");
  else if (!offence->paid && today - offence->committed > 200)
    write_penalty (&tables[PLT_DEMO_PENALTY], citizen, number, "COURT", today - 100,
                   "Summons because the fine was not paid");
}

static void
write_cases (PltDemoRows           tables[PLT_DEMO_N_TABLES],
             const PltDemoCitizen *citizen,
             const PltDemoWorld   *world)
{
  PltDemoRandom random = plt_demo_random_new (world->seed, CASE_STREAM | citizen->index);

  for (int i = 0; i < citizen->n_offences; i++)
    {
      const PltDemoOffence *offence = &citizen->offences[i];
      guint64 bits = plt_demo_random_next (&random);
      char number[15];

      write_case_number (number, citizen, i, offence->committed);
      write_case (&tables[PLT_DEMO_CASE], citizen, offence, number);
      write_payments (&tables[PLT_DEMO_PAYMENT], citizen, offence, number, world->today, bits);
      write_consequences (tables, citizen, i, number, world->today, bits >> 24);
    }
}

void
plt_demo_write_infringement (PltDemoRows           tables[PLT_DEMO_N_TABLES],
                             const PltDemoCitizen *citizen,
                             const PltDemoWorld   *world)
{
  if (!citizen->records[PLT_DEMO_INFRINGEMENT].known)
    return;
  write_offender (&tables[PLT_DEMO_OFFENDER], citizen);
  write_cases (tables, citizen, world);
  /* A court may withdraw one category without any case on the road. */
  if (citizen->withdrawn != NULL && !g_str_equal (citizen->withdrawn, "ALL"))
    {
      char number[15];

      write_case_number (number, citizen, CASES_OF_ONE - 1, world->today - 60);
      write_withdrawal (tables, citizen, number, world->today - 60);
    }
}
