/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes are told by events of a real scheduler, soon, without those that nobody sees. */
#include "plt-print-watch.h"
#include "print-office.h"

static PrintOffice *office;

/* What a watch has told. */
typedef struct
{
  PltPrintWatch *watch;
  GPtrArray     *printers; /* destinations in their order, "" for any */
  GArray        *jobs;     /* ids in their order, 0 for any */
} Heard;

static void
printer_changed_cb (Heard      *heard,
                    const char *destination)
{
  g_ptr_array_add (heard->printers, g_strdup (destination));
}

static void
job_changed_cb (Heard *heard,
                int    job_id)
{
  g_array_append_val (heard->jobs, job_id);
}

static void
forget (Heard *heard)
{
  g_ptr_array_set_size (heard->printers, 0);
  g_array_set_size (heard->jobs, 0);
}

/* Takes @watch. */
static Heard *
heard_new (PltPrintWatch *watch)
{
  Heard *heard = g_new0 (Heard, 1);

  heard->watch = watch;
  heard->printers = g_ptr_array_new_with_free_func (g_free);
  heard->jobs = g_array_new (FALSE, FALSE, sizeof (int));
  g_signal_connect_swapped (watch, "printer-changed", G_CALLBACK (printer_changed_cb), heard);
  g_signal_connect_swapped (watch, "job-changed", G_CALLBACK (job_changed_cb), heard);
  return heard;
}

static void
heard_free (Heard *heard)
{
  g_signal_handlers_disconnect_by_data (heard->watch, heard);
  g_object_unref (heard->watch);
  g_ptr_array_unref (heard->printers);
  g_array_unref (heard->jobs);
  g_free (heard);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Heard, heard_free)

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

typedef gboolean (*Condition) (Heard *heard);

/* Returns: the seconds until @condition held; fails after twenty */
static double
await_condition (Heard     *heard,
                 Condition  condition)
{
  gint64 begin = g_get_monotonic_time ();
  guint tick = g_timeout_add (20, tick_cb, NULL);

  while (!condition (heard))
    {
      g_assert_cmpint (g_get_monotonic_time () - begin, <, 20 * G_USEC_PER_SEC);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (tick);
  return (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
}

static gboolean
has_events (Heard *heard)
{
  return plt_print_watch_by_events (heard->watch);
}

static gboolean
has_none (Heard *heard)
{
  return !plt_print_watch_by_events (heard->watch);
}

static gboolean
has_printer (Heard *heard)
{
  return heard->printers->len > 0;
}

static gboolean
has_all (Heard *heard)
{
  return heard->printers->len > 0 && g_str_equal (heard->printers->pdata[heard->printers->len - 1], "");
}

static void
run_tool (const char *tool)
{
  g_autofree char *address = plt_demo_printer_get_scheduler (office->folder);
  const char *argv[] = { tool, "-h", address, plt_demo_printer_get_queue (), NULL };
  g_autoptr (GSubprocess) process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_NONE, NULL);

  g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
}

static Heard *
listen_to_office (void)
{
  Heard *heard = heard_new (plt_print_server_watch (office->server));

  await_condition (heard, has_events);
  g_assert_true (has_all (heard)); /* whatever was before is asked for */
  forget (heard);
  return heard;
}

static void
test_shared (void)
{
  g_autoptr (PltPrintWatch) one = plt_print_server_watch (office->server);
  g_autoptr (PltPrintWatch) two = plt_print_server_watch (office->server);

  g_assert_true (one == two);
}

static void
test_tells_soon (void)
{
  g_autoptr (Heard) heard = listen_to_office ();
  double seconds;

  run_tool ("/usr/sbin/cupsdisable");
  seconds = await_condition (heard, has_printer);
  g_assert_cmpstr (heard->printers->pdata[0], ==, plt_demo_printer_get_queue ());
  g_test_message ("told after %.2f s", seconds);
  g_assert_cmpfloat (seconds, <, 3); /* half a second on a machine that is not busy */

  forget (heard);
  run_tool ("/usr/sbin/cupsenable");
  await_condition (heard, has_printer);
}

/* One card: a dozen events. Of the job its states are told, and of the printer what can be seen. */
static void
test_filters (void)
{
  g_autoptr (Heard) heard = listen_to_office ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) card = print_office_new_card ("FRONT");
  g_autoptr (PltPrintJob) job = print_create (office, "platen:WATCH:1", &error);
  gint64 quiet_since;

  g_assert_no_error (error);
  print_send (office, job->id, card, &error);
  g_assert_no_error (error);
  print_await_job (office, job->id, PLT_JOB_STATE_COMPLETED, NULL);
  quiet_since = g_get_monotonic_time ();
  for (guint tick = g_timeout_add (20, tick_cb, NULL); tick > 0;)
    {
      g_main_context_iteration (NULL, TRUE);
      if (g_get_monotonic_time () - quiet_since > 3 * G_USEC_PER_SEC / 2)
        tick = (g_source_remove (tick), 0);
    }

  g_test_message ("printer %u, job %u", heard->printers->len, heard->jobs->len);
  g_assert_cmpuint (heard->jobs->len, >=, 1);
  g_assert_cmpuint (heard->jobs->len, <=, 4); /* held, pending, processing, completed */
  g_assert_cmpint (g_array_index (heard->jobs, int, heard->jobs->len - 1), ==, job->id);
  g_assert_cmpuint (heard->printers->len, >=, 1);
  g_assert_cmpuint (heard->printers->len, <=, 5);
}

/* The subscription goes with the scheduler, and is made again with it. */
static void
test_scheduler_back (void)
{
  g_autoptr (Heard) heard = listen_to_office ();
  g_autoptr (GError) error = NULL;

  plt_demo_printer_kill_part (office->folder, PLT_DEMO_PRINTER_SCHEDULER, &error);
  g_assert_no_error (error);
  await_condition (heard, has_none);
  g_assert_true (has_all (heard)); /* those who show printers shall see that they are gone */
  forget (heard);

  plt_demo_printer_restart_part (office->folder, PLT_DEMO_PRINTER_SCHEDULER, &error);
  g_assert_no_error (error);
  await_condition (heard, has_events);
  g_assert_true (has_all (heard));
  forget (heard);

  run_tool ("/usr/sbin/cupsdisable");
  await_condition (heard, has_printer);
  run_tool ("/usr/sbin/cupsenable");
}

/* A printer that is asked without a scheduler knows no subscriptions: it is left to polling. */
static void
test_without_subscriptions (void)
{
  g_autofree char *port = print_office_dup_state (office, "device", "port");
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%s", port);
  g_autoptr (Heard) heard = NULL;
  guint tick = g_timeout_add (20, tick_cb, NULL);
  gint64 begin = g_get_monotonic_time ();

  heard = heard_new (plt_print_watch_new (address));
  while (g_get_monotonic_time () - begin < G_USEC_PER_SEC)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  g_assert_false (plt_print_watch_by_events (heard->watch));
  g_assert_cmpuint (heard->printers->len, ==, 0);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  GAsyncResult **answer = user_data;

  *answer = g_object_ref (result);
}

static char *
call_witness (PltPrintServer *server)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *name;

  plt_print_server_call_witness_async (server, plt_demo_printer_get_queue (), NULL, answered_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  name = plt_print_server_call_witness_finish (server, result, &error);
  g_assert_no_error (error);
  return name;
}

static PltPrintLife
ask_witness (PltPrintServer *server,
             const char     *name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  PltPrintLife life = PLT_PRINT_LIFE_UNKNOWN;

  plt_print_server_ask_witness_async (server, name, NULL, answered_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  plt_print_server_ask_witness_finish (server, result, &life, &error);
  g_assert_no_error (error);
  return life;
}

static void
live_again (void)
{
  g_autoptr (GError) error = NULL;

  plt_demo_printer_kill_part (office->folder, PLT_DEMO_PRINTER_SCHEDULER, &error);
  g_assert_no_error (error);
  plt_demo_printer_restart_part (office->folder, PLT_DEMO_PRINTER_SCHEDULER, &error);
  g_assert_no_error (error);
}

/* Nobody who looks has seen the scheduler die: its witness tells, whether it was written down before or not. */
static void
test_witness (void)
{
  g_autofree char *address = plt_demo_printer_get_scheduler (office->folder);
  g_autoptr (PltPrintServer) server = plt_print_server_new (address);
  g_autofree char *first = call_witness (server);
  g_autofree char *same = call_witness (server);
  g_autofree char *second = NULL;

  g_assert_cmpstr (first, !=, "");
  g_assert_cmpstr (same, ==, first);
  g_assert_cmpint (ask_witness (server, first), ==, PLT_PRINT_LIFE_SAME);
  g_assert_cmpint (ask_witness (server, "platen-witness-of-nobody"), ==, PLT_PRINT_LIFE_ANOTHER);
  live_again ();
  g_assert_cmpint (ask_witness (server, first), ==, PLT_PRINT_LIFE_ANOTHER);
  second = call_witness (server);
  g_assert_cmpstr (second, !=, first);
  g_assert_cmpint (ask_witness (server, second), ==, PLT_PRINT_LIFE_SAME);
  live_again ();
  g_assert_cmpint (ask_witness (server, first), ==, PLT_PRINT_LIFE_ANOTHER);
  g_assert_cmpint (ask_witness (server, second), ==, PLT_PRINT_LIFE_ANOTHER);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  office = print_office_new ();
  g_test_add_func ("/print/watch/one-for-all", test_shared);
  g_test_add_func ("/print/watch/tells-soon", test_tells_soon);
  g_test_add_func ("/print/watch/tells-what-is-seen", test_filters);
  g_test_add_func ("/print/watch/scheduler-gone-and-back", test_scheduler_back);
  g_test_add_func ("/print/watch/without-subscriptions", test_without_subscriptions);
  g_test_add_func ("/print/watch/witness", test_witness);
  status = g_test_run ();
  print_office_free (office);
  return status;
}
