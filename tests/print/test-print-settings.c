/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings of a real scheduler's queues that would bring a card twice, or another than was asked for;
 * and classes, whose members are chosen here. */
#include "print-office.h"

#include <glib/gstdio.h>
#include <string.h>

static PrintOffice *office;

/* @arguments: with blanks between them, behind lpadmin -h SERVER */
static void
run_lpadmin (const char *arguments)
{
  g_autofree char *address = plt_demo_printer_get_scheduler (office->folder);
  g_autofree char *line = g_strdup_printf ("/usr/sbin/lpadmin -h %s %s", address, arguments);
  g_auto (GStrv) argv = g_strsplit (line, " ", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv ((const char *const *) argv,
                                                       G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);

  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
}

static char *
get_text (const char *destination,
          const char *property)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) printers = print_list (office, &error);
  PltPrinter *printer;
  char *text = NULL;

  g_assert_no_error (error);
  printer = plt_printers_find (printers, destination);
  g_assert_nonnull (printer);
  g_object_get (printer, property, &text, NULL);
  return text;
}

static void
test_refused (void)
{
  const struct
  {
    const char *set;
    const char *unset;
    const char *words;
    const char *cure;
  } cases[] = {
    { "printer-error-policy=retry-job", "printer-error-policy=stop-printer",
      "print a card again by itself", "stop-printer" },
    { "printer-error-policy=retry-current-job", "printer-error-policy=abort-job",
      "print a card again by itself", "stop-printer" },
    { "copies-default=2", "copies-default=1", "several copies", "copies-default" },
    { "number-up-default=2", "number-up-default=1", "several pages", "number-up-default" },
    { "job-sheets-default=standard,none", "job-sheets-default=none,none", "banner pages",
      "none,none" },
    { "job-sheets-default=none,classified", "job-sheets-default=none,none", "banner pages",
      "none,none" },
    { "job-hold-until-default=night", "job-hold-until-default=no-hold", "holds everything back",
      "no-hold" },
    { "finishings-default=4", "finishings-default=3", "stapling", "finishings-default" },
    { "print-scaling-default=fit", "print-scaling-default=none", "scales everything",
      "print-scaling-default" },
    { "auth-info-required=username,password", "auth-info-required=none", "asks for a password", "lpadmin -p NAME" },
    { "auth-info-required=negotiate", "auth-info-required=none", "asks for Kerberos", "AuthType Basic" },
    { "mirror-default=true", "mirror-default=false", "mirror-default=true", "-R mirror-default" },
    { "page-ranges-default=1", NULL, "page-ranges-default=1", "-R page-ranges-default" },
    { "page-set-default=even", NULL, "page-set-default=even", "-R page-set-default" },
    { "fit-to-page-default=true", NULL, "fit-to-page-default=true", "-R fit-to-page-default" },
    { "scaling-default=90", "scaling-default=100", "scaling-default=90", "-R scaling-default" },
    { "orientation-requested-default=4", NULL, "orientation-requested-default=landscape",
      "-R orientation-requested-default" },
    { "page-border-default=single", "page-border-default=none", "page-border-default=single", "-R page-border-default" },
    { "outputorder-default=reverse", "outputorder-default=normal", "outputorder-default=reverse", "-R outputorder-default" },
    { "brightness-default=150", "brightness-default=100", "brightness-default=150", "-R brightness-default" },
  };
  const char *queue = plt_demo_printer_get_queue ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *set = g_strdup_printf ("-p %s -o %s", queue, cases[i].set);
      g_autofree char *unset = cases[i].unset != NULL ? g_strdup_printf ("-p %s -o %s", queue, cases[i].unset)
                                                      : g_strdup_printf ("-p %s %s", queue, cases[i].cure);
      g_autofree char *reason = NULL;
      g_autoptr (GError) error = NULL;

      run_lpadmin (set);
      reason = get_text (queue, "unsuitable-reason");
      /* and nothing is sent, whoever has not looked before */
      g_assert_null (print_create (office, "platen:REFUSED:1", &error));
      run_lpadmin (unset);
      g_assert_error (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_UNSUITABLE);
      g_assert_nonnull (strstr (error->message, cases[i].words));
      g_test_message ("%s: %s", cases[i].set, reason);
      g_assert_nonnull (reason);
      g_assert_nonnull (strstr (reason, cases[i].words));
      g_assert_nonnull (strstr (reason, cases[i].cure));
    }
  g_autofree char *none = get_text (queue, "unsuitable-reason");

  g_assert_cmpstr (none, ==, NULL);
}

/* Several at once are all told. */
static void
test_refused_together (void)
{
  const char *queue = plt_demo_printer_get_queue ();
  g_autofree char *reason = NULL;

  run_lpadmin ("-p card-printer -o copies-default=2 -o printer-error-policy=retry-job");
  reason = get_text (queue, "unsuitable-reason");
  run_lpadmin ("-p card-printer -o copies-default=1 -o printer-error-policy=stop-printer");
  g_assert_nonnull (strstr (reason, "again by itself"));
  g_assert_nonnull (strstr (reason, "several copies"));
}

/* A queue that passes cards on to another one is as good as that. Here both are of one server. */
static void
test_forwards (void)
{
  g_autofree char *address = plt_demo_printer_get_scheduler (office->folder);
  g_autofree char *add = g_strdup_printf (
    "-p forward -E -v ipp://%s/printers/card-printer -o printer-error-policy=stop-printer", address);
  g_autofree char *reason = NULL;
  g_autofree char *warning = NULL;
  g_autofree char *repeats = NULL;

  run_lpadmin ("-p card-printer -o printer-error-policy=retry-job");
  run_lpadmin (add);
  reason = get_text ("forward", "unsuitable-reason");
  run_lpadmin ("-p card-printer -o printer-error-policy=stop-printer");
  run_lpadmin ("-x forward");
  g_assert_nonnull (reason);
  g_assert_nonnull (strstr (reason, "passes cards on to the print server"));
  g_assert_nonnull (strstr (reason, "again by itself"));

  run_lpadmin ("-p away -E -v ipp://127.0.0.1:9/printers/x -o printer-error-policy=stop-printer");
  warning = get_text ("away", "warning");
  run_lpadmin ("-x away");
  g_assert_nonnull (strstr (warning, "could not be asked"));
}

/* A class that stands behind a queue, and one that stands behind two. */
static void
test_forwards_to_class (void)
{
  g_autofree char *address = plt_demo_printer_get_scheduler (office->folder);
  g_autofree char *add = g_strdup_printf (
    "-p forward -E -v ipp://%s/classes/behind -o printer-error-policy=stop-printer", address);
  g_autofree char *add_first = g_strdup_printf (
    "-p first -E -v ipp://%s/printers/forward -o printer-error-policy=stop-printer", address);
  g_autofree char *reason = NULL;
  g_autofree char *first_reason = NULL;

  run_lpadmin ("-p card-printer -c behind");
  run_lpadmin (add);
  run_lpadmin (add_first);
  reason = get_text ("forward", "unsuitable-reason");
  first_reason = get_text ("first", "unsuitable-reason");
  run_lpadmin ("-x first");
  run_lpadmin ("-x forward");
  run_lpadmin ("-x behind");
  g_assert_nonnull (reason);
  g_assert_nonnull (strstr (reason, "It is a class there"));
  g_assert_nonnull (first_reason);
  g_assert_nonnull (strstr (first_reason, "It is a class there"));
}

/* What the address of a device says to its back end. */
static void
test_address (void)
{
  const struct
  {
    const char *uri;
    const char *words; /* NULL: nothing of its address is wrong */
  } cases[] = {
    { "lpd://127.0.0.1:9/q?banner=on", "“banner”" },
    { "lpd://127.0.0.1:9/q?reserve=any&banner", "“banner”" },
    { "lpd://127.0.0.1:9/q?banner=off", NULL },
    { "ipp://127.0.0.1:9/ipp/print?waitjob=false", "“waitjob=false”" },
    { "ipp://127.0.0.1:9/ipp/print?waitjob=true", NULL },
    { "beh:/0/3/5/socket://127.0.0.1:9", "“beh”" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *add = g_strdup_printf ("-p device -E -v %s -o printer-error-policy=stop-printer", cases[i].uri);
      g_autofree char *reason = NULL;

      run_lpadmin (add);
      reason = get_text ("device", "unsuitable-reason");
      run_lpadmin ("-x device");
      g_test_message ("%s: %s", cases[i].uri, reason);
      g_assert_nonnull (reason); /* nothing is known of its sides, either */
      g_assert_true ((strstr (reason, "address") != NULL) == (cases[i].words != NULL));
      if (cases[i].words != NULL)
        g_assert_nonnull (strstr (reason, cases[i].words));
    }
}

/* Banner pages of the whole server. */
static void
test_classification (void)
{
  g_autoptr (GError) error = NULL;

  print_office_change (office, "\nMaxJobTime 0", "\nClassification topsecret\nMaxJobTime 0");
  g_assert_null (print_create (office, "platen:SECRET:1", &error));
  print_office_change (office, "\nClassification topsecret\nMaxJobTime 0", "\nMaxJobTime 0");
  g_assert_error (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_UNSUITABLE);
  g_assert_nonnull (strstr (error->message, "banner pages"));
  g_assert_nonnull (strstr (error->message, "Classification"));
}

/* A queue's own size and sides are not asked: a card brings its own. */
static void
test_other_defaults (void)
{
  g_autoptr (GBytes) card = print_office_new_card ("FRONT");
  g_autoptr (GError) error = NULL;
  g_autoptr (PltPrintJob) job = NULL;
  g_autofree char *env_path = NULL;
  g_autofree char *env = NULL;
  g_auto (GStrv) cards = NULL;

  run_lpadmin ("-p card-printer -o media-default=iso_a4_210x297mm -o sides-default=one-sided -o print-quality-default=3");
  job = print_create (office, "platen:OTHER:1", &error);
  g_assert_no_error (error);
  print_send (office, job->id, card, &error);
  g_assert_no_error (error);
  print_await_job (office, job->id, PLT_JOB_STATE_COMPLETED, NULL);
  run_lpadmin ("-p card-printer -R media-default -R sides-default -R print-quality-default");
  cards = plt_demo_printer_list_printed (office->folder);
  env_path = g_strdup (cards[g_strv_length (cards) - 1]);
  memcpy (env_path + strlen (env_path) - 3, "env", 3);
  g_assert_true (g_file_get_contents (env_path, &env, NULL, NULL));
  g_assert_nonnull (strstr (env, "IPP_SIDES=two-sided-short-edge"));
  g_assert_nonnull (strstr (env, "x-dimension=5398"));
}

static void
wait_a_while (guint seconds)
{
  gint64 until = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;

  while (g_get_monotonic_time () < until)
    g_usleep (100 * 1000);
}

/* MaxJobTime is warned of, and a card that waits longer for its ribbon comes all the same. */
static void
test_max_job_time (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) card = print_office_new_card ("FRONT");
  g_autofree char *warning = NULL;
  guint before = print_count_cards (office);

  print_office_change (office, "MaxJobTime 0", "MaxJobTime 4");
  warning = get_text (plt_demo_printer_get_queue (), "warning");
  g_assert_nonnull (warning);
  g_assert_nonnull (strstr (warning, "MaxJobTime 0"));

  plt_demo_printer_set_fault (office->folder, "marker-supply-empty", &error);
  g_autoptr (PltPrintJob) job = print_create (office, "platen:RIBBON:1", &error);
  g_assert_no_error (error);
  print_send (office, job->id, card, &error);
  g_assert_no_error (error);
  print_await_job (office, job->id, PLT_JOB_STATE_PROCESSING, "ibbon empty");
  wait_a_while (6);
  plt_demo_printer_set_fault (office->folder, NULL, &error);
  print_await_job (office, job->id, PLT_JOB_STATE_COMPLETED, NULL);
  g_assert_cmpuint (print_count_cards (office), ==, before + 1);
  print_office_change (office, "MaxJobTime 4", "MaxJobTime 0");
}

static void
test_preserved_files (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) card = print_office_new_card ("FRONT");
  g_autofree char *none = get_text (plt_demo_printer_get_queue (), "warning");
  g_autofree char *warning = NULL;

  g_assert_cmpstr (none, ==, NULL);
  print_office_change (office, "PreserveJobFiles No", "PreserveJobFiles Yes");
  g_autoptr (PltPrintJob) job = print_create (office, "platen:KEPT:1", &error);
  g_assert_no_error (error);
  print_send (office, job->id, card, &error);
  g_assert_no_error (error);
  print_await_job (office, job->id, PLT_JOB_STATE_COMPLETED, NULL);
  warning = get_text (plt_demo_printer_get_queue (), "warning");
  print_office_change (office, "PreserveJobFiles Yes", "PreserveJobFiles No");
  g_assert_nonnull (warning);
  g_assert_nonnull (strstr (warning, "PreserveJobFiles No"));
}

static int
weigh (PltPrinter *printer,
       gpointer    user_data)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (user_data, plt_printer_get_destination (printer)));
}

static void
test_class (void)
{
  g_autofree char *port = print_office_dup_state (office, "device", "port");
  g_autofree char *second = g_strdup_printf (
    "-p second -E -v ipp://127.0.0.1:%s/ipp/print -m everywhere -o printer-error-policy=stop-printer",
    port);
  const char *queue = plt_demo_printer_get_queue ();
  g_autoptr (GHashTable) left = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) printers = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *member_reason = NULL;
  g_auto (GStrv) classes = NULL;
  const char *const *members;

  run_lpadmin (second);
  run_lpadmin ("-p second -c cards");
  run_lpadmin ("-p card-printer -c cards");
  run_lpadmin ("-p cards -E");
  printers = print_list (office, &error);
  g_assert_no_error (error);
  members = plt_printer_get_members (plt_printers_find (printers, "cards"));
  g_assert_nonnull (members);
  g_assert_cmpuint (g_strv_length ((char **) members), ==, 2);
  g_object_get (plt_printers_find (printers, queue), "classes", &classes, NULL);
  g_assert_cmpstr (classes[0], ==, "cards");
  g_object_get (plt_printers_find (printers, "cards"), "unsuitable-reason", &reason, NULL);
  g_assert_cmpstr (reason, ==, NULL);

  /* the one with more left; never one with nothing */
  g_hash_table_insert (left, (gpointer) queue, GINT_TO_POINTER (7));
  g_hash_table_insert (left, (gpointer) "second", GINT_TO_POINTER (90));
  g_assert_cmpstr (plt_printers_choose_member (printers, "cards", weigh, left), ==, "second");
  g_hash_table_insert (left, (gpointer) "second", GINT_TO_POINTER (0));
  g_assert_cmpstr (plt_printers_choose_member (printers, "cards", weigh, left), ==, queue);
  g_hash_table_insert (left, (gpointer) queue, GINT_TO_POINTER (0));
  g_assert_cmpstr (plt_printers_choose_member (printers, "cards", weigh, left), ==, NULL);
  g_assert_cmpstr (plt_printers_choose_member (printers, queue, NULL, NULL), ==, queue);
  g_assert_cmpstr (plt_printers_choose_member (printers, "nowhere", NULL, NULL), ==, NULL);

  /* a member that repeats spoils the class */
  run_lpadmin ("-p second -o printer-error-policy=retry-job");
  member_reason = get_text ("cards", "unsuitable-reason");
  run_lpadmin ("-p second -o printer-error-policy=stop-printer");
  g_assert_nonnull (member_reason);
  g_assert_nonnull (strstr (member_reason, "second"));
  g_assert_nonnull (strstr (member_reason, "again by itself"));
}

/* What somebody sends to a class is told with the member that took it; a card is not sent there. */
static void
test_class_job (void)
{
  g_autofree char *address = plt_demo_printer_get_scheduler (office->folder);
  g_autofree char *file = g_build_filename (office->folder, "card.pdf", NULL);
  const char *argv[] = { "lp", "-h", address, "-d", "cards", "-t", "platen:BYCLASS:1", "-o",
                         "media=iso_id-1_53.98x85.6mm", "-o", "sides=two-sided-short-edge", file,
                         NULL };
  g_autoptr (GBytes) card = print_office_new_card ("FRONT");
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (PltPrintJob) job = NULL;

  g_assert_true (g_file_set_contents (file, g_bytes_get_data (card, NULL),
                                      (gssize) g_bytes_get_size (card), NULL));
  process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
  for (int tries = 0; job == NULL || job->state < PLT_JOB_STATE_PROCESSING; tries++)
    {
      plt_print_job_free (job);
      job = print_find (office, 0, "platen:BYCLASS:1", &error);
      g_assert_no_error (error);
      g_assert_cmpint (tries, <, 2000);
    }
  g_assert_true (g_str_equal (job->printer, "second")
                 || g_str_equal (job->printer, plt_demo_printer_get_queue ()));
  print_await_job (office, job->id, PLT_JOB_STATE_COMPLETED, NULL);

  g_assert_null (print_create_at (office, "cards", "platen:CLASS:2", &error));
  g_assert_error (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_UNSUITABLE);
  g_assert_nonnull (strstr (error->message, "is a class"));
}

/* A profile of the printer is in force at once: its sides go with the job, and an option that the
 * driver does not have keeps cards from it. */
static void
test_profile (void)
{
  static const char head[] = "[profile]\nformat = 1\ntitle = Utopia\n[match]\n"
                             "make-and-model = *utopia*\ndevice-uri = ipp://127.0.0.1*\n";
  const char *queue = plt_demo_printer_get_queue ();
  g_autofree char *folder = g_build_filename (office->folder, "profiles", NULL);
  g_autofree char *path = g_build_filename (folder, "utopia.ini", NULL);
  const char *folders[] = { folder, NULL };
  g_autofree char *sides = g_strconcat (head, "[printing]\nsides = two-sided-long-edge\n", NULL);
  g_autofree char *option = g_strconcat (head, "[options]\nGDuplexType = DUPLEX_CC\n", NULL);
  g_autoptr (GBytes) card = print_office_new_card ("FRONT");
  g_autoptr (GError) error = NULL;
  g_autofree char *profile = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *env_path = NULL;
  g_autofree char *env = NULL;
  g_auto (GStrv) cards = NULL;
  g_autoptr (PltPrintJob) job = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "[printer]\n", -1, NULL));
  plt_print_server_set_profile_folders (office->server, folders);
  g_assert_null (print_list (office, &error));
  g_assert_error (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_PROFILE);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (path, option, -1, NULL));
  reason = get_text (queue, "unsuitable-reason");
  g_assert_nonnull (reason);
  g_assert_nonnull (strstr (reason, "GDuplexType=DUPLEX_CC"));
  profile = get_text (queue, "profile");
  g_assert_cmpstr (profile, ==, "Utopia");

  g_assert_true (g_file_set_contents (path, sides, -1, NULL));
  job = print_create (office, "platen:PROFILE:1", &error);
  g_assert_no_error (error);
  print_send (office, job->id, card, &error);
  g_assert_no_error (error);
  print_await_job (office, job->id, PLT_JOB_STATE_COMPLETED, NULL);
  cards = plt_demo_printer_list_printed (office->folder);
  env_path = g_strdup (cards[g_strv_length (cards) - 1]);
  memcpy (env_path + strlen (env_path) - 3, "env", 3);
  g_assert_true (g_file_get_contents (env_path, &env, NULL, NULL));
  g_assert_nonnull (strstr (env, "IPP_SIDES=two-sided-long-edge"));
  plt_print_server_set_profile_folders (office->server, NULL);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  office = print_office_new ();
  g_test_add_func ("/print/settings/refused-with-cure", test_refused);
  g_test_add_func ("/print/settings/all-are-told", test_refused_together);
  g_test_add_func ("/print/settings/of-the-other-server", test_forwards);
  g_test_add_func ("/print/settings/of-a-class-behind", test_forwards_to_class);
  g_test_add_func ("/print/settings/of-the-address", test_address);
  g_test_add_func ("/print/settings/classification", test_classification);
  g_test_add_func ("/print/settings/that-do-not-matter", test_other_defaults);
  g_test_add_func ("/print/settings/max-job-time", test_max_job_time);
  g_test_add_func ("/print/settings/preserved-files", test_preserved_files);
  g_test_add_func ("/print/settings/profile", test_profile);
  g_test_add_func ("/print/class/members", test_class);
  g_test_add_func ("/print/class/job", test_class_job);
  status = g_test_run ();
  print_office_free (office);
  return status;
}
