/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Complete signed card files per second, as the press makes them for printing: the codes with their
 * signatures, the drawing, all attachments with EF.SOD and the mobile licence, PDF/A-3b, the issuer's
 * signature, and the file checked. In one thread and in two, with keys in files; and with keys in a
 * token that takes 50 ms for a signature (SoftHSM 2 behind a module that waits, tests/iso/slow-token.c)
 * beside what that token and the processors allow. The floor is a bare program: two pages of bare cairo, finished as PDF/A
 * with one signature. */
#include "bare-card.h"
#include "plt-bench-card.h"
#include "plt-bench-series.h"
#include "plt-card-file.h"
#include "plt-press-work.h"
#include "plt-test-press.h"

#include <gnutls/pkcs11.h>
#include <malloc.h>
#include <string.h>
#include <time.h>

#define N_CARDS 100
#define N_THREADS 2
#define TOKEN_MS 50
#define TOKEN_SESSIONS 16
#define N_TOKEN_CARDS 300
#define N_CARDS_IN_TURN 20
#define N_OF_ONE_KEY 3 /* signatures: PDF417, EF.SOD and mobile licence; each key has its own sessions */

static const char * const layouts[] = { "utopia-aamva", "utopia-bilingual", "utopia-eu" };

/* Kilobytes, by its name in /proc/self/status. */
static double
read_memory (const char *name)
{
  g_autofree char *status = NULL;
  const char *line;

  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  line = status != NULL ? strstr (status, name) : NULL;
  return line != NULL ? g_ascii_strtod (line + strlen (name), NULL) : 0;
}

/* From here on the peak is counted anew. */
static gboolean
forget_peak (void)
{
  FILE *file = fopen ("/proc/self/clear_refs", "w");
  gboolean ok = file != NULL && fputs ("5", file) >= 0;

  malloc_trim (0);
  if (file != NULL)
    ok = fclose (file) == 0 && ok;
  return ok;
}

static double
get_cpu_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static void
bench_floor (void)
{
  g_autoptr (PltBenchSeries) series
    = plt_bench_series_new ("bare cairo, PDF/A, one signature (floor)", "files");
  g_autoptr (BareCard) card = bare_card_new ();
  g_autoptr (PltCardInputs) inputs = plt_bench_card_make_inputs ();
  g_autoptr (PltIssuerKey) key = plt_bench_card_make_key ();

  for (guint i = 0; i < N_CARDS; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) pdf = NULL;
      g_autoptr (GBytes) file = NULL;

      plt_bench_series_start (series);
      pdf = bare_card_draw (card, inputs);
      file = plt_card_file_finish (pdf, "Driving licence", 1772323200, NULL, 0, key, NULL, &error);
      plt_bench_series_stop (series);
      g_assert_no_error (error);
    }
  plt_bench_series_print (series);
}

typedef struct
{
  PltPress  *press;
  GPtrArray *holders;
  guint      n_cards;
  GArray    *durations; /* of gint64, microseconds */
  GArray    *sizes;     /* of gsize */
} Job;

static gpointer
make_files (gpointer user_data)
{
  Job *job = user_data;

  for (guint i = 0; i < job->n_cards; i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 start = g_get_monotonic_time ();
      g_autoptr (PltStoreCardFile) file
        = plt_press_make_file (job->press, g_ptr_array_index (job->holders, i % job->holders->len),
                               &error);
      gint64 duration = g_get_monotonic_time () - start;
      gsize size;

      g_assert_no_error (error);
      size = g_bytes_get_size (file->file);
      g_array_append_val (job->durations, duration);
      g_array_append_val (job->sizes, size);
    }
  return NULL;
}

static int
compare_sizes (gconstpointer a,
               gconstpointer b)
{
  gsize left = *(const gsize *) a, right = *(const gsize *) b;

  return (left > right) - (left < right);
}

static void
print_sizes (GArray *sizes)
{
  g_array_sort (sizes, compare_sizes);
  g_print ("%-44s %9" G_GSIZE_FORMAT " least, %" G_GSIZE_FORMAT " p50, %" G_GSIZE_FORMAT " most\n",
           "  bytes", g_array_index (sizes, gsize, 0), g_array_index (sizes, gsize, sizes->len / 2),
           g_array_index (sizes, gsize, sizes->len - 1));
}

static void
collect (Job            *jobs,
         guint           n_jobs,
         PltBenchSeries *series,
         GArray         *sizes)
{
  for (guint i = 0; i < n_jobs; i++)
    {
      for (guint j = 0; j < jobs[i].durations->len; j++)
        plt_bench_series_add (series, g_array_index (jobs[i].durations, gint64, j));
      g_array_append_vals (sizes, jobs[i].sizes->data, jobs[i].sizes->len);
      g_array_unref (jobs[i].durations);
      g_array_unref (jobs[i].sizes);
    }
}

/* What one core does is told by the time that the processor gave us: beside other programs the clock on
 * the wall says less. Returns: files per second */
static double
bench_threads (const char *title,
               PltPress   *press,
               GPtrArray  *holders,
               guint       n_threads)
{
  g_autoptr (PltBenchSeries) series = plt_bench_series_new ("  one file", "files");
  g_autoptr (GArray) sizes = g_array_new (FALSE, FALSE, sizeof (gsize));
  Job jobs[N_THREADS];
  GThread *threads[N_THREADS];
  gboolean is_counted = forget_peak ();
  double before = read_memory ("VmRSS:");
  double cpu = get_cpu_seconds (), seconds;
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < n_threads; i++)
    {
      jobs[i] = (Job) { press, holders, N_CARDS, g_array_new (FALSE, FALSE, sizeof (gint64)),
                        g_array_new (FALSE, FALSE, sizeof (gsize)) };
      threads[i] = g_thread_new ("make", make_files, &jobs[i]);
    }
  for (guint i = 0; i < n_threads; i++)
    g_thread_join (threads[i]);
  seconds = (double) (g_get_monotonic_time () - start) / 1e6;
  cpu = get_cpu_seconds () - cpu;
  g_print ("%s, %u thread%s %*s %9.1f files/s   (%.1f by the time of one processor)\n", title, n_threads,
           n_threads > 1 ? "s" : "", (int) (32 - strlen (title) - (n_threads > 1)), "",
           n_threads * N_CARDS / seconds, n_threads * N_CARDS / cpu);
  if (is_counted)
    g_print ("%-44s %9.1f MB at most, each of those in flight\n", "  memory",
             (read_memory ("VmHWM:") - before) / 1024 / n_threads);
  collect (jobs, n_threads, series, sizes);
  plt_bench_series_print (series);
  print_sizes (sizes);
  return n_threads * N_CARDS / seconds;
}

/* ---- a token ---- */

static void
run (const char * const *argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL,
                NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static char *
put (const char *folder,
     const char *name,
     const char *text)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static void
start_token (const char *module,
             const char *folder)
{
  g_autofree char *text
    = g_strdup_printf ("directories.tokendir = %s\nobjectstore.backend = file\n", folder);
  g_autofree char *config = put (folder, "softhsm2.conf", text);
  g_autofree char *manner = put (folder, "manner", "0 0\n");

  g_setenv ("SOFTHSM2_CONF", config, TRUE);
  g_setenv ("PLT_SLOW_TOKEN", manner, TRUE);
  run ((const char *[]) { "softhsm2-util", "--init-token", "--free", "--label", "platen-slow",
                          "--so-pin", "4321", "--pin", "1234", NULL });
  g_assert_cmpint (gnutls_pkcs11_init (GNUTLS_PKCS11_FLAG_MANUAL, NULL), ==, 0);
  g_assert_cmpint (gnutls_pkcs11_add_provider (module, NULL), ==, 0);
}

/* The keys of the files go into the token, and the list names them there. */
static void
move_keys (const char *keys)
{
  g_autofree char *list = g_build_filename (keys, "keys.conf", NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) names = NULL;

  g_assert_true (g_key_file_load_from_file (file, list, G_KEY_FILE_NONE, NULL));
  names = g_key_file_get_groups (file, NULL);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *name = g_key_file_get_string (file, names[i], "key", NULL);
      g_autofree char *path = name != NULL ? g_canonicalize_filename (name, keys) : NULL;
      g_autofree char *id = g_strdup_printf ("%02u", i + 1);
      g_autofree char *url
        = g_strdup_printf ("pkcs11:token=platen-slow;object=key%u;type=private", i);
      g_autofree char *label = g_strdup_printf ("key%u", i);

      if (path == NULL)
        continue;
      run ((const char *[]) { "softhsm2-util", "--import", path, "--token", "platen-slow", "--label",
                              label, "--id", id, "--pin", "1234", NULL });
      g_key_file_set_string (file, names[i], "key", url);
    }
  g_free (put (keys, "pin", "1234\n"));
  g_assert_true (g_key_file_save_to_file (file, list, NULL));
}

typedef struct
{
  guint      n_left;
  GMainLoop *loop;
} Batch;

static void
file_made_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Batch *batch = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PltStoreCardFile) file = plt_press_make_file_finish (result, &error);

  g_assert_no_error (error);
  if (--batch->n_left == 0)
    g_main_loop_quit (batch->loop);
}

/* As the office does: all are asked for, and the press has in hand what keeps the token busy. */
static double
make_batch (PltPress  *press,
            GPtrArray *holders,
            guint      n_cards)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Batch batch = { n_cards, loop };
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < n_cards; i++)
    plt_press_make_file_async (press,
                               plt_store_card_data_copy (g_ptr_array_index (holders,
                                                                            i % holders->len)),
                               NULL, file_made_cb, &batch);
  g_main_loop_run (loop);
  return (double) (g_get_monotonic_time () - start) / 1e6;
}

/* @processors: files per second of all of them, with keys in files */
static void
bench_token (PltTestPress *issuer,
             GPtrArray    *holders,
             const char   *module,
             double        processors)
{
  static const guint sessions[] = { 1, TOKEN_SESSIONS / 2, TOKEN_SESSIONS };
  const char *folder = plt_test_press_get_folder (issuer);
  g_autofree char *keys = g_build_filename (folder, "keys", NULL);
  g_autofree char *slow = g_strdup_printf ("%d 0\n", TOKEN_MS);

  start_token (module, folder);
  move_keys (keys);
  for (guint i = 0; i < G_N_ELEMENTS (sessions); i++)
    {
      g_autofree char *settings
        = g_strdup_printf ("keys=keys\npin-file=keys/pin\ntoken-sessions=%u", sessions[i]);
      g_autoptr (PltPress) press = plt_test_press_make (issuer, settings);
      guint n_cards = sessions[i] == 1 ? N_CARDS_IN_TURN : N_TOKEN_CARDS;
      double most, seconds;

      g_free (put (folder, "manner", "0 0\n"));
      make_batch (press, holders, 1);
      g_free (put (folder, "manner", slow));
      seconds = make_batch (press, holders, n_cards);
      most = 1000.0 / TOKEN_MS * sessions[i] / N_OF_ONE_KEY;
      g_print ("token of %d ms, %2u signatures at once %*s %9.1f files/s   (the token allows %.1f, the"
               " processors %.1f)\n", TOKEN_MS, sessions[i], 8, "", n_cards / seconds, most, processors);
    }
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (PltTestPress) issuer = plt_test_press_new ();
  g_autoptr (PltPress) press = plt_test_press_make (issuer, "keys=keys");
  g_autoptr (GPtrArray) holders = NULL;
  double processors = 0;

  bench_floor ();
  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++)
    {
      g_clear_pointer (&holders, g_ptr_array_unref);
      holders = plt_test_press_make_holders (press, layouts[i]);
      for (guint n = 1; n <= N_THREADS; n++)
        processors = bench_threads (layouts[i], press, holders, n);
    }
  if (argc > 1)
    bench_token (issuer, holders, argv[1], processors);
  return 0;
}
