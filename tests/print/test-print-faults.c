/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Printer and scheduler in trouble: no card is lost unnoticed, and none comes twice. */
#include "plt-test-heart.h"
#include "print-office.h"

#include <glib/gstdio.h>
#include <string.h>

static PrintOffice *office;

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

static void
test_fault_waits (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) printers = NULL;
  guint before = print_count_cards (office);
  int severity = 0;
  int id;

  plt_demo_printer_set_fault (office->folder, "media-empty,cover-open", &error);
  g_assert_no_error (error);
  id = start_card ("platen:FAULT:1");
  print_await_job (office, id, PLT_JOB_STATE_PROCESSING, "ard feeder empty");
  print_await_job (office, id, PLT_JOB_STATE_PROCESSING, "over open");
  printers = print_list (office, &error);
  g_object_get (printers->pdata[0], "severity", &severity, NULL);

  g_assert_nonnull (strstr (plt_printer_get_state_text (printers->pdata[0]), "; "));
  g_assert_cmpint (severity, >=, 2);
  g_assert_cmpuint (print_count_cards (office), ==, before);

  plt_demo_printer_set_fault (office->folder, NULL, &error);
  print_await_job (office, id, PLT_JOB_STATE_COMPLETED, NULL);
  g_assert_cmpuint (print_count_cards (office), ==, before + 1);
}

/* What holds a job up is said in the words of its printer's make. */
static void
test_words_of_make (void)
{
  g_autofree char *folder = g_build_filename (office->folder, "profiles", NULL);
  g_autofree char *path = g_build_filename (folder, "utopia.ini", NULL);
  const char *const folders[] = { folder, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (PltPrintJob) named = NULL;
  int id;

  g_mkdir (folder, 0755);
  g_assert_true (g_file_set_contents (path, "[profile]\nformat = 1\ntitle = Utopia\n[match]\ndevice-uri = ipp://127*;ipp://localhost*\n"
                                      "[jam]\nplace = lift the blue lever\n"
                                      "[reasons]\nmedia-empty = error: Put cards into the drawer\n", -1, NULL));
  plt_print_server_set_profile_folders (office->server, folders);
  plt_demo_printer_set_fault (office->folder, "media-empty,media-jam", &error);
  g_assert_no_error (error);
  id = start_card ("platen:MAKE:1");
  print_await_job (office, id, PLT_JOB_STATE_PROCESSING, "ut cards into the drawer");
  print_await_job (office, id, PLT_JOB_STATE_PROCESSING, "ard jam: lift the blue lever");
  named = print_find (office, 0, "platen:MAKE:1", &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (named->state_text, "lift the blue lever"));

  /* A profile that is not right hides no job. */
  g_assert_true (g_file_set_contents (path, "[nonsense]\n", -1, NULL));
  print_await_job (office, id, PLT_JOB_STATE_PROCESSING, "ard feeder empty");
  plt_print_server_set_profile_folders (office->server, NULL);
  plt_demo_printer_set_fault (office->folder, NULL, &error);
  print_await_job (office, id, PLT_JOB_STATE_COMPLETED, NULL);
}

static void
enable_queue (void)
{
  g_autofree char *address = plt_demo_printer_get_scheduler (office->folder);
  const char *argv[] = { "/usr/sbin/cupsenable", "-h", address, plt_demo_printer_get_queue (),
                         NULL };
  g_autoptr (GSubprocess) process = g_subprocess_newv (argv, 0, NULL);

  g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
}

/* Whoever stops a queue while it prints, and lets it go, makes its scheduler print the card from the start. */
static void
test_begun_again (void)
{
  g_autofree char *address = plt_demo_printer_get_scheduler (office->folder);
  const char *argv[] = { "/usr/sbin/cupsdisable", "-h", address, plt_demo_printer_get_queue (), NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (PltPrintJob) before = NULL;
  g_autoptr (PltPrintJob) after = NULL;
  int id;

  plt_demo_printer_set_fault (office->folder, "media-jam", &error);
  g_assert_no_error (error);
  id = start_card ("platen:AGAIN:1");
  print_await_job (office, id, PLT_JOB_STATE_PROCESSING, "ard jam");
  before = print_find (office, id, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (before->repeated);
  process = g_subprocess_newv (argv, 0, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
  print_await_job (office, id, PLT_JOB_STATE_PENDING, NULL);
  g_usleep (1100 * 1000); /* the scheduler tells whole seconds */
  plt_demo_printer_set_fault (office->folder, NULL, &error);
  g_assert_no_error (error);
  enable_queue ();
  print_await_job (office, id, PLT_JOB_STATE_COMPLETED, NULL);
  after = print_find (office, id, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (after->repeated);
}

/* The printer says aborted; the back end “ipp” of CUPS 2.4 makes “canceled” of that, or, when the
 * printer was done before it asked, “completed”. No second try by itself, and the queue goes on. */
static void
test_fails_without_card (void)
{
  g_autoptr (GError) error = NULL;
  guint before = print_count_cards (office);
  gint64 deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  PltJobState state = PLT_JOB_STATE_PROCESSING;
  int id;

  plt_demo_printer_fail_next (office->folder, &error);
  g_assert_no_error (error);
  id = start_card ("platen:ABORT:1");
  while ((state == PLT_JOB_STATE_PROCESSING || state == PLT_JOB_STATE_PENDING)
         && g_get_monotonic_time () < deadline)
    {
      g_autoptr (PltPrintJob) job = print_find (office, id, NULL, &error);

      g_assert_no_error (error);
      state = job->state;
    }
  g_assert_cmpint (state, >=, PLT_JOB_STATE_CANCELED);
  g_assert_cmpuint (print_count_cards (office), ==, before);

  print_await_job (office, start_card ("platen:ABORT:2"), PLT_JOB_STATE_COMPLETED, NULL);
  g_assert_cmpuint (print_count_cards (office), ==, before + 1);
}

/* Asks until the scheduler has done with the job, enabling the queue when it has stopped. */
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
      if (state == PLT_JOB_STATE_STOPPED || state == PLT_JOB_STATE_PENDING)
        enable_queue ();
    }
  return state;
}

/* The printer forgets the job with its power, and CUPS 2.4 then calls it completed: no card, and
 * certainly not two. Whether one came out is for the clerk and the read-back to say. */
static void
test_power_lost_mid_card (void)
{
  g_autoptr (GError) error = NULL;
  guint before = print_count_cards (office);
  int id;

  plt_demo_printer_set_fault (office->folder, "media-jam", &error);
  g_assert_no_error (error);
  id = start_card ("platen:POWER:1");
  print_await_job (office, id, PLT_JOB_STATE_PROCESSING, "ard jam");
  plt_demo_printer_kill_part (office->folder, PLT_DEMO_PRINTER_DEVICE, &error);
  g_assert_no_error (error);
  plt_demo_printer_set_fault (office->folder, NULL, &error);
  g_assert_no_error (error);
  plt_demo_printer_restart_part (office->folder, PLT_DEMO_PRINTER_DEVICE, &error);
  g_assert_no_error (error);

  g_assert_cmpint (await_end (id), >=, PLT_JOB_STATE_CANCELED);
  g_assert_cmpuint (print_count_cards (office), ==, before);
  /* the next card comes as if nothing had been */
  print_await_job (office, start_card ("platen:POWER:2"), PLT_JOB_STATE_COMPLETED, NULL);
  g_assert_cmpuint (print_count_cards (office), ==, before + 1);
}

/* A job that is sent while the printer is off waits for it and comes once. */
static void
test_waits_for_printer (void)
{
  g_autoptr (GError) error = NULL;
  guint before = print_count_cards (office);
  int id;

  plt_demo_printer_kill_part (office->folder, PLT_DEMO_PRINTER_DEVICE, &error);
  g_assert_no_error (error);
  id = start_card ("platen:OFF:1");
  print_await_job (office, id, PLT_JOB_STATE_PROCESSING, NULL);
  plt_demo_printer_restart_part (office->folder, PLT_DEMO_PRINTER_DEVICE, &error);
  g_assert_no_error (error);

  g_assert_cmpint (await_end (id), ==, PLT_JOB_STATE_COMPLETED);
  g_assert_cmpuint (print_count_cards (office), ==, before + 1);
}

static void
test_scheduler_dies_between (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) card = print_office_new_card ("FRONT");
  guint before = print_count_cards (office);
  g_autoptr (PltPrintJob) job = print_create (office, "platen:CRASH:1", &error);
  g_autoptr (PltPrintJob) found = NULL;

  g_assert_no_error (error);
  plt_demo_printer_kill_part (office->folder, PLT_DEMO_PRINTER_SCHEDULER, &error);
  g_assert_no_error (error);
  g_assert_false (print_send (office, job->id, card, &error));
  g_assert_error (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_OFFLINE);
  g_clear_error (&error);

  plt_demo_printer_restart_part (office->folder, PLT_DEMO_PRINTER_SCHEDULER, &error);
  g_assert_no_error (error);
  found = print_find (office, 0, "platen:CRASH:1", &error);
  g_assert_no_error (error);
  g_test_message ("found %d in state %d: %s", found->id, (int) found->state, found->state_text);
  if (found->state == PLT_JOB_STATE_UNKNOWN)
    {
      /* It had not been written down: nothing can have been printed, so it is begun anew. */
      g_clear_pointer (&found, plt_print_job_free);
      found = print_create (office, "platen:CRASH:1", &error);
      g_assert_no_error (error);
    }
  print_send (office, found->id, card, &error);
  g_assert_no_error (error);
  print_await_job (office, found->id, PLT_JOB_STATE_COMPLETED, NULL);
  g_assert_cmpuint (print_count_cards (office), ==, before + 1);
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Takes @server. The thread that asked lets go of it a moment after its answer was told. */
static void
await_finalized (PltPrintServer *server)
{
  gpointer left = server;
  gint64 deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  guint wake = g_timeout_add (10, wake_cb, NULL);

  g_object_add_weak_pointer (G_OBJECT (server), &left);
  g_object_unref (server);
  while (g_atomic_pointer_get (&left) != NULL && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (wake);
  g_assert_null (left);
}

/* A listener whose queue is full takes no further connection and refuses none: like a host behind
 * a firewall. Returns: the longest standstill of the main loop, in microseconds */
static gint64
ask_in_vain (void)
{
  g_autoptr (GSocket) listener = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                                              G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;
  PrintOffice nowhere = { NULL, NULL };
  gint64 start = g_get_monotonic_time ();
  PltTestHeart *heart;
  gint64 longest;

  g_assert_true (g_socket_bind (listener, any, FALSE, NULL));
  g_socket_set_listen_backlog (listener, 1);
  g_assert_true (g_socket_listen (listener, NULL));
  bound = g_socket_get_local_address (listener, NULL);
  address = g_strdup_printf ("127.0.0.1:%u",
                             g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  nowhere.server = plt_print_server_new (address);
  heart = plt_test_heart_start ();
  g_assert_null (print_list (&nowhere, &error));
  longest = plt_test_heart_stop (heart);

  g_assert_error (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_OFFLINE);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 25 * G_USEC_PER_SEC);
  await_finalized (nowhere.server);
  return longest;
}

static void
test_unreachable (void)
{
  gint64 best = G_MAXINT64;

  for (int i = 0; i < PLT_TEST_HEART_TRIES && best >= PLT_TEST_STANDSTILL_US; i++)
    best = MIN (best, ask_in_vain ());
  g_assert_cmpint (best, <, PLT_TEST_STANDSTILL_US);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  office = print_office_new ();
  g_test_add_func ("/print/fault/waits-and-goes-on", test_fault_waits);
  g_test_add_func ("/print/fault/words-of-make", test_words_of_make);
  g_test_add_func ("/print/fault/begun-again", test_begun_again);
  g_test_add_func ("/print/fault/failure-makes-no-card", test_fails_without_card);
  g_test_add_func ("/print/fault/power-loss-makes-no-second-card", test_power_lost_mid_card);
  g_test_add_func ("/print/fault/waits-for-printer", test_waits_for_printer);
  g_test_add_func ("/print/fault/scheduler-dies-before-send", test_scheduler_dies_between);
  g_test_add_func ("/print/fault/scheduler-unreachable", test_unreachable);
  status = g_test_run ();
  print_office_free (office);
  return status;
}
