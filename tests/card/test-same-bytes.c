/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that a card's bytes depend on its inputs and nothing else: not on what was drawn before, not
 * on other threads, not on the machine's settings. With the argument --draw it draws all and prints
 * hashes; the tests run it so in other surroundings. */
#include "plt-card-renderer.h"
#include "plt-card-sample.h"

#include <string.h>

#define N_THREADS 4

static const char *program;

static char *
find (const char *name,
      const char *file)
{
  return g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data", "layouts", name, file, NULL);
}

static PltLayout *
load_layout (const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = find (id, "layout.json");
  PltLayout *layout = plt_layout_new_from_file (path, &error);

  g_assert_no_error (error);
  return layout;
}

static GPtrArray *
load_samples (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = find ("proof", NULL);
  GPtrArray *samples = plt_card_samples_read (folder, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (samples->len, >, 10);
  return samples;
}

/* The hash of the card as a file, or why it is refused: that must not differ either. */
static char *
draw (PltLayout     *layout,
      PltCardSample *sample)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = plt_card_render_pdf (layout, plt_card_sample_get_inputs (sample), &error);

  return pdf != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, pdf)
                     : g_strdup_printf ("refused %d", error->code);
}

static char *
draw_picture (PltLayout     *layout,
              PltCardSample *sample)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = plt_card_render_png (layout, plt_card_sample_get_inputs (sample),
                                                PLT_CARD_SIDE_FRONT, 150, &error);

  return png != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, png)
                     : g_strdup_printf ("refused %d", error->code);
}

/* Letters that join, and words without spaces between them. */
static void
add_other_scripts (GString   *hashes,
                   GPtrArray *samples)
{
  static const char *const ids[] = { "utopia-bilingual", "utopia-thai" };

  for (gsize k = 0; k < G_N_ELEMENTS (ids); k++)
    {
      g_autoptr (PltLayout) layout = load_layout (ids[k]);

      for (guint i = 7; i < 9; i++)
        {
          g_autofree char *pdf = draw (layout, g_ptr_array_index (samples, i));

          g_string_append_printf (hashes, "%s\n", pdf);
        }
    }
}

static char *
draw_all (void)
{
  g_autoptr (PltLayout) layout = load_layout ("utopia-eu");
  g_autoptr (GPtrArray) samples = load_samples ();
  GString *hashes = g_string_new (NULL);

  for (guint i = 0; i < samples->len; i++)
    {
      g_autofree char *pdf = draw (layout, g_ptr_array_index (samples, i));
      g_autofree char *picture = i % 4 == 0 ? draw_picture (layout, g_ptr_array_index (samples, i))
                                            : g_strdup ("");

      g_string_append_printf (hashes, "%s %s\n", pdf, picture);
    }
  add_other_scripts (hashes, samples);
  return g_string_free (hashes, FALSE);
}

/* From the last to the first, and each twice: what is kept from one card must not reach the next. */
static void
test_whatever_was_drawn_before (void)
{
  g_autoptr (PltLayout) layout = load_layout ("utopia-eu");
  g_autoptr (PltLayout) other = load_layout ("utopia-iso");
  g_autoptr (GPtrArray) samples = load_samples ();
  g_auto (GStrv) expected = NULL;
  g_autofree char *all = draw_all ();

  expected = g_strsplit (all, "\n", -1);
  for (guint i = samples->len; i-- > 0;)
    {
      g_autofree char *first = draw (layout, g_ptr_array_index (samples, i));
      g_autofree char *between = draw (other, g_ptr_array_index (samples, i));
      g_autofree char *second = draw (layout, g_ptr_array_index (samples, i));

      g_assert_true (g_str_has_prefix (expected[i], first));
      g_assert_cmpstr (first, ==, second);
      g_assert_cmpstr (first, !=, strstr (between, "refused") != NULL ? "" : between);
    }
}

typedef struct
{
  PltLayout *layout;
  GPtrArray *samples;
  guint      first;
} Job;

static gpointer
draw_turned (gpointer data)
{
  Job *job = data;
  char **hashes = g_new0 (char *, job->samples->len + 1);

  for (guint i = 0; i < job->samples->len; i++)
    {
      guint k = (i + job->first) % job->samples->len;

      hashes[k] = draw (job->layout, g_ptr_array_index (job->samples, k));
    }
  return hashes;
}

/* Each thread begins with another card, and the first of them prepares what all share. */
static void
test_threads (void)
{
  g_autoptr (PltLayout) layout = load_layout ("utopia-eu");
  g_autoptr (GPtrArray) samples = load_samples ();
  GThread *threads[N_THREADS];
  Job jobs[N_THREADS];
  g_auto (GStrv) expected = NULL;

  for (guint i = 0; i < N_THREADS; i++)
    {
      jobs[i] = (Job) { layout, samples, i * 3 };
      threads[i] = g_thread_new ("draw", draw_turned, &jobs[i]);
    }
  for (guint i = 0; i < N_THREADS; i++)
    {
      g_auto (GStrv) drawn = g_thread_join (threads[i]);

      if (expected == NULL)
        expected = g_strdupv (drawn);
      for (guint k = 0; k < samples->len; k++)
        g_assert_cmpstr (drawn[k], ==, expected[k]);
    }
}

typedef struct
{
  const char *name;
  const char *environment[9]; /* name, value, … */
  const char *folder;
} Surroundings;

static const Surroundings surroundings[] = {
  { "home", { "HOME", "/nonexistent", "XDG_CONFIG_HOME", "/nonexistent", "XDG_CACHE_HOME",
              "/nonexistent", NULL }, NULL },
  { "fontconfig", { "FONTCONFIG_FILE", "/dev/null", "FONTCONFIG_PATH", "/nonexistent", "FC_LANG", "ar",
                    NULL }, NULL },
  { "language", { "LC_ALL", "C", "LANGUAGE", "ar", "PANGO_LANGUAGE", "th:ja", "TZ", "Asia/Bangkok",
                  NULL }, NULL },
  { "shaper", { "HB_SHAPER_LIST", "fallback", "HB_OPTIONS", "uniscribe-bug-compatible",
                "LIBTHAI_DICTDIR", "/nonexistent", NULL }, NULL },
  { "data", { "XDG_DATA_DIRS", "/nonexistent", "XDG_DATA_HOME", "/nonexistent", "GDK_SCALE", "2",
              "MALLOC_PERTURB_", "165", NULL }, NULL },
  { "folder", { NULL }, "/" },
};

static void
test_surroundings (gconstpointer data)
{
  const Surroundings *in = data;
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *expected = draw_all ();
  g_autofree char *there = NULL;

  for (int i = 0; in->environment[i] != NULL; i += 2)
    g_subprocess_launcher_setenv (launcher, in->environment[i], in->environment[i + 1], TRUE);
  if (in->folder != NULL)
    g_subprocess_launcher_set_cwd (launcher, in->folder);
  process = g_subprocess_launcher_spawn (launcher, &error, program, "--draw", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &there, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  g_assert_cmpstr (there, ==, expected);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *path = g_canonicalize_filename (argv[0], NULL);

  program = path;
  if (argc > 1 && g_str_equal (argv[1], "--draw"))
    {
      g_autofree char *all = draw_all ();

      g_print ("%s", all);
      return 0;
    }
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/same-bytes/whatever-was-drawn-before", test_whatever_was_drawn_before);
  g_test_add_func ("/card/same-bytes/threads", test_threads);
  for (gsize i = 0; i < G_N_ELEMENTS (surroundings); i++)
    {
      g_autofree char *name = g_strconcat ("/card/same-bytes/", surroundings[i].name, NULL);

      g_test_add_data_func (name, &surroundings[i], test_surroundings);
    }
  return g_test_run ();
}
