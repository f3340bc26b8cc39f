/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The virtual card printer: what each of its faults does to the plastic, and what the print system says of the
 * job meanwhile; that it counts what it has, and that a power cut takes no plastic away. */
#include "plt-demo-machine.h"
#include "plt-demo-printer.h"
#include "print-office.h"

#include <string.h>

static PrintOffice *office;
static guint n_seen;

static char *
tell (const char *first,
      const char *second,
      const char *third)
{
  const char *words[] = { first, second, third, NULL };
  g_autoptr (GError) error = NULL;
  char *answer = plt_demo_printer_tell (office->folder, plt_demo_printer_get_queue (), words, &error);

  g_assert_no_error (error);
  return answer;
}

static void
do_tell (const char *first,
         const char *second,
         const char *third)
{
  g_free (tell (first, second, third));
}

static int
start_card (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) card = print_office_new_card ("FRONT");
  g_autoptr (PltPrintJob) job = print_create (office, name, &error);

  g_assert_no_error (error);
  print_send (office, job->id, card, &error);
  g_assert_no_error (error);
  return job->id;
}

/* What has left the hopper since it was asked last: “B00000001 front back output; …”. */
static char *
describe_plastic (void)
{
  g_autoptr (GPtrArray) list = plt_demo_printer_list_plastic (office->folder);
  GString *text = g_string_new (NULL);

  for (; n_seen < list->len; n_seen++)
    {
      const PltDemoPlastic *plastic = g_ptr_array_index (list, n_seen);

      g_string_append_printf (text, "%s%s%s%s%s%s %s", text->len > 0 ? "; " : "", plastic->serial,
                              plastic->front ? " front" : "", plastic->back ? " back" : "",
                              *plastic->alter != '\0' ? " " : "", plastic->alter, plastic->tray);
    }
  return g_string_free (text, FALSE);
}

static void
assert_plastic (const char *expected)
{
  g_autofree char *found = describe_plastic ();

  g_assert_cmpstr (found, ==, expected);
}

static PltJobState
await_end (int id)
{
  gint64 deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  PltJobState state = PLT_JOB_STATE_PROCESSING;

  while (state < PLT_JOB_STATE_CANCELED && g_get_monotonic_time () < deadline)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PltPrintJob) job = print_find (office, id, NULL, &error);

      g_assert_no_error (error);
      state = job->state;
    }
  return state;
}

/* “Completed” is what the print system says of nearly all of them: only the plastic tells. */
static void
test_completed_and_wrong (void)
{
  static const struct
  {
    const char *fault;
    const char *plastic;
  } cases[] = {
    { NULL, "B00000001 front back output" },
    { "colour-shift", "B00000002 front back colour-shift output" },
    { "smear", "B00000003 front back smear output" },
    { "double-feed", "B00000004 front back output; B00000005 output" },
    { "wrong-hopper", "B90000001 front back output" },
    { "no-card", "" },
    { "repeat", "B00000006 front back output; B00000007 front back output" },
    { "slow:100", "B00000008 front back output" },
  };

  do_tell ("load", "B00000001", "B00000012");
  do_tell ("load", "ribbon", "100");
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("platen:WRONG:%zu", i);

      if (cases[i].fault != NULL)
        do_tell ("plan", cases[i].fault, NULL);
      print_await_job (office, start_card (name), PLT_JOB_STATE_COMPLETED, NULL);
      assert_plastic (cases[i].plastic);
    }
}

static void
assert_status (const char *part)
{
  g_autofree char *status = tell ("status", NULL, NULL);

  if (strstr (status, part) == NULL)
    g_error ("“%s” is not in %s", part, status);
}

/* The card is lost and the printer waits for a person. It says aborted then; the back end “ipp” of CUPS 2.4 makes
 * “canceled” of that or, when it asks too late, even “completed”. */
static void
test_stops (void)
{
  int id;

  do_tell ("plan", "jam", NULL);
  id = start_card ("platen:JAM:1");
  print_await_job (office, id, PLT_JOB_STATE_PROCESSING, "ard jam");
  assert_status ("\"inside\":true");
  do_tell ("clear", NULL, NULL);
  g_assert_cmpint (await_end (id), >=, PLT_JOB_STATE_CANCELED);
  assert_plastic ("B00000009 front reject");

  do_tell ("plan", "ribbon-out", NULL);
  id = start_card ("platen:RIBBON:1");
  print_await_job (office, id, PLT_JOB_STATE_PROCESSING, "ibbon empty");
  assert_status ("\"ribbon\":0");
  do_tell ("load", "ribbon", "50");
  g_assert_cmpint (await_end (id), >=, PLT_JOB_STATE_CANCELED);
  assert_plastic ("B00000010 front reject");
}

static void
switch_on (void)
{
  g_autoptr (GError) error = NULL;

  while (plt_demo_printer_is_on (office->folder, plt_demo_printer_get_queue ()))
    g_usleep (20000);
  plt_demo_printer_switch (office->folder, plt_demo_printer_get_queue (), TRUE, &error);
  g_assert_no_error (error);
}

/* It knows no job afterwards, which CUPS calls completed; what was inside is in a tray. */
static void
test_power_cuts (void)
{
  int id;

  do_tell ("plan", "power-cut-out", NULL);
  id = start_card ("platen:POWER:1");
  switch_on ();
  g_assert_cmpint (await_end (id), >=, PLT_JOB_STATE_CANCELED);
  assert_plastic ("B00000011 front back output");

  do_tell ("load", "B00000013", "B00000020");
  do_tell ("plan", "power-cut-again", NULL);
  id = start_card ("platen:POWER:2");
  switch_on ();
  g_assert_cmpint (await_end (id), >=, PLT_JOB_STATE_CANCELED);
  assert_plastic ("B00000012 front reject; B00000013 front back output");
}

static void
test_empty (void)
{
  int id;

  do_tell ("unload", NULL, NULL);
  assert_status ("\"blanks\":0");
  assert_status ("media-empty");
  id = start_card ("platen:EMPTY:1");
  print_await_job (office, id, PLT_JOB_STATE_PROCESSING, "ard feeder empty");
  do_tell ("load", "B00000101", "B00000101");
  print_await_job (office, id, PLT_JOB_STATE_COMPLETED, NULL);
  assert_plastic ("B00000101 front back output");
}

/* It refuses connections while it prints; the print system waits, and the card comes once. */
static void
test_offline (void)
{
  int id;

  do_tell ("load", "B00000102", "B00000102");
  do_tell ("offline", "yes", NULL);
  id = start_card ("platen:OFFLINE:1");
  print_await_job (office, id, PLT_JOB_STATE_PROCESSING, NULL);
  assert_plastic ("");
  do_tell ("none", NULL, NULL);
  g_assert_cmpint (await_end (id), ==, PLT_JOB_STATE_COMPLETED);
  assert_plastic ("B00000102 front back output");
}

/* The same lines with the same seed are the same faults. */
static void
test_schedule (void)
{
  const char *words[] = { "schedule", "seed 7", "at 1 smear", "chance 1 colour-shift", NULL };
  g_autoptr (GError) error = NULL;

  g_free (plt_demo_printer_tell (office->folder, plt_demo_printer_get_queue (), words, &error));
  g_assert_no_error (error);
  do_tell ("load", "B00000103", "B00000104");
  print_await_job (office, start_card ("platen:SCHEDULE:1"), PLT_JOB_STATE_COMPLETED, NULL);
  print_await_job (office, start_card ("platen:SCHEDULE:2"), PLT_JOB_STATE_COMPLETED, NULL);
  assert_plastic ("B00000103 front back smear output; B00000104 front back colour-shift output");

  const char *nonsense[] = { "schedule", "at noon jam", NULL };
  g_assert_null (plt_demo_printer_tell (office->folder, plt_demo_printer_get_queue (), nonsense, &error));
  g_assert_nonnull (error);
}

int
main (int    argc,
      char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  office = print_office_new ();
  g_test_add_func ("/print/plastic/completed-and-wrong", test_completed_and_wrong);
  g_test_add_func ("/print/plastic/stops", test_stops);
  g_test_add_func ("/print/plastic/power-cuts", test_power_cuts);
  g_test_add_func ("/print/plastic/empty", test_empty);
  g_test_add_func ("/print/plastic/offline", test_offline);
  g_test_add_func ("/print/plastic/schedule", test_schedule);
  result = g_test_run ();
  print_office_free (office);
  return result;
}
