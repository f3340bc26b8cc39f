/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards through a real scheduler and an IPP printer that works. */
#include "print-office.h"

#include <string.h>

static PrintOffice *office;

static void
test_list (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) printers = print_list (office, &error);
  g_autofree char *reason = NULL;
  PltPrinter *printer;

  g_assert_no_error (error);
  g_assert_cmpuint (printers->len, ==, 1);
  printer = printers->pdata[0];
  g_object_get (printer, "unsuitable-reason", &reason, NULL);
  g_assert_cmpstr (reason, ==, NULL);
  g_assert_true (plt_printer_is_suitable (printer));
  g_assert_cmpstr (plt_printer_get_destination (printer), ==, plt_demo_printer_get_queue ());
  g_assert_cmpstr (plt_printer_get_title (printer), ==, "Utopia Card Printer");
  g_assert_cmpstr (plt_printer_get_state_text (printer), ==, "Ready");
}

static void
run_lpadmin (const char *queue,
             const char *option,
             const char *value)
{
  g_autofree char *address = plt_demo_printer_get_scheduler (office->folder);
  const char *argv[] = { "/usr/sbin/lpadmin", "-h", address, option, queue, value, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);

  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
}

static PltPrinter *
find_printer (GPtrArray  *printers,
              const char *destination)
{
  for (guint i = 0; i < printers->len; i++)
    if (g_str_equal (plt_printer_get_destination (printers->pdata[i]), destination))
      return printers->pdata[i];
  return NULL;
}

static void
test_unsuitable (void)
{
  const char *queue = plt_demo_printer_get_queue ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) printers = NULL;
  g_autofree char *repeats = NULL;
  g_autofree char *one_sided = NULL;

  run_lpadmin ("raw", "-p", "-vipp://localhost:9/ipp/print");
  run_lpadmin (queue, "-p", "-oprinter-error-policy=retry-job");
  printers = print_list (office, &error);
  run_lpadmin (queue, "-p", "-oprinter-error-policy=stop-printer");
  run_lpadmin ("raw", "-x", NULL);

  g_assert_no_error (error);
  g_object_get (find_printer (printers, queue), "unsuitable-reason", &repeats, NULL);
  g_object_get (find_printer (printers, "raw"), "unsuitable-reason", &one_sided, NULL);
  g_assert_nonnull (repeats);
  g_assert_nonnull (strstr (repeats, "print a card again by itself"));
  g_assert_nonnull (one_sided);
  g_assert_nonnull (strstr (one_sided, "both sides"));
}

/* The pages of a printed file as pdfinfo(1) measures them. */
static char *
describe_pages (const char *path)
{
  const char *argv[] = { "pdfinfo", "-f", "1", "-l", "9", path, NULL };
  g_autoptr (GSubprocess) process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
  char *output = NULL;

  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, NULL));
  return output;
}

static void
test_prints_once (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) card = print_office_new_card ("FRONT");
  guint before = print_count_cards (office);
  const char *name = "platen:UC-26-000123:Zoë ศรี";
  g_autoptr (PltPrintJob) job = print_create (office, name, &error);
  g_autoptr (PltPrintJob) done = NULL;
  g_autofree char *pages = NULL;
  g_autofree char *env_path = NULL;
  g_autofree char *env = NULL;
  g_auto (GStrv) cards = NULL;
  gsize length;

  g_assert_no_error (error);
  g_assert_cmpint (job->state, ==, PLT_JOB_STATE_HELD);
  g_assert_true (g_str_has_prefix (job->uuid, "urn:uuid:"));
  g_assert_cmpstr (job->name, ==, name);
  g_assert_cmpstr (job->printer, ==, plt_demo_printer_get_queue ());
  print_send (office, job->id, card, &error);
  g_assert_no_error (error);
  print_await_job (office, job->id, PLT_JOB_STATE_COMPLETED, NULL);

  /* once */
  cards = plt_demo_printer_list_printed (office->folder);
  g_assert_cmpuint (g_strv_length (cards), ==, before + 1);
  /* two pages of ID-1, turned by the filter to the portrait medium */
  pages = describe_pages (cards[before]);
  g_assert_nonnull (strstr (pages, "Pages:           2"));
  g_assert_nonnull (strstr (pages, "Page    1 size:  153.014 x 242.646 pts"));
  g_assert_nonnull (strstr (pages, "Page    2 size:  153.014 x 242.646 pts"));
  /* as asked */
  length = strlen (cards[before]);
  env_path = g_strdup_printf ("%.*s.env", (int) length - 4, cards[before]);
  g_assert_true (g_file_get_contents (env_path, &env, NULL, NULL));
  g_assert_nonnull (strstr (env, "IPP_SIDES=two-sided-short-edge"));
  g_assert_nonnull (strstr (env, "x-dimension=5398"));
  g_assert_nonnull (strstr (env, "y-dimension=8560"));
  g_assert_nonnull (strstr (env, "IPP_PRINT_COLOR_MODE=color"));

  /* a second send of the same job prints nothing */
  g_assert_false (print_send (office, job->id, card, &error));
  g_assert_error (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_REJECTED);
  g_clear_error (&error);
  /* found by its name after the number is forgotten */
  done = print_find (office, 0, name, &error);
  g_assert_no_error (error);
  g_assert_cmpint (done->id, ==, job->id);
  g_assert_cmpint (done->state, ==, PLT_JOB_STATE_COMPLETED);
  g_assert_cmpstr (done->uuid, ==, job->uuid);
}

static void
test_held_prints_nothing (void)
{
  g_autoptr (GError) error = NULL;
  guint before = print_count_cards (office);
  g_autoptr (GBytes) card = print_office_new_card ("NEXT");
  g_autoptr (PltPrintJob) held = print_create (office, "platen:HELD:1", &error);
  g_autoptr (PltPrintJob) next = print_create (office, "platen:NEXT:1", &error);
  g_autoptr (PltPrintJob) found = NULL;

  g_assert_no_error (error);
  print_send (office, next->id, card, &error);
  g_assert_no_error (error);
  print_await_job (office, next->id, PLT_JOB_STATE_COMPLETED, NULL);
  found = print_find (office, held->id, "platen:HELD:1", &error);
  g_assert_cmpint (found->state, ==, PLT_JOB_STATE_HELD);
  g_assert_cmpuint (print_count_cards (office), ==, before + 1);

  g_assert_true (print_cancel (office, held->id, &error));
  print_await_job (office, held->id, PLT_JOB_STATE_CANCELED, NULL);
}

static void
test_find_unknown (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PltPrintJob) by_name = print_find (office, 0, "platen:NEVER:1", &error);
  g_autoptr (PltPrintJob) by_id = print_find (office, 99999, NULL, &error);
  g_autoptr (PltPrintJob) other = print_find (office, 1, "platen:NEVER:1", &error);

  g_assert_no_error (error);
  g_assert_cmpint (by_name->state, ==, PLT_JOB_STATE_UNKNOWN);
  g_assert_cmpint (by_id->state, ==, PLT_JOB_STATE_UNKNOWN);
  /* the number exists, but it is another's */
  g_assert_cmpint (other->state, ==, PLT_JOB_STATE_UNKNOWN);
}

static void
created_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GError **error = user_data;
  g_autoptr (PltPrintJob) job =
    plt_print_server_create_job_finish (PLT_PRINT_SERVER (object), result, error);

  g_assert_null (job);
}

static void
test_no_printer (void)
{
  g_autoptr (GError) error = NULL;

  plt_print_server_create_job_async (office->server, "no-such-queue", "platen:X:1", NULL,
                                     created_cb, &error);
  while (error == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_NO_PRINTER);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  office = print_office_new ();
  g_test_add_func ("/print/list/describes-printer", test_list);
  g_test_add_func ("/print/list/says-why-unsuitable", test_unsuitable);
  g_test_add_func ("/print/job/prints-once-as-asked", test_prints_once);
  g_test_add_func ("/print/job/held-prints-nothing", test_held_prints_nothing);
  g_test_add_func ("/print/job/unknown-is-no-error", test_find_unknown);
  g_test_add_func ("/print/job/no-such-printer", test_no_printer);
  status = g_test_run ();
  print_office_free (office);
  return status;
}
